"""Where a payment and its invoice differ, and what the difference is; more stands in the cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.assumptions import AssumptionBook
from pilothouse.engine.money import Money
from pilothouse.engine.spend.differences import (
    Difference,
    Why,
    discounted,
    fees,
    find_differences,
    limits_on,
)
from pilothouse.engine.spend.rates import NO_RATES, DatedRate, ExchangeRates
from pilothouse.engine.spend.settle import PAID_TWICE, ROUNDING
from pilothouse.engine.spend.terms import BankMovement, InvoicePaper, Reason, Settlement
from tests.engine.spend.spend_papers import BOOK, CLOUD, a_movement, an_invoice, unhurried

NAMED = Reason("invoice_number", "named")
RATES = ExchangeRates([DatedRate(date(2026, 1, 5), "USD", Decimal("1.10"))])


def settled(
    movement: str, invoice: str, amount: str, currency: str = "EUR", kind: str = "named"
) -> Settlement:
    return Settlement(movement, invoice, Money(Decimal(amount), currency), replace(NAMED, kind=kind))


def found(
    invoices: list[InvoicePaper],
    movements: list[BankMovement],
    settlements: list[Settlement],
    book: AssumptionBook = BOOK,
    rates: ExchangeRates = NO_RATES,
) -> list[tuple[str, str, str]]:
    differences = find_differences(invoices, movements, settlements, (book, rates))
    return [(d.invoice, d.why.value, f"{d.amount.amount:.2f}") for d in differences]


def soon(**said: object) -> BankMovement:
    return a_movement(**{"date": date(2026, 1, 14), **said})  # type: ignore[arg-type]  # a test says which


def test_where_nothing_is_believed_nothing_is_explained() -> None:
    none = AssumptionBook([])
    assert limits_on(none, date(2026, 1, 1)).days == 0
    assert found([an_invoice()], [soon(out="118.58")], [settled("m1", "i1", "118.58")], none) == [
        ("i1", "short_paid", "-2.42")
    ]
    more = [soon(out="130", text="incl. kosten")], [settled("m1", "i1", "121")]
    assert found([an_invoice()], *more, none) == [("i1", "paid_more", "9.00")]


def test_what_agrees_to_the_rounding_is_no_difference() -> None:
    assert found([an_invoice()], [soon(out="120.99")], [settled("m1", "i1", "120.99")]) == []


def test_a_discount_of_seven_percent_is_more_than_anybody_grants() -> None:
    paid = [soon(out="112.53")], [settled("m1", "i1", "112.53")]
    assert found([an_invoice()], *paid) == [("i1", "short_paid", "-8.47")]


def test_a_discount_on_an_invoice_without_a_net_sum_is_that_of_the_whole() -> None:
    invoice = an_invoice(net=0, payable=Decimal("100"), vat=Decimal(0))
    assert found([invoice], [soon(out="98")], [settled("m1", "i1", "98")]) == [("i1", "discount", "-2.00")]
    odd = found([invoice], [soon(out="98.30")], [settled("m1", "i1", "98.30")])
    assert odd == [("i1", "short_paid", "-1.70")]


def test_money_that_came_back_beyond_the_invoice_is_not_short_paid() -> None:
    paid = [settled("m1", "i1", "121"), settled("m2", "i1", "-121")]
    assert found([an_invoice()], [soon(), soon(key="m2", out="-121")], paid) == []


def test_a_second_payment_of_an_invoice_is_another_finding() -> None:
    paid = [settled("m1", "i1", "121"), settled("m2", "i1", "121", kind=PAID_TWICE)]
    assert found([an_invoice()], [soon(), soon(key="m2")], paid) == []


def test_a_credit_note_and_a_sale_are_not_looked_at() -> None:
    paid = [settled("m1", "i1", "-100"), settled("m1", "sale", "-50")]
    assert found([an_invoice(is_credit=True)], [soon(out="-160")], paid) == []


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": "F1, frais bancaires inclus"}, "bank_fee"),
        ({"counterparty": replace(CLOUD, ibans=("GB29NWBK60161331926819",))}, "bank_fee"),
        (
            {"counterparty": replace(CLOUD, ibans=("GB29NWBK60161331926819",)), "account": "5412XXXX"},
            "paid_more",
        ),
        ({"counterparty": replace(CLOUD, ibans=())}, "paid_more"),
        ({"out": "175", "text": "kosten"}, "paid_more"),
    ],
)
def test_a_fee_is_small_and_said_or_paid_abroad(more: dict[str, object], why: str) -> None:
    movement = soon(**{"out": "130", **more})
    assert [said for _, said, _ in found([an_invoice()], [movement], [settled("m1", "i1", "121")])] == [why]


def test_what_is_left_of_a_payment_of_several_stands_beside_the_largest() -> None:
    invoices = [an_invoice("i1"), an_invoice("i2", 200)]
    paid = [settled("m1", "i1", "121"), settled("m1", "i2", "242")]
    answer = find_differences(invoices, [soon(out="370")], paid, (BOOK, NO_RATES))
    assert [(d.invoice, d.billed.amount, d.paid.amount) for d in answer] == [
        ("i2", Decimal(242), Decimal(249))
    ]


def test_the_rate_of_its_day_says_what_an_invoice_abroad_should_have_cost() -> None:
    abroad = an_invoice(currency="USD", net=110, vat=Decimal(0), payable=Decimal(110))
    paid = [soon(out="102.50")], [settled("m1", "i1", "102.50")]
    assert found([abroad], *paid, rates=RATES) == [("i1", "currency", "2.50")]
    assert found([abroad], *paid) == [], "without a rate nothing is known"
    exact = [soon(out="100")], [settled("m1", "i1", "100")]
    assert found([abroad], *exact, rates=RATES) == []
    part = [soon(out="50")], [settled("m1", "i1", "50")]
    assert found([abroad], *part, rates=RATES) == [], "beyond a tenth it is a part"
    mixed = [settled("m1", "i1", "50"), settled("m2", "i1", "55", "USD")]
    assert (
        found([abroad], [soon(out="50"), soon(key="m2", out="55", currency="USD")], mixed, rates=RATES) == []
    )
    more = [soon(out="120")], [settled("m1", "i1", "100")]
    assert found([abroad], *more, rates=RATES) == [], "what is left over there is no fee of a bill at home"


def test_what_follows_from_a_difference() -> None:
    euro = Money(Decimal(1))
    one = Difference("i1", "m1", "Cloudhuis", "1", date(2026, 1, 1), euro, euro, Why.DISCOUNT, Decimal(2))
    other = replace(one, invoice="i2", movement="m2", why=Why.BANK_FEE)
    assert discounted([one, other]) == {"i1"}
    assert fees([one, other]) == {"m2"}


@unhurried
@given(st.integers(1, 20_000), st.integers(1, 20_000), st.integers(0, 60))
def test_whatever_is_paid_the_difference_is_what_is_missing_or_beyond(net: int, paid: int, days: int) -> None:
    invoice = an_invoice(net=Decimal(net) / 100)
    out = Decimal(paid) / 100
    settles = min(out, invoice.payable)
    movement = a_movement(out=out, date=date.fromordinal(invoice.issue_date.toordinal() + days))
    settlement = Settlement("m1", "i1", Money(settles), NAMED)
    answer = find_differences([invoice], [movement], [settlement], (BOOK, NO_RATES))
    if abs(out - invoice.payable) <= ROUNDING:
        assert answer == ()
    else:
        assert [d.amount.amount for d in answer] == [out - invoice.payable]
        assert (answer[0].why in (Why.DISCOUNT, Why.SHORT_PAID)) == (out < invoice.payable)
