"""Is this workbook safe to open? Answered before the library sees it.

How: the sizes in the zip directory; each part unpacked once, piece by piece (which also proves those sizes); the
room that the cells of all sheets would take, since the library keeps a sheet as a full rectangle up to its last
filled cell, and copies a shared text into each cell that shows it.

Limits: the room is reckoned from the tags of the cells, an upper bound.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator

from pilothouse.intake.papers import Problem

MB = 1024 * 1024
_MOST_UNPACKED = 1024 * MB
_MOST_OF_A_DOCUMENT = 128 * MB  # an ODS is looked at in one piece
_MOST_PARTS = 10_000
_PIECE = MB
_CELL_ROOM = 40  # bytes that the library takes for a cell, filled or not

# As nearly every program writes them; whatever is written otherwise is looked at closely.
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"')
_PLAIN_ROW = re.compile(rb'<row r="(\d{1,7})"')
_TAGS = (b"<row", b"<c ", b"<c>", b"<c/", b":row", b":c ", b":c>", b":c/")
_ROW_OR_CELL = re.compile(rb"<(?:\w+:)?(row|c)((?:[\s/](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)?)>")
_PLACE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']([A-Za-z]{0,3})(\d{1,7})[\"']")
_SHOWN_TEXT = re.compile(rb"\bt=[\"']s[\"'][^<>]*>\s*<(?:\w+:)?v[^<>]*>\s*(\d+)")
_SHARED_TEXT = re.compile(rb"<(?:\w+:)?si\b")
_ODS_ROW = re.compile(rb"<table:table-row\b([^<>]*)>(.*?)</table:table-row>", re.DOTALL)
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^<>]*?)(/?)>")
_ODS_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=[\"'](\d{1,9})[\"']")

_TOO_BIG = "would unpack to far more than a workbook of honest figures holds"
_TOO_WIDE = "has a filled cell so far to the right or down that the empty ones between would fill the memory"
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class _UnfitError(Exception):
    """The workbook would take more room than there is; the words say why."""


def why_not_open(data: bytes) -> Problem | None:
    """The reason why a workbook (XLSX, ODS) should not be opened, or None."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _weigh(archive, 150 * MB + 8 * len(data))
    except _UnfitError as reason:
        words = (
            f"The workbook {reason}. It was not opened. Copy the table into a new workbook, or save it as CSV, and "
            "give that."
        )
        return Problem("table.bomb", "error", words)
    except _DAMAGED:
        words = "The workbook is damaged: its parts cannot be unpacked. Save or export it again."
        return Problem("table.damaged", "error", words)
    return None


def _weigh(archive: zipfile.ZipFile, room: int) -> None:
    parts = archive.infolist()
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise _UnfitError(_TOO_BIG)
    texts: list[int] = []
    # The shared texts first: what a sheet takes depends on their lengths.
    for part in sorted(parts, key=lambda part: not _holds_texts(part)):
        if _holds_texts(part):
            texts = _lengths_of_texts(_chunks(archive, part))
            room -= sum(texts)
        elif part.filename == "content.xml":
            room -= _room_of_document(archive, part)
        elif part.filename.lower().endswith((".xml", ".rels")):
            room -= _room_of_sheet(archive, part, texts, room)
        if room < 0:
            raise _UnfitError(_TOO_WIDE)


def _holds_texts(part: zipfile.ZipInfo) -> bool:
    return "sharedstrings" in part.filename.lower()


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces, each cut before a tag."""
    rest = b""
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            whole = rest + piece
            cut = whole.rfind(b"<") if b"<" in piece else len(whole)
            yield whole[:cut]
            rest = whole[cut:]
    yield rest


def _lengths_of_texts(chunks: Iterator[bytes]) -> list[int]:
    lengths = [0]
    for chunk in chunks:
        first, *others = (len(text) for text in _SHARED_TEXT.split(chunk))
        lengths[-1] += first
        lengths += others
    return lengths[1:]


def _room_of_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo, texts: list[int], room: int) -> int:
    """The room of a sheet: at most, which is quick to say; exactly, where that would be too much."""
    cells, filled = _rectangle_at_most(_chunks(archive, part))
    if cells is None or cells * _CELL_ROOM > room:
        cells = _rectangle(_chunks(archive, part))
    shown = filled * max(texts, default=0)
    if shown + cells * _CELL_ROOM > room:
        shown = _shown_texts(_chunks(archive, part), texts)
    return cells * _CELL_ROOM + shown


def _rectangle_at_most(chunks: Iterator[bytes]) -> tuple[int | None, int]:
    """So many cells the rectangle has at most, None where a tag is written unusually; and how many are written."""
    rows: set[bytes] = set()
    columns: set[bytes] = set()
    tags = placed = cells = 0
    for chunk in chunks:
        found = _PLAIN_CELL.findall(chunk)
        own_rows = _PLAIN_ROW.findall(chunk)
        columns.update(column for column, _ in found)
        rows.update(row for _, row in found)
        rows.update(own_rows)
        tags += sum(map(chunk.count, _TAGS))
        placed += len(found) + len(own_rows)
        cells += len(found)
    height, width = max(map(int, rows), default=0), max(map(_column_number, columns), default=0)
    return (height * width if tags == placed else None), cells + tags - placed


def _rectangle(chunks: Iterator[bytes]) -> int:
    """So many cells has the rectangle up to the last filled cell."""
    row = column = height = width = 0
    for chunk in chunks:
        for tag, attributes in _ROW_OR_CELL.findall(chunk):
            places = _PLACE.findall(attributes) or [(b"", b"0")]
            if tag == b"row":
                row, column = max(int(number) for _, number in places) or row + 1, 0
                continue
            column = max(_column_number(letters) for letters, _ in places) or column + 1
            if not attributes.endswith(b"/"):
                height, width = max(height, row, *(int(number) for _, number in places)), max(width, column)
    return height * width


def _column_number(letters: bytes) -> int:
    """AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def _shown_texts(chunks: Iterator[bytes], texts: list[int]) -> int:
    """The length of all texts, each as often as a cell shows it."""
    shown: Counter[bytes] = Counter()
    for chunk in chunks:
        shown.update(_SHOWN_TEXT.findall(chunk))
    return sum(
        texts[int(index)] * times
        for index, times in shown.items()
        if len(index) < 9 and int(index) < len(texts)
    )


def _room_of_document(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> int:
    """An ODS writes a row or cell once and how often it is repeated."""
    if part.file_size > _MOST_OF_A_DOCUMENT:
        raise _UnfitError(_TOO_BIG)
    content = archive.read(part)
    return sum(
        _times(row) * _room_of_row(cells) for row, cells in _ODS_ROW.findall(content) if b"<text:" in cells
    )


def _room_of_row(cells: bytes) -> int:
    return sum(
        _times(attributes) * (_CELL_ROOM + len(attributes)) for attributes, _ in _ODS_CELL.findall(cells)
    )


def _times(attributes: bytes) -> int:
    product = 1
    for repeated in _ODS_REPEATED.findall(attributes):
        product *= int(repeated)
    return product
