"""Are codes from their lists, and dates and numbers readable? BR-CL-01 to 26, BR-CO-09, and our own two.

`date.unreadable` and `number.unreadable` are ours: the schema of each syntax forbids such words, and the
published rules take that for granted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules import codes
from pilothouse.intake.rules.document import Given, Group, Syntax, fault, read_date, read_decimal


class _Coded(NamedTuple):
    """Where a code stands and which list it is from. `beside`: the code stands beside the term, if at all."""

    rule: str
    path: tuple[str, ...]
    term: str
    known: frozenset[str]
    what: str
    beside: bool = False
    only: str = ""  # the syntax this binding is for; both where empty


_SCHEME = "scheme of an identifier"
_CODED = (
    _Coded("BR-CL-04", (), "currency", codes.CURRENCIES, "currency"),
    _Coded("BR-CL-05", (), "accounting currency", codes.CURRENCIES, "currency"),
    _Coded(
        "BR-CL-06", ("period",), "tax point code", codes.TAX_POINTS, "code for when VAT is due", only="ubl"
    ),
    _Coded(
        "BR-CL-06",
        ("line", "period"),
        "tax point code",
        codes.TAX_POINTS,
        "code for when VAT is due",
        only="ubl",
    ),
    _Coded("BR-CL-10", ("buyer",), "id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True, only="ubl"),
    _Coded(
        "BR-CL-10", ("seller",), "id", codes.IDENTIFIER_SCHEMES | {"SEPA"}, _SCHEME, beside=True, only="ubl"
    ),
    _Coded(
        "BR-CL-10", ("payee",), "id", codes.IDENTIFIER_SCHEMES | {"SEPA"}, _SCHEME, beside=True, only="ubl"
    ),
    _Coded("BR-CL-11", ("seller",), "legal id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True, only="ubl"),
    _Coded("BR-CL-11", ("buyer",), "legal id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True, only="ubl"),
    _Coded("BR-CL-11", ("payee",), "legal id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True, only="ubl"),
    _Coded("BR-CL-13", ("line",), "class", codes.ITEM_CLASSES, "list of item classes", beside=True),
    _Coded("BR-CL-14", ("seller", "address"), "country", codes.COUNTRIES, "country"),
    _Coded("BR-CL-14", ("buyer", "address"), "country", codes.COUNTRIES, "country"),
    _Coded("BR-CL-14", ("tax representative", "address"), "country", codes.COUNTRIES, "country"),
    _Coded("BR-CL-14", ("delivery", "address"), "country", codes.COUNTRIES, "country"),
    _Coded("BR-CL-15", ("line",), "origin country", codes.COUNTRIES, "country"),
    _Coded("BR-CL-16", ("payment",), "means", codes.PAYMENT_MEANS, "means of payment"),
    _Coded(
        "BR-CL-17",
        ("VAT total", "breakdown", "VAT category"),
        "code",
        codes.VAT_CATEGORIES,
        "VAT category",
        only="ubl",
    ),
    _Coded("BR-CL-17", ("allowance", "VAT category"), "code", codes.VAT_CATEGORIES, "VAT category"),
    _Coded("BR-CL-17", ("charge", "VAT category"), "code", codes.VAT_CATEGORIES, "VAT category"),
    _Coded("BR-CL-18", ("line", "VAT category"), "code", codes.VAT_CATEGORIES, "VAT category"),
    _Coded("BR-CL-19", ("allowance",), "reason code", codes.ALLOWANCE_REASONS, "reason for a discount"),
    _Coded(
        "BR-CL-19", ("line", "allowance"), "reason code", codes.ALLOWANCE_REASONS, "reason for a discount"
    ),
    _Coded("BR-CL-20", ("charge",), "reason code", codes.CHARGE_REASONS, "reason for a charge"),
    _Coded("BR-CL-20", ("line", "charge"), "reason code", codes.CHARGE_REASONS, "reason for a charge"),
    _Coded("BR-CL-21", ("line",), "standard id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True),
    _Coded(
        "BR-CL-22",
        ("VAT total", "breakdown", "VAT category"),
        "exemption reason code",
        codes.EXEMPTION_REASONS,
        "reason for not charging VAT",
    ),
    _Coded("BR-CL-23", ("line",), "quantity", codes.UNITS, "unit", beside=True),
    _Coded("BR-CL-23", ("line",), "base quantity", codes.UNITS, "unit", beside=True),
    _Coded(
        "BR-CL-24",
        ("document", "attachment"),
        "file",
        codes.ATTACHMENT_TYPES,
        "type of attachment",
        beside=True,
    ),
    _Coded(
        "BR-CL-25",
        ("seller",),
        "endpoint",
        codes.ENDPOINT_SCHEMES,
        "scheme of an electronic address",
        beside=True,
    ),
    _Coded(
        "BR-CL-25",
        ("buyer",),
        "endpoint",
        codes.ENDPOINT_SCHEMES,
        "scheme of an electronic address",
        beside=True,
    ),
    _Coded("BR-CL-26", ("delivery",), "location id", codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True),
)
_CODED_OF_CII = (
    _Coded("BR-CL-03", ("VAT total",), "amount", codes.CURRENCIES, "currency", beside=True),
    *(
        _Coded("BR-CL-06", path, "tax point code", codes.TAX_POINTS_OF_CII, "code for when VAT is due")
        for path in (("VAT total", "breakdown"), ("line", "VAT category"))
    ),
    *(
        _Coded("BR-CL-07", path, "scheme", codes.OBJECT_SCHEMES, "scheme of invoiced objects")
        for path in (("document",), ("line", "document"))
    ),
    *(
        _Coded("BR-CL-08", path, "note subject", codes.NOTE_SUBJECTS, "subject of a note")
        for path in ((), ("line",))
    ),
    *(
        _Coded(rule, (role,), term, codes.IDENTIFIER_SCHEMES, _SCHEME, beside=True)
        for rule, term in (("BR-CL-10", "global id"), ("BR-CL-11", "plain id"), ("BR-CL-11", "legal id"))
        for role in ("seller", "buyer", "payee", "tax representative")
    ),
    _Coded("BR-CL-14", ("payee", "address"), "country", codes.COUNTRIES, "country"),
    _Coded(
        "BR-CL-18", ("VAT total", "breakdown", "VAT category"), "code", codes.VAT_CATEGORIES, "VAT category"
    ),
    _Coded("BR-CL-22", ("line", "VAT category"), "exemption reason code", codes.EXEMPTION_REASONS, "reason"),
)
_OBJECT = "130"  # a document reference that names the object invoiced (BT-18, BT-128)
_SUBJECT = re.compile(r"#([^#]{3})#")


def check_values(document: Group, *, syntax: Syntax, is_credit_note: bool) -> Iterator[Problem]:
    """`is_credit_note`: the form itself is one (UBL); a form that can be both takes the types of both."""
    yield from _check_type(document, syntax, is_credit_note=is_credit_note)
    for coded in _coded(syntax):
        for group in document.all(*coded.path):
            for given in group.every(coded.term):
                yield from _check_code(coded, given)
    if syntax == "ubl":
        yield from _check_objects(document)
        yield from _check_notes(document)
        yield from _check_currencies(document)
    yield from _check_vat_numbers(document)
    yield from _check_words(document)


def _coded(syntax: Syntax) -> Iterator[_Coded]:
    yield from (coded for coded in _CODED if coded.only in {"", syntax})
    if syntax == "cii":
        yield from _CODED_OF_CII


def _check_code(coded: _Coded, given: Given) -> Iterator[Problem]:
    said = given.code if coded.beside else given.text
    if said is None:
        return
    code = said.strip().upper() if coded.rule == "BR-CL-22" else said.strip()
    if code not in coded.known:
        yield fault(coded.rule, f"“{code}” is not a known {coded.what}.", given)


def _check_type(document: Group, syntax: Syntax, *, is_credit_note: bool) -> Iterator[Problem]:
    known = codes.CREDIT_NOTE_TYPES if is_credit_note else codes.INVOICE_TYPES
    if syntax == "cii":
        known |= codes.CREDIT_NOTE_TYPES
    for given in document.every("type code"):
        if given.text.strip() not in known:
            what = "credit note" if is_credit_note else "invoice"
            yield fault("BR-CL-01", f"“{given.text.strip()}” is not a known type of {what}.", given)


def _check_objects(document: Group) -> Iterator[Problem]:
    for path in (("document",), ("line", "document")):
        for reference in document.all(*path):
            scheme = reference.code("id")
            if reference.text("type code") == _OBJECT and scheme and scheme not in codes.OBJECT_SCHEMES:
                yield fault("BR-CL-07", f"“{scheme}” is not a known scheme of invoiced objects.", reference)


def _check_notes(document: Group) -> Iterator[Problem]:
    for given in document.every("note"):
        subject = _SUBJECT.search(given.text)
        if subject and subject.group(1) not in codes.NOTE_SUBJECTS:
            yield fault("BR-CL-08", f"“{subject.group(1)}” is not a known subject of a note.", given)


def _check_vat_numbers(document: Group) -> Iterator[Problem]:
    for role in ("seller", "buyer", "payee", "tax representative"):
        for entry in document.all(role, "tax registration"):
            number = entry.text("id")
            if entry.is_vat and number and number[:2] not in codes.VAT_PREFIXES:
                message = f"The VAT number “{number}” does not begin with the code of a country."
                yield fault("BR-CO-09", message, entry)


_AMOUNTS = {
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
    "price",
    "price discount",
    "gross price",
}
_NUMBERS = _AMOUNTS | {"quantity", "base quantity", "rate", "percent"}
_DATES = {"issue date", "due date", "tax point date", "start", "end"}


def _check_currencies(group: Group) -> Iterator[Problem]:
    """BR-CL-03: in UBL every amount names its currency."""
    for term, said in group.given.items():
        if term in _AMOUNTS:
            for given in said:
                if (given.code or "").strip() not in codes.CURRENCIES:
                    currency = f"the unknown currency “{given.code}”" if given.code else "no currency"
                    yield fault("BR-CL-03", f"The amount {given.text.strip()} is given in {currency}.", given)
    for groups in group.groups.values():
        for inner in groups:
            yield from _check_currencies(inner)


def _check_words(group: Group) -> Iterator[Problem]:
    """Every number and date can be read."""
    for term, said in group.given.items():
        for given in said:
            if term in _NUMBERS:
                yield from _check_number(given)
            elif term in _DATES:
                yield from _check_date(term, given)
    for groups in group.groups.values():
        for inner in groups:
            yield from _check_words(inner)


def _check_date(term: str, given: Given) -> Iterator[Problem]:
    if given.text.strip() and read_date(given.text) is None:
        message = f"“{given.text.strip()}” is not a date, so the {term} is not known."
        yield fault("date.unreadable", message, given)


def _check_number(given: Given) -> Iterator[Problem]:
    if read_decimal(given.text) is None:
        message = f"“{given.text.strip()}” is not a number, so it is left out."
        yield fault("number.unreadable", message, given)
