"""What did each line of each paper cost us, and does it count?

An invoice gives its lines, with the allowances, charges and roundings of the whole document spread over them
to the cent; so does what only a ledger proves; a movement gives one line, and a second one for what is left of it
after the invoices it settles.
Each line says why it counts or not (`Counting`); the cost of a line that does not count is zero, so that
lines can be added up in any choice. Costs are net of recoverable VAT (see `vat.py`); in their own currency,
never converted.

Money that comes in counts as a negative cost only from a vendor we know as one, and only up to what that
vendor was paid in the year before; all else that comes in is not spend.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.names import clean_name, plain
from pilothouse.engine.spend.periods import service_in
from pilothouse.engine.spend.persons import People
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.settle import ROUNDING
from pilothouse.engine.spend.shares import spread
from pilothouse.engine.spend.terms import (
    BankMovement,
    Counting,
    Firm,
    Identity,
    InvoiceItem,
    InvoicePaper,
    Reason,
    Recognition,
    Settlement,
    SpendLine,
)
from pilothouse.engine.spend.vat import NetOfVat, VatRates
from pilothouse.engine.spend.vendors import Parties
from pilothouse.engine.spend.written import normal_reference

REFUND_DAYS = 366
_NOTHING = Decimal(0)
_NOT_SPEND: Mapping[Counting, Recognition] = {
    counting: Recognition(False, False, 1.0, "", (Reason("not_spend", counting.value),))
    for counting in Counting
    if counting is not Counting.COUNTS
}


# --- which papers count ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sorted:
    """Papers with why each counts or not; those of a kind in order of date."""

    invoices: tuple[tuple[InvoicePaper, Counting], ...]
    movements: tuple[BankMovement, ...]
    repeated: tuple[BankMovement, ...]
    duplicate_of: Mapping[str, str]


def sort_papers(
    invoices: Iterable[InvoicePaper], movements: Iterable[BankMovement], parties: Parties, firm_key: str
) -> Sorted:
    """Each paper once. An invoice is another one's double when seller, number, date, kind and totals are
    equal; a movement when another file has the same booking (two equal bookings in one file are two
    payments).
    """
    ordered = sorted({i.id: i for i in invoices}.values(), key=lambda i: (i.issue_date, i.id))
    first: dict[tuple[object, ...], str] = {}
    duplicate_of: dict[str, str] = {}
    for invoice in ordered:
        kept = first.setdefault(_invoice_print(invoice, parties), invoice.id)
        if kept != invoice.id:
            duplicate_of[invoice.id] = kept
    counted = tuple(
        (i, Counting.DUPLICATE if i.id in duplicate_of else _whose(i, parties, firm_key)) for i in ordered
    )
    kept_movements, repeated = _each_once(movements)
    return Sorted(counted, kept_movements, repeated, duplicate_of)


def _invoice_print(invoice: InvoicePaper, parties: Parties) -> tuple[object, ...]:
    number = normal_reference(invoice.number)
    totals = (invoice.is_credit, invoice.currency, invoice.net, invoice.vat)
    # Without a number nothing tells two equal invoices from one brought twice.
    return (parties.key(invoice.seller), number or invoice.id, invoice.issue_date, *totals)


def _whose(invoice: InvoicePaper, parties: Parties, firm_key: str) -> Counting:
    if not firm_key:
        return Counting.COUNTS
    if parties.key(invoice.seller) == firm_key:
        return Counting.OWN_SALE
    ours = parties.key(invoice.buyer) == firm_key or not _says_who(invoice.buyer)
    return Counting.COUNTS if ours else Counting.NOT_OURS


def _says_who(party: Identity) -> bool:
    return bool(party.name or party.vat_id or party.legal_id)


def _each_once(
    movements: Iterable[BankMovement],
) -> tuple[tuple[BankMovement, ...], tuple[BankMovement, ...]]:
    """Each booking as often as the file has it that has it most often, and what is left over."""
    ordered = sorted({m.id: m for m in movements}.values(), key=lambda m: (m.date, m.id))
    files: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for movement in ordered:
        files[_amount_of(movement)].add(movement.source)
    in_file: Counter[tuple[object, ...]] = Counter()
    most: Counter[tuple[object, ...]] = Counter()
    kept, repeated = [], []
    for movement in ordered:
        if len(files[_amount_of(movement)]) == 1:
            kept.append(movement)
            continue
        booking = _booking(movement)
        in_file[booking, movement.source] += 1
        if in_file[booking, movement.source] > most[booking]:
            most[booking] += 1
            kept.append(movement)
        else:
            repeated.append(movement)
    return tuple(kept), tuple(repeated)


def _amount_of(movement: BankMovement) -> tuple[object, ...]:
    return movement.account, movement.date, movement.amount, movement.currency


def _booking(movement: BankMovement) -> tuple[object, ...]:
    party = movement.counterparty
    words = (movement.structured, plain(movement.communication), clean_name(party.name), party.ibans)
    return (*_amount_of(movement), *words)


# --- lines of invoices ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Consolidation:
    """What lines are made with."""

    parties: Parties
    recogniser: Recogniser
    people: People
    vat: VatRates
    firm: Firm | None

    @property
    def recovers_vat(self) -> bool:
        return self.firm is None or self.firm.recovers_vat


def lines_of_invoice(
    invoice: InvoicePaper,
    counting: Counting,
    with_: Consolidation,
    instead: str = "",
    because: tuple[Reason, ...] = (),
) -> Iterator[SpendLine]:
    """The lines of an invoice, or of a booking of one; their costs sum to its net (gross where VAT is not recovered),
    credits negative. `instead` is the paper that counts in its place, and `because` why.
    """
    vendor = with_.parties.vendor(invoice.seller)
    counts = counting is Counting.COUNTS
    parts = _parts(invoice)
    vat = _vat_of(parts, invoice.vat)
    for (key, item, net), tax in zip(parts, vat, strict=True):
        words = _words(item)
        recognition, print_ = with_.recogniser.recognise(vendor, words, item.account)
        paid = _signed(net + tax, invoice)
        left = NetOfVat(paid if not with_.recovers_vat else _signed(net, invoice), None)
        if invoice.includes_vat:
            left = with_.vat.take_off(paid, invoice.issue_date, vendor, words)
        line = SpendLine(
            id=item.id if invoice.booked else f"{invoice.id}/{key}",
            source=invoice.source,
            place=item.place,
            kind="ledger" if invoice.booked else "invoice",
            paper=invoice.paper or invoice.id,
            date=invoice.issue_date,
            vendor_key=vendor.key,
            vendor_name=vendor.name,
            description=words,
            cost=left.cost if counts else _no_cost(invoice.currency),
            paid=paid,
            vat_rate=item.vat_rate if left.rate is None else left.rate,
            estimated=counts and left.rate is not None,
            counting=counting,
            recognition=recognition if counts else not_spend(counting, because),
            line_print=print_,
            settles=instead,
            account=item.account,
            department=item.department,
            service=item.service or invoice.service or service_in(words, invoice.issue_date),
        )
        if counts:
            with_.vat.note(left, line)
        yield line


def _signed(amount: Decimal, invoice: InvoicePaper) -> Money:
    return Money(-1 * amount if invoice.is_credit else amount, invoice.currency)


@lru_cache(maxsize=256)
def _no_cost(currency: str) -> Money:
    """What costs nothing, made once: half of a million lines do not count."""
    return Money(_NOTHING, currency)


def _parts(invoice: InvoicePaper) -> list[tuple[str, InvoiceItem, Decimal]]:
    """Key, item and net of each line, document-level amounts spread; what they do not explain is a line of
    its own.
    """
    items = invoice.items or (
        InvoiceItem("0", f"Invoice {invoice.number}".strip(), "", invoice.net, None, ""),
    )
    difference = invoice.net - sum((item.net for item in items), _NOTHING)
    explained = invoice.charges - invoice.allowances if invoice.items else _NOTHING
    rounding = difference - explained
    if abs(rounding) > CENT * (len(items) + 1):
        shares, rest = spread(explained, [i.net for i in items]), rounding
    else:
        shares, rest = spread(difference, [i.net for i in items]), _NOTHING
    numbered = enumerate(zip(items, shares, strict=True), start=1)
    parts = [(str(number), item, item.net + share) for number, (item, share) in numbered]
    if rest:
        parts.append(
            ("rest", InvoiceItem("rest", "Part of the total that no line explains", "", rest, None, ""), rest)
        )
    return parts


def _vat_of(parts: Sequence[tuple[str, InvoiceItem, Decimal]], vat: Decimal) -> list[Decimal]:
    """The invoice's VAT over its lines: by each line's rate where rates are given, by net where not."""
    weights = [net * (item.vat_rate or _NOTHING) for _, item, net in parts]
    return spread(vat, weights if any(weights) else [net for _, _, net in parts])


def _words(item: InvoiceItem) -> str:
    if item.description and item.description != item.name:
        return f"{item.name}: {item.description}" if item.name else item.description
    return item.name


@lru_cache(maxsize=4096)
def not_spend(counting: Counting, because: tuple[Reason, ...]) -> Recognition:
    """What is said of a line that does not count: by its own reasons where it has some; equal answers are one."""
    return replace(_NOT_SPEND[counting], because=because) if because else _NOT_SPEND[counting]


# --- lines of movements ---------------------------------------------------------------------------


class Refunds:
    """What comes in from a vendor can be a refund: no more than it was paid in the year before."""

    def __init__(self, paid: Iterable[tuple[str, date, Decimal]], customers: Container[str]) -> None:
        """`paid` are keys of vendors with what they invoiced or were paid without an invoice."""
        by_vendor: dict[str, list[tuple[date, Decimal]]] = defaultdict(list)
        for key, day, amount in paid:
            by_vendor[key].append((day, amount))
        self._paid = {key: _Sums(events) for key, events in by_vendor.items() if key not in customers}
        self._refunded: dict[str, _Sums] = defaultdict(_Sums)

    def take(self, key: str, day: date, amount: Decimal) -> bool:
        """Whether `amount` is a refund; then it is used up. To be asked in order of `day`."""
        if key not in self._paid:
            return False
        since = day - timedelta(days=REFUND_DAYS)
        left = self._paid[key].between(since, day) - self._refunded[key].between(since, day)
        if left < amount:
            return False
        self._refunded[key].add(day, amount)
        return True


class _Sums:
    """Amounts by day, summed over any span at the cost of a look-up."""

    def __init__(self, events: Iterable[tuple[date, Decimal]] = ()) -> None:
        self._days: list[date] = []
        self._totals = [_NOTHING]
        for day, amount in sorted(events):
            self.add(day, amount)

    def add(self, day: date, amount: Decimal) -> None:
        self._days.append(day)
        self._totals.append(self._totals[-1] + amount)

    def between(self, first: date, last: date) -> Decimal:
        return self._totals[bisect_right(self._days, last)] - self._totals[bisect_left(self._days, first)]


def refunds_of(
    papers: Sorted,
    booked: Iterable[InvoicePaper],
    settled: Mapping[str, Sequence[Settlement]],
    parties: Parties,
    returned: Container[str] = (),
) -> Refunds:
    """What can be paid back: invoices to us, what ledgers say we bought, and payments without an invoice to vendors
    that are publicly known.
    """
    to_us = [invoice for invoice, counting in papers.invoices if counting is Counting.COUNTS]
    invoiced = [
        (parties.key(i.seller), i.issue_date, i.payable) for i in (*to_us, *booked) if not i.is_credit
    ]
    customers = {parties.key(i.buyer) for i, counting in papers.invoices if counting is Counting.OWN_SALE}
    paid = [
        (vendor.key, movement.date, -movement.amount)
        for movement in papers.movements
        if movement.amount < 0 and movement.id not in settled and movement.id not in returned
        for vendor in [parties.vendor_of(movement)]
        if vendor.known is not None
    ]
    return Refunds((*invoiced, *paid), customers)


def own_accounts(movements: Iterable[BankMovement], firm: Firm | None) -> frozenset[str]:
    """The accounts of the statements, and those we are known by."""
    ibans = firm.identity.ibans if firm else ()
    return frozenset({m.account for m in movements} | set(ibans)) - {""}


@dataclass(frozen=True, slots=True)
class Proofs:
    """What else is known of movements: our accounts, what each settles, which only pay cards (with why), the paper in
    which each invoice or booking stands, where it is not its own, which debits came back (with why), and of which
    payments the rest is a bank's fee.
    """

    accounts: Container[str]
    settled: Mapping[str, Sequence[Settlement]]
    cards: Mapping[str, Reason]
    paper_of: Mapping[str, str]
    returned: Mapping[str, Reason]
    fees: Container[str]


class MovementLines:
    """Makes the lines of movements; to be asked in order of date, since refunds use up what was paid."""

    def __init__(self, with_: Consolidation, proofs: Proofs, refunds: Refunds) -> None:
        self._with = with_
        self._proofs = proofs
        self._refunds = refunds

    def of(self, movement: BankMovement) -> Iterator[SpendLine]:
        """A line for each invoice that it settles, and one for what settles no invoice here."""
        whole = -movement.amount
        settlements = self._proofs.settled.get(movement.id, ())
        if not settlements:
            yield self._line(movement, movement.id, whole, self._why(movement, whole))
            return
        rest = whole - sum((s.amount.amount for s in settlements), _NOTHING)
        largest = sorted(settlements, key=lambda s: (-abs(s.amount.amount), s.invoice))
        for number, settled in enumerate(largest):
            # The cents of a rounding go with the largest, so that what left the account stands on lines whole.
            rounding = rest if not number and abs(rest) <= ROUNDING else _NOTHING
            key = f"{movement.id}/{number + 1}" if number else movement.id
            amount = settled.amount.amount + rounding
            yield self._line(movement, key, amount, Counting.SETTLES_INVOICE, settled)
        if abs(rest) > ROUNDING:
            why = self._why(movement, rest)
            line = self._line(movement, f"{movement.id}/rest", rest, why)
            is_fee = why is Counting.COUNTS and movement.id in self._proofs.fees
            yield _as_fee(line) if is_fee else line

    def repeated(self, movement: BankMovement) -> SpendLine:
        """The line of a booking that another file has as well."""
        return self._line(movement, movement.id, -movement.amount, Counting.DUPLICATE)

    def _why(self, movement: BankMovement, amount: Decimal) -> Counting:
        if movement.id in self._proofs.cards or self._is_own_transfer(movement):
            return Counting.OWN_TRANSFER
        party = movement.counterparty
        iban = party.ibans[0] if party.ibans else ""
        if self._with.people.person(party.name, iban, movement.communication):
            return Counting.NATURAL_PERSON
        if movement.id in self._proofs.returned:
            return Counting.RETURNED
        if amount > 0:
            return Counting.COUNTS
        key = self._with.parties.vendor_of(movement).key
        refund = amount < 0 and self._refunds.take(key, movement.date, -amount)
        return Counting.COUNTS if refund else Counting.MONEY_IN

    def _why_not(self, movement: BankMovement, counting: Counting) -> Reason | None:
        """Why a movement that settles no invoice does not count, where more is known than that."""
        known = {Counting.OWN_TRANSFER: self._proofs.cards, Counting.RETURNED: self._proofs.returned}
        return known.get(counting, {}).get(movement.id)

    def _is_own_transfer(self, movement: BankMovement) -> bool:
        party = movement.counterparty
        if party.ibans:
            return any(iban in self._proofs.accounts for iban in party.ibans) or self._is_us(party)
        return bool(party.name) and self._is_us(party)

    def _is_us(self, party: Identity) -> bool:
        """Our own name, on an account that no statement of ours shows (savings)."""
        firm = self._with.firm
        return (
            firm is not None and bool(party.name) and clean_name(party.name) == clean_name(firm.identity.name)
        )

    def _line(
        self,
        movement: BankMovement,
        key: str,
        amount: Decimal,
        counting: Counting,
        settled: Settlement | None = None,
    ) -> SpendLine:
        """The line of a part of a movement; of what it settles of one invoice, with why we say so."""
        with_ = self._with
        settles = self._proofs.paper_of.get(settled.invoice, settled.invoice) if settled else ""
        vendor = with_.parties.vendor_of(movement)
        words = movement.communication
        paid = Money(amount, movement.currency)
        net = NetOfVat(_no_cost(movement.currency), None)
        if counting is Counting.COUNTS:
            net = with_.vat.take_off(paid, movement.date, vendor, words)
            recognition, print_ = with_.recogniser.recognise(vendor, words)
        else:
            why = settled.because if settled else self._why_not(movement, counting)
            recognition, print_ = not_spend(counting, (why,) if why else ()), ""
        line = SpendLine(
            id=key,
            source=movement.source,
            place=movement.place,
            kind="bank",
            paper=movement.paper or movement.source,
            date=movement.date,
            vendor_key=vendor.key,
            vendor_name=vendor.name,
            description=words or movement.structured,
            cost=net.cost,
            paid=paid,
            vat_rate=net.rate,
            estimated=net.rate is not None,
            counting=counting,
            recognition=recognition,
            line_print=print_,
            settles=settles,
            service=service_in(words, movement.date) if counting is Counting.COUNTS else None,
        )
        with_.vat.note(net, line)
        return line


def _as_fee(line: SpendLine) -> SpendLine:
    """What a bank took beside the invoice: its whole cost, no IT, and nothing of what the vendor sells."""
    recognition = Recognition(
        False, False, 1.0, "", (Reason("bank_fee", "what the bank took beside the invoice"),)
    )
    return replace(line, cost=line.paid, vat_rate=None, estimated=False, recognition=recognition)
