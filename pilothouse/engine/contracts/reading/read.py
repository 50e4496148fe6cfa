"""What does a contract say? Its text in, its terms with place, quote and confidence out.

English values come from the patterns of `values`, terms of IT services from those of `patterns`, and a linear model
names the clauses (`clauses`). French and Dutch: patterns alone. Where several read one term in the same words, the
values stand, then the patterns. What is below `THRESHOLD` is not given: silence beats a wrong answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pilothouse.engine.contracts.reading.clauses import ClauseModel
from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.found import Found, Likely
from pilothouse.engine.contracts.reading.paragraphs import sentences_of_paragraphs
from pilothouse.engine.contracts.reading.patterns import terms_by_pattern
from pilothouse.engine.contracts.reading.sentences import sentences_of
from pilothouse.engine.contracts.reading.values import find_values
from pilothouse.engine.contracts.reading.values_money import value_of_clause
from pilothouse.engine.contracts.reading.words import TERMS, ContractText, ReadTerm

THRESHOLD = 0.5
_ORDER = {term: place for place, term in enumerate(TERMS)}


@dataclass(frozen=True, slots=True)
class ContractReading:
    """What was read of a contract. `decision_input` has the fields of `ask decision`, those only that are sure."""

    terms: tuple[ReadTerm, ...]
    decision_input: dict[str, Any] = field(default_factory=dict)


def read_contract(contract: ContractText, model: ClauseModel | None = None) -> ContractReading:
    """The terms of a contract, in the order of `TERMS`, then of the text. Without `model` clauses are not named."""
    clauses = list(_clauses(contract, model)) if model is not None else []
    found = find_values(contract.text, _places(clauses)) if contract.language == "en" else []
    read = [_read(contract, each) for each in found]
    read += _not_among(read, terms_by_pattern(contract, sentences_of_paragraphs(contract.text)))
    read += _not_among(read, clauses)
    terms = tuple(sorted((term for term in read if term.confidence >= THRESHOLD), key=_place))
    return ContractReading(terms, decision_input(terms))


def _places(clauses: Iterable[ReadTerm]) -> Likely:
    """Where the model names each term."""
    places: dict[str, list[tuple[int, int]]] = {}
    for clause in clauses:
        places.setdefault(clause.term, []).append((clause.start, clause.end))
    return places


def _place(term: ReadTerm) -> tuple[int, int]:
    return _ORDER[term.term], term.start


def _not_among(read: Iterable[ReadTerm], others: Iterable[ReadTerm]) -> list[ReadTerm]:
    """Those of `others` that stand at no place where the same term was read already."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for term in read:
        taken.setdefault(term.term, []).append((term.start, term.end))
    return [
        term
        for term in others
        if not any(start < term.end and term.start < end for start, end in taken.get(term.term, ()))
    ]


def _clauses(contract: ContractText, model: ClauseModel) -> Iterator[ReadTerm]:
    for clause in model.clauses(contract, sentences_of(contract.text)):
        quote = contract.text[clause.start : clause.end]
        page = contract.page_of(clause.start)
        value = value_of_clause(clause.term, quote)
        yield ReadTerm(clause.term, value, page, clause.start, clause.end, quote, clause.confidence)


def _read(contract: ContractText, found: Found) -> ReadTerm:
    return ReadTerm(
        found.term,
        found.value,
        contract.page_of(found.start),
        found.start,
        found.end,
        contract.text[found.start : found.end],
        found.confidence,
    )
