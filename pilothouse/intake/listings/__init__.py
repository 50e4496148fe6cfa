"""Lists exported from other programs: who has an account, which licences are there, which devices, who has a second
factor?

How: the headings say what list it is and what each column means (`columns`, with the table of `fields`); each row
becomes an entry with standard fields, and whatever has none under its own heading. The same lists as JSON of
Microsoft Graph or the Google Directory API are made rows first (`graph`). A person's mapping says it for any table.

Passwords are never kept; that they were there is said. Identifiers of products (SKU) stay as they are: their names
are knowledge, not reading.

Limits: one list for each sheet; two million filled cells.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pilothouse.intake.headings import find_headings, rows_below
from pilothouse.intake.listings.columns import (
    PASSWORD,
    TAKEN_ON,
    Understood,
    kind_of,
    understand,
    understand_as_told,
)
from pilothouse.intake.listings.entries import Entries
from pilothouse.intake.listings.fields import FIELDS, Kind, fields_of
from pilothouse.intake.papers import Listing, Problem, Reading
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.values import DateStyle

__all__ = ["FIELDS", "Kind", "fields_of", "read_listing"]


def read_listing(
    sheets: Sequence[Sheet], mapping: Mapping[str, str] | None = None, *, kind: Kind | None = None
) -> Reading | None:
    """The lists in the sheets; None when no sheet is one. `mapping` is heading -> field as a person chose it, of a
    list of the given kind (else of the kind that has most of these fields)."""
    listings = []
    for sheet in sheets:
        found = _find(sheet, mapping, kind)
        if found:
            listings.append(_read_sheet(sheet, *found))
    return (tuple(listings), ()) if listings else None


def _find(
    sheet: Sheet, mapping: Mapping[str, str] | None, kind: Kind | None
) -> tuple[Row, Understood] | None:
    if not mapping:
        return find_headings(sheet, understand)
    wanted = kind or kind_of(list(mapping.values()))
    return find_headings(sheet, lambda cells: understand_as_told(cells, mapping, wanted))


def _read_sheet(sheet: Sheet, headings: Row, understood: Understood) -> Listing:
    entries = Entries(understood, rows_below(sheet, headings))
    for row in rows_below(sheet, headings):
        if not entries.take(row):
            break
    return Listing(
        of=understood.kind,
        source=understood.source,
        columns=understood.columns,
        entries=tuple(entries.entries),
        taken_on=_taken_on(sheet, headings, understood),
        sheet=sheet.name,
        problems=(*_said_of_passwords(sheet, headings, understood), *entries.problems(headings)),
    )


def _taken_on(sheet: Sheet, headings: Row, understood: Understood) -> date | None:
    """The day of the report, from its first row."""
    if TAKEN_ON not in understood.meanings:
        return None
    first = next(rows_below(sheet, headings), None)
    at = understood.meanings.index(TAKEN_ON)
    return DateStyle("ymd").read(first.cells[at]) if first and at < len(first.cells) else None


def _said_of_passwords(sheet: Sheet, headings: Row, understood: Understood) -> list[Problem]:
    """A word of warning where a column for passwords is filled."""
    places = [at for at, meaning in enumerate(understood.meanings) if meaning == PASSWORD]
    rows = rows_below(sheet, headings) if places else ()
    if not any(any(row.cells[at : at + 1] > ("",) for at in places) for row in rows):
        return []
    words = (
        f"The file holds passwords (“{headings.cells[places[0]][:60]}”). They were not kept. Delete the file where it "
        "lies, and have the passwords changed."
    )
    return [Problem("listing.password", "warning", words, headings.place)]
