"""`pilothouse ask`: files in, JSON out, the right exit code, and a start without Django."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli import ask
from pilothouse.cli.ask import QUESTIONS, read
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.cli.main import COMMANDS, main
from pilothouse.intake.recognise import LARGEST_FILE

CODA = Path(__file__).parents[1] / "cases" / "coda" / "small.cod"
REPOSITORY = Path(__file__).parents[2]
SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", REPOSITORY.parent / "shared")) / "data"
UBL = """<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>F-7</cbc:ID></Invoice>"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(CODA, tmp_path / "bank.cod")
    (tmp_path / "invoice.xml").write_text(UBL, "utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7")
    return tmp_path


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any], str]:
    code = main(["ask", *arguments])
    out, err = capsys.readouterr()
    return code, json.loads(out), err


def test_several_files_are_answered_in_their_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [str(folder / name) for name in ("invoice.xml", "scan.pdf", "bank.cod")]
    code, said, messages = answer(capsys, "read", *files)
    assert code == 0
    assert [(paper["file"], paper["kind"]) for paper in said["documents"]] == [
        (files[0], "invoice"),
        (files[2], "statement"),
    ]
    assert [(problem["file"], problem["rule"]) for problem in said["problems"]] == [(files[1], "pdf.broken")]
    assert "scan.pdf: " in messages


def test_a_statement_has_the_documented_shape(capsys: pytest.CaptureFixture[str]) -> None:
    _, said, messages = answer(capsys, "read", str(CODA))
    (statement,) = said["documents"]
    assert messages == ""
    assert statement["account"] == "BE68539007547034"
    assert statement["opening"] == {"date": "2026-03-01", "amount": "1000.00"}
    assert statement["closing"] == {"date": "2026-03-02", "amount": "1099.125"}
    assert [movement["amount"] for movement in statement["movements"]] == ["-121.00", "250.125", "-30.00"]
    assert statement["movements"][0]["structured"] == "090933755493"


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("nowhere.xml", "file.missing"),
        (".", "file.folder"),
        ("scan.pdf", "pdf.broken"),
        ("scan.pdf/x", "file.unreadable"),
        ("a\0b", "file.missing"),
    ],
)
def test_what_cannot_be_used_is_a_problem_and_exit_1(
    folder: Path, name: str, rule: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, said, messages = answer(capsys, "read", str(folder / name) if name != "a\0b" else name)
    assert (code, said["documents"]) == (1, [])
    assert [problem["rule"] for problem in said["problems"]] == [rule]
    assert f"[{rule}]" in messages


def test_a_file_one_may_not_read_is_a_problem(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def denied(*_: object, **__: object) -> Iterator[bytes]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", denied)
    code, said, _ = answer(capsys, "read", str(folder / "bank.cod"))
    assert (code, said["problems"][0]["rule"]) == (1, "file.permission")


def test_a_file_of_many_megabytes_is_not_taken_into_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = tmp_path / "large.xml"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)  # a hole: takes no room on the disk
    code, said, _ = answer(capsys, "read", str(large))
    assert (code, said["problems"][0]["rule"]) == (1, "file.too_big")


def test_a_statement_that_does_not_add_up_is_said_on_stderr_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = tmp_path / "wrong.cod"
    wrong.write_bytes(CODA.read_bytes().replace(b"0000000001099125", b"0000000001099999"))
    code, said, messages = answer(capsys, "read", str(wrong))
    assert (code, said["problems"]) == (0, [])
    assert said["documents"][0]["problems"][0]["rule"] == "coda.balance"
    assert "wrong.cod, line 1: The balances do not hold" in messages


def test_a_dash_is_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CODA.read_bytes())))
    code, said, _ = answer(capsys, "read", "-")
    assert (code, said["documents"][0]["file"]) == (0, "-")


def test_standard_input_has_the_same_limit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(read, "LARGEST_FILE", 100)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CODA.read_bytes())))
    code, said, _ = answer(capsys, "read", "-")
    assert (code, said["problems"][0]["rule"]) == (1, "file.too_big")


def test_a_file_name_that_is_not_utf_8_comes_out_escaped(tmp_path: Path) -> None:
    name = os.fsdecode(bytes(tmp_path) + b"/caf\xe9.cod")
    shutil.copy(CODA, name)
    run = subprocess.run(
        [sys.executable, "-m", "pilothouse", "ask", "read", name],
        capture_output=True,
        cwd=REPOSITORY,
        check=True,
    )
    assert json.loads(run.stdout)["documents"][0]["file"] == name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "COMMAND"),
        (["fly"], "COMMAND"),
        (["--", "ask"], "Name the command first"),
        (["ask"], "QUESTION"),
        (["ask", "fly", "x"], "QUESTION"),
        (["ask", "read"], "Which files?"),
        (["ask", "classify", "x", "y"], "one file at a time"),
        (["ask", "read", "x", "--today", "tomorrow"], "is not a day"),
        (["ask", "read", "x", "--seed", "x"], "--seed"),
        (
            ["ask", "schema"],
            "Which schema? One of: read, decision, contract, advice, costs, classify, diagnose.",
        ),
        (["ask", "schema", "fly"], "Which schema?"),
    ],
)
def test_wrong_usage_is_said_with_exit_2(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsys.readouterr()
    assert (ended.value.code, out) == (2, "")
    assert words in err


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "--help"], ["--version"]])
def test_help_is_on_stdout_with_exit_0(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 0
    assert "pilothouse" in capsys.readouterr().out


def test_today_and_seed_reach_the_question(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Asked] = []

    def remember(with_what: Asked) -> Answer:
        asked.append(with_what)
        return Answer({})

    monkeypatch.setattr(read, "answer", remember)
    assert main(["ask", "read", "x", "--today", "2026-03-31", "--seed", "7"]) == 0
    assert (asked[0].today.isoformat(), asked[0].seed, asked[0].files) == ("2026-03-31", 7, ("x",))


def test_a_later_question_adds_its_line_to_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(QUESTIONS, "again", QUESTIONS["read"])
    assert answer(capsys, "again", str(CODA))[0] == 0


def test_asking_needs_neither_django_nor_the_xml_library_for_a_bank_file() -> None:
    script = (
        "import sys; from pilothouse.cli.main import main; main(); "
        "print([m for m in ('django', 'lxml', 'pilothouse.records') if m in sys.modules], file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, "ask", "read", str(CODA)],
        capture_output=True,
        cwd=REPOSITORY,
        check=True,
    )
    assert run.stderr.decode().strip() == "[]"


def test_a_reader_that_leaves_early_is_no_traceback() -> None:
    run = subprocess.run(
        f"{sys.executable} -m pilothouse ask read {' '.join([str(CODA)] * 200)} | head -c 10",
        shell=True,
        capture_output=True,
        cwd=REPOSITORY,
        check=True,
    )
    assert run.stderr == b""


def test_only_the_chosen_command_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(COMMANDS, "run", ("not to be loaded", "pilothouse.no_such_module"))
    assert main(["ask", "schema", "read"]) == 0
    with pytest.raises(ModuleNotFoundError):
        main(["run"])


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> Answer:
        raise KeyboardInterrupt

    monkeypatch.setattr(read, "answer", interrupted)
    assert main(["ask", "read", "x"]) == 130


# --- the schema


def breaches(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str = "$") -> list[str]:
    """Where `value` does not fit `schema`: the part of draft 2020-12 that our schemas use.

    Stricter than the draft in one thing: every key of an object must be declared, none is undocumented.
    """
    schema = resolved(schema, root)
    if "anyOf" in schema or "oneOf" in schema:
        found = [breaches(value, option, root, path) for option in schema.get("anyOf") or schema["oneOf"]]
        return [] if any(not each for each in found) else min(found, key=len)
    if "enum" in schema or "const" in schema:
        return (
            []
            if value in schema.get("enum", [schema.get("const")])
            else [f"{path}: {value!r} is not declared"]
        )
    return [*type_breaches(value, schema, path), *inner_breaches(value, schema, root, path)]


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return resolved(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root)
    if "allOf" in schema:
        parts = [resolved(part, root) for part in schema["allOf"]]
        return {
            "type": "object",
            "properties": {name: each for part in parts for name, each in part["properties"].items()},
            "required": [name for part in parts for name in part["required"]],
        }
    return schema


def type_breaches(value: Any, schema: dict[str, Any], path: str) -> list[str]:
    types: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
    }
    types |= {"object": dict, "array": list}
    declared = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(isinstance(value, types[each]) for each in declared):
        return [f"{path}: {value!r} is not {declared}"]
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        return [f"{path}: {value!r} does not fit {schema['pattern']}"]
    return []


def inner_breaches(value: Any, schema: dict[str, Any], root: dict[str, Any], path: str) -> list[str]:
    if isinstance(value, list) and "items" in schema:
        return [
            each
            for n, item in enumerate(value)
            for each in breaches(item, schema["items"], root, f"{path}[{n}]")
        ]
    if not isinstance(value, dict) or "properties" not in schema:
        return []
    missing = [f"{path}.{name} is missing" for name in schema.get("required", ()) if name not in value]
    unknown = [f"{path}.{name} is not in the schema" for name in value if name not in schema["properties"]]
    known = [
        each
        for name, part in schema["properties"].items()
        if name in value
        for each in breaches(value[name], part, root, f"{path}.{name}")
    ]
    return [*missing, *unknown, *known]


def schema_of(question: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    code, schema, _ = answer(capsys, "schema", question)
    assert code == 0
    return schema


def test_the_schema_of_read_says_its_draft_for_input_and_output(capsys: pytest.CaptureFixture[str]) -> None:
    schema = schema_of("read", capsys)
    assert set(schema) == {"input", "output"}
    for part in schema.values():
        assert part["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_what_is_answered_fits_the_schema(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = schema_of("read", capsys)["output"]
    said = answer(capsys, "read", *map(str, sorted(folder.iterdir())))[1]
    assert len(said["documents"]) == 2
    assert breaches(said, output, output) == []


def test_a_breach_of_the_schema_is_found(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = schema_of("read", capsys)["output"]
    said = answer(capsys, "read", str(folder / "bank.cod"), str(folder / "scan.pdf"))[1]
    statement, problem = said["documents"][0], said["problems"][0]
    del statement["account"]
    statement["extra"] = 1
    statement["movements"][0]["amount"] = "1.5"
    problem["level"] = "fatal"
    problem["file"] = None
    found = "\n".join(breaches(said, output, output))
    for place in (
        "account is missing",
        "extra is not in the schema",
        "movements[0].amount",
        "level",
        "file: None",
    ):
        assert place in found


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.is_dir(), reason=f"no real files: {SHARED} is absent")
def test_every_real_file_is_answered_in_the_shape_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    output = schema_of("read", capsys)["output"]
    files = [path for part in ("einvoices", "bank") for path in (SHARED / part).rglob("*") if path.is_file()]
    code, said, _ = answer(capsys, "read", *map(str, sorted(files)))
    assert code == 0
    assert breaches(said, output, output) == []
    answered = {each["file"] for each in (*said["documents"], *said["problems"])}
    assert answered == set(map(str, files))


def test_a_schema_that_is_not_installed_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(ask.OTHER_SCHEMAS, "diagnose", tmp_path / "absent.json")
    assert main(["ask", "schema", "diagnose"]) == 1
    assert "not part of this installation" in capsys.readouterr().err


def test_the_schema_of_the_diagnosis_is_printed_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "schema.json").write_text('{"title": "a diagnosis"}', "utf-8")
    monkeypatch.setitem(ask.OTHER_SCHEMAS, "diagnose", tmp_path / "schema.json")
    assert schema_of("diagnose", capsys) == {"title": "a diagnosis"}


def test_an_archive_and_a_mail_give_the_papers_packed_in_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from email.message import EmailMessage

    post = EmailMessage()
    post["From"], post["Subject"] = "a@leverancier.example", "Factuur"
    post.add_attachment(UBL.encode(), maintype="application", subtype="xml", filename="f.xml")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("post.eml", bytes(post))
        archive.writestr("bank.cod", CODA.read_bytes())
    file = str(tmp_path / "all.zip")
    _, said, _ = answer(capsys, "read", file)
    names = [(paper["file"], paper["kind"]) for paper in said["documents"]]
    assert names == [(f"{file} › post.eml › f.xml", "invoice"), (f"{file} › bank.cod", "statement")]
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    code, said, _ = answer(capsys, "read", str(tmp_path / "empty.zip"))
    assert (code, [problem["rule"] for problem in said["problems"]]) == (1, ["zip.empty"])
