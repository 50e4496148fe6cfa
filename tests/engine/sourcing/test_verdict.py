"""Stay, prepare, change or hire."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.sourcing.flips import Flip
from pilothouse.engine.sourcing.verdict import Standing, verdict_of


def verdict(
    first: str, gain: float = 0.2, confidence: float = 0.9, out: tuple[str, ...] = (), **said: Any
) -> tuple[str, str]:
    profile = Profile(**said)
    current = profile.current_model
    score = {first: 0.7} | ({current: 0.7 - gain} if current and current != first else {})
    standing = Standing((first,), score, frozenset(out), confidence)
    flips = (
        Flip({"headcount": 50}, "in_house", 1.0),
        Flip({"growth": "fast", "headcount": 45}, "in_house", 1.0),
    )
    found = verdict_of(profile, standing, flips)
    return found.word, found.why


CO_MANAGED = {"first": "co_managed"}
KEPT = CO_MANAGED | {"current_model": "co_managed"}
FROM_CALLS = CO_MANAGED | {"current_model": "break_fix"}


@pytest.mark.parametrize(
    ("expected", "given"),
    [
        (("stay", "fits"), KEPT),
        (("prepare", "outgrown_soon"), KEPT | {"headcount": 40, "growth": "fast"}),
        (("stay", "fits"), KEPT | {"headcount": 20, "growth": "fast"}),
        (("stay", "fits"), KEPT | {"headcount": 40, "growth": "stable"}),
        (("change", "another_provider"), KEPT | {"events": ("provider_failed", "lost_confidence")}),
        (("prepare", "doubted_provider"), KEPT | {"events": ("provider_too_costly",)}),
        (("prepare", "pressing_within"), KEPT | {"events": ("leadership_gap",)}),
        (("stay", "fits"), KEPT | {"events": ("contract_renewal",)}),
        (("hire", "own_people_win"), {"first": "in_house", "current_model": "break_fix"}),
        (("hire", "own_people_win"), {"first": "in_house", "internal_it_fte": 1.0}),
        (("stay", "fits"), {"first": "in_house", "internal_it_fte": 5.0, "has_it_leader": True}),
        (("prepare", "too_little_known"), {"first": "in_house", "confidence": 0.3}),
        (("change", "cannot_wait"), CO_MANAGED | {"events": ("incident",)}),
        (("prepare", "too_little_known"), CO_MANAGED | {"confidence": 0.3}),
        (("prepare", "if_it_is_not_so_yet"), CO_MANAGED),
        (("change", "cannot_wait"), FROM_CALLS | {"out": ("break_fix",), "gain": 0.01}),
        (("change", "cannot_wait"), FROM_CALLS | {"events": ("merger",), "gain": 0.01}),
        (("stay", "gain_too_small"), FROM_CALLS | {"gain": 0.01}),
        (("prepare", "gain_not_clear"), FROM_CALLS | {"gain": 0.05}),
        (("prepare", "gain_not_clear"), FROM_CALLS | {"confidence": 0.4}),
        (("change", "clear_gain"), FROM_CALLS | {"events": ("budget_cut",)}),
    ],
)  # fmt: skip
def test_the_verdict(expected: tuple[str, str], given: dict[str, Any]) -> None:
    assert verdict(**given) == expected
