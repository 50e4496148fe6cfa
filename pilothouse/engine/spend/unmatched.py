"""Which invoices has nobody paid here, which payments have no invoice, and what may belong together?

An invoice to us is open while its payments leave more than a rounding of it. What may belong together is weighed pair
by pair: the vendor, the amount, the days between, the words. Each pair says why no rule took it for sure, so that a
person can decide at a glance. It proposes and never settles: only a rule (`settle.py`) or a person's word does.
Limits: purchases that only a ledger proves are not listed, since no paper of theirs is here to be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from math import log1p

from pilothouse.engine.spend.settle import ROUNDING
from pilothouse.engine.spend.terms import InvoicePaper, Settlement
from pilothouse.engine.spend.vendors import Parties
from pilothouse.engine.spend.written import normal_reference

# A payment lies at most so many days before an invoice (paid in advance) and so many after it.
DAYS_BEFORE = 90
DAYS_AFTER = 400
# People pay within two months; from there on a day more makes a pair less likely.
_USUAL_DAYS = 60
_SHORTEST_NAMED = 4
_ROUGHLY = Decimal("0.05")
_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class OpenInvoice:
    """An invoice to us that is not paid whole. Amounts are signed: what is still to leave our account is positive."""

    invoice: str
    vendor_key: str
    vendor_name: str
    number: str
    issued: date
    due: date | None
    currency: str
    whole: Decimal
    left: Decimal
    reference: str = ""


def open_invoices(
    invoices: Iterable[InvoicePaper], settlements: Iterable[Settlement], parties: Parties
) -> Iterator[OpenInvoice]:
    """The `invoices` (those to us, each once) of which more than a rounding is not settled."""
    paid: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        paid[settlement.invoice].append(settlement)
    for invoice in invoices:
        left = _left(invoice, paid.get(invoice.id, ()))
        if abs(left) > ROUNDING:
            vendor = parties.vendor(invoice.seller)
            yield OpenInvoice(
                invoice.id,
                vendor.key,
                vendor.name,
                invoice.number,
                invoice.issue_date,
                invoice.due_date,
                invoice.currency,
                _signed(invoice),
                left,
                invoice.reference,
            )


def _left(invoice: InvoicePaper, paid: Sequence[Settlement]) -> Decimal:
    """What is left of it; a payment in another currency pays it whole."""
    if any(s.amount.currency != invoice.currency for s in paid):
        return _NOTHING
    whole = _signed(invoice)
    left = whole - sum((s.amount.amount for s in paid), _NOTHING)
    return left if (left > 0) == (whole > 0) else _NOTHING


def _signed(invoice: InvoicePaper) -> Decimal:
    asked = invoice.payable or invoice.net + invoice.vat
    return -asked if invoice.is_credit else asked


@dataclass(frozen=True, slots=True)
class OpenPayment:
    """A payment, or what is left of one, that settles no invoice here; positive has left our account."""

    line: str
    vendor_key: str
    day: date
    currency: str
    left: Decimal
    words: str


class WhyNot(StrEnum):
    """Why no rule took a pair for sure."""

    OTHER_VENDOR = "other_vendor"
    LESS = "less"  # less was paid than is open
    MORE = "more"
    OTHER_CURRENCY = "other_currency"
    BEFORE = "before"  # paid before the invoice was there
    LATE = "late"
    NO_WORD = "no_word"  # nothing written names it


@dataclass(frozen=True, slots=True)
class Weighed:
    """How far a pair is from a sure one (0), and why."""

    cost: float
    why_not: tuple[WhyNot, ...]


def weigh(owed: OpenInvoice, paid: OpenPayment) -> Weighed | None:
    """How likely the payment pays the invoice; None where nothing speaks for it.

    Something speaks for it where the vendor is the same or the amount is, or where the number is written.
    """
    days = (paid.day - owed.issued).days
    if not -DAYS_BEFORE <= days <= DAYS_AFTER or (owed.left > 0) != (paid.left > 0):
        return None
    same_vendor, named = owed.vendor_key == paid.vendor_key, _names(paid.words, owed)
    same_currency = owed.currency == paid.currency
    off = abs(paid.left) - abs(owed.left)
    same_amount = same_currency and abs(off) <= ROUNDING
    if not (same_vendor or named or same_amount):
        return None
    told = {
        WhyNot.OTHER_VENDOR: not same_vendor,
        WhyNot.OTHER_CURRENCY: not same_currency,
        WhyNot.LESS: same_currency and not same_amount and off < 0,
        WhyNot.MORE: same_currency and not same_amount and off > 0,
        WhyNot.BEFORE: days < 0,
        WhyNot.LATE: days > _USUAL_DAYS * 2,
        WhyNot.NO_WORD: not named,
    }
    far = 0.0 if same_amount else 1.0 if abs(off) <= _ROUGHLY * abs(owed.left) else 2.0
    late = log1p(max(0, abs(days) - _USUAL_DAYS) / _USUAL_DAYS)
    cost = far + late + 2.0 * (not same_vendor) + 1.0 * (not same_currency) - 3.0 * named + 3.0
    return Weighed(cost + abs(days) / 10_000, tuple(why for why, so in told.items() if so))


def _names(words: str, owed: OpenInvoice) -> bool:
    written = normal_reference(words)
    said = (normal_reference(owed.number), normal_reference(owed.reference))
    return any(len(number) >= _SHORTEST_NAMED and number in written for number in said)
