"""Do the sums hold, and are amounts written as amounts? BR-CO-10 to 17, BR-CO-25, BR-DEC.

Equality is exact after rounding to the cent as the published rules round; only the VAT of a rate may
be off by less than one unit of the currency (BR-CO-17; in CII by one), since programs round per line or per rate.
`tolerance` is what a richer profile allows on top.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Given, Group, Syntax, fault, rounded, vat_total, whole
from pilothouse.intake.shapes import amount_text, decimal_text

_ZERO = Decimal(0)
_ONE = Decimal(1)
_EXTENSION = "kosit:extension:xrechnung"


def check_totals(document: Group, *, syntax: Syntax, tolerance: Decimal) -> Iterator[Problem]:
    for totals in document.all("totals"):
        yield from _check_sums(document, totals, tolerance)
        yield from _check_net(totals, tolerance)
        yield from _check_payable(document, totals)
        yield from _check_gross(document, totals, syntax, tolerance)
    yield from _check_vat(document, syntax)
    yield from _check_decimals(document)


def _differ(stated: Decimal | None, found: Decimal | None, tolerance: Decimal) -> bool:
    return stated is None or found is None or abs(stated - found) > tolerance


def sum_of(groups: Iterable[Group], term: str) -> Decimal:
    return sum((group.number(term) or _ZERO for group in groups), _ZERO)


def _said(amount: Decimal | None) -> str:
    return amount_text(amount) or "no readable amount"


def _check_sums(document: Group, totals: Group, tolerance: Decimal) -> Iterator[Problem]:
    """BR-CO-10, 11, 12: each sum is that of its parts; of no discounts or charges it may be left out."""
    for rule, term, part, what, may_lack in (
        ("BR-CO-10", "lines", "line", "lines", False),
        ("BR-CO-11", "allowances", "allowance", "discounts on the invoice", True),
        ("BR-CO-12", "charges", "charge", "charges on the invoice", True),
    ):
        if may_lack and term not in totals.given and part not in document.groups:
            continue
        stated = totals.number(term)
        found = rounded(sum_of(document.all(part), "net" if part == "line" else "amount"))
        if _differ(stated, found, tolerance):
            message = f"The sum of the {what} is given as {_said(stated)}, but they add up to {_said(found)}."
            yield fault(rule, message, totals.first(term) or totals)


def _check_net(totals: Group, tolerance: Decimal) -> Iterator[Problem]:
    """BR-CO-13: lines plus charges less discounts; exact where there are none of both."""
    lines, net = totals.number("lines"), totals.number("net")
    expected = lines
    if lines is not None and ("charges" in totals.given or "allowances" in totals.given):
        expected = rounded(
            lines + (totals.number("charges") or _ZERO) - (totals.number("allowances") or _ZERO)
        )
    if _differ(net, expected, tolerance):
        message = (
            f"The total without VAT is {_said(net)}, but lines, charges and discounts give {_said(expected)}."
        )
        yield fault("BR-CO-13", message, totals.first("net") or totals)


def _check_gross(document: Group, totals: Group, syntax: Syntax, tolerance: Decimal) -> Iterator[Problem]:
    """BR-CO-15: in the invoice's currency, VAT is given once and makes up the difference.

    CII may leave it out where there is no difference.
    """
    currency = document.text("currency")
    net, gross = totals.number("net"), totals.number("gross")
    if "currency" not in document.given or (syntax == "cii" and not _differ(gross, net, Decimal(0))):
        return
    said = [total for total in document.all("VAT total") if total.code("amount") == currency]
    if len(said) != 1:
        message = (
            f"The total VAT is given {len(said)} times in {currency or 'no currency'}; it must be given once."
        )
        yield fault("BR-CO-15", message, totals)
        return
    vat = said[0].number("amount")
    if net is None or vat is None or _differ(gross, rounded(net + vat), tolerance):
        message = (
            f"{_said(net)} without VAT plus {_said(vat)} VAT is not the total with VAT of {_said(gross)}."
        )
        yield fault("BR-CO-15", message, totals.first("gross") or totals)


def _for_third_parties(document: Group) -> Decimal:
    """What the seller collects for others; only the extension of XRechnung adds it to the amount to pay."""
    if _EXTENSION not in document.text("specification"):
        return _ZERO
    return sum((given.number or _ZERO for given in document.every("third-party amount")), _ZERO)


def _check_payable(document: Group, totals: Group) -> Iterator[Problem]:
    """BR-CO-16, and BR-DEX-09 of the extension of XRechnung, which replaces it."""
    gross, payable = totals.number("gross"), totals.number("payable")
    if gross is not None:
        gross += _for_third_parties(document)
    prepaid, rounding = totals.number("prepaid"), totals.number("rounding")
    expected, asked = gross, payable
    if gross is not None and prepaid is not None:
        expected = rounded(gross - prepaid)
    if payable is not None and rounding is not None:
        asked = rounded(payable - rounding)
    if expected is None or asked is None or asked != expected:
        message = (
            f"The amount to pay is {_said(payable)}, but the total with VAT {_said(gross)} less paid "
            f"{_said(prepaid or _ZERO)} and rounded by {_said(rounding or _ZERO)} is not."
        )
        yield fault("BR-CO-16", message, totals.first("payable") or totals)


def _check_vat(document: Group, syntax: Syntax) -> Iterator[Problem]:
    """BR-CO-14: the total VAT is the sum of its rates. BR-CO-17: the VAT of a rate is base times rate."""
    for total in document.all("VAT total"):
        stated, found = total.number("amount"), rounded(sum_of(total.all("breakdown"), "amount"))
        if _is_of_its_rates(document, total, syntax) and stated != found:
            message = f"The total VAT is given as {_said(stated)}, but its rates add up to {_said(found)}."
            yield fault("BR-CO-14", message, total)
        for breakdown in total.all("breakdown"):
            yield from _check_vat_of_rate(breakdown, syntax)


def _is_of_its_rates(document: Group, total: Group, syntax: Syntax) -> bool:
    """UBL puts the rates into their total; in CII they are those of the total in the invoice's currency."""
    if syntax == "ubl":
        return "breakdown" in total.groups
    return total.code("amount") != "" and total.code("amount") == document.text("currency")


def _check_vat_of_rate(breakdown: Group, syntax: Syntax) -> Iterator[Problem]:
    base, amount = breakdown.number("base"), breakdown.number("amount")
    rate = next(
        (category.number("rate") for category in breakdown.all("VAT category") if category.is_vat), None
    )
    if amount is not None and (not rate or whole(rate) == 0):
        holds = whole(amount) == 0
    else:
        holds = is_vat_of(base, rate, amount, or_one_off=syntax == "cii")
    if not holds:
        percent = f"{decimal_text(rate)} %" if rate is not None else "nothing, as no rate is given,"
        message = f"VAT of {_said(amount)} is not {percent} of {_said(base)}."
        yield fault("BR-CO-17", message, breakdown)


def is_vat_of(
    base: Decimal | None, rate: Decimal | None, amount: Decimal | None, *, or_one_off: bool = False
) -> bool:
    """Whether `amount` is `rate` percent of `base`, less than one unit of the currency off; signs aside.

    `or_one_off`: exactly one unit will do.
    """
    if base is None or rate is None or amount is None:
        return False
    off = abs(abs(amount) - rounded(abs(base) * rate / 100))
    return off < _ONE or (or_one_off and off == _ONE)


def check_due(document: Group) -> Iterator[Problem]:
    """BR-CO-25, of invoices only: who asks for money says until when or on which terms."""
    for totals in document.all("totals"):
        payable = totals.number("payable")
        has_terms = "due date" in document.given or "payment terms" in document.given
        if payable is not None and payable > 0 and not has_terms:
            message = "Money is asked for, but neither a due date nor payment terms are given."
            yield fault("BR-CO-25", message, totals.first("payable") or totals)


_DECIMALS: tuple[tuple[str, tuple[str, ...], str], ...] = (
    ("BR-DEC-01", ("allowance",), "amount"),
    ("BR-DEC-02", ("allowance",), "base"),
    ("BR-DEC-05", ("charge",), "amount"),
    ("BR-DEC-06", ("charge",), "base"),
    ("BR-DEC-09", ("totals",), "lines"),
    ("BR-DEC-10", ("totals",), "allowances"),
    ("BR-DEC-11", ("totals",), "charges"),
    ("BR-DEC-12", ("totals",), "net"),
    ("BR-DEC-14", ("totals",), "gross"),
    ("BR-DEC-16", ("totals",), "prepaid"),
    ("BR-DEC-17", ("totals",), "rounding"),
    ("BR-DEC-18", ("totals",), "payable"),
    ("BR-DEC-19", ("VAT total", "breakdown"), "base"),
    ("BR-DEC-20", ("VAT total", "breakdown"), "amount"),
    ("BR-DEC-23", ("line",), "net"),
    ("BR-DEC-24", ("line", "allowance"), "amount"),
    ("BR-DEC-25", ("line", "allowance"), "base"),
    ("BR-DEC-27", ("line", "charge"), "amount"),
    ("BR-DEC-28", ("line", "charge"), "base"),
)


def has_too_many_decimals(given: Given) -> bool:
    return len(given.text.strip().partition(".")[2]) > 2


def _check_decimals(document: Group) -> Iterator[Problem]:
    for rule, path, term in _DECIMALS:
        for group in document.all(*path):
            for given in group.every(term):
                if has_too_many_decimals(given):
                    yield _too_fine(rule, given)
    for rule, term in (("BR-DEC-13", "currency"), ("BR-DEC-15", "accounting currency")):
        given_total = vat_total(document, document.text(term))
        if given_total and has_too_many_decimals(given_total):
            yield _too_fine(rule, given_total)


def _too_fine(rule: str, given: Given) -> Problem:
    return fault(rule, f"The amount {given.text.strip()} has more than two decimals.", given)
