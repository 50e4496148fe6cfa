"""Is the VAT of each category right? Families BR-S, Z, E, AE, IC, G, O, B, AF (Canaries), AG (Ceuta).

Every family asks the same ten questions with its own answers, so a family is a row of `_FAMILIES`:
01 every category used stands in the breakdown, 02 to 04 the numbers of seller and buyer it needs, 05 to
07 its rate, 08 its base is the sum of its lines, charges and discounts, 09 its VAT, 10 a reason for not
charging VAT. Published tolerances: in UBL, where a rate is charged, base and VAT may be off by less than one
unit of the currency, elsewhere sums are exact; in CII it is the other way round for the base, and of the Spanish
taxes base and VAT are not asked. A richer profile may allow more (`tolerance`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Group, Syntax, fault
from pilothouse.intake.rules.totals import is_vat_of
from pilothouse.intake.shapes import decimal_text

_ZERO = Decimal(0)
_ONE = Decimal(1)
# Where a category can be used: on what, and the last figure of the rules on numbers and on rates.
_USES = (("line", "02", "05"), ("allowance", "03", "06"), ("charge", "04", "07"))
_CALLED = {"line": "line", "allowance": "discount on the invoice", "charge": "charge on the invoice"}


class _Entry(NamedTuple):
    """A line, allowance, charge or row of the breakdown, with one VAT category of its own."""

    owner: Group
    category: Group
    code: str
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class _Parties:
    """Which numbers seller and buyer give."""

    seller_vat: bool
    seller_any: bool
    buyer_vat: bool
    buyer_legal: bool


@dataclass(frozen=True, slots=True)
class _Facts:
    """All uses of VAT categories on one invoice."""

    used: dict[str, list[_Entry]]
    breakdown: list[_Entry]
    parties: _Parties
    has_lines: bool
    syntax: Syntax
    tolerance: Decimal


def _entries(document: Group, *path: str) -> list[_Entry]:
    return [
        _Entry(owner, category, category.text("code"), category.number("rate"))
        for owner in document.all(*path)
        for category in owner.groups.get("VAT category", ())
        if "code" in category.given
    ]


def _has_number(document: Group, *path: str, any_tax: bool = False) -> bool:
    return any((any_tax or entry.is_vat) and "id" in entry.given for entry in document.all(*path))


def _facts(document: Group, syntax: Syntax, tolerance: Decimal) -> _Facts:
    represented = _has_number(document, "tax representative", "tax registration")
    return _Facts(
        used={kind: _entries(document, kind) for kind, _, _ in _USES},
        breakdown=_entries(document, "VAT total", "breakdown"),
        parties=_Parties(
            seller_vat=represented or _has_number(document, "seller", "tax registration"),
            seller_any=represented or _has_number(document, "seller", "tax registration", any_tax=True),
            buyer_vat=_has_number(document, "buyer", "tax registration"),
            buyer_legal=any("legal id" in buyer.given for buyer in document.all("buyer")),
        ),
        has_lines=bool(document.groups.get("line")),
        syntax=syntax,
        tolerance=tolerance,
    )


def _is_zero(rate: Decimal | None) -> bool:
    return rate == 0


def _is_above_zero(rate: Decimal | None) -> bool:
    return rate is not None and rate > 0


def _is_not_below_zero(rate: Decimal | None) -> bool:
    return rate is not None and rate >= 0


@dataclass(frozen=True, slots=True)
class _Family:
    """One VAT category. `charged`: VAT is due at a rate, so rows go by rate. `base_off`: by how much less than
    which the base may be off; `sums_asked`: whether base and VAT are asked at all."""

    name: str
    code: str
    called: str
    rate: Callable[[Decimal | None], bool]
    rate_called: str
    numbers: Callable[[_Parties], bool]
    numbers_called: str
    charged: bool = False
    base_off: Decimal | None = None
    sums_asked: bool = True


def _seller_any(parties: _Parties) -> bool:
    return parties.seller_any


_SELLER_ANY = "a VAT or tax number of the seller"
_FAMILIES = (
    _Family("S", "S", "standard rate", _is_above_zero, "above zero", _seller_any, _SELLER_ANY, True),
    _Family("Z", "Z", "zero rate", _is_zero, "0", _seller_any, _SELLER_ANY),
    _Family("E", "E", "exempt", _is_zero, "0", _seller_any, _SELLER_ANY),
    _Family(
        "AE",
        "AE",
        "reverse charge",
        _is_zero,
        "0",
        lambda parties: parties.seller_any and (parties.buyer_vat or parties.buyer_legal),
        "a VAT or tax number of the seller and a VAT or company number of the buyer",
    ),
    _Family(
        "IC",
        "K",
        "supply within the EU",
        _is_zero,
        "0",
        lambda parties: parties.seller_vat and parties.buyer_vat,
        "the VAT numbers of seller and buyer",
    ),
    _Family(
        "G", "G", "export", _is_zero, "0", lambda parties: parties.seller_vat, "a VAT number of the seller"
    ),
    _Family(
        "O",
        "O",
        "not subject to VAT",
        lambda rate: True,  # that none may be written at all is asked of the words
        "left out",
        lambda parties: not (parties.seller_vat or parties.buyer_vat),
        "no VAT number of seller or buyer",
    ),
    _Family(
        "AF", "L", "Canary Islands tax", _is_not_below_zero, "zero or more", _seller_any, _SELLER_ANY, True
    ),
    _Family(
        "AG", "M", "Ceuta and Melilla tax", _is_not_below_zero, "zero or more", _seller_any, _SELLER_ANY, True
    ),
)


def _of_ubl(family: _Family) -> _Family:
    return replace(family, base_off=_ONE if family.charged else None)


def _of_cii(family: _Family) -> _Family:
    if family.code in {"L", "M"}:
        above = family.code == "L"  # published so, though the words of the rule allow zero
        return replace(
            family,
            rate=_is_above_zero if above else family.rate,
            rate_called="above zero" if above else family.rate_called,
            sums_asked=False,
        )
    return replace(family, base_off=None if family.code in {"S", "O"} else _ONE)


_FAMILIES_OF: dict[Syntax, tuple[_Family, ...]] = {
    "ubl": tuple(map(_of_ubl, _FAMILIES)),
    "cii": tuple(map(_of_cii, _FAMILIES)),
}


def check_vat(document: Group, *, syntax: Syntax, tolerance: Decimal) -> Iterator[Problem]:
    facts = _facts(document, syntax, tolerance)
    codes = {entry.code for found in (*facts.used.values(), facts.breakdown) for entry in found}
    for family in _FAMILIES_OF[syntax]:
        if family.code in codes:
            yield from _check_family(document, family, facts)
    yield from _check_supply_within_eu(document, facts)
    yield from _check_not_subject(document, facts)
    yield from _check_split_payment(document, facts)


def _check_family(document: Group, family: _Family, facts: _Facts) -> Iterator[Problem]:
    yield from _check_breakdown_has_it(document, family, facts)
    for kind, numbers_rule, rate_rule in _USES:
        entries = [entry for entry in facts.used[kind] if entry.code == family.code]
        yield from _check_numbers(f"BR-{family.name}-{numbers_rule}", family, facts, kind, entries)
        yield from _check_rates(f"BR-{family.name}-{rate_rule}", family, entries)
    for entry in facts.breakdown:
        if entry.code == family.code and entry.category.is_vat:
            if family.sums_asked:
                yield from _check_base(family, facts, entry)
                yield from _check_amount(family, entry)
            yield from _check_reason(family, entry)


def _check_breakdown_has_it(document: Group, family: _Family, facts: _Facts) -> Iterator[Problem]:
    """01: a category charged at several rates has a row for each, any other exactly one."""
    # Of "S" in UBL, and of all in CII, the published rule does not ask whether the tax is VAT.
    strict = family.code != "S" and facts.syntax == "ubl"
    rows = [e for e in facts.breakdown if e.code == family.code and (e.category.is_vat or not strict)]
    uses = [
        e
        for entries in facts.used.values()
        for e in entries
        if e.code == family.code and (e.category.is_vat or not strict)
    ]
    if not _are_broken_down(family, facts.syntax, len(rows), len(uses)):
        message = (
            f"The VAT category “{family.called}” ({family.code}) needs "
            f"{'at least' if family.charged else 'exactly'} one row in the VAT breakdown and a "
            f"use on a line, discount or charge; there are {len(rows)} rows and {len(uses)} uses."
        )
        yield fault(f"BR-{family.name}-01", message, rows[0].owner if rows else document)


def _are_broken_down(family: _Family, syntax: Syntax, rows: int, uses: int) -> bool:
    if syntax == "ubl":
        return (rows > 0) == (uses > 0) if family.charged else rows == 1 or not (rows or uses)
    if family.charged:
        return rows > 0 or not uses
    if family.code == "O":
        return not rows or (rows == 1 and uses > 0)
    return (rows == 1 and uses > 0) or not (rows or uses)


def _check_numbers(
    rule: str, family: _Family, facts: _Facts, kind: str, entries: list[_Entry]
) -> Iterator[Problem]:
    """02, 03, 04: seller and buyer can be recognised by the tax office."""
    taxed = [entry for entry in entries if entry.category.is_vat]
    if facts.syntax == "ubl" and kind == "line" and family.code == "S" and entries and not taxed:
        taxed, holds = entries, False
    else:
        holds = family.numbers(facts.parties)
    if taxed and not holds:
        message = f"A {_CALLED[kind]} with VAT category “{family.called}” asks for {family.numbers_called}."
        yield fault(rule, message, taxed[0].owner)


def _check_rates(rule: str, family: _Family, entries: list[_Entry]) -> Iterator[Problem]:
    """05, 06, 07: the rate fits the category."""
    for entry in entries:
        if not entry.category.is_vat:
            continue
        written = "rate" in entry.category.given
        if written if family.code == "O" else not family.rate(entry.rate):
            said = "none is given" if entry.rate is None else f"it is {decimal_text(entry.rate)} %"
            message = f"The VAT rate of “{family.called}” must be {family.rate_called}, but {said}."
            yield fault(rule, message, entry.category)


def _sum(facts: _Facts, kind: str, term: str, code: str, rate: Decimal | None) -> tuple[Decimal, int]:
    """What all of a kind in that category (and rate, unless None) come to, and how many there are."""
    total, count = _ZERO, 0
    for entry in facts.used[kind]:
        if entry.code == code and (rate is None or entry.rate == rate):
            total += entry.owner.number(term) or _ZERO
            count += 1
    return total, count


def _check_base(family: _Family, facts: _Facts, row: _Entry) -> Iterator[Problem]:
    """08: the base is what the lines, charges and discounts of the category come to."""
    if family.charged and row.rate is None:
        return
    rate = row.rate if family.charged else None
    lines, line_count = _sum(facts, "line", "net", family.code, rate)
    charges, charge_count = _sum(facts, "charge", "amount", family.code, rate)
    allowances, allowance_count = _sum(facts, "allowance", "amount", family.code, rate)
    base, found = row.owner.number("base"), lines + charges - allowances
    used = line_count + charge_count + allowance_count > 0
    asked = facts.syntax == "cii" or (used if family.code == "S" else facts.has_lines)
    close = base is not None and _is_close(family, base, found, facts.tolerance)
    if not (asked and close):
        at = f" at {decimal_text(rate)} %" if rate is not None else ""
        message = (
            f"The VAT breakdown gives {decimal_text(base) or 'no amount'} as base of “{family.called}”{at}, "
            f"but its lines, charges and discounts come to {decimal_text(found)}."
        )
        yield fault(f"BR-{family.name}-08", message, row.owner)


def _is_close(family: _Family, base: Decimal, found: Decimal, tolerance: Decimal) -> bool:
    if family.base_off is not None:
        return abs(base - found) < max(family.base_off, tolerance)
    return abs(base - found) <= tolerance


def _check_amount(family: _Family, row: _Entry) -> Iterator[Problem]:
    """09: base times rate where VAT is charged, zero elsewhere."""
    amount = row.owner.number("amount")
    holds = is_vat_of(row.owner.number("base"), row.rate, amount) if family.charged else amount == 0
    if not holds:
        due = f"{decimal_text(row.rate) or 'no rate'} % of its base" if family.charged else "zero"
        message = (
            f"The VAT of “{family.called}” must be {due}, but it is {decimal_text(amount) or 'not given'}."
        )
        yield fault(f"BR-{family.name}-09", message, row.owner)


def _check_reason(family: _Family, row: _Entry) -> Iterator[Problem]:
    """10: who charges no VAT says why; who charges it, or zero, gives no such reason."""
    given = "exemption reason" in row.category.given or "exemption reason code" in row.category.given
    asked = not family.charged and family.code != "Z"
    if given != asked:
        message = (
            f"No VAT is charged (“{family.called}”), but no reason is given."
            if asked
            else f"A reason for not charging VAT is given, but the category is “{family.called}”."
        )
        yield fault(f"BR-{family.name}-10", message, row.category)


def _rows(facts: _Facts, code: str) -> list[_Entry]:
    return [entry for entry in facts.breakdown if entry.code == code and entry.category.is_vat]


def _check_supply_within_eu(document: Group, facts: _Facts) -> Iterator[Problem]:
    for row in _rows(facts, "K")[:1]:
        delivered = any(len(delivery.text("date")) > 1 for delivery in document.all("delivery"))
        if not delivered and not any(period.given for period in document.all("period")):
            message = "A supply within the EU needs a delivery date or an invoiced period."
            yield fault("BR-IC-11", message, row.owner)
        if not any(len(address.text("country")) > 1 for address in document.all("delivery", "address")):
            yield fault("BR-IC-12", "A supply within the EU needs the country of delivery.", row.owner)


def _check_not_subject(document: Group, facts: _Facts) -> Iterator[Problem]:
    """BR-O-11 to 14: what is not subject to VAT stands alone on its invoice."""
    if not _rows(facts, "O"):
        return
    for rule, entries, what in (
        ("BR-O-11", facts.breakdown, "the VAT breakdown has other categories"),
        ("BR-O-12", facts.used["line"], "a line has another category"),
        ("BR-O-13", facts.used["allowance"], "a discount on the invoice has another category"),
        ("BR-O-14", facts.used["charge"], "a charge on the invoice has another category"),
    ):
        other = next((e for e in entries if e.code != "O" and e.category.is_vat), None)
        if other:
            yield fault(rule, f"The invoice says it is not subject to VAT, but {what}.", other.owner)


def _check_split_payment(document: Group, facts: _Facts) -> Iterator[Problem]:
    """BR-B-01, BR-B-02: split payment is for invoices within Italy and not mixed with the standard rate."""
    entries = [entry for found in (*facts.used.values(), facts.breakdown) for entry in found]
    split = next((entry for entry in entries if entry.code == "B"), None)
    if not split:
        return
    if any(country != "IT" for country in _countries(document)):
        yield fault("BR-B-01", "Split payment is only for invoices within Italy.", split.owner)
    if any(entry.code == "S" for found in facts.used.values() for entry in found):
        message = "Split payment and the standard VAT rate stand on the same invoice."
        yield fault("BR-B-02", message, split.owner)


def _countries(document: Group) -> Iterator[str]:
    for role in ("seller", "buyer", "tax representative", "delivery"):
        for address in document.all(role, "address"):
            yield from (given.text.strip() for given in address.every("country"))
    for line in document.all("line"):
        yield from (given.text.strip() for given in line.every("origin country"))
