"""What real documents seem to be, and what the words of real invoices say. Skipped where the files are absent.

`python -m tests.intake.test_documents_shared` prints the figures of docs/methods/intake-documents.md.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from pilothouse.intake.documents import read_document
from pilothouse.intake.documents.seems import seems
from pilothouse.intake.hybrid import read_pdf
from pilothouse.intake.papers import Document, Invoice, Reads

SHARED = Path(os.environ.get("PILOTHOUSE_SHARED", Path(__file__).parents[3] / "shared"))
DATA = SHARED / "data"
CUAD = DATA / "contracts" / "cuad-train"
FIELDS = (
    "seller",
    "seller_id",
    "number",
    "issue_date",
    "due_date",
    "net",
    "vat",
    "gross",
    "currency",
    "iban",
)

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"no real documents: {DATA} is absent"),
]

# PDFs with amounts and the words of an invoice; the other two have a word, and nothing.
INVOICES = {
    "SampleInvoice.pdf", "00_ZugferdDocumentPdfBuilder_PrintLayout.pdf", "pdf_fx_extended_1.pdf",
    "pdf_fx_minimum_1.pdf", "pdf_zf_en16931_1.pdf", "pdf_zf_en16931_2.pdf", "pdf_zf_en16931_3.pdf",
    "pdf_zf_extended_1.pdf", "pdf_zf_xrechnung_1.pdf",
}  # fmt: skip
# On the page, and not in the e-invoice: its profile has no due date.
ONLY_ON_THE_PAGE = {("pdf_fx_minimum_1.pdf", "due_date")}


def document_of(path: Path) -> Document:
    (paper,), problems = read_document(path.read_bytes())
    assert isinstance(paper, Document)
    assert problems == ()
    return paper


def test_contracts_as_pdf_are_contracts() -> None:
    found = Counter(document_of(path).seems for path in (CUAD / "pdf").iterdir())
    assert found == {"contract": 20}


def test_nearly_all_contracts_as_text_are_contracts_and_none_is_an_invoice() -> None:
    found = Counter(seems(path.read_text(errors="replace")) for path in (CUAD / "text").iterdir())
    assert found["contract"] >= 405
    assert set(found) == {"contract", "other"}


def test_pdfs_of_invoices_are_invoices_and_the_others_are_not() -> None:
    found = {path.name: document_of(path).seems for path in (DATA / "einvoices").rglob("*.pdf")}
    assert {name for name, kind in found.items() if kind == "invoice"} == INVOICES
    assert {kind for name, kind in found.items() if name not in INVOICES} == {"other", "scan"}


def read_beside_twins() -> Iterator[tuple[str, Reads, Invoice]]:
    """What the words of each PDF with an e-invoice in it say, and the e-invoice."""
    for path in sorted((DATA / "einvoices").rglob("*.pdf")):
        paper = read_pdf(path.read_bytes())[0][0]
        if isinstance(paper, Invoice):
            yield path.name, document_of(path).reads, paper


def truth_of(invoice: Invoice) -> dict[str, object]:
    totals = invoice.totals
    return {
        "seller": invoice.seller.name,
        "seller_id": invoice.seller.vat_id,
        "number": invoice.number,
        "issue_date": invoice.issue_date,
        "due_date": invoice.due_date,
        "net": totals.net,
        "vat": totals.vat,
        "gross": totals.gross,
        "currency": invoice.currency,
        "iban": next((iban.replace(" ", "") for iban in invoice.payment.ibans), None),
    }


def told() -> Counter[tuple[str, str]]:
    """How often each field was right, wrong, or left empty though the e-invoice has it."""
    found: Counter[tuple[str, str]] = Counter()
    for name, reads, invoice in read_beside_twins():
        truth = truth_of(invoice)
        for field in FIELDS:
            said = getattr(reads, field)
            right = said == truth[field] or (name, field) in ONLY_ON_THE_PAGE
            if said is not None:
                found[field, "right" if right else "wrong"] += 1
            elif truth[field] is not None:
                found[field, "silent"] += 1
    return found


def test_what_the_words_say_is_what_the_e_invoice_beside_them_says_or_nothing() -> None:
    found = told()
    assert not [field for field, how in found if how == "wrong"]
    amounts = [found[field, "right"] for field in ("net", "vat", "gross", "currency")]
    assert amounts == [7, 7, 7, 7]
    assert found["number", "right"] >= 5
    assert found["issue_date", "right"] >= 5


if __name__ == "__main__":
    for (field, how), number in sorted(told().items()):
        print(f"{field:12} {how:8} {number}")  # noqa: T201 - the figures are what is asked for
