"""Installations of their own for tests that kill: a data directory and a database, both easy to copy.

On SQLite the database lies in the data directory; on PostgreSQL (where DATABASE_URL names a server) each
installation has a database beside the named one, copied with `CREATE DATABASE … TEMPLATE` and dropped at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

REPOSITORY = Path(__file__).resolve().parent.parent.parent
_NUMBERS = count()


def server() -> str:
    """The address of the PostgreSQL these tests run on; empty on SQLite."""
    url = os.environ.get("DATABASE_URL", "")
    return url if url.startswith("postgres") else ""


@dataclass
class Installation:
    """One data directory with its database."""

    home: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """What a process that works on it is started with."""
        url = f"sqlite:///{self.home / 'pilothouse.sqlite3'}"
        if self.database:
            url = urlsplit(server())._replace(path=f"/{self.database}").geturl()
        return {
            **os.environ,
            "PILOTHOUSE_HOME": str(self.home),
            "DATABASE_URL": url,
            "DJANGO_SETTINGS_MODULE": "pilothouse.config.settings",
            **self.more,
        }

    def do(self, deed: str, *rest: object) -> Any:
        """What `household` says after a deed; a failure is told with what it wrote."""
        line = [sys.executable, "-m", "tests.services.household", deed, *map(str, rest)]
        ended = subprocess.run(
            line,
            cwd=REPOSITORY,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr[-3000:]
        return json.loads(ended.stdout)

    def ask(self, query: str) -> tuple[Any, ...] | None:
        """One row of the database, asked quickly and beside whoever works on it."""
        if self.database:
            import psycopg

            with psycopg.connect(self.environment["DATABASE_URL"]) as beside:
                return beside.execute(query.encode()).fetchone()
        with closing(sqlite3.connect(self.home / "pilothouse.sqlite3", timeout=30)) as there:
            row: tuple[Any, ...] | None = there.execute(query).fetchone()
            return row


@contextmanager
def installation(folder: Path, like: Installation | None = None) -> Iterator[Installation]:
    """An empty installation, or a copy of one on which no process works."""
    home = folder / f"home-{next(_NUMBERS)}"
    if like is None:
        home.mkdir()
    else:
        shutil.copytree(like.home, home)
    name = f"pilothouse_test_{os.getpid()}_{next(_NUMBERS)}" if server() else ""
    if name:
        template = f' TEMPLATE "{like.database}"' if like else ""
        _tell_server(f'CREATE DATABASE "{name}"{template}')
    try:
        yield Installation(home, name)
    finally:
        if name:
            _tell_server(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(home, ignore_errors=True)


def _tell_server(sentence: str) -> None:
    import psycopg

    with psycopg.connect(server(), autocommit=True) as connection:
        connection.execute(sentence.encode())
