"""Ten answers looked at: the advice they give, what it would cost, and what is worth looking at first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from numpy.random import default_rng

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import examined
from pilothouse.engine.sourcing.advice import advise
from pilothouse.engine.sourcing.first_look import ASKED, Topic, worth_a_look
from pilothouse.engine.sourcing.graduation import Evaluated, evaluate, measured_of
from pilothouse.knowledge.sourcing_first_look import topics
from pilothouse.knowledge.sourcing_graduation import triggers
from pilothouse.records.models import ProfileVersion
from pilothouse.services import costs, sourcing
from pilothouse.services.costs import KnownCosts, ModelCost
from pilothouse.services.sourcing import KnownProfile, ShownAdvice

FIRST_THINGS = 3


@dataclass(frozen=True, slots=True)
class FirstLook:
    """`first`: three things to do; `topics`: what is worth a look; `cost` is of the first model, `today` of today's."""

    shown: ShownAdvice
    cost: ModelCost | None
    today: ModelCost | None
    currency: str
    topics: tuple[Topic, ...]
    signs: tuple[Evaluated, ...]
    first: tuple[str, ...]


def look_at(
    company: Company, version: ProfileVersion, answers: Mapping[str, Any], *, today: date
) -> FirstLook:
    """The look at answers that nobody has kept yet; what else is known of the firm counts as well."""
    known = sourcing.profile_of(company).version
    for name in (
        "country",
        "hidden_it_hours",
        "compliance_pressure",
        "needs_after_hours",
        "budget_predictability",
    ):
        if known is not None:
            setattr(version, name, getattr(known, name))
    profile, problems = examined(sourcing.profile_in(version))
    shown = sourcing.shown(
        KnownProfile(profile, problems, version),
        advise(profile, sourcing.knowledge_on(profile, today), default_rng(sourcing.SEED)),
    )
    found = costs.costs_of(KnownProfile(profile, problems, version), today=today)
    said = {question: str(answers.get(question) or "unknown") for question in ASKED}
    worth = worth_a_look(topics(), said)
    signs = tuple(
        each
        for each in evaluate(triggers(), measured_of(profile), profile.current_model)
        if each.state in {"met", "near"}
    )
    return FirstLook(
        shown,
        _model(found, shown.first.key),
        _model(found, profile.current_model or ""),
        found.currency if found else "EUR",
        worth,
        signs,
        tuple(
            [*(topic.why for topic in worth if topic.when), *(sign.trigger.step for sign in signs)][
                :FIRST_THINGS
            ]
        ),
    )


def _model(found: KnownCosts | None, key: str) -> ModelCost | None:
    return next((each for each in found.models if each.key == key), None) if found else None
