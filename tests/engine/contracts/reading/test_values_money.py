"""Amounts of money, and the one value of a clause, in words of our own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.values_money import find_amounts, value_of_clause


@pytest.mark.parametrize(
    ("words", "amounts"),
    [
        ("a fee of $1,500,000.50", ["USD 1500000.50"]),
        ("US$ 2.5 million or C$10 thousand", ["USD 2500000.00", "CAD 10000.00"]),
        ("£3 billion, €12 and 400 GBP", ["GBP 3000000000.00", "EUR 12.00", "GBP 400.00"]),
        ("2,000 U.S. dollars; 7 pounds; 5€", ["USD 2000.00", "GBP 7.00", "EUR 5.00"]),
        ("12 ships, 3.5 percent, $ and 1,00", []),
    ],
)
def test_an_amount_has_its_currency(words: str, amounts: list[str]) -> None:
    assert list(find_amounts(words)) == amounts


@pytest.mark.parametrize(
    ("term", "words", "value"),
    [
        ("liability_cap", "Liability shall not exceed two million dollars ($2,000,000).", "USD 2000000.00"),
        (
            "liability_cap",
            "Liability shall not exceed the fees paid in the twelve (12) months before.",
            "P12M",
        ),
        ("liability_cap", "Liability shall not exceed the fees paid; claims expire after two years.", None),
        ("liability_cap", "Claims are made within 30 days before, for fees.", None),
        ("liability_cap", "It is $5,000 for one and $6,000 for another.", None),
        ("liability_cap", "Nobody is liable for lost profit.", None),
        ("minimum_commitment", "It shall buy for at least EUR 40,000 each year.", "EUR 40000.00"),
        ("termination_for_convenience", "Each may end it at any time upon 90 days' notice.", "P90D"),
        (
            "termination_for_convenience",
            "Each may end it at any time; the goods stay for three months.",
            None,
        ),
        ("audit_rights", "It may look at books of $5,000.", None),
    ],
)
def test_a_clause_has_a_value_where_its_words_leave_no_choice(
    term: str, words: str, value: str | None
) -> None:
    assert value_of_clause(term, words) == value


@given(st.text("0123456789,.$€ USDmilion", max_size=60))
def test_any_words_give_amounts_or_none(words: str) -> None:
    assert all(amount[3] == " " for amount in find_amounts(words))
