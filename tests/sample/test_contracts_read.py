"""The sample's French and Dutch contracts are read: their terms are the truth they were printed from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.engine.contracts.reading.read import ContractReading, read_contract
from pilothouse.intake.documents.whole import contract_text
from pilothouse.sample import Truth, sample_papers, truth

UNTIL = date(2026, 10, 31)


@pytest.fixture(scope="module")
def planted() -> Truth:
    return truth(UNTIL)


@pytest.fixture(scope="module")
def readings(planted: Truth) -> dict[str, ContractReading]:
    wanted = {contract.paper for contract in planted.contracts if contract.language != "en"}
    found = {}
    for file in sample_papers(UNTIL):
        if file.name in wanted:
            text = contract_text(file.data).text
            assert text is not None
            found[file.name] = read_contract(text)
    return found


def test_what_must_be_decided_by_when_is_read_as_it_was_agreed(
    readings: dict[str, ContractReading], planted: Truth
) -> None:
    assert len(readings) == 4
    for contract in planted.contracts:
        if contract.paper in readings:
            assert readings[contract.paper].decision_input == {
                "start": contract.start.isoformat(),
                "initial_term": f"P{contract.initial_months}M",
                "renewal": {"mode": "tacit", "term": f"P{contract.renewal_months}M"},
                "notice": {
                    "length": f"P{contract.notice_months}M",
                    "before": "term_end",
                    "by": "registered_letter",
                },
                "country": "BE",
                "yearly_cost": f"{12 * Decimal(contract.monthly):.2f}",
                "currency": "EUR",
            }


def test_price_end_and_provider_are_read(readings: dict[str, ContractReading], planted: Truth) -> None:
    for contract in planted.contracts:
        if contract.paper in readings:
            values = {(term.term, term.value) for term in readings[contract.paper].terms}
            assert ("expiration", contract.ends.isoformat()) in values
            assert ("price", f"EUR {Decimal(contract.monthly):.2f}") in values
            assert ("parties", contract.provider) in values
            assert ("liability_cap" in {term for term, _ in values}) == contract.capped_liability
