"""Days in English words and figures: "May 8, 2014", "8th day of May, 2014", "05/08/2014", "2014-05-08".

Whether 05/08/2014 is a day in May or in August is told by the other dates of the paper, or by a word of its own place
(a dollar sign, an American state: the month first; euro or pound: the day). Where nothing tells, it is not read.
Limits: years from 1950 on; a day without a year is none; "the first Monday of May" is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pilothouse.engine.contracts.reading.values_lengths import ordinal_in

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec"
_SHORT = {name: number for number, name in enumerate(_MONTHS.split(), 1)}
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?P<day>\d{1,2}) ?(?:st|nd|rd|t ?h|°)?"
_DAY_IN_WORDS = (
    r"(?P<nth>(?:twenty|thirty)-[a-z]+th|(?:twenty|thirty)-(?:first|second"
    r"|third)|[a-z]+th|first|second|third)"
)
_YEAR = r"(?P<year>(?:19[5-9]|20\d)\d)\b"
_FORMS = (
    re.compile(rf"\b{_MONTH} *{_DAY} *,? *(?:of +)?{_YEAR}", re.IGNORECASE),
    re.compile(
        rf"\b(?:{_DAY}|{_DAY_IN_WORDS}) *(?:\( *\d\d?(?:st|nd|rd|th)? *\) *)?(?:day +)?(?:of +)?"
        rf"(?:the +month +of +)?{_MONTH} *,? *(?:of +|in +the +year +)?{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(r"\b(?P<year>(?:19[5-9]|20\d)\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
)
_FIRST = r"(\d\d(?<![\d/.-]\d\d)|\d(?<![\d/.-]\d))"
_FIGURES = re.compile(rf"{_FIRST}([/.-])(\d{{1,2}})\2((?:19[5-9]\d|20\d\d|\d\d))(?![\d/-])(?!\.\d)")
_MONTH_FIRST = re.compile(r"(?:US)?\$|\bState of [A-Z]|\bDelaware\b|\bNew York\b|\bCalifornia\b")
_DAY_FIRST = re.compile(r"[€£]|\bEUR\b|\bGBP\b")
_FIRST_SHORT_YEAR = 70  # of a year in two figures that is in the last century


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text, and where it stands."""

    day: date
    start: int
    end: int

    @property
    def value(self) -> str:
        return self.day.isoformat()


def find_days(words: str) -> tuple[Day, ...]:
    """Each day that a flat text names, in the order it stands there."""
    days = [*_in_words(words), *_in_figures(words)]
    return tuple(sorted(days, key=lambda day: day.start))


def _in_words(words: str) -> Iterator[Day]:
    for form in _FORMS:
        for found in form.finditer(words):
            parts = found.groupdict()
            number = _SHORT[parts["month"][:3].lower()] if parts.get("month") else int(parts["number"])
            nth = int(parts["day"]) if parts["day"] else ordinal_in(parts["nth"])
            day = nth and _day(int(parts["year"]), number, nth)
            if day:
                yield Day(day, found.start(), found.end())


def _in_figures(words: str) -> Iterator[Day]:
    found = list(_FIGURES.finditer(words))
    if not found:
        return
    day_first = _is_day_first(words, found)
    for each in found:
        first, between, second, year = int(each[1]), each[2], int(each[3]), _whole_year(each[4])
        if between == "." or first > 12 or day_first:
            day = _day(year, second, first)
        elif second > 12 or day_first is False:
            day = _day(year, first, second)
        else:
            day = _day(year, first, second) if first == second else None
        if day:
            yield Day(day, each.start(), each.end())


def _is_day_first(words: str, found: list[re.Match[str]]) -> bool | None:
    """Whether dates such as 05/08/2014 begin with the day; None where nothing tells."""
    slashed = [(int(each[1]), int(each[3])) for each in found if each[2] != "."]
    days, months = any(first > 12 for first, _ in slashed), any(second > 12 for _, second in slashed)
    if days != months:
        return days
    american, european = _MONTH_FIRST.search(words), _DAY_FIRST.search(words)
    if days or bool(american) == bool(european):
        return None
    return bool(european)


def _whole_year(year: str) -> int:
    number = int(year)
    if len(year) == 4:
        return number
    return number + (1900 if number >= _FIRST_SHORT_YEAR else 2000)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
