"""A morning without the IT person: what was tried is kept, with its score, and what did not go becomes tasks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from pilothouse.accounts.models import User
from pilothouse.engine.sourcing.readiness import drill_score, to_mend
from pilothouse.knowledge.sourcing_graduation import drill_steps
from pilothouse.records.models import Drill, DrillStep, Transition, TransitionTask

AFTER_A_DRILL = "after_a_drill"  # stands where a way has the key of its playbook
OWNER = "owner"


@dataclass(frozen=True, slots=True)
class StepSaid:
    """How a step went, how long it took, and what was wrong."""

    went: str
    minutes: int | None = None
    wrong: str = ""


@transaction.atomic
def keep(drill: Drill, said: dict[str, StepSaid], *, by: User) -> Drill:
    """A drill that was held, with its steps by key; a step of which nothing was said was not tried."""
    steps = drill_steps()
    drill.score = drill_score(steps, {key: each.went for key, each in said.items()})
    drill.by = by
    drill.save()
    not_tried = StepSaid(DrillStep.Went.UNKNOWN)
    kept = [(step, said.get(step.key, not_tried)) for step in steps]
    DrillStep.objects.bulk_create(
        DrillStep(
            company=drill.company,
            drill=drill,
            position=position,
            key=step.key,
            what=step.asks,
            went=each.went,
            minutes=each.minutes,
            wrong=each.wrong,
        )
        for position, (step, each) in enumerate(kept)
    )
    return drill


def make_tasks(drill: Drill, name: str, *, by: User) -> Transition | None:
    """Tasks for what did not go, once; None where all of it went."""
    with transaction.atomic():
        held = Drill.objects.select_for_update().get(pk=drill.pk)
        made: Transition | None = held.way
        if made is not None:
            return made
        kept = {step.key: step for step in held.steps.all()}
        mending = to_mend(drill_steps(), {key: step.went for key, step in kept.items()})
        if not mending:
            return None
        way: Transition = Transition.objects.create(
            company=held.company, playbook=AFTER_A_DRILL, name=name, started_on=held.held_on, by=by
        )
        TransitionTask.objects.bulk_create(
            TransitionTask(
                company=held.company,
                transition=way,
                position=position,
                what=step.do,
                owner=OWNER,
                due=held.held_on + timedelta(days),
                note=kept[step.key].wrong,
            )
            for position, (step, days) in enumerate(mending)
        )
        held.way = way
        held.save(update_fields=["way"])
    return way
