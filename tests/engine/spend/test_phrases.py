"""Phrases are found as whole words, at the start or end of compounds, the longest first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend import phrases as module
from pilothouse.engine.spend.phrases import Phrases
from tests.engine.spend.spend_papers import unhurried

WORDS = Phrases(
    (word, word.upper())
    for word in ("office", "Office 365", "hosting*", "*software", "web host", "", "web hosting for", "*ie")
)


def said(text: str) -> list[str]:
    return [meaning for _, meaning in WORDS.found(text)]


def test_the_longest_phrase_wins_and_words_are_used_once() -> None:
    assert said("Office 365 and an office") == ["OFFICE 365", "OFFICE"]
    assert said("web hosting") == ["HOSTING*"]
    assert said("web host") == ["WEB HOST"]


def test_compounds_begin_or_end_with_a_stem() -> None:
    assert said("hostingpakket Boekhoudsoftware officer") == ["HOSTING*", "*SOFTWARE"]


def test_a_stem_too_short_matches_nothing_and_neither_does_an_empty_phrase() -> None:
    assert said("amie") == []
    assert said("") == []
    assert WORDS.first("nothing of it") == ""
    assert WORDS.first("my web host") == "web host"


@unhurried
@given(st.lists(st.sampled_from(["office", "365", "web", "hosting", "for", "x"]), max_size=12))
def test_as_found_one_phrase_at_a_time(words: list[str]) -> None:
    """The same as trying every phrase at every place."""
    expected, at = [], 0
    table = [(("web", "hosting", "for"), "WEB HOSTING FOR"), (("office", "365"), "OFFICE 365")]
    table += [(("office",), "OFFICE"), (("hosting",), "HOSTING*")]
    while at < len(words):
        hit = next((pair for pair in table if tuple(words[at : at + len(pair[0])]) == pair[0]), None)
        expected += [hit[1]] if hit else []
        at += len(hit[0]) if hit else 1
    assert said(" ".join(words)) == expected


def test_no_more_words_are_kept_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_WORDS_KEPT", 2)
    few = Phrases([("hosting*", 1)])
    assert [few.first(f"hosting{number}x") for number in range(5)] == ["hosting"] * 5
    assert len(few._seen) == 2
