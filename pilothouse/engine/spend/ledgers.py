"""What did we buy, by what a ledger says?

Each kind of book becomes bookings, one for each thing bought or paid:
- a ledger of purchases: entries of one party and document (without one, of a day) are one purchase; on a chart that
  is known, VAT and supplier lines beside cost lines are told from cost;
- a general ledger: entries of one journal and document are a voucher. Its lines on accounts that buy are the purchase,
  its supplier line names the party and the amount with VAT. A voucher that pays out of a bank account and buys nothing
  is no purchase; one that buys straight from the bank is a payment; one that opens or closes a year, or that only
  moves cost between accounts (accruals), buys nothing. Wages are bookings of their own kind;
- a list of payments: each line is a payment, those of one document and day together.

Ledgers brought twice, or whose periods overlap, count once: a document as the file has it that has most of it, an entry
without document as often as the file has it that has it most often.

Limits: an extract of single accounts has no vouchers, so all its cost counts; a voucher with several suppliers is taken
apart only where debits meet credits in between; what two files of different layout say without a document number
is not recognised as the same.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.names import clean_name, plain
from pilothouse.engine.spend.persons import People
from pilothouse.engine.spend.terms import (
    Account,
    Book,
    Identity,
    InvoiceItem,
    InvoicePaper,
    LedgerEntry,
    Role,
)
from pilothouse.engine.spend.vendors import NATURAL_PERSON, identifier_of
from pilothouse.engine.spend.written import ANNOUNCING, normal_reference

# One number on entries so far apart is a number that comes back, not one document.
DAYS_OF_A_DOCUMENT = 14
WORDS_OF_A_NAME = 3
_NOTHING = Decimal(0)
_NOBODY = Identity()
_THIRD = (Role.SUPPLIER, Role.OWNER, Role.BANK)


class Kind(StrEnum):
    """What a booking is of."""

    PURCHASE = "purchase"  # an invoice, in a ledger of purchases
    VOUCHER = "voucher"  # an invoice, in a general ledger
    DIRECT = "direct"  # bought straight from the bank, in a general ledger
    PAYMENT = "payment"  # a line of a list of payments
    WAGES = "wages"


@dataclass(frozen=True, slots=True)
class Booking:
    """One thing bought or paid, as a ledger has it; `amount` is that of its entries, signed as cost.

    `net`: whether `amount` is without VAT. `vat` and `gross` where the ledger tells them.
    """

    kind: Kind
    entries: tuple[LedgerEntry, ...]
    party: Identity
    number: str
    day: date
    amount: Decimal
    net: bool | None
    vat: Decimal | None = None
    gross: Decimal | None = None

    @property
    def id(self) -> str:
        return self.entries[0].id

    @property
    def paper(self) -> str:
        return self.entries[0].paper

    @property
    def currency(self) -> str:
        return self.entries[0].currency

    def as_paper(self) -> InvoicePaper:
        """The booking as an invoice that only the ledger proves; `net` None is taken for with VAT."""
        first = self.entries[0]
        sign = -1 if self.amount < 0 else 1
        parts = self._parts()
        net = sum(parts, _NOTHING) * sign
        vat = _NOTHING if self.vat is None else self.vat * sign
        return InvoicePaper(
            id=first.id,
            source=first.source,
            number=self.number,
            is_credit=sign < 0,
            issue_date=self.day,
            due_date=None,
            currency=first.currency,
            seller=self.party,
            buyer=_NOBODY,
            net=net,
            vat=vat,
            payable=net + vat if self.gross is None else self.gross * sign,
            reference="",
            items=tuple(_item(entry, part * sign) for entry, part in zip(self.entries, parts, strict=True)),
            paper=first.paper,
            booked=True,
            includes_vat=not self.net and self.vat is None,
        )

    def _parts(self) -> list[Decimal]:
        """What each entry cost: without VAT as far as the ledger tells it."""
        if self.net or self.vat is None:
            return [entry.amount for entry in self.entries]
        return [entry.amount - (entry.vat or _NOTHING) for entry in self.entries]


def _item(entry: LedgerEntry, net: Decimal) -> InvoiceItem:
    account = Account(entry.chart, entry.account, entry.account_name)
    words = entry.description or entry.account_name
    return InvoiceItem(entry.id, words, "", net, None, entry.place, account, entry.department)


@dataclass(frozen=True, slots=True)
class Ledgers:
    """The bookings of all ledgers, and those that are `repeated` in another file; `unknown` are general ledgers whose
    chart of accounts is none we know, each by its first entry.
    """

    bookings: tuple[Booking, ...] = ()
    repeated: tuple[Booking, ...] = ()
    unknown: tuple[LedgerEntry, ...] = ()


def read_ledgers(entries: Iterable[LedgerEntry], accounts: Accounts, *, home: str) -> Ledgers:
    """The bookings of some ledgers. `home` is our country (ISO 3166), "" where it is unknown."""
    kept, again = _each_once(sorted({e.id: e for e in entries}.values(), key=_in_order))
    bookings, unknown = _bookings_of_all(kept, accounts, home)
    repeated, _ = _bookings_of_all(again, accounts, home)
    return Ledgers(tuple(bookings), tuple(repeated), tuple(unknown))


def _bookings_of_all(
    entries: Iterable[LedgerEntry], accounts: Accounts, home: str
) -> tuple[list[Booking], list[LedgerEntry]]:
    bookings: list[Booking] = []
    unknown: list[LedgerEntry] = []
    for of_paper in _grouped(entries, lambda e: (e.paper, e.book)).values():
        books = _Charted(of_paper, accounts, home)
        if books.chart or of_paper[0].book != Book.GENERAL:
            bookings += books.bookings()
        else:
            unknown.append(of_paper[0])
    return bookings, unknown


def mask_people(bookings: Iterable[Booking], people: People) -> Iterator[Booking]:
    """The bookings without the names of natural persons: wages, and parties that are none of our vendors.

    Who is booked as a supplier has sent an invoice: of them only the name can say that they are people, not the words.
    A number (enterprise, VAT) makes a firm of everybody.
    """
    for booking in bookings:
        if booking.kind is Kind.WAGES or _is_person(booking, people):
            yield _masked(booking)
        else:
            yield booking


def _is_person(booking: Booking, people: People) -> bool:
    said = "" if booking.kind in (Kind.PURCHASE, Kind.VOUCHER) else booking.entries[0].description
    party = booking.party
    return not identifier_of(party) and people.person(party.name, "", said) is not None


def _masked(booking: Booking) -> Booking:
    nobody = Identity(name=NATURAL_PERSON)
    entries = tuple(
        replace(entry, party=nobody, description="", document="", account_name="")
        for entry in booking.entries
    )
    return replace(booking, entries=entries, party=nobody, number="", kind=Kind.WAGES)


# --- each entry once ------------------------------------------------------------------------------


def _each_once(entries: Sequence[LedgerEntry]) -> tuple[list[LedgerEntry], list[LedgerEntry]]:
    """The entries that count, and those that another file has as well."""
    if len({entry.source for entry in entries}) < 2:
        return list(entries), []
    dropped = _documents_of_other_files(entries)
    in_file: Counter[tuple[object, ...]] = Counter()
    most: Counter[tuple[object, ...]] = Counter()
    kept, repeated = [], []
    for entry in entries:
        booking = _print(entry)
        in_file[booking, entry.source] += 1
        if entry.id not in dropped and in_file[booking, entry.source] > most[booking]:
            most[booking] += 1
            kept.append(entry)
        else:
            repeated.append(entry)
    return kept, repeated


def _documents_of_other_files(entries: Sequence[LedgerEntry]) -> set[str]:
    """Entries of documents that add up to the same in two files, but are divided otherwise in one of them."""
    dropped: set[str] = set()
    with_document = [e for e in entries if e.document and e.book != Book.GENERAL]
    for of_document in _grouped(with_document, lambda e: (e.book, *_document(e), e.currency)).values():
        files = _grouped(of_document, lambda e: (e.source,))
        first = max(files.values(), key=len)
        for others in files.values():
            if others is not first and _sum(others) == _sum(first):
                dropped.update(e.id for e in others)
    return dropped


def _print(entry: LedgerEntry) -> tuple[object, ...]:
    words = "" if entry.document else plain(entry.description)
    amount = (entry.date, entry.amount, entry.currency, entry.account)
    return (entry.book, entry.journal, *amount, *_document(entry), words)


def _document(entry: LedgerEntry) -> tuple[str, str]:
    return _party_key(entry.party), normal_reference(entry.document)


def _party_key(party: Identity) -> str:
    return clean_name(party.name) or identifier_of(party)


# --- one ledger -----------------------------------------------------------------------------------


class _Charted:
    """The entries of one ledger, each with the role of its account."""

    def __init__(self, entries: Sequence[LedgerEntry], accounts: Accounts, home: str) -> None:
        self._accounts = accounts
        self.chart = entries[0].chart if entries[0].chart in accounts.charts else ""
        book = entries[0].book
        self._vouchers = list(_vouchers(entries)) if book == Book.GENERAL else []
        self._codes = {entry.account for entry in entries}
        if not self.chart and self._vouchers:
            self.chart = accounts.likeliest_chart(home, self._purchases_in)
        elif not self.chart and home:
            self.chart = accounts.likeliest_chart(home, self._bought_on)
        self._roles = self._roles_in(self.chart)
        self._entries = [replace(e, chart=self.chart) for e in entries] if not entries[0].chart else entries
        self._vouchers = list(_vouchers(self._entries)) if self._vouchers else []
        self._whole = any(role in _THIRD for role in self._roles.values())
        self._book = book

    def bookings(self) -> Iterator[Booking]:
        if self._book == Book.GENERAL:
            for voucher in self._vouchers:
                yield from self._bookings_of(voucher)
        elif self._book == Book.PAYMENTS:
            groups = _grouped(self._entries, _payment).values()
            yield from (_booking(Kind.PAYMENT, entries) for entries in groups)
        else:
            yield from self._purchases()

    # --- a ledger of purchases ---

    def _purchases(self) -> Iterator[Booking]:
        for entries in _grouped(self._entries, _purchase).values():
            for of_document in _apart(entries):
                bought = [e for e in of_document if self._role(e) in (Role.BUYS, Role.OTHER)]
                wages = [e for e in of_document if self._role(e) is Role.WAGES]
                if bought:
                    yield self._purchase(bought, of_document)
                elif not wages:
                    yield _booking(Kind.PURCHASE, of_document)
                if wages:
                    yield _booking(Kind.WAGES, wages)

    def _purchase(self, bought: Sequence[LedgerEntry], of_document: Sequence[LedgerEntry]) -> Booking:
        """A purchase whose VAT may stand on lines of its own."""
        booking = _booking(Kind.PURCHASE, bought)
        taxed = [e for e in of_document if self._role(e) is Role.VAT]
        return replace(booking, net=True, vat=_sum(taxed)) if taxed else booking

    def _bought_on(self, chart: str) -> int:
        """How many of the accounts buy in this chart; none where that is not so of most."""
        roles = [role for code, role in self._roles_in(chart).items() if code]
        bought = roles.count(Role.BUYS)
        return bought if bought * 2 > len(roles) else 0

    # --- a general ledger ---

    def _purchases_in(self, chart: str) -> int:
        """How many vouchers buy from a supplier in this chart."""
        roles = self._roles_in(chart)
        return sum(
            {Role.BUYS, Role.SUPPLIER} <= {roles[e.account] for e in voucher} for voucher in self._vouchers
        )

    def _bookings_of(self, voucher: Sequence[LedgerEntry]) -> Iterator[Booking]:
        roles = {self._role(e) for e in voucher}
        if Role.CAPITAL in roles or self._accounts.opens_or_closes_a_year(voucher[0].journal):
            return
        wages = [e for e in voucher if self._role(e) is Role.WAGES]
        if wages:
            yield _booking(Kind.WAGES, wages)
        if Role.BUYS not in roles:
            return
        if not self._whole:
            groups = _grouped(self._buys(voucher), _purchase).values()
            yield from (self._voucher(g, g, _booking(Kind.PURCHASE, g).party) for g in groups)
        elif Role.BANK in roles:
            yield from self._bought_from_bank(voucher)
        elif not roles.isdisjoint(_THIRD):
            yield from self._bought_from_suppliers(voucher)

    def _buys(self, voucher: Sequence[LedgerEntry]) -> list[LedgerEntry]:
        return [e for e in voucher if self._role(e) is Role.BUYS]

    def _bought_from_suppliers(self, voucher: Sequence[LedgerEntry]) -> Iterator[Booking]:
        parties = {self._supplier(e) for e in voucher if self._role(e) is Role.SUPPLIER}
        for part in _balanced(voucher) if len(parties) > 1 else [voucher]:
            bought = self._buys(part)
            suppliers = list(dict.fromkeys(self._suppliers(part)))
            if len(suppliers) > 1 or not bought:
                groups = _grouped(bought, lambda e: (_party_key(e.party),)).values()
                yield from (self._voucher(g, g, _said_by(g[0])) for g in groups)
            else:
                yield self._voucher(bought, part, suppliers[0] if suppliers else _said_by(bought[0]))

    def _bought_from_bank(self, voucher: Sequence[LedgerEntry]) -> Iterator[Booking]:
        """What was paid at once: all of a supplier that stands there too, else line by line."""
        bought = self._buys(voucher)
        suppliers = set(self._suppliers(voucher))
        if len(suppliers) == 1 or len(bought) == 1:
            party = suppliers.pop() if len(suppliers) == 1 else _said_by(bought[0])
            yield replace(self._voucher(bought, voucher, party), kind=Kind.DIRECT)
        else:
            yield from (replace(self._voucher([e], [e], _said_by(e)), kind=Kind.DIRECT) for e in bought)

    def _voucher(
        self, bought: Sequence[LedgerEntry], part: Sequence[LedgerEntry], party: Identity
    ) -> Booking:
        """What was bought, with the VAT that stands beside it."""
        booking = replace(_booking(Kind.VOUCHER, bought), party=party)
        taxed = [e for e in part if self._role(e) is Role.VAT]
        if booking.net is False and not taxed:
            return booking
        owed = -_sum([e for e in part if self._role(e) in (Role.SUPPLIER, Role.OWNER)])
        vat = _sum(taxed)
        known = vat if taxed or owed == booking.amount else booking.vat
        return replace(booking, net=True, vat=known, gross=None if known is None else booking.amount + known)

    def _suppliers(self, part: Sequence[LedgerEntry]) -> Iterator[Identity]:
        """The parties on the supplier lines that stand against what was bought."""
        cost = _sum(self._buys(part))
        for entry in part:
            if self._role(entry) is Role.SUPPLIER and entry.amount * cost < 0:
                yield self._supplier(entry)

    def _supplier(self, entry: LedgerEntry) -> Identity:
        if entry.party.name or identifier_of(entry.party):
            return entry.party
        if self._accounts.is_of_one_supplier(entry.account_name):
            return Identity(entry.account_name)
        return _said_by(entry)

    # --- roles ---

    def _role(self, entry: LedgerEntry) -> Role:
        return self._roles[entry.account]

    def _roles_in(self, chart: str) -> Mapping[str, Role]:
        digits = self._accounts.digits_of(chart, self._codes)
        return {code: self._accounts.role(chart, code, digits) for code in self._codes}


def _booking(kind: Kind, entries: Sequence[LedgerEntry]) -> Booking:
    first = entries[0]
    told = [e.vat for e in entries if e.vat is not None]
    vat = sum(told, _NOTHING) if told else None
    # An amount with the VAT beside it is one without VAT, unless the ledger says otherwise.
    net = True if vat is not None and first.net is None else first.net
    amount = _sum(entries)
    gross = amount if net is False else amount + vat if net and vat is not None else None
    named = next((e.party for e in entries if e.party.name or e.party.vat_id), None)
    return Booking(
        kind, tuple(entries), named or _said_by(first), first.document, first.date, amount, net, vat, gross
    )


def _said_by(entry: LedgerEntry) -> Identity:
    """The party of an entry: as it is named, else the first words of what is said of it."""
    if entry.party.name or identifier_of(entry.party):
        return entry.party
    words = [w for w in clean_name(entry.description).split() if w.upper() not in ANNOUNCING]
    return Identity(" ".join(words[:WORDS_OF_A_NAME]))


# --- what belongs together ------------------------------------------------------------------------


def _purchase(entry: LedgerEntry) -> tuple[object, ...]:
    """Entries of one party and document are one purchase; without a document those of a day."""
    where, party = (entry.source, entry.currency), _party_key(entry.party)
    number = normal_reference(entry.document)
    return (*where, party, number) if number else (*where, party or plain(entry.description), "", entry.date)


def _payment(entry: LedgerEntry) -> tuple[object, ...]:
    """Each line is a payment; those of one party, document and day are one."""
    number = normal_reference(entry.document)
    return (entry.currency, _party_key(entry.party), entry.date, number) if number else (entry.id,)


def _vouchers(entries: Sequence[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    """Entries of one journal and document, of several days only where the days do not balance by themselves; without
    document those of a day, cut where debits meet credits.
    """
    for of_document in _grouped(entries, _voucher_of).values():
        if not of_document[0].document:
            yield from _balanced(of_document)
            continue
        by_day = list(_grouped(of_document, lambda e: (e.date,)).values())
        if len(by_day) > 1 and all(not _sum(of_day) for of_day in by_day):
            yield from by_day
        else:
            yield of_document


def _voucher_of(entry: LedgerEntry) -> tuple[object, ...]:
    return entry.source, entry.currency, entry.journal, entry.document or entry.date


def _apart(entries: Sequence[LedgerEntry]) -> Iterator[list[LedgerEntry]]:
    """The entries of one number, cut where it comes back much later."""
    ordered = sorted(entries, key=lambda e: (e.date, _in_order(e)))
    part = [ordered[0]]
    for before, entry in pairwise(ordered):
        if (entry.date - before.date).days > DAYS_OF_A_DOCUMENT:
            yield part
            part = []
        part.append(entry)
    yield part


def _balanced(voucher: Sequence[LedgerEntry]) -> list[list[LedgerEntry]]:
    """A voucher in the pieces whose debits equal their credits, in the order of the ledger."""
    parts: list[list[LedgerEntry]] = [[]]
    for entry in voucher:
        parts[-1].append(entry)
        if not _sum(parts[-1]):
            parts.append([])
    return [part for part in parts if part]


def _grouped(
    entries: Iterable[LedgerEntry], key: Callable[[LedgerEntry], tuple[object, ...]]
) -> Mapping[tuple[object, ...], list[LedgerEntry]]:
    groups: dict[tuple[object, ...], list[LedgerEntry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return groups


def _sum(entries: Collection[LedgerEntry]) -> Decimal:
    return sum((entry.amount for entry in entries), _NOTHING)


def _in_order(entry: LedgerEntry) -> tuple[str, int, str]:
    """The place of an entry in its ledger."""
    paper, _, number = entry.id.rpartition(":")
    return paper, int(number) if number.isdigit() else 0, entry.id
