"""How long 1,000 e-invoices of all kinds take to read: `python -m bench.mixed_invoices`.

Invoices of the sample company, by turns as UBL, as CII, and as CII in a PDF with its picture of the page; read from
bytes to checked papers, each recognised by its content first.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from xml.sax.saxutils import escape

from bench.machine import table, timed
from pilothouse.intake.papers import AllowanceCharge, Invoice, InvoiceLine, Party, VatBreakdown
from pilothouse.intake.recognise import read_paper

TODAY = date(2026, 11, 22)
INVOICES = 1000
_UN = "urn:un:unece:uncefact:data:standard:"


def _ubl() -> list[bytes]:
    from pilothouse.sample import sample_papers

    papers = [paper.data for paper in sample_papers(TODAY) if paper.name.endswith(".xml")]
    own_number = b"<cbc:ID>%d-"
    return [
        re.sub(rb"<cbc:ID>", own_number % number, papers[number % len(papers)], count=1)
        for number in range(INVOICES)
    ]


def _the_invoice(data: bytes) -> Invoice:
    (paper,), problems = read_paper(data, "")
    assert isinstance(paper, Invoice)
    assert (paper.problems, problems) == ((), ())
    return paper


# --- the same as CII ---------------------------------------------------------------------------------------------


def _in(name: str, *inside: str) -> str:
    return f"<ram:{name}>{''.join(inside)}</ram:{name}>"


def _say(name: str, said: object, attributes: str = "") -> str:
    return "" if said is None else f"<ram:{name}{attributes}>{escape(str(said))}</ram:{name}>"


def _day(name: str, day: date | None, space: str = "udt") -> str:
    if day is None:
        return ""
    inside = f'<{space}:DateTimeString format="102">{day:%Y%m%d}</{space}:DateTimeString>'
    return _in(name, inside)


def _party(name: str, party: Party) -> str:
    return _in(
        name,
        _say("Name", party.name),
        _in("SpecifiedLegalOrganization", _say("ID", party.legal_id)) if party.legal_id else "",
        _in("PostalTradeAddress", _say("CountryID", party.country)),
        _in("SpecifiedTaxRegistration", _say("ID", party.vat_id, ' schemeID="VA"')) if party.vat_id else "",
    )


def _line(line: InvoiceLine) -> str:
    return _in(
        "IncludedSupplyChainTradeLineItem",
        _in("AssociatedDocumentLineDocument", _say("LineID", line.id)),
        _in("SpecifiedTradeProduct", _say("Name", line.name)),
        _in(
            "SpecifiedLineTradeAgreement", _in("NetPriceProductTradePrice", _say("ChargeAmount", line.price))
        ),
        _in("SpecifiedLineTradeDelivery", _say("BilledQuantity", line.quantity, f' unitCode="{line.unit}"')),
        _in(
            "SpecifiedLineTradeSettlement",
            _in(
                "ApplicableTradeTax",
                _say("TypeCode", "VAT"),
                _say("CategoryCode", line.vat_category),
                _say("RateApplicablePercent", line.vat_rate),
            ),
            _in("SpecifiedTradeSettlementLineMonetarySummation", _say("LineTotalAmount", line.net)),
        ),
    )


def _allowance(item: AllowanceCharge, *, is_charge: str) -> str:
    return _in(
        "SpecifiedTradeAllowanceCharge",
        f"<ram:ChargeIndicator><udt:Indicator>{is_charge}</udt:Indicator></ram:ChargeIndicator>",
        _say("ActualAmount", item.amount),
        _say("Reason", item.reason),
        _in(
            "CategoryTradeTax",
            _say("TypeCode", "VAT"),
            _say("CategoryCode", item.vat_category),
            _say("RateApplicablePercent", item.vat_rate),
        ),
    )


def _vat(row: VatBreakdown) -> str:
    return _in(
        "ApplicableTradeTax",
        _say("CalculatedAmount", row.amount),
        _say("TypeCode", "VAT"),
        _say("ExemptionReason", None if row.rate else "See the terms of sale"),
        _say("BasisAmount", row.base),
        _say("CategoryCode", row.category),
        _say("RateApplicablePercent", row.rate),
    )


def _settlement(paper: Invoice) -> Iterator[str]:
    totals = paper.totals
    yield _say("PaymentReference", paper.payment.reference)
    yield _say("InvoiceCurrencyCode", paper.currency)
    for iban in paper.payment.ibans:
        account = _in("PayeePartyCreditorFinancialAccount", _say("IBANID", iban))
        yield _in("SpecifiedTradeSettlementPaymentMeans", _say("TypeCode", paper.payment.means_code), account)
    yield from (_vat(row) for row in paper.vat)
    yield from (_allowance(item, is_charge="false") for item in paper.allowances)
    yield from (_allowance(item, is_charge="true") for item in paper.charges)
    yield _in(
        "SpecifiedTradePaymentTerms",
        _say("Description", "As agreed"),
        _day("DueDateDateTime", paper.due_date),
    )
    yield _in(
        "SpecifiedTradeSettlementHeaderMonetarySummation",
        _say("LineTotalAmount", totals.lines),
        _say("ChargeTotalAmount", totals.charges),
        _say("AllowanceTotalAmount", totals.allowances),
        _say("TaxBasisTotalAmount", totals.net),
        _say("TaxTotalAmount", totals.vat, f' currencyID="{paper.currency}"'),
        _say("GrandTotalAmount", totals.gross),
        _say("TotalPrepaidAmount", totals.prepaid),
        _say("DuePayableAmount", totals.payable),
    )


def _as_cii(paper: Invoice) -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rsm:CrossIndustryInvoice xmlns:rsm="{_UN}CrossIndustryInvoice:100" '
        f'xmlns:ram="{_UN}ReusableAggregateBusinessInformationEntity:100" xmlns:udt="{_UN}UnqualifiedDataType:100">'
        "<rsm:ExchangedDocumentContext>"
        + _in("GuidelineSpecifiedDocumentContextParameter", _say("ID", "urn:cen.eu:en16931:2017"))
        + "</rsm:ExchangedDocumentContext><rsm:ExchangedDocument>"
        + _say("ID", paper.number)
        + _say("TypeCode", paper.type_code)
        + _day("IssueDateTime", paper.issue_date)
        + "</rsm:ExchangedDocument><rsm:SupplyChainTradeTransaction>"
        + "".join(_line(line) for line in paper.lines)
        + _in(
            "ApplicableHeaderTradeAgreement",
            _party("SellerTradeParty", paper.seller),
            _party("BuyerTradeParty", paper.buyer),
        )
        + _in(
            "ApplicableHeaderTradeDelivery",
            _in("ShipToTradeParty", _in("PostalTradeAddress", _say("CountryID", paper.buyer.country))),
            _in("ActualDeliverySupplyChainEvent", _day("OccurrenceDateTime", paper.issue_date)),
        )
        + _in("ApplicableHeaderTradeSettlement", *_settlement(paper))
        + "</rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>"
    ).encode()


# --- and in a PDF ------------------------------------------------------------------------------------------------


def _page() -> bytes:
    import typst

    rows = "".join(f"[Dienst {number}], [{number * 7}.00]," for number in range(30))
    page: bytes = typst.compile(f"= Factuur\n#table(columns: 2, {rows})".encode())
    return page


def _packer() -> Callable[[bytes], bytes]:
    import pikepdf

    page = _page()

    def pack(data: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(page)) as document:
            document.attachments["factur-x.xml"] = data
            written = io.BytesIO()
            document.save(written)
        return written.getvalue()

    return pack


def _papers() -> list[tuple[str, bytes, str | None]]:
    """The kind of each file, its bytes and the number of the invoice in it."""
    pack = _packer()
    files = []
    for turn, ubl in enumerate(_ubl()):
        paper = _the_invoice(ubl)
        kind = ("UBL", "CII", "PDF")[turn % 3]
        data = ubl if kind == "UBL" else _as_cii(paper)
        files.append((kind, pack(data) if kind == "PDF" else data, paper.number))
    return files


def main() -> None:
    files = _papers()
    seconds = dict.fromkeys(("UBL", "CII", "PDF"), 0.0)
    for kind, data, number in files:
        took, paper = timed(partial(_the_invoice, data))
        assert paper.number == number
        seconds[kind] += took
    counts = {kind: sum(file[0] == kind for file in files) for kind in seconds}
    lines = sum(len(_the_invoice(data).lines) for _, data, _ in files)
    table(
        f"{INVOICES:,} mixed e-invoices ({lines:,} lines)",
        [
            *((f"{counts[kind]} of {kind}", f"{took:.1f} s", "") for kind, took in seconds.items()),
            ("together", f"{sum(seconds.values()):.1f} s", "20 s"),
        ],
    )


if __name__ == "__main__":
    main()
