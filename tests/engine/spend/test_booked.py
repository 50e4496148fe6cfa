"""Which booking is of which invoice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pilothouse.engine.spend.booked import Bill, bill_of_booking, bill_of_invoice, find_booked
from pilothouse.engine.spend.ledgers import Kind, _booking
from pilothouse.engine.spend.terms import Identity
from pilothouse.engine.spend.vendors import KnownVendors, Parties
from tests.engine.spend.spend_papers import an_entry, an_invoice

DAY = date(2026, 1, 5)
NET = Decimal(100)


def a_bill(
    key: str, number: str = "", days: int = 0, name: str = "cloudhuis", net: Decimal | int = NET, of: str = ""
) -> Bill:
    names = (f"name:{name}",) if name else ()
    gross = (net * Decimal("1.21"),)
    return Bill(key, names, of, number, DAY + timedelta(days=days), "EUR", (Decimal(net),), gross)


def pairs(bookings: list[Bill], bills: list[Bill]) -> dict[str, str]:
    return {same.booking.id: same.bill.id for same in find_booked(bookings, bills)}


def why(booking: Bill, bill: Bill) -> str:
    return next((same.because for same in find_booked([booking], [bill])), "")


# --- numbers ---


@pytest.mark.parametrize("number", ["F2026/031", "f 2026-031", "F2026031"])
def test_a_number_is_the_same_however_it_is_written(number: str) -> None:
    assert why(a_bill("b", number, 60, net=7), a_bill("i", "F2026-031")) == "the same vendor and number"


def test_a_number_of_another_vendor_or_of_long_ago_says_nothing() -> None:
    assert pairs([a_bill("b", "F2026-031", net=7)], [a_bill("i", "F2026-031", name="other")]) == {}
    assert pairs([a_bill("b", "F2026-031", 201)], [a_bill("i", "F2026-031")]) == {}


def test_a_credit_note_is_not_the_invoice_of_its_number() -> None:
    assert pairs([a_bill("b", "F2026-031", net=-NET)], [a_bill("i", "F2026-031")]) == {}


def test_a_short_number_needs_the_amount() -> None:
    assert pairs([a_bill("b", "12", 60, net=7)], [a_bill("i", "12")]) == {}
    assert pairs([a_bill("b", "12", 90)], [a_bill("i", "12")]) == {"b": "i"}


def test_of_equal_numbers_the_amount_and_then_the_day_decide() -> None:
    bills = [a_bill("last year", "12345", -150), a_bill("now", "12345"), a_bill("other", "12345", net=9)]
    assert pairs([a_bill("b", "12345", 3)], bills) == {"b": "now"}
    assert pairs([a_bill("b", "12345", 3), a_bill("c", "12345", 2)], bills) == {"c": "now", "b": "last year"}


def test_a_second_booking_of_a_number_is_of_the_same_invoice() -> None:
    assert pairs([a_bill("b", "12345"), a_bill("c", "12345", 9)], [a_bill("i", "12345")]) == {
        "b": "i",
        "c": "i",
    }


@pytest.mark.parametrize("number", ["2026031", "26031", "INV2026031"])
def test_a_number_cut_off_needs_the_amount(number: str) -> None:
    invoice = a_bill("i", "F2026031")
    assert why(a_bill("b", number, 90), invoice).startswith("the same vendor and amount, and a number")
    assert pairs([a_bill("b", number, 90, net=7)], [invoice]) == {}


def test_numbers_that_only_end_alike_are_two() -> None:
    bills = [a_bill("i", "F10026031"), a_bill("j", "F10026031", net=5)]
    assert pairs([a_bill("b", "G20026031", 90)], bills) == {}


def test_a_long_number_and_the_amount_prove_it_whatever_the_vendor_is_called() -> None:
    invoice = a_bill("i", "F2026-031", name="cloudhuis", of="BE1")
    assert why(a_bill("b", "F2026-031", name="kantoor"), invoice) == "the same number and amount"
    assert pairs([a_bill("b", "F2026-031", name="kantoor", of="BE2")], [invoice]) == {}
    assert pairs([a_bill("b", "F2026-031", name="kantoor", net=7)], [invoice]) == {}
    assert pairs([a_bill("b", "12345", name="")], [a_bill("i", "12345")]) == {}


# --- amounts ---


def test_without_a_number_the_amount_within_a_week_proves_it() -> None:
    assert why(a_bill("b", "", 7), a_bill("i", "F1")) == "the same vendor and amount within a week"
    assert pairs([a_bill("b", "", 7, net=Decimal("100.02"))], [a_bill("i", "F1")]) == {"b": "i"}
    assert pairs([a_bill("b", "", 7, net=Decimal("99.97"))], [a_bill("i", "F1")]) == {}


def test_each_of_two_equal_invoices_finds_its_own() -> None:
    bills = [a_bill("i", "F1"), a_bill("j", "F2", 4)]
    assert pairs([a_bill("b", "", 1), a_bill("c", "", 5)], bills) == {"b": "i", "c": "j"}
    assert pairs([a_bill("b"), a_bill("c"), a_bill("d")], bills[:1]) == {"b": "i"}


def test_the_days_a_bookkeeper_usually_takes_decide_between_weekly_bills() -> None:
    sure = [(a_bill(f"s{n}", "", 4 + n, f"sure {n}"), a_bill(f"t{n}", "", n, f"sure {n}")) for n in range(3)]
    weekly = [a_bill(f"i{n}", "", 7 * n) for n in range(4)]
    booked = [a_bill(f"b{n}", "", 7 * n + 4) for n in range(4)]
    found = pairs([*booked, *(s for s, _ in sure)], [*weekly, *(t for _, t in sure)])
    assert {key: bill for key, bill in found.items() if key[0] == "b"} == {f"b{n}": f"i{n}" for n in range(4)}


def test_who_bills_one_amount_again_and_again_is_taken_at_its_number() -> None:
    bills = [a_bill("i1", "F2026-001"), a_bill("i2", "F2026-002", 7)]
    assert pairs([a_bill("b", "F2026-003", 12)], bills) == {}
    assert pairs([a_bill("b", "F2026-003", 7)], bills) == {"b": "i2"}
    assert pairs([a_bill("b", "F2026-003", 12)], bills[1:]) == {"b": "i2"}


def test_a_ledger_with_numbers_of_its_own_is_laid_beside_the_invoices_in_time() -> None:
    bills = [a_bill(f"i{n}", f"F2026-00{n}", 30 * n) for n in range(3)]
    booked = [a_bill(f"b{n}", f"AC{n}", 30 * n + 20) for n in range(3)]
    assert pairs(booked, bills) == {"b0": "i0", "b1": "i1", "b2": "i2"}
    assert pairs([a_bill("b", "AC1", 60)], bills[:1]) == {"b": "i0"}
    assert pairs([a_bill("b", "AC1", 61)], bills[:1]) == {}
    assert pairs([a_bill("b", "F2026-009", 20)], bills[:1]) == {}
    assert pairs([a_bill("b", "AC1", 20, name="")], [a_bill("i", "F1", name="")]) == {}


def test_names_that_begin_alike_need_the_week_and_no_other_choice() -> None:
    invoice = a_bill("i", "F1", name="cloudhuis belgium")
    assert why(a_bill("b", "", 3), invoice).startswith("the same amount within a week, and names")
    assert pairs([a_bill("b", "", 8)], [invoice]) == {}
    assert pairs([a_bill("b", "", 3), a_bill("c", "", 4)], [invoice]) == {}
    assert pairs([a_bill("b", name="clou")], [a_bill("i", name="clou belgium")]) == {}
    assert pairs([a_bill("b", of="BE1")], [a_bill("i", name="cloudhuis belgium", of="BE2")]) == {}


def test_another_currency_is_another_amount() -> None:
    dollars = Bill("b", ("name:cloudhuis",), "", "", DAY, "USD", (NET,), ())
    assert pairs([dollars], [a_bill("i")]) == {}
    assert dollars.difference(a_bill("i")) == 0
    assert Bill("b", (), "", "", DAY, "EUR", (), ()).difference(a_bill("i")) == 0


# --- bills ---


@pytest.mark.parametrize(
    ("said", "nets", "grosses"),
    [
        ({"net": True}, [121], []),
        ({"net": True, "vat": Decimal(21)}, [121], [142]),
        ({"net": False}, [], [121]),
        ({"net": False, "vat": Decimal(21)}, [100], [121]),
        ({"net": None}, [121], [121]),
    ],
)
def test_a_booking_is_compared_by_what_it_tells(
    said: dict[str, object], nets: list[int], grosses: list[int]
) -> None:
    booking = _booking(Kind.PURCHASE, [an_entry(1, 121, **said)])  # type: ignore[arg-type]  # fields of an entry
    bill = bill_of_booking(booking, Parties((), KnownVendors(())))
    assert list(bill.nets) == nets
    assert list(bill.grosses) == grosses


def test_an_invoice_is_compared_with_and_without_vat_and_by_what_is_to_be_paid() -> None:
    parties = Parties((), KnownVendors(()))
    bill = bill_of_invoice(an_invoice(), parties)
    assert (bill.nets, bill.grosses) == ((NET,), (Decimal(121),))
    assert bill_of_invoice(an_invoice(payable=Decimal(0)), parties).grosses == (Decimal(121),)
    rounded = bill_of_invoice(an_invoice(payable=Decimal("121.05")), parties)
    assert rounded.grosses == (Decimal(121), Decimal("121.05"))
    assert bill_of_invoice(an_invoice(is_credit=True), parties).is_credit
    assert bill_of_invoice(an_invoice(seller=Identity()), parties).names == ()
