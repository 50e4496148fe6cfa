"""One row of a bank's list as a movement: signs, the other side, what the payer wrote.

Money out is negative. The sign is that of the amount; where debit and credit stand apart, or a column says in or out,
it is theirs. A fee of its own is taken off, as the bank does in its balance. The other side's account becomes an IBAN
without spaces; an old Belgian number becomes one when its check digits are right. Where the bank writes name and
account into one text ("Van: Name - BE…"), they are taken from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.intake.bank_csv.columns import Columns, looks_like_account
from pilothouse.intake.coda.values import belgian_iban, is_iban
from pilothouse.intake.communications import find_structured
from pilothouse.intake.papers import Counterparty, Movement
from pilothouse.intake.shapes import amount_text
from pilothouse.intake.statements import squeezed, without_spaces
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.values import AmountStyle, DateStyle, find_amount_style, find_date_style

_SAMPLE = 2_000

_OUT = re.compile(
    r"(?:d|dr|debit|debet|debitering|af|out|sortie|soll|s|-|uit|uitgaand|sortant)", re.IGNORECASE
)
_SIDE = re.compile(r"\d\s*(cr?|dr?|[hs])\.?$", re.IGNORECASE)
_FROM_OR_TO = re.compile(
    r"\b(?:Van|Naar|De|Vers|From|To|Von|An)\s*:\s*(.{2,70}?)\s+-\s+([A-Z]{2}\d{2}(?: ?[A-Z0-9]){8,30}?)(?=\s|$)"
)
_IBAN_IN_TEXT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
_BIC_IN_TEXT = re.compile(r"\s+BIC\s+[A-Z]{6}[A-Z0-9]{2,5}\b")
_BANK_REFERENCE = re.compile(
    r"(?:BANKREFERENTIE|REFERENCE BANQUE|RÉFÉRENCE BANQUE|BANK REFERENCE)\s*:\s*([A-Z0-9]{6,40})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Styles:
    """How amounts and days of the table are written."""

    amounts: AmountStyle
    days: DateStyle

    def amount(self, text: str) -> Decimal | None:
        """Money in is positive: "12,50 D" is out, "12,50 C" in."""
        value = self.amounts.read(text) if text else None
        side = _SIDE.search(text) if value is not None else None
        if value is None or not side:
            return value
        return -abs(value) if side.group(1)[0].lower() in "ds" else abs(value)


def find_styles(rows: Iterable[Row], columns: Columns) -> Styles:
    """Decided by all amounts, and the first days: banks here write the day first unless a day says otherwise."""
    days: list[str] = []
    amounts = find_amount_style(_amounts(rows, columns, days))
    return Styles(amounts, day_first(days))


def day_first(days: Sequence[str]) -> DateStyle:
    """The day first where all days allow it: payments on the fifth of each month would look like May."""
    filled = [day for day in days if day]
    usual = DateStyle("dmy")
    unread = sum(usual.read(day) is None for day in filled)
    return usual if unread * 20 <= len(filled) else find_date_style(filled) or usual


def _amounts(rows: Iterable[Row], columns: Columns, days: list[str]) -> Iterable[str]:
    for row in rows:
        if len(days) < _SAMPLE:
            days.append(columns.first(row.cells, "date"))
        for meaning in ("total", "amount", "debit", "credit"):
            yield columns.first(row.cells, meaning)


def read_amount(cells: Sequence[str], columns: Columns, styles: Styles) -> Decimal | None:
    """The amount of the row, money out negative."""
    total = styles.amount(columns.first(cells, "total"))
    if total is not None:
        return total
    said = columns.first(cells, "amount")
    amount = styles.amount(said) if said else _of_two_columns(cells, columns, styles)
    if amount is None:
        return None
    direction = columns.first(cells, "direction")
    if direction:
        amount = -abs(amount) if _OUT.fullmatch(direction) else abs(amount)
    fee = styles.amount(columns.first(cells, "fee"))
    return amount - abs(fee) if fee else amount


def _of_two_columns(cells: Sequence[str], columns: Columns, styles: Styles) -> Decimal | None:
    money_in = styles.amount(columns.first(cells, "credit"))
    money_out = styles.amount(columns.first(cells, "debit"))
    if money_in is None and money_out is None:
        return None
    return abs(money_in or Decimal(0)) - abs(money_out or Decimal(0))


def read_movement(row: Row, columns: Columns, styles: Styles, day: date, amount: Decimal) -> Movement:
    """The movement of a row whose day and amount could be read."""
    cells = row.cells
    counterparty = _counterparty(cells, columns, amount)
    structured, communication = _communication(cells, columns, named=bool(counterparty.name))
    return Movement(
        date=day,
        value_date=styles.days.read(columns.first(cells, "value_date")),
        amount=amount,
        counterparty=counterparty,
        communication=squeezed(f"{communication} {_foreign(cells, columns, styles)}"),
        structured=structured,
        bank_reference=_reference(cells, columns),
        place=row.place,
    )


def _foreign(cells: Sequence[str], columns: Columns, styles: Styles) -> str:
    """The amount in a foreign currency ("12.00 USD"), where the bank says it."""
    original = styles.amounts.read(columns.first(cells, "original_amount"))
    currency = columns.first(cells, "original_currency").upper()
    own = columns.first(cells, "currency").upper() or columns.currency
    return f"{amount_text(abs(original))} {currency}" if original and currency and currency != own else ""


def tidy_account(text: str) -> str | None:
    """An account without spaces; an old Belgian number as IBAN when its check digits are right."""
    bare = re.sub(r"[\s.\-/]+", "", text).upper() if looks_like_account(text) else without_spaces(text)
    return belgian_iban(bare) or bare or None


def _counterparty(cells: Sequence[str], columns: Columns, amount: Decimal) -> Counterparty:
    account = columns.first(cells, "party_account")
    name = columns.first(cells, "name") or columns.first(cells, "payee" if amount < 0 else "payer")
    mixed = columns.first(cells, "party")
    if mixed and looks_like_account(mixed):
        account = account or mixed
    elif mixed:
        found_name, found_account = _apart(mixed)
        name, account = name or found_name, account or found_account
    if not name:
        told = _FROM_OR_TO.search(_words(cells, columns))
        if told:
            name, account = told.group(1), account or told.group(2)
    return Counterparty(name or None, tidy_account(account), columns.first(cells, "bic") or None)


def _apart(mixed: str) -> tuple[str, str]:
    """Name and account in one text, as older lists of BNP Paribas Fortis have them."""
    for found in _IBAN_IN_TEXT.finditer(mixed):
        account = _iban_at_start(found.group())
        if account:
            name = f"{mixed[: found.start()]} {mixed[found.start() + len(account) :]}"
            return squeezed(_BIC_IN_TEXT.sub(" ", name)), account
    return squeezed(mixed), ""


def _iban_at_start(text: str) -> str | None:
    """The IBAN with which a text begins: words behind it may look like its last letters."""
    blocks = text.split(" ")
    starts = (" ".join(blocks[:count]) for count in range(len(blocks), 0, -1))
    return next((start for start in starts if is_iban(start.replace(" ", ""))), None)


def _words(cells: Sequence[str], columns: Columns) -> str:
    texts = (columns.all(cells, meaning) for meaning in ("description", "details"))
    return " ".join(dict.fromkeys(text for text in texts if text))


def _communication(cells: Sequence[str], columns: Columns, *, named: bool) -> tuple[str | None, str]:
    """The structured communication, and the words: those of the payer, else of the bank. Where no column names the
    other side, the bank's words stand behind, as they name it."""
    bank = _words(cells, columns) or columns.first(cells, "kind")
    structured = None
    words = []
    for text in (columns.first(cells, "structured"), columns.all(cells, "communication"), bank):
        found, rest = find_structured(text)
        structured = structured or found
        words.append(rest if found and found == structured else text)
    told = words[:2]
    parts = told if named and (structured or any(told)) else words
    return structured, " ".join(dict.fromkeys(squeezed(part) for part in parts if part))


def _reference(cells: Sequence[str], columns: Columns) -> str | None:
    told = _BANK_REFERENCE.search(columns.all(cells, "details"))
    reference = told.group(1) if told else columns.first(cells, "reference")
    # BNP Paribas Fortis leaves the number open ("2026-") until the statement is made.
    return reference if reference and not reference.endswith("-") else None
