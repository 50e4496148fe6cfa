"""How are delivery models, facts, events and verdicts said to an owner? The loader of `sourcing/words.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import Any

from pilothouse.engine.costs.profile import EVENTS, MODELS
from pilothouse.knowledge.entries import Entry, KnowledgeError, folder, read_yaml

VERDICTS = ("stay", "prepare", "change", "hire")


@dataclass(frozen=True, slots=True)
class SourcingWords:
    """Names and sentences by key. `changes` says a fact's new value: a sentence with {value}, or one for each value."""

    models: Mapping[str, str]
    model_says: Mapping[str, str]
    facts: Mapping[str, str]
    events: Mapping[str, str]
    verdicts: Mapping[str, str]
    why: Mapping[str, str]
    red_lines: tuple[str, ...]
    changes: Mapping[str, str | Mapping[str, str]]
    lines: Mapping[str, str]
    assumptions: Mapping[str, str]

    def change(self, fact: str, value: object) -> str:
        """What would be different, such as "54 people"."""
        if fact == "event":
            return self.events[str(value)]
        said = self.changes[fact]
        if isinstance(said, str):
            number = value if isinstance(value, int | float) else 0
            return said.format(value=f"{number:g}")
        return said[str(value).lower()]


@lru_cache
def sourcing_words() -> SourcingWords:
    """The words as they come with Pilothouse, in English."""
    return read_words_of_sourcing(folder("sourcing").joinpath("words.yaml"))


def read_words_of_sourcing(file: Traversable) -> SourcingWords:
    """The words in a file: every model, event and verdict has some."""
    whole = Entry(file.name, read_yaml(file))
    names, says = _models(whole.within("models"))
    found = SourcingWords(
        names,
        says,
        _texts(whole.within("facts")),
        _texts(whole.within("events")),
        _verdicts(whole.within("verdicts")),
        _texts(whole.within("why")),
        whole.texts("red_lines"),
        _changes(whole.within("changes")),
        _texts(whole.within("lines")),
        _texts(whole.within("assumptions")),
    )
    whole.finished()
    for wanted, given, what in ((EVENTS, found.events, "events"), (VERDICTS, found.verdicts, "verdicts")):
        if set(wanted) != set(given):
            raise KnowledgeError(f"{file.name}, “{what}”: words are needed for {', '.join(wanted)}.")
    return found


def _models(entry: Entry) -> tuple[dict[str, str], dict[str, str]]:
    names, says = {}, {}
    for model in MODELS:
        one = entry.within(model)
        names[model], says[model] = one.text("name"), one.text("says")
        one.finished()
    entry.finished()
    return names, says


def _verdicts(entry: Entry) -> dict[str, str]:
    found = {}
    for key in entry.fields():
        one = entry.within(key)
        found[key] = one.text("name")
        one.finished()
    return found


def _texts(entry: Entry) -> dict[str, str]:
    return {key: entry.text(key) for key in entry.fields()}


def _changes(entry: Entry) -> dict[str, str | Mapping[str, str]]:
    found: dict[str, str | Mapping[str, str]] = {}
    for fact in entry.fields():
        said: Any = entry.raw(fact)
        found[fact] = said if isinstance(said, str) else _texts(Entry(f"{entry.place}, “{fact}”", said))
    return found
