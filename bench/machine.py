"""What machine a table was measured on, and the table itself."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")


def machine() -> str:
    """Processor, cores, memory, Python and day, in one line."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    python = platform.python_version()
    return f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GiB, Python {python}, {date.today()}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds that `work` took, and its answer."""
    start = time.perf_counter()
    answer = work()
    return time.perf_counter() - start, answer


def table(title: str, rows: Sequence[tuple[str, str, str]]) -> None:
    """Print what was measured, the figure and the goal, with the machine."""
    print(f"\n{title}\n{machine()}\n")
    widths = [max(len(row[column]) for row in [("what", "measured", "goal"), *rows]) for column in range(3)]
    for row in [("what", "measured", "goal"), *rows]:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))
