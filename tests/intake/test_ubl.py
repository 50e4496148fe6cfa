"""What a UBL file says, and that no file, whatever its bytes, brings the reader down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.papers import Attachment, Period
from pilothouse.intake.shapes import as_json
from pilothouse.intake.ubl import looks_like_ubl, read_ubl
from tests.intake.ubl_samples import Spoiled, sample, the_invoice, the_problem

# --- what it says ----------------------------------------------------------------------------------------------


def test_an_invoice_says_who_what_and_how_much() -> None:
    paper = the_invoice(sample())
    assert (paper.kind, paper.type_code, paper.number) == ("invoice", "380", "F-2026-0117")
    assert (paper.issue_date, paper.due_date) == (date(2026, 2, 3), date(2026, 3, 5))
    assert (paper.currency, paper.accounting_currency) == ("EUR", "SEK")
    assert (paper.seller.name, paper.seller.trading_name) == ("Cloudwerk BV", "Cloudwerk")
    assert (paper.seller.vat_id, paper.seller.legal_id) == ("BE0999999922", "0999999922")
    assert paper.seller.ids == ("0088:5412345000013", "SEPA:BE68ZZZ0999999922", "FC:RPR Gent")
    assert (paper.buyer.name, paper.buyer.trading_name, paper.buyer.ids) == (
        "Houtwerk De Linde",
        None,
        (":CUST-4",),
    )
    assert (paper.payment.ibans, paper.payment.reference) == (("BE68539007547034",), "+++010/8068/17183+++")
    assert (paper.order, paper.contract, paper.preceding) == ("PO-88", "C-7", ("F-2025-0990",))
    assert paper.period == Period(date(2026, 1, 1), date(2026, 1, 31))
    assert paper.attachments == (Attachment("hours.csv", "text/csv", 13),)


def test_an_invoice_adds_up_as_on_the_paper() -> None:
    shown = as_json(the_invoice(sample()))
    assert shown["totals"] == {
        "lines": "250.00",
        "allowances": "25.00",
        "charges": "15.00",
        "net": "240.00",
        "vat": "50.40",
        "gross": "290.40",
        "prepaid": "90.00",
        "rounding": "-0.40",
        "payable": "200.00",
        "vat_accounting": "560.10",
    }
    assert shown["vat"] == [{"category": "S", "rate": "21", "base": "240.00", "amount": "50.40"}]
    assert [item["amount"] for item in (*shown["allowances"], *shown["charges"])] == ["25.00", "15.00"]


def test_a_line_says_what_was_bought_and_where_it_stands() -> None:
    line, licence = the_invoice(sample()).lines
    assert (line.name, line.quantity, line.unit, line.net) == (
        "Network support",
        Decimal("2.5"),
        "HUR",
        Decimal(200),
    )
    assert (line.vat_category, line.vat_rate, line.price) == ("S", Decimal(21), Decimal(80))
    assert (line.period, line.description) == (
        Period(date(2026, 1, 5), date(2026, 1, 9)),
        "On site, by two people",
    )
    assert [item.amount for item in (*line.allowances, *line.charges)] == [Decimal(10), Decimal(10)]
    row = int(line.place.removeprefix("line "))
    assert b"<cac:InvoiceLine>" in sample().splitlines()[row - 1]
    assert (licence.name, licence.period, licence.price_base_quantity) == ("Licence, one seat", None, None)


def test_a_credit_note_keeps_the_positive_amounts_of_the_paper() -> None:
    paper = the_invoice(sample("credit-note"))
    assert (paper.kind, paper.type_code, paper.totals.payable) == ("credit_note", "381", Decimal("12.10"))
    assert (paper.issue_date, paper.due_date) == (date(2026, 2, 10), date(2026, 3, 10))
    assert paper.order is None  # "NA": only the seller's order is known
    assert [line.net for line in paper.lines] == [Decimal(10)]


def test_an_invoice_of_the_type_of_a_credit_note_is_one() -> None:
    assert Spoiled().saying("cbc:InvoiceTypeCode", "381").read().kind == "credit_note"


def test_older_papers_are_read_from_where_their_programs_put_things() -> None:
    paper = the_invoice(sample("older-shape"))
    assert (paper.seller.name, paper.seller.vat_id) == ("Informatique Gérard", "BE0999999922")
    assert (paper.buyer.name, paper.buyer.vat_id, paper.buyer.ids) == (
        "An Peeters",
        "BE0999999823",
        ("VAT:BE0999999724",),
    )
    assert (paper.currency, paper.preceding) == ("EUR", ("CN 3",))
    assert [(row.category, row.rate) for row in paper.vat] == [("S", Decimal(21))]
    (line,) = paper.lines
    assert (line.name, line.vat_category, line.vat_rate) == ("Dépannage", "S", Decimal(21))


def test_the_reference_is_taken_from_the_instruction_where_older_programs_put_it() -> None:
    paper = Spoiled().with_("cac:PaymentMeans", "<cbc:InstructionID>+++090/9337/55493+++</cbc:InstructionID>")
    assert paper.read().payment.reference == "+++010/8068/17183+++"
    assert paper.without("cac:PaymentMeans/cbc:PaymentID").read().payment.reference == "+++090/9337/55493+++"


def test_the_due_date_is_taken_from_the_terms_where_it_stands_nowhere_else() -> None:
    due = "<cac:PaymentTerms><cbc:PaymentDueDate>2026-04-30</cbc:PaymentDueDate></cac:PaymentTerms>"
    paper = Spoiled().with_("", due)
    assert paper.read().due_date == the_invoice(sample()).due_date
    assert paper.without("(/*/cbc:DueDate)").read().due_date == date(2026, 4, 30)


@pytest.mark.parametrize(("name", "kind"), [("invoice", "invoice"), ("credit-note", "credit_note")])
def test_the_forms_for_self_billing_are_read_as_what_they_are(name: str, kind: str) -> None:
    data = re.sub(rb"(Invoice|CreditNote)(-2\"| xmlns|>\s*$)", rb"SelfBilled\1\2", sample(name))
    assert looks_like_ubl(data)
    assert the_invoice(data) == the_invoice(sample(name))
    assert the_invoice(data).kind == kind


def test_what_is_missing_is_none_and_named() -> None:
    root = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"/>'
    paper = the_invoice(root)
    assert (paper.number, paper.issue_date, paper.currency, paper.lines) == (None, None, None, ())
    assert {"BR-01", "BR-02", "BR-16"} <= {problem.rule for problem in paper.problems}


def test_vat_is_shown_in_the_currency_of_the_invoice() -> None:
    """Both totals broken down, as some countries ask: the rows of the invoice's currency count."""
    row = (
        '<cac:TaxSubtotal><cbc:TaxableAmount currencyID="SEK">2667.00</cbc:TaxableAmount>'
        '<cbc:TaxAmount currencyID="SEK">560.10</cbc:TaxAmount></cac:TaxSubtotal>'
    )
    both = Spoiled().with_("cac:TaxTotal[2]", row)
    assert [entry.base for entry in both.read().vat] == [Decimal(240)]
    assert both.saying("cbc:DocumentCurrencyCode", "USD").read().totals.vat == Decimal("50.40")
    assert [entry.base for entry in both.read().vat] == [Decimal(240), Decimal(2667)]


def test_an_envelope_may_hold_several_invoices() -> None:
    inside = b"".join(sample(name).partition(b"?>")[2] for name in ("invoice", "credit-note"))
    header = b"<h:StandardBusinessDocumentHeader/>"
    envelope = (
        b'<h:StandardBusinessDocument xmlns:h="urn:h">' + header + inside + b"</h:StandardBusinessDocument>"
    )
    papers, problems = read_ubl(envelope)
    assert problems == ()
    assert papers[0] != papers[1]
    assert [len(paper.lines) for paper in papers] == [2, 1]  # type: ignore[union-attr]  # both are invoices
    assert looks_like_ubl(envelope)


def test_a_form_whose_name_is_not_explained_is_refused() -> None:
    """A prefix without its namespace: the parser takes it for a part of the name."""
    problem = the_problem(sample().replace(b"<Invoice ", b"<x:Invoice ", 1))
    assert problem.rule == "ubl.not_an_invoice"
    assert "“x:Invoice”" in problem.message


def test_lines_elsewhere_than_in_an_invoice_are_not_its_lines() -> None:
    line = "<cac:InvoiceLine><cbc:ID>9</cbc:ID></cac:InvoiceLine>"
    assert len(Spoiled().with_("cac:Delivery", line).read().lines) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-15", "cp1252"])
def test_the_encodings_of_the_trade_are_read(encoding: str) -> None:
    text = sample().decode().replace("Cloudwerk BV", "Café BV")
    data = text.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)
    assert the_invoice(data).seller.name == "Café BV"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read(encoding: str) -> None:
    assert the_invoice(sample().decode().partition("?>")[2].lstrip().encode(encoding)).number == "F-2026-0117"


def test_blank_lines_before_the_file_do_no_harm() -> None:
    assert the_invoice(b"\n \n" + sample()).number == "F-2026-0117"


def test_ubl_is_known_by_what_is_in_it() -> None:
    assert looks_like_ubl(sample()[:1000])
    assert looks_like_ubl(sample("credit-note")[:1000])
    assert looks_like_ubl(sample().decode().encode("utf-16")[:2000])
    assert not looks_like_ubl(b"%PDF-1.7 Invoice-2")
    assert not looks_like_ubl(b"")
    assert not looks_like_ubl(b'<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece">')


# --- what is refused -------------------------------------------------------------------------------------------

ROOT = b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">'


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("file.empty", b""),
        ("file.empty", b"\xef\xbb\xbf \r\n"),
        ("file.empty", b"\0" * 100_000),
        ("xml.not_xml", b"%PDF-1.7 ..."),
        ("xml.not_xml", b"Invoice 12, total 100 EUR"),
        ("xml.encoding", b'<?xml version="1.0" encoding="UTF-7"?>' + ROOT),
        ("xml.encoding", b'<?xml version="1.0" encoding="klingon"?>' + ROOT),
        ("xml.encoding", ROOT + b"<a>caf\xe9</a></Invoice>"),
        ("xml.encoding", b"\xff\xfe<\0I\0\x00\xd8"),
        ("xml.cut_off", b'<?xml version="1.0"'),
        ("xml.cut_off", b"<!-- the invoice"),
        ("xml.cut_off", ROOT + b"<a>"),
        ("xml.cut_off", b"<Invoi"),
        ("xml.doctype", b'<?xml version="1.0"?><!-- a --><!DOCTYPE Invoice>' + ROOT + b"</Invoice>"),
        ("xml.too_deep", ROOT + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</Invoice>"),
        ("xml.too_many_parts", ROOT + b"<a/>" * 1_600_000 + b"</Invoice>"),
        ("xml.broken", ROOT + b"<a></b></Invoice>"),
        ("xml.broken", ROOT + b"<x:a/></Invoice>"),
        ("xml.broken", ROOT + b"<a>&secret;</a></Invoice>"),
        ("xml.broken", b"<1/>" + b" " * 5000),
        ("ubl.not_an_invoice", b"<Invoice/>"),
        ("ubl.not_an_invoice", b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2"/>'),
        ("ubl.not_an_invoice", b"<StandardBusinessDocument><Order/></StandardBusinessDocument>"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_for_its_reason(rule: str, data: bytes) -> None:
    problem = the_problem(data)
    assert problem.rule == rule
    assert problem.message.endswith(".")


def test_an_entity_bomb_is_refused_unexploded() -> None:
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    bomb = b'<!DOCTYPE Invoice [<!ENTITY l0 "ha">' + laughs + b"]>" + ROOT + b"<a>&l9;</a></Invoice>"
    assert the_problem(bomb).rule == "xml.doctype"


def test_a_file_larger_than_the_limit_is_refused() -> None:
    data = sample()
    assert the_problem(data, limit=len(data) - 1).rule == "file.too_big"
    assert read_ubl(data, limit=len(data))[1] == ()


def test_a_large_attachment_is_measured_and_dropped() -> None:
    content = b"QUJD" * 3_000_000  # 12 MB, above the parser's own limit
    data = sample().replace(b"ZGF5LGhvdXJz", content)
    (attachment,) = the_invoice(data).attachments
    assert attachment.size == len(content) * 3 // 4 + 4


def test_a_file_that_seems_something_else_says_what() -> None:
    assert "a PDF" in the_problem(b"%PDF-1.7").message
    assert "It looks like" not in the_problem(b"hello").message


# --- whatever the bytes ----------------------------------------------------------------------------------------


def _never_raises(data: bytes) -> None:
    papers, problems = read_ubl(data)
    assert papers or problems
    for paper in papers:
        as_json(paper)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(sample())))
def test_a_file_cut_off_anywhere_is_refused_or_read(end: int) -> None:
    _never_raises(sample()[:end])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(sample()) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_flipped_bytes_are_refused_or_read(flips: list[tuple[int, int]]) -> None:
    data = bytearray(sample())
    for at, byte in flips:
        data[at] = byte
    _never_raises(bytes(data))


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200), st.sampled_from([b"", b"<", b'<?xml version="1.0" encoding="UTF-16"?>', ROOT])
)
def test_any_bytes_are_refused_or_read(noise: bytes, start: bytes) -> None:
    _never_raises(start + noise)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(["cbc:PayableAmount", "cbc:Percent", "cbc:IssueDate", "cbc:ChargeIndicator", "cbc:ID"]),
    st.text(),
)
def test_any_word_is_read_or_named(path: str, word: str) -> None:
    spoil: Callable[[], Spoiled] = Spoiled
    kept = "".join(letter for letter in word if letter.isprintable())
    _never_raises(sample())
    as_json(spoil().every(path, kept).read())


def test_an_invoice_says_where_its_buyer_is_to_book_it() -> None:
    paper = the_invoice(sample())
    assert paper.accounting_reference == "612300; Verkoop"
    assert [line.accounting_reference for line in paper.lines] == ["613200", None]
    assert as_json(paper)["accounting_reference"] == "612300; Verkoop"
    assert as_json(paper)["lines"][0]["accounting_reference"] == "613200"
