"""DATEV, the format of German tax advisers: a batch of postings ("Buchungsstapel") as EXTF or DTVF.

How: a first line tells the format, the business year and the period; the second names the columns. A posting moves an
amount between two accounts (Konto and Gegenkonto); it gives two lines, one for each side, so that debits equal credits.
"S" charges the Konto, "H" the other. Days are written ddMM, their year is that of the period.

Limits: with a tax key (BU-Schlüssel) or an automatic account DATEV splits off the VAT later: amounts are with VAT.
Names of accounts and suppliers are not in the batch; the words of the posting are. Other DATEV lists (accounts,
customers) are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from pilothouse.intake.ledgers.headers import plain
from pilothouse.intake.ledgers.lines import LedgerLines
from pilothouse.intake.ledgers.reading import Noted
from pilothouse.intake.papers import Column, Ledger, Period, Problem, Reading
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.sheets import read_sheets
from pilothouse.intake.tables.text import find_encoding, lines_of
from pilothouse.intake.tables.values import AmountStyle, DateStyle

_FIRST_LINE = re.compile(r'\ufeff?"?(?:EXTF|DTVF)"?;\d+;\d+;')
_POSTINGS = "21"
_AMOUNTS = AmountStyle(",")
_DAYS = DateStyle("ymd")
_YEAR_BEGINS, _FROM, _TO, _NAME, _CURRENCY = 12, 14, 15, 16, 21

# What stands in a column of the batch, and the header by which it is found (its beginning, in plain form).
_HEADERS: Mapping[str, tuple[str, str]] = {
    "amount": ("umsatz", "amount"),
    "side": ("soll haben", "side"),
    "currency": ("wkz umsatz", "currency"),
    "account": ("konto", "account"),
    "against": ("gegenkonto", "account"),
    "date": ("belegdatum", "date"),
    "document": ("belegfeld 1", "document"),
    "description": ("buchungstext", "description"),
    "department": ("kost1", "department"),
    "vat_id": ("eu land", "party_id"),
    "turned": ("generalumkehr", "side"),
}
_NEEDED = ("amount", "side", "account", "against", "date")


def looks_like_datev(head: bytes) -> bool:
    """Whether the first line is that of a DATEV file."""
    first = next(lines_of(head[:4096], find_encoding(head[:4096])), "")
    return bool(_FIRST_LINE.match(first))


def read_datev(data: bytes) -> Reading:
    """The ledger, or why there is none."""
    (sheet,), odd = read_sheets(data)
    top = list(islice(sheet.rows, 2))
    about = (*top[0].cells, *[""] * 30)
    if about[2] != _POSTINGS:
        words = f"The DATEV file holds “{about[3]}”, not postings. Export the “Buchungsstapel” and give that."
        return (), (Problem("datev.category", "error", words),)
    at = _columns(top[1].cells) if len(top) > 1 else {}
    missing = [name for name in _NEEDED if name not in at]
    if missing:
        words = (
            f"The DATEV file lacks columns that every posting needs ({', '.join(missing)}). Export it again."
        )
        return (), (Problem("datev.columns", "error", words),)
    batch = _Batch(at, about)
    for row in islice(sheet.rows, 2, None):
        batch.read(row)
    if not batch.lines.rows:
        return (), (
            Problem("datev.empty", "error", "The DATEV file holds no postings. Export the right period."),
        )
    return (batch.ledger(top[1].cells, odd),), ()


def _columns(headers: Sequence[str]) -> dict[str, int]:
    at: dict[str, int] = {}
    for position, header in enumerate(headers):
        words = plain(header)
        for name, (begins, _) in _HEADERS.items():
            # "Konto" is also how "Kontonummer" of other fields begins: the first one counts.
            if name not in at and (words == begins or words.startswith(f"{begins} ")):
                at[name] = position
                break
    return at


@dataclass(slots=True)
class _Batch:
    at: Mapping[str, int]
    about: Sequence[str]
    lines: LedgerLines = field(default_factory=LedgerLines)
    unread: Noted = field(default_factory=Noted)
    undated: Noted = field(default_factory=Noted)
    _sides: tuple[str, str] = ("account", "against")

    def __post_init__(self) -> None:
        self.lines.currency = self.about[_CURRENCY] or "EUR"
        self.lines.words = {
            name: [] for name in ("account", "document", "description", "department", "party_id")
        }
        self.lines.words["currency"] = []

    def read(self, row: Row) -> None:
        cells = (*row.cells, *[""] * (max(self.at.values()) + 1 - len(row.cells)))
        amount = _AMOUNTS.read(self._cell(cells, "amount"))
        if amount is None:
            self.unread.add(row)
            return
        day = self._day(self._cell(cells, "date"))
        if day is None:
            self.undated.add(row)
        charged = self._cell(cells, "side").upper() != "H"
        if self._cell(cells, "turned").upper() in {"1", "G"}:
            amount = -amount
        self._keep(row.number, cells, day, amount if charged else -amount, "account")
        self._keep(row.number, cells, day, -amount if charged else amount, "against")

    def _keep(self, number: int, cells: Sequence[str], day: date | None, amount: Decimal, side: str) -> None:
        lines = self.lines
        lines.rows.append(number)
        lines.dates.append(day)
        lines.amounts.append(amount)
        words = lines.words
        words["account"].append(self._cell(cells, side))
        words["party_id"].append(self._cell(cells, "vat_id"))
        for name in ("document", "description", "department", "currency"):
            words[name].append(self._cell(cells, name))

    def _cell(self, cells: Sequence[str], name: str) -> str:
        return cells[self.at[name]] if name in self.at else ""

    def _day(self, text: str) -> date | None:
        """ddMM, or dMM where a program lost the zero, in the period of the batch; else in its business year."""
        if not text.isdigit() or len(text) not in {3, 4, 8}:
            return None
        if len(text) == 8:
            return DateStyle("dmy").read(text)
        day, month = text[:-2], text[-2:]
        first, last = _DAYS.read(self.about[_FROM]), _DAYS.read(self.about[_TO])
        begins = _DAYS.read(self.about[_YEAR_BEGINS]) or first
        if begins is None:
            return None
        years = {begins.year, begins.year + 1, *(one.year for one in (first, last) if one)}
        days = [found for year in sorted(years) if (found := _DAYS.read(f"{year}-{month}-{day}"))]
        within = [one for one in days if first and last and first <= one <= last]
        after = [one for one in days if one >= begins]
        return next(iter((*within, *after)), None)

    def ledger(self, headers: Sequence[str], odd: Sequence[Problem]) -> Ledger:
        days = [day for day in self.lines.dates if day]
        first, last = _DAYS.read(self.about[_FROM]), _DAYS.read(self.about[_TO])
        return Ledger(
            book="general",
            syntax="datev",
            columns=self._named(headers),
            lines=self.lines,
            currency=self.lines.currency,
            holder=None,
            period=Period(first, last) if first and last else Period(min(days), max(days)) if days else None,
            net=False,
            problems=(*odd, *self._problems()),
            reason="It is a DATEV batch of postings, each with its two accounts: a general ledger.",
        )

    def _named(self, headers: Sequence[str]) -> tuple[Column, ...]:
        meanings = {position: _HEADERS[name][1] for name, position in self.at.items()}
        return tuple(
            Column(header, meanings.get(position, ""), "The format says so.", "format")
            for position, header in enumerate(headers)
            if header
        )

    def _problems(self) -> list[Problem]:
        problems = []
        for noted, rule, words in (
            (self.unread, "datev.amount", "postings have no amount that can be read; they were left out."),
            (self.undated, "datev.date", "postings have no day that can be read; they were kept without it."),
        ):
            if noted.count:
                message = f"{noted.count} {words} The first: {noted.place}."
                problems.append(Problem(rule, "warning", message, noted.place))
        return problems
