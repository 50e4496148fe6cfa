"""How long a page of 100 lines among a million takes on the server. Run: `python -m bench.lines_page [LINES]`."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from bench.home import throw_away
from bench.machine import table, timed

if TYPE_CHECKING:
    from pilothouse.records.models import Paper, Review, SpendLine

LINES = 1_000_000
TRIES = 9


def _lines(review: Review, paper: Paper, number: int) -> Iterator[SpendLine]:
    from pilothouse.knowledge import purposes
    from pilothouse.records.models import SpendLine

    rng = random.Random(1)
    keys = [purpose.key for purpose in purposes()]
    for index in range(number):
        vendor = int(rng.paretovariate(0.4)) % 5000
        purpose = keys[vendor % len(keys)] if vendor % 3 == 0 else ""
        yield SpendLine(
            company_id=review.company_id,
            review=review,
            paper=paper,
            key=f"k{index}",
            kind="invoice" if index % 2 else "bank",
            place=f"line {index}",
            date=date(2026, 10, 31) - timedelta(days=index * 1400 // number),
            vendor_key=f"name:vendor-{vendor}",
            vendor_name=f"Vendor {vendor}",
            description="Monthly fee for something that has a name of ordinary length",
            cost=Decimal(rng.randrange(100, 500_000)) / 100,
            paid=Decimal(0),
            currency="EUR",
            counting="counts" if index % 3 else "settles_invoice",
            it="yes" if vendor % 3 == 0 else "asked" if vendor % 7 == 0 else "no",
            purpose=purpose,
            line_print="",
        )


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with throw_away():
        from django.test import Client
        from django.utils import timezone

        from pilothouse.accounts.models import User
        from pilothouse.accounts.people import found_company
        from pilothouse.records.models import Import, ImportFile, Paper, Review, SourceFile, SpendLine
        from pilothouse.services.spend import in_batches

        owner = User.objects.create_user("bench@pilothouse.example", "bench")
        company = found_company("Bench", owner=owner)
        source = SourceFile.objects.create(
            company=company, sha256="0" * 64, name="bench.xml", size=1, content="bench"
        )
        paper = Paper.objects.create(
            company=company, source=source, kind="invoice", fingerprint="0", content={}
        )
        review = Review.objects.create(
            company=company, number=1, rule_set="bench", today=date(2026, 11, 22), published_at=timezone.now()
        )
        batch = Import.objects.create(company=company, state="done", review=review)
        ImportFile.objects.create(
            company=company, batch=batch, source=source, name="bench.xml", outcome="taken_in"
        )
        for rows in in_batches(_lines(review, paper, number)):
            SpendLine.objects.bulk_create(rows)
        client = Client(SERVER_NAME="localhost")
        client.force_login(owner)
        address = f"/c/{company.slug}/spend/lines/"
        purpose = SpendLine.objects.exclude(purpose="").values_list("purpose", flat=True)[0]
        asked = {
            "newest first": "",
            "page 50": "?page=50",
            "IT that counts": "?it=yes&counting=counts",
            "one vendor": "?vendor=name:vendor-3",
            "one purpose": f"?purpose={purpose}",
            "one month": "?month=2026-03",
            "most money first": "?order=cost",
            "words": "?q=vendor+42",
        }
        measured = []
        for what, query in asked.items():
            answer = client.get(address + query)
            assert answer.status_code == 200, (what, answer.status_code)
            seconds = [timed(partial(client.get, address + query))[0] for _ in range(TRIES)]
            measured.append(
                (
                    what,
                    f"{statistics.median(seconds) * 1000:.0f} ms (worst {max(seconds) * 1000:.0f})",
                    "100 ms",
                )
            )
    table(f"A page of 100 lines among {number:,}", measured)


if __name__ == "__main__":
    main()
