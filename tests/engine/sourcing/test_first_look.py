"""What is worth looking at after ten questions."""

from __future__ import annotations

from pilothouse.engine.sourcing.first_look import Topic, worth_a_look

ALWAYS = Topic("spend", "What does it cost?", "…", "invoices", {})
RESTORE = Topic("restore", "Restored?", "…", "a report", {"restore_tested": ("no", "unknown")})


def test_what_nobody_proved_is_worth_a_look_and_unknown_is_not_proven() -> None:
    assert worth_a_look([RESTORE, ALWAYS], {}) == (RESTORE, ALWAYS)
    assert worth_a_look([RESTORE, ALWAYS], {"restore_tested": "no"}) == (RESTORE, ALWAYS)
    assert worth_a_look([RESTORE, ALWAYS], {"restore_tested": "yes"}) == (ALWAYS,)
