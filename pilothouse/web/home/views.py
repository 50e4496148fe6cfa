"""Where one lands."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page, find_memberships, find_practice
from pilothouse.accounts.models import Company, Role, User
from pilothouse.records.models import Import, ProfileVersion
from pilothouse.services import contracts, documents, graduation, spend


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the only company, or a choice of companies. Template home/companies.html: memberships, practices."""
    user = cast("User", request.user)
    memberships = list(find_memberships(user))
    if len(memberships) == 1 and memberships[0].role != Role.GUEST:
        return redirect("home:today", memberships[0].company.slug)
    return render(
        request,
        "home/companies.html",
        {"memberships": memberships, "practices": user.practices.order_by("name")},
    )


@require_safe
@company_page()
def today(request: CompanyRequest, company: Company) -> HttpResponse:
    """What is new and the one thing to do next.

    Template home/today.html: overview (services.spend.Overview or None before the first papers), running (imports on
    their way), profile (ProfileVersion or None), waiting (number of documents without figures), due (the contract that
    must be decided next, once it is near), signs (that the way of running IT is outgrown, names).
    """
    context = {
        "overview": spend.overview(company, today=timezone.localdate()),
        "running": [batch for batch in Import.objects.of(company).order_by("-pk")[:5] if batch.is_running],
        "profile": ProfileVersion.objects.of(company).order_by("-holds_from", "-pk").first(),
        "waiting": documents.waiting(company).count(),
        "due": contracts.first_due(company, today=timezone.localdate()),
        "signs": graduation.signs_of(company, today=timezone.localdate()),
    }
    return render(request, "home/today.html", context)


@require_safe
def practice(request: HttpRequest, practice: str) -> HttpResponse:
    """The companies a practice serves, as far as the person sees them.

    Template home/practice.html: practice, memberships.
    """
    user = cast("User", request.user)
    found = find_practice(user, practice)
    memberships = find_memberships(user).filter(practice=found)
    return render(request, "home/practice.html", {"practice": found, "memberships": memberships})


@require_safe
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """Whether the server answers; says nothing else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
def icon(request: HttpRequest) -> HttpResponse:
    """The icon, for what has no page to name it: browsers ask at this address beside a PDF."""
    return redirect(static("pilothouse/icon.svg"))
