"""The pictures of consolidated spend: sorted bars, columns over time, and what changed since the year before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from pilothouse.engine.money import Money
from pilothouse.reporting import charts
from pilothouse.services.consolidated import Row, Table
from pilothouse.web.spend.answer_words import BARS, MOST_PARTS, Words

WIDTHS = {"narrow": 340, "half": 480, "wide": 720}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture with its finding as title and a note on what is left out."""

    key: str
    title: str
    spec: charts.Spec
    source: str


def pictures_of(table: Table, words: Words) -> Iterator[Picture]:
    """The pictures that say something of a table; none of an empty one."""
    if not table.rows:
        return
    if table.columns:
        yield _over_time(table, words)
    else:
        yield _bars(table, words)
    if table.has_before and table.total.change and words.steps():
        yield _changes(table, words)


def drawn(picture: Picture, *, language: str, mode: charts.Mode, size: str) -> str:
    """A picture as SVG."""
    return charts.svg(picture.spec, locale=language, mode=mode, width=WIDTHS.get(size, WIDTHS["wide"]))


def _chart_words(table: Table) -> charts.ChartWords:
    tax = _("VAT included") if table.question.with_vat else _("without VAT")
    return charts.ChartWords(f"{table.currency}, {tax}", _("These months"), _("Year before"))


def _money(table: Table, amount: Decimal) -> Money:
    return Money(amount, table.currency)


def _bars(table: Table, words: Words) -> Picture:
    known = words.known_rows()
    largest = known[:BARS]
    left_out = [row for row in table.rows if row not in known]
    sums = [
        charts.NamedSum(
            words.label(row),
            _money(table, row.total.value),
            _money(table, row.before.value) if row.before else None,
        )
        for row in largest
    ]
    notes = []
    in_all = table.in_all - len(left_out)
    if in_all > len(largest):
        notes.append(_("The %(number)d largest of %(all)d.") % {"number": len(largest), "all": in_all})
    notes += [
        _("%(label)s: %(amount)s, not drawn.")
        % {"label": words.label(row), "amount": words.money(row.total.value)}
        for row in left_out
    ]
    spec = charts.sorted_bars(sums, _chart_words(table))
    return Picture("bars", capitalised(words.finding_on_rows()), spec, " ".join(notes))


def capitalised(text: str) -> str:
    """A finding as a title."""
    return text[:1].upper() + text[1:]


def _over_time(table: Table, words: Words) -> Picture:
    shown = sorted(table.rows, key=lambda row: -row.total.value)
    parts = shown if table.in_all <= charts.MOST_SERIES else shown[:MOST_PARTS]
    series = [
        charts.Series(words.label(row), [_money(table, amount.value) for amount in row.amounts])
        for row in parts
    ]
    if table.in_all > len(parts):
        series.append(charts.Series(_("All else"), _all_else(table, parts)))
    columns = [words.column(column) for column in table.columns]
    spec = charts.columns_over_time(columns, series, _chart_words(table))
    return Picture("over-time", words.finding_over_time(), spec, "")


def _all_else(table: Table, parts: list[Row]) -> list[Money]:
    """What the parts leave of each column."""
    return [
        _money(table, whole.value - sum((row.amounts[at].value for row in parts), Decimal(0)))
        for at, whole in enumerate(table.total.amounts)
    ]


def _changes(table: Table, words: Words) -> Picture:
    steps = words.steps()
    named = [charts.Step(words.label(row), _money(table, row.change or Decimal(0))) for row in steps]
    left = (table.total.change or Decimal(0)) - sum((row.change or Decimal(0) for row in steps), Decimal(0))
    if left:
        named.append(charts.Step(_("All else"), _money(table, left)))
    before = table.total.before.value if table.total.before else Decimal(0)
    start = _money(table, before)
    spec = charts.waterfall(start, named, _chart_words(table))
    begins = charts.begins_at(start, named)
    note = _("From the same months a year before to these months.")
    if begins:
        cut = _("The bars begin at %(amount)s, so that the changes can be seen.") % {
            "amount": words.money(begins)
        }
        note = f"{note} {cut}"
    return Picture("changes", words.finding_on_change(), spec, note)
