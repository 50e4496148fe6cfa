"""What a reader of one topic finds in a text: a term, its value and the sentence that says it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """A term between two places of the text. `value` is normalised, None where only the sentence was found.

    `how` says what the value was read from: "said" in the sentence, or "reckoned" from other terms.
    """

    term: str
    value: str | None
    start: int
    end: int
    confidence: float
    how: str = "said"
