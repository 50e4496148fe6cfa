"""Payment lines with labels, as public bodies publish them: read, gathered by supplier, and split in halves.

The file is CSV with the columns org, date, supplier, account_label, amount, is_it (0 or 1) and category. The account
label made the labels, so it is never input. Suppliers are told apart by their cleaned names, so that two spellings of
one do not stand on both sides of a split.
"""

from __future__ import annotations

import csv
import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from pathlib import Path

from pilothouse.engine.spend.dealings import Dealings
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.vendors import KnownVendors, Vendor

MOST_LINES = 200  # of one supplier weigh no more than this many


@dataclass(frozen=True, slots=True)
class LabelledLine:
    """One payment; `category` is empty where it is not IT, and where the label names none."""

    number: int
    body: str
    date: str
    supplier: str
    amount: Decimal
    is_it: bool
    category: str
    account: str


@dataclass(slots=True)
class Supplier:
    """All lines of one supplier."""

    key: str
    name: str
    lines: int = 0
    it_lines: int = 0
    categories: Counter[str] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        return self.it_lines / self.lines


def read_labels(path: Path) -> list[LabelledLine]:
    """The lines of a file, packed with gzip or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return [_line(number, row) for number, row in enumerate(csv.DictReader(io.StringIO(text)), start=1)]


def _line(number: int, row: dict[str, str]) -> LabelledLine:
    return LabelledLine(
        number,
        row["org"],
        row["date"],
        row["supplier"],
        _amount(row["amount"]),
        row["is_it"] == "1",
        row["category"],
        row["account_label"],
    )


def _amount(text: str) -> Decimal:
    """An amount as public bodies write it; 0 for what is none. Brackets are a minus sign."""
    digits = text.strip().replace(",", "").replace("£", "")
    sign = -1 if digits.startswith("(") else 1
    try:
        return sign * Decimal(digits.strip("()"))
    except InvalidOperation:
        return Decimal(0)


def suppliers_of(lines: Iterable[LabelledLine]) -> list[Supplier]:
    """The suppliers by key; each has the name most of its lines use."""
    found: dict[str, Supplier] = {}
    names: dict[str, Counter[str]] = {}
    for line in lines:
        key = clean_name(line.supplier)
        supplier = found.setdefault(key, Supplier(key, ""))
        supplier.lines += 1
        supplier.it_lines += line.is_it
        supplier.categories[line.category] += line.is_it
        names.setdefault(key, Counter())[line.supplier] += 1
    for key, supplier in found.items():
        supplier.name = min(names[key], key=lambda name: (-names[key][name], name))
    return [found[key] for key in sorted(found)]


def dealings_of(lines: Iterable[LabelledLine]) -> dict[str, Dealings]:
    """All payments to each supplier in a few numbers, by its cleaned name."""
    amounts: dict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        amounts[clean_name(line.supplier)].append(line.amount)
    return {key: Dealings.of(each) for key, each in amounts.items()}


def vendor_of(name: str, known: KnownVendors) -> Vendor:
    found, by = known.by_name(name)
    return Vendor(f"name:{clean_name(name)}", name, "", found, by)


def fold_of(key: str, folds: int = 2, salt: str = "") -> int:
    """Which part of a split a supplier falls in, by the hash of its cleaned name."""
    return sha256(f"{salt}{key}".encode()).digest()[0] % folds


def halves(lines: Sequence[LabelledLine], salt: str = "") -> tuple[list[LabelledLine], list[LabelledLine]]:
    """The lines of one half of the suppliers, and those of the other; another `salt` is another split."""
    parts: tuple[list[LabelledLine], list[LabelledLine]] = ([], [])
    for line in lines:
        parts[fold_of(clean_name(line.supplier), salt=salt)].append(line)
    return parts
