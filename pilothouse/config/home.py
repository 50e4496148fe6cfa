"""Where an installation keeps its data, and the secret it signs with.

`PILOTHOUSE_HOME` decides; without it a checkout uses `./var` and an installed package the user's data directory.
"""

from __future__ import annotations

import os
import secrets
import tempfile
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
    return kept_secret(directory / "secret_key", 50)


def kept_secret(file: Path, length: int) -> str:
    """A secret of this installation, made once and readable by its owner only.

    It is written whole under another name and then linked, so that of two starts at once both read the same one and
    a start cut off in between leaves none behind.
    """
    if not file.exists():
        descriptor, draft = tempfile.mkstemp(dir=file.parent)  # readable by its owner only
        with os.fdopen(descriptor, "w") as new:
            new.write(secrets.token_urlsafe(length))
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # somebody else was first: theirs holds
        finally:
            os.unlink(draft)
    return file.read_text().strip()
