"""Which bank wrote these headings, and what does each column mean?

A table is of the bank that knows most of its headings (six in ten at least), where all the meanings that the bank
needs are there. A table of no known bank is taken for one only when its headings say date, amount and words, none of
them is of a book (journal, ledger account, VAT, supplier), and its rows prove it (see `is_proved`): the running
balance follows from the amounts, or the company's own account is an IBAN and so is the other side's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from pilothouse.intake.bank_csv.banks import BANKS, GENERAL, LEDGER_WORDS, Bank
from pilothouse.intake.headings import find_headings, plain, rows_below
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.values import currency_of

_LEAST_KNOWN = 0.6
_LOOKED_AT = 40  # rows that must show that accounts are accounts
_ACCOUNT = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{8,30}|\d{12}", re.ASCII)
_NO_LETTER_OR_DIGIT = re.compile(r"[\s.\-/]+")
_CURRENCY_IN_HEADING = re.compile(r"[(\s]([A-Z]{3}|€|£|\$)\)?\s*$")
# Of banks whose own account is a name ("EUR Main"); of all others it is an account number.
_NAMED_ACCOUNTS = ("Revolut Business", "Revolut", "N26")


@dataclass(frozen=True, slots=True)
class Columns:
    """`at` holds, by meaning, the positions of its columns; the first is the main one."""

    bank: Bank
    headings: Row
    at: Mapping[str, tuple[int, ...]]
    currency: str | None

    def has(self, meaning: str) -> bool:
        return meaning in self.at

    def first(self, cells: Sequence[str], meaning: str) -> str:
        """The first filled cell of a meaning."""
        for position in self.at.get(meaning, ()):
            if position < len(cells) and cells[position]:
                return cells[position]
        return ""

    def all(self, cells: Sequence[str], meaning: str) -> str:
        """All cells of a meaning, each text once."""
        texts = [cells[i] for i in self.at.get(meaning, ()) if i < len(cells) and cells[i]]
        return " ".join(dict.fromkeys(texts))


def find_columns(sheet: Sheet) -> Columns | None:
    """The columns of a bank list; None when the sheet is none."""
    found = find_headings(sheet, _of_a_bank)
    if found:
        headings, bank = found
        columns = _columns(headings, bank)
        return columns if _accounts_are_accounts(sheet, columns) else None
    plainly = find_headings(sheet, _plainly_a_bank)
    return _columns(plainly[0], GENERAL) if plainly else None


def _of_a_bank(cells: Sequence[str]) -> Bank | None:
    headings = [plain(cell) for cell in cells if cell]
    if len(headings) < 4:
        return None
    known = [
        (sum(word in bank.meanings for word in headings), bank) for bank in BANKS if _fits(headings, bank)
    ]
    best = max(known, key=lambda one: one[0], default=None)
    return best[1] if best and best[0] >= _LEAST_KNOWN * len(headings) else None


def _fits(headings: Sequence[str], bank: Bank) -> bool:
    meanings = {bank.meanings.get(word) for word in headings}
    return all(need in meanings for need in bank.needs)


def _plainly_a_bank(cells: Sequence[str]) -> bool | None:
    headings = [plain(cell) for cell in cells if cell]
    if len(headings) < 3 or any(word in LEDGER_WORDS for word in headings):
        return None
    meanings = {GENERAL.meanings.get(word) for word in map(_without_currency, headings)}
    amount = "amount" in meanings or {"debit", "credit"} <= meanings
    words = meanings & {"name", "description", "communication"}
    proof = "balance" in meanings or {"account", "party_account"} <= meanings
    return True if "date" in meanings and amount and words and proof else None


def _without_currency(heading: str) -> str:
    """The heading without the currency behind it ("balance gbp")."""
    words, _, last = heading.rpartition(" ")
    return words if words and currency_of(last.upper()) else heading


def _columns(headings: Row, bank: Bank) -> Columns:
    at: dict[str, tuple[int, ...]] = {}
    left: list[tuple[int, str]] = []
    for position, cell in enumerate(headings.cells):
        word = plain(cell)
        meaning = bank.meanings.get(word)
        if meaning:
            at[meaning] = (*at.get(meaning, ()), position)
        elif word:
            left.append((position, word))
    _add_general(at, left)
    return Columns(bank, headings, at, _currency_of_headings(headings.cells, at))


def _add_general(at: dict[str, tuple[int, ...]], left: Sequence[tuple[int, str]]) -> None:
    """Headings the bank's table lacks, by the words that all banks use; never a second amount."""
    taken = set(at)
    for position, word in left:
        meaning = GENERAL.meanings.get(word) or GENERAL.meanings.get(_without_currency(word))
        if meaning and meaning not in taken:
            at[meaning] = (*at.get(meaning, ()), position)


def _currency_of_headings(cells: Sequence[str], at: Mapping[str, tuple[int, ...]]) -> str | None:
    for meaning in ("amount", "debit", "balance"):
        for position in at.get(meaning, ()):
            found = _CURRENCY_IN_HEADING.search(cells[position])
            if found:
                return currency_of(found.group(1))
    return None


def looks_like_account(text: str) -> bool:
    """An IBAN or an old Belgian number by its looks; the check digits are not asked."""
    return bool(_ACCOUNT.fullmatch(_NO_LETTER_OR_DIGIT.sub("", text).upper()))


def _accounts_are_accounts(sheet: Sheet, columns: Columns) -> bool:
    """A ledger has accounts too, of six digits: in a bank's list the first rows hold IBANs."""
    if not columns.has("account") or columns.bank.name in _NAMED_ACCOUNTS:
        return True
    rows = islice(rows_below(sheet, columns.headings), _LOOKED_AT)
    accounts = [text for text in (columns.first(row.cells, "account") for row in rows) if text]
    return all(map(looks_like_account, accounts[:1])) or (
        sum(map(looks_like_account, accounts)) * 2 > len(accounts)
    )
