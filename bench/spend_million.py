"""How long a million lines take, and how much memory: `python -m bench.spend_million [lines] [kind]`.

A made-up firm with 5,000 vendors: six in ten lines stand on invoices of one or two lines, four in ten are payments,
which name the invoice by a structured communication, by its number, or not at all. The engine alone, in one process.
`kind` says what the papers are like:
`usual` (the words of lines repeat as they do on real bills, with other dates and numbers),
`differing` (no two lines have the same words, which no real firm has: the worst that words can do), and
`one_vendor` (all 50,000 lines, unless said otherwise, are of one vendor).
"""

from __future__ import annotations

import gc
import resource
import sys
import time
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bench.machine import table, timed
from pilothouse.engine.spend.review import Grounds, Papers, review
from pilothouse.engine.spend.terms import BankMovement, Firm, Identity, InvoiceItem, InvoicePaper
from pilothouse.knowledge import assumption_book, spend_knowledge

LINES = {"usual": 1_000_000, "differing": 1_000_000, "one_vendor": 50_000}
GOALS = {"usual": ("60 s", "2,048 MiB")}
VENDORS = 5_000
FIRST = date(2024, 1, 1)
DAYS = 700
US = Identity("Ons Bedrijf NV", vat_id="BE0403170701", country="BE")
ACCOUNT = "BE68539007547034"
SYLLABLES = [
    "ka",
    "lo",
    "mi",
    "ver",
    "stra",
    "do",
    "ten",
    "bel",
    "gra",
    "vin",
    "nor",
    "sal",
    "pe",
    "rik",
    "om",
    "dra",
    "fel",
    "mon",
]
WORDS = (
    "Hosting {m}", "Microsoft 365 Business {m}", "Onderhoud installatie ref {n}", "Levering {n}",
    "Materiaal order {n}",
    "Abonnement {m}", "Consultancy {m}, {n} uren", "Toner en papier {n}", "Verzekering polis {n}",
    "Transport zending {n}",
)  # fmt: skip


def vendors(rng: Random) -> list[Identity]:
    """Firms with a name, mostly a number, and an account."""
    found = []
    for number in range(VENDORS):
        name = " ".join("".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize() for _ in range(2))
        digits = f"{4_000_000 + number:08d}"
        vat_id = f"BE{digits}{97 - int(digits) % 97:02d}" if number % 10 else ""
        found.append(Identity(f"{name} BV", vat_id, "", (f"BE{number % 90 + 10}{number:012d}",), "BE"))
    return found


def name_of_its_own(rng: Random) -> str:
    """Two words that hardly any other line has."""
    return " ".join("".join(rng.choice(SYLLABLES) for _ in range(4)) for _ in range(2))


def papers(lines: int, kind: str) -> Papers:
    """The firm's papers; the same every time."""
    rng = Random(1)
    parties = vendors(rng)[: 1 if kind == "one_vendor" else VENDORS]
    months = [f"{(FIRST + timedelta(days=30 * n)):%m/%Y}" for n in range(24)]
    invoices, movements = [], []
    for number in range(lines * 4 // 10):
        seller = parties[int(rng.random() ** 2 * len(parties))]
        day = FIRST + timedelta(days=number * DAYS // (lines * 4 // 10))
        items = tuple(
            InvoiceItem(
                str(at),
                rng.choice(WORDS).format(m=rng.choice(months), n=number)
                + (f" {name_of_its_own(rng)}" if kind == "differing" else ""),
                "",
                Decimal(rng.randrange(500, 200_000)) / 100,
                Decimal(21),
                f"line {at}",
            )
            for at in range(1 + number % 2)
        )
        net = sum((item.net for item in items), Decimal(0))
        vat = (net * 21 / 100).quantize(Decimal("0.01"))
        digits = f"{number:010d}"
        reference = f"{digits}{number % 97 or 97:02d}" if number % 3 == 0 else ""
        invoices.append(
            InvoicePaper(
                f"i{number}", f"s{number}", f"F{day.year}{number:06d}", False, day, day + timedelta(days=30), "EUR",
                seller, US, net, vat, net + vat, reference, items=items,
            )
        )  # fmt: skip
        words = ("", f"Factuur F{day.year}{number:06d}", "")[number % 3]
        words += f" {name_of_its_own(rng)}" if kind == "differing" else ""
        movements.append(
            BankMovement(
                f"m{number}", f"b{number // 5000}", ACCOUNT, day + timedelta(days=rng.randrange(5, 60)), -(net + vat),
                "EUR", Identity(seller.name, ibans=seller.ibans), words, reference, "line 1",
            )
        )  # fmt: skip
    return Papers(tuple(invoices), tuple(movements), ())


def memory() -> float:
    """The most memory the process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    kind = next((kind for kind in LINES if kind in sys.argv[1:]), "usual")
    lines = next((int(said) for said in sys.argv[1:] if said.isdecimal()), LINES[kind])
    made = papers(lines, kind)
    before = memory()
    grounds = Grounds(spend_knowledge(), assumption_book())
    gc.disable()  # as the service does: nothing is thrown away until the end
    worked = time.process_time()
    seconds, answer = timed(lambda: review(made, Firm(US), grounds, today=date(2026, 1, 15)))
    worked = time.process_time() - worked
    table(
        f"{len(answer.lines):,} lines recognised and matched, {len(answer.settlements):,} matches, {kind}, one core",
        [
            ("time", f"{seconds:.1f} s", GOALS.get(kind, ("", ""))[0]),
            ("of that, at work (the rest others had)", f"{worked:.1f} s", ""),
            ("memory, papers included", f"{memory():,.0f} MiB", GOALS.get(kind, ("", ""))[1]),
            ("of that, the papers", f"{before:,.0f} MiB", ""),
        ],
    )


if __name__ == "__main__":
    main()
