"""PDFs that carry an e-invoice, wherever and under whatever name; and those that carry none, or one that is broken."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake import pdf_files
from pilothouse.intake.cii import read_cii
from pilothouse.intake.hybrid import read_pdf
from pilothouse.intake.papers import Document, Invoice
from pilothouse.intake.pdf_files import Damaged, EmbeddedFile, Locked, embedded_files
from pilothouse.intake.recognise import read_paper
from tests.intake.ubl_samples import sample

_UN = "urn:un:unece:uncefact:data:standard:"
LINE = """<ram:IncludedSupplyChainTradeLineItem><ram:AssociatedDocumentLineDocument><ram:LineID>1</ram:LineID>
</ram:AssociatedDocumentLineDocument></ram:IncludedSupplyChainTradeLineItem>"""


def cii(number: str = "F-1", *, lines: str = "") -> bytes:
    return f"""<rsm:CrossIndustryInvoice xmlns:rsm="{_UN}CrossIndustryInvoice:100"
        xmlns:ram="{_UN}ReusableAggregateBusinessInformationEntity:100">
        <rsm:ExchangedDocument><ram:ID>{number}</ram:ID></rsm:ExchangedDocument>
        <rsm:SupplyChainTradeTransaction>{lines}</rsm:SupplyChainTradeTransaction>
        </rsm:CrossIndustryInvoice>""".encode()


class Pdf:
    """A PDF of one empty page, to which files are added in the ways there are."""

    def __init__(self) -> None:
        self.document = pikepdf.new()
        self.document.add_blank_page()

    def file(self, name: str, content: bytes, relation: str = "") -> pikepdf.Object:
        stream = self.document.make_stream(content, Type=pikepdf.Name.EmbeddedFile)
        described = pikepdf.Dictionary(
            Type=pikepdf.Name.Filespec, UF=name, EF=pikepdf.Dictionary(F=stream, UF=stream)
        )
        if relation:
            described["/AFRelationship"] = pikepdf.Name(relation)
        return self.document.make_indirect(described)

    def in_the_table(self, *files: pikepdf.Object) -> Pdf:
        row: list[Any] = []
        for number, file in enumerate(files):
            row += [f"{number:03}", file]
        leaf = self.document.make_indirect(pikepdf.Dictionary(Names=pikepdf.Array(row)))
        tree = pikepdf.Dictionary(Kids=pikepdf.Array([leaf]))
        self.document.Root.Names = pikepdf.Dictionary(EmbeddedFiles=self.document.make_indirect(tree))
        return self

    def written(self, **how: Any) -> bytes:
        written = io.BytesIO()
        self.document.save(written, **how)
        return written.getvalue()


def beside_the_document(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.document.Root.AF = pikepdf.Array([file])


def beside_the_document_alone(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.document.Root.AF = file


def beside_a_page(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.document.pages[0].obj.AF = pikepdf.Array([file])


def pinned_to_a_page(pdf: Pdf, file: pikepdf.Object) -> None:
    pin = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=file)
    pdf.document.pages[0].obj.Annots = pikepdf.Array([pikepdf.Name.Nothing, pin])


def beside_a_note(pdf: Pdf, file: pikepdf.Object) -> None:
    note = pikepdf.Dictionary(Subtype=pikepdf.Name.Text, AF=pikepdf.Array([file]))
    pdf.document.pages[0].obj.Annots = pikepdf.Array([note])


def in_the_table_of_files(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.in_the_table(file)


def deep_in_a_loop(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.in_the_table(file)
    tree = pdf.document.Root.Names.EmbeddedFiles
    tree.Kids.insert(0, tree)
    tree.Kids.insert(0, pikepdf.Name.Nothing)


def beside_something_else(pdf: Pdf, file: pikepdf.Object) -> None:
    drawing = pdf.document.make_stream(b"", AF=pikepdf.Array([file]))
    pdf.document.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=drawing))


def only_marked(pdf: Pdf, file: pikepdf.Object) -> None:
    pdf.document.Root.Kept = pikepdf.Array([file.EF.F])


PLACES = [
    beside_the_document,
    beside_the_document_alone,
    beside_a_page,
    pinned_to_a_page,
    beside_a_note,
    in_the_table_of_files,
    deep_in_a_loop,
    beside_something_else,
    only_marked,
]


def hybrid(*files: tuple[str, bytes] | tuple[str, bytes, str]) -> bytes:
    pdf = Pdf()
    return pdf.in_the_table(*(pdf.file(*file) for file in files)).written()


def numbers(data: bytes) -> list[str | None]:
    papers, problems = read_pdf(data)
    assert problems == ()
    return [paper.number for paper in papers if isinstance(paper, Invoice)]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("packed", [True, False])
def test_the_e_invoice_is_found_wherever_it_is(
    place: Callable[[Pdf, pikepdf.Object], None], packed: bool
) -> None:
    pdf = Pdf()
    place(pdf, pdf.file("rechnung.xml", cii()))
    modes = {True: pikepdf.ObjectStreamMode.generate, False: pikepdf.ObjectStreamMode.disable}
    assert read_pdf(pdf.written(object_stream_mode=modes[packed])) == read_cii(cii())


def test_a_file_counts_once_though_several_places_lead_to_it() -> None:
    pdf = Pdf()
    file = pdf.file("C:\\temp\\factur-x.xml", cii())
    for place in (in_the_table_of_files, beside_the_document, pinned_to_a_page):
        place(pdf, file)
    assert embedded_files(pdf.written()) == [EmbeddedFile("factur-x.xml", cii())]


@pytest.mark.parametrize("key", ["/UF", "/F", "/DOS"])
def test_a_file_has_the_name_that_is_given(key: str) -> None:
    pdf = Pdf()
    file = pdf.file("", cii())
    file[key] = pikepdf.String("Zugferd-Invoice.XML")
    (found,) = embedded_files(pdf.in_the_table(file).written())
    assert (found.name, found.has_given_name) == ("Zugferd-Invoice.XML", True)


def test_ubl_in_a_pdf_is_read_too() -> None:
    (paper,), problems = read_pdf(hybrid(("peppol.bin", sample())))
    assert isinstance(paper, Invoice)
    assert (paper.syntax, paper.number, problems) == ("ubl", "F-2026-0117", ())


def test_the_pdf_is_known_by_its_content() -> None:
    (paper,), _ = read_paper(b"\r\n" + hybrid(("a.xml", cii())), "scan.jpg")
    assert isinstance(paper, Invoice)


# --- several files ------------------------------------------------------------------------------------------------


def test_of_the_same_invoice_the_one_that_says_most_is_taken() -> None:
    poor, rich = ("a.xml", cii()), ("b.xml", cii(lines=LINE))
    for files in ((poor, rich), (rich, poor)):
        (paper,), _ = read_pdf(hybrid(*files))
        assert isinstance(paper, Invoice)
        assert len(paper.lines) == 1


def test_several_invoices_are_each_a_paper() -> None:
    assert numbers(hybrid(("a.xml", cii("1")), ("b.xml", cii("2")))) == ["1", "2"]


def test_the_name_of_the_standard_comes_first() -> None:
    assert numbers(hybrid(("old.xml", cii("1")), ("factur-x.xml", cii("2")))) == ["2"]


def test_a_supplement_comes_last() -> None:
    old, new = ("old.xml", cii("1"), "/Supplement"), ("new.xml", cii("2"), "/Alternative")
    assert numbers(hybrid(old, new)) == ["2"]
    assert numbers(hybrid(old)) == ["1"]


def test_other_files_in_a_pdf_are_no_problem() -> None:
    others = (("order.xml", b"<order/>"), ("terms.txt", b"hello"), ("empty.xml", b""), ("more.pdf", b"%PDF-"))
    assert numbers(hybrid(*others, ("f.xml", cii()))) == ["F-1"]
    papers, problems = read_pdf(hybrid(*others))
    assert [type(paper) for paper in papers] == [Document]
    assert problems == ()


# --- no e-invoice, or a broken one --------------------------------------------------------------------------------


def test_a_pdf_without_e_invoice_is_a_document() -> None:
    (paper,), problems = read_pdf(Pdf().written())
    assert isinstance(paper, Document)
    assert (paper.pages, problems) == (1, ())


def test_a_broken_e_invoice_is_told_of_the_document() -> None:
    (paper,), (problem,) = read_pdf(hybrid(("factur-x.xml", cii()[:-30])))
    assert isinstance(paper, Document)
    assert (problem.rule, problem.level) == ("xml.cut_off", "error")
    assert problem.message.startswith("The e-invoice in this PDF: The file ends in the middle")
    assert problem.place == "“factur-x.xml” in the PDF"


def test_a_broken_e_invoice_names_its_line() -> None:
    _, (problem,) = read_pdf(hybrid(("a.xml", cii().replace(b"</ram:ID>", b"</ram:no>"))))
    assert (problem.rule, problem.place) == ("xml.broken", "“a.xml” in the PDF, line 3")


def test_beside_a_broken_e_invoice_a_sound_one_counts() -> None:
    papers, (problem,) = read_pdf(hybrid(("factur-x.xml", cii()[:-30]), ("a.xml", cii())))
    assert [type(paper) for paper in papers] == [Invoice]
    assert problem.rule == "xml.cut_off"


@pytest.mark.parametrize("content", [b"<order/>", b"\0\1\2", b""])
def test_what_has_the_name_of_an_e_invoice_and_is_none_is_told(content: bytes) -> None:
    papers, (problem,) = read_pdf(hybrid(("ZUGFeRD-invoice.xml", content)))
    assert [type(paper) for paper in papers] == [Document]
    assert (problem.rule, problem.place) == ("pdf.e_invoice", "“ZUGFeRD-invoice.xml” in the PDF")


def test_an_order_in_a_pdf_is_no_invoice_and_is_told() -> None:
    order = b'<o:SCRDMCCBDACIOMessageStructure xmlns:o="urn:x"/>'
    pdf = Pdf()
    (document,), (problem,) = read_pdf(pdf.in_the_table(pdf.file("order-x.xml", order)).written())
    assert isinstance(document, Document)
    assert (problem.rule, problem.level, problem.place) == (
        "pdf.order",
        "warning",
        "“order-x.xml” in the PDF",
    )


def test_a_pdf_locked_for_changes_is_read_and_one_locked_for_reading_is_refused() -> None:
    pdf = Pdf()
    pdf.in_the_table(pdf.file("a.xml", cii()))
    assert numbers(pdf.written(encryption=pikepdf.Encryption(owner="o", user=""))) == ["F-1"]
    locked = pdf.written(encryption=pikepdf.Encryption(owner="o", user="u"))
    papers, (problem,) = read_pdf(locked)
    assert (papers, problem.rule, problem.level) == ((), "pdf.locked", "error")
    with pytest.raises(Locked):
        embedded_files(locked)


@pytest.mark.parametrize("data", [b"%PDF-1.7", b"%PDF-1.7\n%%EOF\n", b"%PDF-1.4\nstartxref\n9\n%%EOF"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    papers, (problem,) = read_pdf(data)
    assert (papers, problem.rule, problem.level) == ((), "pdf.broken", "error")
    with pytest.raises(Damaged):
        embedded_files(data)


def test_a_pdf_whose_index_is_lost_is_put_together_again() -> None:
    pdf = Pdf()
    pdf.in_the_table(pdf.file("a.xml", cii()))
    whole = pdf.written(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert numbers(whole.replace(b"startxref", b"startyref")) == ["F-1"]


# --- damage and bombs ---------------------------------------------------------------------------------------------


def test_a_damaged_part_hides_only_what_follows_it_in_its_place() -> None:
    pdf = Pdf()
    beside_the_document(pdf, pdf.file("a.xml", cii()))
    pdf.document.Root.Names = 7
    pdf.document.pages[0].obj.Annots = pikepdf.Dictionary()
    assert numbers(pdf.written()) == ["F-1"]


def test_what_is_mended_in_a_pdf_is_not_told_on_the_console(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    pdf = Pdf()
    beside_the_document(pdf, pdf.file("a.xml", cii()))
    whole = pdf.written(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    assert numbers(re.sub(rb"/Kids *\[", rb"/Kids [null ", whole)) == ["F-1"]
    assert (capfd.readouterr().err, caplog.records) == ("", [])


@pytest.mark.parametrize("content", [pikepdf.Name.Nothing, pikepdf.Dictionary(), pikepdf.Dictionary(F=1)])
def test_a_file_that_is_described_without_content_is_left_out(content: pikepdf.Object) -> None:
    pdf = Pdf()
    described = pdf.document.make_indirect(pikepdf.Dictionary(UF="factur-x.xml", EF=content))
    assert embedded_files(pdf.in_the_table(described).written()) == []


def test_a_file_that_cannot_be_unpacked_is_left_out() -> None:
    pdf = Pdf()
    broken, sound = pdf.file("factur-x.xml", b""), pdf.file("a.xml", cii())
    broken.EF.F.write(b"never packed", filter=pikepdf.Name.FlateDecode)
    assert [file.name for file in embedded_files(pdf.in_the_table(broken, sound).written())] == ["a.xml"]


def test_all_files_together_unpack_to_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "MOST_IN_ALL", 10)
    assert [file.name for file in embedded_files(hybrid(("a.xml", cii()), ("b.xml", cii())))] == ["a.xml"]


def test_a_table_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_files, "_MOST_NODES", 1)
    pdf = Pdf()
    beside_the_document(pdf, pdf.file("b.xml", cii()))
    assert [file.name for file in embedded_files(pdf.in_the_table(pdf.file("a.xml", cii())).written())] == [
        "b.xml"
    ]


SOUND = hybrid(("factur-x.xml", cii(lines=LINE)), ("b.xml", sample()))


@given(st.integers(0, len(SOUND) - 1), st.binary(max_size=40), st.integers(0, 200))
def test_any_damage_gives_an_answer(at: int, inserted: bytes, taken_out: int) -> None:
    papers, problems = read_pdf(SOUND[:at] + inserted + SOUND[at + taken_out :])
    assert papers or problems


@given(st.integers(0, len(SOUND)))
def test_a_pdf_that_ends_anywhere_gives_an_answer(length: int) -> None:
    papers, problems = read_pdf(SOUND[:length])
    assert papers or problems


@given(st.binary(max_size=300))
def test_any_bytes_give_an_answer(data: bytes) -> None:
    papers, problems = read_pdf(b"%PDF-1.5\n" + data)
    assert papers or problems
