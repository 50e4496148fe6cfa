"""`make check`: what can be known in seconds, without running a test. All checks run; the end names what failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
LOCKS = ("requirements.lock", "requirements-dev.lock")
LONGEST_WORDS = 6000


def checks() -> dict[str, list[str]]:
    """Name and command line of each check; the slowest first, since two run at a time."""
    templates = [str(path) for path in sorted(Path("pilothouse/web/templates").rglob("*.html"))]
    return {
        "types": [str(BIN / "mypy")],
        "layers": [str(BIN / "lint-imports"), "--no-cache"],
        "style": [str(BIN / "ruff"), "check", "--quiet", "."],
        "format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "templates": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "deployment": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        "licences": [PYTHON, "-m", "tools.check_licences", *LOCKS],
        "measure": [PYTHON, "-m", "tools.measure_code"],
    }


def run_all(lines: Mapping[str, Sequence[str]], environment: Mapping[str, str]) -> list[str]:
    """Run each command, say how it went, and what those that failed said; the names of those."""

    def run(name: str) -> bool:
        start = time.monotonic()
        done = subprocess.run(lines[name], env=environment, capture_output=True, text=True, check=False)
        said = f"{done.stdout}{done.stderr}".strip()
        passed = done.returncode == 0
        words = said.splitlines()[-1] if passed and said and name in ("licences", "measure") else ""
        print(
            f"{'ok' if passed else 'FAILED':<8}{name:<12}{time.monotonic() - start:5.1f} s  {words}",
            flush=True,
        )
        if not passed:
            print(said[-LONGEST_WORDS:], flush=True)
        return passed

    with ThreadPoolExecutor(2) as two:
        passed = list(two.map(run, lines))
    return [name for name, well in zip(lines, passed, strict=True) if not well]


def main() -> int:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with tempfile.TemporaryDirectory(prefix="pilothouse-check-") as home:
        failed = run_all(checks(), {**environment, "PILOTHOUSE_HOME": home, "PILOTHOUSE_HTTPS": "1"})
    if failed:
        print(f"check: {', '.join(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
