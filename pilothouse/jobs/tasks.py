"""What a worker does. Each task is given ids, asks the clock, and leaves the rest to a service."""

from __future__ import annotations

from django.utils import timezone

from pilothouse.jobs import queue
from pilothouse.services import intake, retention, spend


def take_in(batch_id: int) -> None:
    """Read an import and publish it."""
    intake.take_in(batch_id, today=timezone.localdate())


def pick_up() -> None:
    """Hand out imports whose worker has gone."""
    queue.pick_up()


def erase_past() -> None:
    """Erase papers that are past the time their company keeps them."""
    retention.erase_all_past(today=timezone.localdate())


def review_stale() -> None:
    """Work out anew the figures of companies whose twelve months have moved on."""
    spend.review_stale(today=timezone.localdate())
