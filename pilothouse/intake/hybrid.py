"""Is there an e-invoice in this PDF? Factur-X, ZUGFeRD and other PDFs that carry their own XML.

What is an e-invoice is told from what is in a file, never from its name. The XML is read by the reader of its syntax,
so the paper is the one the XML alone would give. A PDF without e-invoice, or with one that cannot be read, is a
document for people's eyes (`documents`); what is wrong with the e-invoice is kept.

Several e-invoices: those under a name that the standards give come first, and of the rest those that are not marked
as a supplement. Those of the same number are one invoice, of which the one that says most is taken.

Limits: those of `pdf_files`. Files beside the e-invoice are no attachments of the paper; they stay in the PDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pilothouse.intake.papers import Invoice, Problem, Reading
from pilothouse.intake.pdf_files import Damaged, EmbeddedFile, Locked, embedded_files
from pilothouse.intake.pdf_guard import Bomb

_HEAD = 65_536
_ORDER = b"SCRDMCCBDACIOMessageStructure"  # the first element of Order-X
Read = Callable[[bytes], Reading]


def read_pdf(data: bytes) -> Reading:
    """The e-invoice in a PDF; or the document it is for people's eyes; or why it cannot be opened."""
    try:
        files = embedded_files(data)
    except Locked:
        return (), (_LOCKED,)
    except Damaged:
        return (), (_BROKEN,)
    except Bomb:
        return (), (_BOMB,)
    sound: list[tuple[EmbeddedFile, Invoice]] = []
    faults: list[Problem] = []
    for file in files:
        papers, problems = _read_file(file)
        sound += [(file, paper) for paper in papers if isinstance(paper, Invoice)]
        faults += [_in_pdf(problem, file) for problem in problems]
    if sound:
        return tuple(_the_invoices(sound)), tuple(faults)
    papers, problems = _read_document(data)
    return papers, (*problems, *faults)


def _read_document(data: bytes) -> Reading:
    from pilothouse.intake.documents import read_document

    return read_document(data)


def _read_file(file: EmbeddedFile) -> Reading:
    """The e-invoice in a file of the PDF. XML of another kind is no problem unless it has an e-invoice's name."""
    read = _reader_of(file.content)
    if read:
        return read(file.content)
    if _ORDER in file.content[:_HEAD]:
        return (), (_IS_ORDER,)
    return (), (_NOT_READ,) if file.has_given_name else ()


def _reader_of(content: bytes) -> Read | None:
    from pilothouse.intake.cii import looks_like_cii, read_cii
    from pilothouse.intake.ubl import looks_like_ubl, read_ubl

    head = content[:_HEAD]
    if looks_like_cii(head):
        return read_cii
    return read_ubl if looks_like_ubl(head) else None


def _the_invoices(sound: list[tuple[EmbeddedFile, Invoice]]) -> Iterator[Invoice]:
    named = [paper for file, paper in sound if file.has_given_name]
    main = [paper for file, paper in sound if not file.supplements]
    by_number: dict[str | None, Invoice] = {}
    for paper in named or main or [paper for _, paper in sound]:
        other = by_number.get(paper.number)
        if other is None or _how_much(paper) > _how_much(other):
            by_number[paper.number] = paper
    yield from by_number.values()


def _how_much(paper: Invoice) -> tuple[int, int]:
    """How much a paper says: profiles poorer than EN 16931 have no lines, or no VAT by rate."""
    return len(paper.lines), len(paper.vat)


def _in_pdf(problem: Problem, file: EmbeddedFile) -> Problem:
    if problem is _IS_ORDER:
        return replace(problem, place=f"“{file.name}” in the PDF")
    place = f"“{file.name}” in the PDF" + (f", {problem.place}" if problem.place else "")
    return replace(problem, message=f"The e-invoice in this PDF: {problem.message}", place=place)


_NOT_READ = Problem(
    "pdf.e_invoice",
    "error",
    "The file has the name of an e-invoice, but is none that is read (CII or UBL), so its amounts are not counted. "
    "Ask the sender for the e-invoice itself, or enter the figures beside the picture of the page.",
)
_IS_ORDER = Problem(
    "pdf.order",
    "warning",
    "The PDF carries an order (Order-X), not an invoice: nothing is to be paid for it yet, so nothing is counted. "
    "Bring in the invoice when it comes.",
)
_LOCKED = Problem(
    "pdf.locked",
    "error",
    "The PDF is locked with a password, so nothing of it is read or counted. Open it with the password, save it "
    "without one, and bring that in; or ask the sender for the e-invoice.",
)
_BROKEN = Problem(
    "pdf.broken",
    "error",
    "The PDF is damaged or cut off and cannot be opened, so nothing of it is counted. Download it again, or ask the "
    "sender for it.",
)
_BOMB = Problem(
    "pdf.bomb",
    "error",
    "Something in the PDF unpacks to far more than a paper has, as if made to fill the memory; it was not read. Ask "
    "the sender for the e-invoice, or print the PDF to a new one and bring that in.",
)
