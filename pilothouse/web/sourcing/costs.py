"""What would each model cost us over three years?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.services import costs as costing


@require_safe
@company_page()
def costs(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/costs.html: found (services.costs.KnownCosts or None), chances (name, chance against each),
    may_change.
    """
    found = costing.costs_on(company, today=timezone.localdate())
    context = {
        "found": found,
        "chances": costing.chances(found) if found else [],
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/costs.html", context)
