"""The traps laid in the sample's e-invoices and bank files: what a careful reader notices, and where it is.

Each trap is found in the story by what makes it one, so that the list is true for every end and seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from pilothouse.sample.bank import Booked
from pilothouse.sample.bills import Bill
from pilothouse.sample.firm import sample_firm
from pilothouse.sample.months import COUNT
from pilothouse.sample.papers import paper_name
from pilothouse.sample.payments import Kind, Way
from pilothouse.sample.story import Story

_THIS_YEAR = COUNT - 12
_RISE, _RISE_MONTH = "Microsoft 365 Business Standard", 15
_SECOND_TOOL_CARDS = ("SLACK PRO",)
_IDLE = "TEST-OUD"
_LOOKS_LIKE_IT = (
    "Cyberverzekering",
    "Druk en print",
    "monitoring 24/7",
    "domotique",
    "netwerkkabel",
    "glasvezel",
)
_MIXED = ("office_supplies", "web_agency")


@dataclass(frozen=True, slots=True)
class Trap:
    """`papers` are files and `movements` bank references; `worth` is a sum that goes with it, if any."""

    key: str
    says: str
    papers: tuple[str, ...]
    movements: tuple[str, ...]
    worth: Decimal | None = None


OfBill = Callable[[Bill], bool]
OfBooking = Callable[[Booked], bool]


def traps(story: Story) -> tuple[Trap, ...]:
    """All traps, each with at least one paper or movement."""
    bookings = [booked for statement in story.statements for booked in statement.booked]
    laid = [_trap(story, bookings, key, *finders) for key, finders in _TRAPS.items()]
    return (*laid, _price_rise(story), _idle(story), _unpaid(story, bookings))


def _trap(
    story: Story,
    bookings: list[Booked],
    key: str,
    says: str,
    of_bill: OfBill | None,
    of_booking: OfBooking | None,
) -> Trap:
    return Trap(
        key,
        says,
        tuple(paper_name(bill) for bill in story.bills if of_bill and bill.on_paper and of_bill(bill)),
        tuple(booked.reference for booked in bookings if of_booking and of_booking(booked)),
    )


def _pays(booked: Booked) -> list[Decimal]:
    return [part for _, part in booked.payment.pays]


def _is_purchase_paid(booked: Booked) -> bool:
    return booked.payment.kind is Kind.PAYS_INVOICE


def _two_at_once(booked: Booked) -> bool:
    parts = _pays(booked)
    return _is_purchase_paid(booked) and len(parts) > 1 and min(parts) > 0


def _netted(booked: Booked) -> bool:
    return len(_pays(booked)) > 1 and min(_pays(booked)) < 0


def _number_in_text(booked: Booked) -> bool:
    return (
        _is_purchase_paid(booked) and len(_pays(booked)) == 1 and booked.payment.words.startswith("Factuur ")
    )


def _no_reference(booked: Booked) -> bool:
    payment = booked.payment
    words = ("Factuur", "FACT", "CN", "+++")
    plain = not payment.structured and not payment.words.startswith(words)
    return _is_purchase_paid(booked) and payment.way is Way.OUT and plain


def _sells(words: tuple[str, ...]) -> OfBill:
    return lambda bill: not bill.own_sale and any(word in line.name for line in bill.lines for word in words)


_TRAPS: dict[str, tuple[str, OfBill | None, OfBooking | None]] = {
    "number_in_text": ("The payment carries the invoice's number in words.", None, _number_in_text),
    "no_reference": ("The payment says neither reference nor number.", None, _no_reference),
    "one_payment_for_two": ("One payment for two invoices.", None, _two_at_once),
    "partial_payment": (
        "An invoice paid in two parts, with the same reference.",
        None,
        lambda b: b.payment.is_part,
    ),
    "credit_note_netted": ("A payment less a credit note.", lambda bill: bill.credit, _netted),
    "paid_twice": (
        "The same invoice paid twice; the vendor gives it back a month later.",
        None,
        lambda b: b.payment.kind is Kind.PAID_TWICE or b.payment.words.startswith("Terugbetaling"),
    ),
    "refund": (
        "Money comes back for a credit note.",
        None,
        lambda b: b.payment.kind is Kind.REFUND and bool(b.payment.pays),
    ),
    "wrong_check_digits": (
        "A structured communication with a slip: it is text, and still names its invoice to a person.",
        None,
        lambda b: b.payment.words.startswith("+++"),
    ),
    "paid_at_order": (
        "Paid by card at the order; the invoice says nothing is due, and is a cost.",
        lambda bill: bill.prepaid_in_full,
        lambda b: b.payment.way is Way.CARD and bool(b.payment.pays),
    ),
    "sent_twice": ("The same invoice in two files that differ.", lambda bill: bill.sent_twice, None),
    "not_ours": ("An invoice to another firm that came into the folder.", lambda bill: not bill.ours, None),
    "foreign_currency": ("Invoiced in dollars, paid in euro.", lambda bill: bill.currency != "EUR", None),
    "renamed_vendor": (
        "The vendor changed its name and kept its number.",
        lambda bill: bill.seller.name.startswith("Vonk"),
        None,
    ),
    "mixed_vendor": (
        "The vendor sells IT and other things on one invoice.",
        lambda bill: bill.seller.key in _MIXED,
        None,
    ),
    "looks_like_it": ("Words of IT on a line that is not IT.", _sells(_LOOKS_LIKE_IT), None),
    "same_purpose_twice": (
        "Zoom and Slack are paid beside Teams, which comes with Microsoft 365.",
        lambda bill: bill.seller.key == "meetings",
        lambda b: b.payment.words in _SECOND_TOOL_CARDS,
    ),
    "paid_without_invoice": (
        "Software paid by card or direct debit without any paper.",
        None,
        lambda b: b.payment.kind is Kind.PAID_ONLY and bool(b.payment.purpose),
    ),
    "missing_invoice": (
        "A month without the invoice: only its payment is there, and is the cost.",
        None,
        lambda b: b.payment.kind is Kind.PAYS_ABSENT_INVOICE and not b.payment.is_older,
    ),
    "before_the_first_month": (
        "Paid in the first weeks; the invoice is older than the folder.",
        None,
        lambda b: b.payment.kind is Kind.PAYS_ABSENT_INVOICE and b.payment.is_older,
    ),
}


def _price_rise(story: Story) -> Trap:
    """What the rise costs in a year at the seats of the last month."""
    dearer = [
        (bill, line)
        for bill in story.bills
        for line in bill.lines
        if line.name == _RISE and bill.month >= _RISE_MONTH and bill.on_paper
    ]
    before = next(line.price for bill in story.bills for line in bill.lines if line.name == _RISE)
    last = dearer[-1][1]
    return Trap(
        "price_rise",
        f"{_RISE} costs {last.price} a seat from {story.months.name(_RISE_MONTH)} on, {before} before.",
        tuple(paper_name(bill) for bill, _ in dearer),
        (),
        (last.price - before) * last.quantity * 12,
    )


def _idle(story: Story) -> Trap:
    """A test server nobody uses, billed every month: what it costs in the last twelve."""
    idle = [
        (bill, line)
        for bill in story.bills
        for line in bill.lines
        if _IDLE in line.name and bill.month >= _THIS_YEAR and bill.on_paper
    ]
    return Trap(
        "idle_subscription",
        "A server whose line says that its load is nought.",
        tuple(paper_name(bill) for bill, _ in idle),
        (),
        sum((line.net for _, line in idle), Decimal(0)),
    )


def _unpaid(story: Story, bookings: list[Booked]) -> Trap:
    """Invoices no booking pays: those of the last weeks, and one of ours that a customer never paid."""
    paid = {paper for booked in bookings for paper, _ in booked.payment.pays}
    us = sample_firm().party
    open_bills = [
        bill
        for bill in story.bills
        if bill.on_paper
        and us in (bill.seller, bill.buyer)
        and not bill.credit
        and paper_name(bill) not in paid
    ]
    return Trap("unpaid", "No payment settles it.", tuple(paper_name(bill) for bill in open_bills), ())
