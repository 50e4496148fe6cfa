"""The rows of a bank's list as statements, one for each account and currency, with what could not be read.

Balances: most lists have none, which is no fault. Where each row carries the balance after it, the opening balance is
that of the oldest row less its amount, the closing balance that of the newest; both stand only when the movements
lead from one to the other. Movements stay in the order of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise, takewhile

from pilothouse.intake.bank_csv.columns import Columns, looks_like_account
from pilothouse.intake.bank_csv.movements import (
    Styles,
    find_styles,
    read_amount,
    read_movement,
    tidy_account,
)
from pilothouse.intake.headings import plain, rows_below
from pilothouse.intake.papers import Balance, Movement, Problem, Statement
from pilothouse.intake.statements import MOST_STATEMENTS, Faults
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.values import currency_of

# Words of a status by which money did not move, or has not yet.
_NOT_BOOKED = re.compile(
    r"geweiger|weiger|refus|reject|declin|fail|mislukt|echou|revert|retourn|annul|cancel|storn|geannuleerd"
    r"|pending|attente|en cours|in behandeling|wacht|verwerking|gepland|planned|planifi|scheduled|vorgemerkt"
    r"|processing|ongoing|to be executed|uit te voeren|a executer|expired|vervallen",
)
_CURRENCY_CODE = re.compile(r"[A-Z]{3}", re.ASCII)
_OTHER_SIDE = re.compile(r"tegenpartij|contrepartie|counterparty|beneficiary|beneficiaire|begunstigde")


@dataclass(slots=True)
class Draft:
    """A statement while its rows are read. `balances` holds the balance after each movement, or None."""

    account: str
    currency: str
    movements: list[Movement] = field(default_factory=list)
    balances: list[Decimal | None] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    not_booked: list[str] = field(default_factory=list)
    problems: Faults = field(default_factory=lambda: Faults("bank_csv"))
    holder: str = ""

    def is_empty(self) -> bool:
        return not (self.movements or self.not_booked or self.problems.first)


@dataclass(slots=True)
class Above:
    """What the lines above the headings say: the account, its currency."""

    account: str = ""
    currency: str = ""


def read_statements(sheet: Sheet, columns: Columns) -> tuple[list[Statement], list[Problem]]:
    """The statements of one sheet, in the order in which their accounts appear."""
    styles = find_styles(rows_below(sheet, columns.headings), columns)
    above = _read_above(sheet, columns)
    drafts: dict[tuple[str, str], Draft] = {}
    for row in rows_below(sheet, columns.headings):
        _take_row(row, columns, styles, above, drafts)
        if len(drafts) > MOST_STATEMENTS:
            return [], [_too_many(row)]
    _give_home(drafts)
    return [_finish(draft, columns) for draft in drafts.values() if not draft.is_empty()], []


def _read_above(sheet: Sheet, columns: Columns) -> Above:
    above = Above()
    for row in takewhile(lambda row: row.number < columns.headings.number, sheet.rows):
        label = plain(row.cells[0])
        for cell in row.cells[:4]:
            if looks_like_account(cell) and not _OTHER_SIDE.search(label):
                above.account = above.account or cell
            elif _CURRENCY_CODE.fullmatch(cell) and currency_of(cell):
                above.currency = above.currency or cell
    return above


def _take_row(
    row: Row, columns: Columns, styles: Styles, above: Above, drafts: dict[tuple[str, str], Draft]
) -> None:
    cells = row.cells
    day = styles.days.read(columns.first(cells, "date"))
    amount = read_amount(cells, columns, styles)
    if day is None and amount is None:
        return  # a page number, a line of words
    draft = _draft_of(cells, columns, above, drafts)
    if _is_not_booked(cells, columns):
        draft.not_booked.append(row.place)
    elif day is not None and amount is not None:
        draft.movements.append(read_movement(row, columns, styles, day, amount))
        draft.balances.append(styles.amount(columns.first(cells, "balance")))
        draft.numbers.add(columns.first(cells, "statement"))
    elif not _is_total_or_balance(cells, columns, day):
        _say_unread(draft.problems, row, columns, day_is_missing=day is None)


def _is_total_or_balance(cells: Sequence[str], columns: Columns, day: date | None) -> bool:
    """An amount beside no day at all, or a balance beside no amount at all."""
    if day is None:
        return not columns.first(cells, "date")
    return not _amount_text(cells, columns) and bool(columns.first(cells, "balance"))


def _amount_text(cells: Sequence[str], columns: Columns) -> str:
    texts = (columns.first(cells, meaning) for meaning in ("total", "amount", "debit", "credit"))
    return next(filter(None, texts), "")


def _draft_of(
    cells: Sequence[str], columns: Columns, above: Above, drafts: dict[tuple[str, str], Draft]
) -> Draft:
    written = columns.first(cells, "account") or above.account
    account = (tidy_account(written) if looks_like_account(written) else written) or ""
    currency = columns.first(cells, "currency").upper()
    if not _CURRENCY_CODE.fullmatch(currency):
        currency = columns.currency or above.currency or currency_of(currency) or ""
    draft = drafts.setdefault((account, currency), Draft(account, currency))
    draft.holder = draft.holder or columns.first(cells, "holder")
    return draft


def _is_not_booked(cells: Sequence[str], columns: Columns) -> bool:
    status = columns.first(cells, "status")
    return says_not_booked(status) if status else bool(columns.first(cells, "refusal"))


def says_not_booked(status: str) -> bool:
    """Whether a bank's word for the state of a line says that no money moved.

    >>> says_not_booked("Geweigerd"), says_not_booked("En cours"), says_not_booked("COMPLETED")
    (True, True, False)
    """
    return bool(_NOT_BOOKED.search(plain(status)))


def _give_home(drafts: dict[tuple[str, str], Draft]) -> None:
    """Rows without an account or currency belong to the only one that the others name."""
    for key in [key for key in drafts if not all(key)]:
        homes = [
            other for other in drafts if all(other) and key[0] in {"", other[0]} and key[1] in {"", other[1]}
        ]
        if len(homes) == 1:
            stray, home = drafts.pop(key), drafts[homes[0]]
            home.movements += stray.movements
            home.balances += stray.balances
            home.not_booked += stray.not_booked
            home.problems.join(stray.problems)


def _finish(draft: Draft, columns: Columns) -> Statement:
    opening, closing, break_at = _prove(draft.movements, draft.balances)
    numbers = draft.numbers - {""}
    currency = draft.currency or columns.bank.currency
    problems = [
        *draft.problems.all(),
        *_said_of_status(draft.not_booked),
        *_said_of_balance(break_at),
        *([] if draft.account else [_NO_ACCOUNT]),
        *([] if draft.currency or columns.bank.name else [_NO_CURRENCY]),
    ]
    return Statement(
        account=draft.account or None,
        currency=currency or "EUR",
        number=numbers.pop() if len(numbers) == 1 else None,
        opening=opening,
        closing=closing,
        movements=tuple(draft.movements),
        holder=draft.holder or None,
        problems=tuple(problems),
    )


def _prove(
    movements: Sequence[Movement], balances: Sequence[Decimal | None]
) -> tuple[Balance | None, Balance | None, Movement | None]:
    """Opening and closing balance, and the movement at which the running balance breaks."""
    known = [balance for balance in balances if balance is not None]
    if not movements or len(known) < len(movements):
        return None, None, None
    amounts = [movement.amount for movement in movements]
    moved = sum(amounts, Decimal(0))
    older_first = known[0] - amounts[0] + moved == known[-1]
    newer_first = known[-1] - amounts[-1] + moved == known[0]
    if older_first and newer_first and len(movements) > 1:
        older_first = first_break(amounts, known) is None
    if older_first:
        return (
            Balance(movements[0].date, known[0] - amounts[0]),
            Balance(movements[-1].date, known[-1]),
            None,
        )
    if newer_first:
        return (
            Balance(movements[-1].date, known[-1] - amounts[-1]),
            Balance(movements[0].date, known[0]),
            None,
        )
    reverse = movements[0].date > movements[-1].date
    at = first_break(amounts[::-1], known[::-1]) if reverse else first_break(amounts, known)
    return None, None, movements[len(amounts) - 1 - (at or 0)] if reverse else movements[at or 0]


def first_break(amounts: Sequence[Decimal], balances: Sequence[Decimal]) -> int | None:
    """The first row whose balance does not follow from that of the row before, oldest first."""
    return next(
        (at for at in range(1, len(amounts)) if balances[at - 1] + amounts[at] != balances[at]),
        None,
    )


def is_proved(sheet: Sheet, columns: Columns, most_rows: int) -> bool:
    """Do the rows show that this is a bank's list: does the running balance follow from money in and out, or are
    both accounts of a row bank accounts?"""
    styles = find_styles(rows_below(sheet, columns.headings), columns)
    read = list(_samples(sheet, columns, styles, most_rows))
    if not read:
        return False
    if columns.has("balance"):
        return _balance_follows([(amount, balance) for amount, balance, _ in read])
    accounts = [own for _, _, own in read]
    return sum(accounts) * 10 >= len(accounts) * 9


def _samples(
    sheet: Sheet, columns: Columns, styles: Styles, most_rows: int
) -> Iterator[tuple[Decimal, Decimal | None, bool]]:
    for count, row in enumerate(rows_below(sheet, columns.headings)):
        if count >= most_rows:
            return
        amount = read_amount(row.cells, columns, styles)
        if amount is None or styles.days.read(columns.first(row.cells, "date")) is None:
            continue
        balance = styles.amount(columns.first(row.cells, "balance"))
        yield amount, balance, looks_like_account(columns.first(row.cells, "account"))


def _balance_follows(rows: Sequence[tuple[Decimal, Decimal | None]]) -> bool:
    """Nine steps in ten lead from balance to balance, in one of the two directions; one row alone proves nothing."""
    steps = [
        (before[1] + after[0] == after[1], after[1] + before[0] == before[1])
        for before, after in pairwise(rows)
        if before[1] is not None and after[1] is not None
    ]
    down, up = sum(step[0] for step in steps), sum(step[1] for step in steps)
    return bool(steps) and max(down, up) * 10 >= len(steps) * 9


def _say_unread(problems: Faults, row: Row, columns: Columns, *, day_is_missing: bool) -> None:
    what = "day" if day_is_missing else "amount"
    text = columns.first(row.cells, "date") if day_is_missing else _amount_text(row.cells, columns)
    words = (
        f"The {what} “{text[:40]}” cannot be read, so this movement is missing here. Look at the line in the file, "
        "or export the list again from the bank's site without opening it in between."
    )
    problems.say("line", words, row.place)


def _said_of_status(places: Sequence[str]) -> list[Problem]:
    if not places:
        return []
    count = "One line was" if len(places) == 1 else f"{len(places)} lines were"
    words = (
        f"{count} refused, cancelled or not carried out yet by the bank's own word: no money moved, "
        "so nothing is counted."
    )
    return [Problem("bank_csv.not_booked", "warning", words, places[0])]


def _said_of_balance(at: Movement | None) -> list[Problem]:
    if at is None:
        return []
    words = (
        "The running balance of the file does not follow from its amounts here: a movement is missing, or the "
        "list was filtered or sorted. What is there is counted; export the whole period unfiltered to have it all."
    )
    return [Problem("bank_csv.balance", "warning", words, at.place)]


def _too_many(row: Row) -> Problem:
    words = (
        f"More than {MOST_STATEMENTS} accounts stand in this list, up to here: no bank writes that. The column taken "
        "for the company's own account is another one; nothing was read. Export the list again as the bank gives it."
    )
    return Problem("bank_csv.accounts", "error", words, row.place)


_NO_ACCOUNT = Problem(
    "bank_csv.account",
    "warning",
    "The file does not say which account this is. Movements of several accounts could be taken for those of one: "
    "bring in the lists of one account at a time.",
)
_NO_CURRENCY = Problem(
    "bank_csv.currency",
    "warning",
    "The file does not say in which currency the amounts are; they were read as euro. Leave the file out if that is "
    "wrong, and export it with its currency.",
)
