"""The cases of `tests/cases/graduation`: which signs show, which way is offered, how ready a firm is, and why.

Each says its form at its head; `met` and `near` name all that are, so that a sign too many is found as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.engine.costs.profile import MODELS, read_profile
from pilothouse.engine.sourcing.events import read_events
from pilothouse.engine.sourcing.graduation import (
    MET,
    NEAR,
    NOT_MET,
    STATES,
    UNKNOWN,
    Trigger,
    dated,
    evaluate,
    measured_of,
    playbook_between,
    points_to,
)
from pilothouse.engine.sourcing.readiness import readiness_of
from pilothouse.knowledge.sourcing_events import event_words
from pilothouse.knowledge.sourcing_graduation import playbooks, readiness_questions, triggers

FOLDER = Path(__file__).parents[2] / "cases" / "graduation"
LEAST = 70
Said = Mapping[str, Any]


def cases(*files: str) -> Iterator[tuple[str, Said]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        if path.stem in files or not files:
            for case in yaml.safe_load(path.read_text("utf-8")):
                yield f"{path.stem}: {case['case']}", case


SIGNS = dict(cases("signs_from_the_profile", "signs_from_the_records"))
WAYS, READY = dict(cases("ways")), dict(cases("readiness"))


def states_of(case: Said) -> tuple[dict[str, str], str | None]:
    """The state of each sign that speaks, and today's model."""
    profile, _, _ = read_profile(case["profile"], lambda sentence: read_events(sentence, event_words()))
    measured = {**measured_of(profile), **case.get("records", {})}
    found = evaluate(triggers(), measured, profile.current_model)
    return {each.trigger.key: each.state for each in found}, profile.current_model


@pytest.mark.parametrize("name", SIGNS)
def test_which_signs_show(name: str) -> None:
    expect = SIGNS[name]["expect"]
    states, current = states_of(SIGNS[name])
    for state in (MET, NEAR):
        assert {key for key, found in states.items() if found == state} == set(expect.get(state, [])), state
    for state in (NOT_MET, UNKNOWN):
        assert {key: states.get(key, "silent") for key in expect.get(state, [])} == dict.fromkeys(
            expect.get(state, []), state
        )
    assert not set(expect.get("silent", [])) & states.keys()
    by_key = {trigger.key: trigger for trigger in triggers()}
    whereto = {key: points_to(by_key[key], current) or None for key in expect.get("points_to", {})}
    assert whereto == expect.get("points_to", {})


@pytest.mark.parametrize("name", WAYS)
def test_which_way_is_offered(name: str) -> None:
    case, expect = WAYS[name], WAYS[name]["expect"]
    found = playbook_between(playbooks(), case["from"], case["to"])
    assert (found and found.key) == expect["way"]
    if found is not None and "start" in case:
        days = [day for day, _ in dated(found, case["start"])]
        said: dict[str, date] = {"first_day": min(days), "last_day": max(days)}
        assert {key: said[key] for key in said.keys() & expect.keys()} == {
            key: expect[key] for key in said.keys() & expect.keys()
        }
        assert set(expect.get("clauses", [])) <= set(found.clauses)


@pytest.mark.parametrize("name", READY)
def test_how_ready_a_firm_is(name: str) -> None:
    case, expect = READY[name], READY[name]["expect"]
    whole = {each.key: case["all"] for each in readiness_questions()} if "all" in case else {}
    found = readiness_of(readiness_questions(), {**whole, **case.get("answers", {})})
    low, high = expect["score"]
    assert low <= found.score <= high
    assert found.state == expect["state"]
    assert [each.key for each in found.first] == expect.get("first", [each.key for each in found.first])


def test_there_are_many_cases_and_each_gives_its_reason() -> None:
    every = dict(cases())
    assert len(every) >= LEAST
    assert len(every) == sum(len(yaml.safe_load(path.read_text("utf-8"))) for path in FOLDER.glob("*.yaml"))
    assert [name for name, case in every.items() if len(case["because"]) < 5 or not case["source"]] == []
    questions = {each.key for each in readiness_questions()}
    assert [name for name, case in READY.items() if not case.get("answers", {}).keys() <= questions] == []


@pytest.mark.parametrize("trigger", triggers(), ids=lambda trigger: trigger.key)
def test_every_sign_is_met_not_met_and_unknown_in_some_case(trigger: Trigger) -> None:
    """And near where it can be, so that no threshold goes without a case on each of its sides."""
    seen = {states_of(case)[0].get(trigger.key, "silent") for case in SIGNS.values()}
    can_be_near = trigger.near is not None
    assert seen >= {state for state in STATES if state != NEAR or can_be_near}


@pytest.mark.parametrize("trigger", triggers(), ids=lambda trigger: trigger.key)
def test_whatever_a_sign_points_to_there_is_a_way(trigger: Trigger) -> None:
    for model in trigger.models or MODELS:
        to = points_to(trigger, model)
        assert not to or playbook_between(playbooks(), model, to), model
