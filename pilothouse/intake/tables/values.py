"""What a column of text means as amounts or dates, decided by all its cells together.

How: every cell that leaves no doubt votes. "1.234,56" says the comma is the decimal sign; "1.234" says nothing.
"25/03/2026" says the day comes first; "03/04/2026" says nothing. The votes decide for the cells that say nothing; a
cell that leaves no doubt is read as it says, whatever the others are. Days that fit two orders everywhere are read
in the one that falls into fewer years, then with the day first, as in Europe.

Limits: amounts of three decimals and no other sign ("1.234" alone) are thousands; years of two digits are 1970 to
2069; names of months in English, French, Dutch and German.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

# --- amounts

CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "¥": "JPY", "zł": "PLN", "kr": "SEK", "fr.": "CHF"}
CURRENCY_CODES = frozenset(
    {
        "AUD",
        "BGN",
        "BRL",
        "CAD",
        "CHF",
        "CNY",
        "CZK",
        "DKK",
        "EUR",
        "GBP",
        "HKD",
        "HUF",
        "INR",
        "ISK",
        "JPY",
        "MXN",
        "NOK",
        "NZD",
        "PLN",
        "RON",
        "SEK",
        "SGD",
        "TRY",
        "USD",
        "ZAR",
    }
)
_LONGEST_AMOUNT = 40
_PLAIN = {
    ".": re.compile(r"-?(?:\d{1,18}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d{1,9})?", re.ASCII),
    ",": re.compile(r"-?(?:\d{1,18}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d{1,9})?", re.ASCII),
}
_WHITE_AND_APOSTROPHES = re.compile(r"[\s'’`´_\u2009\u202f\u00a0]+")
_SIGN = "€£$¥\ufffdÂ"
_MONEY_WORD = re.compile(rf"(?:{'|'.join(sorted(CURRENCY_CODES))}|zł|kr|fr)\.?", re.IGNORECASE)
_AMOUNT = re.compile(
    r"([-+(]*)([\d.,]*\d[\d.,]*)(\)?)([-+]?)(cr|dr|c|d|s|h)?\.?(\)?)", re.IGNORECASE | re.ASCII
)
_GROUPS = re.compile(r"\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}", re.ASCII)
_DASHES = re.compile(r"[-–—−‐‑]")
_CREDIT = {"cr", "c", "h"}

DecimalSign = Literal[".", ","]


@dataclass(frozen=True, slots=True)
class AmountStyle:
    """How the amounts of a column are written. `sure` is False where no cell showed it."""

    decimal_sign: DecimalSign = "."
    sure: bool = True

    def read(self, text: str) -> Decimal | None:
        """The amount, exact; None when the text is no amount. A dash alone is zero, as spreadsheets show it."""
        if _PLAIN[self.decimal_sign].fullmatch(text):
            sign = self.decimal_sign
            return Decimal(text.replace(",", "") if sign == "." else text.replace(".", "").replace(",", "."))
        bare = _bare(text)
        if bare is None:
            return None
        digits, negative = bare
        number = _number(digits, _decimal_sign_of(digits) or self.decimal_sign)
        return -number if number is not None and negative else number


def find_amount_style(texts: Iterable[str]) -> AmountStyle:
    """The decimal sign of a column, by the cells that show it."""
    votes: Counter[str] = Counter()
    doubtful: Counter[str] = Counter()
    for text in texts:
        bare = _bare(text)
        if bare is None:
            continue
        sign = _decimal_sign_of(bare[0])
        votes[sign or ""] += 1
        doubtful[_only_sign(bare[0]) if sign is None else ""] += 1
    if votes[","] or votes["."]:
        return AmountStyle("," if votes[","] > votes["."] else ".")
    if doubtful["."] or doubtful[","]:
        return AmountStyle("," if doubtful["."] >= doubtful[","] else ".", sure=False)
    return AmountStyle(".")


def currency_of(text: str) -> str | None:
    """The currency that a sign or code in the text names.

    >>> currency_of("Amount (£)"), currency_of("Bedrag EUR"), currency_of("Total")
    ('GBP', 'EUR', None)
    """
    for sign in "€£$¥":
        if sign in text:
            return CURRENCY_SIGNS[sign]
    return next((word for word in re.findall(r"\b[A-Z]{3}\b", text) if word in CURRENCY_CODES), None)


def _bare(text: str) -> tuple[str, bool] | None:
    """Digits with their dots and commas, and whether the amount is negative; None for what is no amount."""
    if not text or len(text) > _LONGEST_AMOUNT:
        return None
    text = _DASHES.sub("-", _WHITE_AND_APOSTROPHES.sub("", text))
    text = _MONEY_WORD.sub("", text.strip(_SIGN))
    text = "".join(sign for sign in text if sign not in _SIGN)
    if text == "-":
        return "0", False
    found = _AMOUNT.fullmatch(text)
    if not found:
        return None
    before, digits, _, after, side, _ = found.groups()
    negative = "-" in before or "(" in before or after == "-" or (side or "").lower() in _CREDIT
    return digits, negative


def _decimal_sign_of(digits: str) -> DecimalSign | None:
    """The decimal sign where the digits leave no doubt."""
    dot, comma = digits.rfind("."), digits.rfind(",")
    if dot >= 0 and comma >= 0:
        return "." if dot > comma else ","
    if dot < 0 and comma < 0:
        return None
    sign: DecimalSign = "." if dot >= 0 else ","
    other: DecimalSign = "," if dot >= 0 else "."
    if digits.count(sign) > 1:
        return other
    whole, _, rest = digits.partition(sign)
    doubt = len(rest) == 3 and 1 <= len(whole) <= 3 and whole[0] != "0"
    return None if doubt else sign


def _only_sign(digits: str) -> str:
    return "." if "." in digits else "," if "," in digits else ""


def _number(digits: str, sign: DecimalSign) -> Decimal | None:
    whole, _, rest = digits.rpartition(sign) if sign in digits else (digits, "", "")
    other = "," if sign == "." else "."
    if sign in whole or other in rest or (other in whole and not _GROUPS.fullmatch(whole)):
        return None
    whole = whole.replace(other, "")
    return Decimal(f"{whole or 0}.{rest}" if rest else whole) if len(whole) <= 18 else None


# --- dates

Order = Literal["dmy", "mdy", "ymd"]
ORDERS: tuple[Order, ...] = ("dmy", "ymd", "mdy")
_FIRST_YEAR, _LAST_YEAR = 1950, 2100
_CENTURY_BEGINS = 70
_DAY_ZERO = date(1899, 12, 30)  # of spreadsheets
_SERIALS = range(20_000, 75_000)  # 1954 to 2105
_LONGEST_DATE = 40

_TAIL = r"(?:[T ,]+\d{1,2}[:h.]\d{2}.*|Z)?"
_WEEKDAY = r"(?:[A-Za-zé]{2,10}\.?,?\s+)?"
_NUMERIC = re.compile(rf"{_WEEKDAY}(\d{{1,4}})\s*([-/. ])\s*(\d{{1,2}})\s*\2\s*(\d{{1,4}}){_TAIL}", re.ASCII)
_TOGETHER = re.compile(r"(\d{8}|\d{6})(?:T?\d{4,6}Z?)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?", re.ASCII)
_DAY_NAME = re.compile(
    rf"{_WEEKDAY}(\d{{1,2}})(?:er|st|nd|rd|th|\.)?[-/. ]*(?:of |de )?"
    rf"([^\W\d_]{{3,10}})\.?[-/ .,']*(\d{{4}}|\d{{2}}){_TAIL}"
)
_NAME_DAY = re.compile(
    rf"{_WEEKDAY}([^\W\d_]{{3,10}})\.?[- ](\d{{1,2}})(?:st|nd|rd|th)?,?[- ]+(\d{{4}}){_TAIL}"
)
_YEAR_NAME = re.compile(rf"(\d{{4}})[-/. ]([^\W\d_]{{3,10}})\.?[-/. ](\d{{1,2}}){_TAIL}")
_MONTH_NAME = re.compile(r"([^\W\d_]{3,10})\.?[-/ ']*(\d{4}|\d{2})")
_MONTH_NUMBER = re.compile(r"(?:(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4}))", re.ASCII)

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier januari januar janner jaenner",
            "feb february fev fevr fevrier februari februar",
            "mar march mars maart mrt marz maerz mrz",
            "apr april avr avril",
            "may mai mei",
            "jun june juin juni",
            "jul july juil juillet juli",
            "aug august aout augustus",
            "sep sept september septembre",
            "oct october octobre okt oktober",
            "nov november novembre",
            "dec december decembre dez dezember",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How the dates of a column are written; `sure` is False where no cell showed the order."""

    order: Order = "dmy"
    sure: bool = True
    months: bool = False  # the column names months, not days: the first of the month is taken

    def read(self, text: str) -> date | None:
        """The day, or None. Times after it are left out. What only fits another order is read in that."""
        day = self.strictly(text)
        if day is None and "/" in text:
            return next(filter(None, (other.strictly(text) for other in _WITH_SLASHES)), None)
        return day

    def strictly(self, text: str) -> date | None:
        """The day, where it fits the order of the column."""
        if not text or len(text) > _LONGEST_DATE:
            return None
        numeric = _NUMERIC.fullmatch(text)
        if numeric:
            # Nobody who writes the month first writes dots.
            order: Order = "dmy" if self.order == "mdy" and numeric[2] == "." else self.order
            return _in_order((numeric[1], numeric[3], numeric[4]), order)
        if text[0].isdigit() and text.isascii():
            together = _TOGETHER.fullmatch(text)
            if together:
                return _together(together[1], self.order)
            serial = _SERIAL.fullmatch(text)
            if serial:
                days = int(serial[1])
                return _DAY_ZERO + timedelta(days) if days in _SERIALS else None
        return _named(text) or (_month(text) if self.months else None)


_WITH_SLASHES = (DateStyle("dmy"), DateStyle("mdy"))


def find_date_style(texts: Sequence[str]) -> DateStyle | None:
    """The order of a column of dates, by the cells that show it; None when most cells are no dates."""
    filled = [text for text in texts if text]
    best, days = _best_order(filled)
    if len(days) * 10 >= len(filled) * 6 and days:
        return best
    months = DateStyle(months=True)
    read = sum(months.read(text) is not None for text in filled)
    return months if filled and read * 10 >= len(filled) * 8 else None


def _best_order(texts: Sequence[str]) -> tuple[DateStyle, list[date]]:
    found = []
    for order in ORDERS:
        style = DateStyle(order)
        days = [day for day in map(style.strictly, texts) if day]
        years = len({day.year for day in days})
        found.append((-len(days), years, ORDERS.index(order), order, days))
    found.sort(key=lambda one: one[:3])
    read, _, _, order, days = found[0]
    sure = all(other[0] != read or other[-1] == days for other in found)
    return DateStyle(order, sure=sure), days


def _in_order(parts: tuple[str, str, str], order: Order) -> date | None:
    first, second, third = parts
    if len(first) == 4 or (order == "ymd" and len(third) <= 2):
        return _day(first, second, third)
    if len(third) == 3 or len(first) > 2:
        return None
    # A year of four digits at the end leaves two orders; the first of a column decides.
    return _day(third, first, second) if order == "mdy" else _day(third, second, first)


def _together(digits: str, order: Order) -> date | None:
    if len(digits) == 8 and digits[:2] in {"19", "20"}:
        day = _day(digits[:4], digits[4:6], digits[6:])
        if day:
            return day
    return _in_order((digits[:2], digits[2:4], digits[4:]), order)


def _named(text: str) -> date | None:
    for pattern, (year, month, day) in (
        (_DAY_NAME, (3, 2, 1)),
        (_NAME_DAY, (3, 1, 2)),
        (_YEAR_NAME, (1, 2, 3)),
    ):
        found = pattern.fullmatch(text)
        number = _month_number(found[month]) if found else None
        if found and number:
            return _day(found[year], str(number), found[day])
    return None


def _month(text: str) -> date | None:
    named = _MONTH_NAME.fullmatch(text)
    if named:
        number = _month_number(named[1])
        return _day(named[2], str(number), "1") if number else None
    numbered = _MONTH_NUMBER.fullmatch(text)
    return _day(numbered[1] or numbered[4], numbered[2] or numbered[3], "1") if numbered else None


def _month_number(name: str) -> int | None:
    bare = "".join(
        sign for sign in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(sign)
    )
    return _MONTHS.get(bare)


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year)
    if len(year) <= 2:
        number += 1900 if number >= _CENTURY_BEGINS else 2000
    if not _FIRST_YEAR <= number <= _LAST_YEAR:
        return None
    try:
        return date(number, int(month), int(day))
    except ValueError:
        return None
