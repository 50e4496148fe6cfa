"""Our IT person leaves tomorrow: how ready are we, and what three things come first?

Questions with weights in four parts (documentation, credentials, contract, cover). Yes counts whole, partly half, no
and unknown nothing: what nobody knows does not help on the day. The first things to do are those that weigh most. A
drill is counted the same way, over the steps that were tried, and is stale after a year.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

YES, PARTLY, NO, UNKNOWN = ANSWERS = ("yes", "partly", "no", "unknown")
PARTS = ("documentation", "credentials", "contract", "cover")
_COUNTS = {YES: 1.0, PARTLY: 0.5, NO: 0.0, UNKNOWN: 0.0}
FIRST_THINGS, DRILL_HOLDS_DAYS = 3, 365
DAYS_TO_MEND = ((3, 7), (2, 21), (0, 45))  # from this weight on, within so many days of a drill
READY, SHAKY = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Question:
    """One question, what it weighs, and what to do where the answer is not yes."""

    key: str
    part: str
    weight: float
    asks: str
    do: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """`score` and each part's run from 0 to 1; `unknown` is how many nobody could answer; `first` what to do first."""

    score: float
    parts: Mapping[str, float]
    unknown: int
    answered: int
    first: tuple[Question, ...]

    @property
    def state(self) -> str:
        """good, look or act."""
        return "good" if self.score >= READY else "look" if self.score >= SHAKY else "act"


def readiness_of(questions: Iterable[Question], answers: Mapping[str, str]) -> Readiness:
    """The score of the answers by the questions' keys; a question without an answer is unknown."""
    listed = tuple(questions)
    said = {each.key: answers.get(each.key, UNKNOWN) for each in listed}
    open_ones = [each for each in listed if said[each.key] != YES]
    open_ones.sort(key=lambda each: (-each.weight * (1 - _COUNTS[said[each.key]]), listed.index(each)))
    return Readiness(
        _share(listed, said),
        {part: _share([each for each in listed if each.part == part], said) for part in PARTS},
        sum(answer == UNKNOWN for answer in said.values()),
        sum(answer != UNKNOWN for answer in said.values()),
        tuple(open_ones[:FIRST_THINGS]),
    )


def _share(questions: Iterable[Question], said: Mapping[str, str]) -> float:
    listed = tuple(questions)
    whole = sum(each.weight for each in listed)
    return sum(each.weight * _COUNTS[said[each.key]] for each in listed) / whole if whole else 0.0


def drill_is_due(last: date | None, today: date) -> bool:
    """Whether a drill was never held, or more than a year ago."""
    return last is None or (today - last).days > DRILL_HOLDS_DAYS


def drill_score(steps: Iterable[Question], went: Mapping[str, str]) -> float | None:
    """How well the steps went that were tried, from 0 to 1; None where none was."""
    tried = [step for step in steps if went.get(step.key, UNKNOWN) != UNKNOWN]
    return _share(tried, went) if tried else None


def to_mend(steps: Iterable[Question], went: Mapping[str, str]) -> tuple[tuple[Question, int], ...]:
    """The steps that did not go, or only partly, with the days in which to mend them: what weighs most first."""
    short = [step for step in steps if went.get(step.key) in {PARTLY, NO}]
    short.sort(key=lambda step: -step.weight)
    return tuple(
        (step, next(days for weight, days in DAYS_TO_MEND if step.weight >= weight)) for step in short
    )
