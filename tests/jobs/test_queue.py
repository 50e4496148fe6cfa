"""Work behind the page: done once however often it is handed out, and done at last whoever was killed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_q.models import OrmQ, Schedule
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.jobs import queue, tasks
from pilothouse.records.models import Import, Paper, Review
from pilothouse.services import intake, spend
from tests.services.small_papers import bill, receive

pytestmark = pytest.mark.django_db


def test_an_import_handed_out_twice_is_done_once(company: Company) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"))
    for _ in range(2):
        tasks.take_in(batch.pk)
    assert Paper.objects.of(company).count() == 1
    assert Review.objects.of(company).count() == 1
    batch.refresh_from_db()
    assert (batch.state, batch.files_done) == (Import.State.DONE, 1)


def test_an_import_that_somebody_works_on_is_left_to_them(company: Company) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"))
    assert intake.claim(batch.pk) is not None
    assert intake.claim(batch.pk) is None
    assert intake.unfinished() == []
    tasks.take_in(batch.pk)
    tasks.pick_up()
    assert not Review.objects.of(company).exists()


def test_an_import_whose_worker_is_gone_is_picked_up_once_its_claim_has_lapsed(
    company: Company, django_capture_on_commit_callbacks: object
) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"))
    intake.claim(batch.pk)
    lapsed = timezone.now() - timedelta(seconds=1)
    Import.objects.filter(pk=batch.pk).update(state=Import.State.READING, claimed_until=lapsed)
    assert intake.unfinished() == [batch.pk]
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own
        tasks.pick_up()
    batch.refresh_from_db()
    assert batch.is_seen
    assert intake.unfinished() == []


def test_a_long_import_keeps_its_claim_alive(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"))
    claims = []
    work_out = spend.work_out

    def slow(*given: object, **more: object) -> Review:
        Import.objects.filter(pk=batch.pk).update(claimed_until=timezone.now() + timedelta(seconds=1))
        review = work_out(*given, **more)  # type: ignore[arg-type]  # as it was called
        claims.append(Import.objects.get(pk=batch.pk).claimed_until)
        return review

    monkeypatch.setattr(spend, "work_out", slow)
    tasks.take_in(batch.pk)
    (claimed_until,) = claims
    assert claimed_until is not None
    assert claimed_until > timezone.now() + timedelta(seconds=60)


def test_a_start_finishes_what_was_left_and_sweeps_what_was_half_done(
    company: Company, django_capture_on_commit_callbacks: object
) -> None:
    waiting = receive(company, a__xml=bill("Wolkenrijk BV"))
    held = receive(company, b__xml=bill("Zeeblik BV"))
    intake.claim(held.pk)
    half = spend.work_out(company, imports=set(), today=timezone.localdate())
    OrmQ.objects.create(key="pilothouse", payload="of a worker that is gone", lock=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]  # pytest-django's own
        queue.resume()
    assert set(Import.objects.of(company).seen()) == {waiting, held}
    assert not Review.objects.filter(pk=half.pk).exists()
    assert not OrmQ.objects.exists()


def test_work_is_handed_out_only_when_its_rows_are_committed(
    company: Company, django_capture_on_commit_callbacks: object
) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"))
    with django_capture_on_commit_callbacks() as waiting:  # type: ignore[operator]  # pytest-django's own
        queue.take_in(batch.pk)
    assert len(waiting) == 1
    batch.refresh_from_db()
    assert batch.state == Import.State.WAITING


def test_what_happens_regularly_is_written_down_once_however_often_one_starts() -> None:
    for _ in range(3):
        queue.keep_time()
    told = dict(Schedule.objects.values_list("func", "schedule_type"))
    assert told == {
        "pilothouse.jobs.tasks.pick_up": Schedule.MINUTES,
        "pilothouse.jobs.tasks.ask_arrivals": Schedule.MINUTES,
        "pilothouse.jobs.tasks.review_stale": Schedule.HOURLY,
        "pilothouse.jobs.tasks.erase_past": Schedule.HOURLY,
        "pilothouse.jobs.tasks.remind": Schedule.HOURLY,
        "pilothouse.jobs.tasks.watch_triggers": Schedule.HOURLY,
        "pilothouse.jobs.tasks.follow_contracts": Schedule.HOURLY,
    }
    assert Schedule.objects.count() == len(told)
    for name in told:
        assert callable(getattr(tasks, name.rpartition(".")[2]))


def test_the_queue_does_not_start_a_task_again_while_it_runs(settings: Settings) -> None:
    assert settings.Q_CLUSTER["retry"] > settings.Q_CLUSTER["timeout"] > intake.LEASE.total_seconds()
