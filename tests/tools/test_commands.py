"""`make check` and `make test` tell the truth: what failed, what did not run, and what that means in CI."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_rules.files import ROOT
from tools import apt, chromium, make_venv, postgres
from tools import test as runs
from tools.check import checks, run_all
from tools.measure_code import lengths_of_functions, measure, share_of

# --- make test --------------------------------------------------------------------------------------------------


def _run(name: str, code: int) -> runs.Run:
    return runs.Run(name, lambda: code)


def test_the_summary_names_each_run_and_what_did_not_run() -> None:
    told = runs.run_all([_run("SQLite", 0), _run("PostgreSQL", postgres.UNAVAILABLE), _run("browser", 0)])
    code, words = runs.summary(told, in_ci=False)
    assert code == 0
    assert "DID NOT RUN PostgreSQL" in words
    assert "Not tried on this machine (see above): PostgreSQL." in words


def test_what_did_not_run_is_a_failure_in_ci() -> None:
    told = runs.run_all([_run("SQLite", 0), _run("browser", chromium.UNAVAILABLE)])
    code, words = runs.summary(told, in_ci=True)
    assert code == 1
    assert words.splitlines()[-1].startswith("FAILED")


@pytest.mark.parametrize("code", [1, 2, 5, -9, 130])
def test_any_other_end_is_a_failure(code: int) -> None:
    told = runs.run_all([_run("SQLite", code), _run("browser", 0)])
    assert told["SQLite"][0] == runs.FAILED
    assert told["browser"][0] == runs.PASSED, "the others run all the same"
    assert runs.summary(told, in_ci=False)[0] == 1


def test_all_three_places_are_tried() -> None:
    assert [run.name for run in runs.runs()] == ["check", "engine", "SQLite", "PostgreSQL", "browser"]
    tried = {*runs.ON_A_DATABASE, *runs.ON_NONE, "tests/e2e"}
    there = {f"tests/{path.parent.relative_to(ROOT / 'tests').parts[0]}" for path in _tests()}
    assert tried - {"tests/accounts"} == there, (
        "every folder of tests is tried, and none is named that is not there"
    )


def _tests() -> list[Path]:
    return list((ROOT / "tests").rglob("test_*.py"))


# --- make check -------------------------------------------------------------------------------------------------


def test_every_check_runs_and_those_that_failed_are_named(capfd: pytest.CaptureFixture[str]) -> None:
    fails = [sys.executable, "-c", "print('what is wrong'); raise SystemExit(3)"]
    failed = run_all({"one": fails, "two": [sys.executable, "-c", "print('all well')"]}, os.environ)
    assert failed == ["one"]
    said = capfd.readouterr().out
    assert "what is wrong" in said
    assert "all well" not in said


def test_the_checks_are_those_we_promise() -> None:
    assert {"types", "layers", "style", "format", "templates", "migrations", "deployment", "licences"} <= set(
        checks()
    )


# --- what they need ---------------------------------------------------------------------------------------------


def test_a_chromium_that_is_named_is_tried(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    wrapper = tmp_path / "chromium"
    wrapper.write_text("#!/bin/sh\necho 'requires the chromium snap to be installed'\nexit 1\n")
    wrapper.chmod(0o755)
    monkeypatch.setenv("CHROMIUM", str(wrapper))
    assert chromium.find() == ""
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "nowhere"))
    assert chromium.find() == ""


def test_without_a_server_the_command_does_not_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres, "find_programs", lambda: None)
    monkeypatch.setattr("tools.apt.install", lambda package: False)
    assert postgres.main(["touch", str(tmp_path / "it ran")]) == postgres.UNAVAILABLE
    assert not (tmp_path / "it ran").exists()
    assert "apt-get install postgresql" in capsys.readouterr().err


@pytest.mark.skipif(postgres.find_programs() is None, reason="no PostgreSQL on this machine")
def test_a_server_lives_as_long_as_its_command() -> None:
    says_where = "import os; print(os.environ['DATABASE_URL']); raise SystemExit(7)"
    line = [sys.executable, "-m", "tools.postgres", sys.executable, "-c", says_where]
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    port = int(done.stdout.rpartition(":")[2].partition("/")[0])
    programs = postgres.find_programs()
    assert programs is not None
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    assert subprocess.call(ready) != 0, "the server is still there"


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["make_venv.py", ".venv", "requirements.lock"])
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert "needs 3.11" in str(make_venv.main())


def test_a_python_without_venv_is_told_what_to_install_and_leaves_nothing_half_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "venv"
    broken = tmp_path / "python3"
    broken.write_text(f"#!/bin/sh\nmkdir -p {place}/bin; ln -s /bin/true {place}/bin/python\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(sys, "argv", ["make_venv.py", str(place), "requirements.lock"])
    monkeypatch.setattr(sys, "executable", str(broken))
    assert "apt install python3-venv" in str(make_venv.main())
    assert not place.exists()


def test_packages_that_cannot_be_fetched_are_said_to_be_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "venv"
    (place / "bin").mkdir(parents=True)
    python = place / "bin" / "python"
    python.write_text('#!/bin/sh\n[ "$1" = -c ]\n')  # has pip, which cannot install
    python.chmod(0o755)
    monkeypatch.setattr(sys, "argv", ["make_venv.py", str(place), "requirements.lock"])
    assert "network" in str(make_venv.main())


# --- the measure ------------------------------------------------------------------------------------------------


def test_functions_are_measured_without_their_docstrings() -> None:
    text = 'def one():\n    """Says\n    what."""\n    return 1\n\nasync def two():\n    return 2\n'
    assert sorted(lengths_of_functions(text)) == [2, 2]
    assert share_of([1, 2, 3, 40], 0.5) == 3
    assert measure([text]).startswith("2 functions: half at most 2 lines, 95 % at most 2; 1 files")
    assert measure([]).startswith("0 functions")


# --- the browser ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "installed", "runs_here"),
    [([True], [], True), ([False, True], ["libatomic1"], True), ([False, False], ["libatomic1"], False)],
)
def test_what_the_driver_lacks_is_installed(
    monkeypatch: pytest.MonkeyPatch, answers: list[bool], installed: list[str], runs_here: bool
) -> None:
    asked: list[str] = []
    tries = iter(answers)
    monkeypatch.setattr(chromium, "_answers", lambda _node: next(tries))

    def install(package: str) -> bool:
        asked.append(package)
        return True

    monkeypatch.setattr(apt, "install", install)
    assert chromium.drivable() is runs_here
    assert asked == installed
