"""What are costs worked out from in a country? The assumptions that hold there, and what each model supplies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.assumptions import Assumption, AssumptionBook
from pilothouse.engine.costs.profile import MODELS
from pilothouse.engine.costs.simulate import Book
from pilothouse.engine.costs.supply import (
    CO_MANAGED_FEE,
    MANAGED_FEE,
    NO_FEE,
    ON_NOBODY,
    ON_OWN_PEOPLE,
    ON_THE_FEE,
    Hiring,
    Supplies,
    Supply,
)
from pilothouse.knowledge.book import read_assumptions
from pilothouse.knowledge.entries import Entry, folder, read_yaml
from pilothouse.knowledge.sourcing_priors import priors

EVERYWHERE, HOME = (
    "ZZ",
    "BE",
)  # where nobody said which country, the figures of the first one are taken, and that is said
CURRENCIES = {
    "BE": "EUR", "FR": "EUR", "NL": "EUR", "LU": "EUR", "DE": "EUR", "GB": "GBP", "US": "USD",
}  # fmt: skip
FILE = "costs.yaml"


def cost_book(country: str, today: date, own: Iterable[Assumption] = ()) -> Book:
    """The book of a country of `CURRENCIES` on a day; a company's own values take the place of ours, by key."""
    found = {each.key: each for each in _book().every(today, (country, EVERYWHERE))}
    for each in own:
        if each.key in found:
            found[each.key] = replace(each, others=found[each.key].others)
    return Book(found, supplies(), priors())


@lru_cache
def supplies() -> Supplies:
    """What each model supplies, as it comes with Pilothouse."""
    return read_supplies(folder("sourcing").joinpath("supply.yaml"))


def read_supplies(file: Traversable) -> Supplies:
    """The supplies of a file: all models, all levels."""
    whole = Entry(file.name, read_yaml(file))
    whole.text("title")
    whole.number("year")
    listed, levels = whole.within("models"), whole.within("levels")
    hiring = _hiring(whole.within("hiring"))
    whole.finished()
    models = {model: _supply(listed.within(model)) for model in MODELS}
    listed.finished()
    found = Supplies(
        models,
        _levels(levels, "damage_by_criticality"),
        _levels(levels, "incident_by_compliance"),
        _levels(levels, "projects_by_change"),
        _levels(levels, "days_for_large_decisions"),
        float(levels.number("change_in_full_from")),
        float(levels.number("change_at_least")),
        hiring,
    )
    levels.finished()
    return found


def _levels(entry: Entry, name: str) -> tuple[float, ...]:
    numbers = tuple(float(number) for number in entry.numbers(name))
    if len(numbers) != 3:
        raise entry.wrong(f"“{name}” needs a number for each of three levels.")
    return numbers


def _hiring(entry: Entry) -> Hiring:
    found = Hiring(*(float(entry.number(name)) for name in ("least", "leading", "support")))
    entry.finished()
    return found


def _supply(entry: Entry) -> Supply:
    found = Supply(
        fee=entry.choice("fee", (NO_FEE, CO_MANAGED_FEE, MANAGED_FEE), "the fees of a provider"),
        own=float(entry.number("own")),
        keeps=bool(entry.flag("keeps")),
        hours=float(entry.number("hours")),
        hidden=float(entry.number("hidden")),
        projects=float(entry.number("projects")),
        included=float(entry.number("included")),
        damage=float(entry.number("damage")),
        cover=float(entry.number("cover")),
        advice=bool(entry.flag("advice")),
        after_hours=entry.choice("after_hours", (ON_NOBODY, ON_THE_FEE, ON_OWN_PEOPLE), "who can be on duty"),
        night=float(entry.number("night")),
    )
    entry.finished()
    return found


@lru_cache
def _book() -> AssumptionBook:
    """This one file alone: whoever asks what models cost needs no other number."""
    return AssumptionBook(read_assumptions([folder("assumptions") / FILE]))
