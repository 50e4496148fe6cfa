"""A whole contract of our own is read: each term with its place and quote, and what `ask decision` needs."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading import read as reading
from pilothouse.engine.contracts.reading.clauses import ClauseModel, ClauseWeights, Judge
from pilothouse.engine.contracts.reading.read import read_contract
from pilothouse.engine.contracts.reading.words import TERMS, ContractText

CONTRACT = """SUPPORT AGREEMENT
This agreement is made and entered into as of March 1, 2024 between Ship & Sail Ltd and Harbour Clouds Inc.

1. Law. This agreement shall be governed by the laws of the State of New York.
"""


def test_terms_come_in_their_order_with_the_words_they_stand_in() -> None:
    second = CONTRACT.index("1. Law")
    found = read_contract(ContractText(CONTRACT, (0, second), "en"))
    assert [(term.term, term.value, term.page) for term in found.terms] == [
        ("parties", "Ship & Sail Ltd", 1),
        ("parties", "Harbour Clouds Inc.", 1),
        ("agreement_date", "2024-03-01", 1),
        ("effective_date", "2024-03-01", 1),
        ("governing_law", "New York", 2),
    ]
    for term in found.terms:
        assert CONTRACT[term.start : term.end] == term.quote
    assert found.decision_input == {"start": "2024-03-01", "country": "US"}


def test_terms_of_it_services_stand_beside_the_values_and_the_values_win() -> None:
    words = "Customer owns all rights in the Customer Data. This agreement shall be governed by the laws of New York."
    found = read_contract(ContractText(words, (), "en"))
    assert [(term.term, term.value) for term in found.terms] == [
        ("data_ownership", None),
        ("governing_law", "New York"),
    ]


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("The Customer pays 1450.00 euro per month, exclusive of VAT, invoiced in advance.", "en"),
        ("Le Client paie 1.450,00 euros par mois, hors TVA.", "fr"),
        ("De Klant betaalt 1450,00 euro per maand, exclusief btw, bij het begin van de maand.", "nl"),
    ],
)
def test_a_price_by_the_month_that_is_read_says_what_the_contract_costs_a_year(
    words: str, language: str
) -> None:
    found = read_contract(ContractText(words, (), language))
    assert [(term.term, term.value) for term in found.terms] == [("price", "EUR 1450.00")]
    assert found.decision_input == {"yearly_cost": "17400.00", "currency": "EUR"}


def test_a_dutch_contract_is_read_with_what_must_be_decided() -> None:
    words = (
        "De overeenkomst gaat in op 1 maart 2024 voor een vaste duur van 36 maanden. Ze wordt telkens stilzwijgend"
        " verlengd met een jaar. Opzeggen kan tegen het einde van de termijn, met een opzegtermijn van 20 werkdagen."
    )
    found = read_contract(ContractText(words, (), "nl"))
    assert found.decision_input == {
        "start": "2024-03-01",
        "initial_term": "P36M",
        "renewal": {"mode": "tacit", "term": "P1Y"},
        "notice": {"length": {"business_days": 20}, "before": "term_end"},
    }


def test_below_the_threshold_nothing_is_said() -> None:
    kept = reading.THRESHOLD
    reading.THRESHOLD = 0.99
    try:
        assert read_contract(ContractText(CONTRACT, (), "en")).terms == ()
    finally:
        reading.THRESHOLD = kept


def law_model() -> ClauseModel:
    """A model that takes every sentence on insurance or laws for its clause."""
    weights = np.zeros((1 << 12, 2), dtype=np.float32)
    weights[crc32(b"insurance") % (1 << 12), 0] = 50
    weights[crc32(b"laws") % (1 << 12), 1] = 50
    judges = tuple(
        Judge(term, (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0, 0.0, 0.5) for term in ("insurance", "governing_law")
    )
    biases = np.full(2, -0.5, dtype=np.float32)
    return ClauseModel(ClauseWeights(weights, biases, np.ones(1 << 12, dtype=np.float32), judges))


def test_a_clause_the_model_names_is_given_unless_its_value_was_read_there() -> None:
    insured = "2. Cover. The provider keeps an insurance of one million euros as long as this agreement runs."
    text = CONTRACT + "\n" + insured + "\n"
    found = read_contract(ContractText(text, (0, text.index("2. Cover")), "en"), law_model())
    named = [
        (term.term, term.value, term.page)
        for term in found.terms
        if term.term in ("insurance", "governing_law")
    ]
    assert named == [("insurance", None, 2), ("governing_law", "New York", 1)]
    (cover,) = [term for term in found.terms if term.term == "insurance"]
    assert cover.quote == insured


BITS = (
    "this agreement term shall be governed by the laws of New York Belgium effective date commence on May 8, 2014 "
    "until for three (3) years one year renew automatically successive notice sixty (60) days prior to end . ; : ( "
    "perpetual terminated anniversary 31/12/2025 May 99 \n \f ’ “ ” $ 12,000.00 EUR 5% liability shall not exceed "
    "between and Inc. Ltd"
)
WORDS = st.lists(st.sampled_from(BITS.split(" ")), max_size=80).map(" ".join)


@given(WORDS | st.text(max_size=200), st.sampled_from(("en", "fr", "nl", "")))
def test_any_words_are_read_and_places_always_point_at_the_quote(words: str, language: str) -> None:
    for term in read_contract(ContractText(words, (), language)).terms:
        assert term.term in TERMS
        assert 0 <= term.start < term.end <= len(words)
        assert words[term.start : term.end] == term.quote
        assert 0 <= term.confidence <= 1
