"""What do lines add up to, so finely that every figure can be had from the sums alone?

A cell is the sum of the counting lines that are alike in all that figures tell apart: month, vendor, purpose, who it
was for, and so on. A million lines are some ten thousand cells. A person's decision changes the cells of one vendor;
the figures then follow without asking every line again.
Booked cells stand in the month of the paper. Accrued ones are spread over the months that are paid for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.engine.spend.exchange import paid_at_home
from pilothouse.engine.spend.periods import spread_over
from pilothouse.engine.spend.terms import Counting, Service, SpendLine

_NOTHING = Decimal(0)


class Basis(StrEnum):
    """In which months a line stands."""

    BOOKED = "booked"  # that of the paper
    ACCRUED = (
        "accrued"  # what to move for those that are paid for: less in the month of the paper, more in them
    )


@dataclass(frozen=True, slots=True)
class Kind:
    """All by which figures tell lines apart. `it` is "yes", "no" or "asked"; `proof` is "invoice", "ledger", "bank"."""

    month: Month
    vendor_key: str
    purpose: str
    it: str
    currency: str
    proof: str = "invoice"
    category: str = ""
    department: str = ""
    run_or_change: str = ""
    capital: bool = False
    estimated: bool = False
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The sum of `lines` lines of one kind. `cost` is in the kind's currency, as is `paid`, which is with VAT."""

    kind: Kind
    vendor_name: str
    cost: Decimal
    paid: Decimal
    lines: int


def cells_of(lines: Iterable[SpendLine]) -> Iterator[Cell]:
    """The booked cells of the lines that count; the name of a vendor is the one most of its lines have."""
    alike: dict[tuple[object, ...], list[SpendLine]] = defaultdict(list)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if line.counting is Counting.COUNTS:
            alike[_told_apart(line)].append(line)
            names[line.vendor_key][line.vendor_name] += 1
    called = {key: min(said, key=lambda name: (-said[name], name)) for key, said in names.items()}
    for group in alike.values():
        first = group[0]
        cost = sum((line.cost.amount for line in group), _NOTHING)
        paid = sum((paid_at_home(line).amount for line in group), _NOTHING)
        yield Cell(_kind(first, Month.of(first.date)), called[first.vendor_key], cost, paid, len(group))


def _told_apart(line: SpendLine) -> tuple[object, ...]:
    """What `_kind` is made of, as plain values, since a million lines are sorted by it."""
    said, day = line.recognition, line.date
    told = (said.purpose, said.is_it, said.category, said.run_or_change, said.capital, said.confirmed)
    whose = (line.vendor_key, said.department or line.department, line.kind)
    return (*whose, day.year, day.month, line.cost.currency, line.estimated, *told)


def moves_of(lines: Iterable[SpendLine]) -> Iterator[Cell]:
    """What has to be moved between months so that costs stand in those that are paid for: all moves sum to nothing.

    Booked cells and moves together are the accrued view. A move is of no line of its own.
    """
    sums: dict[Kind, list[Decimal]] = {}
    names: dict[str, str] = {}
    for line in lines:
        if line.counting is not Counting.COUNTS or line.service is None:
            continue
        names.setdefault(line.vendor_key, line.vendor_name)
        for month, cost, paid in moved(line.cost, paid_at_home(line), line.date, line.service):
            total = sums.setdefault(_kind(line, month), [_NOTHING, _NOTHING])
            total[0] += cost
            total[1] += paid
    for kind, (cost, paid) in sums.items():
        if cost or paid:
            yield Cell(kind, names[kind.vendor_key], cost, paid, 0)


def moved(cost: Money, paid: Money, day: date, service: Service) -> Iterator[tuple[Month, Decimal, Decimal]]:
    """What of cost and paid goes out of the month of a paper (`day`), and into the months it pays for."""
    costs = spread_over(cost, day, service)
    if len(costs) == 1:
        return
    yield Month.of(day), -cost.amount, -paid.amount
    for (month, part), (_, with_vat) in zip(costs, spread_over(paid, day, service), strict=True):
        yield month, part.amount, with_vat.amount


def _kind(line: SpendLine, month: Month) -> Kind:
    said = line.recognition
    return Kind(
        month=month,
        vendor_key=line.vendor_key,
        purpose=said.purpose,
        it=said.it,
        currency=line.cost.currency,
        proof=line.kind,
        category=said.category,
        department=said.department or line.department,
        run_or_change=said.run_or_change,
        capital=said.capital,
        estimated=line.estimated,
        confirmed=said.confirmed,
    )
