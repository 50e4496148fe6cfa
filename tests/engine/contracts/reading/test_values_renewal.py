"""Renewal and the notice against it, in sentences of our own."""

from __future__ import annotations

import pytest

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.values_renewal import find_renewal


def read(words: str, initial_term: str | None = None) -> tuple[str | None, str | None]:
    found = {each.term: each.value for each in find_renewal(flat(words), initial_term)}
    return found.get("renewal_term"), found.get("renewal_notice")


@pytest.mark.parametrize(
    ("words", "term", "notice"),
    [
        (
            "This Agreement shall automatically renew for successive one (1) year terms unless either party gives "
            "notice at least sixty (60) days prior to the end of the then-current term.",
            "P1Y",
            "P60D",
        ),
        (
            "The initial term is three years and this Agreement renews automatically for further terms of 24 months "
            "unless notice of 3 months is given before it ends.",
            "P24M",
            "P3M",
        ),
        ("Thereafter this Agreement shall continue from year to year.", "P1Y", None),
        ("This Agreement is renewed tacitly every year.", "P1Y", None),
        ("This Agreement will extend automatically for monthly periods.", "P1M", None),
        ("The contract may be renewed for a period of 2 years by mutual agreement of the parties.", "P2Y", None),
        (
            "Thereafter this Agreement shall continue in force until terminated by either party on at least six (6) "
            "months prior written notice.",
            "perpetual",
            "P6M",
        ),
        (
            "This Agreement renews automatically for one year. Such notice must be given ninety (90) days prior to "
            "expiration of the term if a party does not intend to renew.",
            "P1Y",
            "P90D",
        ),
        (
            "Either party may terminate this Agreement at the end of the initial term by giving 45 days prior notice "
            "before the end of the term.",
            None,
            "P45D",
        ),
    ],
)  # fmt: skip
def test_renewal_and_notice_are_read(words: str, term: str | None, notice: str | None) -> None:
    assert read(words) == (term, notice)


def test_terms_of_the_same_length_are_as_long_as_the_initial_one() -> None:
    words = "This Agreement shall automatically renew for successive terms of the same duration."
    assert read(words, "P5Y") == ("P5Y", None)
    assert read(words) == (None, None)


@pytest.mark.parametrize(
    "words",
    [
        "The parties are free.",
        "Either party may terminate upon thirty (30) days notice of breach.",
        "The cure period under this Agreement may be extended for ten (10) days.",
        "The Agreement may be renewed.",
        "The option to renew the term is exercised by notice 60 days before the end of the term.",
        "The agreement is extended, with seven days of rest.",
        "The agreement is extended within 2 years.",
    ],
)
def test_what_is_no_renewal_is_left_out(words: str) -> None:
    assert read(words) == (None, None)


def test_a_notice_that_a_model_names_is_taken_where_words_alone_are_not_enough() -> None:
    words = "Whoever objects says so sixty (60) days before the end of the contract year."
    assert read(words) == (None, None)
    likely = {"renewal_notice": [(0, len(words))]}
    assert [found.value for found in find_renewal(words, None, likely)] == ["P60D"]
