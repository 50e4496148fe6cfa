"""What does a person's own calendar program show of the days on which contracts must be decided?

One all-day event for each day to send a notice by, for the last day where that is a later one, and for the day a
contract ends. Each says what, with whom, what it costs, what happens if nobody acts, and where to decide (RFC 5545,
lines folded by icalendar). An event keeps its UID for good; SEQUENCE and LAST-MODIFIED go up when the contract
changes, so that a program takes the new words. The clock is not asked: the same days give the same bytes.
The words are English, French or Dutch (`templates/feed_words.json`). Limits: programs that follow an address ask as
seldom as they like, most a few times a day.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files

from icalendar import TRANSP, Alarm, Calendar, Event, vText

from pilothouse.engine.money import Money
from pilothouse.reporting import formats

ENGLISH = "en"
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


def calendar_feed(days: Iterable[ContractDay], *, language: str = ENGLISH, name: str = "") -> bytes:
    """The days as iCalendar, the earliest first; `name` is how the program calls the calendar.

    `language` is a tag such as "fr" or "en-gb"; English where there are no words in it.
    """
    words = _Words(language)
    calendar = Calendar()
    calendar.add("prodid", "-//Pilothouse//Contracts//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", vText(_one_line(name or words.say("calendar"))))
    calendar.add("refresh-interval", _ASK_AGAIN, {"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    for day in sorted(days, key=lambda one: (one.day, one.uid)):
        calendar.add_component(_event(_in_lines(day), words))
    written: bytes = calendar.to_ical()
    return written


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """The fixed words by language."""
    text = (files("pilothouse.reporting") / "templates" / "feed_words.json").read_text(encoding="utf-8")
    found: dict[str, dict[str, str]] = json.loads(text)
    return found


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


def _event(day: ContractDay, words: _Words) -> Event:
    title = words.title(day)
    event = Event.new(
        uid=day.uid,
        start=day.day,
        end=day.day + timedelta(days=1),
        summary=title,
        description="\n".join(words.of(day)),
        url=day.link,
        sequence=day.sequence,
        stamp=day.changed_at,
        last_modified=day.changed_at,
        transparency=TRANSP.TRANSPARENT,
        categories=[words.say("category")],
    )
    if day.rings and day.what is not DayOf.ENDS:
        for before in (_A_WEEK_BEFORE, _ON_THE_DAY) if day.what is DayOf.SEND_BY else (_ON_THE_DAY,):
            event.add_component(_alarm(before, title))
    return event


def _alarm(before: timedelta, words: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", before)
    alarm.add("description", words)
    return alarm


class _Words:
    """Says what an event says, in one language."""

    def __init__(self, language: str) -> None:
        short = language[:2]
        self.language = short if short in catalogue() else ENGLISH
        self.words = catalogue()[self.language]

    def say(self, key: str, **values: str) -> str:
        return self.words[key].format(**values)

    def title(self, day: ContractDay) -> str:
        name = day.contract
        if len(name) > _LONGEST_TITLE:
            name = f"{name[: _LONGEST_TITLE - 1]}…"
        return self.say(_kind_of_title(day), name=name)

    def of(self, day: ContractDay) -> list[str]:
        """What it is, what is to be done, what follows, who decides, where."""
        whom = self.say("with", name=day.contract, vendor=day.vendor) if day.vendor else day.contract
        said = [f"{whom} ({day.company}).", self._what_to_do(day), *self._what_follows(day)]
        if day.yearly_cost is not None:
            said.append(self.say("costs", amount=self._money(day.yearly_cost)))
        said.append(self.say("decides", who=day.decides) if day.decides else self.say("nobody"))
        if day.proposed:
            said.append(self.say("proposed"))
        return [*said, self.say("open", link=day.link)]

    def _what_to_do(self, day: ContractDay) -> str:
        exit_day = self._day(day.exit)
        if day.what is DayOf.ENDS:
            return self.say("ends_on", exit=exit_day)
        if day.what is DayOf.LAST_DAY:
            return self.say("in_time", exit=exit_day)
        kind = "to_send" if day.decided else "to_agree" if day.talking else "to_decide"
        late = " " + self.say("there_by", day=self._day(day.last_day)) if day.last_day else ""
        return self.say(kind, exit=exit_day) + late

    def _what_follows(self, day: ContractDay) -> list[str]:
        if day.what is DayOf.ENDS or day.renews_until is None:
            return []
        until = self._day(day.renews_until)
        if day.commits is None:
            return [self.say("goes_on", until=until)]
        return [self.say("goes_on_priced", until=until, amount=self._money(day.commits))]

    def _day(self, value: date) -> str:
        return _plain(formats.day(value, self.language))

    def _money(self, value: Money) -> str:
        return _plain(formats.money(value, self.language))


def _kind_of_title(day: ContractDay) -> str:
    if day.what is not DayOf.SEND_BY:
        return day.what.value
    if day.talking:
        return "agreed_by"
    return "send" if day.decided else "decide"


def _plain(text: str) -> str:
    """Spaces that every calendar program shows as such."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace(formats.NARROW_SPACE, " ")
