"""When will we outgrow this, and what then? And: our IT person leaves tomorrow."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.sourcing.readiness import PARTS
from pilothouse.knowledge import red_flags
from pilothouse.knowledge.sourcing_graduation import playbooks, readiness_questions
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import Drill, ReadinessAnswers, Transition, TransitionTask
from pilothouse.services import graduation as growing
from pilothouse.web.sourcing.responsibilities import COLUMN_NAMES

ANSWERS = [
    ("unknown", gettext_lazy("I don't know")),
    ("yes", gettext_lazy("Yes")),
    ("partly", gettext_lazy("Partly")),
    ("no", gettext_lazy("No")),
]
PART_NAMES = {
    "documentation": gettext_lazy("Written down"),
    "credentials": gettext_lazy("Passwords and access"),
    "contract": gettext_lazy("In the contract"),
    "cover": gettext_lazy("Somebody else who can"),
}


class DrillForm(forms.ModelForm[Drill]):
    """What happened on the day it was tried."""

    class Meta:
        model = Drill
        fields = ("held_on", "minutes", "failed", "lessons")
        widgets: ClassVar[dict[str, Any]] = {
            "held_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "failed": forms.Textarea({"rows": 3}),
            "lessons": forms.Textarea({"rows": 3}),
        }

    def clean_held_on(self) -> date:
        """A day that has been."""
        given: date = self.cleaned_data["held_on"]
        if given > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Note it once it was tried."))
        return given


class ReadinessForm(forms.Form):
    """One choice a question; "I don't know" is the answer until another is given."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in readiness_questions():
            self.fields[question.key] = forms.ChoiceField(
                label=question.asks, choices=ANSWERS, required=False, help_text=question.do
            )


@require_safe
@company_page()
def graduation(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/graduation.html: path (services.graduation.Path), towards (name), ways (under way), clauses
    (name, found), all_playbooks, drills, drill_form, may_change.
    """
    return _page(request, company, DrillForm(initial={"held_on": timezone.localdate()}))


def _page(request: CompanyRequest, company: Company, form: DrillForm) -> HttpResponse:
    path = growing.path_of(company, today=timezone.localdate())
    names = red_flags.checklist().names
    context = {
        "path": path,
        "towards": sourcing_words().models.get(path.towards, ""),
        "ways": list(Transition.objects.of(company).prefetch_related("tasks")[:10]),
        "clauses": [
            (names.get(clause.term, clause.term), clause.found) for clause in growing.clauses_of(company)
        ],
        "all_playbooks": playbooks(),
        "drills": list(Drill.objects.of(company)[:5]),
        "drill_form": form,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/graduation.html", context)


@require_POST
@company_page()
def start(request: CompanyRequest, company: Company) -> HttpResponse:
    """Begin a way: its tasks get days from today on."""
    chosen = request.POST.get("playbook", "")
    found = next((each for each in playbooks() if each.key == chosen), None)
    if found is None:
        messages.error(request, _("Choose one of the ways that are listed."))
        return redirect("sourcing:graduation", company.slug)
    made = growing.start(company, found, today=timezone.localdate(), by=request.user)
    messages.success(request, _("Under way: each task has its day."))
    return redirect("sourcing:transition", company.slug, made.pk)


@require_safe
@company_page()
def transition(request: CompanyRequest, company: Company, transition_id: int) -> HttpResponse:
    """Template sourcing/transition.html: way, tasks (task, owner in words), today, may_change."""
    way = get_object_or_404(Transition.objects.of(company).select_related("by"), pk=transition_id)
    tasks = list(way.tasks.select_related("done_by"))
    context = {
        "way": way,
        "tasks": [(task, COLUMN_NAMES[task.owner]) for task in tasks],
        "done": sum(task.done_on is not None for task in tasks),
        "next": next((task for task in tasks if task.done_on is None), None),
        "today": timezone.localdate(),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/transition.html", context)


@require_POST
@company_page()
def tick(request: CompanyRequest, company: Company, task_id: int) -> HttpResponse:
    """Say that a task is done, or not after all."""
    task = get_object_or_404(TransitionTask.objects.of(company).select_related("transition"), pk=task_id)
    growing.tick(task, done="done" in request.POST, today=timezone.localdate(), by=request.user)
    return redirect("sourcing:transition", company.slug, task.transition_id)


@company_page()
def readiness(request: CompanyRequest, company: Company) -> HttpResponse:
    """Our IT person leaves tomorrow: the questions.

    Template sourcing/readiness.html: readiness (engine Readiness), parts (name, share, fields), form, may_change.
    """
    form = ReadinessForm(request.POST or None, initial=growing.answers_of(company))
    if request.method == "POST" and form.is_valid():
        answers = {key: value or "unknown" for key, value in form.cleaned_data.items()}
        ReadinessAnswers.objects.create(company=company, answers=answers, by=request.user)
        messages.success(request, _("Kept. What weighs most stands first."))
        return redirect("sourcing:readiness", company.slug)
    found = growing.readiness_now(company)
    questions = readiness_questions()
    context = {
        "readiness": found,
        "parts": [
            (PART_NAMES[part], found.parts[part], [form[each.key] for each in questions if each.part == part])
            for part in PARTS
        ],
        "form": form,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/readiness.html", context)


@require_POST
@company_page()
def drill(request: CompanyRequest, company: Company) -> HttpResponse:
    """Note that it was tried."""
    form = DrillForm(request.POST)
    if not form.is_valid():
        return _page(request, company, form)
    held = form.save(commit=False)
    held.company, held.by = company, request.user
    held.save()
    messages.success(request, _("Noted. It holds for a year."))
    return redirect("sourcing:graduation", company.slug)
