"""Is this XML safe and whole, and what is in it? Other people's XML, read behind guards of our own.

`read_xml` refuses, with one problem in the owner's words, what is empty, too big, not XML, in an encoding we
do not know, cut off, broken, nested too deeply, made of too many parts, or carries a DOCTYPE (entity bombs
live there and no invoice or bank file needs one). Everything else becomes a tree.

The parser's own limits are off (`huge_tree`), because they refuse attachments over 10 MB; so the guards here
are what keeps memory in bounds. Only the depth is left to the parser (2,048 elements). The file is fed in
pieces; elements named in `take` are handed over as soon as they end, so that the caller can keep what it
needs and empty them: lines of long papers and contents of attachments never stand in memory together.
`stream_xml` is for papers of any length: what it has handed over is thrown away.
Entities are never resolved and nothing is ever fetched.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, cast

from lxml import etree

from pilothouse.intake.papers import Problem

MB = 1024 * 1024
LARGEST = 256 * MB
# A tag or attribute needs up to 240 bytes in the tree though it may have only 4 in the file.
MOST_PARTS = 1_500_000
_PIECE = MB
_HEAD = 64 * 1024

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARED = re.compile(rb"""^<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# Encodings in which "<" is the byte "<", so that nothing can be hidden from the guards, and UTF-16, which is
# converted before they look.
_KNOWN = {
    "utf-8": "utf-8",
    "ascii": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
    "iso8859-1": "iso8859-1",
    "iso8859-15": "iso8859-15",
    "cp1252": "cp1252",
}
_LOOKS_LIKE = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG", "a picture"),
    (b"{", "JSON"),
)


class Refused(Exception):
    """The file cannot be used; `problem` says what is wrong, why it matters and what to do."""

    def __init__(self, rule: str, message: str, place: str | None = None) -> None:
        super().__init__(message)
        self.problem = Problem(rule, "error", message, place)


Take = Callable[[etree._Element], None]


def line_of(element: Any) -> int:
    """The line of the file at which an element starts; 0 where the parser does not know."""
    return int(element.sourceline or 0)


def read_xml(
    data: bytes,
    *,
    accept: Callable[[str], bool],
    refusal: Callable[[str], Refused],
    take: Mapping[str, Take],
    limit: int = LARGEST,
) -> etree._Element:
    """The tree of `data`, or `Refused`.

    `accept` is asked with the root's name ("{namespace}local") before the rest is read; `refusal` builds the
    answer where it says no. `take` maps names of elements to what is done with each as soon as it has ended.
    `limit` is the largest file accepted, in bytes.
    """
    text = _as_utf8(_of_fair_size(data, limit))
    _refuse_too_many_parts(text)
    _refuse_doctype(text)
    name = _root_name(text)
    if name is not None and not accept(name):
        raise refusal(name)
    return _parse(text, take)


def stream_xml(data: bytes, *, take: Mapping[str, Take], limit: int = LARGEST) -> None:
    """Hand over the elements named in `take`, by local name and whatever the namespace, each as soon as it ends.

    What has been handed over is thrown away, so a paper may be as long as it likes; what stands in memory
    beside that may never have more than `MOST_PARTS` tags and attributes. `Refused` as from `read_xml`.
    """
    text = _as_utf8(_of_fair_size(data, limit))
    _refuse_doctype(text)
    root = _root_name(text)
    parser = _parser(("start", "end"), (*([root] if root else []), *(f"{{*}}{name}" for name in take)))
    kept = _Kept(take)
    for _piece in _fed(parser, text):
        for event, element in parser.read_events():
            kept.meet(str(event), cast("etree._Element", element))
        kept.refuse_too_many()
    _closed(parser)


def each_element(data: bytes, *, names: tuple[str, ...], limit: int = LARGEST) -> Iterator[etree._Element]:
    """The elements of these names, each as soon as it ends and emptied before the next is met.

    `Refused` as from `read_xml`, also between two elements.
    """
    text = _as_utf8(_of_fair_size(data, limit))
    _refuse_too_many_parts(text)
    _refuse_doctype(text)
    parser = _parser(("end",), names)
    for _piece in _fed(parser, text):
        for element in _elements(parser):
            yield element
            element.clear()
    _closed(parser)


class _Kept:
    """What stands in memory while a file is streamed: all but what was taken."""

    def __init__(self, take: Mapping[str, Take]) -> None:
        self._take = take
        self._root: etree._Element | None = None
        self._spent: etree._Element | None = None

    def meet(self, event: str, element: etree._Element) -> None:
        if event == "start":
            self._root = element if self._root is None else self._root
            return
        self._throw_away()
        take = self._take.get(element.tag.rpartition("}")[2])
        if take:
            take(element)
            element.clear()
            self._spent = element

    def _throw_away(self) -> None:
        """Only elements before the one just met may be taken out of a tree that is still being built."""
        if self._spent is not None:
            # Only the root has none, and it ends last.
            around = cast("etree._Element", self._spent.getparent())
            around.remove(self._spent)
        self._spent = None

    def refuse_too_many(self) -> None:
        if self._root is None:
            return
        parts = int(cast(float, self._root.xpath("count(//*) + count(//@*)")))
        if parts > MOST_PARTS:
            raise _too_many_parts(parts)


def _of_fair_size(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise Refused(
            "file.too_big",
            f"The file has {len(data) // MB} MB; at most {limit // MB} MB are read, so that one file cannot "
            "bring everything to a stop. Ask the sender for the paper without its large attachments.",
        )
    if not data[:_HEAD].strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe") and not data.strip(
        b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"
    ):
        raise Refused(
            "file.empty",
            "The file is empty, so nothing can be taken from it. Export or download it again.",
        )
    return data


def _as_utf8(data: bytes) -> bytes:
    encoding, start = _encoding(data)
    if encoding == "utf-8":
        return data[start:].lstrip() if start or data[:1].isspace() else data
    try:
        return data[start:].decode(encoding).encode("utf-8")
    except UnicodeDecodeError as error:
        raise _wrong_encoding(encoding.upper()) from error


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding of `data` and how many bytes of byte order mark stand before the text."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding, 0 if b"<" in mark else len(mark)
    start = data[:_HEAD].lstrip()
    if not start.startswith(b"<"):
        raise _not_xml(start)
    declared = _DECLARED.match(start)
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    try:
        return _KNOWN[codecs.lookup(name).name], 0
    except (LookupError, KeyError) as error:
        raise Refused(
            "xml.encoding",
            f"The file says it is written in “{name}”, which is not read here, so its words and amounts "
            "cannot be trusted. Ask the sender for the file in UTF-8.",
        ) from error


def _wrong_encoding(name: str) -> Refused:
    return Refused(
        "xml.encoding",
        f"The file says it is written in {name} but is not, so names and texts would come out wrong. "
        "Ask the sender to export it again; opening and saving it in an editor does not repair it.",
    )


def _not_xml(start: bytes) -> Refused:
    seen = next((name for mark, name in _LOOKS_LIKE if start.startswith(mark)), None)
    looks = f" It looks like {seen}." if seen else ""
    return Refused(
        "xml.not_xml",
        f"This is not an XML file, whatever its name says, so nothing can be read from it.{looks} "
        "Ask the sender or the bank for the file itself (XML).",
    )


def _refuse_doctype(text: bytes) -> None:
    """Walk over declarations and comments; a DOCTYPE can stand only before the first element."""
    at = 0
    while True:
        while text[at : at + 1].isspace():
            at += 1
        if text.startswith(b"<?", at):
            end = text.find(b"?>", at)
        elif text.startswith(b"<!--", at):
            end = text.find(b"-->", at)
        else:
            break
        if end < 0:
            raise _cut_off()
        at = end + 2
        at += text.startswith(b">", at)
    if text[at : at + 9].upper() == b"<!DOCTYPE":
        raise Refused(
            "xml.doctype",
            "The file carries a DOCTYPE, by which a file can be made to grow without end or to fetch others; "
            "no e-invoice or bank file needs one. It was not read. Ask the sender for the file without it.",
        )


def _refuse_too_many_parts(text: bytes) -> None:
    parts = text.count(b"<") + text.count(b"=")
    if parts > MOST_PARTS:
        raise _too_many_parts(parts)


def _too_many_parts(parts: int) -> Refused:
    return Refused(
        "xml.too_many_parts",
        f"The file has {parts:,} tags and attributes; at most {MOST_PARTS:,} are read (an invoice of "
        "ten thousand lines has half of that). It was not read. Ask the sender to split it.",
    )


def _parser(
    events: tuple[Literal["start", "end"], ...], names: tuple[str, ...] | None
) -> etree.XMLPullParser:
    """A parser that tells of the `events` of the elements in `names` (None: of all)."""
    return etree.XMLPullParser(
        events=events,
        tag=names,
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        remove_blank_text=True,
    )


def _elements(parser: etree.XMLPullParser) -> Iterator[etree._Element]:
    for _event, element in parser.read_events():
        yield cast("etree._Element", element)


def _root_name(text: bytes) -> str | None:
    """The name of the first element, or None where the file breaks before it: the parser then says how."""
    parser = _parser(("start",), None)
    try:
        for at in range(0, min(len(text), MB), 4096):
            parser.feed(text[at : at + 4096])
            for element in _elements(parser):
                return element.tag
    except etree.XMLSyntaxError:
        return None
    return None


def _parse(text: bytes, take: Mapping[str, Take]) -> etree._Element:
    parser = _parser(("end",), tuple(take))
    for _piece in _fed(parser, text):
        for element in _elements(parser):
            take[element.tag](element)
    return _closed(parser)


def _fed(parser: etree.XMLPullParser, text: bytes) -> Iterator[int]:
    """Feed the parser piece by piece; after each, its events can be read."""
    for at in range(0, len(text), _PIECE):
        try:
            parser.feed(text[at : at + _PIECE])
        except etree.XMLSyntaxError as error:
            raise _broken(error) from error
        yield at


def _closed(parser: etree.XMLPullParser) -> etree._Element:
    try:
        return parser.close()
    except etree.XMLSyntaxError as error:
        raise (_broken(error) if _code(error) in _NOT_AN_END else _cut_off()) from error


_TYPES = etree.ErrorTypes
# What the parser tells only at the end although it was wrong before: undeclared entities and prefixes.
_NOT_AN_END = {
    _TYPES.ERR_INTERNAL_ERROR,
    _TYPES.ERR_UNDECLARED_ENTITY,
    _TYPES.WAR_UNDECLARED_ENTITY,
    _TYPES.NS_ERR_UNDEFINED_NAMESPACE,
}


def _code(error: etree.XMLSyntaxError) -> int:
    return int(cast(Any, error).code)


def _broken(error: etree.XMLSyntaxError) -> Refused:
    place = f"line {error.lineno}" if error.lineno else None
    if _code(error) == _TYPES.ERR_RESOURCE_LIMIT:
        return Refused(
            "xml.too_deep",
            "The elements of this file are nested thousands deep, as no paper is; it was made wrongly or to "
            "do harm, and was not read. Ask the sender for the real one.",
            place,
        )
    if _code(error) == _TYPES.ERR_INVALID_ENCODING:
        return _wrong_encoding("UTF-8")
    return Refused(
        "xml.broken",
        "The file is not well-formed XML, so it cannot be said where one amount ends and the next begins. "
        "Ask the sender to export it again.",
        place,
    )


def _cut_off() -> Refused:
    return Refused(
        "xml.cut_off",
        "The file ends in the middle, so amounts or lines are missing. Download it again or ask the sender "
        "for the whole file.",
    )
