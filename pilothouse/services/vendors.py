"""Vendors as the shown review has them: everybody who was paid, and one of them from near."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum

from pilothouse.accounts.models import Company
from pilothouse.engine.money import Money
from pilothouse.records.models import Review, SpendLine
from pilothouse.services.answers import Overview, purpose_name
from pilothouse.services.lines import lines_where


def vendor_rows(company: Company, found: Overview | None) -> QuerySet[SpendLine, Any]:
    """Everybody who costs money in the period, most first: key, name, cost, lines, last (day), its (IT or not)."""
    conditions = dict(found.all_spend.conditions) if found else {}
    lines = lines_where(Review.objects.current(company), conditions).order_by()
    grouped = lines.values("vendor_key").annotate(
        name=Max("vendor_name"), cost=Sum("cost"), lines=Count("pk"), last=Max("date"), its=Max("it")
    )
    return grouped.order_by("-cost", "vendor_key")


@dataclass(frozen=True, slots=True)
class VendorPage:
    """One vendor: how it is called, what it cost by month and purpose over all papers, in the company's currency."""

    key: str
    name: str
    it: str
    total: Money
    months: tuple[tuple[str, Money], ...]
    purposes: tuple[tuple[str, str, Money], ...]
    numbers: tuple[str, ...]


def vendor_page(company: Company, vendor_key: str) -> VendorPage:
    """One vendor from near, over all papers; the caller has made sure that there is one."""
    lines = lines_where(Review.objects.current(company), {"vendor": vendor_key})
    counted = lines.filter(counting="counts")
    first = counted.first() or lines[0]
    by_month: dict[str, Decimal] = defaultdict(Decimal)
    by_purpose: dict[str, Decimal] = defaultdict(Decimal)
    for day, purpose, cost in counted.filter(currency=first.currency).values_list("date", "purpose", "cost"):
        by_month[f"{day:%Y-%m}"] += cost
        by_purpose[purpose] += cost
    total = sum(by_month.values(), start=Decimal(0))
    dearest = sorted(by_purpose.items(), key=lambda item: -item[1])
    return VendorPage(
        key=vendor_key,
        name=first.vendor_name,
        it=first.it,
        total=Money(total, first.currency),
        months=tuple(
            (month, Money(cost, first.currency)) for month, cost in sorted(by_month.items(), reverse=True)
        ),
        purposes=tuple((key, purpose_name(key), Money(cost, first.currency)) for key, cost in dearest),
        numbers=tuple(part for part in (vendor_key.partition(":")[2],) if ":" in vendor_key),
    )
