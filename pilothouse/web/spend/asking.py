"""The queue of questions: one on a page with a key for each answer, or all of them as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.spend.questions import LOT
from pilothouse.knowledge import functions, purposes
from pilothouse.records.models import SpendDecision
from pilothouse.services import asking as questions
from pilothouse.services import spend
from pilothouse.services.answers import Overview, purpose_name, query_of
from pilothouse.services.asking import Answer, Asked, Outcome, Question, Show, Waiting
from pilothouse.services.decisions import departments_in_use
from pilothouse.web.spend.sitting import Sitting, Step, keep, sitting_of
from pilothouse.web.templatetags.pilothouse import said_in_words

QUESTIONS_A_PAGE = LOT
SHOWN = [
    (Show.UNSURE, gettext_lazy("Not sure")),
    (Show.UNCONFIRMED, gettext_lazy("Not confirmed")),
    (Show.ASIDE, gettext_lazy("Set aside")),
]
IT, NOT_IT, ASIDE, AS_PROPOSED = "it", "no", "aside", "confirm"
Words = Any  # a sentence, or one that is translated when it is shown


# --- what is sent -----------------------------------------------------------------------------------------------


def _show_of(value: str) -> Show:
    return Show(value) if value in set(Show) else Show.UNSURE


class AnswerForm(forms.Form):
    """One answer, to one question or to several that were ticked."""

    answer = forms.CharField(max_length=80)
    chosen = forms.MultipleChoiceField(required=False)
    purpose = forms.ChoiceField(required=False)
    department = forms.CharField(required=False, max_length=80)
    everything = forms.BooleanField(required=False)
    seen = forms.IntegerField(min_value=0)
    at = forms.IntegerField(required=False, min_value=0, max_value=10**6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent = self.data.getlist("chosen") if hasattr(self.data, "getlist") else []
        known = [("", ""), *((purpose.key, purpose.name) for purpose in purposes())]
        self.fields["chosen"].choices = [(name, name) for name in sent]  # type: ignore[attr-defined]  # as declared
        self.fields["purpose"].choices = known  # type: ignore[attr-defined]  # a ChoiceField, as declared above

    def clean(self) -> dict[str, Any]:
        """The button says the answer, or the answer and what for: "it:backup"."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        said, _colon, purpose = given.get("answer", "").partition(":")
        if said not in (IT, NOT_IT, ASIDE, AS_PROPOSED):
            raise forms.ValidationError("no such answer")
        if purpose and purpose not in {known.key for known in purposes()}:
            raise forms.ValidationError("no such purpose")
        return {**given, "answer": said, "purpose": purpose or given.get("purpose", "")}

    def answers(self) -> list[Answer]:
        """What was said, in the words of `services.asking`: "as proposed" is what the machine would say."""
        given = self.cleaned_data
        found = []
        for name in given["chosen"]:
            key = Asked.key_of(name)
            for_what = given["purpose"] or key[1]
            is_it = given["answer"] != NOT_IT
            everything, seen = given["everything"], given["seen"]
            found.append(Answer(key, is_it, for_what, given["department"].strip(), everything, seen))
        return found


# --- pages ------------------------------------------------------------------------------------------------------


@require_safe
@company_page()
def asking(request: CompanyRequest, company: Company) -> HttpResponse:
    """One question at a time, the most money first.

    Template spend/asking.html, part spend/_asking.html: show, tabs, waiting (services.asking.Waiting), question
    (services.asking.Question or None), choices, sitting, progress, overview, may_change.
    """
    at = request.GET.get("at", "")
    place = int(at) if at.isdecimal() and len(at) < 7 else 0
    asked = request.GET.get("question", "")
    return _page(request, company, _show_of(request.GET.get("show", "")), place, asked)


@require_POST
@company_page()
def answer(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep an answer, and ask the next question."""
    show = _show_of(request.POST.get("show", ""))
    form = AnswerForm(request.POST)
    sitting = sitting_of(request, company)
    sitting.begin(spend.overview(company, today=timezone.localdate()))
    if form.is_valid() and form.cleaned_data["chosen"]:
        _take(request, company, show, form, sitting)
    else:
        sitting.say(_("That could not be kept: choose an answer from the list."), look=True)
    keep(request, company, sitting)
    at = form.cleaned_data.get("at") or 0
    if request.POST.get("back") == "list":
        return redirect(_address("spend:all_asked", company, show=show))
    return _next(request, company, show, at)


@require_POST
@company_page()
def undo(request: CompanyRequest, company: Company) -> HttpResponse:
    """Take the last answer of this sitting back, and ask its question again."""
    show = _show_of(request.POST.get("show", ""))
    sitting = sitting_of(request, company)
    step = sitting.take_back()
    if step is None:
        sitting.say(_("There is nothing to take back."))
    elif questions.take_back(company, step.decided, step.aside, by=request.user):
        sitting.say(_("Taken back: %(what)s") % {"what": step.words})
    else:
        sitting.say(_("It was taken back already: %(what)s") % {"what": step.words}, look=True)
    keep(request, company, sitting)
    if request.POST.get("back") == "list":
        return redirect(_address("spend:all_asked", company, show=show))
    return _next(request, company, show, 0, step.question if step else "")


@require_http_methods(["GET", "HEAD"])
@company_page()
def all_asked(request: CompanyRequest, company: Company) -> HttpResponse:
    """All questions as a list, several to be answered at once.

    Template spend/all_asked.html: show, tabs, waiting, rows (of services.asking.Asked), number, pages, seen, choices,
    sitting, progress, overview, may_change.
    """
    show = _show_of(request.GET.get("show", ""))
    page = request.GET.get("page", "")
    lot = max(0, int(page) - 1) if page.isdecimal() and len(page) < 7 else 0
    context = _context(request, company, show, lot=lot)
    found: Waiting = context["waiting"]
    pages = max(1, -(-len(found.asked) // QUESTIONS_A_PAGE))
    if lot >= pages:
        return redirect(_address("spend:all_asked", company, show=show))
    rows = found.asked[lot * QUESTIONS_A_PAGE : (lot + 1) * QUESTIONS_A_PAGE]
    context |= {"rows": rows, "number": lot + 1, "pages": pages, "seen": questions.latest_decision(company)}
    return render(request, "spend/all_asked.html", context)


# --- answering --------------------------------------------------------------------------------------------------


def _take(request: CompanyRequest, company: Company, show: Show, form: AnswerForm, sitting: Sitting) -> None:
    """Keep what the form says, and remember it in the sitting."""
    if form.cleaned_data["answer"] == ASIDE:
        _set_aside(request, company, form, sitting)
        return
    outcomes = questions.answer_all(company, form.answers(), show=show, by=request.user)
    kept = [outcome for outcome in outcomes if outcome.kept and outcome.asked is not None]
    if kept:
        sitting.add(_step(kept))
    words, look = _said(outcomes, kept)
    sitting.say(words, look=look)


def _step(kept: Sequence[Outcome]) -> Step:
    amounts = [abs(outcome.asked.amount.amount) for outcome in kept if outcome.asked is not None]
    first = kept[0]
    return Step(
        words=_words_of_step(kept),
        number=len(kept),
        amount=str(sum(amounts, Decimal(0))),
        question=first.asked.name if first.asked is not None else "",
        decided=[decision.pk for outcome in kept for decision in outcome.kept],
    )


def _words_of_step(kept: Sequence[Outcome]) -> str:
    said = said_in_words(kept[0].kept[0])
    if len(kept) == 1:
        return _("%(vendor)s is %(what)s.") % {"vendor": kept[0].kept[0].vendor_name, "what": said}
    alike = {said_in_words(decision) for outcome in kept for decision in outcome.kept}
    what = said if len(alike) == 1 else _("IT, each as proposed")
    return ngettext("%(number)d vendor: %(what)s.", "%(number)d vendors: %(what)s.", len(kept)) % {
        "number": len(kept),
        "what": what,
    }


def _said(outcomes: Sequence[Outcome], kept: Sequence[Outcome]) -> tuple[str, bool]:
    """What came of answers, in words, and whether somebody should look at it."""
    told = [_words_of_step(kept)] if kept else []
    told += [_("The other kinds of line are asked about next.")] if any(o.left for o in kept) else []
    told += [_instead(outcome.instead_of) for outcome in kept if outcome.instead_of is not None][:1]
    told += [_besides(outcome.besides) for outcome in kept if outcome.besides is not None][:1]
    against = [_against(outcome) for outcome in outcomes if outcome not in kept]
    more = [_("And %(number)d more like that.") % {"number": len(against) - 3}] if len(against) > 3 else []
    look = bool(against) or any(o.instead_of or o.besides for o in kept)
    return " ".join([*told, *against[:3], *more]), look


def _spoke(decision: SpendDecision) -> dict[str, str]:
    return {
        "vendor": decision.vendor_name,
        "what": said_in_words(decision),
        "who": str(decision.by or _("somebody")),
        "day": date_format(timezone.localdate(decision.created_at)),
    }


def _instead(decision: SpendDecision) -> str:
    return _("It holds instead of “%(what)s”, which %(who)s said on %(day)s.") % _spoke(decision)


def _besides(decision: SpendDecision) -> str:
    said = _("For some of its lines %(who)s said “%(what)s” on %(day)s; that goes on to hold for them.")
    return said % _spoke(decision)


def _against(outcome: Outcome) -> str:
    if outcome.against is None:
        return _("One question was not waiting any more; nothing was changed.")
    said = _("Your answer on %(vendor)s was not kept: meanwhile %(who)s said “%(what)s”, which holds.")
    return said % _spoke(outcome.against)


def _set_aside(request: CompanyRequest, company: Company, form: AnswerForm, sitting: Sitting) -> None:
    names = form.cleaned_data["chosen"]
    keys = [Asked.key_of(name) for name in names]
    aside = questions.set_aside(company, keys, by=request.user)
    if not aside:
        sitting.say(_("It was set aside already, or somebody has answered it."), look=True)
        return
    words = ngettext("One question is set aside.", "%(number)d questions are set aside.", len(keys))
    sitting.add(Step(words % {"number": len(keys)}, len(keys), "0", names[0], aside=aside))
    sitting.say(words % {"number": len(keys)})


# --- what is shown ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of question, and how many wait."""

    show: Show
    label: Words
    number: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one has come: questions and money, in the company's currency."""

    settled: int
    of: int
    amount: Decimal
    of_amount: Decimal


@dataclass(frozen=True, slots=True)
class Choice:
    """A purpose to choose, the key that chooses it, and whether it is what the machine would say."""

    key: str
    name: str
    number: int
    proposed: bool


def _context(request: CompanyRequest, company: Company, show: Show, *, lot: int = 0) -> dict[str, Any]:
    overview = spend.overview(company, today=timezone.localdate())
    sitting = sitting_of(request, company)
    found = questions.waiting(overview.review if overview else None, show, lot=lot)
    note, look = sitting.note, sitting.look
    if note:
        sitting.say("")
        keep(request, company, sitting)
    numbers = questions.numbers(found)
    return {
        "note": note,
        "note_needs_look": look,
        "next_show": next((kind.value for kind in Show if kind is not show and numbers[kind]), ""),
        "show": show.value,
        "tabs": [Tab(kind, label, numbers[kind]) for kind, label in SHOWN],
        "waiting": found,
        "sitting": sitting,
        "progress": Progress(
            sitting.settled,
            sitting.settled + len(found.asked),
            sitting.settled_amount,
            sitting.settled_amount + found.amount,
        ),
        "overview": overview,
        "change": sitting.change(overview),
        "by_function": purposes_by_function(),
        "may_change": request.membership.may(Role.EDITOR),
    }


def _page(request: CompanyRequest, company: Company, show: Show, place: int, asked: str = "") -> HttpResponse:
    """The page, or the part of it that a script asks for, with the question at a place or of a name."""
    context = _context(request, company, show)
    found: Waiting = context["waiting"]
    at = found.place_of(Asked.key_of(asked)) if asked else None
    one = questions.question(found, place if at is None else at)
    context |= _about(one, context["overview"], show) if one is not None else {"question": None}
    context |= {
        "departments": departments_in_use(company),
        "swapped": bool(getattr(request, "htmx", False)),
    }
    return render(request, "spend/_asking.html" if context["swapped"] else "spend/asking.html", context)


def _about(one: Question, overview: Overview, show: Show) -> dict[str, Any]:
    """What a page tells of one question."""
    proposed = one.asked.purpose if one.asked.would_say else ""
    keys = [key for key in one.offered if show is not Show.UNCONFIRMED or key != proposed]
    conditions = {
        "vendor": one.asked.vendor_key,
        "it": questions.IT_OF[show],
        "purpose": one.asked.purpose,
        "confirmed": "no",
        "counting": "counts",
    }
    period = {"from": f"{overview.period_from}", "to": f"{overview.period_to}", "currency": overview.currency}
    return {
        "question": one,
        "choices": [
            Choice(key, purpose_name(key), number, key == proposed)
            for number, key in enumerate(keys, start=1)
        ],
        "lines_query": query_of(conditions),
        "period_query": query_of({**conditions, **period}),
    }


def _next(request: CompanyRequest, company: Company, show: Show, at: int, question: str = "") -> HttpResponse:
    """After an answer: the next question, in its place where a script asks, else at an address of its own."""
    if getattr(request, "htmx", False):
        return _page(request, company, show, at, question)
    return redirect(_address("spend:asking", company, show=show, at=at, question=question))


def _address(name: str, company: Company, **chosen: Any) -> str:
    given = {key: str(value) for key, value in chosen.items() if value and value != Show.UNSURE}
    return reverse(name, args=[company.slug]) + (f"?{urlencode(given)}" if given else "")


def purposes_by_function() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every purpose under what it does for the firm, in words."""
    names = {key: function.name for key, function in functions().items()}
    found: dict[str, list[tuple[str, str]]] = {}
    for purpose in purposes():
        found.setdefault(names.get(purpose.function, ""), []).append((purpose.key, purpose.name))
    return sorted((name, sorted(of_it, key=lambda pair: pair[1])) for name, of_it in found.items())
