"""What does a contract say? Its text in, its terms with place, quote and confidence out.

English values come from the patterns of `values`; French and Dutch terms, and those of IT services in English, from
`patterns`. What is below `THRESHOLD` is not given: silence beats a wrong answer. Where both read one term in the same
words, the values stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.found import Found
from pilothouse.engine.contracts.reading.paragraphs import sentences_of_paragraphs
from pilothouse.engine.contracts.reading.patterns import terms_by_pattern
from pilothouse.engine.contracts.reading.values import find_values
from pilothouse.engine.contracts.reading.words import TERMS, ContractText, ReadTerm

THRESHOLD = 0.5
_ORDER = {term: place for place, term in enumerate(TERMS)}


@dataclass(frozen=True, slots=True)
class ContractReading:
    """What was read of a contract. `decision_input` has the fields of `ask decision`, those only that are sure."""

    terms: tuple[ReadTerm, ...]
    decision_input: dict[str, Any] = field(default_factory=dict)


def read_contract(contract: ContractText) -> ContractReading:
    """The terms of a contract, in the order of `TERMS`, then of the text."""
    found = find_values(contract.text) if contract.language == "en" else []
    valued = [_read(contract, each) for each in found]
    patterned = terms_by_pattern(contract, sentences_of_paragraphs(contract.text))
    read = [*valued, *(term for term in patterned if not any(_is_same(term, other) for other in valued))]
    terms = tuple(sorted((term for term in read if term.confidence >= THRESHOLD), key=_place))
    return ContractReading(terms, decision_input(terms))


def _place(term: ReadTerm) -> tuple[int, int]:
    return _ORDER[term.term], term.start


def _is_same(one: ReadTerm, other: ReadTerm) -> bool:
    return one.term == other.term and one.start < other.end and other.start < one.end


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
