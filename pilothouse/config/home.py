"""Where an installation keeps its data, and the secret it signs with.

`PILOTHOUSE_HOME` decides; without it a checkout uses `./var` and an installed package the user's data directory.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from platformdirs import user_data_path

PACKAGE = Path(__file__).resolve().parent.parent


def home() -> Path:
    """The data directory; created, readable by its owner only."""
    named = os.environ.get("PILOTHOUSE_HOME")
    if named:
        directory = Path(named).expanduser().resolve()
    elif (PACKAGE.parent / "manage.py").exists() and (PACKAGE.parent / "pyproject.toml").exists():
        directory = PACKAGE.parent / "var"
    else:
        directory = user_data_path("pilothouse", appauthor=False)
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    return directory


def secret_key(directory: Path) -> str:
    """The key that signs sessions; made once per installation and kept beside the data."""
    file = directory / "secret_key"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text().strip()
    with os.fdopen(descriptor, "w") as new:
        key = secrets.token_urlsafe(50)
        new.write(key)
    return key
