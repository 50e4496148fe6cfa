"""The words of reading contracts: on which page a character stands."""

from __future__ import annotations

from pilothouse.engine.contracts.reading.words import TERMS, ContractText


def test_a_character_stands_on_the_page_that_begins_at_or_before_it() -> None:
    text = ContractText("one two three", (0, 4, 8))
    assert [text.page_of(offset) for offset in (0, 3, 4, 12)] == [1, 1, 2, 3]


def test_a_paper_without_pages_has_none() -> None:
    assert ContractText("one").page_of(2) is None


def test_every_term_is_named_once() -> None:
    assert len(set(TERMS)) == len(TERMS) == 41
