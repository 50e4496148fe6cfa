"""What does each model cost in a year, line by line, and how often does what go wrong in it?

One set of formulas for all uses: `facts` are columns of firms, `values` numbers or columns of the same length, and
whatever is given is multiplied. Every line is a product of facts and of different assumptions (no assumption twice, no
power), so that its expected value is the line at the means (see `values`); only how many people one in IT looks after
bends a line, and is averaged over. Prices are those of the first year.

The need is the same for all models: the same people helped, tools, basics of security, projects, decisions. What a
model does not supply is bought at its market price; what nobody supplies is damage to be expected, kept apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from pilothouse.engine.costs.facts import Column, Facts, Number, work_of
from pilothouse.engine.costs.profile import MODELS
from pilothouse.engine.costs.supply import (
    CO_MANAGED_FEE,
    MANAGED_FEE,
    ON_OWN_PEOPLE,
    ON_THE_FEE,
    Hiring,
    Supplies,
    Supply,
)
from pilothouse.engine.costs.values import Values

MONTHS, HALF = 12.0, 0.5
PEOPLE_TO_ONE = "staff.people_to_one"

WAGES, FEES = "salary.indexation", "fee.indexation"
# Lines a year: the rate by which they grow, and what kind of money they are.
PAID, OWN_TIME, DAMAGE = "paid", "own_time", "damage"
LINES: Mapping[str, tuple[str, str]] = {
    "own_people": (WAGES, PAID),
    "training": (WAGES, PAID),
    "provider": (FEES, PAID),
    "by_the_hour": (FEES, PAID),
    "tools": (FEES, PAID),
    "security": (FEES, PAID),
    "projects": (FEES, PAID),
    "adviser": (FEES, PAID),
    "on_duty": (FEES, PAID),
    "hidden_time": (WAGES, OWN_TIME),
}
# What happens now and then: the rate by which its price grows, and what kind of money it is.
HAPPENINGS: Mapping[str, tuple[str, str]] = {
    "resignation": (WAGES, PAID),
    "absence": (WAGES, PAID),
    "failed_hire": (WAGES, PAID),
    "overrun": (FEES, PAID),
    "outage": (WAGES, DAMAGE),
    "incident": (FEES, DAMAGE),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """Own IT people of a model by role, those still to be hired, and what they earn in a year."""

    support: Column
    engineering: Column
    lead: Column
    hired: Column
    pay: Number

    @property
    def people(self) -> Column:
        return self.support + self.engineering + self.lead


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happens `a_year` times on average, each time at `price` times a size drawn by itself (mean 1)."""

    a_year: Number
    price: Number


def staff_of(supply: Supply, facts: Facts, values: Values, hiring: Hiring) -> Staff:
    """Who has to be employed: those who stay, and what the model needs beyond them."""
    work = work_of(facts, values[PEOPLE_TO_ONE])
    kept = float(supply.keeps) * _share_that_runs_it(facts, work)
    support, engineering, lead = (kept * column for column in (facts.support, facts.engineering, facts.lead))
    wanted = np.maximum(supply.own * work, hiring.least) if supply.own else 0.0 * work
    if supply.own >= 1:
        wanted = np.maximum(wanted, 1.0)
    missing = np.maximum(wanted - support - engineering - lead, 0.0)
    leading = np.minimum(missing, np.maximum(np.minimum(hiring.leading * wanted, 1.0) - lead, 0.0))
    leading = leading * float(supply.own >= 1)  # only in-house needs somebody of one's own to lead
    rest = missing - leading
    support = support + hiring.support * rest
    engineering = engineering + (1 - hiring.support) * rest
    lead = lead + leading
    pay = (
        support * values["salary.support"]
        + engineering * values["salary.engineering"]
        + lead * values["salary.lead"]
    )
    return Staff(support, engineering, lead, missing, pay)


def _share_that_runs_it(facts: Facts, work: Column) -> Column:
    """Where IT is what the firm sells, those beyond the work of its own IT build it: left out of every model."""
    wanted = np.maximum(work, 1.0)  # as many as in-house wants, so that nobody is hired beside them
    running = np.minimum(wanted / np.maximum(facts.internal, 1e-6), 1.0)
    share: Column = 1.0 - facts.core_product * (1.0 - running)
    return share


def fee_of(supply: Supply, facts: Facts, values: Values) -> Number:
    """The provider's fee for a year, office hours."""
    if supply.fee == MANAGED_FEE:
        return facts.headcount * MONTHS * values["provider.managed_fee"]
    if supply.fee == CO_MANAGED_FEE:
        return facts.headcount * MONTHS * values["provider.co_managed_fee"]
    return 0.0 * facts.headcount


def yearly_lines(model: str, facts: Facts, values: Values, supplies: Supplies) -> dict[str, Number]:
    """The lines of `LINES` for one model in a year, at first-year prices."""
    supply = supplies.models[model]
    staff, fee = staff_of(supply, facts, values, supplies.hiring), fee_of(supply, facts, values)
    people, own = facts.headcount, 1.0 - supply.included
    by_level = np.interp(facts.change, (0, 1, 2), supplies.projects_by_change)
    return {
        "own_people": staff.pay * values["salary.loading"],
        "training": staff.pay * values["staff.training_share"],
        "provider": fee,
        "by_the_hour": _bought_hours(supply, facts, staff, work_of(facts, values[PEOPLE_TO_ONE]))
        * values["help.hours_per_user"]
        * values["market.hour"],
        "tools": own * people * MONTHS * values["tools.per_user"],
        "security": own * people * MONTHS * values["security.per_user"],
        "projects": supply.projects * people * by_level * values["projects.per_user"],
        "adviser": _advice_days(supply, facts, values, supplies) * values["adviser.day"],
        "on_duty": _on_duty(supply, facts, values, staff, fee),
        "hidden_time": supply.hidden * facts.hidden_hours * MONTHS * values["staff.hour"],
    }


def _bought_hours(supply: Supply, facts: Facts, staff: Staff, work: Column) -> Column:
    """User-months of help bought by the hour: what own people do not do."""
    done_inside = np.minimum(staff.people / np.maximum(work, 1e-6), 1.0)
    hours: Column = supply.hours * facts.headcount * MONTHS * (1 - done_inside)
    return hours


def _advice_days(supply: Supply, facts: Facts, values: Values, supplies: Supplies) -> Number:
    """Days of an adviser in a year: as part of the model, else bought for the large decisions nobody inside leads."""
    if supply.advice:
        by_size = facts.headcount / 100 * values["adviser.days_per_100_users"]
        part = np.clip(facts.headcount / supplies.change_in_full_from, supplies.change_at_least, 1.0)
        in_change = HALF * facts.change * part * values["adviser.days_in_change"]
        return MONTHS * (values["adviser.base_days"] + by_size + in_change)
    led = np.maximum(facts.leader * float(supply.keeps), float(supply.own >= 1))
    days: Column = np.interp(facts.change, (0, 1, 2), supplies.days_for_large_decisions) * (1 - led)
    return days


def _on_duty(supply: Supply, facts: Facts, values: Values, staff: Staff, fee: Number) -> Number:
    if supply.after_hours == ON_THE_FEE:
        return facts.after_hours * fee * values["after_hours.fee_share"]
    if supply.after_hours == ON_OWN_PEOPLE:
        return facts.after_hours * staff.pay * values["after_hours.allowance"]
    return 0.0 * facts.headcount


def happenings(model: str, facts: Facts, values: Values, supplies: Supplies) -> dict[str, Happening]:
    """What goes wrong now and then in one model, at first-year prices."""
    supply = supplies.models[model]
    staff = staff_of(supply, facts, values, supplies.hiring)
    a_month = staff.pay / np.maximum(staff.people, 1e-6) / MONTHS
    night = 1 + (supply.night - 1) * facts.after_hours
    damaged = supply.damage * night
    stopped = np.interp(facts.criticality, (0, 1, 2), supplies.damage_by_criticality)
    asked = np.interp(facts.compliance, (0, 1, 2), supplies.incident_by_compliance)
    by_level = np.interp(facts.change, (0, 1, 2), supplies.projects_by_change)
    find = MONTHS * values["hire.recruitment_share"]
    wait = supply.cover * values["hire.months_to_fill"] * values["vacancy.cover_premium"]
    return {
        "resignation": Happening(staff.people * values["staff.resignation"], a_month * (find + wait)),
        "absence": Happening(
            staff.people * values["staff.long_absence"],
            supply.cover * a_month * values["salary.loading"],
        ),
        "failed_hire": Happening(staff.hired * values["hire.failure"] / YEARS_TO_FAIL, MONTHS * a_month),
        "overrun": Happening(
            values["project.overrun"] + 0.0 * facts.headcount,
            supply.projects * facts.headcount * by_level * values["projects.per_user"],
        ),
        "outage": Happening(
            damaged * values["outage.events"],
            facts.headcount * stopped * values["outage.share_stopped"] * values["staff.hour"],
        ),
        "incident": Happening(damaged * asked * values["incident.yearly"], facts.headcount + 0.0 * night),
    }


YEARS_TO_FAIL = 3.0  # a hire of today fails at most once in the three years looked at
# The size of one happening is drawn each time it happens, from these assumptions (all lognormal).
SIZES = {
    "resignation": "",
    "absence": "staff.absence_months",
    "failed_hire": "hire.failure_cost",
    "overrun": "project.overrun_size",
    "outage": "outage.hours",
    "incident": "incident.per_head",
}


def transition(model: str, facts: Facts, values: Values, supplies: Supplies) -> Number:
    """What it costs once to come from today's model to this one; nothing where it is today's."""
    supply = supplies.models[model]
    staff = staff_of(supply, facts, values, supplies.hiring)
    hired_share = staff.hired / np.maximum(staff.people, 1e-6)
    pay = staff.pay * hired_share
    hiring = pay * values["hire.recruitment_share"] + HALF * pay / MONTHS * values["hire.ramp_months"]
    advised = float(supply.advice) * values["transition.adviser_days"] * values["adviser.day"]
    released = 0.0 if supply.keeps else _pay_of_those_there(facts, values) / MONTHS
    release = released * values["salary.loading"] * values["transition.severance_months"]
    moved = (facts.current != MODELS.index(model)).astype(float)
    once: Number = moved * (hiring + onboarding(supply, facts, values) + advised + release)
    return once


def onboarding(supply: Supply, facts: Facts, values: Values) -> Number:
    """What a provider asks once to begin: to list, to document, to put its tools in place."""
    return fee_of(supply, facts, values) / MONTHS * values["transition.onboarding_months"]


def _pay_of_those_there(facts: Facts, values: Values) -> Number:
    return _share_that_runs_it(facts, work_of(facts, values[PEOPLE_TO_ONE])) * (
        facts.support * values["salary.support"]
        + facts.engineering * values["salary.engineering"]
        + facts.lead * values["salary.lead"]
    )
