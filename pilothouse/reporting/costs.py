"""What each delivery model costs over three years, on paper: ranges, what they are made of, and what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilothouse.reporting import formats
from pilothouse.reporting.binding import bind

FULL = 100.0
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class CostRow:
    """One model: the ends and middle of its range as shares of the dearest (0 to 1), and its amounts as shown."""

    name: str
    current: bool
    bar: tuple[float, float, float]
    amounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """One assumption: name, low, usual, high and unit; its source; marks (old, own) and what else is published."""

    cells: tuple[str, ...]
    source: str
    marks: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CostPaper:
    """What the paper says; `words` has its headings and notes by name, as `templates/costs.typ` asks for them.

    `lines` and `chances` have the name of the row first, then a cell for each model in the order of `models`.
    """

    company: str
    answer: str
    notes: tuple[str, ...]
    models: tuple[CostRow, ...]
    lines: tuple[tuple[str, ...], ...]
    chances: tuple[tuple[str, ...], ...]
    break_evens: tuple[str, ...]
    swings: tuple[tuple[str, ...], ...]
    turns: tuple[str, ...]
    assumptions: tuple[AssumptionRow, ...]
    words: Mapping[str, str | list[str]]
    language: str = "en"


def costs_pdf(paper: CostPaper, made: date) -> bytes:
    """The paper as PDF, readable in black and white."""
    return bind("costs.typ", _words(paper, made), made)


def _words(paper: CostPaper, made: date) -> dict[str, Any]:
    return {
        "language": paper.language,
        "region": "GB",
        "company": paper.company,
        "company_short": paper.company[:LONGEST_NAME],
        "date": formats.day(made, paper.language),
        "answer": paper.answer,
        "notes": list(paper.notes),
        "models": [
            {
                "name": row.name,
                "current": row.current,
                "bar": [FULL * share for share in row.bar],
                "amounts": list(row.amounts),
            }
            for row in paper.models
        ],
        "lines": [list(row) for row in paper.lines],
        "chances": [list(row) for row in paper.chances],
        "break_evens": list(paper.break_evens),
        "swings": [list(row) for row in paper.swings],
        "turns": list(paper.turns),
        "assumptions": [
            {
                "cells": list(row.cells),
                "source": row.source,
                "marks": list(row.marks),
                "others": list(row.others),
            }
            for row in paper.assumptions
        ],
        "words": dict(paper.words),
    }
