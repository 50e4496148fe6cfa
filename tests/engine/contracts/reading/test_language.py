"""The language of a contract, or none where it is not sure."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.language import language_of


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Each of the parties may end this agreement by notice to the other.", "en"),
        ("Le présent contrat est conclu pour une durée de trois ans par les parties.", "fr"),
        ("De overeenkomst wordt aangegaan voor een duur van drie jaar en kan niet worden opgezegd.", "nl"),
        ("Der Vertrag läuft drei Jahre und verlängert sich um ein Jahr.", ""),
        ("server 12 x 4 = 48", ""),
        ("", ""),
    ],
)
def test_small_words_tell_the_language(words: str, language: str) -> None:
    assert language_of(words) == language


def test_two_languages_side_by_side_are_none() -> None:
    assert language_of("the of and shall by this le la les des du et pour que") == ""
