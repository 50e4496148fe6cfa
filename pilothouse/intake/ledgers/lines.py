"""The lines of a ledger, kept as columns and built when they are asked for.

Why: a million lines as objects take half a gigabyte; as columns with shared words a fraction. For everybody else it
is a sequence of `LedgerLine`.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import repeat
from typing import overload

from pilothouse.intake.papers import LedgerLine
from pilothouse.intake.tables.rows import place_of

WORDS = (
    "currency",
    "party",
    "party_id",
    "description",
    "document",
    "account",
    "account_name",
    "journal",
    "department",
)


@dataclass(slots=True, eq=False)
class LedgerLines(Sequence[LedgerLine]):
    """Lines by column. `words` holds the columns there are; `currency` that of all lines where it is no column."""

    sheet: str | None = None
    currency: str | None = None
    rows: array[int] = field(default_factory=lambda: array("Q"))
    dates: list[date | None] = field(default_factory=list)
    amounts: list[Decimal | None] = field(default_factory=list)
    vat: list[Decimal | None] | None = None
    words: dict[str, list[str]] = field(default_factory=dict)

    def total(self) -> Decimal:
        return sum((amount for amount in self.amounts if amount), Decimal(0))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, index: int) -> LedgerLine: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[LedgerLine]: ...
    def __getitem__(self, index: int | slice) -> LedgerLine | Sequence[LedgerLine]:
        if isinstance(index, slice):
            return tuple(self[one] for one in range(*index.indices(len(self))))
        words = {name: cells[index] for name, cells in self.words.items()}
        currency = words.pop("currency", "") or self.currency
        place = place_of(self.sheet, self.rows[index])
        vat = self.vat[index] if self.vat is not None else None
        return LedgerLine(place, self.dates[index], self.amounts[index], currency, vat=vat, **words)

    def __iter__(self) -> Iterator[LedgerLine]:
        columns = [self.words.get(name) or repeat("", len(self)) for name in WORDS[1:]]
        currencies = self.words.get("currency") or repeat("", len(self))
        vats = self.vat if self.vat is not None else repeat(None, len(self))
        heads = zip(self.rows, self.dates, self.amounts, currencies, strict=True)
        for (row, day, amount, currency), words, vat in zip(
            heads, zip(*columns, strict=True), vats, strict=True
        ):
            place = place_of(self.sheet, row)
            # By position, in the order of the fields: by name it takes twice as long.
            yield LedgerLine(place, day, amount, currency or self.currency, *words, vat)  # type: ignore[call-arg, misc, arg-type, unused-ignore]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(map(_equal, self, other))

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"<{len(self)} ledger lines>"


def _equal(one: object, other: object) -> bool:
    return one == other
