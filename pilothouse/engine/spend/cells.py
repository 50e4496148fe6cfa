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
from decimal import Decimal
from enum import StrEnum

from pilothouse.engine.dates import Month
from pilothouse.engine.spend.exchange import paid_at_home
from pilothouse.engine.spend.terms import Counting, SpendLine

_NOTHING = Decimal(0)


class Basis(StrEnum):
    """In which months a line stands."""

    BOOKED = "booked"  # that of the paper
    ACCRUED = "accrued"  # those that are paid for


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
    sums: dict[Kind, list[Decimal]] = {}
    counts: Counter[Kind] = Counter()
    names: dict[str, Counter[str]] = defaultdict(Counter)
    months: dict[tuple[int, int], Month] = {}
    for line in lines:
        if line.counting is not Counting.COUNTS:
            continue
        day = line.date.year, line.date.month
        kind = _kind(line, months.get(day) or months.setdefault(day, Month(*day)))
        total = sums.get(kind)
        if total is None:
            total = sums[kind] = [_NOTHING, _NOTHING]
        total[0] += line.cost.amount
        total[1] += paid_at_home(line).amount
        counts[kind] += 1
        names[line.vendor_key][line.vendor_name] += 1
    called = {key: min(said, key=lambda name: (-said[name], name)) for key, said in names.items()}
    for kind, (cost, paid) in sums.items():
        yield Cell(kind, called[kind.vendor_key], cost, paid, counts[kind])


def _kind(line: SpendLine, month: Month) -> Kind:
    said = line.recognition
    return Kind(
        month=month,
        vendor_key=line.vendor_key,
        purpose=said.purpose,
        it=said.it,
        currency=line.cost.currency,
        proof=line.kind,
        department=said.department,
        run_or_change=said.run_or_change,
        capital=said.capital,
        estimated=line.estimated,
        confirmed=said.confirmed,
    )
