"""The words and pages of a PDF, by PDFium; guarded against pages of any size and number."""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass
from typing import Any

FIRST_PAGES = 20
MOST_TEXT = 200_000
MOST_PIXELS = 12_000_000  # a page of one metre by one is drawn smaller, not refused


class NotReadable(ValueError):
    """The file is no PDF that can be opened."""


class Locked(ValueError):
    """The PDF asks for a password."""


@dataclass(frozen=True, slots=True)
class PdfWords:
    """The words of the first pages, how many pages there are in all, and the title the file gives itself."""

    text: str
    pages: int
    title: str | None


def _library() -> Any:
    """PDFium, loaded when a PDF is read; it has no types."""
    return importlib.import_module("pypdfium2")


def text_of_pdf(data: bytes) -> PdfWords:
    """The words of the first pages; raises `Locked` or `NotReadable`."""
    pypdfium2 = _library()
    try:
        with pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            found, length = [], 0
            for number in range(min(pages, FIRST_PAGES)):
                words = document[number].get_textpage().get_text_bounded()
                found.append(words)
                length += len(words)
                if length > MOST_TEXT:
                    break
            title = _title(document)
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Locked(str(error)) from error
        raise NotReadable(str(error)) from error
    return PdfWords("\n\f".join(found).replace("\r\n", "\n")[:MOST_TEXT], pages, title)


def _title(document: Any) -> str | None:
    title = document.get_metadata_value("Title")
    return " ".join(str(title).split())[:200] or None


def page_picture(data: bytes, page: int, *, width: int) -> bytes | None:
    """Page `page` (from 1) as a PNG `width` pixels wide; None where there is no such page or it cannot be drawn."""
    pypdfium2 = _library()
    try:
        with pypdfium2.PdfDocument(data) as document:
            if not 1 <= page <= len(document):
                return None
            drawn = document[page - 1]
            across, down = drawn.get_size()
            scale = width / max(across, 1)
            scale = min(scale, (MOST_PIXELS / max(across * down, 1)) ** 0.5)
            picture = drawn.render(scale=scale).to_pil()
            kept = io.BytesIO()
            picture.save(kept, "PNG", optimize=False)
            return kept.getvalue()
    except (pypdfium2.PdfiumError, ValueError, OSError, MemoryError):
        return None
