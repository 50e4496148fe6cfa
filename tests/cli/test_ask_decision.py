"""`pilothouse ask decision`: contract terms in, dates out; what is wrong is said by field."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.ask.decision import answer
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.cli.main import main

TODAY = date(2026, 1, 10)
CONTRACT: dict[str, Any] = {
    "start": "2023-06-01",
    "initial_term": "P36M",
    "renewal": {"mode": "tacit", "term": "P12M", "times": None},
    "notice": {"length": "P3M", "before": "term_end", "must_be": "received", "by": "email"},
    "yearly_cost": "12000.00",
    "currency": "EUR",
    "country": "BE",
    "region": None,
}


def asked(folder: Path, said: object) -> Answer:
    file = folder / "contract.json"
    file.write_text(said if isinstance(said, str) else json.dumps(said), "utf-8")
    return answer(Asked((str(file),), TODAY, 1))


def problems(shape: Any) -> list[tuple[str, str]]:
    return [(problem["rule"], problem["place"]) for problem in shape["problems"]]


def test_a_contract_is_answered_as_the_shapes_say(tmp_path: Path) -> None:
    found = asked(tmp_path, CONTRACT)
    assert found.answered
    assert isinstance(found.shape, dict)
    reading = found.shape.pop("reading")
    assert "tacitly" in reading
    assert found.shape == {
        "term": {"number": 1, "start": "2023-06-01", "end": "2026-05-31"},
        "exit": "2026-05-31",
        "last_day": "2026-02-28",
        "first_day": None,
        "send_by": "2026-02-27",
        "missed": False,
        "next": {
            "term": {"number": 2, "start": "2026-06-01", "end": "2027-05-31"},
            "exit": "2027-05-31",
            "last_day": "2027-02-28",
            "send_by": "2027-02-26",
        },
        "earliest_end": None,
        "if_nobody_acts": {"renews_until": "2027-05-31", "commits": "12000.00"},
        "problems": [],
    }


def test_a_list_gives_a_list_and_a_bad_one_spoils_only_itself(tmp_path: Path) -> None:
    found = asked(tmp_path, [CONTRACT, {"start": "soon"}, 7, {**CONTRACT, "end": "2020-01-01"}])
    assert found.answered
    assert isinstance(found.shape, list)
    good, bad, number, impossible = found.shape
    assert good["last_day"] == "2026-02-28"
    assert problems(bad) == [("json.field", "start")]
    assert problems(number) == [("json.object", "2")]
    assert problems(impossible) == [("terms.end_before_start", "")]
    assert not asked(tmp_path, [{"start": "soon"}]).answered


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"strat": "2026-01-01"}, [("json.unknown_field", "strat")]),
        ({"start": None}, [("json.field", "start")]),
        ({"start": 20260101}, [("json.field", "start")]),
        ({"start": "20260101"}, [("json.field", "start")]),
        ({"initial_term": "3 years"}, [("json.field", "initial_term")]),
        ({"yearly_cost": "many"}, [("json.field", "yearly_cost")]),
        ({"yearly_cost": "NaN"}, [("json.field", "yearly_cost")]),
        ({"yearly_cost": True}, [("json.field", "yearly_cost")]),
        ({"yearly_cost": "-5"}, [("json.field", "yearly_cost")]),
        ({"currency": "EURO"}, [("json.field", "currency")]),
        ({"renewal": []}, [("json.field", "renewal")]),
        ({"renewal": {"mode": "sometimes"}}, [("json.field", "renewal.mode")]),
        ({"renewal": {"mode": "tacit", "times": 1.5}}, [("json.field", "renewal.times")]),
        ({"renewal": {"mode": "tacit", "times": True}}, [("json.field", "renewal.times")]),
        ({"notice": {"length": 3}}, [("json.field", "notice.length")]),
        ({"notice": {"length": {"week": "mon_fri"}}}, [("json.field", "notice.length.business_days")]),
        ({"notice": {"length": {"business_days": "9"}}}, [("json.field", "notice.length.business_days")]),
        ({"notice": {"length": "P1M", "must_be": "thought"}}, [("json.field", "notice.must_be")]),
        ({"notice": {"break": "yes", "by": "owl"}}, [("json.field", "notice.break"), ("json.field", "notice.by")]),
        ({"notice": {"lenght": "P1M"}}, [("json.unknown_field", "notice.lenght")]),
    ],
    ids=str,
)  # fmt: skip
def test_what_is_wrong_is_said_by_field(
    tmp_path: Path, change: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = asked(tmp_path, {**CONTRACT, **change})
    assert not found.answered
    assert sorted(problems(found.shape)) == sorted(expected)


def test_little_that_is_known_is_answered_too(tmp_path: Path) -> None:
    found = asked(
        tmp_path, {"start": "2026-01-01", "initial_term": "P12M", "renewal": {}, "yearly_cost": 100}
    )
    assert isinstance(found.shape, dict)
    assert found.shape["exit"] == "2026-12-31"
    assert found.shape["if_nobody_acts"] == {"renews_until": "2027-12-31", "commits": "100.00"}
    sent = asked(tmp_path, {**CONTRACT, "notice": {"length": {"business_days": 9}, "must_be": "sent"}})
    assert isinstance(sent.shape, dict)
    # Nine working days before the exit of Sunday 31 May, Whit Monday is none: back to Monday 18 May.
    assert (sent.shape["last_day"], sent.shape["send_by"]) == ("2026-05-17", "2026-05-15")


@pytest.mark.parametrize(
    "change",
    [
        {"yearly_cost": "1e999999999"},
        {"yearly_cost": "-1e999999999"},
        {"initial_term": None, "end": "9999-12-31"},
    ],
)
def test_what_lies_beyond_all_measure_is_said(tmp_path: Path, change: dict[str, Any]) -> None:
    found = asked(
        tmp_path, {name: value for name, value in {**CONTRACT, **change}.items() if value is not None}
    )
    assert isinstance(found.shape, dict)
    assert found.shape["problems"]


def test_a_country_nobody_knows_is_said_and_the_days_are_counted_without_holidays(tmp_path: Path) -> None:
    for notice in ({"length": "P3M"}, {"length": {"business_days": 9}}):
        shape = asked(
            tmp_path, {**CONTRACT, "country": "Atlantis", "notice": notice, "currency": "eur"}
        ).shape
        assert problems(shape) == [("terms.country", "")]
        assert isinstance(shape, dict)
        assert shape["last_day"]


def test_what_is_no_json_is_said(tmp_path: Path) -> None:
    for broken in ("", "{", "[" * 100_000):
        found = asked(tmp_path, broken)
        assert not found.answered
        assert problems(found.shape) == [("json.broken", "")]
    nowhere = answer(Asked((str(tmp_path / "none.json"),), TODAY, 1))
    assert problems(nowhere.shape) == [("file.unreadable", "")]
    two = answer(Asked(("a", "b"), TODAY, 1))
    assert problems(two.shape) == [("json.one_file", "")]


def test_standard_input_and_the_exit_code(monkeypatch: pytest.MonkeyPatch, capfdbinary: Any) -> None:
    class Input:
        buffer = io.BytesIO(json.dumps([CONTRACT]).encode())

    monkeypatch.setattr(sys, "stdin", Input())
    assert main(["ask", "decision", "-", "--today", "2026-01-10"]) == 0
    assert json.loads(capfdbinary.readouterr().out)[0]["send_by"] == "2026-02-27"
    assert main(["ask", "schema", "decision"]) == 0
    schema = json.loads(capfdbinary.readouterr().out)
    assert set(CONTRACT) | {"end"} == set(schema["input"]["$defs"]["contract"]["properties"])
