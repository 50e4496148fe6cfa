"""`ask classify`: is each line of a CSV file IT, and what for?

Columns are found by their headings (`COLUMNS`, in any order, any case); others are named on stderr and left alone.
Each line is answered by itself, in the order of the file: vendor, words and account decide; day and amount are taken
and change nothing. Lines that say the same are worked out once. What cannot be used gives `problems` and exit 1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from pilothouse.cli.ask.read import content_of
from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Account, Identity, Recognition
from pilothouse.engine.spend.vendors import KnownVendors, Vendor, identifier_of
from pilothouse.intake.papers import Problem
from pilothouse.intake.shapes import problems_json
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.text import DELIMITERS, TextRows, read_text
from pilothouse.knowledge import spend_knowledge

COLUMNS = ("date", "vendor", "description", "account", "amount")
ALSO_CALLED = {"supplier": "vendor"}
TOLD_COLUMNS = 20
_NUMBER = re.compile(r"[A-Za-z]{2}[\d .]{7,}[A-Za-z0-9]*")
_CODED = re.compile(r"([\d.]*\d[\d.]*)\s*[-:–]?\s*(.*)", re.DOTALL)

Line = tuple[str, str, str]  # vendor, description, account


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
    return Answer({}, tuple(messages), lines=answers_to(lines_of(rows, places)))


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


def lines_of(rows: TextRows, places: dict[str, int]) -> Iterator[Line]:
    """Vendor, words and account of each line below the headings; what a short line lacks is empty."""
    following = rows.with_empty_cells()
    next(following)
    vendor, description, account = (places.get(name, -1) for name in ("vendor", "description", "account"))
    for row in following:
        yield _cell(row, vendor), _cell(row, description), _cell(row, account)


def _cell(row: Row, place: int) -> str:
    return row.cells[place] if 0 <= place < len(row.cells) else ""


def answers_to(lines: Iterable[Line]) -> Iterator[str]:
    """The answer to each line as JSON, with its number from 1."""
    said: dict[Line, str] = {}
    recognise = recogniser()
    for number, line in enumerate(lines, start=1):
        rest = said.get(line)
        if rest is None:
            rest = said[line] = json.dumps(recognise(line), ensure_ascii=False)[1:]
        yield f'{{"row": {number}, {rest}'


def recogniser() -> Callable[[Line], dict[str, Any]]:
    """What answers one line, from all that is publicly known."""
    knowledge = spend_knowledge()
    known = KnownVendors(knowledge.vendors)
    recognise = Recogniser(knowledge).recognise
    towers = {purpose.key: purpose.tower for purpose in knowledge.purposes}

    def answer_one(line: Line) -> dict[str, Any]:
        name, words, account = line
        vendor = vendor_of(name, known)
        found, _ = recognise(vendor, words, account_of(account))
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
