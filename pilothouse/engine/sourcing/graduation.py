"""When will this way of running IT be outgrown, and what is to be done then?

A trigger compares something measured (the profile, or what the records show) with a threshold; what was not measured is
unknown and says so. A playbook is the way from one model to another as tasks with days. Both are data
(`knowledge/sourcing/triggers.yaml`, `playbooks.yaml`). Limits: thresholds are judgements with sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pilothouse.engine.assumptions import Source
from pilothouse.engine.costs.profile import CHANGES, EVENTS, GROWTHS, Profile

MET, NEAR, NOT_MET, UNKNOWN = STATES = ("met", "near", "not_met", "unknown")
# What triggers may measure besides the profile: the records show it, or nobody knows.
FROM_RECORDS = (
    "arrangement_years", "after_hours_incidents", "months_above_fee", "days_to_decision", "providers", "spend_growth",
)  # fmt: skip
FROM_PROFILE = (
    "headcount", "internal_it_fte", "needs_after_hours", "growth", "change", "core_product", "leader_and_team",
    *(f"event.{event}" for event in EVENTS),
)  # fmt: skip


# A provider who does all is there already where an adviser stands beside it: nobody graduates back to less.
_HELD_IN = {"fully_outsourced_plus_adviser": "fully_outsourced"}
_LEVELS = ("needs_after_hours", "growth", "change", "core_product")


@dataclass(frozen=True, slots=True)
class Trigger:
    """Met where `fact` is at least `met_from`, or at most `met_to`; near from `near`. `models`: of which it speaks."""

    key: str
    name: str
    fact: str
    models: tuple[str, ...]
    met_from: float | None
    met_to: float | None
    near: float | None
    lead_months: tuple[int, int]
    towards: str
    because: str
    step: str
    source: Source

    @property
    def is_counted(self) -> bool:
        """Whether what is measured is a number that says something, not a level or a yes."""
        return self.fact not in _LEVELS and not self.fact.startswith("event.")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A trigger in its state, with what was measured."""

    trigger: Trigger
    state: str
    measured: float | None

    @property
    def threshold(self) -> float | None:
        """Where the state becomes met."""
        return self.trigger.met_to if self.trigger.met_from is None else self.trigger.met_from


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do so many days after the start; `owner` is a column of the responsibility matrix."""

    day: int
    owner: str
    what: str


@dataclass(frozen=True, slots=True)
class Playbook:
    """The way from some models to another; `to` is empty where the model stays and the provider changes.

    `clauses` are terms of contracts to have beforehand, `costs` keys of assumptions that the way costs.
    """

    key: str
    name: str
    models: tuple[str, ...]
    to: str
    why: str
    clauses: tuple[str, ...]
    costs: tuple[str, ...]
    tasks: tuple[Task, ...]


def measured_of(profile: Profile) -> dict[str, float | None]:
    """What triggers measure that stands in the profile."""
    events = profile.events
    people, led = profile.internal_it_fte, profile.has_it_leader
    return {
        "headcount": None if profile.headcount is None else float(profile.headcount),
        "internal_it_fte": people,
        "needs_after_hours": _yes(profile.needs_after_hours),
        "growth": None if profile.growth is None else float(GROWTHS.index(profile.growth) - 1),
        "change": None
        if profile.strategic_change is None
        else float(CHANGES.index(profile.strategic_change)),
        "core_product": _yes(profile.it_is_core_product),
        "leader_and_team": 0.0 if led is False else None if led is None or people is None else people,
        **{f"event.{event}": None if events is None else float(event in events) for event in EVENTS},
    }


def _yes(said: bool | None) -> float | None:  # noqa: FBT001 (a fact, not a switch)
    return None if said is None else float(said)


def evaluate(
    triggers: Iterable[Trigger], measured: Mapping[str, float | None], current: str | None
) -> tuple[Evaluated, ...]:
    """Every trigger that speaks of today's model: met first, then near, unknown, not met. Without a model, all."""
    found = [
        Evaluated(trigger, _state(trigger, measured.get(trigger.fact)), measured.get(trigger.fact))
        for trigger in triggers
        if current is None or not trigger.models or current in trigger.models
    ]
    order = (MET, NEAR, UNKNOWN, NOT_MET)
    return tuple(sorted(found, key=lambda each: order.index(each.state)))


def _state(trigger: Trigger, value: float | None) -> str:
    if value is None:
        return UNKNOWN
    if trigger.met_to is not None:
        return MET if value <= trigger.met_to else NEAR if _below(value, trigger.near) else NOT_MET
    if trigger.met_from is not None and value >= trigger.met_from:
        return MET
    return NEAR if trigger.near is not None and value >= trigger.near else NOT_MET


def _below(value: float, near: float | None) -> bool:
    return near is not None and value <= near


CLEARLY = 0.25  # of the border: from so much more on, what was set aside is looked at again


def is_worse(trigger: Trigger, before: float | None, now: float | None) -> bool:
    """Whether what a trigger measures has become clearly worse since it was set aside."""
    if before is None or now is None:
        return False
    border = trigger.met_to if trigger.met_from is None else trigger.met_from
    much = CLEARLY * max(abs(border or 0.0), 1.0)
    return now <= before - much if trigger.met_to is not None else now >= before + much


def playbook_between(playbooks: Iterable[Playbook], current: str | None, to: str) -> Playbook | None:
    """The way from today's model to another; where today's is not known, the first way there.

    An adviser beside a provider is reached by the way to the provider, where there is none of its own.
    """
    listed = tuple(playbooks)
    leading = [each for each in listed if each.to == to and (current is None or current in each.models)]
    if not leading and to == "fully_outsourced_plus_adviser":
        return playbook_between(listed, current, "fully_outsourced")
    return next(iter(leading), None)


def points_to(trigger: Trigger, current: str | None) -> str:
    """The model a trigger points to; empty where it points to none, or where today's already is or holds it."""
    return "" if trigger.towards in {current, _HELD_IN.get(current or "", "")} else trigger.towards


def dated(playbook: Playbook, start: date) -> tuple[tuple[date, Task], ...]:
    """The tasks with their days, when it is started on a day."""
    return tuple((start + timedelta(task.day), task) for task in playbook.tasks)


def graduation_of(profile: Profile, triggers: Iterable[Trigger]) -> list[dict[str, object]]:
    """What the profile alone says, as `ask advice` prints it: what is met or near."""
    found = evaluate(triggers, measured_of(profile), profile.current_model)
    return [
        {
            "trigger": each.trigger.key,
            "name": each.trigger.name,
            "state": each.state,
            "measured": each.measured,
            "threshold": each.threshold,
            "lead_months": list(each.trigger.lead_months),
            "first_step": each.trigger.step,
            "because": each.trigger.because,
            "to": points_to(each.trigger, profile.current_model) or None,
            "source": each.trigger.source.title,
        }
        for each in found
        if each.state in {MET, NEAR}
    ]
