"""What is asked of consolidated spend, as it stands in an address; and the words of its choices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from pilothouse.engine.dates import Month, Span
from pilothouse.knowledge import categories, functions, purposes, towers
from pilothouse.records.models import Review
from pilothouse.services.answers import NOTHING
from pilothouse.services.consolidated import ALL, By, Over, Period, Question, Sort, span_of

BY = [
    ("purpose", _("What it is for")),
    ("function", _("IT function")),
    ("tower", _("IT tower")),
    ("category", _("Category")),
    ("vendor", _("Vendor")),
    ("department", _("Department")),
    ("run_or_change", _("Run or change")),
    ("capital", _("Cost or investment")),
    ("kind", _("What proves it")),
    ("it", _("IT or not")),
]
OVER = [
    ("none", _("As one sum")),
    ("month", _("Month by month")),
    ("quarter", _("Quarter by quarter")),
    ("year", _("By financial year")),
]
PERIOD = [
    ("twelve", _("Last 12 full months")),
    ("this_year", _("This calendar year")),
    ("last_year", _("Last calendar year")),
    ("this_financial", _("This financial year")),
    ("last_financial", _("Last financial year")),
    ("between", _("From one month to another")),
]
IT = [("yes", _("IT")), ("asked", _("Not sure whether IT")), ("no", _("Not IT")), (ALL, _("Everything"))]
VAT = [("without", _("Without VAT that comes back")), ("with", _("With VAT, as paid"))]
BASIS = [("booked", _("In the month of the paper")), ("spread", _("Spread over what is paid for"))]
SORT = [
    ("cost", _("Most money first")),
    ("change", _("Largest change first")),
    ("before", _("Most money a year before first")),
    ("name", _("By name")),
]
# What values without a name of their own are called.
LABELS: Mapping[str, Mapping[str, Any]] = {
    "run_or_change": {"run": _("Keeps the firm running"), "change": _("Changes the firm")},
    "capital": {"no": _("Running cost (opex)"), "yes": _("Investment (capex)")},
    "kind": {"invoice": _("Invoices"), "ledger": _("Ledgers"), "bank": _("Bank and cards alone")},
    "it": {"yes": _("IT"), "asked": _("Not sure whether IT"), "no": _("Not IT")},
}
UNNAMED: Mapping[str, Any] = {"department": _("No department said")}
FILTERS = (
    "purpose",
    "function",
    "tower",
    "category",
    "vendor",
    "department",
    "run_or_change",
    "capital",
    "kind",
)
MOST_MONTHS = 60
_MONTH = r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"


def label_of(by: str, key: str, name: str = "") -> str:
    """The words for one value of a dimension."""
    if not key:
        return str(UNNAMED.get(by, _("Not known yet")))
    return str(LABELS.get(by, {}).get(key, "")) or name or key


class QuestionForm(forms.Form):
    """What do we pay, by what, when. Every field may stay empty; then the first of its choices holds."""

    by = forms.ChoiceField(label=_("By"), choices=BY, required=False)
    over = forms.ChoiceField(label=_("Over time"), choices=OVER, required=False)
    period = forms.ChoiceField(label=_("When"), choices=PERIOD, required=False)
    first = forms.RegexField(
        label=_("From month"), regex=_MONTH, required=False, widget=forms.TextInput({"type": "month"})
    )
    last = forms.RegexField(
        label=_("To month"), regex=_MONTH, required=False, widget=forms.TextInput({"type": "month"})
    )
    it = forms.ChoiceField(label=_("IT"), choices=IT, required=False)
    vat = forms.ChoiceField(label=_("VAT"), choices=VAT, required=False)
    basis = forms.ChoiceField(label=_("Counted"), choices=BASIS, required=False)
    sort = forms.ChoiceField(label=_("Order"), choices=SORT, required=False)
    all = forms.ChoiceField(choices=[("", ""), ("yes", "")], required=False, widget=forms.HiddenInput)
    purpose = forms.ChoiceField(label=_("What it is for"), required=False)
    function = forms.ChoiceField(label=_("IT function"), required=False)
    tower = forms.ChoiceField(label=_("IT tower"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    department = forms.ChoiceField(label=_("Department"), required=False)
    run_or_change = forms.ChoiceField(label=_("Run or change"), required=False)
    capital = forms.ChoiceField(label=_("Cost or investment"), required=False)
    kind = forms.ChoiceField(label=_("What proves it"), required=False)
    vendor = forms.CharField(label=_("Vendor"), required=False, max_length=120, widget=forms.HiddenInput)

    def __init__(self, asked: QueryDict, *, departments: list[str]) -> None:
        super().__init__(asked)
        named: dict[str, list[tuple[str, Any]]] = {
            "purpose": [(purpose.key, purpose.name) for purpose in purposes()],
            "function": [(key, function.name) for key, function in functions().items()],
            "tower": [(name, name) for name in sorted({tower.tower for tower in towers().values()})],
            "category": [(key, category.name) for key, category in categories().items()],
            "department": [(name, name) for name in departments],
        }
        for name in ("purpose", "function", "tower", "category", "department", "run_or_change"):
            values = named.get(name) or list(LABELS.get(name, {}).items())
            choices = [("", _("Any")), *values, (NOTHING, label_of(name, ""))]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, as declared above
        for name in ("capital", "kind"):
            choices = [("", _("Any")), *LABELS[name].items()]
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        """Months that are asked for come in pairs, the earlier one first, and not too many."""
        given = super().clean() or {}
        if given.get("period") != "between" or (not self.errors and not given["first"] and not given["last"]):
            return given
        if not given.get("first") or not given.get("last"):
            raise forms.ValidationError(
                _("Say both months: from which, and to which. Example: 2026-01 to 2026-06.")
            )
        span = self._months()
        if span.last < span.first:
            raise forms.ValidationError(_("The first month comes after the last one: change them over."))
        if span.first.plus(MOST_MONTHS) <= span.last:
            raise forms.ValidationError(_("At most five years at once: choose fewer months."))
        return given

    def _months(self) -> Span:
        first, last = (
            Month.of(date.fromisoformat(f"{self.cleaned_data[name]}-01")) for name in ("first", "last")
        )
        return Span(first, last)

    def filters(self) -> dict[str, str]:
        """The dimensions of which one value is wanted; "" is what is not known."""
        given = {name: self.cleaned_data[name] for name in FILTERS if self.cleaned_data[name]}
        return {name: "" if value == NOTHING else value for name, value in given.items()}

    def asked(self, review: Review, *, today: date, year_starts: int) -> Question:
        """The question; only of a valid form."""
        given = self.cleaned_data
        by = cast("By", given["by"] or "purpose")
        period = cast("Period", given["period"] or "twelve")
        between = period == "between" and bool(given["first"])
        return Question(
            span=self._months() if between else span_of(period, review, today=today, year_starts=year_starts),
            by=by,
            over=cast("Over", "" if given["over"] in ("", "none") else given["over"]),
            filters=self.filters(),
            it=ALL if by == "it" else given["it"] or "yes",
            with_vat=given["vat"] == "with",
            spread=given["basis"] == "spread",
            year_starts=year_starts,
            sort=cast("Sort", given["sort"] or "cost"),
            all_rows=given["all"] == "yes",
        )
