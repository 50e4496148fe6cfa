"""How long a ledger of a million lines takes from the file to the records, and how much memory.

The ledger of `bench.ledger`, kept, read, masked, packed and stored as an import does it, without the figures that are
worked out from it afterwards. Run: `python -m bench.books_taken_in`.
"""

from __future__ import annotations

import io
import resource
import subprocess
import sys

from bench.home import throw_away
from bench.ledger import LINES, whole_ledger
from bench.machine import table, timed


def _measure() -> None:
    with throw_away():
        from pilothouse.accounts.models import Company
        from pilothouse.records.models import Paper, PaperRows
        from pilothouse.services import intake, reading

        company = Company.objects.create(name="Bench", slug="bench")
        file = io.BytesIO(whole_ledger())
        kept, batch = timed(lambda: intake.receive(company, [intake.Brought("ledger.csv", file)], by=None))
        read, _ = timed(lambda: reading.read_files(batch))
        assert Paper.objects.get().rows == LINES
        packed = sum(len(block.packed) for block in PaperRows.objects.iterator(20)) // 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    table(
        f"A ledger of {LINES:,} lines taken in",
        [
            ("keep the file", f"{kept:.1f} s", ""),
            ("read, mask, pack and store", f"{read:.1f} s", ""),
            ("together", f"{kept + read:.1f} s", "60 s"),
            ("peak memory, all in all", f"{peak:,} MiB", "2,048 MiB"),
            ("its rows on disk", f"{packed} MiB", ""),
        ],
    )


def main() -> None:
    subprocess.run([sys.executable, "-m", "bench.books_taken_in", "measure"], check=True)


if __name__ == "__main__":
    _measure() if sys.argv[1:] else main()
