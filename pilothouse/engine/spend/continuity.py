"""Do the bank statements of an account go on where the one before ended, or is one missing, or here twice?

Statements of an account are laid in order of their days. A statement whose opening balance is not the closing balance
of the one before leaves a gap; one that begins before the last one ended overlaps it.

Limits: only statements with both balances are looked at; two statements that lack the same sum in both directions
look whole; what overlaps is counted once by the consolidation all the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Span:
    """One statement: whose account, from which to which day, what was on it before and after."""

    account: str
    currency: str
    first: date
    last: date
    opening: Decimal
    closing: Decimal
    paper: str


class Fault(StrEnum):
    GAP = "gap"
    OVERLAP = "overlap"


@dataclass(frozen=True, slots=True)
class Break:
    """Where statements do not join: `missing` is what the balances lack, zero for an overlap that adds up."""

    fault: Fault
    before: Span
    after: Span

    @property
    def missing(self) -> Decimal:
        return self.after.opening - self.before.closing


def breaks(statements: Iterable[Span]) -> Iterator[Break]:
    """Every place where the statements of an account do not join, by account and day."""
    accounts: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for statement in statements:
        accounts[statement.account, statement.currency].append(statement)
    for _, spans in sorted(accounts.items()):
        once = {(s.first, s.last, s.opening, s.closing): s for s in spans}
        ordered = sorted(once.values(), key=lambda s: (s.first, s.last))
        yield from (found for one, other in pairwise(ordered) if (found := _between(one, other)))


def _between(one: Span, other: Span) -> Break | None:
    if other.first < one.last:
        return Break(Fault.OVERLAP, one, other)
    return Break(Fault.GAP, one, other) if other.opening != one.closing else None
