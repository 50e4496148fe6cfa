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
    r"\b(?:laws?|legislation|jurisdiction)\b|\b(?:governing|applicable) law:?|\blaws? +of\b[^.;]{0,80}?\bgoverns?\b",
    re.IGNORECASE,
)
_UNION = "united states"
_LAW_OF = 110  # letters behind "laws" within which the place stands
_SURE, _GOVERNS, _ALONE = 0.95, 0.9, 0.8
_THIS = re.compile(r"\b(?:this|the|these) +(?:[\w-]+ +){0,3}?(?:agreement|contract|terms)\b", re.IGNORECASE)


def find_law(words: str) -> Iterator[Found]:
    """The law that governs, with the sentence that says so; none where sentences that are as sure differ."""
    found = list(_each(words))
    surest = max((each.confidence for each in found), default=0.0)
    sure = [each for each in found if each.confidence == surest]
    if len({each.value for each in sure}) == 1:
        yield sure[0]


def _each(words: str) -> Iterator[Found]:
    for governed in _GOVERNED.finditer(words):
        place = _place(words, governed.start(), governed.end())
        if place:
            name, start, end = place
            first, last = sentence_around(words, start, end)
            yield Found("governing_law", name, first, last, _confidence(governed.group(), words[first:last]))


def _confidence(governed: str, sentence: str) -> float:
    """How surely it is this contract that is governed: an annex or a law on shares may have its own."""
    if "govern" not in governed.lower():
        return _ALONE
    return _SURE if _THIS.search(sentence) else _GOVERNS


def _place(words: str, start: int, end: int) -> tuple[str, int, int] | None:
    """The place whose law is named between two places of the text or close behind, and where it stands."""
    close = min(len(words), end + _LAW_OF)
    adjective = ADJECTIVE.search(words, start, close)
    if adjective:
        return ADJECTIVES[adjective["of"]], adjective.start(), adjective.end()
    begin = start if words[start : start + 3].lower() == "law" else end
    place = PLACE.search(words, begin, close)
    if place and place.group().lower() == _UNION:  # and of one of its states, where one is named
        place = PLACE.search(words, place.end(), min(len(words), place.end() + _LAW_OF)) or place
    return (place_named(place.group()), place.start(), place.end()) if place else None
