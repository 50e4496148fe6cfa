"""Which invoices does a payer name? References and invoice numbers, however they are written.

Compared are letters and digits only: "INV-2026/0042", "inv 2026 0042" and "2026/0042" name one invoice. A number of
one party is looked for whatever its length; among all parties only a long one, since short numbers stand in any text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Generic, TypeVar

from pilothouse.engine.spend.names import word_set

SHORTEST_REFERENCE = 6
SHORTEST_NUMBER = 4
SHORTEST_WITH_LETTERS = 2
SHORTEST_LONE_NUMBER = 6
_MOST_WORDS = 3
ANNOUNCING = word_set(
    "FACTUUR FACTUURNR FACTUURNUMMER FACTURE FACT FAC INVOICE INV RECHNUNG RECHNUNGSNR RG CREDITNOTA NOTA NR N NO "
    "NUMMER NUMERO NUMBER"
)

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_SPACE = re.compile(r"[\s,;:|+&]+")
_DATE = re.compile(r"\(?\d{1,2}[/.-](?:\d{1,2}[/.-])?\d{2,4}\)?|\d{4}-\d{2}(?:-\d{2})?")
_DIGIT = re.compile(r"\d")

Paper = TypeVar("Paper")


class _As(Enum):
    """How a number stands in a text: as a word, joined of several, as a date, or after a word like "invoice"."""

    JOINED = "joined"
    DATE = "date"
    WORD = "word"
    ANNOUNCED = "announced"


def normal_reference(reference: str) -> str:
    """A reference as it is compared: letters and digits only, zeros in front of a plain number off.

    >>> normal_reference("+++090/9337/55493+++"), normal_reference("inv-2024/001"), normal_reference("000123")
    ('90933755493', 'INV2024001', '123')
    """
    text = _NOT_ALNUM.sub("", reference.upper())
    return text.lstrip("0") if text.isdigit() else text


class Numbers(Generic[Paper]):
    """Papers by the numbers that payers may write."""

    def __init__(self, papers: Iterable[Paper], said: Callable[[Paper], tuple[str, str, str]]) -> None:
        """`said` gives a paper's party, number and reference."""
        self.of_party: dict[tuple[str, str], list[Paper]] = defaultdict(list)
        self.of_all: dict[str, list[Paper]] = defaultdict(list)
        self.shapes: dict[str, set[str]] = defaultdict(set)
        for paper in papers:
            party, number, reference = said(paper)
            self.shapes[party].update(map(shape_of, spellings(number)))
            for spelling in dict.fromkeys((*spellings(number), *spellings(reference))):
                self.of_party[party, spelling].append(paper)
                if len(spelling) >= SHORTEST_LONE_NUMBER:
                    self.of_all[spelling].append(paper)

    def written_in(self, text: str) -> Written[Paper]:
        """What a payer's words name."""
        found: dict[str, _As] = {}
        for spelling, written in _candidates(text):
            if found.get(spelling) is not _As.ANNOUNCED:
                found[spelling] = written
        return Written(self, found)


class Written(Generic[Paper]):
    """The numbers that may stand in one text, each with how it does."""

    def __init__(self, numbers: Numbers[Paper], candidates: Mapping[str, _As]) -> None:
        self._numbers = numbers
        self._candidates = candidates

    def of_party(self, party: str) -> list[tuple[Paper, bool]]:
        """Papers of the party that are named, each with whether its number tells it by itself."""
        found: dict[int, tuple[Paper, bool]] = {}
        for spelling, written in self._candidates.items():
            for paper in self._numbers.of_party.get((party, spelling), ()):
                before = found.get(id(paper), (paper, False))[1]
                found[id(paper)] = paper, before or _is_telling(spelling, written)
        return list(found.values())

    def of_anybody(self) -> list[Paper]:
        """Papers of whomever that are named by a long number."""
        found = {id(paper): paper for s in self._candidates for paper in self._numbers.of_all.get(s, ())}
        return list(found.values())

    def names_another(self, party: str) -> bool:
        """Whether there is what looks like a number of this party, but of no paper here."""
        shapes = self._numbers.shapes.get(party, ())
        return any(
            written not in (_As.JOINED, _As.DATE)
            and _is_telling(spelling, written)
            and (party, spelling) not in self._numbers.of_party
            and shape_of(spelling) in shapes
            for spelling, written in self._candidates.items()
        )


def _is_telling(spelling: str, written: _As) -> bool:
    """Whether a number names a paper beside its party; "12" does so only after "invoice"."""
    shortest = SHORTEST_NUMBER if spelling.isdigit() else SHORTEST_WITH_LETTERS
    return written is _As.ANNOUNCED or len(spelling) >= shortest


def _candidates(text: str) -> Iterator[tuple[str, _As]]:
    """Up to three words in a row joined ("2024 001"), and words in each spelling; all with a digit."""
    if not _DIGIT.search(text):
        return
    parts = [(part, _NOT_ALNUM.sub("", part)) for part in _SPACE.split(text.upper())]
    words = [(part, word) for part, word in parts if word]
    numbers = {at for at, (_, word) in enumerate(words) if not word.isalpha()}
    for at in range(len(words) - 1):
        joined = words[at][1]
        for end in range(at + 1, min(at + _MOST_WORDS, len(words))):
            joined += words[end][1]
            if not numbers.isdisjoint(range(at, end + 1)):
                yield joined.lstrip("0") if joined.isdigit() else joined, _As.JOINED
    for at in sorted(numbers):
        part, word = words[at]
        announced = at > 0 and words[at - 1][1] in ANNOUNCING
        how = _As.ANNOUNCED if announced else _As.DATE if _DATE.fullmatch(part) else _As.WORD
        for spelling in _spellings_of(word):
            yield spelling, how


def spellings(number: str) -> tuple[str, ...]:
    """A number as written and without the letters in front ("INV2024001", "2024001"); none without a digit."""
    return _spellings_of(_NOT_ALNUM.sub("", number.upper()))


def _spellings_of(word: str) -> tuple[str, ...]:
    if word.isdigit():
        return (word.lstrip("0"),)
    if not _DIGIT.search(word):
        return ()
    bare = word.lstrip(_LETTERS)
    return (word, bare.lstrip("0") if bare.isdigit() else bare)


def shape_of(spelling: str) -> str:
    return _DIGIT.sub("0", spelling)
