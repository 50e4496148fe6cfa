"""What is really in the sample's papers: planted when they are made, so that answers can be checked against it.

A cost is net of VAT. An invoice costs in the month of its issue, line by line; a charge or allowance of the whole
document goes with the dearest line. A payment without paper costs in the month of its booking: what was paid less
VAT at 21 percent wherever the vendor sits, or the net of the invoice that was never brought. What is paid twice is
not a cost: it comes back. Dollars stay dollars; what was paid for them in euro is the amount of the movement.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.sample.bank import Booked, MonthOfAccount
from pilothouse.sample.bills import ZERO, Bill
from pilothouse.sample.books import Booked as Row
from pilothouse.sample.card import Charged
from pilothouse.sample.contracts import ContractTruth
from pilothouse.sample.exports import Licence, Seat
from pilothouse.sample.other_traps import other_traps
from pilothouse.sample.papers import paper_name, statement_name
from pilothouse.sample.payments import Kind
from pilothouse.sample.proofs import Purchase, purchases_of
from pilothouse.sample.story import Story, tell
from pilothouse.sample.traps import Trap, traps

COUNTS, OWN_SALE, NOT_OURS, DUPLICATE = "counts", "own_sale", "not_ours", "duplicate"


@dataclass(frozen=True, slots=True)
class VendorTruth:
    """`names` are all it goes by; `purpose` is what most of its money is for, "" when it is not IT."""

    names: tuple[str, ...]
    vat_id: str
    iban: str
    is_it: bool
    purpose: str


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """A line, or with number "" the charges less allowances of the document. Signed: a credit is negative."""

    number: str
    name: str
    net: Decimal
    purpose: str


@dataclass(frozen=True, slots=True)
class InvoiceTruth:
    """`counting` is counts, own_sale, not_ours or duplicate; `paid_by` are bank references."""

    paper: str
    number: str
    credit: bool
    seller: str
    month: str
    currency: str
    net: Decimal
    vat: Decimal
    gross: Decimal
    payable: Decimal
    counting: str
    items: tuple[ItemTruth, ...]
    paid_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MovementTruth:
    """`pays` are papers with the part of them, in their currency; `cost` and `purpose` where it is a cost itself."""

    reference: str
    paper: str
    day: date
    amount: Decimal
    kind: Kind
    pays: tuple[tuple[str, Decimal], ...]
    cost: Decimal | None
    purpose: str


@dataclass(frozen=True, slots=True)
class StatementTruth:
    paper: str
    iban: str
    opening: Decimal
    closing: Decimal
    movements: int


@dataclass(frozen=True, slots=True)
class ItCost:
    """What IT cost in a month: by invoices in euro, by invoices in dollars, and by payments without paper; by the
    card; by what only the ledger has; by bills that came otherwise and wait for nobody."""

    month: str
    invoiced: Decimal
    invoiced_usd: Decimal
    paid_only: Decimal
    card: Decimal = ZERO
    booked_only: Decimal = ZERO
    otherwise: Decimal = ZERO

    @property
    def whole(self) -> Decimal:
        """All of it in euro, each purchase once."""
        return self.invoiced + self.paid_only + self.card + self.booked_only + self.otherwise


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is true of one sample; `last_year` are the twelve months a diagnosis looks at."""

    until: date
    seed: int
    company: str
    months: tuple[str, ...]
    vendors: tuple[VendorTruth, ...]
    invoices: tuple[InvoiceTruth, ...]
    movements: tuple[MovementTruth, ...]
    statements: tuple[StatementTruth, ...]
    it_costs: tuple[ItCost, ...]
    traps: tuple[Trap, ...]
    purchases: tuple[Purchase, ...]
    card: tuple[Charged, ...]
    ledger: tuple[Row, ...]
    others: tuple[InvoiceTruth, ...]
    only_booked: tuple[InvoiceTruth, ...]
    contracts: tuple[ContractTruth, ...]
    seats: tuple[Seat, ...]
    licences: tuple[Licence, ...]

    @property
    def last_year(self) -> tuple[ItCost, ...]:
        return self.it_costs[-12:]

    def trap(self, key: str) -> Trap:
        return next(trap for trap in self.traps if trap.key == key)

    def it_by_purpose(self, months: tuple[str, ...], currency: str = "EUR") -> dict[str, Decimal]:
        """What IT cost in `months` for each purpose; payments without paper are in euro."""
        costs: defaultdict[str, Decimal] = defaultdict(Decimal)
        for invoice in self.invoices:
            if invoice.counting == COUNTS and invoice.month in months and invoice.currency == currency:
                for item in _it_items(invoice):
                    costs[item.purpose] += item.net
        for movement in self.movements:
            if currency == "EUR" and movement.purpose and f"{movement.day:%Y-%m}" in months:
                costs[movement.purpose] += movement.cost or ZERO
        return dict(costs)

    def as_json(self) -> dict[str, Any]:
        """Amounts as strings, days as ISO 8601."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def truth(until: date, seed: int = 1) -> Truth:
    """What is true of `sample_papers(until, seed)`."""
    story = tell(until, seed)
    movements = tuple(_movement(s, booked) for s in story.statements for booked in s.booked)
    invoices = tuple(_invoices(story, movements))
    purchases = purchases_of(story)
    return Truth(
        until=until,
        seed=seed,
        company=story.firm.name,
        months=story.months.names,
        vendors=tuple(_vendors(story)),
        invoices=invoices,
        movements=movements,
        statements=tuple(_statement(statement) for statement in story.statements),
        it_costs=tuple(_it_cost(story, month, invoices, movements) for month in story.months.names),
        traps=(*traps(story), *other_traps(story)),
        purchases=purchases,
        card=story.card,
        ledger=story.ledger,
        others=tuple(_otherwise(story, story.others, movements)),
        only_booked=tuple(_otherwise(story, story.only_booked, movements)),
        contracts=story.contracts,
        seats=story.seats,
        licences=story.licences,
    )


def _statement(statement: MonthOfAccount) -> StatementTruth:
    return StatementTruth(
        paper=statement_name(statement.account, statement.month),
        iban=statement.iban,
        opening=statement.opening,
        closing=statement.closing,
        movements=len(statement.booked),
    )


def _movement(statement: MonthOfAccount, booked: Booked) -> MovementTruth:
    payment = booked.payment
    return MovementTruth(
        reference=booked.reference,
        paper=statement_name(statement.account, statement.month),
        day=payment.day,
        amount=payment.amount,
        kind=payment.kind,
        pays=payment.pays,
        cost=payment.cost,
        purpose=payment.purpose,
    )


def _invoices(story: Story, movements: tuple[MovementTruth, ...]) -> Iterator[InvoiceTruth]:
    paid_by = _paid_by(movements)
    for bill in story.bills:
        if not bill.on_paper:
            continue
        paper = paper_name(bill)
        yield _invoice(story, bill, paper, _counting(bill), paid_by.get(paper, ()))
        if bill.sent_twice:
            yield _invoice(story, bill, paper_name(bill, copy=True), DUPLICATE, ())


def _otherwise(
    story: Story, bills: tuple[Bill, ...], movements: tuple[MovementTruth, ...]
) -> Iterator[InvoiceTruth]:
    """Bills that are no e-invoice of their own in the folder; those that only the ledger tells of have no paper."""
    paid_by = _paid_by(movements)
    for bill in bills:
        yield _invoice(story, bill, bill.file, COUNTS, paid_by.get(bill.file, ()))


def _paid_by(movements: tuple[MovementTruth, ...]) -> dict[str, tuple[str, ...]]:
    paid_by: dict[str, tuple[str, ...]] = {}
    for movement in movements:
        for paper, _ in movement.pays:
            paid_by[paper] = (*paid_by.get(paper, ()), movement.reference)
    return paid_by


def _counting(bill: Bill) -> str:
    if bill.own_sale:
        return OWN_SALE
    return COUNTS if bill.ours else NOT_OURS


def _invoice(story: Story, bill: Bill, paper: str, counting: str, paid_by: tuple[str, ...]) -> InvoiceTruth:
    return InvoiceTruth(
        paper=paper,
        number=bill.number,
        credit=bill.credit,
        seller=bill.seller.name,
        month=story.months.name(bill.month),
        currency=bill.currency,
        net=bill.net,
        vat=bill.vat,
        gross=bill.gross,
        payable=bill.payable,
        counting=counting,
        items=tuple(_items(bill)),
        paid_by=paid_by,
    )


def _items(bill: Bill) -> Iterator[ItemTruth]:
    sign = -1 if bill.credit else 1
    for number, line in enumerate(bill.lines, start=1):
        yield ItemTruth(str(number), line.name, sign * line.net, line.purpose)
    rest = bill.charges_total - bill.allowances_total
    if rest:
        yield ItemTruth("", "", sign * rest, bill.main_purpose)


def _it_items(invoice: InvoiceTruth) -> list[ItemTruth]:
    return [item for item in invoice.items if item.purpose]


def _it_cost(
    story: Story, month: str, invoices: tuple[InvoiceTruth, ...], movements: tuple[MovementTruth, ...]
) -> ItCost:
    """IT of the month by each kind of paper that tells of it."""

    def invoiced(currency: str) -> Decimal:
        counted = (
            i for i in invoices if i.counting == COUNTS and i.month == month and i.currency == currency
        )
        return sum((item.net for invoice in counted for item in _it_items(invoice)), ZERO)

    def it_of(bills: tuple[Bill, ...]) -> Decimal:
        of_month = (bill for bill in bills if story.months.name(bill.month) == month)
        return sum((line.net for bill in of_month for line in bill.lines if line.purpose), ZERO)

    paid = (m.cost for m in movements if m.purpose and m.cost is not None and f"{m.day:%Y-%m}" == month)
    card = (c.cost for c in story.card if c.purpose and f"{c.day:%Y-%m}" == month)
    return ItCost(
        month=month,
        invoiced=invoiced("EUR"),
        invoiced_usd=invoiced("USD"),
        paid_only=sum(paid, ZERO),
        card=sum(card, ZERO),
        booked_only=it_of(story.only_booked),
        otherwise=it_of(story.others),
    )


def _vendors(story: Story) -> Iterator[VendorTruth]:
    """Those of the e-invoices, then those who are only on the bank statements."""
    bought = [bill for bill in story.bills if bill.on_paper and not bill.own_sale and bill.ours]
    for key in dict.fromkeys(bill.seller.key for bill in bought):
        bills = [bill for bill in bought if bill.seller.key == key]
        names = tuple(dict.fromkeys(bill.seller.name for bill in bills))
        purpose = _main_purpose(bills)
        yield VendorTruth(names, bills[0].seller.vat_id, bills[0].seller.iban, bool(purpose), purpose)
    seen = set()
    for statement in story.statements:
        for booked in statement.booked:
            payment = booked.payment
            name = payment.name or payment.words
            if payment.kind is Kind.PAID_ONLY and name not in seen:
                seen.add(name)
                yield VendorTruth((name,), "", payment.iban, bool(payment.purpose), payment.purpose)


def _main_purpose(bills: list[Bill]) -> str:
    """What most of the money is for; "" when most of it is not IT."""
    sums: Counter[str] = Counter()
    for bill in bills:
        for line in bill.lines:
            sums[line.purpose] += int(line.net * 100)
    return max(sorted(sums), key=lambda purpose: sums[purpose])


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
