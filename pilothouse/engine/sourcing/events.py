"""Which events does an owner's sentence tell of? English, French and Dutch are read together.

A sentence is cut at full stops, semicolons and line ends. An event is told where every group of words of one of its
patterns occurs in the same piece and no word takes it back. Who is asked what happens with IT need not say again that
it is about IT: where nothing was understood, looser hints are tried, unless a word shows that something else is meant.
A word of a pattern matches every word that begins with it; words of six letters or more also every compound that ends
with them, and they may have one slip of the pen. Limits: words, not meaning: "the project is not stuck" is caught by
the words of negation right before, irony and figures of speech are not. What stands after 4,000 characters is not read.
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


Pattern = tuple[tuple[Phrase, ...], ...]  # groups of words, one of each group is needed


@dataclass(frozen=True, slots=True)
class EventWords:
    """An event and the patterns that tell of it: of one pattern, each group must occur.

    `hints` are patterns that tell of it where nothing else was understood; `elsewhere` are words that forbid them.
    """

    event: str
    says: tuple[Pattern, ...]
    denied_by: tuple[Phrase, ...] = ()
    hints: tuple[Pattern, ...] = ()
    elsewhere: tuple[Phrase, ...] = ()


def phrase(text: str) -> Phrase:
    """A phrase as a rule writes it, folded like the text it is looked for in; "=" before it asks for whole words."""
    whole = text.startswith("=")
    return Phrase(_words(text.removeprefix("=")), whole)


def read_events(sentence: str, known: Iterable[EventWords]) -> tuple[str, ...]:
    """The events a text tells of, in the order of `known`; none where nothing was understood."""
    pieces = [_Piece(words) for piece in _PIECES.split(sentence[:LONGEST]) if (words := _words(piece))]
    events = tuple(known)
    told = tuple(one.event for one in events if any(_tells(piece, one) for piece in pieces))
    return told or tuple(one.event for one in events if any(_hints_at(piece, one) for piece in pieces))


def _words(text: str) -> tuple[str, ...]:
    return tuple(plain(text).split())


class _Piece:
    """A piece of a text; it remembers what was looked for, since events share their words."""

    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words
        self._at: dict[str, list[int]] = {}
        for place, word in enumerate(words):
            self._at.setdefault(word, []).append(place)
        self._alike: dict[tuple[str, bool], frozenset[str]] = {}
        self._found: dict[Phrase, range | None] = {}

    def place(self, sought: Phrase) -> range | None:
        """Where a phrase stands first."""
        if sought not in self._found:
            self._found[sought] = self._look_for(sought)
        return self._found[sought]

    def _look_for(self, sought: Phrase) -> range | None:
        last = len(sought.words) - 1
        wanted = [self._like(word, whole=sought.whole or at < last) for at, word in enumerate(sought.words)]
        starts = sorted(
            start for word in wanted[0] for start in self._at[word] if start + last < len(self.words)
        )
        for start in starts:
            if all(self.words[start + at] in words for at, words in enumerate(wanted)):
                return range(start, start + last + 1)
        return None

    def _like(self, wanted: str, *, whole: bool) -> frozenset[str]:
        """The words of the piece that are this one, begin with it or come near it."""
        if (wanted, whole) not in self._alike:
            alike = frozenset(word for word in self._at if _alike(word, wanted, whole=whole))
            self._alike[wanted, whole] = alike
        return self._alike[wanted, whole]


def _tells(piece: _Piece, event: EventWords) -> bool:
    return not _has(piece, event.denied_by) and any(_holds(piece, groups) for groups in event.says)


def _hints_at(piece: _Piece, event: EventWords) -> bool:
    denied = _has(piece, event.denied_by) or _has(piece, event.elsewhere)
    return not denied and any(_holds(piece, groups) for groups in event.hints)


def _has(piece: _Piece, phrases: tuple[Phrase, ...]) -> bool:
    return any(piece.place(one) is not None for one in phrases)


def _holds(piece: _Piece, groups: Pattern) -> bool:
    places: list[range] = []
    for group in groups:
        found = [place for one in group if (place := piece.place(one)) is not None]
        if not found:
            return False
        places.append(min(found, key=lambda place: place.start))
    last, told = places[-1].start, {at for place in places for at in place}
    before = (piece.words[at] for at in range(max(0, last - _BEFORE), last) if at not in told)
    return _NEGATION.isdisjoint(before)  # "no one" that is part of what is told takes nothing back


def _is_within(word: str, wanted: str) -> bool:
    """Whether a word begins with another, or is a Dutch compound that ends with it: "onderhoudscontract"."""
    return (len(wanted) > 2 and word.startswith(wanted)) or (
        len(wanted) >= LONG_ENOUGH and word.endswith(wanted)
    )


def _alike(word: str, wanted: str, *, whole: bool) -> bool:
    if word == wanted or (not whole and _is_within(word, wanted)):
        return True
    if len(wanted) < LONG_ENOUGH or word[0] != wanted[0]:
        return False
    end = len(word) if whole else min(len(word), len(wanted) + SLIPS)
    return OSA.distance(word[:end], wanted, score_cutoff=SLIPS) <= SLIPS
