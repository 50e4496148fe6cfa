"""Hand work to a worker. Which library carries it is known here and in `settings.Q_CLUSTER` only.

Tasks are given ids, are idempotent, and claim what they work on by an UPDATE that can only succeed once; so a task
that is handed out twice, or again after a worker was killed, does no harm.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from django_q.tasks import async_task

from pilothouse.services import arrivals, intake, spend


def take_in(batch_id: int) -> None:
    """Have an import taken in (or undone) once the current transaction is committed."""
    transaction.on_commit(lambda: _hand_out("pilothouse.jobs.tasks.take_in", batch_id))


def look_again(company_id: int) -> None:
    """Have what a company's pages show worked out anew."""
    transaction.on_commit(lambda: _hand_out("pilothouse.jobs.tasks.look_again", company_id))


def fetch_arrival(arrival_id: int, *, asked_for: bool = False) -> None:
    """Have a mailbox or watched folder asked for what is new."""
    task = "pilothouse.jobs.tasks.fetch_now" if asked_for else "pilothouse.jobs.tasks.fetch_arrival"
    transaction.on_commit(lambda: _hand_out(task, arrival_id))


def ask_arrivals(now: datetime) -> None:
    """Hand out every mailbox and watched folder whose turn it is."""
    for arrival_id in arrivals.due(now):
        fetch_arrival(arrival_id)


def _hand_out(task: str, *ids: int) -> None:
    async_task(task, *ids)  # type: ignore[no-untyped-call]  # the library has no types


def resume() -> None:
    """Put right what a stop in the middle left: free what dead workers held, hand out what is unfinished.

    Called when an installation starts, before its workers do; with workers on other machines use `pick_up`.
    """
    intake.release_all()
    spend.sweep_unfinished()
    OrmQ.objects.all().delete()
    pick_up()


def pick_up() -> None:
    """Hand out every import that waits or whose worker has gone."""
    for batch_id in intake.unfinished():
        take_in(batch_id)


def keep_time() -> None:
    """Write down what is to happen regularly."""
    Schedule.objects.update_or_create(
        name="pick up what was left",
        defaults={"func": "pilothouse.jobs.tasks.pick_up", "schedule_type": Schedule.MINUTES, "minutes": 2},
    )
    Schedule.objects.update_or_create(
        name="ask mailboxes and watched folders what has arrived",
        defaults={
            "func": "pilothouse.jobs.tasks.ask_arrivals",
            "schedule_type": Schedule.MINUTES,
            "minutes": 5,
        },
    )
    Schedule.objects.update_or_create(
        name="erase papers that are past their time",
        defaults={
            "func": "pilothouse.jobs.tasks.erase_past",
            "schedule_type": Schedule.HOURLY,  # a laptop is not on at three in the night
            "next_run": timezone.now() + timedelta(minutes=3),
        },
    )
    Schedule.objects.update_or_create(
        name="look at every company's figures anew when a month begins",
        defaults={
            "func": "pilothouse.jobs.tasks.review_stale",
            "schedule_type": Schedule.HOURLY,
            "next_run": timezone.now() + timedelta(minutes=1),
        },
    )
    Schedule.objects.update_or_create(
        name="remind people of contracts that must be decided",
        defaults={
            "func": "pilothouse.jobs.tasks.remind",
            "schedule_type": Schedule.HOURLY,
            "next_run": timezone.now() + timedelta(minutes=5),
        },
    )
    Schedule.objects.update_or_create(
        name="look whether a company outgrows its way of running IT",
        defaults={
            "func": "pilothouse.jobs.tasks.watch_triggers",
            "schedule_type": Schedule.HOURLY,  # each company is looked at once a day, at the first of these
            "next_run": timezone.now() + timedelta(minutes=7),
        },
    )
    Schedule.objects.update_or_create(
        name="let contracts follow their papers and the day",
        defaults={
            "func": "pilothouse.jobs.tasks.follow_contracts",
            "schedule_type": Schedule.HOURLY,
            "next_run": timezone.now() + timedelta(minutes=2),
        },
    )
