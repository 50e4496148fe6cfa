"""How many contracts can be decided on in a second: `python -m bench.decisions`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.machine import table, timed
from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.terms import BusinessDays, ContractTerms, Notice, Renewal, Renews
from pilothouse.engine.dates import Duration
from pilothouse.knowledge import delivery_days

CALENDAR, BUSINESS, ASKED = 20_000, 5_000, 1_000
TODAY = date(2026, 3, 1)


def contracts(count: int, notice: Notice) -> list[ContractTerms]:
    """Contracts of many starts, lengths and countries, all renewed tacitly."""
    return [
        ContractTerms(
            date(2012 + number % 14, 1 + number % 12, 1 + number % 28),
            Duration(1 + number % 60),
            renewal=Renewal(Renews.TACIT, Duration(1 + number % 24)),
            notice=notice,
            country=("BE", "NL", "LU", "DE")[number % 4],
        )
        for number in range(count)
    ]


def decide(agreed: list[ContractTerms]) -> None:
    for contract in agreed:
        next_decision(contract, delivery_days(contract.country, TODAY), today=TODAY)


def ask(folder: Path) -> None:
    """All in one file, in one process, its start included."""
    asked = [
        {"start": f"20{12 + n % 14}-0{1 + n % 9}-01", "initial_term": "P36M", "notice": {"length": "P3M"}}
        for n in range(ASKED)
    ]
    file = folder / "contracts.json"
    file.write_text(json.dumps(asked), "utf-8")
    subprocess.run(
        [sys.executable, "-m", "pilothouse", "ask", "decision", str(file)],
        check=True,
        stdout=subprocess.DEVNULL,
    )


def main() -> None:
    decide(contracts(50, Notice(BusinessDays(20))))  # holidays are looked up once
    calendar, business = (
        contracts(CALENDAR, Notice(Duration(3))),
        contracts(BUSINESS, Notice(BusinessDays(20))),
    )
    with_calendar, with_business = timed(lambda: decide(calendar))[0], timed(lambda: decide(business))[0]
    with tempfile.TemporaryDirectory() as folder:
        asked = timed(lambda: ask(Path(folder)))[0]
    table(
        "Decisions on contracts, one core",
        [
            ("calendar notice", f"{CALENDAR / with_calendar:,.0f} a second", "20,000 a second"),
            ("business days", f"{BUSINESS / with_business:,.0f} a second", "5,000 a second"),
            (f"{ASKED:,} by `ask decision`, start included", f"{asked:.2f} s", "1 s"),
        ],
    )


if __name__ == "__main__":
    main()
