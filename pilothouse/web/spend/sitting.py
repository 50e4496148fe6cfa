"""What a person answered in one go: what has come of it, and what can be taken back, the last first.

It stands in the session, for each company, until the day is over. The decisions themselves are records; here is only
which of them were made in this sitting.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from decimal import Decimal
from typing import Any

from django.utils import timezone

from pilothouse.accounts.access import CompanyRequest
from pilothouse.accounts.models import Company
from pilothouse.services.answers import Overview

MOST_STEPS = 100


@dataclass(slots=True)
class Step:
    """Answers given at once: in words, how many questions and how much money, and the ids of what was kept.

    `question` is the name of the first of them, so that who takes it back is asked again.
    """

    words: str
    number: int
    amount: str
    question: str
    decided: list[int] = field(default_factory=list)
    aside: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Sitting:
    """What was done since the person sat down. `note` is what is to be said next, and whether it needs a look."""

    day: str
    review: int = 0
    began: str = "0"
    settled: int = 0
    amount: str = "0"
    steps: list[Step] = field(default_factory=list)
    note: str = ""
    look: bool = False

    @property
    def last(self) -> Step | None:
        return self.steps[-1] if self.steps else None

    @property
    def settled_amount(self) -> Decimal:
        return Decimal(self.amount)

    def begin(self, overview: Overview | None) -> None:
        """Remember what IT cost before the first answer; new papers begin it anew."""
        if overview is not None and self.review != overview.review.pk:
            self.review = overview.review.pk
            self.began = str(overview.it_total.value.amount)

    def add(self, step: Step) -> None:
        """One more step; the oldest are not remembered for ever."""
        self.steps = [*self.steps, step][-MOST_STEPS:]
        self._count(step, 1)

    def take_back(self) -> Step | None:
        """The last step, off the list."""
        if not self.steps:
            return None
        *self.steps, step = self.steps
        self._count(step, -1)
        return step

    def _count(self, step: Step, way: int) -> None:
        if step.decided:
            self.settled = max(0, self.settled + way * step.number)
            self.amount = str(max(Decimal(0), Decimal(self.amount) + way * Decimal(step.amount)))

    def say(self, words: str, *, look: bool = False) -> None:
        self.note, self.look = words, look

    def change(self, overview: Overview | None) -> Decimal:
        """How much more or less IT costs now than before the first answer; nothing where papers came in between."""
        if overview is None or self.review != overview.review.pk:
            return Decimal(0)
        return overview.it_total.value.amount - Decimal(self.began)


def sitting_of(request: CompanyRequest, company: Company) -> Sitting:
    """The sitting of this person in this company; a new one on a new day."""
    today = timezone.localdate().isoformat()
    kept: dict[str, Any] = request.session.get("asking", {}).get(str(company.pk), {})
    if kept.get("day") != today:
        return Sitting(today)
    return Sitting(**{**kept, "steps": [Step(**step) for step in kept["steps"]]})


def keep(request: CompanyRequest, company: Company, sitting: Sitting) -> None:
    """Write the sitting to the session, where it has changed."""
    all_kept = request.session.get("asking", {})
    now = asdict(sitting)
    if all_kept.get(str(company.pk)) != now:
        request.session["asking"] = {**all_kept, str(company.pk): now}
