"""Which payment of a series belongs to which invoice of a series, all amounts being equal?

Pairs stand in order of time on both sides. Each pair is worth more the nearer its days are to the usual lag between
due day and payment (none, or what the series itself shows); the choice worth most is taken (the best alignment of
two sequences). What one day more costs falls with the distance, so that one late payment shifts nothing, and neither
does a month whose invoice or payment is missing.

Limits: weekly equal amounts paid at random days cannot be told apart by anybody; a series too long for the alignment
is paired first come, first served.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import log1p
from statistics import median_low

MOST_CELLS = 40_000
# Beyond so many days a pair is no less likely than any other within the window.
_FAR = 60
_WORTH = [log1p(_FAR) - log1p(days) + 0.1 for days in range(_FAR + 1)]
_STRANGE = 0.2
# A series is steady (a direct debit) when nearly all its payments come within a day of one lag; then a pair that
# lies further off is worth next to nothing, and bends the series only where nothing else is to be had.
_STEADY_SHARE = 0.85
_STEADY_FROM = 4
_WORTH_STEADY = [4.0, 3.8, 3.0, 2.0, *([0.1] * (_FAR - 3))]

Pairs = list[tuple[int, int]]
Table = list[list[float]]


@dataclass(frozen=True, slots=True)
class Dated:
    """An invoice: the day it was issued and the day it is due."""

    issued: date
    due: date


@dataclass(frozen=True, slots=True)
class Window:
    """A payment lies at most `before` days before the day of the invoice and at most `after` days after it."""

    before: int
    after: int

    def holds(self, paid: date, owed: Dated) -> bool:
        return -self.before <= (paid - owed.issued).days <= self.after


def aligned(paid: Sequence[date], owed: Sequence[Dated], window: Window) -> Pairs:
    """Pairs of positions in `paid` and `owed`, both given in order of time.

    >>> owed = [Dated(date(2026, m, 1), date(2026, m, 15)) for m in (1, 3)]
    >>> aligned([date(2026, m, 15) for m in (1, 2, 3)], owed, Window(15, 120))
    [(0, 0), (2, 1)]
    """
    if len(paid) == len(owed) == 1:
        return [(0, 0)] if window.holds(paid[0], owed[0]) else []
    if len(paid) * len(owed) > MOST_CELLS:
        return list(_first_come(paid, owed, window))
    lags = _lags(paid, owed, window)
    if not lags:
        return []
    steady = _steady_lag(lags, len(paid))
    if steady is not None:
        return _pairs_of(_table(paid, owed, window, _worth(_WORTH_STEADY, steady)))
    tables = {lag: _table(paid, owed, window, _worth(_WORTH, lag)) for lag in _usual_lags(paid, owed, lags)}
    series = min(len(paid), len(owed))
    # People pay near the due day, so a lag far from it needs more to show for it.
    best = max(tables, key=lambda lag: tables[lag][-1][-1] - _STRANGE * log1p(abs(lag)) * series)
    return _pairs_of(tables[best])


def _lags(paid: Sequence[date], owed: Sequence[Dated], window: Window) -> Counter[int]:
    """Days between due day and payment, of all pairs that are possible."""
    return Counter((day - o.due).days for day in paid for o in owed if window.holds(day, o))


def _steady_lag(lags: Counter[int], payments: int) -> int | None:
    """The lag that nearly all payments keep to the day or next to it; None where there is none."""
    if payments < _STEADY_FROM:
        return None
    kept = {lag: lags[lag - 1] + lags[lag] + lags[lag + 1] for lag in lags}
    best = max(kept, key=lambda lag: (kept[lag], -abs(lag), lag))
    return best if kept[best] >= payments * _STEADY_SHARE else None


def _usual_lags(paid: Sequence[date], owed: Sequence[Dated], lags: Counter[int]) -> list[int]:
    """Lags that may be usual: none, the commonest, and what the first to the first, the last to the last show."""
    commonest = min(lags, key=lambda lag: (-lags[lag], abs(lag), lag))
    from_start = [(day - o.due).days for day, o in zip(paid, owed, strict=False)]
    from_end = [(day - o.due).days for day, o in zip(reversed(paid), reversed(owed), strict=False)]
    return list(dict.fromkeys((0, commonest, median_low(from_start), median_low(from_end))))


def _worth(by_distance: Sequence[float], lag: int) -> Callable[[int], float]:
    return lambda days: by_distance[min(abs(days - lag), _FAR)]


def _table(
    paid: Sequence[date], owed: Sequence[Dated], window: Window, worth: Callable[[int], float]
) -> Table:
    """Row p, column o: the most that pairs among the first p payments and o invoices are worth."""
    rows = [[0.0] * (len(owed) + 1)]
    for day in paid:
        row = [0.0]
        for invoice, (corner, over) in zip(owed, pairwise(rows[-1]), strict=True):
            best = max(over, row[-1])
            if window.holds(day, invoice):
                best = max(best, corner + worth((day - invoice.due).days))
            row.append(best)
        rows.append(row)
    return rows


def _pairs_of(table: Sequence[Sequence[float]]) -> Pairs:
    """Walk back through the table; what is worth no more with one less was not paired."""
    p, o = len(table) - 1, len(table[0]) - 1
    pairs: Pairs = []
    while p and o:
        if table[p][o] == table[p - 1][o]:
            p -= 1
        elif table[p][o] == table[p][o - 1]:
            o -= 1
        else:
            p, o = p - 1, o - 1
            pairs.append((p, o))
    return pairs[::-1]


def _first_come(paid: Sequence[date], owed: Sequence[Dated], window: Window) -> Iterator[tuple[int, int]]:
    o = 0
    for p, day in enumerate(paid):
        while o < len(owed) and (day - owed[o].issued).days > window.after:
            o += 1
        if o < len(owed) and window.holds(day, owed[o]):
            yield p, o
            o += 1
