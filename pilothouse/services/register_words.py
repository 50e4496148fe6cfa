"""What somebody lives with in the register of contracts: kept with why and until when, and taken back."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.records.models import RegisterWord


def holding(company: Company, *, today: date) -> dict[str, RegisterWord]:
    """The words that hold today, by finding; of two on one finding the later."""
    rows: QuerySet[RegisterWord] = (
        RegisterWord.objects.of(company)
        .filter(Q(until__isnull=True) | Q(until__gt=today), withdrawn_at__isnull=True)
        .select_related("by")
        .order_by("pk")
    )
    return {word.finding: word for word in rows}


def live_with(company: Company, word: RegisterWord, *, by: User) -> None:
    """Keep that somebody lives with an oddity, and why."""
    word.company, word.by = company, by
    word.save()


def look_again(word: RegisterWord) -> bool:
    """Take back that somebody lives with it; False where that was done already."""
    same = RegisterWord.objects.of(word.company).filter(finding=word.finding, withdrawn_at__isnull=True)
    return bool(same.update(withdrawn_at=timezone.now()))
