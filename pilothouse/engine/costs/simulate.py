"""What could each model cost? Many runs of three years, month by month where something happens.

Each run draws every assumption once, and the facts nobody gave; models share the draws (common random numbers), so that
"A is cheaper than B" compares them in the same world. What happens now and then is a Poisson process over 36 months: it
is drawn once at the highest rate of any model, each happening with its month, size and luck, and a model has those its
own rate reaches, which is exact. Where more than 300 of one name are expected in a run (hundreds of IT people), each
drawn one stands for several: the mean stays, and the spread, small by then, is a little too wide. Runs are worked off
in parts that fit in memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.assumptions import Assumption
from pilothouse.engine.costs.expected import TRANSITION, kind_of
from pilothouse.engine.costs.facts import Column, Facts, Priors, facts_of
from pilothouse.engine.costs.lines import (
    HAPPENINGS,
    LINES,
    SIZES,
    Happening,
    happenings,
    transition,
    yearly_lines,
)
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.costs.supply import Supplies
from pilothouse.engine.costs.values import YEARS, Values, draw, drawn

MONTHS = 36
AT_ONCE, HAPPENINGS_AT_ONCE = 20_000, 1_000_000
MOST_DRAWN = 300.0  # happenings of one name in a run that are drawn one by one
TRIED = 64  # runs drawn beforehand, to see how much happens in one

Runs = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Book:
    """What costs rest on: the assumptions of one country by key, what models supply, and priors for unknown facts."""

    assumptions: Mapping[str, Assumption]
    supplies: Supplies
    priors: Priors


@dataclass(frozen=True, slots=True)
class Simulated:
    """`by_year`: models, years, runs; `lines`: the mean of each line over three years, by model."""

    by_year: Runs
    lines: Mapping[str, Mapping[str, float]]

    @property
    def total(self) -> Runs:
        """Models by runs."""
        summed: Runs = self.by_year.sum(axis=1)
        return summed

    def kinds(self, model: str) -> dict[str, float]:
        """The mean by kind of money."""
        found: dict[str, float] = {}
        for line, mean in self.lines[model].items():
            found[kind_of(line)] = found.get(kind_of(line), 0.0) + mean
        return found


def simulate(profile: Profile, book: Book, rng: np.random.Generator, runs: int) -> Simulated:
    """All seven models in `runs` runs; the same generator gives the same answer."""
    parts: list[Runs] = []
    sums: dict[str, dict[str, float]] = {model: {} for model in MODELS}
    left = runs
    at_once = max(1, min(AT_ONCE, int(HAPPENINGS_AT_ONCE / happenings_a_run(profile, book, rng))))
    while left:
        count = min(left, at_once)
        parts.append(_part(profile, book, rng, count, sums))
        left -= count
    means = {model: {line: total / runs for line, total in lines.items()} for model, lines in sums.items()}
    return Simulated(np.concatenate(parts, axis=2), means)


def happenings_a_run(profile: Profile, book: Book, rng: np.random.Generator) -> float:
    """How many resignations, outages and the like are drawn in a run of this firm at most, roughly."""
    facts = facts_of(profile, book.priors, rng, TRIED)
    values = drawn(book.assumptions.values(), rng, TRIED)
    each = [happenings(model, facts, values, book.supplies) for model in MODELS]
    highest = (YEARS * max(float(np.max(model[name].a_year)) for model in each) for name in HAPPENINGS)
    return sum(min(one, MOST_DRAWN) for one in highest)


def _part(
    profile: Profile, book: Book, rng: np.random.Generator, count: int, sums: dict[str, dict[str, float]]
) -> Runs:
    facts = facts_of(profile, book.priors, rng, count)
    values = drawn(book.assumptions.values(), rng, count)
    by_year = np.zeros((len(MODELS), YEARS, count))
    for place, model in enumerate(MODELS):
        for line, first in yearly_lines(model, facts, values, book.supplies).items():
            grown = np.stack(
                [np.broadcast_to(first * factor, count) for factor in values.growth[LINES[line][0]]]
            )
            _add(by_year[place], grown, sums[model], line)
        once = np.zeros((YEARS, count))
        once[0] = transition(model, facts, values, book.supplies)
        _add(by_year[place], once, sums[model], TRANSITION)
    _let_happen(facts, values, book, rng, (by_year, sums))
    return by_year


def _add(years: Runs, grown: Runs, sums: dict[str, float], line: str) -> None:
    years += grown
    sums[line] = sums.get(line, 0.0) + float(grown.sum())


def _let_happen(
    facts: Facts,
    values: Values,
    book: Book,
    rng: np.random.Generator,
    into: tuple[Runs, dict[str, dict[str, float]]],
) -> None:
    by_year, sums = into
    each = {model: happenings(model, facts, values, book.supplies) for model in MODELS}
    for name in HAPPENINGS:
        luck = _Luck.drawn(name, [each[model][name] for model in MODELS], book, rng, len(facts))
        for place, model in enumerate(MODELS):
            grown = luck.cost(each[model][name], values)
            _add(by_year[place], grown, sums[model], name)


@dataclass(frozen=True, slots=True)
class _Luck:
    """All happenings of one name at the highest rate of any model: whose run, which year, how large, and its luck."""

    name: str
    run: NDArray[np.int64]
    year: NDArray[np.int64]
    size: Column
    luck: Column  # a happening is a model's where its luck is below the model's rate
    together: Column  # how many each one stands for, by run
    runs: int

    @staticmethod
    def drawn(name: str, models: list[Happening], book: Book, rng: np.random.Generator, runs: int) -> _Luck:
        highest = np.max([np.broadcast_to(each.a_year, runs) for each in models], axis=0)
        together = np.maximum(highest * YEARS / MOST_DRAWN, 1.0)
        counts = rng.poisson(highest * YEARS / together)
        run = np.repeat(np.arange(runs), counts)
        month = rng.integers(MONTHS, size=len(run))
        luck = rng.random(len(run)) * highest[run]
        key = SIZES[name]
        size = draw(book.assumptions[key], rng, len(run)) if key else np.ones(len(run))
        return _Luck(name, run, month * YEARS // MONTHS, size, luck, together, runs)

    def cost(self, happening: Happening, values: Values) -> Runs:
        """What it costs a model by year and run."""
        rate = np.broadcast_to(happening.a_year, self.runs)
        price = happening.price * self.together
        mine = self.luck < rate[self.run]
        run, year = self.run[mine], self.year[mine]
        cells = np.bincount(
            year * self.runs + run, weights=price[run] * self.size[mine], minlength=YEARS * self.runs
        ).reshape(YEARS, self.runs)
        factors = np.stack(
            [np.broadcast_to(one, self.runs) for one in values.growth[HAPPENINGS[self.name][0]]]
        )
        grown: Runs = cells * factors
        return grown
