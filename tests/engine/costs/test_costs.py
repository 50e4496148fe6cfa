"""What each model costs: lines, closed form, simulation, who is cheaper."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.random import default_rng

from pilothouse.engine.assumptions import LOGNORMAL, PERT
from pilothouse.engine.costs.answer import shape_of_costs, work_out_costs
from pilothouse.engine.costs.compare import break_even, cheaper, cost_of, mean_sizes, tornado
from pilothouse.engine.costs.expected import expected_cost, kind_of
from pilothouse.engine.costs.facts import USUAL_PEOPLE_TO_ONE, facts_of
from pilothouse.engine.costs.lines import HAPPENINGS, LINES, PEOPLE_TO_ONE
from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.costs.simulate import Book, simulate
from pilothouse.engine.costs.values import (
    at_points_of,
    draw,
    drawn,
    each_at_its_ends,
    expected,
    mean_of,
    points_of,
    variance_of,
)
from pilothouse.knowledge.sourcing_costs import CURRENCIES, cost_book

TODAY = date(2026, 11, 23)
FIRM = Profile(
    headcount=42, internal_it_fte=0, hidden_it_hours=12, has_it_leader=False, own_know_how=False, growth="stable",
    it_is_core_product=False, strategic_change="some", compliance_pressure="medium", needs_after_hours=False,
    budget_predictability="medium", it_criticality="medium", own_ways_of_working=False, sites=2, country="BE",
    current_model="break_fix", events=(),
)  # fmt: skip
STAFFED = replace(
    FIRM, headcount=150, internal_it_fte=4.0, support_fte=2.0, engineering_fte=1.0, lead_fte=1.0, has_it_leader=True,
    needs_after_hours=True, it_criticality="high", strategic_change="major", current_model="in_house",
)  # fmt: skip
FIRMS = [(FIRM, "BE"), (STAFFED, "US"), (replace(FIRM, headcount=8, strategic_change="none"), "GB")]


def book_of(country: str) -> Book:
    return cost_book(country, TODAY)


def totals(profile: Profile, country: str = "BE") -> dict[str, float]:
    """Three years' expected cost of each model, the way there included."""
    book = book_of(country)
    facts = facts_of(profile, book.priors, default_rng(1), 1)
    points = at_points_of(PEOPLE_TO_ONE, book.assumptions.values())
    return {
        model: sum(
            weight
            * float(np.squeeze(expected_cost(model, facts, values, mean_sizes(book), book.supplies).total()))
            for weight, values in points
        )
        for model in MODELS
    }


# --- assumptions --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("country", CURRENCIES)
def test_draws_have_the_mean_that_is_reckoned_with(country: str) -> None:
    for each in book_of(country).assumptions.values():
        sample = draw(each, default_rng(3), 40_000)
        error = 5 * sample.std() / 200 + 1e-9
        assert abs(sample.mean() - mean_of(each)) < error, each.key
        if each.shape == PERT:
            assert float(each.low) <= sample.min() <= sample.max() <= float(each.high)
        else:
            assert np.quantile(sample, [0.1, 0.9]) == pytest.approx(
                [float(each.low), float(each.high)], rel=0.06
            )


def test_every_country_knows_every_assumption() -> None:
    keys = {country: set(book_of(country).assumptions) for country in CURRENCIES}
    assert all(known == keys["BE"] for known in keys.values())
    assert {each.shape for each in book_of("BE").assumptions.values()} == {PERT, LOGNORMAL}


def test_a_value_that_does_not_vary_is_not_drawn() -> None:
    each = replace(book_of("BE").assumptions["market.hour"], low=TODAY.year * 0 + 5, mode=5, high=5)  # type: ignore[arg-type]
    assert set(draw(each, default_rng(1), 10).tolist()) == {5.0}


@pytest.mark.parametrize("country", CURRENCIES)
def test_points_of_an_assumption_have_its_mean_and_its_spread(country: str) -> None:
    for each in book_of(country).assumptions.values():
        points, weights = (np.array(column) for column in zip(*points_of(each), strict=True))
        assert weights.sum() == pytest.approx(1)
        exact = 1e-6 if each.shape == PERT else 0.02  # a long tail asks for more points
        assert weights @ points == pytest.approx(mean_of(each), rel=exact)
        if each.shape == PERT:
            assert weights @ (points - mean_of(each)) ** 2 == pytest.approx(variance_of(each))


def test_what_does_not_vary_is_one_point() -> None:
    each = replace(book_of("BE").assumptions["market.hour"], low=Decimal(5), mode=Decimal(5), high=Decimal(5))
    assert points_of(each) == [(5.0, 1.0)]


def test_who_reckons_no_costs_takes_the_usual_number_of_people_to_one() -> None:
    assert float(book_of("BE").assumptions[PEOPLE_TO_ONE].mode) == USUAL_PEOPLE_TO_ONE


def test_growth_is_expected_as_it_is_drawn() -> None:
    book = book_of("BE")
    mean, runs = expected(book.assumptions.values()), drawn(book.assumptions.values(), default_rng(1), 50_000)
    for rate, factors in mean.growth.items():
        for year, factor in enumerate(factors):
            assert float(np.mean(runs.growth[rate][year])) == pytest.approx(float(np.mean(factor)), rel=1e-3)


def test_growth_by_a_rate_of_a_firm_with_a_long_tail_is_expected_as_it_is_drawn() -> None:
    rates = dict(book_of("BE").assumptions)
    rates["salary.indexation"] = replace(
        rates["salary.indexation"], shape=LOGNORMAL, low=Decimal("0.01"), high=Decimal("0.2")
    )
    mean, runs = expected(rates.values()), drawn(rates.values(), default_rng(1), 400_000)
    for factor, column in zip(
        mean.growth["salary.indexation"], runs.growth["salary.indexation"], strict=True
    ):
        assert float(np.mean(column)) == pytest.approx(float(np.mean(factor)), rel=2e-3)


def test_each_assumption_stands_once_at_its_low_and_once_at_its_high() -> None:
    book = book_of("BE")
    keys, ends = each_at_its_ends(book.assumptions.values())
    place = keys.index("market.hour")
    column = np.asarray(ends["market.hour"])
    assert column[2 * place] == float(book.assumptions["market.hour"].low)
    assert column[2 * place + 1] == float(book.assumptions["market.hour"].high)
    assert len(set(np.delete(column, [2 * place, 2 * place + 1]).tolist())) == 1


# --- the closed form and the simulation are one ---------------------------------------------------------------------


@pytest.mark.parametrize(("profile", "country"), FIRMS)
def test_the_simulation_agrees_with_the_closed_form(profile: Profile, country: str) -> None:
    runs = 60_000
    found = simulate(profile, book_of(country), default_rng(5), runs)
    reckoned = totals(profile, country)
    for place, model in enumerate(MODELS):
        total = found.total[place]
        error = total.std() / runs**0.5
        assert abs(total.mean() - reckoned[model]) < 4.5 * error, model
        assert sum(found.lines[model].values()) == pytest.approx(total.mean())
        assert sum(found.kinds(model).values()) == pytest.approx(total.mean())


def test_two_seeds_agree_within_their_errors() -> None:
    one, other = (simulate(FIRM, book_of("BE"), default_rng(seed), 20_000).total for seed in (1, 2))
    error = (one.std(axis=1) ** 2 / 20_000 + other.std(axis=1) ** 2 / 20_000) ** 0.5
    assert (abs(one.mean(axis=1) - other.mean(axis=1)) < 4.5 * error).all()


def test_the_same_seed_gives_the_same_answer_however_it_is_split() -> None:
    one, other = (simulate(FIRM, book_of("BE"), default_rng(1), 500).by_year for _ in range(2))
    assert (one == other).all()


@pytest.mark.parametrize(
    ("people", "own"), [(20_000, 400.0), (1_000_000, 20_000.0), (1_000_000, 1_000_000.0)]
)
def test_a_firm_in_which_very_much_happens_fits_in_memory_and_says_how_many_runs(
    people: int, own: float
) -> None:
    giant = replace(FIRM, headcount=people, internal_it_fte=own)
    costs = work_out_costs(giant, book_of("BE"), "EUR", seed=1)
    assert 1_000 <= costs.runs < 20_000
    total, reckoned = costs.simulated.total, totals(giant)
    assert total.shape == (len(MODELS), costs.runs)
    for place, model in enumerate(MODELS):
        error = total[place].std() / costs.runs**0.5
        assert abs(total[place].mean() - reckoned[model]) < 4.5 * error, model


def test_the_closed_form_for_many_firms_is_that_for_each() -> None:
    book = book_of("BE")
    cost = cost_of(book)
    together = cost(facts_of(Profile(), book.priors, default_rng(1), 50))
    assert together.shape == (len(MODELS), 50)
    alone = cost(facts_of(FIRM, book.priors, default_rng(1), 1))[:, 0]
    three = cost(facts_of(FIRM, book.priors, default_rng(1), 3))
    assert np.allclose(three, alone[:, None])


def test_every_line_is_of_a_kind() -> None:
    assert {kind_of(line) for line in (*LINES, *HAPPENINGS, "transition")} == {"paid", "own_time", "damage"}


# --- what must hold ---------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 400), st.integers(1, 200))
def test_more_people_never_cost_less(people: int, more: int) -> None:
    few, many = totals(replace(FIRM, headcount=people)), totals(replace(FIRM, headcount=people + more))
    assert all(many[model] >= few[model] - 1e-6 for model in MODELS)


@pytest.mark.parametrize(
    ("fact", "rising"),
    [
        ("it_criticality", ("low", "medium", "high")), ("strategic_change", ("none", "some", "major")),
        ("compliance_pressure", ("low", "medium", "high")), ("needs_after_hours", (False, True)),
        ("hidden_it_hours", (0, 20, 80)),
    ],
)  # fmt: skip
def test_a_larger_need_never_costs_less(fact: str, rising: tuple[Any, ...]) -> None:
    found = [totals(replace(FIRM, **{fact: value})) for value in rising]
    for model in MODELS:
        costs = [each[model] for each in found]
        assert costs == sorted(costs), model


def test_a_larger_need_never_costs_less_where_it_is_the_product() -> None:
    sells = replace(
        FIRM, headcount=30, internal_it_fte=2.5, support_fte=2.0, engineering_fte=0.5, lead_fte=0.0,
        it_is_core_product=True, it_criticality="low", strategic_change="none", sites=1,
    )  # fmt: skip
    before = totals(sells)
    for larger in (
        {"sites": 6},
        {"it_criticality": "high"},
        {"strategic_change": "major"},
        {"headcount": 40},
    ):
        after = totals(replace(sells, **larger))
        assert all(after[model] >= before[model] - 1e-6 for model in MODELS), larger


def test_coming_from_a_model_to_itself_costs_nothing() -> None:
    book = book_of("BE")
    for model in MODELS:
        facts = facts_of(replace(STAFFED, current_model=model), book.priors, default_rng(1), 1)
        values = expected(book.assumptions.values())
        found = expected_cost(model, facts, values, mean_sizes(book), book.supplies)
        assert float(np.squeeze(found.lines["transition"][0])) == 0
        assert float(np.squeeze(found.total())) == float(np.squeeze(found.total(with_transition=False)))


def test_who_is_released_is_paid_for() -> None:
    assert totals(STAFFED)["fully_outsourced"] > totals(replace(STAFFED, internal_it_fte=0.0, support_fte=0.0,
        engineering_fte=0.0, lead_fte=0.0, has_it_leader=False))["fully_outsourced"]  # fmt: skip


def test_who_builds_what_the_firm_sells_is_left_out_of_every_model() -> None:
    sells = replace(STAFFED, it_is_core_product=True)
    many = replace(sells, internal_it_fte=60.0, support_fte=2.0, engineering_fte=57.0, lead_fte=1.0)
    few = replace(sells, internal_it_fte=15.0, support_fte=0.5, engineering_fte=14.25, lead_fte=0.25)
    found, fewer = totals(many), totals(few)
    assert found == pytest.approx(fewer)
    assert (
        found["fully_outsourced"] > totals(replace(many, it_is_core_product=False))["fully_outsourced"] * 0.1
    )
    assert found["in_house"] < totals(replace(many, it_is_core_product=False))["in_house"] / 3


def test_more_sites_than_people_do_not_need_more_it_than_people() -> None:
    tiny = replace(FIRM, headcount=3, sites=10_000)
    assert totals(tiny) == totals(replace(tiny, sites=3))


def test_ranges_rise_and_shares_add_up() -> None:
    total = simulate(FIRM, book_of("BE"), default_rng(1), 4_000).total
    shares = cheaper(total)
    assert np.allclose(shares + shares.T, 1)
    assert np.allclose(np.diag(shares), 0.5)
    low, middle, high = np.quantile(total, [0.1, 0.5, 0.9], axis=1)
    assert (low < middle).all()
    assert (middle < high).all()
    assert np.allclose(cheaper(np.ones((2, 5))), 0.5)


def test_break_even_is_found_where_wages_are_low_against_fees() -> None:
    book = book_of("US")
    dear = {
        key: replace(each, low=each.low * 4, mode=each.mode * 4, high=each.high * 4)
        if key.startswith("provider.")
        else each
        for key, each in book.assumptions.items()
    }
    found = break_even(FIRM, replace(book, assumptions=dear), default_rng(1))
    assert all(each.middle is not None and each.share > 0.9 for each in found)
    assert all((each.low or 0) <= (each.middle or 0) for each in found)
    usual = {each.against: each for each in break_even(FIRM, book_of("BE"), default_rng(1))}
    assert usual["co_managed"].middle is None
    assert usual["co_managed"].share < 0.5


def test_the_tornado_names_what_matters_most_first() -> None:
    bars = tornado(FIRM, book_of("BE"), default_rng(1))
    swings = [max(abs(bar.high[model] - bar.low[model]) for model in MODELS) for bar in bars]
    assert swings == sorted(swings, reverse=True)
    assert bars[0].key == PEOPLE_TO_ONE  # how many people one in IT looks after decides what in-house costs
    assert bars[1].key in {"provider.managed_fee", "salary.lead", "salary.support", "salary.engineering"}


# --- the answer -----------------------------------------------------------------------------------------------------


def test_the_answer_is_whole() -> None:
    costs = work_out_costs(replace(FIRM, sites=None), book_of("BE"), "EUR", seed=1, runs=2_000)
    shape = shape_of_costs(costs, (), TODAY)
    assert [each["model"] for each in shape["models"]] == list(MODELS)
    assert shape["unknown"] == ["sites"]
    nobody_said = work_out_costs(Profile(headcount=20), book_of("BE"), "EUR", seed=1, runs=50).unknown
    assert "has_it_leader" in nobody_said
    nobody_inside = Profile(headcount=20, internal_it_fte=0)
    assert "has_it_leader" not in work_out_costs(nobody_inside, book_of("BE"), "EUR", seed=1, runs=50).unknown
    for one, other in permutations(MODELS, 2):
        assert shape["cheaper"][one][other] + shape["cheaper"][other][one] == pytest.approx(1, abs=1e-9)
    for each in shape["models"]:
        total = {name: float(each["total"][name]) for name in ("p10", "p50", "p90", "mean")}
        assert total["p10"] <= total["p50"] <= total["p90"]
        assert sum(float(line) for line in each["lines"].values()) == pytest.approx(total["mean"], abs=20)
        assert sum(float(each[kind]) for kind in ("paid", "own_time", "damage")) == pytest.approx(
            total["mean"], abs=3
        )
        assert len(each["years"]) == 3
    old = [each for each in shape["assumptions"] if each["stale"]]
    assert all(each["year"] < 2023 for each in old)
    assert old
    assert any(each["others"] for each in shape["assumptions"])
    assert all(each["source"] for each in shape["assumptions"])
