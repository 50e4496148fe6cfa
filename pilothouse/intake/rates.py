"""Exchange rates of the European Central Bank, in the files it gives out: what was one euro worth on each day?

Read are the table of all currencies by day (eurofxref.csv, eurofxref-hist.csv), the same as XML (eurofxref-daily.xml,
-hist.xml, -hist-90d.xml), and exports of its data portal (SDMX-CSV, one row for each day and currency).
A rate that is no number, not above zero, or of an unreadable day is left out and said; the rest is read.
Limits: only rates against the euro, and of single days; averages of months and years are left out and said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from pilothouse.intake.papers import DayRates, Problem, Rates, Reading
from pilothouse.intake.tables.rows import Row
from pilothouse.intake.tables.text import read_text
from pilothouse.intake.unread import looks_like_xml
from pilothouse.intake.xml import Refused, line_of, read_xml

MOST_TOLD = 20
HIGHEST = 10**9
_HEADINGS = re.compile(rb'^(?:\xef\xbb\xbf)?"?date"?\s*,(?:\s*"?[A-Z]{3}"?\s*,){5}', re.IGNORECASE)
_PORTAL = (b"EXR_TYPE", b"TIME_PERIOD", b"OBS_VALUE")
_CODE = re.compile(r"[A-Z]{3}")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_EMPTY = ("", "N/A", "NaN", "-")
_SPOT = "SP00"
_DATA = "{http://www.ecb.int/vocabulary/2002-08-01/eurofxref}Cube"

Said = tuple[str, str, str, str]  # day, currency, rate, place


def looks_like_rates(head: bytes) -> bool:
    """Whether a file is one of the bank's, by its first bytes."""
    if looks_like_xml(head):
        return b"eurofxref" in head and b"Cube" in head
    first = head.lstrip(b"\xef\xbb\xbf").split(b"\n", 1)[0]
    return bool(_HEADINGS.match(head)) or all(name in first for name in _PORTAL)


def read_rates(data: bytes) -> Reading:
    """The rates of a file, by day."""
    if looks_like_xml(data[:1024]):
        try:
            return _paper(_in_xml(data))
        except Refused as refused:
            return (), (refused.problem,)
    rows, problems = read_text(data, None)
    found = rows.with_empty_cells()
    headings = [cell.strip() for cell in next(found, Row(0, ())).cells]
    portal = {"CURRENCY", "TIME_PERIOD", "OBS_VALUE"} <= set(headings)
    said = _in_portal(headings, found) if portal else _in_table(headings, found)
    return _paper(said, problems)


# --- the three forms ----------------------------------------------------------------------------------------------


def _in_table(headings: list[str], rows: Iterable[Row]) -> Iterator[Said]:
    for row in rows:
        day, *cells = row.cells or ("",)
        for currency, cell in zip(headings[1:], cells, strict=False):
            if _CODE.fullmatch(currency.upper()):
                yield day.strip(), currency.upper(), cell.strip(), row.place


def _in_portal(headings: list[str], rows: Iterable[Row]) -> Iterator[Said]:
    at = {name: place for place, name in enumerate(headings)}

    def cell(row: Row, name: str) -> str:
        place = at.get(name, -1)
        return row.cells[place].strip() if 0 <= place < len(row.cells) else ""

    for row in rows:
        against_euro = cell(row, "CURRENCY_DENOM") in ("", "EUR")
        if against_euro and cell(row, "EXR_TYPE") in ("", _SPOT):
            yield cell(row, "TIME_PERIOD"), cell(row, "CURRENCY").upper(), cell(row, "OBS_VALUE"), row.place


def _in_xml(data: bytes) -> list[Said]:
    root = read_xml(
        data, accept=lambda name: name.endswith("}Envelope"), refusal=_refusal, take={_DATA: _keep}
    )
    found = []
    for cube in root.iter("{*}Cube"):
        currency = cube.get("currency")
        parent = cube.getparent()
        if currency and parent is not None:
            place = f"line {line_of(cube)}"
            found.append((parent.get("time") or "", currency.upper(), cube.get("rate") or "", place))
    return found


def _keep(_element: object) -> None:
    """Nothing is taken out of the tree: the largest of these files has some 6 MB."""


def _refusal(name: str) -> Refused:
    return Refused("rates.form", f"This XML ({name[-60:]}) is no file of exchange rates of the ECB.")


# --- to a paper ---------------------------------------------------------------------------------------------------


def _paper(said: Iterable[Said], problems: tuple[Problem, ...] = ()) -> Reading:
    days: dict[date, dict[str, Decimal]] = defaultdict(dict)
    places: dict[date, str] = {}
    wrong: list[Problem] = []
    for day_text, currency, text, place in said:
        if text in _EMPTY:
            continue
        day, rate = _day_of(day_text), _rate_of(text)
        if day is None or rate is None or currency == "EUR":
            wrong.append(_wrong(day_text, currency, text, place))
            continue
        days[day][currency] = rate
        places.setdefault(day, place)
    if not days:
        return (), (*problems, *_none(wrong))
    found = tuple(DayRates(day, days[day], places[day]) for day in sorted(days))
    return (Rates(found, problems=(*problems, *_some(wrong))),), ()


def _day_of(text: str) -> date | None:
    """ "2026-11-20", or "20 November 2026" as the file of one day has it."""
    form = "%Y-%m-%d" if _DAY.fullmatch(text) else "%d %B %Y"
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  a day of the calendar, without an hour
    except ValueError:
        return None


def _rate_of(text: str) -> Decimal | None:
    try:
        rate = Decimal(text)
    except InvalidOperation:
        return None
    return rate if rate.is_finite() and 0 < rate < HIGHEST else None


def _wrong(day: str, currency: str, text: str, place: str) -> Problem:
    return Problem(
        "rates.rate",
        "warning",
        f"“{text[:20]}” cannot be the rate of {currency[:3]} on {day[:20] or 'no day'}; it is left out.",
        place,
    )


def _some(wrong: list[Problem]) -> list[Problem]:
    more = len(wrong) - MOST_TOLD
    if more <= 0:
        return wrong
    return [*wrong[:MOST_TOLD], Problem("rates.rate", "warning", f"{more} more rates are left out.")]


def _none(wrong: list[Problem]) -> tuple[Problem, ...]:
    return (
        Problem(
            "rates.none",
            "error",
            "No exchange rate could be read in this file. Take “eurofxref-hist.zip” from the European Central Bank "
            "(statistics, euro foreign exchange reference rates, all currencies, time series).",
        ),
        *_some(wrong),
    )
