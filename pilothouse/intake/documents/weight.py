"""How much would it take to read or draw a page of a PDF? Asked before it is done, since PDFium knows no limit.

The weight of a page is the unpacked size of what draws it, with each form as often as it is put on the page: forms
within forms grow like the grains on the chessboard. Of pictures the pixels are counted, each picture once.

Limits: what fonts and patterns draw is not weighed, nor what is packed otherwise than by Flate (LZW, run lengths),
which counts as four times its size.
"""

from __future__ import annotations

import base64
import importlib
import io
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

MOST_UNPACKED = 2_000_000  # bytes that draw one page; PDFium takes up to 110 bytes of memory for each
MOST_PIXELS = 100_000_000  # of the pictures on one page: A3 at 600 dots an inch
A_FORM = 1_000  # what PDFium needs for each form put on a page, in bytes that draw
_OTHERWISE_PACKED = 4
_DEEPEST = 30
_MOST_PARTS = 5_000
_PUTS = re.compile(rb"/([^\s/\[\]()<>{}%]{1,127})\s+Do\b")
_FLATE = {"/FlateDecode", "/Fl"}
_LETTERS = {"/ASCII85Decode", "/A85"}


@dataclass(frozen=True, slots=True)
class Weight:
    """What one page takes: bytes that draw it, and pixels of its pictures."""

    drawing: int
    pixels: int

    @property
    def is_readable(self) -> bool:
        return self.drawing <= MOST_UNPACKED

    @property
    def is_drawable(self) -> bool:
        return self.is_readable and self.pixels <= MOST_PIXELS


HEAVIEST = Weight(MOST_UNPACKED + 1, MOST_PIXELS + 1)


def _library() -> Any:
    """The library for what a PDF is made of, loaded when a page is weighed; it has no types that mypy follows."""
    return importlib.import_module("pikepdf")


def weights(data: bytes, numbers: range) -> list[Weight]:
    """The weight of these pages, counted from 0; what cannot be weighed is as heavy as can be."""
    pikepdf = _library()
    faults = (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError)
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            return [_weigh(document.pages[number].obj, faults) for number in numbers]
    except faults:
        return [HEAVIEST for _ in numbers]


def holds_scripts(data: bytes) -> bool:
    """Whether a PDF brings scripts that run when it is opened (nothing here runs them)."""
    pikepdf = _library()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            opening = document.Root.get("/OpenAction", {})
            action = opening.get("/S") if isinstance(opening, pikepdf.Dictionary) else None
            return action == "/JavaScript" or "/JavaScript" in document.Root.get("/Names", {})
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError):
        return False


def _weigh(page: Any, faults: tuple[type[Exception], ...]) -> Weight:
    scale = _Scale()
    try:
        drawing = scale.drawing(page, page.get("/Contents"), 0)
        drawing += sum(scale.form(look, 0) for look in _looks_of_notes(page))
    except faults:
        return HEAVIEST
    return Weight(drawing, scale.pixels)


def _looks_of_notes(page: Any) -> Iterator[Any]:
    """How each note on a page is drawn."""
    for note in list(page.get("/Annots", ()))[:_MOST_PARTS]:
        look = note.get("/AP", {}).get("/N")
        if _is_stream(look):
            yield look


def _is_stream(thing: Any) -> bool:
    return isinstance(thing, _library().Stream)


def _each(streams: Any) -> list[Any]:
    """The streams of a page: none, one, or a row of them."""
    return [streams] if _is_stream(streams) else list(streams or ())[:_MOST_PARTS]


def _unpacked(stream: Any) -> bytes:
    """What a stream unpacks to, and a little more than the limit at most."""
    content, filters = bytes(stream.read_raw_bytes()), stream.get("/Filter", ())
    for name in [filters] if isinstance(filters, _library().Name) else filters:
        if name in _FLATE:
            content = _inflated(content)
        elif name in _LETTERS:
            content = _from_letters(content)
        else:
            return content * _OTHERWISE_PACKED
    return content


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST_UNPACKED + 1)
    except zlib.error:
        return packed  # damaged: what PDFium makes of it is no more


def _from_letters(letters: bytes) -> bytes:
    try:
        return base64.a85decode(letters.partition(b"~>")[0])
    except ValueError:
        return letters


@dataclass(slots=True)
class _Scale:
    """What was weighed so far on a page: each form and picture once, and no more than is light enough."""

    pixels: int = 0
    unpacked: int = 0
    known: dict[tuple[int, int], int] = field(default_factory=dict)

    def drawing(self, owner: Any, streams: Any, depth: int) -> int:
        """The bytes that draw a page or form, with those of the forms it puts down."""
        content, forms = bytearray(), owner.get("/Resources", {}).get("/XObject", {})
        for stream in _each(streams):
            content += b"\n" + _unpacked(stream)
            if self.unpacked + len(content) > MOST_UNPACKED:
                return MOST_UNPACKED + 1
        self.unpacked += len(content)
        weight = len(content)
        for name, times in Counter(found.group(1) for found in _PUTS.finditer(content)).items():
            key = f"/{name.decode('latin-1')}"
            weight += times * (A_FORM + self.form(forms[key], depth + 1)) if key in forms else 0
        return weight

    def form(self, form: Any, depth: int) -> int:
        if form.objgen in self.known:
            return self.known[form.objgen]
        if depth > _DEEPEST or len(self.known) > _MOST_PARTS:
            return MOST_UNPACKED + 1
        self.known[form.objgen] = 0  # a form that puts itself down is drawn no further
        if form.get("/Subtype") == "/Image":
            self.pixels += int(form.get("/Width", 0)) * int(form.get("/Height", 0))
            return 0
        self.known[form.objgen] = self.drawing(form, form, depth)
        return self.known[form.objgen]
