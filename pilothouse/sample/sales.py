"""What the sample company sells: invoices to firms, and what firms and consumers pay.

Consumers get no e-invoice; their payments carry structured communications of papers that are not here.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from random import Random

from pilothouse.sample.amounts import BEFORE, Entry, amount_at, entries, quantity_at
from pilothouse.sample.bills import Bill, cents
from pilothouse.sample.firm import CONSUMER_NAMES, FIRST_NAMES, party, sample_firm
from pilothouse.sample.identifiers import iban, reference_base, structured_communication
from pilothouse.sample.months import COUNT, Months, workday
from pilothouse.sample.papers import paper_name
from pilothouse.sample.payments import Kind, Payment, Way
from pilothouse.sample.purchases import line_of

_A_MONTH = 4
_CREDITED = (8, 17)  # months in which the second sale is partly credited
_UNPAID = (20, 3)  # a month, and which sale of it: a customer who never pays
_DAYS = (5, 12, 19, 26)


@dataclass(frozen=True, slots=True)
class Sale:
    """An invoice of ours, or a credit note (`credits` is the invoice it lessens); `late` in days after its due date."""

    bill: Bill
    late: int
    says: str
    credits: Bill | None = None


def sales(months: Months, seed: int) -> Iterator[Sale]:
    """Our invoices and credit notes in their order, the month before the first included."""
    customers = entries("customers.yaml")
    counted: Counter[int] = Counter()
    for month in range(BEFORE, COUNT):
        for turn, day in enumerate(_DAYS[:_A_MONTH]):
            customer = customers[(month * _A_MONTH + turn) % len(customers)]
            sale = _sale(customer, months, (month, day), seed, counted)
            yield sale
            if month in _CREDITED and turn == 1:
                yield _credit(sale, counted)


def _sale(customer: Entry, months: Months, when: tuple[int, int], seed: int, counted: Counter[int]) -> Sale:
    month, day = when
    rng = Random(f"{seed}:sale:{month}:{day}")
    issued = months.day(month, day)
    counted[issued.year] += 1
    lines = (
        line_of(item, quantity_at(item["quantity"], month, rng), amount_at(item["price"], month, rng))
        for item in customer["lines"]
    )
    bill = Bill(
        number=f"VZ-{issued.year}-{counted[issued.year]:04d}",
        seller=sample_firm().party,
        buyer=party(
            customer["key"], customer["name"], country=customer.get("country", "BE"), city="Voorbeeldegem"
        ),
        month=month,
        issued=issued,
        due=issued + timedelta(days=30),
        lines=tuple(lines),
        reference=structured_communication(reference_base("sales", issued.year, counted[issued.year])),
        on_paper=month > BEFORE,
        own_sale=True,
    )
    late = customer.get("late", 0) + rng.randint(-4, 4)
    return Sale(bill, late, customer.get("pays", "structured"))


def _credit(sale: Sale, counted: Counter[int]) -> Sale:
    """A twentieth of the first line given back for late work."""
    bill = sale.bill
    counted[bill.issued.year] += 1
    part = replace(
        bill.lines[0], quantity=Decimal(1), name=f"Tegemoetkoming laattijdige plaatsing ({bill.number})"
    )
    credit = replace(
        bill,
        number=f"VZ-{bill.issued.year}-{counted[bill.issued.year]:04d}",
        issued=bill.issued + timedelta(days=1),
        lines=(part,),
        reference="",
        credit=True,
        preceding=bill.number,
    )
    return Sale(credit, 0, sale.says, credits=bill)


def payments_of_customers(sold: list[Sale]) -> Iterator[Payment]:
    """One payment for each sale, less its credit note."""
    credited = {sale.credits.number: sale.bill for sale in sold if sale.credits}
    seen: Counter[int] = Counter()
    for sale in sold:
        bill = sale.bill
        if bill.credit:
            continue
        seen[bill.month] += 1
        if (bill.month, seen[bill.month]) != _UNPAID:
            yield _received(sale, credited.get(bill.number))


def _received(sale: Sale, credit: Bill | None) -> Payment:
    bill = sale.bill
    by_number = sale.says == "number" or credit is not None
    settled = [b for b in (bill, credit) if b is not None]
    return Payment(
        day=workday(bill.due + timedelta(days=sale.late)),
        amount=sum((b.signed_gross for b in settled), Decimal(0)),
        kind=Kind.CUSTOMER,
        way=Way.IN,
        name=bill.buyer.name,
        iban=bill.buyer.iban,
        words=" / ".join(b.number for b in settled) if by_number else "",
        structured="" if by_number else "".join(filter(str.isdigit, bill.reference)),
        pays=tuple((paper_name(b), b.signed_gross) for b in settled if b.on_paper),
    )


def payments_of_consumers(months: Months, seed: int) -> Iterator[Payment]:
    """People who had sunblinds made; more of them from spring to summer."""
    for month in range(COUNT):
        rng = Random(f"{seed}:consumers:{month}")
        high_season = months.day(month, 1).month in range(4, 10)
        for number in range(rng.randint(20, 27) if high_season else rng.randint(15, 21)):
            yield _consumer(months, month, number, rng)


def _consumer(months: Months, month: int, number: int, rng: Random) -> Payment:
    name = f"{rng.choice(FIRST_NAMES)} {rng.choice(CONSUMER_NAMES)}"
    day = workday(months.day(month, rng.randint(1, 26)))
    structured = structured_communication(reference_base("consumers", day.year, day.month * 100 + number))
    by_reference = rng.random() < 0.7
    return Payment(
        day=day,
        amount=cents(Decimal(rng.randint(240000, 1540000)) / 100),
        kind=Kind.CONSUMER,
        way=Way.IN,
        name=name,
        iban=iban("BE", f"consumer {name}"),
        words="" if by_reference else f"saldo zonwering offerte {day:%y}{number:03d}",
        structured="".join(filter(str.isdigit, structured)) if by_reference else "",
    )
