"""How long a table of consolidated spend takes on 150,000 cells. Run: `python -m bench.consolidated [CELLS]`."""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from bench.home import throw_away
from bench.machine import table, timed

if TYPE_CHECKING:
    from pilothouse.records.models import Review, SpendCell

CELLS = 150_000
VENDORS = 5_000
TRIES = 9


def _cells(review: Review, number: int) -> Iterator[SpendCell]:
    from pilothouse.engine.dates import Month
    from pilothouse.knowledge import purposes
    from pilothouse.records.models import SpendCell

    rng = random.Random(1)
    keys = [purpose.key for purpose in purposes()]
    last = Month(2026, 10)
    for index in range(number):
        vendor = int(rng.paretovariate(0.4)) % VENDORS
        is_it = vendor % 3 == 0
        yield SpendCell(
            company_id=review.company_id,
            review=review,
            basis="booked",
            month=last.plus(-(index * 36 // number)).first_day,
            vendor_key=f"name:vendor-{vendor}",
            vendor_name=f"Vendor {vendor}",
            purpose=keys[vendor % len(keys)] if is_it else "",
            department=f"Department {vendor % 7}",
            run_or_change="run",
            kind="invoice" if index % 2 else "bank",
            it="yes" if is_it else "asked" if vendor % 7 == 0 else "no",
            currency="EUR",
            cost=Decimal(rng.randrange(100, 500_000)) / 100,
            paid=Decimal(0),
            lines=1 + index % 9,
        )


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else CELLS
    with throw_away():
        from django.utils import timezone

        from pilothouse.accounts.models import Company
        from pilothouse.engine.dates import Month, Span
        from pilothouse.records.models import Review, SpendCell
        from pilothouse.services.consolidated import Question, consolidated
        from pilothouse.services.spend import in_batches

        company = Company.objects.create(name="Bench", slug="bench")
        review = Review.objects.create(
            company=company,
            number=1,
            rule_set="bench",
            today=date(2026, 11, 22),
            published_at=timezone.now(),
            answer={"currency": "EUR"},
        )
        for rows in in_batches(_cells(review, number)):
            SpendCell.objects.bulk_create(rows)
        of_it = Question(Span(Month(2025, 11), Month(2026, 10)))
        asked = {
            "IT by purpose": of_it,
            "IT by vendor": replace(of_it, by="vendor"),
            "IT by vendor and month": replace(of_it, by="vendor", over="month"),
            "IT by department and quarter": replace(of_it, by="department", over="quarter"),
            "everything by vendor": replace(of_it, by="vendor", it="all"),
            "everything by vendor and month": replace(of_it, by="vendor", it="all", over="month"),
            "everything by IT or not": replace(of_it, by="it", it="all"),
            "one vendor by month": replace(
                of_it, by="vendor", it="all", over="month", filters={"vendor": "name:vendor-3"}
            ),
        }
        measured = []
        for what, question in asked.items():
            found = consolidated(review, question)
            assert found.total.total.value > 0, what
            seconds = [timed(partial(consolidated, review, question))[0] for _ in range(TRIES)]
            told = f"{statistics.median(seconds) * 1000:.0f} ms (worst {max(seconds) * 1000:.0f})"
            measured.append((f"{what}, {found.in_all:,} rows", told, "150 ms"))
    table(f"Consolidated spend over {number:,} cells", measured)


if __name__ == "__main__":
    main()
