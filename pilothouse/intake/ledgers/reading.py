"""From the rows of a ledger to its lines, once the meaning of the columns is known.

How: each row gives a day and an amount, by the styles of their columns. What has both is a line. What lacks one is
looked at: the headers again, a total, a carry-forward, a note, a heading over a group, or a line with a fault, which
is kept and said. Rows with more cells than headers had their delimiter inside words; the words are put together where
days and amounts then stand in their columns.

Limits: days written once for a whole entry are carried down only where a fifth of the rows have none.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from pilothouse.intake.ledgers.columns import Guess
from pilothouse.intake.ledgers.figures import column_of, figure_columns, figure_of
from pilothouse.intake.ledgers.leftout import BEGINNINGS, Label, first_label, whole_label
from pilothouse.intake.ledgers.lines import WORDS, LedgerLines
from pilothouse.intake.ledgers.table import Table, looks_like_header
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.values import DateStyle

Cells = tuple[str, ...]

_REMEMBERED = 1 << 14
_SHARED = 1 << 16  # different words of a column that are kept once
_MOST_EXTRA = 20
_CARRIED_FROM = 0.2  # share of rows without a day from which days are written once for an entry
_EMPTIER = 0.7
_ACCOUNT_HEADING = re.compile(
    r"(?:(?:rekening|compte|account|konto|grootboek\w*|sachkonto)\s*:?\s*)?(\d{4,8})\b\s*[-:–]?\s*(\D.*)?",
    re.IGNORECASE,
)
_PARTY_HEADING = re.compile(
    r"(?:leverancier|crediteur|fournisseur|tiers|supplier|vendor|lieferant|kreditor)\s*:?\s+"
    r"(?:\d{2,10}\s*[-:–]?\s*)?(.+)",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Noted:
    """Rows noted for one reason: how many, where the first one is and what it says."""

    count: int = 0
    place: str = ""
    text: str = ""

    def add(self, row: Row, text: str = "") -> None:
        if not self.count:
            self.place, self.text = row.place, text or next(filter(None, row.cells), "")
        self.count += 1


@dataclass(slots=True)
class Totals:
    """The sum of the lines so far and since the last total; how often a total was neither."""

    amounts: Sequence[Decimal | None]  # of the lines so far
    wrong: Noted = field(default_factory=Noted)
    balances: bool = False
    _added: int = 0
    _whole: Decimal = Decimal(0)
    _since: Decimal = Decimal(0)

    def is_sum(self, amount: Decimal) -> bool:
        new = sum((one for one in self.amounts[self._added :] if one), Decimal(0))
        self._added = len(self.amounts)
        self._whole += new
        self._since += new
        return bool(amount) and amount in {self._whole, self._since}

    def close(self, row: Row, amount: Decimal) -> None:
        # After a balance nobody knows what a total is of.
        if not self.is_sum(amount) and amount and not self.balances:
            self.wrong.add(row)
        self._since = Decimal(0)


class LedgerReader:
    """Reads the rows of one table. `lines` are the lines, `noted` the rows of which something must be said.

    `as_it_is` for formats whose rows are all lines: nothing is taken for a total."""

    def __init__(
        self, table: Table, sheet: str | None, currency: str | None, *, as_it_is: bool = False
    ) -> None:
        guess = table.guess
        self.lines = LedgerLines(sheet, currency)
        self.noted: defaultdict[str, Noted] = defaultdict(Noted)
        self.totals = Totals(self.lines.amounts)
        self._table, self._guess, self._as_it_is = table, guess, as_it_is
        self._header = table.header.cells if table.header else ()
        self._width = len(guess.columns)
        style = guess.seen[guess.at["date"]].dates or DateStyle()
        self._day: Callable[[str], date | None] = lru_cache(_REMEMBERED)(style.read)
        self._amount, self._vat = figure_of(guess), column_of(guess, "vat")
        self._figure_positions = [guess.at[meaning] for meaning in figure_columns(guess)]
        self._labels = sorted({0, *(guess.at[one] for one in ("description", "party") if one in guess.at)})
        self._words = [(name, guess.at[name]) for name in WORDS if name in guess.at]
        self._carried = _carried_down(guess)
        self._entry = guess.at.get("entry", guess.at.get("document"))
        self._entries: list[str] = []
        self._last: Cells = ()
        self._heading: dict[str, str] = {}
        self._start_columns()

    def _start_columns(self) -> None:
        names = [name for name, _ in self._words]
        named = [name for name in ("account", "account_name", "party") if name not in names]
        self._headed = [name for name in named if not (name == "account_name" and "account" in names)]
        self.lines.words = {name: [] for name in [*names, *self._headed]}
        self.lines.vat = [] if self._vat else None
        self._stores: list[tuple[Callable[[str], None], dict[str, str], int]] = [
            (self.lines.words[name].append, {}, position) for name, position in self._words
        ]

    def read(self, rows: Iterable[Row]) -> None:
        """Read the rows below the headers, to the end of the table."""
        position = self._guess.at["date"]
        read_day, read_amount, width = self._day, self._amount, self._width
        blank = ("",) * width
        before = 0
        for row in rows:
            cells = row.cells
            if len(cells) < width:
                cells += blank[len(cells) :]
            elif len(cells) > width:
                cells = self._narrow(row)
            day, amount = read_day(cells[position]), read_amount(cells)
            if day is None or amount is None or self._labelled(cells):
                if row.number > before + 1 and self._is_other_table(row, day, amount):
                    self.noted["other_table"].add(row)
                    break
                kept = self._look_closer(row, cells, day, amount)
                if kept:
                    self._keep(row.number, *kept, amount)
            else:
                self._keep(row.number, cells, day, amount)
            before = row.number
        self._close_columns()

    def _keep(self, number: int, cells: Cells, day: date | None, amount: Decimal | None) -> None:
        lines = self.lines
        lines.rows.append(number)
        lines.dates.append(day)
        lines.amounts.append(amount)
        if self._vat and lines.vat is not None:
            lines.vat.append(self._vat(cells))
        for store, shared, position in self._stores:
            text = cells[position]
            known = shared.get(text)
            if known is None:
                known = text
                if len(shared) < _SHARED:
                    shared[text] = text
            store(known)
        for name in self._headed:
            lines.words[name].append(self._heading.get(name, ""))
        if self._entry is not None:
            self._entries.append(cells[self._entry])
        self._last = cells

    def name_parties(self) -> None:
        """Give every line of an entry the party that stands on one of its lines: that of the supplier's account."""
        parties, entries = self.lines.words.get("party"), self._entries
        if not parties or not entries:
            return
        begin = 0
        for end in range(1, len(entries) + 1):
            if end < len(entries) and entries[end] == entries[begin]:
                continue
            named = {party for party in parties[begin:end] if party}
            if len(named) == 1:
                parties[begin:end] = [*named] * (end - begin)
            begin = end

    def _close_columns(self) -> None:
        for name in self._headed:
            if not any(self.lines.words[name]):
                del self.lines.words[name]

    # --- rows that are not plainly a line

    def _labelled(self, cells: Cells) -> bool:
        for position in self._labels:
            if cells[position][:3].casefold() in BEGINNINGS and whole_label(cells[position]):
                return not self._as_it_is
        return False

    def _is_other_table(self, row: Row, day: date | None, amount: Decimal | None) -> bool:
        return day is None and amount is None and not self._is_header(row.cells) and looks_like_header(row)

    def _is_header(self, cells: Cells) -> bool:
        names = [name.casefold() for name in self._header if name]
        again = sum(
            cell.casefold() == name.casefold()
            for cell, name in zip(cells, self._header, strict=False)
            if name
        )
        return bool(names) and again * 10 >= len(names) * 6

    def _look_closer(
        self, row: Row, cells: Cells, day: date | None, amount: Decimal | None
    ) -> tuple[Cells, date | None] | None:
        """The cells and day of a line after all, or None for what is no line."""
        if amount is None:
            return self._without_amount(row, cells, day)
        label = self._label(cells, day)
        if label and not self._as_it_is:
            self._leave_out(row, label, amount)
            return None
        if day is None:
            return self._without_day(row, cells, amount)
        return cells, day

    def _without_amount(self, row: Row, cells: Cells, day: date | None) -> tuple[Cells, date | None] | None:
        if self._is_header(row.cells):
            self.noted["header"].add(row)
            return None
        unread = next((cells[at] for at in self._figure_positions if cells[at]), "")
        if day is not None and unread:
            self.noted["amount"].add(row, unread)
            return cells, day
        if day is not None:
            self.noted["no_amount"].add(row)
        elif not self._is_heading(cells):
            self.noted["words"].add(row)
        return None

    def _without_day(self, row: Row, cells: Cells, amount: Decimal) -> tuple[Cells, date | None] | None:
        words = any(map(str.isalpha, "".join(cells)))
        if not words and not self._as_it_is and self.totals.is_sum(amount):
            self._leave_out(row, Label("total", sure=True), amount)
            return None
        written = cells[self._guess.at["date"]]
        if not written and self._carried and self._last:
            filled = [
                self._last[at] if at in self._carried and not cell else cell for at, cell in enumerate(cells)
            ]
            return tuple(filled), self._day(self._last[self._guess.at["date"]])
        self.noted["date" if written else "no_date"].add(row, written)
        return cells, None

    def _label(self, cells: Cells, day: date | None) -> Label | None:
        """The word that says that a row with an amount is no line."""
        emptier = sum(map(bool, cells)) < self._table.usual * (1 if day else _EMPTIER)
        read, those = whole_label, [cells[position] for position in self._labels]
        if day is None and emptier:
            read, those = first_label, list(cells)
        labels = map(read, those)
        return next((label for label in labels if label and (label.sure or emptier)), None)

    def _leave_out(self, row: Row, label: Label, amount: Decimal) -> None:
        text = next((cell for cell in row.cells if first_label(cell)), "")
        self.noted[label.kind].add(row, text)
        if label.kind == "total":
            self.totals.close(row, amount)
        else:
            self.totals.balances = True

    def _is_heading(self, cells: Cells) -> bool:
        """A row over a group of lines: an account, or a supplier, that the lines below do not repeat."""
        filled = [cell for cell in cells if cell]
        if not self._headed or len(filled) > 3:
            return False
        text = " ".join(filled)
        account = _ACCOUNT_HEADING.fullmatch(text) if "account" in self._headed else None
        party = _PARTY_HEADING.fullmatch(text) if "party" in self._headed else None
        if account:
            self._heading.update(account=account[1], account_name=(account[2] or "").strip())
        if party:
            self._heading["party"] = party[1].strip()
        return bool(account or party)

    def _narrow(self, row: Row) -> Cells:
        """A row with more cells than headers, made as wide as they are."""
        cells, width = row.cells, self._width
        while len(cells) > width and not cells[-1]:
            cells = cells[:-1]
        extra = len(cells) - width
        if extra <= 0:
            return cells
        cut = cells[:width]
        if extra <= _MOST_EXTRA and not self._is_line(cut):
            for position in self._places_for_words():
                end = position + extra + 1
                joined = (*cells[:position], ", ".join(cells[position:end]), *cells[end:])
                if self._is_line(joined):
                    self.noted["joined"].add(row, joined[position])
                    return joined
        self.noted["wider"].add(row)
        return cut

    def _is_line(self, cells: Cells) -> bool:
        return self._day(cells[self._guess.at["date"]]) is not None and self._amount(cells) is not None

    def _places_for_words(self) -> Sequence[int]:
        likely = [
            self._guess.at[name]
            for name in ("party", "description", "account_name", "department")
            if name in self._guess.at
        ]
        return [
            *likely,
            *(at for at, seen in enumerate(self._guess.seen) if seen.shows_words and at not in likely),
        ]


def _carried_down(guess: Guess) -> frozenset[int]:
    """The columns written once for an entry, blank in its other rows; none where each row has its day."""
    seen = guess.seen[guess.at["date"]]
    if not _CARRIED_FROM <= seen.blank < 1:
        return frozenset()
    often = [
        at for at, other in enumerate(guess.seen) if abs(other.blank - seen.blank) < 0.02 and other.cells
    ]
    figures = {guess.at[meaning] for meaning in figure_columns(guess)}
    # A day alone that is missing here and there is missing; together with others it was written once.
    return frozenset(often) - figures if len(often) > 1 else frozenset()
