"""A file is recognised by what is in it; one that is not read is named, with what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake import recognise
from pilothouse.intake.papers import Invoice, Statement
from pilothouse.intake.recognise import READERS, Reader, read_paper

CODA = (Path(__file__).parents[1] / "cases" / "coda" / "small.cod").read_bytes()
UBL = b"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID>7</cbc:ID></Invoice>"""


def packed(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return content.getvalue()


@pytest.mark.parametrize("name", ["bank.cod", "invoice.pdf", "noname", ""])
def test_a_coda_file_is_read_whatever_its_name(name: str) -> None:
    (paper,), problems = read_paper(CODA, name)
    assert isinstance(paper, Statement)
    assert problems == ()


@pytest.mark.parametrize(
    "data", [UBL, UBL.replace(b"\xef", b"").decode().replace("UTF-8", "UTF-16").encode("utf-16")]
)
def test_a_ubl_invoice_is_read_in_utf_8_and_utf_16(data: bytes) -> None:
    (paper,), _ = read_paper(data, "x")
    assert isinstance(paper, Invoice)
    assert paper.number == "7"


@pytest.mark.parametrize(
    ("data", "name", "rule"),
    [
        (b"", "a.xml", "file.empty"),
        (b"\xef\xbb\xbf \r\n\0", "a.xml", "file.empty"),
        (b"PK\x03\x04" + bytes(70_000) + b"xl/workbook.bin", "a.xlsx", "file.excel"),
        (packed("ppt/presentation.xml"), "a.pptx", "file.powerpoint"),
        (b"PK\x03\x04....mimetypeapplication/vnd.oasis.opendocument.text", "a.odt", "file.opendocument"),
        (packed("invoice.xml"), "a.zip", "file.zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "a.xls", "file.office"),
        (b"{\\rtf1 hello}", "a.rtf", "file.word"),
        (b"\x1f\x8b\x08....", "a.gz", "file.archive"),
        (b"\x89PNG\r\n\x1a\n", "a.png", "file.image"),
        (b"\0\0\0\x18ftypheic....", "a.heic", "file.image"),
        (b"RIFF....WEBPVP8 ", "a.webp", "file.image"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "file.image"),
        (b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:x"><a/>', "a.xml", "file.cii"),
        (b'<?xml version="1.0"?><!-- <a> --><rsm:CrossIndustryDocument>', "a.xml", "file.cii"),
        (b"<CrossDomainAcknowledgementAndResponse/>", "a.xml", "file.invoice_status"),
        (b"<a:SCRDMCCBDACIOMessageStructure/>", "a.xml", "file.order"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.060.001.05">', "a.xml", "file.camt"),
        (
            b"<n:Document xmlns:n='urn:iso:std:iso:20022:tech:xsd:pain.001.001.03'>",
            "a.xml",
            "file.payment_order",
        ),
        (b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2">', "a.xml", "file.ubl_other"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "a.xml", "file.xml"),
        (b"<?xml version='1.0'?><", "a.xml", "file.xml"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "a.xml", "file.html"),
        (b'<html xmlns="http://www.w3.org/1999/xhtml">', "a.html", "file.html"),
        (b'<?xml version="1.0"?><h xmlns="http://www.w3.org/1999/xhtml"/>', "a.html", "file.html"),
        (b'{"kind": "invoice"}', "a.json", "file.json"),
        (b"[]", "a.json", "file.json"),
        (b"Subject: invoice\r\nFrom: a@example.com\r\n\r\nhello", "a.eml", "file.email"),
        (b"Date;Amount;Name\n2026-01-01;5,00;X;1\n2026-01-02;6,00;Y;2;3\n", "a.csv", "file.csv"),
        (b"Dear sir,\nplease pay.\n", "a.txt", "file.text"),
        (b"one line; with; signs", "a.txt", "file.text"),
        (bytes(range(32)) * 40, "a.bin", "file.unknown"),
    ],
)
def test_what_is_not_read_is_named(data: bytes, name: str, rule: str) -> None:
    papers, (problem,) = read_paper(data, name)
    assert papers == ()
    assert (problem.rule, problem.level) == (rule, "error")
    assert problem.message.startswith("The file is ")
    assert "(though" not in problem.message or name == "a.xml"


def test_a_name_that_does_not_fit_is_mentioned() -> None:
    _, (problem,) = read_paper(b"\x89PNG\r\n..", "Invoice.XML")
    assert "words in pictures are not read (though its name ends in .xml)" in problem.message


def test_a_file_that_is_too_large_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognise, "LARGEST_FILE", len(CODA) - 1)
    papers, (problem,) = read_paper(CODA, "bank.cod")
    assert (papers, problem.rule) == ((), "file.too_big")


def test_a_later_format_adds_its_line_to_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    added = Reader("new", lambda head: head.startswith(b"NEW"), lambda data: ((), ()))
    monkeypatch.setattr(recognise, "READERS", (*READERS, added))
    assert read_paper(b"NEW FORMAT", "x") == ((), ())


@given(st.binary(max_size=400), st.text(max_size=20))
def test_any_bytes_under_any_name_give_an_answer(data: bytes, name: str) -> None:
    papers, problems = read_paper(data, name)
    assert papers or problems


@given(st.sampled_from([b"<a", b"<!--", b"<?xml", b"<!DOCTYPE x [", b"{", b":20:"]), st.text(max_size=60))
def test_any_words_after_a_known_start_give_an_answer(start: bytes, rest: str) -> None:
    papers, problems = read_paper(start + rest.encode(), "x")
    assert papers or problems
