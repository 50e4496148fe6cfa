"""Documents for people's eyes: what they seem to be, what their words say, and silence where that is not sure."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from decimal import Decimal
from functools import cache

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.documents import looks_like_document, page_picture, read_document, text_of
from pilothouse.intake.documents import pdf as pdf_words
from pilothouse.intake.documents import text as other_words
from pilothouse.intake.documents.seems import seems
from pilothouse.intake.documents.values import read_values
from pilothouse.intake.papers import Document, Reads

BILL = """
Wolkenrijk BV · BE 0403.170.701
Factuur
Factuurnummer: F-2026/0017
Factuurdatum: 09/01/2026
Vervaldatum: 08/02/2026
Hosting januari 1 100,00
Totaal excl. btw € 1.100,00
BTW 21 % € 231,00
Te betalen: € 1.331,00
IBAN BE68 5390 0754 7034
Mededeling +++090/9337/55493+++
Wolkenrijk BV
"""
CONTRACT = """
This Agreement is made between the parties, hereinafter the Customer and the Provider. Whereas the Provider runs
servers. Article 1 Term. The initial term is three years; renewal is tacit. Article 2 Termination. Article 3
Liability is limited. Governing law: Belgium. Confidential information shall not be shared.
"""


@cache
def picture() -> bytes:
    """A PDF of one page without a word."""
    made: bytes = typst.compile(b"#rect(width: 5cm, height: 5cm)")
    return made


@cache
def scan() -> bytes:
    """A PDF of one page with a photograph on it, and the stamp of the scanner."""
    from PIL import Image

    kept = io.BytesIO()
    Image.new("L", (60, 80), 200).save(kept, "PNG")
    made: bytes = typst.compile(
        b"""#image(bytes(("""
        + ",".join(map(str, kept.getvalue())).encode()
        + b""")), width: 3cm)
p. 1"""
    )
    return made


@cache
def bill() -> bytes:
    return typst_lines(BILL)


def typst_lines(words: str) -> bytes:
    rows = "\n".join(f"#text({_quoted(line)})\\" for line in words.strip().splitlines())
    made: bytes = typst.compile(f'#set document(title: "Een titel")\n{rows}\n'.encode())
    return made


def _quoted(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def word(*paragraphs: str) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return content.getvalue()


def read_one(data: bytes) -> Document:
    (paper,), problems = read_document(data)
    assert isinstance(paper, Document)
    assert problems == ()
    return paper


# --- what it is -------------------------------------------------------------------------------------------------


def test_a_pdf_bill_gives_what_its_words_say() -> None:
    paper = read_one(bill())
    assert (paper.seems, paper.mime, paper.pages, paper.title) == (
        "invoice",
        "application/pdf",
        1,
        "Een titel",
    )
    assert paper.reads == Reads(
        seller="Wolkenrijk BV",
        seller_id="BE0403170701",
        number="F-2026/0017",
        issue_date=date(2026, 1, 9),
        due_date=date(2026, 2, 8),
        net=Decimal("1100.00"),
        vat=Decimal("231.00"),
        gross=Decimal("1331.00"),
        currency="EUR",
        iban="BE68539007547034",
        reference="090933755493",
    )


def test_a_contract_as_pdf_word_or_text_is_one() -> None:
    for data, pages in ((typst_lines(CONTRACT), 1), (word(CONTRACT), None), (CONTRACT.encode(), None)):
        paper = read_one(data)
        assert (paper.seems, paper.pages) == ("contract", pages)
        assert paper.reads == Reads()


def test_pages_without_words_are_a_scan_and_say_so() -> None:
    paper = read_one(picture())
    assert paper.seems == "scan"
    assert read_one(scan()).seems == "scan"
    assert [problem.rule for problem in paper.problems] == ["pdf.scan"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Rekeninguittreksel nr 4. Vorig saldo 100,00. Nieuw saldo 200,00." * 2, "statement"),
        ("Beste klant, wij openen op zaterdag een nieuwe winkel met 10,00 korting.", "other"),
        ("Factuurnummer 4, te betalen, vervaldatum; maar hier staat geen enkel bedrag bij.", "other"),
        (
            "Tussen Alfa NV en Beta BV wordt overeengekomen wat volgt. De overeenkomst gaat in op 1 april 2024 voor "
            "drie jaar. Elke partij kan opzeggen met een opzegtermijn van drie maanden.",
            "contract",
        ),
        (
            "Zwischen Alpha GmbH und Beta GmbH wird folgender Vertrag geschlossen. Der Vertrag läuft drei Jahre.",
            "contract",
        ),
        (CONTRACT * 20 + "invoice number invoice date amount due 100.00", "contract"),
        ("Rechnungsnummer 12 Rechnungsdatum 1.2.2026 Zahlbetrag 119,00 MwSt 19,00", "invoice"),
        ("Offerte 2026-12\nAantal Omschrijving\nTotaal incl. btw 121,00\nIBAN BE68", "other"),
        ("Uw firma\nBon de livraison n° 7\nQuantité\nTotal TTC 121,00 TVA 21,00 échéance", "other"),
        ("Rechnung Nr. 12\nBestellung 4711\nGesamtbetrag 119,00 MwSt 19,00", "invoice"),
        ("HANDELSRECHNUNG (380)\nBestellung : 4711\nGesamtbetrag 119,00 MwSt 19,00 IBAN", "invoice"),
        ("Betalingsherinnering\nFactuurnummer F-1, vervaldatum, te betalen 121,00", "other"),
        ("PRO FORMA\nInvoice number 1, amount due 100.00", "other"),
        ("Invoice number 1, amount due 100.00, see our reminder.", "invoice"),
    ],
)
def test_the_words_tell_what_a_document_is(words: str, expected: str) -> None:
    assert seems(words, 1) == expected


def test_few_words_are_a_scan_only_beside_pictures() -> None:
    assert seems("bladzijde 1", 1, pictured=True) == "scan"
    assert seems("bladzijde 1", 1) == "other"
    assert seems("  ", 1) == "scan"
    assert seems("", 0) == "other"


@pytest.mark.parametrize("sign", ["1", "a", "1,00 ", "invoice ", "rechnung(380)", "BE12 "])
def test_a_page_of_one_sign_again_and_again_is_told_at_once(sign: str) -> None:
    words = sign * (40_000 // len(sign))
    assert seems(words, 1) in ("other", "invoice")
    assert isinstance(read_values(words), Reads)


def test_tabs_and_breaks_of_a_word_document_part_its_words() -> None:
    data = word("Factuurnummer:</w:t><w:tab/><w:t>F-77</w:t><w:br/><w:t>Te betalen 12,00")
    assert text_of(data) == "Factuurnummer: F-77\nTe betalen 12,00"


def test_what_is_no_document_is_left_to_others() -> None:
    assert looks_like_document(word("x"))
    assert looks_like_document(CONTRACT.encode())
    assert looks_like_document(CONTRACT.encode("utf-16"))
    assert not looks_like_document(b"Geachte heer")
    assert not looks_like_document(b"\0\1\2" + CONTRACT.encode())


# --- files that cannot be read ----------------------------------------------------------------------------------


def locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(bill())) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))
    return kept.getvalue()


def rules(data: bytes) -> list[str]:
    papers, problems = read_document(data)
    assert papers == ()
    return [problem.rule for problem in problems]


def test_a_locked_pdf_says_what_to_do() -> None:
    assert rules(locked()) == ["pdf.locked"]
    assert text_of(locked()) == ""
    assert page_picture(locked(), 1, width=100) is None


def test_damaged_files_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert rules(b"%PDF-1.7 and then nothing of it") == ["document.broken"]
    assert rules(word("x")[:-40]) == ["document.broken"]
    broken = io.BytesIO()
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    assert rules(broken.getvalue()) == ["document.broken"]
    monkeypatch.setattr(other_words, "LARGEST_PART", 10)
    assert rules(word("many words")) == ["document.broken"]


def test_a_pdf_without_pages_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = io.BytesIO()
    with pikepdf.new() as document:
        document.save(empty)
    assert rules(empty.getvalue()) == ["document.broken"]


def test_of_very_many_pages_all_are_counted_and_the_first_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    many = io.BytesIO()
    with pikepdf.open(io.BytesIO(bill())) as one, pikepdf.new() as document:
        for _ in range(300):
            document.pages.extend(one.pages)
        document.save(many)
    paper = read_one(many.getvalue())
    assert paper.pages == 300
    assert paper.text_length < 25 * len(BILL)
    assert (
        len(text_of(many.getvalue(), 40)) > len(text_of(many.getvalue())) > len(text_of(many.getvalue(), 2))
    )
    monkeypatch.setattr(pdf_words, "MOST_TEXT", 400)
    assert len(text_of(many.getvalue())) == 400


# --- pictures of pages ------------------------------------------------------------------------------------------


def test_a_page_is_drawn_as_wide_as_asked_and_no_larger_than_the_limit(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from PIL import Image

    drawn = page_picture(bill(), 1, width=400)
    assert drawn is not None
    assert Image.open(io.BytesIO(drawn)).width == 400
    monkeypatch.setattr(pdf_words, "MOST_PIXELS", 10_000)
    small = page_picture(bill(), 1, width=4000)
    assert small is not None
    width, height = Image.open(io.BytesIO(small)).size
    assert width * height <= 11_000


@pytest.mark.parametrize("page", [0, 2, 999])
def test_a_page_that_is_not_there_is_none(page: int) -> None:
    assert page_picture(bill(), page, width=100) is None
    assert page_picture(b"no pdf", 1, width=100) is None


# --- what the words say -----------------------------------------------------------------------------------------


def reads(*lines: str) -> Reads:
    return read_values("\n".join(lines))


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Invoice No. INV-001", "INV-001"), ("Invoice #: 4711", "4711"), ("Facture n° 2026-12", "2026-12"),
        ("Rechnung Nr. RE/77", "RE/77"), ("Factuur 20260017", "20260017"), ("Numéro de facture : FA12", "FA12"),
        ("HANDELSRECHNUNG (380) Nr. 471102 vom 05.03.2026", "471102"),
        ("Creditnota nr. C-3", "C-3"), ("Factuur voor uw bestelling", None), ("Invoice 12/03/2026", None),
    ],
)  # fmt: skip
def test_a_number_stands_beside_its_label(line: str, number: str | None) -> None:
    assert reads(line).number == number


def test_a_value_may_stand_below_its_label() -> None:
    found = reads("Factuurnummer", "F77", "Factuurdatum:", "3 februari 2026", "Vervaldatum", "volgt later")
    assert (found.number, found.issue_date, found.due_date) == ("F77", date(2026, 2, 3), None)
    assert reads("Factuurnummer").number is None
    assert reads("Invoice Number", "Date").number is None


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (("Invoice date: 2026-01-09",), date(2026, 1, 9)),
        (("Date: January 9, 2026",), date(2026, 1, 9)),
        (("Due date: 09/02/2026", "Date: 09/01/2026"), date(2026, 1, 9)),
        (("Date: 13/25/2026",), None),
        (("Datum: morgen",), None),
        (("Rechnung Nr. RE-7 vom 05.03.2026", "Bestellung vom 01.02.2026"), date(2026, 3, 5)),
        (("Facture n° FA-12 du 5 mars 2026",), date(2026, 3, 5)),
    ],
)
def test_the_day_of_the_invoice_is_not_the_day_it_is_due(lines: tuple[str, ...], day: date | None) -> None:
    assert reads(*lines).issue_date == day


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("Subtotal 100.00", "VAT 21% 21.00", "Total due 121.00"), ("100.00", "21.00", "121.00")),
        (("Subtotal 100.00", "Total due 121.00", "of which 21.00"), ("100.00", "21.00", "121.00")),
        (("VAT 21.00", "Total due 121.00", "for work 100.00"), ("100.00", "21.00", "121.00")),
        (("Subtotal 100.00", "VAT 21.00", "and so 121.00"), ("100.00", "21.00", "121.00")),
        (("Subtotal 100.00", "VAT 21.00"), ("100.00", "21.00", None)),
        (("Subtotal 100.00", "Total due 121.00"), (None, None, "121.00")),
        (("VAT 21.00", "Total due 121.00"), (None, None, "121.00")),
        (("Subtotal 100.00", "VAT 0.00", "Total due 100.00"), ("100.00", "0.00", "100.00")),
        (("Subtotal 21.00", "VAT 100.00", "Total due 121.00"), ("100.00", "21.00", "121.00")),
        (("Subtotal 60.00", "VAT 61.00", "Total due 121.00"), (None, None, "121.00")),
        (
            ("Net amount 100.00", "VAT 21.00", "Gross 121.00", "Deposit 21.00", "Amount due 100.00"),
            ("100.00", "21.00", "121.00"),
        ),
        (("Deposit 20.00", "Amount due 101.00"), (None, None, "101.00")),
        (("Total 1 234,50 €",), (None, None, "1234.50")),
        (("Totaal 4 stuks",), (None, None, None)),
    ],
)
def test_amounts_are_said_where_they_add_up(lines: tuple[str, ...], expected: tuple[str | None, ...]) -> None:
    found = reads(*lines)
    wanted = tuple(None if amount is None else Decimal(amount) for amount in expected)
    assert (found.net, found.vat, found.gross) == wanted


def test_two_numbers_of_firms_are_none() -> None:
    assert reads("BE 0403.170.701", "BE0202.239.951").seller_id is None
    assert reads("BE 403.170.701 en nog eens BE0403170701").seller_id == "BE0403170701"
    assert reads("BE0403170702").seller_id is None


def test_an_account_with_wrong_check_digits_is_none_and_a_word_behind_it_does_no_harm() -> None:
    assert reads("IBAN BE68 5390 0754 7035").iban is None
    assert reads("IBAN BE68 5390 0754 7034 KREDBEBB").iban == "BE68539007547034"
    assert reads("BE68 5390 0754 7034", "BE71 0961 2345 6769").iban is None


def test_a_firm_that_stands_there_once_may_be_the_customer() -> None:
    assert reads("Kunde AG", "Straat 1").seller is None
    assert (
        reads("Leverancier NV", "Straat 1", "Klant BV", "Leverancier NV, RPR Gent").seller == "Leverancier NV"
    )


def test_text_of_a_web_page_and_of_old_encodings_is_read() -> None:
    page = "<html><head><title>x</title></head><body><script>var a</script><p>Prix&nbsp;TTC</p>après</body></html>"
    assert text_of(page.encode()).split() == ["Prix", "TTC", "après"]
    assert text_of("créé".encode("cp1252")) == "créé"
    assert text_of("créé".encode("utf-16")) == "créé"


@given(st.text(max_size=400))
def test_any_words_are_read_without_a_crash(words: str) -> None:
    assert isinstance(read_values(words), Reads)
    assert seems(words, 1)


@given(st.binary(max_size=200), st.integers(0, 2000))
def test_spoiled_documents_never_crash(noise: bytes, at: int) -> None:
    for whole in (bill(), word("x" * 50)):
        papers, problems = read_document(whole[:at] + noise + whole[at + len(noise) :])
        assert papers or problems
