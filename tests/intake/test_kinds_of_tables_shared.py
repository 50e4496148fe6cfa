"""Real ledgers and registers are no bank lists, card statements or exports. Skipped where the files are absent."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from pilothouse.intake.bank_csv import read_bank_table
from pilothouse.intake.cards import read_card_table
from pilothouse.intake.listings import read_listing
from pilothouse.intake.papers import Listing
from pilothouse.intake.tables.sheets import read_sheets

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "data"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real ledgers: {DATA} is absent"),
]

CONTRACTS = "contract-register-salford.csv"
_TABLES = sorted(
    path
    for pattern in ("*.csv", "*.csv.gz", "spend-oxford/**/*.csv", "spend-oxford/**/*.xls*", "m365/*.csv")
    for path in DATA.glob(pattern)
    if path.name != CONTRACTS
)


@pytest.mark.parametrize("path", _TABLES, ids=lambda path: path.name)
def test_a_real_ledger_is_left_to_the_ledgers(path: Path) -> None:
    data = path.read_bytes()
    if path.suffix == ".gz":
        data = gzip.decompress(data)
    sheets, _ = read_sheets(data, limit_rows=3_000)
    assert sheets
    assert [read(sheets) for read in (read_bank_table, read_card_table, read_listing)] == [None] * 3


def test_a_real_list_of_contracts_is_one() -> None:
    sheets, _ = read_sheets((DATA / CONTRACTS).read_bytes())
    found = read_listing(sheets)
    assert found is not None
    (listing,) = found[0]
    assert isinstance(listing, Listing)
    assert listing.of == "contracts"


def test_there_are_real_files() -> None:
    assert len(_TABLES) >= 5
