"""Months count without drifting, and spans hold their first and last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.dates import (
    Duration,
    Month,
    NotADuration,
    OutOfCalendar,
    Span,
    after,
    before,
    last_full_months,
    latest_before,
)

months = st.builds(Month, st.integers(1900, 2200), st.integers(1, 12))
days = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@given(months, st.integers(-500, 500), st.integers(-500, 500))
def test_months_add_up(month: Month, some: int, more: int) -> None:
    assert month.plus(some).plus(more) == month.plus(some + more)
    assert month.plus(some).plus(-some) == month


@given(days)
def test_a_day_lies_in_its_month_and_in_no_other(day: date) -> None:
    month = Month.of(day)
    assert month.first_day <= day <= month.last_day
    assert month.last_day + timedelta(days=1) == month.plus(1).first_day
    assert day in Span(month, month)
    assert day not in Span(month.plus(1), month.plus(2))
    assert day.isoformat().startswith(str(month))


@given(months, st.integers(0, 60))
def test_a_span_lists_its_months_in_order(first: Month, more: int) -> None:
    listed = list(Span(first, first.plus(more)).months())
    assert len(listed) == more + 1
    assert listed == sorted(listed)
    assert (listed[0], listed[-1]) == (first, first.plus(more))


def test_the_last_day_knows_leap_years() -> None:
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert Month(2100, 2).last_day == date(2100, 2, 28)


def test_the_year_before_is_the_same_months() -> None:
    span = Span(Month(2025, 3), Month(2026, 2))
    assert span.year_before() == Span(Month(2024, 3), Month(2025, 2))


@pytest.mark.parametrize("today", [date(2026, 3, 1), date(2026, 3, 31)])
def test_the_running_month_is_not_full(today: date) -> None:
    assert last_full_months(today) == Span(Month(2025, 3), Month(2026, 2))
    assert last_full_months(today, 1) == Span(Month(2026, 2), Month(2026, 2))


@pytest.mark.parametrize(
    "text", ["", "P", "3M", "P3", "PT3H", "P1Y1Y", "P-1M", "P1.5Y", "P9999999M", "P1001Y", "P366001D"]
)
def test_what_is_no_duration_is_said(text: str) -> None:
    with pytest.raises(NotADuration, match=r"is no length such as|is longer than any contract"):
        Duration.parse(text)


def test_durations_add_up_and_print_as_they_are_read() -> None:
    assert Duration.parse(" P1Y2M3W4D ") == Duration(14, 25)
    assert str(Duration(14, 25)) == "P14M25D"
    assert Duration(1, 2).times(3).plus(Duration(1)) == Duration(4, 6)
    assert not Duration()


def test_a_day_outside_the_calendar_is_said() -> None:
    with pytest.raises(OutOfCalendar, match="P12M after 9999-06-01"):
        after(date(9999, 6, 1), Duration(12))
    with pytest.raises(OutOfCalendar, match="P30D after 9999-12-31"):
        after(date(9999, 12, 31), Duration(0, 30))
    for count_back in (before, latest_before):
        with pytest.raises(OutOfCalendar, match="P12M before 0001-06-01"):
            count_back(date(1, 6, 1), Duration(12))
