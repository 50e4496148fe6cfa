"""How long the costs of all delivery models take to simulate, and in closed form: `python -m bench.costs`.

One core: 100,000 runs of 36 months for seven models, the memory they take, what `ask costs` takes with all it answers,
and the closed form that the advice asks for many firms at once.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from numpy.random import default_rng

from bench.machine import table, timed
from pilothouse.engine.costs.compare import cost_of
from pilothouse.engine.costs.facts import facts_of
from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.costs.simulate import simulate
from pilothouse.knowledge.sourcing_costs import cost_book

TODAY = date(2026, 11, 23)
RUNS, FIRMS, ASKED, TRIES = 100_000, 10_000, 100, 7
FIRM = Profile(headcount=60, internal_it_fte=1.0, country="BE")
LARGE = Profile(headcount=400, internal_it_fte=8.0, country="BE")


def peak() -> float:
    """The most memory this process has had so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def median(work: Callable[[], object]) -> float:
    """Seconds, the middle of some tries."""
    return statistics.median(timed(work)[0] for _ in range(TRIES))


def ask(folder: Path, number: int) -> float:
    """Seconds of one command for so many firms, its start included."""
    asked = [{"headcount": 10 + 3 * n, "internal_it_fte": n // 30, "country": "BE"} for n in range(number)]
    file = folder / "profiles.json"
    file.write_text(json.dumps(asked), "utf-8")
    line = [sys.executable, "-m", "pilothouse", "ask", "costs", str(file)]
    return timed(lambda: subprocess.run(line, check=True, stdout=subprocess.DEVNULL))[0]


def main() -> None:
    book = cost_book("BE", TODAY)
    cost, firms = cost_of(book), facts_of(Profile(), book.priors, default_rng(1), FIRMS)
    closed = median(lambda: cost(firms))
    before = peak()
    small = median(lambda: simulate(FIRM, book, default_rng(1), RUNS))
    large = median(lambda: simulate(LARGE, book, default_rng(1), RUNS))
    with tempfile.TemporaryDirectory() as folder:
        one, many = ask(Path(folder), 1), ask(Path(folder), ASKED)
    table(
        "Costs of delivery models, one core",
        [
            (f"7 models x {RUNS:,} runs x 36 months, 60 people", f"{small:.2f} s", "2 s"),
            (f"7 models x {RUNS:,} runs x 36 months, 400 people", f"{large:.2f} s", "2 s"),
            ("most memory, of which before any run", f"{peak():.0f} MiB, {before:.0f} MiB", "1,024 MiB"),
            (f"closed form, 7 models x {FIRMS:,} firms", f"{1000 * closed:.0f} ms", "100 ms"),
            ("`ask costs`, one firm, start included", f"{one:.2f} s", "1 s"),
            (f"`ask costs`, {ASKED} firms, for each", f"{many / ASKED:.2f} s", "-"),
        ],
    )


if __name__ == "__main__":
    main()
