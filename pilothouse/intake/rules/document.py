"""The words of an invoice as the paper says them: what a reader of UBL or CII hands to the rules.

A `Group` is one thing the standard groups (EN 16931, BG-…): the document, a party, a line, a discount. It
holds what was `given` under each term, in order and untouched, and its own `groups`. Terms and groups are
named in plain words; the shape of each syntax (`pilothouse/intake/ubl.py`) says which element is which, with
its BT number. The rules ask about words and not only values: whether something is there though empty, how
many decimals were written, which scheme was named, how often it was said. So texts stay texts here and
become values in `Invoice`.

Groups of one kind have the same terms wherever they occur: an "allowance" is one on the document and on a
line, and each "VAT category" has "code", "rate" and "scheme".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from functools import lru_cache
from typing import Literal

from pilothouse.intake.papers import Level, Problem

Syntax = Literal["ubl", "cii"]

# Digits are limited because no amount has more and sums of longer ones would lose some.
_DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,24}(?:\.[0-9]{0,24})?|\.[0-9]{1,24})")
_LONGEST = 64
_LONGEST_MESSAGE = 300
# As XML writes a day (UBL), as UN/CEFACT does (CII: formats 102, 203 and 204), and with the time of day behind it.
_DATE = re.compile(
    r"\s*(\d{4})(-?)(\d{2})\2(\d{2})(?:T[\d:.]{5,18}|(?<!-\d{2})(?:\d{4}|\d{6}))?(?:Z|[+-]\d{2}:\d{2})?\s*",
    re.ASCII,
)
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")


def read_decimal(text: str) -> Decimal | None:
    """A number as XML writes decimals (no exponent, no thousands), or None.

    >>> read_decimal(" -12.50 "), read_decimal("1,5"), read_decimal("NaN"), read_decimal("1E5")
    (Decimal('-12.50'), None, None, None)
    """
    text = text.strip()
    return _read_decimal(text) if len(text) < _LONGEST else None


@lru_cache(maxsize=4096)  # the same amounts are asked for by many rules, and come back on many lines
def _read_decimal(text: str) -> Decimal | None:
    return Decimal(text) if _DECIMAL.fullmatch(text) else None


def read_date(text: str) -> date | None:
    """A day as XML or UN/CEFACT writes it, the time of day and its zone left aside, or None.

    >>> read_date("2026-01-31+01:00"), read_date("20260131"), read_date("202601310930")
    (datetime.date(2026, 1, 31), datetime.date(2026, 1, 31), datetime.date(2026, 1, 31))
    >>> read_date("2026-02-30"), read_date("31/01/2026"), read_date("2026-0131")
    (None, None, None)
    """
    match = _DATE.fullmatch(text)
    if not match:
        return None
    try:
        return date(int(match.group(1)), int(match.group(3)), int(match.group(4)))
    except ValueError:
        return None


def rounded(amount: Decimal) -> Decimal:
    """To the cent as the published rules round: halves up, also below zero (XPath's `round`).

    >>> rounded(Decimal("2.345")), rounded(Decimal("-2.345"))
    (Decimal('2.35'), Decimal('-2.34'))
    """
    return (amount * _HUNDRED + _HALF).to_integral_value(ROUND_FLOOR) / _HUNDRED


def whole(number: Decimal) -> Decimal:
    """To the nearest whole number, halves up."""
    return (number + _HALF).to_integral_value(ROUND_FLOOR)


class Given:
    """One thing said: the text as written, its line in the file, and the code beside it (unit, scheme)."""

    __slots__ = ("code", "line", "text")

    def __init__(self, text: str, line: int, code: str | None = None) -> None:
        self.text = text
        self.line = line
        self.code = code

    @property
    def number(self) -> Decimal | None:
        return read_decimal(self.text)


class Group:
    """One group of the standard, with the line of the file at which it starts."""

    __slots__ = ("given", "groups", "line")

    def __init__(self, line: int) -> None:
        self.line = line
        self.given: dict[str, list[Given]] = {}
        self.groups: dict[str, list[Group]] = {}

    def say(self, term: str, given: Given) -> None:
        said = self.given.get(term)
        if said is None:
            self.given[term] = [given]
        else:
            said.append(given)

    def every(self, term: str) -> list[Given]:
        return self.given.get(term, [])

    def first(self, term: str) -> Given | None:
        said = self.given.get(term)
        return said[0] if said else None

    def text(self, term: str) -> str:
        """What was said, without the spaces around it; "" where nothing was."""
        said = self.given.get(term)
        return said[0].text.strip() if said else ""

    def code(self, term: str) -> str:
        """The code beside what was said; "" where none was."""
        said = self.given.get(term)
        return (said[0].code or "").strip() if said else ""

    def number(self, term: str) -> Decimal | None:
        said = self.given.get(term)
        return said[0].number if said else None

    def day(self, term: str) -> date | None:
        return read_date(self.text(term))

    def all(self, *path: str) -> Sequence[Group]:
        """Every group reached by the names in `path`; with no name, the group itself."""
        found: Sequence[Group] = (self,)
        for name in path:
            found = [inner for group in found for inner in group.groups.get(name, ())]
        return found

    def sub(self, name: str) -> Group:
        """The first group of that name, or an empty one at the same place."""
        found = self.groups.get(name)
        return found[0] if found else Group(self.line)

    @property
    def is_vat(self) -> bool:
        """Of a tax registration or category: whether its scheme is VAT and not some other tax."""
        return self.text("scheme").upper() == "VAT"


def fault(rule: str, message: str, at: Group | Given, *, level: Level = "error") -> Problem:
    """The problem that `rule` is broken at that place of the file."""
    if len(message) > _LONGEST_MESSAGE:  # a message may quote a word, and a word may be a megabyte
        message = f"{message[: _LONGEST_MESSAGE // 2]} … {message[-_LONGEST_MESSAGE // 2 :]}"
    return Problem(rule, level, message, f"line {at.line}")


def vat_total(document: Group, currency: str) -> Given | None:
    """The total VAT (BT-110, BT-111) in `currency`, of the several a document may give."""
    for total in document.all("VAT total"):
        if currency and total.code("amount") == currency:
            return total.first("amount")
    return None
