"""Sums of lines, each with the conditions by which its lines are found again.

`select` is the meaning of those conditions: "from" and "to" (days, both inside), "month" ("2026-03"), "it"
("yes", "asked", "no"), "purpose", "function", "vendor" (its key), "counting", "currency", "kind" (what proves it:
"invoice", "ledger" or "bank"), "estimated" and "confirmed" ("yes", "no"). Whoever shows lines by them shows what a
figure is made of.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.engine.dates import Span
from pilothouse.engine.evidence import Evidence, Figure, SelectionEvidence
from pilothouse.engine.money import Money
from pilothouse.engine.spend.terms import Counting, SpendLine

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
    "it": lambda value: lambda line: line.recognition.it == value,
    "purpose": lambda value: lambda line: line.recognition.purpose == value,
    "function": lambda value: lambda line: line.recognition.function == value,
    "vendor": lambda value: lambda line: line.vendor_key == value,
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
    name: str, lines: Sequence[SpendLine], conditions: Conditions, currency: str, *more: Evidence
) -> Figure:
    """The figure that `lines` add up to; they are what `select` gives for `conditions`."""
    total, proposed = Decimal(0), Decimal(0)
    for line in lines:
        total += line.cost.amount
        if not line.recognition.confirmed:
            proposed += line.cost.amount
    value = Money(total, currency)
    evidence = SelectionEvidence(conditions, len(lines), value)
    return Figure(name, value, (evidence, *more), Money(proposed, currency))


def parts_of(
    whole: Figure, lines: Iterable[SpendLine], by: str, key_of: Callable[[SpendLine], str]
) -> tuple[Part, ...]:
    """`lines` of a figure by the condition `by`, the most money first; the label is the key."""
    conditions = _conditions_of(whole)
    groups: dict[str, list[SpendLine]] = defaultdict(list)
    for line in lines:
        groups[key_of(line)].append(line)
    parts = [
        Part(key, key, sum_up(f"{whole.name}.{by}", group, (*conditions, (by, key)), whole.value.currency))
        for key, group in groups.items()
    ]
    return tuple(sorted(parts, key=lambda part: (-abs(part.figure.value.amount), part.key)))


def _conditions_of(figure: Figure) -> Conditions:
    return next(e.conditions for e in figure.because if isinstance(e, SelectionEvidence))


def names_of(lines: Iterable[SpendLine]) -> dict[str, str]:
    """The name each vendor goes by on most of its lines."""
    said: dict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        said[line.vendor_key][line.vendor_name] += 1
    return {key: min(names, key=lambda name: (-names[name], name)) for key, names in said.items()}
