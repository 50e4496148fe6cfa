"""What would each model cost us over three years? On what does it rest, and did it come so?"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.assumptions import LOGNORMAL
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import AssumptionOverride, CostForecast, ProfileVersion
from pilothouse.services import costs as costing
from pilothouse.web.sourcing.cost_sentences import break_even_sentence, turn_sentence
from pilothouse.web.templatetags.pilothouse import chance


class AssumptionForm(forms.ModelForm[AssumptionOverride]):
    """Low, usual and high, in that order, and where they come from."""

    class Meta:
        model = AssumptionOverride
        fields = ("low", "mode", "high", "note")
        help_texts: ClassVar[dict[str, Any]] = {"note": _("Example: our last three invoices.")}

    def __init__(self, *args: Any, positive: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.positive = positive

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        low, mode, high = (given.get(name) for name in ("low", "mode", "high"))
        if low is None or mode is None or high is None:
            return given
        if not low <= mode <= high:
            raise forms.ValidationError(_("The three must rise: low, usual, high."))
        if low < 0 or (self.positive and low == 0):
            raise forms.ValidationError(_("Less than nothing cannot be; here even nothing cannot."))
        return given


@require_safe
@company_page()
def costs(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/costs.html: found (services.costs.KnownCosts or None), chances (name, words of the chance
    against each), break_evens (sentences), turns (services.costs.Turn, sentence), forecasts, may_change.
    """
    found = costing.costs_on(company, today=timezone.localdate())
    context = {
        "found": found,
        "chances": [(name, [chance(each) for each in row]) for name, row in costing.chances(found)]
        if found
        else [],
        "break_evens": [break_even_sentence(each) for each in found.break_evens] if found else [],
        "turns": [(turn, turn_sentence(turn, found.currency)) for turn in found.turns] if found else [],
        "forecasts": list(CostForecast.objects.of(company).defer("answer")[:10]),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/costs.html", context)


def _known(company: Company, key: str) -> dict[str, Any]:
    """The assumption of that key as it counts now; strange keys are not found."""
    found = costing.costs_on(company, today=timezone.localdate())
    listed = {shape["key"]: shape for _name, shape in found.assumptions} if found else {}
    if key not in listed:
        raise Http404(key)
    shape: dict[str, Any] = listed[key]
    return shape


@company_page()
def assumption(request: CompanyRequest, company: Company, assumption_key: str) -> HttpResponse:
    """One assumption: what counts, what else is published, and the firm's own figure in its place.

    Template sourcing/assumption.html: shape, name, form, history, own (whether the firm's own counts), may_change.
    """
    shape = _known(company, assumption_key)
    form = AssumptionForm(
        request.POST or None,
        initial={name: Decimal(shape[name]) for name in ("low", "mode", "high")},
        positive=shape["shape"] == LOGNORMAL,
    )
    if request.method == "POST" and form.is_valid():
        kept = form.save(commit=False)
        kept.company, kept.key, kept.by = company, assumption_key, request.user
        kept.save()
        messages.success(request, _("Kept: your own figure counts from now on."))
        return redirect("sourcing:assumption", company.slug, assumption_key)
    history = AssumptionOverride.objects.of(company).filter(key=assumption_key).select_related("by")
    context = {
        "shape": shape,
        "name": sourcing_words().assumptions[assumption_key],
        "form": form,
        "history": list(history[:20]),
        "own": bool(shape["note"]),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/assumption.html", context)


@require_POST
@company_page()
def withdraw(request: CompanyRequest, company: Company, assumption_key: str) -> HttpResponse:
    """Let our value count again."""
    held = AssumptionOverride.objects.of(company).filter(key=assumption_key, withdrawn_at__isnull=True)
    held.update(withdrawn_at=timezone.now())
    messages.success(request, _("Taken back: the figure that comes with Pilothouse counts again."))
    return redirect("sourcing:assumption", company.slug, assumption_key)


@require_POST
@company_page()
def keep(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep today's forecast of one model, to be held against what comes."""
    model = request.POST.get("model", "")
    kept = None
    if model in ProfileVersion.DeliveryModel.values:
        kept = costing.keep_forecast(company, model, today=timezone.localdate(), by=request.user)
    if kept is None:
        messages.error(request, _("Choose one of the seven models, in a country with figures."))
        return redirect("sourcing:costs", company.slug)
    messages.success(request, _("Kept. Look again when a year has passed."))
    return redirect("sourcing:forecast", company.slug, kept.pk)


@require_safe
@company_page()
def forecast(request: CompanyRequest, company: Company, forecast_id: int) -> HttpResponse:
    """Template sourcing/forecast.html: compared (services.costs.Compared), model, currency, low, high."""
    found = get_object_or_404(
        CostForecast.objects.of(company).select_related("by", "company"), pk=forecast_id
    )
    [said] = [each for each in found.answer["models"] if each["model"] == found.model]
    context = {
        "compared": costing.compare(found, today=timezone.localdate()),
        "model": sourcing_words().models[found.model],
        "currency": found.answer["currency"],
        "low": costing.about(Decimal(said["total"]["p10"])),
        "high": costing.about(Decimal(said["total"]["p90"])),
    }
    return render(request, "sourcing/forecast.html", context)
