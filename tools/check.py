"""`make check`: what can be known in seconds, without running a test. All checks run; the summary names what failed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

BIN = Path(sys.executable).parent
PYTHON = sys.executable


def checks() -> dict[str, list[str]]:
    """Name and command line of each check."""
    templates = [str(path) for path in sorted(Path("pilothouse/web/templates").rglob("*.html"))]
    return {
        "ruff": [str(BIN / "ruff"), "check", "."],
        "ruff format": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
        "mypy": [str(BIN / "mypy")],
        "layers": [str(BIN / "lint-imports"), "--no-cache"],
        "templates": [str(BIN / "djade"), "--check", "--target-version", "5.2", *templates],
        "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
        "deploy": [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        "licences": [PYTHON, "tools/check_licences.py", "requirements.lock", "requirements-dev.lock"],
    }


def main() -> int:
    failed = []
    with tempfile.TemporaryDirectory(prefix="pilothouse-check-") as home:
        environment = {**os.environ, "PILOTHOUSE_HOME": home, "PILOTHOUSE_HTTPS": "1"}
        for name, line in checks().items():
            done = subprocess.run(line, env=environment, capture_output=True, text=True, check=False)
            print(f"{'ok    ' if done.returncode == 0 else 'FAILED'}  {name}", flush=True)
            if done.returncode != 0:
                failed.append(name)
                print(done.stdout[-6000:] + done.stderr[-3000:], flush=True)
    if failed:
        print(f"check: {', '.join(failed)} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
