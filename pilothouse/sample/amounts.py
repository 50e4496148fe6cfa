"""How `vendors.yaml`, `bank.yaml` and `customers.yaml` say numbers and times.

A value is a number, steps by month ({0: 11.70, 15: 12.90}: the last step that has come holds), or a range
([low, high]: drawn). A schedule is a list of months, or every so many months from one to another.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

import yaml

from pilothouse.sample.months import COUNT

Value = float | dict[int, float] | list[float]
Entry = Mapping[str, Any]

BEFORE = -1  # the month before the first: its bills are paid in the sample but their papers are not there


@cache
def entries(name: str) -> tuple[Entry, ...]:
    """The entries of one of the data files beside this module."""
    text = files("pilothouse.sample").joinpath(name).read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return tuple(yaml.load(text, loader))  # noqa: S506 - a safe loader, the quick one where it is built


def months_of(entry: Entry) -> tuple[int, ...]:
    """The months in which something happens; what happens monthly also did in the month before the first."""
    if "months" in entry:
        return tuple(entry["months"])
    every = entry.get("every", 1)
    first = entry.get("from", BEFORE if every == 1 else 0)
    return tuple(range(first, entry.get("to", COUNT - 1) + 1, every))


def amount_at(value: Value, month: int, rng: Random) -> Decimal:
    """A sum of money or a price."""
    if isinstance(value, list):
        low, high = (round(end * 100) for end in value)
        return Decimal(rng.randint(low, high)) / 100
    return _step(value, month)


def quantity_at(value: Value, month: int, rng: Random) -> Decimal:
    """A whole number where it is drawn."""
    if isinstance(value, list):
        low, high = value
        return Decimal(rng.randint(int(low), int(high)))
    return _step(value, month)


def _step(value: float | dict[int, float], month: int) -> Decimal:
    if isinstance(value, dict):
        value = value[max((start for start in value if start <= month), default=min(value))]
    return Decimal(str(value))
