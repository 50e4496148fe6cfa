"""Lines leave as spreadsheet and CSV, exact and running nothing."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import repeat

import pytest
from lxml import etree

from pilothouse.engine.money import Money
from pilothouse.reporting import xlsx as spreadsheet
from pilothouse.reporting.diagnosis import Cell, Column
from pilothouse.reporting.xlsx import TooManyRowsError, csv_rows, xlsx

COLUMNS = (Column("Vendor"), Column("Amount", "money"), Column("Date", "date"), Column("Lines", "number"))
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =cmd|' /C calc'!A0", "＝1"]


def row(vendor: str) -> Sequence[Cell]:
    return (vendor, Money(Decimal("1234.56")), date(2026, 2, 28), 3)


def sheet(book: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return etree.fromstring(parts.read("xl/worksheets/sheet1.xml"))


def cells(book: bytes) -> dict[str, tuple[str, str]]:
    """Address -> (type, text) of each cell that holds something."""
    found = {}
    for cell in sheet(book).iterfind(".//m:c", NAMES):
        text = "".join(map(str, cell.itertext())).replace("_x000D_", "\r")  # as OOXML writes it
        found[cell.get("r", "")] = (cell.get("t", "n"), text)
    return found


@pytest.mark.parametrize("text", [*FORMULAS, "https://example.org", "'quoted", "0123", "1e9"])
def test_a_text_stays_a_text_whatever_it_begins_with(text: str) -> None:
    book = xlsx(COLUMNS, [row(text)], sheet="Lines")
    assert cells(book)["A2"][0] == "inlineStr"
    assert cells(book)["A2"][1].strip() == text.strip()
    assert sheet(book).find(".//m:f", NAMES) is None
    assert sheet(book).find(".//m:hyperlink", NAMES) is None


def test_amounts_and_dates_can_be_counted_with() -> None:
    found = cells(xlsx(COLUMNS, [row("OVH")], sheet="Lines"))
    assert found["B2"] == ("n", "1234.56")
    assert found["C2"] == ("n", "46081")  # days since 30 Dec 1899
    assert found["D2"] == ("n", "3")


def test_the_head_stays_and_can_be_filtered() -> None:
    page = sheet(xlsx(COLUMNS, [row("a"), row("b")], sheet="Lines"))
    assert page.find(".//m:pane[@state='frozen']", NAMES) is not None
    chosen = page.find(".//m:autoFilter", NAMES)
    assert chosen is not None
    assert chosen.get("ref") == "A1:D3"


def test_what_no_sheet_can_hold_is_left_out_of_the_text() -> None:
    found = cells(xlsx(COLUMNS, [("nul\x00 bell\x07 \ud800!", None, date(1899, 5, 1), None)], sheet="Lines"))
    assert found["A2"] == ("inlineStr", "nul bell !")
    assert found["C2"] == ("inlineStr", "1899-05-01")
    assert "B2" not in found


def test_an_endless_text_is_cut_at_what_a_cell_holds() -> None:
    assert len(cells(xlsx(COLUMNS, [row("x" * 40_000)], sheet="Lines"))["A2"][1]) == 32_767


@pytest.mark.parametrize(
    ("asked", "given"),
    [("Lines: a/b [2026]?*", "Lines  a b  2026"), ("'", "Lines"), ("", "Lines"), ("n" * 40, "n" * 31)],
)
def test_a_sheet_gets_a_name_it_may_have(asked: str, given: str) -> None:
    with zipfile.ZipFile(io.BytesIO(xlsx(COLUMNS, [], sheet=asked))) as parts:
        name = etree.fromstring(parts.read("xl/workbook.xml")).find(".//m:sheet", NAMES)
    assert name is not None
    assert name.get("name") == given


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 3)
    with pytest.raises(TooManyRowsError, match="shorter period"):
        xlsx(COLUMNS, repeat(row("a"), 4), sheet="Lines")
    assert len(cells(xlsx(COLUMNS, repeat(row("a"), 3), sheet="Lines"))) == 16


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_defuses_what_a_spreadsheet_would_run(text: str) -> None:
    head, line = csv_rows(COLUMNS, [row(text)])
    assert head == "Vendor,Amount,Date,Lines\r\n"
    assert next(csv.reader(io.StringIO(line, newline=""))) == [f"'{text}", "1234.56", "2026-02-28", "3"]


def test_csv_keeps_every_other_text_and_a_credit_as_it_is() -> None:
    cells: Sequence[Cell] = ('He said "no", twice\nand left', Money(Decimal("-5")), None, Decimal("0.50"))
    line = list(csv_rows(COLUMNS, [cells]))[1]
    assert next(csv.reader(io.StringIO(line, newline=""))) == [cells[0], "-5.00", "", "0.50"]


def test_csv_can_always_be_encoded() -> None:
    assert "".join(csv_rows(COLUMNS, [row("lone \ud800")])).encode("utf-8")
