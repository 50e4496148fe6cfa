"""`ask classify`: is each line of a CSV file IT, and what for?

Columns are found by their headings (`COLUMNS`, in any order, any case); others are named on stderr and left alone.
Each line is answered in the order of the file: vendor, words and account decide. Where a line says nothing but whom
and how much, its amount and those of all payments to that vendor move the category, as clerks would book it; whether
it is IT they do not touch. The day changes nothing. Lines that say the same are worked out once. What cannot be used
gives `problems` and exit 1.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from pilothouse.cli.ask.read import content_of
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.spend.dealings import Dealings
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Account, Identity, Recognition
from pilothouse.engine.spend.vendors import KnownVendors, Vendor, identifier_of
from pilothouse.intake.papers import Problem
from pilothouse.intake.shapes import problems_json
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.text import DELIMITERS, TextRows, read_text
from pilothouse.intake.tables.values import AmountStyle, find_amount_style
from pilothouse.knowledge import spend_knowledge

COLUMNS = ("date", "vendor", "description", "account", "amount")
ALSO_CALLED = {"supplier": "vendor"}
TOLD_COLUMNS = 20
SAMPLE = 1000  # amounts that show how all of them are written
_NUMBER = re.compile(r"[A-Za-z]{2}[\d .]{7,}[A-Za-z0-9]*")
_CODED = re.compile(r"([\d.]*\d[\d.]*)\s*[-:–]?\s*(.*)", re.DOTALL)

Line = tuple[str, str, str]  # vendor, description, account
Paid = tuple[Line, str]  # with its amount as it is written


def answer(asked: Asked) -> Answer:
    file = asked.files[0]
    data, problem = content_of(file)
    if problem is not None:
        return _refused(file, problem)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")):
        return _refused(file, _NOT_TEXT)
    rows, problems = read_text(data, None)
    rows = _cut_by_headings(rows)
    heading = next(rows.with_empty_cells(), None)
    if heading is None:
        return _refused(file, _EMPTY)
    places, ignored = find_columns(heading.cells)
    if not {"vendor", "description", "account"} & places.keys():
        return _refused(file, _no_columns(heading.cells))
    messages = [f"{file}: {each.message} [{each.rule}]" for each in problems]
    if ignored:
        messages.append(f"{file}: columns not used: {_some(ignored)}")
    return Answer({}, tuple(messages), lines=answers_to(lambda: lines_of(rows, places)))


def find_columns(headings: Sequence[str]) -> tuple[dict[str, int], list[str]]:
    """Where each column stands, and the headings that are not used; of two for one column the first counts.

    >>> find_columns(["Supplier", "Amount", "Cost centre"])
    ({'vendor': 0, 'amount': 1}, ['Cost centre'])
    """
    places: dict[str, int] = {}
    ignored = []
    for place, heading in enumerate(headings):
        name = heading.strip().lower()
        name = ALSO_CALLED.get(name, name)
        if name in COLUMNS and name not in places:
            places[name] = place
        else:
            ignored.append(heading)
    return places, ignored


def lines_of(rows: TextRows, places: dict[str, int]) -> Iterator[Paid]:
    """Vendor, words, account and amount of each line below the headings; what a short line lacks is empty."""
    following = rows.with_empty_cells()
    next(following)
    vendor, description, account, amount = (
        places.get(name, -1) for name in ("vendor", "description", "account", "amount")
    )
    for row in following:
        yield (_cell(row, vendor), _cell(row, description), _cell(row, account)), _cell(row, amount)


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if 0 <= place < len(row.cells) else ""


def answers_to(lines: Callable[[], Iterable[Paid]]) -> Iterator[str]:
    """The answer to each line as JSON, with its number from 1. The lines are gone through twice: what a vendor is
    usually paid is known only after the last of them.
    """
    said: dict[tuple[Line, str], str] = {}
    recognise = recogniser(Payments.of(lines()))
    for number, (line, amount) in enumerate(lines(), start=1):
        each = line, "" if line[1] or line[2] else amount
        rest = said.get(each)
        if rest is None:
            rest = said[each] = json.dumps(recognise(*each), ensure_ascii=False)[1:]
        yield f'{{"row": {number}, {rest}'


@dataclass(frozen=True, slots=True)
class Payments:
    """How the amounts of a file are written, and what its payments to each vendor are like, by its cleaned name."""

    style: AmountStyle = field(default_factory=AmountStyle)
    dealings: Mapping[str, Dealings] = field(default_factory=dict)

    @classmethod
    def of(cls, lines: Iterable[Paid]) -> Payments:
        written: dict[str, list[str]] = defaultdict(list)
        for (vendor, _, _), amount in lines:
            if vendor and amount:
                written[clean_name(vendor)].append(amount)
        style = find_amount_style(islice((text for texts in written.values() for text in texts), SAMPLE))
        read = {key: [style.read(text) for text in texts] for key, texts in written.items()}
        amounts = {key: [amount for amount in each if amount is not None] for key, each in read.items()}
        return cls(style, {key: Dealings.of(each) for key, each in amounts.items() if each})


def recogniser(payments: Payments | None = None) -> Callable[..., dict[str, Any]]:
    """What answers one line with its amount, from all that is publicly known."""
    knowledge = spend_knowledge()
    known = KnownVendors(knowledge.vendors)
    asked, paid = Recogniser(knowledge), payments or Payments()
    towers = {purpose.key: purpose.tower for purpose in knowledge.purposes}

    def answer_one(line: Line, written: str = "") -> dict[str, Any]:
        name, words, account = line
        vendor = vendor_of(name, known)
        found, _ = asked.recognise(vendor, words, account_of(account))
        amount, dealings = paid.style.read(written), paid.dealings.get(clean_name(name))
        if amount is not None and dealings is not None and not words and not account:
            found = asked.as_booked(vendor, found, amount, dealings)
        return as_json(found, vendor, towers.get(found.purpose))

    return answer_one


def vendor_of(name: str, known: KnownVendors) -> Vendor:
    """The vendor of a name, which may also be its VAT number."""
    number = identifier_of(Identity(vat_id=name)) if _NUMBER.fullmatch(name) else ""
    found, by = known.find(number, name)
    return Vendor(number or f"name:{clean_name(name)}", name, "", found, by)


def account_of(text: str) -> Account:
    """An account's code and name, as they stand in one cell.

    >>> account_of("612300 Licences"), account_of("IT costs")
    (Account(chart='', code='612300', name='Licences'), Account(chart='', code='', name='IT costs'))
    """
    coded = _CODED.fullmatch(text)
    return Account("", coded[1], coded[2]) if coded else Account("", "", text)


def as_json(found: Recognition, vendor: Vendor, tower: str | None) -> dict[str, Any]:
    """An answer in the documented shape, without its row. Null is what is not known."""
    return {
        "is_it": found.is_it,
        "would_say": found.would_say,
        "confidence": found.confidence,
        "purpose": found.purpose or None,
        "function": found.function or None,
        "tower": tower,
        "category": found.category or None,
        "vendor": _called(found, vendor) or None,
        "because": [{"kind": reason.kind, "says": reason.says} for reason in found.because],
    }


def _called(found: Recognition, vendor: Vendor) -> str:
    """The public name; as written where the name only begins like that of a known vendor, and is another."""
    other = vendor.known_by == "start" and all(reason.kind != "vendor" for reason in found.because)
    return vendor.name if other or vendor.known is None else vendor.known.name


# --- what cannot be used ----------------------------------------------------------------------------------------

_NOT_TEXT = Problem(
    "classify.format",
    "error",
    "This is not a CSV file. Open it in the program it comes from and save it as CSV, with the headings "
    f"{', '.join(COLUMNS)}.",
)
_EMPTY = Problem(
    "classify.empty",
    "error",
    f"The file is empty. The first line must hold headings: {', '.join(COLUMNS)}, in any order.",
)


def _no_columns(headings: Sequence[str]) -> Problem:
    words = (
        f"None of the headings {_some(headings)} says who was paid or for what. Name at least one column vendor "
        "(or supplier), description or account in the first line."
    )
    return Problem("classify.headings", "error", words, "line 1")


def _some(headings: Sequence[str]) -> str:
    shown = [f"“{heading[:40]}”" for heading in headings[:TOLD_COLUMNS]]
    more = len(headings) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _refused(file: str, problem: Problem) -> Answer:
    told = {"file": file, **next(iter(problems_json([problem])))}
    return Answer({"problems": [told]}, (f"{file}: {problem.message} [{problem.rule}]",), answered=False)


def _cut_by_headings(rows: TextRows) -> TextRows:
    """The rows, cut by the delimiter that finds most columns; where none finds any, as the file looks."""
    if rows.form.delimiter_line:
        return rows

    def columns_with(delimiter: str) -> int:
        cut = replace(rows, form=replace(rows.form, delimiter=delimiter), limit=1)
        return len(find_columns(next(cut.with_empty_cells(), Row(1, ())).cells)[0])

    best = max((rows.form.delimiter, *DELIMITERS), key=columns_with)
    return replace(rows, form=replace(rows.form, delimiter=best))
