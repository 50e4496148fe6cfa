"""How long reading a contract takes, and in how much memory: `python -m bench.contract_reading`.

PDF files of our own making are asked of the command, its start included: 20 pages, 500 pages, and 3,000 pages that are
pictures and nothing else.
"""

from __future__ import annotations

import io
import multiprocessing
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import typst

from bench.machine import table

CLAUSE = """== {0}. Clause
This agreement is made and entered into as of March 1, 2024 between Ship & Sail Ltd and Harbour Clouds Inc. The
initial term of this agreement is three (3) years from the effective date. It shall automatically renew for successive
one (1) year terms unless either party gives notice at least sixty (60) days prior to the end of the term. In no event
shall the liability of a party exceed the fees paid in the twelve (12) months before the claim. Each party keeps secret
what it learns of the other, and returns all papers when the agreement ends. No party may assign this agreement without
the consent of the other. This agreement is governed by the laws of Belgium.

"""
SIZES = ((20, "1 s", "500 MB"), (500, "15 s", "500 MB"))
PICTURES = 3_000


def contract(pages: int) -> bytes:
    """A contract of so many pages."""
    made: bytes = typst.compile(
        "#pagebreak(weak: true)\n".join(
            "".join(CLAUSE.format(f"{page}.{part}") for part in range(5)) for page in range(pages)
        ).encode()
    )
    return made


def pictures(pages: int) -> bytes:
    """A paper of so many pages without a word."""
    kept = io.BytesIO()
    one_page: bytes = typst.compile(b"#rect(width: 15cm, height: 20cm)")
    with pikepdf.open(io.BytesIO(one_page)) as one, pikepdf.new() as document:
        for _ in range(pages):
            document.pages.extend(one.pages)
        document.save(kept)
    return kept.getvalue()


def ask(file: Path) -> tuple[float, float]:
    """Seconds and megabytes that one question takes. Called in a process of its own, which starts no other child."""
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pilothouse", "ask", "contract", str(file)],
        check=False,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    seconds = time.perf_counter() - start
    return seconds, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def measured(data: bytes, folder: Path) -> tuple[float, float]:
    """The quickest of three, and the most memory."""
    file = folder / "contract.pdf"
    file.write_bytes(data)
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        tries = pool.map(ask, [file] * 3)
    return min(seconds for seconds, _ in tries), max(megabytes for _, megabytes in tries)


def main() -> None:
    rows = []
    with tempfile.TemporaryDirectory(prefix="pilothouse-bench-") as home:
        for pages, most_seconds, most_memory in SIZES:
            seconds, megabytes = measured(contract(pages), Path(home))
            rows.append((f"a contract of {pages} pages", f"{seconds:.2f} s", most_seconds))
            rows.append(("  its memory", f"{megabytes:.0f} MB", most_memory))
        seconds, megabytes = measured(pictures(PICTURES), Path(home))
        rows.append((f"{PICTURES:,} pages of pictures, refused", f"{seconds:.2f} s", "15 s"))
        rows.append(("  its memory", f"{megabytes:.0f} MB", "500 MB"))
    table("Reading a contract (ask contract)", rows)


if __name__ == "__main__":
    main()
