"""What lines cost: to the cent, net of the VAT there is, and nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.money import Money
from pilothouse.engine.spend.shares import spread
from pilothouse.engine.spend.terms import BankMovement, Counting, Identity, InvoiceItem, InvoicePaper
from pilothouse.engine.spend.vat import VatRates
from pilothouse.engine.spend.vendors import Vendor
from tests.engine.spend.spend_papers import (
    BOOK,
    CLOUD,
    CUSTOMER,
    a_movement,
    a_review,
    an_invoice,
    our_firm,
    unhurried,
)

cents = st.integers(-(10**7), 10**7).map(lambda n: Decimal(n) / 100)
DAY = date(2026, 1, 1)


@unhurried
@given(cents, st.lists(cents, min_size=1, max_size=12))
def test_shares_sum_to_the_amount_and_none_is_off_by_a_cent(amount: Decimal, weights: list[Decimal]) -> None:
    shares = spread(amount, weights)
    assert sum(shares) == amount
    whole = sum((abs(w) for w in weights), Decimal(0))
    for share, weight in zip(shares, weights, strict=True):
        exact = amount * abs(weight) / whole if whole else amount / len(weights)
        assert abs(share - exact) <= Decimal("0.01")


def test_parts_of_a_cent_are_not_lost() -> None:
    assert spread(Decimal("0.005"), [Decimal(1), Decimal(1)]) == [Decimal("0.005"), Decimal(0)]


def items(*nets: Decimal) -> tuple[InvoiceItem, ...]:
    return tuple(
        InvoiceItem(str(n), f"Hosting {n}", "", net, Decimal(21), f"line {n}") for n, net in enumerate(nets)
    )


@unhurried
@given(st.lists(cents, max_size=6), cents.map(abs), cents.map(abs), cents, st.booleans(), st.booleans())
def test_the_lines_of_an_invoice_sum_to_its_total(
    nets: list[Decimal],
    allowances: Decimal,
    charges: Decimal,
    rounding: Decimal,
    credit: bool,
    recovers: bool,
) -> None:
    net = sum(nets, Decimal(0)) - allowances + charges + rounding
    paper = an_invoice(items=items(*nets), allowances=allowances, charges=charges, is_credit=credit)
    paper = replace(paper, net=net, vat=Decimal("1.01"), payable=net + Decimal("1.01"))
    answer = a_review(paper, firm=our_firm(recovers_vat=recovers))
    sign = -1 if credit else 1
    assert sum(line.cost.amount for line in answer.lines) == sign * (
        net if recovers else net + Decimal("1.01")
    )
    assert sum(line.paid.amount for line in answer.lines) == sign * (net + Decimal("1.01"))
    assert len({line.id for line in answer.lines}) == len(answer.lines)


def test_an_items_description_stands_beside_its_name() -> None:
    said = (("Uren", ""), ("Uren", "Uren"), ("Uren", "maart"), ("", "maart"))
    lines = tuple(InvoiceItem(str(n), *words, Decimal(25), None, "") for n, words in enumerate(said))
    answer = a_review(an_invoice(items=lines))
    assert [line.description for line in answer.lines] == ["Uren", "Uren", "Uren: maart", "maart"]


def test_an_invoice_without_number_is_no_double_of_another() -> None:
    one, other = an_invoice("a", number=""), an_invoice("b", number="")
    assert a_review(one, other).figures.all_spend.value == Money(Decimal(200))
    assert a_review(one, one).figures.all_spend.value == Money(Decimal(100))


def test_a_paper_without_buyer_is_ours() -> None:
    assert a_review(an_invoice(buyer=Identity())).figures.all_spend.value == Money(Decimal(100))
    assert a_review(an_invoice(buyer=CUSTOMER)).figures.all_spend.value == Money(Decimal(0))


# --- VAT on payments ----------------------------------------------------------------------------


def net(vendor: Vendor, words: str = "", recovers: bool = True, home: str = "BE") -> tuple[str, object, str]:
    found = VatRates(BOOK, home=home, recovers_vat=recovers).take_off(Money(Decimal(121)), DAY, vendor, words)
    return str(found.cost.amount), found.rate, found.rate_missing


def test_the_rate_of_the_vendors_country_else_of_ours() -> None:
    assert net(Vendor("v", "Zaak", "BE")) == ("100.00", Decimal(21), "")
    assert net(Vendor("v", "Zaak")) == ("100.00", Decimal(21), "")
    assert net(Vendor("v", "Shop", "IE")) == ("98.37", Decimal(23), "")
    assert net(Vendor("v", "Shop", "US")) == ("121", None, "US")
    assert net(Vendor("v", "Shop"), home="") == ("121", None, "?")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("KBC", "Beheerskosten zichtrekening"),
        ("AXA Insurance", ""),
        ("BTW-ontvangsten", ""),
        ("", "Frais bancaires"),
    ],
)
def test_what_bears_no_vat_stays_as_it_is(name: str, words: str) -> None:
    assert net(Vendor("v", name, "BE"), words)[:2] == ("121", None)


def test_vat_in_the_words_of_an_invoice_says_nothing() -> None:
    assert net(Vendor("v", "Zaak", "BE"), "factuur incl. btw")[0] == "100.00"
    assert net(Vendor("v", "Zaak", "BE"), recovers=False)[0] == "121"


# --- movements ------------------------------------------------------------------------------------


def test_the_paper_of_a_bank_line_is_its_statement_else_its_file() -> None:
    lines = a_review(a_movement("m1", paper="statement 7"), a_movement("m2", out=7)).lines
    assert [line.paper for line in lines] == ["statement 7", "bank file"]


def test_the_largest_part_names_the_invoice_a_payment_settles() -> None:
    papers = (an_invoice("i1", number="F20260001"), an_invoice("i2", 300, number="F20260002"))
    payment = a_movement(out=484, text="F20260001 F20260002", structured="")
    line = next(line for line in a_review(*papers, payment).lines if line.kind == "bank")
    assert (line.settles, line.counting, line.cost) == ("i2", Counting.SETTLES_INVOICE, Money(Decimal(0)))


def test_the_structured_communication_is_shown_where_there_are_no_words() -> None:
    assert a_review(a_movement(structured="090933755493")).lines[0].description == "090933755493"


def test_bookings_in_two_files_count_as_often_as_in_the_fuller_one() -> None:
    def booked(key: str, file: str, text: str = "bon") -> BankMovement:
        return a_movement(key, out="12.10", to=Identity("Colruyt"), text=text, source=file)

    movements: list[BankMovement] = [
        booked("a", "1"),
        booked("b", "1"),
        booked("c", "2"),
        booked("d", "2"),
        booked("e", "2"),
    ]
    answer = a_review(*movements, booked("f", "3", "other bon"))
    assert answer.figures.all_spend.value == Money(Decimal("40.00"))
    assert [line.counting.value for line in answer.lines].count("duplicate") == 2


def test_money_without_amount_is_not_spend() -> None:
    assert a_review(a_movement(out=0)).lines[0].counting is Counting.MONEY_IN


def test_a_refund_lasts_a_year_and_is_used_up() -> None:
    invoice = an_invoice(issue_date=date(2025, 1, 10), due_date=None)

    def received(key: str, day: date, amount: int = 60) -> Counting:
        papers: list[InvoicePaper | BankMovement] = [
            invoice,
            a_movement("m0", out=-70, date=date(2025, 3, 1)),
        ]
        answer = a_review(*papers, a_movement(key, out=-amount, date=day))
        return next(line.counting for line in answer.lines if line.id == key)

    assert received("m9", date(2025, 4, 1), 51) is Counting.COUNTS
    assert received("m9", date(2025, 4, 1), 52) is Counting.MONEY_IN
    assert received("m9", date(2026, 3, 1), 51) is Counting.MONEY_IN
    assert received("m9", date(2025, 1, 9), 10) is Counting.MONEY_IN


def test_what_a_customer_pays_is_no_refund_though_it_sells_to_us() -> None:
    both: list[InvoicePaper] = [
        an_invoice(),
        an_invoice("s1", seller=our_firm().identity, buyer=CLOUD, net=900),
    ]
    answer = a_review(*both, a_movement(out=-50, date=date(2026, 2, 1) + timedelta(days=1)))
    assert next(line for line in answer.lines if line.id == "m1").counting is Counting.MONEY_IN


def test_an_amount_over_lines_that_cost_nothing_is_spread_evenly() -> None:
    nothing = Decimal(0)
    assert spread(Decimal("1.00"), [nothing, nothing]) == [Decimal("0.50"), Decimal("0.50")]
