"""What a PDF says to who reads it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

pypdfium2: Any = import_module("pypdfium2")  # it has no types


def pages_of(paper: bytes) -> list[str]:
    """The text that lies on each page, with ordinary spaces and without the places where a long word may break."""
    with pypdfium2.PdfDocument(paper) as document:
        texts = [page.get_textpage().get_text_bounded() for page in document]
    return [" ".join(text.replace("\u200b", "").replace("\ufffe", "").split()) for text in texts]
