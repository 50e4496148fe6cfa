"""How long a question and an answer take among a million lines. Run: `python -m bench.asking [LINES]`.

The company has vendors of very different size; one of which nobody has spoken has 50,000 lines, another 20,000.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from bench.home import throw_away
from bench.machine import table, timed

if TYPE_CHECKING:
    from django.test import Client

    from pilothouse.accounts.models import Company
    from pilothouse.engine.spend.cells import Cell
    from pilothouse.records.models import Paper, Review, SpendLine

LINES = 1_000_000
TRIES = 7
VENDORS = 3000
LAST = date(2026, 10, 31)
LARGE = {1: 50_000, 2: 20_000}  # vendors of which nobody has spoken, and how many lines they have


def _vendors(number: int) -> Iterator[int]:
    """The vendor of each line: the two large ones, spread over all days, and others of all sizes."""
    rng = random.Random(1)
    every = {vendor: max(1, number // lines) for vendor, lines in LARGE.items()}
    for index in range(number):
        large = [vendor for vendor, each in every.items() if index % each == vendor]
        yield large[0] if large else 3 + int(rng.paretovariate(0.6)) % VENDORS


def _lines(review: Review, paper: Paper, number: int) -> Iterator[SpendLine]:
    from pilothouse.engine.spend.recognise import line_print
    from pilothouse.knowledge import purposes
    from pilothouse.records.models import SpendLine

    rng = random.Random(2)
    keys = [purpose.key for purpose in purposes()]
    for index, vendor in enumerate(_vendors(number)):
        it = "asked" if vendor in LARGE or vendor % 7 == 0 else "yes" if vendor % 3 == 0 else "no"
        words = f"Monthly fee for something of an ordinary name, {'abcdefgh'[index % 8] * 4}"
        key = f"name:vendor {vendor}"
        yield SpendLine(
            company_id=review.company_id,
            review=review,
            paper=paper,
            key=f"k{index}",
            kind="invoice" if index % 2 else "bank",
            place=f"line {index}",
            date=LAST - timedelta(days=(number - index) * 1400 // number),
            vendor_key=key,
            vendor_name=f"Vendor {vendor}",
            description=words,
            cost=Decimal(rng.randrange(100, 50_000)) / 100,
            paid=Decimal(0),
            currency="EUR",
            counting="counts" if vendor in LARGE or index % 3 else "settles_invoice",
            it=it,
            would_say=it == "yes",
            confidence=0.6 if it == "asked" else 0.95,
            purpose=keys[vendor % len(keys)] if it == "yes" else "",
            line_print=line_print(key, words),
        )


class Sums:
    """Adds up cells while lines go by."""

    def __init__(self) -> None:
        self.of: dict[tuple[Any, ...], list[Any]] = {}

    def see(self, line: SpendLine) -> SpendLine:
        if line.counting == "counts":
            kind = (
                line.date.year,
                line.date.month,
                line.vendor_key,
                line.vendor_name,
                line.purpose,
                line.it,
                line.kind,
            )
            total = self.of.setdefault(kind, [Decimal(0), 0])
            total[0] += line.cost
            total[1] += 1
        return line

    def cells(self) -> Iterator[Cell]:
        from pilothouse.engine.dates import Month
        from pilothouse.engine.spend.cells import Cell, Kind

        for (year, month, key, name, purpose, it, proof), (cost, number) in self.of.items():
            kind = Kind(Month(year, month), key, purpose, it, "EUR", proof)
            yield Cell(kind, name, cost, Decimal(0), number)


def build(company: Company, number: int) -> tuple[int, int]:
    """One review of so many lines, with its cells and figures, shown; the numbers of its lines and cells."""
    from django.utils import timezone

    from pilothouse.engine.dates import Month, Span
    from pilothouse.engine.spend.cells import Basis
    from pilothouse.engine.spend.figures import Frame, figures_of
    from pilothouse.engine.spend.review import RULE_SET
    from pilothouse.knowledge import spend_knowledge
    from pilothouse.records.models import Import, ImportFile, Paper, Review, SourceFile, SpendCell, SpendLine
    from pilothouse.services.answers import stored_figures
    from pilothouse.services.decisions import cell_rows
    from pilothouse.services.spend import in_batches

    source = SourceFile.objects.create(
        company=company, sha256="0" * 64, name="b.xml", size=1, content="bench"
    )
    paper = Paper.objects.create(company=company, source=source, kind="invoice", fingerprint="0", content={})
    review = Review.objects.create(company=company, number=1, rule_set=RULE_SET, today=date(2026, 11, 22))
    batch = Import.objects.create(company=company, state="done", review=review)
    ImportFile.objects.create(company=company, batch=batch, source=source, name="b.xml", outcome="taken_in")
    sums = Sums()
    for rows in in_batches(map(sums.see, _lines(review, paper, number))):
        SpendLine.objects.bulk_create(rows)
    cells = list(sums.cells())
    for cell_lot in in_batches(cell_rows(review, cells, Basis.BOOKED)):
        SpendCell.objects.bulk_create(cell_lot)
    span = Span(Month.of(LAST).plus(-11), Month.of(LAST))
    known = {purpose.key: purpose for purpose in spend_knowledge().purposes}
    review.answer = {
        "period": [span.first.first_day.isoformat(), span.last.last_day.isoformat()],
        "currency": "EUR",
        "firm": {"name": "Bench", "because": "it says so"},
        "recovers_vat": True,
        "counts": {"invoices": 1},
        "lines": number,
        "findings": [],
        "keys": {},
        **stored_figures(figures_of(cells, Frame(span, "EUR", known, (), year_before=True))),
    }
    review.published_at = timezone.now()
    review.save()
    return number, len(cells)


def _measured(client: Client, home: str) -> list[tuple[str, str, str]]:
    """Pages as they are looked at, then answers on a small vendor and on the two large ones, each taken back."""
    rows = [
        _page(client, what, home + address)
        for what, address in {
            "overview": "",
            "one question": "asking/",
            "what nobody has confirmed": "asking/?show=unconfirmed",
            "a hundred questions as a list": "asking/all/",
        }.items()
    ]
    for what, vendor, goal in (
        ("an answer on a small vendor", 42, "2 s"),
        ("an answer that touches 20,000 lines", 2, "2 s"),
        ("an answer that touches 50,000 lines", 1, "-"),
    ):
        answers, undone = [], []
        for _ in range(TRIES):
            sent = {"answer": "it:backup", "chosen": f":name:vendor {vendor}", "seen": "1000000"}
            answers.append(_sent(client, f"{home}asking/answer/", sent))
            undone.append(_sent(client, f"{home}asking/undo/", {}))
        rows.append((f"{what}, and the next question", _spread(answers), goal))
        rows.append(("  the same taken back", _spread(undone), goal))
    return rows


def _page(client: Client, what: str, address: str) -> tuple[str, str, str]:
    assert client.get(address).status_code == 200, address
    return what, _spread([timed(partial(client.get, address))[0] for _ in range(TRIES)]), "150 ms"


def _sent(client: Client, address: str, sent: dict[str, str]) -> float:
    seconds, answer = timed(partial(client.post, address, sent, headers={"hx-request": "true"}))
    assert answer.status_code == 200, (address, answer.status_code)
    return seconds


def _spread(seconds: list[float]) -> str:
    return f"{statistics.median(seconds) * 1000:.0f} ms (worst {max(seconds) * 1000:.0f})"


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    with throw_away():
        from django.test import Client

        from pilothouse.accounts.models import User
        from pilothouse.accounts.people import found_company

        owner = User.objects.create_user("bench@pilothouse.example", "bench")
        company = found_company("Bench", owner=owner)
        seconds, (_, cells) = timed(partial(build, company, number))
        print(f"{number:,} lines and {cells:,} cells were made in {seconds:.0f} s")
        client = Client(SERVER_NAME="localhost")
        client.force_login(owner)
        home = f"/c/{company.slug}/spend/"
        table(f"Questions among {number:,} lines", _measured(client, home))


if __name__ == "__main__":
    main()
