"""Where does an invoice itself say that its buyer is to book it (BT-19 of EN 16931, BT-133 of a line)?

The buyer gave the seller that reference: an account of our chart, a cost centre, or both. A number that is an account
for purchases in one chart of our country alone is the account; words are the cost centre. A number that is nothing in
our charts says nothing to us, and "n/a" is none. What a ledger has is surer and goes before it (`books.py`).

>>> read_reference("612300; Marketing")
Reference(codes=('612300',), department='Marketing')
>>> read_reference("4025:123:4343"), read_reference("N/A")
(Reference(codes=('4025',), department=''), Reference(codes=(), department=''))
>>> read_reference("KST 410 Verkoop").department
'KST 410 Verkoop'
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from pilothouse.engine.spend.accounts import Accounts
from pilothouse.engine.spend.terms import Account, InvoiceItem, InvoicePaper, Role

_BETWEEN = re.compile(r"[;:|,]|\s/\s")
_CODE = re.compile(r"\d[\d. ]{2,10}\d", re.ASCII)
_NOTHING_SAID = frozenset(("", "-", "0", "na", "n/a", "none", "nvt", "n.v.t.", "dummy"))
SHORTEST_CODE = 4
LONGEST_DEPARTMENT = 80


@dataclass(frozen=True, slots=True)
class Reference:
    """Numbers that may be accounts, and the cost centre it names."""

    codes: tuple[str, ...]
    department: str


def read_reference(text: str) -> Reference:
    """What a reference consists of; the parts stand between semicolons, colons or commas."""
    parts = [part.strip() for part in _BETWEEN.split(text)]
    said = [part for part in parts if part.casefold() not in _NOTHING_SAID]
    numbers = [re.sub(r"[. ]", "", part) for part in said if _CODE.fullmatch(part)]
    words = [part for part in said if any(c.isalpha() for c in part)]
    codes = tuple(number for number in numbers if len(number) >= SHORTEST_CODE)[:1]
    return Reference(codes, words[0][:LONGEST_DEPARTMENT] if words else "")


class References:
    """Follows what invoices say of where they are to be booked; `home` is our country."""

    def __init__(self, accounts: Accounts, home: str) -> None:
        self._accounts = accounts
        self._charts = [key for key, chart in accounts.charts.items() if chart.country == home]
        self._read: dict[str, tuple[Account, str]] = {}

    def followed(self, invoice: InvoicePaper) -> InvoicePaper:
        """The invoice with the account and cost centre it names, those of a line before those of the whole."""
        if not invoice.accounting_reference and not any(item.reference for item in invoice.items):
            return invoice
        whole = invoice.accounting_reference
        return replace(
            invoice, items=tuple(self._of_item(item, item.reference or whole) for item in invoice.items)
        )

    def _of_item(self, item: InvoiceItem, reference: str) -> InvoiceItem:
        if reference not in self._read:
            self._read[reference] = self._look_up(reference)
        account, department = self._read[reference]
        return replace(
            item, account=account if account.code else item.account, department=item.department or department
        )

    def _look_up(self, text: str) -> tuple[Account, str]:
        reference = read_reference(text)
        for code in reference.codes:
            buys = [chart for chart in self._charts if self._accounts.role(chart, code) is Role.BUYS]
            if len(buys) == 1:
                return Account(buys[0], code, asked=True), reference.department
        return Account(), reference.department
