"""Every package of the lock has a licence we may ship beside: permissive, MPL or, unmodified, LGPL.

`python tools/check_licences.py requirements.lock…` reads the names in the lock files and the licences that the
installed packages state. GPL and AGPL never; what states nothing usable stands in `STATED`, with where it was read.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ALLOWED = (
    "MIT", "BSD", "APACHE", "PSF", "PYTHON SOFTWARE FOUNDATION", "ISC", "MPL", "MOZILLA PUBLIC LICENSE", "ZLIB",
    "OFL", "OPEN FONT LICENSE", "CC0", "HPND", "0BSD", "PYTHON-2.0", "LIBPNG",
)  # fmt: skip
# Used unmodified and replaceable, as their licence asks.
LESSER = {"psycopg", "psycopg-binary", "python-stdnum"}
# Packages whose metadata say nothing usable; read in their own files.
STATED = {"axe-playwright-python": "MIT"}


def licence_of(found: Distribution) -> str:
    """What a package states: its SPDX expression, else its classifiers, else its licence field."""
    told = found.metadata.json
    if told.get("license_expression"):
        return str(told["license_expression"])
    classifiers = [line for line in told.get("classifier", ()) if line.startswith("License ::")]
    said = [line.rpartition("::")[2].strip() for line in classifiers]
    named = [name for name in said if name != "OSI Approved"]
    return " OR ".join(named) or str(told.get("license", "")).strip().partition("\n")[0]


def trouble_with(name: str, licence: str) -> str:
    """Why a package may not be used; empty where it may."""
    stated = STATED.get(name, licence).upper()
    lesser = "LGPL" in stated or "LESSER GENERAL PUBLIC" in stated
    if lesser and name in LESSER:
        return ""
    if lesser or "GPL" in stated or "GENERAL PUBLIC LICENSE" in stated:
        return f"{name}: {licence}: the GPL family is not used here"
    if not any(allowed in stated for allowed in ALLOWED):
        return f"{name}: “{licence}” is not on the list; read its licence, then add it or leave the package"
    return ""


def names_in(lock: str) -> list[str]:
    """The packages a lock file names."""
    return re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)


def main(files: list[str]) -> int:
    names = sorted({name for file in files for name in names_in(Path(file).read_text())})
    troubles = []
    for name in names:
        try:
            troubles.append(trouble_with(name, licence_of(distribution(name))))
        except PackageNotFoundError:
            continue  # for another platform
    found = [trouble for trouble in troubles if trouble]
    for trouble in found:
        print(trouble, file=sys.stderr)
    if not found:
        print(f"licences: {len(names)} packages, all allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
