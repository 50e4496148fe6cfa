"""Which payment of a series belongs to which invoice of a series, all amounts being equal?

Both stand in order of time and so do the pairs: as many pairs as possible, and among those the ones nearest
to the days the invoices were due (the best alignment of two sequences). A month whose invoice or payment is
missing shifts nothing. Limit: a series too long for that is paired first come, first served.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MOST_CELLS = 250_000


@dataclass(frozen=True, slots=True)
class Dated:
    """An invoice: the day it was issued and the day it is due."""

    issued: date
    due: date


def aligned(
    paid: Sequence[date], owed: Sequence[Dated], *, before: int, after: int
) -> Iterator[tuple[int, int]]:
    """Pairs of positions in `paid` and `owed`, both in order of time. A payment lies at most `before` days
    before the invoice was issued and `after` days after it.

    >>> owed = [Dated(date(2026, m, 1), date(2026, m, 15)) for m in (1, 3)]
    >>> list(aligned([date(2026, m, 15) for m in (1, 2, 3)], owed, before=15, after=120))
    [(0, 0), (2, 1)]
    """
    if len(paid) * len(owed) > MOST_CELLS:
        yield from _first_come(paid, owed, before, after)
        return
    best = _table(paid, owed, before, after)
    p, o = len(paid), len(owed)
    pairs = []
    while p and o:
        if best[p][o] == best[p - 1][o]:
            p -= 1
        elif best[p][o] == best[p][o - 1]:
            o -= 1
        else:
            p, o = p - 1, o - 1
            pairs.append((p, o))
    yield from reversed(pairs)


def _table(
    paid: Sequence[date], owed: Sequence[Dated], before: int, after: int
) -> list[list[tuple[int, int]]]:
    """Row p, column o: the pairs (counted below zero) and their days apart, of the first p and o."""
    rows = [[(0, 0)] * (len(owed) + 1)]
    for day in paid:
        above, row = rows[-1], [(0, 0)]
        for o, (invoice, (corner, over)) in enumerate(zip(owed, pairwise(above), strict=True)):
            choice = min(over, row[o])
            if -before <= (day - invoice.issued).days <= after:
                choice = min(choice, (corner[0] - 1, corner[1] + abs((day - invoice.due).days)))
            row.append(choice)
        rows.append(row)
    return rows


def _first_come(
    paid: Sequence[date], owed: Sequence[Dated], before: int, after: int
) -> Iterator[tuple[int, int]]:
    o = 0
    for p, day in enumerate(paid):
        while o < len(owed) and (day - owed[o].issued).days > after:
            o += 1
        if o < len(owed) and (day - owed[o].issued).days >= -before:
            yield p, o
            o += 1
