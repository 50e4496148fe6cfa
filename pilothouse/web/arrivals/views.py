"""Mailboxes and watched folders from which papers arrive by themselves: what came, what is wrong, and changing them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.jobs import queue
from pilothouse.records.models import Arrival
from pilothouse.services import arrivals as service
from pilothouse.services import watched_folder
from pilothouse.services.arrivals import Preview
from pilothouse.web.arrivals.forms import FolderForm, MailboxForm

FORMS: dict[str, type[FolderForm] | type[MailboxForm]] = {
    Arrival.Kind.FOLDER: FolderForm,
    Arrival.Kind.IMAP: MailboxForm,
}


@require_safe
@company_page()
def arrivals(request: CompanyRequest, company: Company) -> HttpResponse:
    """All of them with their state. Template arrivals/list.html: arrivals, asked (how many are on), may_change."""
    found = list(Arrival.objects.of(company).select_related("last_import").order_by("pk"))
    context = {
        "arrivals": found,
        "asked": sum(one.enabled for one in found),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "arrivals/list.html", context)


def _find(company: Company, arrival_id: int) -> Arrival:
    found: Arrival = get_object_or_404(
        Arrival.objects.of(company).select_related("company", "by", "last_import"), pk=arrival_id
    )
    return found


@require_safe
@company_page()
def arrival(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """One of them: how far it is, what came, what is wrong."""
    return _shown(request, _find(company, arrival_id))


def _shown(request: CompanyRequest, found: Arrival, preview: Preview | None = None) -> HttpResponse:
    """Template arrivals/arrival.html: arrival, preview (what would come in, where it was asked for), may_change."""
    context = {
        "arrival": found,
        "preview": preview,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "arrivals/arrival.html", context)


@company_page(needs=Role.EDITOR)
def add_mailbox(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template arrivals/form.html."""
    return _form(request, Arrival(company=company, kind=Arrival.Kind.IMAP, by=request.user))


@company_page(needs=Role.EDITOR)
def add_folder(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template arrivals/form.html."""
    return _form(request, Arrival(company=company, kind=Arrival.Kind.FOLDER, by=request.user))


@company_page(needs=Role.EDITOR)
def change(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """Template arrivals/form.html."""
    return _form(request, _find(company, arrival_id))


def _form(request: CompanyRequest, found: Arrival) -> HttpResponse:
    """Ask for what is to be known and keep it. Template arrivals/form.html: form, arrival, places (for folders)."""
    form = FORMS[found.kind](request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        kept = form.save()
        if "folder" in form.changed_data:
            kept.files.all().delete()
        service.start_anew(kept)
        messages.success(request, _("Kept. Try it now to see what would come in."))
        return redirect("arrivals:arrival", found.company.slug, kept.pk)
    context: dict[str, Any] = {
        "form": form,
        "arrival": found,
        "places": watched_folder.places(settings.WATCH_ROOTS, found.company.slug),
    }
    return render(request, "arrivals/form.html", context, status=422 if form.errors else 200)


@require_POST
@company_page()
def try_now(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """Ask the mailbox or folder what would come in; nothing is brought. Template arrivals/arrival.html."""
    found = _find(company, arrival_id)
    return _shown(request, found, service.look(found, now=timezone.now()))


@require_POST
@company_page()
def fetch(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """Have it asked now instead of by the clock."""
    found = _find(company, arrival_id)
    queue.fetch_arrival(found.pk, asked_for=True)
    messages.success(request, _("It is being asked. What is new stands on the page Papers in a moment."))
    return redirect("arrivals:arrival", company.slug, found.pk)


@require_POST
@company_page()
def switch(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """On, or off."""
    found = _find(company, arrival_id)
    on = not found.enabled
    Arrival.objects.of(company).filter(pk=found.pk).update(enabled=on)
    if on:
        service.start_anew(found)
    messages.success(
        request, _("Switched on.") if on else _("Switched off. It is not asked until you switch it on.")
    )
    return redirect("arrivals:arrival", company.slug, found.pk)


@require_POST
@company_page()
def remove(request: CompanyRequest, company: Company, arrival_id: int) -> HttpResponse:
    """Forget where it is and its password; papers that came from it stay."""
    found = _find(company, arrival_id)
    found.delete()
    messages.success(request, _("Removed. The papers that came from it stay."))
    return redirect("arrivals:list", company.slug)
