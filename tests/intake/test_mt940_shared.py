"""Real MT940 files equal their YAML twins, field by field. Skipped where the files are absent.

The twins are dumps of the library mt-940, which makes one list of all movements in a file and keeps the account and
the balances of its last statement. Where it reads a file wrongly, the difference stands in `DIFFERENT` with why.
"""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.intake.mt940 import looks_like_mt940, read_mt940
from pilothouse.intake.papers import Balance, Movement, Statement

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
MT940 = SHARED / "data" / "bank" / "mt940-wolph" / "mt940_tests"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not MT940.is_dir(), reason=f"no real MT940 files: {MT940} is absent"),
]

FILES = sorted(str(path.relative_to(MT940).with_suffix("")) for path in MT940.glob("*/*.sta"))
ASN = ["ASNB/mt940.txt", "ASNB/mt940_with_spaces_for_entry_date.txt"]
# Without an account, a balance or a movement: a test of one field of the library.
REFUSED = ["cmxl/available_balance", "self-provided/empty_non_swift"]
READ = [name for name in FILES if name not in REFUSED]

# (file, field) -> why ours differs from the twin.
DIFFERENT = {
    ("betterplace/sepa_snippet_broken", "account"): "a field 86 with the tag 25 is no account",
    ("betterplace/sepa_snippet_broken", "words"): "and holds what the payer wrote",
    ("self-provided/multiline", "account"): "the twin is cut after 35 characters",
    ("self-provided/multiline", "opening"): "a movement behind the end has no balances of its own",
    ("self-provided/multiline", "closing"): "the same",
    ("self-provided/multiline", "number"): "the same",
    ("self-provided/raphaelm", "closing"): "the bank left the currency out, the twin took it from the amount",
    ("self-provided/multiline", "words"): "the purpose goes on in 60 to 63, the twin takes 60 alone",
    ("jejik/ing", "words"): "the field 86 behind the closing balance is not of the last movement",
    ("jejik/rabobank-iban", "words"): "taken apart by us, not by the twin",
    ("jejik/triodos", "words"): "the same",
}

# What is wrong with the figures and fragments of the library's tests.
FAULTS = {
    "betterplace/amount_formats": {"mt940.account", "mt940.incomplete"},
    "betterplace/missing_crlf_at_end": {"mt940.account", "mt940.incomplete"},
    "betterplace/sepa_snippet_broken": {"mt940.balance"},
    "cmxl/account_balance_credit": {"mt940.account", "mt940.incomplete"},
    "cmxl/account_identification_legacy": {"mt940.currency", "mt940.incomplete"},
    "cmxl/statement_details": {"mt940.account", "mt940.currency", "mt940.incomplete"},
    "jejik/ing": {"mt940.balance"},
    "jejik/triodos": {"mt940.balance"},
    "self-provided/account_identification": {"mt940.currency", "mt940.incomplete"},
    "self-provided/details_60-63": {"mt940.balance"},
    "self-provided/gv_codes": {"mt940.incomplete"},
    "self-provided/multiline": {"mt940.incomplete"},
    "self-provided/sparkassen": {"mt940.account", "mt940.currency", "mt940.incomplete"},
    "self-provided/whitespace": {"mt940.balance"},
}

Twin = dict[str, Any]


class _TwinLoader(yaml.SafeLoader):
    """Reads dumped objects as what they hold."""


def _plain(loader: _TwinLoader, kind: str, node: yaml.Node) -> Any:
    if isinstance(node, yaml.MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    assert isinstance(node, yaml.ScalarNode)
    return loader.construct_scalar(node)


def _called(loader: _TwinLoader, kind: str, node: yaml.Node) -> Any:
    arguments = _plain(loader, kind, node)
    if kind == "decimal.Decimal":
        return Decimal(arguments[0])
    if kind.endswith(".Date"):
        packed: bytes = arguments[0]  # two bytes of the year, month, day
        return date(int.from_bytes(packed[:2], "big"), packed[2], packed[3])
    return arguments


_TwinLoader.add_multi_constructor("tag:yaml.org,2002:python/object/apply:", _called)
_TwinLoader.add_multi_constructor("tag:yaml.org,2002:python/object:", _plain)


def twin_of(name: str) -> Twin:
    text = (MT940 / f"{name}.yml").read_text()
    without_cycles = re.sub(r"^  transactions: \*id\d+$", "", text, flags=re.MULTILINE)
    twin: Twin = yaml.load(without_cycles, _TwinLoader)
    return twin


def read(name: str) -> list[Statement]:
    papers, problems = read_mt940((MT940 / name).read_bytes())
    assert problems == ()
    return [paper for paper in papers if isinstance(paper, Statement)]


def differs(name: str, field: str) -> bool:
    return (name, field) in DIFFERENT


def same(name: str, field: str, ours: object, twins: object) -> bool:
    """Equal, or different for a reason; a reason without a difference is none."""
    return (ours != twins) if differs(name, field) else (ours == twins)


def balance(twin: Twin | None) -> Balance | None:
    return Balance(twin["date"], twin["amount"]["amount"]) if twin else None


def bare(text: str | None) -> str:
    return re.sub(r"\s", "", text or "")


@pytest.mark.parametrize("name", READ)
def test_account_number_and_balances_of_the_last_statement_are_those_of_the_twin(name: str) -> None:
    paper, data = read(f"{name}.sta")[-1], twin_of(name)["data"]
    assert same(name, "account", paper.account, data.get("account_identification"))
    assert same(name, "opening", paper.opening, balance(data.get("final_opening_balance")))
    assert same(name, "closing", paper.closing, balance(data.get("final_closing_balance")))
    assert same(name, "number", paper.number, data.get("statement_number"))


@pytest.mark.parametrize("name", READ)
def test_every_movement_is_that_of_the_twin(name: str) -> None:
    papers = read(f"{name}.sta")
    found = [
        (m.date, m.value_date, m.amount, paper.currency or None, m.code, m.bank_reference)
        for paper in papers
        for m in paper.movements
    ]
    expected = [
        (
            data.get("entry_date") or data["date"],
            data["date"],
            data["amount"]["amount"],
            data["amount"]["currency"],
            data["id"],
            data["bank_reference"],
        )
        for data in (transaction["data"] for transaction in twin_of(name)["transactions"])
    ]
    assert found == expected


@pytest.mark.parametrize("name", READ)
def test_the_other_side_and_what_was_written_are_those_of_the_twin(name: str) -> None:
    movements = [movement for paper in read(f"{name}.sta") for movement in paper.movements]
    twins = [transaction["data"] for transaction in twin_of(name)["transactions"]]
    equal = [same_details(movement, data) for movement, data in zip(movements, twins, strict=True)]
    assert all(equal) != differs(name, "words")


def same_details(movement: Movement, data: Twin) -> bool:
    other = movement.counterparty
    if "applicant_name" in data:  # the twin has taken the field apart
        assert bare(other.name) == bare(data["applicant_name"])
        assert other.iban == (bare(data["applicant_iban"]) or None)
        assert other.bic == data["applicant_bin"]
    words = bare(data.get("purpose")) + bare(data.get("additional_purpose"))
    words = words or bare(data.get("transaction_details"))
    without = bare(data.get("non_swift_01")) + bare(data.get("non_swift_02"))
    silent = {bare(data.get("extra_details")), bare(data.get("end_to_end_reference")), without}
    return bare(movement.communication) == words or (not words and bare(movement.communication) in silent)


@pytest.mark.parametrize("name", READ)
def test_what_is_wrong_with_a_file_is_said_and_nothing_else(name: str) -> None:
    rules = {problem.rule for paper in read(f"{name}.sta") for problem in paper.problems}
    assert rules == FAULTS.get(name, set())


def test_pages_and_missing_currencies_add_up_though_the_twin_does_not() -> None:
    first, second = read("self-provided/raphaelm.sta")
    assert first.opening
    assert first.closing
    assert second.closing
    assert (len(first.movements), first.closing.amount) == (8, Decimal(145000))
    assert (len(second.movements), second.closing.amount) == (1, Decimal(95000))


@pytest.mark.parametrize("name", REFUSED)
def test_a_fragment_without_figures_is_refused(name: str) -> None:
    papers, problems = read_mt940((MT940 / f"{name}.sta").read_bytes())
    assert (papers, [problem.rule for problem in problems]) == ((), ["mt940.empty"])


@pytest.mark.parametrize("name", ASN)
def test_statements_of_asn_have_no_twin_and_every_one_adds_up(name: str) -> None:
    papers = read(name)
    assert len(papers) == 31
    for paper in papers:
        assert paper.opening
        assert paper.closing
        moved = sum((movement.amount for movement in paper.movements), Decimal(0))
        assert paper.opening.amount + moved == paper.closing.amount
        assert paper.problems == ()
        of_others = [m.counterparty for m in paper.movements if m.code != "NDIV"]  # the bank's own charges
        assert all(other.iban and other.name for other in of_others)


def test_every_real_file_is_covered_here() -> None:
    present = {str(path.relative_to(MT940)) for path in MT940.glob("*/*") if path.suffix in {".sta", ".txt"}}
    assert present == {*(f"{name}.sta" for name in FILES), *ASN}
    assert all(looks_like_mt940((MT940 / f"{name}.sta").read_bytes()[:4096]) for name in READ)


@pytest.mark.parametrize("name", [*(f"{name}.sta" for name in FILES), *ASN])
def test_a_real_file_cut_at_any_byte_never_breaks(name: str) -> None:
    data = (MT940 / name).read_bytes()
    for cut in range(0, len(data), 37):
        papers, problems = read_mt940(data[:cut])
        assert papers or problems
