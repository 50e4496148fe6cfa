"""What a reader of one topic finds in a text: a term, its value and the sentence that says it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

Places: TypeAlias = Sequence[tuple[int, int]]
Likely: TypeAlias = Mapping[str, Places]
NOWHERE: Likely = MappingProxyType({})
LIKELY_POINTS = 3.0  # what a sentence is surer by that a model names as well


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


def points_of_place(places: Places, start: int, end: int) -> float:
    """What a sentence gains where a model names the same clause."""
    return LIKELY_POINTS if any(first < end and start < last for first, last in places) else 0.0
