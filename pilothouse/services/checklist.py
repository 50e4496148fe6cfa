"""What is looked for in contracts, as a practice wants it: its own words, grades and checks over the list we ship.

The companies that a practice serves are checked by its list; of several practices, by that of the one that came first.
A list that cannot be used any more (after an update of ours) is left aside, and the page of the practice says why.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import transaction

from pilothouse.accounts.models import Company, Membership, Practice, PracticeChecklist, User
from pilothouse.engine.contracts.checklist import Check, Checklist
from pilothouse.knowledge.entries import KnowledgeError
from pilothouse.knowledge.red_flags import checklist, checklist_over

log = logging.getLogger(__name__)

OWN = "practice_"  # how the ids of a practice's own checks begin
FIRST_OWN_NUMBER = 1000
LISTS_KEPT = 32

Entries = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """A check as the practice has it; `is_own`: theirs, `is_changed`: ours in their words, `is_out`: taken out."""

    check: Check
    is_own: bool = False
    is_changed: bool = False
    is_out: bool = False


def entries_of(practice: Practice) -> dict[str, dict[str, Any]]:
    """What a practice changed, by the id of the check."""
    kept = PracticeChecklist.objects.filter(practice=practice).values_list("entries", flat=True).first()
    return dict(kept or {})


def list_for(company: Company) -> Checklist:
    """The list by which the contracts of a company are checked."""
    serving = Membership.objects.filter(company=company, practice__checklist__isnull=False)
    kept = (
        serving.order_by("practice_id", "pk").values_list("practice__checklist__entries", flat=True).first()
    )
    if not kept:
        return checklist()
    try:
        return _read(json.dumps(kept, sort_keys=True))
    except KnowledgeError as error:
        log.warning("The checklist that company %s is served by cannot be used: %s", company.pk, error)
        return checklist()


@lru_cache(maxsize=LISTS_KEPT)
def _read(entries: str) -> Checklist:
    return checklist_over(json.loads(entries))


def trouble_with(practice: Practice) -> str:
    """Why the list of a practice cannot be used; "" where it can."""
    try:
        checklist_over(entries_of(practice))
    except KnowledgeError as error:
        return str(error)
    return ""


def rows_of(practice: Practice) -> list[Row]:
    """Every check, ours and theirs, those that are taken out among them; by their numbers."""
    entries = entries_of(practice)
    try:
        read = {check.id: check for check in checklist_over(_all_in(entries)).checks}
    except KnowledgeError:
        read = {check.id: check for check in checklist().checks}
    return [
        Row(
            check,
            is_own=check.id.startswith(OWN),
            is_changed=not check.id.startswith(OWN) and bool(set(entries.get(check.id, {})) - {"drop"}),
            is_out=bool(entries.get(check.id, {}).get("drop")),
        )
        for check in sorted(read.values(), key=lambda check: check.number)
    ]


def _all_in(entries: Entries) -> dict[str, dict[str, Any]]:
    return {id_: {**fields, "drop": False} for id_, fields in entries.items()}


def row_of(practice: Practice, check_id: str) -> Row | None:
    """One check as the practice has it."""
    return next((row for row in rows_of(practice) if row.check.id == check_id), None)


def change(practice: Practice, check_id: str, fields: Mapping[str, Any], *, by: User) -> str:
    """Keep what a practice wants of a check (no fields: as it comes); "" or why it cannot be kept."""
    with transaction.atomic():
        kept, _ = PracticeChecklist.objects.select_for_update().get_or_create(practice=practice)
        entries = {id_: said for id_, said in kept.entries.items() if id_ != check_id}
        if fields:
            entries[check_id] = dict(fields)
        try:
            checklist_over(entries)
        except KnowledgeError as error:
            return str(error)
        kept.entries, kept.by = entries, by
        kept.save()
    return ""


def next_own(practice: Practice) -> tuple[str, int]:
    """The id and number of the next check of their own; numbers are never given twice to checks that stand."""
    numbers = [row.check.number for row in rows_of(practice)]
    number = max([FIRST_OWN_NUMBER - 1, *numbers]) + 1
    return f"{OWN}{number}", number
