"""`ask contract`: what does a contract say? A file in, its terms with page, place and quote out.

One file gives one answer, several give JSON Lines with the name of each `file`. With `--text` the text is printed that
`start` and `end` point into, and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pilothouse.cli.ask.read import content_of
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.intake.documents.whole import Whole, contract_text
from pilothouse.intake.papers import Problem
from pilothouse.intake.shapes import problems_json
from pilothouse.knowledge.clauses import clause_model


def answer(asked: Asked) -> Answer:
    if len(asked.files) == 1:
        return _of_one(asked.files[0], text_only=asked.text_only)
    read = list(_of_each(asked.files))
    lines = [json.dumps(shape, ensure_ascii=False) for shape, _, _ in read]
    messages = tuple(message for _, said, _ in read for message in said)
    return Answer([], messages, answered=any(well for _, _, well in read), lines=lines)


def _of_one(file: str, *, text_only: bool) -> Answer:
    whole = _whole(file)
    shape, messages = _shape(whole), _messages(file, whole.problems)
    if whole.text is not None and text_only:
        return Answer(shape, messages, lines=[whole.text.text])
    return Answer(shape, messages, answered=whole.text is not None)


def _of_each(files: tuple[str, ...]) -> Iterator[tuple[dict[str, Any], tuple[str, ...], bool]]:
    for file in files:
        whole = _whole(file)
        yield {"file": file, **_shape(whole)}, _messages(file, whole.problems), whole.text is not None


def _whole(file: str) -> Whole:
    data, problem = content_of(file)
    return contract_text(data) if problem is None else Whole(None, (problem,))


def _messages(file: str, problems: tuple[Problem, ...]) -> tuple[str, ...]:
    return tuple(f"{file}: {problem.message} [{problem.rule}]" for problem in problems)


def _shape(whole: Whole) -> dict[str, Any]:
    problems = problems_json(whole.problems)
    if whole.text is None:
        return {"problems": problems}
    reading = read_contract(whole.text, clause_model() if whole.text.language == "en" else None)
    return {
        "language": whole.text.language or None,
        "terms": [_term(term) for term in reading.terms],
        "flags": [],
        "missing": [],
        "decision_input": reading.decision_input,
        "problems": problems,
    }


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
