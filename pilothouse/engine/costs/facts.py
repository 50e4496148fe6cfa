"""The facts of many firms side by side, all known: what costs and advice compute on.

A fact is a column (numpy array of n firms, or n draws of one firm); levels are 0, 1, 2, yes and no are 1 and 0, growth
runs from -1 (shrinking) to 2 (fast). `facts_of` lays one profile n times side by side and draws what it leaves open
from `Priors`, so that an answer's confidence falls by itself the less is known.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.costs.profile import CHANGES, EVENTS, GROWTHS, LEADS, LEVELS, MODELS, Profile

Column = NDArray[np.float64]
Number = NDArray[np.float64] | float
_SHRINKING = -1


@dataclass(frozen=True, slots=True)
class Facts:
    """Columns of equal length. `current` is the place of today's model in `MODELS`.

    `hidden_hours` is a month's; `events` has a column of 0 and 1 for each of `EVENTS`.
    """

    headcount: Column
    support: Column
    engineering: Column
    lead: Column
    hidden_hours: Column
    leader: Column
    know_how: Column
    growth: Column
    core_product: Column
    change: Column
    compliance: Column
    after_hours: Column
    predictability: Column
    criticality: Column
    own_ways: Column
    sites: Column
    current: Column
    country: str = ""
    events: Mapping[str, Column] = field(default_factory=dict)

    @property
    def internal(self) -> Column:
        """Own IT people, in full-time equivalents."""
        return self.support + self.engineering + self.lead

    def __len__(self) -> int:
        return len(self.headcount)


@dataclass(frozen=True, slots=True)
class Shares:
    """Among firms of one size: the share that says yes to each question, and the shares of each level of a scale."""

    yes: Mapping[str, float]
    levels: Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Priors:
    """What a firm is like of which nothing is known (`knowledge/sourcing/priors.yaml`).

    `headcount` is (median, P90, lowest, highest); `internal_by_headcount` says up to how many people which share of
    firms employs IT people; `people_per_it` is (lowest, mode, highest) of staff to one of them; `role_shares` split
    them; `hidden_hours_per_head` is (lowest, mode, highest) a month; `all` and `small` (up to `small_up_to` people)
    have the shares of answers; `any_event` is the share of firms to which something happens, where nobody said.
    """

    headcount: tuple[float, float, float, float]
    internal_by_headcount: tuple[tuple[float, float], ...]
    people_per_it: tuple[float, float, float]
    role_shares: Mapping[str, float]
    hidden_hours_per_head: tuple[float, float, float]
    people_per_site: float
    all: Shares
    small: Shares
    small_up_to: float
    any_event: float
    core_share: tuple[float, float, float]
    current: Mapping[str, tuple[float, ...]]


USUAL_PEOPLE_TO_ONE = (
    50.0  # the mode of the assumption `staff.people_to_one`, for whoever does not reckon costs
)
BY_SIZE = 0.9  # twice the people are not quite twice the work


def work_of(facts: Facts, people_to_one: Number = USUAL_PEOPLE_TO_ONE) -> Column:
    """The IT work of a firm in full-time equivalents: by people, more where IT matters more or is watched more.

    `people_to_one` is how many staff keep one person in IT busy where IT matters as it mostly does: published figures
    run from 15 to 150, so that costs draw it.
    """
    busier = 0.8 + 0.2 * facts.criticality + 0.1 * facts.compliance + 0.1 * facts.change
    places = np.minimum(
        facts.sites, facts.headcount
    )  # more sites than people are not looked after one by one
    work: Column = (facts.headcount / people_to_one) ** BY_SIZE * busier + 0.05 * (places - 1)
    return work


_P90 = 1.2815515655446004
_SCALES = {
    "growth": ("growth", GROWTHS, _SHRINKING),
    "change": ("strategic_change", CHANGES, 0),
    "compliance": ("compliance_pressure", LEVELS, 0),
    "predictability": ("budget_predictability", LEVELS, 0),
    "criticality": ("it_criticality", LEVELS, 0),
}
_FLAGS = {
    "know_how": "own_know_how",
    "core_product": "it_is_core_product",
    "after_hours": "needs_after_hours",
    "own_ways": "own_ways_of_working",
}


def facts_of(profile: Profile, priors: Priors, rng: np.random.Generator, n: int) -> Facts:
    """`n` firms that agree with the profile in all it says; the rest is drawn."""
    headcount = _known_or(profile.headcount, n, lambda: _headcounts(priors, rng, n))
    columns: dict[str, Column] = {"headcount": headcount}
    small = headcount <= priors.small_up_to
    for name, (fact, scale, lowest) in _SCALES.items():
        said = getattr(profile, fact)
        if said is None:
            columns[name] = _levels(fact, len(scale), priors, rng, small) + lowest
        else:
            columns[name] = np.full(n, float(scale.index(said) + lowest))
    for name, fact in _FLAGS.items():
        share = np.where(small, priors.small.yes[fact], priors.all.yes[fact])
        columns[name] = _yes(getattr(profile, fact), share, rng)
    columns |= _people(profile, priors, rng, headcount, columns["core_product"])
    columns["hidden_hours"] = _known_or(
        profile.hidden_it_hours, n, lambda: headcount * rng.triangular(*priors.hidden_hours_per_head, size=n)
    )
    columns["sites"] = _known_or(profile.sites, n, lambda: np.ceil(headcount / priors.people_per_site))
    own = columns["support"] + columns["engineering"] + columns["lead"]
    current = _current(profile, priors, rng, own)
    happened = _happened(profile, priors, rng, n)
    return Facts(**columns, current=current, country=profile.country, events=happened)


def _happened(profile: Profile, priors: Priors, rng: np.random.Generator, n: int) -> dict[str, Column]:
    """What is happening: as said; where nobody said, perhaps one thing."""
    if profile.events is not None:
        return {event: np.full(n, float(event in profile.events)) for event in EVENTS}
    which = np.where(rng.random(n) < priors.any_event, rng.integers(len(EVENTS), size=n), -1)
    return {event: (which == place).astype(float) for place, event in enumerate(EVENTS)}


def _levels(
    fact: str, count: int, priors: Priors, rng: np.random.Generator, small: NDArray[np.bool_]
) -> Column:
    """A level for each firm, by the shares among firms of its size."""
    chance = rng.random(len(small))
    steps = [
        np.searchsorted(np.cumsum(shares.levels[fact])[: count - 1], chance, side="right")
        for shares in (priors.all, priors.small)
    ]
    drawn: Column = np.where(small, steps[1], steps[0]).astype(float)
    return drawn


def _known_or(value: Any, n: int, draw: Any) -> Column:
    drawn: Column = draw() if value is None else np.full(n, float(value))
    return drawn


def _yes(said: bool | None, share: Column, rng: np.random.Generator) -> Column:  # noqa: FBT001 (a fact, not a switch)
    if said is None:
        return (rng.random(len(share)) < share).astype(float)
    return np.full(len(share), float(said))


def _headcounts(priors: Priors, rng: np.random.Generator, n: int) -> Column:
    median, p90, lowest, highest = priors.headcount
    spread = np.log(p90 / median) / _P90
    drawn: Column = np.round(np.clip(median * np.exp(spread * rng.standard_normal(n)), lowest, highest))
    return drawn


def _current(profile: Profile, priors: Priors, rng: np.random.Generator, own: Column) -> Column:
    """How IT is run today: as said, else drawn by whether there is anybody inside."""
    if profile.current_model is not None:
        return np.full(len(own), float(MODELS.index(profile.current_model)))
    places = np.arange(len(MODELS))
    with_people = rng.choice(places, size=len(own), p=priors.current["with"])
    without = rng.choice(places, size=len(own), p=priors.current["without"])
    drawn: Column = np.where(own > 0, with_people, without).astype(float)
    return drawn


def _people(
    profile: Profile, priors: Priors, rng: np.random.Generator, headcount: Column, core: Column
) -> dict[str, Column]:
    """Own IT people by role: as said; else the total split by the usual shares, a leader where one is known."""
    n = len(headcount)
    total = _known_or(profile.internal_it_fte, n, lambda: _internal(priors, rng, headcount, core))
    said = {
        "support": profile.support_fte,
        "engineering": profile.engineering_fte,
        "lead": _lead_said(profile),
    }
    rest = np.maximum(total - sum(part or 0.0 for part in said.values()), 0.0)
    split = _split(rest, [role for role, part in said.items() if part is None], priors, rng)
    people = {role: split[role] if part is None else np.full(n, part) for role, part in said.items()}
    if profile.lead_fte is None and profile.has_it_leader:
        people = _with_a_leader(people, total)
    leader = (people["lead"] >= LEADS).astype(float)
    if profile.has_it_leader is not None:
        leader = np.full(n, float(profile.has_it_leader))
    return {**people, "leader": leader}


def _split(people: Column, roles: list[str], priors: Priors, rng: np.random.Generator) -> dict[str, Column]:
    """Whose role nobody named: each of them has one, by the usual shares, so that one person is not a bit of each.

    One of them leads at most, or more where the usual share is more than one.
    """
    if not roles:
        return {}
    shares = np.array([priors.role_shares[role] for role in roles])
    shares /= shares.sum()
    persons = np.maximum(np.ceil(people), 1.0)
    found = rng.multinomial(persons.astype(np.int64), shares).astype(float)
    if roles[-1] == "lead" and len(roles) > 1:
        too_many = np.maximum(found[:, -1] - np.maximum(np.ceil(shares[-1] * persons), 1.0), 0.0)
        found[:, -1] -= too_many
        found[:, -2] += too_many
    return {role: people * found[:, place] / persons for place, role in enumerate(roles)}


def _lead_said(profile: Profile) -> float | None:
    """Nobody leads where it was said that there is no leader."""
    return 0.0 if profile.has_it_leader is False and profile.lead_fte is None else profile.lead_fte


def _with_a_leader(people: dict[str, Column], total: Column) -> dict[str, Column]:
    """One of them leads, or all there is where it is less than one."""
    lead = np.minimum(np.maximum(people["lead"], 1.0), np.maximum(total, LEADS))
    rest = np.maximum(total - lead, 0.0)
    others = people["support"] + people["engineering"]
    share = np.divide(people["support"], others, out=np.full_like(rest, 0.5), where=others > 0)
    return {"support": rest * share, "engineering": rest * (1 - share), "lead": lead}


def _internal(priors: Priors, rng: np.random.Generator, headcount: Column, core: Column) -> Column:
    limits = np.array([limit for limit, _ in priors.internal_by_headcount])
    shares = np.array([share for _, share in priors.internal_by_headcount])
    place = np.minimum(np.searchsorted(limits, headcount), len(shares) - 1)
    any_at_all = rng.random(len(headcount)) < shares[place]
    people = headcount / rng.triangular(*priors.people_per_it, size=len(headcount))
    drawn = np.where(any_at_all, np.maximum(np.round(people * 2) / 2, 0.5), 0.0)
    builders = np.round(headcount * rng.triangular(*priors.core_share, size=len(headcount)))
    internal: Column = np.where(core > 0, np.maximum(drawn, builders), drawn)
    return internal
