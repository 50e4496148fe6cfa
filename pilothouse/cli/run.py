"""`pilothouse run`: everything one firm needs, in one command.

It prepares the data directory (database, static files, first company), then runs a web server and a worker
until Ctrl-C, and stops both. What it started it stops; what a kill left half done, the next start finishes.
"""

from __future__ import annotations

import argparse
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

STOP_SECONDS = 15
PR_SET_PDEATHSIG = 1  # from Linux's <sys/prctl.h>


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of your own papers to bring in")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--empty", action="store_true", help="start without the sample company")
    parser.add_argument("--company", default="", help="name of the company the folder belongs to")
    parser.add_argument("--no-worker", action="store_true", help="web server only; workers run elsewhere")
    parser.add_argument("--no-web", action="store_true", help="worker only; the web server runs elsewhere")


def command(args: argparse.Namespace) -> int:
    """Prepare, start, wait, stop."""
    if args.folder is not None and not args.folder.is_dir():
        print(
            f"“{args.folder}” is not a folder that can be read. Nothing was started.\n"
            "Give the path of a folder with your invoices and bank files: pilothouse run path/to/folder",
            file=sys.stderr,
        )
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pilothouse.config.settings")
    lead_here(args)
    from pilothouse.cli import first_start

    print("Pilothouse is getting ready …", flush=True)
    first_start.prepare(together=not (args.no_web or args.no_worker))
    words = first_start.welcome(args.folder, company=args.company, empty=args.empty)
    first_start.close()
    return _Household(_commands(args)).live(lambda: _say_where(args, words))


def lead_here(args: argparse.Namespace) -> None:
    """Mails and calendars lead to where the web server listens, unless an address is named or a proxy stands before."""
    if not args.no_web and "PILOTHOUSE_HTTPS" not in os.environ:
        os.environ.setdefault("PILOTHOUSE_ADDRESS", f"http://{args.host}:{args.port}")


def _commands(args: argparse.Namespace) -> dict[str, list[str]]:
    """What is started: name and command line of each process."""
    python = sys.executable
    started: dict[str, list[str]] = {}
    if not args.no_worker:
        started["worker"] = [python, "-m", "django", "qcluster"]
    if not args.no_web:
        started["web"] = [
            python, "-m", "granian", "--interface", "wsgi", "--host", args.host, "--port", str(args.port),
            "--workers", "2", "--blocking-threads", "1", "--no-ws", "--log-level", "warning",
            "--respawn-failed-workers", "pilothouse.config.wsgi:application",
        ]  # fmt: skip
    return started


def _say_where(args: argparse.Namespace, words: list[str]) -> None:
    if args.no_web:
        print("The worker runs. Ctrl-C stops it.", flush=True)
        return
    address = f"http://{args.host}:{args.port}"
    print(
        "",
        f"  Open   {address}",
        *(f"  {line.replace('{address}', address)}" for line in words),
        "",
        sep="\n",
    )
    print("Ctrl-C stops it; what is kept stays.", flush=True)


class _Household:
    """The processes that were started together and end together."""

    def __init__(self, commands: dict[str, list[str]]) -> None:
        self.commands = commands
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.stopping = False

    def live(self, ready: Callable[[], None]) -> int:
        for signal_number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signal_number, self._stop)
        for name, line in self.commands.items():
            # A session of its own: Ctrl-C reaches us alone, and we end the others in order.
            self.processes[name] = subprocess.Popen(line, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603
        ready()
        fallen = self._wait()
        self._end_all()
        if fallen and not self.stopping:
            print(
                f"The {fallen} stopped by itself (see above), so all was stopped. Nothing is lost: start again with "
                "`pilothouse run`. If the port is in use, choose another with --port.",
                file=sys.stderr,
            )
            return 1
        return 0

    def _wait(self) -> str:
        """Until somebody stops us or a process ends by itself; its name."""
        while not self.stopping:
            for name, process in self.processes.items():
                if process.poll() is not None:
                    return name
            time.sleep(0.2)
        return ""

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self.stopping = True

    def _end_all(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _kill_session(process)


def _end_with_parent() -> None:
    """Have the system end this process when the one that started it is killed outright; Linux alone offers that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def _kill_session(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
