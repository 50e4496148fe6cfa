"""A throw-away installation for a benchmark: its own data directory and database, Django set up on it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def throw_away() -> Iterator[str]:
    """Set Django up on a new SQLite database; `DATABASE_URL` may name a PostgreSQL instead."""
    with tempfile.TemporaryDirectory(prefix="pilothouse-bench-") as home:
        os.environ["PILOTHOUSE_HOME"] = home
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.config.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        yield home
