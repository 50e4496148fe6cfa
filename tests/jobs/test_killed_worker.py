"""A real worker, really killed (kill -9) while it takes an import in: the next start does the work."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.services.installations import REPOSITORY, Installation, installation

SECONDS = 60


@contextmanager
def worker(place: Installation) -> Iterator[subprocess.Popen[bytes]]:
    """A worker in a session of its own; whatever is left of it is killed at the end."""
    line = [sys.executable, "-m", "django", "qcluster"]
    log = (place.home / "worker.log").open("ab")
    process = subprocess.Popen(
        line, cwd=REPOSITORY, env=place.environment, stdout=log, stderr=log, start_new_session=True
    )
    try:
        yield process
    finally:
        kill(process)
        log.close()


def kill(process: subprocess.Popen[bytes]) -> None:
    """The whole session at once, as when the power goes."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(10)


def state(place: Installation) -> tuple[str, int, int]:
    """Of the last import: its state, how many files are read, and how many there are."""
    found = place.ask("SELECT state, files_done, files_total FROM records_import ORDER BY id DESC LIMIT 1")
    assert found is not None
    return found[0], found[1], found[2]


def until(place: Installation, holds: Callable[[str, int], bool]) -> None:
    """Look at the last import until something holds of it."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if holds(*state(place)[:2]):
            return
        time.sleep(0.01)
    raise AssertionError(
        f"{state(place)} after {SECONDS} s\n{(place.home / 'worker.log').read_text()[-3000:]}"
    )


def test_an_import_whose_worker_is_killed_is_done_after_the_next_start(tmp_path: Path) -> None:
    with installation(tmp_path) as place:
        place.more = {"PILOTHOUSE_WORK_AT_ONCE": "0", "PILOTHOUSE_WORKERS": "1"}
        place.do("prepare")
        place.do("bring_much")
        place.do("restart")
        with worker(place) as first:
            until(place, lambda said, done: said == "reading" and done > 0)
            kill(first)
        said, done, total = state(place)
        assert said == "reading"
        assert 0 < done < total
        place.do("restart")
        with worker(place):
            until(place, lambda said, _done: said == "done")
        assert state(place) == ("done", total, total)
        place.do("restart")  # this worker was killed as well, perhaps while it swept
        kept = place.do("look")["said"]["kept"]
    assert [seen for *_, seen, _undone, _failure in kept["imports"]] == [True, True]
    taken_in = [papers for _batch, _name, outcome, papers in kept["files"] if outcome == "taken_in"]
    assert len(kept["papers"]) == sum(taken_in), "no paper is stored twice, none is lost"
    assert kept["half worked out"] == kept["lines nobody sees"] == 0
