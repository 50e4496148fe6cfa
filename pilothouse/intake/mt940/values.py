"""What the characters of an MT940 field mean: days, amounts, balances, movements (field 61).

A value that cannot be read is an `Unreadable` with the reason; nobody guesses an amount.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.intake.papers import Balance
from pilothouse.intake.statements import looks_like_iban, squeezed, without_spaces

_FIRST_YEAR = 1980
_COMMA_DECIMALS = re.compile(r"\d[\d.]*,\d*|,\d+", re.ASCII)
_POINT_DECIMALS = re.compile(r"\d+(?:\.\d{1,2})?", re.ASCII)
_BALANCE = re.compile(r"(R?[CD])\s*(\d{6})\s*([A-Z]{3})?\s*([\d.,]{1,20})", re.ASCII)
_LINE = re.compile(
    r"\s*(?P<value>\d{6})\s*(?P<entry>\d{4})?\s*(?P<mark>[RE]?[CD])(?P<funds>[A-Z])?\s*"
    r"(?P<amount>[\d.,]{1,20})\s*(?P<kind>(?!NONREF)[A-Z][A-Z0-9]{3})?(?P<rest>.*)",
    re.ASCII,
)
_SUM = re.compile(r"(\d{0,5})\s*([A-Z]{3})\s*([\d.,]{1,20})", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_TWO_NUMBERS = re.compile(r"\d{6,10}", re.ASCII)


class Unreadable(ValueError):
    """A field cannot be read; the words say what is wrong with it."""


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Field 61. `expected` are announced and not booked; `supplement` are the lines under it."""

    value_day: date
    entry_day: date | None
    amount: Decimal
    expected: bool
    kind: str
    reference: str
    bank_reference: str
    supplement: str


@dataclass(frozen=True, slots=True)
class Total:
    """Fields 90D and 90C of a 942: how many movements there are, and their sum without sign."""

    count: int | None
    currency: str
    amount: Decimal
    place: str


def read_day(digits: str) -> date:
    """YYMMDD. Interest is booked on the 30th of every month by some banks: of February its last day is meant."""
    year, month, day = int(digits[:2]), int(digits[2:4]), int(digits[4:])
    year += 1900 if 1900 + year >= _FIRST_YEAR else 2000
    try:
        return date(year, month, day)
    except ValueError:
        if month == 2 and day in {29, 30}:
            return date(year, 2, 29 if day == 30 and _is_leap(year) else 28)
        raise Unreadable(f"“{digits}” is no day") from None


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def read_amount(written: str) -> Decimal:
    """Decimal comma as in the standard, or a point as some programs write it.

    >>> read_amount("000001234,5"), read_amount("12.30"), read_amount("7,")
    (Decimal('1234.5'), Decimal('12.30'), Decimal('7'))
    """
    if _COMMA_DECIMALS.fullmatch(written):
        return Decimal(written.replace(".", "").replace(",", "."))
    if _POINT_DECIMALS.fullmatch(written):
        return Decimal(written)
    raise Unreadable(f"“{written}” is no amount")


def read_balance(text: str) -> tuple[Balance, str]:
    """A balance and its currency ("" where the bank forgot it)."""
    match = _BALANCE.match(text)
    if not match:
        raise Unreadable(f"“{text[:40]}” is no balance")
    mark, day, currency, amount = match.groups()
    value = read_amount(amount)
    return Balance(read_day(day), value if mark in {"C", "RD"} else -value), currency or ""


def read_line(lines: list[str]) -> StatementLine:
    """Field 61; some programs wrap its first line."""
    match = _LINE.match(lines[0])
    rest = lines[1:]
    if not match and rest:
        match, rest = _LINE.match(lines[0] + rest[0]), rest[1:]
    if not match:
        raise Unreadable(f"“{lines[0].strip()[:40]}” is no movement")
    value_day = read_day(match["value"])
    amount = read_amount(match["amount"])
    reference, _, bank = match["rest"].partition("//")
    return StatementLine(
        value_day=value_day,
        entry_day=_entry_day(match["entry"], value_day),
        amount=amount if match["mark"] in {"C", "RD", "EC"} else -amount,
        expected=match["mark"].startswith("E"),
        kind=match["kind"] or "",
        reference=squeezed(reference),
        bank_reference=squeezed(bank.partition("/TRCD/")[0]),
        supplement=squeezed(" ".join(rest)),
    )


def _entry_day(digits: str | None, value_day: date) -> date | None:
    """MMDD, in the year that brings it nearest to the value day: the year turns between the two."""
    if digits is None:
        return None
    near = []
    for year in (value_day.year - 1, value_day.year, value_day.year + 1):
        try:
            near.append(date(year, int(digits[:2]), int(digits[2:])))
        except ValueError:
            continue
    return min(near, key=lambda day: abs(day - value_day), default=None)


def read_total(text: str, place: str) -> Total:
    match = _SUM.match(text)
    if not match:
        raise Unreadable(f"“{text[:40]}” is no sum")
    count, currency, amount = match.groups()
    return Total(int(count) if count else None, currency, read_amount(amount), place)


def read_currency(text: str) -> str:
    """The currency that a field 34F starts with."""
    match = _CURRENCY.match(text)
    return match.group() if match else ""


def read_number(text: str) -> str:
    """The number of a statement without that of its page; without the slash both have five digits."""
    number = text.partition("/")[0].strip()
    return number[:5] if _TWO_NUMBERS.fullmatch(number) else number


def read_account(text: str, currency: str) -> str:
    """An IBAN where there is one, alone or behind a bank's code and before the currency; else as written."""
    compact = without_spaces(text)
    for written in (compact, compact.rpartition("/")[2]):
        bare = written.removesuffix(currency) if currency else written
        if looks_like_iban(bare):
            return bare
    return squeezed(text)
