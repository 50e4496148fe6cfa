"""The calendar feed, read back by another reader than wrote it where it counts: lines, folding, escapes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from pilothouse.engine.money import Money
from pilothouse.reporting.calendar_feed import ContractDay, DayOf, calendar_feed, catalogue

NAME = "Contracts"
SEND_BY = ContractDay(
    uid="c7-send@pilothouse.example",
    what=DayOf.SEND_BY,
    day=date(2026, 11, 27),
    contract="Hosting",
    vendor="Elders NV",
    company="Bakkerij Voorbeeld BV",
    exit=date(2026, 12, 31),
    link="https://it.example/c/bakkerij/contracts/7/",
    changed_at=datetime(2026, 6, 1, 8, 30, tzinfo=UTC),
    sequence=3,
    renews_until=date(2027, 12, 31),
    commits=Money(Decimal("12345.00")),
    yearly_cost=Money(Decimal("12345.00")),
    last_day=date(2026, 11, 30),
    decides="Ann",
    rings=True,
)


def lines(feed: bytes) -> list[str]:
    """The content lines, unfolded by hand as RFC 5545 3.1 says."""
    assert feed.endswith(b"\r\n")
    raw = feed.split(b"\r\n")[:-1]
    assert all(len(line) <= 75 for line in raw)
    assert not any(b"\n" in line or b"\r" in line for line in raw)
    unfolded: list[bytes] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    return [line.decode("utf-8") for line in unfolded]


def only(feed: bytes) -> dict[str, str]:
    """The properties of the only event, as text; alarms left out."""
    found = lines(feed)
    inside = found[found.index("BEGIN:VEVENT") + 1 : found.index("END:VEVENT")]
    if "BEGIN:VALARM" in inside:
        inside = inside[: inside.index("BEGIN:VALARM")]
    return dict(line.split(":", 1) for line in inside)


def words(feed: bytes) -> str:
    [event] = Calendar.from_ical(feed).walk("VEVENT")
    return str(event["DESCRIPTION"])


def test_an_event_is_the_whole_day_and_can_be_told_again() -> None:
    said = only(calendar_feed([SEND_BY], name=NAME))
    assert said["DTSTART;VALUE=DATE"] == "20261127"
    assert said["DTEND;VALUE=DATE"] == "20261128"
    assert said["UID"] == "c7-send@pilothouse.example"
    assert said["SEQUENCE"] == "3"
    assert said["DTSTAMP"] == said["LAST-MODIFIED"] == "20260601T083000Z"
    assert said["TRANSP"] == "TRANSPARENT"
    assert said["SUMMARY"] == "Decide by today: Hosting"
    assert said["URL"].startswith("https://it.example/")


def test_an_event_says_what_it_costs_and_what_happens_if_nobody_acts() -> None:
    assert words(calendar_feed([SEND_BY], name=NAME)).split("\n") == [
        "Hosting, with Elders NV (Bakkerij Voorbeeld BV).",
        "To end or change it, send the notice today at the latest, so that it ends on 31 Dec 2026. "
        "The last day for it to be there is 30 Nov 2026.",
        "If nobody acts, it goes on until 31 Dec 2027 and commits € 12 345.00.",
        "It costs € 12 345.00 a year without VAT.",
        "Ann decides.",
        "Open it: https://it.example/c/bakkerij/contracts/7/",
    ]


@pytest.mark.parametrize(
    ("change", "title", "says", "never"),
    [
        (
            {"decided": True},
            "Send the notice: Hosting",
            "It is decided to end it. Send the notice",
            "To end or",
        ),
        (
            {"talking": True},
            "Agreed by today? Hosting",
            "New terms are being agreed. If they are not",
            "To end",
        ),
        ({"what": DayOf.LAST_DAY}, "Last day: notice on Hosting must be there", "the last day for a", "Send"),
        (
            {"what": DayOf.ENDS, "day": date(2026, 12, 31)},
            "Hosting ends",
            "It ends on 31 Dec 2026.",
            "If nobody",
        ),
        ({"last_day": None}, "Decide by today: Hosting", "31 Dec 2026.\nIf nobody", "The last day"),
        ({"commits": None}, "Decide by today: Hosting", "until 31 Dec 2027.", "commits"),
        ({"renews_until": None}, "Decide by today: Hosting", "Ann decides.", "If nobody"),
        ({"yearly_cost": None}, "Decide by today: Hosting", "Ann decides.", "a year"),
        ({"decides": ""}, "Decide by today: Hosting", "Nobody is named who decides.", "Ann"),
        ({"vendor": ""}, "Decide by today: Hosting", "Hosting (Bakkerij", ", with"),
        ({"proposed": True}, "Decide by today: Hosting", "Please confirm them.", "nothing at all"),
        ({"contract": "x" * 300}, f"Decide by today: {'x' * 119}…", "x" * 300, "nothing at all"),
    ],
)
def test_the_words_follow_what_is_known(change: dict[str, Any], title: str, says: str, never: str) -> None:
    feed = calendar_feed([replace(SEND_BY, **change)], name=NAME)
    assert only(feed)["SUMMARY"].replace("\\,", ",") == title
    assert says in words(feed)
    assert never not in words(feed)


@pytest.mark.parametrize(
    ("change", "rings"),
    [
        ({}, ["-P6DT15H", "PT9H"]),
        ({"what": DayOf.LAST_DAY}, ["PT9H"]),
        ({"what": DayOf.ENDS}, []),
        ({"rings": False}, []),
    ],
)
def test_an_alarm_rings_at_nine_for_who_is_asked(change: dict[str, Any], rings: list[str]) -> None:
    found = lines(calendar_feed([replace(SEND_BY, **change)], name=NAME))
    assert [line.partition(":")[2] for line in found if line.startswith("TRIGGER")] == rings
    assert found.count("ACTION:DISPLAY") == len(rings)


def test_the_calendar_has_its_name_and_the_earliest_day_first() -> None:
    later = replace(SEND_BY, uid="other", day=SEND_BY.day + timedelta(3), what=DayOf.LAST_DAY)
    feed = calendar_feed([later, SEND_BY], name="Ann's contracts; all, of them")
    found = lines(feed)
    assert found[0] == "BEGIN:VCALENDAR"
    assert "VERSION:2.0" in found
    assert "X-WR-CALNAME:Ann's contracts\\; all\\, of them" in found
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT6H" in found
    assert [line for line in found if line.startswith("UID")] == [
        "UID:c7-send@pilothouse.example",
        "UID:other",
    ]


def test_a_calendar_of_nothing_is_a_calendar() -> None:
    assert Calendar.from_ical(calendar_feed([], name=NAME)).walk("VEVENT") == []


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=200)


def plain(name: str) -> str:
    """The name on one line, control characters left out."""
    return re.sub(r"[\x00-\x1f\x7f-\x9f]", "", " ".join(name.split()))


@given(names, names)
def test_what_stands_in_a_name_stands_in_the_event_and_nowhere_else(name: str, vendor: str) -> None:
    feed = calendar_feed([replace(SEND_BY, contract=name, vendor=vendor)], name=NAME)
    assert words(feed).startswith(f"{plain(name)}, with {plain(vendor)} (" if plain(vendor) else plain(name))
    found = lines(feed)
    assert found.count("BEGIN:VEVENT") == found.count("END:VEVENT") == 1


def test_a_name_with_lines_of_its_own_adds_no_property() -> None:
    evil = "Hosting\r\nEND:VEVENT\r\nATTENDEE:mailto:x@example.com"
    found = lines(calendar_feed([replace(SEND_BY, contract=evil)], name=evil))
    assert found.count("END:VEVENT") == 1
    assert not [line for line in found if line.startswith("ATTENDEE")]


def test_the_same_days_give_the_same_bytes() -> None:
    assert calendar_feed([SEND_BY], name=NAME) == calendar_feed([SEND_BY], name=NAME)


# --- languages -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change", [{}, {"decided": True}, {"talking": True}, {"what": DayOf.LAST_DAY}, {"what": DayOf.ENDS}]
)
@pytest.mark.parametrize("language", ["fr", "nl", "fr-be"])
def test_no_english_word_is_left_in_another_language(change: dict[str, Any], language: str) -> None:
    feed = calendar_feed([replace(SEND_BY, proposed=True, **change)], language=language)
    said = only(feed)
    english = only(calendar_feed([replace(SEND_BY, proposed=True, **change)]))
    assert said["UID"] == english["UID"]
    ours, theirs = (set(one["DESCRIPTION"].split("\\n")) | {one["SUMMARY"]} for one in (said, english))
    assert not ours & theirs


def test_an_unknown_language_is_said_in_english() -> None:
    assert calendar_feed([SEND_BY], language="xx") == calendar_feed([SEND_BY])


def test_every_language_has_the_same_sentences_with_the_same_values() -> None:
    def holes(words: dict[str, str]) -> dict[str, list[str]]:
        return {key: sorted(re.findall(r"\{\w+\}", sentence)) for key, sentence in words.items()}

    english, *others = (holes(words) for words in catalogue().values())
    assert len(others) == 2
    assert all(other == english for other in others)
