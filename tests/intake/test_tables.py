"""Tables in text and workbooks become rows of text, whatever their dress; bombs are not opened."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.tables import guards, workbook
from pilothouse.intake.tables.rows import Row, Sheet
from pilothouse.intake.tables.sheets import looks_like_table, read_sheets
from pilothouse.intake.tables.text import LONGEST_CELL

Cells = list[tuple[str, ...]]


def cells(data: bytes) -> Cells:
    """The cells of the only sheet, which gives no problem."""
    (sheet,), problems = read_sheets(data)
    assert problems == ()
    return [row.cells for row in sheet.rows]


def rules(data: bytes) -> list[str]:
    return [problem.rule for problem in read_sheets(data)[1]]


# --- text


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        ("naam;prijs €\nCafé;£ 5\n", "utf-8"),
        ("naam;prijs €\nCafé;£ 5\n", "utf-8-sig"),
        ("naam;prijs €\nCafé;£ 5\n", "utf-16"),
        ("naam;prijs €\nCafé;£ 5\n", "utf-16-le"),
        ("naam;prijs €\nCafé;£ 5\n", "utf-16-be"),
        ("naam;prijs €\nCafé;£ 5\n", "cp1252"),
        ("naam;prijs\nCafé à côté;£ 5\n", "cp850"),
    ],
)
def test_the_encoding_is_told_by_the_bytes(text: str, codec: str) -> None:
    assert cells(text.encode(codec)) == [tuple(line.split(";")) for line in text.strip().split("\n")]


def test_a_file_put_together_from_two_encodings_is_read_and_said() -> None:
    data = "naam;prijs\nCafé;1\nThé;2\nPâté;3\n".encode() + "Brûlé;4\n".encode("cp1252")
    (sheet,), (problem,) = read_sheets(data)
    assert [row.cells[0] for row in sheet.rows] == ["naam", "Café", "Thé", "Pâté", "Brûlé"]
    assert (problem.rule, problem.level) == ("table.encoding", "warning")


def test_only_broken_bytes_may_be_read_in_another_encoding() -> None:
    with pytest.raises(UnicodeEncodeError):
        "é".encode("ascii", "pilothouse-windows-1252")


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_delimiter_and_line_end_is_found(delimiter: str, end: str) -> None:
    lines = [delimiter.join(["a", "b,c", "d"]) if delimiter != "," else "a,b;c,d"] * 3
    (sheet,), _ = read_sheets(end.join(lines).encode())
    assert [(row.number, len(row.cells)) for row in sheet.rows] == [(1, 3), (2, 3), (3, 3)]


def test_the_first_line_may_name_the_delimiter() -> None:
    assert cells(b"sep=|\r\na|b,c\r\n1|2,3\r\n") == [("a", "b,c"), ("1", "2,3")]
    assert looks_like_table(b"sep=;\r\na;b\r\n")


def test_blank_rows_are_left_out_and_the_numbers_tell() -> None:
    (sheet,), _ = read_sheets(b"a,b\n,\n  , \t\n\n1,2\n")
    assert list(sheet.rows) == [Row(1, ("a", "b")), Row(5, ("1", "2"))]
    assert [row.place for row in sheet.rows] == ["line 1", "line 5"]


def test_quotes_hold_delimiters_line_ends_and_quotes() -> None:
    data = b'a,"b, c",d\n1,"two\nlines","say ""hi"""\n2,x,y\n3,"5"" pipe",z\n'
    assert cells(data) == [
        ("a", "b, c", "d"),
        ("1", "two\nlines", 'say "hi"'),
        ("2", "x", "y"),
        ("3", '5" pipe', "z"),
    ]
    (sheet,), _ = read_sheets(data)
    assert [row.number for row in sheet.rows] == [1, 2, 4, 5]


def test_a_quote_that_is_never_closed_swallows_no_lines() -> None:
    data = b'a;b\n1;"open\n2;"x"\n3;y\n"4;z\n'
    (sheet,), (problem,) = read_sheets(data)
    assert [row.cells for row in sheet.rows] == [
        ("a", "b"),
        ("1", '"open'),
        ("2", "x"),
        ("3", "y"),
        ('"4', "z"),
    ]
    assert (problem.rule, problem.place) == ("table.quote", "line 2")
    assert "in 1 more lines" in problem.message


def test_a_cell_of_very_many_lines_is_a_forgotten_quote() -> None:
    data = b'a;b\n1;"open\n' + b"2;x\n" * LONGEST_CELL + b'3;"closed"\n'
    (sheet,), (problem,) = read_sheets(data)
    assert len(list(sheet.rows)) == LONGEST_CELL + 3
    assert problem.message.startswith("In line 2 a quotation mark")


def test_an_inch_mark_inside_a_cell_is_a_plain_character() -> None:
    assert cells(b'a,b,c\n1,27" screen,x\n2,"27" screen,y\n') == [
        ("a", "b", "c"),
        ("1", '27" screen', "x"),
        ("2", "27 screen", "y"),
    ]
    assert cells(b'a,b,c\n1,"27" of "30" and "31",x\n') == [
        ("a", "b", "c"),
        ("1", '27 of "30" and "31"', "x"),
    ]


def test_quotes_around_whole_lines_are_taken_off() -> None:
    assert cells(b'"a,b,""c d"""\n"1,2,""3"""\n') == [("a", "b", "c d"), ("1", "2", "3")]


def test_a_line_in_quotes_that_is_no_table_stays_one_cell() -> None:
    assert cells(b'"he said ""a, b"\nx,y\nx,y\n')[0] == ('he said "a', "b")
    assert cells(b'"a,""b"\nx,y\n')[0] == ('a,"b',)


def test_a_cell_too_long_for_the_reader_is_cut_plainly() -> None:
    long = b"x" * 140_000
    assert cells(b'a,"b"\n1,"' + long + b'"\n')[1] == ("1", f'"{long.decode()}"')
    data = b'a,b\n1,"' + long + b"\n2,3\n"
    assert rules(data) == ["table.quote"]


def test_zero_bytes_and_end_of_file_signs_are_left_out() -> None:
    assert cells(b"a,b\n\x001,2\0\n\x1a") == [("a", "b"), ("1", "2")]


def test_two_hundred_columns_and_ragged_lines_are_kept_as_they_are() -> None:
    wide = ",".join(f"h{number}" for number in range(200))
    rows = cells(f"{wide}\n1,2\n{wide},more\n".encode())
    assert [len(row) for row in rows] == [200, 2, 201]


def test_a_line_of_a_million_signs_is_cut_into_lines() -> None:
    (sheet,), _ = read_sheets(b"a,b\n" + b"x" * 3_000_000)
    assert len(list(sheet.rows)) == 4
    (sheet,), _ = read_sheets(b";" * 200_000 + b"x")
    assert len(next(iter(sheet.rows)).cells) == 16_385


def test_only_so_many_rows_are_given_as_are_asked_for() -> None:
    (sheet,), _ = read_sheets(b'a,b\n1,2\n3,4\n5,"6\n', limit_rows=2)
    assert len(list(sheet.rows)) == len(list(sheet.rows)) == 2
    assert read_sheets(b'a,b\n1,2\n3,4\n5,"6\n', limit_rows=2)[1] == ()


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\0\0\0\0"])
def test_nothing_is_a_table_without_rows(data: bytes) -> None:
    assert cells(data) == []
    assert not looks_like_table(data)


@pytest.mark.parametrize(
    ("head", "is_table"),
    [
        (b"Date;Amount;Name\n2026-01-01;5,00;X\n", True),
        (b"Date\tAmount\n2026-01-01\t5\n2026-01-02\t6\n", True),
        (b"title\n;\nDate;Amount;Name\n2026-01-01;5,00;X\n2026-01-02;5,00;X\n2026-01-03;5,00;X\n", True),
        ("Date;Amount;Name\n2026-01-01;5,00;X\n".encode("utf-16"), True),
        (b"Dear sir,\nplease pay, soon.\nYours, me\n", False),
        (b"one line; with; signs", False),
        (b"Name,Mail\nA,a@b\nB,b@b\n", False),
        (b'{"a": [1,2,3],\n"b": [1,2,3]}', False),
        (b"<a>1;2;3\n1;2;3\n1;2;3</a>", False),
        (b"Subject: a, b, c\nFrom: a, b, c\nTo: a, b, c\n", False),
        (b":20:A,B,C\n:25:A,B,C\n", False),
        (b"\x01\x02;\x03;\x04\n\x01;\x02;\x03\n", False),
        (b"PK\x03\x04 word/document.xml", False),
        (b"PK\x03\x04 xl/workbook.xml", True),
        (b"PK\x03\x04 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", True),
    ],
)
def test_a_table_is_recognised_by_its_first_bytes(head: bytes, is_table: bool) -> None:
    assert looks_like_table(head) is is_table


def test_a_long_table_is_recognised_though_its_head_is_cut() -> None:
    data = b"Date;Amount;Name\n" + b"2026-01-01;5,00;X\n" * 10_000
    assert looks_like_table(data[:65_536])
    assert len(cells(data)) == 10_001


# --- workbooks


def book(fill: Callable[[Any, Any], None], name: str = "Blad1") -> bytes:
    content = io.BytesIO()
    made = xlsxwriter.Workbook(content, {"in_memory": True})
    fill(made, made.add_worksheet(name))
    made.close()
    return content.getvalue()


def repacked(data: bytes, change: Callable[[str, bytes], bytes | None], *, stored: bool = False) -> bytes:
    """The same ZIP archive with other parts."""
    content = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(content, "w", kind) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return content.getvalue()


def sheet_xml(rows: bytes) -> bytes:
    """A workbook whose sheet has these rows of XML."""

    def change(name: str, part: bytes) -> bytes:
        if name != "xl/worksheets/sheet1.xml":
            return part
        return part.replace(b"<sheetData/>", b"<sheetData>" + rows + b"</sheetData>")

    return repacked(book(lambda made, sheet: None), change)


def ods(rows: str) -> bytes:
    content = io.BytesIO()
    names = ("office", "table", "text")
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names)
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content {spaces} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="T">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>',
        )
    return content.getvalue()


def ods_cell(text: str, repeated: int = 1) -> str:
    return (
        f'<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}">'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def test_cells_of_a_workbook_are_text_without_noise() -> None:
    def fill(made: Any, sheet: Any) -> None:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        moment = made.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        clock = made.add_format({"num_format": "hh:mm"})
        hours = made.add_format({"num_format": "[hh]:mm"})
        sheet.write_row(1, 1, ["  naam ", 0.1 + 0.2, 1234, 1e20, -0.5, 1234567890123456789])
        sheet.write_datetime(2, 1, datetime(2026, 1, 2), day)  # noqa: DTZ001 - cells have no zone
        sheet.write_datetime(2, 2, datetime(2026, 1, 2, 13, 4, 5), moment)  # noqa: DTZ001 - nor has this
        sheet.write_datetime(2, 3, time(13, 4), clock)
        sheet.write_datetime(2, 4, timedelta(hours=30), hours)
        sheet.write_boolean(2, 5, True)
        sheet.write_formula(4, 1, "=C2*2", None, 0.6)
        sheet.write_formula(4, 2, "=1/0", None, "#DIV/0!")

    (sheet,), problems = read_sheets(book(fill))
    assert problems == ()
    assert (sheet.name, sheet.syntax, sheet.hidden) == ("Blad1", "xlsx", False)
    assert [(row.place, row.cells) for row in sheet.rows] == [
        (
            "sheet Blad1, row 2",
            ("naam", "0.3", "1234", "100000000000000000000", "-0.5", "1234567890123460000"),
        ),
        (
            "sheet Blad1, row 3",
            ("2026-01-02", "2026-01-02 13:04:05", "13:04:00", "1 day, 6:00:00", "TRUE", ""),
        ),
        ("sheet Blad1, row 5", ("0.6", "", "", "", "", "")),
    ]


def test_a_text_merged_downwards_holds_for_its_rows_and_an_amount_for_one() -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 2, 0, "ACME")
        sheet.merge_range(0, 1, 2, 1, 100)
        sheet.merge_range(4, 0, 4, 1, "over")
        sheet.write_column(0, 2, ["a", "b", "c", "d"])

    (sheet,), _ = read_sheets(book(fill))
    assert [row.cells for row in sheet.rows] == [
        ("ACME", "100", "a"),
        ("ACME", "", "b"),
        ("ACME", "", "c"),
        ("", "", "d"),
        ("over", "", ""),
    ]


def test_hidden_sheets_are_read_and_charts_are_not() -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write(0, 0, "x")
        hidden = made.add_worksheet("Hidden")
        hidden.write(0, 0, "y")
        hidden.hide()
        chart = made.add_chart({"type": "line"})
        chart.add_series({"values": "=Blad1!$A$1:$A$2"})
        made.add_chartsheet("Chart").set_chart(chart)

    sheets, _ = read_sheets(book(fill))
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Blad1", False), ("Hidden", True)]


def test_a_blank_sheet_has_no_rows() -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.merge_range(0, 0, 2, 0, "")

    (sheet,), problems = read_sheets(book(fill))
    assert (list(sheet.rows), problems) == ([], ())


def test_a_million_empty_rows_cost_nothing() -> None:
    rows = b"".join(b'<row r="%d" ht="20" customHeight="1"/>' % number for number in range(5, 1_048_577))
    first = b'<row r="1"><c r="A1" t="inlineStr"><is><t>x</t></is></c><c r="Z1"><v>1</v></c></row>'
    (sheet,), problems = read_sheets(sheet_xml(first + rows))
    assert (len(list(sheet.rows)), problems) == (1, ())


def test_an_open_document_is_read_with_its_repeated_rows() -> None:
    rows = (
        f"<table:table-row>{ods_cell('a')}{ods_cell('b', 2)}</table:table-row>"
        f'<table:table-row table:number-rows-repeated="2">{ods_cell("c")}</table:table-row>'
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    data = ods(rows)
    assert looks_like_table(data)
    (sheet,), problems = read_sheets(data)
    assert problems == ()
    assert (sheet.name, sheet.syntax) == ("T", "ods")
    assert [row.cells for row in sheet.rows] == [("a", "b", "b"), ("c", "", ""), ("c", "", "")]


FAR = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
MEANT = (
    b'<row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row><c x=">" y=" r=&apos;A1&apos;" r = "XFD1048576"><v>1</v></c></row>'
)
UNPLACED = b"<row><c><v>1</v></c></row>" * 3000 + b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>"


@pytest.mark.parametrize(
    "data",
    [
        sheet_xml(FAR),
        sheet_xml(FAR.replace(b"<c r=", b"<c s='1' r=").replace(b"<row r=", b"<row ht='1' r=")),
        sheet_xml(MEANT),
        sheet_xml(UNPLACED),
        ods(
            f'<table:table-row table:number-rows-repeated="1048576">{ods_cell("x", 16384)}</table:table-row>'
        ),
    ],
    ids=["far", "far, otherwise written", "far, meant to mislead", "without places", "repeated"],
)
def test_a_sheet_that_would_fill_the_memory_is_not_opened(data: bytes) -> None:
    sheets, (problem,) = read_sheets(data)
    assert sheets == ()
    assert (problem.rule, problem.level) == ("table.bomb", "error")


def test_cells_far_away_without_content_are_no_bomb() -> None:
    rows = FAR.replace(b'<c r="XFD1048576"><v>1</v></c>', b'<c r="XFD1048576" s="0"/>')
    (sheet,), problems = read_sheets(sheet_xml(rows))
    assert ([row.cells for row in sheet.rows], problems) == ([("1",)], ())


def test_cells_without_places_are_counted_one_by_one() -> None:
    rows = b"<row><c><v>1</v></c><c/><c><v>2</v></c></row>" * 3000
    (sheet,), problems = read_sheets(sheet_xml(rows))
    assert ([row.cells for row in sheet.rows], problems) == ([("1", "", "2")] * 3000, ())


def test_a_long_text_shown_by_very_many_cells_is_a_bomb_and_by_few_is_none() -> None:
    def fill(made: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["LONG"] * 400 + ["short"] * 600)

    def lengthen(name: str, part: bytes) -> bytes:
        return part.replace(b"LONG", b"x" * 1_000_000) if name == "xl/sharedStrings.xml" else part

    sheets, (problem,) = read_sheets(repacked(book(fill), lengthen))
    assert (sheets, problem.rule) == ((), "table.bomb")

    def fill_less(made: Any, sheet: Any) -> None:
        sheet.write_column(0, 0, ["LONG", *["short"] * 600])

    (sheet,), problems = read_sheets(repacked(book(fill_less), lengthen))
    assert (len(list(sheet.rows)), problems) == (601, ())


def test_a_workbook_that_unpacks_to_too_much_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book(lambda made, sheet: sheet.write(0, 0, "x"))
    monkeypatch.setattr(guards, "_MOST_UNPACKED", 1000)
    assert rules(data) == ["table.bomb"]
    monkeypatch.setattr(guards, "_MOST_UNPACKED", 10**9)
    monkeypatch.setattr(guards, "_MOST_PARTS", 3)
    assert rules(data) == ["table.bomb"]
    monkeypatch.setattr(guards, "_MOST_OF_A_DOCUMENT", 10)
    assert rules(ods("")) == ["table.bomb"]


def test_a_long_text_in_a_sheet_is_passed_over_in_pieces() -> None:
    text = b"y" * 3_000_000
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>' + text + b"</t></is></c></row>"
    (sheet,), _ = read_sheets(sheet_xml(rows))
    assert len(next(iter(sheet.rows)).cells[0]) == 3_000_000


def test_a_damaged_workbook_is_said() -> None:
    data = book(lambda made, sheet: sheet.write(0, 0, "x"))
    assert rules(data[: len(data) // 2]) == ["table.damaged"]
    assert rules(b"PK\x03\x04" + b"x" * 100) == ["table.damaged"]
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
    assert rules(empty.getvalue()) == ["table.damaged"]
    flipped = bytearray(repacked(data, lambda name, part: part, stored=True))
    flipped[flipped.index(b"<sheetData>") + 3] ^= 0xFF
    assert rules(bytes(flipped)) == ["table.damaged"]


def test_a_workbook_without_sheets_is_said() -> None:
    data = book(lambda made, sheet: sheet.write(0, 0, "x"))
    assert rules(repacked(data, lambda name, part: None if name == "xl/workbook.xml" else part)) == [
        "table.no_sheets"
    ]


class PanicException(BaseException):
    pass


@pytest.mark.parametrize(
    ("error", "rule"), [(PanicException("x"), "table.damaged"), (ValueError("x"), "table.damaged")]
)
def test_whatever_the_library_throws_is_a_damaged_workbook(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, rule: str
) -> None:
    def fail(*_: object) -> tuple[Sheet, ...]:
        raise error

    monkeypatch.setattr(workbook, "_sheets", fail)
    assert rules(book(lambda made, sheet: None)) == [rule]


def test_a_locked_workbook_is_said_and_a_stop_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    from python_calamine import PasswordError

    thrown: list[BaseException] = [PasswordError("x"), KeyboardInterrupt()]

    def fail(*_: object) -> tuple[Sheet, ...]:
        raise thrown.pop(0)

    monkeypatch.setattr(workbook, "_sheets", fail)
    assert rules(book(lambda made, sheet: None)) == ["table.locked"]
    with pytest.raises(KeyboardInterrupt):
        read_sheets(book(lambda made, sheet: None))


# --- whatever bytes there are

SAMPLES = [
    b'Date;Amount;Name\r\n2026-01-01;5,00;"X\r\ny"\r\n',
    'naam,£\nCafé,"5"\n'.encode("cp1252"),
    'naam,£\nCafé,"5"\n'.encode("utf-16"),
    book(lambda made, sheet: sheet.write_row(0, 0, ["a", 1, 2.5])),
    ods(f"<table:table-row>{ods_cell('a')}</table:table-row>"),
]


@given(st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 255)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_bytes_changed_anywhere_never_break_a_reader(sample: bytes, changes: list[tuple[int, int]]) -> None:
    data = bytearray(sample)
    for position, value in changes:
        data[position % len(data)] = value
    sheets, problems = read_sheets(bytes(data))
    assert sheets or problems
    for sheet in sheets:
        assert all(any(row.cells) for row in sheet.rows)
    assert looks_like_table(bytes(data)) in {True, False}


@given(st.binary(max_size=300) | st.text(alphabet='a;,"\n\r\t| 1', max_size=200).map(str.encode))
@settings(deadline=None)
def test_any_bytes_give_rows_or_a_problem(data: bytes) -> None:
    sheets, problems = read_sheets(data)
    assert sheets or problems
    for sheet in sheets:
        numbers = [row.number for row in sheet.rows]
        assert numbers == sorted(set(numbers))
