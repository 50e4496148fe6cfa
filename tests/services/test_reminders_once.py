"""Jobs of their own that send reminders at the same moment, or are killed (kill -9) while a mail is under way."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.services.installations import REPOSITORY, Installation, installation
from tests.services.smtp_server import Letters, smtp_server, words_of

URGENT = "2026-02-13T09:00+00:00"
AT_ONCE = 4
SECONDS = 60


@pytest.fixture
def letters() -> Iterator[Letters]:
    with smtp_server() as server:
        yield server


@pytest.fixture
def agreed(tmp_path: Path, letters: Letters) -> Iterator[Installation]:
    """An installation with a contract that is urgent on `URGENT`."""
    with installation(tmp_path) as place:
        place.more = {"EMAIL_URL": f"smtp://127.0.0.1:{letters.port}"}
        place.do("agree")
        yield place


def test_jobs_at_the_same_moment_send_one_mail(agreed: Installation, letters: Letters) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        sent = [said["said"] for said in pool.map(lambda _: agreed.do("remind", URGENT), range(AT_ONCE))]
    assert sorted(sent) == [0] * (AT_ONCE - 1) + [1]
    assert [letter["Subject"] for letter in letters.taken] == ["Decide by 27 Feb 2026: IT-beheer"]


def test_a_job_killed_before_the_mail_server_answers_sends_nothing_twice(
    agreed: Installation, letters: Letters
) -> None:
    letters.may_answer.clear()
    line = [sys.executable, "-m", "tests.services.household", "remind", URGENT]
    with subprocess.Popen(line, cwd=REPOSITORY, env=agreed.environment, stdout=subprocess.DEVNULL) as job:
        assert letters.arrived.wait(SECONDS)
        job.send_signal(signal.SIGKILL)
    letters.may_answer.set()
    assert agreed.do("remind", URGENT)["said"] == 0, "another job may still be at it"
    assert agreed.do("remind", "2026-02-13T11:00+00:00")["said"] == 1
    assert agreed.do("remind", "2026-02-14T11:00+00:00")["said"] == 0
    first, second = map(words_of, letters.taken)
    assert "One thing has to be decided now." in first
    assert "One contract has a day that comes nearer." in second, "the week's mail makes it good"
