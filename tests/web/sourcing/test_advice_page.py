"""Which way of running IT fits: the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import Profile
from pilothouse.records.models import ProfileVersion
from pilothouse.services import sourcing
from tests.conftest import Person

TODAY = date(2026, 11, 23)


def page(person: Person, company: Company) -> str:
    answer = person.client.get(f"/c/{company.slug}/sourcing/")
    assert answer.status_code == 200
    return answer.content.decode()


def said(company: Company, **facts: Any) -> ProfileVersion:
    return ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)


def test_of_a_firm_that_said_nothing_the_profile_is_asked_for(
    company: Company, editor: Person, reader: Person
) -> None:
    assert sourcing.profile_of(company) == sourcing.KnownProfile(Profile(), (), None)
    assert "Fill in the profile" in page(editor, company)
    assert "Fill in the profile" not in page(reader, company)


def test_the_newest_profile_is_taken_and_contradictions_are_said(company: Company, editor: Person) -> None:
    ProfileVersion.objects.create(company=company, holds_from=date(2025, 1, 1), headcount=20)
    said(
        company, headcount=30, internal_it_fte=Decimal("0"), has_it_leader=True, events=["merger", "gossip"],
        growth="fast", current_model="break_fix",
    )  # fmt: skip
    profile = sourcing.profile_of(company).profile
    assert (profile.headcount, profile.lead_fte, profile.events) == (30, 1.0, ("merger",))
    assert (profile.growth, profile.current_model, profile.it_criticality) == ("fast", "break_fix", None)
    shown = page(editor, company)
    assert "The leader is taken" in shown
    assert "Correct the profile" in shown


def test_what_is_written_in_own_words_counts(company: Company, editor: Person) -> None:
    said(
        company, headcount=40, internal_it_fte=0, current_model="co_managed", event_words="Onze ICT'er is weg"
    )
    known = sourcing.profile_of(company)
    assert known.understood == known.profile.events == ("internal_it_left",)
    assert "your IT person has left" in page(editor, company)


def test_the_page_says_which_model_why_and_what_would_change_it(company: Company, reader: Person) -> None:
    said(
        company,
        headcount=42,
        internal_it_fte=0,
        it_criticality="medium",
        current_model="break_fix",
        country="BE",
    )
    found = sourcing.advice_on(company, today=TODAY)
    shown = page(reader, company)
    assert found.first.name in shown
    assert found.verdict in shown
    assert "what you have" in shown
    assert "What would change this" in shown
    assert "Tell us, and we are surer" in shown
    assert "Answer in the profile" not in shown  # a reader changes nothing
    assert all(model.name in shown for model in found.models)
    assert found.counts_cost


def test_a_change_is_said_in_words() -> None:
    profile = Profile(headcount=42)
    assert sourcing.flip_in_words({"headcount": 60}, profile) == "60 people or more"
    assert (
        sourcing.flip_in_words({"headcount": 30, "event": "merger"}, profile)
        == "30 people or fewer, a merger or takeover"
    )
    assert sourcing.flip_in_words({"headcount": 60}, Profile()) == "60 people"
    assert sourcing.flip_in_words({"internal_it_fte": 0.5}, profile) == "0.5 of your own people in IT"
    assert sourcing.flip_in_words({"has_it_leader": False}, profile) == "nobody inside who leads IT"


def test_of_a_country_without_figures_cost_does_not_count(company: Company, reader: Person) -> None:
    said(company, headcount=42, country="ES")
    assert not sourcing.advice_on(company, today=TODAY).counts_cost
    assert "cost does not count" in page(reader, company)


@pytest.mark.parametrize("wrong", ["events", "verdicts"])
def test_words_that_are_not_whole_are_refused(tmp_path: Any, wrong: str) -> None:
    from pilothouse.knowledge.entries import KnowledgeError, folder
    from pilothouse.knowledge.sourcing_words import read_words_of_sourcing

    text = folder("sourcing").joinpath("words.yaml").read_text(encoding="utf-8")
    cut = {"events": "  merger: ", "verdicts": "  hire: "}[wrong]
    file = tmp_path / "words.yaml"
    file.write_text(
        "\n".join(line for line in text.split("\n") if not line.startswith(cut)), encoding="utf-8"
    )
    with pytest.raises(KnowledgeError, match=wrong):
        read_words_of_sourcing(file)
