"""How do lines leave as a spreadsheet, without anything in them being run when it is opened?

`xlsx` writes real numbers and dates; texts stay texts, whatever they begin with, and no address becomes a
link. `csv_rows` is for programs that only read CSV: there a text that a spreadsheet would take for a formula
gets an apostrophe in front; amounts are plain decimals with a point and no currency sign.
Limits: a cell holds 32,767 characters, a sheet 1,048,575 rows below its head; longer texts are cut, more rows
refused. Excel knows no day before 1900: such a date is written as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from pilothouse.engine.money import Money
from pilothouse.reporting.diagnosis import Cell, Column, ColumnKind, exact

MOST_LETTERS = 32_767
MOST_ROWS = 1_048_575
_FORMATS: dict[ColumnKind, dict[str, Any]] = {
    "text": {},
    "money": {"num_format": "#,##0.00"},
    "date": {"num_format": "yyyy-mm-dd"},
    "month": {"num_format": "yyyy-mm"},
    "number": {},
    "percent": {"num_format": "0.0%"},
}
_WIDTHS: dict[ColumnKind, int] = {
    "text": 32,
    "money": 14,
    "date": 12,
    "month": 10,
    "number": 10,
    "percent": 10,
}
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_FIRST_YEAR = 1900
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class TooManyRowsError(ValueError):
    """More rows than a sheet can hold: the choice has to be narrowed."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook; `notes` stand above its head, a row each."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    notes: Sequence[str] = ()


def xlsx(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *, sheet: str) -> bytes:
    """One sheet with a head that stays and can be filtered. Rows are written as they come, not kept."""
    return workbook([Sheet(sheet, columns, rows)])


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """Sheets of different names, each with a head that stays and can be filtered."""
    import xlsxwriter

    held = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(held, options) as book:
        for sheet in sheets:
            _fill(book, sheet)
    return held.getvalue()


def _fill(book: Any, sheet: Sheet) -> None:
    page = book.add_worksheet(_sheet_name(sheet.name))
    head = book.add_format({"bold": True, "bottom": 1})
    columns, above = sheet.columns, len(sheet.notes)
    styles = [book.add_format(_FORMATS[column.kind]) for column in columns]
    for at, column in enumerate(columns):
        page.set_column(at, at, _WIDTHS[column.kind], styles[at])
    for at, note in enumerate(sheet.notes):
        page.write_string(at, 0, _text(note), book.add_format())
    for at, column in enumerate(columns):
        page.write_string(above, at, _text(column.title), head)
    page.freeze_panes(above + 1, 0)
    last = above
    for last, row in enumerate(_no_more_than_fit(sheet.rows), start=above + 1):
        for at, cell in enumerate(row):
            _write(page, (last, at), cell, styles[at])
    page.autofilter(above, 0, last, max(len(columns) - 1, 0))


def csv_rows(columns: Sequence[Column], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file (commas, CRLF), one by one, so that a long list need not be kept."""
    yield _csv_line([column.title for column in columns])
    for row in rows:
        yield _csv_line(row)


def _write(page: Any, place: tuple[int, int], cell: Cell, style: Any) -> None:
    if isinstance(cell, Money):
        page.write_number(*place, cell.amount, style)
    elif isinstance(cell, date) and cell.year >= _FIRST_YEAR:
        page.write_datetime(*place, datetime.combine(cell, time()), style)
    elif isinstance(cell, Decimal | int):
        page.write_number(*place, cell, style)
    elif cell:
        page.write_string(*place, _text(str(cell)), style)


def _no_more_than_fit(rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for count, row in enumerate(rows, start=1):
        if count > MOST_ROWS:
            raise TooManyRowsError(
                f"A sheet holds {MOST_ROWS} rows. Choose a shorter period or fewer vendors."
            )
        yield row


def _text(text: str) -> str:
    return _NOT_IN_XML.sub("", text)[:MOST_LETTERS]


def _sheet_name(name: str) -> str:
    return _NOT_IN_SHEET_NAME.sub(" ", name)[:31].strip(" '") or "Lines"


def _csv_line(cells: Iterable[Cell]) -> str:
    held = io.StringIO()
    csv.writer(held).writerow([_csv_cell(cell) for cell in cells])
    return held.getvalue()


def _csv_cell(cell: Cell) -> str:
    if isinstance(cell, str):
        defused = f"'{cell}" if cell.lstrip(" ").startswith(_STARTS_A_FORMULA) else cell
        return defused.encode("utf-8", "replace").decode()
    if isinstance(cell, Money):
        return exact(cell.amount)
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)
