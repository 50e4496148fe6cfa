"""Should we hire, whom, and at what cost? Honest where the answer is not yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from pilothouse.accounts.models import Company
from pilothouse.engine.assumptions import Assumption
from pilothouse.engine.costs.facts import facts_of
from pilothouse.engine.costs.lines import staff_of
from pilothouse.engine.costs.profile import ROLES
from pilothouse.engine.costs.values import expected
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book
from pilothouse.knowledge.sourcing_hire import Hiring, RoleProfile, hiring
from pilothouse.services import costs as costing
from pilothouse.services import sourcing
from pilothouse.services.costs import ModelCost
from pilothouse.services.sourcing import ShownAdvice

OWN_PEOPLE = ("in_house", "co_managed", "advisory_only")
WORTH_A_JOB = 0.2  # of a full-time person; less is an hour here and there
FIRMS = 200


@dataclass(frozen=True, slots=True)
class Job:
    """A role that is missing: how much of a full-time person, its profile, and the pay it was reckoned with."""

    role: str
    fte: float
    profile: RoleProfile
    pay: Assumption


@dataclass(frozen=True, slots=True)
class HirePlan:
    """`hires`: whether hiring is advised now. `jobs` are what in-house or co-managed would miss; `exit` has days."""

    shown: ShownAdvice
    hires: bool
    model: str
    jobs: tuple[Job, ...]
    cost: ModelCost | None
    currency: str
    turning: tuple[str, ...]
    hiring: Hiring
    exit: tuple[tuple[date, str], ...]


def plan_for(company: Company, *, today: date) -> HirePlan:
    """Whom to hire for the first model that rests on own people, and what it takes to get there."""
    shown = sourcing.advice_on(company, today=today)
    model = next(
        ranked.key for ranked in shown.models if ranked.key in OWN_PEOPLE and ranked.key != "advisory_only"
    )
    profile = shown.known.profile
    country = profile.country if profile.country in CURRENCIES else HOME
    jobs = _jobs(shown, model, country, today)
    known = costing.costs_on(company, today=today)
    cost = next((each for each in known.models if each.key == model), None) if known else None
    names = {ranked.key: ranked.name for ranked in shown.models}
    turning = tuple(
        change for change, first in shown.flips if first in {names["in_house"], names["co_managed"]}
    )
    return HirePlan(
        shown,
        shown.first.key == model and bool(jobs),
        names[model],
        jobs,
        cost,
        CURRENCIES[country],
        turning,
        hiring(),
        tuple((today + timedelta(day), what) for day, what in hiring().exit),
    )


def _jobs(shown: ShownAdvice, model: str, country: str, today: date) -> tuple[Job, ...]:
    """The people a model needs beyond those who are there, by role."""
    book = cost_book(country, today)
    facts = facts_of(shown.known.profile, book.priors, np.random.default_rng(sourcing.SEED), FIRMS)
    staff = staff_of(
        book.supplies.models[model], facts, expected(book.assumptions.values()), book.supplies.hiring
    )
    profiles = hiring().roles
    found = []
    for role in reversed(ROLES):
        missing = float(np.mean(getattr(staff, role) - getattr(facts, role)))
        if missing >= WORTH_A_JOB:
            found.append(Job(role, missing, profiles[role], book.assumptions[f"salary.{role}"]))
    return tuple(found)
