"""Who is who: two vendors that are one, names that are another's, how a vendor is called; and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.jobs import queue
from pilothouse.records.models import Review, VendorWord
from pilothouse.services import spend, vendors
from pilothouse.web.spend.forms import WordForm
from pilothouse.web.spend.views import back_to

PAIRS_A_PAGE = 50
AT_ONCE = 30_000  # lines that are worked out anew while the person waits


@require_safe
@company_page()
def alike(request: CompanyRequest, company: Company) -> HttpResponse:
    """Pairs of vendors that look like one, to be answered.

    Template spend/alike.html: page (of services.vendors.Alike), may_change.
    """
    page = Paginator(vendors.look_alikes(company), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "may_change": request.membership.may(Role.EDITOR)}
    return render(request, "spend/alike.html", context)


@require_POST
@company_page()
def say(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep what a person says of who a vendor is."""
    form = WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(back_to(request, company))
    word = form.word()
    if form.cleaned_data["other_name"] and not word.other_key:
        found = vendors.vendors_called(company, form.cleaned_data["other_name"])
        if len(found) != 1:
            messages.error(request, _which(form.cleaned_data["other_name"], [name for _key, name in found]))
            return redirect(back_to(request, company))
        word = form.word(found[0][0])
    kept = vendors.say(company, word, by=request.user)
    if kept is None:
        raise Http404
    _follow(request, company, _("Noted."))
    if kept.says == VendorWord.Says.SAME and "stay" not in request.POST:
        return redirect("spend:vendor", company.slug, kept.other_key)
    return redirect(back_to(request, company))


@require_POST
@company_page()
def take_back(request: CompanyRequest, company: Company, word_id: int) -> HttpResponse:
    """Take a word on a vendor back."""
    word = get_object_or_404(VendorWord.objects.of(company), pk=word_id)
    if vendors.take_back(word, by=request.user):
        _follow(request, company, _("Taken back."))
    else:
        messages.info(request, _("It was taken back already."))
    return redirect(back_to(request, company))


def _which(name: str, found: list[str]) -> str:
    if not found:
        return _("No vendor is called “%(name)s”. Choose one of the list.") % {"name": name}
    return _("Several vendors are called so: %(names)s. Write the whole name.") % {
        "names": ", ".join(found[:8])
    }


def _follow(request: CompanyRequest, company: Company, done: str) -> None:
    """Let the figures follow: at once, or by a worker where there is much to work out."""
    shown = Review.objects.current(company)
    if shown is not None and shown.answer.get("lines", 0) > AT_ONCE:
        queue.look_again(company.pk)
        messages.success(request, f"{done} " + _("The figures follow in a few minutes."))
        return
    spend.look_again(company, today=timezone.localdate())
    messages.success(request, f"{done} " + _("The figures follow."))
