"""How often in a year did something go wrong while nobody was on duty?

Counts what a firm noted itself, over the 365 days up to today. Where nothing was noted in that time, by day or by
night, nobody keeps the list, and the answer is not known: no list is no proof of quiet nights. Limits: a list that
was begun last week can count too few, never too many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

DAYS_BACK = 365


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that went wrong on a day; `minutes` is how long work stood still, None where nobody knows."""

    on: date
    outside_hours: bool
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class YearOfIncidents:
    """What was noted in a year: all, those outside office hours, and the minutes of those that gave them."""

    noted: int
    outside_hours: int
    minutes: int

    @property
    def measured(self) -> float | None:
        """What the trigger reads; None where nothing was noted."""
        return float(self.outside_hours) if self.noted else None


def year_of(incidents: Iterable[Happened], *, today: date) -> YearOfIncidents:
    """The year up to today; what lies before it, or is still to come, does not count."""
    listed = [each for each in incidents if 0 <= (today - each.on).days < DAYS_BACK]
    return YearOfIncidents(
        len(listed),
        sum(each.outside_hours for each in listed),
        sum(each.minutes or 0 for each in listed),
    )
