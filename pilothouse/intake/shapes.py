"""The public JSON of what was read, the shape of `pilothouse ask read` (`pilothouse ask schema read` documents it).

Amounts are strings with at least two decimals, quantities and percentages plain decimals, dates ISO 8601.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from pilothouse.intake.papers import (
    AllowanceCharge,
    Balance,
    Column,
    Document,
    Invoice,
    InvoiceLine,
    Ledger,
    LedgerLine,
    Listing,
    Movement,
    Paper,
    Party,
    Period,
    Problem,
    Rates,
    Reads,
    Statement,
    Totals,
    VatBreakdown,
)


def amount_text(amount: Decimal | None) -> str | None:
    """An amount as a string with at least two decimals and no trailing zeros beyond them.

    >>> amount_text(Decimal("1234.500")), amount_text(Decimal("3")), amount_text(Decimal("0.125"))
    ('1234.50', '3.00', '0.125')
    """
    if amount is None:
        return None
    text = decimal_text(amount)
    whole, _, cents = str(text).partition(".")
    return f"{whole}.{cents.ljust(2, '0')}"


def decimal_text(number: Decimal | None) -> str | None:
    """A quantity or percentage as a plain decimal without trailing zeros.

    >>> decimal_text(Decimal("21.00")), decimal_text(Decimal("1E+3")), decimal_text(Decimal("-0.50"))
    ('21', '1000', '-0.5')
    """
    if number is None:
        return None
    text = f"{number:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def as_json(paper: Paper) -> dict[str, Any]:
    """The public JSON shape of a paper."""
    if isinstance(paper, Invoice):
        return _invoice_json(paper)
    if isinstance(paper, Statement):
        return _statement_json(paper)
    if isinstance(paper, Ledger):
        return {**ledger_head_json(paper), "lines": [ledger_line_json(line) for line in paper.lines]}
    if isinstance(paper, Rates):
        return _rates_json(paper)
    return _listing_json(paper) if isinstance(paper, Listing) else _document_json(paper)


def _rates_json(rates: Rates) -> dict[str, Any]:
    days = [
        {
            "date": _day(one.day),
            "rates": {currency: str(rate) for currency, rate in one.rates.items()},
            "place": one.place,
        }
        for one in rates.days
    ]
    return {"kind": rates.kind, "base": "EUR", "days": days, "problems": problems_json(rates.problems)}


def problems_json(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    return [{"rule": p.rule, "level": p.level, "message": p.message, "place": p.place} for p in problems]


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _period_json(period: Period | None) -> dict[str, Any] | None:
    return {"start": _day(period.start), "end": _day(period.end)} if period else None


def _party_json(party: Party) -> dict[str, Any]:
    return {
        "name": party.name,
        "vat_id": party.vat_id,
        "legal_id": party.legal_id,
        "country": party.country,
        "trading_name": party.trading_name,
        "ids": list(party.ids),
        "endpoint": party.endpoint,
    }


def _allowance_json(item: AllowanceCharge) -> dict[str, Any]:
    return {
        "amount": amount_text(item.amount),
        "reason": item.reason,
        "reason_code": item.reason_code,
        "base": amount_text(item.base),
        "percent": decimal_text(item.percent),
        "vat_category": item.vat_category,
        "vat_rate": decimal_text(item.vat_rate),
    }


def _line_json(line: InvoiceLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "description": line.description,
        "quantity": decimal_text(line.quantity),
        "unit": line.unit,
        "price": amount_text(line.price),
        "price_base_quantity": decimal_text(line.price_base_quantity),
        "net": amount_text(line.net),
        "vat_category": line.vat_category,
        "vat_rate": decimal_text(line.vat_rate),
        "period": _period_json(line.period),
        "allowances": [_allowance_json(a) for a in line.allowances],
        "charges": [_allowance_json(c) for c in line.charges],
        "place": line.place,
        "accounting_reference": line.accounting_reference,
    }


def _totals_json(totals: Totals) -> dict[str, Any]:
    return {one.name: amount_text(getattr(totals, one.name)) for one in fields(totals)}


def _vat_json(vat: VatBreakdown) -> dict[str, Any]:
    return {
        "category": vat.category,
        "rate": decimal_text(vat.rate),
        "base": amount_text(vat.base),
        "amount": amount_text(vat.amount),
    }


def _invoice_json(invoice: Invoice) -> dict[str, Any]:
    return {
        "kind": invoice.kind,
        "type_code": invoice.type_code,
        "syntax": invoice.syntax,
        "number": invoice.number,
        "issue_date": _day(invoice.issue_date),
        "due_date": _day(invoice.due_date),
        "currency": invoice.currency,
        "accounting_currency": invoice.accounting_currency,
        "customization": invoice.customization,
        "seller": _party_json(invoice.seller),
        "buyer": _party_json(invoice.buyer),
        "payment": {
            "ibans": list(invoice.payment.ibans),
            "reference": invoice.payment.reference,
            "means_code": invoice.payment.means_code,
        },
        "preceding": list(invoice.preceding),
        "accounting_reference": invoice.accounting_reference,
        "order": invoice.order,
        "contract": invoice.contract,
        "period": _period_json(invoice.period),
        "vat": [_vat_json(v) for v in invoice.vat],
        "allowances": [_allowance_json(a) for a in invoice.allowances],
        "charges": [_allowance_json(c) for c in invoice.charges],
        "lines": [_line_json(line) for line in invoice.lines],
        "totals": _totals_json(invoice.totals),
        "attachments": [{"name": a.name, "mime": a.mime, "size": a.size} for a in invoice.attachments],
        "problems": problems_json(invoice.problems),
    }


def _balance_json(balance: Balance | None) -> dict[str, Any] | None:
    return {"date": _day(balance.date), "amount": amount_text(balance.amount)} if balance else None


def _movement_json(movement: Movement) -> dict[str, Any]:
    return {
        "date": _day(movement.date),
        "value_date": _day(movement.value_date),
        "amount": amount_text(movement.amount),
        "counterparty": {
            "name": movement.counterparty.name,
            "iban": movement.counterparty.iban,
            "bic": movement.counterparty.bic,
        },
        "communication": movement.communication,
        "structured": movement.structured,
        "bank_reference": movement.bank_reference,
        "code": movement.code,
        "return_reason": movement.return_reason,
        "place": movement.place,
    }


def _statement_json(statement: Statement) -> dict[str, Any]:
    return {
        "kind": "statement",
        "account": statement.account,
        "currency": statement.currency,
        "number": statement.number,
        "holder": statement.holder,
        "opening": _balance_json(statement.opening),
        "closing": _balance_json(statement.closing),
        "movements": [_movement_json(m) for m in statement.movements],
        "problems": problems_json(statement.problems),
    }


def _columns_json(columns: Sequence[Column]) -> list[dict[str, Any]]:
    return [{"header": c.header, "meaning": c.meaning, "reason": c.reason, "by": c.by} for c in columns]


def ledger_head_json(ledger: Ledger) -> dict[str, Any]:
    """A ledger without its lines, which may be a million."""
    return {
        "kind": ledger.kind,
        "book": ledger.book,
        "reason": ledger.reason,
        "syntax": ledger.syntax,
        "currency": ledger.currency,
        "holder": ledger.holder,
        "holder_id": ledger.holder_id,
        "period": _period_json(ledger.period),
        "sheet": ledger.sheet,
        "net": ledger.net,
        "columns": _columns_json(ledger.columns),
        "problems": problems_json(ledger.problems),
    }


def ledger_line_json(line: LedgerLine) -> dict[str, Any]:
    return {
        "place": line.place,
        "date": _day(line.date),
        "amount": amount_text(line.amount),
        "currency": line.currency,
        "party": line.party,
        "party_id": line.party_id,
        "description": line.description,
        "document": line.document,
        "account": line.account,
        "account_name": line.account_name,
        "journal": line.journal,
        "department": line.department,
        "vat": amount_text(line.vat),
    }


def _listing_json(listing: Listing) -> dict[str, Any]:
    return {
        "kind": listing.kind,
        "of": listing.of,
        "source": listing.source,
        "taken_on": _day(listing.taken_on),
        "sheet": listing.sheet,
        "columns": _columns_json(listing.columns),
        "entries": [dict(entry) for entry in listing.entries],
        "problems": problems_json(listing.problems),
    }


def _reads_json(reads: Reads) -> dict[str, Any]:
    return {
        "seller": reads.seller,
        "seller_id": reads.seller_id,
        "number": reads.number,
        "issue_date": _day(reads.issue_date),
        "due_date": _day(reads.due_date),
        "net": amount_text(reads.net),
        "vat": amount_text(reads.vat),
        "gross": amount_text(reads.gross),
        "currency": reads.currency,
        "iban": reads.iban,
        "reference": reads.reference,
    }


def _document_json(document: Document) -> dict[str, Any]:
    return {
        "kind": document.kind,
        "seems": document.seems,
        "mime": document.mime,
        "pages": document.pages,
        "title": document.title,
        "text_length": document.text_length,
        "reads": _reads_json(document.reads),
        "problems": problems_json(document.problems),
    }
