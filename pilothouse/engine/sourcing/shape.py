"""An advice as JSON: what `ask advice` prints (`commands.md`), and what pages and papers are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pilothouse.engine.costs.profile import ProfileProblem
from pilothouse.engine.sourcing.advice import Advice, Ask, Ranked, Reason
from pilothouse.engine.sourcing.flips import Flip

Shape = dict[str, Any]


def shape_of(
    advice: Advice,
    problems: Iterable[ProfileProblem] = (),
    understood: Sequence[str] = (),
    responsibilities: Sequence[Mapping[str, str]] = (),
    graduation: Sequence[Mapping[str, object]] = (),
) -> Shape:
    """The advice; `understood` are the events that were read from a sentence, `responsibilities` who does what in the
    first model, `graduation` the triggers that are met or near.
    """
    return {
        "verdict": advice.verdict.word,
        "why": advice.verdict.why,
        "gain": None if advice.verdict.gain is None else round(advice.verdict.gain, 3),
        "understood": list(understood),
        "ranking": [_ranked(ranked) for ranked in advice.ranking],
        "confidence": round(advice.confidence, 3),
        "asks": [_ask(ask) for ask in advice.asks],
        "unknown": list(advice.unknown),
        "flips": [_flip(flip) for flip in advice.flips],
        "responsibilities": [dict(row) for row in responsibilities],
        "graduation": [dict(row) for row in graduation],
        "assumptions": [
            {"key": f"priors.{fact}", "says": "not known, taken from firms at large"}
            for fact in advice.unknown
        ],
        "rule_set": advice.rule_set,
        "problems": [problem_shape(problem) for problem in problems],
    }


def problem_shape(problem: ProfileProblem) -> Shape:
    return {
        "rule": problem.rule,
        "level": problem.level,
        "message": problem.message,
        "place": problem.field,
    }


def _ranked(ranked: Ranked) -> Shape:
    return {
        "model": ranked.model,
        "score": round(ranked.score, 3),
        "for": [_reason(reason) for reason in ranked.reasons_for],
        "against": [_reason(reason) for reason in ranked.reasons_against],
        "excluded": ranked.excluded,
    }


def _reason(reason: Reason) -> Shape:
    return {
        "key": reason.key,
        "says": reason.says,
        "moves": round(reason.moves, 3),
        "source": reason.source.title,
        "year": reason.source.year,
        "quality": reason.source.quality,
    }


def _ask(ask: Ask) -> Shape:
    return {"facts": list(ask.facts), "confidence": round(ask.confidence, 3)}


def _flip(flip: Flip) -> Shape:
    return {"change": dict(flip.change), "first": flip.first, "distance": round(flip.distance, 2)}
