"""Install a package of Debian or Ubuntu, where that may be done: as root, or with a sudo that asks nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache


def install(package: str) -> bool:
    """Install `package`; whether that worked. False at once where apt-get may not be used."""
    before = _allowed()
    if before is None:
        return False
    print(f"Installing {package} …", flush=True)
    apt = [*before, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.call([*apt, "update"], stdout=subprocess.DEVNULL)
    line = [*apt, "install", "-y", "--no-install-recommends", package]
    return subprocess.call(line, stdout=subprocess.DEVNULL) == 0


@cache
def _allowed() -> tuple[str, ...] | None:
    """What to put before apt-get; None where it may not be used."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return ()
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.call(["sudo", "-n", "true"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return ("sudo", "-n") if asked == 0 else None
