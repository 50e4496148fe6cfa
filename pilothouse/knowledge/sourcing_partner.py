"""What to ask a provider or an adviser before signing? The loader of `sourcing/partner.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable

from pilothouse.engine.assumptions import Source
from pilothouse.knowledge.entries import Entry, folder, read_yaml, source_of, unique

PROVIDER, ADVISER, BOTH = WHOM = ("provider", "adviser", "both")


@dataclass(frozen=True, slots=True)
class PartnerQuestion:
    """What to ask, what a good answer has in it, and what should make you stop; `sources` counts guides that ask it."""

    key: str
    of: str
    ask: str
    good: str
    beware: str
    because: str
    source: Source
    sources: int


@lru_cache
def partner_questions() -> tuple[PartnerQuestion, ...]:
    """All questions, the most telling first."""
    return read_partner_questions(folder("sourcing").joinpath("partner.yaml"))


def questions_to(whom: str) -> tuple[PartnerQuestion, ...]:
    """The questions to a provider, to an adviser, or to whoever it is."""
    return tuple(question for question in partner_questions() if question.of == whom)


def read_partner_questions(file: Traversable) -> tuple[PartnerQuestion, ...]:
    """The questions of a file; each names a source that the file has."""
    whole = Entry(file.name, read_yaml(file))
    named = whole.within("sources")
    sources = {name: source_of(named.within(name), "C") for name in named.fields()}
    found = tuple(_question(entry, sources) for entry in whole.each("questions"))
    whole.finished()
    unique(((file.name, question.key) for question in found), "the question")
    return found


def _question(entry: Entry, sources: Mapping[str, Source]) -> PartnerQuestion:
    found = PartnerQuestion(
        entry.text("key"),
        entry.choice("of", WHOM, "whom to ask"),
        entry.text("ask"),
        entry.text("good"),
        entry.text("beware"),
        entry.text("because"),
        sources[entry.choice("source", sources, "the sources of the file")],
        int(entry.number("sources")),
    )
    entry.finished()
    return found
