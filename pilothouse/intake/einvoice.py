"""From the words of an e-invoice to the paper: one `Invoice`, whichever syntax the words came from.

What the standard leaves empty is looked for where older programs put it: the name of a party in its
trading name or person, the VAT rate of a line in the line's own tax total, the due date beside the
payment. A word that is no date or number becomes None; the rules say so.

The same case told in UBL and in CII is the same paper: what a syntax or its habits add that says nothing is left
out. That is a rounding of zero, a price for one unit that says so, and an order that only fills its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Literal

from pilothouse.intake.papers import (
    AllowanceCharge,
    Attachment,
    Invoice,
    InvoiceLine,
    Party,
    Payment,
    Period,
    Problem,
    Totals,
    VatBreakdown,
)
from pilothouse.intake.rules.codes import CREDIT_NOTE_TYPES
from pilothouse.intake.rules.document import Given, Group, vat_total


def invoice_from(
    document: Group,
    *,
    syntax: Literal["ubl", "cii"],
    is_credit_note: bool,
    problems: tuple[Problem, ...],
) -> Invoice:
    """The paper that `document` says. `is_credit_note`: the form is one; a type code can say so too."""
    type_code = _word(document, "type code")
    credit = is_credit_note or type_code in _CREDIT_NOTES
    currency, accounting = _currency(document), _word(document, "accounting currency")
    return Invoice(
        kind="credit_note" if credit else "invoice",
        syntax=syntax,
        type_code=type_code,
        number=_word(document, "number"),
        issue_date=document.day("issue date"),
        due_date=_due_date(document),
        currency=currency,
        seller=_with_creditor(_party(document.sub("seller")), document),
        buyer=_party(document.sub("buyer")),
        payment=_payment(document),
        totals=_totals(document, currency, accounting),
        vat=_breakdowns(document, currency),
        allowances=_allowances(document, "allowance"),
        charges=_allowances(document, "charge"),
        lines=tuple(_line(group) for group in document.all("line")),
        preceding=_preceding(document),
        order=_order(document),
        contract=_word(document, "contract"),
        accounting_reference=_word(document, "accounting reference"),
        period=_period(document),
        accounting_currency=accounting,
        customization=_word(document, "specification"),
        attachments=_attachments(document),
        problems=problems,
    )


# 502 and 503 are credit notes too, though UBL has them among the types of invoices.
_CREDIT_NOTES = CREDIT_NOTE_TYPES | {"502", "503"}


def _word(group: Group, term: str) -> str | None:
    return group.text(term) or None


def _first(words: Iterable[str]) -> str | None:
    return next((word for word in words if word), None)


def _coded(given: Given) -> str:
    return f"{(given.code or '').strip()}:{given.text.strip()}"


def _currency(document: Group) -> str | None:
    """The currency the document names; in older papers, the one beside its amounts."""
    beside = (group.code(term) for group in document.all("totals") for term in ("payable", "net", "lines"))
    return _word(document, "currency") or _first(beside)


# What UBL files say for the buyer's order where only the seller's is known, since UBL wants one.
_NO_ORDER = {"NA", "N/A", "DUMMYWERT", "DUMMY"}


def _order(document: Group) -> str | None:
    order = _word(document, "order")
    return None if order and order.upper() in _NO_ORDER else order


def _due_date(document: Group) -> date | None:
    beside = (payment.day("due date") for payment in document.all("payment"))
    return (
        document.day("due date") or next(filter(None, beside), None) or document.day("due date of the terms")
    )


def _period(group: Group) -> Period | None:
    for period in group.all("period"):
        start, end = period.day("start"), period.day("end")
        if start or end:
            return Period(start, end)
    return None


def _party(party: Group) -> Party:
    name, trading_name = _word(party, "name"), _word(party, "trading name")
    vat, other = _tax_numbers(party)
    person = f"{party.text('first name')} {party.text('family name')}".strip()
    registered = _first(entry.text("name") for entry in party.all("tax registration"))
    return Party(
        name=name or trading_name or registered or person or None,
        vat_id=vat[0] if vat else None,
        legal_id=_word(party, "legal id"),
        country=_word(party.sub("address"), "country"),
        trading_name=trading_name if name and trading_name != name else None,
        ids=(
            *(_coded(given) for given in party.every("id") if given.text.strip()),
            *(f"VAT:{number}" for number in vat[1:]),
            *other,
        ),
        endpoint=_first(_coded(given) for given in party.every("endpoint") if given.text.strip()),
    )


def _with_creditor(seller: Party, document: Group) -> Party:
    """The SEPA number of who is paid (BT-90), which UBL puts among the identifiers of the payee or the seller, and
    CII beside the parties: here it is one of the seller's."""
    payees = [given.text for given in document.sub("payee").every("id") if (given.code or "") == "SEPA"]
    numbers = [f"SEPA:{number.strip()}" for number in (document.text("creditor"), *payees) if number.strip()]
    ids = [number for number in seller.ids if not number.startswith(_OF_TAX)]
    of_tax = [number for number in seller.ids if number.startswith(_OF_TAX)]
    return replace(seller, ids=tuple(dict.fromkeys((*ids, *numbers, *of_tax))))


_OF_TAX = ("VAT:", "FC:")


def _tax_numbers(party: Group) -> tuple[list[str], list[str]]:
    """VAT numbers, and numbers for other taxes as "FC:number" (fiscal number), whatever a file calls the tax. A tax
    that is not named is VAT."""
    vat, other = [], []
    for entry in party.all("tax registration"):
        number, scheme = entry.text("id"), entry.text("scheme").upper()
        if number and (not scheme or "VAT" in scheme or scheme in _VAT_ABROAD):
            vat.append(number)
        elif number:
            other.append(f"FC:{number}")
    return vat, other


_VAT_ABROAD = {"BTW", "TVA", "MWST", "IVA", "GST"}


def _payment(document: Group) -> Payment:
    payments = list(document.all("payment"))
    references = (payment.text(term) for term in ("reference", "instruction") for payment in payments)
    return Payment(
        ibans=tuple(
            dict.fromkeys(
                account.text("id") for account in document.all("payment", "account") if account.text("id")
            )
        ),
        reference=_first(references) or _word(document, "payment reference"),
        means_code=_first(payment.text("means") for payment in payments),
    )


def _totals(document: Group, currency: str | None, accounting: str | None) -> Totals:
    totals = document.sub("totals")
    first = document.sub("VAT total").first("amount")
    vat = vat_total(document, currency or "") or first
    accounted = vat_total(document, accounting or "") if accounting != currency else None
    net, gross = totals.number("net"), totals.number("gross")
    return Totals(
        lines=totals.number("lines"),
        allowances=totals.number("allowances"),
        charges=totals.number("charges"),
        net=net,
        vat=vat.number if vat else _no_vat(net, gross),
        gross=gross,
        prepaid=totals.number("prepaid"),
        rounding=totals.number("rounding") or None,
        payable=totals.number("payable"),
        vat_accounting=accounted.number if accounted else None,
    )


def _no_vat(net: Decimal | None, gross: Decimal | None) -> Decimal | None:
    """Zero where no VAT is given and the totals with and without it are the same."""
    return Decimal(0) if net is not None and net == gross else None


def _breakdowns(document: Group, currency: str | None) -> tuple[VatBreakdown, ...]:
    """The rows in the invoice's currency; where none says so, all rows."""
    totals = [total for total in document.all("VAT total") if "breakdown" in total.groups]
    ours = [total for total in totals if total.code("amount") == currency]
    return tuple(_breakdown(row) for total in ours or totals for row in total.all("breakdown"))


def _breakdown(row: Group) -> VatBreakdown:
    category = row.sub("VAT category")
    rate = category.number("rate")
    return VatBreakdown(
        category=_word(category, "code"),
        rate=row.number("rate") if rate is None else rate,
        base=row.number("base"),
        amount=row.number("amount"),
    )


def _allowances(group: Group, name: str) -> tuple[AllowanceCharge, ...]:
    return tuple(
        AllowanceCharge(
            amount=item.number("amount"),
            reason=_word(item, "reason"),
            reason_code=_word(item, "reason code"),
            base=item.number("base"),
            percent=item.number("percent"),
            vat_category=_word(item.sub("VAT category"), "code"),
            vat_rate=item.sub("VAT category").number("rate"),
        )
        for item in group.groups.get(name, ())
    )


def _line(line: Group) -> InvoiceLine:
    vat, base_quantity = _line_vat(line), line.number("base quantity")
    description = _word(line, "description")
    return InvoiceLine(
        id=_word(line, "id"),
        name=_word(line, "name") or description,
        quantity=line.number("quantity"),
        unit=line.code("quantity") or None,
        net=line.number("net"),
        vat_category=vat.category,
        vat_rate=vat.rate,
        period=_period(line),
        description=description,
        allowances=_allowances(line, "allowance"),
        charges=_allowances(line, "charge"),
        price=line.number("price"),
        price_base_quantity=None if base_quantity == 1 else base_quantity,
        place=f"line {line.line}",
        accounting_reference=_word(line, "accounting reference"),
    )


def _line_vat(line: Group) -> VatBreakdown:
    """Category and rate of a line: its own, or those of its tax total in older papers."""
    for category in line.all("VAT category"):
        return VatBreakdown(_word(category, "code"), category.number("rate"), None, None)
    return _breakdown(line.sub("breakdown"))


def _preceding(document: Group) -> tuple[str, ...]:
    numbers = (
        paper.text("number")
        for reference in document.all("preceding")
        for kind in ("invoice", "credit note")
        for paper in reference.all(kind)
    )
    return tuple(number for number in numbers if number)


def _attachments(document: Group) -> tuple[Attachment, ...]:
    return tuple(
        Attachment(
            name=(name.code or "").strip() or None,
            mime=(file.code or "").strip() or None,
            size=int(file.text),
        )
        for entry in document.all("document", "attachment")
        for file, name in zip(entry.every("file"), entry.every("file name"), strict=True)
    )
