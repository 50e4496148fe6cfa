"""What is odd in the lists of contracts, what does not agree with what is paid, and how the money is spread."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import RegisterWord
from pilothouse.services import contract_register, contracts, register_words
from pilothouse.web.contracts.forms import RegisterWordForm

MOST = 20  # findings of one kind on the page
MOST_SHARES = 15
LARGE = Decimal("0.4")

RULES: dict[str, str | Promise] = {
    "paid_above_agreed": _("Paid above what was agreed"),
    "spend_without_contract": _("Paid without a contract"),
    "contract_without_spend": _("A contract, and nothing paid"),
    "running_twice": _("Two at once with one vendor"),
    "expired_extendable": _("Ended, and an extension left"),
    "expired": _("Ended and still listed"),
    "extension_open": _("Ends unless you extend it"),
    "annual_is_total": _("The yearly value is that of all years"),
    "annual_above_total": _("The yearly value is above the whole"),
    "values_differ": _("Yearly value and whole do not agree"),
    "extension_not_in_end": _("An extension that its end does not show"),
    "extended_untaken": _("Extended without being marked"),
    "overlap": _("Listed twice"),
    "review_past": _("Not looked at in time"),
    "no_end": _("Without an end"),
    "end_before_start": _("Ends before it starts"),
    "unreadable": _("Cells that could not be read"),
}


@require_safe
@company_page()
def checks(request: CompanyRequest, company: Company) -> HttpResponse:
    """The register checked.

    Template contracts/checks.html: checks (services.contract_register.Checks; `accepted` is lived with), parts (rule,
    title, findings, how many more, how many), any_contract, shares, largest (the first share, where it is large),
    word_form, may_change.
    """
    found = contract_register.check(company, today=timezone.localdate(), language=get_language() or "en")
    told = [*found.money, *found.lists]
    numbers = Counter(one.rule for one in told)
    context = {
        "any_contract": contracts.standing(company).exists(),
        "checks": found,
        "parts": [
            (
                rule,
                title,
                [one for one in told if one.rule == rule][:MOST],
                max(0, numbers[rule] - MOST),
                numbers[rule],
            )
            for rule, title in RULES.items()
            if numbers[rule]
        ],
        "shares": found.shares[:MOST_SHARES],
        "largest": next((one for one in found.shares[:1] if one.share >= LARGE), None),
        "word_form": RegisterWordForm(),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/checks.html", context)


@require_POST
@company_page()
def live_with_row(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep that somebody has looked at an oddity and lives with it, and why."""
    form = RegisterWordForm(request.POST)
    if not form.is_valid():
        messages.error(
            request, gettext("Why do you live with it? One sentence is needed, so that others understand it.")
        )
        return redirect("contracts:checks", company.slug)
    word = form.save(commit=False)
    found = contract_register.check(company, today=timezone.localdate(), language=get_language() or "en")
    told = next((one for one in (*found.money, *found.lists) if one.key == word.finding), None)
    if told is None:
        raise Http404("No finding of that name stands there now")
    word.sentence = told.sentence[:500]
    register_words.live_with(company, word, by=request.user)
    messages.success(request, gettext("Noted. It stands below the others from now on."))
    return redirect("contracts:checks", company.slug)


@require_POST
@company_page()
def look_at_row_again(request: CompanyRequest, company: Company, register_word_id: int) -> HttpResponse:
    """Take back that somebody lives with an oddity."""
    word = get_object_or_404(RegisterWord.objects.of(company), pk=register_word_id)
    if register_words.look_again(word):
        messages.success(request, gettext("It stands among the others again."))
    else:
        messages.info(request, gettext("It was taken back already."))
    return redirect("contracts:checks", company.slug)
