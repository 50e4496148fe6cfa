"""Sentences of a contract, by places that stay the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.flat import flat, sentence_around, sentences_of


@pytest.mark.parametrize(
    ("words", "sentences"),
    [
        ("One thing. Another thing; A third.", ["One thing.", "Another thing;", "A third."]),
        (
            "Sold by Sails Inc. Ghent and J. Smith under No. 7.",
            ["Sold by Sails Inc. Ghent and J. Smith under No. 7."],
        ),
        ('He said "no." (Then he left.)', ['He said "no."', "(Then he left.)"]),
        ("  spaced  ", ["spaced"]),
        ("One. \n Two. \n ", ["One.", "Two."]),
        ("", []),
    ],
)
def test_sentences_end_at_a_stop_and_not_at_a_short_form(words: str, sentences: list[str]) -> None:
    plain = flat(words)
    assert [plain[start:end] for start, end in sentences_of(plain)] == sentences


def test_the_sentence_around_a_place_has_no_spaces_round_it() -> None:
    words = "First it begins.  The end is near.  Then it ends. "
    place = words.index("near")
    start, end = sentence_around(words, place, place + 4)
    assert words[start:end] == "The end is near."
    assert sentence_around("   word   ", 3, 7) == (3, 7)


@given(st.text(max_size=300))
def test_a_flat_text_is_as_long_and_its_sentences_lie_in_it(words: str) -> None:
    plain = flat(words)
    assert len(plain) == len(words)
    last = 0
    for start, end in sentences_of(plain):
        assert last <= start < end <= len(words)
        last = end
