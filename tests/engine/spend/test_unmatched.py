"""What is open on both sides, and what may belong together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.spend.settle import settle
from pilothouse.engine.spend.terms import BankMovement, InvoicePaper
from pilothouse.engine.spend.unmatched import OpenInvoice, OpenPayment, WhyNot, open_invoices, weigh
from pilothouse.engine.spend.vendors import KnownVendors, Parties
from tests.engine.spend.spend_papers import US, a_movement, an_invoice

OWED = OpenInvoice(
    "1", "vat:1", "Cloudhuis", "F2026-08", date(2026, 1, 5), None, "EUR", Decimal(100), Decimal(100)
)
PAID = OpenPayment("2:1", "vat:1", date(2026, 1, 20), "EUR", Decimal(100), "factuur F2026/08")


def left(*papers: InvoicePaper | BankMovement) -> dict[str, Decimal]:
    invoices = [paper for paper in papers if isinstance(paper, InvoicePaper)]
    movements = [paper for paper in papers if isinstance(paper, BankMovement)]
    parties = Parties(invoices, KnownVendors(()))
    found = settle(invoices, movements, parties, parties.key(US))
    return {one.invoice: one.left for one in open_invoices(invoices, found, parties)}


def test_what_is_not_paid_whole_is_open() -> None:
    bill = an_invoice(number="F20260001")
    assert left(bill) == {"i1": Decimal(121)}
    assert left(bill, a_movement(out=100, text="F20260001")) == {"i1": Decimal(21)}
    assert left(bill, a_movement(text="F20260001")) == {}
    assert left(an_invoice(is_credit=True)) == {"i1": Decimal(-121)}
    assert left(replace(bill, currency="USD"), a_movement(out=93, text="F20260001")) == {}
    assert left(replace(bill, payable=Decimal(0))) == {"i1": Decimal(121)}, "paid when it was made"


def test_what_was_paid_twice_is_not_open_the_other_way() -> None:
    bills = an_invoice("i1", number="F20260001"), an_invoice("i2", 50, number="F20260002")
    twice = [a_movement("m1", text="F20260001"), a_movement("m2", text="F20260001", date=date(2026, 2, 9))]
    assert left(*bills, *twice) == {"i2": Decimal("60.50")}


@pytest.mark.parametrize(
    ("paid", "why"),
    [
        (PAID, ()),
        (replace(PAID, words=""), (WhyNot.NO_WORD,)),
        (replace(PAID, left=Decimal(97)), (WhyNot.LESS,)),
        (replace(PAID, left=Decimal(300)), (WhyNot.MORE,)),
        (replace(PAID, currency="USD"), (WhyNot.OTHER_CURRENCY,)),
        (replace(PAID, day=date(2026, 1, 1)), (WhyNot.BEFORE,)),
        (replace(PAID, day=date(2026, 8, 1)), (WhyNot.LATE,)),
        (replace(PAID, vendor_key="vat:2", words=""), (WhyNot.OTHER_VENDOR, WhyNot.NO_WORD)),
        (replace(PAID, vendor_key="vat:2", left=Decimal(9)), (WhyNot.OTHER_VENDOR, WhyNot.LESS)),
    ],
)
def test_why_no_rule_took_a_pair_is_said(paid: OpenPayment, why: tuple[WhyNot, ...]) -> None:
    weighed = weigh(OWED, paid)
    assert weighed is not None
    assert weighed.why_not == why


@pytest.mark.parametrize(
    "paid",
    [
        replace(PAID, day=date(2025, 1, 1)),
        replace(PAID, day=date(2027, 6, 1)),
        replace(PAID, left=Decimal(-100)),
        replace(PAID, vendor_key="vat:2", words="", left=Decimal(9)),
    ],
)
def test_where_nothing_speaks_for_a_pair_there_is_none(paid: OpenPayment) -> None:
    assert weigh(OWED, paid) is None


def test_the_surer_pair_costs_less() -> None:
    surest_first = [
        PAID,
        replace(PAID, words=""),
        replace(PAID, words="", left=Decimal(98)),
        replace(PAID, words="", left=Decimal(50)),
        replace(PAID, words="", left=Decimal(50), day=date(2026, 12, 1)),
    ]
    costs = [weighed.cost for paid in surest_first if (weighed := weigh(OWED, paid)) is not None]
    assert len(costs) == len(surest_first)
    assert costs == sorted(costs)
