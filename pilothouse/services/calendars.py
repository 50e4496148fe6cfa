"""The calendar a person's own program follows: its secret address, and the days of contracts that stand in it.

Whoever has the address sees the days, so it can be renewed and revoked, and it shows no company any longer than the
person belongs to it. The days are those of all contracts of the person's companies; an alarm rings only for what the
person decides or deputises for.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pilothouse.accounts.models import CalendarAddress, Membership, Role, User
from pilothouse.engine.contracts.reminders import Need
from pilothouse.records.models import Contract
from pilothouse.reporting.calendar_feed import ContractDay, DayOf, calendar_feed
from pilothouse.services import contracts
from pilothouse.services.open_days import OpenDay, open_days, standing_of

ASKED_EVERY = timedelta(hours=1)  # how exactly it is kept when the address was asked last


# --- the address ---------------------------------------------------------------------------------------------------


def address_of(user: User) -> CalendarAddress | None:
    """The person's address, if there is one that works."""
    return CalendarAddress.objects.filter(user=user, revoked_at__isnull=True).first()


def renew(user: User) -> CalendarAddress:
    """A new address; the one before works no more."""
    with transaction.atomic():
        revoke(user)
        made, _ = CalendarAddress.objects.get_or_create(user=user, revoked_at=None)
    return made


def revoke(user: User) -> bool:
    """Let the address work no more; False where there was none."""
    standing = CalendarAddress.objects.filter(user=user, revoked_at__isnull=True)
    return bool(standing.update(revoked_at=timezone.now()))


# --- what stands in it -----------------------------------------------------------------------------------------------


def feed(token: str, now: datetime) -> bytes | None:
    """The calendar at a secret address; None where no such address works."""
    if "\0" in token:  # PostgreSQL takes no such character in a question
        return None
    found = (
        CalendarAddress.objects.select_related("user")
        .filter(token=token, revoked_at__isnull=True, user__is_active=True)
        .first()
    )
    if found is None:
        return None
    if found.last_asked_at is None or found.last_asked_at < now - ASKED_EVERY:
        CalendarAddress.objects.filter(pk=found.pk).update(last_asked_at=now)
    days = days_for(found.user, today=timezone.localdate(now))
    return calendar_feed(days, language=found.user.language or settings.LANGUAGE_CODE)


def days_for(user: User, *, today: date) -> list[ContractDay]:
    """The days of the contracts of the companies the person belongs to now; guests see none."""
    belongs = Membership.objects.select_related("company").filter(user=user).exclude(role=Role.GUEST)
    standing = standing_of([membership.company for membership in belongs], today=today)
    days = [day for one in open_days(standing, today=today) for day in _of_open_day(one, user)]
    return [*days, *(day for contract in standing for day in _of_end(contract, user, today))]


def _of_open_day(one: OpenDay, user: User) -> Iterator[ContractDay]:
    if one.need is Need.MISSED:
        return
    yield _day(one.contract, user, DayOf.SEND_BY, one.send_by, one)
    if one.last_day > one.send_by:
        yield _day(one.contract, user, DayOf.LAST_DAY, one.last_day, one)


def _of_end(contract: Contract, user: User, today: date) -> Iterator[ContractDay]:
    """The day it ends, by itself or since notice is given."""
    ends = contract.ends_on or contracts.ends_by_itself(contract)
    if ends is not None and ends >= today:
        yield _day(contract, user, DayOf.ENDS, ends, None)


def _day(contract: Contract, user: User, what: DayOf, day: date, one: OpenDay | None) -> ContractDay:
    exit_day = day if one is None else one.exit
    said = f"{contract.pk}/{exit_day}/{what}"
    return ContractDay(
        uid=f"{salted_hmac('pilothouse.calendar', said).hexdigest()}@pilothouse",
        what=what,
        day=day,
        contract=contract.name,
        vendor=contract.vendor_name,
        company=contract.company.name,
        exit=exit_day,
        link=_page_of(contract),
        changed_at=contract.changed_at,
        sequence=int((contract.changed_at - contract.created_at).total_seconds()),
        renews_until=one.renews_until if one else None,
        commits=one.commits if one else None,
        yearly_cost=one.yearly_cost if one else None,
        last_day=one.last_day if one and one.last_day > one.send_by else None,
        decides=str(contract.responsible or contract.responsible_name),
        rings=user.pk in (contract.responsible_id, contract.deputy_id),
        decided=one is not None and one.need is Need.SEND,
        talking=one is not None and one.need is Need.AGREE,
        proposed=contract.is_proposed(*contracts.DATE_COLUMNS),
    )


def _page_of(contract: Contract) -> str:
    page = reverse("contracts:contract", args=[contract.company.slug, contract.pk])
    return f"{settings.ADDRESS.rstrip('/')}{page}"
