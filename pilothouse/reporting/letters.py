"""How is a vendor told that a contract ends, is to be renegotiated, or goes on?

A letter in English, French or Dutch, as DOCX to be finished in a word processor and as PDF to be signed. It says what
it is given and no more: who hands it facts gives confirmed ones only, and what is not given (an address, a place, a
number) is left as a line to fill in, or left out where the sentence stands without it. The words are a draft: they
name no law, and whoever sends them reads them first.
"""

from __future__ import annotations

import io
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from babel.dates import format_date

from pilothouse.reporting import formats
from pilothouse.reporting.binding import bind

if TYPE_CHECKING:
    from docx.document import Document as Docx
    from docx.text.paragraph import Paragraph

LANGUAGES = ("en", "fr", "nl")
BLANK = "." * 30
_LONGEST_QUOTE = 1500


class Purpose(StrEnum):
    """What the letter is for."""

    CANCEL = "cancel"
    RENEGOTIATE = "renegotiate"
    RENEW = "renew"


@dataclass(frozen=True, slots=True)
class Clause:
    """Words of the contract, in its own language; `page` None where the paper has none."""

    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """What a letter says. Empty means: not known, or not confirmed."""

    purpose: Purpose
    language: str
    today: date
    exit: date
    sender: str = ""
    recipient: str = ""
    contract: str = ""
    number: str = ""
    start: date | None = None
    renews_until: date | None = None
    answer_by: date | None = None
    sent_by: str = ""  # "letter", "registered_letter" or "email"
    clauses: tuple[Clause, ...] = ()
    signer: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    words: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it is read, top to bottom."""

    language: str
    today: date
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    place_and_day: str
    sent_by: str
    subject: str
    salutation: str
    parts: tuple[Part, ...]
    closing: str
    signature: tuple[str, ...]


def write_letter(facts: LetterFacts) -> Letter:
    """The letter in words; English where the language has none."""
    return _Writer(facts).letter()


def docx(letter: Letter) -> bytes:
    """The letter for a word processor."""
    from docx.api import Document
    from docx.shared import Mm

    paper = Document()
    _describe(paper, letter)
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin = section.bottom_margin = Mm(22)
    _lay_out(paper, letter)
    written = io.BytesIO()
    paper.save(written)
    return written.getvalue()


def pdf(letter: Letter) -> bytes:
    """The letter to be printed and signed, tagged."""
    locale = formats.locale_of(letter.language)
    words = {
        "language": locale.language,
        "region": locale.territory,
        "sender": list(letter.sender),
        "recipient": list(letter.recipient),
        "place_and_day": letter.place_and_day,
        "sent_by": letter.sent_by,
        "subject": letter.subject,
        "salutation": letter.salutation,
        "parts": [{"words": part.words, "quoted": part.quoted} for part in letter.parts],
        "closing": letter.closing,
        "signature": list(letter.signature),
    }
    return bind("letter.typ", words, letter.today)


# --- the words ---------------------------------------------------------------------------------------------------


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The fixed words by language."""
    text = (files("pilothouse.reporting") / "templates" / "letter_words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


class _Writer:
    """Writes one letter."""

    def __init__(self, facts: LetterFacts) -> None:
        self.facts = facts
        self.language = facts.language if facts.language in LANGUAGES else "en"
        self.words = catalogue()[self.language]

    def letter(self) -> Letter:
        facts = self.facts
        sender, recipient = _line(facts.sender), _line(facts.recipient)
        return Letter(
            self.language,
            facts.today,
            (sender, BLANK, BLANK),
            (recipient, BLANK, BLANK),
            self.say("place_and_day", place=BLANK, day=self.day(facts.today)),
            self.words[f"by_{facts.sent_by}"] if facts.sent_by else "",
            self.say(f"{facts.purpose}_subject"),
            self.words["salutation"],
            tuple(self.parts()),
            self.words["closing"],
            (_line(facts.signer), self.say("for", sender=sender)),
        )

    def parts(self) -> Iterator[Part]:
        if self.facts.purpose is Purpose.CANCEL:
            yield from self.cancel()
        elif self.facts.purpose is Purpose.RENEGOTIATE:
            yield Part(self.say("renegotiate"))
            yield from self.clauses()
            yield Part(self.say("renegotiate_ask"))
            yield Part(self.say("renegotiate_keep"))
        else:
            yield Part(self.say("renew_until" if self.facts.renews_until else "renew"))
            yield from self.clauses()
            yield Part(self.say("renew_confirm"))

    def cancel(self) -> Iterator[Part]:
        yield Part(self.say("cancel_started" if self.facts.start else "cancel"))
        yield Part(self.say("cancel_otherwise"))
        yield from self.clauses()
        for key in ("cancel_confirm", "cancel_data", "cancel_bills"):
            yield Part(self.say(key))

    def clauses(self) -> Iterator[Part]:
        for clause in self.facts.clauses:
            page = self.words["page"].format(page=clause.page) if clause.page else ""
            yield Part(self.say("clause", page=page))
            yield Part(_clipped(clause.quote), quoted=True)

    def say(self, key: str, **more: str) -> str:
        """A sentence with all that is known put in."""
        facts = self.facts
        values = {
            "contract": _line(facts.contract),
            "reference": self.words["reference"].format(number=_line(facts.number)) if facts.number else "",
            "start": self.day(facts.start),
            "exit": self.day(facts.exit),
            "until": self.day(facts.renews_until),
            "answer_by": self.day(facts.answer_by),
        }
        return self.words[key].format(**values | more)

    def day(self, day: date | None) -> str:
        """A day in full, or a line to write it on."""
        if day is None:
            return BLANK
        said: str = format_date(day, "d MMMM y", locale=self.language)
        return said.replace("1 ", "1er ", 1) if self.language == "fr" and day.day == 1 else said


def _line(text: str) -> str:
    return " ".join(text.split()) or BLANK


def _clipped(quote: str) -> str:
    quote = " ".join(quote.split())
    return quote if len(quote) <= _LONGEST_QUOTE else f"{quote[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} […]"


# --- on paper ------------------------------------------------------------------------------------------------------


def _describe(paper: Docx, letter: Letter) -> None:
    """What the file says of itself: title, language, day; no name of a program or of a person who did not write it."""
    about = paper.core_properties
    about.title, about.author = _writable(letter.subject)[:255], _writable(letter.sender[0])[:255]
    about.comments = ""
    about.language = letter.language
    about.created = about.modified = datetime.combine(letter.today, time(), UTC)
    about.last_modified_by = ""


def _lay_out(paper: Docx, letter: Letter) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    body = paper.styles["Normal"]
    body.font.name, body.font.size = "Calibri", Pt(11)
    _add(paper, "\n".join(letter.sender), after=24)
    _add(paper, "\n".join(letter.recipient), after=24)
    _add(paper, letter.place_and_day).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    if letter.sent_by:
        _add(paper, letter.sent_by, bold=True)
    _add(paper, letter.subject, bold=True, after=14)
    _add(paper, letter.salutation)
    for part in letter.parts:
        written = _add(paper, part.words, italic=part.quoted)
        if part.quoted:
            written.paragraph_format.left_indent = Mm(8)
    _add(paper, letter.closing, after=48).paragraph_format.keep_with_next = True
    _add(paper, "\n".join(letter.signature))


def _add(paper: Docx, words: str, *, bold: bool = False, italic: bool = False, after: int = 10) -> Paragraph:
    from docx.shared import Pt

    written = paper.add_paragraph()
    run = written.add_run(_writable(words))
    run.bold, run.italic = bold, italic
    written.paragraph_format.space_after = Pt(after)
    return written


def _writable(words: str) -> str:
    """The words without what XML cannot hold."""
    return "".join(
        letter for letter in words if letter == "\n" or unicodedata.category(letter) not in ("Cc", "Cs", "Cn")
    )
