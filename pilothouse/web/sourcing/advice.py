"""Which delivery model fits?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.services import sourcing


@require_safe
@company_page()
def advice(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/advice.html: known (services.sourcing.KnownProfile), may_change."""
    context = {
        "known": sourcing.profile_of(company),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/advice.html", context)
