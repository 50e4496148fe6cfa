"""Each rule of EN 16931 as it is bound to CII: one spoiled word of a faultless sample breaks it."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from tests.intake.cii_samples import Spoiled, SpoiledZugferd1, sample, the_invoice

Change = Callable[[Spoiled], Spoiled]

SELLER, BUYER = "ram:SellerTradeParty", "ram:BuyerTradeParty"
REP, PAYEE = "ram:SellerTaxRepresentativeTradeParty", "ram:PayeeTradeParty"
ADDRESS, COUNTRY = "ram:PostalTradeAddress", "ram:CountryID"
LINE = "ram:IncludedSupplyChainTradeLineItem"
PRODUCT, LINE_SETTLEMENT = f"{LINE}/ram:SpecifiedTradeProduct", f"{LINE}/ram:SpecifiedLineTradeSettlement"
LINE_AGREEMENT = f"{LINE}/ram:SpecifiedLineTradeAgreement"
SETTLEMENT = "ram:ApplicableHeaderTradeSettlement"
AGREEMENT = "ram:ApplicableHeaderTradeAgreement"
TOTALS = "ram:SpecifiedTradeSettlementHeaderMonetarySummation"
ROW = f"{SETTLEMENT}/ram:ApplicableTradeTax"
DISCOUNT = f"{SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
CHARGE = f"{SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge[2]"
LINE_DISCOUNT = f"{LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge"
LINE_CHARGE = f"{LINE_SETTLEMENT}/ram:SpecifiedTradeAllowanceCharge[2]"
PAYMENT = "ram:SpecifiedTradeSettlementPaymentMeans"
ACCOUNT = "ram:PayeePartyCreditorFinancialAccount"
DAY = "udt:DateTimeString"
ISSUED = f"ram:IssueDateTime/{DAY}"
PERIOD = f"{SETTLEMENT}/ram:BillingSpecifiedPeriod"
FILE = "ram:AttachmentBinaryObject"
GUIDELINE = "ram:GuidelineSpecifiedDocumentContextParameter"
DOCUMENT = f"{AGREEMENT}/ram:AdditionalReferencedDocument"


def without(*paths: str) -> Change:
    def change(paper: Spoiled) -> Spoiled:
        for path in paths:
            paper.without(path)
        return paper

    return change


def saying(path: str, text: str) -> Change:
    return lambda paper: paper.saying(path, text)


def twice(path: str) -> Change:
    return lambda paper: paper.twice(path)


def coded(path: str, attribute: str, value: str | None) -> Change:
    return lambda paper: paper.coded(path, attribute, value)


def with_(path: str, inside: str) -> Change:
    return lambda paper: paper.with_(path, inside)


BROKEN: list[tuple[str, Change]] = [
    ("BR-01", saying(f"{GUIDELINE}/ram:ID", " ")),
    ("BR-02", without("rsm:ExchangedDocument/ram:ID")),
    ("BR-03", without("ram:IssueDateTime")),
    ("BR-03", coded(ISSUED, "format", "203")),
    ("BR-04", without("rsm:ExchangedDocument/ram:TypeCode")),
    ("BR-05", saying("ram:InvoiceCurrencyCode", "")),
    ("BR-06", without(f"{SELLER}/ram:Name")),
    ("BR-07", without(f"{BUYER}/ram:Name")),
    ("BR-08", without(f"{SELLER}/{ADDRESS}")),
    ("BR-09", without(f"{SELLER}/{ADDRESS}")),
    ("BR-09", saying(f"{SELLER}/{ADDRESS}/{COUNTRY}", "")),
    ("BR-10", without(f"{BUYER}/{ADDRESS}")),
    ("BR-11", without(f"{BUYER}/{ADDRESS}/{COUNTRY}")),
    ("BR-12", without(f"{TOTALS}/ram:LineTotalAmount")),
    ("BR-13", without(f"{TOTALS}/ram:TaxBasisTotalAmount")),
    ("BR-14", without(f"{TOTALS}/ram:GrandTotalAmount")),
    ("BR-15", without(f"{TOTALS}/ram:DuePayableAmount")),
    ("BR-16", without(LINE, LINE)),
    ("BR-17", without(f"{PAYEE}/ram:Name")),
    ("BR-17", saying(f"{PAYEE}/ram:Name", "Cloudwerk BV")),
    ("BR-17", saying(f"{PAYEE}/ram:SpecifiedLegalOrganization/ram:ID", "0999999922")),
    ("BR-18", without(f"{REP}/ram:Name")),
    ("BR-19", without(f"{REP}/{ADDRESS}")),
    ("BR-20", without(f"{REP}/{ADDRESS}")),
    ("BR-20", without(f"{REP}/{ADDRESS}/{COUNTRY}")),
    ("BR-21", without(f"{LINE}//ram:LineID")),
    ("BR-22", without(f"{LINE}//ram:BilledQuantity")),
    ("BR-23", coded(f"{LINE}//ram:BilledQuantity", "unitCode", None)),
    ("BR-24", without(f"{LINE}//ram:LineTotalAmount")),
    ("BR-25", without(f"{PRODUCT}/ram:Name")),
    ("BR-26", without("ram:NetPriceProductTradePrice/ram:ChargeAmount")),
    ("BR-27", saying("ram:NetPriceProductTradePrice/ram:ChargeAmount", "-1")),
    ("BR-28", saying("ram:GrossPriceProductTradePrice/ram:ChargeAmount", "-1")),
    ("BR-29", saying(f"{PERIOD}/ram:EndDateTime/{DAY}", "20251231")),
    ("BR-30", saying(f"{LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime/{DAY}", "20260104")),
    ("BR-31", without(f"{DISCOUNT}/ram:ActualAmount")),
    ("BR-32", saying(f"{DISCOUNT}/ram:CategoryTradeTax/ram:TypeCode", "GST")),
    ("BR-33", without(f"{DISCOUNT}/ram:Reason", f"{DISCOUNT}/ram:ReasonCode")),
    ("BR-36", without(f"{CHARGE}/ram:ActualAmount")),
    ("BR-37", without(f"{CHARGE}/ram:CategoryTradeTax/ram:CategoryCode")),
    ("BR-38", without(f"{CHARGE}/ram:Reason", f"{CHARGE}/ram:ReasonCode")),
    ("BR-41", without(f"{LINE_DISCOUNT}/ram:ActualAmount")),
    ("BR-42", without(f"{LINE_DISCOUNT}/ram:Reason", f"{LINE_DISCOUNT}/ram:ReasonCode")),
    ("BR-43", without(f"{LINE_CHARGE}/ram:ActualAmount")),
    ("BR-44", without(f"{LINE_CHARGE}/ram:Reason", f"{LINE_CHARGE}/ram:ReasonCode")),
    ("BR-45", without(f"{ROW}/ram:BasisAmount")),
    ("BR-46", without(f"{ROW}/ram:CalculatedAmount")),
    ("BR-47", without(f"{ROW}/ram:CategoryCode")),
    ("BR-48", without(f"{ROW}/ram:RateApplicablePercent")),
    ("BR-49", without(f"{PAYMENT}/ram:TypeCode")),
    ("BR-50", without(f"{ACCOUNT}/ram:IBANID")),
    ("BR-51", saying("ram:ApplicableTradeSettlementFinancialCard/ram:ID", "1234567890123456")),
    ("BR-52", saying(f"{DOCUMENT}/ram:IssuerAssignedID", "")),
    ("BR-52", without(f"{LINE_SETTLEMENT}//ram:IssuerAssignedID")),
    ("BR-53", saying("ram:TaxCurrencyCode", "EUR")),
    ("BR-53", without(f"{TOTALS}/ram:TaxTotalAmount[2]")),
    ("BR-54", without("ram:ApplicableProductCharacteristic/ram:Value")),
    ("BR-55", saying("ram:InvoiceReferencedDocument/ram:IssuerAssignedID", "")),
    ("BR-56", saying(f"{REP}/ram:SpecifiedTaxRegistration/ram:ID", "")),
    ("BR-57", saying(f"ram:ShipToTradeParty/{ADDRESS}/{COUNTRY}", "")),
    ("BR-61", without(f"{ACCOUNT}/ram:IBANID")),
    ("BR-62", coded(f"{SELLER}//ram:URIID", "schemeID", "")),
    ("BR-63", coded(f"{BUYER}//ram:URIID", "schemeID", None)),
    ("BR-64", coded(f"{PRODUCT}/ram:GlobalID", "schemeID", "")),
    ("BR-65", coded("ram:ClassCode", "listID", None)),
    ("BR-66", without(f"{DISCOUNT}/ram:ChargeIndicator")),
    ("BR-66", without(f"{LINE_DISCOUNT}/ram:ChargeIndicator")),
    (
        "BR-CO-03",
        with_(
            ROW,
            '<ram:TaxPointDate><udt:DateString format="102">20260131</udt:DateString></ram:TaxPointDate>'
            "<ram:DueDateTypeCode>5</ram:DueDateTypeCode>",
        ),
    ),
    ("BR-CO-04", without(f"{LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode")),
    ("BR-CO-09", saying(f"{SELLER}/ram:SpecifiedTaxRegistration/ram:ID", "0999999922")),
    ("BR-CO-10", saying(f"{TOTALS}/ram:LineTotalAmount", "250.01")),
    ("BR-CO-11", saying(f"{TOTALS}/ram:AllowanceTotalAmount", "24.99")),
    ("BR-CO-12", without(CHARGE)),
    ("BR-CO-13", saying(f"{TOTALS}/ram:TaxBasisTotalAmount", "240.01")),
    ("BR-CO-14", saying(f"{TOTALS}/ram:TaxTotalAmount", "50.41")),
    ("BR-CO-14", without(ROW)),
    ("BR-CO-15", saying(f"{TOTALS}/ram:GrandTotalAmount", "290.41")),
    ("BR-CO-15", twice(f"{TOTALS}/ram:TaxTotalAmount")),
    ("BR-CO-16", saying(f"{TOTALS}/ram:DuePayableAmount", "200.01")),
    ("BR-CO-17", saying(f"{ROW}/ram:CalculatedAmount", "51.41")),
    ("BR-CO-18", without(ROW)),
    ("BR-CO-19", without(f"{PERIOD}/ram:StartDateTime", f"{PERIOD}/ram:EndDateTime")),
    (
        "BR-CO-20",
        without(
            f"{LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:StartDateTime",
            f"{LINE_SETTLEMENT}/ram:BillingSpecifiedPeriod/ram:EndDateTime",
        ),
    ),
    ("BR-CO-25", without("ram:DueDateDateTime", "ram:SpecifiedTradePaymentTerms/ram:Description")),
    (
        "BR-CO-26",
        without(
            f"{SELLER}/ram:GlobalID",
            f"{SELLER}/ram:SpecifiedLegalOrganization",
            f"{SELLER}/ram:SpecifiedTaxRegistration",
        ),
    ),
    (
        "BR-CO-27",
        lambda p: p.saying(f"{PAYMENT}/ram:TypeCode", "59").with_(
            ACCOUNT, "<ram:ProprietaryID>7</ram:ProprietaryID>"
        ),
    ),
    ("BR-DEC-01", saying(f"{DISCOUNT}/ram:ActualAmount", "25.000")),
    ("BR-DEC-02", saying(f"{DISCOUNT}/ram:BasisAmount", "250.000")),
    ("BR-DEC-05", saying(f"{CHARGE}/ram:ActualAmount", "15.000")),
    ("BR-DEC-06", saying(f"{CHARGE}/ram:BasisAmount", "15.000")),
    ("BR-DEC-09", saying(f"{TOTALS}/ram:LineTotalAmount", "250.000")),
    ("BR-DEC-13", saying(f"{TOTALS}/ram:TaxTotalAmount", "50.400")),
    ("BR-DEC-15", saying(f"{TOTALS}/ram:TaxTotalAmount[2]", "560.100")),
    ("BR-DEC-19", saying(f"{ROW}/ram:BasisAmount", "240.000")),
    ("BR-DEC-20", saying(f"{ROW}/ram:CalculatedAmount", "50.400")),
    ("BR-DEC-23", saying(f"{LINE}//ram:LineTotalAmount", "200.000")),
    ("BR-DEC-24", saying(f"{LINE_DISCOUNT}/ram:ActualAmount", "10.000")),
    ("BR-DEC-28", saying(f"{LINE_CHARGE}/ram:BasisAmount", "200.000")),
    ("BR-CL-01", saying("rsm:ExchangedDocument/ram:TypeCode", "999")),
    ("BR-CL-03", coded(f"{TOTALS}/ram:TaxTotalAmount", "currencyID", "EURO")),
    ("BR-CL-04", saying("ram:InvoiceCurrencyCode", "EURO")),
    ("BR-CL-05", saying("ram:TaxCurrencyCode", "KRONA")),
    ("BR-CL-06", with_(ROW, "<ram:DueDateTypeCode>3</ram:DueDateTypeCode>")),
    ("BR-CL-07", saying(f"{DOCUMENT}/ram:ReferenceTypeCode", "A?")),
    ("BR-CL-07", saying(f"{LINE_SETTLEMENT}//ram:ReferenceTypeCode", "A?")),
    ("BR-CL-08", saying("ram:SubjectCode", "???")),
    ("BR-CL-10", coded(f"{SELLER}/ram:GlobalID", "schemeID", "9999")),
    ("BR-CL-11", coded(f"{SELLER}/ram:SpecifiedLegalOrganization/ram:ID", "schemeID", "KBO")),
    ("BR-CL-11", coded(f"{BUYER}/ram:ID", "schemeID", "KBO")),
    ("BR-CL-13", coded("ram:ClassCode", "listID", "UNSPSC")),
    ("BR-CL-14", saying(f"{SELLER}/{ADDRESS}/{COUNTRY}", "Belgium")),
    ("BR-CL-15", saying("ram:OriginTradeCountry/ram:ID", "UK")),
    ("BR-CL-16", saying(f"{PAYMENT}/ram:TypeCode", "71")),
    ("BR-CL-17", saying(f"{DISCOUNT}/ram:CategoryTradeTax/ram:CategoryCode", "H")),
    ("BR-CL-18", saying(f"{ROW}/ram:CategoryCode", "H")),
    ("BR-CL-18", saying(f"{LINE_SETTLEMENT}/ram:ApplicableTradeTax/ram:CategoryCode", "H")),
    ("BR-CL-19", saying(f"{DISCOUNT}/ram:ReasonCode", "FC")),
    ("BR-CL-20", saying(f"{CHARGE}/ram:ReasonCode", "95")),
    ("BR-CL-21", coded(f"{PRODUCT}/ram:GlobalID", "schemeID", "EAN")),
    ("BR-CL-22", with_(ROW, "<ram:ExemptionReasonCode>none</ram:ExemptionReasonCode>")),
    ("BR-CL-23", coded(f"{LINE}//ram:BilledQuantity", "unitCode", "hours")),
    ("BR-CL-24", coded(FILE, "mimeCode", "application/zip")),
    ("BR-CL-25", coded(f"{SELLER}//ram:URIID", "schemeID", "KBO")),
    ("BR-CL-26", coded("ram:ShipToTradeParty/ram:GlobalID", "schemeID", "GLN")),
    ("date.unreadable", saying(f"ram:DueDateDateTime/{DAY}", "5 March")),
    ("number.unreadable", saying(f"{LINE}//ram:BilledQuantity", "2,5")),
    (
        "BR-S-02",
        without(f"{SELLER}/ram:SpecifiedTaxRegistration", f"{SELLER}/ram:SpecifiedTaxRegistration", REP),
    ),
    ("BR-S-05", saying(f"{LINE_SETTLEMENT}//ram:RateApplicablePercent", "0")),
    ("BR-S-08", saying(f"{ROW}/ram:BasisAmount", "240.01")),
    ("BR-S-09", saying(f"{ROW}/ram:CalculatedAmount", "51.40")),
    ("BR-S-10", with_(ROW, "<ram:ExemptionReason>By law</ram:ExemptionReason>")),
    ("CII-SR-009", twice(GUIDELINE)),
    ("CII-SR-010", without(f"{GUIDELINE}/ram:ID")),
    ("CII-SR-014", twice("rsm:ExchangedDocument/ram:TypeCode")),
    ("CII-SR-046", coded(f"{PRODUCT}/ram:GlobalID", "schemeID", None)),
    ("CII-SR-069", twice("ram:ApplicableProductCharacteristic/ram:Description")),
    ("CII-SR-072", without("ram:ApplicableProductCharacteristic/ram:Value")),
    ("CII-SR-090", twice("ram:OriginTradeCountry/ram:ID")),
    ("CII-SR-439", without("ram:NetPriceProductTradePrice")),
    ("CII-SR-440", twice("ram:AppliedTradeAllowanceCharge/ram:ActualAmount")),
    ("CII-SR-441", twice("ram:NetPriceProductTradePrice/ram:ChargeAmount")),
    ("CII-SR-455", twice(f"{SELLER}/ram:DefinedTradeContact")),
    (
        "CII-SR-456",
        with_(BUYER, "<ram:DefinedTradeContact/><ram:DefinedTradeContact/>"),
    ),
    ("CII-SR-459", twice(f"{SELLER}/ram:URIUniversalCommunication")),
    ("CII-SR-460", twice(f"{BUYER}/ram:URIUniversalCommunication")),
    ("CII-SR-461", with_(ROW, "<ram:TaxPointDate/><ram:TaxPointDate/>")),
    (
        "CII-SR-462",
        with_(
            ROW, "<ram:DueDateTypeCode>5</ram:DueDateTypeCode><ram:DueDateTypeCode>29</ram:DueDateTypeCode>"
        ),
    ),
    ("CII-DT-001", coded(f"{GUIDELINE}/ram:ID", "schemeName", "x")),
    ("CII-DT-005", coded("rsm:ExchangedDocument/ram:ID", "schemeID", "x")),
    ("CII-DT-0010", coded(f"{SELLER}/ram:GlobalID", "schemeName", "x")),
    ("CII-DT-0040", coded(f"{SELLER}/ram:GlobalID", "schemeURI", "x")),
    ("CII-DT-008", coded("rsm:ExchangedDocument/ram:TypeCode", "name", "Invoice")),
    ("CII-DT-013", coded("(/rsm:CrossIndustryInvoice)", "languageID", "nl")),
    ("CII-DT-015", with_(DOCUMENT, "<ram:URIID>https://example.com</ram:URIID>")),
    ("CII-DT-018", saying(f"{DOCUMENT}/ram:TypeCode", "999")),
    ("CII-DT-018", with_("ram:ContractReferencedDocument", "<ram:TypeCode>130</ram:TypeCode>")),
    ("CII-DT-021", with_(DOCUMENT, "<ram:Name>Meter</ram:Name>")),
    ("CII-DT-022", saying(f"{DOCUMENT}[2]/ram:TypeCode", "50")),
    ("CII-DT-024", saying(f"{DOCUMENT}/ram:TypeCode", "916")),
    ("CII-DT-025", with_("ram:ContractReferencedDocument", "<ram:SectionName>a</ram:SectionName>")),
    ("CII-DT-031", coded(f"{TOTALS}/ram:DuePayableAmount", "currencyID", "EUR")),
    ("CII-DT-034", coded(f"{LINE}//ram:BilledQuantity", "unitCodeListID", "x")),
    ("CII-DT-037", saying(f"{ROW}/ram:TypeCode", "GST")),
    ("CII-DT-068", with_(f"{PERIOD}/ram:StartDateTime", "<udt:DateTime/>")),
    ("CII-DT-071", with_(PERIOD, "<ram:Description>January</ram:Description>")),
    ("CII-DT-072", with_(f"{PERIOD}/ram:EndDateTime", "<udt:DateTime/>")),
    ("CII-DT-088", with_(f"{SELLER}/{ADDRESS}", "<ram:StreetName>Kaai</ram:StreetName>")),
    ("CII-DT-097", saying(ISSUED, "2026-02-03")),
]


def test_the_sample_breaks_no_rule() -> None:
    assert the_invoice(sample()).problems == ()


@pytest.mark.parametrize(("rule", "change"), BROKEN)
def test_a_spoiled_word_breaks_its_rule(rule: str, change: Change) -> None:
    problems = change(Spoiled()).read().problems
    assert rule in {problem.rule for problem in problems}
    assert all(p.place and p.message and p.level == "error" for p in problems)


def test_vat_of_a_rate_may_be_off_by_one_unit_and_its_base_by_nothing() -> None:
    paper = (
        Spoiled()
        .saying(f"{ROW}/ram:CalculatedAmount", "51.40")
        .saying(f"{TOTALS}/ram:TaxTotalAmount", "51.40")
    )
    assert paper.rules() == {"BR-CO-15", "BR-S-09"}  # of the standard rate less than one is asked, too


def test_no_vat_total_is_needed_where_there_is_no_vat() -> None:
    paper = (
        Spoiled().without(f"{TOTALS}/ram:TaxTotalAmount").saying(f"{TOTALS}/ram:GrandTotalAmount", "240.00")
    )
    assert "BR-CO-15" not in paper.saying(f"{TOTALS}/ram:DuePayableAmount", "149.60").rules()
    assert paper.read().totals.vat == Decimal("560.10")  # the only one there is
    assert paper.without(f"{TOTALS}/ram:TaxTotalAmount").read().totals.vat == 0


def test_what_says_nothing_of_an_account_is_not_asked_for_one() -> None:
    assert Spoiled().without(ACCOUNT).rules() == set()
    assert Spoiled().saying(f"{PAYMENT}/ram:TypeCode", "48").without(f"{ACCOUNT}/ram:IBANID").rules() == set()
    assert Spoiled().saying(f"{PAYMENT}/ram:TypeCode", "59").rules() == set()


def test_a_currency_of_accounting_is_asked_for_only_beside_totals() -> None:
    assert "BR-53" not in Spoiled().without(TOTALS).rules()


# --- VAT categories --------------------------------------------------------------------------------------------


def of_category(code: str, rate: str | None, reason: bool) -> Spoiled:
    """The sample with another VAT category throughout, rightly told."""
    paper = Spoiled().every("ram:CategoryCode", code)
    if rate is None:
        for _ in range(5):
            paper.without("ram:RateApplicablePercent")
    else:
        paper.every("ram:RateApplicablePercent", rate)
    if reason:
        paper.with_(ROW, "<ram:ExemptionReason>By law</ram:ExemptionReason>")
    vat = (Decimal(240) * Decimal(rate or 0) / 100).quantize(Decimal("0.01"))
    for path, amount in (
        (f"{ROW}/ram:CalculatedAmount", vat),
        (f"{TOTALS}/ram:TaxTotalAmount", vat),
        (f"{TOTALS}/ram:GrandTotalAmount", 240 + vat),
        (f"{TOTALS}/ram:DuePayableAmount", 240 + vat - 90 - Decimal("0.40")),
    ):
        paper.saying(path, str(amount))
    return paper


def without_numbers(paper: Spoiled) -> Spoiled:
    for party in (SELLER, SELLER, BUYER):
        paper.without(f"{party}/ram:SpecifiedTaxRegistration")
    return paper.without(REP)


FAMILIES = [
    ("Z", "Z", "0", False),
    ("E", "E", "0", True),
    ("AE", "AE", "0", True),
    ("IC", "K", "0", True),
    ("G", "G", "0", True),
    ("AF", "L", "7", False),
    ("AG", "M", "4", False),
]


@pytest.mark.parametrize(("name", "code", "rate", "reason"), FAMILIES)
def test_a_category_rightly_told_breaks_no_rule(name: str, code: str, rate: str, reason: bool) -> None:
    assert of_category(code, rate, reason).rules() == set()


@pytest.mark.parametrize(("name", "code", "rate", "reason"), FAMILIES)
def test_a_category_wrongly_told_breaks_its_rules(name: str, code: str, rate: str, reason: bool) -> None:
    assert f"BR-{name}-01" in of_category(code, rate, reason).without(ROW).rules()
    numbers = without_numbers(of_category(code, rate, reason)).rules()
    assert {f"BR-{name}-02", f"BR-{name}-03", f"BR-{name}-04"} <= numbers
    rates = of_category(code, rate, reason).every("ram:RateApplicablePercent", "-1").rules()
    assert {f"BR-{name}-05", f"BR-{name}-06", f"BR-{name}-07"} <= rates
    turned = of_category(code, rate, not reason).rules()
    assert turned == {f"BR-{name}-10"}


@pytest.mark.parametrize("code", ["Z", "E", "AE", "K", "G"])
def test_the_base_of_what_bears_no_vat_may_be_off_by_less_than_one(code: str) -> None:
    name = {"K": "IC"}.get(code, code)
    paper = of_category(code, "0", code != "Z").saying(f"{ROW}/ram:BasisAmount", "240.99")
    assert paper.rules() == set()
    assert paper.saying(f"{ROW}/ram:BasisAmount", "241.00").rules() == {f"BR-{name}-08"}
    assert f"BR-{name}-09" in paper.saying(f"{ROW}/ram:CalculatedAmount", "0.40").rules()
    assert f"BR-{name}-01" in of_category(code, "0", code != "Z").twice(ROW).rules()


def test_base_and_vat_of_the_spanish_taxes_are_not_asked() -> None:
    paper = of_category("M", "4", reason=False).saying(f"{ROW}/ram:BasisAmount", "239.50")
    assert paper.rules() == set()
    assert of_category("L", "0", reason=False).rules() == {"BR-AF-05", "BR-AF-06", "BR-AF-07"}
    assert of_category("M", "0", reason=False).rules() == set()


def test_what_is_not_subject_to_vat_names_no_rate_and_no_numbers() -> None:
    paper = without_numbers(of_category("O", None, reason=True))
    assert paper.rules() == set()
    assert {"BR-O-05", "BR-O-06", "BR-O-07"} <= of_category("O", "0", reason=True).rules()
    assert {"BR-O-02", "BR-O-03", "BR-O-04"} <= of_category("O", None, reason=True).rules()
    assert "BR-O-08" in paper.saying(f"{ROW}/ram:BasisAmount", "240.01").rules()
    assert "BR-O-01" in paper.twice(ROW).rules()


def test_a_category_that_is_only_used_is_missing_in_the_breakdown() -> None:
    assert "BR-O-01" not in without_numbers(of_category("O", None, reason=True)).without(ROW).rules()
    assert "BR-S-01" in Spoiled().saying(f"{ROW}/ram:CategoryCode", "Z").rules()


# --- profiles --------------------------------------------------------------------------------------------------

MINIMUM = "urn:factur-x.eu:1p0:minimum"
BASIC_WL = "urn:factur-x.eu:1p0:basicwl"
EXTENDED = "urn:cen.eu:en16931:2017#conformant#urn:factur-x.eu:1p0:extended"


def claiming(profile: str) -> Spoiled:
    return Spoiled().saying(f"{GUIDELINE}/ram:ID", profile)


@pytest.mark.parametrize("profile", [BASIC_WL, "urn:zugferd.de:2p0:basicwl", "urn:x:basic-wl", MINIMUM])
def test_a_profile_without_lines_is_not_blamed_for_having_none(profile: str) -> None:
    assert claiming(profile).without(LINE).without(LINE).rules() == set()


def test_minimum_is_not_blamed_for_what_it_cannot_say() -> None:
    paper = (
        claiming(MINIMUM).without(LINE).without(LINE).without(ROW).without("ram:SpecifiedTradePaymentTerms")
    )
    for path in ("LineTotalAmount", "ChargeTotalAmount", "AllowanceTotalAmount", "TotalPrepaidAmount"):
        paper.without(f"{TOTALS}/ram:{path}")
    paper.without(f"{BUYER}/{ADDRESS}").without(DISCOUNT).without(DISCOUNT)
    assert paper.rules() == set()
    assert paper.without(f"{SELLER}/ram:Name").rules() == {"BR-06"}
    assert "BR-16" in paper.saying(f"{GUIDELINE}/ram:ID", "urn:cen.eu:en16931:2017").rules()


def test_extended_may_be_off_by_a_cent_for_each_amount_and_has_rules_of_its_own_name() -> None:
    near = claiming(EXTENDED).saying(f"{TOTALS}/ram:LineTotalAmount", "250.04")
    assert near.rules() == set()
    far = claiming(EXTENDED).saying(f"{TOTALS}/ram:LineTotalAmount", "250.05")
    assert far.rules() == {"BR-FXEXT-CO-10", "BR-FXEXT-CO-13"}
    assert claiming(EXTENDED).saying(f"{ROW}/ram:BasisAmount", "240.05").rules() == {"BR-FXEXT-S-08"}
    assert claiming(EXTENDED).coded(f"{TOTALS}/ram:DuePayableAmount", "currencyID", "EUR").rules() == set()


def test_zugferd_1_is_asked_only_what_it_has_in_common_with_the_standard() -> None:
    assert SpoiledZugferd1().rules() == set()
    totals = "ram:ApplicableSupplyChainTradeSettlement/ram:SpecifiedTradeSettlementMonetarySummation"
    assert SpoiledZugferd1().saying(f"{totals}/ram:LineTotalAmount", "101.00").rules() == {
        "BR-CO-10",
        "BR-CO-13",
    }
    assert SpoiledZugferd1().without(f"{SELLER}/ram:Name").rules() == {"BR-06"}
