"""Lengths, days, amounts, shares and laws as French and Dutch contracts write them."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.values_fr_nl import (
    find_amounts,
    find_days,
    find_laws,
    find_lengths,
    find_shares,
)


@pytest.mark.parametrize(
    ("words", "language", "values"),
    [
        ("une durée de trois (3) ans", "fr", ["P3Y"]),
        ("36 mois, puis par périodes de douze mois", "fr", ["P36M", "P12M"]),
        ("90 (quatre-vingt-dix) jours ouvrables", "fr", ["P90D"]),
        ("les douze derniers mois", "fr", ["P12M"]),
        ("deux trimestres ou 30mn ou 4h", "fr", ["P6M", "PT30M", "PT4H"]),
        ("six mensualités", "fr", ["P6M"]),
        ("per maand, telkens met één jaar", "nl", ["P1Y"]),
        ("binnen acht werkuren of 2 werkdagen", "nl", ["PT8H", "P2D"]),
        ("anderhalf jaar; zes maandbedragen; 2 weken", "nl", ["P18M", "P6M", "P2W"]),
        ("four (4) business hours, thirty days", "en", ["PT4H", "P30D"]),
    ],
)
def test_a_length_keeps_the_unit_it_was_said_in(words: str, language: str, values: list[str]) -> None:
    assert [said.value for said in find_lengths(words, language)] == values


@pytest.mark.parametrize(
    "words",
    ["trente (60) jours", "x (trente et plus) jours", "par mois", "0 jours", "le mois", "12.500 mois"],
)
def test_a_length_that_is_not_sure_is_none(words: str) -> None:
    assert list(find_lengths(words, "fr")) == []


def test_days_are_read_in_words_and_in_figures() -> None:
    words = "le 1er mars 2024, le 14 août 2025, op 30 juni 2027, 01/02/2026, 1.3.2026 en 2026-12-31"
    assert [said.value for said in find_days(words)] == [
        "2024-03-01",
        "2025-08-14",
        "2027-06-30",
        "2026-02-01",
        "2026-03-01",
        "2026-12-31",
    ]


def test_a_day_that_does_not_exist_is_none() -> None:
    assert list(find_days("le 31 juin 2025 et 99/99/2025")) == []


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1.850,00 eur", "EUR 1850.00"),
        ("25 000 €", "EUR 25000.00"),
        ("€ 2.340,50", "EUR 2340.50"),
        ("12,5 euros", "EUR 12.50"),
        ("eur 50.000.", "EUR 50000.00"),
        ("89 €", "EUR 89.00"),
        ("$1,000,000", "USD 1000000.00"),
        ("1,234.50 gbp", "GBP 1234.50"),
        ("7 chf", "CHF 7.00"),
    ],
)
def test_an_amount_has_its_currency_and_its_cents(words: str, value: str) -> None:
    assert [said.value for said in find_amounts(words)] == [value]


def test_shares_are_read_in_figures_and_in_words() -> None:
    assert [said.value for said in find_shares("99,95 %, cinq pour cent, 30 (trente) %", "fr")] == [
        "0.9995",
        "0.05",
        "0.3",
    ]
    assert [said.value for said in find_shares("tien percent of veel percent", "nl")] == ["0.1"]


def test_laws_are_countries() -> None:
    words = "le droit belge, het nederlandse recht, het recht van frankrijk, la loi française, droit luxembourgeois"
    assert [said.value for said in find_laws(words)] == ["BE", "NL", "FR", "FR", "LU"]
