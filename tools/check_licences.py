"""Every package of the lock has a licence we may ship beside: permissive, MPL or, unmodified, LGPL.

`python -m tools.check_licences requirements.lock…` reads the names in the lock files and the licences that the
installed packages state. GPL and AGPL never. What states nothing usable, and what is locked for other platforms
only, stands in `STATED` with where it was read.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ALLOWED = re.compile(
    r"\b(MIT|0?BSD|APACHE|PSF|PYTHON SOFTWARE FOUNDATION|ISC|MPL|MOZILLA PUBLIC LICENSE|ZLIB|OFL|CC0|HPND)\b"
)
COPYLEFT = re.compile(r"GPL|GENERAL PUBLIC LICENSE")
LESSER = re.compile(r"\bLGPL|LESSER GENERAL PUBLIC")
# LGPL: imported, unmodified and replaceable, as their licence asks.
LESSER_ALLOWED = {"psycopg", "psycopg-binary", "python-stdnum"}
STATED = {
    "axe-playwright-python": "MIT AND MPL-2.0",  # LICENSE of its repository; axe-core inside is MPL-2.0
    "colorama": "BSD-3-Clause",  # for Windows only; LICENSE.txt of its repository
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",  # licenses/ in the package: PDFium's own parts are permissive
    "tzdata": "Apache-2.0",  # LICENSE of its repository
}


def licence_of(found: Distribution) -> str:
    """What a package states: its SPDX expression, else all its classifiers, else its licence field."""
    told = found.metadata.json
    if told.get("license_expression"):
        return str(told["license_expression"])
    classifiers = [line for line in told.get("classifier", ()) if line.startswith("License ::")]
    named = [line.rpartition("::")[2].strip() for line in classifiers]
    said = [name for name in named if name != "OSI Approved"]
    return " AND ".join(said) or str(told.get("license", "")).strip().partition("\n")[0]


def trouble_with(name: str, licence: str) -> str:
    """Why a package may not be used; empty where it may. All of what stands between ANDs must be allowed."""
    for part in re.split(r" AND |,", licence.upper()):
        if LESSER.search(part) and name in LESSER_ALLOWED:
            continue
        if COPYLEFT.search(part):
            return f"{name}: {licence}: the GPL family is not used here"
        if not ALLOWED.search(part):
            return (
                f"{name}: “{licence}” is not on the list; read its licence, then add it or leave the package"
            )
    return ""


def names_in(lock: str) -> list[str]:
    """The packages a lock file names."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)


def troubles(names: Iterable[str]) -> list[str]:
    """Why packages may not be used, for those that may not."""
    found = []
    for name in names:
        try:
            licence = STATED.get(name) or licence_of(distribution(name))
        except PackageNotFoundError:
            licence = ""
        found.append(trouble_with(name, licence))
    return [trouble for trouble in found if trouble]


def main(files: list[str]) -> int:
    names = sorted({name for file in files for name in names_in(Path(file).read_text())})
    if not names:
        print("No lock file names a package.", file=sys.stderr)
        return 1
    found = troubles(names)
    print("\n".join(found) or f"{len(names)} packages, all allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
