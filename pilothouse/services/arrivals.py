"""What has arrived since last time? Each watched folder and mailbox is asked, and what is new is brought in.

`due` says whose turn it is, `fetch` claims one, brings its new mails or files as imports that wait for the worker, and
writes down how far it came after every kept batch: cut off anywhere, the next run goes on from there. The same content
is brought once, whatever its name, number or place; what somebody took back does not come again by itself. `look` says
what `fetch` would bring, and brings nothing.

A mail is brought as its bytes (`.eml`) and opened as any other; one with nothing attached is passed over and not kept.
After failures the clock asks less and less often; a refused password is tried once a day, so that no account is locked.
Limits: so many mails or files and so many seconds a run, so many bytes a mail; the rest follows in the next runs.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from itertools import accumulate
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import Q

from pilothouse.accounts.models import Company
from pilothouse.intake.containers import open_container
from pilothouse.records.models import Arrival, ArrivedFile, Import, ImportFile
from pilothouse.services import intake, mailbox, watched_folder
from pilothouse.services.keeping import CHUNK, Brought
from pilothouse.services.mailbox import Access, Mailbox, MailboxClosed
from pilothouse.services.sealing import SealBroken, unseal
from pilothouse.services.watched_folder import FolderClosed, Found

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=10)
RUN_SECONDS = 180
LOOK_SECONDS = 30
MOST_A_RUN = 500
BATCH = 50
BATCH_BYTES = 64 * 1024 * 1024
MOST_BYTES_A_RUN = 1024 * 1024 * 1024
SHOWN = 20
PAUSE = timedelta(minutes=4)  # what the clock handed out more than once while workers were busy is done once
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
WAIT_AFTER_REFUSAL = timedelta(days=1)
LONGEST_SUBJECT = 120
ORIGIN = {Arrival.Kind.FOLDER: "folder", Arrival.Kind.IMAP: "mailbox"}


@dataclass(slots=True)
class Fetched:
    """What a run brought: the imports that wait for a worker, how many files or mails, and what is to be said."""

    imports: list[int] = field(default_factory=list)
    came: int = 0
    problem: str = ""
    note: str = ""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A file or mail that would come in."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would come in now: the first of it by name, how many in all, and what is to be said."""

    items: Sequence[Item] = ()
    number: int = 0
    more: bool = False
    problem: str = ""
    note: str = ""


# --- whose turn it is -------------------------------------------------------------------------------------------


def due(now: datetime) -> list[int]:
    """The folders and mailboxes that the clock asks now."""
    turn = Arrival.objects.filter(_unclaimed(now), _rested(now), enabled=True)
    return list(turn.order_by("pk").values_list("pk", flat=True))


def _rested(now: datetime) -> Q:
    return Q(not_before__isnull=True) | Q(not_before__lte=now)


def _unclaimed(now: datetime) -> Q:
    return Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)


def _claim(arrival_id: int, now: datetime, *, asked_for: bool) -> Arrival | None:
    """Take one to ask; None where somebody else asks it, or it is switched off, gone or to be left in peace."""
    turn = Q() if asked_for else _rested(now)
    free = Arrival.objects.filter(_unclaimed(now), turn, pk=arrival_id, enabled=True)
    if not free.update(claimed_until=now + LEASE):
        return None
    found: Arrival = Arrival.objects.select_related("company").get(pk=arrival_id)
    return found


def fetch(arrival_id: int, *, now: datetime, asked_for: bool = False) -> Fetched | None:
    """Bring what is new and write down how the run went; None where there is nothing to do for us.

    Where a person asks for it, it is asked however long ago that was last done.
    """
    arrival = _claim(arrival_id, now, asked_for=asked_for)
    if arrival is None:
        return None
    run = Fetched()
    try:
        with _in_words(run):
            _fetch_files(arrival, run, now) if arrival.kind == Arrival.Kind.FOLDER else _fetch_mails(
                arrival, run
            )
    except Exception:
        log.exception("Arrival %s could not be asked", arrival.pk)
        run.problem = _OUR_FAULT
        raise
    finally:
        _write_down(arrival, run, now)
    return run


@contextlib.contextmanager
def _in_words(run: Fetched) -> Iterator[None]:
    try:
        yield
    except MailboxClosed as closed:
        run.problem, run.refused = closed.words, closed.refused
    except FolderClosed as closed:
        run.problem = closed.words


def _write_down(arrival: Arrival, run: Fetched, now: datetime) -> None:
    failed = bool(run.problem) and not run.came
    failures = arrival.failures + 1 if failed else 0
    told = {
        "claimed_until": None,
        "last_run_at": now,
        "last_problem": run.problem,
        "last_note": run.note,
        "failures": failures,
        "not_before": now + (_wait(failures, run) if failed else PAUSE),
    }
    if run.came:
        told |= {"last_came": run.came, "last_came_at": now, "last_import_id": run.imports[-1]}
    Arrival.objects.filter(pk=arrival.pk).update(**told)


def _wait(failures: int, run: Fetched) -> timedelta:
    if run.refused:
        return WAIT_AFTER_REFUSAL
    doubled: int = 2 ** min(failures - 1, 10)
    return min(FIRST_WAIT * doubled, LONGEST_WAIT)


def start_anew(arrival: Arrival) -> None:
    """Let the clock ask again at once: something was changed by a person."""
    Arrival.objects.filter(pk=arrival.pk).update(failures=0, not_before=None, last_problem="", last_note="")


# --- what is brought once ---------------------------------------------------------------------------------------


def _was_here(company: Company, sha256: str) -> bool:
    """Whether this content was ever brought; also where it was taken back, which holds until a person brings it."""
    return ImportFile.objects.of(company).filter(source__sha256=sha256).exists()


def _bring(arrival: Arrival, run: Fetched, new: Sequence[Brought]) -> None:
    if new:
        batch: Import = intake.receive(
            arrival.company, new, by=None, origin=ORIGIN[Arrival.Kind(arrival.kind)]
        )
        run.imports.append(batch.pk)
        run.came += len(new)


# --- mailboxes --------------------------------------------------------------------------------------------------


def _access(arrival: Arrival) -> Access:
    if settings.MAIL_HOSTS and arrival.host.lower() not in settings.MAIL_HOSTS:
        raise MailboxClosed(_HOST_NOT_ALLOWED.format(host=arrival.host, hosts=", ".join(settings.MAIL_HOSTS)))
    try:
        password = unseal(arrival.sealed_password)
    except SealBroken as error:
        raise MailboxClosed(_SEAL_BROKEN, refused=True) from error
    return Access(
        arrival.host, arrival.port, arrival.security, arrival.user, password, arrival.mail_folder or "INBOX"
    )


@dataclass(slots=True)
class _Batch:
    """Mails that were fetched and are not kept yet."""

    mails: list[Brought] = field(default_factory=list)
    prints: set[str] = field(default_factory=set)
    size: int = 0
    upto: int = 0
    taken: int = 0
    passed_over: int = 0

    @property
    def is_full(self) -> bool:
        return self.taken >= BATCH or self.size >= BATCH_BYTES


def _fetch_mails(arrival: Arrival, run: Fetched) -> None:
    with mailbox.opened(_access(arrival), seconds=RUN_SECONDS) as box:
        after = _begin_at(arrival, box)
        new = box.new(after, arrival.since, MOST_A_RUN)
        sizes = box.sizes(new.uids)
        batch, passed_over = _Batch(), 0
        try:
            for uid in new.uids:
                _take(arrival, box, uid, sizes.get(uid), batch)
                if batch.is_full:
                    passed_over += _keep(arrival, run, batch)
                    batch = _Batch()
        finally:  # what came before a connection broke off is kept
            passed_over += _keep(arrival, run, batch)
            run.note = _mail_note(passed_over, more=len(new.uids) == MOST_A_RUN)
        _remember(arrival, new.looked_until)


def _begin_at(arrival: Arrival, box: Mailbox) -> int:
    """After which number to look; from the first one where the mailbox has numbered its mails anew."""
    if box.validity != arrival.uid_validity:
        Arrival.objects.filter(pk=arrival.pk).update(uid_validity=box.validity, last_uid=0)
        return 0
    return arrival.last_uid


def _take(arrival: Arrival, box: Mailbox, uid: int, size: int | None, batch: _Batch) -> None:
    if size is not None and size > mailbox.LARGEST_MAIL:
        head = box.head(uid) or b""
        batch.mails.append(
            Brought(_name_of(head), None, _TOO_LARGE.format(limit=mailbox.LARGEST_MAIL // mailbox.MB))
        )
    elif size is not None and (content := box.mail(uid)) is not None:
        _add(arrival, content, batch)
    batch.upto = uid
    batch.taken += 1


def _add(arrival: Arrival, content: bytes, batch: _Batch) -> None:
    sha256 = hashlib.sha256(content).hexdigest()
    if not _holds_anything(content):
        batch.passed_over += 1
    elif sha256 not in batch.prints and not _was_here(arrival.company, sha256):
        batch.prints.add(sha256)
        batch.size += len(content)
        batch.mails.append(Brought(_name_of(content), io.BytesIO(content)))


def _holds_anything(content: bytes) -> bool:
    """Whether anything is attached to a mail, or something about it has to be said."""
    opened = open_container(content, "")
    if opened is None:
        return True
    return next(opened.members, None) is not None or any(
        problem.rule != "mail.nothing_attached" for problem in opened.problems
    )


def _keep(arrival: Arrival, run: Fetched, batch: _Batch) -> int:
    """Bring a batch, then remember how far it goes; a stop in between brings nothing twice, as contents are known."""
    _bring(arrival, run, batch.mails)
    if batch.upto:
        _remember(arrival, batch.upto)
    return batch.passed_over


def _remember(arrival: Arrival, uid: int) -> None:
    Arrival.objects.filter(pk=arrival.pk, last_uid__lt=uid).update(last_uid=uid)


def _name_of(content: bytes) -> str:
    """What a mail is called in the list of files: its day and subject."""
    try:
        head: EmailMessage = BytesParser(policy=policy.default).parsebytes(content, headersonly=True)
        sent, subject = head["date"], str(head["subject"] or "")
        day = sent.datetime.date().isoformat() if sent is not None and sent.datetime is not None else ""
    except Exception:  # the parser trips over some broken headers in many ways; the name is for the eye only
        day, subject = "", ""
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in subject).split())
    said = " ".join(part for part in (day, words[:LONGEST_SUBJECT].replace("/", "-")) if part)
    return f"{said or 'mail'}.eml"


def _mail_note(passed_over: int, *, more: bool) -> str:
    said = []
    if passed_over:
        mails = "One mail has" if passed_over == 1 else f"{passed_over} mails have"
        said.append(f"{mails} nothing attached and did not come in.")
    if more:
        said.append(_MORE_FOLLOW)
    return " ".join(said)


# --- folders ----------------------------------------------------------------------------------------------------


def _folder(arrival: Arrival) -> Path:
    allowed = watched_folder.places(settings.WATCH_ROOTS, arrival.company.slug)
    return watched_folder.watchable(arrival.folder, allowed, home=Path(settings.HOME).resolve())


def check_folder(folder: str, company: Company) -> None:
    """FolderClosed where the company may not watch that folder, or it is not there."""
    _folder(Arrival(company=company, folder=folder))


def _unseen(arrival: Arrival, found: Sequence[Found]) -> list[Found]:
    """Files that were not brought yet, or have changed since."""
    kept = arrival.files.values_list("path", "size", "changed_ns")
    known = {path: (size, changed_ns) for path, size, changed_ns in kept}
    return [one for one in found if known.get(one.name) != (one.size, one.changed_ns)]


def _fetch_files(arrival: Arrival, run: Fetched, now: datetime) -> None:
    folder = _folder(arrival)
    seen = watched_folder.look(folder, now=now)
    new = _unseen(arrival, seen.files)
    turn = _for_this_run(new)
    for batch in _batches(turn):
        with contextlib.ExitStack() as stack:
            _bring(arrival, run, _to_bring(arrival, folder, batch, stack, seen))
        _remember_files(arrival, batch)
    run.note = " ".join(part for part in (seen.words, _MORE_FOLLOW if len(new) > len(turn) else "") if part)


def _for_this_run(found: Sequence[Found]) -> list[Found]:
    """The first of them, so many and so large as one run takes; at least one."""
    sizes = accumulate(one.size for one in found[:MOST_A_RUN])
    return [
        one for one, upto in zip(found, sizes, strict=False) if upto <= MOST_BYTES_A_RUN or one is found[0]
    ]


def _batches(found: Sequence[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    for one in found:
        batch.append(one)
        if len(batch) >= BATCH or sum(each.size for each in batch) >= BATCH_BYTES:
            yield batch
            batch = []
    if batch:
        yield batch


def _to_bring(
    arrival: Arrival, folder: Path, batch: list[Found], stack: contextlib.ExitStack, seen: watched_folder.Look
) -> list[Brought]:
    """Those of a batch whose content was never here; what cannot be read is taken off the batch and said."""
    brought, prints = [], set()
    for one in list(batch):
        try:
            content = stack.enter_context(watched_folder.open_file(one, folder))
            sha256 = _print_of(content)
        except OSError:
            batch.remove(one)
            seen.unreadable += 1
            continue
        if sha256 not in prints and not _was_here(arrival.company, sha256):
            prints.add(sha256)
            brought.append(Brought(one.name, content))
    return brought


def _print_of(content: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := content.read(CHUNK):
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _remember_files(arrival: Arrival, batch: Sequence[Found]) -> None:
    rows = [
        ArrivedFile(
            company=arrival.company, arrival=arrival, path=one.name, size=one.size, changed_ns=one.changed_ns
        )
        for one in batch
    ]
    ArrivedFile.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["arrival", "path"],
        update_fields=["size", "changed_ns"],
    )


# --- looking before -----------------------------------------------------------------------------------------------


def look(arrival: Arrival, *, now: datetime) -> Preview:
    """What `fetch` would bring now; nothing is brought, and nothing remembered."""
    try:
        return (
            _look_in_folder(arrival, now)
            if arrival.kind == Arrival.Kind.FOLDER
            else _look_in_mailbox(arrival)
        )
    except (MailboxClosed, FolderClosed) as closed:
        return Preview(problem=closed.words)


def _look_in_folder(arrival: Arrival, now: datetime) -> Preview:
    seen = watched_folder.look(_folder(arrival), now=now)
    new = _unseen(arrival, seen.files)
    return Preview([Item(one.name, one.size) for one in new[:SHOWN]], len(new), note=seen.words)


def _look_in_mailbox(arrival: Arrival) -> Preview:
    with mailbox.opened(_access(arrival), seconds=LOOK_SECONDS) as box:
        after = arrival.last_uid if box.validity == arrival.uid_validity else 0
        new = box.new(after, arrival.since, MOST_A_RUN)
        first = new.uids[:SHOWN]
        sizes = box.sizes(first)
        items = [Item(_name_of(box.head(uid) or b""), sizes[uid]) for uid in first if uid in sizes]
    return Preview(items, len(new.uids), more=len(new.uids) == MOST_A_RUN)


# --- words ------------------------------------------------------------------------------------------------------

_MORE_FOLLOW = "More is there; it follows in the next run."
_TOO_LARGE = (
    "the mail is larger than {limit} MB, the most that is fetched; save what is attached and bring that in"
)
_OUR_FAULT = (
    "This met a fault of Pilothouse itself, which is in its log. It is tried again by itself; if it stays so, "
    "report it."
)
_SEAL_BROKEN = (
    "The password can no longer be read: the secret key of this installation was changed since it was typed. "
    "Type the password again."
)
_HOST_NOT_ALLOWED = (
    "{host} is not among the mail servers that this installation may call: {hosts}. Whoever runs it can add it to "
    "PILOTHOUSE_MAIL_HOSTS (docs/operating.md)."
)
