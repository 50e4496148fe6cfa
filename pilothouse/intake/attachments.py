"""The files that travel inside an e-invoice (BG-24): one at a time, so that they can be kept as evidence.

`attachments` decodes what UBL and CII embed, also where the e-invoice itself is inside a PDF. It asks nothing of the
invoice: a file that cannot be read gives what comes before the fault; its reader says what that is. Memory is bounded:
of all contents only one is decoded at a time.

Limits: files that are only linked to are not fetched; what a PDF carries beside its e-invoice stays in the PDF.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator

from lxml import etree

from pilothouse.intake import cii, ubl
from pilothouse.intake.papers import Attachment
from pilothouse.intake.xml import Refused, each_element

Carried = tuple[Attachment, bytes]

_EMBEDDED = (ubl.CONTENT, *cii.CONTENTS)


def attachments(data: bytes) -> Iterator[Carried]:
    """Each file in an e-invoice (UBL, CII, or either in a PDF) with its decoded content, in the order of the file."""
    if b"%PDF-" in data[:1024]:
        yield from _in_pdf(data)
    else:
        yield from _in_xml(data)


def _in_xml(data: bytes) -> Iterator[Carried]:
    try:
        for element in each_element(data, names=_EMBEDDED):
            content = _decoded(element.text or "")
            element.text = None  # the written form is not needed beside the decoded one
            if content:
                yield _described(element, content), content
    except Refused:  # the reader of the invoice says why
        return


def _described(element: etree._Element, content: bytes) -> Attachment:
    name, mime = (element.get("filename") or "").strip(), (element.get("mimeCode") or "").strip()
    return Attachment(name or None, mime or None, len(content))


def _decoded(text: str) -> bytes:
    """What base64 says; its last, incomplete signs are left out where it is cut off."""
    packed = text.encode("ascii", "ignore")
    try:
        return binascii.a2b_base64(packed)
    except binascii.Error:
        signs = bytes(sign for sign in packed if sign in _SIGNS)
        return base64.b64decode(signs[: len(signs) // 4 * 4])


_SIGNS = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")


def _in_pdf(data: bytes) -> Iterator[Carried]:
    # Here and not above: the library for PDF is large, and most e-invoices are none.
    from pilothouse.intake.pdf_files import Damaged, Locked, embedded_files
    from pilothouse.intake.pdf_guard import Bomb

    try:
        files = embedded_files(data)
    except (Bomb, Damaged, Locked):
        return
    for file in files:
        yield from _in_xml(file.content)
