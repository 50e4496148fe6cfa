"""The words and pages of a PDF, by PDFium; guarded against pages of any size, number and weight."""

from __future__ import annotations

import importlib
import io
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilothouse.intake.documents.weight import Weight, holds_scripts, weights

FIRST_PAGES = 20
MOST_TEXT = 200_000
MOST_ON_A_PAGE = 2_000_000
MOST_PIXELS = 12_000_000  # a page of one metre by one is drawn smaller, not refused
_ONE_AT_A_TIME = threading.Lock()  # PDFium keeps what it works with in one place for all threads


class NotReadable(ValueError):
    """The file is no PDF that can be opened."""


class Locked(ValueError):
    """The PDF asks for a password."""


@dataclass(frozen=True, slots=True)
class PdfWords:
    """The words of the first pages, how many pages there are in all, and the title the file gives itself.

    `pictured`: whether pictures stand on those pages; `too_heavy`: how many of them were too heavy to be read.
    """

    text: str
    pages: int
    title: str | None
    pictured: bool = False
    too_heavy: int = 0


@dataclass(frozen=True, slots=True)
class PdfPages:
    """The words of each page up to the limit, and how many pages there are in all."""

    texts: tuple[str, ...]
    pages: int
    has_scripts: bool


def _library() -> Any:
    """PDFium, loaded when a PDF is read; it has no types."""
    return importlib.import_module("pypdfium2")


def text_of_pdf(data: bytes, first_pages: int = FIRST_PAGES) -> PdfWords:
    """The words of the first pages; raises `Locked` or `NotReadable`."""
    pypdfium2 = _library()
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
            return _words_of(document, weights(data, range(min(len(document), first_pages))))
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Locked(str(error)) from error
        raise NotReadable(str(error)) from error


def pages_of_pdf(data: bytes, most_text: int) -> PdfPages:
    """The words of every page, until there are more than `most_text` letters; raises `Locked` or `NotReadable`.

    A page without words, or too heavy to be read, is an empty text.
    """
    pypdfium2 = _library()
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
            pages = len(document)
            weighed = weights(data, range(pages))
            texts = tuple(_each_page(document, weighed, most_text))
    except pypdfium2.PdfiumError as error:
        if "assword" in str(error):
            raise Locked(str(error)) from error
        raise NotReadable(str(error)) from error
    return PdfPages(texts, pages, holds_scripts(data))


def _each_page(document: Any, weighed: list[Weight], most_text: int) -> Iterator[str]:
    left = most_text
    for number, weight in enumerate(weighed):
        if left <= 0:
            return
        page = document[number]  # closed at once: a long paper would keep all its pages in memory
        text = _words_of_page(page) if weight.is_readable else ""
        page.close()
        left -= len(text)
        yield text


def _words_of(document: Any, weighed: list[Weight]) -> PdfWords:
    found, length = [], 0
    for number, weight in enumerate(weighed):
        if weight.is_readable and length < MOST_TEXT:
            found.append(_words_of_page(document[number]))
            length += len(found[-1])
    return PdfWords(
        text="\n\f".join(found)[:MOST_TEXT],
        pages=len(document),
        title=_title(document),
        pictured=any(weight.pixels for weight in weighed),
        too_heavy=sum(not weight.is_readable for weight in weighed),
    )


def _words_of_page(page: Any) -> str:
    words = page.get_textpage()
    try:
        if words.count_chars() > MOST_ON_A_PAGE:  # one sign of the page may stand for hundreds of letters
            return ""
        return str(words.get_text_bounded()).replace("\r\n", "\n")
    finally:
        words.close()


def _title(document: Any) -> str | None:
    title = document.get_metadata_value("Title")
    return " ".join(str(title).split())[:200] or None


def page_picture(data: bytes, page: int, *, width: int) -> bytes | None:
    """Page `page` (from 1) as a PNG `width` pixels wide; None where there is no such page or it cannot be drawn."""
    pypdfium2 = _library()
    try:
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(data) as document:
            if not 1 <= page <= len(document) or not weights(data, range(page - 1, page))[0].is_drawable:
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
