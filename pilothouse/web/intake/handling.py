"""How papers of the company are handled: masking of people, and how long papers are kept."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.services import retention
from pilothouse.web.intake.forms import HandlingForm


@company_page(writing=Role.OWNER)
def handling(request: CompanyRequest, company: Company) -> HttpResponse:
    """Show and change the rules; what a shorter time would erase is shown before it is kept.

    Template intake/handling.html: form, handling, goes (papers that would be erased, None before it was asked),
    may_change.
    """
    rules = retention.handling_of(company)
    form = HandlingForm(request.POST or None, instance=rules)
    goes = None
    if request.method == "POST" and form.is_valid():
        years = form.cleaned_data["keep_years"]
        goes = 0
        if years is not None:
            goes = retention.past_their_time(company, years, today=timezone.localdate()).count()
        if not goes or request.POST.get("agreed") == str(goes):
            kept = form.save(commit=False)
            kept.by = request.user
            kept.save()
            messages.success(request, _("Kept. What is past its time is erased within the hour."))
            return redirect("intake:handling", company.slug)
    context = {
        "form": form,
        "handling": rules,
        "goes": goes,
        "may_change": request.membership.may(Role.OWNER),
    }
    return render(request, "intake/handling.html", context)
