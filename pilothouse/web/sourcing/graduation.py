"""When will we outgrow this, and what then? And: our IT person leaves tomorrow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.sourcing.readiness import PARTS
from pilothouse.knowledge import red_flags
from pilothouse.knowledge.sourcing_graduation import playbooks, readiness_questions, triggers
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import Drill, ReadinessAnswers, Transition, TransitionTask
from pilothouse.services import graduation as growing
from pilothouse.web.sourcing.cost_sentences import way_sentence
from pilothouse.web.sourcing.incidents import about_incidents
from pilothouse.web.sourcing.responsibilities import COLUMN_NAMES

DRILLS_SHOWN, WAYS_SHOWN, TEN_YEARS = 20, 10, 10
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


# Where what a sign measures can be said: contracts, papers, the list of incidents; what is not here, the profile.
FROM_PAPERS = {
    "after_hours_incidents": "incidents",
    "days_to_decision": "contracts",
    "months_above_fee": "contracts",
    "providers": "papers",
    "spend_growth": "papers",
}


class AsideForm(forms.Form):
    """Why a sign is no reason to change, and until when."""

    why = forms.CharField(label=gettext_lazy("Why it is no reason to change"), max_length=300)
    until = forms.DateField(
        label=gettext_lazy("Look at it again on"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Empty: once it has become clearly worse."),
    )

    def clean_until(self) -> date | None:
        """A day to come."""
        given: date | None = self.cleaned_data["until"]
        if given is not None and given <= timezone.localdate():
            raise forms.ValidationError(
                _("This day is past. Choose one that is still to come, or leave it empty.")
            )
        return given


class TaskForm(forms.ModelForm[TransitionTask]):
    """Who does a task, and until when."""

    moving = forms.BooleanField(
        label=gettext_lazy("The open tasks after it move along"), required=False, initial=True
    )
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    class Meta:
        model = TransitionTask
        fields = ("who", "due", "note")
        widgets: ClassVar[dict[str, Any]] = {"due": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}

    def clean_due(self) -> date:
        """A day within ten years, so that those after it can move along."""
        given: date = self.cleaned_data["due"]
        if abs(given.year - timezone.localdate().year) > TEN_YEARS:
            raise forms.ValidationError(_("Is the year right? It is more than ten years away."))
        return given


class SkipForm(forms.Form):
    """Why a task is left out."""

    why = forms.CharField(label=gettext_lazy("Why it is not needed"), max_length=300)


class WayCostForm(forms.ModelForm[Transition]):
    """What the way did cost."""

    class Meta:
        model = Transition
        fields = ("cost", "cost_note")

    def clean_cost(self) -> Decimal | None:
        """Nothing or more."""
        given: Decimal | None = self.cleaned_data["cost"]
        if given is not None and given < 0:
            raise forms.ValidationError(_("It cannot have cost less than nothing."))
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
    """Template sourcing/graduation.html: path (services.graduation.Path), signs (sign, form to set it aside), towards
    (name), way_cost, way_clauses, ways (WayInShort), under_way (the way that is
    shown, where it was begun), clauses (name, found), unknown (sign, where to say it),
    all_playbooks, drills, may_change, and what _incidents.html shows.
    """
    return _page(request, company)


def _page(
    request: CompanyRequest, company: Company, asides: Mapping[str, AsideForm] | None = None
) -> HttpResponse:
    today = timezone.localdate()
    path = growing.path_of(company, today=today)
    cost = growing.cost_of(company, path.playbook, today=today) if path.playbook else None
    begun = Transition.objects.of(company).prefetch_related("tasks")[:WAYS_SHOWN]
    ways = [_way_in_short(way, today) for way in begun]
    context = {
        "path": path,
        "towards": sourcing_words().models.get(path.towards, ""),
        "ways": ways,
        "under_way": next(
            (each.way for each in ways if path.playbook and each.is_open(path.playbook.key)), None
        ),
        "signs": [
            (each, (asides or {}).get(each.trigger.key) or AsideForm(prefix=f"aside-{each.trigger.key}"))
            for each in path.met
        ],
        "way_cost": way_sentence(cost) if cost else "",
        "way_clauses": _named(growing.clauses_for(company, path.playbook.key)) if path.playbook else [],
        "clauses": _named(growing.clauses_of(company)),
        "unknown": [(each, FROM_PAPERS.get(each.trigger.fact, "profile")) for each in path.unknown],
        "all_playbooks": playbooks(),
        "drills": list(Drill.objects.of(company)[:DRILLS_SHOWN]),
        "may_change": request.membership.may(Role.EDITOR),
        **about_incidents(company, today=today),
    }
    return render(request, "sourcing/graduation.html", context)


@dataclass(frozen=True, slots=True)
class WayInShort:
    """How far a way is: tasks done or left out, all, and those that are late."""

    way: Transition
    done: int
    all: int
    late: int

    def is_open(self, playbook: str) -> bool:
        """Whether it is this way, and not at its end."""
        return self.way.playbook == playbook and self.way.ended_on is None


def _way_in_short(way: Transition, today: date) -> WayInShort:
    tasks = list(way.tasks.all())
    open_ones = [task for task in tasks if task.done_on is None and not task.skipped_why]
    late = sum(task.due < today for task in open_ones)
    return WayInShort(way, len(tasks) - len(open_ones), len(tasks), late)


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
    """Template sourcing/transition.html: way, tasks (task, owner in words, form, form to leave it out), done, next, to,
    clauses, cost_form, may_change.
    """
    way = get_object_or_404(Transition.objects.of(company).select_related("by"), pk=transition_id)
    return _way_page(request, company, way)


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed and could not be kept: the forms by task, and that of the cost."""

    plans: Mapping[int, TaskForm] = field(default_factory=dict)
    skips: Mapping[int, SkipForm] = field(default_factory=dict)
    cost: WayCostForm | None = None


def _way_page(
    request: CompanyRequest, company: Company, way: Transition, typed: Typed | None = None
) -> HttpResponse:
    typed = typed or Typed()
    tasks = list(way.tasks.select_related("done_by"))
    open_ones = [task for task in tasks if task.done_on is None and not task.skipped_why]
    context = {
        "way": way,
        "tasks": [
            (
                task,
                COLUMN_NAMES[task.owner],
                typed.plans.get(task.pk) or TaskForm(instance=task, prefix=f"task-{task.pk}"),
                typed.skips.get(task.pk) or SkipForm(prefix=f"skip-{task.pk}"),
            )
            for task in tasks
        ],
        "done": len(tasks) - len(open_ones),
        "next": open_ones[0] if open_ones else None,
        "to": sourcing_words().models.get(way.to, ""),
        "has_arrived": not way.to or growing.model_of(company) == way.to,
        "clauses": _named(growing.clauses_for(company, way.playbook)),
        "cost_form": typed.cost or WayCostForm(instance=way),
        "today": timezone.localdate(),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/transition.html", context)


def _named(clauses: Iterable[growing.Clause]) -> list[tuple[str, tuple[Any, ...]]]:
    """Clauses by the name of their term, with the contracts that have them."""
    names = red_flags.checklist().names
    return [(names.get(clause.term, clause.term), clause.found) for clause in clauses]


@require_POST
@company_page()
def tick(request: CompanyRequest, company: Company, task_id: int) -> HttpResponse:
    """Say that a task is done, or not after all."""
    task = _task(company, task_id)
    growing.tick(task, done="done" in request.POST, today=timezone.localdate(), by=request.user)
    return redirect("sourcing:transition", company.slug, task.transition_id)


def _task(company: Company, task_id: int) -> TransitionTask:
    found: TransitionTask = get_object_or_404(
        TransitionTask.objects.of(company).select_related("transition"), pk=task_id
    )
    return found


@require_POST
@company_page()
def plan(request: CompanyRequest, company: Company, task_id: int) -> HttpResponse:
    """Give a task to somebody else, or to another day; later ones move along where asked for."""
    task = _task(company, task_id)
    before = TransitionTask(due=task.due, position=task.position, transition=task.transition, pk=task.pk)
    form = TaskForm(request.POST, instance=task, prefix=f"task-{task.pk}")
    if form.is_valid():
        given = form.cleaned_data
        new = growing.NewPlan(given["who"], given["due"], given["note"], given["moving"])
        if growing.plan(before, new, seen=given["revision"]):
            messages.success(request, _("Kept."))
            return redirect("sourcing:transition", company.slug, task.transition_id)
        now = _task(company, task_id)
        messages.error(
            request,
            _(
                "Somebody changed this task meanwhile: %(who)s, until %(due)s. What you typed stands below; "
                "keep it once more if it should count."
            )
            % {"who": now.who or "–", "due": now.due.isoformat()},
        )
        form = TaskForm(
            {**request.POST.dict(), f"task-{task.pk}-revision": now.revision},
            instance=now,
            prefix=f"task-{task.pk}",
        )
    return _way_page(request, company, task.transition, Typed(plans={task.pk: form}))


@require_POST
@company_page()
def skip(request: CompanyRequest, company: Company, task_id: int) -> HttpResponse:
    """Leave a task out with a reason, or take it in again."""
    task = _task(company, task_id)
    if "again" in request.POST:
        growing.leave_out(task, "", today=timezone.localdate())
        return redirect("sourcing:transition", company.slug, task.transition_id)
    form = SkipForm(request.POST, prefix=f"skip-{task.pk}")
    if not form.is_valid():
        return _way_page(request, company, task.transition, Typed(skips={task.pk: form}))
    growing.leave_out(task, form.cleaned_data["why"], today=timezone.localdate())
    return redirect("sourcing:transition", company.slug, task.transition_id)


@require_POST
@company_page()
def way_cost(request: CompanyRequest, company: Company, transition_id: int) -> HttpResponse:
    """Keep what a way did cost."""
    way = get_object_or_404(Transition.objects.of(company).select_related("by"), pk=transition_id)
    form = WayCostForm(request.POST, instance=way)
    if not form.is_valid():
        return _way_page(request, company, way, Typed(cost=form))
    form.save()
    messages.success(request, _("Kept."))
    return redirect("sourcing:transition", company.slug, way.pk)


@require_POST
@company_page()
def arrive(request: CompanyRequest, company: Company, transition_id: int) -> HttpResponse:
    """The way is gone: the model it led to is today's."""
    way = get_object_or_404(Transition.objects.of(company).select_related("company"), pk=transition_id)
    if growing.arrive(way, today=timezone.localdate(), by=request.user) is None:
        messages.info(request, _("The profile says so already."))
    else:
        messages.success(request, _("The profile has it: this is how IT is run from today on."))
    return redirect("sourcing:transition", company.slug, way.pk)


@require_POST
@company_page()
def aside(request: CompanyRequest, company: Company, sign_key: str) -> HttpResponse:
    """Set a sign aside with a reason."""
    _sign(sign_key)
    form = AsideForm(request.POST, prefix=f"aside-{sign_key}")
    if not form.is_valid():
        return _page(request, company, {sign_key: form})
    given = form.cleaned_data
    growing.set_aside(
        company, sign_key, given["why"], given["until"], today=timezone.localdate(), by=request.user
    )
    messages.success(request, _("Set aside. It comes back on its day, or when it has become clearly worse."))
    return redirect("sourcing:graduation", company.slug)


@require_POST
@company_page()
def take_up(request: CompanyRequest, company: Company, sign_key: str) -> HttpResponse:
    """Let a sign count again."""
    _sign(sign_key)
    growing.take_up(company, sign_key)
    messages.success(request, _("It counts again."))
    return redirect("sourcing:graduation", company.slug)


def _sign(key: str) -> None:
    if key not in {trigger.key for trigger in triggers()}:
        raise Http404(key)


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
