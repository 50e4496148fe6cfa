"""Numbers in words, in three languages."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.said_numbers import number_at_end, number_said


@pytest.mark.parametrize(
    ("words", "language", "number"),
    [
        ("un", "fr", 1),
        ("vingt et un", "fr", 21),
        ("vingt-et-une", "fr", 21),
        ("soixante et onze", "fr", 71),
        ("septante-deux", "fr", 72),
        ("quatre-vingts", "fr", 80),
        ("quatre-vingt-dix-neuf", "fr", 99),
        ("nonante", "fr", 90),
        ("cent vingt", "fr", 120),
        ("één", "nl", 1),
        ("eenentwintig", "nl", 21),
        ("tweeënveertig", "nl", 42),
        ("honderdtwintig", "nl", 120),
        ("twelve", "en", 12),
        ("forty-five", "en", 45),
        ("one hundred eighty", "en", 180),
        ("one hundred and twenty", "en", 120),
        ("many", "en", None),
    ],
)
def test_words_are_the_number_they_say(words: str, language: str, number: int | None) -> None:
    assert number_said(words, language) == number


def test_the_longest_number_at_the_end_is_meant() -> None:
    assert number_at_end("un délai de quatre-vingt-dix", "fr") == 90
    assert number_at_end("a term of one hundred twenty", "en") == 120


def test_words_that_end_in_no_number_give_none() -> None:
    assert number_at_end("les trois premiers", "fr") is None
    assert number_at_end("", "nl") is None
