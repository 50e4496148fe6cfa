"""The records of one statement put together: which lines belong to which movement.

A record 2.1 with detail number 0000 starts a `Booking`, a movement of the account. One with another detail
number is a detail of the booking with the same sequence number: its amount is part of the booking's amount.
Records 2.2, 2.3 and 3.x belong to the 2.1 before them and carry its sequence number.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pilothouse.intake.coda.layout import (
    Information,
    Movement,
    MovementSecond,
    MovementThird,
    MovementThirdVersion1,
)
from pilothouse.intake.coda.lines import Line
from pilothouse.intake.coda.values import (
    UnreadableError,
    is_number,
    read_amount,
    read_counterparty_account,
    read_day,
)

FIRST_DETAIL = "0000"
LAST_NUMBER = "9999"  # after it, sequence and detail numbers go on with 0000


@dataclass(slots=True)
class Note:
    """A record 3.1 with what follows it: more about a movement."""

    structured: bool
    zone: str


@dataclass(slots=True)
class Booking:
    """A record 2.1 and all that belongs to it; `zone` is the communication as it stands, over three
    records.
    """

    place: str
    sequence: str
    detail: str
    amount: Decimal
    day: date
    value_day: date | None
    code: str
    bank_reference: str
    structured: bool
    zone: str
    globalisation: str
    customer_reference: str = ""
    category_purpose: str = ""
    bic: str = ""
    account: str | None = None
    name: str = ""
    notes: list[Note] = field(default_factory=list)
    details: list[Booking] = field(default_factory=list)

    def add_second(self, text: str) -> None:
        self.zone += MovementSecond.COMMUNICATION.of(text)
        self.customer_reference = MovementSecond.CUSTOMER_REFERENCE.text(text)
        self.category_purpose = MovementSecond.CATEGORY_PURPOSE.text(text)
        self.bic = MovementSecond.BIC.text(text)

    def add_third(self, text: str, version: str) -> None:
        self.account = read_counterparty_account(text, version)
        if version == "1":
            self.name = MovementThirdVersion1.NAME.text(text)
        else:
            self.name = MovementThird.NAME.text(text)
            self.zone += MovementThird.COMMUNICATION.of(text)

    def add_note(self, text: str) -> None:
        self.notes.append(Note(Information.STRUCTURED.of(text) == "1", Information.COMMUNICATION.of(text)))

    def continue_note(self, zone: str) -> bool:
        """False when there is nothing to continue."""
        if not self.notes:
            return False
        self.notes[-1].zone += zone
        return True


def read_booking(line: Line) -> Booking:
    """The record 2.1 of a line. `UnreadableError` when amount, sign, numbers or both days cannot be read."""
    text = line.text
    sequence, detail = Movement.SEQUENCE.of(text), Movement.DETAIL.of(text)
    if not is_number(sequence + detail):
        raise UnreadableError(f"positions 3 to 10 should number the movement and hold “{sequence + detail}”")
    amount = read_amount(text, Movement.SIGN, Movement.AMOUNT)
    value_day = read_day(text, Movement.VALUE_DAY)
    day = read_day(text, Movement.ENTRY_DAY) or value_day
    if day is None:
        raise UnreadableError(
            "neither the day of entry (positions 116 to 121) nor the value day (48 to 53) is a day"
        )
    return Booking(
        place=line.place,
        sequence=sequence,
        detail=detail,
        amount=amount,
        day=day,
        value_day=value_day,
        code=Movement.CODE.of(text).strip(),
        bank_reference=Movement.BANK_REFERENCE.text(text),
        structured=Movement.STRUCTURED.of(text) == "1",
        zone=Movement.COMMUNICATION.of(text),
        globalisation=Movement.GLOBALISATION.of(text),
    )
