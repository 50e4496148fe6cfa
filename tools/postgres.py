"""A PostgreSQL for the time of one command: `python tools/postgres.py COMMAND…` runs it with DATABASE_URL set.

The server is made in a temporary directory, listens on 127.0.0.1 alone, and is gone when the command ends. `initdb`
refuses root, so as root the server runs as the unprivileged account `postgres` or `nobody`. Exit code 69 (service
unavailable) when no server can be had; else the command's own.
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
from pathlib import Path

UNAVAILABLE = 69
START_SECONDS = 60


def main() -> int:
    programs = _programs() or (_install() and _programs())
    if not programs:
        print(
            "PostgreSQL is not here and could not be installed: apt-get install postgresql", file=sys.stderr
        )
        return UNAVAILABLE
    with tempfile.TemporaryDirectory(prefix="pilothouse-pg-") as place:
        server = _Server(Path(programs), Path(place))
        try:
            url = server.start()
            return subprocess.call(sys.argv[1:], env={**os.environ, "DATABASE_URL": url})
        finally:
            server.stop()


def _programs() -> str:
    """The directory of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[4]))
    if found:
        return str(found[-1].parent)
    elsewhere = shutil.which("initdb")
    return str(Path(elsewhere).resolve().parent) if elsewhere else ""


def _install() -> bool:
    """Install Debian's package where we may; whether that worked."""
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"]
    return subprocess.call(line, env=environment, stdout=subprocess.DEVNULL) == 0


class _Server:
    def __init__(self, programs: Path, place: Path) -> None:
        self.programs, self.data, self.port = programs, place / "data", _free_port()
        self.user: int | None = None
        self.group: int | None = None
        self.process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            account = _unprivileged()
            self.user, self.group = account.pw_uid, account.pw_gid
            os.chown(place, account.pw_uid, account.pw_gid)

    def start(self) -> str:
        """Make the data directory, start the server; the address of its database."""
        line = [
            str(self.programs / "initdb"),
            "-D",
            str(self.data),
            "-U",
            "pilothouse",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        subprocess.run(
            [*line, "--locale=C.UTF-8"],
            check=True,
            stdout=subprocess.DEVNULL,
            user=self.user,
            group=self.group,
        )
        options = ["-D", str(self.data), "-p", str(self.port), "-k", "", "-h", "127.0.0.1"]
        for setting in ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"):
            options += ["-c", setting]
        self.process = subprocess.Popen(
            [str(self.programs / "postgres"), *options], stderr=(self.data / "log").open("wb"), start_new_session=True,
            user=self.user, group=self.group,
        )  # fmt: skip
        self._wait()
        return f"postgresql://pilothouse@127.0.0.1:{self.port}/postgres"

    def _wait(self) -> None:
        ready = [str(self.programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            if subprocess.call(ready) == 0:
                return
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start: {(self.data / 'log').read_text()[-2000:]}")

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _unprivileged() -> pwd.struct_passwd:
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    sys.exit(main())
