"""What does a table hold: movements of a bank or card, a list from another program, or a ledger?

How: formats with a name of their own first (FEC, SIE, DATEV); then each kind that its headings prove; else a ledger
with any headers, or the reason why it is none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilothouse.intake.bank_csv import read_bank_table
from pilothouse.intake.cards import read_card_table
from pilothouse.intake.ledgers import own_format, read_ledger_sheets
from pilothouse.intake.listings import read_listing
from pilothouse.intake.papers import Paper, Problem, Reading
from pilothouse.intake.tables.sheets import read_sheets


def read_table(data: bytes) -> Reading:
    """The papers in a table, and what could not be used."""
    own = own_format(data)
    if own:
        return own(data)
    sheets, odd = read_sheets(data)
    if not sheets:
        return (), odd
    for read in (read_bank_table, read_card_table, read_listing):
        found = read(sheets)
        if found:
            return _with(odd, found)
    return read_ledger_sheets(sheets, odd)


def _with(odd: Sequence[Problem], found: Reading) -> Reading:
    """What was strange in the file is said in its papers, or of the file when it gave none."""
    papers, problems = found
    if not papers:
        return (), (*odd, *problems)
    return tuple(_told(paper, odd) for paper in papers), problems


def _told(paper: Paper, odd: Sequence[Problem]) -> Paper:
    return replace(paper, problems=(*odd, *paper.problems))
