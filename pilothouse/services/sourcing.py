"""Which delivery model fits a company: its profile in the engine's words, and the advice on it.

The advice is worked out when it is asked for (some ten milliseconds) from the newest profile: it is never out of date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from numpy.random import default_rng

from pilothouse.accounts.models import Company
from pilothouse.engine.assumptions import Assumption, Source
from pilothouse.engine.costs.compare import cost_of
from pilothouse.engine.costs.profile import EVENTS, Problems, Profile, examined
from pilothouse.engine.sourcing.advice import Advice, Knowledge, Reason, advise
from pilothouse.engine.sourcing.events import read_events
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book
from pilothouse.knowledge.sourcing_events import event_words
from pilothouse.knowledge.sourcing_priors import priors
from pilothouse.knowledge.sourcing_rules import sourcing_rules
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import AssumptionOverride, ProfileVersion

SEED = 1
OWN_SOURCE = "the firm's own figure"
WORTH_ASKING = 0.02  # an answer that makes us hardly surer is not asked for
CURRENCY = "EUR"  # the profile asks for revenue in euros
MOST_FLIPS = 5


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """The profile as the engine takes it, what contradicts itself in it, and the version it comes from.

    `understood` are the events that were read from what was said in own words.
    """

    profile: Profile
    problems: Problems
    version: ProfileVersion | None
    understood: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RankedModel:
    """One model as pages show it; `percent` is its score."""

    key: str
    name: str
    says: str
    percent: Decimal
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    excluded: bool
    is_current: bool


@dataclass(frozen=True, slots=True)
class ShownAdvice:
    """The advice in words. `asks`: what to tell, and the confidence that gives; `flips`: what, and which model then."""

    known: KnownProfile
    advice: Advice
    verdict: str
    why: str
    models: tuple[RankedModel, ...]
    confidence: Decimal
    asks: tuple[tuple[tuple[str, ...], Decimal], ...]
    flips: tuple[tuple[str, str], ...]
    understood: tuple[str, ...]
    red_lines: tuple[str, ...]
    counts_cost: bool

    @property
    def first(self) -> RankedModel:
        return self.models[0]


def profile_of(company: Company) -> KnownProfile:
    """What the company says of itself today; nothing said is a profile as well."""
    version = ProfileVersion.objects.of(company).order_by("holds_from", "pk").last()
    if version is None:
        return KnownProfile(Profile(), (), None)
    taken, problems = examined(profile_in(version))
    return KnownProfile(taken, problems, version, read_events(version.event_words, event_words()))


def profile_in(version: ProfileVersion) -> Profile:
    """One version in the engine's words, before contradictions are looked for."""
    told = {*version.events, *read_events(version.event_words, event_words())}
    return Profile(
        headcount=version.headcount,
        internal_it_fte=_number(version.internal_it_fte),
        support_fte=_number(version.support_fte),
        engineering_fte=_number(version.engineering_fte),
        lead_fte=_number(version.lead_fte),
        hidden_it_hours=_number(version.hidden_it_hours),
        has_it_leader=version.has_it_leader,
        own_know_how=version.own_know_how,
        growth=version.growth or None,
        it_is_core_product=version.it_is_core_product,
        strategic_change=version.strategic_change or None,
        compliance_pressure=version.compliance_pressure or None,
        needs_after_hours=version.needs_after_hours,
        budget_predictability=version.budget_predictability or None,
        it_criticality=version.it_criticality or None,
        own_ways_of_working=version.own_ways_of_working,
        sector=version.sector,
        country=version.country,
        current_model=version.current_model or None,
        events=tuple(event for event in EVENTS if event in told),
        sites=version.sites,
        revenue=version.revenue,
        currency=CURRENCY,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def advice_on(company: Company, *, today: date) -> ShownAdvice:
    """The advice for a company, in words; its own values for assumptions on cost count."""
    known = profile_of(company)
    own = own_assumptions(company, today=today)
    return shown(known, advise(known.profile, knowledge_on(known.profile, today, own), default_rng(SEED)))


def own_assumptions(company: Company, *, today: date) -> tuple[Assumption, ...]:
    """The values a company put in the place of ours: of each key the newest that was not withdrawn."""
    country = profile_of(company).profile.country or HOME
    if country not in CURRENCIES:
        return ()
    ours = cost_book(country, today).assumptions
    newest: dict[str, AssumptionOverride] = {}
    for each in AssumptionOverride.objects.of(company).filter(withdrawn_at__isnull=True).select_related("by"):
        newest.setdefault(each.key, each)
    return tuple(
        replace(
            ours[key], low=each.low, mode=each.mode, high=each.high, note=each.note, by=str(each.by or ""),
            source=Source(OWN_SOURCE, "", each.created_at.year, "C"),
        )
        for key, each in sorted(newest.items())
        if key in ours
    )  # fmt: skip


def knowledge_on(profile: Profile, today: date, own: Iterable[Assumption] = ()) -> Knowledge:
    """What an advice rests on; of a country without figures cost does not count."""
    country = profile.country or HOME
    costs = cost_of(cost_book(country, today, own)) if country in CURRENCIES else None
    return Knowledge(sourcing_rules(), priors(), costs)


def shown(known: KnownProfile, advice: Advice) -> ShownAdvice:
    """An advice in words."""
    words = sourcing_words()
    models = tuple(
        RankedModel(
            ranked.model,
            words.models[ranked.model],
            words.model_says[ranked.model],
            _share(ranked.score),
            ranked.reasons_for,
            ranked.reasons_against,
            ranked.excluded,
            ranked.model == known.profile.current_model,
        )
        for ranked in advice.ranking
    )
    return ShownAdvice(
        known,
        advice,
        words.verdicts[advice.verdict.word],
        words.why[advice.verdict.why],
        models,
        _share(advice.confidence),
        tuple(
            (tuple(words.facts[fact] for fact in ask.facts), _share(ask.confidence))
            for ask in advice.asks
            if ask.confidence - advice.confidence >= WORTH_ASKING
        ),
        tuple(
            (flip_in_words(flip.change, known.profile), words.models[flip.first])
            for flip in advice.flips[:MOST_FLIPS]
        ),
        tuple(words.events[event] for event in known.profile.happening),
        words.red_lines,
        (known.profile.country or HOME) in CURRENCIES,
    )


def flip_in_words(change: Mapping[str, object], profile: Profile) -> str:
    """What would be different, such as "60 people or more"."""
    return ", ".join(_change(fact, value, profile) for fact, value in change.items())


def _change(fact: str, value: object, profile: Profile) -> str:
    people = profile.headcount
    if fact == "headcount" and people is not None and isinstance(value, int):
        fact = "more_people" if value > people else "fewer_people"
    return sourcing_words().change(fact, value)


def _share(value: float) -> Decimal:
    return Decimal(f"{value:.2f}")
