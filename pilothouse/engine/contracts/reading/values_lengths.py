"""Lengths of time in English words: "one (1) year", "sixty (60) days", "a twelve-month period" -> P1Y, P60D, P12M.

Where words and figures differ ("thirty (60) days") the length is not given at all. The unit stays as it was said: sixty
days are not two months. Limits: lengths up to ninety-nine in words, any in figures; hours are no length here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pilothouse.engine.dates import MOST_DAYS, MOST_MONTHS, Duration

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen \
eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: number for number, word in enumerate(_ONES.split(), 1)}
_NUMBERS |= {word: 20 + 10 * number for number, word in enumerate(_TENS.split())}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fifth": 5, "eighth": 8, "ninth": 9, "twelfth": 12}
_ORDINALS |= {
    f"{word}th": number for word, number in _NUMBERS.items() if number not in (1, 2, 3, 5, 8, 9, 12)
}
_ORDINALS |= {f"{word[:-1]}ieth": number for word, number in _NUMBERS.items() if number >= 20}
_SMALL = "|".join(sorted(_NUMBERS, key=len, reverse=True))
IN_WORDS = (
    rf"(?:(?:one|two|three) +hundred(?: +and)?(?:[ -]+(?:{_SMALL}))*|(?:{_SMALL})(?:[ -]+(?:{_SMALL}))?)"
)
_HALF = r"(?: +and +(?:a|one)[ -]+half)?"
_FIGURES = r"\d{1,4}(?:\.\d)?"
_UNIT = r"(?P<unit>day|week|month|quarter|year)(?:s\b|\b)'?"
_KIND = (
    r"(?:(?:full|consecutive|additional|successive)[ -]+)?(?:(?P<kind>business"
    r"|working|calendar|consecutive|full|contract|additional|successive)[ -]+)?"
)
_LENGTH = re.compile(
    rf"\b(?:(?P<words>{IN_WORDS}{_HALF}) *[-,]? *\(? *(?:(?<=\() *(?P<both>{_FIGURES}) *\))?"
    rf"|(?P<figures>{_FIGURES}) *(?:\( *(?P<said>{IN_WORDS}) *\))?)[ -]*{_KIND}{_UNIT}",
    re.IGNORECASE,
)
_LOOSE = re.compile(
    r"\b(?:(?P<half>(?:one[ -])?half(?: of)?(?: an?| one)?[ -]year|six[ -]monthly period)"
    r"|(?P<yearly>(?:successive|additional|consecutive|further) (?:annual"
    r"|yearly) (?:period|term)s?|annual(?: renewal)? terms?"
    r"|annual(?:ly)? (?:period|basis)s?|year[ -](?:to|by)[ -]year|yearly(?: basis| period| term)?|from year to year"
    r"|(?:additional|successive|further|another|a) year\b)"
    r"|(?P<monthly>month[ -](?:to|by)[ -]month|from month to month|monthly basis|(?:additional|successive) monthly)"
    r"|(?P<quarterly>quarter[ -]to[ -]quarter|quarterly basis))",
    re.IGNORECASE,
)
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12}
_LOOSE_VALUES = {"half": "P6M", "yearly": "P1Y", "monthly": "P1M", "quarterly": "P3M"}


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in a text, as ISO 8601; `business` where its days are working days."""

    value: str
    start: int
    end: int
    business: bool = False

    @property
    def duration(self) -> Duration:
        return Duration.parse(self.value)


def find_lengths(words: str, start: int = 0, end: int | None = None) -> Iterator[Length]:
    """Each length that a flat text names with a number, between two places."""
    for found in _LENGTH.finditer(words, start, len(words) if end is None else end):
        value = _value(found)
        if value:
            business = (found["kind"] or "").lower() in ("business", "working")
            yield Length(value, found.start(), found.end(), business)


def find_loose_lengths(words: str, start: int = 0, end: int | None = None) -> Iterator[Length]:
    """Each length said without a number: "from year to year", "successive annual terms", "month to month"."""
    for found in _LOOSE.finditer(words, start, len(words) if end is None else end):
        yield Length(_LOOSE_VALUES[str(found.lastgroup)], found.start(), found.end())


def number_in(words: str) -> Fraction | None:
    """The number that words or figures say; None where they say none.

    >>> number_in("Thirty-six"), number_in("two and one-half"), number_in("one hundred twenty"), number_in("some")
    (Fraction(36, 1), Fraction(5, 2), Fraction(120, 1), None)
    """
    words = words.lower().strip()
    if re.fullmatch(_FIGURES, words):
        return Fraction(words)
    half = Fraction(1, 2) if words.endswith("half") else Fraction(0)
    words = re.sub(r" and (?:a|one)[ -]half$", "", words)
    total = 0
    for word in re.split(r"[ -]+", words):
        if word == "hundred":
            total *= 100
        elif word != "and":
            if word not in _NUMBERS:
                return None
            total += _NUMBERS[word]
    return total + half


def ordinal_in(words: str) -> int | None:
    """The number of "third", "3rd", "fifteenth", "twenty-first"; None where it is none.

    >>> ordinal_in("third"), ordinal_in("15th"), ordinal_in("twenty-first"), ordinal_in("next")
    (3, 15, 21, None)
    """
    words = words.lower().strip()
    figures = re.fullmatch(r"(\d{1,2}) ?(?:st|nd|rd|th)", words)
    if figures:
        return int(figures[1])
    tens, _, last = words.rpartition("-")
    if tens:
        return _NUMBERS[tens] + _ORDINALS[last] if tens in _NUMBERS and last in _ORDINALS else None
    return _ORDINALS.get(words)


def iso_length(number: Fraction, unit: str) -> str | None:
    """So many days, weeks, months, quarters or years as ISO 8601; None where that is no whole number of days or months.

    >>> iso_length(Fraction(5, 2), "year"), iso_length(Fraction(2), "quarter"), iso_length(Fraction(1, 2), "day")
    ('P30M', 'P6M', None)
    """
    if unit in ("day", "week"):
        most = MOST_DAYS // 7
        return f"P{number}{unit[0].upper()}" if number.denominator == 1 and 0 < number <= most else None
    months = number * _MONTHS_OF[unit]
    if months.denominator != 1 or not 0 < months <= MOST_MONTHS:
        return None
    return f"P{number}Y" if unit == "year" and number.denominator == 1 else f"P{months}M"


def _value(found: re.Match[str]) -> str | None:
    said = found["words"] or found["figures"]
    number, again = number_in(said), found["both"] or found["said"]
    if number is None or (again and number_in(again) != number):
        return None
    return iso_length(number, found["unit"].lower())
