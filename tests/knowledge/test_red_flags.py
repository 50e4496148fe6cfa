"""The checklist and the law: what stands in them, what a further list changes, and what is wrong in one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pilothouse.engine.contracts.checklist import Severity, When
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.knowledge.concerns import KINDS
from pilothouse.knowledge.entries import KnowledgeError
from pilothouse.knowledge.laws import laws, read_laws
from pilothouse.knowledge.red_flags import checklist, checklist_with
from pilothouse.records.models import Contract

LAW = """
- id: xx_price
  article: Art. 1
  country: BE
  between: firms
  holds_from: 2020-12-01
  effect: Something.
  source: {title: Law, url: "https://example.org", year: 2020}
  quality: C
  looked_up: 2026-11-23
  checked: true
  terms: [price_indexation]
  concerns:
    - {when: at_least, limit: "0.07", severity: look, says: "Too much."}
  do: Ask a lawyer.
"""


def written(folder: Path, text: str, name: str = "own.yaml") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def test_the_list_is_whole() -> None:
    checks = checklist().checks
    assert [check.number for check in checks] == list(range(1, 51))
    assert len({check.id for check in checks}) == len(checks)
    assert set(checklist().names) == set(TERMS)
    assert all(bool(check.terms) == bool(check.concerns) for check in checks)
    assert all((check.quality == "C") == (check.sources >= 5) for check in checks)


def test_kinds_are_those_of_contracts() -> None:
    assert set(KINDS) == set(Contract.Kind.values)


def test_what_was_not_found_is_never_more_than_worth_a_look() -> None:
    rules = (*checklist().checks, *laws())
    missed = [concern for rule in rules for concern in rule.concerns if concern.when is When.MISSING]
    assert missed
    assert all(concern.severity is not Severity.ACT for concern in missed)


def test_law_says_to_ask_and_never_that_something_is_void() -> None:
    for law in laws():
        said = " ".join([law.what_to_do, *(concern.says for concern in law.concerns)]).lower()
        assert not {"void", "null", "illegal", "invalid", "forbidden"} & set(said.replace(",", " ").split())
        assert not law.concerns or "ask" in said.split()
        assert not law.concerns or "lawyer" in said


def test_law_replaces_only_opinions_that_exist() -> None:
    ids = {check.id for check in checklist().checks}
    assert {each for law in laws() for each in law.instead_of} <= ids


def test_nobody_is_told_to_prefer_consumer_prices_where_law_limits_that() -> None:
    limited = {law.country for law in laws() if "price_link" in law.instead_of and law.checked}
    assert limited == {"BE", "FR"}
    advised = {check.id for check in checklist().checks if "consumer price" in check.ask_for}
    assert advised == {"price_link"}


def test_a_practice_changes_adds_and_takes_out(tmp_path: Path) -> None:
    own = """
    units: {month: [mois, mois]}
    terms: {renewal_term: Reconduction}
    checks:
      - {id: auto_renewal, question: Se reconduit-il ?}
      - {id: soundness, drop: true}
      - {id: stale, drop: false}
      - id: our_bank
        number: 51
        theme: price
        question: Is it paid by direct debit?
        why: We want to see an invoice first.
        threshold: Any direct debit.
        do: Ask for invoices.
        ask_for: Payment on invoice.
        sources: 0
        quality: D
        country: BE
        looked_up: 2026-11-23
    """
    ours = checklist_with([written(tmp_path, own)])
    by_id = {check.id: check for check in ours.checks}
    assert by_id["auto_renewal"].question == "Se reconduit-il ?"
    assert by_id["auto_renewal"].concerns == checklist().checks[0].concerns
    assert "soundness" not in by_id
    assert "stale" in by_id
    assert by_id["our_bank"].country == "BE"
    assert (ours.units["month"], ours.names["renewal_term"]) == (("mois", "mois"), "Reconduction")
    assert ours.laws == checklist().laws


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a", "expected “checks:”"),
        ("checks: []\nunits: 3", "expected “checks:”"),
        ("checks: [{number: 1}]", "entry “1”: needs an “id”"),
        ("checks: [{id: a}, {id: a}]", "entry “a”: stands twice"),
        ("checks: []\nunits: {day: days}", "unit “day”: needs two words"),
        ("checks: []\nterms: {dai: Day}", "term “dai”: must be a term"),
        ("checks: [{id: new}]", "entry “new”: “number” is missing"),
        ("checks: [{id: stale, number: 1}]", "the number “1” stands already"),
        ("checks: [{id: stale, terms: [agreement]}]", "“agreement”, which is not in the terms"),
        ("checks: [{id: stale, kinds: [dogs]}]", "“dogs”, which is not in the kinds"),
        ("checks: [{id: stale, note: x}]", "unknown field “note”"),
        ("checks: [{id: stale, drop: perhaps}]", "must be true or false"),
        ("checks: [{id: stale, concerns: [{when: often}]}]", "“often”, which is not in"),
        ("checks: [{id: stale, concerns: [{when: at_least, limit: much}]}]", "must be a length, a share"),
        ("checks: [{id: stale, concerns: [{when: missing, severity: bad, says: x}]}]", "note, look, act"),
        (
            "checks: [{id: stale, concerns: [{when: missing, severity: note, says: x},"
            " {when: present, severity: act, says: x}]}]",
            "graver concerns first",
        ),
    ],
)
def test_a_faulty_list_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        checklist_with([written(tmp_path, text)])
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("checked: true", "checked: false", "nothing may rest on it"),
        ("checked: true", "checked: maybe", "must be true or false"),
        ("  do: Ask a lawyer.\n", "", "needs “terms” and “do”"),
        ("  terms: [price_indexation]\n", "", "needs “terms” and “do”"),
        ("between: firms", "between: friends", "firms, consumers, all"),
        ("quality: C", "quality: Z", "A to D"),
        ("holds_from: 2020-12-01", "holds_from: 2020-12-01\n  until: 2020-11-30", "ends before it begins"),
        ("https://example.org", "a book", "must begin with https://"),
        ("effect: Something.", "effect: Something.\n  note: x", "unknown field “note”"),
        ("country: BE", "country: Belgium", "two capital letters"),
    ],
)
def test_a_faulty_law_is_named(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as error:
        read_laws([written(tmp_path, LAW.replace(was, becomes), "be.yaml")])
    assert says in str(error.value)
    assert str(error.value).startswith("be.yaml")


def test_a_law_stands_once(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="the id “xx_price” stands already"):
        read_laws([written(tmp_path, LAW + LAW)])


def test_a_good_law_is_read(tmp_path: Path) -> None:
    law: Any = read_laws([written(tmp_path, LAW)])[0]
    assert (law.id, law.until, sorted(law.countries), law.source.year) == ("xx_price", None, ["BE"], 2020)
