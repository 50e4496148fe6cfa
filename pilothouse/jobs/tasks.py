"""What a worker does. Each task is given ids, asks the clock, and leaves the rest to a service."""

from __future__ import annotations

from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.jobs import queue
from pilothouse.services import (
    arrivals,
    contract_papers,
    graduation,
    intake,
    reminders,
    retention,
    spend,
)


def take_in(batch_id: int) -> None:
    """Read an import and publish it."""
    intake.take_in(batch_id, today=timezone.localdate())


def look_again(company_id: int) -> None:
    """Work out anew what a company's pages show, after somebody said something that moves figures."""
    company = Company.objects.filter(pk=company_id).first()
    if company is not None:
        spend.look_again(company, today=timezone.localdate())


def pick_up() -> None:
    """Hand out imports whose worker has gone."""
    queue.pick_up()


def ask_arrivals() -> None:
    """Hand out the mailboxes and watched folders whose turn it is."""
    queue.ask_arrivals(timezone.now())


def fetch_arrival(arrival_id: int) -> None:
    """Bring what has arrived in a mailbox or watched folder, and have it taken in."""
    _fetch(arrival_id, asked_for=False)


def fetch_now(arrival_id: int) -> None:
    """The same, for a person who does not want to wait for the clock."""
    _fetch(arrival_id, asked_for=True)


def _fetch(arrival_id: int, *, asked_for: bool) -> None:
    fetched = arrivals.fetch(arrival_id, now=timezone.now(), asked_for=asked_for)
    for batch_id in fetched.imports if fetched else ():
        queue.take_in(batch_id)


def erase_past() -> None:
    """Erase papers that are past the time their company keeps them."""
    retention.erase_all_past(today=timezone.localdate())


def review_stale() -> None:
    """Work out anew the figures of companies whose twelve months have moved on."""
    spend.review_stale(today=timezone.localdate())


def remind() -> None:
    """Send the mails on contracts that are due."""
    reminders.send_due(timezone.now())


def follow_contracts() -> None:
    """Let contracts follow their papers and the day."""
    contract_papers.follow_all(today=timezone.localdate())


def watch_triggers() -> None:
    """Look once a day whether a company is outgrowing its way of running IT."""
    graduation.watch_all(Company.objects.order_by("pk"), today=timezone.localdate())
