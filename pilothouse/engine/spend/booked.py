"""Which purchase of a ledger is an invoice that is here?

In this order, each rule on what the ones before it left open:
1. the same vendor (number, key or cleaned name) and the same document number; where numbers come back, the amount and
   then the day decide. A second booking of a number is of the same invoice;
2. the same vendor and amount, and a number written otherwise: without the letters in front, or cut off;
3. the same vendor and amount, and days within a week: first where there is no choice, then what lies nearest to the
   days that this bookkeeper usually takes;
4. a long number and the amount, whatever the vendor is called, unless both have numbers and they differ;
5. the same vendor and amount in a ledger that does not number its papers as the vendor does: laid side by side in
   time, at most 25 days apart, 60 where the vendor bills that amount once;
6. names of which one begins with the other, the same amount within a week, and no other choice.
Amounts agree when they are equal without VAT or with it, to two cents; a ledger that does not say which it tells may
mean either.

Limits: rule 3 does not take a booking that names another paper of a vendor who bills one amount again and again, unless
the days are equal; what is booked later than `DAYS_OF_A_NUMBER` days counts twice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import floor
from statistics import median_low
from typing import TypeVar

from pilothouse.engine.spend.align import Dated, Window, aligned
from pilothouse.engine.spend.ledgers import Booking
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.settle import ROUNDING
from pilothouse.engine.spend.terms import InvoicePaper
from pilothouse.engine.spend.vendors import SHORTEST_START, UNNAMED_KEY, Parties, identifier_of
from pilothouse.engine.spend.written import SHORTEST_LONE_NUMBER, normal_reference, shape_of, spellings

DAYS_OF_A_NUMBER = 200
DAYS_OF_A_SPELLING = 100
DAYS_OF_AN_AMOUNT = 7
LATER = Window(before=7, after=25)
MUCH_LATER = Window(before=7, after=60)
SHORTEST_TAIL = 5
SHORTEST_TELLING = 4
_NOTHING = Decimal(0)

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Bill:
    """An invoice, or a booking of one, as the two are compared; amounts are signed as cost."""

    id: str
    names: tuple[str, ...]
    identifier: str
    number: str
    day: date
    currency: str
    nets: tuple[Decimal, ...]
    grosses: tuple[Decimal, ...]

    @property
    def is_credit(self) -> bool:
        return min((*self.nets, *self.grosses)) < 0

    def agrees(self, other: Bill) -> bool:
        """Whether the amounts are the same, with or without VAT."""
        return self.currency == other.currency and (
            _meet(self.nets, other.nets) or _meet(self.grosses, other.grosses)
        )

    def difference(self, other: Bill) -> Decimal:
        """How far the amounts are apart, at the least."""
        pairs = [(a, b) for a in self.nets for b in other.nets]
        pairs += [(a, b) for a in self.grosses for b in other.grosses]
        return min((a - b for a, b in pairs), key=abs, default=_NOTHING)

    def days_after(self, other: Bill) -> int:
        return (self.day - other.day).days


def _meet(some: Iterable[Decimal], others: Iterable[Decimal]) -> bool:
    return any(abs(a - b) <= ROUNDING for a in some for b in others)


def bill_of_invoice(invoice: InvoicePaper, parties: Parties) -> Bill:
    sign = -1 if invoice.is_credit else 1
    whole = invoice.net + invoice.vat
    grosses = (sign * whole,) if invoice.payable in (whole, 0) else (sign * whole, sign * invoice.payable)
    names = _names(invoice.seller.name, parties.key(invoice.seller))
    identifier = identifier_of(invoice.seller)
    return Bill(
        invoice.id,
        names,
        identifier,
        invoice.number,
        invoice.issue_date,
        invoice.currency,
        (sign * invoice.net,),
        grosses,
    )


def bill_of_booking(booking: Booking, parties: Parties) -> Bill:
    """The bill a booking is of; an amount that may be with or without VAT stands on both sides."""
    nets = (booking.amount,) if booking.net is not False else ()
    grosses = (booking.amount,) if not booking.net else ()
    if booking.gross is not None and booking.net:
        grosses = (booking.gross,)
    if booking.vat is not None and booking.net is False:
        nets = (booking.amount - booking.vat,)
    names = _names(booking.party.name, parties.key(booking.party))
    return Bill(
        booking.id,
        names,
        identifier_of(booking.party),
        booking.number,
        booking.day,
        booking.currency,
        nets,
        grosses,
    )


def _names(name: str, key: str) -> tuple[str, ...]:
    cleaned = clean_name(name)
    return tuple(n for n in (key if key != UNNAMED_KEY else "", f"name:{cleaned}" if cleaned else "") if n)


@dataclass(frozen=True, slots=True)
class Same:
    """A booking and the bill it is of."""

    booking: Bill
    bill: Bill
    because: str


def find_booked(bookings: Iterable[Bill], bills: Iterable[Bill]) -> tuple[Same, ...]:
    """Which of the bookings are of which of the bills; each booking at most once."""
    pairing = _Pairing(sorted(bookings, key=_in_order), sorted(bills, key=_in_order))
    pairing.by_number()
    pairing.by_spelling()
    pairing.by_amount_and_day()
    pairing.by_lone_number()
    pairing.by_amount_in_time()
    pairing.by_like_name()
    return tuple(pairing.found)


class _Pairing:
    """The bookings and bills while they are being paired."""

    def __init__(self, bookings: Sequence[Bill], bills: Sequence[Bill]) -> None:
        self.found: list[Same] = []
        self._bookings = bookings
        self._bills = bills
        self._booked: set[str] = set()
        self._open = {bill.id for bill in bills}
        self._by_number = _index(bills, lambda b: ((n, normal_reference(b.number)) for n in b.names))
        self._by_spelling = _index(bills, _spelt)
        self._by_amount = _index(bills, _amounts)
        self._shapes = {(name, shape_of(s)) for b in bills for name in b.names for s in spellings(b.number)}
        self._same_bills = Counter((b.names[-1:], min(b.nets)) for b in bills)

    def by_number(self) -> None:
        for booking in self._left():
            number = normal_reference(booking.number)
            held = [
                bill
                for name in booking.names
                for bill in (self._by_number.get((name, number), ()) if number else ())
                if _same_side(booking, bill, DAYS_OF_A_NUMBER) and (_tells(number) or booking.agrees(bill))
            ]
            self._take(booking, held, "the same vendor and number", again=True)

    def by_spelling(self) -> None:
        for booking in self._left():
            held = [
                bill
                for key in dict.fromkeys(_spelt(booking))
                for bill in self._by_spelling.get(key, ())
                if _same_side(booking, bill, DAYS_OF_A_SPELLING)
                and booking.agrees(bill)
                and _one_is_the_other(booking.number, bill.number)
            ]
            self._take(booking, held, "the same vendor and amount, and a number that is much the same")

    def by_amount_and_day(self) -> None:
        """First where there is no choice; then the days nearest to the lag that this bookkeeper shows, so that of equal
        invoices each finds its own.
        """
        pairs = [
            (booking, bill)
            for booking in self._left()
            for bill in self._of_amount(booking)
            if abs(booking.days_after(bill)) <= DAYS_OF_AN_AMOUNT and not self._is_another(booking, bill)
        ]
        because = "the same vendor and amount within a week"
        for booking, bill in _only_choices(pairs):
            self._take(booking, [bill], because)
        lag = median_low([0, *(same.booking.days_after(same.bill) for same in self.found), 0])
        pairs.sort(key=lambda p: (abs(p[0].days_after(p[1]) - lag), _in_order(p[0]), _in_order(p[1])))
        for booking, bill in pairs:
            if booking.id not in self._booked:
                self._take(booking, [bill], because)

    def by_lone_number(self) -> None:
        of_all = _index(self._bills, lambda b: [normal_reference(b.number)])
        for booking in self._left():
            number = normal_reference(booking.number)
            held = [
                bill
                for bill in of_all.get(number, ())
                if len(number) >= SHORTEST_LONE_NUMBER
                and _same_side(booking, bill, DAYS_OF_A_SPELLING)
                and booking.agrees(bill)
                and not (booking.identifier and bill.identifier and booking.identifier != bill.identifier)
            ]
            self._take(booking, held, "the same number and amount")

    def by_amount_in_time(self) -> None:
        series: dict[tuple[str, Decimal], list[Bill]] = defaultdict(list)
        for booking in self._left():
            if booking.names and not self._is_numbered_as_theirs(booking):
                series[booking.names[0], min((*booking.nets, *booking.grosses))].append(booking)
        for bookings in series.values():
            bills = sorted({b.id: b for b in self._of_amount(bookings[0])}.values(), key=_in_order)
            owed = [Dated(b.day, b.day) for b in bills]
            is_single = len(bookings) == len(bills) == 1 and self._bills_once(bills[0])
            window = MUCH_LATER if is_single else LATER
            for booked, billed in aligned([b.day for b in bookings], owed, window):
                self._take(bookings[booked], [bills[billed]], "the same vendor and amount")

    def by_like_name(self) -> None:
        by_amount = _index(self._bills, lambda b: (key[1:] for key in _amounts(b)))
        pairs = [
            (booking, bill)
            for booking in self._left()
            for bill in {b.id: b for key in _amounts(booking) for b in by_amount.get(key[1:], ())}.values()
            if bill.id in self._open
            and _same_side(booking, bill, DAYS_OF_AN_AMOUNT)
            and booking.agrees(bill)
            and _is_like(booking, bill)
        ]
        for booking, bill in _only_choices(pairs):
            self._take(booking, [bill], "the same amount within a week, and names that begin alike")

    # --- what is left -----------------------------------------------------------------------------

    def _left(self) -> Iterator[Bill]:
        return (b for b in self._bookings if b.id not in self._booked)

    def _take(self, booking: Bill, held: Sequence[Bill], because: str, *, again: bool = False) -> None:
        """Pair a booking with the best of some bills: one that is open, whose amount agrees, the nearest day."""
        choices = [bill for bill in held if again or bill.id in self._open]
        if not choices:
            return

        def worse(bill: Bill) -> tuple[bool, bool, int, tuple[date, str]]:
            is_taken = bill.id not in self._open
            return is_taken, not booking.agrees(bill), abs(booking.days_after(bill)), _in_order(bill)

        best = min(choices, key=worse)
        self._open.discard(best.id)
        self._booked.add(booking.id)
        self.found.append(Same(booking, best, because))

    def _of_amount(self, booking: Bill) -> Iterator[Bill]:
        """Open bills of the vendor whose amount agrees."""
        seen: set[str] = set()
        for key in _amounts(booking):
            for bill in self._by_amount.get(key, ()):
                if bill.id in self._open and bill.id not in seen and booking.agrees(bill):
                    seen.add(bill.id)
                    yield bill

    def _is_numbered_as_theirs(self, booking: Bill) -> bool:
        return any(
            (name, shape_of(s)) in self._shapes for name in booking.names for s in spellings(booking.number)
        )

    def _is_another(self, booking: Bill, bill: Bill) -> bool:
        """Whether the booking names another paper of a vendor who bills one amount again and again."""
        if booking.day == bill.day or not self._is_numbered_as_theirs(booking):
            return False
        return not self._bills_once(bill)

    def _bills_once(self, bill: Bill) -> bool:
        """Whether the vendor bills this amount only here."""
        return self._same_bills[bill.names[-1:], min(bill.nets)] < 2


def _only_choices(pairs: Sequence[tuple[Bill, Bill]]) -> Iterator[tuple[Bill, Bill]]:
    """Pairs of which neither side has another."""
    of_booking = Counter(booking.id for booking, _ in pairs)
    of_bill = Counter(bill.id for _, bill in pairs)
    return ((a, b) for a, b in pairs if of_booking[a.id] == of_bill[b.id] == 1)


def _index(bills: Iterable[Bill], keys_of: Callable[[Bill], Iterable[Key]]) -> dict[Key, list[Bill]]:
    found: dict[Key, list[Bill]] = defaultdict(list)
    for bill in bills:
        for key in dict.fromkeys(keys_of(bill)):
            found[key].append(bill)
    return dict(found)


def _spelt(bill: Bill) -> Iterator[tuple[str, ...]]:
    """By what a number that was written otherwise is found: without its letters, by its end."""
    for spelling in spellings(bill.number):
        for name in bill.names:
            yield name, spelling
            if len(spelling) >= SHORTEST_TAIL:
                yield name, "end", spelling[-SHORTEST_TAIL:]


def _amounts(bill: Bill) -> Iterator[tuple[str, str, int]]:
    """By what bills of much the same amount are found: whole units, and the next where it is close to them."""
    for name in bill.names:
        for amount in (*bill.nets, *bill.grosses):
            yield name, bill.currency, floor(amount - ROUNDING)
            yield name, bill.currency, floor(amount + ROUNDING)


def _tells(number: str) -> bool:
    """Whether a number alone names a paper of a vendor."""
    return len(number) >= SHORTEST_TELLING and any(c.isdigit() for c in number)


def _same_side(booking: Bill, bill: Bill, days: int) -> bool:
    return booking.is_credit == bill.is_credit and abs(booking.days_after(bill)) <= days


def _one_is_the_other(one: str, other: str) -> bool:
    """Whether one number is the other without its beginning."""
    return any(
        a == b or (min(len(a), len(b)) >= SHORTEST_TAIL and (a.endswith(b) or b.endswith(a)))
        for a in spellings(one)
        for b in spellings(other)
    )


def _is_like(booking: Bill, bill: Bill) -> bool:
    """Whether one name begins with the other; two numbers that differ are two firms."""
    if booking.identifier and bill.identifier:
        return False
    return any(_begins(a, b) or _begins(b, a) for a in booking.names for b in bill.names)


def _begins(longer: str, shorter: str) -> bool:
    name = shorter.removeprefix("name:")
    return len(name) >= SHORTEST_START and longer.startswith(shorter + " ")


def _in_order(bill: Bill) -> tuple[date, str]:
    return bill.day, bill.id
