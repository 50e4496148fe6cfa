"""For which days is a line paid, and what of its cost falls in which month?

`service_in` reads the period from the words of a line, in English, French, Dutch and German: two days or months with a
word or dash between them, a length with its first day, a quarter, or a year beside a word such as "annual".
It says None when it is unsure: where words name two different periods, where the period is shorter than a week or
longer than 61 months, or where it does not begin within 13 months of the paper.
`accrue` spreads a cost by days over the months it is for, to the cent; periods up to 31 days stay where they are.
Limits: a day that stands alone is never a period; "01/02/2026" is 1 February unless its neighbour can only be American.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from pilothouse.engine.dates import Duration, Month, after
from pilothouse.engine.money import Money
from pilothouse.engine.spend.shares import spread
from pilothouse.engine.spend.terms import Service, SpendLine

ONE_MONTH = 31
SHORTEST_DAYS = 7
LONGEST = Duration(61)
NEAR_DAYS = 396  # thirteen months

_MONTH_NAMES = (
    "january januari janvier januar janv jan",
    "february februari fevrier februar fevr fev feb",
    "march maart mars marz maerz mrt mar",
    "april avril avr apr",
    "may mei mai",
    "june juni juin jun",
    "july juli juillet juil jul",
    "august augustus aout aug",
    "september septembre sept sep",
    "october oktober octobre oct okt",
    "november novembre nov",
    "december decembre dezember dec dez",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_NAME = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"20\d\d"
_DAYS = (
    rf"(?P<iso>({_YEAR})[-/.](\d\d?)[-/.](\d\d?))",
    rf"(?P<run>({_YEAR})(\d\d)(\d\d))",
    rf"(?P<numbers>(\d\d?)[./-](\d\d?)[./-]({_YEAR}|\d\d))",
    rf"(?P<named>(\d\d?)(?:er|st|nd|rd|th|ste|e|\.)?[ -](?:of |de )?({_NAME})\b\.?(?:,?[ -]({_YEAR}))?)",
    rf"(?P<us>({_NAME})\.? (\d\d?)(?:st|nd|rd|th)?(?!\d)(?:,? ({_YEAR}))?)",
    rf"(?P<month>({_NAME})\b\.?(?:[ /'-]*({_YEAR}))?)",
    rf"(?P<month_number>(\d\d?)[/.-]({_YEAR}))",
    r"(?P<day_month>(\d\d?)[./](\d\d?)\.?)",
)
_WHEN = re.compile(rf"(?<!\w)(?:{'|'.join(_DAYS)})(?!\w)")
_UNTIL = re.compile(
    r"\s*(?:[-–—/>]+|to|until|till|through|thru|up to|tot en met|tot|t\.?e\.?m\.?|t/m|au|a|jusqu['’]?au"
    r"|jusqu['’]a|bis zum|bis)\s*(?:and including |incl\.? |en met |le |the |den )?"
)
_LENGTH = re.compile(
    r"(?<![\w.,])(\d{1,2}|one|un|une|een|ein|eine)[ -]?(months?|maanden|maand|mois|monate?|years?|jaar|an|ans|annees?"
    r"|jahre?)\b[^\d]{0,30}?\b(?:from|as of|starting|vanaf|met ingang van|a partir du|a compter du|des le|ab|ab dem)"
    r"(?: the| le| de| den)? $"
)
_FOR_LENGTH = re.compile(
    r" ?,?(?:for|gedurende|voor|pour|pendant|fur) (\d{1,2}|one|un|une|een|ein|eine)[ -]"
    r"(months?|maanden|maand|mois|monate?|years?|jaar|an|ans|annees?|jahre?)\b"
)
_IN_YEARS = ("year", "jaar", "an", "jahr")
_QUARTER = re.compile(
    rf"(?<!\w)(?:(?:q|t|k|quarter |quartal |kwartaal |trimestre )([1-4])[ ,/-]*({_YEAR})"
    rf"|({_YEAR})[ /-]?(?:q|t|k)([1-4])"
    rf"|([1-4])(?:st|nd|rd|th|e|er|eme|ste|de|\.)? (?:quarter|quartal|kwartaal|trimestre)[ ,/]*(?:of |de )?({_YEAR}))"
    r"(?![\w]|[-/.]\d)"
)
_A_YEAR = (
    r"(?:period|periode|annees?|exercice|annuel\w*|annual\w*|yearly|years?|full year|jaar\w*|jahres?\w*|jahrlich\w*|"
    r"zeitraum)"
)
_OF_A_YEAR = re.compile(
    rf"(?<!\w){_A_YEAR}(?!\w)[^\d]{{0,30}}?(?<![\w/.-])({_YEAR})(?![\w]|[-/.]\d)"
    rf"|(?<![\w/.-])({_YEAR}) {_A_YEAR}(?!\w)"
)
_NO_PERIOD = re.compile(
    rf"\b(?:{_NAME})\b|order|invoice|commande|facture|bestelling|bestelnr|factuur|rechnung|bestellung|auftrag|devis"
    r"|offerte|angebot|quote|version|edition|\bref\b"
)
# Words without a year, a day or a quarter in digits are most of all words, and are told from others first.
_LIKE_A_DAY = re.compile(r"(?:19|20)\d\d|\d\s*[./-]\s*\d|[a-zA-Z]['\u2019]?\s?\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class _When:
    """A day or month in the words: `day` 0 is a whole month, `year` 0 is not said; `us` says whether the month can
    only stand first (True), cannot (False), or nobody knows (None). `at` and `to` are where it stands.
    """

    at: int
    to: int
    year: int
    month: int
    day: int
    us: bool | None = False

    @property
    def first(self) -> date:
        return date(self.year, self.month, self.day or 1)

    @property
    def last(self) -> date:
        return self.first if self.day else Month(self.year, self.month).last_day


def service_in(words: str, issued: date) -> Service | None:
    """The period that the words of a line name, on a paper of the day `issued`; None when unsure."""
    if not _LIKE_A_DAY.search(words):
        return None
    named = _named_in(words)
    return named if named is not None and _sensible(named.first, named.last, issued) else None


@lru_cache(maxsize=65536)
def _named_in(words: str) -> Service | None:
    """The only period that words name, whatever the day of the paper: many papers have the same words."""
    text = _letters(words)
    whens = list(_whens(text))
    for find in (_ranges, _lengths, _quarters, _years, _single_months):
        found = {(first, last): said for first, last, said in find(text, whens)}
        if found:
            (span, said), *others = found.items()
            return None if others else Service(*span, f"its words say “{said}”")
    return None


def accrue(line: SpendLine) -> tuple[tuple[Month, Money], ...]:
    """The cost of a line by month: by days over the months it is for, else all in the month of the paper.

    The parts sum to the cost; they differ from the exact ones by less than a cent.
    """
    return spread_over(line.cost, line.date, line.service)


def spread_over(cost: Money, day: date, service: Service | None) -> tuple[tuple[Month, Money], ...]:
    """The same of a cost of `day` by itself."""
    if service is None or service.days <= ONE_MONTH:
        return ((Month.of(day), cost),)
    months = []
    month = Month.of(service.first)
    while month.first_day <= service.last:
        months.append(month)
        month = month.plus(1)
    parts = spread(cost.amount, [_days_in(month, service) for month in months])
    return tuple((m, Money(part, cost.currency)) for m, part in zip(months, parts, strict=True))


def _days_in(month: Month, service: Service) -> Decimal:
    first, last = max(month.first_day, service.first), min(month.last_day, service.last)
    return Decimal((last - first).days + 1)


def _sensible(first: date, last: date, issued: date) -> bool:
    if (last - first).days + 1 < SHORTEST_DAYS or abs((first - issued).days) > NEAR_DAYS:
        return False
    return last < after(first, LONGEST)


def _letters(words: str) -> str:
    """Small letters without accents, one blank between words, so that all languages look alike."""
    if not words.isascii():
        words = "".join(c for c in unicodedata.normalize("NFKD", words) if not unicodedata.combining(c))
    return " ".join(words.casefold().split())


# --- days and months in the words -----------------------------------------------------------------


def _whens(text: str) -> Iterator[_When]:
    for found in _WHEN.finditer(text):
        kind = found.lastgroup or ""
        parts = [part for part in found.groups()[found.re.groupindex[kind] :] if part is not None]
        when = _when(kind, parts, found.start(), found.end())
        if when is not None:
            yield when


def _when(kind: str, parts: Sequence[str], at: int, to: int) -> _When | None:
    """What was found as a day or month; None where there is no such day."""
    numbers = [_MONTHS.get(part) or int(part) for part in parts]
    year, month, day = _in_order(kind, numbers)
    us: bool | None = False
    if kind == "numbers":
        us = month > 12 if max(month, day) > 12 else None
        month, day = (day, month) if us else (month, day)
        year += 2000 if year < 100 else 0
    try:
        date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return _When(at, to, year, month, day, us)


def _in_order(kind: str, numbers: Sequence[int]) -> tuple[int, int, int]:
    """Year, month and day; 0 where one is not said."""
    first, second, third = (*numbers, 0, 0)[:3]
    return {
        "iso": (first, second, third),
        "run": (first, second, third),
        "us": (third, first, second),
        "month": (second, first, 0),
        "month_number": (second, first, 0),
    }.get(kind, (third, second, first))


# --- kinds of periods -----------------------------------------------------------------------------

_Found = Iterator[tuple[date, date, str]]


def _ranges(text: str, whens: Sequence[_When]) -> _Found:
    """Two days or months with a word or dash between them."""
    for one, two in pairwise(whens):
        if not _UNTIL.fullmatch(text[one.to : two.at]) or not two.year:
            continue
        start, end = _both_ways_alike(one, two)
        if not start.year:
            later = (start.month, start.day) > (end.month, end.day)
            start = replace(start, year=end.year - later)
        if start.first < end.last:
            yield start.first, _inside(start, end), text[one.at : two.to]


def _both_ways_alike(one: _When, two: _When) -> tuple[_When, _When]:
    """Where one of two days can only be American, the other is."""
    if one.us is None and two.us:
        one = replace(one, month=one.day, day=one.month)
    if two.us is None and one.us:
        two = replace(two, month=two.day, day=two.month)
    return one, two


def _inside(start: _When, end: _When) -> date:
    """The last day; "1 March 2026 to 1 March 2027" ends the day before."""
    return end.last - timedelta(days=1) if end.day and start.day == end.day else end.last


def _lengths(text: str, whens: Sequence[_When]) -> _Found:
    """A length and its first day, either before the other."""
    for when in whens:
        before, behind = _LENGTH.search(text[: when.at]), _FOR_LENGTH.match(text, when.to)
        for found in (before, behind):
            if found is None or not when.year:
                continue
            count = int(found[1]) if found[1].isdigit() else 1
            months = count * 12 if found[2].startswith(_IN_YEARS) else count
            end = after(when.first, Duration(months)) - timedelta(days=1)
            yield when.first, end, text[min(found.start(), when.at) : max(found.end(), when.to)].strip(" ,")


def _quarters(text: str, whens: Sequence[_When]) -> _Found:
    for found in _QUARTER.finditer(text):
        quarter, year = int(found[1] or found[4] or found[5]), int(found[2] or found[3] or found[6])
        first = Month(year, quarter * 3 - 2)
        yield first.first_day, first.plus(2).last_day, found[0]


def _years(text: str, whens: Sequence[_When]) -> _Found:
    """A calendar year beside a word that says it is one; not where other papers or days are spoken of."""
    for found in _OF_A_YEAR.finditer(text):
        if not _NO_PERIOD.search(found[0]):
            year = int(found[1] or found[2])
            yield date(year, 1, 1), date(year, 12, 31), found[0]


def _single_months(text: str, whens: Sequence[_When]) -> _Found:
    """A month named with its year, where it is not a part of a day."""
    for when in whens:
        said = text[when.at : when.to]
        if not when.day and when.year and said[:1].isalpha():
            yield when.first, when.last, said
