"""The words of documents that are no PDF: Word files (DOCX) and plain text, web pages and Markdown."""

from __future__ import annotations

import html
import io
import re
import zipfile
import zlib
from typing import TYPE_CHECKING

from pilothouse.intake.documents.pdf import MOST_TEXT, NotReadable

if TYPE_CHECKING:
    from lxml import etree

LARGEST_PART = 40 * 1024 * 1024  # bytes of the one part that holds the words
_WORD_PART = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BETWEEN_WORDS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_WORDS = (f"{_W}t", *_BETWEEN_WORDS)
_NOT_SHOWN = re.compile(r"<(script|style|head)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|div|br|li|tr|h[1-6]|td|th|table|ul|ol|section|article)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]{0,2000}>")


def looks_like_word(head: bytes) -> bool:
    """Whether the first bytes are a Word document (DOCX)."""
    return head.startswith(b"PK\x03\x04") and b"word/" in head


def text_of_word(data: bytes) -> str:
    """The words of a Word document, a line for each paragraph; raises `NotReadable`."""
    return "\n".join(paragraphs_of_word(data))[:MOST_TEXT]


def paragraphs_of_word(data: bytes) -> list[str]:
    """The paragraphs of a Word document, those of its tables as well; raises `NotReadable`."""
    from lxml import etree

    try:
        with zipfile.ZipFile(io.BytesIO(data)).open(_WORD_PART) as part:
            content = part.read(LARGEST_PART + 1)
        if len(content) > LARGEST_PART:
            raise NotReadable("Its words unpack to more than a document can hold.")
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        body = etree.fromstring(content, parser)
    except (
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise NotReadable(str(error)) from error
    except etree.XMLSyntaxError as error:
        raise NotReadable(str(error)) from error
    return ["".join(_words_of(run) for run in paragraph.iter(*_WORDS)) for paragraph in body.iter(f"{_W}p")]


def _words_of(run: etree._Element) -> str:
    return (run.text or "") if run.tag == f"{_W}t" else _BETWEEN_WORDS[str(run.tag)]


def text_of_text(data: bytes) -> str:
    """The words of a text, web page or Markdown file, whatever its encoding."""
    text = decoded(data[: MOST_TEXT * 4])
    if re.search(r"<(?:html|body|p|div)\b", text[:4096], re.IGNORECASE):
        text = html.unescape(_TAG.sub("", _BLOCK.sub("\n", _NOT_SHOWN.sub("", text))))
    return text[:MOST_TEXT]


def decoded(data: bytes) -> str:
    """Bytes as text: UTF-16 where they say so, else UTF-8, else the encoding of Windows."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
