"""What a person says of the columns of a source is kept, and its files are read so from then on."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.records.models import ColumnMap, Import, ImportFile, Paper, SourceFile
from pilothouse.services import columns, intake, storing
from tests.conftest import TODAY, Person
from tests.services.small_papers import bring

pytestmark = pytest.mark.django_db

# "Bedrag A" and "Bedrag B" could both be the amount; only the firm knows that B is the one without VAT.
LEDGER = """Datum;Leverancier;Boekstuk;Bedrag A;Bedrag B
03/01/2026;Wolkenrijk BV;A1;121,00;100,00
04/02/2026;Zeeblik BV;A2;242,00;200,00
05/03/2026;Wolkenrijk BV;A3;363,00;300,00
"""
DRIFTED = (
    LEDGER.replace("Leverancier", "LEVERANCIER ").replace("2026", "2025").replace("Bedrag B", "Bedrag_B")
)
NOT_UNDERSTOOD = """Wat;Hoe;Waar
een;twee;drie
vier;vijf;zes
zeven;acht;negen
"""


@pytest.fixture(autouse=True)
def papers(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def amounts(source: SourceFile) -> list[Decimal]:
    paper = Paper.objects.standing().get(source=source)
    return [Decimal(row["amount"]) for row in storing.rows_of(paper)]


def say(source: SourceFile, person: Person, **meanings: str) -> Import:
    """Let a person say what columns mean; the others stay as they were understood."""
    with source.content.open("rb") as content:
        seen = columns.understood(content.read(), columns.LEDGER)
    said = {one.column.header: one.column.meaning for one in seen.columns}
    said |= {header.replace("_", " "): meaning for header, meaning in meanings.items()}
    batch = columns.remember(source, columns.Told(seen.headers, columns.LEDGER, said), by=person.user)
    intake.take_in(batch.pk, today=TODAY)
    batch.refresh_from_db()
    return batch


def test_a_correction_reads_the_file_again_and_the_first_reading_no_longer_counts(
    company: Company, editor: Person
) -> None:
    bring(company, ledger__csv=LEDGER.encode())
    source = SourceFile.objects.get()
    before = amounts(source)
    batch = say(source, editor, Bedrag_A="", Bedrag_B="net")
    assert batch.state == Import.State.DONE
    assert amounts(source) == [Decimal(100), Decimal(200), Decimal(300)]
    assert Paper.objects.filter(source=source).count() == 2, "the first reading stays as history"
    say(source, editor, Bedrag_A="amount", Bedrag_B="")
    assert amounts(source) == [Decimal(121), Decimal(242), Decimal(363)]
    assert before


def test_the_next_file_of_the_source_is_read_as_said_though_its_headers_drift(
    company: Company, editor: Person
) -> None:
    bring(company, ledger__csv=LEDGER.encode())
    say(SourceFile.objects.get(), editor, Bedrag_A="", Bedrag_B="net")
    bring(company, next__csv=DRIFTED.encode())
    assert amounts(SourceFile.objects.get(name="next.csv")) == [Decimal(100), Decimal(200), Decimal(300)]


def test_what_one_company_says_is_not_asked_of_another(
    company: Company, other_company: Company, editor: Person
) -> None:
    bring(company, ledger__csv=LEDGER.encode())
    say(SourceFile.objects.get(), editor, Bedrag_A="", Bedrag_B="net")
    assert columns.read(other_company, LEDGER.encode()) is None
    assert columns.read(company, b"Some;other;table\n1;2;3\n4;5;6\n") is None
    assert columns.read(company, b"%PDF-1.7") is None


def test_meanings_that_give_no_line_change_nothing(company: Company, editor: Person) -> None:
    bring(company, ledger__csv=LEDGER.encode())
    source = SourceFile.objects.get()
    before = amounts(source)
    batch = say(source, editor, Datum="", Bedrag_A="", Bedrag_B="")
    assert amounts(source) == before
    file = ImportFile.objects.get(batch=batch)
    assert file.problems


def test_a_table_that_nobody_understands_asks_for_its_columns(company: Company) -> None:
    batch = bring(company, strange__csv=NOT_UNDERSTOOD.encode())
    file = ImportFile.objects.get(batch=batch)
    assert file.outcome == ImportFile.Outcome.REFUSED
    assert file.asks_for_columns


def test_said_again_it_is_one_memory_and_forgotten_it_is_guessed(company: Company, editor: Person) -> None:
    bring(company, ledger__csv=LEDGER.encode())
    source = SourceFile.objects.get()
    say(source, editor, Bedrag_A="", Bedrag_B="net")
    say(source, editor, Bedrag_A="gross", Bedrag_B="net")
    told = ColumnMap.objects.get()
    assert told.by == editor.user
    assert columns.remembered(company, told.headers) == told
    columns.forget(company, told.pk)
    assert columns.read(company, LEDGER.encode()) is None


USERS = """Naam van de persoon;Inlog;Actief
An Voorbeeld;an@voorbeeld.example;ja
Bo Voorbeeld;bo@voorbeeld.example;nee
"""


def test_any_table_can_be_said_to_be_a_list(company: Company, editor: Person) -> None:
    meanings = {"Naam van de persoon": "name", "Inlog": "account", "Actief": "enabled"}
    seen = columns.understood(USERS.encode(), "users", meanings)
    assert [row["account"] for row in seen.rows] == ["an@voorbeeld.example", "bo@voorbeeld.example"]
    assert {one.column.meaning for one in seen.columns} == {"name", "account", "enabled"}
    assert "account" in columns.meanings_of("users")
    bring(company, users__csv=USERS.encode())
    source = SourceFile.objects.get()
    batch = columns.remember(source, columns.Told(seen.headers, "users", meanings), by=editor.user)
    intake.take_in(batch.pk, today=TODAY)
    paper = Paper.objects.standing().get(source=source)
    assert (paper.kind, paper.content["of"]) == ("listing", "users")
    assert columns.table_of(source) == "users"


def test_what_cannot_be_such_a_table_is_said(company: Company) -> None:
    papers, problems = columns.read_as(LEDGER.encode(), columns.CARD, {"Boekstuk": "merchant"})
    assert papers == ()
    assert problems
