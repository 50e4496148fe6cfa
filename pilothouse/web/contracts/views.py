"""Contracts: the calendar of decisions, the register, one contract, what is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import (
    CheckAnswer,
    Contract,
    ContractChange,
    ContractDecision,
    ContractDocument,
    FlagWord,
)
from pilothouse.services import check_answers, contract_flags, contract_papers, contracts
from pilothouse.services.open_days import if_nobody_acts, unsent_of
from pilothouse.services.vendors import dearest_names
from pilothouse.web.contracts.forms import ContractForm, DecisionForm, FlagForm, RegisterForm, SentForm
from pilothouse.web.contracts.picture import draw
from pilothouse.web.contracts.words import facts_of, label_of, parts_of, shown_value

CONTRACTS_A_PAGE = 50
LONGEST_PART = 50  # rows of one part of the calendar; the register has all
MISSED_AT_ONCE = 5  # what can still be decided has to stay in sight
CHANGES_SHOWN = 20
MONEY_COLUMNS = (
    "total_value", "price_rule", "price_index", "price_cap", "extension_length",
    "extension_times",
)  # fmt: skip
ABOUT_COLUMNS = (
    "kind", "number", "vendor_name", "our_name", "scope", "department", "responsible", "deputy", "responsible_name",
    "lead_days", "urgent_days", "origin",
)  # fmt: skip


@require_safe
@company_page()
def calendar(request: CompanyRequest, company: Company) -> HttpResponse:
    """What must be decided by when.

    Template contracts/calendar.html: calendar (services.contracts.Calendar), parts (title, state, contracts, how many
    more), missed, missed_more (folded), missed_number, missed_left (not shown), unsent (notices to send,
    services.open_days.OpenDay), today, committed (yearly cost by currency), may_change.
    """
    today = timezone.localdate()
    found = contracts.calendar(company, today=today, most=LONGEST_PART)
    ending = contracts.standing(company).filter(ends_on__isnull=False)
    parts = [
        (_("Urgent"), "act", found.urgent),
        (_("Soon"), "look", found.soon),
        (_("Ending by themselves soon: extend, replace, or let go"), "look", found.ending_soon),
        (_("Later, within a year"), "plain", found.later),
        (_("Without a day: something is not known, mostly the notice"), "look", found.unknown),
        (_("Ending by themselves"), "plain", found.ending),
    ]
    context = {
        "calendar": found,
        "parts": [(title, state, part.contracts, part.more) for title, state, part in parts if part.number],
        "missed": found.missed[:MISSED_AT_ONCE],
        "missed_more": found.missed[MISSED_AT_ONCE:],
        "missed_number": found.missed_number,
        "missed_left": found.missed_number - len(found.missed),
        "unsent": unsent_of(list(ending), today=today)[:LONGEST_PART],
        "today": today,
        "committed": found.committed,
        "number": contracts.standing(company).count(),
        "running": found.running,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/calendar.html", context)


@require_safe
@company_page()
def register(request: CompanyRequest, company: Company) -> HttpResponse:
    """All contracts. Template contracts/register.html: page (of Contract), parts (as the calendar has them),
    form, today, may_change.
    """
    today = timezone.localdate()
    contracts.bring_up_to_date(company, today=today)
    form = RegisterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = _ordered(_chosen(company, asked), asked.get("order", ""))
    page = Paginator(found.select_related("responsible"), CONTRACTS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "parts": [("", "plain", page.object_list, 0)],
        "form": form,
        "today": today,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/register.html", context)


def _chosen(company: Company, asked: dict[str, Any]) -> QuerySet[Contract]:
    shown = asked.get("shown", "")
    found = (
        Contract.objects.of(company).filter(archived_at__isnull=False)
        if shown == "away"
        else contracts.standing(company)
    )
    if shown == "proposed":
        found = found.exclude(proposed=[])
    elif shown == "nobody":
        found = found.filter(responsible__isnull=True)
    elif shown == "undated":
        found = found.filter(Q(start__isnull=True) | Q(exit_day__isnull=True))
    return contracts.found_by(found, asked.get("q", ""))


def _ordered(found: QuerySet[Contract], order: str) -> QuerySet[Contract]:
    if order == "name":
        return found.order_by("name", "pk")
    if order == "vendor":
        return found.order_by("vendor_name", "name", "pk")
    if order == "cost":
        return found.order_by(F("yearly_cost").desc(nulls_last=True), "name", "pk")
    return found.order_by(F("send_by").asc(nulls_last=True), "name", "pk")


def find(company: Company, contract_id: int) -> Contract:
    """The company's contract of that id, or 404."""
    found: Contract = get_object_or_404(
        Contract.objects.of(company).select_related("responsible", "deputy", "source"), pk=contract_id
    )
    return found


@require_safe
@company_page()
def contract(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """One contract."""
    return show_contract(request, company, find(company, contract_id))


def show_contract(
    request: CompanyRequest, company: Company, found: Contract, form: DecisionForm | None = None
) -> HttpResponse:
    """One contract's page.

    Template contracts/contract.html: contract, answer (the shape of `ask decision`), acts (its if_nobody_acts, of
    the exit day that is open), drawing
    (of its time line, or None), dates, money and about (facts), form, sent_form, decisions, missed
    (services.contracts.Missed or None), unsent (services.open_days.OpenDay of a notice to send, or None), paid, papers,
    said (terms by part), flags (read and missing: lists of engine.contracts.checklist.Flag), since
    (services.contract_flags.Since or None), questions (services.check_answers.Asked),
    open_questions (how many), answers (what can be said), changes, today, may_change.
    """
    today = timezone.localdate()
    if found.worked_out_on != today or found.rule_set != contracts.RULE_SET:
        contracts.work_out(found, today=today)
    decisions = list(contracts.decisions_of(found))
    line = contracts.line_of(found, today=today)
    held = frozenset(one.exit_day for one in decisions if one.withdrawn_at is None)
    terms = contract_papers.terms_that_hold(found)
    flags = contract_flags.flags_of(found, terms, today=today)
    accepted = contract_flags.words_on(found, today=today)
    questions = check_answers.questions_on(found)
    context: dict[str, Any] = {
        "contract": found,
        "answer": found.answer,
        "acts": if_nobody_acts(found, today=today),
        "drawing": line and draw(line, found.answer, found.send_by, today=today),
        "dates": list(facts_of(found, contracts.DATE_COLUMNS)),
        "money": list(facts_of(found, MONEY_COLUMNS)),
        "about": list(facts_of(found, ABOUT_COLUMNS)),
        "form": form or DecisionForm(initial={"exit_day": found.exit_day}),
        "sent_form": SentForm(initial={"sent_on": today}),
        "decisions": decisions,
        "missed": contracts.missed_of(found, held),
        "unsent": next(iter(unsent_of([found], today=today)), None),
        "paid": contracts.paid_for(found),
        "papers": list(_papers(company, found)),
        "said": list(parts_of(terms)),
        "flags": {
            "read": [flag for flag in flags if flag.because and flag.id not in accepted],
            "missing": [flag for flag in flags if not flag.because and flag.id not in accepted],
            "accepted": [(flag, accepted[flag.id]) for flag in flags if flag.id in accepted],
        },
        "flag_form": FlagForm(),
        "questions": questions,
        "open_questions": sum(one.is_open for one in questions),
        "answers": CheckAnswer.Says.choices,
        "since": contract_flags.since_before(found),
        "changes": [
            (
                change,
                [
                    (label_of(column), shown_value(was), shown_value(now))
                    for column, was, now in change.changes
                ],
            )
            for change in ContractChange.objects.of(company)
            .filter(contract=found)
            .select_related("by")[:CHANGES_SHOWN]
        ],
        "today": today,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/contract.html", context, status=200 if form is None else 422)


def _papers(company: Company, contract: Contract) -> QuerySet[ContractDocument]:
    """The papers of a contract, the newest first, with how many of their terms nobody spoke of."""
    unsaid = Count("terms", filter=Q(terms__said_at__isnull=True))
    rows: QuerySet[ContractDocument] = (
        ContractDocument.objects.of(company)
        .filter(contract=contract)
        .select_related("source")
        .annotate(left=unsaid)
        .order_by("-number", "-pk")
    )
    return rows


@company_page(needs=Role.EDITOR)
def add(request: CompanyRequest, company: Company) -> HttpResponse:
    """Enter a contract by hand. Template contracts/change.html: form, contract (None), vendors (names to choose)."""
    return _form_page(request, company, Contract(company=company, currency=company.currency))


@company_page(needs=Role.EDITOR)
def change(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Change a contract. Template contracts/change.html: form, contract, vendors (names to choose)."""
    return _form_page(request, company, find(company, contract_id))


def _form_page(request: CompanyRequest, company: Company, about: Contract) -> HttpResponse:
    form = ContractForm(request.POST or None, instance=about, company=company)
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.vendor_key = contracts.vendor_key_of(company, kept.vendor_name) or (
            "" if "vendor_name" in form.changed_data else kept.vendor_key
        )
        contracts.save(kept, form.changed_columns(), by=request.user, today=timezone.localdate())
        messages.success(request, _("Saved. The dates follow."))
        return redirect("contracts:contract", company.slug, kept.pk)
    context = {
        "form": form,
        "contract": about if about.pk else None,
        "proposed": [label_of(column) for column in about.proposed],
        "vendors": dearest_names(company, but=""),
    }
    return render(request, "contracts/change.html", context, status=422 if form.is_bound else 200)


@require_POST
@company_page()
def confirm(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Confirm what was proposed: the column that is named, or all."""
    found = find(company, contract_id)
    column = request.POST.get("column", "")
    number = contracts.confirm(found, [column] if column else list(found.proposed), by=request.user)
    if number:
        messages.success(request, _("Confirmed."))
    else:
        messages.info(request, _("It was confirmed already."))
    return redirect("contracts:contract", company.slug, found.pk)


@require_POST
@company_page()
def put_away(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Take a contract out of the register, or back into it."""
    found = find(company, contract_id)
    away = found.archived_at is None
    contracts.put_away(found, by=request.user, away=away)
    messages.success(
        request, _("Put away. It reminds nobody now.") if away else _("It stands in the register again.")
    )
    return redirect("contracts:contract", company.slug, found.pk)


@require_POST
@company_page()
def decide(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Keep what is decided for an exit day. The contract's page again where something is missing."""
    found = find(company, contract_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return show_contract(request, company, found, form)
    taken = contracts.decide(found, form.save(commit=False), by=request.user, today=timezone.localdate())
    if taken.is_first:
        messages.success(request, _after_deciding(taken.decision))
    else:
        said = taken.decision
        messages.error(
            request,
            _(
                "%(by)s was quicker and decided: %(kind)s. Take that back below first, if it should be otherwise."
            )
            % {"by": said.by or _("Somebody"), "kind": said.get_kind_display()},
        )
    return redirect("contracts:contract", company.slug, found.pk)


def _after_deciding(decision: ContractDecision) -> str:
    if decision.kind == ContractDecision.Kind.CANCEL:
        return _("Decided. Now send the notice; you are reminded until it is noted below that it was sent.")
    if decision.kind == ContractDecision.Kind.RENEGOTIATE:
        return _("Decided. You are told once more before the last day, in case nothing is agreed by then.")
    return _("Decided. Nobody is reminded of this date any more.")


def find_decision(company: Company, taken_id: int) -> ContractDecision:
    found: ContractDecision = get_object_or_404(
        ContractDecision.objects.of(company).select_related("contract", "contract__company"), pk=taken_id
    )
    return found


@require_POST
@company_page()
def withdraw(request: CompanyRequest, company: Company, taken_id: int) -> HttpResponse:
    """Take a decision back."""
    decision = find_decision(company, taken_id)
    if contracts.withdraw(decision, by=request.user, today=timezone.localdate()):
        messages.success(request, _("Taken back. The date is open again."))
    else:
        messages.info(request, _("It was taken back already."))
    return redirect("contracts:contract", company.slug, decision.contract_id)


@require_POST
@company_page()
def live_with(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Keep that somebody has looked at a danger and lives with it, and why."""
    found = find(company, contract_id)
    form = FlagForm(request.POST)
    if form.is_valid():
        contract_flags.live_with(found, form.save(commit=False), by=request.user)
        messages.success(request, _("Noted. It stands below the others from now on."))
    else:
        messages.error(
            request, _("Why do you live with it? One sentence is needed, so that others understand it.")
        )
    return redirect(reverse("contracts:contract", args=[company.slug, found.pk]) + "#dangers")


@require_POST
@company_page()
def look_again(request: CompanyRequest, company: Company, flag_word_id: int) -> HttpResponse:
    """Take back that somebody lives with a danger."""
    word = get_object_or_404(FlagWord.objects.of(company), pk=flag_word_id)
    if contract_flags.look_again(word):
        messages.success(request, _("It stands among the dangers again."))
    else:
        messages.info(request, _("It was taken back already."))
    return redirect(reverse("contracts:contract", args=[company.slug, word.contract_id]) + "#dangers")
