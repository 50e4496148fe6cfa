"""Who is cheaper with what chance, from how many people on is in-house cheaper, and which assumption matters most?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.costs.expected import expected_cost, three_year_costs
from pilothouse.engine.costs.facts import Facts, facts_of
from pilothouse.engine.costs.lines import PEOPLE_TO_ONE, SIZES
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.costs.simulate import Book, Runs
from pilothouse.engine.costs.values import Values, at_points_of, drawn, each_at_its_ends, mean_of

OUTSOURCED = ("co_managed", "fully_outsourced", "fully_outsourced_plus_adviser")
SIZES_TRIED = (*range(5, 100, 5), *range(100, 200, 10), *range(200, 1001, 50))
WORLDS, CENTRAL = 200, 64
MOST_BARS = 12
COLUMNS = tuple(name for name in Facts.__dataclass_fields__ if name not in {"country", "events"})


@dataclass(frozen=True, slots=True)
class BreakEven:
    """From how many people on in-house costs less than `against`: P10, P50, P90 over worlds; None where in none tried.

    `share` is the share of worlds in which there is such a number at all.
    """

    against: str
    low: int | None
    middle: int | None
    high: int | None
    share: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption at its low and at its high, all others at their mean: three years' total of each model."""

    key: str
    low: Mapping[str, float]
    high: Mapping[str, float]


def cheaper(total: Runs) -> NDArray[np.float64]:
    """Models by models: the share of runs in which the first is cheaper than the second; a tie counts half."""
    count = len(total)
    shares = np.full((count, count), 0.5)
    for one in range(count):
        for other in range(one + 1, count):
            wins = float((total[one] < total[other]).mean()) + float((total[one] == total[other]).mean()) / 2
            shares[one, other], shares[other, one] = wins, 1 - wins
    return shares


def mean_sizes(book: Book) -> dict[str, float]:
    """The mean size of what happens now and then."""
    return {key: mean_of(book.assumptions[key]) for key in SIZES.values() if key}


def cost_of(book: Book) -> ExpectedCosts:
    """Three years' expected cost for the advice: all models by firms."""
    return ExpectedCosts(book)


class ExpectedCosts:
    """The closed form with the means of one book, worked out once."""

    def __init__(self, book: Book) -> None:
        self._points = at_points_of(PEOPLE_TO_ONE, book.assumptions.values())
        self._sizes, self._supplies = mean_sizes(book), book.supplies

    def __call__(self, facts: Facts) -> NDArray[np.float64]:
        return three_year_costs(facts, self._points, self._sizes, self._supplies)


def break_even(profile: Profile, book: Book, rng: np.random.Generator) -> tuple[BreakEven, ...]:
    """Against each outsourced model, for a firm like this one of any size, staffed as each model needs."""
    firm = replace(
        profile, headcount=None, internal_it_fte=0.0, support_fte=None, engineering_fte=None, lead_fte=None,
        has_it_leader=None, hidden_it_hours=None,
    )  # fmt: skip
    compared = ("in_house", *OUTSOURCED)
    own, *others = _by_size(facts_of(firm, book.priors, rng, WORLDS), book, rng, compared)
    return tuple(_break_even(model, own < cost) for model, cost in zip(OUTSOURCED, others, strict=True))


def _by_size(
    world: Facts, book: Book, rng: np.random.Generator, models: tuple[str, ...]
) -> Iterator[NDArray[np.float64]]:
    """Of each model the cost by size and world, the way there left out: every world at every size, in one go."""
    count = len(SIZES_TRIED)
    people = np.repeat(np.array(SIZES_TRIED, dtype=float), WORLDS)
    each_person = world.hidden_hours / np.maximum(world.headcount, 1.0)
    hidden = np.tile(each_person, count) * people
    firms = replace(_repeated(world, count), headcount=people, hidden_hours=hidden)
    once = drawn(book.assumptions.values(), rng, WORLDS)
    values = Values(
        {key: np.tile(value, count) for key, value in once.of.items()},
        {rate: tuple(np.tile(factor, count) for factor in factors) for rate, factors in once.growth.items()},
    )
    for model in models:
        found = expected_cost(model, firms, values, mean_sizes(book), book.supplies)
        yield np.broadcast_to(found.total(with_transition=False), len(people)).reshape(count, WORLDS)


def _repeated(facts: Facts, count: int) -> Facts:
    columns = {name: np.tile(getattr(facts, name), count) for name in COLUMNS}
    events = {name: np.tile(column, count) for name, column in facts.events.items()}
    return Facts(**columns, country=facts.country, events=events)


def _break_even(model: str, wins: NDArray[np.bool_]) -> BreakEven:
    """The first size from which in-house stays cheaper, in each world."""
    stays = np.logical_and.accumulate(wins[::-1], axis=0)[::-1]
    reached = stays.any(axis=0)
    first = np.where(reached, np.array(SIZES_TRIED)[stays.argmax(axis=0)], np.inf)
    low, middle, high = (_size(float(np.quantile(first, share, method="lower"))) for share in (0.1, 0.5, 0.9))
    return BreakEven(model, low, middle, high, float(reached.mean()))


def _size(people: float) -> int | None:
    return int(people) if np.isfinite(people) else None


def tornado(profile: Profile, book: Book, rng: np.random.Generator) -> tuple[Bar, ...]:
    """The assumptions that move any model's three-year total most, the largest first."""
    facts = facts_of(profile, book.priors, rng, CENTRAL)
    keys, ends = each_at_its_ends(book.assumptions.values())
    sizes = {key: ends[key] for key in SIZES.values() if key}
    central = _middle(facts, 2 * len(keys))
    totals = {
        model: np.broadcast_to(
            expected_cost(model, central, ends, sizes, book.supplies).total(), 2 * len(keys)
        )
        for model in MODELS
    }
    bars = [
        Bar(
            key,
            {model: float(total[2 * place]) for model, total in totals.items()},
            {model: float(total[2 * place + 1]) for model, total in totals.items()},
        )
        for place, key in enumerate(keys)
    ]
    return tuple(sorted(bars, key=_swing, reverse=True)[:MOST_BARS])


def _swing(bar: Bar) -> float:
    return max(abs(bar.high[model] - bar.low[model]) for model in MODELS)


def _middle(facts: Facts, count: int) -> Facts:
    """One firm in the middle of the draws, `count` times; today's model as the first draw has it."""
    columns = {
        name: np.full(count, float(getattr(facts, name).mean())) for name in COLUMNS if name != "current"
    }
    current = np.full(count, facts.current[0])
    events = {name: np.full(count, column[0]) for name, column in facts.events.items()}
    return Facts(**columns, current=current, country=facts.country, events=events)
