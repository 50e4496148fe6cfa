"""From a booking to a movement: who, what for, and under which reference.

Structured communications of CODA have a kind of three digits. 100 is an ISO 11649 reference, 101 and 102 are
Belgian ones of 12 digits; 107 (old direct debit), 113 and 114 (cards) and 127 (SEPA direct debit) carry words
and references at fixed places, of which we keep those that say who was paid and why, and not the card's
number. Of any other kind the text is kept as it stands.
Proved by files: 101, 107, 114. Unproved: 100, 102, 113, 127.
"""

from __future__ import annotations

from pilothouse.intake.coda.layout import Field
from pilothouse.intake.coda.records import Booking, Note
from pilothouse.intake.communications import belgian_reference, creditor_reference, find_structured
from pilothouse.intake.papers import Counterparty, Movement
from pilothouse.intake.shapes import amount_text

DETAILS_SHOWN = 25

_KIND = Field(1, 3)
# What is worth reading of a structured communication, by kind; positions count from 1 after the kind.
_READABLE = {
    "107": (Field(1, 12), Field(19, 48), Field(49, 63)),  # number of the mandate, two communications
    "113": (Field(41, 56), Field(57, 66), Field(67, 82)),  # terminal, town, reference
    "114": (Field(28, 43), Field(44, 53), Field(54, 69)),  # terminal, town, reference
    "127": (Field(45, 79), Field(10, 44), Field(80, 141)),  # mandate, creditor's identifier, communication
}
_REFERENCE = {"100": Field(1, 25), "101": Field(1, 12), "102": Field(1, 12)}
_COUNTERPARTY_NOTE = "001"
_COUNTERPARTY_NAME = Field(4, 73)
_WORDS_NOTES = {"002", "003", "004", "008", "009", "010", "011"}  # notes in words; the others are figures


def read_movement(booking: Booking) -> Movement:
    """The movement of a booking; what its details and notes say is part of the communication."""
    structured, words = _communication(booking)
    return Movement(
        date=booking.day,
        value_date=booking.value_day,
        amount=booking.amount,
        counterparty=Counterparty(_name(booking), booking.account, booking.bic or None),
        communication=" ".join(filter(None, (words, *_words_of_notes(booking), *_words_of_details(booking)))),
        structured=structured,
        bank_reference=booking.bank_reference or None,
        place=booking.place,
        code=booking.code or None,
    )


def _communication(booking: Booking) -> tuple[str | None, str]:
    """The structured communication and the rest; the customer's own reference where nothing else is said."""
    if booking.structured:
        return _structured_communication(booking.zone)
    structured, words = find_structured(_squeezed(booking.zone))
    if not structured and not words and booking.customer_reference.strip("0"):
        return find_structured(booking.customer_reference)
    return structured, words


def _structured_communication(zone: str) -> tuple[str | None, str]:
    kind, rest = _KIND.of(zone), zone[_KIND.last :]
    if kind in _REFERENCE:
        field = _REFERENCE[kind]
        written = field.of(rest).strip()
        proved = creditor_reference(written) if kind == "100" else belgian_reference(written)
        after = _squeezed(rest[field.last :])
        return proved, after if proved else _squeezed(f"{written} {after}")
    if kind in _READABLE:
        return find_structured(" ".join(filter(None, (field.text(rest) for field in _READABLE[kind]))))
    return None, _squeezed(rest)


def _name(booking: Booking) -> str | None:
    """Record 2.3 has 35 places for a name; a note of kind 001 has 70 and gives what was cut off."""
    name = booking.name
    for note in booking.notes:
        if note.structured and _KIND.of(note.zone) == _COUNTERPARTY_NOTE:
            longer = _COUNTERPARTY_NAME.text(note.zone)
            name = longer if longer.startswith(name) else name
    return name or None


def _words_of_notes(booking: Booking) -> list[str]:
    return [words for words in map(_words_of_note, booking.notes) if words]


def _words_of_note(note: Note) -> str:
    if not note.structured:
        return _squeezed(note.zone)
    return _squeezed(note.zone[_KIND.last :]) if _KIND.of(note.zone) in _WORDS_NOTES else ""


def _words_of_details(booking: Booking) -> list[str]:
    """What each detail of a total says, with its amount; after 25 only how many more there are."""
    shown = [_words_of_detail(detail) for detail in booking.details[:DETAILS_SHOWN]]
    hidden = len(booking.details) - len(shown)
    return [*shown, f"[and {hidden} more details]"] if hidden else shown


def _words_of_detail(detail: Booking) -> str:
    structured, words = _communication(detail)
    parts = (amount_text(detail.amount), _name(detail), structured, words, *_words_of_notes(detail))
    return f"[{' '.join(part for part in parts if part)}]"


def _squeezed(text: str) -> str:
    return " ".join(text.split())
