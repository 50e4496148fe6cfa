"""Triggers, playbooks and questions are whole, and a file that cannot be used says where."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pilothouse.knowledge.entries import KnowledgeError, folder
from pilothouse.knowledge.sourcing_costs import cost_book
from pilothouse.knowledge.sourcing_graduation import (
    drill_steps,
    playbooks,
    read_playbooks,
    read_questions,
    read_triggers,
    readiness_questions,
    triggers,
)


def test_every_trigger_says_what_to_do_first() -> None:
    assert len(triggers()) >= 15
    assert all(trigger.step and trigger.because and trigger.source.title for trigger in triggers())


def test_every_playbook_names_costs_we_know() -> None:
    from datetime import date

    known = set(cost_book("BE", date(2026, 11, 23)).assumptions)
    assert all(set(playbook.costs) <= known for playbook in playbooks())


def test_the_questions_cover_four_parts() -> None:
    assert {question.part for question in readiness_questions()} == {
        "documentation",
        "credentials",
        "contract",
        "cover",
    }


@pytest.mark.parametrize(
    ("name", "read", "wrong", "instead", "named"),
    [
        ("triggers", read_triggers, "fact: headcount", "fact: moon", "moon"),
        ("triggers", read_triggers, "near: 12, from: 18,", "near: 12,", "either"),
        ("triggers", read_triggers, "leads: [2, 4]", "leads: [4, 2]", "leads"),
        ("triggers", read_triggers, "in: [break_fix, project_based]", "in: [magic]", "delivery models"),
        ("triggers", read_triggers, "towards: fully_outsourced", "towards: magic", "magic"),
        ("playbooks", read_playbooks, "day: 10, owner: owner", "day: 1000, owner: owner", "must rise"),
        ("playbooks", read_playbooks, "owner: owner", "owner: nobody", "nobody"),
        (
            "playbooks",
            read_playbooks,
            "clauses: [exit_assistance,",
            "clauses: [exit_music,",
            "terms of contracts",
        ),
        ("readiness", read_questions, "part: documentation", "part: hope", "hope"),
        ("readiness", read_questions, "key: how_to,", "key: where_things_run,", "where_things_run"),
    ],
)
def test_a_file_that_cannot_be_used_names_the_place(
    tmp_path: Path, name: str, read: Callable[[Any], Any], wrong: str, instead: str, named: str
) -> None:
    text = folder("sourcing").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    assert wrong in text
    file = tmp_path / f"{name}.yaml"
    file.write_text(text.replace(wrong, instead, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=named):
        read(file)


def test_a_drill_tries_all_four_parts_and_says_what_to_do_after() -> None:
    steps = drill_steps()
    assert {step.part for step in steps} == {question.part for question in readiness_questions()}
    assert all(step.do and 1 <= step.weight <= 3 for step in steps)
