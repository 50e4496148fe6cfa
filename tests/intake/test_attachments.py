"""The files inside an e-invoice come out one at a time, whole, and in the order of the file."""

from __future__ import annotations

import base64
import io
import tracemalloc

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.attachments import attachments
from pilothouse.intake.papers import Attachment
from tests.intake import cii_samples, ubl_samples

HOURS = b"day,hours\n1,8"


@pytest.mark.parametrize("data", [ubl_samples.sample(), cii_samples.sample()], ids=["ubl", "cii"])
def test_what_an_invoice_carries_comes_out_decoded(data: bytes) -> None:
    assert list(attachments(data)) == [(Attachment("hours.csv", "text/csv", len(HOURS)), HOURS)]


def test_what_comes_out_is_what_the_paper_lists() -> None:
    paper = cii_samples.the_invoice(cii_samples.sample())
    assert [carried for carried, _ in attachments(cii_samples.sample())] == list(paper.attachments)


def test_what_an_invoice_in_a_pdf_carries_comes_out_too() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["factur-x.xml"] = pikepdf.AttachedFileSpec(
        pdf,
        cii_samples.sample(),
        description="",
        filename="factur-x.xml",
        mime_type="text/xml",
        creation_date="",
        mod_date="",
    )
    kept = io.BytesIO()
    pdf.save(kept)
    assert [content for _, content in attachments(kept.getvalue())] == [HOURS]
    assert list(attachments(kept.getvalue()[:200])) == []


def test_several_files_come_in_order_and_a_name_may_lack() -> None:
    paper = cii_samples.Spoiled()
    document = "ram:ApplicableHeaderTradeAgreement/ram:AdditionalReferencedDocument[2]"
    paper.twice(document).coded("ram:AttachmentBinaryObject", "filename", None)
    paper.coded("ram:AttachmentBinaryObject", "mimeCode", None)
    assert [(carried.name, carried.mime) for carried, _ in attachments(paper.data())] == [
        (None, None),
        ("hours.csv", "text/csv"),
    ]


def test_a_file_that_holds_nothing_is_none() -> None:
    assert list(attachments(cii_samples.Spoiled().saying("ram:AttachmentBinaryObject", " ").data())) == []


def test_content_that_is_cut_off_is_kept_as_far_as_it_goes() -> None:
    paper = cii_samples.Spoiled().saying("ram:AttachmentBinaryObject", "ZGF5LGhvdXJz\nC")
    assert [content for _, content in attachments(paper.data())] == [b"day,hours"]


@pytest.mark.parametrize("data", [b"", b"hello", b"<a>", b"<!DOCTYPE a><a/>", b"%PDF-1.7"])
def test_what_is_no_invoice_carries_nothing(data: bytes) -> None:
    assert list(attachments(data)) == []


def test_what_comes_before_a_fault_comes_out() -> None:
    data = ubl_samples.sample()
    cut = data[: data.index(b"</cac:AdditionalDocumentReference>", data.index(b"hours.csv"))]
    assert [content for _, content in attachments(cut)] == [HOURS]


def test_one_file_stands_in_memory_at_a_time() -> None:
    content = base64.b64encode(b"x" * 4_000_000)
    document = (
        b"<cac:AdditionalDocumentReference><cbc:ID>1</cbc:ID><cac:Attachment><cbc:EmbeddedDocumentBinaryObject>"
        + content
        + b"</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    data = ubl_samples.sample().replace(b"<cac:ProjectReference>", document * 8 + b"<cac:ProjectReference>")
    tracemalloc.start()
    sizes = [carried.size for carried, _ in attachments(data)]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sizes == [len(HOURS), *[4_000_000] * 8]
    assert most < 40_000_000


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12_000), st.integers(0, 255)), max_size=8), st.integers(0, 12_000))
def test_any_bytes_give_files_or_none(flips: list[tuple[int, int]], end: int) -> None:
    data = bytearray(ubl_samples.sample())
    for at, byte in flips:
        data[at % len(data)] = byte
    for carried, content in attachments(bytes(data[:end])):
        assert carried.size == len(content)
