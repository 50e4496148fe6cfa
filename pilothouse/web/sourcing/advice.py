"""Which delivery model fits?"""

from __future__ import annotations

from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.services import sourcing

SURE, UNSURE = Decimal("0.75"), Decimal("0.5")


@require_safe
@company_page()
def advice(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/advice.html: shown (services.sourcing.ShownAdvice), sure ("good", "look" or "act"), whole,
    may_change.
    """
    found = sourcing.advice_on(company, today=timezone.localdate())
    context = {
        "shown": found,
        "known": found.known,
        "sure": "good" if found.confidence >= SURE else "look" if found.confidence >= UNSURE else "act",
        "whole": Decimal(1),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/advice.html", context)
