"""Is the UBL form filled in as EN 16931 allows? The published rules UBL-SR (how often) and UBL-DT (how).

They bind the standard's terms to UBL: UBL would allow many of what the standard has one of. Of the rules UBL-CR
the two that are errors are asked. The warnings UBL-CR and UBL-DT-08 to 28 (elements and attributes that "should
not be used") are not: they concern nothing an owner could act on.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Given, Group, fault
from pilothouse.intake.rules.totals import has_too_many_decimals


class _Once(NamedTuple):
    rule: str
    path: tuple[str, ...]
    term: str
    what: str


_ONCE = (
    _Once("UBL-SR-01", (), "contract", "contract"),
    _Once("UBL-SR-02", (), "receiving advice", "receiving advice"),
    _Once("UBL-SR-03", (), "despatch advice", "despatch advice"),
    _Once("UBL-SR-05", (), "payment terms", "text of payment terms"),
    _Once("UBL-SR-09", ("seller",), "name", "registered name of the seller"),
    _Once("UBL-SR-10", ("seller",), "trading name", "trading name of the seller"),
    _Once("UBL-SR-11", ("seller",), "legal id", "company number of the seller"),
    _Once("UBL-SR-14", ("seller",), "legal form", "legal form of the seller"),
    _Once("UBL-SR-15", ("buyer",), "name", "registered name of the buyer"),
    _Once("UBL-SR-16", ("buyer",), "id", "identifier of the buyer"),
    _Once("UBL-SR-17", ("buyer",), "legal id", "company number of the buyer"),
    _Once("UBL-SR-22", ("tax representative",), "trading name", "name of the tax representative"),
    _Once("UBL-SR-25", ("delivery",), "name", "name of the place delivered to"),
    _Once("UBL-SR-26", ("payment",), "reference", "payment reference"),
    _Once("UBL-SR-27", ("payment",), "means", "means of payment"),
    _Once("UBL-SR-30", ("allowance",), "reason", "reason for a discount"),
    _Once("UBL-SR-30", ("line", "allowance"), "reason", "reason for a discount"),
    _Once("UBL-SR-31", ("charge",), "reason", "reason for a charge"),
    _Once("UBL-SR-31", ("line", "charge"), "reason", "reason for a charge"),
    _Once("UBL-SR-32", ("VAT total", "breakdown", "VAT category"), "exemption reason", "reason for no VAT"),
    _Once("UBL-SR-33", ("document",), "description", "description of a document"),
    _Once("UBL-SR-34", ("line",), "note", "note of a line"),
    _Once("UBL-SR-35", ("line",), "order line", "order line"),
    _Once("UBL-SR-37", ("line",), "price discount", "discount on the price"),
    _Once("UBL-SR-39", (), "project", "project"),
    _Once("UBL-SR-40", ("buyer",), "trading name", "trading name of the buyer"),
    _Once("UBL-SR-50", ("line",), "description", "description of an item"),
)
_GROUPS_ONCE = (
    ("UBL-SR-06", ("preceding",), "invoice", "earlier invoice in one reference"),
    ("UBL-SR-08", (), "period", "invoiced period"),
    ("UBL-SR-24", (), "delivery", "delivery"),
    ("UBL-SR-28", ("payment",), "mandate", "mandate"),
    ("UBL-SR-36", ("line",), "period", "period of a line"),
    ("UBL-SR-52", ("line",), "document", "document of a line"),
)
_PARTIES = ("seller", "buyer", "payee", "tax representative")


def check_ubl_form(document: Group, *, is_credit_note: bool) -> Iterator[Problem]:
    for once in _ONCE:
        for group in document.all(*once.path):
            if len(group.every(once.term)) > 1:
                yield _too_often(once.rule, once.what, group)
    for rule, path, name, what in _GROUPS_ONCE:
        for group in document.all(*path):
            if len(group.groups.get(name, ())) > 1:
                yield _too_often(rule, what, group)
    yield from _check_preceding(document)
    yield from _check_tax_numbers(document)
    yield from _check_parties(document)
    yield from _check_creditor(document)
    yield from _check_payee(document)
    yield from _check_payment(document)
    yield from _check_documents(document, is_credit_note=is_credit_note)
    yield from _check_attachments(document)
    yield from _check_lines(document)
    yield from _check_addresses(document)
    yield from _check_decimals(document)


def _too_often(rule: str, what: str, at: Group) -> Problem:
    return fault(rule, f"More than one {what} is given; there can be one.", at)


def _registrations(party: Group) -> tuple[list[Group], list[Group]]:
    """The VAT numbers of a party, and its numbers for other taxes."""
    numbers = [entry for entry in party.all("tax registration") if "id" in entry.given]
    vat = [entry for entry in numbers if entry.is_vat]
    return vat, [entry for entry in numbers if not entry.is_vat and "scheme" in entry.given]


def _check_tax_numbers(document: Group) -> Iterator[Problem]:
    for role in _PARTIES:
        for entry in document.all(role, "tax registration"):
            if "id" not in entry.given or "scheme" not in entry.given:
                yield fault("UBL-SR-53", "A tax number is given without number or without tax.", entry)


def _check_parties(document: Group) -> Iterator[Problem]:
    for role, rule in (("seller", "UBL-SR-12"), ("buyer", "UBL-SR-18"), ("tax representative", "UBL-SR-23")):
        for party in document.all(role):
            vat, _ = _registrations(party)
            if len(vat) > 1:
                yield _too_often(rule, f"VAT number of the {role}", vat[1])
    for seller in document.all("seller"):
        _, other = _registrations(seller)
        if len(other) > 1:
            yield _too_often("UBL-SR-13", "tax number of the seller", other[1])
        if len(seller.groups.get("tax registration", ())) > 2:
            yield fault("UBL-SR-42", "More than two tax numbers of the seller are given.", seller)


def _is_creditor(given: Given) -> bool:
    """Whether an identifier is a SEPA creditor number, which UBL puts among the identifiers of a party."""
    return (given.code or "").upper() == "SEPA"


def _check_creditor(document: Group) -> Iterator[Problem]:
    parties = (party for role in _PARTIES for party in document.all(role))
    creditors = [given for party in parties for given in party.every("id") if _is_creditor(given)]
    if len(creditors) > 1:
        message = "More than one SEPA creditor number is given; there can be one."
        yield fault("UBL-SR-29", message, creditors[1])


def _check_payee(document: Group) -> Iterator[Problem]:
    sellers = {given.text for given in document.sub("seller").every("name")}
    for payee in document.all("payee"):
        names = payee.every("trading name")
        differs = any(name.text != seller for name in names for seller in sellers)
        ids = [given for given in payee.every("id") if not _is_creditor(given)]
        for rule, count, what in (
            ("UBL-SR-19", len(names), "name"),
            ("UBL-SR-20", len(ids), "identifier"),
            ("UBL-SR-21", len(payee.every("legal id")), "company number"),
        ):
            if count > 1 or not differs:
                message = f"The payee must be another than the seller and have at most one {what}."
                yield fault(rule, message, payee)


def _check_payment(document: Group) -> Iterator[Problem]:
    payments = list(document.all("payment"))
    references = {given.text for payment in payments for given in payment.every("reference")}
    if len(references) > 1:
        yield fault(
            "UBL-SR-44", "Several payment references are given; which one to use is not said.", payments[0]
        )
    means = {given.text for payment in payments for given in payment.every("means")}
    if len(means) > 1:
        yield fault("UBL-SR-47", "Several means of payment are given; they must be the same.", payments[0])
    if sum(len(payment.every("due date")) for payment in payments) > 1:
        yield _too_often("UBL-SR-45", "due date", payments[0])
    texts = [g for payment in payments for g in payment.every("means") if g.code is not None]
    if len(texts) > 1:
        yield _too_often("UBL-SR-46", "text for the means of payment", payments[0])
    codes = [period for period in document.all("period") if "tax point code" in period.given]
    if sum(len(period.every("tax point code")) for period in codes) > 1:
        yield _too_often("UBL-SR-49", "code for when VAT is due", codes[0])


def _check_documents(document: Group, *, is_credit_note: bool) -> Iterator[Problem]:
    for reference in document.all("document"):
        kind = reference.text("type code")
        plain = "type code" not in reference.given and not any(
            g.code is not None for g in reference.every("id")
        )
        if not (plain or kind == "130" or (is_credit_note and kind == "50")):
            message = "A supporting document carries a type or scheme that only an invoiced object may have."
            yield fault("UBL-SR-43", message, reference)
    objects = [reference for reference in document.all("document") if reference.text("type code") == "130"]
    for reference in objects:
        if "attachment" in reference.groups:
            yield fault("UBL-CR-666", "The invoiced object carries an attachment.", reference)
        if "description" in reference.given:
            yield fault("UBL-CR-673", "The invoiced object carries a description.", reference)
    if sum("id" in reference.given for reference in objects) > 1:
        yield _too_often("UBL-SR-04", "invoiced object", objects[1])


def _check_preceding(document: Group) -> Iterator[Problem]:
    for preceding in document.all("preceding"):
        if not any("number" in invoice.given for invoice in preceding.all("invoice")):
            yield fault("UBL-SR-07", "The earlier invoice referred to has no number.", preceding)


def _check_attachments(document: Group) -> Iterator[Problem]:
    for attachment in document.all("document", "attachment"):
        for given in attachment.every("file"):
            if given.code is None:
                yield fault("UBL-DT-06", "An attachment does not say of which type it is.", given)
        for given in attachment.every("file name"):
            if given.code is None:
                yield fault("UBL-DT-07", "An attachment has no file name.", given)


def _check_lines(document: Group) -> Iterator[Problem]:
    for line in document.all("line"):
        if len(line.groups.get("VAT category", ())) != 1:
            yield fault("UBL-SR-48", "A line must have exactly one VAT category.", line)


def _check_addresses(document: Group) -> Iterator[Problem]:
    for role in (*_PARTIES, "delivery"):
        for address in document.all(role, "address"):
            if len(address.groups.get("third line", ())) > 1:
                yield _too_often("UBL-SR-51", "third line in an address", address)


_COARSE = {
    "amount",
    "base",
    "net",
    "lines",
    "allowances",
    "charges",
    "gross",
    "prepaid",
    "rounding",
    "payable",
}


def _check_decimals(group: Group) -> Iterator[Problem]:
    """UBL-DT-01: amounts have two decimals; prices may have more."""
    for term, said in group.given.items():
        if term in _COARSE:
            yield from (_too_fine(given) for given in said if has_too_many_decimals(given))
    for groups in group.groups.values():
        for inner in groups:
            yield from _check_decimals(inner)


def _too_fine(given: Given) -> Problem:
    return fault("UBL-DT-01", f"The amount {given.text.strip()} has more than two decimals.", given)
