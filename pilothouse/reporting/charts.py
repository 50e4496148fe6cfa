"""How does a finding look as a picture, the same on the page and on paper?

Functions here build Vega-Lite specs without size and theme. The page hands them to the browser, `svg` draws
them for paper and for browsers without scripts; both put `theme(mode)` around them. A chart's title is its
finding and stands outside the spec, in the words of the page; inside, only the unit is named. Everything is
told apart by shape as well as by colour, so that a black and white print says the same.
Amounts are floats here: a picture is not added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from babel.dates import get_day_names, get_month_names
from babel.numbers import get_decimal_symbol, get_group_symbol

from pilothouse.engine.money import Money
from pilothouse.reporting.formats import MINUS, NARROW_SPACE, locale_of

Mode = Literal["light", "dark", "paper"]
Spec = dict[str, Any]

PAPER_FONT = "Source Sans Pro"
PAGE_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif"
PAPER_WIDTH = 640
_VEGA_LITE = "https://vega.github.io/schema/vega-lite/v6.json"
_MONTHS_NAMED = 12
_DIGIT = 7  # pixels
ROOM_FOR_WIDER_TYPE = 28
NARROWEST_LEGEND = 400
_LONGEST_BESIDE = 150
_LONGEST_LABEL = 200  # pixels; a longer name ends in "…", the table beside it has it whole


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of one mode: text, quiet text, lines, the accent, the pale bar of the year before, and the parts of a
    column: dark and pale in turns, so that neighbours are told apart in black and white as well.
    """

    ink: str
    quiet: str
    line: str
    accent: str
    before: str
    background: str
    parts: tuple[str, ...] = ()


_PARTS_ON_LIGHT = ("#0f5e66", "#e2b36a", "#7fb3b8", "#8a5a00", "#b9c7ca", "#4d5a5f", "#d5dbdd")
_PARTS_ON_DARK = ("#5fb4bd", "#8a6420", "#2f7078", "#f1c06f", "#55666c", "#c9d3d6", "#3a474c")
MOST_SERIES = len(_PARTS_ON_LIGHT)

INKS: Mapping[Mode, Inks] = {
    "light": Inks("#1b2326", "#4d5a5f", "#d5dbdd", "#0f5e66", "#e3e8ea", "#ffffff", _PARTS_ON_LIGHT),
    "dark": Inks("#e9eef0", "#aab6ba", "#3a474c", "#5fb4bd", "#2b363a", "#12191c", _PARTS_ON_DARK),
    "paper": Inks("#1b2326", "#4d5a5f", "#d5dbdd", "#0f5e66", "#e3e8ea", "#ffffff", _PARTS_ON_LIGHT),
}


@dataclass(frozen=True, slots=True)
class MonthSum:
    """What one month cost, and the same month a year before where it is known."""

    month: date
    value: Money
    before: Money | None = None


@dataclass(frozen=True, slots=True)
class NamedSum:
    """What one purpose, vendor or department cost, and in the year before where it is known."""

    name: str
    value: Money
    before: Money | None = None


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words inside a picture, in the reader's language; `unit` names unit and VAT ("€, net of VAT")."""

    unit: str
    value: str = "This year"
    before: str = "Year before"


def bars_over_months(months: Sequence[MonthSum], words: ChartWords) -> Spec:
    """A bar for each month, before a wider pale one of the same month a year before."""
    values = [
        {
            "month": f"{m.month:%Y-%m}-01T00:00:00Z",
            "value": float(m.value.amount),
            "before": _amount(m.before),
        }
        for m in months
    ]
    x = {
        "field": "month",
        "type": "ordinal",
        "timeUnit": "utcyearmonth",
        "title": None,
        "axis": {"labelExpr": _month_label(months), "labelAngle": 0},
    }
    y = {"type": "quantitative", "title": None, "axis": {"format": ",.0f", "tickCount": 5}}
    return _spec(words, values, {"x": x}, _bars(months, "y", y, words))


def sorted_bars(sums: Sequence[NamedSum], words: ChartWords) -> Spec:
    """Horizontal bars in the order given (largest first), each with its amount at its end."""
    names = list(_distinct(one.name for one in sums))
    values = [
        {"name": name, "value": float(one.value.amount), "before": _amount(one.before)}
        for name, one in zip(names, sums, strict=True)
    ]
    y = {"field": "name", "type": "nominal", "title": None, "sort": names}
    x = {
        "type": "quantitative",
        "title": None,
        "axis": {"format": ",.0f", "tickCount": 4, "labelBound": 4},
        "scale": _with_room_for_amounts(values),
    }
    amounts = {
        "transform": [{"calculate": "max(0, datum.value, datum.before)", "as": "end"}],
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {
            "x": {**x, "field": "end"},
            "text": {"field": "value", "type": "quantitative", "format": ",.0f"},
        },
    }
    return _spec(words, values, {"y": y}, [*_bars(sums, "x", x, words), amounts])


@dataclass(frozen=True, slots=True)
class Series:
    """One part of columns over time: its name, and its amount in each column."""

    name: str
    values: Sequence[Money]


def columns_over_time(columns: Sequence[str], series: Sequence[Series], words: ChartWords) -> Spec:
    """A column for each part of the time, of the series on top of each other, the first at the bottom.

    One series is a plain column; more than `MOST_SERIES` cannot be told apart, and are refused.
    """
    if len(series) > MOST_SERIES:
        raise ValueError(f"{len(series)} series cannot be told apart. Put the small ones together.")
    names = list(_distinct(one.name for one in series))
    values = [
        {"column": column, "name": name, "at": at, "value": float(one.values[place].amount)}
        for at, (name, one) in enumerate(zip(names, series, strict=True))
        for place, column in enumerate(columns)
    ]
    colour = {
        "field": "name",
        "type": "nominal",
        "scale": {"domain": names, "range": "ordinal"},
        "sort": names,
        "legend": {} if len(names) > 1 else None,
    }
    x = {
        "field": "column",
        "type": "ordinal",
        "title": None,
        "sort": list(columns),
        "axis": {"labelAngle": 0, "labelOverlap": "greedy", "labelSeparation": 6, "labelLimit": 80},
    }
    y = {"type": "quantitative", "title": None, "axis": {"format": ",.0f", "tickCount": 5}}
    bars = {
        "mark": {"type": "bar", "width": {"band": 0.75}, "style": "part"},
        "encoding": {"y": {**y, "field": "value"}, "color": colour, "order": {"field": "at"}},
    }
    zero = {"mark": "rule", "encoding": {"y": {**y, "datum": 0}}}
    return _spec(words, values, {"x": x}, [bars, zero])


@dataclass(frozen=True, slots=True)
class Step:
    """One step from the year before to this year: what grew or shrank, and by how much."""

    name: str
    change: Money


def waterfall(before: Money, steps: Sequence[Step], words: ChartWords) -> Spec:
    """From the year before to this year, step by step from top to bottom: each begins where the last one ended."""
    names = list(_distinct([words.before, *(step.name for step in steps), words.value]))
    standing = float(before.amount)
    values: list[Spec] = [
        {"name": names[0], "start": 0.0, "end": standing, "change": standing, "is": "whole"},
    ]
    for name, step in zip(names[1:-1], steps, strict=True):
        change = float(step.change.amount)
        values.append(
            {
                "name": name,
                "start": standing,
                "end": standing + change,
                "change": change,
                "is": "more" if change > 0 else "less",
            }
        )
        standing += change
    values.append({"name": names[-1], "start": 0.0, "end": standing, "change": standing, "is": "whole"})
    room_for_names = {
        "labelLimit": {"expr": f"width < {NARROWEST_LEGEND} ? {_LONGEST_LABEL * 0.6} : {_LONGEST_LABEL}"}
    }
    y = {"field": "name", "type": "nominal", "title": None, "sort": names, "axis": room_for_names}
    begins = float(begins_at(before, steps))
    every = [{"value": value, "before": None} for one in values for value in (one["start"], one["end"])]
    scale = _with_room_for_amounts(every, begins=begins, signed=True)
    x = {
        "type": "quantitative",
        "title": None,
        "axis": {
            "format": ",.0f",
            "tickCount": 3,
            "labelBound": 4,
            "labelOverlap": "greedy",
            "labelSeparation": 6,
        },
        "scale": {**scale, "zero": not begins},
    }
    colour = {
        "field": "is",
        "type": "nominal",
        "scale": {"domain": ["whole", "more", "less"], "range": "ordinal"},
        "legend": None,
    }
    bars = {
        "mark": {"type": "bar", "height": {"band": 0.7}, "style": "part", "clip": True},
        "encoding": {"x": {**x, "field": "start"}, "x2": {"field": "end"}, "color": colour},
    }
    amounts = {
        "transform": [
            {"calculate": "max(0, datum.start, datum.end)", "as": "far"},
            {
                "calculate": "datum.is === 'whole' ? format(datum.change, ',.0f') : format(datum.change, '+,.0f')",
                "as": "said",
            },
        ],
        "mark": {"type": "text", "align": "left", "dx": 6},
        "encoding": {"x": {**x, "field": "far"}, "text": {"field": "said"}},
    }
    edge = {"mark": "rule", "encoding": {"x": {**x, "datum": begins}}}
    return _spec(words, values, {"y": y}, [bars, edge, amounts])


def begins_at(before: Money, steps: Sequence[Step]) -> Decimal:
    """Where the axis of a waterfall begins: at nothing, or, where the steps are small beside what they begin from, at a
    round sum below them, which whoever shows the picture has to say.
    """
    standing = [before.amount]
    for step in steps:
        standing.append(standing[-1] + step.change.amount)
    lowest, highest = min(standing), max(standing)
    reach = highest - lowest
    if not reach or lowest < reach * 2:
        return Decimal(0)
    size = Decimal(1).scaleb(reach.adjusted())
    return max((lowest - reach / 2) // size * size, Decimal(0))


def theme(mode: Mode) -> Spec:
    """The Vega-Lite config of the house: ink on paper, one accent, few lines."""
    inks = INKS[mode]
    return {
        "background": None if mode == "paper" else inks.background,
        "font": PAPER_FONT if mode == "paper" else PAGE_FONT,
        # A reader's own typeface may run wider than the one the page's pictures are measured with.
        "padding": {"left": 0 if mode == "paper" else ROOM_FOR_WIDER_TYPE, "right": 4, "top": 4, "bottom": 4},
        "view": {"stroke": None, "continuousHeight": 190, "discreteHeight": {"step": 26}},
        "title": {
            "anchor": "start",
            "color": inks.quiet,
            "fontSize": 12,
            "fontWeight": "normal",
            "offset": 10,
        },
        "axis": {
            "labelColor": inks.ink,
            "labelFontSize": 12,
            "gridColor": inks.line,
            "domain": False,
            "ticks": False,
            "labelPadding": 6,
        },
        "axisBand": {"grid": False, "labelLimit": _LONGEST_LABEL},
        "text": {"color": inks.ink, "fontSize": 12},
        "range": {"category": [inks.accent, inks.before], "ordinal": list(inks.parts)},
        "rule": {"color": inks.quiet},
        "legend": {
            "orient": "bottom",
            "title": None,
            "labelColor": inks.ink,
            "labelFontSize": 12,
            "symbolType": "square",
            "symbolStrokeColor": inks.quiet,
            "symbolStrokeWidth": 1,
            "symbolOpacity": 1,
        },
        "style": {
            "before": {"stroke": inks.quiet, "strokeWidth": 1},
            "part": {"stroke": inks.background, "strokeWidth": 1},
        },
    }


def chart_locale(language: str) -> dict[str, Spec]:
    """Number and date names for Vega: its formatLocale (`number`) and its timeFormatLocale (`time`)."""
    locale = locale_of(language)
    english = locale.language == "en"
    days, short_days = (get_day_names(width, locale=locale) for width in ("wide", "abbreviated"))
    months, short_months = (get_month_names(width, locale=locale) for width in ("wide", "abbreviated"))
    sunday_first = (6, 0, 1, 2, 3, 4, 5)
    return {
        "number": {
            "decimal": get_decimal_symbol(locale),
            "thousands": NARROW_SPACE if english else get_group_symbol(locale),
            "grouping": [3],
            "currency": ["", ""],
            "minus": MINUS,
        },
        "time": {
            "dateTime": "%-d %b %Y %H:%M",
            "date": "%-d %b %Y",
            "time": "%H:%M",
            "periods": ["AM", "PM"],
            "days": [days[day] for day in sunday_first],
            "shortDays": [short_days[day] for day in sunday_first],
            "months": [months[month] for month in range(1, 13)],
            "shortMonths": [short_months[month] for month in range(1, 13)],
        },
    }


def svg(spec: Mapping[str, Any], *, locale: str, mode: Mode = "light", width: int = PAPER_WIDTH) -> str:
    """Draw a spec of ours. Nothing is fetched: a spec that names an address is refused."""
    names = chart_locale(locale)
    drawn: str = _converter().vegalite_to_svg(
        {**spec, "width": width, "autosize": {"type": "fit-x", "contains": "padding"}},
        config=_fitting(theme(mode), width),
        allowed_base_urls=[],
        format_locale=names["number"],
        time_format_locale=names["time"],
    )
    return drawn


def _fitting(config: Spec, width: int) -> Spec:
    """As many names of the legend beside each other as there is room for, or the last would be cut."""
    columns = 1 if width < NARROWEST_LEGEND else 2 if width < PAPER_WIDTH else 3
    return {
        **config,
        "legend": {
            **config["legend"],
            "columns": columns,
            "labelLimit": _LONGEST_LABEL if columns == 1 else _LONGEST_BESIDE,
        },
    }


@cache
def _converter() -> Any:
    """vl-convert with the paper's type; loaded where it is used, since it takes a third of a second."""
    import vl_convert

    vl_convert.register_font_directory(str(files("font_source_sans_pro") / "files"))
    return vl_convert


def _spec(words: ChartWords, values: Iterable[Spec], encoding: Spec, layers: list[Spec]) -> Spec:
    return {
        "$schema": _VEGA_LITE,
        "title": words.unit,
        "data": {"values": list(values)},
        "encoding": encoding,
        "layer": layers,
    }


def _bars(sums: Sequence[MonthSum | NamedSum], way: str, axis: Spec, words: ChartWords) -> list[Spec]:
    """Narrow solid bars and, where the year before is known, wide pale outlined ones behind them."""
    known = any(one.before is not None for one in sums)
    thickness = "height" if way == "x" else "width"
    colour = {"type": "nominal", "scale": {"domain": [words.value, words.before]}}
    now = {
        "mark": {"type": "bar", thickness: {"band": 0.5 if known else 0.75}},
        "encoding": {
            way: {**axis, "field": "value"},
            "color": {**colour, "datum": words.value, **({} if known else {"legend": None})},
        },
    }
    before = {
        "transform": [{"filter": "isValid(datum.before)"}],
        "mark": {"type": "bar", "style": "before", thickness: {"band": 0.85}},
        "encoding": {way: {**axis, "field": "before"}, "color": {**colour, "datum": words.before}},
    }
    zero = {"mark": "rule", "encoding": {way: {**axis, "datum": 0}}}
    return [before, now, zero] if known else [now, zero]


def _with_room_for_amounts(
    values: Sequence[Mapping[str, Any]], *, begins: float = 0.0, signed: bool = False
) -> Spec:
    """An axis from zero or the lowest credit to the largest sum, and room after it for its digits at any width."""
    every = [begins, *(one[key] for one in values for key in ("value", "before") if one[key] is not None)]
    lowest, highest = begins or min(every), max(every)
    room = _DIGIT * (len(f"{max(highest, -lowest):,.0f}") + signed) + 12
    longer = f"{highest} + {highest - lowest or 1.0} * {room} / max(width - {room}, {room})"
    return {"domainMin": lowest, "domainMax": {"expr": longer}, "nice": False}


def _amount(value: Money | None) -> float | None:
    return None if value is None else float(value.amount)


def _month_label(months: Sequence[MonthSum]) -> str:
    """The month's short name, and under it the year where the axis begins and at each January.

    Beyond a year only the first month of each quarter is named, or the names would run into each other.
    """
    named = [one.month for one in months if len(months) <= _MONTHS_NAMED or one.month.month % 3 == 1]
    first = f"{named[0]:%Y-%m}" if named else ""
    year_begins = f"utcmonth(datum.value) === 0 || utcFormat(datum.value, '%Y-%m') === '{first}'"
    label = f"[utcFormat(datum.value, '%b'), {year_begins} ? utcFormat(datum.value, '%Y') : '']"
    return label if len(named) == len(months) else f"utcmonth(datum.value) % 3 === 0 ? {label} : ''"


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Names as they are; one that comes again gets a number, or its bars would lie on each other."""
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
