"""Into which sentences do the paragraphs of a contract fall, and under which headings does each stand?

Line by line: a heading ("Article 4. Durée", "9.3 Rupture", "## Prix", a short line in capitals) names what follows and
is no sentence; an empty line, a heading, a row of a table and an item of a list end a paragraph; inside it a sentence
ends as `flat` knows it. So a quote is the sentence and nothing more. The clause model has a cutter of its own, which
makes pieces of like length to be weighed; here the place of each full stop counts. Limits: a heading that runs on into
its text on the same line is read as text; of columns printed side by side the lines are mixed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.flat import ends_of_sentences, one_way
from pilothouse.engine.contracts.reading.words import Sentence

BETWEEN = " / "  # a heading and the one it stands under
LONGEST_HEADING, MOST_WORDS = 90, 8
_DIGITS = re.compile(r"\d+")
_LINE = re.compile(r"(?P<words>[^\n\f]*)[\n\f]?")
_MARKDOWN = re.compile(r"[ \t]{0,3}(?P<level>#{1,6})[ \t]+(?P<words>[^\n]{1,200})")
_NAMED = re.compile(
    r"\s*(?:\*\*)?(?:Art(?:icle|ikel)|ART(?:ICLE|IKEL)|Art\.|Clause|CLAUSE|Section|SECTION|Afdeling|Hoofdstuk|Chapitre"
    r"|CHAPITRE|Titre|Annexe?|ANNEXE?|Bijlage|BIJLAGE|Schedule)\b[ \t]{0,3}"
    r"(?P<number>[\dIVX]{1,4}(?:\.\d{1,3}){0,3}|1er)?[ \t]{0,3}[.:)–-]{0,2}[ \t]{0,3}(?P<words>[^\n]{0,90})$"
)
_NUMBERED = re.compile(
    r"\s*(?:\*\*)?(?P<number>\d{1,2}(?:\.\d{1,2}){0,3})[.)]?[ \t]{1,3}(?P<words>[A-ZÀ-Ý][^\n.;!?:]{1,49})$"
)
_CAPITALS = re.compile(r"[^a-zà-ÿ\n|]{4,90}$")
_FIRST_LINE = re.compile(r"\s{0,20}(?P<words>[A-ZÀ-Ý][^\n:]{3,58})\n(?=\s{0,20}[A-ZÀ-Ý])")
_LETTERS = re.compile(r"[A-ZÀ-Ý]{3}")
_ITEM = re.compile(r"[ \t>]*(?:[-•*–▪][ \t]|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)][ \t])")
_NUMBER = re.compile(r"\W{0,5}\w{1,3}[.)]\s*")  # of a clause: it belongs to what follows
# A full stop behind a number that ends a sentence ("in annex 2. The …"), not the number of an item.
_AFTER_NUMBER = re.compile(r"(?:(?<=[a-zà-ÿ] \d\.)|(?<=[a-zà-ÿ] \d\d\.)) +(?=[\"'(\[]{0,2}[A-ZÀ-Ü])")
_ROW = re.compile(r"[ \t>]*\|")
_ENDS_OPEN = re.compile(
    r"[,;(]\s*$|\b(?:et|en|and|de|du|van|of|the|le|la|het|à|te|to|par|door|by)\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    words: str
    place: int = -1


def sentences_of_paragraphs(text: str) -> list[Sentence]:
    """The sentences of a text in order, each with its headings, the outer one first; headings are none."""
    words = one_way(text)
    return [
        sentence
        for start, end, title in _paragraphs(text)
        for sentence in _sentences(words, start, end, title)
    ]


def _sentences(words: str, start: int, end: int, title: str) -> Iterator[Sentence]:
    first = start
    ends = {
        *ends_of_sentences(words, start, end),
        *(found.end() for found in _AFTER_NUMBER.finditer(words, start, end)),
    }
    for last in (*sorted(ends), end):
        said = words[first:last]
        if last < end and _NUMBER.fullmatch(said):
            continue
        yield Sentence(first + len(said) - len(said.lstrip()), first + len(said.rstrip()), title)
        first = last


def _paragraphs(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each paragraph begins and ends, and its headings; the empty line at the very end closes the last."""
    over: list[_Heading] = []
    begun: int | None = None
    last = 0
    title, heads = _title(text), _running_heads(text)
    for found in _LINE.finditer(text):
        line = found["words"]
        if _alike(line) in heads:
            continue  # it parts no sentence that goes on over the page
        goes_on = text[found.end() : found.end() + 1].islower()
        heading = title if title and found.start() == title.place else _heading(line, goes_on=goes_on)
        if heading is not None or (_begins_anew(line) and not _is_end_of_page(found)):
            if begun is not None:
                yield begun, last, BETWEEN.join(one.words for one in over)
            begun = None
        if heading is not None:
            over = [*(one for one in over if one.level < heading.level), heading]
        elif line.strip():
            begun = found.start() if begun is None else begun
            last = found.end("words")


def _running_heads(text: str) -> set[str]:
    """Lines that are the first or the last of more than one page, whatever number stands in them."""
    pages = [page.strip().split("\n") for page in text.split("\f")]
    ends = Counter(same for page in pages for same in {_alike(page[0]), _alike(page[-1])})
    return {line for line, times in ends.items() if times > 1 and line}


def _alike(line: str) -> str:
    return _DIGITS.sub("0", line).strip()


def _is_end_of_page(line: re.Match[str]) -> bool:
    """A sentence goes on over the end of a page; the text ends with an empty line too."""
    return not line["words"].strip() and line.group().endswith("\f")


def _begins_anew(line: str) -> bool:
    return not line.strip() or _ITEM.match(line) is not None or _ROW.match(line) is not None


def _title(text: str) -> _Heading | None:
    """The first line of a contract, where it is its title and no text."""
    first = _FIRST_LINE.match(text)
    if first is None or not _is_title(first["words"]):
        return None
    return _Heading(0, _clean(first["words"]), first.start("words"))


def _heading(line: str, *, goes_on: bool) -> _Heading | None:
    """The heading that a line is; None where it is text, as where the next line `goes_on` in small letters."""
    marked = _MARKDOWN.match(line)
    if marked:
        return _Heading(len(marked["level"]), _clean(marked["words"]))
    if goes_on or len(line) > LONGEST_HEADING or _ENDS_OPEN.search(line):
        return None
    named = _NAMED.match(line) or _NUMBERED.match(line)
    if named and _is_title(named["words"]):
        return _Heading((named["number"] or "").rstrip(".").count(".") + 1, _clean(named["words"]))
    if _CAPITALS.match(line) and _LETTERS.search(line) and _is_title(line):
        return _Heading(1, _clean(line))
    return None


def _is_title(words: str) -> bool:
    return len(words.split()) <= MOST_WORDS and not words.rstrip().endswith((".", ";", ","))


def _clean(words: str) -> str:
    return words.strip(" \t#*:.–-")
