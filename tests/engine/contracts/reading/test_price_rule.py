"""How the price may move, by the words it was read in."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pilothouse.engine.contracts.reading.price_rule import PriceRule, price_rule
from pilothouse.engine.contracts.reading.words import ReadTerm


def read(quote: str, value: str | None = None, term: str = "price_indexation") -> ReadTerm:
    return ReadTerm(term, value, 1, 0, len(quote), quote, 0.9)


@pytest.mark.parametrize(
    ("quote", "value", "rule", "index", "cap"),
    [
        ("Fees follow the consumer price index each year.", None, "indexed", "CPI", None),
        ("Fees may be increased annually by up to 4%.", "0.04", "capped", "", "4.00"),
        ("Supplier may change its prices at any time.", None, "free", "", None),
        ("De vergoeding wordt geïndexeerd volgens de gezondheidsindex, maximaal 2,5 %.", "0.025", "indexed",
         "gezondheidsindex", "2.50"),
        ("De Leverancier mag zijn tarieven aanpassen.", None, "free", "", None),
        ("Les tarifs sont révisés selon l'indice Syntec.", None, "indexed", "Syntec", None),
        ("Le tarif est indexable annuellement.", None, "indexed", "", None),
        ("Les prix sont révisables chaque année.", None, None, "", None),
        ("Fees rise with inflation.", None, "indexed", "inflation", None),
        ("Prijzen volgen de evolutie van de loonkost (Agoria).", None, "indexed", "Agoria", None),
        ("Fees may be increased.", "12", "free", "", None),  # twelve hundred per cent was misread
        ("Fees may be increased.", "NaN", "free", "", None),
    ],
)  # fmt: skip
def test_a_sentence_says_how_the_price_moves(
    quote: str, value: str | None, rule: str | None, index: str, cap: str | None
) -> None:
    expected = None if rule is None else PriceRule(rule, index, None if cap is None else Decimal(cap))
    assert price_rule([read(quote, value)]) == expected


def test_an_index_goes_before_freedom_and_a_ceiling_may_stand_in_a_sentence_of_its_own() -> None:
    free = read("Supplier may raise its fees.")
    index = read("Fees follow the consumer price index.")
    ceiling = read("A rise is at most 3 %.", "0.03")
    assert price_rule([free, index, ceiling]) == PriceRule("indexed", "CPI", Decimal("3.00"))
    assert price_rule([free, ceiling]) == PriceRule("capped", "", Decimal("3.00"))


def test_where_no_sentence_speaks_of_it_nothing_is_said() -> None:
    assert price_rule([read("Fees are 100 a month", None, "price")]) is None
    assert price_rule([]) is None
