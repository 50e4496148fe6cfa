"""The rows of a list as entries: standard fields in a standard form, the rest under its own heading.

Days become ISO 8601, yes/no in any of our languages "yes" or "no", numbers plain decimals, several products of one
person parted by "; ". What cannot be read so stays as it is written: it is somebody's word, not ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from pilothouse.intake.headings import plain
from pilothouse.intake.listings.columns import OWN_HEADING, PASSWORD, TAKEN_ON, Understood
from pilothouse.intake.listings.fields import FIELDS
from pilothouse.intake.papers import Problem
from pilothouse.intake.shapes import decimal_text
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.values import DateStyle, find_amount_style, find_date_style

MOST_CELLS = 2_000_000
NEVER = "never"
LAST_ACTIVE = "last_active"
_LOOKED_AT = 2_000

_YES = re.compile(
    r"yes|true|1|y|on|enabled|active|enrolled|registered|compliant|encrypted|capable|enforced|success|ja|waar|oui|vrai"
    r"|wahr|actief|actif|aktiv|ingeschakeld|active user"
)
_NO = re.compile(
    r"no|false|0|n|off|disabled|inactive|none|suspended|blocked|archived|deactivated|deleted|nee|onwaar|non|faux|nein"
    r"|falsch|inactief|inactif|inaktiv|uitgeschakeld|noncompliant|unencrypted|in grace period"
    r"|not (?:compliant|enrolled|registered|encrypted|enabled|capable)"
)
_NEVER = re.compile(r"never\b|nooit\b|jamais\b|niemals\b|nie\b")
_NO_DAY = re.compile(r"(?:0001|1601|1900)-01-01")
_TOTAL = re.compile(r"(?:grand )?totals?$|totaal$|totaux$|gesamt$|sum$")
_UNLICENSED = frozenset({"unlicensed", "none", "geen", "aucune", "aucun", "no license", "no licenses"})


@dataclass(slots=True)
class Entries:
    """The entries so far. `take` says whether there is room for more."""

    understood: Understood
    sample: Iterable[Row]
    entries: list[Mapping[str, str]] = field(default_factory=list)
    cells: int = 0
    full_at: Row | None = None
    _readers: tuple[tuple[int, str, Callable[[str], str]], ...] = ()
    _several_activities: bool = False

    def __post_init__(self) -> None:
        rows = list(islice(self.sample, _LOOKED_AT))
        self._readers = tuple(self._readers_of(rows))
        self._several_activities = self.understood.meanings.count(LAST_ACTIVE) > 1

    def _readers_of(self, rows: list[Row]) -> Iterator[tuple[int, str, Callable[[str], str]]]:
        fields = FIELDS[self.understood.kind]
        names = _names(self.understood)
        for at, column in enumerate(self.understood.columns):
            if column.meaning in {PASSWORD, TAKEN_ON} or not names[at]:
                continue
            known = fields.get(column.meaning)
            texts = [row.cells[at] for row in rows if at < len(row.cells)]
            yield at, names[at], _reader(known.form if known else "text", texts)

    def take(self, row: Row) -> bool:
        """Add the entry of a row; False when the list is too long to be held."""
        entry: dict[str, str] = {}
        for at, name, read in self._readers:
            text = row.cells[at] if at < len(row.cells) else ""
            value = read(text) if text else ""
            if value:
                entry[name] = _later(entry.get(name), value)
                if name == LAST_ACTIVE and self._several_activities:
                    entry[self.understood.columns[at].header] = value
        self.cells += len(entry)
        if self.cells > MOST_CELLS:
            self.full_at = row
            return False
        if entry and not _TOTAL.match(plain(row.cells[0])):
            self.entries.append(_completed(entry))
        return True

    def problems(self, headings: Row) -> list[Problem]:
        if self.full_at:
            words = (
                f"The list is too long to be kept: what stands from here on is missing. Export it in parts "
                f"({len(self.entries)} entries were read)."
            )
            return [Problem("listing.too_long", "error", words, self.full_at.place)]
        if not self.entries:
            words = "The file has the headings of a list and no entry below them. Export it again without a filter."
            return [Problem("listing.empty", "warning", words, headings.place)]
        return []


def _names(understood: Understood) -> list[str]:
    """The field or heading under which each column's values go; the same heading twice gets a number."""
    names: list[str] = []
    for column in understood.columns:
        name = column.meaning if column.meaning != OWN_HEADING else column.header
        if name in names and name != LAST_ACTIVE:
            name = f"{name} ({names.count(name) + 1})" if name else ""
        names.append(name)
    return names


def _reader(form: str, texts: list[str]) -> Callable[[str], str]:
    if form == "yes":
        return read_yes
    if form == "list":
        return read_several
    if form == "day":
        return _day_reader(texts)
    return _number_reader(texts) if form == "number" else str


def _day_reader(texts: list[str]) -> Callable[[str], str]:
    days = [text for text in texts if text and not _NEVER.match(plain(text))]
    style = find_date_style(days) or DateStyle()

    def read(text: str) -> str:
        if _NEVER.match(plain(text)):
            return NEVER
        if _NO_DAY.match(text):
            return ""
        day = style.read(text)
        return day.isoformat() if day else text

    return read


def _number_reader(texts: list[str]) -> Callable[[str], str]:
    style = find_amount_style(texts)

    def read(text: str) -> str:
        return decimal_text(style.read(text)) or text

    return read


def read_yes(text: str) -> str:
    """Yes or no in English, Dutch, French or German; anything else as it stands.

    >>> read_yes("TRUE"), read_yes("Suspended"), read_yes("Not enrolled"), read_yes("unknown")
    ('yes', 'no', 'no', 'unknown')
    """
    word = plain(text)
    if _YES.fullmatch(word):
        return "yes"
    return "no" if _NO.fullmatch(word) else text


def read_several(text: str) -> str:
    """Several values parted by "; ".

    >>> read_several("MICROSOFT 365 E3+VISIO PLAN 2"), read_several("Unlicensed")
    ('MICROSOFT 365 E3; VISIO PLAN 2', '')
    """
    sign = next((sign for sign in ("+", ";", "|", ",") if sign in text), ";")
    parts = [part.strip(" []\"'") for part in text.split(sign)]
    return "; ".join(part for part in parts if part and part.lower() not in _UNLICENSED)


def _later(before: str | None, now: str) -> str:
    """Of two days of activity the later; "never" is before any day."""
    if before is None or before == NEVER:
        return now
    return before if now == NEVER else max(before, now)


def _completed(entry: dict[str, str]) -> dict[str, str]:
    """What follows from other fields: the name from its parts, the account from the mail, enabled from blocked."""
    if "name" not in entry and ("first_name" in entry or "last_name" in entry):
        entry["name"] = f"{entry.get('first_name', '')} {entry.get('last_name', '')}".strip()
    if "mail" in entry:
        entry.setdefault("account", entry["mail"])
    if entry.get("blocked") in {"yes", "no"}:
        entry.setdefault("enabled", "no" if entry["blocked"] == "yes" else "yes")
    return entry
