"""What does a contract say? Its text in, its terms with place, quote and confidence out.

English values come from the patterns of `values`. What is below `THRESHOLD` is not given: silence beats a wrong answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.found import Found
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
    terms = tuple(_read(contract, each) for each in sorted(found, key=_place) if each.confidence >= THRESHOLD)
    return ContractReading(terms, decision_input(terms))


def _place(found: Found) -> tuple[int, int]:
    return _ORDER[found.term], found.start


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
