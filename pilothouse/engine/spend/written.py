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
_LETTERS_IN_FRONT = re.compile(r"^[A-Z]+")
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
        self._of_party: dict[tuple[str, str], list[Paper]] = defaultdict(list)
        self._of_all: dict[str, list[Paper]] = defaultdict(list)
        self._shapes: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            party, numbers = said(paper)
            for spelling in dict.fromkeys(s for number in numbers for s in _spellings(number)):
                self._of_party[party, spelling].append(paper)
                if len(spelling) >= SHORTEST_LONE_NUMBER:
                    self._of_all[spelling].append(paper)
                if is_telling(spelling):
                    self._shapes[party].add(_shape(spelling))

    def of_party(self, party: str, text: str) -> list[tuple[Paper, str]]:
        """Papers of the party that the text names, each with the longest spelling found."""
        return _longest((p, s) for s in _candidates(text) for p in self._of_party.get((party, s), ()))

    def of_anybody(self, text: str) -> list[tuple[Paper, str]]:
        """Papers of whomever that the text names by a long number."""
        return _longest((p, s) for s in _candidates(text) for p in self._of_all.get(s, ()))

    def names_another(self, party: str, text: str) -> bool:
        """Whether the text holds what looks like a number of this party, but of no paper here."""
        shapes = self._shapes.get(party, ())
        return any(_shape(s) in shapes and (party, s) not in self._of_party for s in _candidates(text))


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
    words = [word for word in (_NOT_ALNUM.sub("", part) for part in _SPACE.split(text.upper())) if word]
    for count in range(1, _MOST_WORDS + 1):
        for at in range(len(words) - count + 1):
            yield from _spellings("".join(words[at : at + count]))


def _spellings(number: str) -> list[str]:
    """A number as written and without the letters in front ("INV2024001", "2024001"); none without a digit."""
    whole = normal_reference(number)
    if not _DIGIT.search(whole):
        return []
    return list(dict.fromkeys((whole, normal_reference(_LETTERS_IN_FRONT.sub("", whole)))))


def _shape(spelling: str) -> str:
    return _DIGIT.sub("0", spelling)
