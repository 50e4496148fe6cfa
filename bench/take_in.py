"""How long 1,000 e-invoices take from files to figures.

Invoices of the sample company, each written several times with another number. Run: `python -m bench.take_in`.
"""

from __future__ import annotations

import io
import re
from datetime import date
from typing import TYPE_CHECKING

from bench.home import throw_away
from bench.machine import table, timed

if TYPE_CHECKING:
    from pilothouse.services.intake import Brought

TODAY = date(2026, 11, 22)
INVOICES = 1000


def _invoices() -> list[Brought]:
    from pilothouse.sample import sample_papers
    from pilothouse.services.intake import Brought

    papers = [paper for paper in sample_papers(TODAY) if paper.name.endswith(".xml")]
    brought = []
    for number in range(INVOICES):
        paper = papers[number % len(papers)]
        own_number = b"<cbc:ID>%d-" % number
        data = re.sub(rb"<cbc:ID>", own_number, paper.data, count=1)
        brought.append(Brought(f"{number}-{paper.name}", io.BytesIO(data)))
    return brought


def main() -> None:
    with throw_away():
        from pilothouse.accounts.models import Company
        from pilothouse.records.models import Paper
        from pilothouse.services import intake

        company = Company.objects.create(name="Bench", slug="bench")
        files = _invoices()
        received, batch = timed(lambda: intake.receive(company, files, by=None))
        taken, _ = timed(lambda: intake.take_in(batch.pk, today=TODAY))
        assert Paper.objects.seen(company).count() == INVOICES
    table(
        f"{INVOICES} e-invoices taken in",
        [
            ("keep the files", f"{received:.1f} s", ""),
            ("read, store, work out and publish", f"{taken:.1f} s", ""),
            ("together", f"{received + taken:.1f} s", "20 s"),
        ],
    )


if __name__ == "__main__":
    main()
