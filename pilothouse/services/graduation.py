"""When will a company outgrow its way of running IT? Triggers on what is known today, the way there, readiness.

What the profile does not say is measured from the records: the age of the arrangement, the days until a provider's
contract must be decided on, months in which a provider invoiced more than its fee, firms that supply IT, how IT spend
grew, and incidents outside office hours from the list the company keeps. A job looks at every company once a night and
keeps since when a trigger is met.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

import numpy as np
from django.db import transaction
from django.db.models import QuerySet, Sum

from pilothouse.accounts.models import Company, User
from pilothouse.engine.assumptions import Assumption
from pilothouse.engine.costs.profile import Profile
from pilothouse.engine.costs.way import WayCost, cost_of_way
from pilothouse.engine.sourcing.fees import months_above
from pilothouse.engine.sourcing.graduation import (
    MET,
    NEAR,
    NOT_MET,
    UNKNOWN,
    Evaluated,
    Playbook,
    Trigger,
    dated,
    evaluate,
    is_worse,
    measured_of,
    playbook_between,
    points_to,
)
from pilothouse.engine.sourcing.incidents import DAYS_BACK, Happened, YearOfIncidents, year_of
from pilothouse.engine.sourcing.readiness import Readiness, drill_is_due, readiness_of
from pilothouse.engine.spend.cells import Basis
from pilothouse.knowledge.sourcing_costs import CURRENCIES, HOME, cost_book
from pilothouse.knowledge.sourcing_graduation import playbooks, readiness_questions, triggers
from pilothouse.records.models import (
    Contract,
    ContractTerm,
    Drill,
    Incident,
    ProfileVersion,
    ReadinessAnswers,
    SpendCell,
    Transition,
    TransitionTask,
    TriggerState,
)
from pilothouse.services import contracts, sourcing, spend
from pilothouse.services.costs import Range, about

logger = logging.getLogger(__name__)

YEAR_DAYS, MONTHS_BACK = 365.25, 365
PROVIDING = ("managed_it_services", "it_consultancy", "cloud_hosting", "telecom_fixed_data")
OPEN_STATES = (MET, NEAR)
MOST_SIGNS = 2  # on the page of the day
PROVIDER_KIND = Contract.Kind.MANAGED_SERVICES


@dataclass(frozen=True, slots=True)
class Clause:
    """A term to have in a contract beforehand; `found` are the contracts whose papers have it (contract, quote)."""

    term: str
    found: tuple[tuple[Contract, str], ...]


@dataclass(frozen=True, slots=True)
class ShownWayCost:
    """What a way costs once, and a year more than today (None where the model stays), in whole units."""

    once: Range
    more: Range | None
    currency: str


@dataclass(frozen=True, slots=True)
class Path:
    """What says that the model is outgrown, where it leads, and how ready the company is."""

    evaluated: tuple[Evaluated, ...]
    since: dict[str, date]
    aside: dict[str, TriggerState]
    towards: str
    playbook: Playbook | None
    readiness: Readiness
    last_drill: Drill | None
    drill_due: bool

    @property
    def met(self) -> tuple[Evaluated, ...]:
        return tuple(
            each
            for each in self.evaluated
            if each.state in OPEN_STATES and each.trigger.key not in self.aside
        )

    @property
    def unknown(self) -> tuple[Evaluated, ...]:
        return tuple(each for each in self.evaluated if each.state == UNKNOWN)

    @property
    def set_aside(self) -> tuple[tuple[Evaluated, TriggerState], ...]:
        """Signs that somebody set aside, with why."""
        listed = {each.trigger.key: each for each in self.evaluated}
        return tuple((listed[key], state) for key, state in self.aside.items() if key in listed)


def measured(company: Company, *, today: date) -> dict[str, float | None]:
    """All that triggers measure; None where nobody knows."""
    known = sourcing.profile_of(company)
    since = known.version.arrangement_since if known.version else None
    return {
        **measured_of(known.profile),
        "arrangement_years": (today - since).days / YEAR_DAYS if since else None,
        "after_hours_incidents": incidents_of(company, today=today).measured,
        "days_to_decision": _days_to_decision(company, today),
        "months_above_fee": _months_above_fee(company, today),
        "providers": _providers(company, today),
        "spend_growth": _growth(company, today),
    }


def incidents_of(company: Company, *, today: date) -> YearOfIncidents:
    """What was noted in the year up to today."""
    noted = Incident.objects.of(company).filter(happened_on__gt=today - timedelta(DAYS_BACK))
    rows = noted.values_list("happened_on", "outside_hours", "minutes")
    return year_of((Happened(*row) for row in rows), today=today)


def _provider_contracts(company: Company) -> list[Contract]:
    """Contracts with firms that run IT, by the kind that was read or said."""
    found = contracts.standing(company).filter(kind=PROVIDER_KIND)
    return list(found.order_by("send_by", "pk"))


def _days_to_decision(company: Company, today: date) -> float | None:
    """Until the nearest decision that is ahead; where all are past, less than none."""
    days = [(each.send_by - today).days for each in _provider_contracts(company) if each.send_by]
    ahead = [count for count in days if count >= 0]
    return float(min(ahead or days)) if days else None


def _cells(company: Company, today: date) -> QuerySet[SpendCell]:
    """The cells of the shown review of the last twelve months."""
    review = spend.current(company)
    start = today - timedelta(MONTHS_BACK)
    if review is None:
        return SpendCell.objects.none()
    found: QuerySet[SpendCell] = SpendCell.objects.of(company).filter(
        review=review, basis=Basis.BOOKED.value, month__gte=start
    )
    return found


def _months_above_fee(company: Company, today: date) -> float | None:
    """The most months in which one provider took more than its contracts say; None where no bills tell."""
    fees = _yearly_fees(company)
    billed: dict[tuple[str, str], dict[date, Decimal]] = defaultdict(dict)
    rows = _cells(company, today).filter(vendor_key__in={vendor for vendor, _currency in fees})
    for row in rows.values("vendor_key", "currency", "month").annotate(sum=Sum("cost")):
        billed[row["vendor_key"], row["currency"]][row["month"]] = row["sum"]
    found = [months_above(billed[key], fee) for key, fee in fees.items() if key in billed]
    known = [float(each) for each in found if each is not None]
    return max(known) if known else None


def _yearly_fees(company: Company) -> dict[tuple[str, str], Decimal]:
    """What each provider's contracts cost a year by vendor and currency, whatever else it supplies taken in.

    Bills do not say which contract they are for; a provider with a contract whose cost nobody knows has no fee.
    """
    fees: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    providers, unknown = set(), set()
    for contract in contracts.standing(company).exclude(vendor_key=""):
        key = (contract.vendor_key, contract.currency)
        fees[key] += contract.yearly_cost or 0
        if contract.kind == PROVIDER_KIND:
            providers.add(contract.vendor_key)
        if not contract.yearly_cost:
            unknown.add(contract.vendor_key)
    return {key: fee for key, fee in fees.items() if key[0] in providers - unknown}


def _providers(company: Company, today: date) -> float | None:
    cells = _cells(company, today)
    if not cells.exists():
        return None
    return float(cells.filter(it="yes", category__in=PROVIDING).values("vendor_key").distinct().count())


def _growth(company: Company, today: date) -> float | None:
    found = spend.overview(company, today=today)
    if (
        found is None
        or found.year_before is None
        or not found.year_before.value.amount
        or found.change is None
    ):
        return None
    return float(found.change.amount / found.year_before.value.amount)


def path_of(company: Company, *, today: date) -> Path:
    """The graduation path as it stands today."""
    profile = sourcing.profile_of(company).profile
    evaluated = evaluate(triggers(), measured(company, today=today), profile.current_model)
    states = list(TriggerState.objects.of(company).select_related("aside_by"))
    aside = _set_aside(states, evaluated, today)
    pointed = [
        to
        for each in evaluated
        if each.state in OPEN_STATES
        and each.trigger.key not in aside
        and (to := points_to(each.trigger, profile.current_model))
    ]
    first = sourcing.advice_on(company, today=today).first.key
    towards = first if first in pointed or not pointed else pointed[0]
    drill = Drill.objects.of(company).first()
    return Path(
        evaluated,
        {each.key: each.first_met for each in states if each.first_met is not None},
        aside,
        "" if towards == profile.current_model else towards,
        playbook_between(playbooks(), profile.current_model, towards),
        readiness_now(company),
        drill,
        drill_is_due(drill.held_on if drill else None, today),
    )


def _set_aside(
    states: Iterable[TriggerState], evaluated: Iterable[Evaluated], today: date
) -> dict[str, TriggerState]:
    """Signs that were set aside and still are: the day has not come, and it has not become clearly worse."""
    listed = {each.trigger.key: each for each in evaluated}
    return {
        state.key: state
        for state in states
        if state.key in listed
        and _is_aside(state, listed[state.key].trigger, listed[state.key].measured, today)
    }


def _is_aside(state: TriggerState, trigger: Trigger, measured: float | None, today: date) -> bool:
    return (
        bool(state.aside_why)
        and (state.aside_until is None or today < state.aside_until)
        and not is_worse(trigger, state.aside_measured, measured)
    )


def set_aside(company: Company, key: str, why: str, until: date | None, *, today: date, by: User) -> None:
    """Put a sign apart with a reason, for good or until a day."""
    [found] = [each for each in path_of(company, today=today).evaluated if each.trigger.key == key]
    TriggerState.objects.update_or_create(
        company=company,
        key=key,
        defaults={
            "aside_why": why,
            "aside_on": today,
            "aside_until": until,
            "aside_by": by,
            "aside_measured": found.measured,
        },
        create_defaults={
            "state": found.state,
            "measured": found.measured,
            "last_seen": today - timedelta(1),
            "aside_why": why,
            "aside_on": today,
            "aside_until": until,
            "aside_by": by,
            "aside_measured": found.measured,
        },
    )


def take_up(company: Company, key: str) -> None:
    """Let a sign count again that was set aside."""
    TriggerState.objects.of(company).filter(key=key).update(
        aside_why="", aside_on=None, aside_until=None, aside_by=None, aside_measured=None
    )


def cost_of(company: Company, playbook: Playbook, *, today: date) -> ShownWayCost | None:
    """What a way costs a company; None where there are no figures for its country."""
    known = sourcing.profile_of(company)
    country = known.profile.country or HOME
    if country not in CURRENCIES:
        return None
    current = known.profile.current_model
    start = current if current in playbook.models else playbook.models[0]
    own = sourcing.own_assumptions(company, today=today)
    found = _way_worked_out(known.profile, country, (start, playbook.to), today, own)
    more = None if found.more is None else Range(*(about(Decimal(str(each))) for each in found.more))
    return ShownWayCost(Range(*(about(Decimal(str(each))) for each in found.once)), more, CURRENCIES[country])


@lru_cache(maxsize=256)
def _way_worked_out(
    profile: Profile, country: str, ends: tuple[str, str], today: date, own: tuple[Assumption, ...]
) -> WayCost:
    start, to = ends
    return cost_of_way(
        profile, cost_book(country, today, own), start, to, np.random.default_rng(sourcing.SEED)
    )


def readiness_now(company: Company) -> Readiness:
    """The score of the newest answers."""
    return readiness_of(readiness_questions(), answers_of(company))


def answers_of(company: Company) -> dict[str, str]:
    """The newest answers by question."""
    newest = ReadinessAnswers.objects.of(company).order_by("created_at", "pk").last()
    return dict(newest.answers) if newest else {}


def model_of(company: Company) -> str | None:
    """How IT is run today, as the profile says."""
    return sourcing.profile_of(company).profile.current_model


def clauses_of(company: Company) -> list[Clause]:
    """The terms to have from day one, and where the contracts on record have them."""
    model = model_of(company)
    return _clauses(company, [each for each in playbooks() if model is None or model in each.models])


def clauses_for(company: Company, playbook: str) -> list[Clause]:
    """The terms that one way needs; none where the way is not known any more."""
    return _clauses(company, [each for each in playbooks() if each.key == playbook])


def _clauses(company: Company, wanted: Iterable[Playbook]) -> list[Clause]:
    terms = dict.fromkeys(term for each in wanted for term in each.clauses)
    found: dict[str, list[tuple[Contract, str]]] = {term: [] for term in terms}
    rows = ContractTerm.objects.of(company).filter(term__in=list(terms), contract__archived_at__isnull=True)
    for row in rows.exclude(state=ContractTerm.State.REJECTED).select_related("contract"):
        found[row.term].append((row.contract, row.quote))
    # Who runs IT first: what the lease of a copier covers is of no use here.
    return [
        Clause(term, tuple(sorted(places, key=lambda place: place[0].kind != PROVIDER_KIND)))
        for term, places in found.items()
    ]


def start(company: Company, playbook: Playbook, *, today: date, by: User) -> Transition:
    """Begin a way: its tasks with their days. One that is under way already is given instead."""
    with transaction.atomic():
        Company.objects.select_for_update().get(pk=company.pk)  # two who start at once start one
        begun = Transition.objects.of(company).filter(playbook=playbook.key, ended_on__isnull=True)
        under_way: Transition | None = begun.first()
        if under_way is not None:
            return under_way
        planned = cost_of(company, playbook, today=today)
        made: Transition = Transition.objects.create(
            company=company,
            playbook=playbook.key,
            name=playbook.name,
            to=playbook.to,
            started_on=today,
            planned_low=planned.once.low if planned else None,
            planned_high=planned.once.high if planned else None,
            currency=planned.currency if planned else "",
            by=by,
        )
        TransitionTask.objects.bulk_create(
            TransitionTask(
                company=company, transition=made, position=position, what=task.what, owner=task.owner, due=due
            )
            for position, (due, task) in enumerate(dated(playbook, today))
        )
    return made


def tick(task: TransitionTask, *, done: bool, today: date, by: User) -> None:
    """Say that a task is done, or not; the way ends with its last task."""
    task.done_on, task.done_by = (today, by) if done else (None, None)
    task.save(update_fields=["done_on", "done_by"])
    _end_with_the_last(task.transition, today)


def leave_out(task: TransitionTask, why: str, *, today: date) -> None:
    """Say why a task is not needed, or (with no reason) that it is after all."""
    task.skipped_why = why
    task.save(update_fields=["skipped_why"])
    _end_with_the_last(task.transition, today)


def _end_with_the_last(way: Transition, today: date) -> None:
    open_ones = way.tasks.filter(done_on__isnull=True, skipped_why="").exists()
    if open_ones or way.ended_on is None:
        way.ended_on = None if open_ones else today
        way.save(update_fields=["ended_on"])


@dataclass(frozen=True, slots=True)
class NewPlan:
    """Who does a task until when; `moving` where the open tasks after it move by as many days."""

    who: str
    due: date
    note: str
    moving: bool


def plan(task: TransitionTask, new: NewPlan, *, seen: int) -> bool:
    """Change a task that was seen in revision `seen`; False, and nothing changed, where somebody was faster."""
    with transaction.atomic():
        mine = TransitionTask.objects.filter(pk=task.pk, revision=seen)
        if not mine.update(who=new.who, due=new.due, note=new.note, revision=seen + 1):
            return False
        if new.moving:
            later = task.transition.tasks.filter(
                position__gt=task.position, done_on__isnull=True, skipped_why=""
            )
            for each in later:
                each.due += new.due - task.due
                each.revision += 1  # who has it open as it was is told, too
                each.save(update_fields=["due", "revision"])
    return True


def arrive(way: Transition, *, today: date, by: User) -> ProfileVersion | None:
    """The way is gone: today's model in the profile becomes the one it led to; None where that is so already."""
    newest = sourcing.profile_of(way.company).version
    if not way.to or newest is None or newest.current_model == way.to:
        return None
    newest.pk, newest._state.adding = None, True  # Django's way to copy a row: history keeps the old one
    newest.current_model, newest.arrangement_since, newest.holds_from = way.to, today, today
    newest.by = by
    newest.save()
    return newest


@transaction.atomic
def watch(company: Company, *, today: date) -> tuple[str, ...]:
    """Keep the state of every trigger, all of them or none; gives the keys of those newly met.

    One that does not speak of today's model any more is not met.
    """
    known = {state.key: state for state in TriggerState.objects.of(company)}
    model = sourcing.profile_of(company).profile.current_model
    newly = []
    found = evaluate(triggers(), measured(company, today=today), model)
    gone = set(known) - {each.trigger.key for each in found}
    TriggerState.objects.of(company).filter(key__in=gone).update(
        state=NOT_MET, first_met=None, last_seen=today
    )
    for each in found:
        before = known.get(each.trigger.key)
        since = before.first_met if before else None
        if each.state == MET and since is None:
            newly.append(each.trigger.key)
        TriggerState.objects.update_or_create(
            company=company,
            key=each.trigger.key,
            defaults={
                "state": each.state,
                "measured": each.measured,
                "first_met": (since or today) if each.state == MET else None,
                "last_seen": today,
            },
        )
    return tuple(newly)


def watch_all(companies: Iterable[Company], *, today: date) -> int:
    """Every company with a profile that was not looked at today; one that fails never stops the others."""
    looked = 0
    with_profile = set(ProfileVersion.objects.values_list("company_id", flat=True).distinct())
    done = set(TriggerState.objects.filter(last_seen=today).values_list("company_id", flat=True).distinct())
    for company in companies:
        if company.pk not in with_profile - done:
            continue
        try:
            watch(company, today=today)
            looked += 1
        except Exception:
            logger.exception("The triggers of company %s could not be looked at", company.pk)
    return looked


@dataclass(frozen=True, slots=True)
class MetSign:
    """A sign that is met and not set aside; `key` is one for each time it was met, or came back."""

    company: Company
    trigger: Trigger
    key: str


def met_signs(companies: Iterable[Company], *, today: date) -> list[MetSign]:
    """The signs of these companies as the night left them, the newest first."""
    rows = TriggerState.objects.filter(company__in=list(companies), state=MET, first_met__isnull=False)
    by_key = {trigger.key: trigger for trigger in triggers()}
    return [
        MetSign(
            state.company,
            by_key[state.key],
            f"sign/{state.company_id}/{state.key}/{state.first_met}/{state.aside_on or ''}",
        )
        for state in rows.select_related("company").order_by("company_id", "-first_met", "key")
        if state.key in by_key and not _is_aside(state, by_key[state.key], state.measured, today)
    ]


def newly_met(company: Company) -> list[TriggerState]:
    """What is met now, the newest first."""
    return list(TriggerState.objects.of(company).filter(state=MET).order_by("-first_met", "key"))


def signs_of(company: Company, *, today: date) -> list[str]:
    """The names of the two signs that were met last and are not set aside."""
    names = {trigger.key: trigger.name for trigger in triggers()}
    met = newly_met(company)
    aside = path_of(company, today=today).aside if any(state.aside_why for state in met) else {}
    return [names[state.key] for state in met if state.key in names and state.key not in aside][:MOST_SIGNS]
