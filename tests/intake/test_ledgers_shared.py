"""Real lists of payments whose headers drift, read without a hand on the mapping. Skipped where they are absent."""

from __future__ import annotations

import csv
import os
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from pilothouse.intake.ledgers import preview, read_ledger
from pilothouse.intake.papers import Ledger
from pilothouse.intake.recognise import read_paper

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
OXFORD = SHARED / "data" / "spend-oxford" / "data"
REGISTER = SHARED / "data" / "contract-register-salford.csv"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not OXFORD.is_dir(), reason=f"no real lists of payments: {OXFORD} is absent"),
]
FILES = sorted(OXFORD.glob("*.csv"))


def naive(path: Path) -> tuple[int, Decimal]:
    """The rows with an amount and their sum, by a reader that knows the file."""
    amounts = []
    for row in csv.DictReader(path.read_text("latin-1").splitlines()):
        cell = next((cell for header, cell in row.items() if header and header.lower() == "amount"), "")
        try:
            amounts.append(Decimal(cell.replace(",", "")))
        except InvalidOperation:
            continue
    return len(amounts), sum(amounts, Decimal(0))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_is_read_without_a_hand_and_no_penny_is_lost(path: Path) -> None:
    (paper,), problems = read_paper(path.read_bytes(), "x")
    assert isinstance(paper, Ledger)
    assert problems == ()
    count, total = naive(path)
    amounts = [line.amount for line in paper.lines]
    assert (len(amounts), sum((one for one in amounts if one), Decimal(0))) == (count, total)
    meanings = {column.meaning for column in paper.columns}
    assert {"date", "amount", "party", "document", "account", "account_name", "department"} <= meanings
    assert paper.book == "payments"
    assert all(line.date for line in paper.lines)
    assert all(line.party for line in paper.lines)
    assert len({(line.date.year, (line.date.month + 2) // 3) for line in paper.lines if line.date}) == 1


@pytest.mark.skipif(not REGISTER.is_file(), reason=f"no register of contracts: {REGISTER} is absent")
def test_a_register_of_contracts_is_not_taken_for_a_ledger() -> None:
    papers, (problem,) = read_ledger(REGISTER.read_bytes())
    assert papers == ()
    assert problem.rule == "ledger.columns"
    assert "seems a list of contracts" in problem.message
    assert preview(REGISTER.read_bytes()).columns
