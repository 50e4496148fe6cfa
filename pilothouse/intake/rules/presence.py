"""Is everything there that EN 16931 asks for? The rules BR-01 to BR-67 and their kin among BR-CO.

`_EACH` asks every group of a kind for what it must have; `_ONCE` asks the document itself. "Has" means
that the element stands there, "says" that it also has text: the published rules tell the two apart, and bind
some of them otherwise to UBL than to CII (`only`). BR-66 is another rule in each.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Group, Syntax, fault, vat_total

Test = Callable[[Group], bool]


class _Must(NamedTuple):
    rules: str
    path: tuple[str, ...]
    holds: Test
    message: str
    only: str = ""  # the syntax this binding is for; both where empty


def _has(term: str) -> Test:
    return lambda group: term in group.given


def _has_one_of(*terms: str) -> Test:
    return lambda group: any(term in group.given for term in terms)


def _says(term: str) -> Test:
    return lambda group: any(given.text.strip() for given in group.every(term))


def _is_coded(term: str) -> Test:
    return lambda group: all(given.code is not None for given in group.every(term))


def _names_scheme(term: str) -> Test:
    return lambda group: all((given.code or "").strip() for given in group.every(term))


def _has_vat_category(group: Group) -> bool:
    return any(category.is_vat and "code" in category.given for category in group.all("VAT category"))


def _has_vat_rate(group: Group) -> bool:
    return any(
        category.is_vat and ("rate" in category.given or category.text("code") == "O")
        for category in group.all("VAT category")
    )


def _has_vat_id(party: Group) -> bool:
    return any(entry.is_vat and "id" in entry.given for entry in party.all("tax registration"))


def _is_not_negative(term: str) -> Test:
    """Nothing said is for another rule to say."""
    return lambda group: (number := group.number(term)) is None or number >= 0


def _ends_after_start(period: Group) -> bool:
    start, end = period.day("start"), period.day("end")
    return start is None or end is None or end >= start


def _shows_few_digits(card: Group) -> bool:
    return all(len(given.text.strip()) <= 10 for given in card.every("number"))


_CREDIT_TRANSFERS = {"30", "58"}


def _has_account_if_needed(payment: Group) -> bool:
    if payment.text("means") not in _CREDIT_TRANSFERS:
        return True
    return any("id" in account.given for account in payment.all("account"))


def _accounts_are_named(payment: Group) -> bool:
    if payment.text("means") not in _CREDIT_TRANSFERS:
        return True
    return all(account.text("id") for account in payment.all("account"))


def _has_account(account: Group) -> bool:
    return "id" in account.given


_DIRECT_DEBITS = {"49", "59"}


def _accounts_have_one_number(payment: Group) -> bool:
    """An account is named by its IBAN or by a number of its own, not by both; asked of direct debits."""
    if payment.text("means") not in _DIRECT_DEBITS:
        return True
    return all(len(account.every("id")) < 2 for account in payment.all("account"))


def _says_vat_id(party: Group) -> bool:
    return any(entry.is_vat and entry.text("id") for entry in party.all("tax registration"))


def _has_country(party: Group) -> bool:
    return any("country" in address.given for address in party.all("address"))


def _says_name_and_value(attribute: Group) -> bool:
    return "name" in attribute.given and "value" in attribute.given


def _is_identified(seller: Group) -> bool:
    return _has_vat_id(seller) or "id" in seller.given or "legal id" in seller.given


def _names_an_invoice(preceding: Group) -> bool:
    return any("number" in invoice.given for invoice in preceding.all("invoice"))


_ADDRESSES_OF_REPRESENTATIVE = ("tax representative", "address")
_REASONS = _has_one_of("reason", "reason code")

_EACH = (
    _Must("BR-09", ("seller", "address"), _says("country"), "The seller's address names no country.", "ubl"),
    _Must("BR-11", ("buyer", "address"), _says("country"), "The buyer's address names no country.", "ubl"),
    _Must("BR-12", ("totals",), _has("lines"), "The totals do not give the sum of the lines."),
    _Must("BR-13", ("totals",), _has("net"), "The totals do not give the total without VAT."),
    _Must("BR-14", ("totals",), _has("gross"), "The totals do not give the total with VAT."),
    _Must("BR-15", ("totals",), _has("payable"), "The totals do not give the amount to pay."),
    _Must(
        "BR-18", ("tax representative",), _says("trading name"), "The tax representative has no name.", "ubl"
    ),
    _Must(
        "BR-19",
        ("tax representative",),
        lambda party: "address" in party.groups,
        "The seller's tax representative has no address.",
    ),
    _Must(
        "BR-20",
        _ADDRESSES_OF_REPRESENTATIVE,
        _says("country"),
        "The address of the seller's tax representative names no country.",
        "ubl",
    ),
    _Must("BR-21", ("line",), _says("id"), "This line has no number."),
    _Must("BR-22", ("line",), _has("quantity"), "This line has no quantity."),
    _Must(
        "BR-23",
        ("line",),
        lambda line: any(given.code is not None for given in line.every("quantity")),
        "The quantity of this line has no unit.",
    ),
    _Must("BR-24", ("line",), _has("net"), "This line has no amount."),
    _Must("BR-25", ("line",), _says("name"), "This line does not name what was sold."),
    _Must("BR-26", ("line",), _has("price"), "This line has no price per unit."),
    _Must("BR-27", ("line",), _is_not_negative("price"), "The price per unit is below zero."),
    _Must("BR-28", ("line",), _is_not_negative("gross price"), "The price before discount is below zero."),
    _Must("BR-29", ("period",), _ends_after_start, "The invoiced period ends before it starts."),
    _Must("BR-30", ("line", "period"), _ends_after_start, "The period of this line ends before it starts."),
    _Must("BR-31", ("allowance",), _has("amount"), "This discount on the invoice has no amount."),
    _Must("BR-32", ("allowance",), _has_vat_category, "This discount on the invoice has no VAT category."),
    _Must("BR-33 BR-CO-21", ("allowance",), _REASONS, "This discount on the invoice gives no reason."),
    _Must("BR-36", ("charge",), _has("amount"), "This charge on the invoice has no amount."),
    _Must("BR-37", ("charge",), _has_vat_category, "This charge on the invoice has no VAT category."),
    _Must("BR-38 BR-CO-22", ("charge",), _REASONS, "This charge on the invoice gives no reason."),
    _Must("BR-41", ("line", "allowance"), _has("amount"), "This discount on a line has no amount."),
    _Must("BR-42 BR-CO-23", ("line", "allowance"), _REASONS, "This discount on a line gives no reason."),
    _Must("BR-43", ("line", "charge"), _has("amount"), "This charge on a line has no amount."),
    _Must("BR-44 BR-CO-24", ("line", "charge"), _REASONS, "This charge on a line gives no reason."),
    _Must("BR-45", ("VAT total", "breakdown"), _has("base"), "The VAT breakdown lacks the taxable amount."),
    _Must("BR-46", ("VAT total", "breakdown"), _has("amount"), "The VAT breakdown lacks the VAT amount."),
    _Must("BR-47", ("VAT total", "breakdown"), _has_vat_category, "The VAT breakdown lacks its category."),
    _Must("BR-48", ("VAT total", "breakdown"), _has_vat_rate, "The VAT breakdown lacks its rate."),
    _Must("BR-49", ("payment",), _has("means"), "The payment instructions do not say how to pay."),
    _Must(
        "BR-50",
        ("payment",),
        _accounts_are_named,
        "A transfer is asked for, but the account is empty.",
        "ubl",
    ),
    _Must("BR-52", ("document",), _says("id"), "A supporting document has no reference."),
    _Must(
        "BR-54",
        ("line", "attribute"),
        _says_name_and_value,
        "A property of this item has no name or no value.",
    ),
    _Must(
        "BR-55", ("preceding",), _names_an_invoice, "The earlier invoice referred to has no number.", "ubl"
    ),
    _Must(
        "BR-56",
        ("tax representative",),
        _has_vat_id,
        "The seller's tax representative has no VAT number.",
        "ubl",
    ),
    _Must("BR-57", ("delivery", "address"), _has("country"), "The delivery address names no country.", "ubl"),
    _Must(
        "BR-61", ("payment",), _has_account_if_needed, "A transfer is asked for, but to no account.", "ubl"
    ),
    _Must(
        "BR-62", ("seller",), _is_coded("endpoint"), "The seller's electronic address has no scheme.", "ubl"
    ),
    _Must("BR-63", ("buyer",), _is_coded("endpoint"), "The buyer's electronic address has no scheme.", "ubl"),
    _Must(
        "BR-64", ("line",), _is_coded("standard id"), "The item's standard identifier has no scheme.", "ubl"
    ),
    _Must(
        "BR-65", ("line",), _is_coded("class"), "The item's classification does not say by which list.", "ubl"
    ),
    _Must("BR-CO-04", ("line",), _has_vat_category, "This line has no VAT category."),
    _Must(
        "BR-CO-19",
        ("period",),
        _has_one_of("start", "end", "tax point code"),
        "The invoiced period has neither start nor end.",
    ),
    _Must(
        "BR-CO-20",
        ("line", "period"),
        _has_one_of("start", "end"),
        "The period of this line has neither start nor end.",
    ),
    _Must(
        "BR-CO-26",
        ("seller",),
        _is_identified,
        "The seller gives no VAT number, company number or other identifier.",
    ),
)
_INDICATOR = "It is not said whether this is a discount or a charge."
_EACH_OF_CII = (
    _Must("BR-18", ("tax representative",), _has("name"), "The tax representative has no name."),
    _Must(
        "BR-20",
        ("tax representative",),
        _has_country,
        "The address of the seller's tax representative names no country.",
    ),
    _Must("BR-52", ("line", "document"), _says("id"), "The object of this line has no reference."),
    _Must("BR-55", ("preceding",), _says("number"), "The earlier invoice referred to has no number."),
    _Must(
        "BR-56", ("tax representative",), _says_vat_id, "The seller's tax representative has no VAT number."
    ),
    _Must("BR-57", ("delivery", "address"), _says("country"), "The delivery address names no country."),
    _Must("BR-62", ("seller",), _names_scheme("endpoint"), "The seller's electronic address has no scheme."),
    _Must("BR-63", ("buyer",), _names_scheme("endpoint"), "The buyer's electronic address has no scheme."),
    _Must("BR-64", ("line",), _names_scheme("standard id"), "The item's standard identifier has no scheme."),
    _Must(
        "BR-65", ("line",), _names_scheme("class"), "The item's classification does not say by which list."
    ),
    _Must("BR-66", ("allowance or charge",), _has("charge indicator"), _INDICATOR),
    _Must("BR-66", ("line", "allowance or charge"), _has("charge indicator"), _INDICATOR),
    _Must("BR-CO-27", ("payment",), _accounts_have_one_number, "One account is given by two numbers."),
)


def _somewhere(test: Test, *path: str) -> Test:
    return lambda document: any(test(group) for group in document.all(*path))


def _at_most_one(*path: str) -> Test:
    return lambda document: sum(1 for _ in document.all(*path)) <= 1


def _has_accounting_vat(document: Group) -> bool:
    return all(vat_total(document, given.text.strip()) for given in document.every("accounting currency"))


def _has_one_tax_point(document: Group) -> bool:
    """UBL says the code in the period and the date in the head, CII both in a row of the breakdown."""
    places = (document, *document.all("period"), *document.all("VAT total", "breakdown"))
    said = {term for place in places for term in ("tax point code", "tax point date") if term in place.given}
    return len(said) < 2


def _has_vat_in_another_currency(document: Group) -> bool:
    accounting = document.text("accounting currency")
    return accounting != document.text("currency") and vat_total(document, accounting) is not None


def _says_day(term: str) -> Test:
    """A day in the form CII has for it: year, month and day in eight digits."""
    return lambda group: any(given.text.strip() and given.code == "102" for given in group.every(term))


_ONCE = (
    _Must("BR-01", (), _says("specification"), "The invoice does not say by which specification it is made."),
    _Must("BR-02", (), _says("number"), "The invoice has no number."),
    _Must("BR-03", (), _says("issue date"), "The invoice has no date.", "ubl"),
    _Must("BR-04", (), _says("type code"), "The invoice does not say of which type it is."),
    _Must("BR-05", (), _says("currency"), "The invoice does not say in which currency it is."),
    _Must("BR-06", (), _somewhere(_says("name"), "seller"), "The seller has no registered name."),
    _Must("BR-07", (), _somewhere(_says("name"), "buyer"), "The buyer has no registered name."),
    _Must("BR-08", (), _somewhere(lambda _: True, "seller", "address"), "The seller has no address."),
    _Must("BR-10", (), _somewhere(lambda _: True, "buyer", "address"), "The buyer has no address."),
    _Must("BR-16", (), lambda document: bool(document.groups.get("line")), "The invoice has no lines."),
    _Must(
        "BR-53", (), _has_accounting_vat, "The VAT is not given in the currency it is accounted in.", "ubl"
    ),
    _Must(
        "BR-66", (), _at_most_one("payment", "card"), "The invoice names more than one payment card.", "ubl"
    ),
    _Must("BR-67", (), _at_most_one("payment", "mandate"), "The invoice names more than one mandate.", "ubl"),
    _Must("BR-CO-03", (), _has_one_tax_point, "The invoice gives both a VAT date and a code instead of it."),
    _Must(
        "BR-CO-18",
        (),
        _somewhere(lambda _: True, "VAT total", "breakdown"),
        "The invoice does not break its VAT down by rate.",
    ),
)


_ONCE_OF_CII = (
    _Must(
        "BR-03",
        (),
        _says_day("issue date"),
        "The invoice has no date, or not in the form of year, month, day.",
    ),
    _Must(
        "BR-09",
        (),
        _somewhere(_says("country"), "seller", "address"),
        "The seller's address names no country.",
    ),
    _Must(
        "BR-11", (), _somewhere(_says("country"), "buyer", "address"), "The buyer's address names no country."
    ),
)
_WITH_TOTALS = _Must(
    "BR-53",
    (),
    _has_vat_in_another_currency,
    "The VAT is not given in another currency, in which it is said to be accounted.",
)


def check_presence(document: Group, *, syntax: Syntax) -> Iterator[Problem]:
    for must in _musts(document, syntax):
        for group in document.all(*must.path):
            if not must.holds(group):
                for rule in must.rules.split():
                    yield fault(rule, must.message, group)
    yield from _check_payee(document, syntax)
    yield from _check_cards(document, syntax)
    if syntax == "cii":
        yield from _check_accounts(document)


def _musts(document: Group, syntax: Syntax) -> Iterator[_Must]:
    if syntax == "cii":
        yield from (*_ONCE_OF_CII, *_EACH_OF_CII)
        if "accounting currency" in document.given and "totals" in document.groups:
            yield _WITH_TOTALS
    yield from (must for must in (*_ONCE, *_EACH) if must.only in {"", syntax})


def _check_payee(document: Group, syntax: Syntax) -> Iterator[Problem]:
    """BR-17: who is to be paid is named, and is another than the seller."""
    seller, name = document.sub("seller"), "trading name" if syntax == "ubl" else "name"
    alike = (name, "id") if syntax == "ubl" else (name, "plain id", "legal id")
    for payee in document.all("payee"):
        same = any(
            given.text in {other.text for other in seller.every(term)}
            for term in alike
            for given in payee.every(term)
        )
        if same or name not in payee.given:
            yield fault(
                "BR-17", "Another payee than the seller is given, but not by a name of its own.", payee
            )


def _check_accounts(document: Group) -> Iterator[Problem]:
    """BR-50 and BR-61 as CII has them: of a transfer, each account that is given has a number."""
    for payment in document.all("payment"):
        if payment.text("means") in _CREDIT_TRANSFERS:
            for account in payment.all("account"):
                if not _has_account(account):
                    for rule in ("BR-50", "BR-61"):
                        yield fault(rule, "A transfer is asked for, but to no account.", account)


def _check_cards(document: Group, syntax: Syntax) -> Iterator[Problem]:
    for card in document.all("payment", "card"):
        if not _shows_few_digits(card):
            message = (
                "The payment card's number is written out; only its first six and last four digits may be."
            )
            yield fault("BR-51", message, card, level="warning" if syntax == "ubl" else "error")
