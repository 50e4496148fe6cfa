"""What does a person's own calendar program show of the days on which contracts must be decided?

One all-day event for each day to send a notice by, for the last day where that is a later one, and for the day a
contract ends. Each says what, with whom, what it costs, what happens if nobody acts, and where to decide (RFC 5545,
lines folded by icalendar). An event keeps its UID for good; SEQUENCE and LAST-MODIFIED go up when the contract
changes, so that a program takes the new words. The clock is not asked: the same days give the same bytes.
Limits: English; programs that follow an address ask as seldom as they like, most a few times a day.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from icalendar import TRANSP, Alarm, Calendar, Event, vText

from pilothouse.engine.money import Money
from pilothouse.reporting import formats

LANGUAGE = "en"
_ASK_AGAIN = timedelta(hours=6)
# All-day events begin at midnight; the alarm rings at nine.
_A_WEEK_BEFORE, _ON_THE_DAY = timedelta(days=-7, hours=9), timedelta(hours=9)
_LONGEST_TITLE = 120


class DayOf(StrEnum):
    """What is to be done, or happens, on the day."""

    SEND_BY = "send_by"
    LAST_DAY = "last_day"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class ContractDay:
    """A day of a contract. `uid` is the event's for good, `sequence` goes up with each change.

    `decides` names who decides; `rings` whether the reader is asked to; `decided` that it is to be ended and only the
    notice is missing; `talking` that new terms are being agreed; `proposed` that nobody has confirmed the dates.
    """

    uid: str
    what: DayOf
    day: date
    contract: str
    vendor: str
    company: str
    exit: date
    link: str
    changed_at: datetime
    sequence: int = 0
    renews_until: date | None = None
    commits: Money | None = None
    yearly_cost: Money | None = None
    last_day: date | None = None
    decides: str = ""
    rings: bool = False
    decided: bool = False
    talking: bool = False
    proposed: bool = False


def calendar_feed(days: Iterable[ContractDay], *, name: str) -> bytes:
    """The days as iCalendar, the earliest first; `name` is how the program calls the calendar."""
    calendar = Calendar()
    calendar.add("prodid", "-//Pilothouse//Contracts//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_one_line(name)))
    calendar.add("refresh-interval", _ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in sorted(days, key=lambda one: (one.day, one.uid)):
        calendar.add_component(_event(_in_lines(day)))
    written: bytes = calendar.to_ical()
    return written


def _in_lines(day: ContractDay) -> ContractDay:
    """The same day, each name on one line and without control characters, which calendars have no way to write."""
    return replace(
        day,
        contract=_one_line(day.contract),
        vendor=_one_line(day.vendor),
        company=_one_line(day.company),
        decides=_one_line(day.decides),
    )


def _one_line(text: str) -> str:
    return "".join(letter for letter in " ".join(text.split()) if unicodedata.category(letter) != "Cc")


def _event(day: ContractDay) -> Event:
    event = Event.new(
        uid=day.uid,
        start=day.day,
        end=day.day + timedelta(days=1),
        summary=_title(day),
        description="\n".join(_words(day)),
        url=day.link,
        sequence=day.sequence,
        stamp=day.changed_at,
        last_modified=day.changed_at,
        transparency=TRANSP.TRANSPARENT,
        categories=["Contracts"],
    )
    if day.rings and day.what is not DayOf.ENDS:
        for before in (_A_WEEK_BEFORE, _ON_THE_DAY) if day.what is DayOf.SEND_BY else (_ON_THE_DAY,):
            event.add_component(_alarm(before, _title(day)))
    return event


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", words)
    return alarm


def _title(day: ContractDay) -> str:
    name = day.contract if len(day.contract) <= _LONGEST_TITLE else f"{day.contract[: _LONGEST_TITLE - 1]}…"
    if day.what is DayOf.ENDS:
        return f"{name} ends"
    if day.what is DayOf.LAST_DAY:
        return f"Last day: notice on {name} must be there"
    if day.talking:
        return f"Agreed by today? {name}"
    return f"Send the notice: {name}" if day.decided else f"Decide by today: {name}"


def _words(day: ContractDay) -> list[str]:
    """What it is, what is to be done, what follows, who decides, where."""
    with_whom = f"{day.contract}, with {day.vendor}" if day.vendor else day.contract
    said = [f"{with_whom} ({day.company}).", *_what_to_do(day), *_what_follows(day)]
    if day.yearly_cost is not None:
        said.append(f"It costs {_money(day.yearly_cost)} a year without VAT.")
    said.append(f"{day.decides} decides." if day.decides else "Nobody is named who decides.")
    if day.proposed:
        said.append("These dates were read from a paper or list. Please confirm them.")
    return [*said, f"Open it: {day.link}"]


def _what_to_do(day: ContractDay) -> list[str]:
    if day.what is DayOf.ENDS:
        return [f"It ends on {_day(day.exit)}."]
    notice = f"so that it ends on {_day(day.exit)}"
    if day.what is DayOf.LAST_DAY:
        return [f"This is the last day for a notice to be in time, {notice}."]
    late = f" The last day for it to be there is {_day(day.last_day)}." if day.last_day else ""
    if day.decided:
        return [f"It is decided to end it. Send the notice today at the latest, {notice}.{late}"]
    if day.talking:
        return [
            f"New terms are being agreed. If they are not, send the notice today at the latest, {notice}.{late}"
        ]
    return [f"To end or change it, send the notice today at the latest, {notice}.{late}"]


def _what_follows(day: ContractDay) -> list[str]:
    if day.what is DayOf.ENDS or day.renews_until is None:
        return []
    price = f" and commits {_money(day.commits)}" if day.commits is not None else ""
    return [f"If nobody acts, it goes on until {_day(day.renews_until)}{price}."]


def _day(value: date) -> str:
    return _plain(formats.day(value, LANGUAGE))


def _money(value: Money) -> str:
    return _plain(formats.money(value, LANGUAGE))


def _plain(text: str) -> str:
    """Spaces that every calendar program shows as such."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace(formats.NARROW_SPACE, " ")
