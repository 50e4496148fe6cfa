"""Incidents of a year: what counts, what does not, and when nobody knows."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.sourcing.incidents import DAYS_BACK, Happened, year_of

TODAY = date(2026, 11, 23)


def ago(days: int, *, at_night: bool = True, minutes: int | None = None) -> Happened:
    return Happened(TODAY - timedelta(days), at_night, minutes)


def test_a_list_that_nobody_keeps_says_nothing() -> None:
    assert year_of([], today=TODAY).measured is None
    assert year_of([ago(400)], today=TODAY).measured is None


def test_only_daytime_is_a_year_of_quiet_nights() -> None:
    found = year_of([ago(3, at_night=False, minutes=20)], today=TODAY)
    assert (found.measured, found.noted, found.minutes) == (0.0, 1, 20)


@pytest.mark.parametrize(("days", "counts"), [(0, 1), (364, 1), (365, 0), (-1, 0)])
def test_a_year_is_365_days_up_to_today(days: int, counts: int) -> None:
    assert year_of([ago(days)], today=TODAY).outside_hours == counts


def test_minutes_nobody_knows_add_nothing() -> None:
    assert year_of([ago(1, minutes=90), ago(2)], today=TODAY).minutes == 90


@given(st.lists(st.tuples(st.integers(-50, 800), st.booleans())), st.integers(0, DAYS_BACK - 1))
def test_one_more_at_night_is_one_more(noted: list[tuple[int, bool]], days: int) -> None:
    before = [ago(each, at_night=at_night) for each, at_night in noted]
    assert (
        year_of([*before, ago(days)], today=TODAY).measured == 1 + year_of(before, today=TODAY).outside_hours
    )
