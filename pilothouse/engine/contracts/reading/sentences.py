"""Into which sentences does the text of a contract fall, and under which heading does each stand?

A sentence ends with a full stop, semicolon or colon before a capital, number or bracket, with an empty line, or with
a line that begins a list or a heading of Markdown. Short pieces (numbers of clauses, initials) join their neighbour;
what is longer than `LONGEST` is cut at a comma, so that one clause in a long chain can be named. Offsets are those of
the text; nothing is changed in it. Limits: tables and columns are read in the order of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilothouse.engine.contracts.reading.words import Sentence

SHORTEST, LONGEST, JOINED = 40, 700, 600
EARLIEST_CUT = 200

_END = re.compile(
    r"(?<=[.;:])\s+(?=[A-ZÀ-Ü(\d\"“«])|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•#]|\(\w{1,4}\)[ \t]))|(?<=\.)\s{2,}"
)
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_HEADING = re.compile(
    r"\s*(?:#{1,6}[ \t]*)?(?:ARTICLE|Article|SECTION|Section|Artikel|ARTIKEL|Clause)?[ \t]*"
    r"[\dIVXA-Z]{0,5}(?:\.\d{1,3}){0,4}[.):]?[ \t]*(?P<words>[A-ZÀ-Ü][A-Za-zÀ-ü,&/' \-]{2,60}?)(?:[.:]|[ \t]*\n)"
)


def sentences_of(text: str) -> list[Sentence]:
    """The sentences in order, each with the heading it stands under; spaces around them belong to none."""
    found: list[Sentence] = []
    heading = ""
    for start, end in _cut(_joined(_parts(text), text), text):
        named = _HEADING.match(text, start, end)
        if named:
            heading = named["words"].lower().strip()
        found.append(Sentence(start, end, heading))
    return found


def _parts(text: str) -> Iterator[tuple[int, int]]:
    """From one end of a sentence to the next, without the spaces around."""
    at = 0
    for gap in _END.finditer(text):
        yield from _trimmed(text, at, gap.start())
        at = gap.end()
    yield from _trimmed(text, at, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    inner = piece.strip()
    if inner:
        first = start + len(piece) - len(piece.lstrip())
        yield first, first + len(inner)


def _joined(parts: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """Short pieces with what follows them, or with what stands before them in the same paragraph."""
    held: tuple[int, int] | None = None
    for start, end in parts:
        if held is not None and _belong_together(held, (start, end), text):
            held = (held[0], end)
            continue
        if held is not None:
            yield held
        held = (start, end)
    if held is not None:
        yield held


def _belong_together(held: tuple[int, int], piece: tuple[int, int], text: str) -> bool:
    if piece[1] - held[0] >= JOINED:
        return False
    return _is_short(held) or (_is_short(piece) and not _EMPTY_LINE.search(text, held[1], piece[0]))


def _is_short(piece: tuple[int, int]) -> bool:
    return piece[1] - piece[0] < SHORTEST


def _cut(pieces: Iterator[tuple[int, int]], text: str) -> Iterator[tuple[int, int]]:
    """What is too long, at a semicolon, comma or space."""
    for start, last in pieces:
        first = start
        while last - first > LONGEST:
            cut = _last_of(text, first + EARLIEST_CUT, first + LONGEST)
            yield from _trimmed(text, first, cut)
            first = cut
        yield from _trimmed(text, first, last)


def _last_of(text: str, low: int, high: int) -> int:
    """The place behind the last semicolon between two places, else the last comma, else the last space."""
    for sign in ("; ", ", ", " ", "\n"):
        place = text.rfind(sign, low, high)
        if place >= 0:
            return place + 1
    return high
