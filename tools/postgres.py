"""A PostgreSQL for the time of one command: `python -m tools.postgres COMMAND…` runs it with DATABASE_URL set.

The server is made in a temporary directory, listens on a free port of 127.0.0.1 alone, and is gone when the command
ends, is interrupted or terminated. `initdb` refuses root, so as root the server runs as the unprivileged account
`postgres` or `nobody`. Ends with 69 (service unavailable) when no server can be had; else as the command did.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from tools import apt

UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h
START_SECONDS = 60
STOP_SECONDS = 20
# Nothing outlives the tests, so nothing has to reach the disk.
SETTINGS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class NoServer(Exception):
    """No PostgreSQL can be had on this machine."""


def main(command: Sequence[str]) -> int:
    signal.signal(signal.SIGTERM, _end)
    try:
        with server() as url:
            return subprocess.call(command, env={**os.environ, "DATABASE_URL": url})
    except NoServer as reason:
        print(reason, file=sys.stderr)
        return UNAVAILABLE
    except KeyboardInterrupt:
        return 130


def _end(_signal: int, _frame: FrameType | None) -> None:
    sys.exit(143)  # unwinds, so that the server is stopped on the way


@contextmanager
def server() -> Iterator[str]:
    """A running server; the address of its database."""
    programs = find_programs() or (find_programs() if apt.install("postgresql") else None)
    if programs is None:
        raise NoServer("PostgreSQL is not here and could not be installed: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="pilothouse-postgres-", ignore_cleanup_errors=True) as place:
        account = _account()
        if account:
            os.chown(place, account["user"], account["group"])
        _make(programs, Path(place), account)
        port = _free_port()
        process = _start(programs, Path(place), port, account)
        try:
            _wait(programs, port, process, Path(place) / "log")
            yield f"postgresql://pilothouse@127.0.0.1:{port}/postgres"
        finally:
            _stop(process)


def find_programs() -> Path | None:
    """The directory of the newest server's programs: where Debian puts them, else where `initdb` really is."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if found:
        return max(found, key=lambda path: float(path.parent.name))
    elsewhere = shutil.which("initdb")
    programs = Path(elsewhere).resolve().parent if elsewhere else None
    return programs if programs is not None and (programs / "postgres").exists() else None


def _account() -> dict[str, Any]:
    """As whom the server runs: nobody else unless we are root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    account = names.get("postgres") or names["nobody"]
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _make(programs: Path, place: Path, account: dict[str, Any]) -> None:
    line = [
        str(programs / "initdb"),
        "-D",
        str(place / "data"),
        "-U",
        "pilothouse",
        "-A",
        "trust",
        "-E",
        "UTF8",
    ]
    made = subprocess.run(
        [*line, "--locale=C.UTF-8", "--no-sync"],
        capture_output=True,
        text=True,
        check=False,
        cwd=place,
        **account,
    )
    if made.returncode != 0:
        raise NoServer(f"PostgreSQL could not make a data directory:\n{made.stdout}{made.stderr}")


def _start(programs: Path, place: Path, port: int, account: dict[str, Any]) -> subprocess.Popen[bytes]:
    line = [
        str(programs / "postgres"),
        "-D",
        str(place / "data"),
        "-p",
        str(port),
        "-h",
        "127.0.0.1",
        "-k",
        "",
    ]
    for setting in SETTINGS:
        line += ["-c", setting]
    with (place / "log").open("wb") as log:
        # A session of its own: Ctrl-C reaches the command and us, and we stop the server last.
        return subprocess.Popen(line, stdout=log, stderr=log, cwd=place, start_new_session=True, **account)


def _wait(programs: Path, port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    until = time.monotonic() + START_SECONDS
    while subprocess.call(ready) != 0:
        if process.poll() is not None or time.monotonic() > until:
            raise NoServer(f"PostgreSQL did not start:\n{log.read_text()[-2000:]}")
        time.sleep(0.1)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)  # its immediate one, which ends its own children too
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
