"""Mails on contracts and on signs of outgrowing: those due today are written down, sent, and noted as sent.

What is due the engine decides (`engine.contracts.reminders`). A row for each key is written before the mail goes to
the mail server, and only once, so two jobs at once send one mail. Of a mail that the server refused the row waits for
the next run. Of one that was under way when the job was killed nobody knows whether it arrived: it is not sent again,
and the next digest says what it said. Made-up companies remind nobody; without a mail server nothing is sent or noted.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.reminders import Kind, Mail, Matter, Need, Sign, Told, due_mails
from pilothouse.knowledge.saying import say
from pilothouse.records.models import ReminderSent
from pilothouse.reporting import formats
from pilothouse.services.graduation import MetSign, met_signs
from pilothouse.services.open_days import NOBODY, OpenDay, crews_of, find_missed, open_days, standing_of

UNDER_WAY = timedelta(minutes=10)  # longer than a mail server takes
REMEMBERED = timedelta(days=800)  # keys of days that are past are asked for no more
HANDED, REFUSED = "handed", "refused"
DAYS_OF_THE_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_LONGEST_NAME = 80

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """One matter as a mail says it; `company` where the mail speaks of several."""

    day: OpenDay
    days_left: int
    link: str
    company: str
    to: User

    @property
    def missed(self) -> str:
        """What the missed day means, in the words of the finding."""
        [finding] = find_missed([self.day])
        return say(finding.title, translation.get_language() or "en")

    @property
    def who_decides(self) -> str:
        """How the reader stands to who decides: "me", "deputy", "other" (who gets no mails) or "nobody"."""
        contract = self.day.contract
        if contract.responsible_id is None:
            return "nobody"
        if contract.responsible_id == self.to.pk:
            return "me"
        return "deputy" if contract.deputy_id == self.to.pk else "other"


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that is due: to whom, the engine's word on it, its matters by key, and the signs it tells of."""

    to: User
    mail: Mail
    days: tuple[OpenDay, ...]
    signs: tuple[MetSign, ...] = ()

    @property
    def companies(self) -> list[Company]:
        """The companies it speaks of."""
        spoken_of = [*(day.contract.company for day in self.days), *(sign.company for sign in self.signs)]
        return list({company.pk: company for company in spoken_of}.values())


def may_send(now: datetime) -> bool:
    """Whether mails can and should go out at this hour of the day."""
    return bool(settings.EMAIL_CONFIG) and timezone.localtime(now).hour >= settings.REMINDER_HOUR


def send_due(now: datetime) -> int:
    """Send the mails that are due; how many went out. A refusal ends the run, the rest is tried with the next."""
    if not may_send(now):
        return 0
    sent = 0
    for letter in due(now):
        rows = _claim(letter, now)
        if rows is None:
            continue
        try:
            _mail(letter, timezone.localdate(now)).send()
        except (SMTPException, OSError) as refusal:
            _note(rows, {"state": REFUSED, "why": str(refusal)[:300]})
            log.warning("Mails on contracts cannot be sent: %s", type(refusal).__name__)
            return sent
        ReminderSent.objects.filter(pk__in=rows).update(sent_at=timezone.now())
        sent += 1
    return sent


# --- what is due --------------------------------------------------------------------------------------------------


def due(now: datetime) -> list[Letter]:
    """The mails that are due, in all companies but made-up ones."""
    today = timezone.localdate(now)
    companies = list(Company.objects.filter(is_sample=False).order_by("pk"))
    crews = crews_of(companies)
    days: dict[Matter, OpenDay] = {}
    people: dict[str, User] = {}
    for day in open_days(standing_of(companies, today=today), today=today):
        asked = crews.get(day.contract.company_id, NOBODY).asked_about(day.contract)
        people |= {str(user.pk): user for user in asked}
        days[_matter(day, asked)] = day
    signs: dict[Sign, MetSign] = {}
    for met in met_signs(companies, today=today):
        owners = crews.get(met.company.pk, NOBODY).owners
        people |= {str(user.pk): user for user in owners}
        signs[Sign(met.key, tuple(str(user.pk) for user in owners))] = met
    mails = due_mails(
        days,
        _told(people.values(), now),
        today=today,
        weekday=DAYS_OF_THE_WEEK.index(settings.REMINDER_DAY),
        signs=signs,
    )
    return [
        Letter(
            people[mail.person],
            mail,
            tuple(days[one] for one in mail.matters),
            tuple(signs[one] for one in mail.signs),
        )
        for mail in mails
    ]


def _matter(day: OpenDay, asked: Sequence[User]) -> Matter:
    contract = day.contract
    return Matter(
        str(contract.pk),
        day.need,
        day.exit,
        day.last_day,
        day.send_by,
        tuple(str(user.pk) for user in asked),
        contract.lead_days,
        contract.urgent_days,
    )


def _told(people: Iterable[User], now: datetime) -> dict[str, Told]:
    """What each person was told. What another job is sending at this moment counts as told."""
    rows = ReminderSent.objects.filter(
        user__in=[user.pk for user in people], created_at__gt=now - REMEMBERED
    ).values_list("user_id", "key", "content", "sent_at")
    sent: dict[str, set[str]] = defaultdict(set)
    unsure: dict[str, set[str]] = defaultdict(set)
    for user_id, key, content, sent_at in rows:
        if sent_at is not None:
            sent[str(user_id)] |= {key, *content.get("tells", ())}
        elif content.get("state") == HANDED:
            under_way = datetime.fromisoformat(content["since"]) > now - UNDER_WAY
            (sent if under_way else unsure)[str(user_id)].add(key)
    return {who: Told(frozenset(sent[who]), frozenset(unsure[who])) for who in (sent.keys() | unsure.keys())}


# --- once -----------------------------------------------------------------------------------------------------------


def _claim(letter: Letter, now: datetime) -> list[int] | None:
    """Write down that the mail goes out; None where another job has done so."""
    try:
        with transaction.atomic():
            return [_claim_one(letter, key, company, now) for key, company in _keys(letter)]
    except IntegrityError:
        return None


def _keys(letter: Letter) -> list[tuple[str, Company]]:
    """The keys that are claimed: of an urgent mail one for each matter, of a digest one for each company."""
    if letter.mail.kind is Kind.URGENT:
        companies = [day.contract.company for day in letter.days]
        return list(zip(letter.mail.tells, companies, strict=True))
    own = letter.mail.tells[0]
    return [(own, company) for company in letter.companies]


def _claim_one(letter: Letter, key: str, company: Company, now: datetime) -> int:
    content = {
        "state": HANDED,
        "since": now.isoformat(),
        "tells": [tell for tell in letter.mail.tells if tell != key],
        "contracts": [day.contract.pk for day in letter.days],
    }
    mine = ReminderSent.objects.filter(company=company, user=letter.to, key=key)
    refused = mine.filter(sent_at__isnull=True, content__state=REFUSED)
    if refused.update(content=content):
        return int(mine.values_list("pk", flat=True).get())
    only = letter.days[letter.mail.tells.index(key)].contract if letter.mail.kind is Kind.URGENT else None
    row = ReminderSent.objects.create(
        company=company, user=letter.to, key=key, contract=only, content=content
    )
    return int(row.pk)


def _note(rows: Sequence[int], content: Mapping[str, str]) -> None:
    ReminderSent.objects.filter(pk__in=rows).update(content=dict(content))


# --- the words --------------------------------------------------------------------------------------------------


def _mail(letter: Letter, today: date) -> EmailMultiAlternatives:
    """Text and HTML that say the same, in the person's language."""
    with translation.override(letter.to.language or settings.LANGUAGE_CODE):
        lines = _lines(letter, today)
        subject = _subject(letter, lines)
        context = {
            "person": letter.to,
            "lines": lines,
            "missed": [line for line in lines if line.day.need is Need.MISSED],
            "signs": [(sign, address_of("sourcing:graduation", sign.company.slug)) for sign in letter.signs],
            "several": len(letter.companies) > 1,
            "open": [line for line in lines if line.day.need is not Need.MISSED],
            "is_urgent": letter.mail.kind is Kind.URGENT,
            "subject": subject,
            "go_to": _go_to(letter),
            "settings_address": address_of("own_settings"),
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("contracts/mail.txt", context),
            to=[letter.to.email],
            headers={
                "Auto-Submitted": "auto-generated",
                "List-Unsubscribe": f"<{context['settings_address']}>",
            },
        )
        message.attach_alternative(render_to_string("contracts/mail.html", context), "text/html")
    return message


def address_of(name: str, *values: object) -> str:
    """A page's address as a person outside can open it."""
    return settings.ADDRESS.rstrip("/") + reverse(name, args=values)


def _lines(letter: Letter, today: date) -> list[Line]:
    """What can still be done first, then what was missed."""
    several = len(letter.companies) > 1
    return [
        Line(
            day,
            max(0, (day.send_by - today).days),
            address_of("contracts:contract", day.contract.company.slug, day.contract.pk),
            day.contract.company.name if several else "",
            letter.to,
        )
        for day in sorted(letter.days, key=lambda day: day.need is Need.MISSED)
    ]


def _go_to(letter: Letter) -> str:
    """The one page where the thing is done: of one contract its own, else the calendar, else all companies."""
    companies = {company.slug for company in letter.companies}
    if not letter.days:
        return address_of("sourcing:graduation", *companies) if len(companies) == 1 else address_of("home")
    if len({day.contract.pk for day in letter.days}) == 1:
        only = letter.days[0].contract
        return address_of("contracts:contract", only.company.slug, only.pk)
    return address_of("contracts:calendar", *companies) if len(companies) == 1 else address_of("home")


def _subject(letter: Letter, lines: Sequence[Line]) -> str:
    if not lines:
        return _of_signs(letter.signs)
    first, number = lines[0].day, len(lines)
    said = {
        "number": number,
        "name": " ".join(first.contract.name.split())[:_LONGEST_NAME],
        "day": formats.day(first.send_by, translation.get_language() or "en").replace(
            "\N{NO-BREAK SPACE}", " "
        ),
    }
    if number == 1:
        return _of_one(first.need) % said
    if letter.mail.kind is Kind.URGENT:
        return _("%(number)s contracts need you, the first by %(day)s") % said
    return _("%(number)s contracts to look at, first %(name)s") % said


def _of_signs(signs: Sequence[MetSign]) -> str:
    said = {"number": len(signs), "name": signs[0].trigger.name}
    if len(signs) == 1:
        return _("You may be outgrowing how IT is run: %(name)s") % said
    return _("%(number)s signs that you outgrow how IT is run, first: %(name)s") % said


def _of_one(need: Need) -> str:
    return {
        Need.DECIDE: _("Decide by %(day)s: %(name)s"),
        Need.SEND: _("Send the notice by %(day)s: %(name)s"),
        Need.AGREE: _("Agreed by %(day)s? %(name)s"),
        Need.MISSED: _("%(name)s: nobody decided in time"),
    }[need]
