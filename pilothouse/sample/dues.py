"""What the sample company owes the state, and what it pays without ever getting a paper for it (`bank.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from random import Random

from pilothouse.sample.amounts import Entry, amount_at, entries, months_of
from pilothouse.sample.bills import ZERO, Bill, cents
from pilothouse.sample.identifiers import iban, reference_base
from pilothouse.sample.months import COUNT, Months, workday, workday_before
from pilothouse.sample.payments import Kind, Payment, Way
from pilothouse.sample.staff import wages_of

_SOCIAL_SHARE, _TAX_SHARE = Decimal("0.52"), Decimal("0.31")  # of net wages: together the usual gross cost
_CONSUMERS_VAT = Decimal("22000.00")  # a month, on sales that have no e-invoice
_STANDARD_RATE = Decimal("1.21")
_QUARTER_STARTS, _PREPAYMENT_MONTHS = (1, 4, 7, 10), (4, 7, 10, 12)
_PREPAYMENT = Decimal("9500.00")
_WAYS = {"card": Way.CARD, "direct_debit": Way.DIRECT_DEBIT, "transfer": Way.OUT, "fee": Way.FEE}


def payments_to_the_state(months: Months, seed: int, bills: Iterable[Bill]) -> Iterator[Payment]:
    vat_of_month = _vat_by_month(bills)
    for month in range(COUNT):
        first = months.day(month, 1)
        net_wages = sum((detail.amount for detail in wages_of(months, month - 1, seed)), ZERO)
        yield _state(months, month, 5, Kind.SOCIAL_SECURITY, cents(net_wages * _SOCIAL_SHARE))
        yield _state(months, month, 15, Kind.TAX, cents(net_wages * _TAX_SHARE))
        if first.month in _PREPAYMENT_MONTHS:
            yield _state(months, month, 10, Kind.TAX, _PREPAYMENT, "VOORAFBETALING VENNOOTSCHAPSBELASTING")
        if first.month in _QUARTER_STARTS:
            owed = sum((vat_of_month.get(m, _CONSUMERS_VAT) for m in range(month - 3, month)), ZERO)
            yield _state(months, month, 20, Kind.VAT, owed)


def _vat_by_month(bills: Iterable[Bill]) -> dict[int, Decimal]:
    """VAT on sales less VAT on purchases, by month; what consumers were billed comes on top."""
    owed: dict[int, Decimal] = {}
    for bill in bills:
        if bill.ours:
            sign = -1 if bill.own_sale == bill.credit else 1
            owed[bill.month] = owed.get(bill.month, _CONSUMERS_VAT) + sign * bill.vat
    return owed


def _state(months: Months, month: int, day: int, kind: Kind, amount: Decimal, words: str = "") -> Payment:
    """A payment to an office of the state; what it owes us comes in."""
    names = {
        Kind.SOCIAL_SECURITY: "RSZ - ONSS",
        Kind.TAX: "FOD Financiën Inning",
        Kind.VAT: "Btw-ontvangsten",
    }
    booked = workday(months.day(month, day))
    base = reference_base(f"state {kind}", booked.year, booked.month)
    return Payment(
        day=booked,
        amount=-amount,
        kind=kind,
        way=Way.OUT if amount > 0 else Way.IN,
        name=names[kind],
        iban=iban("BE", f"state {kind}"),
        words=words,
        structured="" if words else f"{base}{int(base) % 97 or 97:02d}",
    )


def payments_without_paper(months: Months, seed: int) -> Iterator[Payment]:
    """Cards, direct debits and fees of `bank.yaml`."""
    for entry in entries("bank.yaml"):
        for month in months_of(entry):
            if 0 <= month < COUNT:
                yield _without_paper(entry, months, month, Random(f"{seed}:bank:{entry['key']}:{month}"))


def _without_paper(entry: Entry, months: Months, month: int, rng: Random) -> Payment:
    way = _WAYS[entry["way"]]
    amount = cents(amount_at(entry["amount"], month, rng))
    day = workday_before(months.day(month, entry["day"]))
    named = way in (Way.DIRECT_DEBIT, Way.OUT)
    return Payment(
        day=max(day, months.day(month, 1)),
        amount=-amount,
        kind=Kind(entry.get("kind", Kind.PAID_ONLY)),
        way=way,
        name=entry["who"] if named else "",
        iban=iban("BE", entry["key"]) if named else "",
        words=entry.get("words", entry["who"]),
        town=entry.get("town", ""),
        purpose=entry.get("purpose", ""),
        cost=amount if entry.get("no_vat") else cents(amount / _STANDARD_RATE),
        mandate=f"MND{entry['key'].upper()}" if way is Way.DIRECT_DEBIT else "",
    )
