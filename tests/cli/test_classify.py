"""`ask classify`: every line answered in its order, whatever the file looks like; what cannot be used is said."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.cli.ask import classify
from pilothouse.cli.ask.classify import account_of, answers_to, find_columns, vendor_of
from pilothouse.cli.ask.terms import Asked
from pilothouse.cli.main import main
from pilothouse.engine.spend.vendors import KnownVendors
from pilothouse.knowledge import categories, functions, purposes, spend_knowledge, towers
from tests.cli.test_ask import breaches, schema_of

LINES = [
    ("Microsoft Ireland", "Microsoft 365", "it"),
    ("Colruyt", "koffie", "not"),
    ("Bakkerij Zonnebloem", "sandwiches", "not"),
    ("Zonnebloem", "webhosting pakket", "it"),
]


def ask(
    tmp_path: Path, content: str | bytes, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, Any]], str]:
    file = tmp_path / "lines.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    code = main(["ask", "classify", str(file)])
    out, err = capsys.readouterr()
    return code, [json.loads(line) for line in out.splitlines()] if code == 0 else [json.loads(out)], err


def table(delimiter: str = ",") -> str:
    rows = [delimiter.join(("vendor", "description")), *(delimiter.join(line[:2]) for line in LINES)]
    return "\n".join(rows) + "\n"


def as_expected(said: list[dict[str, Any]]) -> None:
    assert [each["row"] for each in said] == [1, 2, 3, 4]
    assert [each["would_say"] for each in said] == [line[2] == "it" for line in LINES]


@pytest.mark.parametrize(
    "content",
    [
        table().encode(),
        table(";").encode(),
        table("\t").encode(),
        table("|").encode(),
        b"\xef\xbb\xbf" + table().encode(),
        table().encode("utf-16"),
        table().replace("\n", "\r\n").encode(),
        b"sep=;\n" + table(";").encode(),
        table().replace("vendor", "SUPPLIER ").encode(),
        table().replace("\n", "\n\n").encode(),
        table().replace("Zonnebloem", "Zonnebloém").encode("cp1252"),
    ],
)
def test_any_usual_form_of_csv_is_answered(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, messages = ask(tmp_path, content, capsys)
    assert (code, messages) == (0, "")
    as_expected(said)


def test_what_is_answered_fits_the_schema_and_points_to_what_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said, _ = ask(tmp_path, table(), capsys)
    output = schema_of("classify", capsys)["output"]
    assert [breaches(each, output, output) for each in said] == [[]] * 4
    first = said[0]
    assert first["is_it"] is True
    assert first["vendor"] == "Microsoft"
    assert first["purpose"] in {purpose.key for purpose in purposes()}
    assert (first["function"] in functions(), first["tower"] in towers()) == (True, True)
    assert first["category"] == "software_licences"
    assert {each["kind"] for each in first["because"]} >= {"vendor"}
    assert (said[1]["category"], said[1]["purpose"], said[1]["tower"]) == (None, None, None)


def test_the_schema_knows_every_category(capsys: pytest.CaptureFixture[str]) -> None:
    line = schema_of("classify", capsys)["output"]["$defs"]["line"]
    assert line["properties"]["category"]["enum"] == [*categories(), None]


def test_the_columns_stand_in_any_order_and_others_are_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = 'amount,cost centre,description,date,vendor\n"1.234,50",x,Microsoft 365,2026-01-05,Zonnebloem\n'
    code, said, messages = ask(tmp_path, content, capsys)
    assert (code, said[0]["purpose"], said[0]["vendor"]) == (0, "office_suite", "Zonnebloem")
    assert messages == f"{tmp_path / 'lines.csv'}: columns not used: “cost centre”\n"


def test_many_unknown_columns_are_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = f"vendor,{','.join(f'c{n}' for n in range(50))}\nMicrosoft\n"
    code, said, messages = ask(tmp_path, content, capsys)
    assert (code, said[0]["would_say"]) == (0, True)
    assert "“c19” and 30 more" in messages


def test_a_row_of_empty_cells_is_answered_and_a_blank_line_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said, _ = ask(tmp_path, "vendor,amount\nMicrosoft,1\n,\n\nColruyt\n", capsys)
    assert [(each["row"], each["vendor"]) for each in said] == [(1, "Microsoft"), (2, None), (3, "Colruyt")]
    assert (said[1]["is_it"], said[1]["would_say"]) == (None, False)


def test_headings_without_lines_are_answered_with_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ask(tmp_path, "vendor,amount\n", capsys)[:2] == (0, [])


def test_one_column_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said, _ = ask(tmp_path, 'vendor\nMicrosoft\n"Colruyt, Halle"\n', capsys)
    assert (code, [each["vendor"] for each in said]) == (0, ["Microsoft", "Colruyt"])
    assert ask(tmp_path, "account\n612300 software licences\n", capsys)[1][0]["would_say"] is True


@pytest.mark.parametrize(
    ("content", "rule", "words"),
    [
        (b"", "classify.empty", "The first line must hold headings"),
        (b"\xef\xbb\xbf\n\n", "classify.empty", "is empty"),
        (b"name,total\nMicrosoft,1\n", "classify.headings", "“name”, “total”"),
        (b"date,amount\n2026-01-01,1\n", "classify.headings", "who was paid or for what"),
        (b"PK\x03\x04rest", "classify.format", "save it as CSV"),
        (b"%PDF-1.7", "classify.format", "not a CSV file"),
        (bytes(range(256)) * 4, "classify.headings", "vendor"),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_exit_1(
    tmp_path: Path, content: bytes, rule: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, (said,), messages = ask(tmp_path, content, capsys)
    assert (code, [problem["rule"] for problem in said["problems"]]) == (1, [rule])
    assert words in said["problems"][0]["message"]
    assert f"[{rule}]" in messages
    output = schema_of("classify", capsys)["output"]
    assert breaches(said, output, output) == []


def test_a_missing_file_is_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "classify", str(tmp_path / "nowhere.csv")]) == 1
    assert json.loads(capsys.readouterr().out)["problems"][0]["rule"] == "file.missing"


def test_a_truncated_file_is_answered_as_far_as_it_goes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, messages = ask(tmp_path, table() + '"Zonnebloem', capsys)
    assert (code, len(said)) == (0, 5)
    assert "[table.quote]" in messages


def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(table().encode())))
    assert main(["ask", "classify", "-"]) == 0
    as_expected([json.loads(line) for line in capsys.readouterr().out.splitlines()])


def test_a_vat_number_finds_the_vendor_it_belongs_to() -> None:
    known = KnownVendors(spend_knowledge().vendors)
    number = next(v for v in spend_knowledge().vendors if v.vat_ids and v.vat_ids[0].startswith("BE"))
    found = vendor_of(number.vat_ids[0], known)
    assert (found.known, found.known_by) == (number, "identifier")
    assert vendor_of("Zonnebloem", known).known is None


def test_an_account_has_a_code_a_name_or_both() -> None:
    said = [account_of(text) for text in ("612.300 - Licences", "6123", "IT costs", "")]
    assert [(a.code, a.name) for a in said] == [
        ("612.300", "Licences"),
        ("6123", ""),
        ("", "IT costs"),
        ("", ""),
    ]


def test_of_two_columns_for_one_thing_the_first_counts() -> None:
    assert find_columns(["vendor", "Supplier", "vendor"]) == ({"vendor": 0}, ["Supplier", "vendor"])


def test_many_lines_take_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = "date,supplier,amount\n" + "".join(
        f"2026-01-{day % 28 + 1:02},Zonnebloem {day % 5000} Systems,{day}.00\n" for day in range(70_000)
    )
    before = time.process_time()
    code, said, _ = ask(tmp_path, content, capsys)
    assert (code, len(said)) == (0, 70_000)
    assert time.process_time() - before < 20


def test_where_a_line_says_no_more_its_amount_moves_the_category_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What a known firm is paid is booked by its size; words or an account of the line go first."""
    (small,), (large,) = (
        ask(tmp_path, f"vendor,amount\nMicrosoft,{amount}\n", capsys)[1] for amount in ("45.00", "250000.00")
    )
    assert (small["category"], large["category"]) == ("software_licences", "it_general")
    assert large["because"][-1]["kind"] == "payments"
    assert small["because"] == large["because"][:-1]
    rest = ("is_it", "would_say", "confidence", "purpose", "function")
    assert [small[name] for name in rest] == [large[name] for name in rest]


def test_words_and_accounts_of_a_line_go_before_its_amount(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = "Microsoft,Microsoft 365,,250000\nMicrosoft,,612300 licences,250000\nColruyt,,,250000\n"
    _, said, _ = ask(tmp_path, f"vendor,description,account,amount\n{rows}", capsys)
    assert [each["category"] for each in said] == ["software_licences", "software_licences", None]


@pytest.mark.parametrize(
    "words",
    [
        "lease car", "car insurance", "rail tickets", "energy bill", "fuel card", "office lunch",
        "location longue durée véhicule", "assurance RC", "billet de train", "carte carburant", "plateau repas",
        "huurwagen", "autoverzekering", "treinkaart", "tankkaart", "belegde broodjes",
        "Autoleasing", "Leasingrate PKW", "Haftpflicht", "Fahrkarte", "Tankkarte", "Stromrechnung",
    ],
)  # fmt: skip
def test_cars_insurance_trains_and_food_are_not_asked(words: str) -> None:
    said = classify.recogniser()(("Peeters & Zoon", words, ""))
    assert (said["is_it"], said["because"][0]["kind"]) == (False, "word")


def test_an_amount_that_cannot_be_read_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, said, _ = ask(tmp_path, "vendor,amount\nComputacenter,a lot\nComputacenter\n", capsys)
    assert [each["category"] for each in said] == ["hardware", "hardware"]
    assert said[0]["because"] == said[1]["because"]


AMOUNTS = ("12,50", "1.234,00", "-3", "(99.99)", "0", "9" * 40, "")
cells = st.text(max_size=40)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.tuples(cells, cells, cells), cells | st.sampled_from(AMOUNTS)), max_size=5))
def test_any_text_has_an_answer_and_the_order_of_lines_does_not_matter(
    lines: list[tuple[tuple[str, str, str], str]],
) -> None:
    said = [json.loads(each) for each in answers_to(lambda: lines)]
    assert [each["row"] for each in said] == list(range(1, len(lines) + 1))
    assert all(0 <= each["confidence"] <= 1 and each["because"] for each in said)
    assert all((each["category"] is None) or each["would_say"] for each in said)
    backwards = [json.loads(each) for each in answers_to(lambda: lines[::-1])]
    assert [{**each, "row": 0} for each in backwards[::-1]] == [{**each, "row": 0} for each in said]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_below_the_headings_are_answered(data: bytes) -> None:
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        file.write(b"vendor,amount\n" + data)
        file.flush()
        answer = classify.answer(Asked((file.name,), date(2026, 1, 1), 1))
    rows = [json.loads(line)["row"] for line in answer.lines or ()]
    assert answer.answered == (rows == list(range(1, len(rows) + 1)))
