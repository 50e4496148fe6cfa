"""How long, how much: the values of two terms made comparable, and said in words.

Lengths are compared in days, a year as 365 and a month as 30, so that three months are ninety days. Amounts are
compared as parts of the yearly cost, and so are lengths against it ("the fees of six months"). What cannot be compared
gives None.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from pilothouse.engine.dates import Duration, NotADuration, after
from pilothouse.engine.money import Money

# As readings give it, and as people write it.
_AMOUNT = re.compile(r"(?:([A-Z]{3}) (\d{1,15}(?:\.\d{1,4})?)|(\d{1,15}(?:\.\d{1,4})?) ([A-Z]{3}))", re.ASCII)
_TIME = re.compile(r"PT(?=\d)(?:(?P<hours>\d{1,5})H)?(?:(?P<minutes>\d{1,5})M)?", re.ASCII)
_YEARS = " years"
_MINUTES_A_DAY = 24 * 60
_MONTHS_A_YEAR, _DAYS_A_MONTH, _DAYS_A_YEAR = 12, 30, 365


def measured(
    value: str | None, limit: str, yearly_cost: Money | None = None
) -> tuple[Decimal, Decimal] | None:
    """Value and limit in one measure; None where they have none in common.

    >>> measured("P3M", "P90D"), measured("0.1", "0.05"), measured("P3M", "0.05"), measured(None, "P1Y")
    ((Decimal('90'), Decimal('90')), (Decimal('0.1'), Decimal('0.05')), None, None)
    >>> measured("EUR 600.00", "0.5 years", Money(Decimal(1200)))
    (Decimal('0.50'), Decimal('0.5'))
    """
    if value is None:
        return None
    if limit.endswith(_YEARS):
        found, wanted = _of_a_year(value, yearly_cost), Decimal(limit.removesuffix(_YEARS))
        return None if found is None else (found, wanted)
    for measure in (in_days, share_in):
        found, bound = measure(value), measure(limit)
        if found is not None and bound is not None:
            return found, bound
    return None


def in_days(value: str) -> Decimal | None:
    """A length in days; None for what is no length.

    >>> in_days("P1Y"), in_days("P18M"), in_days("P2W"), in_days("PT36H"), in_days("perpetual")
    (Decimal('365'), Decimal('545'), Decimal('14'), Decimal('1.5'), None)
    """
    time = _TIME.fullmatch(value)
    if time:
        return Decimal(int(time["hours"] or 0) * 60 + int(time["minutes"] or 0)) / _MINUTES_A_DAY
    length = _length(value)
    if length is None:
        return None
    years, months = divmod(length.months, _MONTHS_A_YEAR)
    return Decimal(years * _DAYS_A_YEAR + months * _DAYS_A_MONTH + length.days)


def share_in(value: str) -> Decimal | None:
    """A share such as "0.05"; None for what is no number.

    >>> share_in("0.05"), share_in("P1Y"), share_in("NaN")
    (Decimal('0.05'), None, None)
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def amount_in(value: str) -> Money | None:
    """An amount such as "EUR 1000.00", or "1000 EUR" as people write it; None for what is none.

    >>> amount_in("EUR 1000.00"), amount_in("0.05")
    (Money(amount=Decimal('1000.00'), currency='EUR'), None)
    """
    found = _AMOUNT.fullmatch(value)
    return Money(Decimal(found[2] or found[3]), found[1] or found[4]) if found else None


def same_meaning(one: str | None, other: str | None) -> bool:
    """Do two values say the same? Three months and ninety days do not.

    >>> same_meaning("P1Y", "P12M"), same_meaning("P3M", "P90D"), same_meaning("0.1", "0.10")
    (True, False, True)
    >>> same_meaning("EUR 5", "EUR 5.00"), same_meaning("Belgium", "belgium "), same_meaning(None, "P1Y")
    (True, True, False)
    """
    if one is None or other is None:
        return one is other
    for meaning in (_length, share_in, amount_in):
        if meaning(one) is not None:
            return meaning(one) == meaning(other)
    return one.casefold().strip() == other.casefold().strip()


def is_older(value: str | None, limit: str, today: date) -> bool:
    """Does a day lie further back than a length? False for what is no day.

    >>> is_older("2023-11-22", "P3Y", date(2026, 11, 23)), is_older("2024-01-01", "P3Y", date(2026, 11, 23))
    (True, False)
    """
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return False
    return after(day, Duration.parse(limit)) < today


def in_words(value: str | None, units: Mapping[str, tuple[str, str]]) -> str:
    """A value as people say it, with the words of a language for units; other values as they are.

    >>> english = {"month": ("month", "months"), "day": ("day", "days"), "year": ("year", "years")}
    >>> in_words("P1Y", english), in_words("P1M15D", english), in_words("0.075", english), in_words("Belgium", english)
    ('1 year', '1 month 15 days', '7.5 %', 'Belgium')
    >>> in_words("PT90M", {"minute": ("minute", "minutes")}), in_words("PT48H", {"hour": ("hour", "hours")})
    ('90 minutes', '48 hours')
    >>> in_words("P0D", english), in_words("EUR 10.00", english), in_words(None, english)
    ('0 days', 'EUR 10.00', '')
    """
    if value is None:
        return ""
    share = share_in(value)
    if share is not None:
        return f"{(share * 100).normalize():f} %"
    time = _TIME.fullmatch(value)
    if time:
        said = [("hour", int(time["hours"] or 0)), ("minute", int(time["minutes"] or 0))]
        return " ".join(_counted(number, units[unit]) for unit, number in said if number)
    length = _length(value)
    if length is None:
        return value
    years, months = divmod(length.months, _MONTHS_A_YEAR)
    if months:
        years, months = 0, length.months
    parts = [("year", years), ("month", months), ("day", length.days)]
    return " ".join(_counted(number, units[unit]) for unit, number in parts if number) or _counted(
        0, units["day"]
    )


def _of_a_year(value: str, yearly_cost: Money | None) -> Decimal | None:
    """What part of a year's cost a value is; a length counts as the cost of that time."""
    length = _length(value)
    if length is not None:
        return Decimal(length.months) / _MONTHS_A_YEAR + Decimal(length.days) / _DAYS_A_YEAR
    amount = amount_in(value)
    if (
        amount is None
        or yearly_cost is None
        or amount.currency != yearly_cost.currency
        or not yearly_cost.amount
    ):
        return None
    return amount.amount / yearly_cost.amount


def _length(value: str) -> Duration | None:
    try:
        return Duration.parse(value)
    except NotADuration:
        return None


def _counted(number: int, unit: tuple[str, str]) -> str:
    return f"{number} {unit[0] if number == 1 else unit[1]}"
