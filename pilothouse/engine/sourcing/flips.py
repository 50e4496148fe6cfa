"""What would change the first model? The nearest single and double changes of the profile, searched, not written.

Every fact is varied on its own over all its values (headcount number by number, then in steps), and the values next to
today's in pairs. Each variant is judged like a profile of its own; facts nobody knows stay drawn. A flip counts when
the variant's first model, by mean score, is another. Distance orders them: a level up or down, a yes for a no, a third
more people are one step each. Limits: at most two changes at once; a fact that follows from another (hidden hours of a
larger firm) stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log
from typing import Any

import numpy as np

from pilothouse.engine.costs.facts import Column, Facts
from pilothouse.engine.costs.profile import CHANGES, EVENTS, GROWTHS, LEADS, LEVELS, MODELS, Profile
from pilothouse.engine.sourcing.judge import CostOf, judge
from pilothouse.engine.sourcing.rules import Rules

Value = int | float | bool | str
DRAWS_EACH, DRAWS_IN_PAIRS = 8, 3
MOST_FLIPS, ENOUGH_SINGLE = 8, 4
STEP_OF_PEOPLE, TYPICAL_PEOPLE = log(1.35), 28
PEOPLE = (
    *range(1, 60), *range(60, 150, 3), *range(150, 301, 10), *range(325, 1001, 25)
)  # fmt: skip
OWN_PEOPLE = (0.0, 0.5, 1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0)
_SCALES: dict[str, tuple[str, tuple[str, ...], int]] = {
    "growth": ("growth", GROWTHS, -1),
    "strategic_change": ("change", CHANGES, 0),
    "compliance_pressure": ("compliance", LEVELS, 0),
    "budget_predictability": ("predictability", LEVELS, 0),
    "it_criticality": ("criticality", LEVELS, 0),
}
_FLAGS = {
    "own_know_how": "know_how",
    "it_is_core_product": "core_product",
    "needs_after_hours": "after_hours",
    "own_ways_of_working": "own_ways",
    "has_it_leader": "leader",
}


@dataclass(frozen=True, slots=True)
class Flip:
    """A change of the profile that brings another model first. `change` has the facts with their new values."""

    change: Mapping[str, Value]
    first: str
    distance: float


@dataclass(frozen=True, slots=True)
class _Step:
    """One fact at another value, and how far that is from today's."""

    fact: str
    value: Value
    distance: float


def find_flips(
    profile: Profile, facts: Facts, rules: Rules, cost_of: CostOf | None, *, first: int
) -> tuple[Flip, ...]:
    """The nearest flips away from the model at place `first`, nearest first; singles before pairs at equal distance."""
    steps = list(_steps(profile))
    searching = _Search(facts, rules, cost_of, first)
    singles = _nearest(searching.flips([(step,) for step in steps], _draws(profile, DRAWS_EACH)))
    if len(singles) >= ENOUGH_SINGLE:
        return tuple(singles[:MOST_FLIPS])
    flipping = {(fact, value) for flip in singles for fact, value in flip.change.items()}
    near = [step for step in _near_steps(steps) if (step.fact, step.value) not in flipping]
    pairs = [(one, other) for one, other in combinations(near, 2) if one.fact != other.fact]
    doubles = _nearest(searching.flips(pairs, _draws(profile, DRAWS_IN_PAIRS)))
    return tuple([*singles, *doubles][:MOST_FLIPS])


def _draws(profile: Profile, wanted: int) -> int:
    """A profile that is known whole needs one firm, not several."""
    silent = (
        profile.headcount,
        profile.internal_it_fte,
        *(getattr(profile, fact) for fact in (*_SCALES, *_FLAGS)),
    )
    return wanted if None in silent else 1


@dataclass(frozen=True, slots=True)
class _Search:
    facts: Facts
    rules: Rules
    cost_of: CostOf | None
    first: int

    def flips(self, variants: Sequence[tuple[_Step, ...]], draws: int) -> Iterator[Flip]:
        base = _some(self.facts, draws)
        together = _varied(base, variants, draws)
        judged = judge(together, self.rules, self.cost_of)
        shape = (len(MODELS), len(variants), draws)
        score = judged.score.reshape(shape).mean(axis=2)
        out = judged.out.reshape(shape).mean(axis=2) > 0.5
        best = np.where(out, score - 10.0, score).argmax(axis=0)
        for variant, place in zip(variants, best, strict=True):
            if place != self.first:
                yield Flip(
                    {step.fact: step.value for step in variant},
                    MODELS[place],
                    sum(step.distance for step in variant),
                )


def _nearest(flips: Iterator[Flip]) -> list[Flip]:
    """Of flips of the same facts to the same model, the nearest."""
    best: dict[tuple[object, ...], Flip] = {}
    for flip in flips:
        key = (*sorted(f"{fact}{_way(value)}" for fact, value in flip.change.items()), flip.first)
        if key not in best or flip.distance < best[key].distance:
            best[key] = flip
    return sorted(best.values(), key=lambda flip: flip.distance)


def _way(value: Value) -> str:
    return "" if isinstance(value, int | float) and not isinstance(value, bool) else f"={value}"


def _steps(profile: Profile) -> Iterator[_Step]:
    yield from _sizes(profile)
    for fact, (_, scale, _lowest) in _SCALES.items():
        said = getattr(profile, fact)
        place = 1 if said is None else scale.index(said)
        for at, value in enumerate(scale):
            if value != said:
                yield _Step(fact, value, float(abs(at - place)) or 0.5)
    for fact in _FLAGS:
        said = getattr(profile, fact)
        yield from (_Step(fact, value, 1.2) for value in (True, False) if value is not said)
    yield from (_Step("event", event, 1.6) for event in EVENTS if event not in profile.happening)


def _sizes(profile: Profile) -> Iterator[_Step]:
    """More or fewer people, in all and in IT."""
    people, own = profile.headcount, profile.internal_it_fte
    for value in PEOPLE:
        if value != people:
            yield _Step("headcount", value, abs(log(value / (people or TYPICAL_PEOPLE))) / STEP_OF_PEOPLE)
    for fte in OWN_PEOPLE:
        if fte != own and (people is None or fte <= people):
            yield _Step("internal_it_fte", fte, 0.5 + abs(fte - (own or 0.0)))


def _near_steps(steps: list[_Step]) -> list[_Step]:
    """What is taken for pairs: the next level, the other answer, a few sizes, all that may happen."""
    near = [step for step in steps if step.fact not in {"headcount", "event"} and step.distance <= 1.6]
    sizes = [step for step in steps if step.fact == "headcount" and step.distance <= 4]
    return [*near, *sizes[:: max(1, len(sizes) // 10)], *(s for s in steps if s.fact == "event")]


# --- variants as columns --------------------------------------------------------------------------------------------


def _columns() -> tuple[str, ...]:
    skipped = {"country", "events"}
    return tuple(name for name in Facts.__dataclass_fields__ if name not in skipped)


def _some(facts: Facts, draws: int) -> Facts:
    """The first few of the draws."""
    columns: dict[str, Any] = {name: getattr(facts, name)[:draws] for name in _columns()}
    columns["events"] = {name: column[:draws] for name, column in facts.events.items()}
    return replace(facts, **columns)


def _varied(base: Facts, variants: Sequence[tuple[_Step, ...]], draws: int) -> Facts:
    """All variants side by side, each with every draw."""
    count = len(variants)
    columns: dict[str, Any] = {name: np.tile(getattr(base, name), count) for name in _columns()}
    events = {name: np.tile(column, count) for name, column in base.events.items()}
    for place, variant in enumerate(variants):
        rows = slice(place * draws, (place + 1) * draws)
        for step in variant:
            _apply(step, columns, events, rows)
    columns["events"] = events
    return replace(base, **columns)


def _apply(step: _Step, columns: dict[str, Column], events: dict[str, Column], rows: slice) -> None:
    if step.fact == "event":
        events[str(step.value)][rows] = 1.0
    elif step.fact in _SCALES:
        column, scale, lowest = _SCALES[step.fact]
        columns[column][rows] = scale.index(str(step.value)) + lowest
    elif step.fact == "internal_it_fte":
        _staff(float(step.value), columns, rows)
    elif step.fact == "headcount":
        columns["headcount"][rows] = float(step.value)
    else:
        columns[_FLAGS[step.fact]][rows] = float(step.value)
        if step.fact == "it_is_core_product" and step.value:
            columns["criticality"][rows] = np.maximum(columns["criticality"][rows], 1.0)


def _staff(total: float, columns: dict[str, Column], rows: slice) -> None:
    """As many own people, a leader among them where there is one and they are enough."""
    leads = columns["leader"][rows] * np.minimum(total, 1.0)
    columns["lead"][rows] = leads
    columns["support"][rows] = (total - leads) * 0.6
    columns["engineering"][rows] = (total - leads) * 0.4
    columns["leader"][rows] = np.where(leads >= LEADS, columns["leader"][rows], 0.0)
