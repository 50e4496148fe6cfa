"""What a CII file says, that it says the same as UBL, and that no bytes bring the reader down."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilothouse.intake.cii import looks_like_cii, read_cii
from pilothouse.intake.papers import Invoice, Period
from pilothouse.intake.shapes import as_json
from tests.intake import ubl_samples
from tests.intake.cii_samples import Spoiled, SpoiledZugferd1, sample, the_invoice, the_problem

SETTLEMENT = "ram:ApplicableHeaderTradeSettlement"
TOTALS = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
LINE = "ram:IncludedSupplyChainTradeLineItem"
EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"

# --- what it says ----------------------------------------------------------------------------------------------


def _comparable(paper: Invoice) -> dict[str, Any]:
    shown = as_json(paper)
    for line in shown["lines"]:
        del line["place"]
    del shown["syntax"]
    return shown


def test_the_same_case_in_ubl_and_in_cii_is_the_same_paper() -> None:
    in_ubl = ubl_samples.the_invoice(ubl_samples.sample())
    in_cii = the_invoice(sample())
    assert (in_ubl.syntax, in_cii.syntax) == ("ubl", "cii")
    assert _comparable(in_cii) == _comparable(in_ubl)


def test_a_line_says_where_it_stands() -> None:
    lines = the_invoice(sample()).lines
    rows = [int(line.place.removeprefix("line ")) for line in lines]
    assert all(b"<ram:IncludedSupplyChainTradeLineItem>" in sample().splitlines()[row - 1] for row in rows)
    assert rows == sorted(set(rows))


def test_zugferd_1_says_the_same_in_its_own_names() -> None:
    paper = the_invoice(sample("zugferd-1"))
    assert (paper.number, paper.issue_date, paper.order) == ("RE-17", date(2016, 2, 3), "B-4")
    assert (paper.seller.name, paper.seller.vat_id) == ("Netzwerk GmbH", "DE999999999")
    assert (paper.totals.net, paper.totals.vat, paper.totals.gross) == (
        Decimal(110),
        Decimal("20.90"),
        Decimal("130.90"),
    )
    (line,) = paper.lines
    assert (line.name, line.quantity, line.net, line.vat_rate) == (
        "Platz im Rechenzentrum",
        Decimal(4),
        Decimal(100),
        Decimal(19),
    )


def test_freight_in_a_form_of_its_own_is_a_charge() -> None:
    (freight,) = the_invoice(sample("zugferd-1")).charges
    assert (freight.amount, freight.reason, freight.vat_rate) == (Decimal(10), "Versand", Decimal(19))


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("380", "invoice"),
        ("384", "invoice"),
        ("389", "invoice"),
        ("326", "invoice"),
        ("386", "invoice"),
        ("381", "credit_note"),
        ("261", "credit_note"),
        ("396", "credit_note"),
        ("503", "credit_note"),
    ],
)
def test_the_type_says_whether_it_is_a_credit_note(code: str, kind: str) -> None:
    paper = Spoiled().saying("rsm:ExchangedDocument/ram:TypeCode", code).read()
    assert (paper.kind, paper.type_code, paper.problems) == (kind, code, ())


@pytest.mark.parametrize(
    ("written", "form"),
    [("20260203", "102"), ("202602031530", "203"), ("2026-02-03", None), ("2026-02-03T00:00:00", None)],
)
def test_days_are_read_in_all_forms_of_the_trade(written: str, form: str | None) -> None:
    day = "ram:IssueDateTime/udt:DateTimeString"
    paper = Spoiled().saying(day, written).coded(day, "format", form or "x").read()
    assert paper.issue_date == date(2026, 2, 3)


def test_a_period_may_be_open_at_one_end() -> None:
    paper = Spoiled().without(f"{SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime").read()
    assert paper.period == Period(date(2026, 1, 1), None)


def test_all_accounts_are_kept_each_once() -> None:
    account = (
        "<ram:PayeePartyCreditorFinancialAccount><ram:ProprietaryID>7-8</ram:ProprietaryID>"
        "</ram:PayeePartyCreditorFinancialAccount>"
    )
    means = f"<ram:TypeCode>30</ram:TypeCode>{account}"
    inside = f"<ram:SpecifiedTradeSettlementPaymentMeans>{means}</ram:SpecifiedTradeSettlementPaymentMeans>"
    paper = Spoiled().twice("ram:SpecifiedTradeSettlementPaymentMeans").with_(SETTLEMENT, inside).read()
    assert paper.payment.ibans == ("BE68539007547034", "7-8")


def test_lines_that_only_group_or_explain_are_left_aside() -> None:
    kind = "<ram:LineStatusReasonCode>{}</ram:LineStatusReasonCode>"
    document = f"{LINE}/ram:AssociatedDocumentLineDocument"
    paper = Spoiled().saying("ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", EXTENDED)
    paper.twice(LINE).with_(document, kind.format("GROUP"))
    assert [line.id for line in paper.read().lines] == ["1", "2"]
    assert paper.rules() == set()
    detail = Spoiled().with_(document, kind.format("DETAIL"))
    assert len(detail.read().lines) == 2


def test_of_amounts_in_several_currencies_that_of_the_invoice_counts() -> None:
    paper = Spoiled().saying("ram:GuidelineSpecifiedDocumentContextParameter/ram:ID", EXTENDED)
    paper.twice(f"{TOTALS}/ram:GrandTotalAmount").coded(f"{TOTALS}/ram:GrandTotalAmount", "currencyID", "SEK")
    paper.saying(f"{TOTALS}/ram:GrandTotalAmount", "3227.00")
    assert paper.read().totals.gross == Decimal("290.40")
    assert paper.rules() == set()


def test_a_total_in_another_currency_alone_still_has_the_rates() -> None:
    paper = Spoiled().coded(f"{TOTALS}/ram:TaxTotalAmount", "currencyID", None).read()
    assert [row.base for row in paper.vat] == [Decimal(240)]
    none = Spoiled().without(f"{TOTALS}/ram:TaxTotalAmount").without(f"{TOTALS}/ram:TaxTotalAmount").read()
    assert ([row.base for row in none.vat], none.totals.vat) == ([Decimal(240)], None)


def test_a_number_without_a_tax_is_a_vat_number_and_one_of_another_tax_is_none() -> None:
    path = "ram:SellerTradeParty/ram:SpecifiedTaxRegistration/ram:ID"
    assert Spoiled().coded(path, "schemeID", None).read().seller.vat_id == "BE0999999922"
    paper = Spoiled().coded(path, "schemeID", "FC").read()
    assert paper.seller.vat_id is None
    assert "FC:BE0999999922" in paper.seller.ids


def test_what_is_missing_is_none_and_named() -> None:
    root = b'<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"/>'
    paper = the_invoice(root)
    assert (paper.number, paper.issue_date, paper.currency, paper.lines) == (None, None, None, ())
    assert {"BR-01", "BR-02", "BR-16"} <= {problem.rule for problem in paper.problems}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-15"])
def test_the_encodings_of_the_trade_are_read(encoding: str) -> None:
    text = sample().decode().replace("Cloudwerk BV", "Café BV")
    data = text.replace("UTF-8", encoding.removesuffix("-sig")).encode(encoding)
    assert the_invoice(data).seller.name == "Café BV"


def test_cii_is_known_by_what_is_in_it() -> None:
    assert looks_like_cii(sample()[:1000])
    assert looks_like_cii(sample("zugferd-1")[:1000])
    assert looks_like_cii(sample().decode().encode("utf-16")[:2000])
    assert not looks_like_cii(ubl_samples.sample()[:1000])
    assert not looks_like_cii(b"%PDF-1.7 CrossIndustryInvoice")


# --- what is refused -------------------------------------------------------------------------------------------

ROOT = b'<CrossIndustryInvoice xmlns="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100">'


@pytest.mark.parametrize(
    ("rule", "data"),
    [
        ("file.empty", b""),
        ("xml.not_xml", b"%PDF-1.7 ..."),
        ("xml.cut_off", ROOT + b"<a>"),
        ("xml.broken", ROOT + b"<a></b></CrossIndustryInvoice>"),
        ("xml.doctype", b"<!DOCTYPE x>" + ROOT + b"</CrossIndustryInvoice>"),
        ("xml.too_deep", ROOT + b"<a>" * 10_000),
        ("cii.not_an_invoice", b"<CrossIndustryInvoice/>"),
        ("cii.not_an_invoice", b'<o:SCRDMCCBDACIOMessageStructure xmlns:o="urn:x"/>'),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_for_its_reason(rule: str, data: bytes) -> None:
    assert the_problem(data).rule == rule


# --- whatever the bytes ----------------------------------------------------------------------------------------


def _never_raises(data: bytes) -> None:
    papers, problems = read_cii(data)
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
@given(st.binary(max_size=200), st.sampled_from([b"", b"<", ROOT]))
def test_any_bytes_are_refused_or_read(noise: bytes, start: bytes) -> None:
    _never_raises(start + noise)


PATHS = st.sampled_from(
    [
        "ram:DuePayableAmount",
        "ram:RateApplicablePercent",
        "udt:DateTimeString",
        "udt:Indicator",
        "ram:ID",
        "ram:TypeCode",
        "ram:CategoryCode",
        "ram:InvoiceCurrencyCode",
    ]
)


@settings(max_examples=80, deadline=None)
@given(PATHS, st.text())
def test_any_word_is_read_or_named(path: str, word: str) -> None:
    kept = "".join(letter for letter in word if letter.isprintable())
    as_json(Spoiled().every(path, kept).read())


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                LINE,
                TOTALS,
                "ram:SellerTradeParty",
                "ram:ApplicableTradeTax",
                "ram:SpecifiedTradeAllowanceCharge",
                "ram:PayeeTradeParty",
                "ram:CategoryTradeTax",
            ]
        ),
        max_size=4,
    )
)
def test_any_element_may_stand_twice(paths: list[str]) -> None:
    paper = Spoiled()
    for path in paths:
        paper.twice(path)
    as_json(paper.read())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["ram:ApplicablePercent", "ram:LineTotalAmount", "ram:ID"]), st.text(max_size=20))
def test_any_word_of_zugferd_1_is_read_or_named(path: str, word: str) -> None:
    kept = "".join(letter for letter in word if letter.isprintable())
    as_json(SpoiledZugferd1().every(path, kept).read())


def test_an_invoice_says_where_its_buyer_is_to_book_it() -> None:
    paper = Spoiled().read()
    assert paper.accounting_reference == "612300; Verkoop"
    assert [line.accounting_reference for line in paper.lines] == ["613200", None]
    assert as_json(paper)["accounting_reference"] == "612300; Verkoop"
    assert as_json(paper)["lines"][0]["accounting_reference"] == "613200"
