"""What do the tables of service levels say? Rows written with bars, each under the head of its table.

"| Priority | Response time |" over "| P1 | 30 min |": the head names the term of a column, the row gives the value.
Only tables with bars between their cells, as Markdown has them and as tables of papers are handed on; columns that are
parted by spaces alone are left to the reader. How long an object lasts ("durability") is no availability.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.pattern import plain
from pilothouse.engine.contracts.reading.times_of_service import RESOLUTION, RESPONSE
from pilothouse.engine.contracts.reading.values_fr_nl import find_lengths, find_shares

_ROW = re.compile(r"^[ \t>]*\|[^\n]*\|[ \t]*$", re.MULTILINE)
_RULE = re.compile(r"[\s|:>-]*")
_MOST_CELLS = 20
_COLUMNS = (
    (
        RESPONSE,
        re.compile(
            r"\bgti\b|d'intervention|de réponse|prise en charge|respons|reactietijd|interventietijd"
            r"|first answer"
        ),
    ),
    (
        RESOLUTION,
        re.compile(
            r"\bgtr\b|de résolution|de rétablissement|oplostijd|hersteltijd|resolution|restor|time to fix"
        ),
    ),
    ("service_credits", re.compile(r"crédit|\bavoir\b|pénalité|krediet|credit|boete")),
    ("availability", re.compile(r"disponibilité|beschikbaarheid|availability|uptime")),
)
_NO_AVAILABILITY = re.compile(r"durabilit|duurzaamheid")
_MEASURED = re.compile(r"constaté|vastgesteld|actual|réel|gemeten|gehaald|achieved|measured")


@dataclass(frozen=True, slots=True)
class RowTerm:
    """A term that one row of a table gives, with the place of the row."""

    term: str
    value: str
    start: int
    end: int


def find_rows(text: str, language: str) -> Iterator[RowTerm]:
    """The terms that rows of tables give: times, shares of availability, credits.

    >>> table = "| Priority | Response time |\\n|---|---|\\n| P1 | 30 min |"
    >>> [(row.term, row.value) for row in find_rows(table, "en")]
    [('response_time', 'PT30M')]
    """
    head: list[str] = []
    last = -2  # no row yet
    for row in _ROW.finditer(text):
        if row.start() != last + 1:
            head = _cells(row.group())
        elif not _RULE.fullmatch(row.group()):
            yield from _read(head, row, language)
        last = row.end()


def _cells(row: str) -> list[str]:
    return [plain(cell) for cell in row.strip(" \t>").strip("|").split("|")[:_MOST_CELLS]]


def _read(head: list[str], row: re.Match[str], language: str) -> Iterator[RowTerm]:
    if _NO_AVAILABILITY.search(plain(row.group())):
        return
    seen = set()
    start = row.start() + len(row.group()) - len(row.group().lstrip(" \t>"))
    for name, cell in reversed(list(zip(head, _cells(row.group()), strict=False))):
        term = next((term for term, says in _COLUMNS if says.search(name)), None)
        value = _value(term, cell, language) if term and not _MEASURED.search(name) else None
        if term and value and term not in seen:
            seen.add(term)
            yield RowTerm(term, value, start, row.end())


def _value(term: str, cell: str, language: str) -> str | None:
    if term in (RESPONSE, RESOLUTION):
        return next((said.value for said in find_lengths(cell, language)), None)
    share = next((said.value for said in find_shares(cell, language)), None)
    if share is None or term == "service_credits":
        return share
    return share if 0.9 <= float(share) <= 1 else None
