"""What must be said of a ledger that was read, and of a table that could not be: the words of its problems."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from pilothouse.intake.ledgers.figures import figure_columns, style_of
from pilothouse.intake.ledgers.headers import plain
from pilothouse.intake.ledgers.reading import LedgerReader, Noted
from pilothouse.intake.ledgers.table import Table
from pilothouse.intake.papers import Problem
from pilothouse.intake.tables.rows import Sheet

_HEADERS_SHOWN = 30
_SHOWN = 60

# Reason noted by the reader -> rule, and the words after "3 rows " or "1 row ".
_NOTES: Mapping[str, tuple[str, str, str]] = {
    "total": (
        "ledger.totals",
        "hold totals or subtotals; they were left out, so that nothing is counted twice.",
        "holds a total or subtotal; it was left out, so that nothing is counted twice.",
    ),
    "balance": (
        "ledger.balances",
        "carry an amount forward or hold a balance; they were left out, since they are no charges.",
        "carries an amount forward or holds a balance; it was left out, since it is no charge.",
    ),
    "header": (
        "ledger.headers_again",
        "repeat the headers; they were left out.",
        "repeats the headers; it was left out.",
    ),
    "words": (
        "ledger.words",
        "hold words without a day or amount; they were left out.",
        "holds words without a day or amount; it was left out.",
    ),
    "no_amount": (
        "ledger.no_amount",
        "have a day and no amount; they were left out. Look whether amounts are missing.",
        "has a day and no amount; it was left out. Look whether an amount is missing.",
    ),
    "amount": (
        "ledger.amount",
        "have an amount that cannot be read; they were kept without it. Mend them in the file and give it again.",
        "has an amount that cannot be read; it was kept without it. Mend it in the file and give it again.",
    ),
    "date": (
        "ledger.date",
        "have a day that cannot be read; they were kept without it and count in no month.",
        "has a day that cannot be read; it was kept without it and counts in no month.",
    ),
    "no_date": (
        "ledger.no_date",
        "have no day; they were kept and count in no month.",
        "has no day; it was kept and counts in no month.",
    ),
    "joined": (
        "ledger.joined",
        "had more cells than there are headers, since a delimiter stands in their words; the words were put together.",
        "had more cells than there are headers, since a delimiter stands in its words; the words were put together.",
    ),
    "wider": (
        "ledger.wider",
        "have more cells than there are headers; the cells to the right were left out. Look whether their amounts "
        "are right.",
        "has more cells than there are headers; the cells to the right were left out. Look whether its amount is "
        "right.",
    ),
}


def problems_of(reader: LedgerReader, table: Table, *, turned: bool, unbalanced: Decimal) -> list[Problem]:
    """Everything a person should know before trusting the lines."""
    problems = [
        _noted(note, reader.noted[reason]) for reason, note in _NOTES.items() if reason in reader.noted
    ]
    problems += _of_totals(reader.totals.wrong) + _of_styles(table) + _of_place(reader, table)
    if turned:
        words = "Most amounts are below zero: costs are written as negative here. All signs were turned."
        problems.append(Problem("ledger.signs", "warning", words))
    if unbalanced:
        words = (
            f"Debits and credits differ by {abs(unbalanced):f}, where a whole general ledger has none: it is a "
            "part of one, or rows are missing."
        )
        problems.append(Problem("ledger.balance", "warning", words))
    return problems


def _noted(note: tuple[str, str, str], noted: Noted) -> Problem:
    rule, many, one = note
    first = f" The first: {noted.place}, “{noted.text[:_SHOWN]}”." if noted.text else ""
    words = f"{noted.count} rows {many}" if noted.count > 1 else f"1 row {one}"
    return Problem(rule, "warning", words + first, noted.place)


def _of_totals(wrong: Noted) -> list[Problem]:
    if not wrong.count:
        return []
    words = (
        f"The total in {wrong.place} (“{wrong.text[:_SHOWN]}”) is not the sum of the lines above it. Rows may be "
        "missing or hidden, or the total is of something else. Compare them."
    )
    return [Problem("ledger.total_differs", "warning", words, wrong.place)]


def _of_styles(table: Table) -> list[Problem]:
    guess, problems = table.guess, []
    dates = guess.seen[guess.at["date"]].dates
    if dates and not dates.sure:
        order = {"dmy": "day, month, year", "mdy": "month, day, year", "ymd": "year, month, day"}[dates.order]
        words = (
            f"The days can be read in two orders, and no row tells which; they were read as {order}. Look whether "
            "the first lines are right."
        )
        problems.append(Problem("ledger.date_order", "warning", words))
    styles = [style_of(guess, meaning) for meaning in figure_columns(guess)]
    if not all(style.sure for style in styles):
        words = (
            "Amounts such as 1.234 or 1,234 were read as thousands, since no row shows cents. Look whether that is "
            "right."
        )
        problems.append(Problem("ledger.thousands", "warning", words))
    return problems


def _of_place(reader: LedgerReader, table: Table) -> list[Problem]:
    problems = []
    other = reader.noted.get("other_table")
    if other:
        words = (
            f"Another table begins in {other.place} (“{other.text[:_SHOWN]}”). The one above it was read; give the "
            "other in a file of its own if it is wanted."
        )
        problems.append(Problem("ledger.other_table", "warning", words, other.place))
    if table.beside:
        words = "Tables stand side by side on the sheet; the one that is a ledger was read."
        problems.append(Problem("ledger.other_table", "warning", words))
    if table.header is None:
        words = "The table has no headers; its columns were told by their cells alone. Look whether they are right."
        problems.append(Problem("ledger.no_headers", "warning", words))
    return problems


def unreadable(sheet: Sheet, table: Table | None) -> Problem:
    """Why a table is no ledger, with the columns that were seen."""
    where = f"The sheet {sheet.name}" if sheet.name else "The table"
    if table is None:
        words = (
            f"{where} has no columns: no row of headers was found and no days and amounts below each other."
        )
        return Problem("ledger.no_table", "error", words)
    place = table.header.place if table.header else None
    missing = [
        one
        for one, found in (("days", "date" in table.guess.at), ("amounts", table.guess.figures))
        if not found
    ]
    seen = ", ".join(f"“{header}”" for header in table.headers[:_HEADERS_SHOWN] if header)
    if not missing or not table.usual:
        return Problem(
            "ledger.empty", "error", f"{where} has headers ({seen}) and no lines below them.", place
        )
    words = (
        f"{where} was not read as a ledger: no column of {' and none of '.join(missing)} was found. The columns are: "
        f"{seen}. {_advice(table)}"
    )
    return Problem("ledger.columns", "error", words, place)


def _advice(table: Table) -> str:
    text = " ".join(map(plain, table.headers))
    if "contract" in text and ("end date" in text or "expiry" in text):
        return "It seems a list of contracts, which is read elsewhere; nothing was counted."
    return "If it is a ledger or list of payments, point out which columns hold the day and the amount."
