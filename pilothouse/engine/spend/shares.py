"""How is an amount spread over lines to the cent, so that the lines add up to it?

The largest remainder: every line gets its share cut off at the cent, and the cents left over go to the lines
that lost most by the cut, the first of equals first.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from pilothouse.engine.money import CENT


def spread(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`amount` in shares by the size of `weights` (equal ones where all are zero); the shares sum to
    `amount`.

    >>> spread(Decimal("-10.00"), [Decimal(1), Decimal(1), Decimal(1)])
    [Decimal('-3.34'), Decimal('-3.33'), Decimal('-3.33')]
    """
    if len(weights) == 1:
        return [amount]
    sizes = [abs(weight) for weight in weights]
    if not any(sizes):
        sizes = [Decimal(1)] * len(sizes)
    sign = -1 if amount < 0 else 1
    whole = sum(sizes, Decimal(0))
    exact = [abs(amount) * size / whole for size in sizes]
    shares = [share.quantize(CENT, ROUND_FLOOR) for share in exact]
    left = abs(amount) - sum(shares, Decimal(0))
    for at in sorted(range(len(sizes)), key=lambda i: (shares[i] - exact[i], i)):
        step = min(left, CENT)
        shares[at] += step
        left -= step
    return [sign * share for share in shares]
