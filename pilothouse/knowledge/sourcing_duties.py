"""Which functions and duties does IT have, and what speaks for keeping each? The loader of `sourcing/duties.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.sourcing.responsibilities import MOST, NATURES, Duty
from pilothouse.knowledge.book import ItFunction, functions
from pilothouse.knowledge.entries import Entry, folder, read_entries, unique

RATINGS = 5


@lru_cache
def duties() -> tuple[Duty, ...]:
    """All rows of a responsibility matrix, in the order in which they are shown."""
    return read_duties(folder("sourcing").joinpath("duties.yaml"), functions())


def read_duties(file: Traversable, known: Mapping[str, ItFunction]) -> tuple[Duty, ...]:
    """The duties of a file; one that is an IT function takes its name from there, every function has a row."""
    found = []
    for entry in read_entries(file):
        found.append(_duty(entry, known))
    unique(((file.name, duty.key) for duty in found), "the duty")
    missing = set(known) - {duty.key for duty in found}
    if missing:
        raise Entry(file.name, {}).wrong(f"a row is missing for {', '.join(sorted(missing))}.")
    return tuple(found)


def _duty(entry: Entry, known: Mapping[str, ItFunction]) -> Duty:
    key = entry.text("key")
    name = known[key].name if key in known else entry.text("name")
    of = entry.text("of", "")
    if of and of not in known:
        raise entry.wrong(f"“{of}” is no IT function.")
    nature = entry.choice("nature", NATURES, "own, govern, run and check")
    ratings = [float(rating) for rating in entry.numbers("ratings")]
    if len(ratings) != RATINGS or not all(0 <= rating <= MOST for rating in ratings):
        raise entry.wrong("“ratings” needs five numbers from 0 to 4.")
    constant = bool(entry.flag("constant")) if "constant" in entry.fields() else False
    vendors = bool(entry.flag("vendors")) if "vendors" in entry.fields() else False
    depth, availability, tooling, business, apart = ratings
    because = entry.text("because")
    entry.finished()
    return Duty(
        key, name, of, nature, depth, availability, tooling, business, apart, because, constant, vendors
    )
