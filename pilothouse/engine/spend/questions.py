"""Which question should a person be asked first, and which answers should be offered?

A question is of a group of lines: one vendor, and what we think it is for. First comes what an answer is worth most
of: the money of the group times how unsure we are of it. Money comes before doubt: groups are taken in lots by money,
and doubt orders what is within a lot, so that the first questions are found without
asking how sure we are of the rest.
Limits: credits are worth as much as costs; that an answer teaches something about another vendor is not counted.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Generic, TypeVar

LOT = 100
MOST_OFFERED = 5
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Group(Generic[Key]):
    """Lines that one answer settles: what they cost together in a year, and how sure we are, from 0 to 1."""

    key: Key
    amount: Decimal
    confidence: float = 0.0


def by_money(groups: Iterable[Group[Key]]) -> list[Group[Key]]:
    """The most money first; equal sums stand in the order of their keys, so that nothing jumps about."""
    return sorted(groups, key=lambda group: (-abs(group.amount), str(group.key)))


def in_order(groups: Iterable[Group[Key]]) -> list[Group[Key]]:
    """The order in which groups are asked. The first `LOT` of them need the confidence of the `LOT` dearest alone.

    >>> unsure, surer = Group("unsure", Decimal(800), 0.5), Group("surer", Decimal(1000), 0.75)
    >>> [group.key for group in in_order([surer, unsure])]
    ['unsure', 'surer']
    """
    dearest = by_money(groups)
    lots = (dearest[start : start + LOT] for start in range(0, len(dearest), LOT))
    return list(chain.from_iterable(sorted(lot, key=lambda group: -worth(group)) for lot in lots))


def worth(group: Group[Key]) -> float:
    """How much money an answer is likely to put right."""
    return float(abs(group.amount)) * (1 - group.confidence)


def offered(proposed: str, *more: Sequence[str], most: int = MOST_OFFERED) -> tuple[str, ...]:
    """The purposes to offer: the proposed one, then those of each source in turn, the best source first.

    >>> offered("backup", ["hosting", "backup"], ["telephony"])
    ('backup', 'hosting', 'telephony')
    """
    found = dict.fromkeys(purpose for purpose in chain([proposed], *more) if purpose)
    return tuple(found)[:most]
