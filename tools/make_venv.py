"""Make the virtual environment and put in it exactly what a lock file names, checked by hash.

Run by the Makefile with the system's Python: `python3 tools/make_venv.py .venv requirements.lock`. Says what to do
when Python is too old, when Debian's separate `python3-venv` is missing, or when packages cannot be fetched.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> int | str:
    """0, or words on what went wrong and what to do."""
    place, lock = Path(sys.argv[1]), sys.argv[2]
    if sys.version_info < OLDEST:
        return (
            f"Python {sys.version.split()[0]} is too old: Pilothouse needs 3.11 or newer.\n"
            "Install one (Debian, Ubuntu: sudo apt install python3.11-venv), then: make run PYTHON=python3.11"
        )
    return _make(place) or _fill(place, lock) or 0


def _make(place: Path) -> str:
    """Make the environment unless there is a whole one; words where that failed."""
    python = place / "bin" / "python"
    if python.exists() and subprocess.call([str(python), "-c", "import pip"], stderr=subprocess.DEVNULL) == 0:
        return ""
    print(f"Making a virtual environment in {place} …", flush=True)
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(place)], check=False, capture_output=True
    )
    if made.returncode == 0:
        return ""
    shutil.rmtree(place, ignore_errors=True)  # a half-made one would be taken for whole the next time
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    return (
        "The virtual environment could not be made: this Python lacks `venv`.\n"
        f"On Debian and Ubuntu: sudo apt install python3-venv (or python{version}-venv). Then try again."
    )


def _fill(place: Path, lock: str) -> str:
    """Install what the lock names, and Pilothouse itself from this folder; words where that failed."""
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq"]
    print(f"Installing what {lock} names …", flush=True)
    if subprocess.call([*pip, "--require-hashes", "-r", lock]) != 0:
        return (
            f"What {lock} names could not be installed (see above).\n"
            "Most often the network is the reason: check the connection (or the proxy), then try again."
        )
    if subprocess.call([*pip, "--no-deps", "--no-build-isolation", "--editable", "."]) != 0:
        return "Pilothouse itself could not be installed (see above)."
    return ""


if __name__ == "__main__":
    sys.exit(main())
