"""`make test`: all that CI runs, on SQLite, on a real PostgreSQL and in a real browser.

The engine and the readers are covered by tests that need no database: lines are not counted where pages are tried,
which would take more than twice the time. Each run is a process of its own; the summary names what passed, what failed
and what did not run and why. What did not run is a failure under `CI=true`, where a machine that lacks something
would hide it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tools import chromium
from tools.postgres import UNAVAILABLE

PYTHON = sys.executable
PYTEST = (PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider")
PARALLEL = (*PYTEST, "-n", "2", "--dist", "loadscope")
COVERED = ("pilothouse/engine", "pilothouse/intake")
# Whose modules have examples in their docstrings.
WITH_EXAMPLES = (*COVERED, "pilothouse/knowledge", "pilothouse/reporting", "pilothouse/sample")
ON_A_DATABASE = tuple(f"tests/{part}" for part in ("accounts", "house_rules", "jobs", "services", "web"))
ON_NONE = tuple(
    f"tests/{part}" for part in ("cli", "engine", "intake", "knowledge", "reporting", "sample", "tools")
)

# Not handed on: the database is chosen here, and tests that start many processes want compiled modules kept.
LEFT_OUT = ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE")

PASSED, FAILED, DID_NOT_RUN = "passed", "FAILED", "DID NOT RUN"


@dataclass(frozen=True)
class Run:
    """One run: its name, and what it is by exit code (`UNAVAILABLE` where the machine lacks what it needs)."""

    name: str
    go: Callable[[], int]


def runs() -> list[Run]:
    coverage = [part for place in COVERED for part in ("--cov", place)]
    gate = ["--cov-branch", "--cov-report", "term-missing:skip-covered", "--cov-fail-under", "100"]
    pure = [*PARALLEL, "--doctest-modules", *ON_NONE, *WITH_EXAMPLES, *coverage, *gate]
    sqlite = [*PARALLEL, "-m", "not browser", *ON_A_DATABASE]
    postgres = [PYTHON, "-m", "tools.postgres", *PARALLEL, "-m", "not browser", *ON_A_DATABASE]
    return [
        Run("check", lambda: _call([PYTHON, "-m", "tools.check"])),
        Run("engine", lambda: _call(pure)),
        Run("SQLite", lambda: _call(sqlite)),
        Run("PostgreSQL", lambda: _call(postgres)),
        Run("browser", _in_browser),
    ]


def _call(line: Sequence[str], **more: str) -> int:
    environment = {name: value for name, value in os.environ.items() if name not in LEFT_OUT}
    return subprocess.call(line, env={**environment, **more})


def _in_browser() -> int:
    path = chromium.find()
    if not path:
        print("No Chromium that runs here: apt-get install chromium, or set CHROMIUM to the path of one.")
        return UNAVAILABLE
    if not chromium.drivable():
        print("Playwright's driver does not run here: apt-get install libatomic1.")
        return UNAVAILABLE
    return _call([*PYTEST, "-m", "browser", "tests/e2e"], CHROMIUM=path)


def run_all(todo: Sequence[Run]) -> dict[str, tuple[str, float]]:
    """What became of each run, and how many seconds it took."""
    told = {}
    for run in todo:
        start = time.monotonic()
        print(f"\n=== {run.name}", flush=True)
        code = run.go()
        state = {0: PASSED, UNAVAILABLE: DID_NOT_RUN}.get(code, FAILED)
        told[run.name] = state, time.monotonic() - start
    return told


def summary(told: dict[str, tuple[str, float]], *, in_ci: bool) -> tuple[int, str]:
    """The exit code of the whole, and the words at the very end."""
    lines = [f"{state:<12}{name:<12}{seconds:6.0f} s" for name, (state, seconds) in told.items()]
    states = [state for state, _ in told.values()]
    missing = [name for name, (state, _) in told.items() if state == DID_NOT_RUN]
    if missing:
        failing = " In CI that is a failure." if in_ci else ""
        lines.append(f"Not tried on this machine (see above): {', '.join(missing)}.{failing}")
    failed = FAILED in states or (bool(missing) and in_ci)
    whole = sum(seconds for _, seconds in told.values())
    lines.append(f"{'FAILED' if failed else 'passed'} in {whole / 60:.1f} minutes")
    return (1 if failed else 0), "\n".join(lines)


def main() -> int:
    told = run_all(runs())
    code, words = summary(told, in_ci=os.environ.get("CI", "") not in ("", "false", "0"))
    print(f"\n=== summary\n{words}", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())
