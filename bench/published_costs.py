"""What others published of costs, and what we say for the same firm: `python -m bench.published_costs`.

The cases stand in `tests/cases/costs/published/`, written from the pages by somebody who had not seen our assumptions.
A published price mostly covers less than all that is paid, so both are compared: the price alone (the fee, the hours,
the adviser, or the own people it names) and everything paid in a year. A case is met where our P10 to P90 meets the
published range.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
import yaml
from numpy.random import default_rng

from bench.machine import machine
from pilothouse.engine.costs.expected import kind_of
from pilothouse.engine.costs.facts import Column, Number, facts_of
from pilothouse.engine.costs.lines import yearly_lines
from pilothouse.engine.costs.profile import read_profile
from pilothouse.engine.costs.supply import Supplies
from pilothouse.engine.costs.values import drawn
from pilothouse.knowledge.sourcing_costs import CURRENCIES, cost_book

PUBLISHED = Path(__file__).parent.parent / "tests" / "cases" / "costs" / "published"
TODAY = date(2026, 11, 23)
RUNS, SHARES = 20_000, (0.1, 0.9)
# What a published price of a model is mostly the price of.
PRICE: Mapping[str, tuple[str, ...]] = {
    "break_fix": ("by_the_hour",),
    "project_based": ("projects",),
    "co_managed": ("provider",),
    "fully_outsourced": ("provider",),
    "fully_outsourced_plus_adviser": ("provider", "adviser"),
    "advisory_only": ("adviser",),
    "in_house": ("own_people", "training"),
}
Range = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Compared:
    """One published case: what it says of a year, and our P10 and P90 of the price alone and of everything paid."""

    name: str
    model: str
    country: str
    published: Range
    price: Range
    paid: Range
    own_source: bool  # an assumption of ours rests on the same site, so that meeting it proves less

    @property
    def verdict(self) -> str:
        if _meet(self.published, self.price):
            return "hit"
        if _meet(self.published, self.paid):
            return "hit with all that is paid"
        return "ours is higher" if self.price[0] > self.published[1] else "ours is lower"


def _meet(one: Range, other: Range) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def cases() -> Iterator[dict[str, Any]]:
    """Every published case, file by file."""
    for file in sorted(PUBLISHED.glob("*.yaml")):
        yield from yaml.safe_load(file.read_text(encoding="utf-8"))


def compare(case: Mapping[str, Any]) -> Compared:
    """What we say for the firm of a published case, in its country's currency and at first-year prices."""
    country, model = case["country"], case["model"]
    if case["currency"] != CURRENCIES[country]:
        raise ValueError(f"{case['case']}: figures for {country} are in {CURRENCIES[country]}.")
    profile, _, _ = read_profile({**case["inputs"], "country": country})
    book, rng = cost_book(country, TODAY), default_rng(1)
    facts = facts_of(profile, book.priors, rng, RUNS)
    values = drawn(book.assumptions.values(), rng, RUNS)
    lines = yearly_lines(model, facts, values, book.supplies)
    paid = [line for line in lines if kind_of(line) == "paid"]
    named = _only_those_there(book.supplies) if profile.internal_it_fte else book.supplies
    priced = yearly_lines(model, facts, values, named) if model == "in_house" else lines
    said = case["published"]
    sites = {_site(each.source.url) for each in book.assumptions.values()}
    sites |= {_site(other.source.url) for each in book.assumptions.values() for other in each.others}
    return Compared(
        case["case"],
        model,
        country,
        (float(said["yearly_low"]), float(said["yearly_high"])),
        _range([priced[line] for line in PRICE[model]]),
        _range([lines[line] for line in paid]),
        _site(case["source"]["url"]) in sites,
    )


def _only_those_there(supplies: Supplies) -> Supplies:
    """In-house with the people a page names and nobody else: it prices them, not what the firm needs."""
    models = {**supplies.models, "in_house": replace(supplies.models["in_house"], own=0.0)}
    return replace(supplies, models=models)


def _site(url: str) -> str:
    return urlsplit(url).netloc.removeprefix("www.")


def _range(lines: list[Number]) -> Range:
    total: Column = np.zeros(RUNS)
    for line in lines:
        total = total + line
    low, high = np.quantile(total, SHARES).tolist()
    return low, high


def _words(found: Range) -> str:
    return f"{found[0]:,.0f} to {found[1]:,.0f}"


def main() -> None:
    found = [compare(case) for case in cases()]
    print(machine(), file=sys.stderr)
    print("| case | model | published a year | ours: the price | ours: all that is paid | |")
    print("|---|---|---|---|---|---|")
    for each in found:
        ranges = " | ".join(_words(one) for one in (each.published, each.price, each.paid))
        mark = " *" if each.own_source else ""
        print(f"| {each.name} ({each.country}){mark} | {each.model} | {ranges} | {each.verdict} |")
    for name, some in (
        ("all", found),
        ("on pages no assumption rests on", [e for e in found if not e.own_source]),
    ):
        hits = sum(each.verdict.startswith("hit") for each in some)
        print(f"\n{hits} of {len(some)} cases ({name}) are met.")


if __name__ == "__main__":
    main()
