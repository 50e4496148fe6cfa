"""Does this name sound like IT? What a linear model makes of the letters of a name and its words.

Each word gives its runs of two to four letters (its ends marked), itself, and itself with the word before it. Each
of these falls by a fixed checksum into one of 2^n numbered drawers, and a drawer holds one weight: no word is
stored, so no name can be read back. A text's log-odds are the bias and the mean of its weights, each word counting
as much as its neighbour. A second table of the same kind, with a column for each category, says what it is for.
A third says as what clerks book a payment of which nothing is known but whom and how much (`dealings.py`): for each
category a vendor's purpose can be of, and for "not known", one weight for each mark and category booked. Where no
purpose is known, the letters of the name are heard as well, at the root of their odds (`NAME_COUNTS`).

Scores of words are kept, so that a text costs a look-up for each of its words. The weights are learned by
`tools/train.py`; they are handed in. Limits: it knows how firms call themselves where it was trained (British public
bodies' suppliers, and our own lists in four languages); it knows nothing of the world.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import TypeAlias, TypeVar
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.spend.dealings import Dealings, payment_marks, vendor_marks
from pilothouse.engine.spend.names import clean_name, plain
from pilothouse.engine.spend.terms import Guess

Floats: TypeAlias = NDArray[np.float32]
Feature: TypeAlias = tuple[int, float]
Letters = TypeVar("Letters", str, bytes)

SHORTEST, LONGEST = 2, 4
MOST_WORDS = 12
LONGEST_WORD = 30
WHOLE_WORD, PAIR = 0.7, 0.7
MOST_KEPT = 200_000
NAME_COUNTS = 0.5
LEAST_SHARE = 0.001  # a name never rules a category out


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learned. `it` has one weight for each drawer, `kinds` one row for each and one column for each of
    `categories`; both numbers of drawers are powers of two. `booked` has a table for each of `categories` and a last
    one for "not known", of a row for the bias and each mark (of the payment, then of the vendor) and those columns.
    """

    it: Floats
    it_bias: float
    kinds: Floats
    kinds_bias: Floats
    categories: tuple[str, ...]
    booked: Floats


class LinearModel:
    """Guesses from weights; built once."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._it: list[float] = weights.it.tolist()  # plain numbers are quicker one by one
        self._last = len(self._it) - 1  # a power of two, so that this is the rest of a division
        self._kinds = weights.kinds
        self._of_word: dict[str, float] = {}
        self._kinds_of_word: dict[str, Floats] = {}
        self._of_vendor: dict[tuple[str, str, Dealings], Floats] = {}

    def log_odds(self, name: str, text: str) -> float:
        """The log-odds of IT of a vendor's name and a line's words."""
        words = words_of(name, text)
        if not words:
            return float(self._weights.it_bias)
        table, last = self._it, self._last
        scores = [self._it_of(word) for word in words]
        # A pair is one look-up: quicker made than found again, and most pairs are seen once.
        scores += [table[_drawer(f"{one} {two}") & last] * PAIR for one, two in pairwise(words)]
        return float(self._weights.it_bias + sum(scores) / math.sqrt(len(words)))

    def guess(self, name: str, text: str) -> Guess:
        """The same, with the likeliest category."""
        shares = self._kinds_shares(name, text)
        best = int(shares.argmax())
        return Guess(self.log_odds(name, text), self._weights.categories[best], float(shares[best]))

    def booked_as(self, name: str, category: str, amount: Decimal, dealings: Dealings) -> str:
        """As what clerks book a payment of which no more is known; `category` is that of its purpose, or ""."""
        place = self._place_of(category)
        vendor = self._of_vendor.get((name, category, dealings))
        if vendor is None:
            vendor = self._vendor_scores(name, place, dealings)
            if len(self._of_vendor) < MOST_KEPT:
                self._of_vendor[name, category, dealings] = vendor
        marks = np.array(payment_marks(amount), dtype=np.float32)
        scores = vendor + marks @ self._weights.booked[place, 1 : 1 + len(marks)]
        return self._weights.categories[int(scores.argmax())]

    def _place_of(self, category: str) -> int:
        """The table of a category; the last where none is known."""
        known = self._weights.categories
        return known.index(category) if category in known else len(known)

    def _vendor_scores(self, name: str, place: int, dealings: Dealings) -> Floats:
        """What all payments to a vendor have in common."""
        table = self._weights.booked[place]
        marks = np.array(vendor_marks(dealings), dtype=np.float32)
        scores: Floats = table[0] + marks @ table[-len(marks) :]
        if place < len(self._weights.categories):
            return scores
        scores += NAME_COUNTS * np.log(self._kinds_shares(name, "") + LEAST_SHARE)
        return scores

    def _kinds_shares(self, name: str, text: str) -> Floats:
        """The share of each category among such names and words that are IT."""
        words = words_of(name, text)
        kinds = self._weights.kinds_bias
        if words:
            scores = (self._kinds_of(part) for part in parts_of(words))
            kinds = kinds + sum(scores, np.zeros_like(kinds)) / math.sqrt(len(words))
        odds = np.exp(kinds - kinds.max())
        shares: Floats = odds / odds.sum()
        return shares

    def _it_of(self, word: str) -> float:
        """The sum over `features_of` a word of weight times value, in their order."""
        found = self._of_word.get(word)
        if found is None:
            table, last = self._it, self._last
            runs, each = _letters_of(word)
            weights = [table[crc32(run) & last] * each for run in runs]
            weights.append(table[_drawer(f"word {word}") & last] * WHOLE_WORD)
            found = float(sum(weights))
            if len(self._of_word) < MOST_KEPT:
                self._of_word[word] = found
        return found

    def _kinds_of(self, part: str) -> Floats:
        found = self._kinds_of_word.get(part)
        if found is None:
            features = features_of(part)
            drawers = np.array([drawer for drawer, _ in features])
            values = np.array([value for _, value in features], dtype=np.float32)
            found = values @ self._kinds[drawers % len(self._kinds)]
            if len(self._kinds_of_word) < MOST_KEPT:
                self._kinds_of_word[part] = found
        return found


def words_of(name: str, text: str) -> list[str]:
    """The words that are looked at: those of the cleaned name, then those of the line, `MOST_WORDS` of them.

    >>> words_of("Zonnebloem NV", "Hosting, maart")
    ['zonnebloem', 'hosting', 'maart']
    """
    words = [*clean_name(name).split(), *plain(text).split()]
    return [word[:LONGEST_WORD] for word in words[:MOST_WORDS]]


def parts_of(words: Sequence[str]) -> Iterator[str]:
    """Each word, and each two that stand together.

    >>> list(parts_of(["data", "centre"]))
    ['data', 'centre', 'data centre']
    """
    yield from words
    for before, word in pairwise(words):
        yield f"{before} {word}"


def features_of(part: str) -> list[Feature]:
    """The drawers of a part, before they are folded to the size of a table, each with how much it counts."""
    if " " in part:
        return [(_drawer(part), PAIR)]
    runs, each = _letters_of(part)
    return [*((crc32(run), each) for run in runs), (_drawer(f"word {part}"), WHOLE_WORD)]


def _letters_of(word: str) -> tuple[list[bytes], float]:
    """A word with its ends marked, its runs of letters, and how much each of these counts."""
    marked = f"^{word}$"
    whole = marked.encode()
    # A run of letters is a run of bytes where each letter is one byte, which is quicker: most words are new.
    runs = _runs(whole) if marked.isascii() else [run.encode() for run in _runs(marked)]
    return [whole, *runs], 1 / math.sqrt(len(runs) + 1)


def _runs(marked: Letters) -> list[Letters]:
    """All runs of two to four letters, the shortest first.

    >>> _runs("^ab$")
    ['^a', 'ab', 'b$', '^ab', 'ab$', '^ab$']
    """
    size = len(marked)
    return [
        marked[at : at + length] for length in range(SHORTEST, LONGEST + 1) for at in range(size - length + 1)
    ]


def _drawer(feature: str) -> int:
    return crc32(feature.encode())
