"""`make lock`: choose versions anew and write both lock files, with hashes and without any address of a registry."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

LINE = ["pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--upgrade"]
QUIET = ["--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="pilothouse-lock-") as place:
        subprocess.run([sys.executable, "-m", "venv", place], check=True)
        subprocess.run([f"{place}/bin/pip", "install", "--quiet", "uv"], check=True)
        uv = [str(Path(place) / "bin" / "uv"), *LINE, *QUIET]
        subprocess.run([*uv, "--group", "build", "pyproject.toml", "-o", "requirements.lock"], check=True)
        lower = ["--constraint", "requirements.lock"]
        subprocess.run(
            [*uv, "--group", "dev", "pyproject.toml", *lower, "-o", "requirements-dev.lock"], check=True
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
