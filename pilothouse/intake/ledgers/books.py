"""Is this a purchase ledger, a general ledger or a list of payments, and why do we think so?

How: entries whose debits equal their credits on accounts are a general ledger. Else the headers speak: words of
payments (paid, payee, IBAN) or of purchases (invoice, VAT).

Limits: where the headers say neither, a list is taken for purchases when it tells VAT, else for payments.
"""

from __future__ import annotations

import re
from typing import Literal

from pilothouse.intake.ledgers.columns import Guess
from pilothouse.intake.ledgers.headers import plain
from pilothouse.intake.ledgers.lines import LedgerLines

Book = Literal["purchases", "general", "payments"]

_PAID = re.compile(
    r"\b(?:paid|payments?|payee|beneficiary|cheque|bacs|betaald|betaling\w*|betaaldatum|begunstigde|"
    r"paiements?|paye|beneficiaire|reglements?|zahlung\w*|zahldatum|bezahlt|spend|expenditure)\b"
)
_BOUGHT = re.compile(
    r"\b(?:invoices?|purchases?|bill|factuur\w*|aankoop\w*|aankopen|inkoop\w*|crediteur\w*|"
    r"factures?|achats?|rechnung\w*|einkauf\w*|eingangsrechnung\w*)\b"
)


def tell_book(guess: Guess, lines: LedgerLines, preamble: str) -> tuple[Book, str]:
    """Which book it is and the reason in plain words."""
    at = guess.at
    on_accounts = "account" in lines.words or "account_name" in lines.words
    both_sides = {"debit", "credit"} <= at.keys() or "side" in at
    if on_accounts and len(lines) > 1 and lines.total() == 0:
        return "general", "Its debits equal its credits, on accounts: a general ledger."
    if on_accounts and both_sides and ("journal" in at or "entry" in at or "party" not in at):
        return "general", "It has accounts with debit and credit: a general ledger, or a part of one."
    return _by_words(guess, preamble)


def _by_words(guess: Guess, preamble: str) -> tuple[Book, str]:
    paid = _first(_PAID, guess, preamble)
    bought = _first(_BOUGHT, guess, preamble)
    if paid and (not bought or _first(_PAID, guess, "", "date")):
        return "payments", f"“{paid}” is a word of payments."
    if bought:
        return "purchases", f"“{bought}” is a word of purchases."
    if guess.at.keys() & {"vat", "net", "gross"}:
        return "purchases", "It tells amounts with or without VAT, as purchase ledgers do."
    return "payments", "Nothing in it speaks of invoices, entries or VAT: taken for a list of payments."


def _first(words: re.Pattern[str], guess: Guess, preamble: str, meaning: str | None = None) -> str | None:
    headers = [column.header for column in guess.columns if meaning is None or column.meaning == meaning]
    for text in [*headers, preamble]:
        found = words.search(plain(text) if text is not preamble else text)
        if found:
            return found[0]
    return None
