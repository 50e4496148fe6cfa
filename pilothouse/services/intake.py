"""Bring papers in: keep the bytes, read them once, and show them all at once or not at all.

`receive` keeps what was brought and writes an import that waits. `take_in` reads it file by file, each in a short
transaction, works out the figures with it beside those that are shown, and publishes by one UPDATE. Cut off
anywhere, it goes on where it was: a file is either read with all its papers or still waiting, and nothing of an
unpublished review is seen. `undo` publishes a review without the import; people's decisions stay.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.text import get_valid_filename

from pilothouse.accounts.models import Company, User
from pilothouse.intake.shapes import problems_json
from pilothouse.records.models import Import, ImportFile, Paper, SpendDecision, SpendLine
from pilothouse.services import contract_papers, spend, storing
from pilothouse.services.keeping import Brought, files_of, keep, source_of
from pilothouse.services.reading import LEASE, read_files

# What others need to bring papers stands here, wherever it is made.
__all__ = [
    "LEASE",
    "Brought",
    "WhatGoes",
    "as_read",
    "ask_undo",
    "claim",
    "files_of",
    "receive",
    "receive_new",
    "release_all",
    "safe_name",
    "take_in",
    "try_again",
    "unfinished",
    "what_goes",
]

log = logging.getLogger(__name__)


# --- receiving --------------------------------------------------------------------------------------------------


def receive(company: Company, files: Iterable[Brought], *, by: User | None, origin: str = "upload") -> Import:
    """Keep the bytes of `files` and write an import that waits for its turn.

    The bytes are kept first and the rows written in one transaction, so that an import is either whole or not there.
    """
    kept = [keep(company, brought) for brought in files]
    with transaction.atomic():
        batch = Import.objects.create(company=company, by=by, origin=origin, files_total=len(kept))
        for item in kept:
            refused = ImportFile.Outcome.REFUSED if item.problem else ImportFile.Outcome.WAITING
            ImportFile.objects.create(
                company=company,
                batch=batch,
                source=source_of(company, item),
                name=item.name,
                size=item.size,
                outcome=refused,
                problems=problems_json([item.problem]) if item.problem else [],
            )
        refused_already = sum(1 for item in kept if item.problem)
        Import.objects.filter(pk=batch.pk).update(files_done=refused_already)
    batch.refresh_from_db()
    return batch


def receive_new(company: Company, files: Iterable[Brought], *, by: User | None) -> Import | None:
    """As `receive`, but only what an import that is seen or on its way has not brought yet; None where all has."""
    batch = receive(company, files, by=by, origin="folder")
    others = ImportFile.objects.of(company).exclude(batch=batch).exclude(batch__in=_undone(company))
    new = batch.files.exclude(source__in=others.values("source"))
    if new.filter(source__isnull=False).exists():
        return batch
    batch.files.all().delete()
    batch.delete()
    return None


def _undone(company: Company) -> QuerySet[Import]:
    return Import.objects.of(company).filter(undone_in__published_at__isnull=False)


# --- taking in --------------------------------------------------------------------------------------------------


def claim(batch_id: int) -> Import | None:
    """Take an import to work on; None where somebody else has it or it is finished."""
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    running = [Import.State.WAITING, Import.State.READING, Import.State.REVIEWING]
    claimed = Import.objects.filter(free, pk=batch_id, state__in=running).update(claimed_until=now + LEASE)
    if not claimed:
        return None
    found: Import = Import.objects.select_related("company", "review", "undone_in").get(pk=batch_id)
    return found


def take_in(batch_id: int, *, today: date) -> Import | None:
    """Read an import to its end and publish it, or finish undoing it; None where there is nothing to do for us."""
    batch = claim(batch_id)
    if batch is None:
        return None
    try:
        if batch.undone_by_id is None:
            _move(batch, Import.State.READING)
            read_files(batch)
        _publish(batch, today=today)
        contract_papers.follow(batch.company, today=today)
    except Exception:
        log.exception("Import %s could not be finished", batch.pk)
        _move(batch, Import.State.FAILED, failure="unexpected")
        raise
    return batch


def try_again(batch: Import) -> None:
    """Let a failed import wait for its turn once more."""
    Import.objects.filter(pk=batch.pk, state=Import.State.FAILED).update(
        state=Import.State.WAITING, failure=""
    )


def unfinished() -> list[int]:
    """Imports that wait, or whose worker has gone."""
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=timezone.now())
    running = [Import.State.WAITING, Import.State.READING, Import.State.REVIEWING]
    return list(Import.objects.filter(free, state__in=running).order_by("pk").values_list("pk", flat=True))


def release_all() -> None:
    """Give every claim back; only right at the start of an installation whose workers are all known to be gone."""
    Import.objects.filter(claimed_until__isnull=False).update(claimed_until=None)


def _move(batch: Import, state: Import.State, failure: str = "") -> None:
    done = state in (Import.State.DONE, Import.State.FAILED)
    until = None if done else timezone.now() + LEASE
    Import.objects.filter(pk=batch.pk).update(state=state, claimed_until=until, failure=failure)
    batch.state, batch.failure = state, failure


def _publish(batch: Import, *, today: date) -> None:
    """Work the figures out with (or without) the import, until nobody else published in between."""
    _move(batch, Import.State.REVIEWING)
    undoing = batch.undone_by_id is not None
    pointer = "undone_in" if undoing else "review"
    if getattr(batch, f"is_{'undone' if undoing else 'seen'}"):
        _move(batch, Import.State.DONE)
        return
    while True:
        counted = set(Import.objects.of(batch.company).seen().values_list("pk", flat=True))
        counted = counted - {batch.pk} if undoing else counted | {batch.pk}
        review = spend.work_out(batch.company, imports=counted, today=today, alive=lambda: _stay_alive(batch))
        Import.objects.filter(pk=batch.pk).update(**{pointer: review})
        if spend.publish(review):
            break
    _move(batch, Import.State.DONE)
    spend.sweep(batch.company)


def _stay_alive(batch: Import) -> None:
    Import.objects.filter(pk=batch.pk).update(claimed_until=timezone.now() + LEASE)


# --- undoing ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WhatGoes:
    """What undoing an import takes away: papers, lines, the money they count for, and decisions that will wait."""

    papers: int
    lines: int
    cost: Mapping[str, Decimal]
    decisions_waiting: int


def what_goes(batch: Import) -> WhatGoes:
    """What undoing would take away; nothing is changed. What another import brought as well stays."""
    company = batch.company
    others = Import.objects.of(company).seen().exclude(pk=batch.pk)
    stay = Paper.objects.of(company).brought_by(others)
    go = Paper.objects.of(company).brought_by({batch.pk}).exclude(pk__in=stay.values("pk"))
    shown = SpendLine.objects.of(company).filter(review=spend.current(company))
    lines = shown.filter(paper__in=go.values("pk"))
    counted = lines.filter(counting="counts").order_by().values("currency").annotate(cost=Sum("cost"))
    left = set(shown.exclude(paper__in=go.values("pk")).values_list("vendor_key", flat=True).distinct())
    gone = set(lines.values_list("vendor_key", flat=True).distinct()) - left
    waiting = SpendDecision.objects.of(company).filter(vendor_key__in=gone, withdrawn_at__isnull=True)
    return WhatGoes(
        papers=go.count(),
        lines=lines.count(),
        cost={row["currency"]: row["cost"] for row in counted},
        decisions_waiting=waiting.values("vendor_key").distinct().count(),
    )


def ask_undo(batch: Import, *, by: User) -> bool:
    """Write down that the import is to be undone; False where it is running, failed or undone already."""
    asked = Import.objects.filter(pk=batch.pk, state=Import.State.DONE, undone_by__isnull=True).update(
        state=Import.State.WAITING, undone_by=by
    )
    return bool(asked)


def safe_name(name: str) -> str:
    """A name that a browser may save a file under."""
    try:
        return get_valid_filename(name.rsplit("/", 1)[-1])
    except Exception:
        return "paper"


def as_read(paper: Paper) -> dict[str, Any]:
    """The paper in the shape of `pilothouse ask read`."""
    rows = {storing.ROWS[paper.kind]: list(storing.rows_of(paper))} if paper.kind in storing.ROWS else {}
    return {**paper.content, **rows, "problems": paper.problems}
