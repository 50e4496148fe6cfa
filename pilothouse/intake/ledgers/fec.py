"""FEC, the file of entries that French law wants of every general ledger (article A47 A-1 of the Livre des procédures
fiscales): one line for each side of an entry, in named columns, cut by tab or "|".

How: the headers are those of the law, so nothing is guessed; amounts stand in Debit and Credit, or in Montant with a
Sens. The supplier stands on the line of its own account (401): the other lines of the entry are given its name.

Limits: the columns of cash-based books (payment day and mode) are not used; the number of the firm (SIREN) stands in
the name of the file only, which is not looked at.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pilothouse.intake.ledgers.general import read_sheets_as_ledgers
from pilothouse.intake.papers import Ledger, Problem, Reading
from pilothouse.intake.tables.sheets import read_sheets
from pilothouse.intake.tables.text import find_encoding, lines_of

COLUMNS = {
    "JournalCode": "journal",
    "JournalLib": "",
    "EcritureNum": "entry",
    "EcritureDate": "date",
    "CompteNum": "account",
    "CompteLib": "account_name",
    "CompAuxNum": "",
    "CompAuxLib": "party",
    "PieceRef": "document",
    "PieceDate": "",
    "EcritureLib": "description",
    "Debit": "debit",
    "Credit": "credit",
    "Montant": "amount",
    "Sens": "side",
    "EcritureLet": "",
    "DateLet": "",
    "ValidDate": "",
    "Montantdevise": "",
    "Idevise": "",
}
_HEADERS = re.compile(
    r'\s*"?journalcode"?\s*[\t|;,]\s*"?journallib"?\s*[\t|;,].*?\bcomptenum\b', re.IGNORECASE
)


def looks_like_fec(head: bytes) -> bool:
    """Whether the first line holds the headers of the law."""
    first = next(lines_of(head[:4096], find_encoding(head[:4096])), "")
    return bool(_HEADERS.match(first.lstrip("\ufeff")))


def read_fec(data: bytes) -> Reading:
    """The ledger, or why there is none."""
    sheets, odd = read_sheets(data)
    papers, refused = read_sheets_as_ledgers(sheets, COLUMNS, by="format")
    if not papers:
        return (), (*odd, *refused)
    return tuple(_as_fec(paper, odd) for paper in papers if isinstance(paper, Ledger)), refused


def _as_fec(ledger: Ledger, odd: tuple[Problem, ...]) -> Ledger:
    return replace(
        ledger,
        syntax="fec",
        book="general",
        reason="It has the columns of a FEC, which is a general ledger.",
        currency="EUR",
        problems=(*odd, *ledger.problems),
    )
