"""Ten questions, no papers: what is worth looking at first?

Besides the advice on the profile that the answers give, three yes-or-no questions say which of the basics nobody has
proven; what is open comes before what is always worth a look. Unknown counts as open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ASKED = ("restore_tested", "second_admin", "contracts_together")
ANSWERS = ("yes", "no", "unknown")


@dataclass(frozen=True, slots=True)
class Topic:
    """Something worth looking at: when (answers by question; empty for always), why, and what to bring."""

    key: str
    name: str
    why: str
    bring: str
    when: Mapping[str, tuple[str, ...]]


def worth_a_look(topics: Iterable[Topic], answers: Mapping[str, str]) -> tuple[Topic, ...]:
    """The topics that the answers leave open, in their order; a question without an answer is unknown."""
    return tuple(topic for topic in topics if _holds(topic, answers))


def _holds(topic: Topic, answers: Mapping[str, str]) -> bool:
    return all(answers.get(question, "unknown") in among for question, among in topic.when.items())
