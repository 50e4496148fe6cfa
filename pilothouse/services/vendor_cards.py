"""The vendor register: on whom the firm depends, who answers for each, and how it would leave.

A vendor stands in it once it has a contract, a card, or is paid for IT. What is missing on the card of a vendor that
work stops without is said, the most money first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from pilothouse.accounts.models import Company, User
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Basis
from pilothouse.records.models import Contract, Review, SpendCell, VendorCard
from pilothouse.services import contracts

BY_NAME = "name:"  # the key of a vendor that stands on no paper
TESTED_WITHIN = timedelta(days=730)  # an exit plan tried longer ago is not known to work
LEAST_PAID = Decimal(1000)


@dataclass(slots=True)
class Vendor:
    """A vendor of the register; `lacks` names what a vendor of its weight should have on its card."""

    key: str
    name: str
    contracts: int = 0
    agreed: Money | None = None
    paid: Money | None = None
    card: VendorCard | None = None
    lacks: tuple[str, ...] = field(default=())

    @property
    def on_papers(self) -> bool:
        return not self.key.startswith(BY_NAME)


def key_of(contract: Contract) -> str:
    """Under which key the vendor of a contract stands in the register; empty where nobody knows with whom it is."""
    if contract.vendor_key:
        return contract.vendor_key
    return f"{BY_NAME}{contract.vendor_name.casefold()[:110]}" if contract.vendor_name else ""


def register(company: Company, *, today: date) -> list[Vendor]:
    """All vendors of the register: those work stops without first, then the most money first."""
    found: dict[str, Vendor] = {}
    _with_contracts(company, found)
    _with_payments(company, found)
    for card in VendorCard.objects.of(company).select_related("accountable"):
        found.setdefault(card.vendor_key, Vendor(card.vendor_key, card.vendor_name)).card = card
    for vendor in found.values():
        vendor.lacks = tuple(lacks(vendor.card, today=today))
    return sorted(found.values(), key=_weight)


def _with_contracts(company: Company, found: dict[str, Vendor]) -> None:
    agreed: dict[str, Decimal] = defaultdict(Decimal)
    for contract in contracts.standing(company).order_by("pk"):
        key = key_of(contract)
        if not key:
            continue
        vendor = found.setdefault(key, Vendor(key, contract.vendor_name))
        vendor.contracts += 1
        if contract.yearly_cost is not None and contract.currency == company.currency:
            agreed[key] += contract.yearly_cost
            vendor.agreed = Money(agreed[key], company.currency)


def _with_payments(company: Company, found: dict[str, Vendor]) -> None:
    review = Review.objects.current(company)
    if review is None:
        return
    first, last = (date.fromisoformat(day) for day in review.answer["period"])
    rows = (
        SpendCell.objects.of(company)
        .filter(review=review, basis=Basis.BOOKED, it="yes", month__range=(first, last))
        .exclude(vendor_key="")
        .order_by()
        .values("vendor_key", "vendor_name")
        .annotate(cost=Sum("cost"))
    )
    for row in rows:
        if row["vendor_key"] in found or row["cost"] >= LEAST_PAID:
            vendor = found.setdefault(row["vendor_key"], Vendor(row["vendor_key"], row["vendor_name"]))
            vendor.paid = Money(row["cost"], review.answer["currency"])


def _weight(vendor: Vendor) -> tuple[int, Decimal, str]:
    levels = {"high": 0, "medium": 1, "": 2, "low": 3}
    level = levels[vendor.card.criticality if vendor.card else ""]
    amounts = [money.amount for money in (vendor.agreed, vendor.paid) if money is not None]
    return level, -max(amounts, default=Decimal(0)), vendor.name


NEEDED: dict[str, tuple[str, ...]] = {
    VendorCard.Level.LOW: ("accountable",),
    VendorCard.Level.MEDIUM: ("accountable", "substitutability", "data_held", "contacts"),
    VendorCard.Level.HIGH: ("accountable", "substitutability", "data_held", "contacts", "exit_plan"),
}


def lacks(card: VendorCard | None, *, today: date) -> list[str]:
    """What is missing on a card: by names of its columns; of a vendor of no weight little is asked."""
    if card is None or not card.criticality:
        return ["criticality"]
    missing = [column for column in NEEDED[card.criticality] if not getattr(card, column)]
    if card.criticality == VendorCard.Level.HIGH and card.exit_plan:
        is_fresh = card.exit_tested_on is not None and card.exit_tested_on >= today - TESTED_WITHIN
        missing += [] if is_fresh else ["exit_tested_on"]
    return missing


def card_of(company: Company, key: str) -> VendorCard | None:
    """The card of a vendor, kept or new; None where the register has no such vendor."""
    kept: VendorCard | None = (
        VendorCard.objects.of(company).select_related("accountable").filter(vendor_key=key).first()
    )
    if kept is not None:
        return kept
    name = _name_of(company, key)
    return None if name is None else VendorCard(company=company, vendor_key=key, vendor_name=name)


def _name_of(company: Company, key: str) -> str | None:
    for contract in contracts_with(company, key):
        return contract.vendor_name
    row = SpendCell.objects.of(company).filter(review=Review.objects.current(company), vendor_key=key).first()
    return None if row is None else row.vendor_name


def contracts_with(company: Company, key: str) -> list[Contract]:
    """The contracts with a vendor, by name."""
    rows = contracts.standing(company)
    if key.startswith(BY_NAME):
        named = rows.filter(vendor_key="", vendor_name__iexact=key.removeprefix(BY_NAME))
        return list(named.order_by("name"))
    return list(rows.filter(vendor_key=key).order_by("name")) if key else []


def save(card: VendorCard, *, by: User) -> None:
    """Keep a card; of two who keep one of the same vendor at once the later holds."""
    kept = VendorCard.objects.of(card.company).filter(vendor_key=card.vendor_key).first()
    if kept is not None:
        card.pk = kept.pk
    card.by = by
    card.save()
