"""What a contract costs a year: only where its sentence says how often the price is paid."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.engine.contracts.reading.yearly_cost import yearly_cost


def price(quote: str, value: str | None = "EUR 100.00") -> ReadTerm:
    return ReadTerm("price", value, None, 0, len(quote), quote, 0.9)


@pytest.mark.parametrize(
    ("quote", "amount"),
    [
        ("The Customer pays 100 euro per month.", "1200.00"),
        ("De Klant betaalt 100 euro per maand, exclusief btw.", "1200.00"),
        ("Le Client paie 100 euros par mois.", "1200.00"),
        ("Het maandbedrag is 100 euro.", "1200.00"),
        ("A quarterly fee of 100 euro is due.", "400.00"),
        ("Elk kwartaal wordt 100 euro aangerekend.", "400.00"),
        ("Le prix annuel est de 100 euros.", "100.00"),
        ("The annual fee is 100 euro.", "100.00"),
        ("De jaarprijs is 100 euro.", "100.00"),
        ("The price is 100 euro per month, invoiced each quarter.", "1200.00"),
        ("De huurprijs is 100,00 euro per maand en wordt per kwartaal vooraf gefactureerd.", "1200.00"),
        ("Le Client paie 100,00 euros par mois, facturés par trimestre.", "1200.00"),
        ("An annual fee of 100 euro per month is due.", None),
        ("The price is 100 euro.", None),
        ("The price is 100 euro per user per month.", None),
        ("Le prix est de 100 euros par utilisateur et par mois.", None),
        ("The annual fee of 100 euro is paid each month.", None),
    ],
)
def test_a_price_is_a_years_cost_where_its_sentence_says_how_often(quote: str, amount: str | None) -> None:
    assert yearly_cost([price(quote)]) == (None if amount is None else (amount, "EUR"))


def test_two_prices_that_differ_are_none() -> None:
    month = price("It costs 100 euro per month.")
    assert yearly_cost([month, month]) == ("1200.00", "EUR")
    assert yearly_cost([month, price("It costs 100 euro per year.")]) is None
    assert yearly_cost([price("It costs a lot per month.", None)]) is None
    assert yearly_cost([]) is None


def test_what_it_costs_a_year_is_handed_to_the_decision() -> None:
    given = decision_input([price("The Customer pays 100 euro per month.")])
    assert given == {"yearly_cost": "1200.00", "currency": "EUR"}
