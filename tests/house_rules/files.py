"""The files the house rules look at: those that git keeps, as text."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_NOT_KEPT = {".venv", "var", "build", "dist", "__pycache__", ".git"}


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file of the repository; without git, every file that is not made by a command."""
    line = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(line, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not _NOT_KEPT & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def python_files(*folders: str) -> dict[str, str]:
    """Path below the root and text of each Python file in these folders, migrations aside."""
    return {
        str(path.relative_to(ROOT)): path.read_text()
        for path in kept_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "migrations" not in path.parts
    }


def files_below(folder: str, ending: str) -> dict[str, str]:
    """Path below `folder` and text of each file there with that ending."""
    base = ROOT / folder
    return {
        str(path.relative_to(base)): path.read_text()
        for path in kept_files()
        if path.is_relative_to(base) and path.name.endswith(ending)
    }
