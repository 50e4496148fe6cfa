"""Which way of running IT fits: the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import Profile
from pilothouse.records.models import ProfileVersion
from pilothouse.services import sourcing
from tests.conftest import Person


def page(person: Person, company: Company) -> str:
    answer = person.client.get(f"/c/{company.slug}/sourcing/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_of_a_firm_that_said_nothing_the_profile_is_asked_for(company: Company, editor: Person) -> None:
    assert sourcing.profile_of(company) == sourcing.KnownProfile(Profile(), (), None)
    assert "Fill in the profile" in page(editor, company)


def test_the_newest_profile_is_taken_and_contradictions_are_said(company: Company, editor: Person) -> None:
    ProfileVersion.objects.create(company=company, holds_from=date(2025, 1, 1), headcount=20)
    ProfileVersion.objects.create(
        company=company, holds_from=date(2026, 1, 1), headcount=30, internal_it_fte=Decimal("0"),
        has_it_leader=True, events=["merger", "gossip"], growth="fast", current_model="break_fix",
    )  # fmt: skip
    profile = sourcing.profile_of(company).profile
    assert (profile.headcount, profile.lead_fte, profile.events) == (30, 1.0, ("merger",))
    assert (profile.growth, profile.current_model, profile.it_criticality) == ("fast", "break_fix", None)
    said = page(editor, company)
    assert "The leader is taken" in said
    assert "Correct the profile" in said
