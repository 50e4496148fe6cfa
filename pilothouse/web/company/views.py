"""Settings of a company, a new company, and the end of one."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from pilothouse.accounts import people
from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role, User
from pilothouse.services import companies


class CompanyForm(forms.ModelForm[Company]):
    class Meta:
        model = Company
        fields: ClassVar[list[str]] = ["name"]


class NewCompanyForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the company"), max_length=200)


class EndForm(forms.Form):
    """Typing the name is the second thought."""

    name = forms.CharField(label=gettext_lazy("Type the company's name to confirm"), max_length=200)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.company = company

    def clean_name(self) -> str:
        given: str = self.cleaned_data["name"].strip()
        if given != self.company.name:
            raise forms.ValidationError(_("That is not its name. Nothing was deleted."))
        return given


def new(request: HttpRequest) -> HttpResponse:
    """Make a company of one's own. Template company/new.html: form."""
    form = NewCompanyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        company = people.found_company(form.cleaned_data["name"], owner=cast("User", request.user))
        return redirect("intake:list", company.slug)
    return render(request, "company/new.html", {"form": form})


@company_page(writing=Role.OWNER)
def settings(request: CompanyRequest, company: Company) -> HttpResponse:
    """Its name, and the way to its end. Template company/settings.html: form, end_form, may_change."""
    may_change = request.membership.may(Role.OWNER)
    form = CompanyForm(request.POST or None, instance=company)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("company:settings", company.slug)
    company.refresh_from_db()
    return render(
        request,
        "company/settings.html",
        {"form": form, "end_form": EndForm(company=company, prefix="end"), "may_change": may_change},
    )


@require_POST
@company_page(needs=Role.OWNER, writing=Role.OWNER)
def end(request: CompanyRequest, company: Company) -> HttpResponse:
    """Delete a company with everything of it. Template company/settings.html again when the name is wrong."""
    form = EndForm(request.POST, company=company, prefix="end")
    if not form.is_valid():
        context = {"form": CompanyForm(instance=company), "end_form": form, "may_change": True}
        return render(request, "company/settings.html", context)
    name = company.name
    companies.end(company)
    messages.success(request, _("%(name)s and everything of it is deleted.") % {"name": name})
    return redirect("home")
