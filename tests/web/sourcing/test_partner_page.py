"""Whom to trust: the questions, those of the advised model first."""

from __future__ import annotations

from datetime import date
from html import unescape
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.knowledge.sourcing_partner import partner_questions
from pilothouse.records.models import ProfileVersion
from tests.conftest import Person


def page(person: Person, company: Company) -> str:
    answer = person.client.get(f"/c/{company.slug}/sourcing/partner/")
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def said(company: Company, **facts: Any) -> None:
    ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)


def test_every_question_is_there_with_what_to_beware_of(company: Company, reader: Person) -> None:
    shown = page(reader, company)
    for question in partner_questions():
        assert question.ask in shown
        assert question.beware in shown
    assert "published guides ask it" in shown


def test_who_needs_an_adviser_alone_asks_the_adviser_first(company: Company, reader: Person) -> None:
    said(
        company, headcount=180, internal_it_fte=6, has_it_leader=True, current_model="in_house",
        strategic_change="major", country="BE",
    )  # fmt: skip
    shown = page(reader, company)
    assert shown.index("Ask every adviser") < shown.index("Ask every provider")
    assert "has one: Adviser only (vCIO)." in shown
    assert shown.index("Ask whoever it is") < shown.index("Ask every provider")


def test_who_needs_a_provider_asks_which_model_it_sells_first(company: Company, reader: Person) -> None:
    said(company, headcount=40, internal_it_fte=0, current_model="break_fix", growth="growing", country="BE")
    shown = page(reader, company)
    assert "Ask this first, in writing: <strong>Which model am I buying" in shown
    assert shown.index("Ask every provider") < shown.index("Ask every adviser")
