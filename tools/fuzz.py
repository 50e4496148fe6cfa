"""Try the readers for a long time: the property tests with many examples, and real files spoiled at random.

`python -m tools.fuzz [--minutes M] [--seed S]` (make fuzz). A file is spoiled in one of several ways (bytes changed,
cut, doubled, moved, words of other files put in) and read within limits of memory (ten times its size and 200 MB)
and time. What breaks a reader is kept in the folder `fuzz/` with the words that say how, and the exit code is 1.
Real files are those of PILOTHOUSE_SHARED, else the small samples of tests/cases; without either only the property
tests run.
"""

from __future__ import annotations

import argparse
import faulthandler
import os
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[1]
FOUND = ROOT / "fuzz"
MB = 1024 * 1024
LONGEST = 30  # seconds for one file
LARGEST = 2 * MB  # files to begin with
FACTOR, SPARE = 10, 200 * MB


class TooLong(Exception):
    """A file took longer than any file of its size should."""


def property_tests() -> int:
    """The Hypothesis tests of the readers and the engine, with the profile of the night."""
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=night"]
    return subprocess.call(
        [*line, "-n", "2", "tests/intake", "tests/engine", "-k", "any or spoiled or flipped or cut_off"]
    )


def seeds() -> list[bytes]:
    """The files to spoil."""
    shared = Path(os.environ.get("PILOTHOUSE_SHARED", ROOT.parent / "shared")) / "data"
    folders = [shared / name for name in ("einvoices", "bank", "spend-oxford", "contracts")]
    places = [folder for folder in (*folders, ROOT / "tests" / "cases") if folder.is_dir()]
    files = sorted(path for folder in places for path in folder.rglob("*") if path.is_file())
    return [path.read_bytes() for path in files if 0 < path.stat().st_size <= LARGEST]


Spoil = Callable[[bytes, random.Random, list[bytes]], bytes]


def _change(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    spoiled = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        spoiled[chance.randrange(len(spoiled))] = chance.randrange(256)
    return bytes(spoiled)


def _cut(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    return data[: chance.randrange(len(data))]


def _double(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    piece = data[start : start + chance.randint(1, 400)]
    return data[:start] + piece * chance.choice((2, 10, 300)) + data[start:]


def _take_out(data: bytes, chance: random.Random, _others: list[bytes]) -> bytes:
    start = chance.randrange(len(data))
    return data[:start] + data[start + chance.randint(1, 2000) :]


def _put_in(data: bytes, chance: random.Random, others: list[bytes]) -> bytes:
    other = chance.choice(others)
    start, at = chance.randrange(len(other)), chance.randrange(len(data))
    return data[:at] + other[start : start + chance.randint(1, 500)] + data[at:]


WAYS: tuple[Spoil, ...] = (_change, _cut, _double, _take_out, _put_in)


def spoiled(files: list[bytes], chance: random.Random) -> Iterator[bytes]:
    """Real files spoiled in one or two ways, without an end."""
    while True:
        data = chance.choice(files)
        for _ in range(chance.randint(1, 2)):
            data = chance.choice(WAYS)(data, chance, files) or b"x"
        yield data


def try_files(minutes: float, seed: int) -> int:
    """Read spoiled files for so long; how many broke a reader."""
    files = seeds()
    if not files:
        print("There are no files to spoil here; the property tests were run.")
        return 0
    from pilothouse.intake.recognise import read_paper
    from pilothouse.intake.shapes import as_json

    for data in files[:50]:
        read_paper(data, "warm")  # what is loaded once does not count as memory of a file
    signal.signal(signal.SIGALRM, _give_up)
    until, tried, broken = time.monotonic() + minutes * 60, 0, 0
    for data in spoiled(files, random.Random(seed)):  # noqa: S311  # nothing secret
        if time.monotonic() > until:
            break
        tried += 1
        try:
            _within_limits(len(data), lambda data=data: [as_json(p) for p in read_paper(data, "x")[0]])  # type: ignore[misc]  # bound now
        except Exception:  # whatever it is, it is what was looked for
            broken += 1
            _keep(data, traceback.format_exc())
    print(f"{tried} spoiled files read in {minutes:g} minutes, seed {seed}: {broken} broke a reader.")
    return broken


def _give_up(_signal: int, _frame: FrameType | None) -> None:
    raise TooLong(f"It was not read within {LONGEST} seconds.")


def _within_limits(size: int, read: Callable[[], object]) -> None:
    before = resource.getrlimit(resource.RLIMIT_AS)
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + FACTOR * size + SPARE, before[1]))
    signal.alarm(LONGEST)
    try:
        read()
    finally:
        signal.alarm(0)
        resource.setrlimit(resource.RLIMIT_AS, before)


def _keep(data: bytes, words: str) -> None:
    FOUND.mkdir(exist_ok=True)
    name = f"{abs(hash(data)):x}"
    (FOUND / f"{name}.bin").write_bytes(data)
    (FOUND / f"{name}.txt").write_text(words, "utf-8")
    print(f"{name}: {words.strip().splitlines()[-1]}", flush=True)


def main() -> int:
    faulthandler.enable()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--seed", type=int, default=int(time.time()) // 86_400)
    parser.add_argument("--files-only", action="store_true", help="leave out the property tests")
    asked = parser.parse_args()
    code = 0 if asked.files_only else property_tests()
    return 1 if try_files(asked.minutes, asked.seed) or code else 0


if __name__ == "__main__":
    sys.exit(main())
