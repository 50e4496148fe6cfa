"""Every rule of EN 16931 speaks when one word of a faultless invoice is spoiled, and is silent before."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from pilothouse.intake.rules import check
from pilothouse.intake.rules.codes import listed
from pilothouse.intake.rules.document import Group, read_date, read_decimal, rounded
from tests.intake.ubl_samples import Spoiled, sample, the_invoice

Change = Callable[[Spoiled], Spoiled]

SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
REP, PAYEE, ADDRESS = "cac:TaxRepresentativeParty", "cac:PayeeParty", "cac:PostalAddress"
COUNTRY = "cac:Country/cbc:IdentificationCode"
TOTALS, LINE, ITEM = "cac:LegalMonetaryTotal", "cac:InvoiceLine", "cac:InvoiceLine/cac:Item"
DISCOUNT, CHARGE = "(/*/cac:AllowanceCharge)[1]", "(/*/cac:AllowanceCharge)[2]"
LINE_DISCOUNT, LINE_CHARGE = (f"({LINE}/cac:AllowanceCharge)[{n}]".replace("(", "(.//") for n in (1, 2))
ROW = "cac:TaxTotal/cac:TaxSubtotal"
FILE = "cac:Attachment/cbc:EmbeddedDocumentBinaryObject"
VAT_SCHEME = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>"


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
    ("BR-01", saying("cbc:CustomizationID", " ")),
    ("BR-02", without("(/*/cbc:ID)")),
    ("BR-03", without("cbc:IssueDate")),
    ("BR-04", without("cbc:InvoiceTypeCode")),
    ("BR-05", saying("cbc:DocumentCurrencyCode", "")),
    ("BR-06", without(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")),
    ("BR-07", without(f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName")),
    ("BR-08", without(f"{SELLER}/{ADDRESS}")),
    ("BR-09", saying(f"{SELLER}/{ADDRESS}/{COUNTRY}", "")),
    ("BR-10", without(f"{BUYER}/{ADDRESS}")),
    ("BR-11", without(f"{BUYER}/{ADDRESS}/{COUNTRY}")),
    ("BR-12", without(f"{TOTALS}/cbc:LineExtensionAmount")),
    ("BR-13", without(f"{TOTALS}/cbc:TaxExclusiveAmount")),
    ("BR-14", without(f"{TOTALS}/cbc:TaxInclusiveAmount")),
    ("BR-15", without(f"{TOTALS}/cbc:PayableAmount")),
    ("BR-16", without(LINE, LINE)),
    ("BR-17", without(f"{PAYEE}/cac:PartyName")),
    ("BR-17", saying(f"{PAYEE}/cac:PartyName/cbc:Name", "Cloudwerk")),
    ("BR-17", saying(f"{PAYEE}/cac:PartyIdentification/cbc:ID", "5412345000013")),
    ("BR-18", saying(f"{REP}/cac:PartyName/cbc:Name", "")),
    ("BR-19", without(f"{REP}/{ADDRESS}")),
    ("BR-20", without(f"{REP}/{ADDRESS}/cac:Country")),
    ("BR-21", without(f"{LINE}/cbc:ID")),
    ("BR-22", without(f"{LINE}/cbc:InvoicedQuantity")),
    ("BR-23", coded(f"{LINE}/cbc:InvoicedQuantity", "unitCode", None)),
    ("BR-24", without(f"{LINE}/cbc:LineExtensionAmount")),
    ("BR-25", without(f"{ITEM}/cbc:Name")),
    ("BR-26", without(f"{LINE}/cac:Price/cbc:PriceAmount")),
    ("BR-27", saying(f"{LINE}/cac:Price/cbc:PriceAmount", "-1")),
    ("BR-28", saying(f"{LINE}/cac:Price/cac:AllowanceCharge/cbc:BaseAmount", "-1")),
    ("BR-29", saying("(/*/cac:InvoicePeriod/cbc:EndDate)", "2025-12-31")),
    ("BR-30", saying(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-01-04")),
    ("BR-31", without(f"{DISCOUNT}/cbc:Amount")),
    ("BR-32", saying(f"{DISCOUNT}/cac:TaxCategory/cac:TaxScheme/cbc:ID", "GST")),
    ("BR-33", without(f"{DISCOUNT}/cbc:AllowanceChargeReason", f"{DISCOUNT}/cbc:AllowanceChargeReasonCode")),
    ("BR-36", without(f"{CHARGE}/cbc:Amount")),
    ("BR-37", without(f"{CHARGE}/cac:TaxCategory/cbc:ID")),
    ("BR-38", without(f"{CHARGE}/cbc:AllowanceChargeReason", f"{CHARGE}/cbc:AllowanceChargeReasonCode")),
    ("BR-41", without(f"{LINE_DISCOUNT}/cbc:Amount")),
    (
        "BR-42",
        without(
            f"{LINE_DISCOUNT}/cbc:AllowanceChargeReason", f"{LINE_DISCOUNT}/cbc:AllowanceChargeReasonCode"
        ),
    ),
    ("BR-43", without(f"{LINE_CHARGE}/cbc:Amount")),
    (
        "BR-44",
        without(f"{LINE_CHARGE}/cbc:AllowanceChargeReason", f"{LINE_CHARGE}/cbc:AllowanceChargeReasonCode"),
    ),
    ("BR-45", without(f"{ROW}/cbc:TaxableAmount")),
    ("BR-46", without(f"{ROW}/cbc:TaxAmount")),
    ("BR-47", without(f"{ROW}/cac:TaxCategory/cbc:ID")),
    ("BR-48", without(f"{ROW}/cac:TaxCategory/cbc:Percent")),
    ("BR-49", without("cbc:PaymentMeansCode")),
    ("BR-50", saying("cac:PayeeFinancialAccount/cbc:ID", "")),
    ("BR-51", saying("cbc:PrimaryAccountNumberID", "1234567890123456")),
    ("BR-52", saying("(/*/cac:AdditionalDocumentReference[2]/cbc:ID)", "")),
    ("BR-53", without("cac:TaxTotal[2]")),
    ("BR-54", without("cac:AdditionalItemProperty/cbc:Value")),
    ("BR-55", without("cac:InvoiceDocumentReference/cbc:ID")),
    ("BR-56", without(f"{REP}/cac:PartyTaxScheme")),
    ("BR-57", without(f"cac:Delivery//{COUNTRY}")),
    ("BR-61", without("cac:PayeeFinancialAccount")),
    ("BR-62", coded(f"{SELLER}/cbc:EndpointID", "schemeID", None)),
    ("BR-63", coded(f"{BUYER}/cbc:EndpointID", "schemeID", None)),
    ("BR-64", coded(f"{ITEM}/cac:StandardItemIdentification/cbc:ID", "schemeID", None)),
    ("BR-65", coded("cbc:ItemClassificationCode", "listID", None)),
    ("BR-66", twice("cac:CardAccount")),
    ("BR-67", twice("cac:PaymentMandate")),
    (
        "BR-CO-03",
        lambda p: p.with_("", "<cbc:TaxPointDate>2026-01-31</cbc:TaxPointDate>").with_(
            "(/*/cac:InvoicePeriod)", "<cbc:DescriptionCode>35</cbc:DescriptionCode>"
        ),
    ),
    ("BR-CO-04", without(f"{ITEM}/cac:ClassifiedTaxCategory/cbc:ID")),
    ("BR-CO-09", saying(f"{SELLER}/cac:PartyTaxScheme/cbc:CompanyID", "0999999922")),
    ("BR-CO-10", saying(f"{TOTALS}/cbc:LineExtensionAmount", "250.01")),
    ("BR-CO-11", saying(f"{TOTALS}/cbc:AllowanceTotalAmount", "24.99")),
    ("BR-CO-11", without(f"{TOTALS}/cbc:AllowanceTotalAmount")),
    ("BR-CO-12", without(CHARGE)),
    ("BR-CO-13", saying(f"{TOTALS}/cbc:TaxExclusiveAmount", "240.01")),
    ("BR-CO-13", without(f"{TOTALS}/cbc:LineExtensionAmount")),
    ("BR-CO-14", saying("cac:TaxTotal/cbc:TaxAmount", "50.41")),
    ("BR-CO-15", saying(f"{TOTALS}/cbc:TaxInclusiveAmount", "290.41")),
    ("BR-CO-15", twice("cac:TaxTotal")),
    ("BR-CO-16", saying(f"{TOTALS}/cbc:PayableAmount", "200.01")),
    ("BR-CO-16", without(f"{TOTALS}/cbc:PrepaidAmount", f"{TOTALS}/cbc:PayableRoundingAmount")),
    ("BR-CO-17", saying(f"{ROW}/cbc:TaxAmount", "51.40")),
    ("BR-CO-18", without(ROW)),
    ("BR-CO-19", without("(/*/cac:InvoicePeriod/cbc:StartDate)", "(/*/cac:InvoicePeriod/cbc:EndDate)")),
    (
        "BR-CO-20",
        without(f"{LINE}/cac:InvoicePeriod/cbc:StartDate", f"{LINE}/cac:InvoicePeriod/cbc:EndDate"),
    ),
    ("BR-CO-25", without("cbc:DueDate", "cac:PaymentTerms")),
    (
        "BR-CO-26",
        without(
            f"{SELLER}/cac:PartyIdentification",
            f"{SELLER}/cac:PartyIdentification",
            f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID",
            f"{SELLER}/cac:PartyTaxScheme",
        ),
    ),
    ("BR-DEC-01", saying(f"{DISCOUNT}/cbc:Amount", "25.000")),
    ("BR-DEC-02", saying(f"{DISCOUNT}/cbc:BaseAmount", "250.000")),
    ("BR-DEC-05", saying(f"{CHARGE}/cbc:Amount", "15.000")),
    ("BR-DEC-06", saying(f"{CHARGE}/cbc:BaseAmount", "15.000")),
    ("BR-DEC-09", saying(f"{TOTALS}/cbc:LineExtensionAmount", "250.000")),
    ("BR-DEC-10", saying(f"{TOTALS}/cbc:AllowanceTotalAmount", "25.000")),
    ("BR-DEC-11", saying(f"{TOTALS}/cbc:ChargeTotalAmount", "15.000")),
    ("BR-DEC-12", saying(f"{TOTALS}/cbc:TaxExclusiveAmount", "240.000")),
    ("BR-DEC-13", saying("cac:TaxTotal/cbc:TaxAmount", "50.400")),
    ("BR-DEC-14", saying(f"{TOTALS}/cbc:TaxInclusiveAmount", "290.400")),
    ("BR-DEC-15", saying("cac:TaxTotal[2]/cbc:TaxAmount", "560.100")),
    ("BR-DEC-16", saying(f"{TOTALS}/cbc:PrepaidAmount", "90.000")),
    ("BR-DEC-17", saying(f"{TOTALS}/cbc:PayableRoundingAmount", "-0.400")),
    ("BR-DEC-18", saying(f"{TOTALS}/cbc:PayableAmount", "200.000")),
    ("BR-DEC-19", saying(f"{ROW}/cbc:TaxableAmount", "240.000")),
    ("BR-DEC-20", saying(f"{ROW}/cbc:TaxAmount", "50.400")),
    ("BR-DEC-23", saying(f"{LINE}/cbc:LineExtensionAmount", "200.000")),
    ("BR-DEC-24", saying(f"{LINE_DISCOUNT}/cbc:Amount", "10.000")),
    ("BR-DEC-25", saying(f"{LINE_DISCOUNT}/cbc:BaseAmount", "200.000")),
    ("BR-DEC-27", saying(f"{LINE_CHARGE}/cbc:Amount", "10.000")),
    ("BR-DEC-28", saying(f"{LINE_CHARGE}/cbc:BaseAmount", "200.000")),
    ("BR-CL-01", saying("cbc:InvoiceTypeCode", "999")),
    ("BR-CL-03", coded(f"{TOTALS}/cbc:PayableAmount", "currencyID", "EURO")),
    ("BR-CL-03", coded(f"{TOTALS}/cbc:PayableAmount", "currencyID", None)),
    ("BR-CL-04", saying("cbc:DocumentCurrencyCode", "EURO")),
    ("BR-CL-05", saying("cbc:TaxCurrencyCode", "KRONA")),
    ("BR-CL-06", with_("(/*/cac:InvoicePeriod)", "<cbc:DescriptionCode>36</cbc:DescriptionCode>")),
    ("BR-CL-07", coded("(/*/cac:AdditionalDocumentReference/cbc:ID)", "schemeID", "A?")),
    ("BR-CL-07", coded(f"{LINE}/cac:DocumentReference/cbc:ID", "schemeID", "A?")),
    ("BR-CL-08", saying("(/*/cbc:Note)", "#???#Thank you")),
    ("BR-CL-10", coded(f"{BUYER}/cac:PartyIdentification/cbc:ID", "schemeID", "SEPA")),
    ("BR-CL-10", coded(f"{SELLER}/cac:PartyIdentification/cbc:ID", "schemeID", "9999")),
    ("BR-CL-11", coded(f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID", "schemeID", "KBO")),
    ("BR-CL-13", coded("cbc:ItemClassificationCode", "listID", "UNSPSC")),
    ("BR-CL-14", saying(f"{SELLER}/{ADDRESS}/{COUNTRY}", "Belgium")),
    ("BR-CL-15", saying("cac:OriginCountry/cbc:IdentificationCode", "UK")),
    ("BR-CL-16", saying("cbc:PaymentMeansCode", "71")),
    ("BR-CL-17", saying(f"{ROW}/cac:TaxCategory/cbc:ID", "H")),
    ("BR-CL-18", saying(f"{ITEM}/cac:ClassifiedTaxCategory/cbc:ID", "H")),
    ("BR-CL-19", saying(f"{DISCOUNT}/cbc:AllowanceChargeReasonCode", "FC")),
    ("BR-CL-20", saying(f"{CHARGE}/cbc:AllowanceChargeReasonCode", "95")),
    ("BR-CL-21", coded(f"{ITEM}/cac:StandardItemIdentification/cbc:ID", "schemeID", "EAN")),
    (
        "BR-CL-22",
        with_(f"{ROW}/cac:TaxCategory", "<cbc:TaxExemptionReasonCode>none</cbc:TaxExemptionReasonCode>"),
    ),
    ("BR-CL-23", coded(f"{LINE}/cbc:InvoicedQuantity", "unitCode", "hours")),
    ("BR-CL-24", coded(FILE, "mimeCode", "application/zip")),
    ("BR-CL-25", coded(f"{SELLER}/cbc:EndpointID", "schemeID", "KBO")),
    ("BR-CL-26", coded("cac:DeliveryLocation/cbc:ID", "schemeID", "GLN")),
    ("date.unreadable", saying("cbc:DueDate", "05/03/2026")),
    ("number.unreadable", saying(f"{LINE}/cbc:InvoicedQuantity", "2,5")),
    ("UBL-SR-01", twice("cac:ContractDocumentReference")),
    ("UBL-SR-02", twice("cac:ReceiptDocumentReference")),
    ("UBL-SR-03", twice("cac:DespatchDocumentReference")),
    ("UBL-SR-04", twice("(/*/cac:AdditionalDocumentReference)")),
    ("UBL-SR-05", twice("cac:PaymentTerms")),
    ("UBL-SR-06", twice("cac:InvoiceDocumentReference")),
    ("UBL-SR-07", without("cac:InvoiceDocumentReference")),
    ("UBL-SR-08", twice("(/*/cac:InvoicePeriod)")),
    ("UBL-SR-09", twice(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName")),
    ("UBL-SR-10", twice(f"{SELLER}/cac:PartyName")),
    ("UBL-SR-11", twice(f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID")),
    ("UBL-SR-12", twice(f"{SELLER}/cac:PartyTaxScheme")),
    ("UBL-SR-13", twice(f"{SELLER}/cac:PartyTaxScheme[2]")),
    ("UBL-SR-14", twice("cbc:CompanyLegalForm")),
    ("UBL-SR-15", twice(f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName")),
    ("UBL-SR-16", twice(f"{BUYER}/cac:PartyIdentification")),
    ("UBL-SR-17", twice(f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID")),
    ("UBL-SR-18", twice(f"{BUYER}/cac:PartyTaxScheme")),
    ("UBL-SR-19", twice(f"{PAYEE}/cac:PartyName")),
    ("UBL-SR-20", twice(f"{PAYEE}/cac:PartyIdentification")),
    ("UBL-SR-21", saying(f"{PAYEE}/cac:PartyName/cbc:Name", "Cloudwerk BV")),
    ("UBL-SR-22", twice(f"{REP}/cac:PartyName")),
    ("UBL-SR-23", twice(f"{REP}/cac:PartyTaxScheme")),
    ("UBL-SR-24", twice("cac:Delivery")),
    ("UBL-SR-25", twice("cac:DeliveryParty/cac:PartyName")),
    ("UBL-SR-26", twice("cbc:PaymentID")),
    ("UBL-SR-27", twice("cbc:PaymentMeansCode")),
    ("UBL-SR-28", twice("cac:PaymentMandate")),
    ("UBL-SR-29", twice(f"{SELLER}/cac:PartyIdentification[2]")),
    ("UBL-SR-30", twice(f"{DISCOUNT}/cbc:AllowanceChargeReason")),
    ("UBL-SR-31", twice(f"{CHARGE}/cbc:AllowanceChargeReason")),
    (
        "UBL-SR-32",
        with_(f"{ROW}/cac:TaxCategory", "<cbc:TaxExemptionReason>a</cbc:TaxExemptionReason>" * 2),
    ),
    ("UBL-SR-33", twice("cbc:DocumentDescription")),
    ("UBL-SR-34", twice(f"{LINE}/cbc:Note")),
    ("UBL-SR-35", twice("cac:OrderLineReference")),
    ("UBL-SR-36", twice(f"{LINE}/cac:InvoicePeriod")),
    ("UBL-SR-37", twice(f"{LINE}/cac:Price/cac:AllowanceCharge")),
    ("UBL-SR-39", twice("cac:ProjectReference")),
    ("UBL-SR-40", twice(f"{BUYER}/cac:PartyName")),
    ("UBL-SR-42", lambda p: p.twice(f"{SELLER}/cac:PartyTaxScheme[2]")),
    ("UBL-SR-43", saying("(/*/cac:AdditionalDocumentReference/cbc:DocumentTypeCode)", "50")),
    ("UBL-SR-44", lambda p: p.twice("cac:PaymentMeans").saying("cbc:PaymentID", "another")),
    (
        "UBL-SR-45",
        with_("cac:PaymentMeans", "<cbc:PaymentDueDate>2026-03-05</cbc:PaymentDueDate>" * 2),
    ),
    ("UBL-SR-46", twice("cac:PaymentMeans")),
    ("UBL-SR-47", lambda p: p.twice("cac:PaymentMeans").saying("cbc:PaymentMeansCode", "58")),
    ("UBL-SR-48", twice(f"{ITEM}/cac:ClassifiedTaxCategory")),
    ("UBL-SR-49", with_("(/*/cac:InvoicePeriod)", "<cbc:DescriptionCode>35</cbc:DescriptionCode>" * 2)),
    ("UBL-SR-50", twice(f"{ITEM}/cbc:Description")),
    ("UBL-SR-51", twice("cac:AddressLine")),
    ("UBL-SR-52", twice(f"{LINE}/cac:DocumentReference")),
    ("UBL-SR-53", without(f"{BUYER}/cac:PartyTaxScheme/cbc:CompanyID")),
    ("UBL-CR-666", lambda p: p.with_("(/*/cac:AdditionalDocumentReference)", "<cac:Attachment/>")),
    (
        "UBL-CR-673",
        lambda p: p.with_(
            "(/*/cac:AdditionalDocumentReference)", "<cbc:DocumentDescription>a</cbc:DocumentDescription>"
        ),
    ),
    ("UBL-SR-29", coded(f"{BUYER}/cac:PartyIdentification/cbc:ID", "schemeID", "sepa")),
    ("UBL-SR-30", twice(f"{LINE_DISCOUNT}/cbc:AllowanceChargeReason")),
    ("UBL-SR-31", twice(f"{LINE_CHARGE}/cbc:AllowanceChargeReason")),
    ("UBL-DT-01", saying(f"{LINE_CHARGE}/cbc:Amount", "10.001")),
    ("UBL-DT-06", coded(FILE, "mimeCode", None)),
    ("UBL-DT-07", coded(FILE, "filename", None)),
]


def test_the_sample_breaks_no_rule() -> None:
    assert the_invoice(sample()).problems == ()
    assert the_invoice(sample("credit-note")).problems == ()


@pytest.mark.parametrize(("rule", "change"), BROKEN)
def test_a_spoiled_word_breaks_its_rule(rule: str, change: Change) -> None:
    problems = change(Spoiled()).read().problems
    assert rule in {problem.rule for problem in problems}
    assert all(
        p.place and p.message and p.level == ("warning" if p.rule == "BR-51" else "error") for p in problems
    )


def test_the_twins_of_a_rule_speak_together() -> None:
    reasons = "cbc:AllowanceChargeReason", "cbc:AllowanceChargeReasonCode"
    for where, rules in (
        (DISCOUNT, {"BR-33", "BR-CO-21"}),
        (CHARGE, {"BR-38", "BR-CO-22"}),
        (LINE_DISCOUNT, {"BR-42", "BR-CO-23"}),
        (LINE_CHARGE, {"BR-44", "BR-CO-24"}),
    ):
        assert without(*(f"{where}/{reason}" for reason in reasons))(Spoiled()).rules() == rules


# --- VAT categories --------------------------------------------------------------------------------------------


def of_category(code: str, rate: str | None, reason: bool) -> Spoiled:
    """The sample with another VAT category throughout, rightly told."""
    paper = Spoiled().every("cac:TaxCategory/cbc:ID", code).every("cac:ClassifiedTaxCategory/cbc:ID", code)
    for path in ("cac:TaxCategory/cbc:Percent", "cac:ClassifiedTaxCategory/cbc:Percent"):
        paper.every(path, rate or "")
    if rate is None:
        for _ in range(3):
            paper.without("cac:TaxCategory/cbc:Percent")
        for _ in range(2):
            paper.without("cac:ClassifiedTaxCategory/cbc:Percent")
    if reason:
        paper.with_(f"{ROW}/cac:TaxCategory", "<cbc:TaxExemptionReason>By law</cbc:TaxExemptionReason>")
    vat = (Decimal(240) * Decimal(rate or 0) / 100).quantize(Decimal("0.01"))
    for path, amount in (
        ("cac:TaxTotal/cbc:TaxAmount", vat),
        (f"{ROW}/cbc:TaxAmount", vat),
        (f"{TOTALS}/cbc:TaxInclusiveAmount", 240 + vat),
        (f"{TOTALS}/cbc:PayableAmount", 240 + vat),
    ):
        paper.saying(path, str(amount))
    return paper.without(f"{TOTALS}/cbc:PrepaidAmount").without(f"{TOTALS}/cbc:PayableRoundingAmount")


def without_vat_numbers(paper: Spoiled) -> Spoiled:
    for party in (SELLER, SELLER, BUYER):
        paper.without(f"{party}/cac:PartyTaxScheme")
    return paper.without(f"{REP}/cac:PartyTaxScheme")


RATES = {"Z": "0", "E": "0", "AE": "0", "K": "0", "G": "0", "L": "7", "M": "4", "S": "21"}
NAMES = {"K": "IC", "L": "AF", "M": "AG"}
EXEMPT = {"E", "AE", "K", "G"}


def right(code: str) -> Spoiled:
    return of_category(code, RATES[code], code in EXEMPT)


@pytest.mark.parametrize("code", RATES)
def test_each_vat_category_rightly_told_breaks_no_rule(code: str) -> None:
    assert right(code).rules() == set()


@pytest.mark.parametrize("code", RATES)
def test_each_vat_category_asks_its_ten_questions(code: str) -> None:
    name = f"BR-{NAMES.get(code, code)}"
    wrong_rate = "0" if code == "S" else "-1" if code in {"L", "M"} else "6"
    category = f"{ROW}/cac:TaxCategory"
    reason = f"{category}/cbc:TaxExemptionReason"
    told: Change = without(reason) if code in EXEMPT else with_(category, f"<{reason.split('/')[-1]}/>")
    for number, change in (
        ("01", saying(f"{category}/cbc:ID", "B")),
        ("02", without_vat_numbers),
        ("03", without_vat_numbers),
        ("04", without_vat_numbers),
        ("05", saying(f"{ITEM}/cac:ClassifiedTaxCategory/cbc:Percent", wrong_rate)),
        ("06", saying(f"{DISCOUNT}/cac:TaxCategory/cbc:Percent", wrong_rate)),
        ("07", saying(f"{CHARGE}/cac:TaxCategory/cbc:Percent", wrong_rate)),
        ("08", saying(f"{ROW}/cbc:TaxableAmount", "241.00")),
        ("09", saying(f"{ROW}/cbc:TaxAmount", "99.00")),
        ("10", told),
    ):
        assert f"{name}-{number}" in change(right(code)).rules(), number


def test_not_subject_to_vat_wants_no_vat_numbers_and_no_rates() -> None:
    paper = without_vat_numbers(of_category("O", None, True))
    assert paper.rules() == {"BR-56"}  # the tax representative has nothing to do there
    rate = "<cbc:Percent>0</cbc:Percent>"
    for number, path in (
        ("05", f"{ITEM}/cac:ClassifiedTaxCategory"),
        ("06", f"{DISCOUNT}/cac:TaxCategory"),
        ("07", f"{CHARGE}/cac:TaxCategory"),
    ):
        assert f"BR-O-{number}" in of_category("O", None, True).with_(path, rate).rules()
    assert {"BR-O-02", "BR-O-03", "BR-O-04"} <= of_category("O", None, True).rules()


def test_not_subject_to_vat_stands_alone() -> None:
    for number, path in (
        ("11", None),
        ("12", f"{ITEM}/cac:ClassifiedTaxCategory/cbc:ID"),
        ("13", f"{DISCOUNT}/cac:TaxCategory/cbc:ID"),
        ("14", f"{CHARGE}/cac:TaxCategory/cbc:ID"),
    ):
        paper = of_category("O", None, True)
        paper = (
            paper.saying(path, "Z") if path else paper.twice(ROW).saying(f"{ROW}/cac:TaxCategory/cbc:ID", "Z")
        )
        assert f"BR-O-{number}" in paper.rules()


def test_a_supply_within_the_eu_says_when_and_where_to() -> None:
    assert {"BR-IC-11", "BR-IC-12"} <= right("K").without("cac:Delivery").without(
        "(/*/cac:InvoicePeriod)"
    ).rules()
    assert "BR-IC-11" not in right("K").without("cbc:ActualDeliveryDate").rules()


def test_split_payment_stays_in_italy_and_apart_from_the_standard_rate() -> None:
    paper = of_category("B", "21", False).every("cac:Country/cbc:IdentificationCode", "IT")
    paper.every("cac:OriginCountry/cbc:IdentificationCode", "IT")
    assert not {"BR-B-01", "BR-B-02"} & paper.rules()
    assert "BR-B-01" in paper.saying("cac:OriginCountry/cbc:IdentificationCode", "BE").rules()
    assert "BR-B-02" in paper.saying(f"{ITEM}/cac:ClassifiedTaxCategory/cbc:ID", "S").rules()


def test_the_standard_rate_of_another_tax_is_not_vat() -> None:
    paper = Spoiled().every("cac:ClassifiedTaxCategory/cac:TaxScheme/cbc:ID", "GST")
    assert "BR-S-02" in paper.rules()
    assert "BR-S-05" not in paper.saying(f"{ITEM}/cac:ClassifiedTaxCategory/cbc:Percent", "0").rules()


def test_a_row_without_rate_is_not_held_against_its_lines() -> None:
    rules = Spoiled().without(f"{ROW}/cac:TaxCategory/cbc:Percent").rules()
    assert "BR-S-09" in rules
    assert "BR-S-08" not in rules


def test_a_rate_no_line_has_is_no_base() -> None:
    assert "BR-S-08" in Spoiled().every("cac:TaxSubtotal/cac:TaxCategory/cbc:Percent", "12").rules()


# --- tolerances and forms --------------------------------------------------------------------------------------


def test_vat_may_be_off_by_less_than_one_unit() -> None:
    near = Spoiled().saying(f"{ROW}/cbc:TaxAmount", "51.39").saying("cac:TaxTotal/cbc:TaxAmount", "51.39")
    assert near.rules() == {"BR-CO-15"}  # the total with VAT still has the old VAT
    far = Spoiled().saying(f"{ROW}/cbc:TaxAmount", "51.40").saying("cac:TaxTotal/cbc:TaxAmount", "51.40")
    assert far.rules() == {"BR-CO-15", "BR-CO-17", "BR-S-09"}


def test_a_credit_note_may_lack_a_due_date_and_has_types_of_its_own() -> None:
    paper = Spoiled("credit-note").without("cbc:PaymentDueDate")
    assert paper.rules() == set()
    assert paper.saying("cbc:CreditNoteTypeCode", "380").rules() == {"BR-CL-01"}
    assert paper.saying("cac:AdditionalDocumentReference/cbc:DocumentTypeCode", "51").rules() >= {"UBL-SR-43"}


def test_sums_without_discounts_and_charges_are_exact() -> None:
    paper = Spoiled("credit-note").saying(f"{TOTALS}/cbc:TaxExclusiveAmount", "10.01")
    assert {"BR-CO-13", "BR-CO-15"} <= paper.rules()


def test_an_invoice_without_currency_is_not_summed_in_one() -> None:
    assert "BR-CO-15" not in Spoiled().without("cbc:DocumentCurrencyCode").rules()
    assert "BR-CO-15" in Spoiled().saying("cbc:DocumentCurrencyCode", "").rules()


def test_the_form_of_ubl_is_not_asked_of_another_syntax() -> None:
    document = Group(1)
    document.groups["line"] = [Group(2)]
    asked = {problem.rule for problem in check(document, syntax="cii", is_credit_note=False)}
    assert "BR-CO-04" in asked
    of_ubl = {problem.rule for problem in check(document, syntax="ubl", is_credit_note=False)}
    assert asked - of_ubl == {"BR-09", "BR-11"}  # which UBL asks of an address that is there
    assert not any(rule.startswith("UBL-") for rule in asked)


def test_what_is_collected_for_others_is_paid_only_under_the_extension_of_xrechnung() -> None:
    third = '<cac:PrepaidPayment><cbc:PaidAmount currencyID="EUR">30.00</cbc:PaidAmount></cac:PrepaidPayment>'
    paper = Spoiled().with_("", third).saying(f"{TOTALS}/cbc:PayableAmount", "230.00")
    assert paper.rules() == {"BR-CO-16"}
    extension = "urn:cen.eu:en16931:2017#conformant#urn:xeinkauf.de:kosit:extension:xrechnung_3.0"
    assert paper.saying("cbc:CustomizationID", extension).rules() == set()


def test_a_discount_that_is_none_counts_as_nothing_but_its_amounts_are_read() -> None:
    paper = Spoiled().saying(f"{DISCOUNT}/cbc:ChargeIndicator", "perhaps")
    paper.saying(f"{DISCOUNT}/cbc:Amount", "25.001")
    assert {"BR-CO-11", "UBL-DT-01"} <= paper.rules()
    assert paper.read().allowances == ()


def test_transfers_and_other_means_of_payment_are_told_apart() -> None:
    assert (
        Spoiled().saying("cbc:PaymentMeansCode", "48").without("cac:PayeeFinancialAccount").rules() == set()
    )


def test_a_hundred_faults_of_a_rule_are_told_and_the_rest_counted() -> None:
    paper = Spoiled().coded(f"{LINE}/cbc:InvoicedQuantity", "unitCode", "hours")
    for _ in range(149):
        paper.twice(LINE)
    told = [problem for problem in paper.read().problems if problem.rule == "BR-CL-23"]
    assert len(told) == 100
    assert told[-1].message.endswith("And 50 more like this.")


def test_a_message_quotes_no_more_than_is_read_with_pleasure() -> None:
    (problem,) = (
        p for p in Spoiled().saying("cbc:DueDate", "2" * 5000).read().problems if p.rule == "date.unreadable"
    )
    assert len(problem.message) < 320
    assert problem.message.endswith("is not a date, so the due date is not known.")


@pytest.mark.parametrize(
    "agreement",
    [
        "urn:www.cenbii.eu:transaction:biitrns010:ver2.0:extended:urn:www.peppol.eu:bis:peppol4a:ver2.0",
        "urn:www.cenbii.eu:transaction:biicoretrdm010:ver1.0:#urn:www.simplerinvoicing.org:si-ubl:invoice:ver1.1",
        "E-FFF:2.0",
    ],
)
def test_an_agreement_older_than_the_standard_is_asked_only_what_both_have(agreement: str) -> None:
    paper = (
        Spoiled()
        .saying("cbc:CustomizationID", agreement)
        .coded(f"{SELLER}/cbc:EndpointID", "schemeID", "BE:CBE")
    )
    assert paper.without(f"{BUYER}/{ADDRESS}").without("cac:TaxTotal[2]").rules() == set()
    assert paper.saying(f"{TOTALS}/cbc:LineExtensionAmount", "250.01").rules() == {"BR-CO-10", "BR-CO-13"}


# --- the ground floor ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["", "1,5", "1 000", "NaN", "Infinity", "1E5", "١", "1" * 25, " " * 100 + "x"]
)
def test_what_xml_does_not_write_as_a_number_is_none(text: str) -> None:
    assert read_decimal(text) is None


def test_numbers_are_exact_and_spaces_around_them_do_not_matter() -> None:
    assert read_decimal("\n   -12.50 ") == Decimal("-12.50")
    assert read_decimal(".5") == Decimal("0.5")
    assert read_decimal("+1.") == Decimal(1)


def test_dates_are_days_of_the_calendar() -> None:
    assert read_date("2026-02-30") is None
    assert read_date("2026-0203") is None
    assert read_date("2026020") is None
    assert str(read_date("2026-02-03Z")) == "2026-02-03"
    assert str(read_date("2026-02-03T10:00:00")) == "2026-02-03"
    assert str(read_date("20260203")) == "2026-02-03"


def test_halves_are_rounded_up_also_below_zero() -> None:
    assert rounded(Decimal("0.125")) == Decimal("0.13")
    assert rounded(Decimal("-0.125")) == Decimal("-0.12")


def test_code_lists_written_short_are_read_in_full() -> None:
    assert listed("A8..A10 XAA..XAC 0008..0010 C0") == {
        "A8", "A9", "A10", "XAA", "XAB", "XAC", "0008", "0009", "0010", "C0"
    }  # fmt: skip
