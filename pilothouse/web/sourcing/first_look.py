"""Ten questions, no papers, one page: what is worth looking at."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.sourcing.first_look import ASKED
from pilothouse.records.models import ProfileVersion
from pilothouse.services import sourcing, spend
from pilothouse.services.first_looks import look_at

UNKNOWN = [("", gettext_lazy("I don't know"))]
YES_NO = [("unknown", gettext_lazy("I don't know")), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))]


class FirstLookForm(forms.ModelForm[ProfileVersion]):
    """Ten questions: seven of the profile, three on what was never proven."""

    restore_tested = forms.ChoiceField(
        label=gettext_lazy("Has anybody put back data from a backup in the last year?"),
        choices=YES_NO,
        required=False,
    )
    second_admin = forms.ChoiceField(
        label=gettext_lazy("Does a second person hold the keys (administrator access)?"),
        choices=YES_NO,
        required=False,
    )
    contracts_together = forms.ChoiceField(
        label=gettext_lazy("Do you have all IT contracts in one place, with their dates?"),
        choices=YES_NO,
        required=False,
    )

    class Meta:
        model = ProfileVersion
        fields = (
            "headcount", "current_model", "internal_it_fte", "it_criticality", "strategic_change", "growth",
            "event_words",
        )  # fmt: skip
        widgets = {"event_words": forms.Textarea({"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.TypedChoiceField) and name not in ASKED:
                field.choices = [*UNKNOWN, *field.widget.choices[1:]]


@company_page()
def first_look(request: CompanyRequest, company: Company) -> HttpResponse:
    """The answers stand in the address until they are kept as the profile.

    Template sourcing/first_look.html: form, look (services.first_looks.FirstLook, None before anything was answered),
    may_change.
    """
    today = timezone.localdate()
    known = sourcing.profile_of(company).version
    start = model_to_dict(known) if known else {}
    form = FirstLookForm(request.POST or request.GET or None, initial=start)
    answered = form.is_bound and form.is_valid()
    if request.method == "POST" and answered:
        _keep(company, form, request)
        return redirect("sourcing:advice", company.slug)
    look = look_at(company, form.instance, form.cleaned_data, today=today) if answered else None
    context = {"form": form, "look": look, "may_change": request.membership.may(Role.EDITOR)}
    return render(request, "sourcing/first_look.html", context)


def _keep(company: Company, form: FirstLookForm, request: CompanyRequest) -> None:
    """A new version of the profile: what was known, with these answers over it."""
    today = timezone.localdate()
    version = sourcing.profile_of(company).version or ProfileVersion(company=company, country="BE")
    for name in FirstLookForm.Meta.fields:
        setattr(version, name, form.cleaned_data[name])
    version.pk, version._state.adding = None, True
    version.holds_from, version.by, version.company = today, request.user, company
    version.save()
    spend.look_again(company, today=today)
    messages.success(request, _("Kept as the profile. What you said before is kept as well."))
