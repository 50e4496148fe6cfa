"""Which XML files does this PDF carry, wherever it has them?

A PDF can hold files in its table of embedded files, beside the document, a page or a note as associated files, and
pinned to a page. All are looked at, and where there is none, every object of the file. A file counts once.

Limits: only XML is kept, and what has the name of an e-invoice. One part may unpack to 64 MB and all files to 512 MB,
against bombs; pages after the thousandth are not looked at, nor files of a PDF in the PDF. What follows a damaged part
of one place is not found there.
"""

from __future__ import annotations

import importlib
import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from pilothouse.intake.pdf_guard import MB, MOST_UNPACKED, Bomb, refuse_bombs, refuse_too_many_objects
from pilothouse.intake.unread import looks_like_xml

MOST_IN_ALL = 512 * MB
_MOST_NODES = 10_000
_MOST_PAGES = 1_000
_MOST_OBJECTS = 200_000
# Factur-X, ZUGFeRD 1 and 2, its profile XRECHNUNG, and what other programs write.
_GIVEN_NAMES = {
    "factur-x.xml",
    "zugferd-invoice.xml",
    "xrechnung.xml",
    "zugferd.xml",
    "invoice.xml",
    "cii.xml",
}


class Damaged(ValueError):
    """The PDF cannot be opened."""


class Locked(ValueError):
    """The PDF asks for a password."""


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file in a PDF; `supplements`: the PDF says that it only adds to the document."""

    name: str
    content: bytes
    supplements: bool = False

    @property
    def has_given_name(self) -> bool:
        return self.name.lower() in _GIVEN_NAMES


@cache
def _library() -> Any:
    """The library for what a PDF is made of, loaded when one is read, with limits for what it may unpack."""
    pikepdf = importlib.import_module("pikepdf")
    logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # what damage it mends, for every file
    importlib.import_module("pikepdf.settings").set_qpdf_limits(
        flate_max_memory=MOST_UNPACKED,
        png_max_memory=MOST_UNPACKED,
        tiff_max_memory=MOST_UNPACKED,
        run_length_max_memory=MOST_UNPACKED,
        max_stream_filters=4,
        parser_max_container_size=2_000_000,
    )
    return pikepdf


def _faults() -> tuple[type[Exception], ...]:
    """What the library may say of a damaged part."""
    return (_library().PdfError, RuntimeError, ValueError, TypeError, LookupError, AttributeError)


def embedded_files(data: bytes) -> list[EmbeddedFile]:
    """The XML files in a PDF, each once; raises `Locked`, `Damaged` or `Bomb`."""
    refuse_too_many_objects(data)
    pikepdf = _library()
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            refuse_bombs((thing for thing in document.objects if _is(thing, "Stream")), _faults())
            return _files_of(document)
    except Bomb:
        raise
    except pikepdf.PasswordError as error:
        raise Locked(str(error)) from error
    except _faults() as error:
        raise Damaged(str(error)) from error


def _files_of(document: Any) -> list[EmbeddedFile]:
    kept = _Kept()
    for place in (_in_the_table, _beside_the_document, _on_pages):
        kept.take(place(document))
    if not kept.files:
        kept.take(_anywhere(document))
    return kept.files


class _Kept:
    """The files found so far, none twice."""

    def __init__(self) -> None:
        self.files: list[EmbeddedFile] = []
        self.met: set[tuple[int, int]] = set()
        self._unpacked = 0

    def take(self, found: Iterator[tuple[Any, Any]]) -> None:
        """Files as pairs of what describes one and its content, until a damaged part is met."""
        try:
            for description, content in found:
                self._take(description, content)
        except _faults():
            return

    def _take(self, description: Any, content: Any) -> None:
        if content.objgen in self.met or self._unpacked > MOST_IN_ALL:
            return
        self.met.add(content.objgen)
        try:
            unpacked = bytes(content.read_bytes())
        except _faults():
            return
        self._unpacked += len(unpacked)
        relation = str(description.get("/AFRelationship", ""))
        file = EmbeddedFile(_name_of(description), unpacked, relation == "/Supplement")
        if file.has_given_name or looks_like_xml(unpacked[:512]):
            self.files.append(file)


def _name_of(description: Any) -> str:
    names = (str(description.get(key, "")) for key in ("/UF", "/F", "/DOS", "/Unix", "/Mac"))
    first = next((name for name in names if name.strip()), "")
    return first.replace("\\", "/").rpartition("/")[2].strip()[:200]


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, getattr(_library(), kind))


def _contents(description: Any) -> Iterator[tuple[Any, Any]]:
    """The content of a file that is described, with its description."""
    if _is(description, "Dictionary") and _is(description.get("/EF"), "Dictionary"):
        for content in description["/EF"].values():
            if _is(content, "Stream"):
                yield description, content
                return


def _associated(owner: Any) -> Iterator[tuple[Any, Any]]:
    """The files beside an object: one, or a row of them."""
    beside = owner.get("/AF")
    for description in beside if _is(beside, "Array") else [beside]:
        yield from _contents(description)


def _in_the_table(document: Any) -> Iterator[tuple[Any, Any]]:
    """The tree of embedded files, walked without trust: it may bite its own tail."""
    waiting = [document.Root.get("/Names", {}).get("/EmbeddedFiles")]
    met: set[tuple[int, int]] = set()
    while waiting and len(met) < _MOST_NODES:
        node = waiting.pop(0)
        if not _is(node, "Dictionary") or node.objgen in met:
            continue
        met.add(node.objgen)
        for description in islice(node.get("/Names", []), _MOST_NODES):
            yield from _contents(description)
        waiting.extend(islice(node.get("/Kids", []), _MOST_NODES))


def _beside_the_document(document: Any) -> Iterator[tuple[Any, Any]]:
    yield from _associated(document.Root)


def _on_pages(document: Any) -> Iterator[tuple[Any, Any]]:
    for page in islice(document.pages, _MOST_PAGES):
        yield from _associated(page.obj)
        for note in islice(page.obj.get("/Annots", []), _MOST_NODES):
            if _is(note, "Dictionary"):
                yield from _contents(note.get("/FS"))
                yield from _associated(note)


def _anywhere(document: Any) -> Iterator[tuple[Any, Any]]:
    """Files that nothing usual leads to: described somewhere, or only marked as what they are."""
    unnamed = {}
    for thing in islice(document.objects, _MOST_OBJECTS):
        if _is(thing, "Stream"):
            if thing.get("/Type") == "/EmbeddedFile":
                unnamed[thing.objgen] = thing
        else:
            yield from _contents(thing)
    for content in unnamed.values():
        yield content.stream_dict, content
