"""The chapter on delivery models: advice, ranges, what would change it, what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import MODELS
from pilothouse.records.models import ProfileVersion
from pilothouse.services.answers import Overview
from pilothouse.services.case import Case
from pilothouse.services.chapter_on_sourcing import chapter_on_sourcing
from pilothouse.services.costs import about

TODAY = date(2026, 11, 23)


def case_of(company: Company, **facts: Any) -> Case:
    if facts:
        ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)
    return Case(company, cast("Overview", None), "en", TODAY)


def test_without_a_profile_the_profile_is_the_next_step(company: Company) -> None:
    chapter = chapter_on_sourcing(case_of(company))
    assert "Nobody has said" in chapter.answer
    assert "profile" in chapter.next_step
    assert chapter.tables == ()


def test_with_a_profile_it_says_which_model_and_what_it_costs(company: Company) -> None:
    facts = {"headcount": 42, "internal_it_fte": 0, "country": "BE", "current_model": "break_fix"}
    chapter = chapter_on_sourcing(case_of(company, **facts))
    assert "fits best" in chapter.answer
    assert "Over three years it would cost €" in chapter.answer
    ranking, reasons, changes, rests_on = chapter.tables
    assert len(ranking.rows) == len(MODELS)
    assert any("(today)" in str(row.cells[0]) for row in ranking.rows)
    assert reasons.rows
    assert changes.rows
    assert all("20" in str(row.cells[2]) for row in rests_on.rows)
    assert chapter.next_step


def test_of_a_country_without_figures_no_cost_is_said(company: Company) -> None:
    chapter = chapter_on_sourcing(case_of(company, headcount=42, country="ES"))
    assert "cost" not in chapter.answer
    assert all(row.cells[2] == "no figures for the country" for row in chapter.tables[0].rows)


def test_what_is_known_whole_has_a_step_of_its_own(company: Company) -> None:
    known = {
        "headcount": 42, "internal_it_fte": 0, "hidden_it_hours": 10, "has_it_leader": False, "own_know_how": False,
        "growth": "stable", "it_is_core_product": False, "strategic_change": "major", "compliance_pressure": "high",
        "needs_after_hours": False, "budget_predictability": "high", "it_criticality": "high", "sites": 1,
        "own_ways_of_working": False, "current_model": "break_fix", "country": "BE",
    }  # fmt: skip
    assert "adviser" in chapter_on_sourcing(case_of(company, **known)).next_step


def test_estimates_are_said_to_three_figures() -> None:
    from decimal import Decimal

    assert [about(Decimal(value)) for value in ("203951", "87", "0", "1249.6", "-1234")] == [
        Decimal(each) for each in (204000, 87, 0, 1250, -1230)
    ]
