"""Which law governs a contract? A country, an American state or a province: "New York", "Belgium", "Ontario".

The sentence that says "governed by", "construed under" or "in accordance with" the laws of a place; the first place
behind those words is the answer. Where two such sentences name different places nothing is said: annexes, or a clause
that splits the question, are for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilothouse.engine.contracts.reading.flat import sentence_around
from pilothouse.engine.contracts.reading.found import Found
from pilothouse.engine.contracts.reading.places import ADJECTIVE, ADJECTIVES, PLACE, place_named

_GOVERNED = re.compile(
    r"(?:govern(?:ed|ing)?|constru(?:ed|ction|e)|interpret(?:ed|ation)?|enforced)\b[^.;]{0,160}?"
    r"\b(?:laws?|legislation|jurisdiction)\b|\b(?:governing|applicable) law:?",
    re.IGNORECASE,
)
_LAW_OF = 110  # letters behind "laws" within which the place stands
_SURE, _ALONE = 0.95, 0.8


def find_law(words: str) -> Iterator[Found]:
    """The law that governs, with the sentence that says so; none where sentences differ."""
    found = list(_each(words))
    places = {each.value for each in found}
    if len(places) == 1:
        first = found[0]
        yield first


def _each(words: str) -> Iterator[Found]:
    for governed in _GOVERNED.finditer(words):
        place = _place(words, governed.start(), governed.end())
        if place:
            start, end = sentence_around(words, governed.start(), governed.end())
            sure = _SURE if "govern" in governed.group().lower() else _ALONE
            yield Found("governing_law", place, start, end, sure)


def _place(words: str, start: int, end: int) -> str | None:
    said = words[start : end + _LAW_OF]
    adjective = ADJECTIVE.search(said)
    if adjective:
        return ADJECTIVES[adjective["of"]]
    place = PLACE.search(words, end, min(len(words), end + _LAW_OF))
    return place_named(place.group()) if place else None
