"""Real hybrid PDFs from PILOTHOUSE_SHARED: each gives the paper its XML alone gives, and valid ones break no rule."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest

from pilothouse.intake.cii import read_cii
from pilothouse.intake.hybrid import read_pdf
from pilothouse.intake.papers import Document, Invoice
from tests.intake.en16931_units import shared_data

EINVOICES = shared_data() / "einvoices"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not EINVOICES.is_dir(), reason="PILOTHOUSE_SHARED is absent"),
]
HYBRID = {
    "pdf_fx_extended_1.pdf": "F20200027",
    "pdf_fx_minimum_1.pdf": "F20220027",
    "pdf_zf_en16931_1.pdf": "471102",
    "pdf_zf_en16931_2.pdf": "181301674",
    "pdf_zf_en16931_3.pdf": "471102",
    "pdf_zf_extended_1.pdf": "KR87654321012",
    "pdf_zf_xrechnung_1.pdf": "471102",
}


def _pdfs() -> dict[str, Path]:
    return {file.name: file for file in EINVOICES.rglob("*.pdf")}


@pytest.mark.parametrize("name", HYBRID)
def test_a_hybrid_is_the_paper_its_xml_is(name: str) -> None:
    data = _pdfs()[name].read_bytes()
    (paper,), problems = read_pdf(data)
    assert isinstance(paper, Invoice)
    assert (paper.number, paper.problems, problems) == (HYBRID[name], (), ())
    with pikepdf.open(io.BytesIO(data)) as document:
        contents = [document.attachments[key].get_file().read_bytes() for key in document.attachments]
    assert any(read_cii(content) == ((paper,), ()) for content in contents)


def test_the_other_pdfs_are_documents() -> None:
    others = {name: file for name, file in _pdfs().items() if name not in HYBRID}
    assert len(others) >= 4
    for file in others.values():
        (paper,), problems = read_pdf(file.read_bytes())
        assert isinstance(paper, Document)
        assert problems == ()
