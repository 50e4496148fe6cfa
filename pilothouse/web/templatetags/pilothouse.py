"""Template words of our own: money, dates, figures, states, icons, in the reader's language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date, format_datetime
from django import template
from django.forms import BoundField
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from heroicons.templatetags.heroicons import heroicon_mini, heroicon_outline

from pilothouse.engine.money import Money
from pilothouse.knowledge import purposes
from pilothouse.records.models import Contract, SpendDecision, SpendLine
from pilothouse.reporting import formats
from pilothouse.reporting.diagnosis import Cell, Column, Row, Table
from pilothouse.web.contracts import words as contract_words
from pilothouse.web.contracts.words import shown_value

register = template.Library()

# The three states, and how far the machine's word goes. Each has an icon and a word, never colour alone.
STATES: dict[str, tuple[str, str | Promise]] = {
    "good": ("check-circle", gettext_lazy("in order")),
    "look": ("eye", gettext_lazy("look at it")),
    "act": ("exclamation-triangle", gettext_lazy("act now")),
    "proposed": ("question-mark-circle", gettext_lazy("proposed")),
    "confirmed": ("check-badge", gettext_lazy("confirmed")),
}


# --- amounts and numbers -----------------------------------------------------------------------------------


@register.filter
def money(value: Money | Decimal | str | None, currency: str | None = "EUR") -> str:
    """An amount to the cent; a bare number is taken to be in `currency`; nothing stays nothing."""
    return _amount(value, currency or "EUR", cents=True)


@register.filter
def whole_money(value: Money | Decimal | str | None, currency: str = "EUR") -> str:
    """An amount rounded to whole units: for sentences and tables where cents say nothing."""
    return _amount(value, currency, cents=False)


def _amount(value: Money | Decimal | str | None, currency: str, *, cents: bool) -> str:
    if value is None:
        return ""
    exact = value if isinstance(value, Money) else Money(Decimal(value), currency)
    return formats.money(exact, _language(), cents=cents)


@register.filter
def signed_money(value: Decimal | None, currency: str = "EUR") -> str:
    """A change in whole units with its sign; nothing for no change."""
    if value is None:
        return ""
    said = _amount(value, currency, cents=False)
    return f"+{said}" if value > 0 else said


@register.filter
def signed_percent(share: Decimal | None) -> str:
    """A change in percent with its sign."""
    if share is None:
        return ""
    said = percent(share)
    return f"+{said}" if share > 0 else said


@register.filter
def number(value: Decimal | int | str | None) -> str:
    """A plain number with its groups of three; an answer in JSON has it as text."""
    return "" if value is None else formats.number(Decimal(value), _language())


SURE = Decimal("0.99")


@register.filter
def chance(share: Decimal | None) -> str:
    """A chance in percent: never said to be certain, because it rests on what we assume."""
    if share is None:
        return "–"
    if share > SURE:
        return _("over %(share)s") % {"share": percent(SURE)}
    return _("under %(share)s") % {"share": percent(1 - SURE)} if share < 1 - SURE else percent(share)


@register.filter
def percent(share: Decimal | None) -> str:
    """A share from 0 to 1 in percent."""
    return "" if share is None else formats.percent(Decimal(share), _language())


@register.filter
def filesize(size: int) -> str:
    """The size of a file as people say it.

    >>> filesize(812), filesize(4_200_000)
    ('812 B', '4.2 MB')
    """
    value = Decimal(size)
    for unit in ("B", "kB", "MB"):
        if value < 1000:
            return f"{formats.number(_short(value), _language())} {unit}"
        value /= 1000
    return f"{formats.number(_short(value), _language())} GB"


def _short(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1) if value >= 10 or value == value.to_integral_value() else Decimal("0.1"))


@register.filter
def share_of(part: Money | Decimal, whole: Money | Decimal) -> Decimal:
    """What share of the whole a part is, from 0 to 1; credits and an empty whole give none."""
    over, under = _bare(part), _bare(whole)
    if under <= 0 or over <= 0:
        return Decimal(0)
    return min(over / under, Decimal(1))


def _bare(value: Money | Decimal) -> Decimal:
    return value.amount if isinstance(value, Money) else Decimal(value)


@register.simple_tag
def share_in_percent(part: Money | Decimal, whole: Money | Decimal) -> str:
    """What share of the whole a part is, as the value of a bar that goes to 100."""
    return f"{share_of(part, whole) * 100:.1f}"


@register.filter
def positive(value: Decimal) -> Decimal:
    """An amount without its sign, where words say which way it goes."""
    return abs(value)


@register.filter
def largest(rows: Iterable[tuple[Any, ...]]) -> Money | None:
    """The largest amount among rows that end in one: what bars beside them are measured by."""
    return max((row[-1] for row in rows), default=None)


@register.simple_tag
def share_bar(part: Money | Decimal, whole: Money | Decimal) -> SafeString:
    """A bar as long as the share; it shows the figure beside it again, so screen readers skip it."""
    length = f"{share_of(part, whole) * 100:.1f}"
    return format_html(
        '<svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="8"/><rect width="{}" height="8"/></svg>',
        length,
    )


@register.simple_tag
def range_bar(low: Decimal, middle: Decimal, high: Decimal, most: Decimal) -> SafeString:
    """A bar from low to high with a mark at the middle, `most` being the whole width; the figures stand beside it."""
    start, mark, end = (f"{share_of(each, most) * 100:.1f}" for each in (low, middle, high))
    length = f"{float(end) - float(start):.1f}"
    return format_html(
        '<svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="rest" width="100" height="8"/><rect x="{}" width="{}" height="8"/>'
        '<rect class="mark" x="{}" width="0.8" height="8"/></svg>',
        start,
        length,
        mark,
    )


@register.filter
def nth(items: Sequence[Any], place: int) -> Any:
    """The item at a place, counted from 0."""
    return items[place]


# --- dates -------------------------------------------------------------------------------------------------


@register.filter
def day(value: date | None) -> str:
    """A date as "28 Feb 2026"."""
    return "" if value is None else formats.day(_as_date(value), _language())


@register.filter
def gap(contract: Contract) -> str:
    """What keeps the day for a decision on a contract from being counted."""
    return contract_words.gap_of(contract)


@register.filter
def instead_of_a_day(contract: Contract) -> str:
    """What stands where a contract has no day to send a notice by."""
    return contract_words.instead_of_a_day(contract)


@register.filter
def iso_day(value: str) -> str:
    """A date as papers store it ("2026-02-28"), in words."""
    return day(date.fromisoformat(value))


@register.filter
def plainly(value: str) -> str:
    """A condition as people say it: a stored day or month in words, anything else as it is."""
    try:
        return iso_day(value) if len(value) > len("2026-02") else month(value)
    except ValueError:
        return value


@register.filter
def month(value: date | str | None) -> str:
    """A month as "Feb 2026", from a day in it or from "2026-02"."""
    if not value:
        return ""
    return formats.month(date.fromisoformat(f"{value}-01") if isinstance(value, str) else value, _language())


@register.filter
def moment(value: datetime | None) -> str:
    """A day and time as "Sat 28 Feb 2026, 14:05"."""
    if value is None:
        return ""
    locale = formats.locale_of(_language())
    return format_datetime(timezone.localtime(value), "EEE d MMM y, HH:mm", locale=locale)


@register.simple_tag
def when(value: date, today: date | None = None) -> str:
    """A date with its distance: "Sat 28 Feb 2026 (in 49 days)"."""
    on = _as_date(value)
    said = format_date(on, "EEE d MMM y", locale=formats.locale_of(_language())).replace(" ", "\u00a0")
    return f"{said} ({distance(on, today)})"


@register.filter
def distance(value: date, today: date | None = None) -> str:
    """How far a day is from today, in words."""
    days = (_as_date(value) - (today or timezone.localdate())).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(days)d day", "in %(days)d days", days) % {"days": days}
    return ngettext("%(days)d day ago", "%(days)d days ago", -days) % {"days": -days}


@register.filter
def as_value(value: str) -> str:
    """A value read in a contract as people say it: "P3M" as 3 months, "2027-05-31" as a day."""
    return shown_value(value)


def _as_date(value: date) -> date:
    return timezone.localdate(value) if isinstance(value, datetime) else value


@register.filter
def purpose_name(key: str) -> str:
    """What something was bought for, in words; a key nobody knows is shown as it is."""
    return _purpose_names().get(key, key)


@register.filter
def said_in_words(decision: SpendDecision) -> str:
    """A decision in words: “IT, Web hosting, for Workshop”."""
    words = [_("IT") if decision.is_it else _("not IT")]
    if decision.purpose:
        words.append(purpose_name(decision.purpose))
    if decision.department:
        words.append(_("for %(department)s") % {"department": decision.department})
    if decision.run_or_change:
        words.append(_("run") if decision.run_or_change == "run" else _("change"))
    if decision.capital is not None:
        words.append(_("investment") if decision.capital else _("running cost"))
    return ", ".join(words)


@lru_cache(maxsize=1)
def _purpose_names() -> dict[str, str]:
    return {purpose.key: purpose.name for purpose in purposes()}


# --- parts of a page ---------------------------------------------------------------------------------------


@register.simple_tag
def figure(text: str, address: str) -> SafeString:
    """A figure that opens what it is made of: a link, and a side panel where scripts run."""
    return format_html('<a class="figure" href="{}" data-proof>{}</a>', address, text)


@register.simple_tag
def whole_figure(value: Decimal, currency: str, address: str) -> SafeString:
    """An amount in whole units that opens what it is made of."""
    return figure(whole_money(value, currency), address)


@dataclass(frozen=True, slots=True)
class ShownCell:
    """One cell in words. `main`: what a card on a phone keeps at its top; `address`: where its proof is."""

    text: str
    kind: str
    label: str
    main: bool
    address: str


@register.inclusion_tag("components/table.html")
def answer_table(table: Table, proofs: str, *, titled: bool = True) -> dict[str, Any]:
    """A table of an answer; each amount opens its proof, found at `proofs` and the proof's id."""
    return {
        "table": table,
        "rows": [(row, _shown_cells(table.columns, row, proofs)) for row in table.rows],
        "titled": titled,
    }


def _shown_cells(columns: tuple[Column, ...], row: Row, proofs: str) -> list[ShownCell]:
    kinds = [column.kind for column in columns]
    main = kinds.index("money") if "money" in kinds else len(kinds) - 1
    return [
        ShownCell(
            _in_words(cell, column.kind),
            column.kind,
            column.title,
            main=place == main and column.kind != "text",
            address=f"{proofs}?{proof}" if proof else "",
        )
        for place, (cell, column, proof) in enumerate(zip(row.cells, columns, row.proof_of_each, strict=True))
    ]


def _in_words(cell: Cell, kind: str) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, Money):
        return whole_money(cell)
    if isinstance(cell, date):
        return day(cell)
    return percent(Decimal(cell)) if kind == "percent" else number(cell)


MOST_COLUMNS = 7


@register.simple_tag
def filled_columns(rows: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """Rows of fields as a table: the fields that are filled in most rows, in the order in which they come."""
    shown = list(rows)
    filled = Counter(name for row in shown for name, value in row.items() if value and name != "place")
    names = sorted(filled, key=lambda name: -filled[name])[:MOST_COLUMNS]
    names.sort(key=list(filled).index)
    return {
        "names": [name.replace("_", " ") for name in names],
        "rows": [[(name.replace("_", " "), row.get(name, "")) for name in names] for row in shown],
    }


@register.simple_tag
def state(name: str, word: str = "") -> SafeString:
    """One of the states, in its own word or a given one."""
    icon_name, own_word = STATES[name]
    return format_html('<span class="state {}">{}{}</span>', name, icon(icon_name, "small"), word or own_word)


COUNTING: dict[str, str | Promise] = {
    "counts": gettext_lazy("counted as cost"),
    "settles_invoice": gettext_lazy("not counted: pays an invoice that is counted"),
    "own_sale": gettext_lazy("not counted: our own sale"),
    "own_transfer": gettext_lazy("not counted: between our own accounts"),
    "money_in": gettext_lazy("not counted: money received"),
    "returned": gettext_lazy("not counted: a payment that came back"),
    "natural_person": gettext_lazy("not counted: a natural person, masked"),
    "not_ours": gettext_lazy("not counted: not addressed to us"),
    "duplicate": gettext_lazy("not counted: the same paper twice"),
    "booked_too": gettext_lazy("not counted: the invoice itself is here and counts"),
}


@register.filter
def counted(line: SpendLine) -> str:
    """Why a line counts as cost, or why it does not."""
    return str(COUNTING.get(line.counting, line.counting))


DIFFERENCE: dict[str, str | Promise] = {
    "discount": gettext_lazy("discount for paying soon"),
    "currency": gettext_lazy("the bank's exchange rate"),
    "bank_fee": gettext_lazy("a fee of the bank"),
    "paid_more": gettext_lazy("paid more, nothing says why"),
    "short_paid": gettext_lazy("paid less, still owed"),
}


@register.filter
def difference(why: str) -> str:
    """What a difference between a payment and its invoice is."""
    return str(DIFFERENCE.get(why, why))


WHY_NOT: dict[str, str | Promise] = {
    "other_vendor": gettext_lazy("paid to somebody else"),
    "less": gettext_lazy("less was paid"),
    "more": gettext_lazy("more was paid"),
    "other_currency": gettext_lazy("another currency"),
    "before": gettext_lazy("paid before the invoice"),
    "late": gettext_lazy("paid long after"),
    "no_word": gettext_lazy("the payment does not name the invoice"),
}


@register.filter
def why_not(reasons: Iterable[str]) -> str:
    """Why no rule took a payment and an invoice for sure."""
    return ", ".join(str(WHY_NOT[reason]) for reason in reasons)


@register.simple_tag
def is_it(line: SpendLine) -> str:
    """Whether a line is IT, and whether a person said so; nothing where the line does not count."""
    if line.counting != "counts":
        return ""
    return _is_it(line.it, _language(), confirmed=line.confirmed)


@lru_cache(maxsize=64)
def _is_it(it: str, _language: str, *, confirmed: bool) -> SafeString:
    if it == "asked":
        return state("look", _("not sure"))
    word = _("IT") if it == "yes" else _("not IT")
    if confirmed:
        return state("confirmed", word)
    return state("proposed", word) if it == "yes" else format_html('<span class="quiet">{}</span>', word)


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, size: str = "") -> SafeString:
    """An icon beside a word. `size` "small" for within text, "large" for an empty page; else for menus."""
    attrs = {"class": "icon", "aria_hidden": "true", "focusable": "false"}
    if size == "small":
        return mark_safe(heroicon_mini(name, size=16, **attrs))  # noqa: S308  # drawn from the icon package alone
    if size == "large":
        return mark_safe(heroicon_outline(name, size=40, **attrs))  # noqa: S308  # as above
    return mark_safe(heroicon_outline(name, size=22, **attrs))  # noqa: S308  # as above


LEVELS = {"error": "act", "warning": "look", "success": "good"}


@register.filter
def level_state(level: str) -> str:
    """The state that colours a message of that level."""
    return LEVELS.get(level, "")


@register.filter
def level_icon(level: str) -> str:
    """The icon of a message of that level."""
    return STATES[LEVELS[level]][0] if level in LEVELS else "information-circle"


DRAWN = {"CheckboxInput": "tick", "RadioSelect": "choices", "CheckboxSelectMultiple": "choices"}


@register.filter
def drawn_as(field: BoundField) -> str:
    """How a form field is drawn: "tick" for one box, "choices" for a choice laid open, else "line"."""
    return DRAWN.get(type(field.field.widget).__name__, "line")


def _language() -> str:
    return get_language() or "en"
