"""Many firms side by side, drawn where a profile is silent."""

from __future__ import annotations

import numpy as np
from numpy.random import default_rng

from pilothouse.engine.costs.facts import facts_of
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.knowledge.sourcing_priors import priors

N = 4000


def test_what_is_known_is_not_drawn() -> None:
    said = Profile(
        headcount=40, internal_it_fte=2, support_fte=1, engineering_fte=1, lead_fte=0, hidden_it_hours=9,
        has_it_leader=False, own_know_how=True, growth="shrinking", it_is_core_product=False,
        strategic_change="major", compliance_pressure="high", needs_after_hours=True, budget_predictability="low",
        it_criticality="medium", own_ways_of_working=False, country="BE", current_model="break_fix",
        events=("merger",), sites=3,
    )  # fmt: skip
    facts = facts_of(said, priors(), default_rng(1), 3)
    assert len(facts) == 3
    for column, value in {
        "headcount": 40, "support": 1, "engineering": 1, "lead": 0, "hidden_hours": 9, "leader": 0, "know_how": 1,
        "growth": -1, "core_product": 0, "change": 2, "compliance": 2, "after_hours": 1, "predictability": 0,
        "criticality": 1, "own_ways": 0, "sites": 3, "current": MODELS.index("break_fix"),
    }.items():  # fmt: skip
        assert getattr(facts, column).tolist() == [value] * 3, column
    assert facts.events["merger"].tolist() == [1, 1, 1]
    assert facts.events["incident"].tolist() == [0, 0, 0]
    assert facts.internal.tolist() == [2, 2, 2]


def test_what_is_not_known_is_drawn_as_firms_are() -> None:
    facts = facts_of(Profile(), priors(), default_rng(1), N)
    assert 20 < np.median(facts.headcount) < 36
    assert facts.headcount.min() >= 3
    assert facts.headcount.max() <= 250
    large = facts_of(Profile(headcount=200, it_is_core_product=False), priors(), default_rng(1), N)
    small = facts_of(Profile(headcount=20, it_is_core_product=False), priors(), default_rng(1), N)
    assert 0.40 < (large.internal > 0).mean() < 0.46
    assert 0.11 < (small.internal > 0).mean() < 0.17
    assert set(facts.growth.tolist()) == {-1.0, 0.0, 1.0, 2.0}
    in_house = MODELS.index("in_house")
    assert not (facts.current[facts.internal == 0] == in_house).any()
    assert (facts.current[facts.internal > 0] == in_house).any()
    sold = facts_of(Profile(headcount=50, it_is_core_product=True), priors(), default_rng(1), N)
    assert 10 < sold.internal.mean() < 25
    assert 0.15 < facts.know_how.mean() < 0.23
    happens = sum(column.mean() for column in facts.events.values())
    assert 0.31 < happens < 0.39
    assert max(sum(column[row] for column in facts.events.values()) for row in range(50)) == 1


def test_small_firms_are_drawn_as_small_firms_are() -> None:
    small, large = (facts_of(Profile(headcount=people), priors(), default_rng(1), N) for people in (8, 80))
    assert small.criticality.mean() < large.criticality.mean()
    assert small.after_hours.mean() < large.after_hours.mean()
    assert 0.35 < (small.criticality == 0).mean() < 0.45


def test_a_leader_leads_and_the_rest_is_split() -> None:
    facts = facts_of(Profile(internal_it_fte=4, has_it_leader=True), priors(), default_rng(1), 2)
    assert facts.lead.tolist() == [1.0, 1.0]
    assert np.allclose(facts.internal, 4)
    assert facts.support[0] > facts.engineering[0] > 0
    alone = facts_of(Profile(internal_it_fte=1, has_it_leader=True), priors(), default_rng(1), 1)
    assert (alone.lead[0], alone.support[0], alone.engineering[0]) == (1, 0, 0)


def test_no_leader_means_nobody_leads() -> None:
    facts = facts_of(Profile(internal_it_fte=4, has_it_leader=False), priors(), default_rng(1), 1)
    assert facts.lead[0] == 0
    assert facts.leader[0] == 0
    assert np.allclose(facts.internal, 4)


def test_the_same_seed_draws_the_same_firms() -> None:
    one, other = (facts_of(Profile(), priors(), default_rng(7), 50) for _ in range(2))
    assert one.headcount.tolist() == other.headcount.tolist()


def test_one_person_whose_role_nobody_named_has_one_role_and_not_a_bit_of_each() -> None:
    facts = facts_of(Profile(internal_it_fte=1), priors(), default_rng(1), 400)
    roles = np.stack([facts.support, facts.engineering, facts.lead])
    assert (roles.sum(axis=0) == 1).all()
    assert (roles.max(axis=0) == 1).all()
    assert (roles.sum(axis=1) > 20).all()
    half = facts_of(Profile(internal_it_fte=0.5, support_fte=0.5), priors(), default_rng(1), 5)
    assert half.engineering.tolist() == half.lead.tolist() == [0.0] * 5


def test_one_of_a_few_leads_and_more_of_many() -> None:
    few = facts_of(Profile(internal_it_fte=4), priors(), default_rng(1), 400)
    assert set(few.lead.tolist()) == {0.0, 1.0}
    many = facts_of(Profile(internal_it_fte=40), priors(), default_rng(1), 400)
    assert many.lead.max() == 6
