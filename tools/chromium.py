"""Where a Chromium is that runs: `CHROMIUM=` if set, else the system's, else Debian's package is installed.

`python tools/chromium.py` prints its path; exit code 69 when none runs (Ubuntu's package is a wrapper that does not
run in containers, so it is tried rather than looked at).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile

UNAVAILABLE = 69
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-quic",
)  # fmt: skip


def find() -> str:
    """The path of a Chromium that runs; empty where there is none."""
    named = os.environ.get("CHROMIUM", "")
    if named:
        return named if _runs(named) else ""
    return _system() or (_system() if _install() else "")


def _system() -> str:
    candidates = [shutil.which(name) or "" for name in ("chromium", "chromium-browser", "google-chrome")]
    return next((path for path in candidates if path and _runs(path)), "")


def _runs(path: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="pilothouse-chromium-") as profile:
        line = [path, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", "about:blank"]
        try:
            done = subprocess.run(line, capture_output=True, timeout=60, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return False
    return done.returncode == 0 and b"<html" in done.stdout


def _install() -> bool:
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.call(["apt-get", "update", "-qq"], env=environment, stdout=subprocess.DEVNULL)
    line = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    return subprocess.call(line, env=environment, stdout=subprocess.DEVNULL) == 0


if __name__ == "__main__":
    found = find()
    if not found:
        print(
            "No Chromium that runs: apt-get install chromium, or set CHROMIUM to the path of one.",
            file=sys.stderr,
        )
        sys.exit(UNAVAILABLE)
    print(found)
