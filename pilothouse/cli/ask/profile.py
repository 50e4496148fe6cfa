"""A profile in a JSON object, with the events read from its sentences: what `ask advice` and `ask costs` begin with."""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.cli.ask.given import Given
from pilothouse.engine.costs.profile import Problems, Profile, read_profile
from pilothouse.engine.sourcing.events import read_events
from pilothouse.knowledge.sourcing_events import event_words


@dataclass(frozen=True, slots=True)
class GivenProfile:
    """The profile as taken, the warnings on it, and the events that were read from sentences."""

    profile: Profile
    problems: Problems
    understood: tuple[str, ...]


def profile_in(given: Given) -> GivenProfile | None:
    """The profile; None where a field cannot be read, which `given` then knows."""
    words = event_words()
    profile, problems, understood = read_profile(given.rest(), lambda said: read_events(said, words))
    for problem in problems:
        if problem.level == "error":
            given.wrong(problem.field, problem.message, problem.rule)
    return None if given.problems else GivenProfile(profile, problems, understood)
