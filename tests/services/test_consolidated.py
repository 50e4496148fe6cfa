"""What we pay, by anything and over time: every amount against the lines it names, and tables against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.engine.dates import Month, Span
from pilothouse.records.models import ProfileVersion, Review, SpendCell
from pilothouse.services import decisions, spend
from pilothouse.services.consolidated import (
    DIMENSIONS,
    SHOWN_AT_FIRST,
    Amount,
    By,
    Over,
    Period,
    Question,
    Row,
    Table,
    consolidated,
    parts_of_span,
    span_of,
    spreading_changes,
    vendor_named,
    year_starts_of,
)
from pilothouse.services.lines import lines_where, part_in, sums_of
from tests.conftest import TODAY
from tests.factories import shown_review
from tests.services.conftest import Sample
from tests.services.small_papers import bill, bring

pytestmark = pytest.mark.django_db

OVER: list[Over] = ["", "month", "quarter", "year"]
BY: list[By] = [
    "purpose", "function", "tower", "category", "vendor", "department", "run_or_change", "capital", "kind", "it",
]  # fmt: skip


@pytest.fixture
def review(sampled: Sample) -> Review:
    """The sample, of which two vendors are said to be of departments, one of them an investment that changes."""
    first, second = (part["key"] for part in shown_review(sampled.company).answer["parts"]["by_vendor"][:2])
    for key, department, run_or_change, capital in (
        (first, "Workshop", "change", True),
        (second, "Office", "", False),
    ):
        said = decisions.Said(
            key,
            "",
            True,
            "erp",
            department=department,
            run_or_change=run_or_change,
            capital=capital,
            in_full=True,
        )
        assert decisions.decide(sampled.company, said, by=sampled.owner).kept
    return shown_review(sampled.company)


def ask(review: Review, **more: object) -> Table:
    question = Question(span_of("twelve", review, today=TODAY))
    return consolidated(review, replace(question, **more))  # type: ignore[arg-type]  # fields of a Question


def amounts_of(table: Table) -> Iterator[tuple[str, Amount]]:
    """Every amount of a table that has lines, with its currency."""
    for row in (*table.rows, table.total):
        for amount in (*row.amounts, row.total, *([row.before] if row.before else [])):
            yield table.currency, amount
    for other in table.others:
        yield other.currency, other.total


def check_proofs(review: Review, table: Table) -> None:
    for currency, amount in amounts_of(table):
        assert amount.conditions is not None
        conditions = {name: value or "-" for name, value in amount.conditions.items()}
        sums = sums_of(lines_where(review, conditions), with_vat=table.question.with_vat)
        assert {found: total for found, _, total in sums} == ({currency: amount.value} if sums else {}), (
            amount.conditions
        )
        assert sums or amount.value == 0


# --- against the lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", BY)
def test_each_amount_is_the_sum_of_the_lines_it_names(review: Review, by: By) -> None:
    for over in OVER if by in ("purpose", "department") else OVER[2:3]:
        check_proofs(review, ask(review, by=by, over=over, it="all", all_rows=True))
    check_proofs(review, ask(review, by=by, with_vat=True))


def test_it_by_purpose_is_what_the_overview_says(sampled: Sample) -> None:
    table = ask(shown_review(sampled.company), all_rows=True)
    overview = spend.overview(sampled.company, today=TODAY)
    assert overview is not None
    assert overview.year_before is not None
    assert table.total.total.value == overview.it_total.value.amount
    assert table.total.before is not None
    assert table.total.before.value == overview.year_before.value.amount
    named = {part.key: (part.label, part.figure.value.amount) for part in overview.by_purpose}
    found = {
        row.key: (row.label or "Not known yet", row.total.value) for row in table.rows if row.total.value
    }
    assert found == {key: said for key, said in named.items() if said[1]}


def test_the_truth_about_departments_is_what_was_said(review: Review) -> None:
    table = ask(review, by="department", it="all")
    assert {"Workshop", "Office", ""} == {row.key for row in table.rows}
    change = ask(review, by="run_or_change", filters={"department": "Workshop"})
    assert [row.key for row in change.rows if row.total.value] == ["change"]
    invested = ask(review, by="capital", filters={"department": "Workshop"})
    assert [row.key for row in invested.rows if row.total.value] == ["yes"]


# --- tables against each other ----------------------------------------------------------------------------------


@pytest.mark.parametrize("by", BY)
def test_rows_add_up_to_the_total_in_every_column(review: Review, by: By) -> None:
    for over in OVER:
        for all_rows in (False, True):
            table = ask(review, by=by, over=over, it="all", all_rows=all_rows)
            rows = [*table.rows, *([table.rest] if table.rest else [])]
            for at in range(len(table.columns)):
                assert sum(row.amounts[at].value for row in rows) == table.total.amounts[at].value
            assert sum(row.total.value for row in rows) == table.total.total.value
            befores = [row.before.value for row in rows if row.before is not None]
            assert table.total.before is not None
            assert sum(befores) == table.total.before.value
            for row in rows:
                assert not over or sum(amount.value for amount in row.amounts) == row.total.value


def test_every_dimension_divides_the_same_money(review: Review) -> None:
    totals = {by: ask(review, by=by, it="all").total.total.value for by in BY}
    assert len(set(totals.values())) == 1
    assert set(DIMENSIONS) == set(BY)


def test_months_quarters_and_years_add_up_to_each_other(review: Review) -> None:
    months, quarters, years = (ask(review, over=over, all_rows=True) for over in OVER[1:])
    for coarse in (quarters, years):
        for at, column in enumerate(coarse.columns):
            inside = [
                i for i, month in enumerate(months.columns) if column.first <= month.first <= column.last
            ]
            for fine, row in zip(months.rows, coarse.rows, strict=True):
                assert fine.key == row.key
                assert sum(fine.amounts[i].value for i in inside) == row.amounts[at].value


@pytest.mark.parametrize("by", BY)
def test_a_filter_leaves_what_its_own_row_says(review: Review, by: By) -> None:
    whole = ask(review, by=by, it="all", all_rows=True)
    for row in whole.rows[:4]:
        filtered = ask(review, by="vendor", it="all", filters={by: row.key}, all_rows=True)
        assert filtered.total.total.value == row.total.value
        assert abs(filtered.in_all) <= ask(review, by="vendor", it="all").in_all
        check_proofs(review, filtered)


def test_it_not_it_and_not_sure_make_everything(review: Review) -> None:
    parts = [ask(review, it=it).total.total.value for it in ("yes", "asked", "no")]
    assert sum(parts) == ask(review, it="all").total.total.value


def test_a_long_table_shows_the_first_and_the_rest_as_one(review: Review) -> None:
    short, long = (ask(review, by="vendor", it="all", all_rows=all_rows) for all_rows in (False, True))
    assert len(long.rows) == long.in_all > SHOWN_AT_FIRST + 1
    assert long.rest is None
    assert short.rows == long.rows[:SHOWN_AT_FIRST]
    assert short.rest is not None
    assert short.rest.total.query == ""
    assert short.in_all == long.in_all


@pytest.mark.parametrize("sort", ["cost", "name", "before", "change"])
def test_rows_come_in_the_order_asked_for(review: Review, sort: str) -> None:
    rows = ask(review, by="vendor", it="all", sort=sort, all_rows=True).rows
    measures: dict[str, Callable[[Row], Any]] = {
        "cost": lambda row: -row.total.value,
        "name": lambda row: row.label.casefold(),
        "before": lambda row: -(row.before.value if row.before else 0),
        "change": lambda row: -abs(row.change or Decimal(0)),
    }
    keys = [measures[sort](row) for row in rows]
    assert keys == sorted(keys)


def test_other_currencies_stand_apart(review: Review) -> None:
    table = ask(review, it="all")
    assert [other.currency for other in table.others] == ["USD"]
    assert table.others[0].total.value > 0
    check_proofs(review, table)


def test_change_is_told_in_money_and_as_a_share(review: Review) -> None:
    for row in ask(review, by="vendor").rows:
        assert row.before is not None
        assert row.change == row.total.value - row.before.value
        assert (row.change_share is None) == (row.before.value <= 0)
    early = Span(Month(2020, 1), Month(2020, 12))
    nothing = ask(review, span=early)
    assert not nothing.rows
    assert nothing.total.total.value == 0
    assert not nothing.has_before
    assert nothing.total.change is None
    assert nothing.total.change_share is None


# --- periods ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "starts", "first", "last"),
    [
        ("this_year", 7, "2026-01", "2026-11"),
        ("last_year", 7, "2025-01", "2025-12"),
        ("this_financial", 7, "2026-07", "2026-11"),
        ("last_financial", 7, "2025-07", "2026-06"),
        ("this_financial", 12, "2025-12", "2026-11"),
        ("last_financial", 1, "2025-01", "2025-12"),
        ("twelve", 7, "2025-11", "2026-10"),
        ("between", 7, "2025-11", "2026-10"),
    ],
)
def test_periods_are_seen_from_today(
    sampled: Sample, period: Period, starts: int, first: str, last: str
) -> None:
    span = span_of(period, shown_review(sampled.company), today=TODAY, year_starts=starts)
    assert (str(span.first), str(span.last)) == (first, last)


@pytest.mark.parametrize(
    ("over", "starts", "parts"),
    [
        ("quarter", 1, ["2025-11 2025-12", "2026-01 2026-03", "2026-04 2026-06", "2026-07 2026-09", "2026-10 2026-10"]),
        ("year", 1, ["2025-11 2025-12", "2026-01 2026-10"]),
        ("year", 7, ["2025-11 2026-06", "2026-07 2026-10"]),
        ("year", 11, ["2025-11 2026-10"]),
        ("", 1, []),
    ],
)  # fmt: skip
def test_a_span_falls_into_its_parts(over: Over, starts: int, parts: list[str]) -> None:
    span = Span(Month(2025, 11), Month(2026, 10))
    assert [f"{part.first} {part.last}" for part in parts_of_span(span, over, starts)] == parts


def test_the_financial_year_starts_in_january_until_the_profile_says_otherwise() -> None:
    assert year_starts_of(None) == 1
    assert year_starts_of(ProfileVersion()) == 1
    assert year_starts_of(ProfileVersion(fiscal_year_starts=7)) == 7


# --- spread over what is paid for -------------------------------------------------------------------------------


def test_spread_costs_stand_in_the_months_that_are_paid_for(company: Company) -> None:
    review = Review.objects.create(
        company=company, number=1, rule_set="r", today=TODAY,
        answer={"period": ["2025-11-01", "2026-10-31"], "currency": "EUR"},
    )  # fmt: skip

    def cell(basis: str, month: Month, cost: int) -> None:
        SpendCell.objects.create(
            company=company, review=review, basis=basis, month=month.first_day, vendor_key="v", vendor_name="V",
            kind="invoice", it="yes", currency="EUR", cost=cost, paid=cost, lines=basis == "booked",
        )  # fmt: skip

    cell("booked", Month(2026, 3), 1200)
    assert not spreading_changes(review)
    cell("accrued", Month(2026, 3), -1100)
    for months in range(1, 12):
        cell("accrued", Month(2026, 3).plus(months), 100)
    assert spreading_changes(review)
    assert [a.value for a in ask(review, over="quarter").total.amounts] == [0, 1200, 0, 0, 0]
    spread = ask(review, over="quarter", spread=True)
    assert [a.value for a in spread.total.amounts] == [0, 100, 300, 300, 100]
    assert spread.total.total.value == 800, "four months of it lie in the next year"
    assert spread.rows[0].amounts[2].conditions is not None
    assert spread.rows[0].amounts[2].conditions["served_from"] == "2026-04-01"
    assert vendor_named(review, "v") == "V"
    assert vendor_named(review, "nobody") == ""


def test_the_lines_of_a_spread_amount_are_those_that_pay_for_its_months(sampled: Sample) -> None:
    review = shown_review(sampled.company)
    lines = lines_where(review, {"counting": "counts", "it": "yes", "month": "2026-03"})
    yearly, other = lines[0], lines[1]
    type(yearly).objects.filter(pk=yearly.pk).update(
        service_from=date(2026, 3, 1), service_to=date(2027, 2, 28)
    )
    in_june = lines_where(review, {"served_from": "2026-06-01", "served_to": "2026-06-30"})
    assert in_june.filter(pk=yearly.pk).exists()
    assert not in_june.filter(pk=other.pk).exists()
    assert {line.date.month for line in in_june.exclude(pk=yearly.pk)} == {6}
    assert not lines_where(review, {"served_to": "2026-02-28"}).filter(pk=yearly.pk).exists()


def test_a_spread_amount_is_the_sum_of_the_parts_of_its_lines(company: Company) -> None:
    bring(
        company,
        a__xml=bill(
            "Wolkenrijk BV", what="Webhosting 01/03/2026 - 28/02/2027", net="1000", issued=date(2026, 3, 2)
        ),
        b__xml=bill(
            "Zeeblik BV", what="Webhosting 15/09/2025 - 14/12/2025", net="100", issued=date(2025, 9, 20)
        ),
        c__xml=bill("Duinwolk BV", what="Backup 20/04/2026 - 19/05/2026", net="70", issued=date(2026, 4, 20)),
        d__xml=bill("Strandwinkel BV", net="10"),
    )
    review = shown_review(company)
    table = ask(review, over="month", by="purpose", spread=True, it="all", all_rows=True)
    assert spreading_changes(review)
    assert 0 < table.total.total.value < ask(review, it="all").total.total.value + 100
    amounts = [a for row in (*table.rows, table.total) for a in (*row.amounts, row.total)]
    for amount in amounts:
        assert amount.conditions is not None
        conditions = {name: value or "-" for name, value in amount.conditions.items()}
        first, last = (date.fromisoformat(conditions[name]) for name in ("served_from", "served_to"))
        found = sum(part_in(line, first, last) for line in lines_where(review, conditions))
        assert found == amount.value, conditions


def test_nothing_is_a_decimal_of_its_own(review: Review) -> None:
    """Sums of no rows are nothing, not absent."""
    table = ask(review, filters={"vendor": "nobody"}, over="month")
    assert [amount.value for amount in table.total.amounts] == [Decimal(0)] * 12
