"""Charts: titles, alternatives and colours, in both schemes and sizes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from lxml import etree

from pilothouse.engine.money import Money
from pilothouse.reporting.charts import (
    INKS,
    MOST_SERIES,
    ChartWords,
    Mode,
    MonthSum,
    NamedSum,
    Series,
    Step,
    bars_over_months,
    begins_at,
    chart_locale,
    columns_over_time,
    sorted_bars,
    svg,
    theme,
    waterfall,
)

WORDS = ChartWords("€ a month, net of VAT", "This year", "Year before")
SVG = "{http://www.w3.org/2000/svg}"


def euro(amount: int) -> Money:
    return Money(Decimal(amount))


def months(count: int, before: int | None = None, begin: int = 8) -> list[MonthSum]:
    return [
        MonthSum(
            date(2024 + (begin + n) // 12, (begin + n) % 12 + 1, 1),
            euro(1000 + n),
            None if before is None else euro(before),
        )
        for n in range(count)
    ]


def texts(drawing: str) -> list[str]:
    root = etree.fromstring(drawing.encode())
    return [text for one in root.iter(f"{SVG}text") for text in map(str, one.itertext()) if text.strip()]


def bars(drawing: str) -> list[str]:
    root = etree.fromstring(drawing.encode())
    return [
        one.get("fill", "") for one in root.iter(f"{SVG}path") if one.get("aria-roledescription") == "bar"
    ]


def test_twelve_months_are_named_with_the_year_where_it_begins() -> None:
    said = texts(svg(bars_over_months(months(12), WORDS), locale="en"))
    assert said[said.index("Sep") :][:7] == ["Sep", "2024", "Oct", "Nov", "Dec", "Jan", "2025"]
    assert WORDS.unit in said


def test_of_more_than_a_year_the_quarters_are_named() -> None:
    said = texts(svg(bars_over_months(months(24), WORDS), locale="en"))
    assert [one for one in said if one.isalpha()] == ["Oct", "Jan", "Apr", "Jul", "Oct", "Jan", "Apr", "Jul"]
    assert [one for one in said if one in {"2024", "2025", "2026"}] == ["2024", "2025", "2026"]


def test_the_year_before_is_told_apart_in_black_and_white() -> None:
    drawing = svg(bars_over_months(months(3, before=900), WORDS), locale="en", mode="paper")
    inks = INKS["paper"]
    assert bars(drawing) == [inks.before] * 3 + [inks.accent] * 3
    assert brightness(inks.before) - brightness(inks.accent) > 0.5
    assert {"This year", "Year before"} <= set(texts(drawing))


def test_without_a_year_before_there_is_no_legend() -> None:
    drawing = svg(bars_over_months(months(3), WORDS), locale="en")
    assert len(bars(drawing)) == 3
    assert "This year" not in texts(drawing)


def test_bars_stand_in_the_order_given_each_with_its_amount() -> None:
    spec = sorted_bars(
        [NamedSum("Zoom", euro(9000), euro(7)), NamedSum("Adobe", euro(2345)), NamedSum("Bill", euro(-5))],
        WORDS,
    )
    said = texts(svg(spec, locale="nl-BE"))
    names = [one for one in said if one in {"Zoom", "Adobe", "Bill"}]
    assert names == ["Zoom", "Adobe", "Bill"]
    assert {"9.000", "2.345", "−5"} <= set(said)


def test_two_of_one_name_have_two_bars() -> None:
    drawing = svg(sorted_bars([NamedSum("Acme", euro(2)), NamedSum("Acme", euro(1))], WORDS), locale="en")
    assert len(bars(drawing)) == 2
    assert {"Acme", "Acme (2)"} <= set(texts(drawing))


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a' + evil() + '", "datum.value", "#$*\\", ""])
def test_a_name_is_never_more_than_a_name(name: str) -> None:
    drawing = svg(sorted_bars([NamedSum(name, euro(1))], WORDS), locale="en")
    assert "<script" not in drawing
    assert not name or any(text.startswith(name[:12]) for text in texts(drawing))


@pytest.mark.parametrize("spec", [bars_over_months([], WORDS), sorted_bars([], WORDS)])
def test_nothing_can_be_drawn_too(spec: dict[str, object]) -> None:
    assert bars(svg(spec, locale="en")) == []


def test_a_chart_speaks_the_readers_language() -> None:
    spec = bars_over_months(months(12), WORDS)
    assert "1\u202f000" in texts(svg(spec, locale="fr-BE"))
    assert "févr." in texts(svg(spec, locale="fr-BE"))
    assert "1.000" in texts(svg(spec, locale="nl-BE"))
    assert chart_locale("nl-BE")["time"]["shortDays"][0] == "zo"


def test_paper_has_its_own_type_and_no_ground() -> None:
    drawing = svg(bars_over_months(months(2), WORDS), locale="en", mode="paper")
    assert "Source Sans Pro" in drawing
    assert theme("paper")["background"] is None
    assert theme("dark")["background"] == INKS["dark"].background


def test_a_chart_fetches_nothing() -> None:
    spec = {"data": {"url": "http://127.0.0.1:9/data.json"}, "mark": "bar", "encoding": {}}
    with pytest.raises(ValueError, match="data url not allowed"):
        svg(spec, locale="en")


def brightness(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((brightness(one), brightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("mode", get_args(Mode))
def test_words_and_bars_can_be_seen_in_every_mode(mode: Mode) -> None:
    inks = INKS[mode]
    assert contrast(inks.ink, inks.background) >= 7
    assert contrast(inks.quiet, inks.background) >= 4.5
    assert contrast(inks.accent, inks.background) >= 3
    assert contrast(inks.accent, inks.before) >= 3


# --- columns over time, and what changed ------------------------------------------------------------------------


def parts(number: int, columns: int = 4) -> list[Series]:
    return [Series(f"Part {n}", [euro(100 * n + column) for column in range(columns)]) for n in range(number)]


QUARTERS = ("Q1 2026", "Q2 2026", "Q3 2026", "Q4 2026")


@pytest.mark.parametrize("width", [340, 480, 720])
def test_every_part_of_a_column_is_named_and_told_apart(width: int) -> None:
    drawn = svg(columns_over_time(QUARTERS, parts(MOST_SERIES), WORDS), locale="en", width=width)
    said = texts(drawn)
    assert {f"Part {n}" for n in range(MOST_SERIES)} <= set(said)
    assert set(QUARTERS) <= set(said)
    for mode in get_args(Mode):
        assert len(set(INKS[mode].parts)) == MOST_SERIES


def test_one_series_needs_no_legend_and_too_many_are_refused() -> None:
    assert "Part 0" not in texts(svg(columns_over_time(QUARTERS, parts(1), WORDS), locale="en"))
    with pytest.raises(ValueError, match="cannot be told apart"):
        columns_over_time(QUARTERS, parts(MOST_SERIES + 1), WORDS)


def test_each_step_begins_where_the_last_one_ended() -> None:
    steps = [Step("Telephony", euro(120)), Step("Backup", euro(-80)), Step("Telephony", euro(-20))]
    spec = waterfall(euro(100), steps, WORDS)
    values = spec["data"]["values"]
    assert [(one["start"], one["end"]) for one in values] == [
        (0, 100),
        (100, 220),
        (220, 140),
        (140, 120),
        (0, 120),
    ]
    said = texts(svg(spec, locale="en"))
    assert {"Year before", "This year", "Telephony", "Telephony (2)", "+120", "\u221280"} <= set(said)


@pytest.mark.parametrize(
    ("before", "change", "begins"),
    [(100, 120, 0), (91_938, 2_551, 90_000), (1000, 0, 0), (-500, 100, 0), (1000, -300, 500)],
)
def test_small_steps_are_seen_since_the_axis_begins_below_them(before: int, change: int, begins: int) -> None:
    steps = [Step("Telephony", euro(change))]
    assert begins_at(euro(before), steps) == begins
    assert svg(waterfall(euro(before), steps, WORDS), locale="en")
