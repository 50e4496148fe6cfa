"""Choosing lines, and saying what a vendor or line is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilothouse.knowledge import purposes
from pilothouse.services.answers import NOTHING
from pilothouse.services.decisions import Said

IT = [("", _("IT or not")), ("yes", _("IT")), ("asked", _("Not sure")), ("no", _("Not IT"))]
COUNTING = [
    ("", _("Counted or not")),
    ("counts", _("Counted as cost")),
    ("settles_invoice", _("Pays an invoice that is counted")),
    ("own_sale", _("Our own sale")),
    ("own_transfer", _("Between our own accounts")),
    ("money_in", _("Money received")),
    ("natural_person", _("Natural person, masked")),
    ("not_ours", _("Not addressed to us")),
    ("duplicate", _("The same paper twice")),
]
KIND = [("", _("Invoices and bank")), ("invoice", _("Invoices")), ("bank", _("Bank"))]
ORDER = [
    ("date", _("Newest first")),
    ("oldest", _("Oldest first")),
    ("cost", _("Most money first")),
    ("vendor", _("By vendor")),
]


class LinesForm(forms.Form):
    """Which lines; every field may stay empty, and stands in the address."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    it = forms.ChoiceField(label=_("IT"), choices=IT, required=False)
    purpose = forms.ChoiceField(label=_("Bought for"), required=False)
    counting = forms.ChoiceField(label=_("Counted"), choices=COUNTING, required=False)
    kind = forms.ChoiceField(label=_("From"), choices=KIND, required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDER, required=False)
    month = forms.RegexField(
        label=_("Month"),
        regex=r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$",
        required=False,
        widget=forms.TextInput({"type": "month"}),
    )
    vendor = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    function = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    estimated = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    paper = forms.RegexField(required=False, regex=r"^[0-9]{1,18}$", widget=forms.HiddenInput)
    source = forms.RegexField(required=False, regex=r"^[0-9]{1,18}$", widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in (("from", _("From day")), ("to", _("To day"))):  # `from` is a word of Python's own
            self.fields[name] = forms.DateField(
                label=label, required=False, widget=forms.DateInput({"type": "date"})
            )
        choices = [
            ("", _("Anything")),
            (NOTHING, _("Not known yet")),
            *((purpose.key, purpose.name) for purpose in purposes()),
        ]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, as declared above

    def conditions(self) -> dict[str, str]:
        """What is asked for, in the words of `services.lines`; what is not valid is left out (and said)."""
        given = {name: value for name, value in self.cleaned_data.items() if value and name != "order"}
        return {name: value if isinstance(value, str) else value.isoformat() for name, value in given.items()}


class DecisionForm(forms.Form):
    """Is it IT, and what for; of the whole vendor or of lines like this one."""

    is_it = forms.ChoiceField(label=_("Is it IT?"), choices=[("yes", _("Yes, IT")), ("no", _("No"))])
    purpose = forms.ChoiceField(label=_("Bought for"), required=False)
    vendor = forms.CharField(max_length=120, widget=forms.HiddenInput)
    line_print = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Not said")), *((purpose.key, purpose.name) for purpose in purposes())]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, as declared above

    def said(self) -> Said:
        """What was said, in the words of `services.decisions`; only of a valid form."""
        given = self.cleaned_data
        is_it = given["is_it"] == "yes"
        return Said(given["vendor"], given["line_print"], is_it, given["purpose"], given["seen"])
