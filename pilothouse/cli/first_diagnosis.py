"""A folder to a diagnosis, through the same services as the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first
from django.utils import timezone  # noqa: E402

from pilothouse.accounts.models import Company  # noqa: E402
from pilothouse.records.models import Import, ImportFile  # noqa: E402
from pilothouse.reporting.diagnosis import Diagnosis, as_json  # noqa: E402
from pilothouse.reporting.pdf import pdf  # noqa: E402
from pilothouse.services import diagnosis, intake  # noqa: E402

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Made:
    """A diagnosis as JSON, and as PDF when asked for."""

    diagnosis: Diagnosis

    @property
    def content(self) -> dict[str, Any]:
        return as_json(self.diagnosis)

    def pdf(self) -> bytes:
        return pdf(self.diagnosis)


def make(folder: Path, *, company: str, today: date | None, language: str, say: Say) -> Made | None:
    """Take the folder in and diagnose; None where nothing could be read."""
    call_command("migrate", interactive=False, verbosity=0)
    day = today or timezone.localdate()
    firm = diagnosis.company_named(company) if company else Company.objects.create(name="", slug="folder")
    batch = intake.receive(firm, intake.files_of(folder), by=None, origin="folder")
    say(f"{batch.files_total} files to read …")
    intake.take_in(batch.pk, today=day)
    _say_what_became(batch, say)
    found = diagnosis.of(firm, today=day, language=language)
    return Made(found) if found is not None else None


def _say_what_became(batch: Import, say: Say) -> None:
    """One line per file that was not taken in, and how many were."""
    for file in batch.files.filter(outcome=ImportFile.Outcome.REFUSED).order_by("pk"):
        reason = file.problems[0]["message"] if file.problems else ""
        say(f"Not read: {file.name}: {reason}")
    for outcome in ImportFile.Outcome:
        number = batch.files.filter(outcome=outcome).count()
        if number and outcome != ImportFile.Outcome.REFUSED:
            say(f"{str(outcome.label).capitalize()}: {number} {'file' if number == 1 else 'files'}.")
