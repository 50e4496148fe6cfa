"""Numbers we merely believe: each with unit, country, date and source, never a literal in code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


class UnknownAssumption(LookupError):
    """No assumption of that key holds on that day in that country."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a number comes from; `quality` runs from A (official) to D (an opinion)."""

    title: str
    url: str
    year: int
    quality: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another published number for the same thing: shown beside the value, never averaged in."""

    says: str
    low: Decimal
    high: Decimal
    source: Source


PERT, LOGNORMAL = "pert", "lognormal"
STALE_YEARS = 3


@dataclass(frozen=True, slots=True)
class Assumption:
    """One value of one key, from `holds_from` until a later value of the same key and country.

    `shape` says how it is drawn: pert, with low and high as the extremes, or lognormal, with low and high as P10 and
    P90. `note` and `by` are of a company that put a value of its own in the place of ours.
    """

    key: str
    unit: str
    country: str
    holds_from: date
    low: Decimal
    mode: Decimal
    high: Decimal
    source: Source
    shape: str = PERT
    others: tuple[Alternative, ...] = ()
    note: str = ""
    by: str = ""

    def is_stale(self, today: date) -> bool:
        """Whether the source is more than three years old."""
        return today.year - self.source.year > STALE_YEARS


class AssumptionBook:
    """All assumptions, asked by key, country and day."""

    def __init__(self, assumptions: Iterable[Assumption]) -> None:
        self._by_key: dict[tuple[str, str], list[Assumption]] = {}
        for assumption in sorted(assumptions, key=lambda a: a.holds_from):
            self._by_key.setdefault((assumption.key, assumption.country), []).append(assumption)

    def at(self, key: str, day: date, country: str) -> Assumption:
        """The value that holds on `day`; raises `UnknownAssumption` where none does."""
        for assumption in reversed(self._by_key.get((key, country), [])):
            if assumption.holds_from <= day:
                return assumption
        raise UnknownAssumption(
            f"No value for “{key}” in {country} on {day.isoformat()}. Add one to knowledge/assumptions."
        )

    def every(self, day: date, countries: Iterable[str]) -> tuple[Assumption, ...]:
        """The value of every key that holds on `day`, of the first of `countries` that has one."""
        wanted = tuple(countries)
        keys = dict.fromkeys(key for key, country in self._by_key if country in wanted)
        return tuple(
            next(self.at(key, day, country) for country in wanted if self.knows(key, day, country))
            for key in keys
            if any(self.knows(key, day, country) for country in wanted)
        )

    def knows(self, key: str, day: date, country: str) -> bool:
        """Whether `at` would answer."""
        return any(a.holds_from <= day for a in self._by_key.get((key, country), []))
