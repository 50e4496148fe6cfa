"""What would each delivery model cost, put together: simulated ranges, who is cheaper, break-even, tornado, grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from pilothouse.engine.assumptions import Assumption
from pilothouse.engine.costs.compare import Bar, BreakEven, break_even, cheaper, tornado
from pilothouse.engine.costs.profile import MODELS, Profile, ProfileProblem
from pilothouse.engine.costs.simulate import MONTHS, Book, Simulated, happenings_a_run, simulate
from pilothouse.engine.costs.values import YEARS

RULE_SET = "costs@2026-11-23"
RUNS = 20_000
MOST_HAPPENINGS = 6_000_000  # of all runs; a firm in which more happens gets fewer runs, as `runs` then says
QUANTILES = (0.1, 0.5, 0.9)
# Facts that costs depend on; of the others nothing is lost here when they are not known.
NEEDED = (
    "headcount", "internal_it_fte", "hidden_it_hours", "has_it_leader", "strategic_change", "compliance_pressure",
    "needs_after_hours", "it_criticality", "sites", "current_model",
)  # fmt: skip

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Costs:
    """The answer; amounts are in `currency`, floats inside and rounded to whole units where they are shown."""

    currency: str
    simulated: Simulated
    cheaper: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
    break_even: tuple[BreakEven, ...]
    tornado: tuple[Bar, ...]
    assumptions: tuple[Assumption, ...]
    unknown: tuple[str, ...]
    runs: int


def work_out_costs(profile: Profile, book: Book, currency: str, *, seed: int, runs: int = RUNS) -> Costs:
    """Three years of all models. Each part has a generator of its own, so that more runs change no other part."""
    chances = [np.random.default_rng([seed, part]) for part in range(4)]
    runs = min(runs, int(MOST_HAPPENINGS / happenings_a_run(profile, book, chances[3])))
    simulated = simulate(profile, book, chances[0], runs)
    return Costs(
        currency,
        simulated,
        cheaper(simulated.total),
        break_even(profile, book, chances[1]),
        tornado(profile, book, chances[2]),
        tuple(book.assumptions.values()),
        tuple(fact for fact in NEEDED if getattr(profile, fact) is None and not _follows(fact, profile)),
        runs,
    )


def _follows(fact: str, profile: Profile) -> bool:
    """Nobody in IT, nobody who leads it."""
    return fact == "has_it_leader" and profile.internal_it_fte == 0


def shape_of_costs(costs: Costs, problems: Iterable[ProfileProblem], today: date) -> Shape:
    """The answer as `ask costs` prints it (`commands.md`)."""
    return {
        "currency": costs.currency,
        "months": MONTHS,
        "runs": costs.runs,
        "rule_set": RULE_SET,
        "models": [_model(place, model, costs.simulated) for place, model in enumerate(MODELS)],
        "cheaper": _cheaper(costs),
        "break_even": [_break_even(each) for each in costs.break_even],
        "tornado": [_bar(bar) for bar in costs.tornado],
        "assumptions": [assumption_shape(each, today) for each in costs.assumptions],
        "unknown": list(costs.unknown),
        "problems": [
            {"rule": each.rule, "level": each.level, "message": each.message, "place": each.field}
            for each in problems
        ],
    }


def _cheaper(costs: Costs) -> Shape:
    """Each against each; of a pair one share is rounded and the other is what is left to 1."""
    shares = np.triu(np.round(costs.cheaper, 4), 1)
    shares += np.tril(1 - shares.T, -1)
    return {
        model: {other: round(float(shares[one, two]), 4) for two, other in enumerate(MODELS) if one != two}
        for one, model in enumerate(MODELS)
    }


def _model(place: int, model: str, simulated: Simulated) -> Shape:
    total = simulated.total[place]
    kinds = simulated.kinds(model)
    return {
        "model": model,
        "years": [{"year": year + 1, **_range(simulated.by_year[place, year])} for year in range(YEARS)],
        "total": {
            **_range(total),
            "mean": amount(float(total.mean())),
            "standard_error": amount(float(total.std()) / len(total) ** 0.5),
        },
        "paid": amount(kinds["paid"]),
        "own_time": amount(kinds["own_time"]),
        "damage": amount(kinds["damage"]),
        "lines": {line: amount(mean) for line, mean in simulated.lines[model].items() if round(mean)},
    }


def _range(runs: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Shape:
    return dict(zip(("p10", "p50", "p90"), map(amount, np.quantile(runs, QUANTILES).tolist()), strict=True))


def amount(value: float) -> str:
    """An estimate to the whole unit, written like any amount."""
    return f"{value:.0f}.00"


def _break_even(found: BreakEven) -> Shape:
    return {
        "against": found.against,
        "p10": found.low,
        "p50": found.middle,
        "p90": found.high,
        "share": round(found.share, 3),
    }


def _bar(bar: Bar) -> Shape:
    return {
        "key": bar.key,
        "low": {model: amount(total) for model, total in bar.low.items()},
        "high": {model: amount(total) for model, total in bar.high.items()},
    }


def assumption_shape(each: Assumption, today: date) -> Shape:
    """One assumption with its source, whether that is old, and what else is published."""
    return {
        "key": each.key,
        "unit": each.unit,
        "country": each.country,
        "low": str(each.low),
        "mode": str(each.mode),
        "high": str(each.high),
        "shape": each.shape,
        "source": each.source.title,
        "url": each.source.url,
        "year": each.source.year,
        "quality": each.source.quality,
        "stale": each.is_stale(today),
        "note": each.note,
        "by": each.by,
        "others": [
            {
                "says": other.says,
                "low": str(other.low),
                "high": str(other.high),
                "source": other.source.title,
                "year": other.source.year,
            }
            for other in each.others
        ],
    }
