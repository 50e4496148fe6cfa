"""From bytes to numbered lines of 128 characters: encodings, line ends, lost or added spaces.

The standard is written in ISO 8859-1; in practice files come in Windows-1252, UTF-8 (with or without mark),
UTF-16 and, from old bank programs, DOS code page 850. The last is guessed: among the characters beyond ASCII,
those from 0x80 to 0x9F are letters in code page 850 and rare signs or nothing in the others. Figures stand in
ASCII in all of them, so a wrong guess can only spoil a name.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilothouse.intake.coda.layout import WIDTH

_LINE_END = re.compile(r"\r\n|\n|\r")
_DOS_END_OF_FILE = "\x1a"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file, filled with spaces to 128 characters; `length` is what it had, without final
    spaces beyond them."""

    number: int
    text: str
    length: int

    @property
    def place(self) -> str:
        return f"line {self.number}"

    @property
    def kind(self) -> str:
        """The kind of record: two digits for 2.x and 3.x, else one."""
        return self.text[:2] if self.text[0] in "23" else self.text[0]


def decode(data: bytes) -> tuple[str, str | None]:
    """The text, and why another encoding than the usual ones was taken (None when it was not)."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace"), "the file starts with the mark of UTF-16"
    try:
        return data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        pass
    dos_letters = len(data) - len(data.translate(None, bytes(range(0x80, 0xA0))))
    latin_letters = len(data) - len(data.translate(None, bytes(range(0xC0, 0x100))))
    if dos_letters > latin_letters:
        return data.decode("cp850"), "most letters with accents stand where DOS code page 850 has them"
    return data.decode("cp1252", "replace"), None


def number_lines(text: str) -> Iterator[Line]:
    """Every line that holds something, with its number in the file."""
    for number, raw in enumerate(_cut(text), start=1):
        stripped = raw.replace(_DOS_END_OF_FILE, "").rstrip(" \t\0")
        if stripped:
            shown = raw[:WIDTH].replace("\t", " ").ljust(WIDTH)
            yield Line(number, shown, max(len(stripped), min(len(raw), WIDTH)))


def _cut(text: str) -> list[str]:
    """At line ends; a file without any is cut every 128 characters, as it comes from a mainframe."""
    pieces = _LINE_END.split(text)
    if len(pieces) == 1 and len(text) > WIDTH and len(text) % WIDTH == 0:
        return [text[start : start + WIDTH] for start in range(0, len(text), WIDTH)]
    return pieces
