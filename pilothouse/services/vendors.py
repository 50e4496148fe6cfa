"""Vendors as the shown review has them: everybody who was paid, one of them from near, and who people say they are.

A word on who is who hangs on keys, as a decision does, and can be taken back; the caller has the figures worked out
anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.money import Money
from pilothouse.engine.spend.who import Says, VendorWords, look_alike
from pilothouse.engine.spend.who import VendorWord as EngineWord
from pilothouse.records.models import Review, SpendCell, SpendLine, VendorWord
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
    aliases: tuple[Mapping[str, str], ...] = ()
    members: tuple[tuple[str, str, Money], ...] = ()
    group: tuple[str, str] | None = None


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
        numbers=() if ":" in vendor_key else (vendor_key,),
        aliases=tuple(first.review.answer.get("aliases", {}).get(vendor_key, ())),
        members=_members(company, first.review, vendor_key, first.currency),
        group=_group(company, first.review, vendor_key),
    )


# --- who is who --------------------------------------------------------------------------------------------------


def standing_words(company: Company) -> QuerySet[VendorWord]:
    """What people said of who is who that holds, the earliest first."""
    found: QuerySet[VendorWord] = (
        VendorWord.objects.of(company).filter(withdrawn_at__isnull=True).select_related("by").order_by("pk")
    )
    return found


def words_of(company: Company) -> tuple[EngineWord, ...]:
    """The same in the engine's words."""
    return tuple(
        EngineWord(Says(said.says), said.vendor_key, said.other_key, said.name)
        for said in standing_words(company)
    )


def words_on(company: Company, vendor_key: str) -> QuerySet[VendorWord]:
    """All that was ever said of a vendor, the latest first."""
    found: QuerySet[VendorWord] = VendorWord.objects.of(company).filter(
        Q(vendor_key=vendor_key) | Q(other_key=vendor_key)
    )
    return found.select_related("by", "withdrawn_by").order_by("-pk")


@dataclass(frozen=True, slots=True)
class Word:
    """What a person says of a vendor: that it is (not) another, belongs to another, or is called otherwise."""

    says: str
    vendor_key: str
    other_key: str = ""
    name: str = ""


def say(company: Company, said: Word, *, by: User) -> VendorWord | None:
    """Keep a word; saying it again keeps the first. None where it names a vendor nobody sees, or one and the same."""
    needs_other = said.says in (VendorWord.Says.SAME, VendorWord.Says.PART_OF)
    names = _names_of(company, {said.vendor_key, said.other_key} - {""})
    if said.vendor_key not in names or (said.other_key and said.other_key not in names):
        return None
    if said.vendor_key == said.other_key or (needs_other and not said.other_key):
        return None
    facts = {"says": said.says, "vendor_key": said.vendor_key, "other_key": said.other_key, "name": said.name}
    before: VendorWord | None = standing_words(company).filter(**facts).first()
    if before is not None:
        return before
    kept: VendorWord = VendorWord.objects.create(
        company=company,
        vendor_name=names[said.vendor_key],
        other_name=names.get(said.other_key, ""),
        by=by,
        **facts,
    )
    return kept


def vendors_called(company: Company, name: str) -> list[tuple[str, str]]:
    """The vendors (key and name) that go by a name, whatever its capitals; by its beginning where none does."""
    rows = SpendCell.objects.of(company).filter(review=Review.objects.current(company)).order_by()
    for found in (rows.filter(vendor_name__iexact=name), rows.filter(vendor_name__istartswith=name)):
        called = list(found.values_list("vendor_key", "vendor_name").distinct().order_by("vendor_name")[:20])
        if called:
            return called
    return []


def dearest_names(company: Company, but: str, count: int = 300) -> list[str]:
    """The names of those who cost most, to choose from."""
    rows = (
        SpendCell.objects.of(company)
        .filter(review=Review.objects.current(company), basis="booked")
        .exclude(vendor_key=but)
        .order_by()
        .values("vendor_name")
        .annotate(cost=Sum("cost"))
        .order_by("-cost")
    )
    return [row["vendor_name"] for row in rows[:count] if row["vendor_name"]]


def take_back(word: VendorWord, *, by: User) -> bool:
    """Take a word back; it stays as history. False where somebody did already."""
    return bool(
        VendorWord.objects.filter(pk=word.pk, withdrawn_at__isnull=True).update(
            withdrawn_at=timezone.now(), withdrawn_by=by
        )
    )


def _names_of(company: Company, keys: Iterable[str]) -> dict[str, str]:
    lines = SpendLine.objects.of(company).filter(review=Review.objects.current(company), vendor_key__in=keys)
    return dict(lines.order_by().values_list("vendor_key", "vendor_name").distinct())


@dataclass(frozen=True, slots=True)
class Alike:
    """Two vendors that look like one, as a person is asked: the dearer one first."""

    key: str
    name: str
    cost: Money
    other_key: str
    other_name: str
    other_cost: Money
    because: str


def look_alikes(company: Company) -> tuple[Alike, ...]:
    """The pairs of vendors that a person may know to be one, the most money first; those answered are left out."""
    review = Review.objects.current(company)
    rows = (
        SpendCell.objects.of(company)
        .filter(review=review, basis="booked")
        .order_by()
        .values_list("vendor_key", "currency")
        .annotate(name=Max("vendor_name"), cost=Sum("cost"))
    )
    names: dict[str, str] = {}
    costs: dict[str, Money] = {}
    for key, currency, name, cost in rows:
        names[key] = name
        if key not in costs or abs(cost) > abs(costs[key].amount):
            costs[key] = Money(cost, currency)
    said = {frozenset((w.vendor_key, w.other_key)) for w in standing_words(company) if w.other_key}
    pairs = [pair for pair in look_alike(names) if frozenset((pair.one, pair.other)) not in said]
    found = [_alike(pair.one, pair.other, pair.because, names, costs) for pair in pairs]
    return tuple(sorted(found, key=lambda a: (-abs(a.cost.amount), a.key, a.other_key)))


def _alike(one: str, other: str, because: str, names: Mapping[str, str], costs: Mapping[str, Money]) -> Alike:
    first, second = sorted((one, other), key=lambda key: (-abs(costs[key].amount), key))
    return Alike(first, names[first], costs[first], second, names[second], costs[second], because)


def _members(
    company: Company, review: Review, vendor_key: str, currency: str
) -> tuple[tuple[str, str, Money], ...]:
    """The vendors of the group that a vendor heads, with what each cost over all papers."""
    words = VendorWords(words_of(company))
    parts = {
        word.vendor_key
        for word in standing_words(company).filter(says=VendorWord.Says.PART_OF)
        if words.group_of(word.vendor_key) == vendor_key
    }
    rows = (
        SpendCell.objects.of(company)
        .filter(review=review, basis="booked", vendor_key__in=parts, currency=currency)
        .order_by()
        .values_list("vendor_key")
        .annotate(name=Max("vendor_name"), cost=Sum("cost"))
        .order_by("-cost")
    )
    return tuple((key, name, Money(cost, currency)) for key, name, cost in rows)


def _group(company: Company, review: Review, vendor_key: str) -> tuple[str, str] | None:
    """The vendor at the head of the group that a vendor belongs to, if to any: key and name."""
    head = VendorWords(words_of(company)).group_of(vendor_key)
    if head == vendor_key:
        return None
    return head, _names_of(company, {head}).get(head, head)
