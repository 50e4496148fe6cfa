"""A process of its own that works on an installation, and may be killed at a chosen write.

`python -m tests.services.household DEED` on the installation that `PILOTHOUSE_HOME` and `DATABASE_URL` name, where
DEED is one of the functions below, such as `cut_off WHEN WRITE`: a worker takes in and is killed, and what is found
then and after a start is told. WHEN is `before` (the write is not made) or `after` (it is, and the transaction
around it is still open). No hook for this stands in the product: the kill sits in a wrapper around the database
connection, which Django offers for such purposes.

It prints JSON: what the deed says, how many writes it made, and which of them publishes a review.
"""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import django

django.setup()

import time_machine  # noqa: E402 - Django is set up first
from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from pilothouse.accounts.models import Company, User  # noqa: E402
from pilothouse.accounts.people import found_company  # noqa: E402
from pilothouse.jobs import queue  # noqa: E402
from pilothouse.records.models import Contract, Import, ImportFile, Paper, Review, SpendLine  # noqa: E402
from pilothouse.sample import sample_papers  # noqa: E402
from pilothouse.services import contracts, intake, reminders, spend  # noqa: E402
from pilothouse.services.lines import current_lines  # noqa: E402

TODAY = date(2026, 11, 22)
PAGES = ("", "spend/", "spend/lines/", "spend/vendors/", "diagnosis/")
FILES = 28


def _brought(*, second: bool) -> list[intake.Brought]:
    """Every so many of the sample's papers, in two halves that each hold invoices and bank files of all kinds."""
    papers = sorted(sample_papers(TODAY), key=lambda paper: paper.name)
    chosen = papers[:: max(1, len(papers) // FILES)]
    return [intake.Brought(paper.name, io.BytesIO(paper.data)) for paper in chosen[second::2]]


def prepare() -> None:
    """A company with a first import that is seen."""
    call_command("migrate", interactive=False, verbosity=0)
    owner = User.objects.create_user("owner@pilothouse.example", "a long enough password")
    company = found_company("Cut off", owner=owner)
    batch = intake.receive(company, _brought(second=False), by=owner)
    intake.take_in(batch.pk, today=TODAY)


def agree() -> None:
    """A company whose owner decides on a contract: the notice must be sent by 27 February 2026."""
    call_command("migrate", interactive=False, verbosity=0)
    owner = User.objects.create_user("owner@pilothouse.example", "a long enough password")
    agreed = Contract(
        company=found_company("Reminded", owner=owner),
        name="IT-beheer",
        start=date(2023, 6, 1),
        initial_term="P36M",
        renewal_term="P12M",
        notice_length="P3M",
        responsible=owner,
    )
    contracts.save(agreed, [], by=owner, today=date(2026, 1, 10))


def remind(now: str) -> int:
    """How many mails on contracts went out."""
    return reminders.send_due(datetime.fromisoformat(now))


def bring() -> None:
    """A second import that waits."""
    intake.receive(Company.objects.get(), _brought(second=True), by=User.objects.get())


def bring_much() -> None:
    """A sixth of the sample's papers, which takes a worker a second or more."""
    papers = list(sample_papers(TODAY))[1::6]
    brought = [intake.Brought(paper.name, io.BytesIO(paper.data)) for paper in papers]
    intake.receive(Company.objects.get(), brought, by=User.objects.get())


def restart() -> None:
    """What a start does before its workers run."""
    queue.resume()


def ask_undo() -> None:
    """The latest import is to be undone."""
    assert intake.ask_undo(Import.objects.latest("pk"), by=User.objects.get())


def take_in(batch_id: str = "") -> bool:
    """Whether there was anything to do."""
    return intake.take_in(int(batch_id or Import.objects.latest("pk").pk), today=TODAY) is not None


def resume() -> None:
    """What a start does, with the work done at once."""
    intake.release_all()
    spend.sweep_unfinished()
    for batch_id in intake.unfinished():
        intake.take_in(batch_id, today=TODAY)


def cut_off(when: str, write: str) -> dict[str, Any]:
    """What is found after a worker was killed there, and what there is once a start has put it right."""
    worker = os.fork()  # no connection is open yet, so each opens its own
    if not worker:
        with connection.execute_wrapper(Writes(when, int(write))):
            take_in()
        os._exit(0)
    _, status = os.waitpid(worker, 0)
    assert os.WIFSIGNALED(status), f"there was no {write}th write to be killed at"
    assert os.WTERMSIG(status) == signal.SIGKILL
    found = look()
    resume()
    return {"found": found, "resumed": look()}


# --- looking ----------------------------------------------------------------------------------------------------


def look() -> dict[str, Any]:
    """Everything a person sees, and what is kept behind it (which may be half done while an import runs)."""
    return {"seen": _seen(Company.objects.get()), "kept": _kept(Company.objects.get())}


def _seen(company: Company) -> dict[str, Any]:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(), "django.contrib.auth.backends.ModelBackend")
    shown = spend.current(company)
    return {
        "pages": {page: _words(client, f"/c/{company.slug}/{page}") for page in PAGES},
        "answer": shown.answer if shown else None,
        "number": shown.number if shown else 0,
        "lines": _lines(company),
        "papers": sorted(Paper.objects.seen(company).values_list("fingerprint", flat=True)),
    }


def _kept(company: Company) -> dict[str, Any]:
    shown = spend.current(company)
    return {
        "papers": sorted(Paper.objects.values_list("fingerprint", flat=True)),
        "files": sorted(map(list, ImportFile.objects.values_list("batch", "name", "outcome", "papers"))),
        "imports": [
            [batch.state, batch.files_done, batch.files_total, batch.is_seen, batch.is_undone, batch.failure]
            for batch in Import.objects.of(company).select_related("review", "undone_in").order_by("pk")
        ],
        "half worked out": Review.objects.filter(published_at__isnull=True).count(),
        "lines nobody sees": SpendLine.objects.exclude(review=shown).count(),
    }


def _lines(company: Company) -> list[list[str]]:
    rows = current_lines(company).order_by("date", "vendor_key", "place", "cost", "key")
    names = ("date", "vendor_key", "place", "cost", "counting", "it", "purpose")
    return [[str(value) for value in row] for row in rows.values_list(*names)]


def _words(client: Client, address: str) -> str:
    """The words of a page, without the notice that an import is running."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    main = re.search(r"<main.*?</main>", answer.content.decode(), re.DOTALL)
    assert main, f"{address} has no <main>"
    notes = re.split(r"(?=<div class=\"note\">)", main.group())
    told = "".join(
        re.sub(r"^<div class=\"note\">.*?being read.*?</div>", "", note, flags=re.DOTALL) for note in notes
    )
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))


# --- being killed -----------------------------------------------------------------------------------------------


@dataclass
class Writes:
    """Counts the writes on a connection and ends the process, hard, before or after the chosen one."""

    when: str = ""
    kill_at: int = 0
    made: int = 0
    publishing: int = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "SHOW")):
            return execute(sql, params, many, context)
        self.made += 1
        if sql.startswith('UPDATE "records_review"'):
            self.publishing = self.made
        self._maybe_die("before")
        answer = execute(sql, params, many, context)
        self._maybe_die("after")
        return answer

    def _maybe_die(self, when: str) -> None:
        if when == self.when and self.made == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)


DEEDS: dict[str, Callable[..., Any]] = {
    deed.__name__: deed
    for deed in (prepare, bring, bring_much, ask_undo, take_in, restart, look, cut_off, agree, remind)
}


def main() -> None:
    deed, *rest = sys.argv[1:]
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    writes = Writes()
    noon = datetime(
        TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC
    )  # pages say when figures were worked out
    with time_machine.travel(noon, tick=False), connection.execute_wrapper(writes):
        said = DEEDS[deed](*rest)
    json.dump({"said": said, "made": writes.made, "publishing": writes.publishing}, sys.stdout)


if __name__ == "__main__":
    main()
