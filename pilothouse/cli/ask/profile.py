"""A profile in a JSON object, with the events read from its sentences: what `ask advice` and `ask costs` begin with."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pilothouse.cli.ask.given import Given
from pilothouse.engine.costs.profile import EVENTS, Problems, Profile, ProfileProblem, read_profile
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
    profile, problems, sentences = read_profile(given.rest())
    for problem in problems:
        if problem.level == "error":
            given.wrong(problem.field, problem.message, problem.rule)
    if given.problems:
        return None
    understood = tuple(
        dict.fromkeys(event for said in sentences for event in read_events(said, event_words()))
    )
    unread = [said for said in sentences if not read_events(said, event_words())]
    told = {*profile.happening, *understood}
    if sentences:
        profile = replace(profile, events=tuple(event for event in EVENTS if event in told) or None)
    return GivenProfile(profile, (*problems, *(_unread(said) for said in unread)), understood)


def _unread(said: str) -> ProfileProblem:
    known = ", ".join(EVENTS)
    message = (
        f"“{said[:80]}” was not understood and does not count. Say it otherwise, or name one of: {known}."
    )
    return ProfileProblem("profile.not_understood", "event", message)
