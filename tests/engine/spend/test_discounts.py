"""What an invoice costs of which a discount for paying soon was taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.money import CENT
from pilothouse.engine.spend.differences import Why
from pilothouse.engine.spend.terms import Counting, InvoiceItem, InvoicePaper, SpendLine
from tests.engine.spend.spend_papers import a_movement, a_review, an_invoice, our_firm, unhurried

SOON = date(2026, 1, 14)


def billed(*nets: str, vat: str) -> InvoicePaper:
    items = tuple(InvoiceItem(str(n), "Hosting", "", Decimal(net), None, "") for n, net in enumerate(nets))
    net = sum((item.net for item in items), Decimal(0))
    return replace(
        an_invoice(items=items), net=net, vat=Decimal(vat), payable=net + Decimal(vat), number="F20260117"
    )


def lines_after(invoice: InvoicePaper, paid: Decimal, *, recovers: bool = True) -> list[SpendLine]:
    movement = a_movement(out=str(paid), date=SOON, text="F20260117")
    answer = a_review(invoice, movement, firm=our_firm(recovers_vat=recovers))
    assert [one.why for one in answer.differences] == [Why.DISCOUNT]
    return [line for line in answer.lines if line.kind == "invoice"]


def cost(lines: list[SpendLine]) -> Decimal:
    return sum((line.cost.amount for line in lines), Decimal(0))


@pytest.mark.parametrize(
    ("paid", "recovers", "costs"),
    [
        ("118.58", True, "98.00"),  # 2 % of 121.00: its VAT falls too, and was never ours to keep
        ("118.58", False, "118.58"),  # who recovers no VAT saves it all
        ("119.00", True, "98.00"),  # 2 % of 100.00, the VAT was on 98.00 from the beginning
        ("119.00", False, "119.00"),
    ],
)
def test_what_the_discount_saves(paid: str, recovers: bool, costs: str) -> None:
    (line,) = lines_after(billed("100.00", vat="21.00"), Decimal(paid), recovers=recovers)
    assert cost([line]) == Decimal(costs)
    assert line.paid.amount == Decimal("121.00")
    (why,) = [reason.says for reason in line.recognition.because if reason.kind == "discount"]
    assert why == "2 % less, taken by paying on 2026-01-14"


def test_an_invoice_without_vat_costs_what_was_paid() -> None:
    assert cost(lines_after(billed("100.00", vat="0"), Decimal("97.00"))) == Decimal("97.00")


def test_an_invoice_that_cost_nothing_saves_nothing() -> None:
    nothing = replace(an_invoice(net=0, vat=Decimal(0), payable=Decimal(100)), number="F20260117")
    assert cost(lines_after(nothing, Decimal(98))) == 0


def test_what_is_short_paid_costs_what_was_billed() -> None:
    invoice = billed("100.00", vat="21.00")
    answer = a_review(invoice, a_movement(out="90.00", date=SOON, text="F20260117"))
    assert cost([line for line in answer.lines if line.kind == "invoice"]) == Decimal("100.00")


@unhurried
@given(
    st.lists(st.integers(10_000, 900_000), min_size=1, max_size=5),
    st.sampled_from(["0.5", "1", "2", "3", "5"]),
)
def test_each_line_saves_its_share_to_the_cent(nets: list[int], share: str) -> None:
    invoice = billed(*(str(Decimal(net) / 100) for net in nets), vat="0")
    off = (invoice.net * Decimal(share) / 100).quantize(CENT, ROUND_HALF_EVEN)
    lines = lines_after(invoice, invoice.net - off)
    assert cost(lines) == invoice.net - off
    for line, item in zip(lines, invoice.items, strict=True):
        assert line.counting is Counting.COUNTS
        assert abs(item.net - line.cost.amount - item.net * off / invoice.net) < CENT
