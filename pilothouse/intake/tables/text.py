"""Tables in text: which encoding, which delimiter, which quotes, and the rows that follow.

How: UTF-16 by its mark or its zeros, UTF-8 where the bytes allow it, else Windows-1252 (or DOS code page 850 where
the accents stand as there); single bytes that break UTF-8 in a file that is mostly UTF-8 are read as Windows-1252.
The delimiter is the one that cuts most of the first lines into the same, largest number of cells. A quote that is
not closed within `LONGEST_CELL` lines, or never, is a plain character.

Limits: single quotes and backslashes are plain characters; one delimiter for the whole file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from pilothouse.intake.papers import Problem
from pilothouse.intake.tables.rows import Row, place_of

DELIMITERS = (";", ",", "\t", "|")
LONGEST_CELL = 100  # lines; a cell with more of them is a quote somebody forgot
_LONGEST_LINE = 1 << 20
_MOST_CELLS = 16_384
_SAMPLE = 65_536
_SAMPLE_LINES = 400
_CHUNK = 1 << 20
_SINGLE_BYTES = "pilothouse-windows-1252"

_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = bytes(range(0x80, 0x100))
# In code page 850 these are letters with accents and the pound sign; in Windows-1252 rare signs or nothing.
_DOS_LETTERS = bytes([*range(0x81, 0x85), *range(0x86, 0x91), 0x98, 0x9A, 0x9C])
_LATIN_LETTERS = bytes([0x80, 0xA3, 0xB0, *range(0xC0, 0x100)])
_DELIMITER_LINE = re.compile(r'"?sep=(.)"?$', re.IGNORECASE)


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_SINGLE_BYTES, _as_windows_1252)


@dataclass(frozen=True, slots=True)
class Encoding:
    codec: str
    errors: str = "replace"
    mixed: bool = False


def find_encoding(data: bytes) -> Encoding:
    """The encoding that fits the bytes; every file has one."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding("utf-16")
    zeros = _utf_16_without_mark(data[:4096])
    if zeros:
        return Encoding(zeros)
    if _is_utf_8(data):
        return Encoding("utf-8-sig")
    chunks = (data[start : start + _CHUNK] for start in range(0, len(data), _CHUNK))
    letters = sum(len(_MULTI_BYTE.findall(chunk)) for chunk in chunks if not chunk.isascii())
    high = len(data) - len(data.translate(None, _HIGH))
    if letters * 10 > high:
        return Encoding("utf-8-sig", _SINGLE_BYTES, mixed=True)
    dos = len(data) - len(data.translate(None, _DOS_LETTERS))
    latin = len(data) - len(data.translate(None, _LATIN_LETTERS))
    return Encoding("cp850" if dos > latin else "cp1252")


def _utf_16_without_mark(head: bytes) -> str | None:
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) * 10 < len(head) * 3 or not head:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf_8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def lines_of(data: bytes, encoding: Encoding) -> Iterator[str]:
    """The lines with their ends (any of the three), without NUL and end-of-file characters."""
    stream = io.TextIOWrapper(io.BytesIO(data), encoding.codec, encoding.errors, newline="")
    lines = iter(partial(stream.readline, _LONGEST_LINE), "")
    if encoding.codec.startswith("utf-16") or b"\0" in data or b"\x1a" in data:
        return (line.replace("\0", "").replace("\x1a", "").lstrip("\ufeff") for line in lines)
    return lines


@dataclass(frozen=True, slots=True)
class Form:
    """How the text is cut: the delimiter, the share of the first lines it fits, and their cells.

    `delimiter_line` when the first line only names the delimiter (as Excel writes it)."""

    delimiter: str
    share: float
    width: int
    lines: int
    delimiter_line: bool = False

    def fit(self) -> float:
        return self.share * (self.width - 1)


def find_form(data: bytes, encoding: Encoding) -> Form:
    """The delimiter of the table, judged by its first lines."""
    sample = list(islice(lines_of(data[:_SAMPLE], encoding), _SAMPLE_LINES))
    if len(data) > _SAMPLE and len(sample) > 1:
        del sample[-1]  # cut in the middle
    sample = [line for line in sample if line.strip()]
    named = _DELIMITER_LINE.match(sample[0].strip("\ufeff\r\n")) if sample else None
    if named:
        form = _form(sample[1:], named.group(1))
        return Form(form.delimiter, 1.0, form.width, form.lines, delimiter_line=True)
    return max((_form(sample, delimiter) for delimiter in DELIMITERS), key=Form.fit)


def _form(sample: list[str], delimiter: str) -> Form:
    widths = Counter(len(cells) for cells in _cut(sample, delimiter))
    best = max(widths, key=lambda width: (widths[width] * (width - 1), width), default=1)
    records = widths.total()
    return Form(delimiter, widths[best] / (records or 1), best, records)


def _cut(sample: list[str], delimiter: str) -> Iterator[list[str]]:
    return (cells for _, cells in _records(iter(sample), delimiter, [], 1))


@dataclass(frozen=True, slots=True)
class TextRows:
    """The rows of a table in text; going through them reads them anew."""

    data: bytes = field(repr=False)
    encoding: Encoding
    form: Form
    limit: int | None = None

    def __iter__(self) -> Iterator[Row]:
        return islice(self._filled(), self.limit)

    def with_empty_cells(self) -> Iterator[Row]:
        """All rows but blank lines: also one whose cells are all empty, where rows are told by their order."""
        for number, cells in islice(self._records([]), self.limit):
            stripped = tuple(map(str.strip, cells))
            if stripped != ("",):
                yield Row(number, stripped)

    def find_open_quotes(self) -> list[int]:
        """The numbers of the lines where a quote is opened and not closed."""
        found: list[int] = []
        if b'"' in self.data:
            deque(islice(self._records(found, cut=False), self.limit), maxlen=0)
        return found

    def _records(self, found: list[int], *, cut: bool = True) -> Iterator[tuple[int, list[str]]]:
        lines = lines_of(self.data, self.encoding)
        first = 1
        if self.form.delimiter_line:
            next(lines)
            first = 2
        return _records(lines, self.form.delimiter, found, first, cut=cut)

    def _filled(self) -> Iterator[Row]:
        strip = str.strip
        for number, cells in self._records([]):
            stripped = tuple(map(strip, cells))
            if any(stripped):
                yield Row(number, stripped)


def _records(
    lines: Iterator[str], delimiter: str, found: list[int], first: int, *, cut: bool = True
) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line. `found` gains the lines whose quote is not closed.

    A line with an even number of quotes closes what it opens. Without `cut` such lines are passed over quickly."""
    again: deque[str] = deque()  # lines that a quote had swallowed
    number = first
    while True:
        line = again.popleft() if again else next(lines, None)
        if line is None:
            return
        quotes = line.count('"')
        if quotes % 2 == 0:
            yield number, _cut_line(line, quotes, delimiter) if cut else _PASSED_OVER
            number += 1
            continue
        taken, cells = _cut_quoted(line, again, lines, delimiter)
        if cells is None:
            found.append(number)
            again.extendleft(reversed(taken[1:]))
            del taken[1:]
            cells = line.split(delimiter, _MOST_CELLS)
        yield number, cells
        number += len(taken)


_PASSED_OVER: list[str] = []


def _cut_line(line: str, quotes: int, delimiter: str) -> list[str]:
    if not quotes:
        return line.split(delimiter, _MOST_CELLS)
    try:
        cells = next(csv.reader((line,), delimiter=delimiter))
    except csv.Error:
        return line.split(delimiter, _MOST_CELLS)
    if len(cells) == 1 and delimiter in cells[0]:
        return _cut_loosely(cells[0], delimiter) or cells  # some programs put quotes around whole lines
    return cells


def _cut_quoted(
    line: str, again: deque[str], lines: Iterator[str], delimiter: str
) -> tuple[list[str], list[str] | None]:
    """The lines that a record with an odd number of quotes takes, and its cells; None when a quote stays open."""
    taken: list[str] = []

    def feed() -> Iterator[str]:
        following: str | None = line
        while following is not None and len(taken) < LONGEST_CELL:
            taken.append(following)
            yield following
            following = again.popleft() if again else next(lines, None)
        if following is not None:
            again.appendleft(following)

    try:
        # Strict: a quote closes only before a delimiter. Else a forgotten one ends in the next line's quotes.
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True))
    except csv.Error:
        return taken, _cut_loosely(line, delimiter)
    return taken, cells


def _cut_loosely(line: str, delimiter: str) -> list[str] | None:
    """The cells of one line, where quotes inside words are plain characters; None when one stays open."""
    try:
        records = list(csv.reader([line, "-"], delimiter=delimiter))
    except csv.Error:
        return None
    return records[0] if len(records) > 1 else None


def read_text(data: bytes, limit: int | None) -> tuple[TextRows, tuple[Problem, ...]]:
    """The rows of a table in text, and what is odd in it."""
    encoding = find_encoding(data)
    rows = TextRows(data, encoding, find_form(data, encoding), limit)
    problems = []
    if encoding.mixed:
        problems.append(_MIXED)
    numbers = rows.find_open_quotes()
    if numbers:
        problems.append(_open_quotes(numbers))
    return rows, tuple(problems)


_MIXED = Problem(
    "table.encoding",
    "warning",
    "The file mixes two encodings (UTF-8 and Windows-1252), as happens when files are put together. Each "
    "character was read in the one that fits; look whether the names are right.",
)


def _open_quotes(numbers: list[int]) -> Problem:
    more = f" (and in {len(numbers) - 1} more lines)" if len(numbers) > 1 else ""
    words = (
        f"In line {numbers[0]}{more} a quotation mark is opened and not closed. It was read as a plain character, "
        "so that the lines below are not swallowed. Look whether the cells of this line stand in the right columns."
    )
    return Problem("table.quote", "warning", words, place_of(None, numbers[0]))
