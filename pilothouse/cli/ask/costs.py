"""`ask costs`: what would each delivery model cost over three years? A profile in, ranges out; a list gives a list."""

from __future__ import annotations

import sys
from pathlib import Path

from pilothouse.cli.ask.given import Given, Shape, answer_each
from pilothouse.cli.ask.profile import profile_in
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.costs.answer import shape_of_costs, work_out_costs
from pilothouse.engine.costs.profile import Profile, ProfileProblem
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book


def answer(asked: Asked) -> Answer:
    def cost(given: Given) -> Shape | None:
        said = profile_in(given)
        if said is None:
            return None
        country = said.profile.country or HOME
        if country not in CURRENCIES:
            known = ", ".join(CURRENCIES)
            given.wrong(
                "country", f"There are no figures for {country} yet, only for {known}.", "costs.country"
            )
            return None
        book = cost_book(country, asked.today)
        costs = work_out_costs(said.profile, book, CURRENCIES[country], seed=asked.seed)
        return shape_of_costs(costs, (*said.problems, *_said_of(said.profile, country)), asked.today)

    return answer_each(asked, cost, _bytes)


def _said_of(profile: Profile, country: str) -> list[ProfileProblem]:
    """What the answer had to take for granted."""
    said = []
    if not profile.country:
        message = f"No country was given: the figures are those of {HOME}."
        said.append(ProfileProblem("costs.country", "country", message))
    if profile.currency and profile.currency != CURRENCIES[country]:
        message = (
            f"Figures for {country} are in {CURRENCIES[country]}, and no rate to {profile.currency} was given. "
            f"Amounts stay in {CURRENCIES[country]}; convert them at the rate of your day."
        )
        said.append(ProfileProblem("costs.currency", "currency", message))
    return said


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
