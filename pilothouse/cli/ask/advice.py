"""`ask advice`: which delivery model fits? A profile in, seven ranked models out; a list gives a list."""

from __future__ import annotations

import sys
from datetime import date
from functools import lru_cache
from pathlib import Path

from numpy.random import default_rng

from pilothouse.cli.ask.given import Given, Shape, answer_each
from pilothouse.cli.ask.profile import profile_in
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.costs.compare import cost_of
from pilothouse.engine.sourcing.advice import Knowledge, advise
from pilothouse.engine.sourcing.graduation import graduation_of
from pilothouse.engine.sourcing.judge import CostOf
from pilothouse.engine.sourcing.responsibilities import responsibilities_of
from pilothouse.engine.sourcing.shape import shape_of
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book
from pilothouse.knowledge.sourcing_duties import duties
from pilothouse.knowledge.sourcing_graduation import triggers
from pilothouse.knowledge.sourcing_priors import priors
from pilothouse.knowledge.sourcing_rules import sourcing_rules


def answer(asked: Asked) -> Answer:
    def advise_on(given: Given) -> Shape | None:
        said = profile_in(given)
        if said is None:
            return None
        known = Knowledge(sourcing_rules(), priors(), _costs_in(said.profile.country or HOME, asked.today))
        found = advise(said.profile, known, default_rng(asked.seed))
        rows = responsibilities_of(found.first.model, said.profile, duties())
        steps = graduation_of(said.profile, triggers())
        return shape_of(found, said.problems, said.understood, rows, steps)

    return answer_each(asked, advise_on, _bytes)


@lru_cache
def _costs_in(country: str, today: date) -> CostOf | None:
    """Three years' expected cost; of a country without figures cost does not count."""
    return cost_of(cost_book(country, today)) if country in CURRENCIES else None


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
