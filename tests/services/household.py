"""A process of its own that works on an installation, and may be killed at a chosen write.

`python -m tests.services.household prepare|bring|take_in|look|resume [kill-at]` on the installation that
`PILOTHOUSE_HOME` and `DATABASE_URL` name. No hook for this stands in the product: the kill sits in a wrapper around
the database connection, which Django offers for such purposes.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402 - Django is set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from pilothouse.accounts.models import Company, User  # noqa: E402
from pilothouse.accounts.people import found_company  # noqa: E402
from pilothouse.records.models import Import, ImportFile, Paper  # noqa: E402
from pilothouse.sample import sample_papers  # noqa: E402
from pilothouse.services import intake, spend  # noqa: E402

TODAY = date(2026, 11, 22)
PAGES = ("", "spend/", "spend/lines/", "spend/vendors/", "diagnosis/")
FIRST, SECOND = 24, 48


def _brought(start: int, end: int) -> list[intake.Brought]:
    papers = sorted(sample_papers(TODAY), key=lambda paper: paper.name)
    step = max(1, len(papers) // 48)
    chosen = papers[::step][start:end]
    return [intake.Brought(paper.name, io.BytesIO(paper.data)) for paper in chosen]


def prepare() -> None:
    """A company with a first import that is seen."""
    call_command("migrate", interactive=False, verbosity=0)
    owner = User.objects.create_user("owner@pilothouse.example", "a long enough password")
    company = found_company("Cut off", owner=owner)
    batch = intake.receive(company, _brought(0, FIRST), by=owner)
    intake.take_in(batch.pk, today=TODAY)


def bring() -> None:
    """A second import that waits."""
    company = Company.objects.get()
    intake.receive(company, _brought(FIRST, SECOND), by=User.objects.get())


def take_in() -> None:
    intake.take_in(Import.objects.latest("pk").pk, today=TODAY)


def resume() -> None:
    """What a start does, with the work done at once."""
    intake.release_all()
    spend.sweep_unfinished()
    for batch_id in intake.unfinished():
        intake.take_in(batch_id, today=TODAY)


def look() -> dict[str, Any]:
    """Everything a person sees: the pages' words, the figures, and what is kept behind them."""
    company, client = Company.objects.get(), Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get())
    shown = spend.current(company)
    lines = spend_lines(company)
    return {
        "pages": {page: _words(client, f"/c/{company.slug}/{page}") for page in PAGES},
        "answer": shown.answer["figures"] if shown else None,
        "lines": lines,
        "papers": sorted(Paper.objects.seen(company).values_list("fingerprint", flat=True)),
        "twice": Paper.objects.count() - Paper.objects.values("fingerprint").distinct().count(),
        "waiting": ImportFile.objects.filter(outcome=ImportFile.Outcome.WAITING).count(),
    }


def spend_lines(company: Company) -> list[list[str]]:
    from pilothouse.services.lines import current_lines

    rows = current_lines(company).order_by("date", "vendor_key", "place", "cost", "key")
    return [[str(value) for value in row] for row in rows.values_list("date", "vendor_key", "place", "cost", "counting", "it")]


def _words(client: Client, address: str) -> str:
    """The page without what differs from one request to the next or names a running import."""
    import re

    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    body = answer.content.decode()
    main = re.search(r"<main.*?</main>", body, re.DOTALL)
    assert main, f"{address} has no <main>"
    without_running = re.sub(r"<[^>]*data-running.*?</[a-z]+>", "", main.group(), flags=re.DOTALL)
    without_ids = re.sub(r"/lines/\d+/|csrfmiddlewaretoken[^>]*", "", without_running)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without_ids))


def _counting(kill_at: int) -> Callable[..., Any]:
    """A wrapper that ends the process, hard, right before its `kill_at`-th write; 0 only counts."""
    written = 0

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        nonlocal written
        if not sql.lstrip().upper().startswith(("SELECT", "PRAGMA", "SHOW")):
            written += 1
            if written == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    wrapper.written = lambda: written  # type: ignore[attr-defined]  # read by main
    return wrapper


def main() -> None:
    what, *rest = sys.argv[1:]
    kill_at = int(rest[0]) if rest else 0
    actions: dict[str, Callable[[], Any]] = {
        "prepare": prepare, "bring": bring, "take_in": take_in, "resume": resume, "look": look,
    }  # fmt: skip
    wrapper = _counting(kill_at)
    with connection.execute_wrapper(wrapper):
        said = actions[what]()
    json.dump({"said": said, "written": wrapper.written()}, sys.stdout)  # type: ignore[attr-defined]  # set above


if __name__ == "__main__":
    main()
