"""Workbooks (XLSX, ODS): rows of text as a person would see them.

How: python-calamine reads what `guards` let through; formulas are what they last gave. Dates are ISO 8601, numbers
plain decimals with at most 15 digits (what a spreadsheet keeps), without the noise of binary fractions. Text and
dates in cells merged downwards hold for each of their rows; amounts do not, or they would be counted twice.

Limits: the shown format of a number (currency, colour) is not read; charts, macros and comments are left out.
"""

from __future__ import annotations

import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, Any

from pilothouse.intake.papers import Problem
from pilothouse.intake.tables.guards import why_not_open
from pilothouse.intake.tables.rows import Row, Sheet, Syntax

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

OPEN_DOCUMENT = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_DIGITS = 15


def looks_like_workbook(head: bytes) -> bool:
    """A ZIP archive that starts like XLSX or ODS."""
    return head.startswith(b"PK\x03\x04") and (b"xl/" in head or OPEN_DOCUMENT in head)


def read_workbook(data: bytes, limit: int | None) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """Each sheet with its rows; none and the reason where the workbook cannot be opened."""
    reason = why_not_open(data)
    if reason:
        return (), (reason,)
    syntax: Syntax = "ods" if OPEN_DOCUMENT in data[:1024] else "xlsx"
    try:
        sheets = tuple(_sheets(data, syntax, limit))
    except BaseException as error:
        # The library's own errors, and what its Rust code did not expect, which Python sees as BaseException.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            return (), (_unreadable(error),)
        raise
    return sheets, () if sheets else (_NO_SHEETS,)


_NO_SHEETS = Problem(
    "table.no_sheets",
    "error",
    "The workbook holds no sheet with cells. Export it again, or give the right one.",
)


def _unreadable(error: BaseException) -> Problem:
    from python_calamine import PasswordError

    if isinstance(error, PasswordError):
        words = "The workbook is locked with a password. Save it without one, and give that."
        return Problem("table.locked", "error", words)
    words = (
        "The workbook is damaged and cannot be opened. Open it in your spreadsheet program and save it again."
    )
    return Problem("table.damaged", "error", words)


def _sheets(data: bytes, syntax: Syntax, limit: int | None) -> Iterator[Sheet]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook: CalamineWorkbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for about in workbook.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        rows = WorkbookRows(workbook.get_sheet_by_name(about.name), limit)
        yield Sheet(about.name, syntax, rows, about.visible != SheetVisibleEnum.Visible)


@dataclass(frozen=True, slots=True)
class WorkbookRows:
    sheet: CalamineSheet
    limit: int | None = None

    def __iter__(self) -> Iterator[Row]:
        return islice(self._filled(), self.limit)

    def _filled(self) -> Iterator[Row]:
        name, text_of = self.sheet.name, _TEXT_OF
        merged = _merged_downwards(self.sheet)
        lasting: dict[int, _Lasting] = {}
        for index, cells in enumerate(self.sheet.iter_rows()):
            texts: Sequence[str] = [text_of[type(cell)](cell) for cell in cells]
            if not any(texts):
                continue
            if merged:
                _start_lasting(lasting, merged.get(index, ()), cells)
                texts = _with_lasting(lasting, index, texts)
            yield Row(index + 1, tuple(texts), name)


@dataclass(frozen=True, slots=True)
class _Lasting:
    """A text that holds for its column down to a row."""

    text: str
    last: int


def _merged_downwards(sheet: CalamineSheet) -> Mapping[int, Sequence[tuple[int, int]]]:
    """For each row, the columns merged with rows below, and the last of those."""
    first_column = sheet.start[1] if sheet.start else 0
    found = defaultdict(list)
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom > top:
            found[top].append((left - first_column, bottom))
    return found


def _start_lasting(
    lasting: dict[int, _Lasting], starting: Sequence[tuple[int, int]], cells: Sequence[Any]
) -> None:
    for column, last in starting:
        if 0 <= column < len(cells) and isinstance(cells[column], str | date):
            lasting[column] = _Lasting(_TEXT_OF[type(cells[column])](cells[column]), last)


def _with_lasting(lasting: Mapping[int, _Lasting], index: int, texts: Sequence[str]) -> Sequence[str]:
    return [
        lasting[column].text if not text and column in lasting and index <= lasting[column].last else text
        for column, text in enumerate(texts)
    ]


def _number(value: float) -> str:
    if value == int(value) and abs(value) < 10**_DIGITS:
        return str(int(value))
    text = format(value, f".{_DIGITS}g")
    return format(Decimal(text), "f") if "e" in text else text


def _moment(value: datetime) -> str:
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


_TEXT_OF: Mapping[type, Callable[[Any], str]] = {
    str: str.strip,
    float: _number,
    int: str,
    bool: lambda value: str(value).upper(),
    date: date.isoformat,
    datetime: _moment,
    time: time.isoformat,
    timedelta: str,
}
