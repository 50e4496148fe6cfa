"""Payments and their vendors in a few numbers: how large, how round, how often."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.dealings import (
    OF_PAYMENT,
    OF_VENDOR,
    SIZES,
    Dealings,
    payment_marks,
    size_of,
    vendor_marks,
)

amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)


def test_a_payment_tells_how_large_and_how_round_it_is() -> None:
    marks = payment_marks(Decimal("-1499"))
    sizes, rest = marks[: len(SIZES)], marks[len(SIZES) :]
    assert size_of(Decimal("-1499")) == pytest.approx(3.176, abs=0.001)
    assert [SIZES[place] for place, share in enumerate(sizes) if share] == [3.0, 3.5]
    assert sizes[4] > sizes[5]
    assert rest == [1, 1, 0, 0, 0, 0], "less than nothing, and whole, of neither fives nor hundreds"
    assert payment_marks(Decimal(25000))[len(SIZES) :] == [0, 1, 1, 1, 1, 1]
    assert payment_marks(Decimal("0.99"))[len(SIZES) :] == [0, 0, 0, 0, 0, 0]


def test_what_is_beyond_the_marks_stands_on_the_last_of_them() -> None:
    assert payment_marks(Decimal(10) ** 12)[: len(SIZES)] == [0.0] * (len(SIZES) - 1) + [1.0]
    assert payment_marks(Decimal(0))[0] == 1.0


def test_a_vendor_tells_how_often_how_evenly_and_how_round_it_is_paid() -> None:
    dealings = Dealings.of([Decimal(text) for text in ("100", "100", "110", "12.00", "55.20", "-36.36")])
    assert dealings.payments == 6
    assert dealings.repeated == pytest.approx(2 / 6)
    assert dealings.whole == pytest.approx(4 / 6)
    assert dealings.fives == pytest.approx(3 / 6)
    assert dealings.fifties == pytest.approx(2 / 6)
    assert dealings.round_before_vat == pytest.approx(1 / 6), "46 and a fifth is 55.20"
    assert len(vendor_marks(dealings)) == OF_VENDOR


def test_one_payment_spreads_nothing_and_repeats_nothing() -> None:
    dealings = Dealings.of([Decimal("12.34")])
    assert (dealings.payments, dealings.spread, dealings.repeated) == (1, 0, 0)


@given(st.lists(amounts, min_size=1, max_size=20))
def test_any_amounts_give_marks_between_nothing_and_the_largest_spread_in_any_order(
    each: list[Decimal],
) -> None:
    dealings = Dealings.of(each)
    assert dealings == Dealings.of(each[::-1])
    assert all(0 <= mark <= 1.5 for mark in vendor_marks(dealings))
    marks = payment_marks(each[0])
    assert len(marks) == OF_PAYMENT
    assert sum(marks[: len(SIZES)]) == pytest.approx(1)
