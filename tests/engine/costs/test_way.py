"""What it costs to go from one model to another."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from numpy.random import default_rng

from pilothouse.engine.costs.profile import MODELS, Profile
from pilothouse.engine.costs.way import WayCost, cost_of_way
from pilothouse.knowledge.sourcing_costs import cost_book

TODAY = date(2026, 11, 23)
FIRM = Profile(
    headcount=40, internal_it_fte=0, sites=1, country="BE", strategic_change="none", needs_after_hours=False
)


def way(start: str, to: str, firm: Profile = FIRM) -> WayCost:
    return cost_of_way(firm, cost_book("BE", TODAY), start, to, default_rng(1))


@pytest.mark.parametrize("to", [model for model in MODELS if model != "break_fix"])
def test_every_way_has_a_range_and_the_way_back_takes_it_back(to: str) -> None:
    there, back = way("break_fix", to), way(to, "break_fix")
    assert 0 <= there.once[0] <= there.once[1] <= there.once[2]
    assert there.more is not None
    assert back.more is not None
    assert there.more == pytest.approx(tuple(-each for each in reversed(back.more)), rel=1e-6)


def test_to_hire_costs_more_than_to_sign_and_the_adviser_comes_on_top() -> None:
    assert way("break_fix", "in_house").once[1] > way("break_fix", "fully_outsourced").once[1]
    plain, advised = way("break_fix", "fully_outsourced"), way("break_fix", "fully_outsourced_plus_adviser")
    assert advised.once[1] > plain.once[1]
    assert advised.more is not None
    assert plain.more is not None
    assert advised.more[1] > plain.more[1]


def test_another_provider_of_the_same_model_costs_its_start_and_nothing_is_said_of_the_year() -> None:
    found = way("fully_outsourced", "")
    assert found.more is None
    assert found.once[0] > 0
    assert way("break_fix", "").once == (0, 0, 0)


def test_who_is_released_on_the_way_is_paid_for() -> None:
    team = replace(FIRM, internal_it_fte=2.0, support_fte=1.0, engineering_fte=1.0, lead_fte=0.0)
    assert way("co_managed", "fully_outsourced", team).once[0] > way("co_managed", "fully_outsourced").once[2]


def test_a_firms_own_fee_moves_the_way() -> None:
    book = cost_book("BE", TODAY)
    fee = book.assumptions["provider.managed_fee"]
    dear = replace(fee, low=Decimal(500), mode=Decimal(500), high=Decimal(500))
    own = replace(book, assumptions={**book.assumptions, fee.key: dear})
    found = cost_of_way(FIRM, own, "break_fix", "fully_outsourced", default_rng(1))
    usual = way("break_fix", "fully_outsourced")
    assert found.more is not None
    assert usual.more is not None
    assert found.more[0] > usual.more[2]
