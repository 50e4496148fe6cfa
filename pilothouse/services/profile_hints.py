"""What do the papers say that the profile asks? Proposed beside the question, never taken over in silence.

People from the newest list of users (accounts that are enabled and no guests'), how IT is run from what is paid to
firms that look after it. Limits: shared mailboxes and robots count as people where the list does not tell them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilothouse.accounts.models import Company
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Basis
from pilothouse.records.models import Paper, ProfileVersion, SpendCell
from pilothouse.services import spend
from pilothouse.services.answers import Overview
from pilothouse.services.storing import rows_of

GUEST, OFF = "guest", "no"
LOOKED_AFTER = "managed_it_services"
REGULAR_MONTHS, YEAR_MONTHS = 9, 12


@dataclass(frozen=True, slots=True)
class Hint:
    """A value for a field of the profile; `count` of `what` it rests on, and the source."""

    field: str
    value: str
    kind: str  # "accounts" or "provider"
    count: int
    source: str
    paper_id: int | None = None


@dataclass(frozen=True, slots=True)
class ItSpend:
    """What IT cost in the twelve months that the overview shows, for each person too, and how many firms were paid."""

    found: Overview
    a_head: Money | None
    vendors: int


def it_spend_of(company: Company, version: ProfileVersion | None, *, today: date) -> ItSpend | None:
    """What the papers say of what IT costs; None where they say nothing of it."""
    found = spend.overview(company, today=today)
    if found is None or found.it_total.value.amount <= 0:
        return None
    total, people = found.it_total.value, version.headcount if version is not None else None
    cells = SpendCell.objects.of(company).filter(
        review=found.review,
        basis=Basis.BOOKED.value,
        it="yes",
        month__gte=found.period_from,
        month__lte=found.period_to,
    )
    a_head = Money(total.amount / people, total.currency) if people else None
    return ItSpend(found, a_head, cells.values("vendor_key").distinct().count())


def hints_of(company: Company, version: ProfileVersion | None, *, today: date) -> list[Hint]:
    """What the papers say and the profile does not."""
    found = [hint for hint in (_people(company), _model(company, version, today)) if hint is not None]
    return [hint for hint in found if str(getattr(version, hint.field, "") or "") != hint.value]


def _people(company: Company) -> Hint | None:
    lists = Paper.objects.seen(company).standing().filter(kind="listing", content__of="users")
    newest = lists.select_related("source").order_by("-pk").first()
    if newest is None:
        return None
    people = sum(
        row.get("enabled") != OFF and GUEST not in str(row.get("user_type", "")).casefold()
        for row in rows_of(newest)
    )
    if not people:
        return None
    return Hint("headcount", str(people), "accounts", people, newest.source.name, newest.pk)


def _model(company: Company, version: ProfileVersion | None, today: date) -> Hint | None:
    """A provider that is paid in most months runs IT; with own people beside it, both do."""
    review = spend.current(company)
    if review is None:
        return None
    start = date(today.year - 1, today.month, 1)
    cells = SpendCell.objects.of(company).filter(
        review=review, basis=Basis.BOOKED.value, category=LOOKED_AFTER, month__gte=start, cost__gt=0
    )
    months: dict[str, set[date]] = {}
    for name, month in cells.values_list("vendor_name", "month"):
        months.setdefault(name, set()).add(month)
    if not months:
        return None
    name = max(sorted(months), key=lambda vendor: len(months[vendor]))
    if len(months[name]) < REGULAR_MONTHS:
        return None
    own = version is not None and (version.internal_it_fte or 0) > 0
    return Hint(
        "current_model", "co_managed" if own else "fully_outsourced", "provider", len(months[name]), name
    )
