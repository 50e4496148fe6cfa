"""Money is exact, keeps its currency and rounds as invoices do."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.money import CurrencyMismatch, Money, total

cents = st.integers(-(10**9), 10**9).map(lambda number: Money(Decimal(number) / 100))


def euro(amount: str) -> Money:
    return Money(Decimal(amount))


@given(cents, cents)
def test_what_is_added_can_be_taken_off_again(one: Money, other: Money) -> None:
    assert one + other - other == one
    assert -(one - other) == other - one


@given(st.lists(cents))
def test_a_total_does_not_depend_on_the_order(amounts: list[Money]) -> None:
    assert total(amounts) == total(reversed(amounts))


def test_a_total_of_nothing_is_zero_in_the_currency_asked() -> None:
    assert total([], "USD") == Money(Decimal(0), "USD")


@pytest.mark.parametrize(
    ("amount", "rounded"), [("1.005", "1.01"), ("-1.005", "-1.01"), ("1.0049", "1.00"), ("2", "2.00")]
)
def test_halves_round_away_from_zero(amount: str, rounded: str) -> None:
    assert euro(amount).rounded() == euro(rounded)


def test_two_currencies_are_never_mixed_and_the_message_says_what_to_do() -> None:
    dollar = Money(Decimal(1), "USD")
    with pytest.raises(CurrencyMismatch, match=r"Cannot add USD to EUR\. Convert one side first"):
        euro("1") + dollar
    with pytest.raises(CurrencyMismatch, match="subtract USD from EUR"):
        euro("1") - dollar
    with pytest.raises(CurrencyMismatch, match="compare USD with EUR"):
        assert euro("1") < dollar


def test_amounts_of_one_currency_can_be_compared() -> None:
    assert euro("1.99") < euro("2")
    assert not euro("2") < euro("2")
