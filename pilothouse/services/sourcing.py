"""Which delivery model fits a company: its profile in the engine's words, the advice on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import EVENTS, Problems, Profile, examined
from pilothouse.records.models import ProfileVersion

CURRENCY = "EUR"  # the profile asks for revenue in euros


@dataclass(frozen=True, slots=True)
class KnownProfile:
    """The profile as the engine takes it, what contradicts itself in it, and the version it comes from."""

    profile: Profile
    problems: Problems
    version: ProfileVersion | None


def profile_of(company: Company) -> KnownProfile:
    """What the company says of itself today; nothing said is a profile as well."""
    version = ProfileVersion.objects.of(company).order_by("holds_from", "pk").last()
    if version is None:
        return KnownProfile(Profile(), (), None)
    taken, problems = examined(profile_in(version))
    return KnownProfile(taken, problems, version)


def profile_in(version: ProfileVersion) -> Profile:
    """One version in the engine's words, before contradictions are looked for."""
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
        events=tuple(event for event in EVENTS if event in version.events),
        sites=version.sites,
        revenue=version.revenue,
        currency=CURRENCY,
    )


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)
