"""Lists of movements that banks let people export (CSV, Excel): what moved, when, to whom?

How: the headings say which bank wrote the list and what each column is (`banks`, `columns`); each row becomes a
movement (`movements`), each account and currency a statement (`statements`). A list of an unknown bank is taken only
where its rows prove what it is.

Limits: a list is no statement with the bank's word for its balances; most have none, then opening and closing stay
empty. Which headings are known, by bank and language: docs/methods/intake-exports.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilothouse.intake.bank_csv.columns import Columns, find_columns
from pilothouse.intake.bank_csv.statements import is_proved, read_statements
from pilothouse.intake.headings import ROWS_ABOVE
from pilothouse.intake.papers import Problem, Reading, Statement
from pilothouse.intake.tables.rows import Sheet
from pilothouse.intake.tables.sheets import read_sheets

__all__ = ["looks_like_bank_list", "read_bank_table"]

_NO_TEXT = re.compile(rb"[\x01-\x08\x0e-\x19\x1b-\x1f]|\A\s*[<{\[%]|\APK")
_LOOKED_AT = 4096
_ROWS_OF_PROOF = 300


def read_bank_table(sheets: Sequence[Sheet]) -> Reading | None:
    """The statements in the sheets; None when no sheet is a list of bank movements."""
    statements: list[Statement] = []
    problems: list[Problem] = []
    found = False
    for sheet in sheets:
        columns = find_columns(sheet)
        if columns is None or not _is_banks(sheet, columns):
            continue
        found = True
        of_sheet, wrong = read_statements(sheet, columns)
        statements += of_sheet
        problems += wrong
        if not of_sheet and not wrong:
            problems.append(_nothing_in(columns))
    return (tuple(statements), tuple(problems)) if found else None


def looks_like_bank_list(head: bytes) -> bool:
    """Whether the first bytes hold the headings of a bank we know, below whatever stands above them: with a dozen lines
    of filters and few movements, such a file has not the form of a table."""
    if _NO_TEXT.search(head[:_LOOKED_AT]):
        return False
    sheets, _ = read_sheets(head, limit_rows=ROWS_ABOVE)
    found = find_columns(sheets[0]) if sheets else None
    return found is not None and bool(found.bank.name)


def _is_banks(sheet: Sheet, columns: Columns) -> bool:
    return bool(columns.bank.name) or is_proved(sheet, columns, _ROWS_OF_PROOF)


def _nothing_in(columns: Columns) -> Problem:
    words = (
        f"The file has the headings of a list of movements ({columns.bank.name or 'a bank'}) and no movement below "
        "them. Choose the account and a longer period at the bank's site, and export again."
    )
    return Problem("bank_csv.empty", "warning", words, columns.headings.place)
