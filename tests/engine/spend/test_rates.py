"""What an amount is worth in another currency, by the rates somebody brought."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.rates import DatedRate, ExchangeRates
from pilothouse.engine.spend.terms import Exchange

FRIDAY = date(2026, 1, 2)
RATES = ExchangeRates(
    [
        DatedRate(FRIDAY, "USD", Decimal("1.25"), "7"),
        DatedRate(FRIDAY, "GBP", Decimal("0.80"), "7"),
        DatedRate(FRIDAY + timedelta(days=3), "GBP", Decimal("0.90"), "7"),
        DatedRate(FRIDAY, "TRY", Decimal(0), "7"),
        DatedRate(FRIDAY, "EUR", Decimal(2), "7"),
    ]
)
prices = st.decimals(Decimal("0.01"), Decimal("9999999"), places=2)
rates = st.decimals(Decimal("0.0001"), Decimal("99999"), places=4)


def test_from_euro_to_euro_and_through_euro() -> None:
    hundred = Decimal(100)
    dollars = RATES.convert(Money(hundred, "USD"), "EUR", FRIDAY)
    assert dollars is not None
    assert dollars.money == Money(Decimal("80.00"))
    assert dollars.by == Exchange(Decimal("0.8"), FRIDAY, "7")
    euros = RATES.convert(Money(hundred), "USD", FRIDAY)
    assert euros is not None
    assert euros.money == Money(Decimal("125.00"), "USD")
    pounds = RATES.convert(Money(hundred, "USD"), "GBP", FRIDAY + timedelta(days=4))
    assert pounds is not None
    assert pounds.money == Money(Decimal("64.00"), "GBP")
    assert pounds.by.day == FRIDAY
    back = RATES.rate("GBP", "USD", FRIDAY + timedelta(days=4))
    assert back is not None
    assert (back.rate, back.day) == (Decimal("1.5625"), FRIDAY)


def test_halves_go_to_the_even_cent() -> None:
    found = RATES.convert(Money(Decimal("0.10")), "USD", FRIDAY)
    assert found is not None
    assert found.money.amount == Decimal("0.12")


def test_a_weekend_takes_the_last_rate_but_none_older_than_a_week() -> None:
    one = Money(Decimal(1), "USD")
    sunday = RATES.convert(one, "EUR", FRIDAY + timedelta(days=2))
    assert sunday is not None
    assert sunday.by.day == FRIDAY
    assert RATES.convert(one, "EUR", FRIDAY + timedelta(days=7)) is not None
    assert RATES.convert(one, "EUR", FRIDAY + timedelta(days=8)) is None
    assert RATES.convert(one, "EUR", FRIDAY - timedelta(days=1)) is None


def test_what_has_no_rate_is_not_converted() -> None:
    for of, to in (("TRY", "EUR"), ("EUR", "EUR"), ("USD", "USD"), ("JPY", "USD"), ("USD", "JPY")):
        assert RATES.convert(Money(Decimal(1), of), to, FRIDAY) is None
    assert RATES
    assert not ExchangeRates()


@given(prices, rates)
def test_there_and_back_is_the_same_but_for_the_rounding(amount: Decimal, per_euro: Decimal) -> None:
    known = ExchangeRates([DatedRate(FRIDAY, "XXX", per_euro)])
    there = known.convert(Money(amount), "XXX", FRIDAY)
    assert there is not None
    back = known.convert(there.money, "EUR", FRIDAY)
    assert back is not None
    assert abs(back.money.amount - amount) <= CENT / per_euro + CENT
