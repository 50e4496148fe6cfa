"""`pilothouse ask advice`: a profile in, seven ranked models out."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.ask import QUESTIONS
from pilothouse.cli.ask.advice import answer
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.cli.main import main
from pilothouse.engine.costs.profile import MODELS
from tests.cli.test_ask import breaches

FIRM: dict[str, Any] = {
    "headcount": 40,
    "internal_it_fte": 0,
    "current_model": "co_managed",
    "event": ["Our only IT guy has quit", "contract_renewal"],
}
SCHEMA = json.loads(QUESTIONS["advice"].schema.read_text("utf-8"))


def asked(folder: Path, said: object, seed: int = 1) -> Answer:
    file = folder / "profile.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")
    found = answer(Asked((str(file),), date(2026, 1, 10), seed))
    assert breaches(found.shape, SCHEMA["output"], SCHEMA["output"]) == []
    return found


def one(folder: Path, said: object) -> dict[str, Any]:
    shape = asked(folder, said).shape
    assert isinstance(shape, dict)
    return shape


def test_a_firm_whose_it_person_has_left(tmp_path: Path) -> None:
    assert breaches(FIRM, SCHEMA["input"], SCHEMA["input"]) == []
    found = one(tmp_path, FIRM)
    assert found["ranking"][0]["model"].startswith("fully_outsourced")
    assert found["verdict"] == "change"
    assert found["understood"] == ["internal_it_left"]
    assert sorted(ranked["model"] for ranked in found["ranking"]) == sorted(MODELS)
    assert found["flips"]
    assert found["problems"] == []


def test_a_list_gives_a_list_and_a_bad_one_spoils_only_itself(tmp_path: Path) -> None:
    found = asked(tmp_path, [FIRM, {"headcont": 3}, {}])
    assert found.answered
    assert isinstance(found.shape, list)
    assert [("verdict" in shape) for shape in found.shape] == [True, False, True]
    assert found.shape[1]["problems"][0]["place"] == "headcont"


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"headcount": 0}, "profile.impossible"),
        ({"headcount": -4}, "profile.impossible"),
        ({"headcount": 10_000_000}, "profile.impossible"),
        ({"headcount": 5, "internal_it_fte": 9}, "profile.contradiction"),
        ({"internal_it_fte": 0, "has_it_leader": True}, "profile.contradiction"),
        ({"event": "the weather is nice"}, "profile.not_understood"),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_answered(
    tmp_path: Path, said: dict[str, Any], rule: str
) -> None:
    found = one(tmp_path, said)
    assert [problem["rule"] for problem in found["problems"]] == [rule]
    assert found["problems"][0]["level"] == "warning"
    assert found["ranking"]


def test_a_sentence_that_was_not_understood_leaves_what_is_happening_open(tmp_path: Path) -> None:
    assert "events" in one(tmp_path, {"event": "the weather is nice"})["unknown"]
    assert "events" not in one(tmp_path, {"event": []})["unknown"]


def test_a_file_that_cannot_be_used(tmp_path: Path) -> None:
    assert not asked(tmp_path, "{").answered
    assert not asked(tmp_path, {"growth": "huge"}).answered
    assert not asked(tmp_path, 3).answered


def test_the_same_seed_gives_the_same_answer(tmp_path: Path) -> None:
    assert asked(tmp_path, {"headcount": 9}, 7).shape == asked(tmp_path, {"headcount": 9}, 7).shape


def test_from_the_shell(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(json.dumps(FIRM).encode())))
    assert main(["ask", "advice", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["verdict"] == "change"
