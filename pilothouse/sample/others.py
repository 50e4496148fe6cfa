"""How some bills of the sample came otherwise than as a file of UBL: as PDF, as CII, by mail, in an archive.

- a PDF without an e-invoice, of a bill that is nowhere else;
- a PDF of a bill that is there as an e-invoice too: the same number and total;
- a bill as CII (Factur-X, ZUGFeRD and XRechnung speak it), and one as a PDF with its CII within (Factur-X);
- a mail with a bill attached, and an archive of two bills.
"""

from __future__ import annotations

import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from email.message import EmailMessage
from xml.sax.saxutils import escape

from pilothouse.sample.bills import Bill, Line
from pilothouse.sample.contracts import printed
from pilothouse.sample.firm import MADE_UP, party, sample_firm
from pilothouse.sample.months import COUNT, Months
from pilothouse.sample.ubl_writer import write_ubl

_BILL = """
#let paper = json(bytes(sys.inputs.paper))
#set document(title: paper.title, author: paper.made_up)
#set page(paper: "a4", margin: 25mm, footer: align(center, text(size: 8pt, paper.made_up)))
#set text(font: "Source Sans Pro", size: 10.5pt, lang: "nl")
#text(size: 16pt, weight: "bold", paper.seller.at(0))
#for line in paper.seller.slice(1) [\\ #line]
#v(1em)
#align(right, for line in paper.buyer [#line \\ ])
#v(1em)
= Factuur
#for line in paper.facts [#line \\ ]
#v(1em)
#table(columns: (1fr, auto), stroke: none, ..paper.lines.flatten())
#v(1em)
#for line in paper.totals [#line \\ ]
#v(1em)
#paper.foot
"""
_WITHIN = """
#pdf.attach("factur-x.xml", bytes(paper.xml), description: paper.title,
  relationship: "alternative", mime-type: "text/xml")
"""
_FILES = {  # what is in a mail or archive is named as `intake` names it
    "disks": "pdf/{number}.pdf",
    "audit": "cii/{number}.xml",
    "screens": "hybrid/{number}.pdf",
    "training": "mail/{issued:%Y-%m-%d}-factuur.eml › {number}.xml",
    "names": "archief-domeinnamen.zip › {number}.xml",
}
_INTO = " › "
_MONTH_OF_PDF, _MONTH_OF_CII, _MONTH_OF_HYBRID, _MONTH_OF_MAIL, _MONTHS_OF_ARCHIVE = 21, 19, 20, 22, (17, 18)


def _bill(months: Months, who: tuple[str, str], number: str, month: int, line: Line) -> Bill:
    issued = months.day(month, 12)
    number, (key, seller) = number.format(issued), who
    return Bill(
        number=number,
        seller=party(key, seller),
        buyer=sample_firm().party,
        month=month,
        issued=issued,
        due=issued + timedelta(days=30),
        lines=(line,),
        file=_FILES[key].format(issued=issued, number=number),
    )


def pdf_only(months: Months) -> Bill:
    """The bill that came as a PDF and nothing else; it waits for its figures."""
    line = Line(
        "Herstelling server: voeding en twee schijven",
        Decimal(1),
        Decimal("684.00"),
        purpose="server_hardware",
    )
    return _bill(months, ("disks", "Schijvendokter Verzinsel BV"), "SV-{:%Y}-118", _MONTH_OF_PDF, line)


def cii_bill(months: Months) -> Bill:
    """The bill that came as CII."""
    line = Line("Security audit website", Decimal(1), Decimal("1250.00"), purpose="security_audit")
    return _bill(months, ("audit", "Slotenmaker Digitaal BV"), "SD-00417", _MONTH_OF_CII, line)


def hybrid_bill(months: Months) -> Bill:
    """The bill that came as a PDF with its e-invoice within."""
    line = Line("Beeldscherm 27 duim", Decimal(3), Decimal("219.00"), purpose="monitors_peripherals")
    return _bill(months, ("screens", "Kijkdoos Beeldschermen BV"), "KB-{:%y}-0088", _MONTH_OF_HYBRID, line)


def mailed_bill(months: Months) -> Bill:
    """The bill that came attached to a mail."""
    line = Line(
        "Opleiding Excel voor gevorderden, 6 personen", Decimal(1), Decimal("900.00"), purpose="it_training"
    )
    return _bill(months, ("training", "Leeratelier Exempel NV"), "LE{:%Y}-55", _MONTH_OF_MAIL, line)


def archived_bills(months: Months) -> tuple[Bill, ...]:
    """The two bills that came in an archive."""
    line = Line("Domeinnaam en mailforwarding", Decimal(1), Decimal("36.00"), purpose="domain_names")
    return tuple(
        _bill(months, ("names", "Naamplaatje Online BV"), f"NP{month:03}", month, line)
        for month in _MONTHS_OF_ARCHIVE
    )


def with_a_pdf_twin(bills: tuple[Bill, ...], months: Months) -> Bill:
    """A bill that is there as an e-invoice and came as a PDF too."""
    ours = (
        bill
        for bill in bills
        if bill.ours and not bill.own_sale and bill.on_paper and not bill.credit and bill.currency == "EUR"
    )
    return next(b for b in ours if b.seller.key == "it_partner" and b.issued >= months.day(COUNT - 4, 1))


def all_bills(months: Months) -> tuple[Bill, ...]:
    """The bills that came otherwise, each once."""
    alone, audited, mailed = pdf_only(months), cii_bill(months), mailed_bill(months)
    return (alone, audited, mailed, *archived_bills(months), hybrid_bill(months))


def other_files(months: Months, bills: tuple[Bill, ...]) -> list[tuple[str, bytes]]:
    """The names and bytes of what came otherwise."""
    twin, alone, audited = with_a_pdf_twin(bills, months), pdf_only(months), cii_bill(months)
    mailed, archived, both = mailed_bill(months), archived_bills(months), hybrid_bill(months)
    archive, (mail, _, _) = archived[0].file.partition(_INTO)[0], mailed.file.partition(_INTO)
    return [
        (alone.file, write_pdf(alone)),
        (twin_name(twin), write_pdf(twin)),
        (audited.file, write_cii(audited)),
        (both.file, write_pdf(both, within=write_cii(both))),
        (mail, _mail(mailed)),
        (archive, _archive([(f"{b.number}.xml", write_ubl(b)) for b in archived], months.last)),
    ]


def twin_name(bill: Bill) -> str:
    """Where the PDF is of a bill that is there as an e-invoice too."""
    return f"pdf/{bill.number.replace('/', '-')}.pdf"


def write_pdf(bill: Bill, *, within: bytes = b"") -> bytes:
    """A bill as a PDF; with an e-invoice within, which Factur-X wants in a PDF/A-3."""
    words = {
        "title": f"Factuur {bill.number}",
        "made_up": MADE_UP,
        "seller": [
            bill.seller.name,
            bill.seller.street,
            f"{bill.seller.postcode} {bill.seller.city}",
            bill.seller.vat_id,
        ],
        "buyer": [bill.buyer.name, bill.buyer.street, f"{bill.buyer.postcode} {bill.buyer.city}"],
        "facts": [
            f"Factuurnummer: {bill.number}",
            f"Factuurdatum: {bill.issued:%d/%m/%Y}",
            f"Vervaldatum: {bill.due:%d/%m/%Y}",
        ],
        "lines": [[line.name, _amount(line.net)] for line in bill.lines],
        "totals": [
            f"Totaal excl. btw: € {_amount(bill.net)}",
            f"Btw: € {_amount(bill.vat)}",
            f"Te betalen: € {_amount(bill.payable)}",
        ],
        "foot": f"IBAN {bill.seller.iban} · {bill.seller.name}",
    }
    if not within:
        return printed(_BILL, words, bill.issued)
    return printed(_BILL + _WITHIN, words | {"xml": within.decode()}, bill.issued, standard="a-3b")


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _mail(bill: Bill) -> bytes:
    message = EmailMessage()
    message["From"] = f"{bill.seller.name} <facturen@leerateliers.example>"
    message["To"] = "administratie@verzonnen-zonwering.example"
    message["Subject"] = f"Uw factuur {bill.number}"
    message["Date"] = f"{bill.issued:%a, %d %b %Y} 09:00:00 +0000"
    message["Message-ID"] = f"<{bill.number}@leerateliers.example>"
    message.set_content(f"Geachte,\n\nin bijlage onze factuur {bill.number}.\n\n{MADE_UP}\n")
    message.add_attachment(
        write_ubl(bill), maintype="application", subtype="xml", filename=f"{bill.number}.xml"
    )
    message.set_boundary("verzonnen-zonwering-1")
    return bytes(message)


def _archive(members: list[tuple[str, bytes]], day: date) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0)), data)
    return content.getvalue()


_CII = """<?xml version="1.0" encoding="UTF-8"?>
<!-- {made_up} -->
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocumentContext><ram:GuidelineSpecifiedDocumentContextParameter>
  <ram:ID>urn:cen.eu:en16931:2017</ram:ID></ram:GuidelineSpecifiedDocumentContextParameter>
 </rsm:ExchangedDocumentContext>
 <rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime><udt:DateTimeString format="102">{issued:%Y%m%d}</udt:DateTimeString></ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>{lines}
  <ram:ApplicableHeaderTradeAgreement>{seller}{buyer}</ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeDelivery/>
  <ram:ApplicableHeaderTradeSettlement>
   <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementPaymentMeans><ram:TypeCode>30</ram:TypeCode>
    <ram:PayeePartyCreditorFinancialAccount><ram:IBANID>{iban}</ram:IBANID></ram:PayeePartyCreditorFinancialAccount>
   </ram:SpecifiedTradeSettlementPaymentMeans>
   <ram:ApplicableTradeTax><ram:CalculatedAmount>{vat}</ram:CalculatedAmount><ram:TypeCode>VAT</ram:TypeCode>
    <ram:BasisAmount>{net}</ram:BasisAmount><ram:CategoryCode>S</ram:CategoryCode>
    <ram:RateApplicablePercent>21</ram:RateApplicablePercent></ram:ApplicableTradeTax>
   <ram:SpecifiedTradePaymentTerms><ram:DueDateDateTime>
    <udt:DateTimeString format="102">{due:%Y%m%d}</udt:DateTimeString></ram:DueDateDateTime>
   </ram:SpecifiedTradePaymentTerms>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:LineTotalAmount>{net}</ram:LineTotalAmount>
    <ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">{vat}</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{gross}</ram:GrandTotalAmount><ram:DuePayableAmount>{gross}</ram:DuePayableAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>
"""
_CII_LINE = """
  <ram:IncludedSupplyChainTradeLineItem>
   <ram:AssociatedDocumentLineDocument><ram:LineID>{number}</ram:LineID></ram:AssociatedDocumentLineDocument>
   <ram:SpecifiedTradeProduct><ram:Name>{name}</ram:Name></ram:SpecifiedTradeProduct>
   <ram:SpecifiedLineTradeAgreement><ram:NetPriceProductTradePrice><ram:ChargeAmount>{price}</ram:ChargeAmount>
   </ram:NetPriceProductTradePrice></ram:SpecifiedLineTradeAgreement>
   <ram:SpecifiedLineTradeDelivery><ram:BilledQuantity unitCode="C62">{quantity}</ram:BilledQuantity>
   </ram:SpecifiedLineTradeDelivery>
   <ram:SpecifiedLineTradeSettlement><ram:ApplicableTradeTax><ram:TypeCode>VAT</ram:TypeCode>
    <ram:CategoryCode>S</ram:CategoryCode><ram:RateApplicablePercent>21</ram:RateApplicablePercent>
    </ram:ApplicableTradeTax><ram:SpecifiedTradeSettlementLineMonetarySummation>
    <ram:LineTotalAmount>{net}</ram:LineTotalAmount></ram:SpecifiedTradeSettlementLineMonetarySummation>
   </ram:SpecifiedLineTradeSettlement>
  </ram:IncludedSupplyChainTradeLineItem>"""
_CII_PARTY = """
   <ram:{role}><ram:Name>{name}</ram:Name>
    <ram:PostalTradeAddress><ram:PostcodeCode>{postcode}</ram:PostcodeCode><ram:LineOne>{street}</ram:LineOne>
     <ram:CityName>{city}</ram:CityName><ram:CountryID>{country}</ram:CountryID></ram:PostalTradeAddress>
    <ram:SpecifiedTaxRegistration><ram:ID schemeID="VA">{vat_id}</ram:ID></ram:SpecifiedTaxRegistration>
   </ram:{role}>"""


def write_cii(bill: Bill) -> bytes:
    """A bill at the standard rate in the syntax CII."""
    lines = "".join(
        _CII_LINE.format(
            number=number, name=escape(line.name), price=line.price, quantity=line.quantity, net=line.net
        )
        for number, line in enumerate(bill.lines, start=1)
    )
    parties = {
        role: _CII_PARTY.format(
            role=f"{role.title()}TradeParty",
            name=escape(who.name),
            postcode=who.postcode,
            street=escape(who.street),
            city=escape(who.city),
            country=who.country,
            vat_id=who.vat_id,
        )
        for role, who in (("seller", bill.seller), ("buyer", bill.buyer))
    }
    return _CII.format(
        made_up=MADE_UP,
        number=escape(bill.number),
        issued=bill.issued,
        due=bill.due,
        lines=lines,
        iban=bill.seller.iban,
        net=bill.net,
        vat=bill.vat,
        gross=bill.gross,
        **parties,
    ).encode()
