"""Bring papers in: keep the bytes, read them once, and show them all at once or not at all.

`receive` keeps what was brought and writes an import that waits. `take_in` reads it file by file, each in a short
transaction, works out the figures with it beside those that are shown, and publishes by one UPDATE. Cut off
anywhere, it goes on where it was: a file is either read with all its papers or still waiting, and nothing of an
unpublished review is seen. `undo` publishes a review without the import; people's decisions stay.
"""

from __future__ import annotations

import hashlib
import io
import logging
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.text import get_valid_filename

from pilothouse.accounts.models import Company, User
from pilothouse.engine.spend.persons import People
from pilothouse.intake.papers import Invoice, Ledger, Listing, Problem, Statement
from pilothouse.intake.papers import Paper as ReadPaper
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.shapes import as_json, problems_json
from pilothouse.records.models import Import, ImportFile, Paper, SourceFile, SpendDecision, SpendLine
from pilothouse.services import masking, spend

log = logging.getLogger(__name__)

Day = date  # a field called `date` would hide the type from its class
LEASE = timedelta(minutes=2)
CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Brought:
    """One file as somebody brings it: its name and its bytes, or why they could not be had."""

    name: str
    content: IO[bytes] | None
    trouble: str = ""


# --- receiving --------------------------------------------------------------------------------------------------


def receive(company: Company, files: Iterable[Brought], *, by: User | None, origin: str = "upload") -> Import:
    """Keep the bytes of `files` and write an import that waits for its turn.

    The bytes are kept first and the rows written in one transaction, so that an import is either whole or not there.
    """
    kept = [_keep(company, brought) for brought in files]
    with transaction.atomic():
        batch = Import.objects.create(company=company, by=by, origin=origin, files_total=len(kept))
        for item in kept:
            source = None
            if item.sha256:
                source, _ = SourceFile.objects.get_or_create(
                    company=company,
                    sha256=item.sha256,
                    defaults={"name": item.name, "size": item.size, "content": item.stored},
                )
            refused = ImportFile.Outcome.REFUSED if item.problem else ImportFile.Outcome.WAITING
            ImportFile.objects.create(
                company=company,
                batch=batch,
                source=source,
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


@dataclass(frozen=True, slots=True)
class _Kept:
    name: str
    size: int
    sha256: str = ""
    stored: str = ""
    problem: Problem | None = None


def _keep(company: Company, brought: Brought) -> _Kept:
    """Copy the bytes to where they stay, named by their content."""
    name = _storable(brought.name)
    if brought.content is None:
        return _Kept(name, 0, problem=_unreadable(brought.trouble))
    digest, size = hashlib.sha256(), 0
    Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryFile(dir=settings.MEDIA_ROOT) as copy:
        try:
            while chunk := brought.content.read(CHUNK):
                size += len(chunk)
                if size > settings.LARGEST_FILE:
                    return _Kept(name, size, problem=_too_large(settings.LARGEST_FILE))
                digest.update(chunk)
                copy.write(chunk)
        except OSError as error:
            return _Kept(name, size, problem=_unreadable(error.strerror or str(error)))
        sha256 = digest.hexdigest()
        stored = f"{company.pk}/{sha256[:2]}/{sha256}"
        if not default_storage.exists(stored):
            copy.seek(0)
            stored = default_storage.save(stored, File(copy))
    return _Kept(name, size, sha256, stored)


def _storable(name: str) -> str:
    """A name as every database takes it: names on a disk may hold bytes that are no letters, and be long."""
    return name.encode(errors="replace").decode().replace("\0", "?")[-500:]


def _unreadable(reason: str) -> Problem:
    return Problem(
        "intake.unreadable",
        "error",
        f"This file could not be opened ({reason}). Nothing of it is counted. "
        "Check that it is still there and that you may read it, then bring it in again.",
    )


def _our_fault() -> Problem:
    return Problem(
        "intake.our_fault",
        "error",
        "This file met a fault of Pilothouse itself, which is in its log. Nothing of it is counted; the other files "
        "are. Report the fault, and bring the file in again after the next update.",
    )


def _too_large(limit: int) -> Problem:
    return Problem(
        "intake.too_large",
        "error",
        f"This file is larger than {limit // 1024 // 1024} MB, the limit of this installation. "
        "Nothing of it is counted. Split it (a bank file by month), or raise PILOTHOUSE_LARGEST_FILE.",
    )


def files_of(folder: Path) -> Iterator[Brought]:
    """Every file below a folder, by name; hidden ones are left out, unreadable ones are brought with their reason."""
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or not (path.is_file() or path.is_symlink()):
            continue
        name = "/".join(parts)
        try:
            with path.open("rb") as content:
                yield Brought(name, content)
        except OSError as error:
            yield Brought(name, None, error.strerror or str(error))


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
            _read_files(batch)
        _publish(batch, today=today)
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


def _read_files(batch: Import) -> None:
    _move(batch, Import.State.READING)
    waiting = batch.files.filter(outcome=ImportFile.Outcome.WAITING).select_related("source").order_by("pk")
    invoices_first = sorted(waiting, key=lambda file: not _is_xml(file))
    for _same_kind, files in groupby(invoices_first, key=_is_xml):
        # Asked anew before the bank files, since it knows the sellers on the invoices read by then.
        people = masking.people_of(batch.company)
        for file in files:
            _take_in_file(batch, file, people)


def _is_xml(file: ImportFile) -> bool:
    """Whether the bytes begin like XML; a guess that only sets the order of reading."""
    try:
        with file.source.content.open("rb") if file.source else io.BytesIO() as content:
            return b"<" in content.read(64)
    except OSError:
        return False


def _take_in_file(batch: Import, file: ImportFile, people: People) -> None:
    known = Paper.objects.of(batch.company).filter(source=file.source).count() if file.source else 0
    papers: Sequence[ReadPaper] = ()
    problems: Sequence[Problem] = ()
    if not known:
        papers, problems = _read(file)
    rows = [_paper_row(batch.company, file, masking.masked(paper, people)) for paper in papers]
    with transaction.atomic():
        # Two workers may have read the same bytes at once: whoever comes second finds the papers there.
        SourceFile.objects.select_for_update().filter(pk=file.source_id).first()
        known = Paper.objects.of(batch.company).filter(source=file.source).count() if file.source else 0
        if not known:
            Paper.objects.bulk_create(rows)
        ImportFile.objects.filter(pk=file.pk).update(
            outcome=_outcome(batch, file, known or len(rows)),
            papers=known or len(rows),
            problems=problems_json(problems),
        )
        Import.objects.filter(pk=batch.pk).update(
            files_done=F("files_done") + 1, claimed_until=timezone.now() + LEASE
        )


def _outcome(batch: Import, file: ImportFile, papers: int) -> ImportFile.Outcome:
    if not papers:
        return ImportFile.Outcome.REFUSED
    others = ImportFile.objects.of(batch.company).filter(source=file.source, outcome__in=ImportFile.BROUGHT)
    seen = Import.objects.of(batch.company).seen()
    here = others.filter(Q(batch__in=seen) | Q(batch=batch)).exclude(pk=file.pk).exists()
    return ImportFile.Outcome.ALREADY_HERE if here else ImportFile.Outcome.TAKEN_IN


def _read(file: ImportFile) -> tuple[tuple[ReadPaper, ...], tuple[Problem, ...]]:
    if file.source is None:
        return (), (_unreadable("its bytes are not kept"),)
    try:
        with file.source.content.open("rb") as content:
            data = content.read()
    except OSError as error:
        return (), (_unreadable(error.strerror or str(error)),)
    try:
        return read_paper(data, file.name)
    except Exception:  # a fault of ours in one file must not keep the others from coming in
        log.exception("Import file %s could not be read", file.pk)
        return (), (_our_fault(),)


def _paper_row(company: Company, file: ImportFile, paper: ReadPaper) -> Paper:
    content = as_json(paper)
    problems = content.pop("problems")
    fingerprint = spend.fingerprint(content)
    face = _face(paper)
    total = face.total
    return Paper(
        company=company,
        source=file.source,
        kind=paper.kind,
        number=(face.number or "")[:200],
        date=face.date,
        party=(face.party or "")[:300],
        total=total if total is not None and abs(total) < Decimal("1e15") else None,
        currency=(face.currency or "")[:3],
        fingerprint=fingerprint,
        content=content,
        problems=problems,
    )


@dataclass(frozen=True, slots=True)
class _Face:
    """What a list of papers shows of one."""

    number: str | None = None
    date: Day | None = None
    party: str | None = None
    total: Decimal | None = None
    currency: str | None = None


def _face(paper: ReadPaper) -> _Face:
    match paper:
        case Invoice():
            return _Face(
                paper.number, paper.issue_date, paper.seller.name, paper.totals.payable, paper.currency
            )
        case Statement():
            closing = paper.closing
            day, total = (closing.date, closing.amount) if closing else (None, None)
            return _Face(paper.number, day, paper.account, total, paper.currency)
        case Ledger():
            until = paper.period.end if paper.period else None
            return _Face(paper.sheet, until, paper.holder, None, paper.currency)
        case Listing():
            return _Face(paper.sheet, paper.taken_on)
    return _Face(paper.reads.number, paper.reads.issue_date, paper.reads.seller, paper.reads.gross)


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
    return {**paper.content, "problems": paper.problems}
