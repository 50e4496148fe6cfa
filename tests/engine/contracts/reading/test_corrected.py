"""What a person writes over what was read is understood as people write, or asked again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.corrected import DAYS, LENGTHS, as_understood
from pilothouse.engine.contracts.reading.words import TERMS
from pilothouse.engine.dates import Duration


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("P3M", "P3M"),
        (" p18m ", "P18M"),
        ("3 months", "P3M"),
        ("ninety days", "P90D"),
        ("drie maanden", "P3M"),
        ("6 maand", "P6M"),
        ("trois mois", "P3M"),
        ("un an", "P1Y"),
        ("2 weeks", "P2W"),
        ("3 months or 90 days", None),
        ("20 working days", None),
        ("20 werkdagen", None),
        ("20 jours ouvrables", None),
        ("31/12/2026", None),
        ("three", None),
        ("", None),
        ("<b>P3M</b>", None),
    ],
)
def test_a_length_is_understood_in_three_languages_or_asked_again(words: str, value: str | None) -> None:
    assert as_understood("renewal_notice", words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("2027-05-31", "2027-05-31"),
        ("31/12/2026", "2026-12-31"),
        ("31-12-2026", "2026-12-31"),
        ("5.6.2027", "2027-06-05"),
        ("31 May 2027", "2027-05-31"),
        ("May 31, 2027", "2027-05-31"),
        ("1 mei 2024", "2024-05-01"),
        ("1er mars 2024", "2024-03-01"),
        ("05/06/2027", None),
        ("1 mei 2024 of 1 juni 2024", None),
        ("2027-02-30", None),
        ("P3M", None),
        ("soon", None),
    ],
)
def test_a_day_is_understood_or_asked_again(words: str, value: str | None) -> None:
    assert as_understood("effective_date", words) == value


@pytest.mark.parametrize(
    ("term", "words", "value"),
    [
        ("expiration", "31 mei 2027", "2027-05-31"),
        ("expiration", "three years", "P3Y"),
        ("expiration", "Perpetual", "perpetual"),
        ("expiration", "later", None),
        ("renewal_term", "perpetual", "perpetual"),
        ("initial_term", "perpetual", None),
        ("response_time", "4 hours", "PT4H"),
        ("response_time", "on the same day", "on the same day"),
        ("termination_for_convenience", "drie maanden", "P3M"),
        ("price", "1200 euro", "EUR 1200.00"),
        ("price", "€ 1.450,50", "EUR 1450.50"),
        ("price", "1200.00 EUR", "EUR 1200.00"),
        ("price", "3 million USD", "3 million USD"),
        ("price", "1450", "1450"),
        ("availability", "99,9 %", "0.999"),
        ("availability", "99.9% in office hours", "99.9% in office hours"),
        ("parties", " Alpha NV ", "Alpha NV"),
    ],
)
def test_other_values_are_made_uniform_where_that_is_certain(
    term: str, words: str, value: str | None
) -> None:
    assert as_understood(term, words) == value


@given(st.sampled_from(TERMS), st.text(max_size=80))
def test_whatever_is_written_is_a_value_that_can_be_counted_with_or_none(term: str, words: str) -> None:
    value = as_understood(term, words)
    if value is not None and term in DAYS:
        assert date.fromisoformat(value).isoformat() == value
    if value is not None and term in LENGTHS and value != "perpetual":
        assert Duration.parse(value)
