"""Read the files of an import: open what is packed, tell what each is, keep its papers.

Each file is read outside the database and written in one short transaction, so that after a stop in the middle it is
either read with all its papers or still waiting. What is packed (an archive, a mail) becomes files of the same import.
Files are read in an order: packed ones first, then invoices, then the rest, since who is a natural person on a bank
file is only known with the sellers of all invoices.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from pilothouse.engine.spend.persons import People
from pilothouse.intake.attachments import attachments
from pilothouse.intake.containers import looks_like_mail, open_container
from pilothouse.intake.papers import Attachment as Carried
from pilothouse.intake.papers import Invoice, Paper, Problem
from pilothouse.intake.recognise import read_paper
from pilothouse.intake.shapes import problems_json
from pilothouse.records.models import Attachment, Import, ImportFile, SourceFile
from pilothouse.records.models import Paper as StoredPaper
from pilothouse.records.models.papers import PaperQuerySet
from pilothouse.services import columns, masking, storing
from pilothouse.services.keeping import Brought, Kept, keep, source_of, unreadable

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
HEAD = 4096
MOST_FILES = 20_000
MOST_ATTACHED = 100
PACKED, INVOICE, OTHER = range(3)
_STARTS = ((b"PK\x03\x04", PACKED), (b"<", INVOICE), (b"%PDF", INVOICE))


def read_files(batch: Import) -> None:
    """Read every file of an import that waits, those that come out of packed ones too."""
    while waiting := list(_waiting(batch)):
        first = min(order for order, _ in waiting)
        # Asked anew for each kind, since it knows the sellers on the invoices read by then.
        people = masking.people_of(batch.company)
        for order, file in waiting:
            if order == first:
                _read_one(batch, file, people)


def _waiting(batch: Import) -> list[tuple[int, ImportFile]]:
    found = batch.files.filter(outcome=ImportFile.Outcome.WAITING).select_related("source").order_by("pk")
    return [(_order_of(file), file) for file in found]


def _order_of(file: ImportFile) -> int:
    """A guess from the first bytes; it only sets the order of reading."""
    try:
        with file.source.content.open("rb") if file.source else io.BytesIO() as content:
            head = content.read(HEAD)
    except OSError:
        return OTHER
    if looks_like_mail(head):
        return PACKED
    return next((order for start, order in _STARTS if start in head[:64]), OTHER)


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading a file gave: papers, or the files that were packed in it, and what is wrong."""

    papers: Sequence[storing.Prepared] = ()
    members: Sequence[Kept] = ()
    problems: Sequence[Problem] = ()
    attached: Sequence[tuple[Carried, Kept]] = ()


def _read_one(batch: Import, file: ImportFile, people: People | None) -> None:
    again = batch.origin == columns.AGAIN
    known = not again and _papers_of(file).exists()
    found = _Read() if known else _read(batch, file, people)
    with transaction.atomic():
        # Two workers may have read the same bytes at once: whoever comes second finds the papers there.
        SourceFile.objects.select_for_update().filter(pk=file.source_id).first()
        if not ImportFile.objects.filter(pk=file.pk, outcome=ImportFile.Outcome.WAITING).exists():
            return
        if again and found.papers:
            _papers_of(file).update(superseded_at=timezone.now())
        if not _papers_of(file).exists():
            storing.store(found.papers)
            _keep_attached(found)
        ImportFile.objects.filter(pk=file.pk).update(**_told(batch, file, found))
        members = [_member(batch, file, kept) for kept in found.members]
        Import.objects.filter(pk=batch.pk).update(
            files_total=F("files_total") + len(members),
            files_done=F("files_done") + 1 + sum(member.outcome == REFUSED for member in members),
            claimed_until=timezone.now() + LEASE,
        )


REFUSED = ImportFile.Outcome.REFUSED


def _papers_of(file: ImportFile) -> PaperQuerySet:
    return StoredPaper.objects.of(file.company).standing().filter(source=file.source, source__isnull=False)


def _told(batch: Import, file: ImportFile, found: _Read) -> dict[str, object]:
    """What is written down of a file once it is read."""
    papers = list(_papers_of(file).values_list("kind", "problems"))
    outcome = ImportFile.Outcome.OPENED if found.members else _outcome(batch, file, len(papers))
    return {
        "outcome": outcome,
        "papers": len(papers),
        "became": papers[0][0] if papers else "",
        "doubts": sum(len(problems) for _, problems in papers),
        "problems": problems_json(found.problems),
    }


def _outcome(batch: Import, file: ImportFile, papers: int) -> ImportFile.Outcome:
    if not papers:
        return ImportFile.Outcome.REFUSED
    others = ImportFile.objects.of(batch.company).filter(source=file.source, outcome__in=ImportFile.BROUGHT)
    seen = Import.objects.of(batch.company).seen()
    here = others.filter(Q(batch__in=seen) | Q(batch=batch)).exclude(pk=file.pk).exists()
    return ImportFile.Outcome.ALREADY_HERE if here else ImportFile.Outcome.TAKEN_IN


def _member(batch: Import, file: ImportFile, kept: Kept) -> ImportFile:
    """The record of a file that was packed in `file`."""
    member: ImportFile = ImportFile.objects.create(
        company=batch.company,
        batch=batch,
        inside=file,
        source=source_of(batch.company, kept),
        name=kept.name,
        size=kept.size,
        outcome=REFUSED if kept.problem else ImportFile.Outcome.WAITING,
        problems=problems_json([kept.problem] if kept.problem else []),
    )
    return member


def _read(batch: Import, file: ImportFile, people: People | None) -> _Read:
    if file.source is None:
        return _Read(problems=(unreadable("its bytes are not kept"),))
    try:
        with file.source.content.open("rb") as content:
            data = content.read()
    except OSError as error:
        return _Read(problems=(unreadable(error.strerror or str(error)),))
    try:
        return _read_bytes(batch, file, data, people)
    except Exception:  # a fault of ours in one file must not keep the others from coming in
        log.exception("Import file %s could not be read", file.pk)
        return _Read(problems=(_our_fault(),))


def _read_bytes(batch: Import, file: ImportFile, data: bytes, people: People | None) -> _Read:
    opened = open_container(data, file.name, _depth_of(file))
    if opened is not None:
        room = MOST_FILES - ImportFile.objects.filter(batch=batch).count()
        packed = islice(opened.members, max(room, 0))
        members = [keep(batch.company, Brought(name, io.BytesIO(content))) for name, content in packed]
        if len(members) == room:
            opened.problems.append(_too_many_files())
        return _Read(members=members, problems=tuple(opened.problems))
    papers, problems = columns.read(batch.company, data) or read_paper(data, file.name)
    attached = _attached(batch, papers, data)
    kept = [storing.prepared(batch.company, file.source, masking.masked(paper, people)) for paper in papers]
    return _Read(papers=kept, problems=problems, attached=attached)


def _attached(batch: Import, papers: Sequence[Paper], data: bytes) -> list[tuple[Carried, Kept]]:
    """The files inside an e-invoice, kept one at a time."""
    if not any(isinstance(paper, Invoice) and paper.attachments for paper in papers):
        return []
    found = islice(attachments(data), MOST_ATTACHED)
    return [
        (about, keep(batch.company, Brought(about.name or "attachment", io.BytesIO(content))))
        for about, content in found
    ]


def _keep_attached(found: _Read) -> None:
    """Write down the files that came inside the first invoice of a file."""
    invoices = [one.paper for one in found.papers if one.paper.kind in ("invoice", "credit_note")]
    for about, kept in found.attached if invoices else ():
        source = source_of(invoices[0].company, kept)
        if source is not None:
            Attachment.objects.create(
                company=invoices[0].company,
                paper=invoices[0],
                name=kept.name,
                mime=(about.mime or "")[:100],
                file=source,
            )


def _too_many_files() -> Problem:
    return Problem(
        "intake.too_many_files",
        "error",
        f"One import takes {MOST_FILES} files; the others in here were left out. Bring them in by themselves.",
    )


def _depth_of(file: ImportFile) -> int:
    """In how many containers a file was packed."""
    depth = 0
    while file.inside is not None:
        file, depth = file.inside, depth + 1
    return depth


def _our_fault() -> Problem:
    return Problem(
        "intake.our_fault",
        "error",
        "This file met a fault of Pilothouse itself, which is in its log. Nothing of it is counted; the other files "
        "are. Report the fault, and bring the file in again after the next update.",
    )
