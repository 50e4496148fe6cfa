"""Which model comes first, how sure that is, what to ask, what would change it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from pilothouse.engine.costs.facts import Facts, facts_of
from pilothouse.engine.costs.profile import CHANGES, EVENTS, GROWTHS, LEVELS, MODELS, Profile, examined
from pilothouse.engine.sourcing.advice import Advice, Knowledge, advise
from pilothouse.engine.sourcing.flips import find_flips
from pilothouse.engine.sourcing.judge import judge
from pilothouse.knowledge.sourcing_priors import priors
from pilothouse.knowledge.sourcing_rules import sourcing_rules

KNOWN = Profile(
    headcount=42, internal_it_fte=0, hidden_it_hours=30, has_it_leader=False, own_know_how=False, growth="growing",
    it_is_core_product=False, strategic_change="some", compliance_pressure="medium", needs_after_hours=False,
    budget_predictability="medium", it_criticality="medium", own_ways_of_working=False, sites=2, country="BE",
    current_model="break_fix", events=(),
)  # fmt: skip


def advice_on(profile: Profile, **known: Any) -> Advice:
    return advise(
        examined(profile)[0],
        Knowledge(sourcing_rules(), priors(), **{"cost_of": None, **known}),
        default_rng(1),
    )


def places(facts: Facts) -> dict[str, int]:
    """Each model's place, 0 for the first, of one firm; those ruled out stand together, last."""
    judged = judge(facts, sourcing_rules(), None)
    order = np.argsort(-judged.counted[:, 0], kind="stable")
    return {MODELS[place]: len(MODELS) if judged.out[place, 0] else at for at, place in enumerate(order)}


def test_a_firm_that_is_known_is_advised_for_sure() -> None:
    found = advice_on(KNOWN)
    assert found.first.model.startswith("fully_outsourced")
    assert found.verdict.word in {"change", "prepare"}
    assert found.unknown == ()
    assert found.asks == ()
    assert found.rule_set.startswith("sourcing@")
    assert {ranked.model for ranked in found.ranking} == set(MODELS)


def test_every_reason_has_words_and_a_source() -> None:
    for ranked in advice_on(KNOWN).ranking:
        for reason in (*ranked.reasons_for, *ranked.reasons_against):
            assert reason.says
            assert reason.source.title
        assert all(reason.moves > 0 for reason in ranked.reasons_for)
        assert all(reason.moves < 0 for reason in ranked.reasons_against)
        assert ranked.reasons_for or ranked.reasons_against


def test_what_is_excluded_stands_last_and_says_why() -> None:
    found = advice_on(replace(KNOWN, needs_after_hours=True, it_criticality="high"))
    out = [ranked for ranked in found.ranking if ranked.excluded]
    assert {"break_fix", "project_based"} <= {ranked.model for ranked in out}
    assert found.ranking[-len(out) :] == tuple(out)
    keys = {reason.key for ranked in out if ranked.model == "break_fix" for reason in ranked.reasons_against}
    assert {"break_fix_no_duty", "break_fix_too_critical"} <= keys


def test_nothing_known_gives_little_confidence_and_says_what_to_ask() -> None:
    found = advice_on(Profile())
    assert found.confidence < 0.5
    assert found.verdict.word == "prepare"
    assert set(found.unknown) >= {"headcount", "internal_it_fte", "events"}
    single = [ask for ask in found.asks if len(ask.facts) == 1]
    assert single
    assert all(ask.confidence > found.confidence for ask in found.asks)
    assert len(found.asks[-1].facts) == 2
    assert found.asks[-1].confidence >= single[0].confidence


def test_the_more_is_known_the_surer() -> None:
    little = advice_on(Profile(headcount=42, internal_it_fte=0))
    assert little.confidence < advice_on(replace(KNOWN, strategic_change="none")).confidence


def test_the_same_seed_gives_the_same_answer() -> None:
    assert advice_on(Profile(headcount=9)) == advice_on(Profile(headcount=9))


def test_cost_speaks_for_the_cheapest() -> None:
    def costs(facts: Facts) -> Any:
        cheap = np.full((len(MODELS), len(facts)), 500_000.0)
        cheap[MODELS.index("project_based")] = 50_000.0
        return cheap

    without, with_cost = (
        {ranked.model: ranked.score for ranked in advice_on(KNOWN, cost_of=each).ranking}
        for each in (None, costs)
    )
    assert with_cost["project_based"] > without["project_based"]
    assert with_cost["fully_outsourced"] < without["fully_outsourced"]


# --- flips ------------------------------------------------------------------------------------------------------


def test_a_flip_makes_another_model_first() -> None:
    for profile in (
        KNOWN,
        replace(KNOWN, headcount=9, growth="stable", it_criticality="low", strategic_change="none"),
    ):
        rules = sourcing_rules()
        facts = facts_of(profile, priors(), default_rng(1), 8)
        first = int(judge(facts, rules, None).score.mean(axis=1).argmax())
        flips = find_flips(profile, facts, rules, None, first=first)
        assert flips
        assert [flip.distance for flip in flips if len(flip.change) == 1] == sorted(
            flip.distance for flip in flips if len(flip.change) == 1
        )
        for flip in flips:
            assert flip.first != MODELS[first]
            changed = dict(flip.change)
            event = changed.pop("event", None)
            events = profile.happening + ((str(event),) if event else ())
            other = replace(profile, **changed, events=events)  # type: ignore[arg-type]
            if (
                "internal_it_fte" in changed
                or changed.get("has_it_leader")
                or changed.get("it_is_core_product")
            ):
                continue  # roles and criticality follow by rules of their own
            assert next(iter(places(facts_of(other, priors(), default_rng(1), 1)))) == flip.first


def test_a_firm_far_from_every_border_is_tried_with_two_changes() -> None:
    sure = replace(
        KNOWN, headcount=120, internal_it_fte=2.0, current_model="co_managed", it_criticality="high"
    )
    found = advice_on(sure)
    assert found.first.model == "co_managed"
    assert found.flips
    assert all(1 <= len(flip.change) <= 2 for flip in found.flips)


# --- what must never happen ---------------------------------------------------------------------------------------

profiles = st.builds(
    Profile,
    headcount=st.integers(1, 600),
    internal_it_fte=st.sampled_from([0.0, 0.5, 1.0, 2.0, 5.0]),
    hidden_it_hours=st.sampled_from([0.0, 20.0, 80.0]),
    has_it_leader=st.booleans(),
    own_know_how=st.booleans(),
    growth=st.sampled_from(GROWTHS),
    it_is_core_product=st.booleans(),
    strategic_change=st.sampled_from(CHANGES),
    compliance_pressure=st.sampled_from(LEVELS),
    needs_after_hours=st.booleans(),
    budget_predictability=st.sampled_from(LEVELS),
    it_criticality=st.sampled_from(LEVELS),
    own_ways_of_working=st.booleans(),
    current_model=st.sampled_from(MODELS),
    events=st.lists(st.sampled_from(EVENTS), max_size=2, unique=True).map(tuple),
    sites=st.integers(1, 6),
)


def placed(profile: Profile) -> dict[str, int]:
    return places(facts_of(examined(profile)[0], priors(), default_rng(1), 1))


@settings(max_examples=150, deadline=None)
@given(profiles, st.sampled_from([0.5, 1.0, 3.0]))
def test_more_own_it_people_never_favour_the_model_without_any(profile: Profile, more: float) -> None:
    profile = replace(profile, headcount=max(profile.headcount or 0, 10), has_it_leader=False)
    profile = replace(
        profile, current_model="break_fix"
    )  # a model that does not contradict having people or none
    staffed = replace(profile, internal_it_fte=(profile.internal_it_fte or 0) + more)
    assert placed(staffed)["fully_outsourced"] >= placed(profile)["fully_outsourced"]


@settings(max_examples=150, deadline=None)
@given(profiles)
def test_it_as_the_product_never_disfavours_in_house(profile: Profile) -> None:
    sold, bought = (replace(profile, it_is_core_product=value) for value in (True, False))
    assert placed(sold)["in_house"] <= placed(bought)["in_house"]


@pytest.mark.parametrize(
    ("fact", "rising"),
    [
        ("budget_predictability", LEVELS), ("it_criticality", LEVELS), ("compliance_pressure", LEVELS),
        ("strategic_change", CHANGES), ("needs_after_hours", (False, True)),
    ],
)  # fmt: skip
@settings(max_examples=60, deadline=None)
@given(profile=profiles)
def test_what_break_fix_is_bad_at_never_favours_it(
    fact: str, rising: tuple[Any, ...], profile: Profile
) -> None:
    profile = replace(profile, it_is_core_product=False)
    order = [placed(replace(profile, **{fact: value}))["break_fix"] for value in rising]
    assert order == sorted(order)


@settings(max_examples=60, deadline=None)
@given(profiles)
def test_larger_decisions_never_disfavour_the_adviser_beside_the_provider(profile: Profile) -> None:
    order = [placed(replace(profile, strategic_change=value)) for value in CHANGES]
    gap = [one["fully_outsourced_plus_adviser"] - one["fully_outsourced"] for one in order]
    assert gap[2] <= max(gap[0], 0) or gap[2] < 0
