"""The two years of the sample: months numbered from 0 to 23, the last one before the month of `until`."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

COUNT = 24
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Months:
    """Days by the number of their month; -1 is the month before the first."""

    until: date

    def day(self, month: int, day: int) -> date:
        """That day of the month, or its last one."""
        year, zero_based = divmod(self.until.year * 12 + self.until.month - 1 - COUNT + month, 12)
        return date(year, zero_based + 1, min(day, monthrange(year, zero_based + 1)[1]))

    def name(self, month: int) -> str:
        return f"{self.day(month, 1):%Y-%m}"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.name(month) for month in range(COUNT))

    @property
    def first(self) -> date:
        return self.day(0, 1)

    @property
    def last(self) -> date:
        return self.day(COUNT - 1, 31)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def workday(day: date) -> date:
    """The day itself, or the Monday after it; banks book nothing at weekends."""
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def workday_before(day: date) -> date:
    """The day itself, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
