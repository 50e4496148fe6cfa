"""Which delivery model fits this firm, why, how sure is that, and what would change it?

The profile is laid side by side in draws: unknown facts from priors, the weights of criteria varied by 30 % either way.
A model's `score` is its mean over the draws, `confidence` the share of draws in which the first model is first. What to
ask is the unknown fact whose knowledge would raise the confidence most, estimated from the same draws. Flip points are
searched (`flips.py`). Limits: rules and weights are judgements with sources, not measurements; cost is a closed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.assumptions import Source
from pilothouse.engine.costs.facts import Facts, Priors, facts_of
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.sourcing.flips import Flip, find_flips
from pilothouse.engine.sourcing.judge import CostOf, Judgement, judge
from pilothouse.engine.sourcing.rules import Rules
from pilothouse.engine.sourcing.verdict import Standing, Verdict, verdict_of

DRAWS, VARIED = 600, 0.3
MOST_REASONS, MOST_ASKED = 5, 4
TELLING = 0.012  # a reason that moves a model's score by less than this is not worth saying
WORTH_ASKING = 0.01
BASICS = ("headcount", "internal_it_fte")  # asked first whatever they move: cost and size rest on them
_BINS, _MOST_PARTS = 4, 100

# The columns that an unknown fact shows in.
_COLUMN_OF = {
    "headcount": "headcount",
    "internal_it_fte": "internal",
    "hidden_it_hours": "hidden_hours",
    "has_it_leader": "leader",
    "own_know_how": "know_how",
    "growth": "growth",
    "it_is_core_product": "core_product",
    "strategic_change": "change",
    "compliance_pressure": "compliance",
    "needs_after_hours": "after_hours",
    "budget_predictability": "predictability",
    "it_criticality": "criticality",
    "own_ways_of_working": "own_ways",
    "current_model": "current",
    "sites": "sites",
}
_EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What an advice rests on besides the profile. `cost_of` gives three years' expected cost, models by firms;
    without it cost does not count."""

    rules: Rules
    priors: Priors
    cost_of: CostOf | None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why for or against a model: the criterion or constraint, its words, its source, what it moves the score by."""

    key: str
    says: str
    moves: float
    source: Source


@dataclass(frozen=True, slots=True)
class Ranked:
    """One model in its place; an excluded one has the constraints that exclude it first among its reasons against."""

    model: str
    score: float
    reasons_for: tuple[Reason, ...]
    reasons_against: tuple[Reason, ...]
    excluded: bool


@dataclass(frozen=True, slots=True)
class Ask:
    """Facts to tell, and what the confidence would rise to, on average, once they are known."""

    facts: tuple[str, ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Advice:
    """The answer. `asks`: single facts first, the best pair last; `unknown`: all facts that were averaged over."""

    verdict: Verdict
    ranking: tuple[Ranked, ...]
    confidence: float
    asks: tuple[Ask, ...]
    unknown: tuple[str, ...]
    flips: tuple[Flip, ...]
    rule_set: str

    @property
    def first(self) -> Ranked:
        return self.ranking[0]


def advise(profile: Profile, known: Knowledge, rng: np.random.Generator) -> Advice:
    """Advise one firm. `profile` has been examined (`profile.examined`)."""
    facts = facts_of(profile, known.priors, rng, DRAWS)
    varied = rng.uniform(1 - VARIED, 1 + VARIED, size=(len(known.rules.criteria), DRAWS))
    judged = judge(facts, known.rules, known.cost_of, varied=varied)
    out = judged.out.mean(axis=1) > 0.5
    score = judged.score.mean(axis=1)
    order = sorted(range(len(MODELS)), key=lambda place: (out[place], -score[place]))
    first = order[0]
    confidence = float((judged.first == first).mean())
    ranking = tuple(_ranked(place, judged, known.rules, out=bool(out[place])) for place in order)
    unknown = tuple(fact for fact in (*_COLUMN_OF, _EVENTS) if getattr(profile, fact) is None)
    standing = Standing(
        tuple(MODELS[place] for place in order),
        {MODELS[place]: float(score[place]) for place in order},
        frozenset(MODELS[place] for place in order if out[place]),
        confidence,
    )
    flips = find_flips(profile, facts, known.rules, known.cost_of, first=first)
    return Advice(
        verdict_of(profile, standing, flips),
        ranking,
        confidence,
        tuple(_asks(unknown, facts, judged, confidence)),
        unknown,
        flips,
        known.rules.name,
    )


def _ranked(place: int, judged: Judgement, rules: Rules, *, out: bool) -> Ranked:
    share = judged.weight / np.maximum(judged.weight.sum(axis=0), 1e-9)
    others = judged.met.mean(axis=1)
    moves = (share * (judged.met[:, place] - others)).mean(axis=1)
    by_size = np.argsort(-np.abs(moves), kind="stable")
    told = [
        (float(moves[c]), rules.criteria[c]) for c in by_size if abs(moves[c]) >= TELLING and share[c].any()
    ]
    model = MODELS[place]
    good = [Reason(c.key, c.words_on(model).for_it, m, c.source) for m, c in told if m > 0]
    bad = [Reason(c.key, c.words_on(model).against, m, c.source) for m, c in told if m < 0]
    against = [*_exclusions(model, judged, rules), *bad] if out else bad
    return Ranked(
        model,
        float(judged.score[place].mean()),
        tuple(good[:MOST_REASONS]),
        tuple(against[:MOST_REASONS]),
        out,
    )


def _exclusions(model: str, judged: Judgement, rules: Rules) -> Iterator[Reason]:
    """The constraints that exclude a model, the likeliest first."""
    held = judged.broken.mean(axis=1)
    for place in np.argsort(-held, kind="stable"):
        rule = rules.constraints[place]
        if model in rule.excludes and held[place] > 0:
            yield Reason(rule.key, rule.because, -float(held[place]), rule.source)


def _asks(unknown: Iterable[str], facts: Facts, judged: Judgement, confidence: float) -> Iterator[Ask]:
    """The unknown facts worth telling: how often the first is first, once draws are told apart by the fact."""
    parts = {
        fact: _happening(facts) if fact == _EVENTS else _parts(getattr(facts, _COLUMN_OF[fact]))
        for fact in unknown
    }
    single = sorted(((_surer(judged.first, each), fact) for fact, each in parts.items()), reverse=True)
    worth = [(sure, fact) for sure, fact in single if sure >= confidence + WORTH_ASKING][:MOST_ASKED]
    basic = [(sure, fact) for sure, fact in single if fact in BASICS]
    worth = (basic + [one for one in worth if one not in basic] or single[:1])[:MOST_ASKED]
    for sure, fact in worth:
        yield Ask((fact,), sure)
    pairs = [
        (_surer(judged.first, parts[one] * _MOST_PARTS + parts[other]), (one, other))
        for (_, one), (_, other) in combinations(worth, 2)
    ]
    if pairs:
        sure, pair = max(pairs)
        yield Ask(pair, sure)


def _parts(column: NDArray[np.float64]) -> NDArray[np.int64]:
    """Into which part of the draws each falls: by value, or by quarter where there are many values."""
    values = np.unique(column)
    if len(values) <= 2 * _BINS:
        return np.searchsorted(values, column)
    return np.searchsorted(np.quantile(column, [0.25, 0.5, 0.75]), column)


def _happening(facts: Facts) -> NDArray[np.int64]:
    """Which one thing was drawn to happen, 0 for nothing."""
    drawn = np.stack(list(facts.events.values())).astype(np.int64)
    which: NDArray[np.int64] = np.arange(1, len(drawn) + 1) @ drawn
    return which


def _surer(first: NDArray[np.intp], parts: NDArray[np.int64]) -> float:
    """The share of draws that are first in their part."""
    agreed = sum(int(np.bincount(first[parts == part]).max()) for part in np.unique(parts))
    return agreed / len(first)
