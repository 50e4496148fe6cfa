"""`pilothouse run` as a person starts it: an address, a password that works, an end that leaves nothing running."""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

from pilothouse.cli import run
from pilothouse.cli.main import main
from tests.services.installations import REPOSITORY, Installation, installation
from tests.services.small_papers import bill

SECONDS = 90


class Household:
    """A running Pilothouse: what it printed, where it answers, which processes are its own."""

    def __init__(self, place: Installation, *args: str) -> None:
        self.port = free_port()
        self.log = place.home / f"printed-{self.port}.log"
        # Nothing is inherited that the tests themselves need: work goes to a real worker.
        environment = {
            **place.environment,
            "PILOTHOUSE_WORK_AT_ONCE": "0",
            "PILOTHOUSE_TEST_MARK": str(self.port),
        }
        environment["PYTHONPATH"] = str(REPOSITORY)
        environment.pop("PILOTHOUSE_SECRET_KEY")
        self.mark = f"PILOTHOUSE_TEST_MARK={self.port}".encode()
        line = [sys.executable, "-m", "pilothouse", "run", *args, "--port", str(self.port)]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                line, cwd=place.home, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def printed(self) -> str:
        return self.log.read_text()

    def wait(self) -> None:
        """Until it answers."""
        end = time.monotonic() + SECONDS
        while time.monotonic() < end and self.process.poll() is None:
            with suppress(urllib.error.URLError, ConnectionError):
                if self.get("/health/") == "ok" and "Ctrl-C" in self.printed():
                    return
            time.sleep(0.2)
        raise AssertionError(f"it does not answer: {self.printed()}")

    def get(self, path: str, **form: str) -> str:
        data = urlencode(form).encode() if form else None
        with self.browser.open(self.address + path, data, timeout=30) as answer:
            text: str = answer.read().decode()
        return text

    def sign_in(self) -> str:
        """The page one lands on with the address and password that were printed."""
        said = re.search(r"Sign in as\s+(\S+)\s+Password\s+(\S+)", self.printed())
        assert said, self.printed()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', self.get("/account/login/"))
        assert token
        return self.get("/account/login/", csrfmiddlewaretoken=token[1], login=said[1], password=said[2])

    def own_processes(self) -> list[int]:
        """Every process that it started, by the mark in their environment."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if self.mark in (place / "environ").read_bytes().split(b"\0"):
                    found.append(int(place.name))
        return found

    def stop(self) -> int:
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(40)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(place: Installation, *args: str) -> Iterator[Household]:
    """A household that answers; whatever is left of it at the end is killed."""
    household = Household(place, *args)
    try:
        household.wait()
        yield household
    finally:
        for number in household.own_processes():
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        household.process.wait(10)


def taken_in(place: Installation) -> tuple[int, int]:
    """Once no import is on its way: how many imports and how many lines there are."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if place.ask("SELECT COUNT(*) FROM records_import WHERE state <> 'done'") == (0,):
            imports = place.ask("SELECT COUNT(*) FROM records_import")
            lines = place.ask("SELECT COUNT(*) FROM records_spendline")
            assert imports
            assert lines
            return imports[0], lines[0]
        time.sleep(0.2)
    raise AssertionError("the import is not done")


@pytest.mark.slow
def test_it_starts_lets_one_in_stops_wholly_and_starts_again_as_it_was(tmp_path: Path) -> None:
    papers = tmp_path / "My firm"
    papers.mkdir()
    (papers / "a.xml").write_bytes(bill("Wolkenrijk BV"))
    (papers / "b.xml").write_bytes(bill("Zeeblik BV"))
    with installation(tmp_path) as place:
        with running(place, str(papers)) as first:
            assert f"Open   {first.address}" in first.printed()
            assert "My firm" in first.sign_in()
            assert taken_in(place) == (1, 2)
            assert "Wolkenrijk BV" in first.get("/c/my-firm/spend/vendors/")
            assert len(first.own_processes()) > 3, "web, worker and their own"
            assert first.stop() == 0, first.printed()
            assert first.own_processes() == []
            assert "Traceback" not in first.printed()
        secrets = {name: (place.home / name).read_text() for name in ("secret_key", "sign_in_password")}
        assert {(place.home / name).stat().st_mode & 0o077 for name in secrets} == {0}
        with running(place, str(papers)) as second:
            assert "My firm" in second.sign_in()
            assert taken_in(place) == (1, 2), "what is there already is left alone"
            assert {name: (place.home / name).read_text() for name in secrets} == secrets
            assert second.stop() == 0


@pytest.mark.slow
def test_a_port_in_use_is_said_and_nothing_is_left_running(tmp_path: Path) -> None:
    with installation(tmp_path) as place, socket.socket() as taken:
        household = Household(place, "--empty")
        taken.bind(("127.0.0.1", household.port))
        taken.listen()
        try:
            assert household.process.wait(SECONDS) == 1, household.printed()
            assert "choose another with --port" in household.printed()
            assert household.own_processes() == []
        finally:
            for number in household.own_processes():
                os.kill(number, signal.SIGKILL)


def test_a_folder_that_is_none_starts_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", str(tmp_path / "nowhere")]) == 2
    said = capsys.readouterr().err
    assert "is not a folder" in said
    assert "Nothing was started" in said


@pytest.mark.parametrize(
    ("given", "line", "leads_to"),
    [
        ({}, ["--port", "9000"], "http://127.0.0.1:9000"),
        ({"PILOTHOUSE_ADDRESS": "https://it.example.com"}, ["--port", "9000"], "https://it.example.com"),
        ({"PILOTHOUSE_HTTPS": "true"}, ["--port", "9000"], None),
        ({}, ["--no-web"], None),
    ],
)
def test_mails_and_calendars_lead_to_where_the_server_listens(
    monkeypatch: pytest.MonkeyPatch, given: dict[str, str], line: list[str], leads_to: str | None
) -> None:
    for name in ("PILOTHOUSE_ADDRESS", "PILOTHOUSE_HTTPS"):
        monkeypatch.setenv(name, "")  # so that it is put back whatever happens
        monkeypatch.delenv(name)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    parser = argparse.ArgumentParser()
    run.add_arguments(parser)
    run.lead_here(parser.parse_args(line))
    assert os.environ.get("PILOTHOUSE_ADDRESS") == leads_to
