"""Months and spans of whole months.

`Month` orders, counts and prints as ISO 8601 ("2026-03"); a `Span` has its first and last day inside it.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


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
