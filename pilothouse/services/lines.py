"""The lines of the shown review, asked for by the conditions that stand in a figure's proof and in an address.

One set of words serves the page of lines, the exports and the proofs: the lines a figure names are the lines it shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from pilothouse.accounts.models import Company
from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.engine.spend.periods import ONE_MONTH, spread_over
from pilothouse.engine.spend.terms import Service
from pilothouse.knowledge import purposes, towers
from pilothouse.records.models import Review, SpendLine
from pilothouse.services.answers import NOTHING

COUNT_LIMIT = 10_000

Condition = Callable[[str], Q]


class UnknownCondition(ValueError):
    """A condition nobody knows, or a value it cannot have."""


def _month(value: str) -> Q:
    year, _, month = value.partition("-")
    span = Month(int(year), int(month))
    return Q(date__gte=span.first_day, date__lte=span.last_day)


def _quarter(value: str) -> Q:
    year, _, quarter = value.partition("-Q")
    last = Month(int(year), int(quarter) * 3)
    return Q(date__gte=last.plus(-2).first_day, date__lte=last.last_day)


def _tower(value: str) -> Q:
    """A tower is one of the words of a purpose: the lines of all its purposes; of none, those without a purpose."""
    return Q(purpose="") if value == NOTHING else Q(purpose__in=purposes_of_tower(value))


def purposes_of_tower(name: str) -> list[str]:
    """The keys of the purposes that fall under a TBM tower."""
    return [purpose.key for purpose in purposes() if towers()[purpose.tower].tower == name]


def purposes_of_function(key: str) -> list[str]:
    """The keys of the purposes that fall under a function."""
    return [purpose.key for purpose in purposes() if purpose.function == key]


# As the engine spreads: a line that pays for a month or less, or does not say for when, stands in its own month.
_SPREAD = Q(service_to__gte=F("service_from") + timedelta(days=ONE_MONTH))
_NOT_SPREAD = Q(service_from__isnull=True) | Q(service_to__lt=F("service_from") + timedelta(days=ONE_MONTH))


def _served_from(value: str) -> Q:
    """Lines of which a part falls on this day or later."""
    day = date.fromisoformat(value)
    return (_SPREAD & Q(service_to__gte=day)) | (_NOT_SPREAD & Q(date__gte=day))


def _served_to(value: str) -> Q:
    day = date.fromisoformat(value)
    return (_SPREAD & Q(service_from__lte=day)) | (_NOT_SPREAD & Q(date__lte=day))


def part_in(line: SpendLine, first: date, last: date, *, with_vat: bool = False) -> Decimal:
    """The part of a line that falls in whole months, spread over the days it pays for."""
    service = None
    if line.service_from is not None and line.service_to is not None:
        service = Service(line.service_from, line.service_to, "")
    amount = Money(line.paid if with_vat else line.cost, line.currency)
    parts = spread_over(amount, line.date, service)
    return sum((part.amount for month, part in parts if first <= month.first_day <= last), Decimal(0))


def _words(value: str) -> Q:
    return Q(vendor_name__icontains=value) | Q(description__icontains=value)


CONDITIONS: Mapping[str, Condition] = {
    "from": lambda value: Q(date__gte=date.fromisoformat(value)),
    "to": lambda value: Q(date__lte=date.fromisoformat(value)),
    "served_from": _served_from,
    "served_to": _served_to,
    "month": _month,
    "quarter": _quarter,
    "it": lambda value: Q(it=value),
    "purpose": lambda value: Q(purpose="" if value == NOTHING else value),
    "function": lambda value: Q(function="" if value == NOTHING else value),
    "tower": _tower,
    "category": lambda value: Q(category="" if value == NOTHING else value),
    "department": lambda value: Q(department="" if value == NOTHING else value),
    "run_or_change": lambda value: Q(run_or_change="" if value == NOTHING else value),
    "capital": lambda value: Q(capital=value == "yes"),
    "vendor": lambda value: Q(vendor_key=value),
    "counting": lambda value: Q(counting=value),
    "currency": lambda value: Q(currency=value),
    "kind": lambda value: Q(kind=value),
    "estimated": lambda value: Q(estimated=value == "yes"),
    "confirmed": lambda value: Q(confirmed=value == "yes"),
    "paper": lambda value: Q(paper_id=int(value)),
    "source": lambda value: Q(paper__source_id=int(value)),
    "place": lambda value: Q(place=value),
    "q": _words,
}

ORDERS = {
    "date": ("-date", "-id"),
    "oldest": ("date", "id"),
    "cost": ("-cost", "-id"),
    "vendor": ("vendor_key", "-date", "-id"),
}


def lines_where(
    review: Review | None, conditions: Mapping[str, str], *, order: str = "date"
) -> QuerySet[SpendLine]:
    """The lines of a review that meet every condition; of no review, none."""
    if review is None:
        return SpendLine.objects.none()
    asked = Q()
    for name, value in conditions.items():
        asked &= _condition(name, value)
    lines: QuerySet[SpendLine] = SpendLine.objects.of(review.company).filter(asked, review=review)
    return lines.order_by(*ORDERS.get(order, ORDERS["date"]))


def _condition(name: str, value: str) -> Q:
    try:
        return CONDITIONS[name](value)
    except KeyError as error:
        raise UnknownCondition(f"“{name}” is not something lines can be chosen by.") from error
    except ValueError as error:
        raise UnknownCondition(f"“{value}” cannot be a value of “{name}”.") from error


@dataclass(frozen=True, slots=True)
class Counted:
    """How many lines: exact up to the limit, else "more than" it, since counting a million takes its time."""

    number: int
    more: bool


def count_up_to(lines: QuerySet[Any], limit: int = COUNT_LIMIT) -> Counted:
    """Count no further than `limit`."""
    number = lines.order_by()[: limit + 1].count()
    return Counted(min(number, limit), number > limit)


_STORED = Decimal("0.0001")


def as_stored(amount: Decimal) -> Decimal:
    """A sum to the four places that amounts are stored with: SQLite adds up in binary, which leaves dust behind."""
    return amount.quantize(_STORED)


def sums_of(lines: QuerySet[SpendLine], *, with_vat: bool = False) -> list[tuple[str, int, Decimal]]:
    """Currency, number of lines and cost (or what was paid), for each currency among the lines that count."""
    rows = (
        lines.filter(counting="counts")
        .order_by()
        .values("currency")
        .annotate(number=Count("pk"), sum_cost=Sum("paid" if with_vat else "cost"))
    )
    return [(row["currency"], row["number"], as_stored(row["sum_cost"])) for row in rows.order_by("currency")]


def current_lines(company: Company) -> QuerySet[SpendLine]:
    """All lines of the review that is shown."""
    return lines_where(Review.objects.current(company), {})
