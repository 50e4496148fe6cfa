"""How long a contract runs and when it expires, in sentences of our own."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.values_dates import find_days
from pilothouse.engine.contracts.reading.values_start import find_start
from pilothouse.engine.contracts.reading.values_term import find_term

OPENING = 'This agreement is made as of March 1, 2024 (the "Effective Date") between two firms. '
NO_DATE = "This agreement is made between two firms. "


def read(sentence: str, opening: str = OPENING) -> dict[str, str | None]:
    words = flat(opening + sentence)
    days = find_days(words)
    return {found.term: found.value for found in find_term(words, days, find_start(words, days))}


@pytest.mark.parametrize(
    ("sentence", "length", "expires"),
    [
        ("The term of this Agreement shall continue until December 31, 2026.", None, "2026-12-31"),
        ("The initial term shall end at midnight on 31 May 2025.", None, "2025-05-31"),
        (
            "This Agreement shall expire upon the later of (a) July 31, 2027 or (b) the last report.",
            None,
            "2027-07-31",
        ),
        ("The term of this Agreement is three (3) years from the Effective Date.", "P3Y", "2027-03-01"),
        (
            "This Agreement shall commence on the Effective Date and continue for 18 months.",
            "P18M",
            "2025-09-01",
        ),
        (
            "The initial term is two years from the date hereof, unless terminated earlier.",
            "P2Y",
            "2026-03-01",
        ),
        ("The initial term of this Agreement is one year beginning April 15, 2024.", "P1Y", "2025-04-15"),
        (
            "The term of this Agreement shall end on the fifth anniversary of the Effective Date.",
            "P5Y",
            "2029-03-01",
        ),
        (
            "The term of this Agreement ends on the two (2) year anniversary of the Effective Date.",
            "P2Y",
            "2026-03-01",
        ),
        ("The term of this Agreement shall end automatically at the end of Year 3.", "P3Y", "2027-03-01"),
        (
            "This Agreement shall have an initial five (5) year term as from the Effective Date.",
            "P5Y",
            "2029-03-01",
        ),
        (
            "This Agreement shall remain in force for at least one year from the Effective Date.",
            "P1Y",
            "2025-03-01",
        ),
        (
            "Unless extended as told below, the initial term of this Agreement shall be for six months.",
            "P6M",
            "2024-09-01",
        ),
        ("The term of this Agreement shall be two years following the Launch Date.", "P2Y", None),
        ("The term of this Agreement shall be 900 years from the Effective Date.", "P900Y", "2924-03-01"),
        ("This Agreement shall remain in effect until terminated by either party.", None, "perpetual"),
        (
            "The term of this Agreement shall continue indefinitely from the Effective Date.",
            None,
            "perpetual",
        ),
    ],
)
def test_a_sentence_on_the_term_gives_its_length_and_its_end(
    sentence: str, length: str | None, expires: str | None
) -> None:
    wanted = {"initial_term": length, "expiration": expires}
    assert read(sentence) == {term: value for term, value in wanted.items() if value}


@pytest.mark.parametrize(
    "sentence",
    [
        "The duty of confidence shall continue until December 31, 2026.",
        "During the term of this Agreement the reports are confidential and remain so for two years thereafter.",
        "Either party may terminate this Agreement upon thirty (30) days notice.",
        "The term of this Agreement is given in an annex of 12 pages, a month old.",
        "The term of this Agreement shall be extended for two years.",
        "The term of this Agreement is as amended on May 1, 2023 and continues.",
        "The term of this Agreement shall run until the ship is sold.",
        "The term of this Agreement shall be known after each 30 days prior to launch.",
        "The term of this Agreement shall continue, and the firm is told at least every two years.",
        "The term of this Agreement shall be agreed and two years are usual.",
        "The zeroth anniversary of the term of this Agreement shall continue.",
    ],
)
def test_what_speaks_of_something_else_or_names_no_end_is_left_out(sentence: str) -> None:
    assert read(sentence) == {}


def test_a_length_without_a_day_to_count_from_has_no_end() -> None:
    assert read("The term of this Agreement is three years from the Effective Date.", NO_DATE) == {
        "initial_term": "P3Y"
    }


def test_the_surest_sentence_wins() -> None:
    found = read(
        "During the term of this Agreement and for one year thereafter nobody is hired away. "
        'The term of this Agreement (the "Term") is three years from the Effective Date.'
    )
    assert found["initial_term"] == "P3Y"


def test_a_sentence_that_a_model_names_goes_before_others() -> None:
    first, second = (
        "This Agreement shall continue for three years from the Effective Date.",
        "This Agreement shall continue until June 30, 2025.",
    )
    words = flat(f"{OPENING}{first} {second}")
    days = find_days(words)
    start = find_start(words, days)
    place = words.index(second)
    likely = [(place, len(words))]
    assert [found.value for found in find_term(words, days, start)] == ["P3Y", "2027-03-01"]
    assert [found.value for found in find_term(words, days, start, likely)] == ["2025-06-30"]
