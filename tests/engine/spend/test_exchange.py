"""What things billed in another currency cost in ours: as paid, else by the rate of the day, else apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import cells_of
from pilothouse.engine.spend.exchange import Exchanges, paid_at_home, paid_in
from pilothouse.engine.spend.rates import NO_RATES, DatedRate, ExchangeRates
from pilothouse.engine.spend.review import Grounds, Papers, SpendReview, review
from pilothouse.engine.spend.terms import (
    BankMovement,
    Exchange,
    Identity,
    InvoiceItem,
    InvoicePaper,
    Reason,
    Settlement,
)
from tests.engine.spend.spend_papers import ACCOUNT, BOOK, KNOWLEDGE, TODAY

DAY = date(2026, 1, 15)
RATES = ExchangeRates([DatedRate(DAY, "USD", Decimal("1.25"), "9")])
SELLER = Identity("Faraway Hosting Inc")
INVOICE = InvoicePaper(
    id="1",
    source="1",
    number="FH-20260115",
    is_credit=False,
    issue_date=DAY,
    due_date=None,
    currency="USD",
    seller=SELLER,
    buyer=Identity(),
    net=Decimal("100.00"),
    vat=Decimal(0),
    payable=Decimal("100.00"),
    reference="",
    items=(
        InvoiceItem("1", "Hosting", "", Decimal("60.00"), None, ""),
        InvoiceItem("2", "Support", "", Decimal("40.00"), None, ""),
    ),
)
MOVEMENT = BankMovement(
    "5:0", "5", ACCOUNT, date(2026, 1, 20), Decimal("-81.00"), "EUR", SELLER, "FH-20260115", "", "line 1"
)
PAID = Settlement("5:0", "1", Money(Decimal("81.00")), Reason("number", "its number"))


def answer(papers: Papers, rates: ExchangeRates) -> SpendReview:
    return review(papers, None, Grounds(KNOWLEDGE, BOOK, exchange=rates), today=TODAY, currency="EUR")


def test_without_a_payment_the_rate_of_the_day_converts() -> None:
    found = answer(Papers(invoices=[INVOICE]), RATES)
    assert [line.cost for line in found.lines] == [Money(Decimal("48.00")), Money(Decimal("32.00"))]
    assert [line.paid for line in found.lines] == [Money(Decimal("60.00"), "USD"), Money(Decimal(40), "USD")]
    assert found.lines[0].exchange == Exchange(Decimal("0.8"), DAY, "9")
    assert found.lines[0].recognition.because[-1].says == (
        "USD to EUR by the rate of 2026-01-15, 0.8 for one"
    )
    assert not found.figures.other_currencies
    assert sum(cell.paid for cell in cells_of(found.lines)) == Decimal("80.00")


def test_what_the_bank_paid_goes_before_the_rate() -> None:
    found = answer(Papers(invoices=[INVOICE], movements=[MOVEMENT]), RATES)
    bought = [line for line in found.lines if line.kind == "invoice"]
    assert [line.cost.amount for line in bought] == [Decimal("48.60"), Decimal("32.40")]
    assert "what our bank paid for it on 2026-01-20" in bought[0].recognition.because[-1].says


def test_a_payment_far_from_the_rate_is_only_a_part() -> None:
    part = replace(MOVEMENT, amount=Decimal("-40.00"))
    found = answer(Papers(invoices=[INVOICE], movements=[part]), RATES)
    assert [line.cost.amount for line in found.lines if line.kind == "invoice"] == [48, 32]


def test_without_a_rate_a_line_stays_in_its_currency() -> None:
    found = answer(Papers(invoices=[INVOICE]), NO_RATES)
    assert {line.cost.currency for line in found.lines} == {"USD"}
    assert all(line.exchange is None and paid_at_home(line) == line.paid for line in found.lines)
    assert [part.key for part in found.figures.other_currencies] == ["USD"]


def test_only_payments_that_settle_nothing_else_say_what_was_paid() -> None:
    for settlements in (
        [PAID, replace(PAID, invoice="2")],
        [replace(PAID, amount=Money(Decimal(81), "GBP"))],
        [replace(PAID, amount=Money(Decimal(0)))],
        [],
    ):
        assert paid_in("EUR", [INVOICE], settlements, [MOVEMENT]) == {}
    assert paid_in("USD", [INVOICE], [PAID], [MOVEMENT]) == {}
    assert paid_in("EUR", [replace(INVOICE, payable=Decimal(0))], [PAID], [MOVEMENT]) == {}
    paid = Exchange(Decimal("0.81"), date(2026, 1, 20), "5")
    assert paid_in("EUR", [INVOICE], [PAID], [MOVEMENT]) == {"1": paid}


@given(st.lists(st.decimals(Decimal("0.01"), Decimal("99999"), places=2), min_size=1, max_size=6))
def test_the_total_is_the_sum_of_what_was_converted(nets: list[Decimal]) -> None:
    items = tuple(InvoiceItem(str(n), "Hosting", "", net, None, "") for n, net in enumerate(nets))
    whole = sum(nets, Decimal(0))
    paper = replace(INVOICE, items=items, net=whole, payable=whole)
    found = answer(Papers(invoices=[paper]), RATES)
    converted = [RATES.convert(Money(net, "USD"), "EUR", DAY) for net in nets]
    assert sum(line.cost.amount for line in found.lines) == sum(c.money.amount for c in converted if c)
    apart = list(Exchanges("USD", RATES, {}).of(answer(Papers(invoices=[paper]), NO_RATES).lines))
    assert sum(line.cost.amount for line in apart) == whole
