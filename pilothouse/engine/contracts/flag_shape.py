"""Flags as JSON: what `ask contract` prints under `flags` and `missing`, and what is stored beside a contract."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pilothouse.engine.contracts.checklist import Flag, Law
from pilothouse.engine.contracts.reading.words import ReadTerm


def shape_of_flags(flags: Iterable[Flag]) -> dict[str, list[dict[str, Any]]]:
    """What was read and is dangerous under `flags`, clauses that were not found under `missing`."""
    found: dict[str, list[dict[str, Any]]] = {"flags": [], "missing": []}
    for flag in flags:
        found["flags" if flag.because else "missing"].append(_flag(flag))
    return found


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "id": flag.id,
        "severity": flag.severity.value,
        "says": flag.says,
        "what_to_do": flag.what_to_do,
        "ask_for": flag.ask_for or None,
        "terms": [*flag.missing, *dict.fromkeys(term.term for term in flag.because)],
        "because": [_place(term) for term in flag.because],
        "law": flag.law and _law(flag.law),
        "confirmed": flag.confirmed,
    }


def _place(term: ReadTerm) -> dict[str, Any]:
    return {
        "term": term.term,
        "value": term.value,
        "page": term.page,
        "start": term.start,
        "end": term.end,
        "quote": term.quote,
    }


def _law(law: Law) -> dict[str, Any]:
    return {
        "id": law.id,
        "article": law.article,
        "country": law.country,
        "effect": law.effect,
        "source": law.source.url,
        "looked_up": law.looked_up.isoformat(),
    }
