"""What a table of consolidated spend says, in sentences: the question, its answer, and the findings of its pictures.

Every figure in a sentence is one of the table; shares are put as people say them ("a third more").
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilothouse.engine.dates import Span
from pilothouse.engine.money import Money
from pilothouse.reporting import charts, formats
from pilothouse.services.consolidated import Row, Table
from pilothouse.web.spend.question_form import label_of

MOST_PARTS = charts.MOST_SERIES - 1
BARS = 10
STEPS = 6
HALF = Decimal("0.5")


def question_of(table: Table) -> str:
    """The owner's question that a table answers."""
    by = {
        "purpose": _("What do we pay for"),
        "function": _("Which IT functions do we pay for"),
        "tower": _("Which IT towers do we pay for"),
        "category": _("Which kinds of IT do we buy"),
        "vendor": _("Whom do we pay"),
        "department": _("Which department costs what"),
        "run_or_change": _("What keeps us running, and what changes us"),
        "capital": _("What is running cost, what is investment"),
        "kind": _("What proves what we pay"),
        "it": _("How much of what we pay is IT"),
    }[table.question.by]
    over = {
        "": _("%(question)s?"),
        "month": _("%(question)s, month by month?"),
        "quarter": _("%(question)s, by quarter?"),
        "year": _("%(question)s, by financial year?"),
    }[table.question.over]
    return over % {"question": by}


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one table in the reader's language."""

    table: Table
    language: str

    def money(self, amount: Decimal) -> str:
        return formats.money(Money(amount, self.table.currency), self.language, cents=False)

    def label(self, row: Row) -> str:
        if row is self.table.rest:
            return _("All else")
        return label_of(self.table.question.by, row.key, row.label)

    def span(self) -> str:
        """The months asked for, in words."""
        span = self.table.question.span
        return _("from %(first)s to %(last)s") % {
            "first": formats.day(span.first.first_day, self.language),
            "last": formats.day(span.last.last_day, self.language),
        }

    def column(self, span: Span) -> str:
        """A month, quarter or financial year as a head of a column."""
        if self.table.question.over == "month":
            return formats.month(span.first.first_day, self.language)
        if self.table.question.over == "quarter":
            year, _dash, quarter = span.first.quarter.partition("-")
            return f"{quarter} {year}"
        starts = self.table.question.year_starts
        year_begun = span.first.year if span.first.month >= starts else span.first.year - 1
        return f"{year_begun}" if starts == 1 else f"{year_begun}/{(year_begun + 1) % 100:02d}"

    def cut_off(self, span: Span) -> str:
        """What should be known of a quarter or year that is not there as a whole."""
        whole = {"quarter": 3, "year": 12}.get(self.table.question.over, 1)
        months = len(list(span.months()))
        if months == whole:
            return ""
        return ngettext("%(number)d month", "%(number)d months", months) % {"number": months}

    def of_what(self) -> str:
        """What is counted: IT or not, VAT, which months."""
        question = self.table.question
        what = {
            "yes": _("IT"),
            "asked": _("What may be IT or not"),
            "no": _("What is not IT"),
            "all": _("All spending"),
        }[question.it]
        vat = _("with VAT, as paid") if question.with_vat else _("without VAT that comes back")
        basis = (
            _("spread over the months that are paid for")
            if question.spread
            else _("in the month of the paper")
        )
        return f"{what}, {self.span()}, {vat}, {basis}."

    def answer(self) -> str:
        """The answer in a sentence or two, with its figures."""
        table = self.table
        if not table.in_all:
            return _("Nothing of that kind was paid %(span)s.") % {"span": self.span()}
        if table.in_all == 1 or table.total.total.value <= 0:
            return _("It is %(amount)s%(change)s.") % {
                "amount": self.money(table.total.total.value),
                "change": self._change(table.total),
            }
        largest, *others = sorted(table.rows, key=lambda row: -row.total.value)
        if not largest.key and others and others[0].total.value > 0:
            return self._answer_on_what_is_known(largest, others[0])
        return _("%(label)s is the largest: %(amount)s of %(total)s%(change)s.") % {
            "label": self.label(largest),
            "amount": self.money(largest.total.value),
            "total": self.money(table.total.total.value),
            "change": self._change(largest),
        }

    def _answer_on_what_is_known(self, unknown: Row, known: Row) -> str:
        """Where most of it has no name, that is said, and what is the largest of the rest."""
        words = _(
            "Of %(total)s, %(open)s is “%(unknown)s”. Of the rest, %(label)s is the largest: %(amount)s%(change)s."
        )
        return words % {
            "total": self.money(self.table.total.total.value),
            "open": self.money(unknown.total.value),
            "unknown": self.label(unknown),
            "label": self.label(known),
            "amount": self.money(known.total.value),
            "change": self._change(known),
        }  # fmt: skip

    def _change(self, row: Row) -> str:
        share = row.change_share
        return "" if share is None else ", " + compared(share, self.language)

    def known_rows(self) -> list[Row]:
        """The rows a picture compares, the largest first: without what is not known, where that outweighs all else."""
        rows = sorted(self.table.rows, key=lambda row: -row.total.value)
        unknown_first = len(rows) > 2 and not rows[0].key
        return rows[1:] if unknown_first else rows

    def finding_on_rows(self) -> str:
        """How few rows make up half of what is compared."""
        table, rows = self.table, self.known_rows()
        left_out = len(table.rows) - len(rows)
        if table.in_all == 1:
            return _("All of it is %(label)s") % {"label": self.label(rows[0])}
        unknown = sum((row.total.value for row in table.rows), Decimal(0)) - sum(
            (row.total.value for row in rows), Decimal(0)
        )
        whole = table.total.total.value - unknown
        said = self._half_of(rows, whole, table.in_all - left_out)
        return _("Of what is known, %(said)s") % {"said": said} if left_out else said

    def _half_of(self, rows: list[Row], whole: Decimal, in_all: int) -> str:
        of = f"{in_all} {self.noun()}"
        counted = Decimal(0)
        for number, row in enumerate(rows, start=1):
            counted += row.total.value
            if whole > 0 and counted >= whole * HALF and number < in_all:
                said = {"share": formats.percent(counted / whole, self.language), "of": of}
                names = {"first": self.label(rows[0]), "second": self.label(row)}
                return {
                    1: _("%(share)s is %(first)s, one of %(of)s"),
                    2: _("%(first)s and %(second)s make up %(share)s"),
                }.get(number, _("%(number)d of %(of)s make up %(share)s")) % {
                    **said,
                    **names,
                    "number": number,
                }
        return _("it is spread over %(of)s") % {"of": of}

    def noun(self) -> str:
        """What the rows are, of several."""
        return {
            "purpose": _("purposes"),
            "function": _("functions"),
            "tower": _("towers"),
            "category": _("categories"),
            "vendor": _("vendors"),
            "department": _("departments"),
        }.get(self.table.question.by, _("kinds"))

    def finding_over_time(self) -> str:
        """Which part of the time was the dearest."""
        table = self.table
        at, dearest = max(enumerate(table.total.amounts), key=lambda one: one[1].value)
        return _("%(column)s was the dearest, at %(amount)s") % {
            "column": self.column(table.columns[at]),
            "amount": self.money(dearest.value),
        }

    def finding_on_change(self) -> str:
        """How much more or less than a year before, and what did most of it."""
        change = self.table.total.change or Decimal(0)
        steps = self.steps()
        said = (
            _("%(amount)s more than the year before")
            if change >= 0
            else _("%(amount)s less than the year before")
        )
        said %= {"amount": self.money(abs(change))}
        along = [row for row in steps if (row.change or 0) * change > 0]
        if not along:
            return said
        return _("%(said)s, most of it %(label)s") % {"said": said, "label": self.label(along[0])}

    def steps(self) -> list[Row]:
        """The rows that changed most, the largest change first."""
        changed = [row for row in self.table.rows if row.change]
        return sorted(changed, key=lambda row: -abs(row.change or Decimal(0)))[:STEPS]


def compared(share: Decimal, language: str) -> str:
    """A change as people say it.

    >>> compared(Decimal("0.34"), "en"), compared(Decimal("-0.005"), "en"), compared(Decimal("-0.12"), "en")
    ('a third more than the year before', 'as much as the year before', '12% less than the year before')
    """
    sayings = (
        (Decimal("1"), _("twice as much as the year before")),
        (Decimal("0.5"), _("half as much again as the year before")),
        (Decimal("0.3333"), _("a third more than the year before")),
        (Decimal("0.25"), _("a quarter more than the year before")),
        (Decimal("0"), _("as much as the year before")),
        (Decimal("-0.25"), _("a quarter less than the year before")),
        (Decimal("-0.3333"), _("a third less than the year before")),
        (Decimal("-0.5"), _("half of the year before")),
    )
    near = Decimal("0.015")
    for value, words in sayings:
        if abs(share - value) <= near:
            return words
    way = _("%(share)s more than the year before") if share > 0 else _("%(share)s less than the year before")
    return way % {"share": formats.percent(abs(share), language)}
