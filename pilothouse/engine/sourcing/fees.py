"""In how many months of a year did a provider take more than its fee?

What was billed is held against the fee of the months it is for: a bill in every third month is for three months, so
that who bills by quarter is not taken for one who takes three times the fee. Limits: how many months a bill is for is
told by the usual distance between bills, not read; one bill alone tells nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median_low

ABOVE = Decimal("1.1")  # a tenth more than the fee is above it
MONTHS, LEAST_BILLED = 12, 2


def months_above(billed: Mapping[date, Decimal], yearly_fee: Decimal) -> int | None:
    """Months above the fee, of what was billed by month (its first day); None where that cannot be told."""
    months = sorted(month for month, amount in billed.items() if amount > 0)
    if len(months) < LEAST_BILLED or yearly_fee <= 0:
        return None
    apart = [
        (later.year - earlier.year) * MONTHS + later.month - earlier.month
        for earlier, later in pairwise(months)
    ]
    each = median_low(apart)
    limit = yearly_fee * each * ABOVE / MONTHS
    return min(MONTHS, each * sum(billed[month] > limit for month in months))
