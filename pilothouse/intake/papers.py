"""What a paper says, whatever format it came in: invoices and bank statements with EN 16931 and ISO terms.

Readers return `(papers, problems)`. A paper keeps what it says even when it breaks a rule; the rule is named in
its `problems`. A file that cannot be used at all gives no paper and at least one problem of level "error".
`as_json` gives the public shape of `pilothouse ask read` (documented by `pilothouse ask schema read`):
amounts are strings with at least two decimals, quantities and percentages plain decimals, dates ISO 8601.
VAT rates are percentages as on the paper (BT-119, BT-152): "21".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any, Literal

Day = date  # a field called `date` would hide the type from its class
Level = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, by which rule, and where: `place` is "line 12", "record 21, line 7", "page 3" or an element."""

    rule: str
    level: Level
    message: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Period:
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """Seller (BG-4) or buyer (BG-7). `ids` holds every other identifier as "scheme:value" (":value" without scheme)."""

    name: str | None = None
    vat_id: str | None = None
    legal_id: str | None = None
    country: str | None = None
    trading_name: str | None = None
    ids: tuple[str, ...] = ()
    endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """BG-16: where and under which reference (BT-83) to pay; `ibans` are all account identifiers (BT-84)."""

    ibans: tuple[str, ...] = ()
    reference: str | None = None
    means_code: str | None = None


@dataclass(frozen=True, slots=True)
class VatBreakdown:
    """One BG-23: category (BT-118), rate in percent (BT-119), base (BT-116), amount (BT-117)."""

    category: str | None
    rate: Decimal | None
    base: Decimal | None
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class AllowanceCharge:
    """BG-20/BG-21 on the document, BG-27/BG-28 on a line; which of the two is said by the list it is in."""

    amount: Decimal | None
    reason: str | None = None
    reason_code: str | None = None
    base: Decimal | None = None
    percent: Decimal | None = None
    vat_category: str | None = None
    vat_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class InvoiceLine:
    """BG-25. `place` is the line of the file at which it starts ("line 212")."""

    id: str | None
    name: str | None
    quantity: Decimal | None
    unit: str | None
    net: Decimal | None
    vat_category: str | None
    vat_rate: Decimal | None
    period: Period | None = None
    description: str | None = None
    allowances: tuple[AllowanceCharge, ...] = ()
    charges: tuple[AllowanceCharge, ...] = ()
    price: Decimal | None = None
    price_base_quantity: Decimal | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """BG-22: BT-106, 107, 108, 109, 110, 112, 113, 114, 115. `vat_accounting` is BT-111 in the accounting currency."""

    lines: Decimal | None = None
    allowances: Decimal | None = None
    charges: Decimal | None = None
    net: Decimal | None = None
    vat: Decimal | None = None
    gross: Decimal | None = None
    prepaid: Decimal | None = None
    rounding: Decimal | None = None
    payable: Decimal | None = None
    vat_accounting: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside the paper (BG-24), without its content: `size` is of the decoded bytes."""

    name: str | None
    mime: str | None
    size: int


@dataclass(frozen=True, slots=True)
class Invoice:
    """An invoice or credit note with the positive amounts of the paper; `kind` carries the sign."""

    kind: Literal["invoice", "credit_note"]
    syntax: Literal["ubl", "cii"]
    type_code: str | None
    number: str | None
    issue_date: date | None
    due_date: date | None
    currency: str | None
    seller: Party
    buyer: Party
    payment: Payment
    totals: Totals
    vat: tuple[VatBreakdown, ...] = ()
    allowances: tuple[AllowanceCharge, ...] = ()
    charges: tuple[AllowanceCharge, ...] = ()
    lines: tuple[InvoiceLine, ...] = ()
    preceding: tuple[str, ...] = ()
    order: str | None = None
    contract: str | None = None
    period: Period | None = None
    accounting_currency: str | None = None
    customization: str | None = None
    attachments: tuple[Attachment, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Counterparty:
    name: str | None = None
    iban: str | None = None
    bic: str | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """One booking; money out is negative. `structured` is a structured communication with right check digits
    (Belgian OGM/VCS as 12 digits, ISO 11649 as "RF…"); everything else the payer wrote is `communication`.
    `place` is the line of the file at which it starts ("line 3")."""

    date: Day
    value_date: Day | None
    amount: Decimal
    counterparty: Counterparty
    communication: str
    structured: str | None
    bank_reference: str | None
    place: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Balance:
    date: Day | None
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """A bank statement of one account (IBAN where the format gives one)."""

    account: str | None
    currency: str
    number: str | None
    opening: Balance | None
    closing: Balance | None
    movements: tuple[Movement, ...]
    holder: str | None = None
    problems: tuple[Problem, ...] = ()
    kind: Literal["statement"] = field(default="statement")


Paper = Invoice | Statement
Reading = tuple[tuple[Paper, ...], tuple[Problem, ...]]


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
    return _invoice_json(paper) if isinstance(paper, Invoice) else _statement_json(paper)


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
