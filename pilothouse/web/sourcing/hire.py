"""Should we hire, and whom?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.services import hiring


@require_safe
@company_page()
def hire(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/hire.html: plan (services.hiring.HirePlan), may_change."""
    context = {
        "plan": hiring.plan_for(company, today=timezone.localdate()),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/hire.html", context)
