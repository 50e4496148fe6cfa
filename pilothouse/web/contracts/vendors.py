"""The vendor register: on whom we depend, and the card of each."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role, User
from pilothouse.records.models import VendorCard
from pilothouse.services import vendor_cards

VENDORS_A_PAGE = 50
NOT_KNOWN = ("", gettext_lazy("I don't know"))


class CardForm(forms.ModelForm[VendorCard]):
    """What we say of a vendor; everything may stay empty."""

    class Meta:
        model = VendorCard
        fields: ClassVar[list[str]] = [
            "accountable", "criticality", "substitutability", "scope", "contacts", "data_held", "data_where",
            "personal_data", "sub_processors", "exit_plan", "exit_tested_on",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            **{
                name: forms.Textarea({"rows": 3})
                for name in ("scope", "contacts", "data_held", "sub_processors", "exit_plan")
            },
            "exit_tested_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "personal_data": forms.Select(
                choices=[NOT_KNOWN, ("true", gettext_lazy("Yes")), ("false", gettext_lazy("No"))]
            ),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "accountable": gettext_lazy("One person; who is asked when something is wrong with it."),
            "contacts": gettext_lazy("Names, telephone numbers, the number for emergencies."),
            "data_held": gettext_lazy("Example: mail of all staff, customers' orders, backups."),
            "data_where": gettext_lazy("Country, or data centre. Example: Dublin."),
            "sub_processors": gettext_lazy("Firms it passes our data on to."),
            "exit_plan": gettext_lazy("Who takes over, how the data comes out, how long it takes."),
            "exit_tested_on": gettext_lazy("When somebody last tried it, or a part of it. Empty: never."),
        }

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = (
            User.objects.filter(memberships__company=company).exclude(memberships__role="guest").distinct()
        )
        for name, field in self.fields.items():
            field.required = False
            if isinstance(field, forms.ModelChoiceField):
                field.queryset, field.empty_label = people.order_by("name", "email"), str(_("Nobody yet"))
            elif isinstance(field, forms.TypedChoiceField) and name != "personal_data":
                field.choices = [NOT_KNOWN, *field.widget.choices[1:]]

    def clean_exit_tested_on(self) -> Any:
        tested = self.cleaned_data["exit_tested_on"]
        if tested is not None and tested > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. When was it tried?"))
        return tested


@require_safe
@company_page()
def vendors(request: CompanyRequest, company: Company) -> HttpResponse:
    """On whom we depend.

    Template contracts/vendors.html: page (of services.vendor_cards.Vendor), rows (vendor, what is missing in words),
    number (of vendors work stops without), lacking (of those with something missing), may_change.
    """
    found = vendor_cards.register(company, today=timezone.localdate())
    page = Paginator(found, VENDORS_A_PAGE).get_page(request.GET.get("page"))
    critical = [one for one in found if one.card and one.card.criticality == VendorCard.Level.HIGH]
    context = {
        "page": page,
        "rows": [(vendor, [_called(column) for column in vendor.lacks]) for vendor in page],
        "critical": critical,
        "lacking": [one for one in critical if one.lacks],
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/vendors.html", context)


def _called(column: str) -> str:
    return str(VendorCard._meta.get_field(column).verbose_name)  # type: ignore[union-attr]  # a column, no relation


@company_page()
def card(request: CompanyRequest, company: Company, card_key: str) -> HttpResponse:
    """The card of a vendor. Template contracts/vendor.html: card, form, lacks, contracts, on_papers, may_change."""
    kept = vendor_cards.card_of(company, card_key)
    if kept is None:
        raise Http404
    form = CardForm(request.POST or None, instance=kept, company=company)
    if request.method == "POST" and form.is_valid():
        vendor_cards.save(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("contracts:vendors", company.slug)
    context = {
        "card": kept,
        "form": form,
        "lacks": [_called(column) for column in vendor_cards.lacks(kept, today=timezone.localdate())],
        "contracts": vendor_cards.contracts_with(company, card_key),
        "on_papers": not card_key.startswith(vendor_cards.BY_NAME),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/vendor.html", context, status=422 if form.is_bound else 200)
