"""A month of an account as a CODA file (version 2): lines of 128 characters, ISO 8859-1.

Each movement is written as records 2.1, 2.2 and 2.3; the wages of many come as a total with its details. A free
message (record 4) says that the file is made up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from pilothouse.sample.bank import Booked, MonthOfAccount
from pilothouse.sample.firm import MADE_UP, SampleFirm
from pilothouse.sample.payments import Payment, Way

_WIDTH = 128
_BANK, _BIC = "999", "SAMPBEBB"
_CODES = {  # family and transaction
    Way.OUT: "0101",
    Way.IN: "0150",
    Way.WAGE: "0105",
    Way.CARD: "0402",
    Way.DIRECT_DEBIT: "0501",
    Way.FEE: "8037",
    Way.INTEREST: "3501",
}
_SIMPLE, _TOTAL, _DETAIL = "0", "1", "5"
_STRUCTURED, _CARD_PAYMENT, _SEPA_DEBIT = "101", "113", "127"
_DESCRIPTIONS = {"current": "Zichtrekening", "savings": "Spaarrekening"}
_ZONE = (53, 53, 43)  # the places for the communication on 2.1, 2.2 and 2.3


@dataclass(frozen=True, slots=True)
class _Entry:
    """What one set of records 2.x says."""

    sequence: int
    detail: int
    type: str
    globalisation: str
    booked: Booked
    paper_number: int


def write_coda(statement: MonthOfAccount, firm: SampleFirm) -> bytes:
    """The file of one month."""
    movements = [line for entry in _entries(statement) for line in _movement(entry)]
    lines = [
        _header(statement, firm),
        _old_balance(statement, firm),
        *movements,
        _new_balance(statement),
        _message(),
        _trailer(statement, len(movements) + 2),
    ]
    return "".join(f"{line}\r\n" for line in lines).encode("iso-8859-1")


def _line(*pieces: tuple[int, str]) -> str:
    """A line with each text at its position, counted from 1."""
    line = [" "] * _WIDTH
    for position, text in pieces:
        line[position - 1 : position - 1 + len(text)] = text
    return "".join(line)


def _day(day: date) -> str:
    return f"{day:%d%m%y}"


def _sum(amount: Decimal) -> str:
    return f"{abs(amount) * 1000:015.0f}"


def _signed(amount: Decimal) -> str:
    return f"{'1' if amount < 0 else '0'}{_sum(amount)}"


def _header(statement: MonthOfAccount, firm: SampleFirm) -> str:
    reference = f"S{statement.account[0].upper()}{statement.closing_day:%y%m%d}"
    return _line(
        (1, "00000"),
        (6, _day(statement.closing_day)),
        (12, _BANK),
        (15, "05"),
        (25, reference),
        (35, firm.name[:26]),
        (61, _BIC),
        (72, f"0{firm.party.legal_id[0]}"),
        (84, "00000"),
        (128, "2"),
    )


def _old_balance(statement: MonthOfAccount, firm: SampleFirm) -> str:
    return _line(
        (1, "12"),
        (3, f"{statement.number:03d}"),
        (6, statement.iban),
        (40, "EUR"),
        (43, _signed(statement.opening)),
        (59, _day(statement.opening_day)),
        (65, firm.name[:26]),
        (91, _DESCRIPTIONS[statement.account]),
        (126, f"{statement.number:03d}"),
    )


def _entries(statement: MonthOfAccount) -> Iterator[_Entry]:
    for sequence, booked in enumerate(statement.booked, start=1):
        details = booked.payment.details
        kind, level = (_TOTAL, "1") if details else (_SIMPLE, "0")
        yield _Entry(sequence, 0, kind, level, booked, statement.number)
        for number, detail in enumerate(details, start=1):
            one = replace(booked.payment, amount=-detail.amount, name=detail.name, iban=detail.iban)
            closes = "1" if number == len(details) else "0"
            yield _Entry(sequence, number, _DETAIL, closes, replace(booked, payment=one), statement.number)


def _movement(entry: _Entry) -> tuple[str, str, str]:
    payment = entry.booked.payment
    structured, zone = _communication(payment)
    first, second, third = _cut(zone)
    number = f"{entry.sequence:04d}{entry.detail:04d}"
    return (
        _line(
            (1, "21"),
            (3, number),
            (11, entry.booked.reference),
            (32, _signed(payment.amount)),
            (48, _day(payment.day)),
            (54, f"{entry.type}{_CODES[payment.way]}000"),
            (62, structured),
            (63, first),
            (116, _day(payment.day)),
            (122, f"{entry.paper_number:03d}"),
            (125, entry.globalisation),
            (126, "1 0"),
        ),
        _line(
            (1, "22"),
            (3, number),
            (11, second),
            (99, _BIC if payment.iban else ""),
            (118, "SALA" if payment.way is Way.WAGE else ""),
            (126, "1 0"),
        ),
        _line(
            (1, "23"),
            (3, number),
            (11, f"{payment.iban:<34}EUR" if payment.iban else ""),
            (48, payment.name[:35]),
            (83, third),
            (126, "0 0"),
        ),
    )


def _cut(zone: str) -> tuple[str, str, str]:
    one, two, three = _ZONE
    return zone[:one], zone[one : one + two], zone[one + two : one + two + three]


def _communication(payment: Payment) -> tuple[str, str]:
    """Whether it is structured ("1"), and its places."""
    if payment.way is Way.CARD:
        return "1", _card_communication(payment)
    if payment.way is Way.DIRECT_DEBIT:
        return "1", _debit_communication(payment)
    if payment.structured:
        return "1", f"{_STRUCTURED}{payment.structured}"
    return "0", payment.words


def _card_communication(payment: Payment) -> str:
    """Card, terminal and moment, then where it was: 16 places for the name, 10 for the town."""
    number = f"{'9' * 16}1{'000001'}{'000001'}{_day(payment.day)}{'1015'}3"
    return f"{_CARD_PAYMENT}{number}{payment.words[:16]:<16}{payment.town[:10]:<10}"


def _debit_communication(payment: Payment) -> str:
    """Day, kind, scheme and outcome, then creditor, mandate and communication."""
    words = payment.words
    if payment.structured:
        digits = payment.structured
        words = f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"
    creditor = f"BE69ZZZ{payment.mandate[3:13]}"
    return f"{_SEPA_DEBIT}{_day(payment.day)}100{creditor:<35}{payment.mandate:<35}{words[:62]}"


def _new_balance(statement: MonthOfAccount) -> str:
    return _line(
        (1, "8"),
        (2, f"{statement.number:03d}"),
        (5, statement.iban),
        (39, "EUR"),
        (42, _signed(statement.closing)),
        (58, _day(statement.closing_day)),
        (128, "1"),
    )


def _message() -> str:
    return _line((1, "4"), (3, "00010000"), (33, f"{MADE_UP}."), (128, "0"))


def _trailer(statement: MonthOfAccount, records: int) -> str:
    amounts = [booked.payment.amount for booked in statement.booked]
    out = sum((amount for amount in amounts if amount < 0), Decimal(0))
    into = sum((amount for amount in amounts if amount > 0), Decimal(0))
    return _line((1, "9"), (17, f"{records:06d}"), (23, _sum(out)), (38, _sum(into)), (128, "2"))
