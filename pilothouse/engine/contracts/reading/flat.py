"""The same text with each kind of space, quote and dash written one way, sign for sign: places stay the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

_ONE_WAY = str.maketrans(
    {
        **dict.fromkeys("\n\t\f\r\v\u00a0\u2002\u2003\u2007\u2009\u202f", " "),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("’‘`´", "'"),
        **dict.fromkeys("–—‑‐−", "-"),
    }
)
SHORTEST_HEAD, LONGEST_HEAD = 5, 100  # letters of a line that is repeated at the head or foot of pages
FEWEST_HEADS = 3
_RULED = re.compile(r"-{3,}|_{9,}|={3,}|\*{5,}")  # lines that papers without underlining draw below words
_DIGITS = re.compile(r"\d+")
LONGEST = 4_000  # letters of a sentence; what has no end is a table or a list
MOST_IN_SENTENCE = 1_200  # letters looked at on either side
# A full stop that ends a sentence: not behind a number of a list, an initial or a usual short form.
_SHORT = r"(?<!\b[A-Z].)(?<!\bNo.)(?<!\bSec.)(?<!\bArt.)(?<!\bInc.)(?<!\bCo.)(?<!\bCorp.)(?<!\bLtd.)"
_NUMBER = r"(?<! \d.)(?<! \d\d.)(?<!\.\d.)"
# The sign comes first and what stands before it is looked at then: that is many times as quick.
_END = re.compile(rf"[.;?!]{_SHORT}{_NUMBER}[\"')\]]{{0,2}} +(?=[\"'(\[]{{0,2}}[A-Z0-9À-Ü])")


def one_way(text: str) -> str:
    """`text` sign for sign with one kind of space, quote, apostrophe and dash; no line is left out."""
    return text.translate(_ONE_WAY)


def flat(text: str) -> str:
    """`text` with each sign at the same place, and only one kind of space, quote, apostrophe and dash.

    >>> flat("30\\u00a0days’\\n“Term”")
    '30 days\\' "Term"'
    """
    plain = one_way(_without_running_heads(text))
    return _RULED.sub(lambda line: " " * len(line.group()), plain)


def _without_running_heads(text: str) -> str:
    """Spaces in place of lines that stand on page after page, which would part the sentence they fall into."""
    lines = text.split("\n")
    alike = [_DIGITS.sub("0", line).strip() for line in lines]
    often = Counter(line for line in alike if SHORTEST_HEAD <= len(line) <= LONGEST_HEAD)
    heads = {line for line, times in often.items() if times >= FEWEST_HEADS}
    kept = (" " * len(line) if same in heads else line for line, same in zip(lines, alike, strict=True))
    return "\n".join(kept) if heads else text


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
    """Each sentence of a flat text, from its first sign to behind its last; very long ones in pieces."""
    first = 0
    for end in (*ends_of_sentences(words, 0, len(words)), len(words)):
        for last in (*range(first + LONGEST, end, LONGEST), end):
            said = words[first:last]
            if said.strip():
                yield first + len(said) - len(said.lstrip()), first + len(said.rstrip())
            first = last
