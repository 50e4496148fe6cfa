"""`pilothouse ask costs`: a profile in, ranges over three years out."""

from __future__ import annotations

import json
import sys
from datetime import date
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.ask import QUESTIONS
from pilothouse.cli.ask.costs import answer
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.cli.main import main
from tests.cli.test_ask import breaches

FIRM: dict[str, Any] = {"headcount": 42, "internal_it_fte": 0, "country": "BE"}
SCHEMA = json.loads(QUESTIONS["costs"].schema.read_text("utf-8"))


def asked(folder: Path, said: object, seed: int = 1) -> Answer:
    file = folder / "profile.json"
    file.write_text(json.dumps(said), "utf-8")
    found = answer(Asked((str(file),), date(2026, 1, 10), seed))
    assert breaches(found.shape, SCHEMA["output"], SCHEMA["output"]) == []
    return found


def test_a_firm_is_told_what_each_model_costs(tmp_path: Path) -> None:
    assert breaches(FIRM, SCHEMA["input"], SCHEMA["input"]) == []
    found = asked(tmp_path, FIRM)
    assert isinstance(found.shape, dict)
    assert (found.shape["currency"], found.shape["problems"]) == ("EUR", [])
    assert found.shape["cheaper"]["fully_outsourced"]["in_house"] > 0.9
    assert found.shape == asked(tmp_path, FIRM).shape
    assert found.shape != asked(tmp_path, FIRM, seed=2).shape


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"headcount": 0, "country": "BE"}, "profile.impossible"),
        ({"headcount": 10_000_000, "country": "US"}, "profile.impossible"),
        ({"headcount": 4, "internal_it_fte": 8, "country": "US"}, "profile.contradiction"),
        ({"headcount": 42}, "costs.country"),
        ({**FIRM, "currency": "USD"}, "costs.currency"),
    ],
)
def test_what_is_taken_for_granted_is_said(tmp_path: Path, said: dict[str, Any], rule: str) -> None:
    found = asked(tmp_path, said)
    assert found.answered
    assert isinstance(found.shape, dict)
    assert [problem["rule"] for problem in found.shape["problems"]] == [rule]


def test_a_country_without_figures_is_not_guessed(tmp_path: Path) -> None:
    found = asked(tmp_path, [{"country": "ES"}, FIRM, {"headcont": 1}])
    assert isinstance(found.shape, list)
    assert [problem["rule"] for problem in found.shape[0]["problems"]] == ["costs.country"]
    assert "models" in found.shape[1]
    assert found.answered
    assert not asked(tmp_path, {"country": "ES"}).answered


def test_from_the_shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(json.dumps(FIRM).encode())))
    assert main(["ask", "costs", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["months"] == 36
