"""Which words speak for or against IT? Read from groups that share weight, purpose and language.

A word stands once in a file. Limits: the weights are judgements, and no loader can tell whether they are true.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib.resources.abc import Traversable

from pilothouse.engine.spend.names import plain
from pilothouse.engine.spend.terms import KnownWord
from pilothouse.knowledge.entries import Entry, read_entries, unique

LANGUAGES = ("en", "fr", "nl", "de")


def read_words(file: Traversable, purposes: Collection[str]) -> tuple[KnownWord, ...]:
    """The words of a file in which each entry is a group."""
    return words_in(read_entries(file), purposes)


def words_in(groups: Iterable[Entry], purposes: Collection[str]) -> tuple[KnownWord, ...]:
    """The words of several groups, none of them twice."""
    found: list[KnownWord] = []
    places: list[tuple[str, str]] = []
    for entry in groups:
        group = tuple(_words(entry, purposes))
        found += group
        places += [(entry.place, _matched_as(word.word)) for word in group]
    unique(places, "the word")
    return tuple(found)


def _words(entry: Entry, purposes: Collection[str]) -> Iterator[KnownWord]:
    is_it = bool(entry.flag("is_it"))
    weight = entry.number("weight")
    purpose = entry.text("purpose", "")
    language = entry.text("language", "")
    words = entry.texts("words")
    entry.finished()
    if not 0 < weight < 1:
        raise entry.wrong(f"the weight {weight} must lie between 0 and 1.")
    if purpose and (purpose not in purposes or not is_it):
        raise entry.wrong(f"the purpose “{purpose}” is not in purposes.yaml, or the words speak against IT.")
    if language and language not in LANGUAGES:
        raise entry.wrong(f"the language “{language}” is not one of {', '.join(LANGUAGES)}.")
    for word in words:
        yield KnownWord(word, is_it, weight, purpose, language)


def _matched_as(word: str) -> str:
    """A word as the engine looks for it, with the star that says "begins so" or "ends so"."""
    return f"{'*' if word.startswith('*') else ''}{plain(word)}{'*' if word.endswith('*') else ''}"
