"""SIE 4, the text format by which Swedish bookkeeping programs hand over a general ledger.

How: lines that begin with a label (#KONTO names an account, #VER begins an entry, #TRANS is one side of it); words with
blanks stand in quotes, objects (cost centres) in braces. Debit is positive. An entry whose sides do not add up to zero
is kept and said. The charset is code page 437 by the standard; UTF-8 and Latin 1 are met and told by the letters.

Limits: balances, budgets and quantities are not read; #BTRANS (taken back) and #RTRANS (written again as #TRANS) are
left out; SIE 1 to 3 hold balances only and give no ledger; SIE 5 is XML and another format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from pilothouse.intake.ledgers.lines import LedgerLines
from pilothouse.intake.papers import Column, Ledger, Period, Problem, Reading
from pilothouse.intake.tables.rows import place_of
from pilothouse.intake.tables.text import Encoding, find_encoding, lines_of
from pilothouse.intake.tables.values import AmountStyle, DateStyle

_FIRST_LABEL = re.compile(rb"\A[\s\xef\xbb\xbf]*#FLAGGA\s+\"?[01]", re.IGNORECASE)
_FIELD = re.compile(r'"((?:\\.|[^"\\])*)"?|\{([^}]*)\}?|([^\s"{}]+)')
_DOS_LETTERS = b"\x84\x86\x8e\x8f\x94\x99"  # å, ä, ö and their capitals in code page 437
_PROBLEMS = 20
_DAYS = DateStyle("ymd")
_AMOUNTS = AmountStyle(".")

_COLUMNS = tuple(
    Column(header, meaning, "The format says so.", "format")
    for header, meaning in (
        ("#VER date", "date"),
        ("#TRANS amount", "amount"),
        ("#TRANS account", "account"),
        ("#KONTO name", "account_name"),
        ("#VER series", "journal"),
        ("#VER number", "document"),
        ("#TRANS text", "description"),
        ("#TRANS object", "department"),
    )
)


def looks_like_sie(head: bytes) -> bool:
    """Whether the bytes begin with the flag that opens a SIE file."""
    return bool(_FIRST_LABEL.match(head))


def read_sie(data: bytes) -> Reading:
    """The ledger, or why there is none."""
    book = _Book()
    for number, line in enumerate(lines_of(data, _encoding(data)), start=1):
        book.read(number, line.strip())
    book.close_entry()
    if not book.lines.rows:
        words = (
            "The SIE file holds no entries (#VER with #TRANS): it is one of balances (type 1 to 3) or empty. Export "
            "type 4 from the bookkeeping program."
        )
        return (), (Problem("sie.no_entries", "error", words),)
    return (book.ledger(),), ()


def _encoding(data: bytes) -> Encoding:
    found = find_encoding(data)
    if found.codec not in {"cp1252", "cp850"}:
        return found
    dos = sum(data.count(letter) for letter in _DOS_LETTERS)
    return Encoding("cp437" if dos else "cp1252")


@dataclass(slots=True)
class _Entry:
    """An entry while its sides are read."""

    place: str
    series: str = ""
    number: str = ""
    day: date | None = None
    text: str = ""
    sum: Decimal = Decimal(0)


@dataclass(slots=True)
class _Book:
    lines: LedgerLines = field(default_factory=LedgerLines)
    problems: list[Problem] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    objects: dict[tuple[str, str], str] = field(default_factory=dict)
    holder: str | None = None
    holder_id: str | None = None
    currency: str = "SEK"
    period: Period | None = None
    entry: _Entry | None = None

    def read(self, number: int, line: str) -> None:
        label, rest = (*line.split(maxsplit=1), "", "")[:2]
        match label.upper():
            case "#TRANS":
                self._read_side(number, _fields(rest))
            case "#VER":
                self._open_entry(number, _texts(rest))
            case "}":
                self.close_entry()
            case _ if label.startswith("#"):
                self._read_head(label.upper(), _texts(rest))

    def _read_head(self, label: str, words: Sequence[str]) -> None:
        first, second, third = (*words, "", "", "")[:3]
        if label == "#KONTO":
            self.accounts[first] = second
        elif label == "#OBJEKT":
            self.objects[first, second] = third
        elif label == "#FNAMN":
            self.holder = first or None
        elif label == "#ORGNR":
            self.holder_id = first or None
        elif label == "#VALUTA":
            self.currency = first or self.currency
        elif label == "#RAR" and first == "0":
            self.period = Period(_DAYS.read(second), _DAYS.read(third))

    def _open_entry(self, number: int, words: Sequence[str]) -> None:
        self.close_entry()
        series, own_number, day, text = (*words, "", "", "", "")[:4]
        self.entry = _Entry(place_of(None, number), series, own_number, _DAYS.read(day), text)
        if self.entry.day is None:
            self._say("sie.date", f"The entry has no day that can be read (“{day}”).", self.entry.place)

    def _read_side(self, number: int, fields: Sequence[_Field]) -> None:
        place = place_of(None, number)
        objects = next((one.text for one in fields if one.is_list), "")
        account, amount, day, text = (*(one.text for one in fields if not one.is_list), "", "", "", "")[:4]
        value = _AMOUNTS.read(amount)
        if self.entry is None or value is None:
            why = (
                "stands outside an entry"
                if self.entry is None
                else f"has no amount that can be read (“{amount}”)"
            )
            self._say("sie.line", f"The line #TRANS {why}; it was left out.", place)
            return
        self.entry.sum += value
        lines, entry = self.lines, self.entry
        lines.rows.append(number)
        lines.dates.append(_DAYS.read(day) or entry.day)
        lines.amounts.append(value)
        words = (account, self.accounts.get(account, ""), entry.series, entry.number, text or entry.text)
        for name, word in zip(_WORDS, (*words, self._department(objects)), strict=True):
            lines.words.setdefault(name, []).append(word)

    def _department(self, objects: str) -> str:
        """The name of the first object of a side: its cost centre as a rule."""
        words = _texts(objects)
        return (self.objects.get((words[0], words[1])) or words[1]) if len(words) > 1 else ""

    def close_entry(self) -> None:
        entry, self.entry = self.entry, None
        if entry and entry.sum:
            name = " ".join(filter(None, (entry.series, entry.number)))
            words = (
                f"Entry {name}: debit and credit differ by {abs(entry.sum):f}; lines may be missing. All of its lines "
                "were kept."
            )
            self._say("sie.balance", words, entry.place)

    def _say(self, rule: str, words: str, place: str) -> None:
        if len(self.problems) < _PROBLEMS:
            self.problems.append(Problem(rule, "warning", words, place))

    def ledger(self) -> Ledger:
        self.lines.currency = self.currency
        days = [day for day in self.lines.dates if day]
        return Ledger(
            book="general",
            syntax="sie",
            columns=_COLUMNS,
            lines=self.lines,
            currency=self.currency,
            holder=self.holder,
            holder_id=self.holder_id,
            period=self.period or (Period(min(days), max(days)) if days else None),
            problems=tuple(self.problems),
            reason="It is a SIE file with entries, which is a general ledger.",
        )


_WORDS = ("account", "account_name", "journal", "document", "description", "department")


@dataclass(frozen=True, slots=True)
class _Field:
    text: str
    is_list: bool = False


def _fields(text: str) -> list[_Field]:
    return list(_cut(text))


def _texts(text: str) -> list[str]:
    return [one.text for one in _cut(text) if not one.is_list]


def _cut(text: str) -> Iterator[_Field]:
    for found in _FIELD.finditer(text):
        quoted, listed, plain = found.groups()
        if listed is not None:
            yield _Field(listed, is_list=True)
        else:
            yield _Field(plain if quoted is None else quoted.replace('\\"', '"'))
