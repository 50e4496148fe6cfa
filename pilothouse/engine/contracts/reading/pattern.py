"""What a pattern is: the words by which a sentence agrees a term, those that silence it, and how its value is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.paragraphs import BETWEEN

LONGEST = 1_200  # letters of a sentence that are looked at: a longer one is a list or a table run together
LONGEST_HEADING = 200
_ONE_WAY = str.maketrans(
    {
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("–—‑‐−", "-"),
        **dict.fromkeys("*_>\\", ""),
    }
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_SPACES = re.compile(r"\s+")
_BROKEN_WORD = re.compile(r"\xad\s*")


def readable(words: str) -> str:
    """Words with one kind of space, quote and dash, without the marks of Markdown, tags and hyphens that part a line.

    >>> readable("**Le  «\\u00a0Client\\u00a0»** s\\\\'engage")
    'Le " Client " s\\'engage'
    """
    return _SPACES.sub(" ", _BROKEN_WORD.sub("", _TAG.sub("", words)).translate(_ONE_WAY)).strip()


def plain(words: str) -> str:
    """Readable words in lower case, as patterns look at them."""
    return readable(words[: 2 * LONGEST]).lower()[:LONGEST]


@dataclass(frozen=True, slots=True)
class Match:
    """The plain words of a sentence, its heading, and the place in it where a pattern holds."""

    words: str
    start: int
    end: int
    language: str
    heading: str = ""

    @property
    def behind(self) -> str:
        return self.words[self.end :]


Reader = Callable[[Match], Sequence[str | None]]


def no_value(_: Match) -> Sequence[str | None]:
    return (None,)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way in which a language agrees a term.

    `hints`: a sentence without any of them is not looked at. `read` gives the values, none at all where the sentence
    does not agree the term after all.
    """

    term: str
    hints: tuple[str, ...]
    says: re.Pattern[str]
    unless: re.Pattern[str] | None = None
    under: re.Pattern[str] | None = None  # the heading it must stand under
    read: Reader = no_value
    confidence: float = 0.9
    before: bool = False  # `unless` silences only from in front: "… for a year, and is then renewed by …"

    def values(self, words: str, heading: str, language: str) -> Sequence[str | None]:
        """The values of the term that plain words agree; none where they do not agree it."""
        if not any(hint in words for hint in self.hints):
            return ()
        if self.under is not None and not any(map(self.under.search, heading.split(BETWEEN))):
            return ()
        found = self.says.search(words)
        if found is None or self._is_silenced(words[: found.end()] if self.before else words):
            return ()
        return self.read(Match(words, found.start(), found.end(), language, heading))

    def _is_silenced(self, words: str) -> bool:
        return self.unless is not None and self.unless.search(words) is not None


def rx(words: str) -> re.Pattern[str]:
    """A pattern over plain words: "…" stands for up to a hundred letters, "‥" for up to forty without a comma."""
    return re.compile(words.replace("…", "[^;]{0,100}?").replace("‥", "[^;,]{0,40}?"))


def hints(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))
