"""How long a ledger of a million lines takes from bytes to lines, and how much memory.

Payments of an invented body in several dresses of CSV. Run: `python -m bench.ledger`.
"""

from __future__ import annotations

import resource
import subprocess
import sys

from bench.machine import table, timed

LINES = 1_000_000
_HEADERS = (
    "Body Name,Service Area,Expenditure Category,Expenditure Code,Date Paid,Trans No,"
    "Net Amount (£),Supplier Name"
)


def whole_ledger() -> bytes:
    """A million payments: each with its own number and amount, names that come again and again."""
    content = bytearray(_HEADERS.encode("cp1252"))
    for number in range(LINES):
        day, month = number % 28 + 1, number // 28 % 12 + 1
        pounds, pence = number * 7919 % 100_000, number % 100
        line = (
            f'\r\nBench Council,Service {number % 40},"Kind {number % 300}, of cost",K{number % 900:04},'
            f'{day:02}/{month:02}/2025,{40_000_000 + number},"{pounds // 1000},{pounds % 1000:03}.{pence:02}",'
            f"Supplier {number % 20_000} Ltd"
        )
        content += line.encode()
    return bytes(content)


def _measure() -> None:
    """In a process of its own, so that nothing else counts."""
    from pilothouse.intake.ledgers import read_ledger
    from pilothouse.intake.papers import Ledger

    data = whole_ledger()
    before = _peak()
    seconds, (papers, _) = timed(lambda: read_ledger(data))
    (ledger,) = papers
    assert isinstance(ledger, Ledger)
    assert len(ledger.lines) == LINES
    walked, _ = timed(lambda: sum(1 for _ in ledger.lines))
    table(
        f"A ledger of {LINES:,} lines ({len(data) // 2**20} MiB of CSV)",
        [
            ("from bytes to lines", f"{seconds:.1f} s", "25 s"),
            ("go through its lines once", f"{walked:.1f} s", ""),
            ("peak memory, all in all", f"{_peak():,} MiB", "1,024 MiB"),
            ("of that before reading", f"{before:,} MiB", ""),
        ],
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> None:
    subprocess.run([sys.executable, "-m", "bench.ledger", "measure"], check=True)


if __name__ == "__main__":
    _measure() if sys.argv[1:] == ["measure"] else main()
