"""Choosing lines, and saying what a vendor or line is."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pilothouse.engine.spend.said import Says
from pilothouse.knowledge import categories, purposes, towers
from pilothouse.records.models import SpendLine, VendorWord
from pilothouse.services.answers import NOTHING
from pilothouse.services.decisions import Said
from pilothouse.services.payments import Said as PaymentSaid
from pilothouse.services.vendors import Word

IT = [("", _("IT or not")), ("yes", _("IT")), ("asked", _("Not sure")), ("no", _("Not IT"))]
COUNTING = [
    ("", _("Counted or not")),
    ("counts", _("Counted as cost")),
    ("settles_invoice", _("Pays an invoice that is counted")),
    ("own_sale", _("Our own sale")),
    ("own_transfer", _("Between our own accounts")),
    ("money_in", _("Money received")),
    ("returned", _("A payment that came back")),
    ("natural_person", _("Natural person, masked")),
    ("not_ours", _("Not addressed to us")),
    ("duplicate", _("The same paper twice")),
]
KIND = [("", _("Invoices and bank")), ("invoice", _("Invoices")), ("bank", _("Bank"))]
RUN_OR_CHANGE = [
    ("", _("Run or change")),
    ("run", _("Keeps the firm running")),
    ("change", _("Changes the firm")),
    (NOTHING, _("Not known yet")),
]
CAPITAL = [
    ("", _("Cost or investment")),
    ("no", _("Running cost (opex)")),
    ("yes", _("Investment (capex)")),
]
NO_CONDITIONS = ("order", "vat")
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
    quarter = forms.RegexField(
        label=_("Quarter"),
        regex=r"^(?!0000)[0-9]{4}-Q[1-4]$",
        required=False,
        widget=forms.HiddenInput,
    )
    tower = forms.ChoiceField(label=_("Tower"), required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=forms.HiddenInput)
    department = forms.CharField(
        label=_("Department"), required=False, max_length=80, widget=forms.HiddenInput
    )
    run_or_change = forms.ChoiceField(
        label=_("Run or change"), choices=RUN_OR_CHANGE, required=False, widget=forms.HiddenInput
    )
    capital = forms.ChoiceField(
        label=_("Cost or investment"), choices=CAPITAL, required=False, widget=forms.HiddenInput
    )
    vendor = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    currency = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    function = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    estimated = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, max_length=3, widget=forms.HiddenInput)
    paper = forms.RegexField(required=False, regex=r"^[0-9]{1,18}$", widget=forms.HiddenInput)
    source = forms.RegexField(required=False, regex=r"^[0-9]{1,18}$", widget=forms.HiddenInput)
    place = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    vat = forms.ChoiceField(choices=[("", ""), ("with", "")], required=False, widget=forms.HiddenInput)
    served_from = forms.DateField(label=_("Pays for days from"), required=False, widget=forms.HiddenInput)
    served_to = forms.DateField(label=_("Pays for days to"), required=False, widget=forms.HiddenInput)

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
        known: dict[str, list[tuple[str, str]]] = {
            "tower": [(name, name) for name in sorted({tower.tower for tower in towers().values()})],
            "category": [(category.key, category.name) for category in categories().values()],
        }
        for name, values in known.items():
            found = [("", _("Anything")), (NOTHING, _("Not known yet")), *values]
            self.fields[name].choices = found  # type: ignore[attr-defined]  # as above

    def conditions(self) -> dict[str, str]:
        """What is asked for, in the words of `services.lines`; what is not valid is left out (and said)."""
        given = {
            name: value for name, value in self.cleaned_data.items() if value and name not in NO_CONDITIONS
        }
        return {name: value if isinstance(value, str) else value.isoformat() for name, value in given.items()}


class DecisionForm(forms.Form):
    """Is it IT, what for and for whom; of the whole vendor or of lines like this one."""

    is_it = forms.ChoiceField(label=_("Is it IT?"), choices=[("yes", _("Yes, IT")), ("no", _("No"))])
    purpose = forms.ChoiceField(label=_("Bought for"), required=False)
    department = forms.CharField(
        label=_("For which department?"),
        max_length=80,
        required=False,
        help_text=_("As you call it. Example: Workshop."),
        widget=forms.TextInput({"list": "departments", "autocomplete": "off"}),
    )
    run_or_change = forms.ChoiceField(
        label=_("Run or change?"),
        choices=[
            ("", _("As usual for what it is")),
            ("run", _("It keeps the firm running")),
            ("change", _("It changes the firm: a project, a move, something new")),
        ],
        required=False,
    )
    capital = forms.ChoiceField(
        label=_("Cost or investment?"),
        choices=[
            ("", _("As booked")),
            ("no", _("Running cost (opex)")),
            ("yes", _("Investment (capex): used for years, written off")),
        ],
        required=False,
    )
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
        return Said(
            given["vendor"],
            given["line_print"],
            is_it,
            given["purpose"],
            given["seen"],
            department=" ".join(given["department"].split()),
            run_or_change=given["run_or_change"],
            capital={"yes": True, "no": False}.get(given["capital"]),
            in_full="department" in self.data,
        )


class WordForm(forms.Form):
    """Who a vendor is: the same as another, part of its group, not it, or called otherwise."""

    says = forms.ChoiceField(choices=VendorWord.Says.choices)
    vendor = forms.CharField(max_length=120)
    other = forms.CharField(max_length=120, required=False)
    other_name = forms.CharField(max_length=300, required=False)
    name = forms.CharField(max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        says = given.get("says")
        if says in (VendorWord.Says.SAME, VendorWord.Says.PART_OF) and not (
            given.get("other") or given.get("other_name")
        ):
            raise forms.ValidationError(_("Which vendor is meant? Choose one of the list."))
        if says == VendorWord.Says.CALLED and not given.get("name"):
            raise forms.ValidationError(_("How is it called? Write its name."))
        if says == VendorWord.Says.APART and not (given.get("name") or given.get("other")):
            raise forms.ValidationError(_("Which name is another vendor's?"))
        return given

    def word(self, other_key: str = "") -> Word:
        """What was said, in the words of `services.vendors`; only of a valid form."""
        given = self.cleaned_data
        return Word(given["says"], given["vendor"], other_key or given["other"], given["name"])


class PaymentsForm(forms.Form):
    """Which open invoices and payments; every field may stay empty, and stands in the address."""

    q = forms.CharField(
        label=_("Vendor or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput({"type": "search"}),
    )
    it = forms.ChoiceField(label=_("IT"), choices=IT, required=False)
    month = forms.RegexField(
        label=_("Month"),
        regex=r"^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$",
        required=False,
        widget=forms.TextInput({"type": "month"}),
    )
    at_least = forms.DecimalField(
        label=_("From amount"), required=False, min_value=0, max_digits=14, decimal_places=2
    )
    vendor = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput)
    invoice = forms.RegexField(required=False, regex=r"^[0-9]{1,18}$", widget=forms.HiddenInput)
    line = forms.CharField(required=False, max_length=90, widget=forms.HiddenInput)

    def conditions(self) -> dict[str, str]:
        """What is asked for; what is not valid is left out (and said)."""
        return {name: str(value) for name, value in self.cleaned_data.items() if value}


class PaymentWordForm(forms.Form):
    """That a payment pays an invoice, or does not."""

    line = forms.CharField(max_length=90)
    invoice = forms.IntegerField(min_value=1)
    says = forms.ChoiceField(choices=[(says.value, says.value) for says in Says])
    seen = forms.IntegerField(min_value=0, required=False)

    def said(self) -> PaymentSaid:
        """What was said, in the words of `services.payments`; only of a valid form."""
        given = self.cleaned_data
        key = SpendLine.key_of(given["line"])
        return PaymentSaid(key, given["invoice"], given["says"], given["seen"] or 0)
