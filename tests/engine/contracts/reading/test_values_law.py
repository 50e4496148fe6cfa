"""Which law governs, in sentences of our own."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.places import country_of
from pilothouse.engine.contracts.reading.values_law import find_law


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("This contract is governed by the laws of the State of New York.", "New York"),
        ("It shall be construed in accordance with the laws of England and Wales.", "England and Wales"),
        ("Governing Law: Province of Ontario, Canada", "Ontario"),
        ("The parties agree that Belgian law governs; it is governed by Belgian law.", "Belgium"),
        ("This paper is interpreted under Dutch civil law.", "Netherlands"),
        ("The laws of the State of California shall govern this agreement.", "California"),
        ("It is governed by the laws of the United States and of the State of Ohio.", "Ohio"),
        ("It is governed by the laws of the United States.", "United States"),
        ("This agreement is governed by French law. A share is governed by the laws of Spain.", "France"),
        ("GOVERNED BY THE LAWS OF NEW  JERSEY.", "New Jersey"),
    ],
)
def test_the_place_behind_the_laws_is_the_answer(words: str, place: str) -> None:
    (found,) = find_law(words)
    assert (found.term, found.value) == ("governing_law", place)
    assert words[found.start : found.end].strip(" .")


@pytest.mark.parametrize(
    "words",
    [
        "The firm has an office in New York.",
        "Governed by the laws in force where the works stand.",
        "Part A is governed by the laws of France. Part B is governed by the laws of Spain.",
    ],
)
def test_no_place_or_two_are_none(words: str) -> None:
    assert list(find_law(words)) == []


def test_a_place_lies_in_a_country() -> None:
    assert [country_of(place) for place in ("Texas", "Quebec", "Belgium", "Utopia")] == [
        "US",
        "CA",
        "BE",
        None,
    ]
