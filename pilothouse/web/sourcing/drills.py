"""Does work go on without the IT person? A morning on which it is tried, step by step, and what comes of it."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.sourcing.readiness import to_mend
from pilothouse.knowledge.sourcing_graduation import drill_steps
from pilothouse.records.models import Drill, DrillStep
from pilothouse.reporting import formats
from pilothouse.services import drills

FIRST_YEAR = 2000
MOST_MINUTES = 7 * 24 * 60


class DrillForm(forms.ModelForm[Drill]):
    """What happened on the day it was tried."""

    class Meta:
        model = Drill
        fields = ("held_on", "took_part", "minutes", "failed", "lessons")
        widgets: ClassVar[dict[str, Any]] = {
            "held_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "failed": forms.Textarea({"rows": 3}),
            "lessons": forms.Textarea({"rows": 3}),
        }

    def clean_held_on(self) -> date:
        """A day that has been, in a year that can be."""
        given: date = self.cleaned_data["held_on"]
        if given > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Note it once it was tried."))
        if given.year < FIRST_YEAR:
            raise forms.ValidationError(_("Is the year right? It is a long time ago."))
        return given

    def clean_minutes(self) -> int | None:
        """At most a week."""
        given: int | None = self.cleaned_data["minutes"]
        if given is not None and given > MOST_MINUTES:
            raise forms.ValidationError(_("That is more than a week. Give the minutes until work went on."))
        return given


class StepForm(forms.Form):
    """How one step went."""

    went = forms.ChoiceField(
        label=gettext_lazy("How it went"), choices=DrillStep.Went.choices, required=False, initial="unknown"
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), required=False, min_value=0, max_value=MOST_MINUTES
    )
    wrong = forms.CharField(label=gettext_lazy("What went wrong"), required=False, max_length=300)

    def said(self) -> drills.StepSaid:
        """What was typed, once it is valid; who names a fault without a choice says that it did not go."""
        given = self.cleaned_data
        went = given["went"] or DrillStep.Went.UNKNOWN
        if went == DrillStep.Went.UNKNOWN and given["wrong"]:
            went = DrillStep.Went.NO
        return drills.StepSaid(went, given["minutes"], given["wrong"])


@company_page()
def drill(request: CompanyRequest, company: Company) -> HttpResponse:
    """The morning as a list of what is tried, and how it went.

    Template sourcing/drill.html: form, steps (step, form), may_change.
    """
    given = request.POST or None
    form = DrillForm(given, initial={"held_on": timezone.localdate()}, instance=Drill(company=company))
    steps = [(step, StepForm(given, prefix=step.key)) for step in drill_steps()]
    valid = request.method == "POST" and all([form.is_valid(), *(each.is_valid() for _step, each in steps)])
    if valid:
        held = drills.keep(
            form.save(commit=False), {step.key: each.said() for step, each in steps}, by=request.user
        )
        messages.success(request, _("Noted. It holds for a year."))
        return redirect("sourcing:drill_held", company.slug, held.pk)
    context = {"form": form, "steps": steps, "may_change": request.membership.may(Role.EDITOR)}
    return render(request, "sourcing/drill.html", context)


@require_safe
@company_page()
def held(request: CompanyRequest, company: Company, drill_id: int) -> HttpResponse:
    """How a drill went.

    Template sourcing/drill_held.html: drill, steps, mending (step, days), before (the drill before it),
    may_change.
    """
    found = get_object_or_404(Drill.objects.of(company).select_related("by", "way"), pk=drill_id)
    steps = list(found.steps.all())
    earlier = Drill.objects.of(company).filter(held_on__lt=found.held_on, score__isnull=False)
    context = {
        "drill": found,
        "steps": steps,
        "mending": to_mend(drill_steps(), {step.key: step.went for step in steps}),
        "before": earlier.first() if found.score is not None else None,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/drill_held.html", context)


@require_POST
@company_page()
def mend(request: CompanyRequest, company: Company, drill_id: int) -> HttpResponse:
    """Make tasks of what did not go."""
    found = get_object_or_404(Drill.objects.of(company), pk=drill_id)
    name = _("After the try of %(day)s") % {"day": formats.day(found.held_on, get_language() or "en")}
    way = drills.make_tasks(found, name, by=request.user)
    if way is None:
        messages.info(request, _("Nothing is to be mended: whatever was tried went."))
        return redirect("sourcing:drill_held", company.slug, found.pk)
    return redirect("sourcing:transition", company.slug, way.pk)


@require_POST
@company_page()
def remove(request: CompanyRequest, company: Company, drill_id: int) -> HttpResponse:
    """Take off what was noted by mistake; tasks that came of it stay."""
    get_object_or_404(Drill.objects.of(company), pk=drill_id).delete()
    messages.success(request, _("Taken off. Tasks that came of it stay."))
    return redirect("sourcing:graduation", company.slug)
