"""What does each column mean, and why do we think so?

How: a header says a meaning (`headers`), and the cells must be of its kind: dates, amounts, codes, words. Where the
header says nothing, the cells may: the only column of amounts, of dates, of IBANs, of VAT numbers. Each meaning is
given once, the surest first; what a person said comes before all. Every column has its reason in plain words.

Limits: judged on the first `SAMPLE` cells of a column that are not blank.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Literal

from pilothouse.intake.ledgers.headers import Said, match_headers, what_header_says
from pilothouse.intake.ledgers.meanings import MEANINGS
from pilothouse.intake.papers import Column
from pilothouse.intake.tables.values import (
    CURRENCY_CODES,
    AmountStyle,
    DateStyle,
    find_amount_style,
    find_date_style,
)

SAMPLE = 400
FIGURES = ("debit", "credit", "net", "amount", "gross")  # where an amount can stand
AMOUNTS = frozenset({*FIGURES, "vat"})
_NAMES = frozenset({"party", "account_name", "department", "holder", "description"})
SIDES: Mapping[str, Literal["debit", "credit"]] = {
    **dict.fromkeys(("d", "dr", "debit", "debet", "s", "soll", "+"), "debit"),
    **dict.fromkeys(("c", "cr", "credit", "k", "h", "haben", "kredit", "-"), "credit"),
}
_CAPITAL_OR_REVENUE = frozenset({"capital", "revenue", "cap", "rev", "capex", "opex", "c", "r"})
_MOST, _HALF = 0.8, 0.5
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9./_-]{2,16}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_VAT_NUMBER = re.compile(r"[A-Z]{2}[A-Z0-9+*]{6,13}|0?\d{9,10}")
_BETWEEN = re.compile(r"[\s.\-/]+")


@dataclass(frozen=True)
class Seen:
    """What the cells of a column look like."""

    cells: Sequence[str]  # the first ones that are not blank
    blank: float  # share of blank cells

    @cached_property
    def dates(self) -> DateStyle | None:
        """How the dates are written, if it is a column of dates."""
        return find_date_style(self.cells) if any(map(_has_digit, self.cells)) else None

    @cached_property
    def shows_dates(self) -> bool:
        """Dates that cannot be taken for plain numbers."""
        return (
            self.dates is not None
            and not self.dates.months
            and self._share(lambda cell: not cell.isdigit()) > 0.5
        )

    @cached_property
    def amounts(self) -> AmountStyle:
        return find_amount_style(self.cells)

    @cached_property
    def share_of_amounts(self) -> float:
        return self._share(lambda cell: self.amounts.read(cell) is not None)

    @cached_property
    def shows_cents(self) -> bool:
        """Amounts that cannot be taken for codes: with decimals or a currency."""
        return self.share_of_amounts >= _MOST and self._share(_has_cents) >= 0.1

    @cached_property
    def shows_rates(self) -> bool:
        """A few small numbers again and again, as VAT rates."""
        numbers = {self.amounts.read(cell.rstrip("% ")) for cell in self.cells}
        few = len(self.cells) > 2 * len(numbers) and len(numbers) <= 8
        return few and all(number is not None and 0 <= number <= 30 for number in numbers)

    @cached_property
    def shows_words(self) -> bool:
        return self._share(lambda cell: bool(_LETTERS.search(cell))) >= _HALF and not self.shows_ibans

    @cached_property
    def shows_capital_or_revenue(self) -> bool:
        """The mark of public books whether a cost is an investment: no kind of cost."""
        return {cell.casefold() for cell in self.cells} <= _CAPITAL_OR_REVENUE

    @cached_property
    def shows_codes(self) -> bool:
        return self._share(lambda cell: bool(_CODE.fullmatch(cell))) >= 0.6

    @cached_property
    def shows_sides(self) -> bool:
        return bool(self.cells) and all(cell.casefold().rstrip(".") in SIDES for cell in self.cells)

    @cached_property
    def shows_currencies(self) -> bool:
        return self._share(lambda cell: cell.upper() in CURRENCY_CODES) >= _MOST

    @cached_property
    def shows_ibans(self) -> bool:
        from stdnum import iban

        return (
            self._share(
                lambda cell: _valid(_IBAN, cell, lambda text: iban.is_valid(text, check_country=False))
            )
            >= 0.6
        )

    @cached_property
    def shows_vat_numbers(self) -> bool:
        from stdnum.be import vat as belgian
        from stdnum.eu import vat as european

        def is_number(text: str) -> bool:
            return bool(european.is_valid(text) or belgian.is_valid(text))

        return self._share(lambda cell: _valid(_VAT_NUMBER, cell, is_number)) >= 0.6

    @cached_property
    def variety(self) -> float:
        """The share of different cells."""
        return len(set(self.cells)) / (len(self.cells) or 1)

    def _share(self, holds: Callable[[str], bool]) -> float:
        return sum(map(holds, self.cells)) / (len(self.cells) or 1)


def _has_digit(cell: str) -> bool:
    return any(map(str.isdigit, cell))


def _has_cents(cell: str) -> bool:
    return any(sign in cell for sign in ".,€£$") and not cell.isalnum()


def _valid(form: re.Pattern[str], cell: str, is_valid: Callable[[str], bool]) -> bool:
    """Only what has the form is given to the check, which is slow."""
    bare = _BETWEEN.sub("", cell).upper()
    return bool(form.fullmatch(bare)) and bool(is_valid(bare))


@dataclass(frozen=True, slots=True)
class Guess:
    """The columns with their meanings and reasons; `at` says where each meaning stands."""

    columns: tuple[Column, ...]
    at: Mapping[str, int]
    seen: Sequence[Seen]

    @property
    def figures(self) -> tuple[str, ...]:
        """The meanings with amounts that were found, the better first."""
        return tuple(figure for figure in FIGURES if figure in self.at)

    @property
    def is_whole(self) -> bool:
        """Whether a ledger can be read: there are days and amounts."""
        return "date" in self.at and bool(self.figures)


def guess_columns(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    told: Mapping[str, str],
    by: Literal["person", "format"] = "person",
    block: range | None = None,
) -> Guess:
    """`told` is what a person or a format says about headers; the other columns are guessed.

    Of tables side by side only the columns of `block` are looked at."""
    block = block or range(len(headers))
    seen = [_see(rows, position) if position in block else Seen((), 1) for position in range(len(headers))]
    columns: dict[int, Column] = {}
    at: dict[str, int] = {}
    for position, name in match_headers(headers, told).items():
        meaning = told[name]
        columns[position] = Column(headers[position], meaning, _TOLD[by], by)
        if meaning:
            at.setdefault(meaning, position)
    _give(_by_headers(headers, seen, columns), headers, columns, at)
    _give(_by_values(headers, seen, columns, at), headers, columns, at)
    _settle_between(headers, columns, at)
    for position, header in enumerate(headers):
        columns.setdefault(position, Column(header, "", _why_not_used(header, seen[position])))
    return Guess(tuple(columns[position] for position in range(len(headers))), at, seen)


_TOLD = {"person": "You said so.", "format": "The format says so."}


def _see(rows: Sequence[Sequence[str]], position: int) -> Seen:
    cells = [row[position] for row in rows if position < len(row)]
    filled = list(islice(filter(None, cells), SAMPLE))
    return Seen(filled, 1 - sum(map(bool, cells)) / (len(cells) or 1))


@dataclass(frozen=True, slots=True)
class _Proposal:
    position: int
    meaning: str
    surely: float
    reason: str


def _give(
    proposals: Sequence[_Proposal], headers: Sequence[str], columns: dict[int, Column], at: dict[str, int]
) -> None:
    """Each column gets one meaning and each meaning one column, the surest first."""
    for proposal in sorted(proposals, key=lambda one: -one.surely):
        header = headers[proposal.position]
        if proposal.meaning in at:
            taken = headers[at[proposal.meaning]] or f"column {at[proposal.meaning] + 1}"
            why = f"It could be “{MEANINGS[proposal.meaning]}” as well; “{taken}” was taken."
            columns[proposal.position] = Column(header, "", why)
            continue
        at[proposal.meaning] = proposal.position
        columns[proposal.position] = Column(header, proposal.meaning, proposal.reason)


def _settle_between(headers: Sequence[str], columns: dict[int, Column], at: dict[str, int]) -> None:
    """What a column means beside the others: a total beside net and VAT, a second text beside an account."""
    if {"net", "vat", "amount"} <= at.keys() and "gross" not in at and columns[at["amount"]].by == "guess":
        position = at["gross"] = at.pop("amount")
        reason = "Beside an amount without VAT and the VAT, it is the one with VAT."
        columns[position] = Column(headers[position], "gross", reason)
    if "account" in at and "account_name" not in at:
        after = at["account"] + 1
        said = what_header_says(headers[after]) if after < len(headers) else None
        if said and said.meaning == "description" and columns[after].meaning == "":
            at["account_name"] = after
            columns[after] = Column(headers[after], "account_name", "It stands beside the account number.")


# --- what headers say, where the cells agree


def _by_headers(
    headers: Sequence[str], seen: Sequence[Seen], columns: Mapping[int, Column]
) -> list[_Proposal]:
    proposals = []
    for position, header in enumerate(headers):
        said = what_header_says(header) if header and position not in columns else None
        meaning = _settle(said.meaning, seen[position]) if said else None
        if said and meaning:
            # A column half empty is the lesser choice between two with the same meaning.
            blank = seen[position].blank
            surely = said.surely - blank * 0.02 - (0.3 if blank > _HALF else 0)
            proposals.append(_Proposal(position, meaning, surely, _reason(said, meaning)))
    return proposals


# A meaning that the cells contradict gives way to one that people write under the same header.
_OTHERWISE = {
    "account": ("account_name",),
    "account_name": ("account",),
    "vat": ("party_id",),
    "debit": ("side",),
    "credit": ("side",),
    "iban": ("account",),
    "document": ("date",),
}


def _settle(meaning: str, seen: Seen) -> str | None:
    tried = (meaning, *_OTHERWISE.get(meaning, ()))
    return next((one for one in tried if one and _fits(one, seen)), None)


def _fits(meaning: str, seen: Seen) -> bool:
    if not seen.cells:
        return meaning in {"debit", "credit", "vat"}
    if meaning == "vat" and seen.shows_rates:
        return False
    if meaning in AMOUNTS:
        return seen.share_of_amounts >= _HALF and not seen.shows_dates
    if meaning in _NAMES:
        return seen.shows_words and not seen.shows_capital_or_revenue
    kinds: Mapping[str, Callable[[], bool]] = {
        "date": lambda: seen.dates is not None,
        "document": lambda: not seen.shows_dates,
        "side": lambda: seen.shows_sides,
        "currency": lambda: seen.shows_currencies,
        "iban": lambda: seen.shows_ibans,
        "account": lambda: seen.shows_codes,
        "party_id": lambda: any(map(_has_digit, seen.cells)),
    }
    return kinds.get(meaning, lambda: True)()


def _reason(said: Said, meaning: str) -> str:
    if said.meaning != meaning:
        return f"The header says “{said.word}”, its cells say it is the {MEANINGS[meaning]}."
    if said.surely > 0.9:
        return f"The header says “{said.word}” and the cells agree."
    return f"The header is near to “{said.word}” and the cells agree."


# --- what cells say, where the header says nothing we know


def _by_values(
    headers: Sequence[str], seen: Sequence[Seen], columns: Mapping[int, Column], at: Mapping[str, int]
) -> list[_Proposal]:
    left = [
        position
        for position, header in enumerate(headers)
        if position not in columns and seen[position].cells and not _known_and_not_used(header)
    ]
    proposals = []
    for meaning, kind, shows in _SHOWN:
        # Of several columns of amounts nobody can say which is the one.
        those = [position for position in left if meaning not in at and shows(seen[position])]
        if those and (
            meaning != "amount" or (len(those) == 1 and not any(figure in at for figure in FIGURES))
        ):
            reason = f"The header does not tell, but its cells are {kind}."
            proposals.append(_Proposal(those[0], meaning, 0.5, reason))
            left.remove(those[0])
    names = [position for position in left if seen[position].shows_words and seen[position].variety > 0.1]
    if names and "party" not in at:
        best = max(names, key=lambda position: seen[position].variety)
        reason = "The header does not tell; of the columns of words it has the most different ones."
        proposals.append(_Proposal(best, "party", 0.4, reason))
    return proposals


_SHOWN: tuple[tuple[str, str, Callable[[Seen], bool]], ...] = (
    ("date", "days", lambda seen: seen.shows_dates),
    ("iban", "bank accounts (IBAN)", lambda seen: seen.shows_ibans),
    ("party_id", "VAT or enterprise numbers", lambda seen: seen.shows_vat_numbers),
    ("currency", "currencies", lambda seen: seen.shows_currencies),
    ("amount", "amounts, the only ones", lambda seen: seen.shows_cents and not seen.shows_dates),
)


def _known_and_not_used(header: str) -> bool:
    said = what_header_says(header)
    return said is not None and said.meaning == ""


def _why_not_used(header: str, seen: Seen) -> str:
    if not seen.cells:
        return "Its cells are blank."
    said = what_header_says(header)
    if said is None:
        return "Neither the header nor the cells say anything we know."
    if said.meaning:
        return f"The header says “{said.word}”, but the cells are nothing of the kind."
    return f"“{said.word}” is of no use here."
