"""Stay, prepare, change or hire: what to do about the first model, given what the firm has today.

Staying costs nothing, so a small gain does not pay for a change; what is happening (somebody left, a provider failed)
does not wait. "Hire" is said where the firm's own people win and are not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.sourcing.flips import Flip

SMALL_GAIN, CLEAR_GAIN = 0.03, 0.08
UNSURE = 0.5
NEAR_GROWTH = 1.35  # a flip within a third more people is near for a firm that grows
ENOUGH_PEOPLE = 3.0
# What happens that does not wait for the next budget.
PRESSING = frozenset(
    (
        "internal_it_left", "first_it_hire", "leadership_gap", "project_deadline", "project_stalled",
        "outgrew_provider", "provider_failed", "lost_confidence", "incident", "merger",
    )
)  # fmt: skip


# What speaks against the provider rather than against the model.
DOUBTED = frozenset(("outgrew_provider", "provider_too_costly", "lost_confidence"))


@dataclass(frozen=True, slots=True)
class Standing:
    """The models in their order, their scores, which are excluded, and how sure the first is."""

    order: tuple[str, ...]
    score: Mapping[str, float]
    excluded: frozenset[str]
    confidence: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """`word`: stay, prepare, change or hire. `gain`: of the first model's score over today's, None where not known."""

    word: str
    why: str
    gain: float | None


def verdict_of(profile: Profile, standing: Standing, flips: tuple[Flip, ...]) -> Verdict:
    """The verdict; `why` is a key of the words on screen."""
    first, current = standing.order[0], profile.current_model
    gain = None if current is None else standing.score[first] - standing.score[current]
    if current == first:
        return _from_the_first(profile, flips, gain)
    if first == "in_house":
        return _hire(profile, standing, gain)
    if gain is None:
        return _from_unknown(profile, standing)
    return _from_today(profile, standing, gain)


def _from_the_first(profile: Profile, flips: tuple[Flip, ...], gain: float | None) -> Verdict:
    """The model fits; the provider may not, or not for long."""
    happening = set(profile.happening)
    if "provider_failed" in happening:
        return Verdict("change", "another_provider", gain)
    if happening & DOUBTED:
        return Verdict("prepare", "doubted_provider", gain)
    if happening & PRESSING:
        return Verdict("prepare", "pressing_within", gain)
    near = _near(profile, flips)
    return Verdict("prepare", "outgrown_soon", gain) if near else Verdict("stay", "fits", gain)


def _from_today(profile: Profile, standing: Standing, gain: float) -> Verdict:
    if profile.current_model in standing.excluded or PRESSING & set(profile.happening):
        return Verdict("change", "cannot_wait", gain)
    if gain < SMALL_GAIN:
        return Verdict("stay", "gain_too_small", gain)
    if gain < CLEAR_GAIN or standing.confidence < UNSURE:
        return Verdict("prepare", "gain_not_clear", gain)
    return Verdict("change", "clear_gain", gain)


def _hire(profile: Profile, standing: Standing, gain: float | None) -> Verdict:
    if (
        profile.current_model is None
        and (profile.internal_it_fte or 0) >= ENOUGH_PEOPLE
        and profile.has_it_leader
    ):
        return Verdict("stay", "fits", gain)
    if standing.confidence < UNSURE and profile.internal_it_fte is None:
        return Verdict("prepare", "too_little_known", gain)
    return Verdict("hire", "own_people_win", gain)


def _from_unknown(profile: Profile, standing: Standing) -> Verdict:
    """How it is run today is not known, so a change cannot be advised; what presses is said all the same."""
    if PRESSING & set(profile.happening):
        return Verdict("change", "cannot_wait", None)
    known = standing.confidence >= UNSURE
    return Verdict("prepare", "if_it_is_not_so_yet" if known else "too_little_known", None)


def _near(profile: Profile, flips: tuple[Flip, ...]) -> bool:
    """Whether a firm that grows is about to outgrow what it has."""
    people = profile.headcount
    if people is None or profile.growth not in {"growing", "fast"}:
        return False
    grown = [flip.change["headcount"] for flip in flips if set(flip.change) == {"headcount"}]
    return any(isinstance(to, int) and people < to <= people * NEAR_GROWTH for to in grown)
