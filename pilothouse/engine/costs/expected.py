"""What does each model cost on average over three years, in closed form and for many firms at once?

The same lines as the simulation at the means of the assumptions (`values.expected`), averaged over how many people one
in IT looks after (`values.at_points_of`); what happens now and then at its yearly rate times the mean of its size. The
simulation agrees within its standard error, which tests hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.costs.facts import Facts, Number
from pilothouse.engine.costs.lines import (
    HAPPENINGS,
    LINES,
    PAID,
    SIZES,
    happenings,
    transition,
    yearly_lines,
)
from pilothouse.engine.costs.profile import MODELS
from pilothouse.engine.costs.supply import Supplies
from pilothouse.engine.costs.values import YEARS, Values

TRANSITION = "transition"


@dataclass(frozen=True, slots=True)
class Expected:
    """One model: each line by year (the transition in the first), and what kind of money a line is."""

    lines: Mapping[str, tuple[Number, ...]]

    def total(self, *, with_transition: bool = True) -> Number:
        """All three years and kinds together."""
        names = [name for name in self.lines if with_transition or name != TRANSITION]
        return sum((self.lines[name][year] for name in names for year in range(YEARS)), 0.0)


def kind_of(line: str) -> str:
    """Whether a line is paid, own people's time, or damage to be expected."""
    if line == TRANSITION:
        return PAID
    return (LINES.get(line) or HAPPENINGS[line])[1]


def expected_cost(
    model: str, facts: Facts, values: Values, sizes: Mapping[str, Number], supplies: Supplies
) -> Expected:
    """One model for each firm; `sizes` has the mean size of each assumption in `SIZES`."""
    lines: dict[str, tuple[Number, ...]] = {}
    for name, first in yearly_lines(model, facts, values, supplies).items():
        lines[name] = _grown(first, LINES[name][0], values)
    for name, each in happenings(model, facts, values, supplies).items():
        size = sizes[SIZES[name]] if SIZES[name] else 1.0
        lines[name] = _grown(each.a_year * each.price * size, HAPPENINGS[name][0], values)
    once = transition(model, facts, values, supplies)
    lines[TRANSITION] = (once, 0.0 * once, 0.0 * once)
    return Expected(lines)


def _grown(first: Number, rate: str, values: Values) -> tuple[Number, ...]:
    return tuple(first * factor for factor in values.growth[rate])


def three_year_costs(
    facts: Facts, points: Sequence[tuple[float, Values]], sizes: Mapping[str, Number], supplies: Supplies
) -> NDArray[np.float64]:
    """All models by firms: three years' expected cost, own time and damage included, the way there left out."""
    costs = np.zeros((len(MODELS), len(facts)))
    for weight, values in points:
        for place, model in enumerate(MODELS):
            found = expected_cost(model, facts, values, sizes, supplies)
            costs[place] += weight * found.total(with_transition=False)
    return costs
