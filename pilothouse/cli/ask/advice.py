"""`ask advice`: which delivery model fits? A profile in, seven ranked models out; a list gives a list."""

from __future__ import annotations

import sys
from pathlib import Path

from numpy.random import default_rng

from pilothouse.cli.ask.given import Given, Shape, answer_each
from pilothouse.cli.ask.profile import profile_in
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.sourcing.advice import Knowledge, advise
from pilothouse.engine.sourcing.shape import shape_of
from pilothouse.knowledge.sourcing_priors import priors
from pilothouse.knowledge.sourcing_rules import sourcing_rules


def answer(asked: Asked) -> Answer:
    known = Knowledge(sourcing_rules(), priors(), None)

    def advise_on(given: Given) -> Shape | None:
        said = profile_in(given)
        if said is None:
            return None
        found = advise(said.profile, known, default_rng(asked.seed))
        return shape_of(found, said.problems, said.understood)

    return answer_each(asked, advise_on, _bytes)


def _bytes(file: str) -> bytes:
    return sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
