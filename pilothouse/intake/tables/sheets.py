"""Any table as sheets of rows of text: CSV (see `text`) or a workbook (see `workbook`).

`looks_like_table` says whether the first bytes of a file are those of a table; `read_sheets` reads it. What the
columns mean is for others to say: ledgers, bank lists, exports.
"""

from __future__ import annotations

import re

from pilothouse.intake.papers import Problem
from pilothouse.intake.tables.rows import Row, Sheet, Syntax, place_of
from pilothouse.intake.tables.text import find_encoding, find_form, lines_of, read_text
from pilothouse.intake.tables.workbook import looks_like_workbook, read_workbook

__all__ = ["Row", "Sheet", "Syntax", "looks_like_table", "place_of", "read_sheets"]

# Text in a form of its own, with signs in it that could be taken for delimiters.
_OTHER_TEXT = re.compile(
    r"\s*(?:[<{\[]|%PDF|\{\\rtf|OFXHEADER|:20:|"
    r"(?:return-path|delivered-to|received|message-id|mime-version|from|to|subject|x-[\w-]+): )",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x01-\x08\x0e-\x19\x1b-\x1f]")


def looks_like_table(head: bytes) -> bool:
    """Whether the first bytes are a workbook, or lines that one delimiter cuts into the same number of cells."""
    if head.startswith(b"PK\x03\x04"):
        return looks_like_workbook(head)
    encoding = find_encoding(head)
    text = "".join(lines_of(head[:4096], encoding))
    if _OTHER_TEXT.match(text) or len(_CONTROL.findall(text)) > len(text) // 100:
        return False
    form = find_form(head, encoding)
    if form.delimiter_line or form.lines < 2:
        return form.delimiter_line
    if form.width == 2:
        return form.delimiter != "," and form.share > 0.9 and form.lines > 2
    return form.width > 2 and form.share > 0.4


def read_sheets(
    data: bytes, *, limit_rows: int | None = None
) -> tuple[tuple[Sheet, ...], tuple[Problem, ...]]:
    """The sheets of a table, each with at most `limit_rows` rows, and what is odd or could not be read."""
    if data.startswith(b"PK\x03\x04"):
        return read_workbook(data, limit_rows)
    rows, problems = read_text(data, limit_rows)
    return (Sheet(None, "csv", rows),), problems
