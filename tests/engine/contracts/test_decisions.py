"""Dates of contracts against a slow second way that walks day by day, and what must hold for all contracts."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pilothouse.engine.contracts.decisions import committed, next_decision
from pilothouse.engine.contracts.exits import exits_of, terms_of
from pilothouse.engine.contracts.terms import (
    Before,
    BusinessDays,
    ContractTerms,
    DeliveryDays,
    Effective,
    Form,
    Notice,
    Renewal,
    Renews,
    Week,
)
from pilothouse.engine.contracts.working_days import WorkingDays, working_days
from pilothouse.engine.dates import Duration, OutOfCalendar
from pilothouse.engine.money import Money

DAY = timedelta(1)
DELIVERY = DeliveryDays(letter=3, registered_letter=2)
HORIZON = date(2045, 1, 1)

days = st.dates(date(2015, 1, 1), date(2030, 12, 31))
months = st.integers(1, 120).map(Duration)
lengths = st.one_of(
    st.integers(0, 24).map(Duration),
    st.integers(0, 400).map(lambda n: Duration(0, n)),
    st.builds(Duration, st.integers(0, 6), st.integers(0, 40)),
)
renewals = st.one_of(
    st.none(),
    st.just(Renewal(Renews.NONE)),
    st.just(Renewal(Renews.OPEN_ENDED)),
    st.builds(
        Renewal, st.just(Renews.TACIT), st.one_of(st.none(), months), st.one_of(st.none(), st.integers(0, 4))
    ),
)
notices = st.builds(
    Notice,
    length=lengths,
    before=st.sampled_from(Before),
    effective=st.sampled_from([None, *Effective]),
    is_break=st.booleans(),
    must_be_sent=st.booleans(),
    by=st.sampled_from(Form),
)
contracts = st.builds(
    ContractTerms,
    start=days,
    initial_term=months,
    renewal=renewals,
    notice=notices,
    country=st.sampled_from(["BE", "NL", "DE", ""]),
)


# --- the slow way ------------------------------------------------------------------------------------------------


def later(day: date, length: Duration) -> date:
    """Months one by one, the day of the month kept where it can be; then the days."""
    year, month = day.year, day.month
    for _ in range(length.months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return date(year, month, min(day.day, monthrange(year, month)[1])) + length.days * DAY


def slow_terms(agreed: ContractTerms) -> Iterator[tuple[date, date]]:
    """The terms up to the horizon, each counted from the start."""
    assert agreed.initial_term is not None
    renewal = agreed.renewal or Renewal()
    counted, start, number = agreed.initial_term, agreed.start, 1
    while start < HORIZON:
        following = later(agreed.start, counted)
        yield start, following - DAY
        over = renewal.times is not None and number > renewal.times
        if renewal.mode is not Renews.TACIT or over:
            return
        counted = counted.plus(renewal.term or agreed.initial_term)
        start, number = following, number + 1


def slow_exits(agreed: ContractTerms) -> list[date]:
    """The days it can end on, by looking at every day."""
    assert agreed.notice is not None
    terms = list(slow_terms(agreed))
    renewal, notice = agreed.renewal or Renewal(), agreed.notice
    if notice.before is Before.TERM_END:
        return [end for _, end in terms]
    ends_itself = renewal.mode is Renews.NONE or (renewal.mode is Renews.TACIT and renewal.times is not None)
    last = terms[-1][1] if ends_itself else HORIZON
    earliest = agreed.start if notice.is_break else terms[0][1]
    fits = _fits(agreed, notice)
    found = [day for day in all_days(earliest, min(last, HORIZON)) if fits(day)]
    return sorted({*found, *([last] if ends_itself and last <= HORIZON else [])})


def _fits(agreed: ContractTerms, notice: Notice) -> Callable[[date], bool]:
    if notice.before is Before.ANNIVERSARY:
        returns = (
            agreed.start.month,
            28 if (agreed.start.month, agreed.start.day) == (2, 29) else agreed.start.day,
        )
        first = agreed.start.replace(day=returns[1])
        return lambda day: (day + DAY).timetuple()[1:3] == returns and day + DAY > first
    every = {Effective.MONTH_END: 1, Effective.QUARTER_END: 3, Effective.YEAR_END: 12}.get(
        notice.effective or Effective.ON_EXPIRY
    )
    if every is None:
        return lambda day: True
    return lambda day: (day + DAY).day == 1 and day.month % every == 0


def all_days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * DAY


def slow_last_day(exit_: date, length: Duration) -> date:
    day = exit_
    while later(day, length) > exit_:
        day -= DAY
    return day


# --- they agree --------------------------------------------------------------------------------------------------


@given(contracts, st.integers(-200, 3000))
def test_the_running_term_and_its_exits_are_those_of_a_walk_through_the_calendar(
    agreed: ContractTerms, offset: int
) -> None:
    assert agreed.notice is not None
    today = agreed.start + offset * DAY
    assume(today < date(2038, 1, 1))
    slow = slow_exits(agreed)
    exits = exits_of(agreed, terms_of(agreed), agreed.notice)
    open_end = (agreed.renewal or Renewal()).mode is Renews.OPEN_ENDED
    from_ = max(today, agreed.start)
    expected = next((day for day in slow if day >= from_), None)
    if expected is None and not open_end and agreed.notice.before is not Before.TERM_END:
        assert exits.first_from(from_) is None
    elif expected is not None:
        assert exits.first_from(from_) == expected


@given(contracts, st.integers(0, 3000))
def test_the_last_day_is_the_latest_from_which_the_notice_has_passed(
    agreed: ContractTerms, offset: int
) -> None:
    assert agreed.notice is not None
    assert isinstance(agreed.notice.length, Duration)
    found = next_decision(agreed, DELIVERY, today=agreed.start + offset * DAY)
    if found.exit is None or found.last_day is None:
        return
    assert found.last_day == slow_last_day(found.exit, agreed.notice.length)
    assert found.last_day <= found.exit
    assert found.send_by is not None
    assert found.send_by <= found.last_day
    assert found.missed == (found.last_day < agreed.start + offset * DAY)


@given(contracts, st.integers(0, 2500))
def test_the_next_exit_is_the_first_whose_last_day_is_not_past(agreed: ContractTerms, offset: int) -> None:
    assert agreed.notice is not None
    assert isinstance(agreed.notice.length, Duration)
    today = agreed.start + offset * DAY
    found = next_decision(agreed, DELIVERY, today=today)
    if found.exit is None or found.last_day is None:
        assert found.next is None
        return
    length = agreed.notice.length
    later_ones = [e for e in slow_exits(agreed) if e > found.exit]
    reachable = next((e for e in later_ones if slow_last_day(e, length) >= today), None)
    assert (found.next.exit if found.next else None) == reachable


@given(contracts, st.integers(0, 2000), st.integers(1, 200))
def test_days_that_pass_never_move_the_last_day_of_an_exit(
    agreed: ContractTerms, offset: int, more: int
) -> None:
    today = agreed.start + offset * DAY
    first = next_decision(agreed, DELIVERY, today=today)
    second = next_decision(agreed, DELIVERY, today=today + more * DAY)
    if first.exit == second.exit:
        assert (first.last_day, first.send_by) == (second.last_day, second.send_by)
    elif first.exit is not None and second.exit is not None:
        assert first.exit < second.exit
        if first.last_day is not None and second.last_day is not None:
            assert first.last_day <= second.last_day


@given(contracts, st.integers(0, 2000), st.integers(1, 12))
def test_more_notice_never_makes_the_last_day_later(agreed: ContractTerms, offset: int, more: int) -> None:
    assert agreed.notice is not None
    assert isinstance(agreed.notice.length, Duration)
    today = agreed.start + offset * DAY
    longer = replace(agreed, notice=replace(agreed.notice, length=agreed.notice.length.plus(Duration(more))))
    less, most = (next_decision(c, DELIVERY, today=today) for c in (agreed, longer))
    if less.last_day is not None and most.last_day is not None:
        assert most.last_day <= less.last_day


@given(st.dates(date(2019, 12, 1), date(2028, 3, 31)), st.integers(1, 120), st.integers(1, 120))
def test_terms_neither_overlap_nor_leave_a_gap(start: date, first: int, renewal: int) -> None:
    terms = terms_of(ContractTerms(start, Duration(first), renewal=Renewal(Renews.TACIT, Duration(renewal))))
    for number in range(1, 6):
        assert terms.start_of(number + 1) == terms.end_of(number) + DAY
        assert terms.start_of(number) <= terms.end_of(number)
        inside = terms.at(terms.end_of(number))
        assert inside is not None
        assert (inside.number, inside.end) == (number, terms.end_of(number))


@given(
    days,
    st.integers(0, 60),
    st.sampled_from(Week),
    st.sampled_from(["BE", "FR", "NL", "LU", "DE", "GB", "US", ""]),
)
def test_business_days_counted_on_and_back_agree(day: date, count: int, week: Week, country: str) -> None:
    calendar, length = working_days(country, ""), BusinessDays(count, week)
    latest = calendar.latest_before(day, length)
    assert calendar.after(latest, length) <= day
    assert calendar.after(latest + DAY, length) > day
    assert sum(calendar.is_working(d, week) for d in all_days(latest + DAY, day)) == count


@given(st.integers(0, 3), st.sampled_from(Week))
def test_notice_in_business_days_of_a_yearly_contract_is_in_time(count: int, week: Week) -> None:
    agreed = ContractTerms(
        date(2026, 1, 1), Duration(12), notice=Notice(BusinessDays(count, week)), country="LU"
    )
    found = next_decision(agreed, DELIVERY, today=date(2026, 6, 1))
    assert found.last_day is not None
    assert found.last_day <= date(2026, 12, 31)
    assert found.next is not None
    assert found.next.exit == date(2027, 12, 31)


# --- by itself ---------------------------------------------------------------------------------------------------


def test_what_a_renewal_commits_to_is_counted_in_months_and_parts_of_one() -> None:
    yearly = Money(Decimal("1200.00"))
    assert committed(yearly, date(2026, 6, 1), date(2027, 5, 31)) == yearly
    assert committed(yearly, date(2026, 6, 1), date(2026, 6, 15)) == Money(Decimal("50.00"))
    assert committed(yearly, date(2026, 1, 31), date(2026, 3, 15)) == Money(Decimal("157.14"))


def test_a_country_nobody_knows_and_a_region_that_makes_no_difference() -> None:
    assert not working_days("XX", "").known
    assert not working_days("", "").region_known
    assert working_days("be", "").region_known
    assert working_days("DE", "de-by").region_known
    assert not working_days("DE", "").region_known


def test_counting_past_the_calendar_says_so() -> None:
    calendar = WorkingDays("", "")
    with pytest.raises(OutOfCalendar):
        calendar.after(date(9999, 12, 30), BusinessDays(9))
    with pytest.raises(OutOfCalendar):
        calendar.latest_before(date(1, 1, 2), BusinessDays(9))
    agreed = ContractTerms(
        date(9990, 5, 1),
        Duration(12),
        renewal=Renewal(Renews.OPEN_ENDED),
        notice=Notice(Duration(12), Before.ANNIVERSARY),
    )
    found = next_decision(agreed, DELIVERY, today=date(9998, 6, 1))
    assert [trouble.rule for trouble in found.problems] == ["terms.out_of_calendar"]
