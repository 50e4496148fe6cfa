"""What people say of vendors and lines, and how the figures that are shown follow at once.

A decision changes what the lines of one vendor are said to be. They are recognised again inside the review that is
shown, their cells are added up anew, and the figures from the cells: some hundred milliseconds, whatever else there is.
A review that was being worked out meanwhile is brought up to date before it is published (`catch_up`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.dates import Month
from pilothouse.engine.money import Money
from pilothouse.engine.spend.again import StoredLine, recognise_again
from pilothouse.engine.spend.cells import Basis, Cell, Kind, moved
from pilothouse.engine.spend.terms import Account, Counting, Decision, Recognition, Service
from pilothouse.knowledge import spend_knowledge
from pilothouse.records.models import Review, SetAside, SpendCell, SpendDecision, SpendLine
from pilothouse.services.answers import with_figures

ROWS_AT_ONCE = 2000
PAGE_OF_ROWS = 400  # ids in one UPDATE; SQLite counts each as a variable
Place = tuple[str, str]  # a vendor's key, and the print of one kind of its lines or ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a vendor, or of lines like one (`line_print`).

    `seen` is the id of the latest decision on it that the person knew of (0: of none), None where nobody asked.
    Only who was asked about `department`, `run_or_change` and `capital` speaks of them (`in_full`); else what was
    said of those before goes on.
    """

    vendor_key: str
    line_print: str
    is_it: bool
    purpose: str = ""
    seen: int | None = None
    department: str = ""
    run_or_change: str = ""
    capital: bool | None = None
    in_full: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of it. `kept` is the decision that holds now; `against` one that somebody else made meanwhile, which
    stands until the person has seen it; `instead_of` the one it supersedes; `lines` how many lines it is of.
    """

    kept: SpendDecision | None = None
    against: SpendDecision | None = None
    instead_of: SpendDecision | None = None
    lines: int = 0


# --- saying and taking back --------------------------------------------------------------------------------------


def decide(company: Company, said: Said, *, by: User) -> Decided:
    """Keep what a person says, and let what is shown follow."""
    return decide_all(company, [said], by=by)[0]


def decide_all(company: Company, told: Sequence[Said], *, by: User) -> list[Decided]:
    """Keep what a person says at once of several vendors or kinds of line, and let what is shown follow.

    Nothing is kept of what nobody sees (no line of that vendor and print is shown), nor against what somebody else
    said since the person looked; saying the same again keeps what was said.
    """
    with transaction.atomic():
        review = hold(company)
        if review is None:
            return [Decided() for _ in told]
        there, before = _lines_of_each(review, told), _latest_of_each(company, told)
        decided = [_weigh(company, said, there, before, by) for said in told]
        new = [kept for kept in (found.kept for found in decided) if kept is not None and not kept.pk]
        if new:
            SpendDecision.objects.bulk_create(new)
            _ask_no_more(company, new)
            catch_up(review)
    return decided


def withdraw(decision: SpendDecision, *, by: User | None = None) -> bool:
    """Take a decision back; it stays as history. False where somebody took it back already."""
    return bool(withdraw_all(decision.company, [decision.pk], by=by))


def withdraw_all(company: Company, ids: Collection[int], *, by: User | None = None) -> int:
    """Take decisions back at once; how many of them were not taken back already."""
    with transaction.atomic():
        review = hold(company)
        held = SpendDecision.objects.of(company).filter(pk__in=ids, withdrawn_at__isnull=True)
        taken: int = held.update(withdrawn_at=timezone.now(), withdrawn_by=by)
        if taken and review is not None:
            catch_up(review)
    return taken


def hold(company: Company) -> Review | None:
    """The review that is shown, held until the transaction ends, so that two decisions follow each other."""
    shown: Review | None = Review.objects.current(company)
    if shown is None:
        return None
    held: Review = Review.objects.select_for_update().get(pk=shown.pk)
    return held


def _lines_of_each(review: Review, told: Sequence[Said]) -> dict[Place, tuple[int, str]]:
    """How many lines there are of each vendor and print that is spoken of, and what the vendor is called there."""
    whole = {said.vendor_key for said in told if not said.line_print}
    some = {said.vendor_key for said in told if said.line_print}
    lines = SpendLine.objects.of(review.company).filter(review=review).order_by()
    counted = {
        (row["vendor_key"], row.get("line_print", "")): (row["number"], row["one"])
        for names, keys in ((("vendor_key",), whole), (("vendor_key", "line_print"), some))
        if keys
        for row in lines.filter(vendor_key__in=keys)
        .values(*names)
        .annotate(number=Count("pk"), one=Max("pk"))
    }
    asked = {(said.vendor_key, said.line_print) for said in told} & counted.keys()
    names = dict(lines.filter(pk__in={counted[place][1] for place in asked}).values_list("pk", "vendor_name"))
    return {place: (counted[place][0], names[counted[place][1]]) for place in asked}


def _latest_of_each(company: Company, told: Sequence[Said]) -> dict[Place, SpendDecision]:
    """The decision that holds for each vendor and print that is spoken of."""
    said = SpendDecision.objects.of(company).filter(
        vendor_key__in={said.vendor_key for said in told}, withdrawn_at__isnull=True
    )
    return {
        (decision.vendor_key, decision.line_print): decision
        for decision in said.select_related("by").order_by("pk")
    }


def _weigh(
    company: Company,
    said: Said,
    there: Mapping[Place, tuple[int, str]],
    before: Mapping[Place, SpendDecision],
    by: User,
) -> Decided:
    """What comes of one word; a decision that is new is not stored yet."""
    place = said.vendor_key, said.line_print
    held = before.get(place)
    if place not in there:
        return Decided()
    said = _with_what_goes_on(said, held or before.get((said.vendor_key, "")))
    if held is not None and _same(held, said):
        return Decided(kept=held, lines=held.lines)
    if held is not None and said.seen is not None and held.pk > said.seen:
        return Decided(against=held)
    number, name = there[place]
    kept = SpendDecision(
        company=company,
        vendor_key=said.vendor_key,
        vendor_name=name,
        line_print=said.line_print,
        is_it=said.is_it,
        purpose=said.purpose if said.is_it else "",
        department=said.department,
        run_or_change=said.run_or_change,
        capital=said.capital,
        lines=number,
        by=by,
    )
    return Decided(kept, None, held, number)


def _ask_no_more(company: Company, decided: Iterable[SpendDecision]) -> None:
    """What is decided is set aside no more."""
    whole = {decision.vendor_key for decision in decided if not decision.line_print}
    prints = {decision.line_print for decision in decided if decision.line_print}
    keys = {decision.vendor_key for decision in decided}
    aside = SetAside.objects.of(company)
    aside.filter(Q(vendor_key__in=whole) | Q(vendor_key__in=keys, line_print__in=prints)).delete()


def _with_what_goes_on(said: Said, before: SpendDecision | None) -> Said:
    """What a person says, with what was said before of all they were not asked about."""
    if said.in_full or before is None:
        return said
    return replace(
        said,
        department=said.department or before.department,
        run_or_change=said.run_or_change or before.run_or_change,
        capital=before.capital if said.capital is None else said.capital,
    )


def _same(before: SpendDecision, said: Said) -> bool:
    purpose = said.purpose if said.is_it else ""
    return (before.is_it, before.purpose, before.department, before.run_or_change, before.capital) == (
        said.is_it,
        purpose,
        said.department,
        said.run_or_change,
        said.capital,
    )


# --- what holds --------------------------------------------------------------------------------------------------


def standing(company: Company) -> list[SpendDecision]:
    """What people said that holds: of the same vendor and line, the latest; the earliest first."""
    holding: dict[tuple[str, str], SpendDecision] = {}
    said = SpendDecision.objects.of(company).filter(withdrawn_at__isnull=True)
    for decision in said.select_related("by").order_by("pk"):
        holding[decision.vendor_key, decision.line_print] = decision
    return sorted(holding.values(), key=lambda decision: decision.pk)


def as_engine_knows(decisions: Iterable[SpendDecision]) -> tuple[Decision, ...]:
    """Decisions in the engine's words."""
    return tuple(
        Decision(
            vendor_key=said.vendor_key,
            line_print=said.line_print,
            is_it=said.is_it,
            purpose=said.purpose,
            by=str(said.by or ""),
            on=timezone.localdate(said.created_at),
            department=said.department,
            run_or_change=said.run_or_change,
            capital=said.capital,
        )
        for said in decisions
    )


def decision_on(line: SpendLine) -> SpendDecision | None:
    """The decision that holds for a line: on lines like it, else on its vendor."""
    said = SpendDecision.objects.of(line.company).filter(
        vendor_key=line.vendor_key, withdrawn_at__isnull=True
    )
    of_line = said.filter(line_print=line.line_print).order_by("-pk").first()
    found: SpendDecision | None = of_line or said.filter(line_print="").order_by("-pk").first()
    return found


def latest_on_vendor(company: Company, vendor_key: str) -> SpendDecision | None:
    """What was last said of a whole vendor, if it holds."""
    return _latest_of_each(company, [Said(vendor_key, "", is_it=True)]).get((vendor_key, ""))


def departments_in_use(company: Company) -> list[str]:
    """The departments that people or books have named, to choose from."""
    review = Review.objects.current(company)
    cells = SpendCell.objects.of(company).filter(review=review).exclude(department="")
    return list(cells.order_by("department").values_list("department", flat=True).distinct())


# --- following ---------------------------------------------------------------------------------------------------


def catch_up(review: Review) -> bool:
    """Let a review follow every decision that was made or taken back since it last did; whether there was any.

    To be called in a transaction that holds the review.
    """
    now = standing(review.company)
    ids = [decision.pk for decision in now]
    changed = set(ids) ^ set(review.decisions)
    if not changed:
        return False
    older = review.answer.get("keys", {})
    touched = (
        SpendDecision.objects.of(review.company).filter(pk__in=changed).values_list("vendor_key", flat=True)
    )
    keys = {older.get(key, key) for key in touched}
    known = as_engine_knows(d for d in now if older.get(d.vendor_key, d.vendor_key) in keys)
    _recognise(review, keys, known, older)
    renew_cells(review, keys)
    review.answer = with_figures(review.answer, cells_shown(review))
    review.decisions = ids
    review.revision += 1
    review.save(update_fields=["answer", "decisions", "revision"])
    return True


def _recognise(
    review: Review, keys: set[str], decisions: tuple[Decision, ...], older: dict[str, str]
) -> None:
    """Recognise the lines of these vendors again, and write what they are now said to be."""
    lines = SpendLine.objects.of(review.company).filter(
        review=review, vendor_key__in=keys, counting=Counting.COUNTS.value
    )
    texts = list(lines.order_by().values_list(*_RECOGNISED_BY).distinct())
    asked = (
        StoredLine(number, key, name, words, Account(*account))
        for number, (key, name, words, *account) in enumerate(texts)
    )
    said = {
        texts[number]: columns_of(recognition)
        for number, recognition in recognise_again(asked, spend_knowledge(), decisions, older)
    }
    columns = {_print(what): what for what in said.values()}
    if len(columns) == 1:
        lines.update(**_written(next(iter(columns.values()))))
        return
    alike: dict[str, list[int]] = defaultdict(list)
    of_text = {text: _print(what) for text, what in said.items()}
    for pk, *text in lines.values_list("pk", *_RECOGNISED_BY).iterator(ROWS_AT_ONCE):
        alike[of_text[tuple(text)]].append(pk)
    for print_, ids in alike.items():
        for start in range(0, len(ids), PAGE_OF_ROWS):
            some = SpendLine.objects.filter(pk__in=ids[start : start + PAGE_OF_ROWS])
            some.update(**_written(columns[print_]))


def _written(said: dict[str, Any]) -> dict[str, Any]:
    """Where nobody says for which department, that of the paper holds again."""
    return said if said["department"] else {**said, "department": F("paper_department")}


_RECOGNISED_BY = (
    "vendor_key", "vendor_name", "description", "account_chart", "account_code", "account_name",
)  # fmt: skip


def _print(columns: dict[str, Any]) -> str:
    return json.dumps(columns, sort_keys=True)


def columns_of(said: Recognition) -> dict[str, Any]:
    """What a line's row says of what it is."""
    return {
        "it": said.it,
        "would_say": said.would_say,
        "confidence": said.confidence,
        "purpose": said.purpose,
        "function": said.function,
        "confirmed": said.confirmed,
        "department": said.department[:80],
        "category": said.category,
        "run_or_change": said.run_or_change,
        "capital": said.capital,
        "because": [[reason.kind, reason.says] for reason in said.because],
        "said_by": said.because[0].kind[:15] if said.because else "",
    }


# --- cells -------------------------------------------------------------------------------------------------------

_TOLD_APART = (
    "month", "vendor_key", "purpose", "it", "currency", "kind", "category", "department", "run_or_change", "capital",
    "estimated", "confirmed",
)  # fmt: skip


def cell_rows(review: Review, cells: Iterable[Cell], basis: Basis) -> Iterator[SpendCell]:
    """The rows of a review's cells."""
    for cell in cells:
        kind = cell.kind
        yield SpendCell(
            company_id=review.company_id,
            review=review,
            basis=basis.value,
            month=kind.month.first_day,
            vendor_key=kind.vendor_key[:120],
            vendor_name=cell.vendor_name[:300],
            purpose=kind.purpose,
            category=kind.category,
            department=kind.department,
            run_or_change=kind.run_or_change,
            capital=kind.capital,
            kind=kind.proof,
            it=kind.it,
            currency=kind.currency,
            estimated=kind.estimated,
            confirmed=kind.confirmed,
            cost=cell.cost,
            paid=cell.paid,
            lines=cell.lines,
        )


def renew_cells(review: Review, keys: Iterable[str]) -> None:
    """Add up the cells of some vendors anew, from their lines."""
    old = SpendCell.objects.of(review.company).filter(review=review, vendor_key__in=keys)
    names = dict(old.values_list("vendor_key", "vendor_name"))
    old.delete()
    lines = SpendLine.objects.of(review.company).filter(
        review=review, vendor_key__in=keys, counting=Counting.COUNTS.value
    )
    by_day = lines.order_by().values_list("date", *_TOLD_APART[1:])
    sums = by_day.annotate(sum_cost=Sum("cost"), sum_paid=Sum("paid"), number=Count("pk"))
    cells = _by_month(sums.iterator(ROWS_AT_ONCE), names)
    SpendCell.objects.bulk_create(cell_rows(review, cells, Basis.BOOKED), batch_size=ROWS_AT_ONCE)
    moves = _moves(lines.filter(service_from__isnull=False), names)
    SpendCell.objects.bulk_create(cell_rows(review, moves, Basis.ACCRUED), batch_size=ROWS_AT_ONCE)


def _moves(lines: QuerySet[SpendLine], names: dict[str, str]) -> Iterator[Cell]:
    """What is to be moved between months for lines that pay for others than their own."""
    sums: dict[Kind, list[Decimal]] = {}
    rows = lines.order_by().values_list(
        *_TOLD_APART[1:], "date", "service_from", "service_to", "cost", "paid"
    )
    for *apart, day, first, last, cost, paid in rows.iterator(ROWS_AT_ONCE):
        key, purpose, it, currency, *more = apart
        amounts = Money(cost, currency), Money(paid, currency)
        for month, of_cost, of_paid in moved(*amounts, day, Service(first, last, "")):
            kind = Kind(month, key, purpose, it, currency, *more)
            total = sums.setdefault(kind, [Decimal(0), Decimal(0)])
            total[0] += of_cost
            total[1] += of_paid
    for kind, (of_cost, of_paid) in sums.items():
        if of_cost or of_paid:
            yield Cell(kind, names.get(kind.vendor_key, kind.vendor_key), of_cost, of_paid, 0)


def _by_month(rows: Iterable[tuple[Any, ...]], names: dict[str, str]) -> Iterator[Cell]:
    """The cells of rows by day: the day and what else tells cells apart, then cost, paid and the number of lines."""
    sums: dict[Kind, list[Any]] = {}
    for day, key, purpose, it, currency, *more, cost, paid, number in rows:
        kind = Kind(Month.of(day), key, purpose, it, currency, *more)
        total = sums.setdefault(kind, [Decimal(0), Decimal(0), 0])
        total[0] += cost
        total[1] += paid
        total[2] += number
    for kind, (cost, paid, number) in sums.items():
        yield Cell(kind, names.get(kind.vendor_key, kind.vendor_key), _exact(cost), _exact(paid), number)


def cells_shown(review: Review) -> Iterator[Cell]:
    """The booked cells that the figures of a review need: those of its period and of the year before.

    Of what is no IT they need the sum alone, and of the year before what is IT: that is far less than all of them.
    """
    first, last = (Month.of(date.fromisoformat(day)) for day in review.answer["period"])
    rows = SpendCell.objects.of(review.company).filter(
        review=review, basis=Basis.BOOKED.value, month__lte=last.first_day
    )
    within = Q(month__gte=first.first_day)
    before = Q(month__gte=first.plus(-12).first_day, it="yes")
    told = rows.filter(before | within, it__in=("yes", "asked"))
    for month, key, purpose, it, currency, *more in told.values_list(
        *_TOLD_APART, "vendor_name", "cost", "paid", "lines"
    ).iterator(ROWS_AT_ONCE):
        *rest, name, cost, paid, number = more
        yield Cell(Kind(Month.of(month), key, purpose, it, currency, *rest), name, cost, paid, number)
    others = rows.filter(within, it="no").order_by().values_list("currency", "confirmed")
    sums = others.annotate(sum_cost=Sum("cost"), sum_paid=Sum("paid"), number=Sum("lines"))
    for currency, confirmed, cost, paid, number in sums:
        kind = Kind(first, "", "", "no", currency, confirmed=confirmed)
        yield Cell(kind, "", _exact(cost), _exact(paid), number)


def _exact(amount: Decimal) -> Decimal:
    """A sum as its rows are kept: a database that adds up in floating point is a hair beside it."""
    return amount.quantize(Decimal("0.0001"))
