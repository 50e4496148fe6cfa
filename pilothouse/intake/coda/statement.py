"""One CODA file (records 0 to 9) read line by line into a statement draft, with what is wrong in it.

A line that cannot be read is a problem with its number, and the rest goes on. What the draft is worth is
decided in `proofs`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from pilothouse.intake.coda.layout import (
    WIDTH,
    Header,
    Information,
    Movement,
    NewBalance,
    OldBalance,
    Trailer,
)
from pilothouse.intake.coda.lines import Line
from pilothouse.intake.coda.records import FIRST_DETAIL, LAST_NUMBER, Booking, read_booking
from pilothouse.intake.coda.values import (
    UnreadableError,
    is_iban,
    is_number,
    read_account,
    read_amount,
    read_count,
    read_day,
    read_sum,
)
from pilothouse.intake.papers import Balance, Problem

PROBLEMS_SHOWN = 100
_COUNTED = frozenset({"1", "21", "22", "23", "31", "32", "33", "8"})


@dataclass(frozen=True, slots=True)
class Control:
    """Record 9: what the bank counted and summed; None where it cannot be read."""

    place: str
    records: int | None
    debit: Decimal | None
    credit: Decimal | None


@dataclass(slots=True)
class Draft:
    """A statement while it is read. `gaps` counts the lines that cannot be read and may be movements."""

    place: str
    version: str
    separate: str
    addressee: str
    account: str = ""
    currency: str = ""
    holder: str = ""
    number: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    control: Control | None = None
    records: int = 0
    bookings: list[Booking] = field(default_factory=list)
    gaps: int = 0
    problems: list[Problem] = field(default_factory=list)
    hidden: int = 0
    _last: Booking | None = None
    _lost: set[str] = field(default_factory=set)

    def problem(self, rule: str, message: str, place: str, *, warning: bool = False) -> None:
        self.problems.append(Problem(rule, "warning" if warning else "error", message, place))

    def read(self, line: Line) -> None:
        """Take in one line after the header."""
        if line.length != WIDTH:
            self._wrong_length(line)
        self.records += line.kind in _COUNTED
        try:
            _READERS.get(line.kind, Draft.unknown)(self, line)
        except UnreadableError as reason:
            self._unreadable(line, reason)
        # A damaged file has a problem in every line: keep the first ones, count the others.
        self.hidden += len(self.problems[PROBLEMS_SHOWN:])
        del self.problems[PROBLEMS_SHOWN:]

    def say_hidden(self) -> None:
        """After the last line: how many problems were counted and not kept."""
        if self.hidden:
            words = f"… and {self.hidden} more problems in this statement."
            self.problem("coda.more", words, self.place, warning=True)

    def unknown(self, line: Line) -> None:
        words = f"A record of kind “{line.kind.strip()}” is not known in CODA; the line is left out."
        self.problem("coda.record", words, line.place)
        self.gaps += 1

    def _wrong_length(self, line: Line) -> None:
        words = (
            f"The line has {line.length} characters and should have {WIDTH}: it was cut or changed after "
            "the bank made it. What can be read of it is used."
        )
        self.problem("coda.length", words, line.place, warning=True)

    def _unreadable(self, line: Line, reason: UnreadableError) -> None:
        self.problem("coda.line", f"The line cannot be read: {reason}. It is left out.", line.place)
        if line.kind == "21":
            self._last = None
            self._lost.add(Movement.SEQUENCE.of(line.text))
            detail = Movement.DETAIL.of(line.text)
            if detail == FIRST_DETAIL or not is_number(detail):
                self.gaps += 1

    def old_balance(self, line: Line) -> None:
        text = line.text
        if self.opening:
            raise UnreadableError("the statement has its old balance already")
        self.account, currency = read_account(text, self.version)
        if not self.account:
            raise UnreadableError("it names no account")
        self.currency = currency or "EUR"
        self.number = OldBalance.PAPER_NUMBER.of(text).strip()
        if not self.number.strip("0"):
            self.number = OldBalance.CODA_NUMBER.of(text).strip()
        self.holder = OldBalance.HOLDER.text(text) or self.addressee
        self.opening = Balance(
            read_day(text, OldBalance.DAY), read_amount(text, OldBalance.SIGN, OldBalance.AMOUNT)
        )
        if not is_iban(self.account):
            self._doubtful_account(line)

    def _doubtful_account(self, line: Line) -> None:
        foreign = OldBalance.STRUCTURE.of(line.text) == "1"  # a foreign number has no check digits we know
        words = f"The check digits of the account {self.account} are wrong; it is kept as written."
        if not foreign:
            self.problem("coda.account", words, line.place, warning=True)

    def movement(self, line: Line) -> None:
        booking = read_booking(line)
        before, self._last = self._last, booking
        if booking.detail == FIRST_DETAIL and not _goes_on(before, booking):
            self._check_sequence(booking)
            self.bookings.append(booking)
        elif self.bookings and self.bookings[-1].sequence == booking.sequence:
            self.bookings[-1].details.append(booking)
        elif booking.sequence not in self._lost:
            words = f"This is a detail of movement {booking.sequence}, which is not there; it is not counted."
            self.problem("coda.sequence", words, line.place)

    def _check_sequence(self, booking: Booking) -> None:
        """Numbers go up by one; where they do not, a movement may be missing (the balances will tell)."""
        before = int(self.bookings[-1].sequence) if self.bookings else 0
        expected = {f"{(before + 1) % 10000:04d}", f"{(before + 1 + self.gaps) % 10000:04d}"}
        if booking.sequence not in expected:
            words = (
                f"Movement {booking.sequence} stands where {min(expected)} is due: one may be missing or "
                "twice."
            )
            self.problem("coda.sequence", words, booking.place, warning=True)

    def second(self, line: Line) -> None:
        booking = self._owner(line)
        if booking:
            booking.add_second(line.text)

    def third(self, line: Line) -> None:
        booking = self._owner(line)
        if booking:
            booking.add_third(line.text, self.version)

    def note(self, line: Line) -> None:
        booking = self._owner(line)
        if booking:
            booking.add_note(line.text)

    def note_second(self, line: Line) -> None:
        self._continue_note(line, Information.SECOND.of(line.text))

    def note_third(self, line: Line) -> None:
        self._continue_note(line, Information.THIRD.of(line.text))

    def _continue_note(self, line: Line, zone: str) -> None:
        booking = self._owner(line)
        if booking and not booking.continue_note(zone):
            words = "The line goes on with a note (record 3.1) that is not there; it is left out."
            self.problem("coda.sequence", words, line.place, warning=True)

    def _owner(self, line: Line) -> Booking | None:
        """The movement or detail a line belongs to; a line of a lost one is lost with it, without another
        word.
        """
        sequence = Movement.SEQUENCE.of(line.text)
        if self._last and self._last.sequence == sequence:
            return self._last
        if sequence not in self._lost:
            words = (
                f"The line belongs to movement {sequence}, which does not stand before it; it is left out."
            )
            self.problem("coda.sequence", words, line.place, warning=True)
        return None

    def new_balance(self, line: Line) -> None:
        if self.closing:
            raise UnreadableError("the statement has its new balance already")
        amount = read_amount(line.text, NewBalance.SIGN, NewBalance.AMOUNT)
        self.closing = Balance(read_day(line.text, NewBalance.DAY), amount)

    def message(self, line: Line) -> None:
        """A message of the bank to everybody says nothing about the account."""

    def trailer(self, line: Line) -> None:
        text = line.text
        self.control = Control(
            place=line.place,
            records=read_count(text, Trailer.RECORDS),
            debit=read_sum(text, Trailer.DEBIT),
            credit=read_sum(text, Trailer.CREDIT),
        )


_READERS = {
    "1": Draft.old_balance,
    "21": Draft.movement,
    "22": Draft.second,
    "23": Draft.third,
    "31": Draft.note,
    "32": Draft.note_second,
    "33": Draft.note_third,
    "8": Draft.new_balance,
    "4": Draft.message,
    "9": Draft.trailer,
}


def start_draft(header: Line) -> Draft:
    """The draft of the statement that a header (record 0) opens."""
    draft = Draft(
        place=header.place,
        version=Header.VERSION.of(header.text).strip(),
        separate=Header.SEPARATE.of(header.text).strip(),
        addressee=Header.ADDRESSEE.text(header.text),
    )
    if header.length != WIDTH:
        draft._wrong_length(header)
    return draft


def _goes_on(before: Booking | None, booking: Booking) -> bool:
    """After 9,999 details of one movement the detail number starts again at 0000."""
    return before is not None and before.sequence == booking.sequence and before.detail == LAST_NUMBER
