"""How long do letters take? Of a country that is not listed, as long as in the slowest that is."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from pilothouse.engine.assumptions import Assumption, AssumptionBook
from pilothouse.engine.contracts.terms import DeliveryDays
from pilothouse.knowledge.book import read_assumptions
from pilothouse.knowledge.entries import folder

LETTER, REGISTERED = "delivery.letter", "delivery.registered_letter"
FILE = "delivery.yaml"


@lru_cache(maxsize=256)
def delivery_days(country: str, day: date) -> DeliveryDays:
    """The working days that letters take in a country, at most."""
    return DeliveryDays(_days(LETTER, country, day), _days(REGISTERED, country, day))


def _days(key: str, country: str, day: date) -> int:
    book = _book()
    country = country.strip().upper()
    if book.knows(key, day, country):
        return int(book.at(key, day, country).high)
    return max(int(assumption.high) for assumption in _listed() if assumption.key == key)


@lru_cache
def _listed() -> tuple[Assumption, ...]:
    """This one file alone: whoever asks for days in a contract needs no other number."""
    return read_assumptions([folder("assumptions") / FILE])


@lru_cache
def _book() -> AssumptionBook:
    return AssumptionBook(_listed())
