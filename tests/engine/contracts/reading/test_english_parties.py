"""The two parties an English opening names; neither where one cannot be told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.english_parties import find_parties


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "This Agreement is made between Ship & Sail Ltd and Harbour Clouds Inc. The parties agree:",
            ["Ship & Sail Ltd", "Harbour Clouds Inc."],
        ),
        (
            'is made by and between Ship & Sail, Inc., a Delaware corporation ("Supplier"), and Harbour Clouds, LLC, '
            'having offices at 1 Quay ("Customer").',
            ["Ship & Sail, Inc.", "Harbour Clouds, LLC"],
        ),
        ('between (1) ALPHA BV ("Alpha"); and (2) BETA NV, established in Ghent.', ["ALPHA BV", "BETA NV"]),
        ("AMONG: Alpha BV (“Alpha”) AND Beta NV (“Beta”)", ["Alpha BV", "Beta NV"]),
        (
            "made between Alpha BV, established in Ghent, number 1, the Reseller,\nand Beta NV, established in Aalst.",
            ["Alpha BV", "Beta NV"],
        ),
        ("The difference between the parties and Beta NV, is small.", []),
        (
            "entered into by and between The Harbour Company located at 1 Quay, and the Ship Works Ltd having its seat",
            ["The Harbour Company", "Ship Works Ltd"],
        ),
        (
            "by and between, alpha.com, inc., a Delaware corporation, and The Beta Firm (the Client)",
            ["alpha.com, inc", "The Beta Firm"],
        ),
        ("between The Customer, and The Provider, who agree.", []),
        ("between Alpha BV, a firm.", []),
        ("between Alpha BV, and Alpha BV, twice.", []),
        ("between Alpha BV, and each of its affiliates, from time to time.", []),
        ("between Alpha BV, and Customer on the first day of May, as agreed", []),
        ("The time between notice and receipt. Made between Alpha BV and Beta NV.", ["Alpha BV", "Beta NV"]),
        ("between 1 and 2, whatever", []),
        ("", []),
    ],
)
def test_both_parties_are_named_or_none(text: str, names: list[str]) -> None:
    found = find_parties(text)
    assert [one.value for one in found] == names
    for one in found:
        assert text[one.start : one.end].startswith(names[0].rstrip(".")[:5])


def test_only_the_opening_is_looked_at() -> None:
    assert find_parties("x" * 7000 + " between Alpha BV and Beta NV.") == []


def test_an_endless_name_costs_no_time() -> None:
    assert find_parties("between " + "A " * 3000 + "and " * 500) == []


@given(st.text(alphabet='Bb between and,(")Inc. A1', max_size=200))
def test_places_are_inside_the_text(text: str) -> None:
    for one in find_parties(text):
        assert 0 <= one.start < one.end <= len(text)
