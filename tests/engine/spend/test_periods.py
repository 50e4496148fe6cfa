"""Which period a line is for, and what of its cost falls in which month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.dates import Month
from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.periods import accrue, service_in
from pilothouse.engine.spend.terms import Counting, Recognition, Service, SpendLine

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "cases/spend/periods/wordings.yaml").read_text("utf-8")
)
LINE = SpendLine(
    id="1",
    source="1",
    place="",
    kind="invoice",
    paper="1",
    date=date(2026, 1, 15),
    vendor_key="v",
    vendor_name="V",
    description="",
    cost=Money(Decimal("1200.00")),
    paid=Money(Decimal("1452.00")),
    vat_rate=None,
    estimated=False,
    counting=Counting.COUNTS,
    recognition=Recognition(True, True, 1.0, "", ()),
    line_print="",
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["words"]))
def test_the_words_of_a_line_name_its_period_or_none(case: dict[str, Any]) -> None:
    found = service_in(case["words"], case["issued"])
    assert ([found.first, found.last] if found else None) == case["period"]
    assert found is None or found.because.startswith("its words say “")


@given(st.text(), st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_any_words_have_an_answer(words: str, issued: date) -> None:
    found = service_in(words, issued)
    assert found is None or found.first < found.last


@given(st.text(alphabet="0123456789 /-.janmar toq" + "2026", max_size=40))
def test_words_like_days_have_an_answer(words: str) -> None:
    found = service_in(words, date(2026, 1, 1))
    assert found is None or 7 <= found.days <= 1860


def test_a_year_paid_in_advance_falls_in_its_months_by_days() -> None:
    line = replace(LINE, service=Service(date(2026, 1, 15), date(2027, 1, 14), "said"))
    parts = accrue(line)
    assert line.service_from == date(2026, 1, 15)
    assert line.service_to == date(2027, 1, 14)
    assert len(parts) == 13
    assert parts[0] == (Month(2026, 1), Money(Decimal("55.89")))
    assert parts[-1] == (Month(2027, 1), Money(Decimal("46.02")))


@pytest.mark.parametrize("service", [None, Service(date(2026, 2, 1), date(2026, 2, 28), "said")])
def test_what_is_for_a_month_or_for_nobody_knows_what_stays_where_it_is(service: Service | None) -> None:
    line = replace(LINE, service=service)
    assert accrue(line) == ((Month(2026, 1), LINE.cost),)
    assert line.service_from == (service.first if service else None)
    assert line.service_to == (service.last if service else None)


@given(
    st.decimals(-100000, 100000, places=2),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.integers(32, 1800),
)
def test_parts_sum_to_the_cost_and_none_is_a_cent_off(amount: Decimal, first: date, days: int) -> None:
    service = Service(first, first + timedelta(days=days - 1), "said")
    parts = accrue(replace(LINE, cost=Money(amount), service=service))
    assert sum((part.amount for _, part in parts), Decimal(0)) == amount
    for month, part in parts:
        last = min(month.last_day, service.last)
        share = amount * ((last - max(month.first_day, first)).days + 1) / days
        assert abs(part.amount - share) < CENT
