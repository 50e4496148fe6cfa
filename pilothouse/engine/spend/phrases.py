"""Which of many phrases stand in a text? Found word by word from a table of first words, so that ten thousand
phrases cost no more than ten.

A phrase is matched as whole words after `plain`; "hosting*" also matches words that start so, "*software"
words that end so (Dutch and German compounds). Where phrases overlap, the longest that starts first is taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from pilothouse.engine.spend.names import plain

Meaning = TypeVar("Meaning")

_SHORTEST_STEM = 3
MOST_WORDS_KEPT = 200_000

_Hit = tuple[str, Meaning]
_Choices = list[tuple[tuple[str, ...], Meaning]]


class Phrases(Generic[Meaning]):
    """A set of phrases, each with what it means."""

    def __init__(self, phrases: Iterable[tuple[str, Meaning]]) -> None:
        self._whole: dict[str, _Choices[Meaning]] = {}
        self._starts: dict[str, _Hit[Meaning]] = {}
        self._ends: dict[str, _Hit[Meaning]] = {}
        # The first and last letters of all stems: few words have either, and the others are done with at once.
        self._first_letters: set[str] = set()
        self._last_letters: set[str] = set()
        self._seen: dict[str, tuple[_Choices[Meaning], _Hit[Meaning] | None]] = {}
        for phrase, meaning in phrases:
            self._add(phrase.strip(), meaning)
        for choices in self._whole.values():
            choices.sort(key=lambda choice: -len(choice[0]))

    def afresh(self) -> Phrases[Meaning]:
        """The same phrases, with nothing looked up yet: what one user looks up is not kept for the next.

        >>> list(Phrases([("office suite", 1)]).afresh().found("an office suite"))
        [('office suite', 1)]
        """
        same: Phrases[Meaning] = Phrases(())
        same._whole, same._starts, same._ends = self._whole, self._starts, self._ends
        same._first_letters, same._last_letters = self._first_letters, self._last_letters
        return same

    def found(self, text: str) -> Iterator[tuple[str, Meaning]]:
        """Each phrase in the text, from left to right, with its meaning."""
        words = plain(text).split()
        at = 0
        while at < len(words):
            whole, part = self._seen.get(words[at]) or self._look_up(words[at])
            length, hit = 1, part
            for phrase, meaning in whole:
                if tuple(words[at : at + len(phrase)]) == phrase:
                    length, hit = len(phrase), (" ".join(phrase), meaning)
                    break
            if hit:
                yield hit
            at += length

    def first(self, text: str) -> str:
        """The first phrase in the text; "" where there is none."""
        return next((phrase for phrase, _ in self.found(text)), "")

    def _add(self, phrase: str, meaning: Meaning) -> None:
        words = tuple(plain(phrase).split())
        stem = "".join(words)
        if not words:
            return
        if phrase.endswith("*") and len(words) == 1:
            self._starts.setdefault(stem, (stem, meaning))
            self._first_letters.add(stem[:_SHORTEST_STEM])
        elif phrase.startswith("*") and len(words) == 1:
            self._ends.setdefault(stem, (stem, meaning))
            self._last_letters.add(stem[-_SHORTEST_STEM:])
        else:
            self._whole.setdefault(words[0], []).append((words, meaning))

    def _look_up(self, word: str) -> tuple[_Choices[Meaning], _Hit[Meaning] | None]:
        """The phrases that start with a word, and the stem that is a part of it; each word is looked up once."""
        found = self._whole.get(word, []), self._part_of(word)
        if len(self._seen) < MOST_WORDS_KEPT:
            self._seen[word] = found
        return found

    def _part_of(self, word: str) -> _Hit[Meaning] | None:
        lengths = range(len(word), _SHORTEST_STEM - 1, -1)
        if word[:_SHORTEST_STEM] in self._first_letters:
            starts = (word[:length] for length in lengths)
            found = next((self._starts[part] for part in starts if part in self._starts), None)
            if found is not None:
                return found
        if word[-_SHORTEST_STEM:] in self._last_letters:
            ends = (word[-length:] for length in lengths)
            return next((self._ends[part] for part in ends if part in self._ends), None)
        return None
