"""A number we believe holds from its day on, in its country."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.assumptions import Assumption, AssumptionBook, Source, UnknownAssumption

SOURCE = Source("A table", "https://example.org", 2025, "B")
KEY = "vat.standard_rate"


def rate(percent: int, holds_from: date, country: str = "DE") -> Assumption:
    value = Decimal(percent)
    return Assumption(KEY, "percent", country, holds_from, value, value, value, SOURCE)


BOOK = AssumptionBook([rate(19, date(2021, 1, 1)), rate(19, date(2007, 1, 1)), rate(16, date(2020, 7, 1))])


@pytest.mark.parametrize(
    ("day", "percent"),
    [
        (date(2020, 6, 30), 19),
        (date(2020, 7, 1), 16),
        (date(2020, 12, 31), 16),
        (date(2021, 1, 1), 19),
    ],
)
def test_the_value_of_the_day_is_given_in_whatever_order_they_were_read(day: date, percent: int) -> None:
    assert BOOK.at(KEY, day, "DE").mode == percent
    assert BOOK.knows(KEY, day, "DE")


@pytest.mark.parametrize(
    ("key", "day", "country"),
    [(KEY, date(2006, 12, 31), "DE"), (KEY, date(2021, 1, 1), "BE"), ("other", date(2021, 1, 1), "DE")],
)
def test_what_is_not_known_is_an_error_that_says_where_to_add_it(key: str, day: date, country: str) -> None:
    assert not BOOK.knows(key, day, country)
    with pytest.raises(UnknownAssumption, match=f"No value for “{key}” in {country}.*knowledge/assumptions"):
        BOOK.at(key, day, country)
