"""When was a contract made, and from when does it hold? The agreement date and the effective date.

The agreement date stands in the opening words ("made and entered into as of …"), else beside the signatures.
The effective date is the day that is called so, or on which the term is said to begin; a contract that names none
holds from the day it was made ("reckoned", and less sure). A day that hangs on an event ("at launch") is none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.flat import sentence_around
from pilothouse.engine.contracts.reading.found import Found
from pilothouse.engine.contracts.reading.values_dates import Day

OPENING = 4_000  # letters in which a contract says when and between whom it is made
LATE_OPENING = 40_000
FIRST_WORDS = 1_500
_LITTLE = (
    r"(?: +(?:and|entered|into|made|executed|effective|this|as|of|on|the|by"
    r"|between|is|with|dated|day|date|an?|date:))*"
)
# The words before a day, and how surely they say when the contract was made.
_MADE = (
    (re.compile(rf"\b(?:made|entered|executed|signed|concluded)\b{_LITTLE}[ :,(]*$", re.IGNORECASE), 3),
    (re.compile(r"\bthis[ :,(]*$", re.IGNORECASE), 3),
    (
        re.compile(
            rf"\b(?:dated|date(?: +of +(?:this +)?agreement)?:?|as +of)\b{_LITTLE}[ :,(]*$", re.IGNORECASE
        ),
        2,
    ),
    (re.compile(rf"\b(?:effective|on)\b{_LITTLE}[ :,(]*$", re.IGNORECASE), 1),
)
_OF_ANOTHER = re.compile(
    r"\b(?:certain|to +the|under +the|amend\w*|pursuant|refer\w*|whereas|supersed\w*"
    r"|replac\w*)\b[^.;]{0,120}$",
    re.IGNORECASE,
)
_CALLED = (
    r"\"?(?:effective|commencement|start|starting|beginning)[ -]+date(?! *[a-z]* *(?:of"
    r"|for) +(?:termination|any))\"?"
)
_NAMED_BEHIND = re.compile(
    rf"^(?:(?!\b(?:19|20)\d\d\b)[^.;]){{0,60}}?\( *(?:the +|hereinafter +|herein +|referred +to +as +"
    rf"|collectively,? +|as +|date +of +)*{_CALLED}",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    rf"(?:{_CALLED}(?: +of +(?:this|the) +[a-z]+)?[\")]*(?: +(?:means|shall +mean"
    rf"|is|shall +be|will +be|refers +to|:)(?: [^;]{{0,60}}?\b(?:on|i\.e\.,?))?)?"
    r"[ :,-]*(?:the +)?(?:date +of +|later +of +)?|contract +start(?: +date)?[ :]*"
    r"|effective(?: +as)?(?: +of| +from| +on)?(?: +the +day +of)?[ :]*"
    r"|\b(?:tak(?:e|es|ing) +effect|(?:com(?:e|es|ing)|enter(?:s|ing)?) +into +(?:effect|force))"
    r" +(?:on|as +of|from)(?: +the)? *"
    r"|\b(?:commenc(?:e|es|ing)|begin(?:s|ning)?|start(?:s|ing)?)(?: +(?:on|as +of|from|at))?(?: +the)? *)$",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bby +and +(?:between|among)|\bbetween\b|\bamong\b", re.IGNORECASE)
_WITNESS = re.compile(r"\bwitness\b[^.]{0,250}$|\bduly +executed\b[^.]{0,150}$", re.IGNORECASE)
_SIGNED = re.compile(r"\b(?:date|dated|signed)\b[ :_]*$", re.IGNORECASE)
_SIGNATURE = re.compile(r"\b(?:name|title|by|signature|signed)\b *:|/s/", re.IGNORECASE)
_BEFORE = 90


@dataclass(frozen=True, slots=True)
class Start:
    """The day a contract was made and the day it holds from; None where not found."""

    made: Found | None
    made_on: Day | None
    effective: Found | None
    effective_on: Day | None


def find_start(words: str, days: Sequence[Day]) -> Start:
    """When a contract was made and from when it holds, by the days its flat text names."""
    made = _made_on(words, days)
    effective, sure = _effective_on(words, days)
    how = "said"
    if effective is None and made is not None:
        effective, sure, how = made[0], made[1] * 0.8, "reckoned"
    return Start(
        _found("agreement_date", words, made[0], made[1]) if made else None,
        made[0] if made else None,
        _found("effective_date", words, effective, sure, how) if effective else None,
        effective,
    )


def _found(term: str, words: str, day: Day, sure: float, how: str = "said") -> Found:
    start, end = sentence_around(words, day.start, day.end)
    return Found(term, day.value, start, end, round(sure, 2), how)


def _made_on(words: str, days: Sequence[Day]) -> tuple[Day, float] | None:
    opening = [day for day in days if day.start < OPENING]
    if not any(_points(words, day) > 1 for day in opening):
        opening = [day for day in days if _opens(words, day)] or opening
    said = max(opening, key=lambda day: (_points(words, day), -day.start), default=None)
    if said is not None and _points(words, said) > 1:
        return said, 0.9
    signed = _signing_day(words, days)
    if said is not None and (_points(words, said) == 1 or said.start < FIRST_WORDS) and signed is None:
        return said, 0.75
    return (signed, 0.7) if signed else None


def _opens(words: str, day: Day) -> bool:
    """Whether a day stands in opening words that come late: behind a cover and a table of contents."""
    around = words[max(0, day.start - 2 * _BEFORE) : day.end + 3 * _BEFORE]
    return day.start < LATE_OPENING and bool(_BETWEEN.search(around)) and _points(words, day) > 2


def _points(words: str, day: Day) -> int:
    """How surely the words before a day say that the contract was made on it."""
    before = words[max(0, day.start - _BEFORE) : day.start]
    points = next((points for sign, points in _MADE if sign.search(before)), 0)
    return points - 2 * bool(points and _OF_ANOTHER.search(before))


def _signing_day(words: str, days: Sequence[Day]) -> Day | None:
    """The last of the days beside the signatures: from then on all have signed."""
    witnessed = [day for day in days if _WITNESS.search(words[max(0, day.start - 260) : day.start])]
    signed = witnessed or [
        day
        for day in days
        if _SIGNED.search(words[max(0, day.start - 20) : day.start])
        and _SIGNATURE.search(words[max(0, day.start - 400) : day.end + 400])
    ]
    return max(signed, key=lambda day: day.day, default=None)


def _effective_on(words: str, days: Sequence[Day]) -> tuple[Day | None, float]:
    for day in days:
        if _NAMED_BEHIND.search(words[day.end : day.end + 120]):
            return day, 0.93
    for day in days:
        if _NAMED_BEFORE.search(words[max(0, day.start - _BEFORE) : day.start]):
            return day, 0.9 if day.start < OPENING else 0.8
    return None, 0.0
