"""All the words of a contract, with the place each page begins at: PDF, Word (DOCX), text, Markdown, web page.

`contract_text` gives the text that every offset of an answer points into. Line ends are "\\n", and signs that no reader
of text keeps are gone, so that the text printed and read again is the same, sign by sign.

Limits: pictures are not read; a Word document has no pages of its own; page numbers, headers and footers of a PDF stand
among its words. Scripts of a PDF or web page are never run. Text beyond `MOST_TEXT` is left out, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.language import language_of
from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.intake.documents.pdf import Locked, NotReadable, pages_of_pdf
from pilothouse.intake.documents.text import decoded, looks_like_word, paragraphs_of_word
from pilothouse.intake.documents.web_page import looks_like_web_page, words_of_web_page
from pilothouse.intake.papers import Problem
from pilothouse.intake.unread import EMPTY, Kind, is_text, kind_of

MOST_TEXT = 5_000_000  # letters: about 1,500 pages of small print
FEWEST_LETTERS = 25  # for each page that has words; with fewer in all, the paper is a scan
NEW_PAGE = "\f"
TOLD_PAGES = 12
# Problems of a paper of which a part was read.
_UNREAD = frozenset(("pdf.pages_without_words", "document.too_long", "contract.language"))

_LINE_END = re.compile(r"\r\n?")
# PDFium gives this sign for a hyphen at the end of a line; a word parted there is one word again, unless the hyphen is
# its own. Looked for from the sign backwards: a text that is one endless word takes no longer than another.
_COMPOUND = (
    "non|pre|post|sub|co|re|self|third|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|year|month"
)
_KEEPS_HYPHEN = re.compile(rf"(?<!\w)(?P<before>{_COMPOUND}|)[\x02\ufffe]\n?", re.IGNORECASE)
_PARTED = re.compile(r"[\x02\ufffe]\n?")
_NO_SIGN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_SOFT = re.compile("[\u00ad\u200b\ufeff]")


@dataclass(frozen=True, slots=True)
class Whole:
    """The words of a paper, and what is to be known of it; `text` is None where there is nothing to read."""

    text: ContractText | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_read_whole(self) -> bool:
        """Whether all of it was read, so that what was not found is not merely unread."""
        return self.text is not None and not any(problem.rule in _UNREAD for problem in self.problems)


def contract_text(data: bytes) -> Whole:
    """The words of a contract with its pages, or why they cannot be had."""
    try:
        return _read(data)
    except Locked:
        return Whole(None, (_LOCKED,))
    except NotReadable:
        return Whole(None, (_BROKEN,))


def _read(data: bytes) -> Whole:
    if b"%PDF-" in data[:1024]:
        return _from_pdf(data)
    if looks_like_word(data[:65_536]):
        return _text(clean("\n".join(paragraphs_of_word(data))))
    kind = kind_of(data)
    if not is_text(kind):
        return Whole(None, (_other_kind(kind),))
    words = decoded(data)
    if looks_like_web_page(words):
        words = words_of_web_page(words)
    return _text(clean(words))


def clean(words: str) -> str:
    """The same words without signs that get lost or changed when text is printed, sent or read again."""
    words = _KEEPS_HYPHEN.sub(r"\g<before>-", _LINE_END.sub("\n", words))
    return _NO_SIGN.sub(" ", _SOFT.sub("", _PARTED.sub("", words)))


def _from_pdf(data: bytes) -> Whole:
    found = pages_of_pdf(data, MOST_TEXT)
    pages = [clean(page).replace(NEW_PAGE, " ") for page in found.texts]
    letters = sum(len(page.strip()) for page in pages)
    if letters < FEWEST_LETTERS * min(len(pages), 20):
        return Whole(None, (_SCAN,))
    silent = [number for number, page in enumerate(pages, 1) if not page.strip()]
    problems = [_pages_without_words(silent)] if silent else []
    if found.pages > len(pages):
        problems.append(_too_long(f"page {len(pages)}"))
    if found.has_scripts:
        problems.append(_SCRIPTS)
    return _text(f"\n{NEW_PAGE}".join(pages), problems, paged=True)


def _text(text: str, problems: Iterable[Problem] = (), *, paged: bool = False) -> Whole:
    """The whole text; its pages begin after each form feed, where there is one or `paged` says so."""
    if not text.strip():
        return Whole(None, (_NOTHING,))
    problems = list(problems)
    if len(text) > MOST_TEXT:
        text = text[:MOST_TEXT]
        problems.append(_too_long(f"letter {MOST_TEXT:,}"))
    language = language_of(text)
    if not language:
        problems.append(_LANGUAGE)
    starts = (0, *(found.end() for found in re.finditer(NEW_PAGE, text)))
    pages = starts if paged or len(starts) > 1 else ()
    return Whole(ContractText(text, pages, language), tuple(problems))


def _other_kind(kind: Kind) -> Problem:
    if kind is EMPTY:
        return Problem(
            "file.empty", "error", "The file is empty, so there is no contract to read. Fetch it again."
        )
    return Problem(
        f"file.{kind.code}",
        "error",
        f"The file is {kind.is_a}, so the contract in it cannot be read. Give it as PDF, Word (.docx), text, Markdown "
        "or web page.",
    )


def _pages_without_words(silent: Sequence[int]) -> Problem:
    shown = ", ".join(map(str, silent[:TOLD_PAGES])) + (" and more" if len(silent) > TOLD_PAGES else "")
    return Problem(
        "pdf.pages_without_words",
        "warning",
        f"Nothing could be read on page {shown}: empty, pictures, or too heavy. What stands there is not in this "
        "answer; look there yourself.",
    )


def _too_long(up_to: str) -> Problem:
    return Problem(
        "document.too_long",
        "warning",
        f"The paper was read up to {up_to}; what follows is not in this answer. Cut it into parts and give each.",
    )


_LOCKED = Problem(
    "pdf.locked",
    "error",
    "The PDF is locked with a password, so nothing of it can be read. Open it with the password, save it without one "
    "(print it to a PDF), and give that.",
)
_BROKEN = Problem(
    "document.broken",
    "error",
    "The file is damaged and cannot be opened, so nothing of it can be read. Fetch it again from where it came.",
)
_SCAN = Problem(
    "pdf.scan",
    "error",
    "The pages have no words that a program can read: they are pictures (a scan). Ask the other party for the contract "
    "as their program made it, or have the scan turned into text (OCR) and give that.",
)
_NOTHING = Problem(
    "document.no_words",
    "error",
    "There is not a word in the file, so there is no contract to read. Fetch it again.",
)
_SCRIPTS = Problem(
    "pdf.scripts",
    "warning",
    "The PDF holds scripts. They were not run, and are not part of what was read; a contract needs none, so ask where "
    "it came from.",
)
_LANGUAGE = Problem(
    "contract.language",
    "warning",
    "The language of the paper is none of those that are read (English, French, Dutch), so little or nothing is found "
    "in it. Look at it yourself.",
)
