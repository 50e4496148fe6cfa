"""What stands on the time line of a contract, and what never may: a gap, or a day off the line."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.terms import ContractTerms, DeliveryDays, Notice, Renewal, Renews
from pilothouse.engine.contracts.timeline import MOST_TERMS, TimeLine, time_line
from pilothouse.engine.dates import Duration

YEAR = Duration(12)


def line(agreed: ContractTerms, today: date) -> TimeLine | None:
    return time_line(agreed, next_decision(agreed, DeliveryDays(1, 2), today=today), today=today)


def drawn(agreed: ContractTerms, today: date) -> TimeLine:
    found = line(agreed, today)
    assert found is not None
    return found


def yearly(start: date, *, notice: int = 3) -> ContractTerms:
    return ContractTerms(start, YEAR, renewal=Renewal(Renews.TACIT, YEAR), notice=Notice(Duration(notice)))


def test_the_terms_before_at_and_after_a_day_are_drawn() -> None:
    found = drawn(yearly(date(2023, 6, 1)), date(2026, 1, 10))
    assert [(bar.number, bar.start, bar.end) for bar in found.bars] == [
        (2, date(2024, 6, 1), date(2025, 5, 31)),
        (3, date(2025, 6, 1), date(2026, 5, 31)),
        (4, date(2026, 6, 1), date(2027, 5, 31)),
    ]
    assert [bar.is_running for bar in found.bars] == [False, True, False]
    days = (found.first, found.last, date(2020, 1, 1), date(2040, 1, 1))
    assert [found.share(day) for day in days] == [0, 1, 0, 1]


def test_a_contract_that_ends_by_itself_has_no_term_after_its_last() -> None:
    agreed = ContractTerms(date(2025, 1, 1), YEAR, renewal=Renewal(Renews.NONE))
    assert [bar.number for bar in drawn(agreed, date(2025, 5, 1)).bars] == [1]
    ended = drawn(agreed, date(2027, 5, 1))
    assert [bar.is_running for bar in ended.bars] == [False]
    assert ended.last == date(2027, 5, 1)


def test_a_contract_that_renews_twice_ends_with_its_third_term() -> None:
    agreed = ContractTerms(
        date(2025, 1, 1), YEAR, renewal=Renewal(Renews.TACIT, YEAR, 2), notice=Notice(Duration(1))
    )
    assert [bar.number for bar in drawn(agreed, date(2027, 5, 1)).bars] == [2, 3]


def test_an_open_ended_contract_is_drawn_for_two_years_more() -> None:
    agreed = ContractTerms(
        date(2025, 1, 1), YEAR, renewal=Renewal(Renews.OPEN_ENDED), notice=Notice(Duration(1))
    )
    bars = drawn(agreed, date(2026, 11, 23)).bars
    assert [(bar.number, bar.is_open, bar.is_running) for bar in bars] == [(1, False, False), (2, True, True)]
    assert bars[-1].end == date(2028, 11, 23)


def test_an_initial_term_without_end_is_one_bar() -> None:
    agreed = ContractTerms(date(2025, 1, 1), renewal=Renewal(Renews.OPEN_ENDED), notice=Notice(Duration(1)))
    assert [bar.is_open for bar in drawn(agreed, date(2026, 1, 1)).bars] == [True]


def test_before_it_starts_no_term_is_running() -> None:
    found = drawn(yearly(date(2027, 1, 1)), date(2026, 11, 1))
    assert found.first == date(2026, 11, 1)
    assert not any(bar.is_running for bar in found.bars)


def test_what_makes_no_sense_has_no_line() -> None:
    assert line(ContractTerms(date(2025, 1, 1), end=date(2024, 1, 1)), date(2025, 5, 1)) is None


def test_what_leaves_the_calendar_has_no_line() -> None:
    agreed = ContractTerms(date(9998, 1, 1), renewal=Renewal(Renews.OPEN_ENDED), notice=Notice(Duration(1)))
    today = date(9998, 5, 1)
    assert line(agreed, today) is None


def test_of_many_short_terms_only_eight_are_drawn() -> None:
    monthly = ContractTerms(
        date(2025, 1, 1), Duration(1), renewal=Renewal(Renews.TACIT, Duration(1)), notice=Notice(YEAR)
    )
    assert len(drawn(monthly, date(2026, 5, 10)).bars) == MOST_TERMS


@given(
    start=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    today=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    months=st.integers(1, 60),
    renewal=st.integers(1, 36),
    mode=st.sampled_from(Renews),
    notice=st.integers(1, 24),
)
def test_bars_join_without_gap_and_today_is_on_the_line(
    start: date, today: date, months: int, renewal: int, mode: Renews, notice: int
) -> None:
    agreed = ContractTerms(
        start, Duration(months), renewal=Renewal(mode, Duration(renewal)), notice=Notice(Duration(notice))
    )
    found = drawn(agreed, today)
    assert 1 <= len(found.bars) <= MOST_TERMS
    assert found.first <= today <= found.last
    for one, following in zip(found.bars, found.bars[1:], strict=False):
        assert (following.start - one.end).days == 1
    assert sum(bar.is_running for bar in found.bars) <= 1
