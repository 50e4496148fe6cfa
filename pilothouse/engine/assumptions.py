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
class Assumption:
    """One value of one key, from `holds_from` until a later value of the same key and country."""

    key: str
    unit: str
    country: str
    holds_from: date
    low: Decimal
    mode: Decimal
    high: Decimal
    source: Source


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

    def knows(self, key: str, day: date, country: str) -> bool:
        """Whether `at` would answer."""
        return any(a.holds_from <= day for a in self._by_key.get((key, country), []))
