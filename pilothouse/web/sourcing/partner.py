"""Whom do we trust with it? What to ask before signing."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company
from pilothouse.knowledge.sourcing_partner import ADVISER, BOTH, PROVIDER, questions_to
from pilothouse.services import sourcing

WITH_A_PROVIDER = (
    "break_fix",
    "project_based",
    "co_managed",
    "fully_outsourced",
    "fully_outsourced_plus_adviser",
)
WITH_AN_ADVISER = ("fully_outsourced_plus_adviser", "advisory_only")


@require_safe
@company_page()
def partner(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/partner.html: first (the first question), model (that is advised), groups (heading, whether the
    advised model has such a partner, questions): those it has, then what to ask whoever it is, then the other.
    """
    advised = sourcing.advice_on(company, today=timezone.localdate()).first
    of_one = [
        (_("Ask every provider"), advised.key in WITH_A_PROVIDER, questions_to(PROVIDER)),
        (_("Ask every adviser"), advised.key in WITH_AN_ADVISER, questions_to(ADVISER)),
    ]
    whoever = (_("Ask whoever it is"), False, questions_to(BOTH))
    groups = [*(one for one in of_one if one[1]), whoever, *(one for one in of_one if not one[1])]
    return render(
        request,
        "sourcing/partner.html",
        {"first": groups[0][2][0], "model": advised.name, "groups": groups},
    )
