"""Cells add up what counts, and moves bring costs into the months that are paid for without changing their sum."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Cell, cells_of, moves_of
from pilothouse.engine.spend.figures import select
from pilothouse.engine.spend.terms import Counting, Service, SpendLine
from tests.engine.spend.test_periods import LINE

YEAR = Service(date(2026, 1, 1), date(2026, 12, 31), "said")
amounts = st.decimals(-10_000, 10_000, places=2)
services = st.one_of(
    st.none(),
    st.builds(
        lambda first, days: Service(first, date.fromordinal(first.toordinal() + days), "said"),
        st.dates(date(2025, 1, 1), date(2027, 1, 1)),
        st.integers(7, 1000),
    ),
)
lines = st.lists(
    st.builds(
        lambda amount, service, counting, key: replace(
            LINE,
            cost=Money(amount),
            paid=Money(amount * 2),
            service=service,
            counting=counting,
            vendor_key=key,
        ),
        amounts,
        services,
        st.sampled_from([Counting.COUNTS, Counting.COUNTS, Counting.DUPLICATE]),
        st.sampled_from("ab"),
    ),
    max_size=12,
)


def by_vendor(cells: list[Cell]) -> dict[str, tuple[Decimal, Decimal]]:
    sums: dict[str, tuple[Decimal, Decimal]] = defaultdict(lambda: (Decimal(0), Decimal(0)))
    for cell in cells:
        cost, paid = sums[cell.kind.vendor_key]
        sums[cell.kind.vendor_key] = cost + cell.cost, paid + cell.paid
    return sums


@given(lines)
def test_moves_sum_to_nothing_for_each_vendor_and_cells_to_what_counts(found: list[SpendLine]) -> None:
    assert all(not cost and not paid for cost, paid in by_vendor(list(moves_of(found))).values())
    for key, (cost, paid) in by_vendor(list(cells_of(found))).items():
        counted = [line for line in found if line.vendor_key == key and line.counting is Counting.COUNTS]
        assert cost == sum(line.cost.amount for line in counted)
        assert paid == sum(line.paid.amount for line in counted)


def test_a_year_paid_in_december_is_moved_into_the_year_to_come() -> None:
    line = replace(
        LINE, date=date(2025, 12, 15), cost=Money(Decimal(365)), paid=Money(Decimal(730)), service=YEAR
    )
    moves = {str(cell.kind.month): (cell.cost, cell.paid, cell.lines) for cell in moves_of([line])}
    assert moves["2025-12"] == (Decimal(-365), Decimal(-730), 0)
    assert moves["2026-02"] == (Decimal(28), Decimal(56), 0)
    assert len(moves) == 13


def test_what_is_moved_onto_itself_is_no_move() -> None:
    zero = replace(LINE, cost=Money(Decimal(0)), paid=Money(Decimal(0)), service=YEAR)
    assert list(moves_of([zero, LINE])) == []


def test_the_department_of_the_paper_holds_until_a_person_names_one() -> None:
    ours = replace(LINE, department="Workshop")
    said = replace(ours, recognition=replace(LINE.recognition, department="Office"))
    (cell,) = cells_of([ours])
    (decided,) = cells_of([said])
    assert (cell.kind.department, decided.kind.department) == ("Workshop", "Office")
    assert list(select([ours, said], [("department", "Workshop")])) == [ours]
    assert list(select([ours], [("category", LINE.recognition.category)])) == [ours]
    assert cell.kind.month == Month.of(LINE.date)
