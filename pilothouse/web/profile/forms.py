"""The profile of a company; "I don't know" is an answer to every question."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from stdnum.eu import vat

from pilothouse.engine.costs.profile import EVENTS
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import ProfileVersion

YES_NO = [("", _("I don't know")), ("true", _("Yes")), ("false", _("No"))]


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce={"true": True, "false": False}.get,
            empty_value=None,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false"}.get(value, value)


class MonthField(forms.TypedChoiceField):
    """A month of the year by its name, or not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("", _("I don't know")), *MONTHS.items()],
            coerce=int,
            empty_value=None,
            required=False,
            **kwargs,
        )


class ProfileForm(forms.ModelForm[ProfileVersion]):
    """One page, ten minutes; empty means not known."""

    recovers_vat = YesNoField(
        label=_("Do you get VAT back?"), help_text=_("Most firms do. If not, all figures include VAT.")
    )
    fiscal_year_starts = MonthField(
        label=_("In which month does your financial year start?"),
        help_text=_("January for most. Costs by financial year follow it."),
    )
    it_is_core_product = YesNoField(
        label=_("Is IT what you sell?"),
        help_text=_("Yes for a software house; no for a shop with a web site."),
    )
    own_know_how = YesNoField(label=_("Does technology of your own set you apart from competitors?"))
    own_ways_of_working = YesNoField(label=_("Are there ways of working that are not up for change?"))
    has_it_leader = YesNoField(
        label=_("Does somebody inside lead IT?"), help_text=_("Decides, plans, and answers for it.")
    )
    events = forms.MultipleChoiceField(
        label=_("What is happening right now?"),
        choices=[(event, sourcing_words().events[event]) for event in EVENTS],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("It weighs more than the size of the firm. Nothing ticked means nothing of this."),
    )
    needs_after_hours = YesNoField(label=_("Must IT work outside office hours?"))

    class Meta:
        model = ProfileVersion
        fields: ClassVar[list[str]] = [
            "holds_from", "legal_name", "vat_id", "country", "recovers_vat", "fiscal_year_starts",
            "headcount", "sites", "sector", "revenue",
            "current_model", "arrangement_since", "internal_it_fte", "support_fte", "engineering_fte", "lead_fte",
            "has_it_leader", "hidden_it_hours", "events", "event_words", "hurts",
            "it_is_core_product", "own_know_how", "own_ways_of_working",
            "needs_after_hours", "it_criticality", "compliance_pressure", "budget_predictability", "growth",
            "strategic_change",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "holds_from": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "arrangement_since": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "event_words": forms.Textarea({"rows": 3}),
            "hurts": forms.Textarea({"rows": 3}),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "holds_from": _("The day from which this is true; earlier answers are kept."),
            "legal_name": _("As vendors write it on their invoices. Example: Zonwering Duinzicht BV."),
            "vat_id": _("Example: BE0123456749. Tells your purchases from your sales."),
            "country": _("Two letters. Example: BE."),
            "headcount": _("Everyone who works for you, full-time or not. Example: 42."),
            "sites": _("Places with people. Example: 2."),
            "sector": _("In your own words. Example: building trade."),
            "revenue": _("A year, without VAT, in euros. Example: 8500000."),
            "internal_it_fte": _("People whose job is IT. Example: 0.5 for one half-time."),
            "current_model": _("What comes closest. It decides what a change would cost."),
            "arrangement_since": _("Roughly. After three years most arrangements are outgrown."),
            "support_fte": _("If you know. Of one person who does a bit of all: 0.5 here, 0.5 below."),
            "lead_fte": _("Decides about IT and answers for it. Example: 0.2 for a day a week."),
            "event_words": _(
                "In English, French or Dutch. Example: our IT person leaves in March and the new ERP is late."
            ),
            "hurts": _("In your own words, for whoever advises you. It changes no figure."),
            "hidden_it_hours": _("Who is asked when the printer stops? Example: 12."),
            "it_criticality": _(
                "High: work stops within an hour when IT does. Low: a day without it hardly hurts."
            ),
            "compliance_pressure": _("High: customers or a regulator ask for proof of security."),
            "budget_predictability": _("High: a surprise bill is a real problem."),
            "growth": _("Fast: a fifth more people a year, or more."),
            "strategic_change": _("Major: a new core system, a move to the cloud, a merger."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and not isinstance(
                field, YesNoField | MonthField | forms.MultipleChoiceField
            ):
                field.choices = [("", _("I don't know")), *field.widget.choices[1:]]
            field.required = name == "holds_from"

    def clean_vat_id(self) -> str:
        """The number as the tax office writes it; a wrong check digit is said."""
        given: str = self.cleaned_data["vat_id"]
        if not given:
            return ""
        if not vat.is_valid(given):
            raise forms.ValidationError(
                _(
                    "This is not a VAT number of the European Union: a digit may be missing or wrong. "
                    "Example: BE0123456749."
                )
            )
        return str(vat.compact(given))

    def clean_country(self) -> str:
        given: str = self.cleaned_data["country"].upper()
        if given and (len(given) != 2 or not given.isalpha()):
            raise forms.ValidationError(_("Two letters, please. Example: BE."))
        return given
