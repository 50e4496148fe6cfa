"""Flags beyond the cases: their shape, what is left to ask, unchecked law, and what holds for any contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilothouse.engine.contracts.checklist import ContractFacts, Flag, Severity
from pilothouse.engine.contracts.flag_shape import shape_of_flags
from pilothouse.engine.contracts.flags import find_flags, left_to_ask
from pilothouse.engine.contracts.reading.words import TERMS, ReadTerm
from pilothouse.engine.evidence import NoGrounds
from pilothouse.knowledge.red_flags import checklist

# A busy machine may be slow to draw; that is no fault.
PATIENT = settings(suppress_health_check=[HealthCheck.too_slow])
TODAY = date(2026, 11, 23)
RENEWAL = ReadTerm("renewal_term", "P1Y", 4, 100, 130, "renews for one year at a time", 0.9)
NOTICE = ReadTerm("renewal_notice", "P3M", None, 140, 170, "three months' notice", 0.9)
TERM_READ = st.builds(
    ReadTerm,
    st.sampled_from(TERMS),
    st.sampled_from([None, "P1Y", "P90D", "0.1", "EUR 500.00", "2020-05-05", "Belgium", "perpetual", "?"]),
    st.none(),
    st.just(0),
    st.just(3),
    st.sampled_from(["", "sole discretion", "consumer price index"]),
    st.just(0.8),
)
FACTS = st.builds(
    ContractFacts,
    st.sampled_from(["", "BE", "US", "FR"]),
    st.sampled_from(["", "cloud_service", "licence", "managed_services"]),
)


def test_flags_and_missing_clauses_stand_apart() -> None:
    found = find_flags(
        [RENEWAL, NOTICE], ContractFacts("BE", "cloud_service"), checklist(), today=TODAY, confirmed={RENEWAL}
    )
    shape = shape_of_flags(found)
    renewal = next(flag for flag in shape["flags"] if flag["id"] == "auto_renewal")
    assert renewal == {
        "id": "auto_renewal",
        "severity": "look",
        "says": "It renews by itself, 1 year at a time.",
        "what_to_do": "Put the last day for notice in the calendar and decide before it.",
        "ask_for": "Renewal by a signed decision only, or from month to month after the first term.",
        "terms": ["renewal_term"],
        "because": [
            {
                "term": "renewal_term",
                "value": "P1Y",
                "page": 4,
                "start": 100,
                "end": 130,
                "quote": "renews for one year at a time",
            }
        ],
        "law": None,
        "confirmed": True,
    }
    missed = next(flag for flag in shape["missing"] if flag["id"] == "eu_data_act_transition")
    assert (missed["terms"], missed["because"], missed["ask_for"]) == (["exit_assistance"], [], None)
    assert missed["law"]["article"].startswith("Regulation (EU) 2023/2854")
    assert not missed["confirmed"]
    assert {flag["id"] for flag in shape["flags"]}.isdisjoint({flag["id"] for flag in shape["missing"]})


def test_what_no_term_answers_is_a_question_for_a_person() -> None:
    asked = {check.id for check in left_to_ask(checklist(), ContractFacts(kind="managed_services"))}
    assert {"after_hours", "restore_tests", "soundness"} <= asked
    assert {check.id for check in left_to_ask(checklist(), ContractFacts(kind="licence"))} == {"soundness"}


def test_law_that_was_not_checked_raises_no_flag() -> None:
    listed = checklist()
    doubtful = replace(listed, laws=tuple(replace(law, checked=False) for law in listed.laws))
    found = find_flags([NOTICE], ContractFacts("BE", "cloud_service"), doubtful, today=TODAY)
    assert all(flag.law is None for flag in found)
    assert "exit_assistance" in {flag.id for flag in found}


def test_law_for_consumers_is_not_said_to_firms() -> None:
    listed = checklist()
    theirs = replace(listed, laws=tuple(replace(law, between="consumers") for law in listed.laws))
    found = find_flags([NOTICE], ContractFacts("BE", "cloud_service"), theirs, today=TODAY)
    assert all(flag.law is None for flag in found)


def test_an_opinion_of_a_country_is_said_there_only() -> None:
    listed = checklist()
    french = replace(listed, checks=tuple(replace(check, country="FR") for check in listed.checks), laws=())
    assert find_flags([RENEWAL], ContractFacts("FR"), french, today=TODAY)
    assert not find_flags([RENEWAL], ContractFacts("BE"), french, today=TODAY)


def test_a_flag_without_grounds_cannot_be_built() -> None:
    with pytest.raises(NoGrounds, match="“x” has no grounds"):
        Flag("x", Severity.NOTE, "", "", "", ())


@PATIENT
@given(st.lists(TERM_READ, max_size=8), FACTS)
def test_of_any_contract(terms: list[ReadTerm], facts: ContractFacts) -> None:
    """One flag a rule at most, the gravest first; none on what was missed is more than “look”; nothing is “void”."""
    found = find_flags(terms, facts, checklist(), today=TODAY)
    assert len({flag.id for flag in found}) == len(found)
    assert [flag.severity for flag in found] == sorted(
        (flag.severity for flag in found), key=list(Severity).index, reverse=True
    )
    read = {term.term for term in terms}
    for flag in found:
        assert set(flag.because) <= set(terms)
        assert read.isdisjoint(flag.missing)
        assert flag.because or flag.severity is not Severity.ACT
        assert "{" not in flag.says
        assert flag.what_to_do
        assert "void" not in flag.says.split()


@PATIENT
@given(st.lists(TERM_READ, max_size=6), FACTS)
def test_the_order_of_terms_does_not_matter(terms: list[ReadTerm], facts: ContractFacts) -> None:
    there = find_flags(terms, facts, checklist(), today=TODAY)
    back = find_flags(terms[::-1], facts, checklist(), today=TODAY)
    if len([term for term in terms if term.term == "governing_law"]) < 2:
        assert {flag.id: flag.severity for flag in there} == {flag.id: flag.severity for flag in back}
