"""Make the virtual environment and put in it exactly what a lock file names, checked by hash.

Run by the Makefile with the system's Python: `python3 tools/make_venv.py .venv requirements.lock`. Says what to do
when Python is too old, when Debian's separate `python3-venv` is missing, or when packages cannot be fetched.
"""

import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)


def main() -> int | str:
    place, lock = Path(sys.argv[1]), sys.argv[2]
    if sys.version_info < OLDEST:
        found = sys.version.split()[0]
        return f"Python {found} is too old: 3.11 or newer is needed. Install it, then: make run PYTHON=python3.11"
    if (
        not (place / "bin" / "python").exists()
        and subprocess.call([sys.executable, "-m", "venv", str(place)]) != 0
    ):
        return (
            "The virtual environment could not be made. On Debian and Ubuntu: sudo apt install python3-venv"
        )
    pip = [str(place / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    print(f"Installing what {lock} names …", flush=True)
    if subprocess.call([*pip, "--require-hashes", "-r", lock]) != 0:
        return "What the lock file names could not be installed (see above). Check the network and try again."
    if subprocess.call([*pip, "--no-deps", "--no-build-isolation", "--editable", "."]) != 0:
        return "Pilothouse itself could not be installed (see above)."
    return 0


if __name__ == "__main__":
    sys.exit(main())
