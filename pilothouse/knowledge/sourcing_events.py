"""Which words tell of an event? The loader of `sourcing/events.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.costs.profile import EVENTS
from pilothouse.engine.sourcing.events import EventWords, Phrase, phrase
from pilothouse.knowledge.entries import Entry, KnowledgeError, folder, read_yaml

Group = tuple[Phrase, ...]


@lru_cache
def event_words() -> tuple[EventWords, ...]:
    """The words for every event, as they come with Pilothouse."""
    return read_event_words(folder("sourcing").joinpath("events.yaml"))


def read_event_words(file: Traversable) -> tuple[EventWords, ...]:
    """The words in a file: one entry for each event."""
    listed = read_yaml(file)
    entries = listed if isinstance(listed, list) else []
    found = tuple(_event(Entry(f"{file.name}, entry {number}", one)) for number, one in enumerate(entries, 1))
    if sorted(one.event for one in found) != sorted(EVENTS):
        raise KnowledgeError(f"{file.name}: one entry is needed for each of {', '.join(EVENTS)}.")
    return found


def _event(entry: Entry) -> EventWords:
    event = entry.choice("event", EVENTS, "the events of a profile")
    denied = tuple(phrase(text) for text in entry.texts("not"))
    elsewhere = tuple(phrase(text) for text in entry.texts("elsewhere"))
    says = tuple(_pattern(entry, pattern) for pattern in entry.lists("says"))
    hinting = entry.lists("hints") if "hints" in entry.fields() else []
    hints = tuple(_pattern(entry, pattern) for pattern in hinting)
    entry.finished()
    return EventWords(event, says, denied, hints, elsewhere)


def _pattern(entry: Entry, groups: object) -> tuple[Group, ...]:
    if not isinstance(groups, list) or not groups or not all(_is_group(group) for group in groups):
        raise entry.wrong("each of “says” must be a list of groups, each a list of words.")
    return tuple(tuple(phrase(text) for text in group) for group in groups)


def _is_group(group: object) -> bool:
    return isinstance(group, list) and bool(group) and all(isinstance(text, str) and text for text in group)
