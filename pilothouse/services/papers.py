"""From stored papers back to what the engine is asked with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.engine.spend.continuity import Span
from pilothouse.engine.spend.rates import DatedRate
from pilothouse.engine.spend.terms import (
    BankMovement,
    Identity,
    InvoiceItem,
    InvoicePaper,
    LedgerEntry,
    Service,
)
from pilothouse.records.models import HandReading, Paper
from pilothouse.services.storing import rows_of

Content = Mapping[str, Any]


def invoice_of(paper: Paper) -> InvoicePaper | None:
    """The invoice a stored paper holds; None where it has no date or no total, and so cannot be counted."""
    content = paper.content
    totals = content["totals"]
    issued = _day(content["issue_date"])
    service = _service(content["period"], "the invoice")
    net = _number(totals["net"])
    if issued is None or net is None:
        return None
    vat = _number(totals["vat"]) or Decimal(0)
    payable = _number(totals["payable"])
    return InvoicePaper(
        id=str(paper.pk),
        source=str(paper.source_id),
        number=content["number"] or "",
        is_credit=content["kind"] == "credit_note",
        issue_date=issued,
        due_date=_day(content["due_date"]),
        currency=content["currency"] or "EUR",
        seller=_party(content["seller"], tuple(content["payment"]["ibans"])),
        buyer=_party(content["buyer"], ()),
        net=net,
        vat=vat,
        payable=net + vat if payable is None else payable,
        reference=content["payment"]["reference"] or "",
        allowances=_number(totals["allowances"]) or Decimal(0),
        charges=_number(totals["charges"]) or Decimal(0),
        items=tuple(_item(number, line) for number, line in enumerate(content["lines"])),
        service=service,
        accounting_reference=content.get("accounting_reference") or "",
    )


# Formats that are bound to one chart of accounts; of the others the engine finds the chart that makes sense.
CHARTS = {"fec": "pcg", "sie": "bas"}


def entries_of(paper: Paper) -> Iterator[LedgerEntry]:
    """The entries a stored ledger holds; those without a day or an amount say too little to be counted."""
    content = paper.content
    for number, row in enumerate(rows_of(paper)):
        amount = _number(row["amount"])
        if amount is None or row["date"] is None:
            continue
        yield LedgerEntry(
            id=f"{paper.pk}:{number}",
            source=str(paper.source_id),
            paper=str(paper.pk),
            book=content["book"],
            date=date.fromisoformat(row["date"]),
            amount=amount,
            currency=row["currency"] or content["currency"] or paper.company.currency,
            party=Identity(name=row["party"], vat_id=row["party_id"]),
            description=row["description"],
            document=row["document"],
            account=row["account"],
            account_name=row["account_name"],
            journal=row["journal"],
            place=row["place"],
            vat=_number(row["vat"]),
            net=content["net"],
            chart=CHARTS.get(content["syntax"], ""),
            department=row.get("department", ""),
        )


def invoice_by_hand(paper: Paper, reading: HandReading) -> InvoicePaper | None:
    """The invoice a document is, by the figures a person entered; None where they said something else of it."""
    if reading.says != HandReading.Says.FIGURES or reading.issue_date is None:
        return None
    net, vat, gross = (amount or Decimal(0) for amount in (reading.net, reading.vat, reading.gross))
    seller = Identity(name=reading.seller, vat_id=reading.seller_id)
    return InvoicePaper(
        id=str(paper.pk),
        source=str(paper.source_id),
        number=reading.number,
        is_credit=reading.is_credit,
        issue_date=reading.issue_date,
        due_date=None,
        currency=reading.currency,
        seller=seller,
        buyer=Identity(),
        net=net,
        vat=vat,
        payable=gross,
        reference=reading.reference,
        items=(
            InvoiceItem(
                "0", reading.what_for or f"Invoice {reading.number}".strip(), "", net, None, "page 1"
            ),
        ),
    )


def movements_of(paper: Paper) -> tuple[BankMovement, ...]:
    """The bookings a stored statement holds."""
    content = paper.content
    return tuple(
        BankMovement(
            id=f"{paper.pk}:{number}",
            source=str(paper.source_id),
            account=content["account"] or "",
            date=date.fromisoformat(movement["date"]),
            amount=Decimal(movement["amount"]),
            currency=content["currency"],
            counterparty=Identity(
                name=movement["counterparty"]["name"] or "",
                ibans=_ibans((movement["counterparty"]["iban"],)),
            ),
            communication=movement["communication"] or "",
            structured=movement["structured"] or "",
            place=movement["place"],
            paper=str(paper.pk),
            code=movement.get("code") or "",
            return_reason=movement.get("return_reason") or "",
        )
        for number, movement in enumerate(rows_of(paper))
    )


def rates_of(paper: Paper) -> Iterator[DatedRate]:
    """The exchange rates a stored paper holds."""
    for row in rows_of(paper):
        day = date.fromisoformat(row["date"])
        for currency, rate in row["rates"].items():
            yield DatedRate(day, currency, Decimal(rate), str(paper.source_id))


def statement_spans(company: Company) -> Iterator[Span]:
    """The statements of a company that carry both balances and their days."""
    statements = Paper.objects.seen(company).standing().filter(kind="statement")
    for pk, content in statements.values_list("pk", "content").iterator(200):
        opening, closing = content["opening"], content["closing"]
        if not (opening and closing and content["account"]):
            continue
        if opening["amount"] is None or closing["amount"] is None or not closing["date"]:
            continue
        first = date.fromisoformat(opening["date"] or closing["date"])
        yield Span(
            account=content["account"],
            currency=content["currency"],
            first=first,
            last=date.fromisoformat(closing["date"]),
            opening=Decimal(opening["amount"]),
            closing=Decimal(closing["amount"]),
            paper=str(pk),
        )


def _item(number: int, line: Content) -> InvoiceItem:
    return InvoiceItem(
        id=str(number),
        name=line["name"] or "",
        description=line["description"] or "",
        net=_number(line["net"]) or Decimal(0),
        vat_rate=_number(line["vat_rate"]),
        place=line["place"],
        service=_service(line["period"], "the line"),
        reference=line.get("accounting_reference") or "",
    )


def _service(period: Content | None, of: str) -> Service | None:
    """The period a paper names; one day alone is no period."""
    first, last = (_day(period[at]) for at in ("start", "end")) if period else (None, None)
    if first is None or last is None or not first < last:
        return None
    return Service(first, last, f"{of} names it")


def _party(party: Content, ibans: tuple[str, ...]) -> Identity:
    return Identity(
        name=party["name"] or party["trading_name"] or "",
        vat_id=party["vat_id"] or "",
        legal_id=party["legal_id"] or "",
        ibans=_ibans(ibans),
        country=party["country"] or "",
    )


def _ibans(given: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(iban.replace(" ", "").upper() for iban in given if iban)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
