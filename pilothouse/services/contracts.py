"""Contracts: what follows from their terms for a day, who decides, what was decided, what nobody decided in time.

The dates of a contract are worked out by the engine for a day and kept beside it, so a list of thousands is sorted by
the database. `bring_up_to_date` works out those that were last worked out for another day or by other rules.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.shape import shape_of
from pilothouse.engine.contracts.terms import (
    Before,
    BusinessDays,
    ContractTerms,
    Effective,
    Form,
    NextDecision,
    Notice,
    Renewal,
    Renews,
    Week,
)
from pilothouse.engine.contracts.timeline import TimeLine, time_line
from pilothouse.engine.dates import Duration
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Basis
from pilothouse.knowledge import delivery_days
from pilothouse.records.models import Contract, ContractChange, ContractDecision, Review, SpendCell
from pilothouse.services.vendors import vendors_called

RULE_SET = "contracts@2026-11-23b"
AT_ONCE = 500
FURTHEST = 12  # exits looked at for one that nobody decided on

# What a person confirms together with the dates: the columns that the decision rests on.
DATE_COLUMNS = (
    "start", "initial_term", "end", "renewal_mode", "renewal_term", "renewal_times", "notice_length",
    "notice_business_days", "notice_week", "notice_before", "notice_effective", "notice_break", "notice_must_be",
    "notice_by", "notice_not_before", "country", "region",
)  # fmt: skip
WORKED_OUT = ("worked_out_on", "rule_set", "answer", "send_by", "last_day", "exit_day")


# --- what a contract says, in the engine's words ---------------------------------------------------------------


def terms_of(contract: Contract) -> ContractTerms | None:
    """The terms as the engine knows them; None while nobody knows when it starts."""
    start = contract.start
    if start is None:
        return None
    cost = contract.yearly_cost
    if contract.ends_on is not None:
        return ContractTerms(start, end=contract.ends_on, renewal=Renewal(Renews.NONE))
    return ContractTerms(
        start,
        _length(contract.initial_term),
        contract.end,
        _renewal(contract),
        _notice(contract),
        None if cost is None else Money(cost, contract.currency),
        contract.country,
        contract.region,
    )


def _renewal(contract: Contract) -> Renewal | None:
    if not (contract.renewal_mode or contract.renewal_term or contract.renewal_times):
        return None
    return Renewal(
        Renews(contract.renewal_mode or Renews.TACIT), _length(contract.renewal_term), contract.renewal_times
    )


def _notice(contract: Contract) -> Notice | None:
    length = _notice_length(contract)
    if length is None and not contract.notice_before:
        return None
    return Notice(
        length,
        Before(contract.notice_before or Before.TERM_END),
        Effective(contract.notice_effective) if contract.notice_effective else None,
        contract.notice_break,
        contract.notice_must_be == Contract.MustBe.SENT,
        Form(contract.notice_by or Form.EMAIL),
        _length(contract.notice_not_before),
    )


def _notice_length(contract: Contract) -> Duration | BusinessDays | None:
    if contract.notice_business_days:
        return BusinessDays(contract.notice_business_days, Week(contract.notice_week or Week.MON_FRI))
    return _length(contract.notice_length)


def _length(text: str) -> Duration | None:
    return Duration.parse(text) if text else None


# --- what follows from it -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Open:
    """The next day on which something can still be decided: nobody has yet."""

    exit: date
    last_day: date
    send_by: date


def standing(company: Company) -> QuerySet[Contract]:
    """The contracts of the register, without those put away."""
    found: QuerySet[Contract] = Contract.objects.of(company).filter(archived_at__isnull=True)
    return found


def bring_up_to_date(company: Company, *, today: date) -> int:
    """Work out the contracts that were last worked out for another day or by other rules; how many there were."""
    stale = list(standing(company).exclude(worked_out_on=today, rule_set=RULE_SET).order_by("pk"))
    if not stale:
        return 0
    decided = _decided(company)
    for contract in stale:
        _work_out(contract, decided.get(contract.pk, frozenset()), today)
    for first in range(0, len(stale), AT_ONCE):
        Contract.objects.bulk_update(stale[first : first + AT_ONCE], WORKED_OUT)
    return len(stale)


def work_out(contract: Contract, *, today: date) -> None:
    """Work out one contract after something of it changed, and keep what follows."""
    decided = frozenset(
        ContractDecision.objects.of(contract.company)
        .filter(contract=contract, withdrawn_at__isnull=True)
        .values_list("exit_day", flat=True)
    )
    _work_out(contract, decided, today)
    contract.save(update_fields=[*WORKED_OUT, "changed_at"])


def _decided(company: Company) -> Mapping[int, frozenset[date]]:
    found: dict[int, set[date]] = defaultdict(set)
    rows = ContractDecision.objects.of(company).filter(withdrawn_at__isnull=True)
    for contract_id, exit_day in rows.values_list("contract_id", "exit_day"):
        found[contract_id].add(exit_day)
    return {contract_id: frozenset(days) for contract_id, days in found.items()}


def _work_out(contract: Contract, decided: frozenset[date], today: date) -> None:
    agreed = terms_of(contract)
    contract.worked_out_on, contract.rule_set = today, RULE_SET
    contract.send_by = contract.last_day = contract.exit_day = None
    if agreed is None:
        contract.answer = {"problems": [NO_START]}
        return
    found = next_decision(agreed, delivery_days(agreed.country, today), today=today)
    contract.answer = shape_of(found)
    still_open = _next_open(agreed, found, decided, today)
    contract.exit_day = found.exit
    if still_open is not None:
        contract.send_by, contract.last_day = still_open.send_by, still_open.last_day
        contract.exit_day = still_open.exit


NO_START = {
    "rule": "contract.start",
    "level": "error",
    "message": "When does it start? Without that day nothing can be counted.",
    "place": "start",
}


def _next_open(
    agreed: ContractTerms, found: NextDecision, decided: frozenset[date], today: date
) -> Open | None:
    """The first exit that can still be reached and that nobody has decided on."""
    for _step in range(FURTHEST):
        reached = _reached(found, today)
        if reached is None:
            return None
        if reached.exit not in decided:
            return reached
        later = reached.last_day + timedelta(days=1)
        found = next_decision(agreed, delivery_days(agreed.country, today), today=max(later, today))
        today = max(later, today)
    return None


def _reached(found: NextDecision, today: date) -> Open | None:
    if found.exit is not None and found.last_day is not None and found.last_day >= today:
        return Open(found.exit, found.last_day, found.send_by or found.last_day)
    if found.next is not None:
        return Open(found.next.exit, found.next.last_day, found.next.send_by)
    return None


# --- what people change ------------------------------------------------------------------------------------------


def save(contract: Contract, changed: Iterable[str], *, by: User, today: date) -> Contract:
    """Keep a contract that a person entered or changed: what they touched is confirmed, what stood there is kept."""
    columns = list(changed)
    before = Contract.objects.of(contract.company).filter(pk=contract.pk).first() if contract.pk else None
    contract.proposed = [column for column in contract.proposed if column not in columns]
    if before is None:
        contract.by = by
    with transaction.atomic():
        contract.save()
        told = _told(before, contract, columns)
        if told:
            ContractChange.objects.create(company=contract.company, contract=contract, by=by, changes=told)
        work_out(contract, today=today)
    return contract


def _told(before: Contract | None, now: Contract, columns: Iterable[str]) -> list[list[str]]:
    if before is None:
        return []
    pairs = ((column, as_text(before, column), as_text(now, column)) for column in columns)
    return [[column, was, is_now] for column, was, is_now in pairs if was != is_now]


def as_text(contract: Contract, column: str) -> str:
    """A column as it is kept in what was changed."""
    value = getattr(contract, column)
    return "" if value is None else str(value)


def confirm(contract: Contract, columns: Iterable[str], *, by: User) -> int:
    """Confirm what was proposed in these columns; how many there were."""
    meant = set(columns)
    left = [column for column in contract.proposed if column not in meant]
    confirmed = len(contract.proposed) - len(left)
    if confirmed:
        told = [[column, "proposed", "confirmed"] for column in contract.proposed if column in meant]
        contract.proposed = left
        with transaction.atomic():
            contract.save(update_fields=["proposed", "changed_at"])
            ContractChange.objects.create(company=contract.company, contract=contract, by=by, changes=told)
    return confirmed


def put_away(contract: Contract, *, by: User, away: bool) -> None:
    """Take a contract out of the register, or back into it; its history stays."""
    contract.archived_at = timezone.now() if away else None
    contract.worked_out_on = None
    with transaction.atomic():
        contract.save(update_fields=["archived_at", "worked_out_on", "changed_at"])
        was, is_now = ("in the register", "put away") if away else ("put away", "in the register")
        ContractChange.objects.create(
            company=contract.company, contract=contract, by=by, changes=[["register", was, is_now]]
        )


# --- decisions --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a decision: it holds, or somebody decided before."""

    decision: ContractDecision
    is_first: bool


def decide(contract: Contract, decision: ContractDecision, *, by: User, today: date) -> Taken:
    """Keep a decision for one exit day with what was known; of two at once the first holds, and the second is told."""
    decision.company, decision.contract, decision.by = contract.company, contract, by
    decision.known = {
        "answer": contract.answer,
        "yearly_cost": None if contract.yearly_cost is None else str(contract.yearly_cost),
        "currency": contract.currency,
        "proposed": list(contract.proposed),
    }
    try:
        with transaction.atomic():
            decision.save()
            if decision.kind == ContractDecision.Kind.CANCEL:
                contract.ends_on = decision.exit_day
                contract.save(update_fields=["ends_on", "changed_at"])
            work_out(contract, today=today)
    except IntegrityError:
        held = decisions_of(contract).filter(exit_day=decision.exit_day, withdrawn_at__isnull=True).first()
        if held is None:
            raise
        return Taken(held, is_first=False)
    return Taken(decision, is_first=True)


def withdraw(decision: ContractDecision, *, by: User, today: date) -> bool:
    """Take a decision back; False where that was done already."""
    contract = decision.contract
    with transaction.atomic():
        taken = (
            ContractDecision.objects.of(decision.company)
            .filter(pk=decision.pk, withdrawn_at__isnull=True)
            .update(withdrawn_at=timezone.now(), withdrawn_by=by)
        )
        if taken and decision.kind == ContractDecision.Kind.CANCEL and contract.ends_on == decision.exit_day:
            contract.ends_on = None
            contract.save(update_fields=["ends_on", "changed_at"])
        if taken:
            work_out(contract, today=today)
    return bool(taken)


def say_sent(decision: ContractDecision, *, sent_on: date, sent_by: str, proof: str) -> None:
    """Note that the notice went out, how, and by what that is proved."""
    decision.sent_on, decision.sent_by, decision.sent_proof = sent_on, sent_by, proof
    decision.save(update_fields=["sent_on", "sent_by", "sent_proof"])


def decisions_of(contract: Contract) -> QuerySet[ContractDecision]:
    found: QuerySet[ContractDecision] = (
        ContractDecision.objects.of(contract.company)
        .filter(contract=contract)
        .select_related("by", "withdrawn_by", "proof_file")
    )
    return found


# --- the calendar ----------------------------------------------------------------------------------------------


class _Row(NamedTuple):
    """The few columns by which a contract finds its part; a whole one takes three times as long to look up."""

    pk: int
    send_by: date | None
    ends_on: date | None
    lead_days: int
    urgent_days: int
    currency: str
    answer: dict[str, Any]
    yearly_cost: Decimal | None


Dated: TypeAlias = Contract | _Row  # judged by its days


class _Lost(NamedTuple):
    """The exit that nobody used in time, and what that commits to."""

    exit: date
    last_day: date
    renews_until: date | None
    commits: Money | None


@dataclass(frozen=True, slots=True)
class Missed:
    """A decision nobody took in time: what it commits to, and until when."""

    contract: Contract
    exit: date
    last_day: date
    renews_until: date | None
    commits: Money | None


@dataclass(frozen=True, slots=True)
class Part:
    """Contracts of one part of the calendar, and how many there are in all."""

    contracts: tuple[Contract, ...]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.contracts)


@dataclass(frozen=True, slots=True)
class Calendar:
    """What must be decided by when. `urgent` and `soon` by the lead times of each contract; `later` within a year.

    `ending_soon`: it ends by itself within its lead time; `ending`: so later, or notice was given; the nearest first;
    `unknown`: no day can be counted yet; `missed`: as many as asked for of `missed_number`; `running`: how many have
    not ended; `committed`: their yearly cost by currency.
    """

    urgent: Part
    soon: Part
    ending_soon: Part
    later: Part
    unknown: Part
    ending: Part
    missed: tuple[Missed, ...]
    missed_number: int
    running: int
    committed: dict[str, Decimal]

    @property
    def first(self) -> Contract | None:
        """What is to be decided first."""
        return next(iter((*self.urgent.contracts, *self.soon.contracts, *self.later.contracts)), None)


# What a row of the calendar shows: a contract has three times as many columns.
SHOWN_IN_CALENDAR = (
    "company", "name", "vendor_name", "send_by", "last_day", "exit_day", "ends_on", "archived_at", "proposed",
    "yearly_cost", "currency", "responsible__name", "responsible__email", "responsible_name", "lead_days",
    "urgent_days", "answer",
)  # fmt: skip
HORIZON = timedelta(days=366)


def calendar(company: Company, *, today: date, most: int = 50) -> Calendar:
    """What must be decided by when, the nearest first; of each part at most `most` are looked up whole."""
    bring_up_to_date(company, today=today)
    found = standing(company)
    rows = [_Row(*row) for row in found.order_by("send_by", "name", "pk").values_list(*_Row._fields)]
    decided = _decided(company)
    missed = [
        (row.pk, lost) for row in rows if (lost := _lost(row, decided.get(row.pk, frozenset()))) is not None
    ]
    parts: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        if (name := _part_of(row, today)) is not None:
            parts[name].append(row)
    for name in ("ending", "ending_soon"):
        parts[name].sort(key=lambda row: ends_by_itself(row) or date.max)
    shown = {row.pk for part in parts.values() for row in part[:most]} | {pk for pk, _ in missed[:most]}
    asked = found.filter(pk__in=shown).select_related("responsible").only(*SHOWN_IN_CALENDAR)
    whole = {one.pk: one for one in asked}  # what was put away meanwhile is not among them
    running = [row for row in rows if not has_ended(row)]
    return Calendar(
        **{
            name: Part(
                tuple(whole[row.pk] for row in parts[name][:most] if row.pk in whole), len(parts[name])
            )
            for name in ("urgent", "soon", "ending_soon", "later", "unknown", "ending")
        },
        missed=tuple(Missed(whole[pk], *lost) for pk, lost in missed[:most] if pk in whole),
        missed_number=len(missed),
        running=len(running),
        committed=_committed(running),
    )


def _part_of(row: _Row, today: date) -> str | None:
    """In which part of the calendar a contract stands; None where nothing is to be done within a year."""
    if row.send_by is None:
        if _is_ending(row, today):
            return "ending_soon" if ends_soon(row, today) else "ending"
        return "unknown" if is_unknown(row) else None
    if is_urgent(row, today):
        return "urgent"
    if is_soon(row, today):
        return "soon"
    return "later" if row.send_by <= today + HORIZON else None


def _committed(rows: Iterable[_Row]) -> dict[str, Decimal]:
    """The yearly cost by currency."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        if row.yearly_cost is not None:
            sums[row.currency] += row.yearly_cost
    return dict(sums)


def first_due(company: Company, *, today: date) -> Contract | None:
    """The contract that must be decided first, once it is so near that people are reminded of it."""
    bring_up_to_date(company, today=today)
    found: Contract | None = standing(company).filter(send_by__isnull=False).order_by("send_by", "pk").first()
    return found if found is not None and is_soon(found, today) else None


def is_urgent(contract: Dated, today: date) -> bool:
    return contract.send_by is not None and (contract.send_by - today).days <= contract.urgent_days


def is_soon(contract: Dated, today: date) -> bool:
    return contract.send_by is not None and (contract.send_by - today).days <= max(
        contract.lead_days, contract.urgent_days
    )


def missed_of(contract: Contract, decided: frozenset[date]) -> Missed | None:
    """The decision on the running exit that nobody took in time; None where it was taken or can still be."""
    lost = _lost(contract, decided)
    return None if lost is None else Missed(contract, *lost)


def _lost(contract: Dated, decided: frozenset[date]) -> _Lost | None:
    answer: dict[str, Any] = contract.answer
    if not answer.get("missed") or contract.ends_on is not None:
        return None
    exit_day, last_day = date.fromisoformat(answer["exit"]), date.fromisoformat(answer["last_day"])
    if exit_day in decided:
        return None
    follows = answer.get("if_nobody_acts") or {}
    until, commits = follows.get("renews_until"), follows.get("commits")
    return _Lost(
        exit_day,
        last_day,
        date.fromisoformat(until) if until else None,
        Money(Decimal(commits), contract.currency) if commits is not None else None,
    )


def ends_by_itself(contract: Dated) -> date | None:
    """The day it ends on without anybody's notice, or since notice was given; None where it goes on."""
    ends = (contract.answer.get("if_nobody_acts") or {}).get("ends")
    return None if ends is None else date.fromisoformat(ends)


def _is_ending(contract: Dated, today: date) -> bool:
    ends = ends_by_itself(contract)
    return ends is not None and ends >= today


def ends_soon(contract: Dated, today: date) -> bool:
    """Whether it ends by itself within its lead time, and nobody decided that it should."""
    ends = ends_by_itself(contract)
    return ends is not None and contract.ends_on is None and (ends - today).days <= contract.lead_days


def has_ended(contract: Dated) -> bool:
    """Whether it is over, as of the day it was worked out for."""
    answer: dict[str, Any] = contract.answer
    return answer.get("term") is None and not answer.get("problems")


def is_unknown(contract: Dated) -> bool:
    """Whether no day can be counted because something is not known."""
    answer: dict[str, Any] = contract.answer
    if contract.ends_on is not None or contract.send_by is not None:
        return False
    if answer.get("term") is None:
        return not has_ended(contract)
    ends = (answer.get("if_nobody_acts") or {}).get("ends")
    return answer.get("last_day") is None and answer.get("earliest_end") is None and ends is None


# --- contracts and money -----------------------------------------------------------------------------------------


def found_by(contracts: QuerySet[Contract], words: str) -> QuerySet[Contract]:
    """Those whose name, number, vendor or department has the words."""
    for word in words.split()[:8]:
        contracts = contracts.filter(
            Q(name__icontains=word)
            | Q(number__icontains=word)
            | Q(vendor_name__icontains=word)
            | Q(department__icontains=word)
        )
    return contracts


@dataclass(frozen=True, slots=True)
class Paid:
    """What the vendor of a contract was paid in the twelve months that are shown, without VAT."""

    amount: Money
    first: date
    last: date
    contracts: int

    @property
    def query(self) -> str:
        return f"from={self.first}&to={self.last}&counting=counts"


def paid_for(contract: Contract) -> Paid | None:
    """What its vendor was paid; None before the first papers, or where no vendor of the papers is meant."""
    review = Review.objects.current(contract.company)
    if review is None or not contract.vendor_key:
        return None
    first, last = (date.fromisoformat(day) for day in review.answer["period"])
    cells = SpendCell.objects.of(contract.company).filter(
        review=review, basis=Basis.BOOKED, vendor_key=contract.vendor_key, month__range=(first, last)
    )
    total = cells.aggregate(cost=Sum("cost"))["cost"]
    if total is None:
        return None
    others = standing(contract.company).filter(vendor_key=contract.vendor_key).count()
    return Paid(Money(total, review.answer["currency"]), first, last, others)


def vendor_key_of(company: Company, name: str) -> str:
    """The key of the one vendor on the papers that goes by a name; empty where none or several do."""
    found = vendors_called(company, name) if name else []
    return found[0][0] if len(found) == 1 else ""


def line_of(contract: Contract, *, today: date) -> TimeLine | None:
    """The chain of terms around today; None where no term can be counted."""
    agreed = terms_of(contract)
    if agreed is None:
        return None
    return time_line(
        agreed, next_decision(agreed, delivery_days(agreed.country, today), today=today), today=today
    )
