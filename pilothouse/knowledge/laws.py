"""The law that contracts meet: articles in our own words, from `law/*.yaml`, each with its date and where it was read.

`country: EU` holds in all states of the Union. What was not checked against its source (`checked: false`) is kept for
people to read and raises no flag; so it has no concerns.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.contracts.checklist import Law
from pilothouse.knowledge.concerns import QUALITIES, concerns_of, kinds_of, terms_of
from pilothouse.knowledge.entries import (
    Entry,
    country_of,
    folder,
    read_entries,
    source_of,
    unique,
    yaml_files,
)

UNION = "EU"
_SINCE_FEBRUARY_2020 = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
STATES = frozenset(_SINCE_FEBRUARY_2020.split())
BETWEEN = ("firms", "consumers", "all")


@lru_cache
def laws() -> tuple[Law, ...]:
    """All rules of law, those of the Union first."""
    read = read_laws(yaml_files(folder("law")))
    return tuple(sorted(read, key=lambda law: (law.country != UNION, law.country)))


def read_laws(files: Iterable[Traversable]) -> list[Law]:
    """The rules of some files; raises `KnowledgeError` where one cannot be used."""
    entries = [entry for file in files for entry in read_entries(file)]
    read = [(entry.place, _law(entry)) for entry in entries]
    unique(((place, law.id) for place, law in read), "the id")
    return [law for _, law in read]


def _law(entry: Entry) -> Law:
    checked = bool(entry.flag("checked"))
    quality = entry.choice("quality", QUALITIES, "A to D")
    country = country_of(entry)
    law = Law(
        id=entry.text("id"),
        article=entry.text("article"),
        country=country,
        countries=STATES if country == UNION else frozenset({country}),
        between=entry.choice("between", BETWEEN, "firms, consumers, all"),
        holds_from=entry.day("holds_from"),
        until=entry.day("until") if "until" in entry.fields() else None,
        effect=entry.text("effect"),
        source=source_of(entry.within("source"), quality),
        quality=quality,
        looked_up=entry.day("looked_up"),
        checked=checked,
        terms=terms_of(entry, "terms"),
        kinds=kinds_of(entry),
        concerns=concerns_of(entry) if "concerns" in entry.fields() else (),
        what_to_do=entry.text("do", ""),
        instead_of=entry.texts("instead_of"),
    )
    entry.finished()
    _usable(entry, law)
    return law


def _usable(entry: Entry, law: Law) -> None:
    if law.concerns and not law.checked:
        raise entry.wrong(
            "it was not checked, so nothing may rest on it. Check it, or take out its concerns."
        )
    if law.concerns and not (law.terms and law.what_to_do):
        raise entry.wrong("a rule with concerns needs “terms” and “do”.")
    if law.until is not None and law.until < law.holds_from:
        raise entry.wrong("it ends before it begins.")
