"""Statements that do not join are found: one is missing, or two cover the same days."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend.continuity import Fault, Span, breaks


def span(first: int, last: int, opening: int, closing: int, account: str = "A", month: int = 1) -> Span:
    days = date(2026, month, first), date(2026, month, last)
    return Span(account, "EUR", *days, Decimal(opening), Decimal(closing), f"{first}-{last}")


def test_statements_that_follow_each_other_join() -> None:
    assert list(breaks([span(10, 20, 200, 300), span(1, 10, 100, 200), span(20, 31, 300, 250)])) == []


def test_a_missing_statement_leaves_a_gap_of_what_the_balances_lack() -> None:
    (found,) = breaks([span(1, 10, 100, 200), span(20, 31, 350, 400)])
    assert (found.fault, found.missing) == (Fault.GAP, Decimal(150))
    assert (found.before.last, found.after.first) == (date(2026, 1, 10), date(2026, 1, 20))


def test_statements_of_the_same_days_overlap_and_the_same_one_twice_does_not() -> None:
    (found,) = breaks([span(1, 20, 100, 200), span(10, 31, 150, 300)])
    assert found.fault == Fault.OVERLAP
    assert list(breaks([span(1, 20, 100, 200), span(1, 20, 100, 200)])) == []


def test_each_account_and_currency_is_looked_at_by_itself() -> None:
    assert list(breaks([span(1, 10, 0, 5), span(11, 20, 9, 9, account="B")])) == []


@given(st.lists(st.integers(-500, 500), min_size=1, max_size=12), st.integers(0, 11))
def test_a_chain_joins_and_with_one_link_taken_out_it_breaks_there_alone(sums: list[int], out: int) -> None:
    chain, balance = [], 0
    for number, amount in enumerate(sums, start=1):
        chain.append(span(1, 28, balance, balance + amount, month=number))
        balance += amount
    assert list(breaks(chain)) == []
    if 0 < out < len(chain) - 1 and sums[out]:
        (found,) = breaks(chain[:out] + chain[out + 1 :])
        assert (found.fault, found.missing) == (Fault.GAP, Decimal(sums[out]))


@pytest.mark.parametrize("count", [0, 1])
def test_one_statement_alone_cannot_break(count: int) -> None:
    assert list(breaks([span(1, 2, 3, 4)] * count)) == []
