"""What a practice looks for in contracts: every check with its state, one check to change, one of its own to add.

The door is that of the practice: its own people find these pages, for others they are not there.
"""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilothouse.accounts.access import find_practice
from pilothouse.accounts.models import Practice, User
from pilothouse.services import checklist as lists
from pilothouse.web.checklist.forms import CheckForm, OwnCheckForm


def _practice(request: HttpRequest, slug: str) -> Practice:
    return find_practice(cast("User", request.user), slug)


@require_safe
def checklist(request: HttpRequest, practice: str) -> HttpResponse:
    """Every check with how the practice has it.

    Template checklist/checklist.html: practice, parts (theme, rows of services.checklist.Row), numbers (checks,
    changed, own, out), trouble (why the list cannot be used, or "").
    """
    found = _practice(request, practice)
    rows = lists.rows_of(found)
    parts: dict[str, list[lists.Row]] = {}
    for row in sorted(rows, key=lambda row: not row.is_own):  # their own first
        parts.setdefault(row.check.theme, []).append(row)
    context = {
        "practice": found,
        "parts": parts.items(),
        "numbers": {
            "checks": sum(not row.is_out for row in rows),
            "changed": sum(row.is_changed for row in rows),
            "own": sum(row.is_own for row in rows),
            "out": sum(row.is_out for row in rows),
        },
        "trouble": lists.trouble_with(found),
    }
    return render(request, "checklist/checklist.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, practice: str, check_key: str) -> HttpResponse:
    """One check to change. Template checklist/check.html: practice, row, form."""
    found = _practice(request, practice)
    row = lists.row_of(found, check_key)
    if row is None:
        raise Http404("No such check")
    form = CheckForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        wrong = lists.change(found, check_key, form.entry(), by=cast("User", request.user))
        if not wrong:
            messages.success(
                request, _("Kept. The contracts of the companies you serve are checked by it from now on.")
            )
            return redirect("checklist:list", found.slug)
        form.add_error(None, wrong)
    context = {"practice": found, "row": row, "form": form}
    return render(request, "checklist/check.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, practice: str) -> HttpResponse:
    """A check of the practice's own. Template checklist/check.html: practice, row (None), form."""
    found = _practice(request, practice)
    form = OwnCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        id_, number = lists.next_own(found)
        entry = form.entry(number, timezone.localdate())
        wrong = lists.change(found, id_, entry, by=cast("User", request.user))
        if not wrong:
            messages.success(request, _("Added. It stands on the list from now on."))
            return redirect("checklist:list", found.slug)
        form.add_error(None, wrong)
    context = {"practice": found, "row": None, "form": form}
    return render(request, "checklist/check.html", context, status=422 if form.is_bound else 200)


@require_POST
def as_it_comes(request: HttpRequest, practice: str, check_key: str) -> HttpResponse:
    """Take back what the practice changed in one of our checks; one of its own is changed or taken out instead."""
    found = _practice(request, practice)
    row = lists.row_of(found, check_key)
    if row is None or row.is_own:
        raise Http404("No such check of ours")
    wrong = lists.change(found, check_key, {}, by=cast("User", request.user))
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("It stands again as it comes with Pilothouse."))
    return redirect("checklist:list", found.slug)
