"""Is the CII form filled in as EN 16931 allows? Those of the published rules CII-SR and CII-DT that are errors.

They are about elements and attributes and not about terms, so they are asked of the tree itself, piece by piece
while the file is read. The warnings (elements that “should not be present”) are not asked: they concern nothing an
owner could act on. CII-DT-010 to 012 are not asked, since the published rules never reach them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from pilothouse.intake.papers import Problem

Found = Iterator[tuple[str, str]]  # a rule and what is wrong
Check = Callable[[Any], Found]

_DAY = re.compile(r"\s*\d{4}(?:1[0-2]|0[1-9])(?:3[01]|[12]\d|0[1-9])\s*", re.ASCII)
_OF_ANY_ID = (
    ("schemeName", "CII-DT-0010"),
    ("schemeAgencyName", "CII-DT-0020"),
    ("schemeDataURI", "CII-DT-0030"),
    ("schemeURI", "CII-DT-0040"),
)
_OF_PLAIN_ID = (
    ("schemeName", "CII-DT-001"),
    ("schemeAgencyName", "CII-DT-002"),
    ("schemeDataURI", "CII-DT-003"),
    ("schemeURI", "CII-DT-004"),
    ("schemeID", "CII-DT-005"),
    ("schemeAgencyID", "CII-DT-006"),
    ("schemeVersionID", "CII-DT-007"),
)
_PLAIN_IDS = {
    ("GuidelineSpecifiedDocumentContextParameter", "ID"),
    ("ExchangedDocument", "ID"),
    ("AssociatedDocumentLineDocument", "LineID"),
    ("SpecifiedTradeProduct", "SellerAssignedID"),
}
_OF_REFERENCE = {
    "StatusCode": "CII-DT-016",
    "CopyIndicator": "CII-DT-017",
    "GlobalID": "CII-DT-019",
    "RevisionID": "CII-DT-020",
    "Information": "CII-DT-023",
    "SectionName": "CII-DT-025",
    "PreviousRevisionID": "CII-DT-026",
    "EffectiveSpecifiedPeriod": "CII-DT-028",
    "IssuerTradeParty": "CII-DT-029",
    "AttachedSpecifiedBinaryFile": "CII-DT-030",
}
# What only a supporting document of a certain type may have.
_OF_TYPE = {
    "URIID": ("CII-DT-015", {"916"}),
    "TypeCode": ("CII-DT-018", {"50", "130", "916"}),
    "Name": ("CII-DT-021", {"916"}),
    "AttachmentBinaryObject": ("CII-DT-022", {"916"}),
    "ReferenceTypeCode": ("CII-DT-024", {"130"}),
}
_OF_PERIOD = {
    "DurationMeasure": "CII-DT-069",
    "InclusiveIndicator": "CII-DT-070",
    "Description": "CII-DT-071",
    "CompleteDateTime": "CII-DT-073",
    "OpenIndicator": "CII-DT-074",
    "SeasonCode": "CII-DT-075",
    "ID": "CII-DT-076",
    "Name": "CII-DT-077",
    "SequenceNumeric": "CII-DT-078",
    "StartDateFlexibilityCode": "CII-DT-079",
    "ContinuousIndicator": "CII-DT-080",
    "PurposeCode": "CII-DT-081",
}
_OF_ADDRESS = {
    "ID": "CII-DT-082",
    "PostOfficeBox": "CII-DT-083",
    "BuildingName": "CII-DT-084",
    "LineFour": "CII-DT-086",
    "LineFive": "CII-DT-087",
    "StreetName": "CII-DT-088",
    "CitySubDivisionName": "CII-DT-089",
    "CountryName": "CII-DT-090",
    "CountrySubDivisionID": "CII-DT-091",
    "AttentionOf": "CII-DT-092",
    "CareOf": "CII-DT-093",
    "BuildingNumber": "CII-DT-094",
    "DepartmentName": "CII-DT-095",
    "AdditionalStreetName": "CII-DT-096",
}


def check_cii_form(element: Any) -> Iterator[Problem]:
    """What the form of an element and of all in it breaks. A line is asked when it ends, then the rest."""
    for inner in element.iter():
        for check in _checks(inner.tag):
            for rule, what in check(inner):
                yield Problem(rule, "error", what, f"line {int(inner.sourceline or 0)}")


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _children(element: Any, name: str) -> list[Any]:
    return [child for child in element if _local(child) == name]


def _has(element: Any, *path: str) -> int:
    """How many elements the path leads to."""
    found = [element]
    for name in path:
        found = [child for owner in found for child in _children(owner, name)]
    return len(found)


def _too_many(what: str) -> str:
    return f"More than one {what} is given; there can be one."


def _should_not(name: str, owner: Any) -> str:
    return f"“{name}” is given in “{_local(owner)}”, where the standard has no place for it."


def _attributes(element: Any, named: tuple[tuple[str, str], ...]) -> Found:
    for attribute, rule in named:
        if element.get(attribute) is not None:
            yield rule, _should_not(attribute, element)


def _of_identifier(element: Any) -> Found:
    owner = element.getparent()
    plain = owner is not None and (_local(owner), _local(element)) in _PLAIN_IDS
    return _attributes(element, _OF_PLAIN_ID if plain else _OF_ANY_ID)


def _of_type_code(element: Any) -> Found:
    return _attributes(element, (("name", "CII-DT-008"), ("listURI", "CII-DT-009")))


def _of_root(element: Any) -> Found:
    return _attributes(element, (("languageID", "CII-DT-013"), ("languageLocaleID", "CII-DT-014")))


def _of_amount(element: Any) -> Found:
    return _attributes(element, (("currencyID", "CII-DT-031"), ("currencyCodeListVersionID", "CII-DT-032")))


def _of_quantity(element: Any) -> Found:
    return _attributes(
        element,
        (
            ("unitCodeListID", "CII-DT-034"),
            ("unitCodeListAgencyID", "CII-DT-035"),
            ("unitCodeListAgencyName", "CII-DT-036"),
        ),
    )


def _of_day(element: Any) -> Found:
    if element.get("format") == "102" and not _DAY.fullmatch(element.text or ""):
        yield (
            "CII-DT-097",
            f"“{(element.text or '').strip()[:60]}” is not a day as year, month, day in 8 digits.",
        )


def _of_children(rules: dict[str, str]) -> Check:
    def check(element: Any) -> Found:
        for child in element:
            rule = rules.get(_local(child))
            if rule:
                yield rule, _should_not(_local(child), element)

    return check


def _of_reference(element: Any) -> Found:
    yield from _of_children(_OF_REFERENCE)(element)
    types = {(code.text or "").strip() for code in _children(element, "TypeCode")}
    supports = _local(element) == "AdditionalReferencedDocument"
    for name, (rule, allowed) in _OF_TYPE.items():
        if _has(element, name) and not (supports and types & allowed):
            yield rule, _should_not(name, element)


def _of_tax(element: Any) -> Found:
    types = _children(element, "TypeCode")
    if types and all((code.text or "") != "VAT" for code in types):
        yield "CII-DT-037", "The tax is not VAT."


def _of_period(element: Any) -> Found:
    yield from _of_children(_OF_PERIOD)(element)
    for end, rule in (("StartDateTime", "CII-DT-068"), ("EndDateTime", "CII-DT-072")):
        if _has(element, end, "DateTime"):
            yield rule, _should_not("DateTime", element)


def _of_context(element: Any) -> Found:
    if _has(element, "GuidelineSpecifiedDocumentContextParameter") != 1:
        yield "CII-SR-009", "The specification must be named exactly once."
    if _has(element, "GuidelineSpecifiedDocumentContextParameter", "ID") != 1:
        yield "CII-SR-010", "The identifier of the specification must be given exactly once."


def _of_document(element: Any) -> Found:
    if _has(element, "TypeCode") != 1:
        yield "CII-SR-014", "The type of the invoice must be given exactly once."


def _of_product(element: Any) -> Found:
    ids = _children(element, "GlobalID")
    if ids and all(given.get("schemeID") is None for given in ids):
        yield "CII-SR-046", "The item's standard identifier has no scheme."
    if _has(element, "OriginTradeCountry") and _has(element, "OriginTradeCountry", "ID") != 1:
        yield "CII-SR-090", "The country of origin must be given exactly once."


def _of_characteristic(element: Any) -> Found:
    for name, rule in (("Description", "CII-SR-069"), ("Value", "CII-SR-072")):
        if _has(element, name) != 1:
            yield rule, "A property of an item must have exactly one name and one value."


def _of_line_agreement(element: Any) -> Found:
    prices = _has(element, "NetPriceProductTradePrice", "ChargeAmount")
    if prices != 1:
        yield "CII-SR-439", "A line must have exactly one price per unit."
    if prices > 1:
        yield "CII-SR-441", _too_many("price per unit")


def _of_discount(element: Any) -> Found:
    owner = element.getparent()
    of_gross = owner is not None and _local(owner) == "GrossPriceProductTradePrice"
    if of_gross and _has(element, "ActualAmount") > 1:
        yield "CII-SR-440", _too_many("discount on the price")


def _of_agreement(element: Any) -> Found:
    for party, contact, address in (
        ("SellerTradeParty", "CII-SR-455", "CII-SR-459"),
        ("BuyerTradeParty", "CII-SR-456", "CII-SR-460"),
    ):
        if _has(element, party, "DefinedTradeContact") > 1:
            yield contact, _too_many("contact of a party")
        if _has(element, party, "URIUniversalCommunication") > 1:
            yield address, _too_many("electronic address of a party")


def _of_settlement(element: Any) -> Found:
    if _has(element, "ApplicableTradeTax", "TaxPointDate") > 1:
        yield "CII-SR-461", _too_many("day on which VAT is due")
    codes = {
        code.text
        for tax in _children(element, "ApplicableTradeTax")
        for code in _children(tax, "DueDateTypeCode")
    }
    if len(codes) > 1:
        yield "CII-SR-462", _too_many("code for when VAT is due")


_BY_NAME: dict[str, Check] = {
    "CrossIndustryInvoice": _of_root,
    "ExchangedDocumentContext": _of_context,
    "ExchangedDocument": _of_document,
    "SpecifiedTradeProduct": _of_product,
    "ApplicableProductCharacteristic": _of_characteristic,
    "SpecifiedLineTradeAgreement": _of_line_agreement,
    "AppliedTradeAllowanceCharge": _of_discount,
    "ApplicableHeaderTradeAgreement": _of_agreement,
    "ApplicableHeaderTradeSettlement": _of_settlement,
    "TypeCode": _of_type_code,
    "BillingSpecifiedPeriod": _of_period,
    "PostalTradeAddress": _of_children(_OF_ADDRESS),
    "DateTimeString": _of_day,
}
_BY_ENDING: tuple[tuple[str, Check], ...] = (
    ("ID", _of_identifier),
    ("Amount", _of_amount),
    ("Quantity", _of_quantity),
    ("TradeTax", _of_tax),
    ("ReferencedDocument", _of_reference),
)
_HAS_CURRENCY = "TaxTotalAmount"


@lru_cache(maxsize=4096)
def _checks(tag: str) -> tuple[Check, ...]:
    """What is asked of elements of that name."""
    name = tag.rpartition("}")[2]
    by_name = (_BY_NAME[name],) if name in _BY_NAME else ()
    if name == _HAS_CURRENCY:
        return by_name
    return (*by_name, *(check for ending, check in _BY_ENDING if name.endswith(ending)))
