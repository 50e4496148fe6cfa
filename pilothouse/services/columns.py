"""What the columns of a table mean: guessed with reasons, corrected by a person, remembered for the source.

A source is known by its headers: the next file with the same headers (or slightly different ones) is read as the
person said, without a question. Where a person says something else of a table that is here, the file is read again
in an import of its own, so that a stop in the middle changes no figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from pilothouse.accounts.models import Company, User
from pilothouse.intake import ledgers
from pilothouse.intake.cards import fields_of as card_fields
from pilothouse.intake.cards import read_card_table
from pilothouse.intake.ledgers import ColumnSeen, header_print, same_source
from pilothouse.intake.ledgers.headers import match_headers
from pilothouse.intake.listings import FIELDS, fields_of, read_listing
from pilothouse.intake.papers import Column, Ledger, Listing, Paper, Problem, Reading, Statement
from pilothouse.intake.shapes import amount_text, ledger_line_json
from pilothouse.intake.tables.sheets import looks_like_table, read_sheets
from pilothouse.records.models import ColumnMap, Import, ImportFile, SourceFile
from pilothouse.records.models import Paper as StoredPaper

HEAD = 65_536
SHOWN = 20
AGAIN = "columns"  # the origin of an import that reads a file again
LEDGER, CARD = "ledger", "card"
TABLES = (LEDGER, CARD, *FIELDS)


def read(company: Company, data: bytes) -> Reading | None:
    """The papers of a table whose source somebody spoke of; None where nothing is remembered of it."""
    known = list(ColumnMap.objects.of(company))
    if not known or not looks_like_table(data[:HEAD]):
        return None
    headers = ledgers.preview(data, rows=1).headers
    told = next((one for one in known if same_source(headers, one.headers)), None)
    if told is None:
        return None
    drifted = _in_words_of(headers, told)
    return read_as(data, told.table, drifted)


def _in_words_of(headers: Sequence[str], told: ColumnMap) -> Mapping[str, str]:
    """What was said, under the headers of this file where they are written a little differently."""
    return {headers[at]: told.columns[known] for at, known in match_headers(headers, told.columns).items()}


def read_as(data: bytes, table: str, mapping: Mapping[str, str]) -> Reading:
    """The papers of a table of that kind, its columns meaning what `mapping` (header -> meaning) says."""
    if table == LEDGER:
        return ledgers.read_ledger(data, mapping)
    sheets, odd = read_sheets(data)
    used = {header: meaning for header, meaning in mapping.items() if meaning}
    if table == CARD:
        return read_card_table(sheets, used) or ((), (*odd, _not_found()))
    found = read_listing(sheets, used, kind=table)  # type: ignore[arg-type]  # one of TABLES
    return found or ((), (*odd, _not_found()))


def _not_found() -> Problem:
    return Problem(
        "table.columns",
        "error",
        "With these meanings no line could be read: the columns that such a table needs are not all pointed out. "
        "Nothing has changed. Look at the columns again.",
    )


def meanings_of(table: str) -> Mapping[str, str]:
    """What a column of such a table may mean, in plain words; "" is a column that is not used."""
    if table == LEDGER:
        return ledgers.MEANINGS
    known = card_fields() if table == CARD else fields_of(table)  # type: ignore[arg-type]  # one of TABLES
    return {**known, "": ledgers.MEANINGS[""]}


@dataclass(frozen=True, slots=True)
class Understood:
    """How a table is understood: each column with some of its cells, and the first lines as they would be read."""

    table: str
    headers: tuple[str, ...]
    columns: tuple[ColumnSeen, ...]
    rows: tuple[Mapping[str, Any], ...]
    problems: tuple[Problem, ...]
    reason: str = ""


def understood(data: bytes, table: str, mapping: Mapping[str, str] | None = None) -> Understood:
    """How a table would be read as one of that kind; `mapping` as a person says, else guessed."""
    seen = ledgers.preview(data, mapping if table == LEDGER else None, rows=SHOWN)
    if table == LEDGER:
        rows = tuple(ledger_line_json(line) for line in seen.lines)
        return Understood(table, seen.headers, seen.columns, rows, seen.problems, seen.reason)
    papers, problems = _guessed(data, table) if mapping is None else read_as(data, table, mapping)
    paper = papers[0] if papers else None
    columns = _columns_of(paper, seen.columns, mapping or {})
    return Understood(table, seen.headers, columns, _first_rows(paper), (*problems, *_problems_of(paper)))


def _guessed(data: bytes, table: str) -> Reading:
    sheets, odd = read_sheets(data)
    found = read_card_table(sheets) if table == CARD else read_listing(sheets)
    return found or ((), odd)


def _columns_of(
    paper: Paper | None, seen: Sequence[ColumnSeen], mapping: Mapping[str, str]
) -> tuple[ColumnSeen, ...]:
    """The columns with their cells, each with what it means in this kind of table."""
    known = {column.header: column for column in paper.columns} if isinstance(paper, Listing) else {}
    return tuple(
        ColumnSeen(
            known.get(one.column.header) or Column(one.column.header, mapping.get(one.column.header, "")),
            one.samples,
        )
        for one in seen
    )


def _first_rows(paper: Paper | None) -> tuple[Mapping[str, Any], ...]:
    if isinstance(paper, Listing):
        return paper.entries[:SHOWN]
    if isinstance(paper, Statement):
        return tuple(
            {
                "date": movement.date.isoformat(),
                "name": movement.counterparty.name,
                "description": movement.communication,
                "amount": amount_text(movement.amount),
            }
            for movement in paper.movements[:SHOWN]
        )
    return tuple(ledger_line_json(line) for line in paper.lines[:SHOWN]) if isinstance(paper, Ledger) else ()


def _problems_of(paper: Paper | None) -> tuple[Problem, ...]:
    return paper.problems if paper is not None else ()


def table_of(source: SourceFile) -> str:
    """Which kind of table a file is taken for; a ledger where it gave nothing yet."""
    paper = StoredPaper.objects.of(source.company).standing().filter(source=source).first()
    if paper is None or paper.kind == "ledger":
        return LEDGER
    return paper.content["of"] if paper.kind == "listing" else CARD


def remembered(company: Company, headers: Sequence[str]) -> ColumnMap | None:
    """What was said of the source with these headers."""
    found: ColumnMap | None = (
        ColumnMap.objects.of(company).filter(headers_print=header_print(headers)).select_related("by").first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What a person says of a source: its headers, which kind of table it is, what each column means."""

    headers: Sequence[str]
    table: str
    columns: Mapping[str, str]


def remember(source: SourceFile, told: Told, *, by: User) -> Import:
    """Keep what a person says of a source, and let the file be read again; the import waits for a worker."""
    company = source.company
    with transaction.atomic():
        ColumnMap.objects.update_or_create(
            company=company,
            headers_print=header_print(told.headers),
            defaults={
                "headers": list(told.headers),
                "table": told.table,
                "columns": dict(told.columns),
                "by": by,
            },
        )
        batch = Import.objects.create(company=company, by=by, origin=AGAIN, files_total=1)
        ImportFile.objects.create(
            company=company, batch=batch, source=source, name=source.name, size=source.size
        )
    return batch


def forget(company: Company, map_id: int) -> None:
    """Let a source be guessed again from its next file on."""
    ColumnMap.objects.of(company).filter(pk=map_id).delete()
