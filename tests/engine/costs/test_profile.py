"""What a firm says of itself, and which of two answers is taken."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from pilothouse.engine.costs.profile import Profile, examined, read_profile


def problems_of(said: dict[str, Any]) -> dict[str, str]:
    return {problem.field: problem.rule for problem in read_profile(said)[1]}


def test_a_whole_profile_is_read() -> None:
    profile, problems, understood = read_profile(
        {
            "headcount": 42, "internal_it_fte": 1.5, "internal_roles": {"support": 1, "engineering": 0.5, "lead": 0},
            "hidden_it_hours": "12", "has_it_leader": False, "own_know_how": True, "growth": "growing",
            "it_is_core_product": False, "strategic_change": "some", "compliance_pressure": "high",
            "needs_after_hours": True, "budget_predictability": "low", "it_criticality": "medium",
            "own_ways_of_working": None, "sector": "building trade", "country": "be", "current_model": "co_managed",
            "event": ["merger", "merger", "Our server was encrypted"], "sites": 2, "revenue": "8500000.00",
            "currency": "eur",
        }
    )  # fmt: skip
    assert [problem.rule for problem in problems] == ["profile.not_understood"]
    assert understood == ()
    assert (profile.headcount, profile.internal_it_fte, profile.support_fte) == (42, 1.5, 1.0)
    assert (profile.country, profile.currency, profile.events) == ("BE", "EUR", ("merger",))
    assert profile.revenue == Decimal("8500000.00")
    assert profile.own_ways_of_working is None


@pytest.mark.parametrize("headcount", [0, -3, 10_000_000])
def test_a_number_of_people_that_cannot_be_counts_as_not_known(headcount: int) -> None:
    profile, problems = examined(Profile(headcount=headcount))
    assert profile.headcount is None
    assert [problem.rule for problem in problems] == ["profile.impossible"]
    assert "not known" in problems[0].message


def test_hours_and_people_below_nothing_count_as_not_known() -> None:
    profile, problems = examined(Profile(internal_it_fte=-1, hidden_it_hours=-5))
    assert profile == Profile()
    assert [problem.field for problem in problems] == ["internal_it_fte", "hidden_it_hours"]


def test_nobody_works_more_than_everybody() -> None:
    profile, problems = examined(Profile(headcount=2, hidden_it_hours=400))
    assert profile.hidden_it_hours is None
    assert problems[0].field == "hidden_it_hours"
    assert examined(Profile(headcount=2, hidden_it_hours=40))[1] == ()


def test_never_more_people_in_it_than_people() -> None:
    profile, problems = examined(Profile(headcount=5, internal_it_fte=10, lead_fte=2))
    assert (profile.internal_it_fte, profile.lead_fte, profile.support_fte) == (5.0, 1.0, None)
    assert problems[0].rule == "profile.contradiction"


@pytest.mark.parametrize(
    ("roles", "total", "taken", "said"),
    [
        ({"support": 2, "engineering": 1, "lead": 0}, 2, 3.0, True),
        ({"support": 1, "engineering": 1, "lead": 0}, 5, 2.0, True),
        ({"support": 1}, 5, 5.0, False),
        ({"support": 1}, None, 1.0, False),
        ({"support": 1, "engineering": 1, "lead": 0}, 2, 2.0, False),
    ],
)
def test_roles_come_before_the_total(
    roles: dict[str, float], total: float | None, taken: float, said: bool
) -> None:
    profile, problems, _ = read_profile({"internal_it_fte": total, "internal_roles": roles})
    assert profile.internal_it_fte == taken
    assert bool(problems) is said


def test_a_leader_is_somebody() -> None:
    profile, problems = examined(Profile(internal_it_fte=0, has_it_leader=True))
    assert (profile.internal_it_fte, profile.lead_fte) == (1.0, 1.0)
    assert "The leader is taken" in problems[0].message


def test_people_who_lead_come_before_the_word_that_nobody_does() -> None:
    profile, problems = examined(Profile(lead_fte=1, has_it_leader=False))
    assert profile.has_it_leader
    assert problems[0].field == "has_it_leader"
    assert examined(Profile(lead_fte=0))[0].has_it_leader is False


def test_a_model_that_needs_own_people_is_not_taken_of_a_firm_without() -> None:
    profile, problems = examined(Profile(current_model="co_managed", internal_it_fte=0))
    assert profile.current_model is None
    assert problems[0].field == "current_model"
    left = Profile(current_model="co_managed", internal_it_fte=0, events=("internal_it_left",))
    assert examined(left) == (left, ())


def test_what_is_sold_matters() -> None:
    profile, problems = examined(Profile(it_is_core_product=True, it_criticality="low"))
    assert profile.it_criticality == "high"
    assert problems[0].field == "it_criticality"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("headcount", "many"), ("headcount", 1.5), ("headcount", True), ("headcount", "nan"), ("headcount", "1e999"),
        ("growth", "huge"), ("has_it_leader", "yes"), ("sector", 3), ("country", "BEL"), ("country", 5),
        ("currency", "euro"), ("revenue", "much"), ("revenue", True), ("revenue", "Infinity"),
        ("current_model", "outsourced"), ("internal_roles", 3), ("event", 3), ("event", [3]), ("headcount", []),
    ],
)  # fmt: skip
def test_a_field_that_cannot_be_read_is_named(field: str, value: object) -> None:
    assert problems_of({field: value}) == {field: "json.field"}


def test_a_field_nobody_knows_is_named() -> None:
    assert problems_of({"headcont": 3, "internal_roles": {"boss": 1, "lead": None, "support": "x"}}) == {
        "headcont": "json.unknown_field",
        "internal_roles.boss": "json.unknown_field",
        "support_fte": "json.field",
    }


def test_a_year_of_revenue_below_nothing_is_not_taken() -> None:
    assert read_profile({"revenue": "-5"})[0].revenue is None
    assert read_profile({"sites": 0})[0].sites is None


def test_events_are_those_named_and_those_understood() -> None:
    def understand(sentence: str) -> tuple[str, ...]:
        return ("incident",) if "encrypted" in sentence else ()

    profile, problems, understood = read_profile({"event": ["merger", "All is encrypted"]}, understand)
    assert (profile.events, problems, understood) == (("incident", "merger"), (), ("incident",))
    assert read_profile({"event": "Sun"}, understand)[0].events is None
    assert read_profile({"event": []}, understand)[0].events == ()
    assert read_profile({}, understand)[0].events is None


def test_who_has_just_left_explains_a_model_that_needs_people() -> None:
    said = {"current_model": "co_managed", "internal_it_fte": 0, "event": "She left"}
    assert read_profile(said, lambda _: ("internal_it_left",))[0].current_model == "co_managed"
