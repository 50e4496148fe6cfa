"""A payment as the bank will book it, and how the bills of the sample are paid.

Amounts are signed as the bank sees them: money out is negative. `pays` names each bill a payment settles, by its
paper, with the part of the bill in the bill's own currency; that, `kind` and `purpose` are the truth no paper says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from random import Random

from pilothouse.sample.bills import Bill, cents
from pilothouse.sample.months import workday, workday_before
from pilothouse.sample.papers import paper_name
from pilothouse.sample.purchases import Purchase, booking_day

_FIRST_PART = Decimal("0.6")
_CARD_TOWN = "ONLINE"


class Kind(StrEnum):
    """What a movement really is."""

    PAYS_INVOICE = "pays_invoice"
    PAYS_ABSENT_INVOICE = (
        "pays_absent_invoice"  # the paper is from before the first month, or was never brought
    )
    PAYS_BOOKED_ONLY = "pays_booked_only"  # came on paper and stands in the ledger only, which says the cost
    PAID_ONLY = "paid_only"  # a purchase that never has a paper: card, direct debit
    PAID_TWICE = "paid_twice"
    REFUND = "refund"
    CUSTOMER = "customer"
    CONSUMER = "consumer"
    WAGES = "wages"
    EXPENSES = "expenses"
    SICKNESS_FUND = "sickness_fund"
    UNION = "union"
    SOCIAL_SECURITY = "social_security"
    TAX = "tax"
    VAT = "vat"
    BANK_COST = "bank_cost"
    INTEREST = "interest"
    OWN_TRANSFER = "own_transfer"
    CARD_DEBIT = "card_debit"  # pays the month of the card, whose lines are on its own statement


class Way(StrEnum):
    """How money moves: it decides the bank's transaction code."""

    OUT = "out"
    IN = "in"
    WAGE = "wage"
    CARD = "card"
    DIRECT_DEBIT = "direct_debit"
    FEE = "fee"
    INTEREST = "interest"


@dataclass(frozen=True, slots=True)
class Detail:
    """One payment within a total, such as one wage of the wages."""

    name: str
    iban: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """`structured` is twelve digits; `words` is what was written, or the terminal of a card payment. `settles` are
    the seller's VAT number and the number of each bill it settles, also of those whose papers are not there.
    """

    day: date
    amount: Decimal
    kind: Kind
    way: Way
    name: str = ""
    iban: str = ""
    words: str = ""
    structured: str = ""
    town: str = ""
    pays: tuple[tuple[str, Decimal], ...] = ()
    settles: tuple[tuple[str, str], ...] = ()
    purpose: str = ""
    cost: Decimal | None = None
    details: tuple[Detail, ...] = ()
    mandate: str = ""
    is_part: bool = False
    is_older: bool = False  # the invoice was issued before the first month


def payments_of(purchases: list[Purchase], seed: int) -> Iterator[Payment]:
    """All payments of one vendor's bills."""
    waiting: dict[int, Purchase] = {}
    credits = {p.bill.preceding: p.bill for p in purchases if p.bill.credit and p.how == "netting"}
    for purchase in purchases:
        rng = Random(f"{seed}:pay:{purchase.bill.seller.key}:{purchase.bill.number}")
        if purchase.how == "with_next":
            waiting[purchase.series] = purchase
        elif purchase.how == "cash":
            continue
        elif purchase.bill.credit or not purchase.bill.ours:
            yield from _given_back(purchase)
        elif purchase.series in waiting:
            yield _together([waiting.pop(purchase.series).bill, purchase.bill], rng)
        elif purchase.bill.number in credits:
            yield _together([purchase.bill, credits[purchase.bill.number]], rng)
        else:
            yield from _one_bill(purchase, rng)


def _one_bill(purchase: Purchase, rng: Random) -> Iterator[Payment]:
    bill = purchase.bill
    usual = _usual(purchase, rng)
    if purchase.how == "in_two":
        yield from _in_two(bill, usual)
    elif purchase.how == "twice":
        yield from _twice(bill, usual)
    elif purchase.how == "at_order":
        day = workday_before(bill.issued - timedelta(days=1))
        words = bill.seller.name.upper()[:16]
        yield replace(
            usual, day=day, way=Way.CARD, words=words, town=_CARD_TOWN, name="", iban="", structured=""
        )
    elif purchase.how == "wrong_digits":
        yield replace(usual, structured="", words=_slipped(bill.reference))
    else:
        yield usual


def _usual(purchase: Purchase, rng: Random) -> Payment:
    bill = purchase.bill
    amount, note = in_euro(bill, rng)
    structured = "".join(filter(str.isdigit, bill.reference))
    words = "" if structured else f"Factuur {bill.number}"
    if purchase.says == "words" or purchase.how == "words":
        words, structured = f"{bill.lines[0].name[:40]} {bill.issued:%m/%Y}", ""
    payment = Payment(
        day=booking_day(bill, rng),
        amount=-amount,
        kind=Kind.PAYS_INVOICE if bill.on_paper else Kind.PAYS_ABSENT_INVOICE,
        way=Way.DIRECT_DEBIT if bill.direct_debit else Way.OUT,
        name=bill.seller.name,
        iban=bill.seller.iban,
        words=f"{words} {note}".strip(),
        structured=structured,
        mandate=f"MND{bill.seller.legal_id[0]}" if bill.direct_debit else "",
    )
    return _settling(payment, [bill])


def _settling(payment: Payment, bills: list[Bill]) -> Payment:
    """The payment with what it settles: papers that are there, or the cost and purpose of one that is not."""
    absent = [bill for bill in bills if not bill.on_paper]
    return replace(
        payment,
        pays=tuple((paper_name(b), -b.gross if b.credit else b.gross) for b in bills if b.on_paper),
        settles=tuple((bill.seller.vat_id, bill.number) for bill in bills),
        purpose=absent[0].main_purpose if absent else "",
        cost=sum((bill.net for bill in absent), Decimal(0)) if absent else None,
        is_older=any(bill.month < 0 for bill in absent),
    )


def _together(bills: list[Bill], rng: Random) -> Payment:
    """One transfer for several bills, less credit notes; it carries their numbers in words."""
    seller = bills[-1].seller
    day = max(booking_day(bills[0], rng), workday(bills[-1].issued + timedelta(days=3)))
    payment = Payment(
        day=day,
        amount=-sum((bill.signed_gross for bill in bills), Decimal(0)),
        kind=Kind.PAYS_INVOICE,
        way=Way.OUT,
        name=seller.name,
        iban=seller.iban,
        words=" ".join(f"{'CN' if bill.credit else 'FACT'} {bill.number}" for bill in bills),
    )
    return _settling(payment, bills)


def _in_two(bill: Bill, usual: Payment) -> Iterator[Payment]:
    first = cents(usual.amount * _FIRST_PART)
    second = usual.amount - first
    paper = paper_name(bill)
    yield replace(usual, amount=first, pays=((paper, -first),), is_part=True)
    later = workday(usual.day + timedelta(days=18))
    yield replace(usual, day=later, amount=second, pays=((paper, -second),), is_part=True)


def _twice(bill: Bill, usual: Payment) -> Iterator[Payment]:
    yield usual
    again = workday(usual.day + timedelta(days=6))
    yield replace(usual, day=again, kind=Kind.PAID_TWICE, pays=(), settles=())
    yield Payment(
        day=workday(again + timedelta(days=32)),
        amount=-usual.amount,
        kind=Kind.REFUND,
        way=Way.IN,
        name=bill.seller.name,
        iban=bill.seller.iban,
        words=f"Terugbetaling dubbele betaling {bill.number}",
    )


def _given_back(purchase: Purchase) -> Iterable[Payment]:
    """A credit note whose money comes back; one that is netted, and a bill of others, bring no payment."""
    bill = purchase.bill
    if purchase.how != "refund":
        return ()
    refund = Payment(
        day=workday(bill.issued + timedelta(days=10)),
        amount=bill.gross,
        kind=Kind.REFUND,
        way=Way.IN,
        name=bill.seller.name,
        iban=bill.seller.iban,
        words=f"Creditnota {bill.number}",
        pays=((paper_name(bill), -bill.gross),),
        settles=((bill.seller.vat_id, bill.number),),
    )
    return (refund,)


def in_euro(bill: Bill, rng: Random) -> tuple[Decimal, str]:
    """What leaves the account in euro, and what the bank writes of the exchange."""
    if bill.currency == "EUR":
        return bill.gross, ""
    rate = Decimal(rng.randint(10500, 11700)) / 10000
    return cents(bill.gross / rate), f"{bill.currency} {bill.gross} KOERS {rate}".replace(".", ",")


def _slipped(reference: str) -> str:
    """The reference with a slip in its last digit but three: its check digits no longer hold."""
    place = len(reference) - 6
    slipped = str((int(reference[place]) + 1) % 10)
    return f"{reference[:place]}{slipped}{reference[place + 1 :]}"
