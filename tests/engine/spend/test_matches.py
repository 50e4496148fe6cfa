"""How well payments and ledgers find their invoices on made-up companies whose truth is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilothouse.engine.spend.terms import Counting
from tests.engine.spend import made_up_ledgers
from tests.engine.spend.made_up_companies import a_company, answer_to, measure, table
from tests.engine.spend.spend_papers import check_figures

SEEDS = range(300, 308)


def test_matches_are_as_right_as_the_method_promises() -> None:
    measured = measure(a_company(seed) for seed in SEEDS)
    assert measured.precision >= 0.995, table(measured)
    assert measured.recall >= 0.97, table(measured)
    assert abs(measured.counted - measured.spent) <= measured.spent / 100, table(measured)


@pytest.mark.parametrize("book", ["purchases", "general", "payments", "cards"])
def test_ledgers_and_cards_are_as_right_as_the_method_promises(book: str) -> None:
    measured = made_up_ledgers.measure(range(420, 426), book)
    assert measured.precision >= 0.995, made_up_ledgers.table(measured)
    assert measured.recall >= 0.97, made_up_ledgers.table(measured)
    assert abs(measured.counted - measured.spent) <= measured.spent / 50, made_up_ledgers.table(measured)


@pytest.mark.parametrize("book", ["purchases", "general"])
def test_neither_order_nor_bringing_a_ledger_twice_changes_what_counts(book: str) -> None:
    made = a_company(6, vendors=8)
    ledger = made_up_ledgers.a_ledger(6, made, book)
    once = made_up_ledgers.answer_to(made, ledger)
    again = [replace(e, id=f"z{e.id}", paper="zledger", source="the same again") for e in ledger.entries]
    twice = made_up_ledgers.answer_to(made, made_up_ledgers.Booked([*reversed(ledger.entries), *again]))
    assert twice.figures.all_spend.value == once.figures.all_spend.value
    assert twice.figures.it_total.value == once.figures.it_total.value
    assert [line for line in twice.lines if not line.id.startswith("z")] == list(once.lines)
    repeated = {line.counting for line in twice.lines if line.id.startswith("z")}
    assert repeated <= {Counting.DUPLICATE, Counting.NATURAL_PERSON}


def test_every_figure_of_a_company_with_a_ledger_is_the_sum_of_its_lines() -> None:
    made = a_company(5)
    check_figures(made_up_ledgers.answer_to(made, made_up_ledgers.a_ledger(5, made, "general")))


def test_every_figure_of_a_whole_company_is_the_sum_of_its_lines() -> None:
    check_figures(answer_to(a_company(1)))


def test_the_table_names_every_way_of_paying() -> None:
    measured = measure(iter([a_company(2)]))
    measured.wrong["savings"] += 1
    shown = table(measured)
    assert "| **all** |" in shown
    assert "| savings | 0 | 0.0000 | – |" in shown
