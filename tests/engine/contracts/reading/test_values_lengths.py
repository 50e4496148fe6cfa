"""Lengths of time in English words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.values_lengths import (
    find_lengths,
    find_loose_lengths,
    iso_length,
    number_in,
    ordinal_in,
)
from pilothouse.engine.dates import Duration


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("for one (1) year", "P1Y"),
        ("sixty (60) days' notice", "P60D"),
        ("a twelve-month period", "P12M"),
        ("36 (thirty-six) months", "P36M"),
        ("a three (3) -year term", "P3Y"),
        ("one hundred and twenty (120) calendar days", "P120D"),
        ("two and one-half years", "P30M"),
        ("1.5 years", "P18M"),
        ("two quarters", "P6M"),
        ("six weeks", "P6W"),
        ("five additional years", "P5Y"),
        ("3 months’ notice", "P3M"),
    ],
)
def test_a_length_is_read_in_its_own_unit(words: str, value: str) -> None:
    assert [length.value for length in find_lengths(flat(words))] == [value]


@pytest.mark.parametrize(
    "words",
    [
        "thirty (60) days",
        "30 (sixty) days",
        "zero days",
        "0 months",
        "9999 years",
        "1.5 days",
        "0.3 months",
        "days",
        "hundred hundred days",
    ],
)
def test_what_contradicts_itself_or_is_no_length_is_none(words: str) -> None:
    assert list(find_lengths(words)) == []


def test_business_days_are_known_as_such() -> None:
    ten, other = find_lengths("ten (10) business days or 20 days")
    assert (ten.business, ten.duration) == (True, Duration(days=10))
    assert not other.business


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("for half a year", "P6M"),
        ("on a year-to-year basis", "P1Y"),
        ("for successive annual periods", "P1Y"),
        ("on a month-to-month basis", "P1M"),
        ("from month to month", "P1M"),
        ("on a quarterly basis", "P3M"),
    ],
)
def test_a_length_may_be_said_without_a_number(words: str, value: str) -> None:
    (length,) = find_loose_lengths(words)
    assert length.value == value
    assert words[length.start : length.end] in words


def test_numbers_in_words() -> None:
    assert [ordinal_in(words) for words in ("third", "15th", "fifteenth", "twenty-first", "thirtieth")] == [
        3,
        15,
        15,
        21,
        30,
    ]
    assert [ordinal_in(words) for words in ("next", "some-first", "twenty-some")] == [None, None, None]
    assert number_in("several") is None
    assert iso_length(Fraction(60_000), "week") is None
