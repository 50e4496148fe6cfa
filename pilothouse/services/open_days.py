"""Which days of contracts still ask something of somebody, in any number of companies, and whom they ask?

For reminders and calendar feeds. An exit day is open until somebody decided on it; decided to be ended, until it is
noted that the notice was sent; to be renegotiated, until its last day, or until it is decided otherwise. A number of
companies takes the same few questions to the database as one does, once the contracts of each were worked out for the
day.
"""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from pilothouse.accounts.models import Company, Membership, Role, User
from pilothouse.engine.contracts import reminders
from pilothouse.engine.contracts.decisions import next_decision
from pilothouse.engine.contracts.reminders import Need
from pilothouse.engine.contracts.shape import shape_of
from pilothouse.engine.contracts.terms import NextDecision
from pilothouse.engine.evidence import Finding
from pilothouse.engine.money import Money
from pilothouse.knowledge import delivery_days
from pilothouse.records.models import Contract, ContractDecision
from pilothouse.services import contracts


@dataclass(frozen=True, slots=True)
class OpenDay:
    """An exit day of a contract that asks something, or was missed, and what follows if nobody acts."""

    contract: Contract
    need: Need
    exit: date
    last_day: date
    send_by: date
    renews_until: date | None
    commits: Money | None

    @property
    def yearly_cost(self) -> Money | None:
        cost = self.contract.yearly_cost
        return None if cost is None else Money(cost, self.contract.currency)

    @property
    def is_proposed(self) -> bool:
        """Whether the dates rest on what nobody confirmed."""
        return self.contract.is_proposed(*contracts.DATE_COLUMNS)


def standing_of(companies: Iterable[Company], *, today: date) -> list[Contract]:
    """The contracts of these companies, worked out for today, with company and people."""
    known = {company.pk: company for company in companies}
    rows = Contract.objects.filter(company__in=known, archived_at__isnull=True)
    current = Q(worked_out_on=today, rule_set=contracts.RULE_SET)
    for stale in rows.exclude(current).order_by().values_list("company_id", flat=True).distinct():
        contracts.bring_up_to_date(known[stale], today=today)
    return list(rows.select_related("company", "responsible", "deputy").order_by("send_by", "name", "pk"))


def open_days(standing: Sequence[Contract], *, today: date) -> list[OpenDay]:
    """What these contracts ask today or later."""
    taken: dict[int, list[ContractDecision]] = defaultdict(list)
    held = ContractDecision.objects.filter(
        company__in={one.company_id for one in standing}, withdrawn_at__isnull=True
    )
    for decision in held.order_by("exit_day", "pk"):
        taken[decision.contract_id].append(decision)
    return [day for contract in standing for day in _days_of(contract, taken[contract.pk], today)]


def _days_of(contract: Contract, taken: Sequence[ContractDecision], today: date) -> Iterable[OpenDay]:
    missed = contracts.missed_of(contract, frozenset(one.exit_day for one in taken))
    if missed is not None and missed.exit >= today:
        yield OpenDay(
            contract,
            Need.MISSED,
            missed.exit,
            missed.last_day,
            missed.last_day,
            missed.renews_until,
            missed.commits,
        )
    if contract.exit_day is not None and contract.last_day is not None and contract.send_by is not None:
        yield OpenDay(
            contract,
            Need.DECIDE,
            contract.exit_day,
            contract.last_day,
            contract.send_by,
            *_if_nobody_acts(contract, contract.exit_day, today),
        )
    for decision in taken:
        if decision.kind == ContractDecision.Kind.CANCEL and decision.sent_on is None:
            yield from _unsent(contract, decision, today)
        elif decision.kind == ContractDecision.Kind.RENEGOTIATE:
            yield from _unagreed(contract, decision, today)


def _unsent(contract: Contract, decision: ContractDecision, today: date) -> Iterable[OpenDay]:
    """A notice that was decided and of which nobody noted that it was sent."""
    if decision.exit_day < today:
        return
    found = follows_at(contract, decision.exit_day, today)
    last_day, send_by = decision.exit_day, timezone.localdate(decision.created_at)
    if found is not None and found.exit == decision.exit_day and found.last_day and found.send_by:
        last_day, send_by = found.last_day, found.send_by
    need = Need.MISSED if last_day < today else Need.SEND
    yield OpenDay(contract, need, decision.exit_day, last_day, send_by, *_price(found))


def unsent_of(standing: Sequence[Contract], *, today: date) -> list[OpenDay]:
    """The notices that were decided and not noted as sent, in time still (`send`) or not (`missed`)."""
    ending = [contract for contract in standing if contract.ends_on is not None]
    found = open_days(ending, today=today) if ending else []
    return [day for day in found if day.need in (Need.SEND, Need.MISSED)]


def _unagreed(contract: Contract, decision: ContractDecision, today: date) -> Iterable[OpenDay]:
    """New terms that were to be agreed: as long as it is not decided anew, the last day for notice still stands."""
    found = follows_at(contract, decision.exit_day, today)
    if found is None or found.exit != decision.exit_day or not (found.last_day and found.send_by):
        return
    if found.last_day >= today:
        yield OpenDay(contract, Need.AGREE, decision.exit_day, found.last_day, found.send_by, *_price(found))


def follows_at(contract: Contract, exit_day: date, today: date) -> NextDecision | None:
    """What follows at an exit day if nobody gives notice, whatever was decided since."""
    as_agreed = copy.copy(contract)
    as_agreed.ends_on = None
    agreed = contracts.terms_of(as_agreed)
    if agreed is None:
        return None
    return next_decision(agreed, delivery_days(agreed.country, today), today=exit_day)


def if_nobody_acts(contract: Contract, *, today: date) -> dict[str, Any]:
    """What follows at the exit day that is still open, in the shape of `ask decision`.

    Where the running exit was missed or decided that day is a later one, and so is what it commits to.
    """
    running: dict[str, Any] = contract.answer.get("if_nobody_acts") or {}
    if contract.exit_day is None or contract.answer.get("exit") == contract.exit_day.isoformat():
        return running
    found = follows_at(contract, contract.exit_day, today)
    return running if found is None else shape_of(found)["if_nobody_acts"] or {}


def _if_nobody_acts(contract: Contract, exit_day: date, today: date) -> tuple[date | None, Money | None]:
    """What follows at the open exit day: mostly that of the running term, which is kept beside the contract."""
    if contract.answer.get("exit") != exit_day.isoformat():
        return _price(follows_at(contract, exit_day, today))
    acts = contract.answer.get("if_nobody_acts") or {}
    until, commits = acts.get("renews_until"), acts.get("commits")
    return (
        date.fromisoformat(until) if until else None,
        Money(Decimal(commits), contract.currency) if until and commits else None,
    )


def _price(found: NextDecision | None) -> tuple[date | None, Money | None]:
    acts = None if found is None else found.if_nobody_acts
    return (None, None) if acts is None else (acts.renews_until, acts.commits)


def find_missed(days: Iterable[OpenDay]) -> list[Finding]:
    """The days for notice that went by, each with what it commits to and where the contract stands."""
    return list(reminders.find_missed(_missed(day) for day in days if day.need is Need.MISSED))


def _missed(day: OpenDay) -> reminders.MissedDay:
    contract = day.contract
    return reminders.MissedDay(
        record=str(contract.pk),
        name=contract.name,
        vendor=contract.vendor_name,
        last_day=day.last_day,
        renews_until=day.renews_until,
        commits=day.commits,
        yearly_cost=day.yearly_cost,
        place=contract.place,
    )


# --- whom it asks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Crew:
    """Who of a company may be told: its members but guests, and the owners among them."""

    members: Mapping[int, User]
    owners: Sequence[User]

    def asked_about(self, contract: Contract) -> list[User]:
        """Who decides and who deputises; where neither can be told, the owners."""
        named = (contract.responsible_id, contract.deputy_id)
        found = [self.members[who] for who in dict.fromkeys(named) if who is not None and who in self.members]
        return found or list(self.owners)


NOBODY = Crew({}, ())


def crews_of(companies: Iterable[Company]) -> dict[int, Crew]:
    """By company, the members who are there and want mails on contracts."""
    rows = (
        Membership.objects.filter(company__in=companies, user__is_active=True, user__mails_on_contracts=True)
        .exclude(role=Role.GUEST)
        .select_related("user")
        .order_by("pk")
    )
    by_company: dict[int, list[Membership]] = defaultdict(list)
    for membership in rows:
        by_company[membership.company_id].append(membership)
    return {
        company_id: Crew(
            {one.user_id: one.user for one in members},
            [one.user for one in members if one.role == Role.OWNER],
        )
        for company_id, members in by_company.items()
    }
