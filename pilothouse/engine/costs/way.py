"""What does it cost to go from one way of running IT to another: once, and in every year after?

The same worlds for both models, so that the difference is one of the models and not of luck. Limits: the year is at
first-year prices and holds what is paid as a rule, not what goes wrong now and then; the whole comparison has that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pilothouse.engine.costs.expected import kind_of
from pilothouse.engine.costs.facts import Column, Facts, Number, facts_of
from pilothouse.engine.costs.lines import PAID, onboarding, transition, yearly_lines
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.costs.simulate import Book
from pilothouse.engine.costs.values import Values, drawn

WORLDS = 4_000
Quantiles = tuple[float, float, float]
SHARES = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class WayCost:
    """P10, P50 and P90 of what the way costs once, and of how much more a year costs then than today (less: below 0).

    `more` is None where the model stays and only the provider changes.
    """

    once: Quantiles
    more: Quantiles | None


def cost_of_way(profile: Profile, book: Book, start: str, to: str, rng: np.random.Generator) -> WayCost:
    """From the model `start` to the model `to`; an empty `to` is the way to another provider of the same model."""
    facts = facts_of(replace(profile, current_model=start), book.priors, rng, WORLDS)
    values = drawn(book.assumptions.values(), rng, WORLDS)
    if not to:
        return WayCost(_quantiles(onboarding(book.supplies.models[start], facts, values)), None)
    facts = replace(facts, current=np.full(WORLDS, float(MODELS.index(start))))
    once = transition(to, facts, values, book.supplies)
    then = _paid_a_year(to, facts, values, book)
    return WayCost(_quantiles(once), _quantiles(then - _paid_a_year(start, facts, values, book)))


def _paid_a_year(model: str, facts: Facts, values: Values, book: Book) -> Column:
    lines = yearly_lines(model, facts, values, book.supplies)
    total = np.zeros(len(facts))
    for line, amount in lines.items():
        if kind_of(line) == PAID:
            total = total + amount
    return total


def _quantiles(amounts: Number) -> Quantiles:
    low, middle, high = np.quantile(np.broadcast_to(amounts, WORLDS), SHARES).tolist()
    return low, middle, high
