"""How long papers are kept: what is past its time goes for good, with the bytes it came in. Erasure outranks undo.

First a review without the papers is published, then they are deleted in short transactions; a stop in between leaves
papers that no page counts, and the next run deletes them.
"""

from __future__ import annotations

import logging
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.records.models import (
    ContractDecision,
    HandlingOfPapers,
    ImportFile,
    Paper,
    Report,
    SourceFile,
    SpendLine,
)
from pilothouse.records.models.papers import PaperQuerySet
from pilothouse.services import spend

log = logging.getLogger(__name__)

FILES_AT_ONCE = 50
ERASED = "…"


def handling_of(company: Company) -> HandlingOfPapers:
    """How the company wants its papers handled; the defaults where it never said."""
    return HandlingOfPapers.objects.of(company).first() or HandlingOfPapers(company=company)


def day_before_which(years: int, today: date) -> date:
    """The first day that is still kept.

    >>> day_before_which(7, date(2026, 11, 23)), day_before_which(1, date(2024, 2, 29))
    (datetime.date(2019, 11, 23), datetime.date(2023, 2, 28))
    """
    try:
        return today.replace(year=today.year - years)
    except ValueError:
        return (today - timedelta(days=1)).replace(year=today.year - years)


def past_their_time(company: Company, years: int, *, today: date) -> PaperQuerySet:
    """Papers of files all of whose papers are older than that; a paper without a day counts from when it came."""
    first = day_before_which(years, today)
    younger = Paper.objects.of(company).filter(
        Q(date__gte=first) | Q(date__isnull=True, source__created_at__date__gte=first)
    )
    found: PaperQuerySet = Paper.objects.of(company).exclude(source__in=younger.values("source"))
    return found


def erase_past(company: Company, *, today: date) -> int:
    """Erase what the company's rule says; how many papers went."""
    years = handling_of(company).keep_years
    if years is None:
        return 0
    for report in Report.objects.of(company).filter(created_at__date__lt=day_before_which(years, today)):
        report.pdf.delete(save=False)
        report.delete()
    going = past_their_time(company, years, today=today)
    numbers = list(going.values_list("pk", flat=True))
    if not numbers:
        return 0
    if going.filter(superseded_at__isnull=True).update(superseded_at=timezone.now()):
        spend.look_again(company, today=today)
    files = list(SourceFile.objects.of(company).filter(papers__in=numbers).distinct().order_by("pk"))
    for start in range(0, len(files), FILES_AT_ONCE):
        _erase(files[start : start + FILES_AT_ONCE])
    log.info("Erased %s papers of company %s that were past their time", len(numbers), company.pk)
    return len(numbers)


def _erase(files: list[SourceFile]) -> None:
    """Delete files with their papers and lines; imports keep that something was there, without its name."""
    inside = list(SourceFile.objects.filter(attachment__paper__source__in=files).distinct())
    with transaction.atomic():
        SpendLine.objects.filter(paper__source__in=files).delete()
        Paper.objects.filter(source__in=files).delete()
        ImportFile.objects.filter(source__in=files).update(
            source=None,
            name=ERASED,
            papers=0,
            doubts=0,
            problems=[],
            became="",
            outcome=ImportFile.Outcome.ERASED,
        )
        proofs = ContractDecision.objects.filter(proof_file__in=[*files, *inside])
        alone = SourceFile.objects.filter(
            pk__in=[file.pk for file in (*files, *inside)], papers=None, attachment=None, brought=None
        ).exclude(pk__in=proofs.values("proof_file"))
        gone = list(alone)
        alone.delete()
    for file in gone:
        file.content.delete(save=False)


def erase_all_past(*, today: date) -> None:
    """Erase what is past its time, company by company."""
    for rule in HandlingOfPapers.objects.filter(keep_years__isnull=False).select_related("company"):
        erase_past(rule.company, today=today)
