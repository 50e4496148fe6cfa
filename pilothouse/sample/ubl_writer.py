"""A bill as UBL 2.1 in the form of Peppol BIS Billing 3, in the order the schema wants.

Each paper says in its note that it is made up.
"""

from __future__ import annotations

from decimal import Decimal

from lxml import etree

from pilothouse.sample.bills import Bill, Extra, Line, Party, VatGroup, category_and_rate
from pilothouse.sample.firm import MADE_UP

_UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
_CAC, _CBC = f"{{{_UBL}CommonAggregateComponents-2}}", f"{{{_UBL}CommonBasicComponents-2}}"
_CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
_PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
_INVOICE_TYPE, _CREDIT_NOTE_TYPE = "380", "381"
_TRANSFER, _CARD, _DIRECT_DEBIT = "30", "48", "59"
_ZERO_RATED = {
    "E": ("", "Vrijgesteld van btw - artikel 44 W.BTW"),
    "AE": ("VATEX-EU-AE", "Btw verlegd - Reverse charge"),
    "K": ("VATEX-EU-IC", "Intracommunautaire levering - Intra-Community supply"),
}
_DELIVERY = "K"


def write_ubl(bill: Bill, *, note: str = "") -> bytes:
    """The file of a bill; `note` is added to the one that says it is made up."""
    return _Writer(bill).file(f"{MADE_UP}. {note}".strip())


class _Writer:
    def __init__(self, bill: Bill) -> None:
        self.bill = bill
        self.kind = "CreditNote" if bill.credit else "Invoice"
        main = f"{_UBL}{self.kind}-2"
        names = f'xmlns="{main}" xmlns:cac="{_CAC[1:-1]}" xmlns:cbc="{_CBC[1:-1]}"'
        self.root = etree.fromstring(f"<{self.kind} {names}/>")

    def file(self, note: str) -> bytes:
        self._head(note)
        self._parties()
        self._payment()
        for charge in self.bill.charges:
            self._extra(self.root, charge, is_charge=True)
        for allowance in self.bill.allowances:
            self._extra(self.root, allowance, is_charge=False)
        self._vat()
        self._totals()
        for number, line in enumerate(self.bill.lines, start=1):
            self._line(number, line)
        etree.indent(self.root)
        written: bytes = etree.tostring(self.root, xml_declaration=True, encoding="UTF-8")
        return written + b"\n"

    def _head(self, note: str) -> None:
        bill = self.bill
        text = self._text
        text(self.root, "CustomizationID", _CUSTOMIZATION)
        text(self.root, "ProfileID", _PROFILE)
        text(self.root, "ID", bill.number)
        text(self.root, "IssueDate", bill.issued.isoformat())
        if bill.credit:
            text(self.root, "CreditNoteTypeCode", _CREDIT_NOTE_TYPE)
        else:
            text(self.root, "DueDate", bill.due.isoformat())
            text(self.root, "InvoiceTypeCode", _INVOICE_TYPE)
        text(self.root, "Note", note)
        text(self.root, "DocumentCurrencyCode", bill.currency)
        text(self.root, "BuyerReference", f"SAMPLE-{bill.buyer.key}")
        if bill.preceding:
            reference = self._group(self._group(self.root, "BillingReference"), "InvoiceDocumentReference")
            text(reference, "ID", bill.preceding)

    def _parties(self) -> None:
        for role, party in (
            ("AccountingSupplierParty", self.bill.seller),
            ("AccountingCustomerParty", self.bill.buyer),
        ):
            self._party(self._group(self._group(self.root, role), "Party"), party)
        if any(line.vat == _DELIVERY for line in self.bill.lines):
            delivery = self._group(self.root, "Delivery")
            self._text(delivery, "ActualDeliveryDate", self.bill.issued.isoformat())
            address = self._group(self._group(delivery, "DeliveryLocation"), "Address")
            self._country(address, self.bill.buyer.country)

    def _party(self, parent: etree._Element, party: Party) -> None:
        scheme, endpoint = party.endpoint[1], party.endpoint[0]
        self._text(parent, "EndpointID", endpoint, schemeID=scheme)
        self._text(self._group(parent, "PartyName"), "Name", party.name)
        address = self._group(parent, "PostalAddress")
        self._text(address, "StreetName", party.street)
        self._text(address, "CityName", party.city)
        self._text(address, "PostalZone", party.postcode)
        self._country(address, party.country)
        tax = self._group(parent, "PartyTaxScheme")
        self._text(tax, "CompanyID", party.vat_id)
        self._vat_scheme(tax)
        legal = self._group(parent, "PartyLegalEntity")
        self._text(legal, "RegistrationName", party.name)
        number, scheme = party.legal_id
        self._text(legal, "CompanyID", number, **({"schemeID": scheme} if scheme else {}))

    def _payment(self) -> None:
        bill = self.bill
        means = self._group(self.root, "PaymentMeans")
        code = _DIRECT_DEBIT if bill.direct_debit else _CARD if bill.prepaid_in_full else _TRANSFER
        self._text(means, "PaymentMeansCode", code)
        self._text(means, "PaymentID", bill.reference or bill.number)
        if code == _CARD:
            self._text(self._group(means, "CardAccount"), "PrimaryAccountNumberID", "9999")
            self._text(means[-1], "NetworkID", "NA")
        if code == _DIRECT_DEBIT:
            mandate = self._group(means, "PaymentMandate")
            self._text(mandate, "ID", f"MND{bill.seller.legal_id[0]}")
            self._text(self._group(mandate, "PayerFinancialAccount"), "ID", bill.buyer.iban)
        if code == _TRANSFER:
            account = self._group(means, "PayeeFinancialAccount")
            self._text(account, "ID", bill.seller.iban)
            self._text(account, "Name", bill.seller.name)
            self._text(self._group(account, "FinancialInstitutionBranch"), "ID", bill.seller.bic)

    def _extra(self, parent: etree._Element, extra: Extra, *, is_charge: bool) -> None:
        group = self._group(parent, "AllowanceCharge")
        self._text(group, "ChargeIndicator", str(is_charge).lower())
        self._text(group, "AllowanceChargeReason", extra.reason)
        self._money(group, "Amount", extra.amount)
        self._vat_category(group, "TaxCategory", extra.vat)

    def _vat(self) -> None:
        total = self._group(self.root, "TaxTotal")
        self._money(total, "TaxAmount", self.bill.vat)
        for group in self.bill.vat_groups:
            self._vat_group(self._group(total, "TaxSubtotal"), group)

    def _vat_group(self, parent: etree._Element, group: VatGroup) -> None:
        self._money(parent, "TaxableAmount", group.base)
        self._money(parent, "TaxAmount", group.amount)
        category = self._group(parent, "TaxCategory")
        self._text(category, "ID", group.category)
        self._text(category, "Percent", str(group.rate))
        code, reason = _ZERO_RATED.get(group.category, ("", ""))
        if code:
            self._text(category, "TaxExemptionReasonCode", code)
        if reason:
            self._text(category, "TaxExemptionReason", reason)
        self._vat_scheme(category)

    def _totals(self) -> None:
        bill = self.bill
        totals = self._group(self.root, "LegalMonetaryTotal")
        self._money(totals, "LineExtensionAmount", bill.lines_total)
        self._money(totals, "TaxExclusiveAmount", bill.net)
        self._money(totals, "TaxInclusiveAmount", bill.gross)
        if bill.allowances:
            self._money(totals, "AllowanceTotalAmount", bill.allowances_total)
        if bill.charges:
            self._money(totals, "ChargeTotalAmount", bill.charges_total)
        if bill.prepaid_in_full:
            self._money(totals, "PrepaidAmount", bill.gross)
        self._money(totals, "PayableAmount", bill.payable)

    def _line(self, number: int, line: Line) -> None:
        group = self._group(self.root, f"{self.kind}Line")
        self._text(group, "ID", str(number))
        quantity = "CreditedQuantity" if self.bill.credit else "InvoicedQuantity"
        self._text(group, quantity, str(line.quantity), unitCode=line.unit)
        self._money(group, "LineExtensionAmount", line.net)
        if line.discount:
            self._discount(group, line)
        item = self._group(group, "Item")
        if line.description:
            self._text(item, "Description", line.description)
        self._text(item, "Name", line.name)
        self._vat_category(item, "ClassifiedTaxCategory", line.vat)
        self._text(self._group(group, "Price"), "PriceAmount", str(line.price), currencyID=self.bill.currency)

    def _discount(self, parent: etree._Element, line: Line) -> None:
        group = self._group(parent, "AllowanceCharge")
        self._text(group, "ChargeIndicator", "false")
        self._text(group, "AllowanceChargeReasonCode", "95")
        self._text(group, "AllowanceChargeReason", "Korting")
        self._text(group, "MultiplierFactorNumeric", str(line.discount_percent))
        self._money(group, "Amount", line.discount)
        self._money(group, "BaseAmount", line.before_discount)

    def _vat_category(self, parent: etree._Element, name: str, vat: str) -> None:
        category, rate = category_and_rate(vat)
        group = self._group(parent, name)
        self._text(group, "ID", category)
        self._text(group, "Percent", str(rate))
        self._vat_scheme(group)

    def _vat_scheme(self, parent: etree._Element) -> None:
        self._text(self._group(parent, "TaxScheme"), "ID", "VAT")

    def _country(self, parent: etree._Element, code: str) -> None:
        self._text(self._group(parent, "Country"), "IdentificationCode", code)

    def _group(self, parent: etree._Element, name: str) -> etree._Element:
        return etree.SubElement(parent, _CAC + name)

    def _text(self, parent: etree._Element, name: str, text: str, **attributes: str) -> None:
        etree.SubElement(parent, _CBC + name, attributes).text = text

    def _money(self, parent: etree._Element, name: str, amount: Decimal) -> None:
        self._text(parent, name, f"{amount:.2f}", currencyID=self.bill.currency)
