"""Questions on a contract that no clause answers: what a person answered is kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company
from pilothouse.services import check_answers
from pilothouse.web.contracts.forms import AnswerForm
from pilothouse.web.contracts.views import find


@require_POST
@company_page()
def answer(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Keep what a person answered to one question."""
    contract = find(company, contract_id)
    form = AnswerForm(request.POST)
    if form.is_valid() and check_answers.answer(contract, form.save(commit=False), by=request.user):
        messages.success(request, _("Kept, with your name and the day."))
    else:
        messages.error(request, _("Choose one of the three answers first."))
    return redirect(reverse("contracts:contract", args=[company.slug, contract.pk]) + "#questions")
