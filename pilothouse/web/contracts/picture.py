"""The time line of a contract as it is drawn: shares of the width in percent, so that it fits a phone and a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.engine.contracts.timeline import TimeLine
from pilothouse.reporting import formats

NARROWEST_WITH_WORDS = 9.0  # per cent of the width: what is narrower shows no number


@dataclass(frozen=True, slots=True)
class DrawnBar:
    """A term: where it begins and how wide it is, in per cent."""

    x: str
    width: str
    middle: str
    number: int | None
    kind: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day that matters, in per cent from the left. `kind`: today, send_by, exit."""

    x: str
    kind: str


@dataclass(frozen=True, slots=True)
class Drawing:
    bars: tuple[DrawnBar, ...]
    marks: tuple[Mark, ...]
    first: date
    last: date
    says: str


def draw(line: TimeLine, answer: dict[str, Any], send_by: date | None, *, today: date) -> Drawing:
    """The line with today, the day to send by and the exit day on it, and the same in words."""
    exit_day = date.fromisoformat(answer["exit"]) if answer.get("exit") else None
    days = [("today", today), ("send_by", send_by), ("exit", exit_day)]
    marks = tuple(
        Mark(_percent(line.share(day)), kind)
        for kind, day in days
        if day is not None and line.first <= day <= line.last
    )
    return Drawing(
        tuple(_bars(line)), marks, line.first, line.last, " ".join(_words(line, send_by, exit_day))
    )


def _bars(line: TimeLine) -> Iterator[DrawnBar]:
    for bar in line.bars:
        left, right = line.share(bar.start), line.share(bar.end)
        width = (right - left) * 100
        kind = "running" if bar.is_running else "open" if bar.is_open else "other"
        yield DrawnBar(
            _percent(left),
            _percent(right - left),
            _percent((left + right) / 2),
            bar.number if width >= NARROWEST_WITH_WORDS else None,
            kind,
        )


def _percent(share: float) -> str:
    return f"{share * 100:.2f}%"


def _words(line: TimeLine, send_by: date | None, exit_day: date | None) -> Iterator[str]:
    for bar in line.bars:
        if bar.is_open:
            yield _("Term %(number)d from %(start)s on, without an end.") % {
                "number": bar.number,
                "start": formats.day(bar.start, "en"),
            }
        else:
            yield _("Term %(number)d from %(start)s to %(end)s.") % {
                "number": bar.number,
                "start": formats.day(bar.start, "en"),
                "end": formats.day(bar.end, "en"),
            }
    if send_by is not None:
        yield _("Send by %(day)s.") % {"day": formats.day(send_by, "en")}
    if exit_day is not None:
        yield _("It can end on %(day)s.") % {"day": formats.day(exit_day, "en")}
