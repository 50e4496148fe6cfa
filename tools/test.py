"""`make test`: all that CI runs, on SQLite, on a real PostgreSQL and in a real browser.

Each run is a process of its own; the summary names what passed, what failed and what did not run and why. What did
not run is a failure under `CI=true`, where a machine that lacks something would hide it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TOOLS = Path(__file__).resolve().parent
sys.path.insert(0, str(TOOLS))

import chromium  # noqa: E402 - beside this file
import postgres  # noqa: E402 - beside this file

PYTHON = sys.executable
PYTEST = [PYTHON, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
COVERED = ["pilothouse/engine", "pilothouse/intake"]


@dataclass
class Run:
    """One run: its name, command line, and what it is run with."""

    name: str
    line: list[str]
    more: dict[str, str] = field(default_factory=dict)


def runs() -> list[Run]:
    parallel = [*PYTEST, "-n", "2", "--dist", "loadfile", "-m", "not browser"]
    coverage = [part for place in COVERED for part in ("--cov", place)]
    gate = ["--cov-branch", "--cov-report", "term-missing:skip-covered", "--cov-fail-under", "100"]
    on_database = [f"tests/{part}" for part in ("accounts", "house_rules", "jobs", "services", "web")]
    return [
        Run("check", [PYTHON, str(TOOLS / "check.py")]),
        Run("SQLite", [*parallel, "--doctest-modules", "tests", *COVERED, *coverage, *gate]),
        Run("PostgreSQL", [PYTHON, str(TOOLS / "postgres.py"), *parallel, *on_database]),
        Run("browser", [*PYTEST, "-m", "browser", "tests/e2e"]),
    ]


def main() -> int:
    told: list[str] = []
    failed = missing = False
    for run in runs():
        start = time.monotonic()
        print(f"\n=== {run.name}", flush=True)
        code = _code_of(run)
        seconds = time.monotonic() - start
        state = {0: "passed", postgres.UNAVAILABLE: "DID NOT RUN"}.get(code, "FAILED")
        failed, missing = failed or state == "FAILED", missing or state == "DID NOT RUN"
        told.append(f"{state:<12}{run.name:<12}{seconds:6.0f} s")
    print("\n=== summary", *told, sep="\n", flush=True)
    in_ci = os.environ.get("CI", "") not in ("", "false", "0")
    if missing:
        print(
            "What did not run could not be tried on this machine (see above)."
            + (" In CI that is a failure." if in_ci else "")
        )
    return 1 if failed or (missing and in_ci) else 0


def _code_of(run: Run) -> int:
    environment = {**os.environ, **run.more}
    environment.pop("DATABASE_URL", None)
    if run.name == "browser":
        path = chromium.find()
        if not path:
            print("No Chromium that runs here; the browser tests did not run.")
            return chromium.UNAVAILABLE
        environment["CHROMIUM"] = path
    return subprocess.call(run.line, env=environment)


if __name__ == "__main__":
    sys.exit(main())
