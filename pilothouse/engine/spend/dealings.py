"""What are payments like that say nothing but whom and how much? A few numbers of each payment and of its vendor.

A bill for telephony comes often and is small, hours of a consultant are round amounts, and what is very large is
booked as IT in general. So a payment gives how large and how round it is, and its vendor how many payments there
are, how large they usually are and how much they differ, how many repeat and how many are round. Sizes are counted
in tens (a logarithm), each shared between the two nearest of a row of marks: so a linear model can follow a curve.

Limits: amounts in one currency, with VAT or without, as the file has them. All payments of the file count, so that
a part of a file can give other numbers than the whole.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

SIZES = tuple(1 + step / 2 for step in range(13))  # from 10 to 10,000,000
COUNTS = tuple(step * 0.75 for step in range(5))  # from 1 to 1,000 payments
LARGEST_SPREAD = 1.5
WITH_VAT = 600  # a whole amount with a fifth of VAT added: five times its cents are a multiple of this
CENTS = 100
# How many marks a payment has and a vendor; the last few of each mean the same whatever was bought.
OF_PAYMENT, OF_VENDOR = len(SIZES) + 6, len(SIZES) + len(COUNTS) + 6
ALIKE_OF_PAYMENT, ALIKE_OF_VENDOR = 2, 4


@dataclass(frozen=True, slots=True)
class Dealings:
    """All payments to one vendor in a few numbers. `usual` and `spread` are those of their sizes, the others shares."""

    payments: int
    usual: float
    spread: float
    repeated: float
    whole: float
    fives: float
    fifties: float
    round_before_vat: float

    @classmethod
    def of(cls, amounts: Sequence[Decimal]) -> Dealings:
        """Of one payment at least.

        >>> Dealings.of([Decimal("99"), Decimal("99"), Decimal("99.5")]).repeated
        0.6666666666666666
        """
        sizes = [size_of(amount) for amount in amounts]
        times = Counter(amounts)
        cents = [cents_of(amount) for amount in amounts]

        def share(multiple: int) -> float:
            return sum(each % multiple == 0 for each in cents) / len(cents)

        return cls(
            len(amounts),
            median(sizes),
            _spread(sizes),
            sum(count for count in times.values() if count > 1) / len(amounts),
            share(CENTS),
            share(5 * CENTS),
            share(50 * CENTS),
            sum(each % CENTS != 0 and each * 5 % WITH_VAT == 0 for each in cents) / len(cents),
        )


def size_of(amount: Decimal) -> float:
    """How large an amount is, in tens, whatever its sign.

    >>> size_of(Decimal(99)), size_of(Decimal(-99)), size_of(Decimal(0))
    (2.0, 2.0, 0.0)
    """
    return math.log10(abs(float(amount)) + 1)


def _spread(sizes: Sequence[float]) -> float:
    """The standard deviation, whatever the order."""
    mean = math.fsum(sizes) / len(sizes)
    return math.sqrt(math.fsum((size - mean) ** 2 for size in sizes) / len(sizes))


def cents_of(amount: Decimal) -> int:
    return round(abs(amount) * CENTS)


def payment_marks(amount: Decimal) -> list[float]:
    """The numbers of one payment, `OF_PAYMENT` of them: its size, and how round it is."""
    cents = cents_of(amount)
    return [
        *_between(size_of(amount), SIZES),
        float(amount < 0),
        *(float(cents % (whole * CENTS) == 0) for whole in (1, 100, 1000, 5, 50)),
    ]


def vendor_marks(dealings: Dealings) -> list[float]:
    """The numbers of a vendor, `OF_VENDOR` of them."""
    return [
        *_between(dealings.usual, SIZES),
        *_between(math.log10(dealings.payments), COUNTS),
        dealings.repeated,
        min(dealings.spread, LARGEST_SPREAD),
        dealings.whole,
        dealings.fives,
        dealings.fifties,
        dealings.round_before_vat,
    ]


def _between(value: float, marks: Sequence[float]) -> list[float]:
    """One for the mark a value stands on, shared by distance between the two it stands between; an end holds all
    beyond it.

    >>> _between(1.25, (1.0, 1.5, 2.0)), _between(9.0, (1.0, 1.5, 2.0))
    ([0.5, 0.5, 0.0], [0.0, 0.0, 1.0])
    """
    step = marks[1] - marks[0]
    inside = min(max(value, marks[0]), marks[-1])
    return [max(0.0, 1 - abs(inside - mark) / step) for mark in marks]
