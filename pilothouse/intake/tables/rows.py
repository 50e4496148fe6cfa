"""What a table is here: named sheets of rows, each row with its number and its cells as text.

Blank rows are left out; the numbers tell the gap. Cells have no white space around them. A sheet's `rows` can be
gone through again and again; each time they are read anew from the bytes, so that a million of them need no room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple

Syntax = Literal["csv", "xlsx", "xls", "ods"]


class Row(NamedTuple):
    number: int
    cells: tuple[str, ...]
    sheet: str | None = None

    @property
    def place(self) -> str:
        return place_of(self.sheet, self.number)


def place_of(sheet: str | None, number: int) -> str:
    """Where a row stands, in words.

    >>> place_of(None, 12), place_of("Blad1", 12)
    ('line 12', 'sheet Blad1, row 12')
    """
    return f"line {number}" if sheet is None else f"sheet {sheet}, row {number}"


@dataclass(frozen=True, slots=True)
class Sheet:
    """`name` is None for text, which has one sheet. `hidden` ones are read like the others."""

    name: str | None
    syntax: Syntax
    rows: Iterable[Row]
    hidden: bool = False
