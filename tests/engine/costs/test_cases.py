"""What must come out of costs whatever the exact figures: cases with their reason in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from numpy.random import default_rng

from pilothouse.engine.costs.compare import cheaper
from pilothouse.engine.costs.profile import MODELS, read_profile
from pilothouse.engine.costs.simulate import Simulated, simulate
from pilothouse.knowledge.sourcing_costs import cost_book

FILE = Path(__file__).parents[2] / "cases" / "costs" / "relations.yaml"
CASES = {case["case"]: case for case in yaml.safe_load(FILE.read_text(encoding="utf-8"))}
EXPECTED = {"cheaper", "has", "has_not", "more_damage", "more_own_time", "larger_line"}
RUNS = 4_000


@cache
def simulated(name: str) -> Simulated:
    profile, problems, _ = read_profile(CASES[name]["profile"])
    assert problems == ()
    return simulate(profile, cost_book(profile.country, date(2026, 11, 23)), default_rng(1), RUNS)


def of(name: str, kind: str) -> list[Any]:
    found: list[Any] = CASES[name]["expect"].get(kind, [])
    return found


def lines(name: str, kind: str) -> Mapping[str, list[str]]:
    found: Mapping[str, list[str]] = CASES[name]["expect"].get(kind, {})
    return found


@pytest.mark.parametrize("name", CASES)
def test_a_case_is_well_formed(name: str) -> None:
    case = CASES[name]
    assert case.keys() == {"case", "because", "profile", "expect"}
    assert len(case["because"]) > 20
    assert case["expect"]
    assert case["expect"].keys() <= EXPECTED


@pytest.mark.parametrize("name", CASES)
def test_who_is_cheaper_in_nearly_all_worlds(name: str) -> None:
    shares = cheaper(simulated(name).total)
    for first, second, least in of(name, "cheaper"):
        assert shares[MODELS.index(first), MODELS.index(second)] >= least, (first, second)


@pytest.mark.parametrize("name", CASES)
def test_a_model_has_its_lines_and_no_others(name: str) -> None:
    found = simulated(name).lines
    for model, wanted in lines(name, "has").items():
        assert [line for line in wanted if found[model][line] <= 0] == [], model
    for model, unwanted in lines(name, "has_not").items():
        assert [line for line in unwanted if found[model].get(line, 0) != 0] == [], model
    for model, larger, smaller in of(name, "larger_line"):
        assert found[model][larger] > 3 * found[model][smaller]


@pytest.mark.parametrize("name", CASES)
def test_what_nobody_supplies_stays_open_as_damage_or_own_time(name: str) -> None:
    found = simulated(name)
    for kind, expected in (("damage", "more_damage"), ("own_time", "more_own_time")):
        for more, less in of(name, expected):
            assert found.kinds(more)[kind] > found.kinds(less)[kind], (more, less)
