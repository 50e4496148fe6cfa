"""A paper for people's eyes: a PDF without an e-invoice, a Word document, a text. What does it seem to be and say?

`read_document` gives a `Document`: how many pages, a guess what it is (`seems`), and the figures that its words give
for sure enough to be proposed (`reads`). Nothing of it is counted before a person agreed. `text_of` gives its words,
`page_picture` a page as a picture.

Limits: only the first pages are looked at for guesses; pictures are not read (a scan says it has no text); a guess is
left out where two fit.
"""

from __future__ import annotations

from dataclasses import dataclass

from pilothouse.intake.documents.pdf import FIRST_PAGES, Locked, NotReadable, page_picture, text_of_pdf
from pilothouse.intake.documents.seems import seems
from pilothouse.intake.documents.text import looks_like_word, text_of_text, text_of_word
from pilothouse.intake.papers import Document, Problem, Reading, Reads

__all__ = ["looks_like_document", "page_picture", "read_document", "text_of"]

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TEXT = "text/plain"


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of the first pages, how many pages there are, what it is called, what kind of file it is."""

    text: str
    pages: int | None
    title: str | None
    mime: str
    pictured: bool = False


def looks_like_document(head: bytes) -> bool:
    """Whether the first bytes are a Word document, or text with the words of a contract."""
    if looks_like_word(head):
        return True
    if b"\0" in head[:512] and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return seems(text_of_text(head)) == "contract"


def read_document(data: bytes) -> Reading:
    """The document in a file, or why it cannot be opened."""
    try:
        words = _words_of(data)
    except Locked:
        return (), (_LOCKED,)
    except NotReadable:
        return (), (_BROKEN,)
    from pilothouse.intake.documents.values import read_values  # whoever reads a contract asks for no figures

    kind = seems(words.text, words.pages or 0, pictured=words.pictured)
    reads = read_values(words.text) if kind == "invoice" else Reads()
    problems = (_SCAN,) if kind == "scan" else ()
    return (
        Document(
            seems=kind,
            mime=words.mime,
            pages=words.pages,
            title=words.title,
            text_length=len(words.text),
            reads=reads,
            problems=problems,
        ),
    ), ()


def text_of(data: bytes, first_pages: int = FIRST_PAGES) -> str:
    """The words of the first pages; empty where there are none or the file cannot be opened."""
    try:
        return _words_of(data, first_pages).text
    except (Locked, NotReadable):
        return ""


def _words_of(data: bytes, first_pages: int = FIRST_PAGES) -> _Words:
    if b"%PDF-" in data[:1024]:
        found = text_of_pdf(data, first_pages)
        return _Words(found.text, found.pages, found.title, PDF, found.pictured)
    if looks_like_word(data[:65_536]):
        return _Words(text_of_word(data), None, None, WORD)
    return _Words(text_of_text(data), None, None, TEXT)


_LOCKED = Problem(
    "pdf.locked",
    "error",
    "The PDF is locked with a password, so nothing of it is read or counted. Open it with the password, save it "
    "without one (print it to a PDF), and bring that in; or ask the sender for the e-invoice.",
)
_BROKEN = Problem(
    "document.broken",
    "error",
    "The file is damaged and cannot be opened, so nothing of it is counted. Fetch it again from where it came.",
)
_SCAN = Problem(
    "pdf.scan",
    "warning",
    "The pages have no words that a program can read (they are pictures, or drawn), so nothing is known of them. Enter "
    "the figures beside the picture, or ask the sender for the e-invoice or the PDF as their program made it.",
)
