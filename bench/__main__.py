"""All benchmarks, one after the other: `make bench`."""

from __future__ import annotations

import subprocess
import sys

for name in (
    "take_in",
    "mixed_invoices",
    "camt",
    "ledger",
    "books_taken_in",
    "workbook",
    "report",
    "lines_page",
    "asking",
    "decisions",
    "contract_reading",
    "contract_calendar",
    "spend_million",
    "spend_million one_vendor",
    "consolidated",
    "costs",
):
    subprocess.run([sys.executable, "-m", *f"bench.{name}".split()], check=True)
