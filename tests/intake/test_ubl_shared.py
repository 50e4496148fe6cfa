"""Real UBL from PILOTHOUSE_SHARED: all of it is read, valid papers break no rule, and JSON twins are equal.

The twins are of GOBL, which recomputes what it reads. Where that makes the two differ for good, `DIFFERENT` names
file, field and reason; a difference that goes away must be struck from there.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilothouse.intake.shapes import as_json
from pilothouse.intake.ubl import looks_like_ubl, read_ubl
from tests.intake.en16931_units import outcomes, shared_data
from tests.intake.gobl_twins import ours, theirs
from tests.intake.ubl_samples import the_invoice

EINVOICES = shared_data() / "einvoices"
TWINS = EINVOICES / "gobl-ubl" / "test" / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EINVOICES.is_dir(), reason="PILOTHOUSE_SHARED is absent"),
]


def _ubl_files() -> Iterator[Path]:
    for file in sorted(EINVOICES.rglob("*")):
        if file.suffix.lower() == ".xml" and looks_like_ubl(file.read_bytes()[:4096]):
            yield file


def test_every_ubl_file_is_read() -> None:
    read = 0
    for file in _ubl_files():
        papers, problems = read_ubl(file.read_bytes())
        if "unit-UBL" in file.parent.name:  # sets of fragments, not invoices
            assert [problem.rule for problem in problems] == ["ubl.not_an_invoice"], file
            continue
        assert len(papers) == 1, (file, problems)
        as_json(papers[0])
        read += 1
    assert read >= 167


def test_the_published_unit_tests_come_out_as_they_should() -> None:
    results = list(outcomes(EINVOICES / "en16931" / "test"))
    assert len(results) >= 600
    assert [outcome for outcome in results if not outcome.holds] == []


@pytest.mark.parametrize("folder", ["en16931/ubl/examples", "en16931/test/testfiles", "xrechnung/src"])
def test_valid_papers_break_no_rule(folder: str) -> None:
    files = [file for file in _ubl_files() if file.is_relative_to(EINVOICES / folder)]
    assert len(files) >= 17
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# What GOBL writes for Peppol, France, Germany and EN 16931 is valid; what it writes for Saudi Arabia is another law's.
def test_what_gobl_writes_breaks_no_rule() -> None:
    files = [file for file in TWINS.glob("convert/*/out/*.xml") if "zatca" not in file.parts]
    assert len(files) >= 40
    for file in files:
        assert the_invoice(file.read_bytes()).problems == (), file


# --- twins -----------------------------------------------------------------------------------------------------

RECOMPUTED = (
    "GOBL recomputes the line from quantity and price and everything after it; the paper says otherwise"
)
NO_RATE = "GOBL leaves the rate out where no VAT is charged; the paper writes 0"
REPRESENTATIVE = "GOBL takes the seller's tax representative for the seller"
WITHOUT_PREFIX = "the paper gives the number without country code or with spaces; GOBL puts it in order"
LINKED = "the file is linked to, or GOBL drops its name; only what is inside the paper is an attachment"
OLD = "UBL 2.0 without VAT category: GOBL leaves VAT and discounts out"
PRICES_WITH_VAT = "prices of the JSON include VAT, which no e-invoice can say; GOBL converts when it writes"
FIELDS_OF_TOTALS = ("lines", "net", "vat", "gross", "payable")

DIFFERENT: dict[str, dict[str, str]] = {
    "convert/en16931/invoice-attachments": {"attachments": LINKED},
    "convert/en16931/invoice-export-zero-rated": {
        "buyer.country": "GOBL writes the country of the tax number"
    },
    "convert/peppol/credit-note": {
        "buyer.country": "GOBL writes the country of the tax number",
        "due_date": "GOBL does not write the due date of a credit note",
    },
    "convert/peppol/invoice-intra-comunity": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
    "convert/peppol/peppol-reverse-charge": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
    "convert/peppol/invoice-prices-include-vat": dict.fromkeys(
        ("lines.net", "lines.price", "lines.allowances", "lines", "net", "gross", "rounding"), PRICES_WITH_VAT
    ),
    "parse/en16931/credit-note1": dict.fromkeys(
        ("net", "vat.total", "gross", "payable", "vat", "lines.vat_category"), OLD
    )
    | {"seller.vat_id": WITHOUT_PREFIX, "buyer.vat_id": WITHOUT_PREFIX},
    "parse/en16931/ubl-example1": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "vat", "lines.net"), RECOMPUTED
    )
    | {"seller.vat_id": WITHOUT_PREFIX, "ibans": "GOBL keeps one account of several"},
    "parse/en16931/ubl-example2": dict.fromkeys(
        ("lines", "net", "vat.total", "gross", "payable", "lines.net"), RECOMPUTED
    )
    | dict.fromkeys(("seller.name", "seller.vat_id", "seller.legal_id", "seller.ids"), REPRESENTATIVE)
    | {"vat": NO_RATE, "lines.vat_rate": NO_RATE, "attachments": LINKED},
    "parse/en16931/ubl-example5": dict.fromkeys(
        (
            "seller.name",
            "seller.trading_name",
            "seller.vat_id",
            "seller.legal_id",
            "seller.ids",
            "seller.country",
        ),
        REPRESENTATIVE,
    )
    | {"attachments": LINKED},
    "parse/france-cius/b2b-reg": {
        "vat": NO_RATE,
        "lines.vat_rate": NO_RATE,
        "attachments": LINKED,
    },
    "parse/peppol/example-encoding": dict.fromkeys(
        ("lines.name", "lines.description"),
        "GOBL drops U+FFFD, a letter already lost when the paper was written",
    ),
    "parse/peppol/nbio-stuck-ubl": {
        "vat": NO_RATE,
        "lines.vat_rate": NO_RATE,
        "means_code": "GOBL knows no key for means 42 and writes that of a debit transfer",
        "order": "“NA” is what UBL writes where there is no order",
    },
    "parse/peppol/sg-invoice": {
        "seller.vat_id": WITHOUT_PREFIX,
        "type_code": "GOBL does not keep the type of papers from Singapore",
        "rounding": "GOBL drops the rounding",
        "payable": "GOBL drops the rounding",
    },
    "parse/peppol/vat-category-E": {"vat": NO_RATE, "lines.vat_rate": NO_RATE},
}
DIFFERENT["parse/en16931/custom-namespace-prefixes"] = DIFFERENT["parse/en16931/credit-note1"]
# Saudi VAT numbers have no country code on the paper.
SAUDI = {"seller.vat_id": WITHOUT_PREFIX}


def _pairs() -> list[tuple[str, Path, Path]]:
    """(name, paper, twin) of all files whose twin has the same name."""
    found = []
    for paper in sorted(TWINS.rglob("*.xml")):
        parsed = "parse" in paper.parts
        twin = (paper.parent / "out" if parsed else paper.parent.parent) / f"{paper.stem}.json"
        if twin.exists():
            name = str(twin.relative_to(TWINS).with_suffix("")).replace("/out/", "/")
            found.append((name, paper, twin))
    return found


PAIRS = _pairs()


def test_all_twins_are_compared() -> None:
    assert len(PAIRS) >= 79
    assert DIFFERENT.keys() <= {name for name, _, _ in PAIRS}


@pytest.mark.parametrize(("name", "paper", "twin"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_a_twin_is_equal_field_by_field(name: str, paper: Path, twin: Path) -> None:
    paper_says = ours(the_invoice(paper.read_bytes()))
    twin_says = theirs(json.loads(twin.read_text(encoding="utf-8"))["doc"])
    different = {field for field in paper_says if paper_says[field] != twin_says[field]}
    explained = SAUDI if "/zatca/" in name else DIFFERENT.get(name, {})
    assert different == set(explained), {field: (paper_says[field], twin_says[field]) for field in different}
