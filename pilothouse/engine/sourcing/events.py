"""Which events does an owner's sentence tell of? English, French and Dutch are read together.

A sentence is cut at full stops, semicolons and line ends. An event is told where every group of words of one of its
patterns occurs in the same piece and no word takes it back. A word of a pattern matches every word that begins with it;
words of six letters or more may have one slip of the pen. Limits: words, not meaning: "the project is not stuck" is
caught by the words of negation right before, irony is not. What stands after 4,000 characters is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from pilothouse.engine.spend.names import plain

LONG_ENOUGH, SLIPS = 6, 1
LONGEST = 4000  # characters; what an owner writes on one page
_PIECES = re.compile(r"[.;!?\n]+(?:\s|$)")
# Words that take back what follows them, as `plain` leaves them ("haven't" is "haven t").
_NEGATION = frozenset(
    (
        *("not", "never", "no", "isn", "wasn", "hasn", "haven", "didn", "won", "without"),
        *("pas", "jamais", "aucun", "aucune", "sans", "niet", "geen", "nooit", "zonder"),
    )
)
_BEFORE = 3  # a word of negation this close before the last group takes it back


@dataclass(frozen=True, slots=True)
class Phrase:
    """Some words in a row; `whole` asks for the last one as it stands."""

    words: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event and the patterns that tell of it: of one pattern, each group must occur."""

    event: str
    says: tuple[tuple[tuple[Phrase, ...], ...], ...]
    denied_by: tuple[Phrase, ...] = ()


def phrase(text: str) -> Phrase:
    """A phrase as a rule writes it, folded like the text it is looked for in; "=" before it asks for whole words."""
    whole = text.startswith("=")
    return Phrase(_words(text.removeprefix("=")), whole)


def read_events(sentence: str, known: Iterable[EventWords]) -> tuple[str, ...]:
    """The events a text tells of, in the order of `known`; none where nothing was understood."""
    pieces = [words for piece in _PIECES.split(sentence[:LONGEST]) if (words := _words(piece))]
    return tuple(one.event for one in known if any(_tells(words, one) for words in pieces))


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(text).split())


def _tells(words: tuple[str, ...], event: EventWords) -> bool:
    if any(_place(words, one) is not None for one in event.denied_by):
        return False
    return any(_holds(words, groups) for groups in event.says)


def _holds(words: tuple[str, ...], groups: tuple[tuple[Phrase, ...], ...]) -> bool:
    places: list[int] = []
    for group in groups:
        found = [place for one in group if (place := _place(words, one)) is not None]
        if not found:
            return False
        places.append(min(found))
    last = places[-1]
    return not _NEGATION & set(words[max(0, last - _BEFORE) : last])


def _place(words: tuple[str, ...], sought: Phrase) -> int | None:
    length = len(sought.words)
    for start in range(len(words) - length + 1):
        if all(
            _alike(word, wanted, whole=sought.whole or at < length - 1)
            for at, (word, wanted) in enumerate(zip(words[start:], sought.words, strict=False))
        ):
            return start
    return None


def _alike(word: str, wanted: str, *, whole: bool) -> bool:
    if word == wanted or (not whole and len(wanted) > 2 and word.startswith(wanted)):
        return True
    if len(wanted) < LONG_ENOUGH or word[0] != wanted[0]:
        return False
    end = len(word) if whole else min(len(word), len(wanted) + SLIPS)
    return OSA.distance(word[:end], wanted, score_cutoff=SLIPS) <= SLIPS
