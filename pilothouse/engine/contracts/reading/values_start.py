"""When was a contract made, and from when does it hold? The agreement date and the effective date.

The agreement date stands in the opening words ("made and entered into as of …"), else beside the signatures.
The effective date is the day that is called so, or on which the term is said to begin; a contract that names none
holds from the day it was made ("reckoned", and less sure). A day that hangs on an event ("at launch") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.flat import sentence_around
from pilothouse.engine.contracts.reading.found import Found
from pilothouse.engine.contracts.reading.values_dates import Day

OPENING = 4_000  # letters in which a contract says when and between whom it is made
FIRST_WORDS = 1_500
_MADE = re.compile(
    r"\b(?:made|entered|dated|executed|effective|signed|date(?: of (?:this )?agreement)?:?|as of|this|on)"
    r"(?: +(?:and|entered|into|made|executed|effective|this|as|of|on|the|by"
    r"|between|is|with|dated|day|date|an?|date:))*[ :,(]*$",
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
    rf"|is|shall +be|will +be|refers +to|:))?"
    r"[ :,-]*(?:the +)?(?:date +of +|later +of +)?|contract +start(?: +date)?[ :]*"
    r"|effective(?: +as)?(?: +of| +from| +on)?[ :]*"
    r"|\b(?:commenc(?:e|es|ing)|begin(?:s|ning)?|start(?:s|ing)?)(?: +(?:on|as +of|from|at))?(?: +the)? *)$",
    re.IGNORECASE,
)
_LOOSE_BEFORE = re.compile(
    r"\b(?:commenc(?:e|es|ing)|begin(?:s|ning)?|start(?:s|ing)?|effective)\b(?: +[a-z:]+){0,4}[ :]*$",
    re.IGNORECASE,
)
_AS_OF_SIGNING = re.compile(
    r"(?:last|latest|later)[^.;]{0,60}(?:sign|execut)|date +of +(?:last +)?(?:signature|execution)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"\b(?:date|dated|signed)\b[ :_]*$", re.IGNORECASE)
_CLOSING = 6_000
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
    said = next(
        (day for day in opening if _MADE.search(words[max(0, day.start - _BEFORE) : day.start])), None
    )
    if said is not None:
        return said, 0.9
    if opening and opening[0].start < FIRST_WORDS:
        return opening[0], 0.75
    signed = list(_signing_days(words, days))
    return (signed[0], 0.6) if signed else None


def _signing_days(words: str, days: Sequence[Day]) -> Iterator[Day]:
    """The days beside the signatures."""
    for day in days:
        if day.start > len(words) - _CLOSING and _SIGNED.search(words[max(0, day.start - 20) : day.start]):
            yield day


def _effective_on(words: str, days: Sequence[Day]) -> tuple[Day | None, float]:
    for day in days:
        if _NAMED_BEHIND.search(words[day.end : day.end + 120]):
            return day, 0.93
    for day in days:
        if _NAMED_BEFORE.search(words[max(0, day.start - _BEFORE) : day.start]):
            return day, 0.9 if day.start < OPENING else 0.8
    return None, 0.0
