"""A paper of many rows is packed and comes back row by row, as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.persons import People
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from pilothouse.intake.papers import Ledger, LedgerLine, Listing
from pilothouse.intake.shapes import ledger_line_json
from pilothouse.knowledge import spend_knowledge
from pilothouse.records.models import Paper, PaperRows, SourceFile
from pilothouse.services import masking, storing

pytestmark = pytest.mark.django_db


def ledger(count: int, first_place: int = 2) -> Ledger:
    lines = tuple(
        LedgerLine(f"line {first_place + n}", date(2026, 1, 1), Decimal(n), party=f"Vendor {n % 7} BV")
        for n in range(count)
    )
    return Ledger("purchases", "csv", (), lines, "EUR")


@pytest.fixture
def source(company: Company) -> SourceFile:
    found: SourceFile = SourceFile.objects.create(company=company, sha256="a" * 64, name="x.csv", size=1)
    return found


def stored(source: SourceFile, paper: Ledger | Listing) -> Paper:
    ready = storing.prepared(source.company, source, paper)
    storing.store([ready])
    found: Paper = Paper.objects.get(pk=ready.paper.pk)
    return found


@pytest.mark.parametrize(
    "count", [0, 3, storing.MOST_UNPACKED, storing.MOST_UNPACKED + 1, 2 * storing.A_BLOCK + 5]
)
def test_every_row_comes_back_in_the_order_of_the_file(source: SourceFile, count: int) -> None:
    paper = ledger(count)
    kept = stored(source, paper)
    assert list(storing.rows_of(kept)) == [ledger_line_json(line) for line in paper.lines]
    assert kept.rows == count
    packed = count > storing.MOST_UNPACKED
    assert PaperRows.objects.filter(paper=kept).exists() is packed
    assert ("lines" in kept.content) is not packed


@pytest.mark.parametrize(("start", "count"), [(0, 5), (1_998, 4), (4_000, 100), (4_005, 3), (9_999, 2)])
def test_a_page_of_rows_is_a_page_of_all_rows(source: SourceFile, start: int, count: int) -> None:
    paper = ledger(2 * storing.A_BLOCK + 5)
    kept = stored(source, paper)
    everything = list(storing.rows_of(kept))
    assert storing.first_rows(kept, start, count) == everything[start : start + count]
    small = stored(source, ledger(9))
    assert storing.first_rows(small, 7, 5) == list(storing.rows_of(small))[7:12]


def test_the_same_paper_in_another_file_has_the_same_fingerprint(company: Company) -> None:
    def fingerprint(paper: Ledger) -> str:
        return storing.prepared(company, None, paper).paper.fingerprint

    one = fingerprint(ledger(3_000))
    assert one == fingerprint(ledger(3_000, first_place=40))
    assert one != fingerprint(ledger(3_001))
    assert one != fingerprint(replace(ledger(3_000), currency="USD"))


def test_a_natural_person_in_a_ledger_is_masked_and_a_firm_is_not(company: Company) -> None:
    lines = (
        LedgerLine(
            "line 2", None, Decimal(9), party="Mevrouw An Peeters", description="kosten", document="12"
        ),
        LedgerLine(
            "line 3", None, Decimal(9), party="Mevrouw An Peeters", party_id="BE0403170701", description="x"
        ),
        LedgerLine("line 4", None, Decimal(9), party="Peeters BV", description="x"),
    )
    paper = replace(ledger(0), lines=lines)
    hidden = masking.masked(paper, People(spend_knowledge()))
    assert isinstance(hidden, Ledger)
    assert [line.party for line in hidden.lines] == [NATURAL_PERSON, "Mevrouw An Peeters", "Peeters BV"]
    assert (hidden.lines[0].description, hidden.lines[0].document) == ("", "")
    assert [line.party for line in hidden.lines[1:]] == ["Mevrouw An Peeters", "Peeters BV"]
    assert len(hidden.lines) == 3
    assert masking.masked(paper, None) is paper
