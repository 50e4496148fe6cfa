"""Sums of cells, each with the conditions by which its lines are found again.

`select` is the meaning of those conditions: "from" and "to" (days, both inside), "month" ("2026-03"), "quarter"
("2026-Q1"), "it" ("yes", "asked", "no"), "purpose", "category", "function", "vendor" (its key), "department",
"run_or_change", "counting", "currency", "kind" (what proves it: "invoice", "ledger" or "bank"), "capital", "estimated"
and "confirmed" ("yes", "no"). Whoever shows lines by them shows what a figure is made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.engine.dates import Month, Span
from pilothouse.engine.evidence import AssumptionEvidence, Evidence, Figure, SelectionEvidence
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Cell, Kind
from pilothouse.engine.spend.terms import Counting, Purpose, SpendLine

Conditions = tuple[tuple[str, str], ...]
Test = Callable[[SpendLine], bool]


class UnknownCondition(ValueError):
    """A condition that no line can meet or fail, because nobody knows it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a whole: of a purpose, function, vendor, month or currency."""

    key: str
    label: str
    figure: Figure


_TESTS: Mapping[str, Callable[[str], Test]] = {
    "from": lambda value: _since(date.fromisoformat(value)),
    "to": lambda value: _until(date.fromisoformat(value)),
    "month": lambda value: lambda line: line.date.isoformat().startswith(value),
    "quarter": lambda value: lambda line: Month.of(line.date).quarter == value,
    "it": lambda value: lambda line: line.recognition.it == value,
    "purpose": lambda value: lambda line: line.recognition.purpose == value,
    "function": lambda value: lambda line: line.recognition.function == value,
    "vendor": lambda value: lambda line: line.vendor_key == value,
    "department": lambda value: lambda line: (line.recognition.department or line.department) == value,
    "category": lambda value: lambda line: line.recognition.category == value,
    "run_or_change": lambda value: lambda line: line.recognition.run_or_change == value,
    "capital": lambda value: lambda line: line.recognition.capital == (value == "yes"),
    "counting": lambda value: lambda line: line.counting.value == value,
    "currency": lambda value: lambda line: line.cost.currency == value,
    "kind": lambda value: lambda line: line.kind == value,
    "estimated": lambda value: lambda line: line.estimated == (value == "yes"),
    "confirmed": lambda value: lambda line: line.recognition.confirmed == (value == "yes"),
}


def select(lines: Iterable[SpendLine], conditions: Iterable[tuple[str, str]]) -> Iterator[SpendLine]:
    """The lines that meet every condition; raises `UnknownCondition` for one that is not known."""
    tests = []
    for name, value in conditions:
        if name not in _TESTS:
            raise UnknownCondition(
                f"“{name}” is not something lines can be chosen by. Known: {', '.join(_TESTS)}."
            )
        tests.append(_TESTS[name](value))
    return (line for line in lines if all(test(line) for test in tests))


def _since(day: date) -> Test:
    return lambda line: line.date >= day


def _until(day: date) -> Test:
    return lambda line: line.date <= day


def counting_in(period: Span, currency: str) -> Conditions:
    """The conditions of all that counts in a period."""
    first, last = period.first.first_day, period.last.last_day
    return (
        ("from", first.isoformat()),
        ("to", last.isoformat()),
        ("currency", currency),
        ("counting", Counting.COUNTS.value),
    )


def sum_up(
    name: str, cells: Iterable[Cell], conditions: Conditions, currency: str, *more: Evidence
) -> Figure:
    """The figure that `cells` add up to; their lines are what `select` gives for `conditions`."""
    total, proposed, lines = Decimal(0), Decimal(0), 0
    for cell in cells:
        total += cell.cost
        lines += cell.lines
        if not cell.kind.confirmed:
            proposed += cell.cost
    value = Money(total, currency)
    evidence = SelectionEvidence(conditions, lines, value)
    return Figure(name, value, (evidence, *more), Money(proposed, currency))


def parts_of(
    whole: Figure, cells: Iterable[Cell], by: str, key_of: Callable[[Kind], str]
) -> tuple[Part, ...]:
    """`cells` of a figure by the condition `by`, the most money first; the label is the key."""
    conditions = _conditions_of(whole)
    groups: dict[str, list[Cell]] = defaultdict(list)
    for cell in cells:
        groups[key_of(cell.kind)].append(cell)
    parts = [
        Part(key, key, sum_up(f"{whole.name}.{by}", group, (*conditions, (by, key)), whole.value.currency))
        for key, group in groups.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-abs(part.figure.value.amount), part.key)))


def _conditions_of(figure: Figure) -> Conditions:
    return next(e.conditions for e in figure.because if isinstance(e, SelectionEvidence))


# --- what a review says -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """What is paid in a period; "IT" is what was recognised as such, not what is asked.

    The parts of IT (`by_…`) each sum to `it_total`. `estimated` is the part of it whose VAT was estimated.
    `unsure` is what a person is asked about, `unsure_vendors` by vendor, the most money first.
    `year_before` is None where there are no papers of that year, and `before_by_…` are empty.
    """

    it_total: Figure
    year_before: Figure | None
    all_spend: Figure
    estimated: Figure
    unsure: Figure
    by_purpose: tuple[Part, ...]
    by_function: tuple[Part, ...]
    by_vendor: tuple[Part, ...]
    by_month: tuple[Part, ...]
    by_kind: tuple[Part, ...]
    unsure_vendors: tuple[Part, ...]
    other_currencies: tuple[Part, ...]
    before_by_purpose: tuple[Part, ...] = ()
    before_by_vendor: tuple[Part, ...] = ()
    before_by_month: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """Of what figures are asked: the period and currency, the purposes there are, the assumptions that estimated costs
    rest on, and whether there are papers of the year before.
    """

    period: Span
    currency: str
    purposes: Mapping[str, Purpose]
    believed: tuple[AssumptionEvidence, ...] = ()
    year_before: bool = False


def figures_of(cells: Iterable[Cell], frame: Frame) -> Figures:
    """What booked cells add up to; those of other times are passed over."""
    cells = tuple(cells)
    period, currency = frame.period, frame.currency
    counting = counting_in(period, currency)
    within = [c for c in cells if period.first <= c.kind.month <= period.last]
    counted = [c for c in within if c.kind.currency == currency]
    it = [c for c in counted if c.kind.it == "yes"]
    asked = [c for c in counted if c.kind.it == "asked"]
    of_it: Conditions = (*counting, ("it", "yes"))
    total = sum_up("it_total", it, of_it, currency)
    unsure = sum_up("unsure", asked, (*counting, ("it", "asked")), currency)
    estimated = [c for c in it if c.kind.estimated]
    before = _year_before(cells, frame) if frame.year_before else {}
    return Figures(
        it_total=total,
        year_before=before.pop("whole", None),
        all_spend=sum_up("all_spend", counted, counting, currency),
        estimated=sum_up("estimated", estimated, (*of_it, ("estimated", "yes")), currency, *frame.believed),
        unsure=unsure,
        by_purpose=_named(
            parts_of(total, it, "purpose", _purpose), {k: p.name for k, p in frame.purposes.items()}
        ),
        by_function=parts_of(total, it, "function", _function(frame.purposes)),
        by_vendor=_named(parts_of(total, it, "vendor", _vendor), names_of(it)),
        by_month=_in_order(parts_of(total, it, "month", _month)),
        by_kind=parts_of(total, it, "kind", lambda kind: kind.proof),
        unsure_vendors=_named(parts_of(unsure, asked, "vendor", _vendor), names_of(asked)),
        other_currencies=_other_currencies(within, period, currency),
        **before,
    )


def names_of(cells: Iterable[Cell]) -> dict[str, str]:
    """The name of each vendor."""
    return {cell.kind.vendor_key: cell.vendor_name for cell in cells}


def _purpose(kind: Kind) -> str:
    return kind.purpose


def _vendor(kind: Kind) -> str:
    return kind.vendor_key


def _month(kind: Kind) -> str:
    return str(kind.month)


def _function(purposes: Mapping[str, Purpose]) -> Callable[[Kind], str]:
    return lambda kind: purposes[kind.purpose].function if kind.purpose in purposes else ""


def _named(parts: Iterable[Part], names: Mapping[str, str]) -> tuple[Part, ...]:
    return tuple(replace(part, label=names.get(part.key, part.key)) for part in parts)


def _in_order(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(sorted(parts, key=lambda part: part.key))


def _year_before(cells: Iterable[Cell], frame: Frame) -> dict[str, Any]:
    """IT of the same months a year earlier, by purpose, vendor and month, to stand beside this year's."""
    before, currency = frame.period.year_before(), frame.currency
    it = [
        cell
        for cell in cells
        if cell.kind.it == "yes"
        and cell.kind.currency == currency
        and before.first <= cell.kind.month <= before.last
    ]
    whole = sum_up("it_year_before", it, (*counting_in(before, currency), ("it", "yes")), currency)
    return {
        "whole": whole,
        "before_by_purpose": parts_of(whole, it, "purpose", _purpose),
        "before_by_vendor": parts_of(whole, it, "vendor", _vendor),
        "before_by_month": parts_of(whole, it, "month", _month),
    }


def _other_currencies(within: Sequence[Cell], period: Span, currency: str) -> tuple[Part, ...]:
    """What counts in the period but is not in the company's currency, by currency."""
    parts = []
    for other in sorted({cell.kind.currency for cell in within} - {currency}):
        chosen = [cell for cell in within if cell.kind.currency == other]
        parts.append(Part(other, other, sum_up("other_currency", chosen, counting_in(period, other), other)))
    return tuple(parts)
