"""The cases of `tests/cases/contracts`: what is agreed and a day, and what must be decided by when, with the reasoning.

An expert writes them; this runs them. `contract` is as `pilothouse ask decision` takes it. `expect` may hold any field
of its answer, those of `next` as next_…, of `if_nobody_acts` by their own names, `term` as [number, start, end],
`problems` as the list of their rules, and words that must stand in `reading`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.cli.ask.decision import terms_in
from pilothouse.cli.ask.given import Given
from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.shape import shape_of
from pilothouse.knowledge import delivery_days

FOLDER = Path(__file__).parents[2] / "cases" / "contracts"
LEAST = 80
Said = Mapping[str, Any]


def cases() -> Iterator[tuple[str, Said]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
            yield f"{path.stem}: {case['case']}", case


CASES = dict(cases())


def answered(case: Said) -> dict[str, Any]:
    """The answer, flat, as cases name it."""
    given = Given(json.loads(json.dumps(case["contract"], default=str)))
    agreed = terms_in(given)
    assert agreed is not None, given.problems
    today = date.fromisoformat(str(case["today"]))
    said = shape_of(next_decision(agreed, delivery_days(agreed.country, today), today=today))
    flat = {**said, **{f"next_{name}": value for name, value in (said["next"] or {"exit": None}).items()}}
    flat |= said["if_nobody_acts"] or {}
    flat["term"] = said["term"] and [said["term"][name] for name in ("number", "start", "end")]
    flat["problems"] = [problem["rule"] for problem in said["problems"]]
    return flat


@pytest.mark.parametrize("name", CASES)
def test_what_must_be_decided_by_when(name: str) -> None:
    case = CASES[name]
    said, expected = answered(case), json.loads(json.dumps(case["expect"], default=str))
    words = expected.pop("reading", "")
    assert {field: said.get(field, "not said") for field in expected} == expected
    assert words in said["reading"]


def test_there_are_many_cases_and_each_gives_its_reason() -> None:
    assert len(CASES) >= LEAST
    assert [name for name, case in CASES.items() if len(case["why"]) < 12 or not case["expect"]] == []
