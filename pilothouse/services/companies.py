"""The end of a company: its rows and its bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.db import transaction

from pilothouse.accounts.models import Company
from pilothouse.records.models import (
    Import,
    ImportFile,
    Paper,
    ProfileVersion,
    Report,
    Review,
    SourceFile,
    SpendDecision,
    SpendLine,
)

# What points at others goes first.
IN_ORDER = (SpendLine, Report, ImportFile, Import, Review, Paper, SourceFile, SpendDecision, ProfileVersion)


def end(company: Company) -> None:
    """Delete a company with everything of it; its files go once its rows are gone."""
    folder = Path(settings.MEDIA_ROOT) / str(company.pk)
    with transaction.atomic():
        for model in IN_ORDER:
            model.objects.of(company).delete()
        company.delete()
    shutil.rmtree(folder, ignore_errors=True)
