"""Which invoices does a payer name? References and invoice numbers, however they are written.

Compared are letters and digits only: "INV-2026/0042", "inv 2026 0042" and "2026/0042" name one invoice. A number of
one party is looked for whatever its length; among all parties only a long one, since short numbers stand in any text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Generic, TypeVar

SHORTEST_REFERENCE = 6
SHORTEST_NUMBER = 4
SHORTEST_WITH_LETTERS = 2
SHORTEST_LONE_NUMBER = 6
_MOST_WORDS = 3

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPACE = re.compile(r"[\s,;:|+&]+")
_DIGIT = re.compile(r"\d")

Paper = TypeVar("Paper")


def normal_reference(reference: str) -> str:
    """A reference as it is compared: letters and digits only, zeros in front of a plain number off.

    >>> normal_reference("+++090/9337/55493+++"), normal_reference("inv-2024/001"), normal_reference("000123")
    ('90933755493', 'INV2024001', '123')
    """
    text = _NOT_ALNUM.sub("", reference.upper())
    return text.lstrip("0") if text.isdigit() else text


class Numbers(Generic[Paper]):
    """Papers by the numbers that payers may write."""

    def __init__(self, papers: Iterable[Paper], said: Callable[[Paper], tuple[str, Sequence[str]]]) -> None:
        """`said` gives a paper's party and its numbers."""
        self.of_party_held: dict[tuple[str, str], list[Paper]] = defaultdict(list)
        self.of_all_held: dict[str, list[Paper]] = defaultdict(list)
        self.shapes_of: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            party, numbers = said(paper)
            for spelling in dict.fromkeys(s for number in numbers for s in _spellings(number)):
                self.of_party_held[party, spelling].append(paper)
                if len(spelling) >= SHORTEST_LONE_NUMBER:
                    self.of_all_held[spelling].append(paper)
                if is_telling(spelling):
                    self.shapes_of[party].add(_shape(spelling))

    def written_in(self, text: str) -> Written[Paper]:
        """What a payer's words name."""
        return Written(self, tuple(dict.fromkeys(_candidates(text))))


class Written(Generic[Paper]):
    """The numbers that stand in one text."""

    def __init__(self, numbers: Numbers[Paper], candidates: Sequence[str]) -> None:
        self._numbers = numbers
        self._candidates = candidates

    def of_party(self, party: str) -> list[tuple[Paper, str]]:
        """Papers of the party that are named, each with the longest spelling found."""
        held = self._numbers.of_party_held
        return _longest((p, s) for s in self._candidates for p in held.get((party, s), ()))

    def of_anybody(self) -> list[Paper]:
        """Papers of whomever that are named by a long number."""
        held = self._numbers.of_all_held
        return [paper for paper, _ in _longest((p, s) for s in self._candidates for p in held.get(s, ()))]

    def names_another(self, party: str) -> bool:
        """Whether there is what looks like a number of this party, but of no paper here."""
        shapes = self._numbers.shapes_of.get(party, ())
        held = self._numbers.of_party_held
        return any((party, s) not in held and _shape(s) in shapes for s in self._candidates)


def is_telling(spelling: str) -> bool:
    """Whether a number names a paper by itself beside its party; "12" stands in any text."""
    return len(spelling) >= (SHORTEST_NUMBER if spelling.isdigit() else SHORTEST_WITH_LETTERS)


def _longest(found: Iterable[tuple[Paper, str]]) -> list[tuple[Paper, str]]:
    kept: dict[int, tuple[Paper, str]] = {}
    for paper, spelling in found:
        if id(paper) not in kept or len(spelling) > len(kept[id(paper)][1]):
            kept[id(paper)] = (paper, spelling)
    return list(kept.values())


def _candidates(text: str) -> Iterator[str]:
    """Words with a digit, and up to three words in a row joined ("2024 001"), in each spelling."""
    if not _DIGIT.search(text):
        return
    words = [word for word in (_NOT_ALNUM.sub("", part) for part in _SPACE.split(text.upper())) if word]
    for at, word in enumerate(words):
        yield from _spellings_of(word)
        joined = word
        for following in words[at + 1 : at + _MOST_WORDS]:
            joined += following
            yield from _spellings_of(joined)


def _spellings(number: str) -> tuple[str, ...]:
    """A number as written and without the letters in front ("INV2024001", "2024001"); none without a digit."""
    return tuple(dict.fromkeys(_spellings_of(_NOT_ALNUM.sub("", number.upper()))))


def _spellings_of(word: str) -> tuple[str, ...]:
    if word.isdigit():
        return (word.lstrip("0"),)
    if word.isalpha():
        return ()
    bare = word.lstrip(_LETTERS)
    return (word, bare.lstrip("0") if bare.isdigit() else bare)


def _shape(spelling: str) -> str:
    return _DIGIT.sub("0", spelling)
