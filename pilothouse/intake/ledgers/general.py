"""A ledger with any headers, from a table to its lines; and what a person sees before agreeing.

The steps: `table` (where the headers are), `columns` (what they mean), `reading` (rows to lines), `books` (which kind
of book), `notes` (what must be said of it).

Limits: a sheet gives one ledger; the second table on it is said, not read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import dropwhile, islice, takewhile
from typing import Literal

from pilothouse.intake.ledgers.books import Book, tell_book
from pilothouse.intake.ledgers.columns import Guess
from pilothouse.intake.ledgers.figures import currency_in, without_vat
from pilothouse.intake.ledgers.headers import plain
from pilothouse.intake.ledgers.lines import LedgerLines
from pilothouse.intake.ledgers.meanings import MEANINGS
from pilothouse.intake.ledgers.notes import problems_of, unreadable
from pilothouse.intake.ledgers.reading import LedgerReader
from pilothouse.intake.ledgers.table import Table, find_table
from pilothouse.intake.papers import Column, Ledger, LedgerLine, Period, Problem, Reading
from pilothouse.intake.tables.rows import Row, Sheet

SAMPLE_ROWS = 1500
_PREAMBLE_ROWS = 30
_FEW = 3
_SAMPLES = 5


def read_sheets_as_ledgers(
    sheets: Sequence[Sheet],
    told: Mapping[str, str],
    by: Literal["person", "format"] = "person",
) -> Reading:
    """A ledger from each sheet that holds one, and why the others give none."""
    ledgers: list[Ledger] = []
    refused: list[Problem] = []
    for sheet in sheets:
        sample = list(islice(sheet.rows, SAMPLE_ROWS))
        table = find_table(sample, told, by)
        if table and table.guess.is_whole:
            ledger = _read(sheet, table, sample, as_it_is=by == "format")
            if ledger.lines:
                ledgers.append(ledger)
                continue
        if sample:
            refused.append(unreadable(sheet, table))
    if not ledgers:
        return (), tuple(refused)
    return tuple(ledgers), tuple(replace(problem, level="warning") for problem in refused)


def _read(sheet: Sheet, table: Table, sample: Sequence[Row], *, as_it_is: bool = False) -> Ledger:
    guess = table.guess
    currency = currency_in(guess)
    reader = LedgerReader(table, sheet.name, currency, as_it_is=as_it_is)
    reader.read(_below(sheet, table))
    lines = reader.lines
    book, reason = tell_book(guess, lines, _preamble(sample, table))
    turned = book != "general" and _turn_costs(lines)
    if book == "general":
        reader.name_parties()
    problems = problems_of(
        reader, table, turned=turned, unbalanced=lines.total() if book == "general" else Decimal(0)
    )
    return Ledger(
        book=book,
        syntax="xlsx" if sheet.syntax == "xlsx" else "ods" if sheet.syntax == "ods" else "csv",
        columns=tuple(
            column
            for column, seen in zip(guess.columns, guess.seen, strict=True)
            if column.header or seen.cells
        ),
        lines=lines,
        currency=currency,
        holder=_holder(guess),
        period=_period(lines.dates),
        sheet=sheet.name,
        net=without_vat(guess),
        problems=tuple(problems),
        reason=reason,
    )


def _below(sheet: Sheet, table: Table) -> Iterable[Row]:
    """The rows under the headers."""
    if table.header is None:
        return sheet.rows
    first = table.header.number
    return dropwhile(lambda row: row.number <= first, sheet.rows)


def _preamble(sample: Sequence[Row], table: Table) -> str:
    first = table.header.number if table.header else 0
    above = (row.cells for row in takewhile(lambda row: row.number < first, sample[:_PREAMBLE_ROWS]))
    return " ".join(plain(cell) for cells in above for cell in cells if cell)


def _turn_costs(lines: LedgerLines) -> bool:
    """Lists of payments of some programs write what was paid as negative."""
    negative = sum(amount < 0 for amount in lines.amounts if amount)
    positive = sum(amount > 0 for amount in lines.amounts if amount)
    if negative <= 2 * positive or negative < _FEW:
        return False
    lines.amounts[:] = [-amount if amount else amount for amount in lines.amounts]
    if lines.vat:
        lines.vat[:] = [-vat if vat else vat for vat in lines.vat]
    return True


def _holder(guess: Guess) -> str | None:
    """Whose books these are, where one name fills the column."""
    names = set(guess.seen[guess.at["holder"]].cells) if "holder" in guess.at else set()
    return names.pop() if len(names) == 1 else None


def _period(days: Sequence[date | None]) -> Period | None:
    known = [day for day in days if day]
    return Period(min(known), max(known)) if known else None


def sound_mapping(mapping: Mapping[str, str] | None) -> tuple[Mapping[str, str], tuple[Problem, ...]]:
    """The mapping without what is no meaning, and a problem for that."""
    given = mapping or {}
    wrong = sorted(meaning for meaning in given.values() if meaning not in MEANINGS)
    if not wrong:
        return given, ()
    choices = ", ".join(filter(None, MEANINGS))
    words = f"“{wrong[0]}” is no meaning of a column; that column was guessed. Choose one of: {choices}."
    known = {header: meaning for header, meaning in given.items() if meaning in MEANINGS}
    return known, (Problem("ledger.mapping", "warning", words),)


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column as the mapping screen shows it: what it seems to mean, and some of its cells."""

    column: Column
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a table seems to be, before anybody agreed. `columns` are there even when no ledger could be read."""

    headers: tuple[str, ...]
    columns: tuple[ColumnSeen, ...]
    lines: tuple[LedgerLine, ...]
    problems: tuple[Problem, ...]
    sheet: str | None = None
    book: Book | None = None
    reason: str = ""


def preview_sheets(
    sheets: Sequence[Sheet], odd: Sequence[Problem], mapping: Mapping[str, str] | None, rows: int
) -> Preview:
    """How the first sheet that seems a ledger would be read, on its first rows."""
    told, wrong = sound_mapping(mapping)
    seen = [(sheet, sample, find_table(sample, told)) for sheet in sheets if (sample := list(sheet.rows))]
    whole = [one for one in seen if one[2] and one[2].guess.is_whole]
    problems = (*odd, *wrong)
    if not seen:
        return Preview((), (), (), problems)
    sheet, sample, table = (whole or seen)[0]
    if not table or not table.guess.is_whole:
        headers = table.headers if table else ()
        return Preview(headers, _columns_seen(table), (), (*problems, unreadable(sheet, table)))
    ledger = _read(sheet, table, sample)
    return Preview(
        table.headers,
        _columns_seen(table),
        tuple(ledger.lines[:rows]),
        (*problems, *ledger.problems),
        sheet.name,
        ledger.book,
        ledger.reason,
    )


def _columns_seen(table: Table | None) -> tuple[ColumnSeen, ...]:
    if table is None:
        return ()
    return tuple(
        ColumnSeen(column, tuple(dict.fromkeys(seen.cells))[:_SAMPLES])
        for column, seen in zip(table.guess.columns, table.guess.seen, strict=True)
    )
