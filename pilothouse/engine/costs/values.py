"""What are the assumptions worth: on average, in many draws, or with one of them at its low or high?

`pert` is the beta distribution with mean (low + 4 mode + high) / 6 (Malcolm et al. 1959, shape 4); `lognormal` has low
and high as P10 and P90. Costs are products of different assumptions, each drawn once per run and independent of the
others, so their expected value is the product of the means; only powers of a yearly rate need its variance as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from pilothouse.engine.assumptions import LOGNORMAL, Assumption
from pilothouse.engine.costs.facts import Column, Number

YEARS = 3
_P90 = 1.2815515655446004
_SHAPE = 4.0
POINTS = 5


@dataclass(frozen=True, slots=True)
class Values:
    """Each assumption by its key: one number, or one for each run. `growth` has the factor of each year by rate."""

    of: Mapping[str, Number]
    growth: Mapping[str, tuple[Number, ...]]

    def __getitem__(self, key: str) -> Number:
        return self.of[key]


RATES = ("salary.indexation", "fee.indexation")


def expected(assumptions: Iterable[Assumption]) -> Values:
    """Each assumption at its mean."""
    listed = {each.key: each for each in assumptions}
    growth = {rate: _mean_growth(listed[rate]) for rate in RATES}
    return Values({key: mean_of(each) for key, each in listed.items()}, growth)


def at_points_of(key: str, assumptions: Iterable[Assumption]) -> list[tuple[float, Values]]:
    """Each assumption at its mean, but one at a few points with their weights: for lines that it bends.

    The points are those of Gauss (Golub and Welsch 1969): sums over five of them are exact for powers up to nine.
    """
    listed = {each.key: each for each in assumptions}
    mean = expected(listed.values())
    return [
        (weight, Values({**mean.of, key: point}, mean.growth)) for point, weight in points_of(listed[key])
    ]


def points_of(assumption: Assumption) -> list[tuple[float, float]]:
    """Points of an assumption and what each weighs; the weights sum to 1."""
    low, mode, high = float(assumption.low), float(assumption.mode), float(assumption.high)
    if low == high:
        return [(low, 1.0)]
    if assumption.shape == LOGNORMAL:
        middle, spread = _log_of(low, high)
        points, weights = np.polynomial.hermite_e.hermegauss(POINTS)
        return list(
            zip(np.exp(middle + spread * points).tolist(), (weights / weights.sum()).tolist(), strict=True)
        )
    towards_high = _SHAPE * (mode - low) / (high - low)
    points, weights = _gauss_jacobi(_SHAPE - towards_high, towards_high)
    return list(zip((low + (high - low) * points).tolist(), weights.tolist(), strict=True))


def _gauss_jacobi(alpha: float, beta: float) -> tuple[Column, Column]:
    """Points in 0 to 1 and weights for the beta distribution with density as x^beta (1 - x)^alpha."""
    k = np.arange(POINTS, dtype=float)
    both = 2 * k + alpha + beta
    diagonal = (beta**2 - alpha**2) / (both * (both + 2))
    k, both = k[1:], both[1:]
    beside = 4 * k * (k + alpha) * (k + beta) * (k + alpha + beta) / (both**2 * (both + 1) * (both - 1))
    points, vectors = np.linalg.eigh(
        np.diag(diagonal) + np.diag(np.sqrt(beside), 1) + np.diag(np.sqrt(beside), -1)
    )
    return (points + 1) / 2, vectors[0] ** 2


def drawn(assumptions: Iterable[Assumption], rng: np.random.Generator, n: int) -> Values:
    """Each assumption drawn `n` times; in the order of their keys, so that one more at the end changes no other."""
    values: dict[str, Number] = {
        each.key: draw(each, rng, n) for each in sorted(assumptions, key=lambda one: one.key)
    }
    return Values(values, _growth(values))


def each_at_its_ends(assumptions: Iterable[Assumption]) -> tuple[list[str], Values]:
    """Runs in which all assumptions are at their mean but one, which is low in one run and high in the next."""
    listed = {each.key: each for each in assumptions}
    keys, count = list(listed), 2 * len(listed)
    values: dict[str, Number] = {}
    for place, (key, each) in enumerate(listed.items()):
        column = np.full(count, mean_of(each))
        column[2 * place], column[2 * place + 1] = float(each.low), float(each.high)
        values[key] = column
    return keys, Values(values, _growth(values))


def mean_of(assumption: Assumption) -> float:
    low, mode, high = float(assumption.low), float(assumption.mode), float(assumption.high)
    if assumption.shape == LOGNORMAL:
        middle, spread = _log_of(low, high)
        return float(np.exp(middle + spread**2 / 2))
    return (low + _SHAPE * mode + high) / (_SHAPE + 2)


def variance_of(assumption: Assumption) -> float:
    """How much the draws of an assumption vary."""
    mean, low, high = mean_of(assumption), float(assumption.low), float(assumption.high)
    if assumption.shape == LOGNORMAL:
        _, spread = _log_of(low, high)
        return float(mean**2 * np.expm1(spread**2))
    return (mean - low) * (high - mean) / (_SHAPE + 3)


def draw(assumption: Assumption, rng: np.random.Generator, n: int) -> Column:
    low, mode, high = float(assumption.low), float(assumption.mode), float(assumption.high)
    if low == high:
        return np.full(n, low)
    if assumption.shape == LOGNORMAL:
        return rng.lognormal(*_log_of(low, high), size=n)
    alpha = 1 + _SHAPE * (mode - low) / (high - low)
    beta = 1 + _SHAPE * (high - mode) / (high - low)
    column: Column = low + (high - low) * rng.beta(alpha, beta, size=n)
    return column


def _log_of(low: float, high: float) -> tuple[float, float]:
    return (float(np.log(low * high)) / 2, float(np.log(high / low)) / 2 / _P90)


def _growth(values: Mapping[str, Number]) -> dict[str, tuple[Number, ...]]:
    return {rate: tuple((1 + values[rate]) ** year for year in range(YEARS)) for rate in RATES}


def _mean_growth(rate: Assumption) -> tuple[Number, ...]:
    """Mean of (1 + r) to the power of 0, 1 and 2."""
    mean = mean_of(rate)
    return (1.0, 1 + mean, 1 + 2 * mean + mean**2 + variance_of(rate))
