"""What does this CII invoice say? UN/CEFACT Cross Industry Invoice to `Invoice`, the same as from UBL.

Read are CrossIndustryInvoice (D16B and later: XRechnung, Factur-X, ZUGFeRD 2) and CrossIndustryDocument
(ZUGFeRD 1.0), which calls some elements otherwise. As in `ubl`, the shapes below say which element is which term of
EN 16931, the rules are asked of these words, and the paper is kept with what they found. CII has the VAT rows
beside the totals and not in them, says the tax in a scheme of the number, and puts documents flat: `_arrange`
brings that under the standard's groups.

A file may hold the invoice itself or a Standard Business Document around one or several.

Limits: lines that only sum up or explain others (GROUP, INFORMATION in Factur-X EXTENDED) are
left aside, as their amounts stand in others. A freight charge of its own form counts as a charge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from lxml import etree

from pilothouse.intake.einvoice import invoice_from
from pilothouse.intake.papers import Invoice, Problem, Reading
from pilothouse.intake.rules import check
from pilothouse.intake.rules.cii_form import check_cii_form
from pilothouse.intake.rules.document import Given, Group
from pilothouse.intake.rules.profiles import has_cii_form
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

_UN = "urn:un:unece:uncefact:data:standard:"
_SPACES = {
    "rsm": (_UN + "CrossIndustryInvoice:100", "urn:ferd:CrossIndustryDocument:invoice:1p0"),
    "ram": (
        _UN + "ReusableAggregateBusinessInformationEntity:100",
        _UN + "ReusableAggregateBusinessInformationEntity:12",
    ),
    "udt": (_UN + "UnqualifiedDataType:100", _UN + "UnqualifiedDataType:15"),
    "qdt": (_UN + "QualifiedDataType:100", _UN + "QualifiedDataType:12"),
}
_INVOICE = f"{{{_SPACES['rsm'][0]}}}CrossIndustryInvoice"
_DOCUMENT = f"{{{_SPACES['rsm'][1]}}}CrossIndustryDocument"
_ROOTS = {_INVOICE, _DOCUMENT}
_ENVELOPE = "StandardBusinessDocument"
_LINES = tuple(f"{{{space}}}IncludedSupplyChainTradeLineItem" for space in _SPACES["ram"])
CONTENTS = tuple(f"{{{space}}}AttachmentBinaryObject" for space in _SPACES["ram"])


def _shape(steps: Mapping[str, str | Step | Shape]) -> Shape:
    return shape(steps, _SPACES)


def _day(term: str) -> Shape:
    """A day, in any of the forms the versions have."""
    said = f"{term} @format"
    return _shape(
        dict.fromkeys(("udt:DateTimeString", "qdt:DateTimeString", "udt:DateString", "udt:DateTime"), said)
    )


def _either(names: str, step: str | Step | Shape) -> dict[str, str | Step | Shape]:
    """One step for an element that has several names."""
    return dict.fromkeys(names.split(), step)


_ADDRESS = group("address", _shape({"ram:CountryID": "country"}))
_REFERENCE = "ram:IssuerAssignedID ram:ID"  # ZUGFeRD 1.0 says ID
_TAX: dict[str, str | Step | Shape] = {
    "ram:TypeCode": "scheme",
    "ram:CategoryCode": "code",
    **_either("ram:RateApplicablePercent ram:ApplicablePercent", "rate"),
    "ram:ExemptionReason": "exemption reason",
    "ram:ExemptionReasonCode": "exemption reason code",
    "ram:DueDateTypeCode": "tax point code",  # BT-8
}
_VAT_CATEGORY = group("VAT category", _shape(_TAX))
_PERIOD = group(
    "period",
    _shape({"ram:StartDateTime": _day("start"), "ram:EndDateTime": _day("end")}),
)
_PARTY = _shape(
    {
        "ram:ID": "id @schemeID; plain id @schemeID",
        "ram:GlobalID": "id @schemeID; global id @schemeID",
        "ram:Name": "name",
        "ram:SpecifiedLegalOrganization": _shape(
            {"ram:ID": "legal id @schemeID", "ram:TradingBusinessName": "trading name"}
        ),
        "ram:PostalTradeAddress": _ADDRESS,
        "ram:URIUniversalCommunication": _shape({"ram:URIID": "endpoint @schemeID"}),
        "ram:SpecifiedTaxRegistration": group("tax registration", _shape({"ram:ID": "id @schemeID"})),
    }
)
_ALLOWANCE = group(
    "allowance or charge",
    _shape(
        {
            "ram:ChargeIndicator": Step(
                (("charge indicator", None),), _shape({"udt:Indicator": "is a charge"})
            ),
            "ram:ActualAmount": "amount @currencyID",  # BT-92, 99, 136, 141
            "ram:BasisAmount": "base @currencyID",
            "ram:CalculationPercent": "percent",
            "ram:Reason": "reason",
            "ram:ReasonCode": "reason code",
            "ram:CategoryTradeTax": _VAT_CATEGORY,
        }
    ),
)
_FREIGHT = group(  # ZUGFeRD 1.0, Factur-X EXTENDED
    "charge",
    _shape(
        {
            "ram:Description": "reason",
            "ram:AppliedAmount": "amount @currencyID",
            "ram:AppliedTradeTax": _VAT_CATEGORY,
        }
    ),
)
_DOCUMENT_REFERENCE = group(  # BG-24, BT-18, BT-128
    "document",
    _shape(
        {
            **_either(_REFERENCE, "id"),
            "ram:TypeCode": "type code",
            "ram:ReferenceTypeCode": "scheme",
            "ram:Name": "description",
            "ram:AttachmentBinaryObject": "file @mimeCode; file name @filename",
        }
    ),
)
_CONTEXT = _shape(
    {"ram:GuidelineSpecifiedDocumentContextParameter": _shape({"ram:ID": "specification"})}  # BT-24
)
_EXCHANGED = _shape(
    {
        "ram:ID": "number",  # BT-1
        "ram:TypeCode": "type code",  # BT-3
        "ram:IssueDateTime": _day("issue date"),  # BT-2
        "ram:IncludedNote": _shape({"ram:SubjectCode": "note subject"}),  # BT-21
    }
)
_AGREEMENT = _shape(
    {
        "ram:SellerTradeParty": group("seller", _PARTY),  # BG-4
        "ram:BuyerTradeParty": group("buyer", _PARTY),  # BG-7
        "ram:SellerTaxRepresentativeTradeParty": group("tax representative", _PARTY),  # BG-11
        "ram:SellerOrderReferencedDocument": _shape(_either(_REFERENCE, "sales order")),  # BT-14
        "ram:BuyerOrderReferencedDocument": _shape(_either(_REFERENCE, "order")),  # BT-13
        "ram:ContractReferencedDocument": _shape(_either(_REFERENCE, "contract")),  # BT-12
        "ram:AdditionalReferencedDocument": _DOCUMENT_REFERENCE,
        "ram:SpecifiedProcuringProject": _shape({"ram:ID": "project"}),  # BT-11
    }
)
_DELIVERY = group(  # BG-13
    "delivery",
    _shape(
        {
            "ram:ShipToTradeParty": _shape(
                {
                    "ram:ID": "location id",  # BT-71
                    "ram:GlobalID": "location id @schemeID",
                    "ram:Name": "name",  # BT-70
                    "ram:PostalTradeAddress": _ADDRESS,  # BG-15
                }
            ),
            "ram:ActualDeliverySupplyChainEvent": _shape({"ram:OccurrenceDateTime": _day("date")}),  # BT-72
        }
    ),
)
_PAYMENT = group(  # BG-16
    "payment",
    _shape(
        {
            "ram:TypeCode": "means",  # BT-81
            "ram:ApplicableTradeSettlementFinancialCard": group(
                "card", _shape({"ram:ID": "number"})
            ),  # BT-87
            "ram:PayeePartyCreditorFinancialAccount": group(  # BT-84
                "account", _shape({"ram:IBANID": "id; IBAN", "ram:ProprietaryID": "id; account number"})
            ),
        }
    ),
)
_TERMS = _shape(
    {
        "ram:Description": "payment terms",  # BT-20
        "ram:DueDateDateTime": _day("due date"),  # BT-9
    }
)
_TOTALS = group(  # BG-22
    "totals",
    _shape(
        {
            "ram:LineTotalAmount": "lines @currencyID",  # BT-106
            "ram:ChargeTotalAmount": "charges @currencyID",  # BT-108
            "ram:AllowanceTotalAmount": "allowances @currencyID",  # BT-107
            "ram:TaxBasisTotalAmount": "net @currencyID",  # BT-109
            "ram:TaxTotalAmount": "VAT @currencyID",  # BT-110, 111
            "ram:GrandTotalAmount": "gross @currencyID",  # BT-112
            "ram:TotalPrepaidAmount": "prepaid @currencyID",  # BT-113
            "ram:RoundingAmount": "rounding @currencyID",  # BT-114
            "ram:DuePayableAmount": "payable @currencyID",  # BT-115
        }
    ),
)
_ACCOUNT = _shape({"ram:ID": "accounting reference"})
_SETTLEMENT = _shape(
    {
        "ram:CreditorReferenceID": "creditor",  # BT-90
        "ram:PaymentReference": "payment reference",  # BT-83
        "ram:TaxCurrencyCode": "accounting currency",  # BT-6
        "ram:InvoiceCurrencyCode": "currency",  # BT-5
        "ram:PayeeTradeParty": group("payee", _PARTY),  # BG-10
        "ram:SpecifiedTradeSettlementPaymentMeans": _PAYMENT,
        "ram:ApplicableTradeTax": group(  # BG-23
            "breakdown",
            _shape(
                {
                    **_TAX,
                    "ram:CalculatedAmount": "amount @currencyID",  # BT-117
                    "ram:BasisAmount": "base @currencyID",  # BT-116
                    "ram:TaxPointDate": _day("tax point date"),  # BT-7
                }
            ),
        ),
        "ram:BillingSpecifiedPeriod": _PERIOD,  # BG-14
        "ram:SpecifiedTradeAllowanceCharge": _ALLOWANCE,  # BG-20, 21
        "ram:SpecifiedLogisticsServiceCharge": _FREIGHT,
        "ram:SpecifiedTradePaymentTerms": _TERMS,
        **_either(
            "ram:SpecifiedTradeSettlementHeaderMonetarySummation ram:SpecifiedTradeSettlementMonetarySummation",
            _TOTALS,
        ),
        "ram:ReceivableSpecifiedTradeAccountingAccount": _ACCOUNT,  # BT-19
        "ram:InvoiceReferencedDocument": group("preceding", _shape(_either(_REFERENCE, "number"))),  # BT-25
    }
)
_TRADE = _shape(
    {
        **_either("ram:ApplicableHeaderTradeAgreement ram:ApplicableSupplyChainTradeAgreement", _AGREEMENT),
        **_either("ram:ApplicableHeaderTradeDelivery ram:ApplicableSupplyChainTradeDelivery", _DELIVERY),
        **_either(
            "ram:ApplicableHeaderTradeSettlement ram:ApplicableSupplyChainTradeSettlement", _SETTLEMENT
        ),
    }
)
_HEAD = _shape(
    {
        **_either("rsm:ExchangedDocumentContext rsm:SpecifiedExchangedDocumentContext", _CONTEXT),
        **_either("rsm:ExchangedDocument rsm:HeaderExchangedDocument", _EXCHANGED),
        **_either("rsm:SupplyChainTradeTransaction rsm:SpecifiedSupplyChainTradeTransaction", _TRADE),
    }
)
_LINE = _shape(  # BG-25
    {
        "ram:AssociatedDocumentLineDocument": _shape(
            {
                "ram:LineID": "id",  # BT-126
                "ram:LineStatusReasonCode": "kind of line",  # BT-X-8
                "ram:IncludedNote": _shape({"ram:SubjectCode": "note subject"}),
            }
        ),
        "ram:SpecifiedTradeProduct": _shape(
            {
                "ram:GlobalID": "standard id @schemeID",  # BT-157
                "ram:Name": "name",  # BT-153
                "ram:Description": "description",  # BT-154
                "ram:ApplicableProductCharacteristic": group(
                    "attribute", _shape({"ram:Description": "name", "ram:Value": "value"})
                ),  # BG-32
                "ram:DesignatedProductClassification": _shape({"ram:ClassCode": "class @listID"}),  # BT-158
                "ram:OriginTradeCountry": _shape({"ram:ID": "origin country"}),  # BT-159
            }
        ),
        **_either(
            "ram:SpecifiedLineTradeAgreement ram:SpecifiedSupplyChainTradeAgreement",
            _shape(
                {
                    "ram:BuyerOrderReferencedDocument": _shape({"ram:LineID": "order line"}),  # BT-132
                    "ram:GrossPriceProductTradePrice": _shape(
                        {
                            "ram:ChargeAmount": "gross price @currencyID",  # BT-148
                            "ram:AppliedTradeAllowanceCharge": _shape(
                                {"ram:ActualAmount": "price discount @currencyID"}  # BT-147
                            ),
                        }
                    ),
                    "ram:NetPriceProductTradePrice": _shape(
                        {
                            "ram:ChargeAmount": "price @currencyID",  # BT-146
                            "ram:BasisQuantity": "base quantity @unitCode",  # BT-149, 150
                        }
                    ),
                }
            ),
        ),
        **_either(
            "ram:SpecifiedLineTradeDelivery ram:SpecifiedSupplyChainTradeDelivery",
            _shape({"ram:BilledQuantity": "quantity @unitCode"}),  # BT-129, 130
        ),
        **_either(
            "ram:SpecifiedLineTradeSettlement ram:SpecifiedSupplyChainTradeSettlement",
            _shape(
                {
                    "ram:ApplicableTradeTax": _VAT_CATEGORY,  # BG-30
                    "ram:BillingSpecifiedPeriod": _PERIOD,  # BG-26
                    "ram:SpecifiedTradeAllowanceCharge": _ALLOWANCE,  # BG-27, 28
                    **_either(
                        "ram:SpecifiedTradeSettlementLineMonetarySummation "
                        "ram:SpecifiedTradeSettlementMonetarySummation",
                        _shape({"ram:LineTotalAmount": "net @currencyID"}),  # BT-131
                    ),
                    "ram:AdditionalReferencedDocument": _DOCUMENT_REFERENCE,  # BT-128
                    "ram:ReceivableSpecifiedTradeAccountingAccount": _ACCOUNT,  # BT-133
                }
            ),
        ),
    }
)
_NO_AMOUNT_OF_ITS_OWN = {"GROUP", "INFORMATION"}


def looks_like_cii(head: bytes) -> bool:
    """Whether a file that starts with `head` (some thousand bytes) is a CII invoice.

    >>> looks_like_cii(b'<a:CrossIndustryDocument xmlns:a="urn:ferd:CrossIndustryDocument:invoice:1p0">')
    True
    >>> looks_like_cii(b"%PDF-1.7")
    False
    """
    text = head.replace(b"\0", b"")  # UTF-16
    return b"<" in text[:200] and any(space.encode() in text for space in _SPACES["rsm"])


def read_cii(data: bytes, *, limit: int = LARGEST) -> Reading:
    """The invoice of a file and what is wrong with the file; `limit` is the largest file in bytes.

    A file that cannot be used gives no paper and one problem of level "error".
    """
    taken: dict[etree._Element, _Lines] = {}

    def take_line(element: etree._Element) -> None:
        paper = next(element.iterancestors(*_ROOTS), None)
        if paper is not None:
            taken.setdefault(paper, _Lines([], [])).take(element)
            element.clear()

    take = dict.fromkeys(_LINES, take_line) | dict.fromkeys(CONTENTS, weigh)
    try:
        root = read_xml(data, accept=_is_ours, refusal=_not_an_invoice, take=take, limit=limit)
        papers = [root] if root.tag in _ROOTS else [child for child in root if child.tag in _ROOTS]
        if not papers:
            raise _not_an_invoice(root.tag)
    except Refused as refused:
        return (), (refused.problem,)
    return tuple(_read_paper(paper, taken.get(paper, _Lines([], []))) for paper in papers), ()


class _Lines(NamedTuple):
    """The lines of an invoice, and what is wrong with their form."""

    groups: list[Group]
    faults: list[Problem]

    def take(self, element: etree._Element) -> None:
        self.faults.extend(check_cii_form(element))
        self.groups.append(gather(element, _LINE, Group(line_of(element))))


def _is_ours(name: str) -> bool:
    return name in _ROOTS or plain_name(name) == _ENVELOPE


def _not_an_invoice(name: str) -> Refused:
    return Refused(
        "cii.not_an_invoice",
        f"This XML file is a “{plain_name(name)[:60]}”, not a CII invoice, so there is no cost to take "
        "from it. If you expected an invoice, ask the sender for the e-invoice itself.",
    )


def _read_paper(element: etree._Element, lines: _Lines) -> Invoice:
    document = gather(element, _HEAD, Group(line_of(element)))
    faults = [*lines.faults, *check_cii_form(element)]
    is_old = element.tag == _DOCUMENT
    document.groups["line"] = [line for line in lines.groups if _counts(line, is_old=is_old)]
    _arrange(document)
    if is_old or not has_cii_form(document):
        faults.clear()
    problems = check(document, syntax="cii", is_credit_note=False, is_zugferd_1=is_old, form=faults)
    return invoice_from(document, syntax="cii", is_credit_note=False, problems=problems)


def _counts(line: Group, *, is_old: bool) -> bool:
    """Whether it is a line of its own: none that sums up or explains others, nor a note among those of ZUGFeRD 1.0."""
    is_note = is_old and not line.given.keys() & {"name", "quantity", "price", "net"}
    return not is_note and line.text("kind of line").upper() not in _NO_AMOUNT_OF_ITS_OWN


def _arrange(document: Group) -> None:
    """Bring under the groups of the standard what CII puts elsewhere."""
    lines = document.groups["line"]
    for owner in (document, *lines):
        tell_charges_from_allowances(owner)
        for reference in owner.groups.get("document", ()):
            if "file" in reference.given:
                reference.groups["attachment"] = [_part(reference, ("file", "file name"))]
    for role in ("seller", "buyer", "payee", "tax representative"):
        for party in document.all(role):
            _arrange_tax_numbers(party)
    for preceding in document.all("preceding"):
        preceding.groups["invoice"] = [_number_of(preceding)]
    document.groups["VAT total"] = _vat_totals(document)
    for totals in document.all("totals"):
        _keep_currency(totals, document.text("currency"))


def _number_of(preceding: Group) -> Group:
    invoice = Group(preceding.line)
    invoice.given = {"number": preceding.every("number")}
    return invoice


def _part(owner: Group, terms: tuple[str, ...]) -> Group:
    """A group of its own for some of what `owner` says."""
    part = Group(owner.line)
    part.given = {term: owner.given.pop(term) for term in terms if term in owner.given}
    return part


def _arrange_tax_numbers(party: Group) -> None:
    """CII says the tax by a scheme of the number: VA is VAT, FC the local tax number."""
    for entry in party.groups.get("tax registration", ()):
        for given in entry.every("id"):
            if given.code is not None:
                tax = given.code.strip()
                entry.say("scheme", Given("VAT" if tax == "VA" else tax, given.line))


_OF_THE_CATEGORY = ("scheme", "code", "rate", "exemption reason", "exemption reason code")


def _vat_totals(document: Group) -> list[Group]:
    """One group for each total VAT (BT-110, BT-111); the rows go to that of the invoice's currency."""
    rows = document.groups.pop("breakdown", [])
    for row in rows:
        row.groups["VAT category"] = [_part(row, _OF_THE_CATEGORY)]
    found: list[Group] = []
    for given in (given for totals in document.all("totals") for given in totals.given.pop("VAT", ())):
        total = Group(given.line)
        total.say("amount", given)
        found.append(total)
    if rows:
        currency = document.text("currency")
        ours = next((total for total in found if total.code("amount") == currency), None)
        if ours is None:
            ours = found[0] if found else Group(rows[0].line)
            found = found or [ours]
        ours.groups["breakdown"] = rows
    return found


def _keep_currency(totals: Group, currency: str) -> None:
    """Of an amount given in several currencies (Factur-X EXTENDED), that of the invoice."""
    for term, said in totals.given.items():
        ours = [given for given in said if (given.code or currency) == currency]
        totals.given[term] = ours or said
