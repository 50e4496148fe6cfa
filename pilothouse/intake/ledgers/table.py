"""Where in a sheet does the ledger begin, and what are its columns?

How: the header row is the one among the first rows whose cells hold the most words that headers of ledgers have, with
no days or amounts in it; of the best ones, the first under which days and amounts stand. Where no row has such words,
the cells alone decide. Tables side by side are kept apart by blank columns.

Limits: a header of one row; two rows of headers are read by the lower one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pilothouse.intake.ledgers.columns import Guess, guess_columns
from pilothouse.intake.ledgers.headers import match_headers, what_header_says
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.values import AmountStyle, DateStyle

_HEADER_ROWS = 600  # a header stands among the first so many rows
_FEW_ROWS = 40
_MOST_CELLS = 12_000
_CANDIDATES = 6
_WIDEST = 1000  # columns
_LONGEST_HEADER = 200
_ENOUGH_WORDS = 1.6  # two headers we know, or nearly


@dataclass(frozen=True, slots=True)
class Table:
    """A table in a sheet: the row of its headers (None where there is none) and what its columns mean.

    `usual` is how many cells of a line are filled as a rule (three rows in four have at most as many); `beside` when
    other tables stand beside it."""

    header: Row | None
    guess: Guess
    usual: int
    beside: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(column.header for column in self.guess.columns)


def find_table(
    rows: Sequence[Row], told: Mapping[str, str], by: Literal["person", "format"] = "person"
) -> Table | None:
    """The table that is a ledger, else the one that is nearest to it; None where there is no table."""
    starts = _header_candidates(rows, told) or _first_row_of_words(rows)
    best: Table | None = None
    for start in starts:
        table = _table_below(rows, start, told, by)
        if table.guess.is_whole:
            return table
        best = best or table
    return best if starts else _without_headers(rows, told, by)


def looks_like_header(row: Row) -> bool:
    """Whether the row holds words as headers of ledgers have them, and no values."""
    return _header_words(row, {}) >= _ENOUGH_WORDS


def _header_candidates(rows: Sequence[Row], told: Mapping[str, str]) -> list[int]:
    # In a very wide table fewer rows are looked at: the time goes by cells.
    most = max(_FEW_ROWS, min(_HEADER_ROWS, _MOST_CELLS // (_usual_width(rows[:_FEW_ROWS]) + 1)))
    scored = [(-_header_words(row, told), start) for start, row in enumerate(rows[:most])]
    return [start for words, start in sorted(scored)[:_CANDIDATES] if -words >= _ENOUGH_WORDS]


def _header_words(row: Row, told: Mapping[str, str]) -> float:
    """How many words of headers the row holds; days and amounts speak against it."""
    cells = [cell for cell in row.cells[:_WIDEST] if cell]
    if len(cells) < 2 or any(len(cell) > _LONGEST_HEADER for cell in cells):
        return 0
    values = sum(map(_is_value, cells))
    if values * 3 > len(cells):
        return 0
    said = [what_header_says(cell) for cell in cells]
    surest = {one.meaning: one.surely for one in said if one and one.meaning}
    known = sum(surest.values()) + 0.1 * sum(one is not None for one in said)
    remembered = len(match_headers(cells, told)) if told else 0
    return max(known, remembered) - 2 * values


def _is_value(cell: str) -> bool:
    has_digit = any(map(str.isdigit, cell))
    return has_digit and (DateStyle().read(cell) is not None or AmountStyle().read(cell) is not None)


def _first_row_of_words(rows: Sequence[Row]) -> list[int]:
    """Headers in words that we do not know: the first row with cells, all of them words, as wide as the others."""
    wide = _usual_width(rows)
    for start, row in enumerate(rows[:20]):
        cells = [cell for cell in row.cells if cell]
        if len(cells) > 1 and len(cells) * 2 > wide:
            return [] if any(map(_is_value, cells)) else [start]
    return []


def _table_below(
    rows: Sequence[Row], start: int, told: Mapping[str, str], by: Literal["person", "format"]
) -> Table:
    header = rows[start]
    below = _up_to_next_table(header, rows[start + 1 :])
    width = max(_filled_up_to(header.cells), _usual_width(below))
    names = (*header.cells[:width], *[""] * (width - len(header.cells)))
    blocks = _blocks(names, below)
    tables = [_table_of(header, _only(names, block), below, (told, by), block) for block in blocks]
    found = next((table for table in tables if table.guess.is_whole), tables[0])
    return replace(found, beside=len(blocks) > 1)


def _up_to_next_table(header: Row, rows: Sequence[Row]) -> list[Row]:
    """The rows below, without the headers repeated, up to other headers after a blank row."""
    below: list[Row] = []
    before = header.number
    for row in rows:
        if row.cells != header.cells:
            if row.number > before + 1 and below and looks_like_header(row):
                break
            below.append(row)
        before = row.number
    return below


def _without_headers(
    rows: Sequence[Row], told: Mapping[str, str], by: Literal["person", "format"]
) -> Table | None:
    width = _usual_width(rows)
    names = [f"column {number}" for number in range(1, width + 1)]
    return _table_of(None, names, rows, (told, by), range(width)) if width > 1 else None


def _table_of(
    header: Row | None,
    names: Sequence[str],
    below: Sequence[Row],
    told: tuple[Mapping[str, str], Literal["person", "format"]],
    block: range,
) -> Table:
    cells = [row.cells for row in below if sum(map(bool, row.cells)) > 1]
    filled = sorted(sum(map(bool, row)) for row in cells)
    usual = filled[len(filled) * 3 // 4] if filled else 0
    return Table(header, guess_columns(names, cells, *told, block), usual)


def _filled_up_to(cells: Sequence[str]) -> int:
    return max((position + 1 for position, cell in enumerate(cells[:_WIDEST]) if cell), default=0)


def _usual_width(rows: Sequence[Row]) -> int:
    widths = Counter(_filled_up_to(row.cells) for row in rows)
    return max(widths, key=lambda width: (widths[width], width), default=0)


def _blocks(names: Sequence[str], below: Sequence[Row]) -> list[range]:
    """Tables side by side: runs of columns between columns without header and cells."""
    used = [
        bool(name) or any(row.cells[at : at + 1] > ("",) for row in below) for at, name in enumerate(names)
    ]
    blocks: list[range] = []
    for position, is_used in enumerate(used):
        if is_used and blocks and blocks[-1].stop == position:
            blocks[-1] = range(blocks[-1].start, position + 1)
        elif is_used:
            blocks.append(range(position, position + 1))
    # A lone column beside a gap belongs to its neighbours: many lists leave one blank between.
    wide = [block for block in blocks if len(block) > 2]
    return wide if len(wide) > 1 else [range(len(names))]


def _only(names: Sequence[str], block: range) -> list[str]:
    return [name if position in block else "" for position, name in enumerate(names)]
