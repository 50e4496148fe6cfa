"""What do we pay, by purpose, vendor or department, in months, quarters or financial years?

A `Question` is asked of the cells of the shown review (sums of counting lines), never of the lines, so a table costs
the same for ten lines and a million. Every amount carries the conditions that list its lines again (`services.lines`).
On what is booked, an amount is exactly the sum of those lines. Spread over what is paid for, it is the part of those
lines that falls in the months asked for: the same conditions list every line that has such a part.
Limits: other currencies than the company's stand apart, each with a total of its own; nothing is converted here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Literal

from django.db.models import Aggregate, Min, Q, QuerySet, Sum

from pilothouse.engine.dates import Month, Span
from pilothouse.engine.spend.cells import Basis
from pilothouse.engine.spend.terms import Counting
from pilothouse.knowledge import categories, functions, purposes, towers
from pilothouse.records.models import ProfileVersion, Review, SpendCell
from pilothouse.services.answers import query_of
from pilothouse.services.lines import as_stored, purposes_of_function, purposes_of_tower

NOTHING = Decimal(0)
SHOWN_AT_FIRST = 25
MOST_NAMED = 500  # ids in one question; SQLite counts each as a variable
ALL = "all"

By = Literal[
    "purpose",
    "function",
    "tower",
    "category",
    "vendor",
    "department",
    "run_or_change",
    "capital",
    "kind",
    "it",
]
Over = Literal["", "month", "quarter", "year"]
Period = Literal["twelve", "this_year", "last_year", "this_financial", "last_financial", "between"]
Sort = Literal["cost", "name", "before", "change"]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `filters` are dimensions and the one value wanted of each, "" for what is not known.

    `it` is "yes", "asked", "no" or "all". `with_vat`: as it was paid, else without the VAT that comes back.
    `spread`: in the months that are paid for, else in the month of the paper. `year_starts` is the month in which the
    financial year starts. `all_rows`: every row, else the first and the rest as one.
    """

    span: Span
    by: By = "purpose"
    over: Over = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    it: str = "yes"
    with_vat: bool = False
    spread: bool = False
    year_starts: int = 1
    sort: Sort = "cost"
    all_rows: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum, and the conditions that list its lines; None where no list is offered (the rest of a long table)."""

    value: Decimal
    conditions: Mapping[str, str] | None

    @property
    def query(self) -> str:
        """The conditions as they stand in an address."""
        return "" if self.conditions is None else query_of(self.conditions)


@dataclass(frozen=True, slots=True)
class Row:
    """One value of the dimension: an amount for each column, their total, and the same months a year before."""

    key: str
    label: str
    amounts: tuple[Amount, ...]
    total: Amount
    before: Amount | None = None

    @property
    def change(self) -> Decimal | None:
        """This year less the year before."""
        return None if self.before is None else self.total.value - self.before.value

    @property
    def change_share(self) -> Decimal | None:
        """The change as a share of the year before; None where there was nothing."""
        if self.before is None or self.before.value <= 0:
            return None
        return (self.total.value - self.before.value) / self.before.value


@dataclass(frozen=True, slots=True)
class OtherCurrency:
    """What is not in the company's currency and so in no other sum of the table."""

    currency: str
    total: Amount


@dataclass(frozen=True, slots=True)
class Table:
    """The answer. `rows` are those shown, `rest` the others as one row (None where all are shown), `total` the sum of
    both. `columns` are the parts of the time asked for. `in_all` is how many rows there are.
    """

    question: Question
    currency: str
    columns: tuple[Span, ...]
    rows: tuple[Row, ...]
    rest: Row | None
    total: Row
    others: tuple[OtherCurrency, ...]
    in_all: int

    @property
    def has_before(self) -> bool:
        """Whether there are papers of the same months a year before."""
        return self.total.before is not None


# --- which months -----------------------------------------------------------------------------------------------


def span_of(period: Period, review: Review, *, today: date, year_starts: int = 1) -> Span:
    """The months of a period, seen from a day. "twelve" is the year that the overview shows.

    This year ends with the month of today; "between" has its own months and is taken as "twelve" here.
    """
    if period in ("twelve", "between"):
        first, last = (Month.of(date.fromisoformat(day)) for day in review.answer["period"])
        return Span(first, last)
    now = Month.of(today)
    start = year_starts if period.endswith("financial") else 1
    begins = Month(now.year if now.month >= start else now.year - 1, start)
    if period.startswith("last"):
        return Span(begins.plus(-12), begins.plus(-1))
    return Span(begins, now)


def parts_of_span(span: Span, over: Over, year_starts: int = 1) -> Iterator[Span]:
    """A span in months, quarters or financial years; the first and last may be cut off."""
    if not over:
        return
    size = {"month": 1, "quarter": 3, "year": 12}[over]
    # Quarters are those of the calendar, since that is what VAT returns and invoices speak of.
    start = year_starts if over == "year" else 1
    first = span.first
    while first <= span.last:
        last = first.plus(size - 1 - (first.month - start) % size)
        yield Span(first, min(last, span.last))
        first = last.plus(1)


def year_starts_of(profile: ProfileVersion | None) -> int:
    """The month in which the financial year starts: as the profile says, else January."""
    return profile.fiscal_year_starts or 1 if profile is not None else 1


# --- by what ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dimension:
    """By what money can be told apart: the column of the cells, the names of its values, and, where it follows from
    the purpose, its value for each purpose.
    """

    column: str
    names: Callable[[], Mapping[str, str]] = dict
    of_purpose: Callable[[], Mapping[str, str]] | None = None

    def key_of(self, value: Any) -> str:
        """The value of a cell's column as it stands in conditions."""
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value) if self.of_purpose is None else self.of_purpose().get(value, "")


def _towers_of_purposes() -> dict[str, str]:
    return {purpose.key: towers()[purpose.tower].tower for purpose in purposes()}


DIMENSIONS: Mapping[str, Dimension] = {
    "purpose": Dimension("purpose", lambda: {purpose.key: purpose.name for purpose in purposes()}),
    "function": Dimension(
        "purpose",
        lambda: {key: function.name for key, function in functions().items()},
        lambda: {purpose.key: purpose.function for purpose in purposes()},
    ),
    "tower": Dimension("purpose", of_purpose=_towers_of_purposes),
    "category": Dimension("category", lambda: {key: found.name for key, found in categories().items()}),
    "vendor": Dimension("vendor_key"),
    "department": Dimension("department"),
    "run_or_change": Dimension("run_or_change"),
    "capital": Dimension("capital"),
    "kind": Dimension("kind"),
    "it": Dimension("it"),
}


def _filter(name: str, value: str) -> Q:
    if name == "function":
        return Q(purpose="") if not value else Q(purpose__in=purposes_of_function(value))
    if name == "tower":
        return Q(purpose="") if not value else Q(purpose__in=purposes_of_tower(value))
    if name == "capital":
        return Q(capital=value == "yes")
    return Q(**{DIMENSIONS[name].column: value})


# --- answering --------------------------------------------------------------------------------------------------


def consolidated(review: Review, question: Question) -> Table:
    """What the cells of a review add up to, as asked. Names of vendors are their own, others those of knowledge;
    a value without a name ("run", "yes", "invoice") is its own label, for the page to put in words.
    """
    cells = _cells(review, question)
    has_before = _has_year_before(review, question.span)
    sums = _sums_by_key(cells, question, has_before=has_before)
    currency = review.answer["currency"]
    ours = sums.pop(currency, {})
    make = _Maker(question, currency, has_before=has_before)
    if question.by == "vendor" and question.sort == "name":
        _name_vendors(review, ours.values())
    keys = _in_order(question, ours)
    shown = keys if question.all_rows or len(keys) <= SHOWN_AT_FIRST + 1 else keys[:SHOWN_AT_FIRST]
    if question.by == "vendor":
        _name_vendors(review, [ours[key] for key in shown])
    rows = [make.row(key, ours[key]) for key in shown]
    total = make.total(ours.values())
    columns = tuple(parts_of_span(question.span, question.over, question.year_starts))
    if columns:
        of_rows = _sums_by_column(cells, question, currency, columns, shown)
        of_all = _sums_by_column(cells, question, currency, columns, None)
        rows = [make.with_columns(row, columns, of_rows[row.key]) for row in rows]
        total = make.with_columns(total, columns, of_all[""])
    return Table(
        question=question,
        currency=currency,
        columns=columns,
        rows=tuple(rows),
        rest=_rest(total, rows) if len(shown) < len(keys) else None,
        total=total,
        others=tuple(
            OtherCurrency(other, make.amount(sum((s.now for s in found.values()), NOTHING), currency=other))
            for other, found in sorted(sums.items())
        ),
        in_all=len(keys),
    )


def _in_order(question: Question, sums: Mapping[str, _Sum]) -> list[str]:
    """The keys in the order asked for; of equal ones by key, so that the order never changes."""
    orders: Mapping[str, Callable[[_Sum], Decimal]] = {
        "cost": lambda one: -one.now,
        "before": lambda one: -one.before,
        "change": lambda one: -abs(one.now - one.before),
    }
    if question.sort == "name":
        return sorted(sums, key=lambda key: (sums[key].label.casefold(), key))
    order = orders[question.sort]
    return sorted(sums, key=lambda key: (order(sums[key]), key))


def spreading_changes(review: Review) -> bool:
    """Whether anything is paid for in other months than those of its paper."""
    spread = SpendCell.objects.of(review.company).filter(review=review, basis=Basis.ACCRUED.value)
    return bool(spread.exists())


def vendor_named(review: Review, key: str) -> str:
    """The name of a vendor of the review; empty where it has none of that key."""
    cells = SpendCell.objects.of(review.company).filter(review=review, vendor_key=key)
    return cells.values_list("vendor_name", flat=True).first() or ""


def _cells(review: Review, question: Question) -> QuerySet[SpendCell]:
    """The cells a question is about, at any time."""
    cells: QuerySet[SpendCell] = SpendCell.objects.of(review.company).filter(review=review)
    if question.spread:
        cells = cells.filter(basis__in=[Basis.BOOKED.value, Basis.ACCRUED.value])
    else:
        cells = cells.filter(basis=Basis.BOOKED.value)  # by itself, since the index goes on by month
    if question.it != ALL:
        cells = cells.filter(it=question.it)
    for name, value in question.filters.items():
        cells = cells.filter(_filter(name, value))
    return cells.order_by()


def _has_year_before(review: Review, span: Span) -> bool:
    """Whether papers reach back to the first of the same months a year before."""
    booked = SpendCell.objects.of(review.company).filter(review=review, basis=Basis.BOOKED.value)
    earliest: date | None = booked.aggregate(earliest=Min("month"))["earliest"]
    return earliest is not None and earliest <= span.year_before().first.first_day


@dataclass(slots=True)
class _Sum:
    """What one key adds up to, now and a year before."""

    now: Decimal = NOTHING
    before: Decimal = NOTHING
    label: str = ""
    cell: int = 0  # one of its cells, which knows the name of its vendor


def _name_vendors(review: Review, sums: Iterable[_Sum]) -> None:
    """A vendor has one name in a review: asked of one cell each, and only of those that are shown or put in order.

    To group thousands of vendors by name as well takes as long as to add them up.
    """
    nameless = {one.cell: one for one in sums if not one.label}
    waiting = iter(nameless)
    while some := list(islice(waiting, MOST_NAMED)):
        named = SpendCell.objects.of(review.company).filter(pk__in=some)
        for cell, name in named.values_list("pk", "vendor_name"):
            nameless[cell].label = name


def _sums_by_key(
    cells: QuerySet[SpendCell], question: Question, *, has_before: bool
) -> dict[str, dict[str, _Sum]]:
    """Sums by currency and key: one question for now and one for the year before, which the index answers faster than
    one for both.
    """
    dimension, spans = DIMENSIONS[question.by], [question.span]
    if has_before:
        spans.append(question.span.year_before())
    names = dimension.names()
    more = {"cell": Min("pk")} if question.by == "vendor" else {}
    found: dict[str, dict[str, _Sum]] = defaultdict(lambda: defaultdict(_Sum))
    for span in spans:
        for currency, value, amount, *cell in _sums(
            cells, question, span, "currency", dimension.column, **more
        ):
            key = dimension.key_of(value)
            one = found[currency][key]
            if cell:
                one.cell = cell[0]
            else:
                one.label = names.get(key, key)
            if span is question.span:
                one.now += amount
            else:
                one.before += amount
    return found


def _sums(
    cells: QuerySet[SpendCell], question: Question, span: Span, *by: str, **more: Aggregate
) -> Iterator[tuple[Any, ...]]:
    """What the cells of a span add up to, by columns: their values, then the sum, then what more is asked of them."""
    inside = cells.filter(month__gte=span.first.first_day, month__lte=span.last.first_day)
    summed = inside.values_list(*by).annotate(sum=Sum("paid" if question.with_vat else "cost"), **more)
    for row in summed:
        yield *row[: len(by)], as_stored(row[len(by)]), *row[len(by) + 1 :]


def _sums_by_column(
    cells: QuerySet[SpendCell],
    question: Question,
    currency: str,
    columns: tuple[Span, ...],
    keys: list[str] | None,
) -> dict[str, dict[Span, Decimal]]:
    """Sums by key and column: of some keys, or of all together (under "")."""
    dimension = DIMENSIONS[question.by]
    inside = cells.filter(currency=currency)
    if keys is not None and question.by == "vendor" and len(keys) <= MOST_NAMED:
        inside = inside.filter(vendor_key__in=keys)
    of = {month: column for column in columns for month in column.months()}
    by = () if keys is None else (dimension.column,)
    found: dict[str, dict[Span, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for month, *value, amount in _sums(inside, question, question.span, "month", *by):
        key = dimension.key_of(value[0]) if value else ""
        found[key][of[Month.of(month)]] += amount
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes amounts that know their lines."""

    question: Question
    currency: str
    has_before: bool

    def amount(
        self,
        value: Decimal,
        more: Mapping[str, str] | None = None,
        *,
        span: Span | None = None,
        currency: str = "",
    ) -> Amount:
        return Amount(
            value, conditions_of(self.question, span, currency or self.currency) | (dict(more or {}))
        )

    def row(self, key: str, found: _Sum) -> Row:
        only: dict[str, str] = {self.question.by: key}
        return Row(key, found.label, (), self.amount(found.now, only), self._before(found.before, only))

    def total(self, every: Iterable[_Sum]) -> Row:
        found = list(every)
        now, before = sum((one.now for one in found), NOTHING), sum((one.before for one in found), NOTHING)
        return Row("", "", (), self.amount(now), self._before(before))

    def _before(self, value: Decimal, only: Mapping[str, str] | None = None) -> Amount | None:
        return self.amount(value, only, span=self.question.span.year_before()) if self.has_before else None

    def with_columns(self, row: Row, columns: tuple[Span, ...], sums: Mapping[Span, Decimal]) -> Row:
        only: dict[str, str] = {
            name: value for name, value in (row.total.conditions or {}).items() if name == self.question.by
        }
        amounts = tuple(self.amount(sums.get(column, NOTHING), only, span=column) for column in columns)
        return Row(row.key, row.label, amounts, row.total, row.before)


def conditions_of(question: Question, span: Span | None, currency: str) -> dict[str, str]:
    """The conditions that list the lines of all that is asked for, within a span."""
    months = span or question.span
    first, last = ("served_from", "served_to") if question.spread else ("from", "to")
    conditions = {
        first: months.first.first_day.isoformat(),
        last: months.last.last_day.isoformat(),
        "currency": currency,
        "counting": Counting.COUNTS.value,
    }
    if question.it != ALL:
        conditions["it"] = question.it
    return conditions | dict(question.filters)


def _rest(total: Row, shown: Iterable[Row]) -> Row:
    """All that is not shown, as one row."""
    rows = list(shown)
    amounts = tuple(
        Amount(whole.value - sum((row.amounts[at].value for row in rows), NOTHING), None)
        for at, whole in enumerate(total.amounts)
    )
    now = total.total.value - sum((row.total.value for row in rows), NOTHING)
    if total.before is None:
        return Row("", "", amounts, Amount(now, None))
    before = total.before.value - sum((row.before.value for row in rows if row.before is not None), NOTHING)
    return Row("", "", amounts, Amount(now, None), Amount(before, None))
