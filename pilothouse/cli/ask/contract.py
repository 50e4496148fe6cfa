"""`ask contract`: what does a contract say? A file in, its terms with page, place and quote out.

One file gives one answer, several give JSON Lines with the name of each `file`. With `--text` the text is printed that
`start` and `end` point into, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.cli.ask.read import content_of
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.contracts.checklist import ContractFacts
from pilothouse.engine.contracts.flag_shape import shape_of_flags
from pilothouse.engine.contracts.flags import find_flags
from pilothouse.engine.contracts.kinds import kind_of
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.engine.money import Money
from pilothouse.intake.documents.whole import Whole, contract_text
from pilothouse.intake.papers import Problem
from pilothouse.intake.shapes import problems_json
from pilothouse.knowledge.clauses import clause_model
from pilothouse.knowledge.red_flags import checklist


def answer(asked: Asked) -> Answer:
    if len(asked.files) == 1:
        return _of_one(asked.files[0], asked.today, text_only=asked.text_only)
    read = list(_of_each(asked.files, asked.today))
    lines = [json.dumps(shape, ensure_ascii=False) for shape, _, _ in read]
    messages = tuple(message for _, said, _ in read for message in said)
    return Answer([], messages, answered=any(well for _, _, well in read), lines=lines)


def _of_one(file: str, today: date, *, text_only: bool) -> Answer:
    whole = _whole(file)
    shape, messages = _shape(whole, today), _messages(file, whole.problems)
    if whole.text is not None and text_only:
        return Answer(shape, messages, lines=[whole.text.text])
    return Answer(shape, messages, answered=whole.text is not None)


def _of_each(files: tuple[str, ...], today: date) -> Iterator[tuple[dict[str, Any], tuple[str, ...], bool]]:
    for file in files:
        whole = _whole(file)
        yield {"file": file, **_shape(whole, today)}, _messages(file, whole.problems), whole.text is not None


def _whole(file: str) -> Whole:
    data, problem = content_of(file)
    return contract_text(data) if problem is None else Whole(None, (problem,))


def _messages(file: str, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"{file}: {problem.message} [{problem.rule}]" for problem in problems)


def _shape(whole: Whole, today: date) -> dict[str, Any]:
    problems = problems_json(whole.problems)
    if whole.text is None:
        return {"problems": problems}
    reading = read_contract(whole.text, clause_model() if whole.text.language == "en" else None)
    kind = kind_of(whole.text.text)
    facts = ContractFacts(kind=kind, yearly_cost=_yearly_cost(reading.decision_input))
    flags = find_flags(reading.terms, facts, checklist(), today=today)
    return {
        "language": whole.text.language or None,
        "kind": kind or None,
        "read_whole": whole.is_read_whole,
        "terms": [_term(term) for term in reading.terms],
        **shape_of_flags(flags),
        "decision_input": reading.decision_input,
        "problems": problems,
    }


def _yearly_cost(given: dict[str, Any]) -> Money | None:
    """What the paper says it costs a year, against which caps and fees are measured."""
    return Money(Decimal(given["yearly_cost"]), given["currency"]) if "yearly_cost" in given else None


def _term(term: ReadTerm) -> dict[str, Any]:
    return {
        "term": term.term,
        "value": term.value,
        "page": term.page,
        "start": term.start,
        "end": term.end,
        "quote": term.quote,
        "confidence": term.confidence,
    }
