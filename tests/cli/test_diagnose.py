"""`pilothouse diagnose`, as a process of its own on folders good and bad: what it prints, writes and leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pilothouse.cli.main import main
from pilothouse.sample import sample_papers
from tests.conftest import TODAY
from tests.reporting.test_diagnosis import faults, schema
from tests.services.small_papers import bill


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a year of one bank account and some invoices of the sample, in folders."""
    root = tmp_path_factory.mktemp("papers")
    papers = list(sample_papers(TODAY))
    bank = [paper for paper in papers if paper.name.startswith("bank/")][-6:]
    for paper in (*bank, *papers[400:440]):
        (root / paper.name).parent.mkdir(parents=True, exist_ok=True)
        (root / paper.name).write_bytes(paper.data)
    return root


def diagnose(*args: object, home: Path, **more: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "pilothouse", "diagnose", *map(str, args), "--today", TODAY.isoformat()]
    environment = {**os.environ, "PILOTHOUSE_HOME": str(home), **more}
    environment.pop("DATABASE_URL", None)
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    repository = Path(__file__).resolve().parents[2]
    environment["PYTHONPATH"] = str(repository)
    return subprocess.run(
        line, cwd=home, env=environment, capture_output=True, text=True, timeout=180, check=False
    )


def answer(ended: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert ended.returncode == 0, ended.stderr
    content: dict[str, Any] = json.loads(ended.stdout)
    assert faults(content, schema()) == []
    return content


def test_a_folder_becomes_a_pdf_and_nothing_else_is_left(folder: Path, tmp_path: Path) -> None:
    ended = diagnose(folder, home=tmp_path)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == ""
    assert (tmp_path / "diagnosis.pdf").read_bytes().startswith(b"%PDF-")
    assert [path.name for path in tmp_path.iterdir()] == ["diagnosis.pdf"]
    assert "46 files to read" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_json_goes_to_stdout_and_a_company_is_kept_and_counted_once(folder: Path, tmp_path: Path) -> None:
    first = answer(diagnose(folder, "--json", "--company", "Zonwering", home=tmp_path))
    assert first["company"] == "Zonwering"
    assert (tmp_path / "pilothouse.sqlite3").exists()
    assert not (tmp_path / "diagnosis.pdf").exists()
    again = diagnose(folder, "--json", "--company", "Zonwering", "--out", "kept.pdf", home=tmp_path)
    assert "Was here already: 46 files." in again.stderr
    second = answer(again)
    assert (tmp_path / "kept.pdf").read_bytes().startswith(b"%PDF-")
    assert second["summary"] == first["summary"]
    assert second["proofs"] == first["proofs"]


GARBAGE = {
    "binary.dat": bytes(range(256)) * 40,
    "empty.xml": b"",
    "cut.xml": bill("Zeeblik BV")[:900],
    "paper.pdf": b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n",
    "bomb.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (c, b"&%c;" % (c - 1) * 10) for c in range(98, 108))
    + b"]><Invoice>&k;</Invoice>",
    "outside.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Invoice>&e;</Invoice>',
    "deep.xml": b"<Invoice>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</Invoice>",
    "nul.cod": b"0000001012600101005" + b"\x00" * 109 + b"\n",
}


def test_garbage_is_named_file_by_file_and_the_good_paper_counts(tmp_path: Path) -> None:
    papers, home = tmp_path / "papers", tmp_path / "home"
    papers.mkdir()
    home.mkdir()
    for name, data in GARBAGE.items():
        (papers / name).write_bytes(data)
    (papers / "good.xml").write_bytes(bill("Microsoft Ireland", net="250"))
    (papers / "caf\udce9.xml").write_bytes(bill("Zeeblik BV", what="Strandstoelen", net="50"))
    ended = diagnose(papers, "--json", home=home)
    content = answer(ended)
    told = [line for line in ended.stderr.splitlines() if line.startswith("Not read: ")]
    assert sorted(line.split(": ")[1] for line in told) == sorted(GARBAGE)
    assert "root:" not in ended.stderr + ended.stdout
    spending = next(figure for figure in content["summary"]["figures"] if figure["label"] == "All spending")
    assert spending["value"]["amount"] == "300.00"


# --- what cannot be begun ---------------------------------------------------------------------------------------


def test_an_empty_folder_gives_no_diagnosis_and_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    ended = diagnose(tmp_path / "papers", home=tmp_path)
    assert ended.returncode == 1
    assert "there is no diagnosis" in ended.stderr
    assert "Put in invoices" in ended.stderr
    assert not (tmp_path / "diagnosis.pdf").exists()


def test_a_folder_of_nothing_but_garbage_gives_no_diagnosis(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.txt").write_text("Geachte,")
    ended = diagnose(tmp_path / "papers", "--json", home=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Not read: a.txt: " in ended.stderr


def test_a_file_in_place_of_a_folder_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(b"x")
    assert main(["diagnose", str(file)]) == 2
    assert "is not a folder" in capsys.readouterr().err
    assert main(["diagnose", str(tmp_path / "nowhere")]) == 2
    assert "is not a folder" in capsys.readouterr().err


def test_a_folder_that_may_not_be_opened_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    assert main(["diagnose", str(tmp_path)]) == 2
    assert "cannot be opened (Permission denied)" in capsys.readouterr().err


@pytest.mark.parametrize("out", ["missing/diagnosis.pdf", "."])
def test_a_place_that_cannot_be_written_is_said_before_the_work_begins(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], out: str
) -> None:
    assert main(["diagnose", str(tmp_path), "--out", str(tmp_path / out)]) == 2
    said = capsys.readouterr().err
    assert "cannot be written" in said
    assert "--out" in said
