"""Which bookings of our ledgers count as cost, and what counts in place of the others?

1. A booked purchase whose invoice is here is `BOOKED_TOO`: the invoice counts, and learns on which accounts it was
   booked. The same goes for what a general ledger and a ledger of purchases both have.
2. A line of a list of payments settles an invoice, or a booked purchase, as a bank movement would.
3. All else counts, and bank movements settle it as they settle invoices. Where a ledger tells no VAT, what will have
   been paid is found among the payments of that vendor (the standard rate, or none), or reckoned at the standard rate.
Whether the amounts of a ledger are with VAT is asked of the ledger, then of those of its purchases whose invoices are
here, then of its payments; cost booked on accounts is without VAT, all else with it.

Limits: purchases at a reduced rate, of which a ledger tells only the amount without VAT, do not meet their payments.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.booked import Same, bill_of_booking, bill_of_invoice, find_booked
from pilothouse.engine.spend.ledgers import Booking, Kind, Ledgers
from pilothouse.engine.spend.settle import ROUNDING, WINDOW, settle
from pilothouse.engine.spend.terms import (
    Account,
    BankMovement,
    Counting,
    InvoiceItem,
    InvoicePaper,
    Reason,
    Settlement,
)
from pilothouse.engine.spend.vat import VatRates
from pilothouse.engine.spend.vendors import Parties

# Invoice and booking differ by rounding up to this.
BOOKED_ROUNDING = Decimal("0.05")
DAYS_AT_THE_BANK = 5
_NOTHING = Decimal(0)
_INVOICED = (Kind.VOUCHER, Kind.DIRECT)


@dataclass(frozen=True, slots=True)
class BookedPaper:
    """A booking as a paper, why it counts or not, and the paper that counts in its place."""

    paper: InvoicePaper
    counting: Counting
    instead: str = ""
    because: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """An invoice that was booked for another amount: by how much too much (negative: too little)."""

    invoice: InvoicePaper
    booked: InvoicePaper
    by: Money


@dataclass(frozen=True, slots=True)
class Books:
    """What the ledgers prove. `accounts` are those that invoices were booked on, by invoice."""

    papers: tuple[BookedPaper, ...] = ()
    accounts: Mapping[str, tuple[InvoiceItem, ...]] = field(default_factory=dict)
    differences: tuple[Difference, ...] = ()
    direct: frozenset[str] = frozenset()

    @property
    def counting(self) -> list[InvoicePaper]:
        """The booked purchases and payments that count."""
        return [b.paper for b in self.papers if b.counting is Counting.COUNTS]


def keep_books(
    ledgers: Ledgers,
    invoices: Sequence[InvoicePaper],
    movements: Iterable[BankMovement],
    parties: Parties,
    vat: VatRates,
    firm_key: str,
) -> Books:
    """Sort the bookings of all ledgers, each by whether it counts. `invoices` are those to us, each once."""
    if not ledgers.bookings:
        return Books()
    keeper = _Keeper(invoices, parties, _Paid(movements, parties, vat), firm_key)
    of_kind: dict[Kind, list[Booking]] = defaultdict(list)
    for booking in ledgers.bookings:
        of_kind[booking.kind].append(booking)
    keeper.keep_purchases(of_kind[Kind.PURCHASE])
    keeper.keep_vouchers([b for kind in _INVOICED for b in of_kind[kind]])
    keeper.keep_payments(of_kind[Kind.PAYMENT])
    keeper.papers += [BookedPaper(b.as_paper(), Counting.NATURAL_PERSON) for b in of_kind[Kind.WAGES]]
    keeper.papers += [BookedPaper(b.as_paper(), Counting.DUPLICATE) for b in ledgers.repeated]
    return keeper.books(frozenset(b.id for b in of_kind[Kind.DIRECT]))


def settle_at_the_bank(
    direct: Iterable[InvoicePaper],
    movements: Iterable[BankMovement],
    apart: Container[tuple[str, str]] = frozenset(),
) -> Iterator[Settlement]:
    """Which movement is what a general ledger says was bought straight from the bank: the same amount within days,
    the nearest first, whatever the two call the party; never what a person said is `apart`.
    """
    by_amount: dict[tuple[str, Decimal], list[BankMovement]] = defaultdict(list)
    for movement in movements:
        by_amount[movement.currency, -movement.amount].append(movement)
    pairs = [
        (abs((movement.date - paper.issue_date).days), paper.id, movement.id, paper, movement)
        for paper in direct
        for movement in by_amount.get((paper.currency, _signed(paper, paper.payable)), ())
        if (movement.id, paper.id) not in apart
    ]
    taken: set[str] = set()
    because = Reason("amount", "the same amount in the books within days")
    for days, _, _, paper, movement in sorted(pairs, key=lambda pair: pair[:3]):
        if days <= DAYS_AT_THE_BANK and taken.isdisjoint((paper.id, movement.id)):
            taken |= {paper.id, movement.id}
            yield Settlement(movement.id, paper.id, Money(-movement.amount, movement.currency), because)


def with_accounts(invoice: InvoicePaper, entries: Sequence[InvoiceItem]) -> InvoicePaper:
    """The invoice with the accounts it was booked on: the only one, or for each line that of its amount."""
    accounts = {entry.account for entry in entries}
    if len(accounts) == 1:
        (account,) = accounts
        return replace(invoice, items=tuple(replace(item, account=account) for item in invoice.items))
    of_amount: dict[Decimal, set[Account]] = defaultdict(set)
    for entry in entries:
        of_amount[entry.net].add(entry.account)
    items = []
    for item in invoice.items:
        found = of_amount.get(item.net, set())
        items.append(replace(item, account=next(iter(found))) if len(found) == 1 else item)
    return replace(invoice, items=tuple(items))


class _Keeper:
    """Sorts bookings, the surest kind first."""

    def __init__(
        self, invoices: Sequence[InvoicePaper], parties: Parties, paid: _Paid, firm_key: str
    ) -> None:
        self.papers: list[BookedPaper] = []
        self._invoices = {invoice.id: invoice for invoice in invoices}
        self._parties = parties
        self._paid = paid
        self._firm_key = firm_key
        self._bills = [bill_of_invoice(invoice, parties) for invoice in invoices]
        self._booked: dict[str, list[InvoicePaper]] = defaultdict(list)
        self._differences: list[Difference] = []

    def keep_purchases(self, bookings: Sequence[Booking]) -> None:
        found = self._find(bookings)
        with_vat = self._told_by(bookings, found)
        for booking in bookings:
            net = with_vat(booking) if booking.net is None else booking.net
            self._keep(replace(booking, net=net), found.get(booking.id))
        self._compare(found)

    def keep_vouchers(self, bookings: Sequence[Booking]) -> None:
        if not bookings:
            return
        purchases = {p.paper.id: p.paper for p in self.papers if p.counting is Counting.COUNTS}
        self._bills += [bill_of_invoice(paper, self._parties) for paper in purchases.values()]
        found = self._find(bookings)
        for booking in bookings:
            self._keep(booking, found.get(booking.id))
        self._compare({k: same for k, same in found.items() if same.bill.id in self._invoices})
        self.papers = [
            replace(p, paper=with_accounts(p.paper, self._items_booked(p.paper.id)))
            if p.paper.id in self._booked
            else p
            for p in self.papers
        ]

    def keep_payments(self, bookings: Sequence[Booking]) -> None:
        settled: dict[str, str] = {}
        groups: dict[str, list[Booking]] = defaultdict(list)
        for booking in bookings:
            groups[booking.paper].append(booking)
        for of_paper in groups.values():
            settled.update(self._settled_by(of_paper))
        for booking in bookings:
            paper = self._paid.with_payable(booking)
            if booking.id in settled:
                reason = Reason("booked", "a payment of an invoice or purchase that is here")
                self.papers.append(
                    BookedPaper(paper, Counting.SETTLES_INVOICE, settled[booking.id], (reason,))
                )
            else:
                is_us = bool(self._firm_key) and self._parties.key(booking.party) == self._firm_key
                self.papers.append(BookedPaper(paper, Counting.OWN_TRANSFER if is_us else Counting.COUNTS))

    def books(self, direct: frozenset[str]) -> Books:
        accounts = {key: self._items_booked(key) for key in self._booked if key in self._invoices}
        return Books(tuple(self.papers), accounts, tuple(self._differences), direct)

    # --- purchases --------------------------------------------------------------------------------

    def _find(self, bookings: Iterable[Booking]) -> dict[str, Same]:
        bills = [bill_of_booking(booking, self._parties) for booking in bookings]
        return {same.booking.id: same for same in find_booked(bills, self._bills)}

    def _told_by(self, bookings: Sequence[Booking], found: Mapping[str, Same]) -> Callable[[Booking], bool]:
        """Whether amounts are without VAT, in ledgers that do not tell: by their invoices, then their payments."""
        votes: Counter[str] = Counter()
        for booking in bookings:
            if booking.net is None:
                votes[booking.paper] += self._vote(booking, found.get(booking.id))
        return lambda booking: (
            votes[booking.paper] > 0
            if votes[booking.paper]
            else any(e.account or e.account_name for e in booking.entries)
        )

    def _vote(self, booking: Booking, same: Same | None) -> int:
        """1 where the amount is one without VAT, -1 where it is one with it, 0 where nobody knows."""
        if same is None:
            return self._paid.vote(booking)
        is_net, is_gross = booking.amount in same.bill.nets, booking.amount in same.bill.grosses
        return int(is_net) - int(is_gross)

    def _keep(self, booking: Booking, same: Same | None) -> None:
        paper = self._paid.with_payable(booking)
        if same is None:
            self.papers.append(BookedPaper(paper, Counting.COUNTS))
            return
        self._booked[same.bill.id].append(paper)
        instead = same.bill.id if same.bill.id in self._invoices else same.bill.id.rpartition(":")[0]
        number = f" {same.bill.number}" if same.bill.number else ""
        reason = Reason("booked", f"the invoice{number} itself is here: {same.because}")
        self.papers.append(BookedPaper(paper, Counting.BOOKED_TOO, instead, (reason,)))

    def _items_booked(self, key: str) -> tuple[InvoiceItem, ...]:
        return tuple(item for paper in self._booked[key] for item in paper.items)

    def _compare(self, found: Mapping[str, Same]) -> None:
        """Invoices booked for another amount, all bookings of each together."""
        of_bill: dict[str, list[Same]] = defaultdict(list)
        for same in found.values():
            if same.booking.currency == same.bill.currency:
                of_bill[same.bill.id].append(same)
        for key, several in of_bill.items():
            first, *others = several
            more = sum(
                (min((*same.booking.nets, *same.booking.grosses), key=abs) for same in others), _NOTHING
            )
            by = first.booking.difference(first.bill) + more
            if abs(by) > BOOKED_ROUNDING and abs(by) > CENT * len(self._items_booked(key)):
                money = Money(by, first.bill.currency)
                self._differences.append(Difference(self._invoices[key], self._booked[key][0], money))

    # --- lists of payments ------------------------------------------------------------------------

    def _settled_by(self, bookings: Sequence[Booking]) -> Mapping[str, str]:
        """The papers that the lines of one list settle, as its amounts are with VAT or without."""
        papers = [*self._invoices.values(), *(p.paper for p in self.papers if p.counting is Counting.COUNTS)]
        without = [replace(paper, payable=paper.net) for paper in papers]
        choices = {True: [without], False: [papers], None: [papers, without]}[bookings[0].net]
        movements = [_as_movement(booking) for booking in bookings]
        of_paper = {paper.id: paper.paper or paper.id for paper in papers}
        answers = [settle(choice, movements, self._parties, "") for choice in choices]
        return {s.movement: of_paper[s.invoice] for s in max(answers, key=len)}


def _as_movement(booking: Booking) -> BankMovement:
    first = booking.entries[0]
    words = f"invoice {booking.number}" if booking.number else first.description
    return BankMovement(
        first.id,
        first.source,
        "",
        booking.day,
        -booking.amount,
        first.currency,
        booking.party,
        words,
        "",
        first.place,
    )


class _Paid:
    """What was paid to whom, to find what a booking without VAT came to."""

    def __init__(self, movements: Iterable[BankMovement], parties: Parties, vat: VatRates) -> None:
        self._parties = parties
        self._vat = vat
        self._days: dict[tuple[str, str, Decimal], list[date]] = defaultdict(list)
        for movement in movements:
            key = parties.vendor_of(movement).key, movement.currency, -movement.amount
            self._days[key].append(movement.date)

    def with_payable(self, booking: Booking) -> InvoicePaper:
        """The booking as a paper; where nobody tells its VAT, with what will have been paid."""
        paper = booking.as_paper()
        if paper.includes_vat or booking.vat is not None:
            return paper
        gross = self._with_vat(booking)
        found = [amount for amount in (gross, booking.amount) if self._was_paid(booking, amount)]
        return replace(paper, payable=abs(found[0] if found else gross))

    def vote(self, booking: Booking) -> int:
        """1 where the amount and the standard rate were paid, -1 where the amount itself was."""
        gross = self._with_vat(booking)
        return int(self._was_paid(booking, gross)) - int(self._was_paid(booking, booking.amount))

    def _with_vat(self, booking: Booking) -> Decimal:
        vendor = self._parties.vendor(booking.party)
        words = booking.entries[0].description
        return self._vat.put_on(Money(booking.amount, booking.currency), booking.day, vendor, words).amount

    def _was_paid(self, booking: Booking, amount: Decimal) -> bool:
        if not self._days:
            return False
        key = self._parties.key(booking.party)
        cents = int(ROUNDING / CENT)
        return any(
            -WINDOW.before <= (day - booking.day).days <= WINDOW.after
            for step in range(-cents, cents + 1)
            for day in self._days.get((key, booking.currency, amount + step * CENT), ())
        )


def _signed(paper: InvoicePaper, amount: Decimal) -> Decimal:
    return -amount if paper.is_credit else amount
