"""More than the fee: by month, by quarter, and where it cannot be told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.sourcing.fees import months_above

FEE = Decimal(12_000)  # a thousand a month


def billed(*amounts: int, every: int = 1) -> dict[date, Decimal]:
    """Amounts from January on, in every so manieth month; nothing where it is 0."""
    months = [date(2025 + at // 12, at % 12 + 1, 1) for at in range(0, len(amounts) * every, every)]
    return {month: Decimal(amount) for month, amount in zip(months, amounts, strict=True) if amount}


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (billed(*[1000] * 12), 0),
        (billed(1000, 1101, 1000, 1100, 2000), 2),
        (billed(*[3000] * 4, every=3), 0),
        (billed(3000, 3400, 3000, 3000, every=3), 3),
        (billed(1000, 1000, 0, 1000, 1500), 1),
        (billed(*[2000] * 13), 12),
        (billed(12000), None),
        (billed(), None),
        ({**billed(1000, 1000, 1000), date(2025, 9, 1): Decimal(-500)}, 0),
    ],
    ids=["fee", "two above", "quarters", "dear quarter", "month left out", "always", "one bill", "none", "credit"],
)  # fmt: skip
def test_bills_are_held_against_the_fee_of_their_months(
    given: dict[date, Decimal], expected: int | None
) -> None:
    assert months_above(given, FEE) == expected


def test_without_a_fee_nothing_is_above_it() -> None:
    assert months_above(billed(1000, 1000), Decimal(0)) is None


@given(st.lists(st.integers(1, 5000), min_size=2, max_size=12), st.integers(0, 11), st.integers(1, 5000))
def test_a_larger_bill_never_lowers_the_count(amounts: list[int], at: int, more: int) -> None:
    larger = [amount + (more if place == at else 0) for place, amount in enumerate(amounts)]
    before, after = months_above(billed(*amounts), FEE), months_above(billed(*larger), FEE)
    assert before is not None
    assert after is not None
    assert after >= before
