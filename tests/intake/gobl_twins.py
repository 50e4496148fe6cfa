"""A paper of ours and its JSON twin of GOBL, as the same fields."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from pilothouse.intake.papers import Invoice, InvoiceLine, Party

UNITS = {
    "h": "HUR",
    "item": "EA",
    "one": "C62",
    "day": "DAY",
    "mon": "MON",
    "kwh": "KWH",
    "kg": "KGM",
    "unit": "XUN",
    "service": "E48",
    "m": "MTR",
    "piece": "H87",
    "kl": "K6",
}


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text.removesuffix("%"))


def ours(paper: Invoice) -> dict[str, Any]:
    totals = paper.totals
    return {
        "number": paper.number,
        "type_code": paper.type_code,
        "issue_date": _day(paper.issue_date),
        "due_date": _day(paper.due_date),
        "currency": paper.currency,
        **_our_party("seller", paper.seller),
        **_our_party("buyer", paper.buyer),
        "lines": totals.lines,
        "allowances": totals.allowances,
        "charges": totals.charges,
        "net": totals.net,
        "vat.total": totals.vat,
        "gross": totals.gross,
        "prepaid": totals.prepaid,
        "rounding": totals.rounding,
        "payable": totals.payable,
        "vat": sorted(((row.category, row.rate, row.base, row.amount) for row in paper.vat), key=str),
        "discounts": [(item.amount, item.reason) for item in paper.allowances],
        "charged": [(item.amount, item.reason) for item in paper.charges],
        "ibans": paper.payment.ibans,
        "reference": paper.payment.reference,
        "means_code": paper.payment.means_code,
        "preceding": paper.preceding,
        "order": paper.order,
        "contract": paper.contract,
        "period": _our_period(paper),
        "attachments": [file.name for file in paper.attachments],
        **{f"lines.{field}": [_our_line(line)[field] for line in paper.lines] for field in _FIELDS_OF_LINES},
    }


def _day(day: object) -> str | None:
    return str(day) if day else None


def _our_period(owner: Invoice | InvoiceLine) -> tuple[str, str] | None:
    return (str(owner.period.start), str(owner.period.end)) if owner.period else None


def _our_party(role: str, party: Party) -> dict[str, Any]:
    fields = ("name", "trading_name", "vat_id", "legal_id", "ids", "country")
    return {f"{role}.{field}": getattr(party, field) for field in fields}


_FIELDS_OF_LINES = (
    "name",
    "description",
    "quantity",
    "unit",
    "price",
    "net",
    "vat_category",
    "vat_rate",
    "allowances",
    "charges",
    "period",
)


def _our_line(line: InvoiceLine) -> dict[str, Any]:
    return {field: getattr(line, field) for field in _FIELDS_OF_LINES} | {
        "price": _per_unit(line),
        "allowances": [item.amount for item in line.allowances],
        "charges": [item.amount for item in line.charges],
        "period": _our_period(line),
    }


_FINEST = Decimal("0.0000001")


def _per_unit(line: InvoiceLine) -> Decimal | None:
    """GOBL has no base quantity: its price is for one, to the decimals it keeps."""
    if line.price is None:
        return None
    return (line.price / (line.price_base_quantity or 1)).quantize(_FINEST)


def theirs(doc: dict[str, Any]) -> dict[str, Any]:
    totals, payment, ordering = doc["totals"], doc.get("payment", {}), doc.get("ordering", {})
    instructions = payment.get("instructions", {})
    due = payment.get("terms", {}).get("due_dates", [])
    rows = [row for tax in totals.get("taxes", {}).get("categories", []) for row in tax["rates"]]
    return {
        "number": _reference(doc),
        "type_code": _extension(doc.get("tax", {}), "untdid-document-type"),
        "issue_date": doc["issue_date"],
        "due_date": due[0]["date"] if due else None,
        "currency": doc["currency"],
        **_their_party("seller", doc["supplier"]),
        **_their_party("buyer", doc.get("customer", {})),
        "lines": _number(totals["sum"]),
        "allowances": _number(totals.get("discount")),
        "charges": _number(totals.get("charge")),
        "net": _number(totals["total"]),
        "vat.total": _number(totals["tax"]),
        "gross": _number(totals["total_with_tax"]),
        "prepaid": _number(totals.get("advance")),
        "rounding": _number(totals.get("rounding")),
        "payable": _number(totals.get("due", totals["payable"])),
        "vat": sorted((_their_row(row) for row in rows), key=str),
        "discounts": [(_number(item["amount"]), item.get("reason")) for item in doc.get("discounts", [])],
        "charged": [(_number(item["amount"]), item.get("reason")) for item in doc.get("charges", [])],
        "ibans": tuple(to.get("iban") or to.get("number") for to in instructions.get("credit_transfer", [])),
        "reference": instructions.get("ref"),
        "means_code": _extension(instructions, "untdid-payment-means"),
        "preceding": tuple(_reference(paper) for paper in doc.get("preceding", [])),
        "order": _code_of_first(ordering, "purchases"),
        "contract": _code_of_first(ordering, "contracts"),
        "period": _their_period(ordering),
        "attachments": [file.get("name") for file in doc.get("attachments", [])],
        **{
            f"lines.{field}": [_their_line(line)[field] for line in doc["lines"]]
            for field in _FIELDS_OF_LINES
        },
    }


def _extension(owner: dict[str, Any], key: str) -> Any:
    return owner.get("ext", {}).get(key)


def _reference(paper: dict[str, Any]) -> str:
    return "-".join(part for part in (paper.get("series"), paper["code"]) if part)


def _code_of_first(ordering: dict[str, Any], key: str) -> str | None:
    found = ordering.get(key)
    return str(found[0]["code"]) if found else None


def _their_period(owner: dict[str, Any]) -> tuple[str, str] | None:
    period = owner.get("period")
    return (period["start"], period["end"]) if period else None


def _their_row(row: dict[str, Any]) -> tuple[Any, ...]:
    return (
        _extension(row, "untdid-tax-category"),
        _number(row.get("percent")),
        _number(row["base"]),
        _number(row["amount"]),
    )


def _their_party(role: str, party: dict[str, Any]) -> dict[str, Any]:
    tax, identities = party.get("tax_id", {}), party.get("identities", [])
    legal = [entry["code"] for entry in identities if entry.get("scope") == "legal"]
    others = [entry for entry in identities if entry.get("scope") != "legal"]
    addresses = party.get("addresses") or [{}]
    return {
        f"{role}.name": party.get("name"),
        f"{role}.trading_name": party.get("alias"),
        f"{role}.vat_id": (tax.get("country", "") + tax.get("code", "")) or None,
        f"{role}.legal_id": legal[0] if legal else None,
        f"{role}.ids": tuple(
            f"{_extension(entry, 'iso-scheme-id') or entry.get('type', '')}:{entry['code']}"
            for entry in others
        ),
        f"{role}.country": addresses[0].get("country"),
    }


def _their_line(line: dict[str, Any]) -> dict[str, Any]:
    item, tax = line["item"], (line.get("taxes") or [{}])[0]
    return {
        "name": item["name"],
        "description": item.get("description"),
        "quantity": _number(line["quantity"]),
        "unit": UNITS.get(item.get("unit", ""), item.get("unit")),
        "price": Decimal(item["price"]).quantize(_FINEST),
        "net": _number(line["total"]),
        "vat_category": _extension(tax, "untdid-tax-category"),
        "vat_rate": _number(tax.get("percent")),
        "allowances": [_number(entry["amount"]) for entry in line.get("discounts", [])],
        "charges": [_number(entry["amount"]) for entry in line.get("charges", [])],
        "period": _their_period(line),
    }
