"""The same text with each kind of space, quote and dash written one way, sign for sign: places stay the same."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONE_WAY = str.maketrans(
    {
        **dict.fromkeys("\n\t\f\r\v\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("–—‑‐−", "-"),
    }
)
MOST_IN_SENTENCE = 1_200  # letters looked at on either side
# A full stop that ends a sentence: not behind a number of a list, an initial or a usual short form.
_END = re.compile(
    r"(?<!\b[A-Z])(?<!\bNo)(?<!\bSec)(?<!\bArt)(?<!\bInc)(?<!\bCo)(?<!\bCorp)(?<!\bLtd)(?<! \d)(?<! \d\d)(?<!\.\d)"
    r"[.;?!][\"')\]]{0,2} +(?=[\"'(\[]{0,2}[A-Z0-9À-Ü])"
)


def flat(text: str) -> str:
    """`text` with each sign at the same place, and only one kind of space, quote, apostrophe and dash.

    >>> flat("30\\u00a0days’\\n“Term”")
    '30 days\\' "Term"'
    """
    return text.translate(_ONE_WAY)


def ends_of_sentences(words: str, start: int, end: int) -> Iterator[int]:
    """Where sentences begin anew between two places of a flat text."""
    return (found.end() for found in _END.finditer(words, start, end))


def sentence_around(words: str, start: int, end: int) -> tuple[int, int]:
    """The sentence of a flat text that the place from `start` to `end` stands in; it never ends in a space."""
    low, high = max(0, start - MOST_IN_SENTENCE), min(len(words), end + MOST_IN_SENTENCE)
    first = max(ends_of_sentences(words, low, start + 1), default=low)
    last = next((place for place in ends_of_sentences(words, end, high) if place > end), high)
    while first < start and words[first] == " ":
        first += 1
    while last > end and words[last - 1] == " ":
        last -= 1
    return first, last


def sentences_of(words: str) -> Iterator[tuple[int, int]]:
    """Each sentence of a flat text, from its first sign to behind its last."""
    first = 0
    for last in (*ends_of_sentences(words, 0, len(words)), len(words)):
        if words[first:last].strip():
            yield (
                first + len(words[first:last]) - len(words[first:last].lstrip()),
                first + len(words[first:last].rstrip()),
            )
        first = last
