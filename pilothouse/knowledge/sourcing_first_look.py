"""What is worth looking at after ten questions? The loader of `sourcing/first_look.yaml`."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.sourcing.first_look import ANSWERS, ASKED, Topic
from pilothouse.knowledge.entries import Entry, folder, read_entries, unique


@lru_cache
def topics() -> tuple[Topic, ...]:
    """All topics, the most urgent first."""
    return read_topics(folder("sourcing").joinpath("first_look.yaml"))


def read_topics(file: Traversable) -> tuple[Topic, ...]:
    """The topics of a file; each says when it is worth a look."""
    found = tuple(_topic(entry) for entry in read_entries(file))
    unique(((file.name, topic.key) for topic in found), "the topic")
    return found


def _topic(entry: Entry) -> Topic:
    said = entry.raw("when")
    when: dict[str, tuple[str, ...]] = {}
    if said != "always":
        conditions = Entry(f"{entry.place}, “when”", said)
        for question in conditions.fields():
            if question not in ASKED:
                raise conditions.wrong(f"“{question}” is not asked.")
            when[question] = conditions.texts(question)
            if not set(when[question]) <= set(ANSWERS):
                raise conditions.wrong(f"“{question}” is answered with yes, no or unknown.")
    topic = Topic(entry.text("key"), entry.text("name"), entry.text("why"), entry.text("bring"), when)
    entry.finished()
    return topic
