"""What the company says of itself."""

from __future__ import annotations

from itertools import zip_longest

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.costs.profile import EVENTS
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import ProfileVersion
from pilothouse.services import profile_hints, sourcing, spend
from pilothouse.services.profile_hints import Hint
from pilothouse.web.profile.forms import ProfileForm


@company_page()
def profile(request: CompanyRequest, company: Company) -> HttpResponse:
    """The profile and its history; saving adds a version.

    Template profile/profile.html: form, versions (newest first: version, changes as label, before, after),
    hints (what the papers say: hint, label, value in words), taken (fields whose hint stands in the form), it_spend
    (services.profile_hints.ItSpend or None), problems
    (what contradicts itself in the newest version, and which answer is taken), may_change.
    """
    versions = list(ProfileVersion.objects.of(company).select_related("by").order_by("-holds_from", "-pk"))
    latest = versions[0] if versions else None
    start = model_to_dict(latest) if latest else {"country": "BE", "legal_name": company.name}
    hints = profile_hints.hints_of(company, latest, today=timezone.localdate())
    taken = {hint.field: hint.value for hint in hints if hint.field in request.GET.getlist("take")}
    form = ProfileForm(request.POST or None, initial={**start, **taken, "holds_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        version = form.save(commit=False)
        version.company, version.by = company, request.user
        version.save()
        spend.look_again(company, today=timezone.localdate())
        messages.success(
            request, _("Saved. Earlier answers are kept. “Sourcing” says what follows from them.")
        )
        return redirect("profile:profile", company.slug)
    context = {
        "form": form,
        "versions": [
            (version, _changes(version, before)) for version, before in zip_longest(versions, versions[1:])
        ],
        "hints": [(hint, _label(hint.field), _hinted(hint)) for hint in hints],
        "taken": list(taken),
        "it_spend": profile_hints.it_spend_of(company, latest, today=timezone.localdate()),
        "problems": sourcing.profile_of(company).problems,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "profile/profile.html", context)


def _changes(version: ProfileVersion, before: ProfileVersion | None) -> list[tuple[str, str, str]]:
    """What a version says differently from the one before it: label, before, after."""
    told = []
    for name in ProfileForm.Meta.fields[1:]:
        was, is_now = (_shown(before, name) if before else "", _shown(version, name))
        if was != is_now:
            told.append((_label(name), was, is_now))
    return told


def _hinted(hint: Hint) -> str:
    models = dict(ProfileVersion.DeliveryModel.choices)
    return str(models.get(hint.value, hint.value))


def _label(name: str) -> str:
    return str(ProfileForm.base_fields[name].label)


def _shown(version: ProfileVersion, name: str) -> str:
    value = getattr(version, name)
    if value is None or value in ("", []):
        return _("none of this") if name == "events" else _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if name == "fiscal_year_starts":
        return str(MONTHS[value])
    if name == "events":
        return ", ".join(sourcing_words().events[event] for event in value if event in EVENTS)
    shown = getattr(version, f"get_{name}_display", None)
    return str(shown() if shown else value)
