"""Between whom is an English contract made? The two names that its opening writes after "between" or "among".

A name begins with a capital and ends before its description (", a Delaware corporation", ", with offices at") or its
short name in brackets; "Inc.", "Ltd" and their like belong to it. Both names must be found, else neither is given:
one party alone says little. Limits: of three parties and more the first two; names in columns or tables are not read.
"""

from __future__ import annotations

import re

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.found import Found

OPENING = 6_000  # letters in which the parties are named
WINDOW = 1_200  # letters from "between" on in which both stand
LONGEST_NAME = 90
SURE = 0.8
ENDINGS = ("Inc.", "Corp.", "Ltd.", "Co.", "S.A.", "N.V.", "B.V.", "L.P.", "L.L.C.")

_FORM = (
    r"(?:Inc|Incorporated|LLC|L\.L\.C|Ltd|Limited|LP|L\.P|LLP|Corp|Corporation|Co|S\.A|N\.V|B\.V|GmbH|AG|PLC|plc|SA|NV|BV"
    r"|SAS|SRL)"
)
_NAME = rf"(?:[A-Z0-9]|[a-z0-9]+\.(?:com|org|net)\b)[^,;:()\"\[\]]{{0,{LONGEST_NAME}}}?(?:, ?(?:{_FORM}|inc)\b\.?)?"
_BETWEEN = re.compile(r"\b(?:between|among|BETWEEN|AMONG)[:,]? +(?:\(\w{1,3}\) *)?(?:the (?=[A-Z]))?")
_DESCRIBED = r" (?:an?|located|having|with|whose|represented|hereinafter|doing business)\b"
_AFTER = rf"(?= *(?:,|;|\(| - |\band\b|\bAND\b|\.? *$)|{_DESCRIBED})"
_FIRST = re.compile(rf"(?P<name>{_NAME}){_AFTER}")
_SECOND = re.compile(
    rf"(?:[,;)\]\"] *|\b)(?:and|And|AND|&)(?: between|,)? +(?:\(\w{{1,3}}\) *)?(?:the (?=[A-Z]))?(?P<name>{_NAME})"
    rf"(?= *(?:,|;|\(|\.(?: |$)| {{2,}}|$)|{_DESCRIBED})"
)
_NO_NAME = re.compile(
    r"(?:the (?:part|compan|agreement|client|customer|supplier|provider|other|above|undersigned|following)\w*"
    r"|this|these|each|any|all|its|such|other|part(?:y|ies)|whereas|exhibits?|schedules?|annex\w*)\b"
    r"|.*\b(?:agreement|contract)\b|.*\bdated\b|.* of \d",
    re.IGNORECASE,
)
# Words without a capital that a firm's name has none of: with them it is a sentence.
_IN_A_SENTENCE = re.compile(r"(?<![\w.])(?!(?:dba|formerly|known)\b)[a-z]{4,}\b(?!\.\w)")
_HAS_WORD = re.compile(r"[A-Za-z]{2}")


def find_parties(text: str) -> list[Found]:
    """The two parties an opening names, with the place from the first to the second; none where one is missing."""
    words = flat(text[:OPENING])
    for opening in _BETWEEN.finditer(words):
        found = _pair(words, opening.end())
        if found:
            return found
    return []


def _pair(words: str, start: int) -> list[Found]:
    end = min(len(words), start + WINDOW)
    first = _FIRST.match(words, start, end)
    if first is None or not _is_name(first["name"]):
        return []
    for second in _SECOND.finditer(words, first.end(), end):
        if _is_name(second["name"]) and second["name"] != first["name"]:
            place = (first.start("name"), second.end("name"))
            names = (_tidy(words, *found.span("name")) for found in (first, second))
            return [Found("parties", name, *place, SURE) for name in names]
    return []


def _is_name(name: str) -> bool:
    return bool(_HAS_WORD.search(name)) and not (_NO_NAME.match(name) or _IN_A_SENTENCE.search(name))


def _tidy(words: str, start: int, end: int) -> str:
    """The name between two places: one space between words, the full stop of its form with it."""
    name = re.sub(r" {2,}", " ", words[start:end]).strip(" .,")
    return f"{name}." if words[: end + 1].endswith(ENDINGS) or words[:end].endswith(ENDINGS) else name
