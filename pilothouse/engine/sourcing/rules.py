"""What a delivery model needs, excludes, and is spoken for by: the dated rule set as typed values.

The rules themselves are data (`knowledge/sourcing/rules.yaml`); `judge.py` applies them to many firms at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilothouse.engine.assumptions import Source


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds where the fact lies within `low` to `high`; of `current`, where it is one of `among`."""

    fact: str
    low: float = 0.0
    high: float = 0.0
    among: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """Models that are excluded where all conditions hold, and why."""

    key: str
    excludes: tuple[str, ...]
    when: tuple[Condition, ...]
    because: str
    source: Source


@dataclass(frozen=True, slots=True)
class Words:
    """What a criterion says for a model, and against it."""

    for_it: str
    against: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """How far each model meets one thing, from 0 to 1, and how much that weighs.

    `at` are values of the fact `by` that `weights` and `fits` are given for; between them both are interpolated.
    Without `by` there is one value of each. It counts where all of `when` hold. `fits` is empty where the fit is
    worked out (`cost`, `as_it_is`). `says` has words of their own for some models.
    """

    key: str
    when: tuple[Condition, ...]
    by: str
    at: tuple[float, ...]
    weights: tuple[float, ...]
    fits: Mapping[str, tuple[float, ...]]
    words: Words
    says: Mapping[str, Words]
    source: Source

    def words_on(self, model: str) -> Words:
        return self.says.get(model, self.words)


@dataclass(frozen=True, slots=True)
class Rules:
    """A dated rule set."""

    name: str
    constraints: tuple[Constraint, ...]
    criteria: tuple[Criterion, ...]
