"""How far does each delivery model meet what speaks for it, for many firms at once?

`judge` multiplies: `score` is the weighted share of criteria met (M6), and a model is out where a constraint excludes
it. Firms are columns (`Facts`), so that draws, flips and lists of firms all take the same path. Cost enters as a column
of its own, worked out for a firm staffed as its need asks: whom it employs today speaks through its own criteria alone,
so that more own people never favour the model without any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.costs.facts import Column, Facts, work_of
from pilothouse.engine.costs.profile import MODELS
from pilothouse.engine.sourcing.rules import Condition, Criterion, Rules

Table = NDArray[np.float64]  # models by firms
CostOf = Callable[[Facts], Table]
STAFFED = 0.6  # share of the work that own people do where a model has both them and a provider
WIDEST = 1.5  # a model that costs two and a half times the cheapest meets nothing of the criterion on cost
_COST, _IS_CURRENT = "cost", "is_current"


@dataclass(frozen=True, slots=True)
class Judgement:
    """`score` models by firms; `met` and `weight` by criterion; `out` where a constraint excludes the model.

    `broken` has, for each constraint, the firms it holds for.
    """

    score: Table
    met: NDArray[np.float64]  # criteria, models, firms
    weight: Table  # criteria, firms
    out: NDArray[np.bool_]
    broken: NDArray[np.bool_]  # constraints, firms

    @property
    def first(self) -> NDArray[np.intp]:
        """The place in `MODELS` of the best model of each firm."""
        best: NDArray[np.intp] = self.counted.argmax(axis=0)
        return best

    @property
    def counted(self) -> Table:
        """Scores, those of excluded models below all others."""
        counted: Table = np.where(self.out, self.score - 10.0, self.score)
        return counted


def _still_there(facts: Facts) -> Column:
    """Own IT people once whoever is leaving is gone: who counts people mostly counts the one who leaves as well."""
    gone = facts.events.get("internal_it_left", 0.0 * facts.internal)
    there: Column = np.maximum(facts.internal - gone, 0.0)
    return there


def columns_of(facts: Facts) -> dict[str, Column]:
    """Every fact that rules may name, by its name there."""
    return {
        "headcount": facts.headcount,
        "internal": _still_there(facts),
        "work": work_of(facts),
        "hidden_hours": facts.hidden_hours,
        "leader": facts.leader,
        "know_how": facts.know_how,
        "growth": facts.growth,
        "core_product": facts.core_product,
        "change": facts.change,
        "compliance": facts.compliance,
        "after_hours": facts.after_hours,
        "predictability": facts.predictability,
        "criticality": facts.criticality,
        "own_ways": facts.own_ways,
        "sites": facts.sites,
        "current": facts.current,
        **{f"event.{event}": happened for event, happened in facts.events.items()},
    }


NAMES = frozenset(
    ("headcount", "internal", "work", "hidden_hours", "leader", "know_how", "growth", "core_product", "change",
     "compliance", "after_hours", "predictability", "criticality", "own_ways", "sites", "current")
)  # fmt: skip
WORKED_OUT = frozenset((_COST, _IS_CURRENT))


def judge(
    facts: Facts, rules: Rules, cost_of: CostOf | None, *, varied: NDArray[np.float64] | None = None
) -> Judgement:
    """Judge all seven models for each firm. `varied` (criteria by firms) multiplies the weights.

    Without `cost_of` what a model costs does not count.
    """
    columns, n = columns_of(facts), len(facts)
    weight = np.stack([_weight(criterion, columns, n) for criterion in rules.criteria])
    if varied is not None:
        weight = weight * varied
    if cost_of is None:
        weight = weight * np.array([[criterion.by != _COST] for criterion in rules.criteria])
    met = np.stack([_met(criterion, columns, facts, cost_of) for criterion in rules.criteria])
    score = np.einsum("cn,cmn->mn", weight, met) / np.maximum(weight.sum(axis=0), 1e-9)
    broken = np.stack([_holds(constraint.when, columns, n) for constraint in rules.constraints])
    out = np.zeros((len(MODELS), n), dtype=bool)
    for constraint, holds in zip(rules.constraints, broken, strict=True):
        for model in constraint.excludes:
            out[MODELS.index(model)] |= holds
    return Judgement(score, met, weight, out, broken)


def _holds(conditions: Iterable[Condition], columns: dict[str, Column], n: int) -> NDArray[np.bool_]:
    each = (_one(condition, columns[condition.fact]) for condition in conditions)
    return reduce(np.logical_and, each, np.ones(n, dtype=bool))


def _one(condition: Condition, column: Column) -> NDArray[np.bool_]:
    if condition.among:
        return np.isin(column, condition.among)
    return (column >= condition.low) & (column <= condition.high)


def _weight(criterion: Criterion, columns: dict[str, Column], n: int) -> Column:
    weight = (
        np.full(n, criterion.weights[0])
        if len(criterion.weights) == 1
        else np.interp(columns[criterion.by], criterion.at, criterion.weights)
    )
    counted: Column = np.where(_holds(criterion.when, columns, n), weight, 0.0)
    return counted


def _met(criterion: Criterion, columns: dict[str, Column], facts: Facts, cost_of: CostOf | None) -> Table:
    if criterion.by == _COST:
        return _cheapness(cost_of(_staffed(facts))) if cost_of else np.zeros((len(MODELS), len(facts)))
    if criterion.by == _IS_CURRENT:
        return np.stack([(facts.current == place).astype(float) for place in range(len(MODELS))])
    return np.stack([_fit(criterion, criterion.fits[model], columns, len(facts)) for model in MODELS])


def _fit(criterion: Criterion, values: tuple[float, ...], columns: dict[str, Column], n: int) -> Column:
    if len(values) == 1:
        return np.full(n, values[0])
    fit: Column = np.interp(columns[criterion.by], criterion.at, values)
    return fit


def _cheapness(costs: Table) -> Table:
    cheapest = costs.min(axis=0)
    dearer = costs / np.maximum(cheapest, 1.0) - 1.0
    cheap: Table = np.clip(1.0 - dearer / WIDEST, 0.0, 1.0)
    return cheap


def _staffed(facts: Facts) -> Facts:
    """The same firms with as many people in IT as their need asks for."""
    people = work_of(facts) * STAFFED
    return replace(facts, support=people * 0.6, engineering=people * 0.3, lead=people * 0.1)
