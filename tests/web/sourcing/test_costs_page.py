"""What each model would cost: the page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import MODELS
from pilothouse.records.models import ProfileVersion
from pilothouse.services import costs
from pilothouse.services.costs import BreakEvenShown
from pilothouse.web.sourcing.cost_sentences import break_even_sentence
from pilothouse.web.templatetags.pilothouse import chance, percent, whole_money
from tests.conftest import Person
from tests.papers import pages_of

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
    assert 0 < found.exact_to < found.cheapest.total.middle / 50
    assert f"exact to {whole_money(found.exact_to, found.currency)} (standard error)" in shown
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


def test_the_same_answer_is_had_on_paper(company: Company, reader: Person) -> None:
    said(company, headcount=42, internal_it_fte=0, country="BE", current_model="break_fix", sites=1)
    found = costs.costs_on(company, today=timezone.localdate())
    assert found is not None
    answer = reader.client.get(f"/c/{company.slug}/sourcing/costs.pdf")
    assert answer["Content-Type"] == "application/pdf"
    words = " ".join(pages_of(answer.content))
    for model in found.models:
        assert model.name in words
        assert " ".join(whole_money(model.total.middle, found.currency).split()) in words
    assert "People that one person in IT looks after" in words
    assert "Also published: Smart Dolphins" in words
    assert "older than three years" in words
    assert "own figure The" not in words
    assert "(standard error)" in words


def test_a_paper_with_a_long_name_and_little_known_is_made_too(company: Company, reader: Person) -> None:
    company.name = "Zonwering" * 22
    company.save()
    answer = reader.client.get(f"/c/{company.slug}/sourcing/costs.pdf")
    assert "the figures are those of Belgium" in " ".join(pages_of(answer.content))


def test_a_country_without_figures_has_no_paper(company: Company, reader: Person) -> None:
    said(company, headcount=42, country="ES")
    assert reader.client.get(f"/c/{company.slug}/sourcing/costs.pdf").status_code == 404


def test_what_turns_the_order_is_named_with_its_value(company: Company, reader: Person) -> None:
    said(company, headcount=150, internal_it_fte=2, country="US", current_model="in_house", sites=1)
    found = costs.costs_on(company, today=timezone.localdate())
    assert found is not None
    bars = {bar["key"]: bar for bar in found.shape["tornado"]}
    assert found.turns
    for turn in found.turns:
        assert turn.model != found.cheapest.name
        assert turn.less >= 0
        assert turn.key in bars
    shown = page(reader, company)
    assert all(turn.name in shown and turn.model in shown for turn in found.turns)


def test_how_sure_a_break_even_is_stands_in_its_sentence() -> None:
    def said_of(low: int | None, middle: int | None, high: int | None) -> str:
        return break_even_sentence(BreakEvenShown("it", low, middle, high, Decimal("0.42")))

    assert "between 40 and 200" in said_of(40, 90, 200)
    assert "from 40 at the earliest" in said_of(40, 90, None)
    assert "42" in said_of(40, None, None)
    assert "40 people or fewer" in said_of(40, None, None)
    assert "hardly ever" in said_of(None, None, None)


def test_nothing_that_rests_on_assumptions_is_said_to_be_certain() -> None:
    assert chance(Decimal(1)) == "over 99%"
    assert chance(Decimal("0.002")) == "under 1%"
    assert chance(Decimal("0.99")) == percent(Decimal("0.99"))
    assert chance(None) == "–"
