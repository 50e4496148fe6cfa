"""The diagnosis as data: every figure has a proof, every proof its sources."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from decimal import Decimal
from importlib.resources import files
from typing import Any

import pytest

from pilothouse.engine.evidence import NoGrounds
from pilothouse.engine.money import CurrencyMismatch, Money
from pilothouse.reporting.diagnosis import (
    Chapter,
    Column,
    Diagnosis,
    FigureRow,
    FindingRow,
    Proof,
    ProofLine,
    ProofMissing,
    Row,
    RowLengthError,
    Summary,
    Table,
    WrongSumError,
    as_json,
    exact,
)

ONE = Money(Decimal("1.00"))
LINE = ProofLine(1, "line 3", None, "OVH", "Domain", ONE)


def test_a_figure_without_proof_cannot_be_built() -> None:
    with pytest.raises(NoGrounds, match="IT in all"):
        FigureRow("IT in all", ONE, "")


def test_a_finding_without_proof_cannot_be_built() -> None:
    with pytest.raises(NoGrounds, match="too much"):
        FindingRow("We pay too much", ())


@pytest.mark.parametrize(
    "chapter",
    [
        Chapter("x", "?", "!", figures=(FigureRow("Telephony", ONE, "gone"),)),
        Chapter("x", "?", "!", findings=(FindingRow("Telephony", ("all", "gone")),)),
        Chapter("x", "?", "!", tables=(Table("T", (Column("Vendor"),), (Row(("Telephony",), ("gone",)),)),)),
    ],
)
def test_a_proof_that_is_cited_must_be_there(ordinary: Diagnosis, chapter: Chapter) -> None:
    with pytest.raises(ProofMissing, match=r"Telephony.*gone"):
        replace(ordinary, chapters=(chapter,))


def test_a_line_names_a_file_that_was_read(ordinary: Diagnosis) -> None:
    with pytest.raises(ProofMissing, match="file 2"):
        replace(ordinary, sources=ordinary.sources[:1])


def test_lines_that_do_not_sum_to_the_total_are_refused() -> None:
    with pytest.raises(WrongSumError, match=r"sum to 2\.00 EUR, its total is 1\.00"):
        Proof("p", "says", (LINE, LINE), ONE, 2)


def test_a_wrong_count_is_refused() -> None:
    with pytest.raises(WrongSumError, match="counts 2 lines and shows 1"):
        Proof("p", "says", (LINE,), ONE, 2)


def test_a_proof_that_left_nothing_out_does_not_say_so() -> None:
    with pytest.raises(WrongSumError, match="left out"):
        Proof("p", "says", (LINE,), ONE, 1, truncated=True)


def test_lines_of_two_currencies_are_no_sum() -> None:
    with pytest.raises(CurrencyMismatch):
        Proof("p", "says", (LINE, replace(LINE, amount=Money(Decimal(1), "USD"))), ONE, 2)


def test_a_proof_may_show_the_first_of_many_lines() -> None:
    assert Proof("p", "says", (LINE,), Money(Decimal("5.00")), 5, truncated=True).count == 5


def test_a_row_has_a_cell_for_each_column() -> None:
    with pytest.raises(RowLengthError, match="1 cells for 2 columns"):
        Table("T", (Column("a"), Column("b")), (Row(("x",)),))


def test_page_one_has_room_for_six_figures() -> None:
    with pytest.raises(ValueError, match="room for 6 figures, not 7"):
        Summary(tuple(FigureRow(str(n), ONE, "p") for n in range(7)))


@pytest.mark.parametrize("what", ["proofs", "sources", "chapters"])
def test_nothing_stands_in_it_twice(ordinary: Diagnosis, what: str) -> None:
    with pytest.raises(ValueError, match="twice"):
        replace(ordinary, **{what: getattr(ordinary, what) + getattr(ordinary, what)[:1]})


def test_the_chart_of_page_one_may_stand_in_a_chapter_again_but_no_other_of_its_name(
    ordinary: Diagnosis,
) -> None:
    chart = ordinary.summary.chart
    assert chart in ordinary.chapters[0].charts
    assert chart is not None
    with pytest.raises(ValueError, match="chart “by_purpose”"):
        replace(ordinary, summary=replace(ordinary.summary, chart=replace(chart, title="Another")))


def test_proofs_are_numbered_as_they_are_read(ordinary: Diagnosis) -> None:
    assert [ordinary.proof_number(one) for one in ("all", "licences", "unsure")] == [1, 2, 3]


def test_a_proof_that_nothing_cites_comes_last(ordinary: Diagnosis) -> None:
    spare = Proof("aaa", "says", (LINE,), ONE, 1)
    assert replace(ordinary, proofs=(spare, *ordinary.proofs)).proof_number("aaa") == 4


@pytest.mark.parametrize(
    ("amount", "text"), [("0", "0.00"), ("-1.5", "-1.50"), ("1E+3", "1000.00"), ("0.125", "0.125")]
)
def test_amounts_leave_exactly(amount: str, text: str) -> None:
    assert exact(Decimal(amount)) == text


# --- the written shape ------------------------------------------------------------------------------


def schema() -> dict[str, Any]:
    text = (files("pilothouse.reporting") / "diagnosis_schema.json").read_text(encoding="utf-8")
    parsed: dict[str, Any] = json.loads(text)
    return parsed


KINDS = {"string": str, "integer": int, "boolean": bool, "array": list, "object": dict, "null": type(None)}
KNOWN = {
    *("$schema", "$id", "$defs", "title", "description", "format"),
    *("$ref", "anyOf", "enum", "type", "pattern", "minLength", "minimum"),
    *("properties", "required", "additionalProperties", "items", "minItems", "maxItems"),
}


def faults(value: Any, rule: dict[str, Any], at: str = "") -> list[str]:
    """What of `value` breaks `rule`: the part of JSON Schema 2020-12 that our schema uses, and no other."""
    assert set(rule) <= KNOWN, f"the test does not know {set(rule) - KNOWN}"
    if "$ref" in rule:
        return faults(value, schema()["$defs"][rule["$ref"].removeprefix("#/$defs/")], at)
    if "anyOf" in rule:
        return [] if any(not faults(value, one, at) for one in rule["anyOf"]) else [f"{at}: fits none"]
    if "enum" in rule:
        return [] if value in rule["enum"] else [f"{at}: {value!r}"]
    if type(value) is not KINDS[rule["type"]]:
        return [f"{at}: {type(value).__name__} is no {rule['type']}"]
    return [*measure_faults(value, rule, at), *part_faults(value, rule, at)]


def measure_faults(value: Any, rule: dict[str, Any], at: str) -> list[str]:
    wrong = [
        isinstance(value, str) and not re.search(rule.get("pattern", ""), value),
        isinstance(value, str) and len(value) < rule.get("minLength", 0),
        isinstance(value, int) and value < rule.get("minimum", value),
        isinstance(value, list)
        and not rule.get("minItems", 0) <= len(value) <= rule.get("maxItems", len(value)),
    ]
    return [f"{at}: {value!r}"] if any(wrong) else []


def part_faults(value: Any, rule: dict[str, Any], at: str) -> list[str]:
    if isinstance(value, list):
        return [fault for n, one in enumerate(value) for fault in faults(one, rule["items"], f"{at}/{n}")]
    if not isinstance(value, dict) or "properties" not in rule:
        return []
    missing = [f"{at}: lacks {name}" for name in rule["required"] if name not in value]
    unknown = [f"{at}: has {name}" for name in value if name not in rule["properties"]]
    inner = [
        fault
        for name, one in value.items()
        if name in rule["properties"]
        for fault in faults(one, rule["properties"][name], f"{at}/{name}")
    ]
    return missing + unknown + inner


def test_the_answer_has_the_shape_that_is_written_down(ordinary: Diagnosis, nothing: Diagnosis) -> None:
    for diagnosis in (ordinary, nothing):
        answer = json.loads(json.dumps(as_json(diagnosis)))
        assert faults(answer, schema()) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("today", "28/02/2026"), ("sample", "no"), ("currency", "euro"), ("summary", None), ("surprise", 1)],
)
def test_the_written_shape_refuses_another(ordinary: Diagnosis, name: str, value: object) -> None:
    assert faults(as_json(ordinary) | {name: value}, schema()) != []


def test_the_written_shape_wants_amounts_as_strings(ordinary: Diagnosis) -> None:
    answer = as_json(ordinary)
    assert answer["summary"]["figures"][0]["value"] == {"amount": "1553.75", "currency": "EUR"}
    answer["summary"]["figures"][0]["value"]["amount"] = 1553.75
    assert faults(answer, schema()) == ["/summary/figures/0/value/amount: float is no string"]


def test_each_kind_of_cell_leaves_as_written(ordinary: Diagnosis) -> None:
    chapter = as_json(ordinary)["chapters"][0]
    assert chapter["tables"][0]["rows"][0]["cells"] == [
        "Licences",
        {"amount": "81.00", "currency": "EUR"},
        "0.05",
        12,
    ]
    assert chapter["charts"][0]["table"]["rows"][1]["cells"] == ["2025-10-01", None, None]


def test_a_row_with_an_amount_that_no_proof_opens_cannot_be_built() -> None:
    with pytest.raises(NoGrounds, match=r"Telephony.*2 amounts.*1 proofs"):
        Row(("Telephony", ONE, ONE), ("all",))
    with pytest.raises(NoGrounds, match="Telephony"):
        Row(("Telephony", ONE, ONE), ("all", ""))
