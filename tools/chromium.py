"""Where is a Chromium that runs? `CHROMIUM=` if set, else the system's, else Debian's package is installed.

`python -m tools.chromium` prints its path. One that is there is tried rather than trusted: Ubuntu's package is a
wrapper that does not run in containers.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

from tools import apt

UNAVAILABLE = 69  # EX_UNAVAILABLE of sysexits.h
NAMES = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


def find() -> str:
    """The path of a Chromium that runs; empty where there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if runs(named) else ""
    return _system() or (_system() if apt.install("chromium") else "")


def drivable() -> bool:
    """Whether Playwright's driver runs: it brings its own Node, which a bare Debian lacks one library for."""
    from playwright._impl._driver import compute_driver_executable  # no public name says where it is

    node, _ = compute_driver_executable()
    return _answers(node) or (apt.install("libatomic1") and _answers(node))


def _answers(node: str) -> bool:
    done = subprocess.run([node, "--version"], capture_output=True, timeout=60, check=False)
    return done.returncode == 0


def _system() -> str:
    candidates = [shutil.which(name) or "" for name in NAMES]
    return next((path for path in candidates if path and runs(path)), "")


def runs(path: str) -> bool:
    """Whether it opens an empty page."""
    with tempfile.TemporaryDirectory(prefix="pilothouse-chromium-", ignore_cleanup_errors=True) as profile:
        line = [path, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            done = subprocess.run(line, capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0 and b"<html" in done.stdout


def main() -> int:
    found = find()
    if not found:
        print(
            "No Chromium that runs: apt-get install chromium, or set CHROMIUM to the path of one.",
            file=sys.stderr,
        )
        return UNAVAILABLE
    print(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
