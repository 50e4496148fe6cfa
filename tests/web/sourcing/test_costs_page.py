"""What each model would cost: the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import MODELS
from pilothouse.records.models import ProfileVersion
from pilothouse.services import costs
from tests.conftest import Person

TODAY = date(2026, 11, 23)


def page(person: Person, company: Company) -> str:
    answer = person.client.get(f"/c/{company.slug}/sourcing/costs/")
    assert answer.status_code == 200
    return answer.content.decode()


def said(company: Company, **facts: Any) -> ProfileVersion:
    return ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)


def test_the_page_has_every_model_with_its_range_and_grounds(company: Company, reader: Person) -> None:
    said(company, headcount=42, internal_it_fte=0, country="BE", current_model="break_fix", sites=1)
    found = costs.costs_on(company, today=TODAY)
    assert found is not None
    assert {model.key for model in found.models} == set(MODELS)
    middles = [model.total.middle for model in found.models]
    assert middles == sorted(middles)
    for model in found.models:
        assert model.total.low < model.total.middle < model.total.high <= found.dearest
        assert (
            abs(sum(mean for _, mean, _ in model.lines) - model.paid - model.own_time - model.damage) < 2000
        )
    shown = page(reader, company)
    assert found.cheapest.name in shown
    assert "what you have" in shown
    assert "ours, unsourced" in shown
    assert "older than three years" in shown
    assert "Also published" in shown
    assert "Answer in the profile" not in shown  # a reader changes nothing


def test_chances_add_up_to_one(company: Company) -> None:
    said(company, headcount=42, country="BE")
    found = costs.costs_on(company, today=TODAY)
    assert found is not None
    rows = costs.chances(found)
    assert [row[place] for place, (_, row) in enumerate(rows)] == [None] * len(MODELS)
    one, other = rows[0][1][3], rows[3][1][0]
    assert one is not None
    assert other is not None
    assert abs(one + other - 1) <= Decimal("0.002")


def test_what_was_not_said_is_named(company: Company, editor: Person) -> None:
    shown = page(editor, company)
    assert "the figures are those of Belgium" in shown
    assert "how many people work for you" in shown
    assert "Answer in the profile" in shown


def test_a_country_without_figures_is_said(company: Company, reader: Person) -> None:
    said(company, headcount=42, country="ES")
    assert costs.costs_on(company, today=TODAY) is None
    assert "no figures on cost for your country yet" in page(reader, company)
