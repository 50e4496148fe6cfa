"""When a way of running IT is outgrown, and what is done then."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.sourcing.graduation import (
    MET,
    NEAR,
    NOT_MET,
    UNKNOWN,
    Evaluated,
    dated,
    evaluate,
    graduation_of,
    is_worse,
    measured_of,
    playbook_between,
)
from pilothouse.engine.sourcing.readiness import drill_is_due, drill_score, readiness_of, to_mend
from pilothouse.knowledge.sourcing_graduation import drill_steps, playbooks, readiness_questions, triggers


def state(key: str, measured: dict[str, float | None]) -> str:
    [found] = [each for each in evaluate(triggers(), measured, None) if each.trigger.key == key]
    return found.state


@pytest.mark.parametrize(
    ("key", "fact", "value", "expected"),
    [
        ("too_large_for_calls", "headcount", 11, NOT_MET),
        ("too_large_for_calls", "headcount", 12, NEAR),
        ("too_large_for_calls", "headcount", 18, MET),
        ("older_than_three_years", "arrangement_years", 3.0, MET),
        ("contract_soon", "days_to_decision", 200, NOT_MET),
        ("contract_soon", "days_to_decision", 180, NEAR),
        ("contract_soon", "days_to_decision", 90, MET),
        ("became_the_product", "core_product", 0, NOT_MET),
        ("became_the_product", "core_product", 1, MET),
        ("spend_jumps", "spend_growth", None, UNKNOWN),
    ],
)
def test_a_trigger_is_met_near_or_not(key: str, fact: str, value: float | None, expected: str) -> None:
    assert state(key, {fact: value}) == expected


def test_what_is_met_stands_first_and_what_nobody_knows_before_what_is_not() -> None:
    found = evaluate(triggers(), {"headcount": 20.0, "arrangement_years": 2.6, "providers": 1.0}, "break_fix")
    states = [each.state for each in found]
    order = [MET, NEAR, UNKNOWN, NOT_MET]
    assert states == sorted(states, key=order.index)
    assert all(not each.trigger.models or "break_fix" in each.trigger.models for each in found)
    assert len(evaluate(triggers(), {}, None)) == len(triggers())


def test_the_profile_says_what_it_can() -> None:
    empty = measured_of(Profile())
    assert set(empty.values()) == {None}
    said = measured_of(
        Profile(headcount=9, internal_it_fte=3.0, has_it_leader=True, growth="fast", strategic_change="major",
                it_is_core_product=False, needs_after_hours=True, events=("merger",))
    )  # fmt: skip
    assert (said["headcount"], said["leader_and_team"], said["growth"], said["change"]) == (
        9.0,
        3.0,
        2.0,
        2.0,
    )
    assert (said["core_product"], said["needs_after_hours"], said["event.merger"]) == (0.0, 1.0, 1.0)
    assert said["event.incident"] == 0.0
    assert measured_of(Profile(has_it_leader=False))["leader_and_team"] == 0.0
    assert measured_of(Profile(has_it_leader=True))["leader_and_team"] is None


def test_the_answer_has_what_is_met_or_near_with_its_first_step() -> None:
    found = graduation_of(Profile(headcount=20, current_model="break_fix", growth="fast"), triggers())
    assert {row["trigger"] for row in found} >= {"too_large_for_calls", "growing_fast"}
    for row in found:
        assert row["first_step"]
        assert row["threshold"] is not None
        assert row["state"] in {MET, NEAR}


@given(st.integers(1, 500), st.integers(0, 500), st.sampled_from(MODELS))
def test_more_people_never_unmeet_a_trigger_on_size(people: int, more: int, model: str) -> None:
    def met(count: int) -> set[str]:
        measured = measured_of(Profile(headcount=count))
        return {each.trigger.key for each in evaluate(triggers(), measured, model) if each.state == MET}

    assert met(people) <= met(people + more)


# --- transitions of the field guide --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("current", "to", "key"),
    [
        ("break_fix", "co_managed", "calls_to_co_managed"),
        ("co_managed", "fully_outsourced", "co_managed_to_outsourced"),
        ("fully_outsourced", "co_managed", "outsourced_to_co_managed"),
        ("in_house", "advisory_only", "to_advisory_only"),
        ("co_managed", "advisory_only", "to_advisory_only"),
        ("break_fix", "fully_outsourced", "calls_to_outsourced"),
        ("fully_outsourced", "fully_outsourced_plus_adviser", "add_an_adviser"),
        ("break_fix", "in_house", "to_in_house"),
        (None, "in_house", "to_in_house"),
        ("break_fix", "fully_outsourced_plus_adviser", "calls_to_outsourced"),
    ],
)
def test_every_transition_has_a_playbook(current: str | None, to: str, key: str) -> None:
    found = playbook_between(playbooks(), current, to)
    assert found is not None
    assert found.key == key
    assert found.tasks
    assert found.clauses


def test_there_is_no_way_to_nowhere() -> None:
    assert playbook_between(playbooks(), "in_house", "break_fix") is None


def test_the_tasks_of_a_playbook_have_days() -> None:
    playbook = playbooks()[0]
    days = [day for day, _ in dated(playbook, date(2026, 12, 1))]
    assert days[0] == date(2026, 12, 1)
    assert days == sorted(days)


def test_a_number_is_shown_where_it_says_something() -> None:
    counted = {trigger.key for trigger in triggers() if trigger.is_counted}
    assert {"too_large_for_calls", "contract_soon"} <= counted
    assert not {"growing_fast", "it_person_left", "became_the_product"} & counted


def test_a_trigger_knows_its_threshold() -> None:
    by_key = {trigger.key: trigger for trigger in triggers()}
    assert Evaluated(by_key["contract_soon"], MET, 3.0).threshold == 90
    assert Evaluated(by_key["too_large_for_calls"], MET, 30.0).threshold == 18


# --- our IT person leaves tomorrow ---------------------------------------------------------------------------------


def test_readiness_runs_from_nothing_to_all() -> None:
    questions = readiness_questions()
    none = readiness_of(questions, {})
    assert (none.score, none.unknown, none.answered, none.state) == (0.0, len(questions), 0, "act")
    assert len(none.first) == 3
    every = readiness_of(questions, {each.key: "yes" for each in questions})
    assert (every.score, every.unknown, every.first, every.state) == (1.0, 0, (), "good")
    half = readiness_of(questions, {each.key: "partly" for each in questions})
    assert half.score == pytest.approx(0.5)
    assert half.state == "look"
    assert set(half.parts.values()) == {0.5}


def test_what_weighs_most_is_done_first() -> None:
    questions = readiness_questions()
    heaviest = max(each.weight for each in questions)
    assert all(each.weight == heaviest for each in readiness_of(questions, {}).first)


@given(st.data())
def test_a_better_answer_never_lowers_the_score(data: st.DataObject) -> None:
    questions = readiness_questions()
    answers = {each.key: data.draw(st.sampled_from(["yes", "partly", "no", "unknown"])) for each in questions}
    better = {**answers, data.draw(st.sampled_from(questions)).key: "yes"}
    assert readiness_of(questions, better).score >= readiness_of(questions, answers).score


def test_of_no_questions_nothing_is_ready() -> None:
    assert readiness_of((), {}).score == 0


def test_a_drill_holds_for_a_year() -> None:
    assert drill_is_due(None, date(2026, 1, 1))
    assert not drill_is_due(date(2025, 1, 1), date(2026, 1, 1))
    assert drill_is_due(date(2024, 12, 31), date(2026, 1, 1))


def test_a_drill_counts_the_steps_that_were_tried() -> None:
    steps = drill_steps()
    assert drill_score(steps, {}) is None
    assert drill_score(steps, {steps[0].key: "unknown"}) is None
    assert drill_score(steps, {step.key: "yes" for step in steps[:3]}) == 1
    assert drill_score(steps, {steps[0].key: "no", steps[1].key: "no"}) == 0
    half = drill_score(steps, {"open_the_store": "no", "restore_a_file": "yes"})
    assert half == pytest.approx(0.5)


def test_what_did_not_go_is_mended_the_heaviest_first_and_soonest() -> None:
    went = {"next_four_weeks": "no", "who_answers": "partly", "restore_a_file": "no", "come_and_go": "yes"}
    found = [(step.key, days) for step, days in to_mend(drill_steps(), went)]
    assert found == [("restore_a_file", 7), ("who_answers", 21), ("next_four_weeks", 45)]
    assert to_mend(drill_steps(), {}) == ()


def test_a_trigger_without_near_is_met_or_not() -> None:
    [left] = [trigger for trigger in triggers() if trigger.key == "it_person_left"]
    assert evaluate([left], {"event.internal_it_left": 0.0}, None)[0].state == NOT_MET
    [soon] = [trigger for trigger in triggers() if trigger.key == "contract_soon"]
    assert evaluate([replace(soon, near=None)], {"days_to_decision": 100.0}, None)[0].state == NOT_MET


@pytest.mark.parametrize(
    ("key", "before", "now", "expected"),
    [
        ("too_large_for_calls", 20, 24, False),  # a few people more are no news
        ("too_large_for_calls", 20, 25, True),
        ("too_large_for_calls", 20, 10, False),
        ("contract_soon", 80, 60, False),
        ("contract_soon", 80, 57, True),  # a quarter of the ninety days nearer
        ("contract_soon", 80, 400, False),
        ("became_the_product", 1, 1, False),
        ("spend_jumps", 0.4, 0.7, True),
        ("too_large_for_calls", None, 40, False),
        ("too_large_for_calls", 40, None, False),
    ],
)
def test_what_was_set_aside_is_worse_from_a_quarter_of_its_border_on(
    key: str, before: float | None, now: float | None, *, expected: bool
) -> None:
    [trigger] = [each for each in triggers() if each.key == key]
    assert is_worse(trigger, before, now) is expected
