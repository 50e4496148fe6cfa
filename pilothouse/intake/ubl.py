"""What does this UBL invoice or credit note say? UBL 2.x (Peppol BIS 3, XRechnung, UBL.BE) to `Invoice`.

`read_ubl` walks the file once. The shapes below say which element is which term of EN 16931; what
stands in no shape is left aside, so national extensions do no harm. A file may hold the invoice
itself or a Standard Business Document around one or several; UBL's own forms for self-billing are read
as invoices. The rules of EN 16931 are then asked
(`rules`), and the paper is kept with what they found.

Limits: one invoice per element, in the UBL 2 namespaces; sub-lines are left aside, since the net
amount of a line includes them. The contents of attachments are measured and dropped at once.
"""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from pilothouse.intake.einvoice import invoice_from
from pilothouse.intake.papers import Invoice, Reading
from pilothouse.intake.rules import check
from pilothouse.intake.rules.document import Group
from pilothouse.intake.words import (
    Shape,
    Step,
    gather,
    group,
    plain_name,
    shape,
    tell_charges_from_allowances,
    weigh,
)
from pilothouse.intake.xml import LARGEST, Refused, line_of, read_xml

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_SPACES = {"cac": (_UBL + "CommonAggregateComponents-2",), "cbc": (_UBL + "CommonBasicComponents-2",)}
_INVOICES = {f"{{{_UBL}{name}-2}}{name}" for name in ("Invoice", "SelfBilledInvoice")}
_CREDIT_NOTES = {f"{{{_UBL}{name}-2}}{name}" for name in ("CreditNote", "SelfBilledCreditNote")}
_ROOTS = _INVOICES | _CREDIT_NOTES
_SPACES_OF_ROOTS = tuple(name[1:].partition("}")[0].encode() for name in sorted(_ROOTS))
_ENVELOPE = "StandardBusinessDocument"


def _shape(steps: Mapping[str, str | Step | Shape]) -> Shape:
    return shape(steps, _SPACES)


def _id(term: str, attribute: str = "") -> Shape:
    return _shape({"cbc:ID": term + attribute})


_COUNTRY = _shape({"cbc:IdentificationCode": "country"})
_ADDRESS = _shape({"cac:Country": _COUNTRY, "cac:AddressLine": group("third line", {})})
_PERIOD = _shape({"cbc:StartDate": "start", "cbc:EndDate": "end", "cbc:DescriptionCode": "tax point code"})
_VAT_CATEGORY = group(
    "VAT category",
    _shape(
        {
            "cbc:ID": "code",
            "cbc:Percent": "rate",
            "cbc:TaxExemptionReason": "exemption reason",
            "cbc:TaxExemptionReasonCode": "exemption reason code",
            "cac:TaxScheme": _id("scheme"),
        }
    ),
)
_PARTY = _shape(
    {
        "cbc:EndpointID": "endpoint @schemeID",
        "cac:PartyIdentification": _id("id", " @schemeID"),
        "cac:PartyName": _shape({"cbc:Name": "trading name"}),
        "cac:PostalAddress": group("address", _ADDRESS),
        "cac:PartyTaxScheme": group(
            "tax registration",
            _shape({"cbc:CompanyID": "id", "cbc:RegistrationName": "name", "cac:TaxScheme": _id("scheme")}),
        ),
        "cac:PartyLegalEntity": _shape(
            {
                "cbc:RegistrationName": "name",
                "cbc:CompanyID": "legal id @schemeID",
                "cbc:CompanyLegalForm": "legal form",
            }
        ),
        "cac:Person": _shape({"cbc:FirstName": "first name", "cbc:FamilyName": "family name"}),
    }
)
_ALLOWANCE = group(
    "allowance or charge",
    _shape(
        {
            "cbc:ChargeIndicator": "is a charge",
            "cbc:Amount": "amount @currencyID",  # BT-92, 99, 136, 141
            "cbc:BaseAmount": "base @currencyID",
            "cbc:MultiplierFactorNumeric": "percent",
            "cbc:AllowanceChargeReason": "reason",
            "cbc:AllowanceChargeReasonCode": "reason code",
            "cac:TaxCategory": _VAT_CATEGORY,
        }
    ),
)
_ATTACHMENT = _shape({"cbc:EmbeddedDocumentBinaryObject": "file @mimeCode; file name @filename"})
_BREAKDOWN = group(  # BG-23
    "breakdown",
    _shape(
        {
            "cbc:TaxableAmount": "base @currencyID",  # BT-116
            "cbc:TaxAmount": "amount @currencyID",  # BT-117
            "cbc:Percent": "rate",  # UBL 2.0
            "cac:TaxCategory": _VAT_CATEGORY,
        }
    ),
)
_PAYMENT = _shape(  # BG-16
    {
        "cbc:PaymentMeansCode": "means @name",  # BT-81, 82
        "cbc:PaymentID": "reference",  # BT-83
        "cbc:InstructionID": "instruction",  # e-fff
        "cbc:PaymentDueDate": "due date",  # BT-9 of a credit note
        "cac:CardAccount": group("card", _shape({"cbc:PrimaryAccountNumberID": "number"})),  # BT-87
        "cac:PayeeFinancialAccount": group("account", _id("id")),  # BT-84
        "cac:PaymentMandate": group("mandate", _id("id")),  # BT-89
    }
)
_TOTALS = _shape(  # BG-22
    {
        "cbc:LineExtensionAmount": "lines @currencyID",  # BT-106
        "cbc:AllowanceTotalAmount": "allowances @currencyID",  # BT-107
        "cbc:ChargeTotalAmount": "charges @currencyID",  # BT-108
        "cbc:TaxExclusiveAmount": "net @currencyID",  # BT-109
        "cbc:TaxInclusiveAmount": "gross @currencyID",  # BT-112
        "cbc:PrepaidAmount": "prepaid @currencyID",  # BT-113
        "cbc:PayableRoundingAmount": "rounding @currencyID",  # BT-114
        "cbc:PayableAmount": "payable @currencyID",  # BT-115
    }
)
_HEAD = _shape(
    {
        "cbc:CustomizationID": "specification",  # BT-24
        "cbc:ID": "number",  # BT-1
        "cbc:IssueDate": "issue date",  # BT-2
        "cbc:DueDate": "due date",  # BT-9
        "cbc:InvoiceTypeCode": "type code",  # BT-3
        "cbc:CreditNoteTypeCode": "type code",
        "cbc:Note": "note",  # BT-22
        "cbc:TaxPointDate": "tax point date",  # BT-7
        "cbc:DocumentCurrencyCode": "currency",  # BT-5
        "cbc:TaxCurrencyCode": "accounting currency",  # BT-6
        "cbc:AccountingCost": "accounting reference",  # BT-19
        "cac:InvoicePeriod": group("period", _PERIOD),  # BG-14
        "cac:OrderReference": _shape({"cbc:ID": "order", "cbc:SalesOrderID": "sales order"}),  # BT-13, 14
        "cac:BillingReference": group(  # BG-3
            "preceding",
            _shape(
                {
                    "cac:InvoiceDocumentReference": group("invoice", _id("number")),  # BT-25
                    "cac:CreditNoteDocumentReference": group("credit note", _id("number")),
                }
            ),
        ),
        "cac:DespatchDocumentReference": _id("despatch advice"),  # BT-16
        "cac:ReceiptDocumentReference": _id("receiving advice"),  # BT-15
        "cac:ContractDocumentReference": _id("contract"),  # BT-12
        "cac:ProjectReference": _id("project"),  # BT-11
        "cac:AdditionalDocumentReference": group(  # BG-24, BT-18
            "document",
            _shape(
                {
                    "cbc:ID": "id @schemeID",
                    "cbc:DocumentTypeCode": "type code",
                    "cbc:DocumentDescription": "description",
                    "cac:Attachment": group("attachment", _ATTACHMENT),
                }
            ),
        ),
        "cac:AccountingSupplierParty": group("seller", _shape({"cac:Party": _PARTY})),  # BG-4
        "cac:AccountingCustomerParty": group("buyer", _shape({"cac:Party": _PARTY})),  # BG-7
        "cac:PayeeParty": group("payee", _PARTY),  # BG-10
        "cac:TaxRepresentativeParty": group("tax representative", _PARTY),  # BG-11
        "cac:Delivery": group(  # BG-13
            "delivery",
            _shape(
                {
                    "cbc:ActualDeliveryDate": "date",  # BT-72
                    "cac:DeliveryLocation": _shape(
                        {"cbc:ID": "location id @schemeID", "cac:Address": group("address", _ADDRESS)}
                    ),
                    "cac:DeliveryParty": _shape({"cac:PartyName": _shape({"cbc:Name": "name"})}),  # BT-70
                }
            ),
        ),
        "cac:PaymentMeans": group("payment", _PAYMENT),
        "cac:PaymentTerms": _shape(
            {"cbc:Note": "payment terms", "cbc:PaymentDueDate": "due date of the terms"}  # BT-20
        ),
        "cac:PrepaidPayment": _shape({"cbc:PaidAmount": "third-party amount @currencyID"}),  # BT-DEX-002
        "cac:AllowanceCharge": _ALLOWANCE,  # BG-20, BG-21
        "cac:TaxTotal": group(
            "VAT total", _shape({"cbc:TaxAmount": "amount @currencyID", "cac:TaxSubtotal": _BREAKDOWN})
        ),
        "cac:LegalMonetaryTotal": group("totals", _TOTALS),
    }
)
_LINE = _shape(  # BG-25
    {
        "cbc:ID": "id",  # BT-126
        "cbc:Note": "note",  # BT-127
        "cbc:InvoicedQuantity": "quantity @unitCode",  # BT-129, 130
        "cbc:CreditedQuantity": "quantity @unitCode",
        "cbc:LineExtensionAmount": "net @currencyID",  # BT-131
        "cbc:AccountingCost": "accounting reference",  # BT-133
        "cac:InvoicePeriod": group("period", _PERIOD),  # BG-26
        "cac:OrderLineReference": _shape({"cbc:LineID": "order line"}),  # BT-132
        "cac:DocumentReference": group(
            "document", _shape({"cbc:ID": "id @schemeID", "cbc:DocumentTypeCode": "type code"})
        ),
        "cac:AllowanceCharge": _ALLOWANCE,  # BG-27, BG-28
        "cac:TaxTotal": _shape({"cac:TaxSubtotal": _BREAKDOWN}),  # UBL 2.0 and some Belgian programs
        "cac:Item": _shape(
            {
                "cbc:Description": "description",  # BT-154
                "cbc:Name": "name",  # BT-153
                "cac:StandardItemIdentification": _id("standard id", " @schemeID"),  # BT-157
                "cac:OriginCountry": _shape({"cbc:IdentificationCode": "origin country"}),  # BT-159
                "cac:CommodityClassification": _shape(
                    {"cbc:ItemClassificationCode": "class @listID"}
                ),  # BT-158
                "cac:ClassifiedTaxCategory": _VAT_CATEGORY,  # BG-30
                "cac:AdditionalItemProperty": group(
                    "attribute", _shape({"cbc:Name": "name", "cbc:Value": "value"})
                ),  # BG-32
            }
        ),
        "cac:Price": _shape(
            {
                "cbc:PriceAmount": "price @currencyID",  # BT-146
                "cbc:BaseQuantity": "base quantity @unitCode",  # BT-149
                "cac:AllowanceCharge": _shape(
                    {"cbc:Amount": "price discount @currencyID", "cbc:BaseAmount": "gross price @currencyID"}
                ),
            }
        ),
    }
)

_LINES = tuple(f"{{{_SPACES['cac'][0]}}}{name}" for name in ("InvoiceLine", "CreditNoteLine"))
CONTENT = f"{{{_SPACES['cbc'][0]}}}EmbeddedDocumentBinaryObject"


def looks_like_ubl(head: bytes) -> bool:
    """Whether a file that starts with `head` (some thousand bytes) is a UBL invoice or credit note.

    >>> looks_like_ubl(b'<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2">')
    True
    >>> looks_like_ubl(b"%PDF-1.7")
    False
    """
    text = head.replace(b"\0", b"")  # UTF-16
    return b"<" in text[:200] and any(space in text for space in _SPACES_OF_ROOTS)


def read_ubl(data: bytes, *, limit: int = LARGEST) -> Reading:
    """The invoices of a file and what is wrong with the file; `limit` is the largest file in bytes.

    A file that cannot be used gives no paper and one problem of level "error".
    """
    lines: dict[etree._Element, list[Group]] = {}

    def take_line(element: etree._Element) -> None:
        paper = element.getparent()
        if paper is not None and paper.tag in _ROOTS:
            lines.setdefault(paper, []).append(gather(element, _LINE, Group(line_of(element))))
            element.clear()

    take = dict.fromkeys(_LINES, take_line) | {CONTENT: weigh}
    try:
        root = read_xml(data, accept=_is_ours, refusal=_not_an_invoice, take=take, limit=limit)
        papers = [root] if root.tag in _ROOTS else [child for child in root if child.tag in _ROOTS]
        if not papers:
            raise _not_an_invoice(root.tag)
    except Refused as refused:
        return (), (refused.problem,)
    return tuple(_read_paper(paper, lines.get(paper, [])) for paper in papers), ()


def _is_ours(name: str) -> bool:
    return name in _ROOTS or plain_name(name) == _ENVELOPE


def _not_an_invoice(name: str) -> Refused:
    return Refused(
        "ubl.not_an_invoice",
        f"This XML file is a “{plain_name(name)[:60]}”, not a UBL invoice or credit note, so there is "
        "no cost to take from it. If you expected an invoice, ask the sender for the e-invoice itself.",
    )


def _read_paper(element: etree._Element, lines: list[Group]) -> Invoice:
    document = gather(element, _HEAD, Group(line_of(element)))
    document.groups["line"] = lines
    for owner in (document, *lines):
        tell_charges_from_allowances(owner)
    is_credit_note = element.tag in _CREDIT_NOTES
    problems = check(document, syntax="ubl", is_credit_note=is_credit_note)
    return invoice_from(document, syntax="ubl", is_credit_note=is_credit_note, problems=problems)
