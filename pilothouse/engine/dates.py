"""Months, spans of whole months, and durations.

`Month` orders, counts and prints as ISO 8601 ("2026-03"); a `Span` has its first and last day inside it. A `Duration`
is counted in months and days: months are added first, and a day that the month does not have becomes its last.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Self

_ISO_DURATION = re.compile(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
MOST_MONTHS = 12_000
MOST_DAYS = 366_000
_DAYS_BEFORE_LEAP = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month.

    >>> str(Month(2026, 3)), str(Month(2026, 1).plus(-1)), Month(2026, 2).last_day
    ('2026-03', '2025-12', datetime.date(2026, 2, 28))
    """

    year: int
    month: int

    @classmethod
    def of(cls, day: date) -> Month:
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    @property
    def first_day(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    @property
    def quarter(self) -> str:
        """The calendar quarter it lies in.

        >>> Month(2026, 3).quarter, Month(2026, 4).quarter
        ('2026-Q1', '2026-Q2')
        """
        return f"{self.year:04d}-Q{(self.month + 2) // 3}"

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months from `first` to `last`, both inside."""

    first: Month
    last: Month

    def __contains__(self, day: date) -> bool:
        return self.first.first_day <= day <= self.last.last_day

    def months(self) -> Iterator[Month]:
        month = self.first
        while month <= self.last:
            yield month
            month = month.plus(1)

    def year_before(self) -> Span:
        """The same months one year earlier."""
        return Span(self.first.plus(-12), self.last.plus(-12))


def last_full_months(today: date, count: int = 12) -> Span:
    """The last `count` full calendar months before the month of `today`.

    >>> span = last_full_months(date(2026, 3, 31))
    >>> str(span.first), str(span.last)
    ('2025-03', '2026-02')
    """
    last = Month.of(today).plus(-1)
    return Span(last.plus(1 - count), last)


class NotADuration(ValueError):
    """A text is no duration such as "P3M"."""


class OutOfCalendar(ValueError):
    """A day lies before the year 1 or after the year 9999."""


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months and days; years are twelve months, weeks seven days.

    >>> Duration.parse("P1Y6M"), str(Duration.parse("P2W")), str(Duration(36)), str(Duration())
    (Duration(months=18, days=0), 'P14D', 'P36M', 'P0D')
    """

    months: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Self:
        """A duration of ISO 8601, without hours; raises `NotADuration`."""
        found = _ISO_DURATION.fullmatch(text.strip())
        if found is None or not any(found.groups()):
            raise NotADuration(f"“{text}” is no length such as P3M (months), P1Y, P2W or P30D.")
        if max(map(len, found.groups(default=""))) > 6:
            raise NotADuration(f"“{text}” is longer than any contract.")
        years, months, weeks, days = (int(number or 0) for number in found.groups())
        length = cls(years * 12 + months, weeks * 7 + days)
        if length.months > MOST_MONTHS or length.days > MOST_DAYS:
            raise NotADuration(f"“{text}” is longer than any contract.")
        return length

    def times(self, count: int) -> Duration:
        return Duration(self.months * count, self.days * count)

    def plus(self, other: Duration) -> Duration:
        return Duration(self.months + other.months, self.days + other.days)

    def __bool__(self) -> bool:
        return bool(self.months or self.days)

    def __str__(self) -> str:
        said = (f"{self.months}M" if self.months else "") + (f"{self.days}D" if self.days else "")
        return f"P{said or '0D'}"


def days_in(year: int, month: int) -> int:
    """How many days a month has."""
    if month == 2 and calendar.isleap(year):
        return 29
    return _DAYS_BEFORE_LEAP[month - 1]


def after(day: date, length: Duration) -> date:
    """The day so much later: months first, then days. Raises `OutOfCalendar`.

    >>> after(date(2026, 1, 31), Duration(1)), after(date(2026, 1, 31), Duration(1, 1))
    (datetime.date(2026, 2, 28), datetime.date(2026, 3, 1))
    """
    try:
        moved = _months_later(day, length.months) if length.months else day
        return moved + timedelta(length.days) if length.days else moved
    except (ValueError, OverflowError) as error:
        raise OutOfCalendar(f"{length} after {day} lies outside the calendar.") from error


def before(day: date, length: Duration) -> date:
    """The day so much earlier, counted back: days first, then months. Raises `OutOfCalendar`.

    >>> before(date(2026, 2, 28), Duration(3))
    datetime.date(2025, 11, 28)
    """
    try:
        moved = day - timedelta(length.days) if length.days else day
        return _months_later(moved, -length.months) if length.months else moved
    except (ValueError, OverflowError) as error:
        raise OutOfCalendar(f"{length} before {day} lies outside the calendar.") from error


def latest_before(day: date, length: Duration) -> date:
    """The latest day from which `length` later is not past `day`. Raises `OutOfCalendar`.

    It is later than `before` where a month's end swallows days: three months from 30 November end on 28 February.

    >>> latest_before(date(2026, 2, 28), Duration(3))
    datetime.date(2025, 11, 30)
    """
    try:
        moved = day - timedelta(length.days) if length.days else day
        if not length.months:
            return moved
        back = _months_later(moved, -length.months)
    except (ValueError, OverflowError) as error:
        raise OutOfCalendar(f"{length} before {day} lies outside the calendar.") from error
    if moved.day == days_in(moved.year, moved.month):
        return back.replace(day=days_in(back.year, back.month))
    return back


def _months_later(day: date, months: int) -> date:
    count = day.year * 12 + day.month - 1 + months
    year, month = count // 12, count % 12 + 1
    if day.day <= 28:
        return date(year, month, day.day)
    return date(year, month, min(day.day, days_in(year, month)))
