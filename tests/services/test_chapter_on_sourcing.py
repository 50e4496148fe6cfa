"""The chapter on delivery models: advice, ranges, what would change it, what it rests on."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from pilothouse.accounts.models import Company
from pilothouse.engine.costs.profile import MODELS
from pilothouse.knowledge.sourcing_duties import duties
from pilothouse.knowledge.sourcing_graduation import readiness_questions, triggers
from pilothouse.records.models import (
    Contract,
    Drill,
    ProfileVersion,
    ReadinessAnswers,
)
from pilothouse.reporting.diagnosis import Chapter, Table
from pilothouse.services.answers import Overview
from pilothouse.services.case import Case
from pilothouse.services.chapter_on_sourcing import chapter_on_sourcing
from pilothouse.services.costs import about
from pilothouse.services.drills import StepSaid
from pilothouse.services.drills import keep as keep_drill
from pilothouse.services.graduation import clauses_of, watch
from pilothouse.services.responsibilities import Settled, drafted_for, keep
from pilothouse.services.sourcing import advice_on
from tests.conftest import Person
from tests.web.test_letters import add_term

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
    ranking, reasons, changes, _signs, rests_on = chapter.tables
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


def titles(chapter: Chapter) -> list[str]:
    return [table.title for table in chapter.tables]


def table_of(chapter: Chapter, start: str) -> Table:
    [found] = [table for table in chapter.tables if table.title.startswith(start)]
    return found


def test_a_sign_that_is_reached_stands_with_its_day_and_is_the_next_step(company: Company) -> None:
    facts = {"headcount": 60, "internal_it_fte": 0, "country": "BE", "current_model": "break_fix"}
    case = case_of(company, **facts, growth="fast", hidden_it_hours=80)
    watch(company, today=TODAY)
    chapter = chapter_on_sourcing(case)
    signs = table_of(chapter, "What says that this way is outgrown").rows
    reached = [row for row in signs if row.cells[1] == "reached"]
    assert reached
    assert reached[0].cells[2] == TODAY
    first = advice_on(company, today=TODAY).first.key
    leading_there = [one.step for one in triggers() if one.towards in ("", first)]
    assert chapter.next_step in {row.cells[3] for row in reached} & set(leading_there)


def test_nothing_of_it_is_said_where_nothing_is_known(company: Company) -> None:
    chapter = chapter_on_sourcing(case_of(company, headcount=5, country="BE"))
    assert not [
        title
        for title in titles(chapter)
        if title.startswith(("What is not settled", "If the person", "Clauses"))
    ]


def test_what_nobody_answers_for_is_a_finding(company: Company, editor: Person) -> None:
    case = case_of(company, headcount=42, country="BE", current_model="fully_outsourced")
    drafted = drafted_for(company, "fully_outsourced")
    keep(company, Settled("fully_outsourced", drafted, {}), base=0, by=editor.user)
    assert not [
        title for title in titles(chapter_on_sourcing(case)) if title.startswith("What is not settled")
    ]
    [tests] = [duty for duty in duties() if duty.key == "restore_tests"]
    gap = {duty: letters if duty != tests.key else {} for duty, letters in drafted.items()}
    keep(company, Settled("fully_outsourced", gap, {}), base=1, by=editor.user)
    found = table_of(chapter_on_sourcing(case), "What is not settled in who does what, version 2")
    assert {row.cells[0] for row in found.rows} == {tests.name}
    assert any("answers for it" in str(row.cells[1]) for row in found.rows)


def test_what_is_not_ready_for_a_departure_is_said_once_somebody_answered(company: Company) -> None:
    case = case_of(company, headcount=42, country="BE", current_model="co_managed")
    first, *others = readiness_questions()
    ReadinessAnswers.objects.create(
        company=company, answers={first.key: "no"} | {one.key: "yes" for one in others}
    )
    found = table_of(chapter_on_sourcing(case), "If the person who knows IT leaves tomorrow")
    assert [row.cells for row in found.rows] == [(first.asks, first.do)]


def test_a_clause_that_stands_in_no_contract_is_said_once_another_was_found(company: Company) -> None:
    case = case_of(company, headcount=42, country="BE", current_model="co_managed")
    wanted = [each.term for each in clauses_of(company)]
    assert not [title for title in titles(chapter_on_sourcing(case)) if title.startswith("Clauses")]
    contract = Contract.objects.create(company=company, name="Helpdesk")
    add_term(contract, wanted[0], "On ending they help.")
    found = table_of(chapter_on_sourcing(case), "Clauses to have that were found in no contract")
    assert len(found.rows) == len(wanted) - 1


def test_what_did_not_go_when_it_was_tried_is_said(company: Company, editor: Person) -> None:
    case = case_of(company, headcount=42, country="BE", current_model="co_managed")

    def tried(**went: str) -> list[str]:
        said = {key: StepSaid(word, wrong="Locked" if word == "no" else "") for key, word in went.items()}
        keep_drill(Drill(company=company, held_on=TODAY), said, by=editor.user)
        return [title for title in titles(chapter_on_sourcing(case)) if title.startswith("What did not go")]

    assert tried(restore_a_file="yes") == []
    assert tried(open_the_store="no", line_is_down="partly", restore_a_file="yes")
    found = table_of(chapter_on_sourcing(case), "What did not go when it was tried")
    assert [row.cells[1] for row in found.rows] == ["Locked", "–"]
