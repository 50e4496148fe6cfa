"""What went wrong, and was anybody on duty? The list a firm keeps, of which a sign reads the nights."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Incident
from pilothouse.services import graduation as growing

SHOWN, A_PAGE = 5, 50
FIRST_YEAR = 2000
MOST_MINUTES = 31 * 24 * 60


class IncidentForm(forms.ModelForm[Incident]):
    """One thing that went wrong."""

    class Meta:
        model = Incident
        fields = ("happened_on", "what", "outside_hours", "minutes")
        widgets: ClassVar[dict[str, Any]] = {
            "happened_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        }

    def clean_happened_on(self) -> date:
        """A day that has been, in a year that can be."""
        given: date = self.cleaned_data["happened_on"]
        if given > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Note it once it has happened."))
        if given.year < FIRST_YEAR:
            raise forms.ValidationError(_("Is the year right? It is a long time ago."))
        return given

    def clean_minutes(self) -> int | None:
        """At most a month."""
        given: int | None = self.cleaned_data["minutes"]
        if given is not None and given > MOST_MINUTES:
            raise forms.ValidationError(
                _("That is more than a month. Give the minutes in which people could not work.")
            )
        return given


def about_incidents(company: Company, *, today: date) -> dict[str, Any]:
    """What sourcing/_incidents.html shows: year (engine YearOfIncidents), newest, incident_form."""
    return {
        "year": growing.incidents_of(company, today=today),
        "newest": list(Incident.objects.of(company).select_related("by")[: SHOWN + 1]),
        "shown": SHOWN,
        "incident_form": IncidentForm(initial={"happened_on": today}),
    }


@company_page()
def incidents(request: CompanyRequest, company: Company) -> HttpResponse:
    """All that was noted, and one more.

    Template sourcing/incidents.html: year (engine YearOfIncidents), page (of Incident), incident_form, may_change.
    """
    today = timezone.localdate()
    form = IncidentForm(request.POST or None, initial={"happened_on": today})
    if request.method == "POST" and form.is_valid():
        _note(request, company, form)
        return redirect(reverse("sourcing:graduation", args=[company.slug]) + "#incidents")
    listed = Incident.objects.of(company).select_related("by")
    context = {
        "year": growing.incidents_of(company, today=today),
        "page": Paginator(listed, A_PAGE).get_page(request.GET.get("page")),
        "incident_form": form,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/incidents.html", context)


def _note(request: CompanyRequest, company: Company, form: IncidentForm) -> None:
    """Keep it once, whoever of two was faster."""
    said = form.cleaned_data
    _incident, is_new = Incident.objects.get_or_create(
        company=company,
        happened_on=said["happened_on"],
        what=said["what"],
        defaults={"outside_hours": said["outside_hours"], "minutes": said["minutes"], "by": request.user},
    )
    if is_new:
        messages.success(request, _("Noted."))
    else:
        messages.info(request, _("This stands in the list already, with the same day and words."))


@require_POST
@company_page()
def remove(request: CompanyRequest, company: Company, incident_id: int) -> HttpResponse:
    """Take off the list what was noted by mistake."""
    found = get_object_or_404(Incident.objects.of(company), pk=incident_id)
    found.delete()
    messages.success(request, _("Taken off the list: %(what)s") % {"what": found.what})
    return redirect("sourcing:incidents", company.slug)
