"""How long the sample folder takes from files to PDF, as a command. Run: `python -m bench.report`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.machine import table, timed

TODAY = date(2026, 11, 22)


def main() -> None:
    from pilothouse.sample import sample_papers

    with tempfile.TemporaryDirectory(prefix="pilothouse-bench-") as place:
        folder = Path(place) / "papers"
        papers = list(sample_papers(TODAY))
        for paper in papers:
            file = folder / paper.name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(paper.data)
        pdf = Path(place) / "report.pdf"
        line = [
            sys.executable,
            "-m",
            "pilothouse",
            "diagnose",
            str(folder),
            "--out",
            str(pdf),
            "--today",
            str(TODAY),
        ]
        seconds, _ = timed(lambda: subprocess.run(line, check=True, capture_output=True))
        size = pdf.stat().st_size // 1024
    table(
        "Sample folder to PDF", [(f"{len(papers)} files to a PDF of {size} KiB", f"{seconds:.1f} s", "20 s")]
    )


if __name__ == "__main__":
    main()
