"""From text to fields: ":61:…" and the lines that go on with it, each with the line it starts at.

Messages may stand in blocks ({1:…}{2:…}{4: … -}), end with "-", or follow each other without either; lines a bank
puts around them (its BIC, "940 00") belong to no field. Some programs wrap lines in the middle of a tag, so that a
":" stands alone on a line; it is put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

END = "-"

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# Only the fields of a statement: a time of day in a text ("… 13:12:11") may stand at the start of a line too.
_TAG = re.compile(r"[ \t]{0,3}:(13D?|2[01]|25P?|28C?|34F|6[024][FM]?|61|65|86|90[CD]|94[02]|NS):", re.ASCII)
_END = re.compile(r"-(?:\}.*|X{3})?\s*")
_STRAY = "\0\x01\x03\x1a\ufeff"
_BLOCK = "{4:"


@dataclass(slots=True)
class Field:
    """A field of a message: `tag` without its colons ("61"), or `END`."""

    tag: str
    lines: list[str]
    number: int

    @property
    def place(self) -> str:
        return f"line {self.number}"

    @property
    def first(self) -> str:
        return self.lines[0].strip()


def read_fields(text: str) -> Iterator[Field]:
    """Every field of the text in its order, and `END` where a message ends."""
    field: Field | None = None
    for number, line in _mended(text):
        tag = _TAG.match(line)
        if not (tag or _ends(line)):
            if field:
                field.lines.append(line)
            continue
        if field:
            yield field
        field = Field(tag.group(1), [line[tag.end() :]], number) if tag else None
        if not tag:
            yield Field(END, [""], number)
    if field:
        yield field


def _ends(line: str) -> bool:
    return line.startswith("{") or bool(_END.fullmatch(line))


def _mended(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without control characters and block marks; a lone ":" belongs to the next line."""
    colon = ""
    for number, match in enumerate(_LINE.finditer(text), start=1):
        line = match.group(1).strip(_STRAY)
        if line.startswith("{") and _BLOCK in line:
            line = line.rpartition(_BLOCK)[2] or "{"
        if line.strip() == ":":
            colon = ":"
            continue
        yield number, f"{colon}{line}"
        colon = ""
