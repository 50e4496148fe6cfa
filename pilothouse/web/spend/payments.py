"""What was paid, and for what: invoices not paid here, payments without an invoice, payments that differ from their
invoice, and saying what is what.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.spend.said import Says
from pilothouse.jobs import queue
from pilothouse.records.models import OpenInvoice, Review, SpendLine
from pilothouse.reporting.diagnosis import Column
from pilothouse.reporting.xlsx import csv_rows, xlsx
from pilothouse.services import differences as differing
from pilothouse.services import payments as paying
from pilothouse.services.differences import Total
from pilothouse.web.spend.forms import PaymentsForm, PaymentWordForm
from pilothouse.web.templatetags.pilothouse import DIFFERENCE

ROWS_A_PAGE = 25
INVOICES, PAYMENTS, DIFFERENCES = "invoices", "payments", "differences"
Open = QuerySet[OpenInvoice] | QuerySet[SpendLine]


@require_safe
@company_page()
def payments(request: CompanyRequest, company: Company) -> HttpResponse:
    """Invoices without a payment, or payments without an invoice, each with what may belong to it; or what differs.

    Template spend/payments.html: form, show ("invoices", "payments" or "differences"), tabs (show, label, number,
    query), totals (currency, number, amount), sorts (why, totals; of differences), page, rows
    (services.payments.OpenRow, or services.differences.Differs), query (for the exports), words (what people said, the
    latest), seen, may_change, review.
    """
    form, show, found = _asked(request, company)
    review = Review.objects.current(company)
    sides = {side: found if side == show else _open(company, side, form) for side in (INVOICES, PAYMENTS)}
    sums = {side: _totals(side, rows) for side, rows in sides.items()}
    numbers = {side: sum(total.number for total in totals) for side, totals in sums.items()}
    differences = differing.differences(review, form.conditions()) if form.is_valid() else ()
    numbers[DIFFERENCES] = len(differences)
    page = _page(request, show, differences if show == DIFFERENCES else found, numbers[show])
    given = {name: value for name, value in request.GET.items() if name not in ("page", "show")}
    context = {
        "form": form,
        "show": show,
        "tabs": _tabs(numbers, given),
        "totals": sums.get(show, ()),
        "sorts": differing.by_why(differences).items() if show == DIFFERENCES else (),
        "page": page,
        "rows": _rows(show, page),
        "query": urlencode({**given, "show": show}),
        "narrowed": bool(form.is_valid() and form.conditions()),
        "words": paying.words(company)[: paying.WORDS_SHOWN],
        "seen": paying.last_word(company),
        "may_change": request.membership.may(Role.EDITOR),
        "review": review,
    }
    return render(request, "spend/payments.html", context)


def _page(
    request: CompanyRequest, show: str, found: Open | Sequence[differing.Differs], number: int
) -> Page[Any]:
    rows = found.select_related("review") if isinstance(found, QuerySet) else found
    paginator = _KnownCount(rows, ROWS_A_PAGE)
    paginator.known = number
    return paginator.get_page(request.GET.get("page"))


def _rows(show: str, page: Page[Any]) -> Sequence[Any]:
    """The rows of a page, each open one with what may belong to it."""
    rows = list(page.object_list)
    if show == INVOICES:
        return paying.with_payments(rows)
    return paying.with_invoices(rows) if show == PAYMENTS else rows


def _tabs(numbers: Mapping[str, int], given: Mapping[str, Any]) -> list[dict[str, Any]]:
    labels = {
        INVOICES: _("Invoices not paid here"),
        PAYMENTS: _("Payments without an invoice"),
        DIFFERENCES: _("Paid more or less than billed"),
    }
    return [
        {"show": show, "label": label, "number": numbers[show], "query": urlencode({**given, "show": show})}
        for show, label in labels.items()
    ]


class _KnownCount(Paginator[Any]):
    """Counts nothing that the sums have counted already."""

    known = 0

    @property
    def count(self) -> int:
        return self.known


def _asked(request: CompanyRequest, company: Company) -> tuple[PaymentsForm, str, Open]:
    """The form as asked, which list, and what it chooses; an invalid choice chooses nothing and says so."""
    form = PaymentsForm(request.GET or {})
    said = request.GET.get("show", INVOICES)
    show = said if said in (PAYMENTS, DIFFERENCES) else INVOICES
    return form, show, _open(company, show, form)


def _open(company: Company, show: str, form: PaymentsForm) -> Open:
    review = Review.objects.current(company) if form.is_valid() else None
    asked = form.conditions() if form.is_valid() else {}
    if show == INVOICES:
        return paying.open_invoices(review, asked)
    return paying.payments_without_invoice(review, asked)


def _totals(show: str, found: Open) -> list[Total]:
    return paying.totals(found, "left" if show == INVOICES else "paid")


def _columns(show: str) -> tuple[Column, ...]:
    """What is exported of each list, in the words of whoever asks."""
    if show == DIFFERENCES:
        return (
            Column(_("Date"), "date"),
            Column(_("Vendor")),
            Column(_("Invoice")),
            Column(_("Billed"), "money"),
            Column(_("Paid, with VAT"), "money"),
            Column(_("Difference"), "money"),
            Column(_("Currency")),
            Column(_("What it is")),
        )
    if show == INVOICES:
        return (
            Column(_("Date"), "date"),
            Column(_("To be paid by"), "date"),
            Column(_("Vendor")),
            Column(_("Invoice")),
            Column(_("Invoice total"), "money"),
            Column(_("Left to pay"), "money"),
            Column(_("Currency")),
            Column(_("File")),
        )
    return (
        Column(_("Date"), "date"),
        Column(_("Vendor")),
        Column(_("What")),
        Column(_("Paid, with VAT"), "money"),
        Column(_("Currency")),
        Column(_("File")),
        Column(_("Place")),
    )


def _invoice_rows(found: QuerySet[OpenInvoice]) -> Iterator[tuple[Any, ...]]:
    for one in found.select_related("paper__source").iterator(2000):
        yield (
            one.issued, one.due, one.vendor_name, one.number, one.whole, one.left, one.currency,
            one.paper.source.name,
        )  # fmt: skip


def _payment_rows(found: QuerySet[SpendLine]) -> Iterator[tuple[Any, ...]]:
    for one in found.select_related("paper__source").iterator(2000):
        yield (
            one.date, one.vendor_name, one.description, one.paid, one.currency, one.paper.source.name, one.place,
        )  # fmt: skip


def _difference_rows(found: Iterable[differing.Differs]) -> Iterator[tuple[Any, ...]]:
    for one in found:
        yield (
            one.day, one.vendor, one.number, one.billed, one.paid, one.off, one.currency,
            str(DIFFERENCE.get(one.why, one.why)),
        )  # fmt: skip


def _export_rows(company: Company, show: str, form: PaymentsForm) -> Iterator[tuple[Any, ...]]:
    review = Review.objects.current(company) if form.is_valid() else None
    said = form.conditions() if form.is_valid() else {}
    if show == DIFFERENCES:
        return _difference_rows(differing.differences(review, said))
    if show == INVOICES:
        return _invoice_rows(paying.open_invoices(review, said))
    return _payment_rows(paying.payments_without_invoice(review, said))


@require_safe
@company_page()
def export(request: CompanyRequest, company: Company, form: str) -> HttpResponseBase:
    """The chosen invoices or payments as CSV (streamed) or XLSX."""
    asked, show, _found = _asked(request, company)
    rows = _export_rows(company, show, asked)
    if form == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            csv_rows(_columns(show), rows), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(
            xlsx(_columns(show), rows, sheet=_("Lines")),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    answer["Content-Disposition"] = f'attachment; filename="pilothouse-{company.slug}-{show}.{form}"'
    return answer


@require_POST
@company_page()
def say(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep that a payment pays an invoice, or does not; figures follow."""
    form = PaymentWordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be kept: choose a payment and an invoice from the list."))
        return redirect(_back(request, company))
    told = paying.say(company, form.said(), by=request.user, today=timezone.localdate())
    if told.kept is None and told.against is None:
        raise Http404
    _tell(request, company, told)
    return redirect(_back(request, company))


def _tell(request: CompanyRequest, company: Company, told: paying.Told) -> None:
    """Say what came of a word."""
    if told.against is not None:
        messages.warning(
            request,
            _("Not kept: meanwhile %(who)s said that “%(payment)s” %(what)s “%(invoice)s”. Look at it first.")
            % {
                "who": told.against.by or _("somebody"),
                "payment": told.against.movement_text,
                "what": _("pays") if told.against.says == Says.PAYS else _("does not pay"),
                "invoice": told.against.invoice_text,
            },
        )
        return
    if told.later:
        queue.look_again(company.pk)
        messages.success(request, _("Noted. With so many papers the figures follow in a minute or two."))
    else:
        messages.success(
            request, _("Noted. The figures follow it, also when these papers are brought again.")
        )


@require_POST
@company_page()
def withdraw(request: CompanyRequest, company: Company, said_id: int) -> HttpResponse:
    """Take a word back; the rules decide again."""
    if not paying.word_exists(company, said_id):
        raise Http404
    told = paying.withdraw(company, said_id, by=request.user, today=timezone.localdate())
    if told.kept is None:
        messages.info(request, _("It was taken back already."))
    else:
        if told.later:
            queue.look_again(company.pk)
        messages.success(request, _("Taken back. What the machine proposes holds again."))
    return redirect(_back(request, company))


def _back(request: CompanyRequest, company: Company) -> str:
    """Where the person came from, if that is here; else the page of payments."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("spend:payments", args=[company.slug])
