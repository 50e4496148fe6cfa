"""What of a reading goes into `ask decision`, and what is left out because it is not sure."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.engine.contracts.reading.decision_input import decision_input
from pilothouse.engine.contracts.reading.words import ReadTerm


def term(name: str, value: str | None, quote: str = "as agreed") -> ReadTerm:
    return ReadTerm(name, value, None, 0, len(quote), quote, 0.9)


def test_nothing_read_gives_nothing() -> None:
    assert decision_input([]) == {}
    assert decision_input([term("liability_cap", None), term("termination_for_convenience", None)]) == {}


def test_start_length_renewal_notice_and_country_are_handed_on() -> None:
    words = "It renews automatically for one year unless notice is received by registered letter three months before."
    read = [
        term("agreement_date", "2024-03-01"),
        term("effective_date", "2024-04-01"),
        term("initial_term", "P3Y"),
        term("expiration", "2027-04-01"),
        term("renewal_term", "P1Y", words),
        term("renewal_notice", "P3M", words),
        term("governing_law", "Belgium"),
    ]
    assert decision_input(read) == {
        "start": "2024-04-01",
        "initial_term": "P3Y",
        "renewal": {"mode": "tacit", "term": "P1Y"},
        "notice": {"length": "P3M", "before": "term_end", "by": "registered_letter", "must_be": "received"},
        "country": "BE",
    }


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ([term("agreement_date", "2024-03-01")], {"start": "2024-03-01"}),
        ([term("expiration", "2027-04-01")], {"end": "2027-04-01"}),
        ([term("expiration", "P2Y")], {"initial_term": "P2Y"}),
        ([term("initial_term", "P2Y")], {}),
        ([term("expiration", "perpetual")], {"renewal": {"mode": "open_ended"}}),
        ([term("renewal_term", "perpetual")], {"renewal": {"mode": "open_ended"}}),
        ([term("renewal_term", None)], {}),
        ([term("renewal_term", "P1Y", "The parties may agree on one more year.")], {}),
        ([term("governing_law", "Atlantis")], {}),
    ],
)
def test_what_is_not_said_is_left_out(read: list[ReadTerm], expected: dict[str, Any]) -> None:
    assert decision_input(read) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "sixty days before the anniversary, sent by e-mail",
            {"before": "anniversary", "by": "email", "must_be": "sent"},
        ),
        (
            "two months before the end, par lettre recommandée",
            {"before": "term_end", "by": "registered_letter"},
        ),
        (
            "twee maanden voor het einde, per brief verzonden",
            {"before": "term_end", "by": "letter", "must_be": "sent"},
        ),
    ],
)
def test_the_manner_of_a_notice_is_told_by_its_words(words: str, expected: dict[str, Any]) -> None:
    found = decision_input([term("renewal_notice", "P2M", words)])
    assert found == {"notice": {"length": "P2M", **expected}}


def test_business_days_stay_business_days() -> None:
    words = "at least twenty (20) business days before the end of the term, or 20 days"
    found = decision_input([term("renewal_notice", "P20D", words)])
    assert found["notice"]["length"] == {"business_days": 20}
    plain = decision_input(
        [term("renewal_notice", "P20D", "20 days before the end, within 10 business days")]
    )
    assert plain["notice"]["length"] == "P20D"


@pytest.mark.parametrize(
    ("words", "effective"),
    [
        ("Each may end it at any time by thirty days' notice.", "on_expiry"),
        ("Each may end it at any time by notice to the end of a calendar month.", "month_end"),
        ("Op elk moment, tegen het einde van een kwartaal.", "quarter_end"),
        ("À tout moment, pour la fin de l'année civile.", "year_end"),
    ],
)
def test_a_contract_that_can_be_ended_at_any_time_says_when_it_takes_effect(
    words: str, effective: str
) -> None:
    found = decision_input([term("termination_for_convenience", "P30D", words)])
    assert found["notice"] == {"length": "P30D", "before": "any_time", "effective": effective, "break": True}


@pytest.mark.parametrize(
    ("words", "is_break"),
    [
        ("Either party may terminate at any time on three months' notice.", True),
        ("Either party may, during the initial term too, terminate at any time.", True),
        ("After the initial term, either party may terminate at any time on three months' notice.", False),
        ("Upon expiry of the initial three-year term it may be ended at any time.", False),
        ("It may be terminated at any time after the first twelve months.", False),
        ("Except during the Initial Term, either party may terminate at any time.", False),
        ("It runs for three years; thereafter each party may terminate at any time.", False),
        ("Chaque partie peut résilier à tout moment moyennant un préavis de trois mois.", True),
        ("À l'expiration de la durée initiale, chaque partie peut résilier à tout moment.", False),
        ("Le Client peut résilier à tout moment après la première année.", False),
        ("Au terme de la période ferme, chaque partie peut résilier à tout moment.", False),
        ("Elke partij kan te allen tijde opzeggen met een opzegtermijn van drie maanden.", True),
        ("Na afloop van de initiële termijn kan elke partij te allen tijde opzeggen.", False),
        ("Vanaf het einde van de eerste contractperiode kan elke partij te allen tijde opzeggen.", False),
        ("De Klant kan na het eerste jaar op elk ogenblik opzeggen.", False),
    ],
)
def test_a_way_out_after_the_first_term_is_none_within_it(words: str, is_break: bool) -> None:
    found = decision_input([term("termination_for_convenience", "P3M", words)])
    assert found["notice"]["break"] is is_break


def test_a_way_out_that_does_not_say_any_time_is_left_out() -> None:
    assert decision_input([term("termination_for_convenience", "P30D", "after the second year")]) == {}
