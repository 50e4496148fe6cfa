"""Where a payment and its invoice differ: how much, and what is the difference?

- `discount`: less was paid, soon after the invoice, by a whole or half percent of it (with or without VAT). Its invoice
  is paid, and costs less (`discounts.py`).
- `currency`: an invoice in another currency; paid is what left the bank, billed what the rate of its day says.
- `bank_fee`: more was paid, by little, and the words speak of costs or the account is abroad. It is the bank's.
- `paid_more`, `short_paid`: nothing explains it; somebody has to look.
What counts as soon, little and a discount are assumptions. Limits: a fee that the vendor's bank takes looks to us like
nothing, and a part payment of exactly two percent less like a discount.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pilothouse.engine.assumptions import AssumptionBook
from pilothouse.engine.money import Money
from pilothouse.engine.spend.exchange import PLAUSIBLE
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.rates import ExchangeRates
from pilothouse.engine.spend.settle import PAID_TWICE, ROUNDING
from pilothouse.engine.spend.terms import BankMovement, InvoicePaper, Settlement

_EVERYWHERE = "EU"
_STEP = Decimal("0.005")
_NOTHING = Decimal(0)
_COSTS = (
    "kosten, bankkosten, transactiekosten, wisselkosten, overschrijvingskosten, frais, frais bancaires, frais de "
    "transfert, commission, bank charges, charges, charge, bank fee, bank fees, fee, fees, gebuhr, gebuhren, spesen"
)
_OF_COSTS = Phrases((word, word) for word in _COSTS.split(", "))


class Why(StrEnum):
    """What a difference is."""

    DISCOUNT = "discount"
    CURRENCY = "currency"
    BANK_FEE = "bank_fee"
    PAID_MORE = "paid_more"
    SHORT_PAID = "short_paid"


@dataclass(frozen=True, slots=True)
class Difference:
    """An invoice to us, the (last) payment of it on `day`, and what was billed and paid in the currency of the payment.

    `share` is the discount in percent; `seller` and `number` are as the invoice has them.
    """

    invoice: str
    movement: str
    seller: str
    number: str
    day: date
    billed: Money
    paid: Money
    why: Why
    share: Decimal | None = None

    @property
    def amount(self) -> Money:
        """What was paid beyond the bill; negative where less was paid."""
        return self.paid - self.billed


@dataclass(frozen=True, slots=True)
class Limits:
    """Up to where a difference looks like a discount (a share, within days) or a fee."""

    discount: Decimal
    days: int
    fee: Decimal


def limits_on(book: AssumptionBook, day: date) -> Limits:
    """What is believed on a day; where nothing is known nothing is explained."""
    known = {
        key: book.at(f"payments.{key}", day, _EVERYWHERE).high
        for key in ("early_discount", "early_discount_days", "bank_fee")
        if book.knows(f"payments.{key}", day, _EVERYWHERE)
    }
    return Limits(
        known.get("early_discount", _NOTHING) / 100,
        int(known.get("early_discount_days", _NOTHING)),
        known.get("bank_fee", _NOTHING),
    )


def find_differences(
    invoices: Iterable[InvoicePaper],
    movements: Iterable[BankMovement],
    settlements: Iterable[Settlement],
    grounds: tuple[AssumptionBook, ExchangeRates],
) -> tuple[Difference, ...]:
    """The differences of `invoices` (those to us, each once) from what was paid for them, by day and invoice."""
    book, rates = grounds
    to_us = {invoice.id: invoice for invoice in invoices if not invoice.is_credit}
    booked = {movement.id: movement for movement in movements}
    settled = list(settlements)
    of_invoice = _by(
        lambda s: s.invoice, [s for s in settled if s.invoice in to_us and s.because.kind != PAID_TWICE]
    )
    found: list[Difference] = []
    for key, of_it in of_invoice.items():
        invoice = to_us[key]
        if any(s.amount.currency != invoice.currency for s in of_it):
            found += _converted(invoice, _Paid(of_it, booked), rates)
        elif sum((s.amount.amount for s in of_it), _NOTHING) < _billed(invoice) - ROUNDING:
            found += _less(invoice, _Paid(of_it, booked), limits_on(book, invoice.issue_date))
    for key, by_it in _by(lambda s: s.movement, settled).items():
        rest = -booked[key].amount - sum((s.amount.amount for s in by_it), _NOTHING)
        if rest > ROUNDING:
            found += _more(booked[key], rest, [s for s in by_it if s.invoice in to_us], to_us, book)
    return tuple(sorted(found, key=lambda d: (d.day, d.invoice, d.movement)))


def discounted(differences: Iterable[Difference]) -> frozenset[str]:
    """The invoices that are paid, less what was granted for paying soon."""
    return frozenset(d.invoice for d in differences if d.why is Why.DISCOUNT)


def fees(differences: Iterable[Difference]) -> frozenset[str]:
    """The payments of which what is left over is a bank's fee."""
    return frozenset(d.movement for d in differences if d.why is Why.BANK_FEE)


def _by(
    key: Callable[[Settlement], str], settlements: Iterable[Settlement]
) -> Mapping[str, Sequence[Settlement]]:
    found: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        found[key(settlement)].append(settlement)
    return found


class _Paid:
    """What was paid for one invoice."""

    def __init__(self, settlements: Sequence[Settlement], booked: Mapping[str, BankMovement]) -> None:
        self.last = max((booked[s.movement] for s in settlements), key=lambda m: (m.date, m.id))
        self.currencies = {s.amount.currency for s in settlements}
        self.total = sum((s.amount.amount for s in settlements), _NOTHING)


def _billed(invoice: InvoicePaper) -> Decimal:
    return invoice.payable or invoice.net + invoice.vat


def _converted(invoice: InvoicePaper, paid: _Paid, rates: ExchangeRates) -> Iterator[Difference]:
    """What the bank's rate on the day of payment made of an invoice in another currency; beyond a tenth it is none."""
    if len(paid.currencies) > 1:
        return
    currency = paid.last.currency
    by_rate = rates.convert(Money(_billed(invoice), invoice.currency), currency, invoice.issue_date)
    if by_rate is None:
        return
    off = abs(paid.total - by_rate.money.amount)
    if ROUNDING < off <= abs(by_rate.money.amount) * PLAUSIBLE:
        total = Money(paid.total, currency)
        yield _difference(invoice, paid.last, by_rate.money, total, Why.CURRENCY)


def _less(invoice: InvoicePaper, paid: _Paid, limits: Limits) -> Iterator[Difference]:
    """Less was paid than billed, but something."""
    whole = _billed(invoice)
    left = whole - paid.total
    if left >= whole:
        return
    share = (
        _discount(invoice, left, limits)
        if (paid.last.date - invoice.issue_date).days <= limits.days
        else None
    )
    why = Why.SHORT_PAID if share is None else Why.DISCOUNT
    billed, total = Money(whole, invoice.currency), Money(paid.total, invoice.currency)
    yield _difference(invoice, paid.last, billed, total, why, share)


def _discount(invoice: InvoicePaper, left: Decimal, limits: Limits) -> Decimal | None:
    """The whole or half percent of the invoice that is missing, in percent; None where it is none.

    A discount may be granted on the sum with VAT or on that without it (Belgian invoices bear VAT as if it were taken).
    """
    for base in (_billed(invoice), invoice.net):
        if base <= 0:
            continue
        steps = (left / base / _STEP).quantize(Decimal(1))
        share = steps * _STEP
        if steps and share <= limits.discount and abs(share * base - left) <= ROUNDING:
            return share * 100
    return None


def _more(
    movement: BankMovement,
    rest: Decimal,
    ours: Sequence[Settlement],
    to_us: Mapping[str, InvoicePaper],
    book: AssumptionBook,
) -> Iterator[Difference]:
    """More was paid than the invoices it settles; said beside the largest of them."""
    at_home = [s for s in ours if s.amount.currency == to_us[s.invoice].currency]
    if not at_home:
        return
    largest = max(at_home, key=lambda s: (s.amount.amount, s.invoice))
    fee = rest <= limits_on(book, movement.date).fee and _may_bear_fees(movement)
    paid = largest.amount + Money(rest, largest.amount.currency)
    why = Why.BANK_FEE if fee else Why.PAID_MORE
    yield _difference(to_us[largest.invoice], movement, largest.amount, paid, why)


def _difference(
    invoice: InvoicePaper,
    movement: BankMovement,
    billed: Money,
    paid: Money,
    why: Why,
    share: Decimal | None = None,
) -> Difference:
    return Difference(
        invoice.id, movement.id, invoice.seller.name, invoice.number, movement.date, billed, paid, why, share
    )


def _may_bear_fees(movement: BankMovement) -> bool:
    """Whether its words speak of costs, or the money went abroad."""
    theirs = {iban[:2] for iban in movement.counterparty.ibans if iban[:2].isalpha()}
    ours = movement.account[:2]
    abroad = ours.isalpha() and bool(theirs) and ours not in theirs
    return abroad or bool(_OF_COSTS.first(movement.communication))
