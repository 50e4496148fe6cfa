"""What do we pay for: overview, lines, vendors, proofs and people's decisions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Review, SpendDecision, SpendLine
from pilothouse.reporting.diagnosis import Column
from pilothouse.reporting.xlsx import csv_rows, xlsx
from pilothouse.services import decisions, diagnosis, spend
from pilothouse.services import lines as chosen
from pilothouse.services import payments as paying
from pilothouse.services.answers import purpose_name
from pilothouse.services.consolidated import spreading_changes
from pilothouse.services.excerpts import excerpt
from pilothouse.services.vendors import dearest_names, look_alikes, vendor_page, vendor_rows, words_on
from pilothouse.web.spend.forms import DecisionForm, LinesForm
from pilothouse.web.templatetags.pilothouse import said_in_words

LINES_A_PAGE = 100
VENDORS_A_PAGE = 100
PROOF_LINES = 12
MOST_PARTS = 2000  # lines whose parts are added up for a proof; of more, their whole costs are told


class CountedPaginator(Paginator[SpendLine]):
    """Counts no further than the limit: of a million lines nobody turns to page nine thousand."""

    @cached_property
    def counted(self) -> chosen.Counted:
        return chosen.count_up_to(self.object_list)  # type: ignore[arg-type]  # always a QuerySet here

    @cached_property
    def count(self) -> int:
        return self.counted.number


@require_safe
@company_page()
def overview(request: CompanyRequest, company: Company) -> HttpResponse:
    """What IT costs, where it goes, what is unsure.

    Template spend/overview.html: overview (services.spend.Overview or None), chapter (reporting's Chapter of the same
    figures: title, answer, charts, tables, findings, next_step; pictures come from the address spend:chart),
    can_spread (whether anything is paid for in other months than those of its paper).
    """
    found = spend.overview(company, today=timezone.localdate())
    chapter = diagnosis.spend_chapter(company, found, language=request.LANGUAGE_CODE) if found else None
    can_spread = found is not None and spreading_changes(found.review)
    context = {"overview": found, "chapter": chapter, "can_spread": can_spread}
    return render(request, "spend/overview.html", context)


@require_safe
@company_page()
def chart(request: CompanyRequest, company: Company, key: str) -> HttpResponse:
    """One chart of the overview as SVG: `mode` light or dark, `size` wide or narrow."""
    found = spend.overview(company, today=timezone.localdate())
    if found is None:
        raise Http404
    drawn = diagnosis.draw(
        company,
        found,
        key,
        language=request.LANGUAGE_CODE,
        mode="dark" if request.GET.get("mode") == "dark" else "light",
        narrow=request.GET.get("size") == "narrow",
    )
    if drawn is None:
        raise Http404
    return HttpResponse(
        drawn, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=300"}
    )


@require_safe
@company_page()
def lines(request: CompanyRequest, company: Company) -> HttpResponse:
    """The lines of all sources, chosen and ordered.

    Template spend/lines.html, part spend/_lines.html: form, page (of SpendLine), counted (number, more),
    sums (currency, number, cost; None where there are too many lines to sum), query (for the exports), vendor_name.
    """
    form, found = _chosen(request, company)
    paginator = CountedPaginator(found, LINES_A_PAGE)
    context = {
        "form": form,
        "page": paginator.get_page(request.GET.get("page")),
        "counted": paginator.counted,
        "sums": None if paginator.counted.more else chosen.sums_of(found),
        "query": urlencode([(name, value) for name, value in request.GET.items() if name != "page"]),
        "narrowed": bool(form.is_valid() and form.conditions()),
    }
    template = "spend/_lines.html" if getattr(request, "htmx", False) else "spend/lines.html"
    return render(request, template, context)


def _chosen(request: CompanyRequest, company: Company) -> tuple[LinesForm, QuerySet[SpendLine]]:
    """The form as asked and the lines it chooses; an invalid choice chooses nothing and says so in the form."""
    form = LinesForm(request.GET or {})
    review = Review.objects.current(company)
    if not form.is_valid():
        return form, SpendLine.objects.none()
    return form, chosen.lines_where(review, form.conditions(), order=form.cleaned_data.get("order") or "date")


EXPORTED = (
    Column(_("Date"), "date"),
    Column(_("Vendor")),
    Column(_("What")),
    Column(_("Cost without VAT"), "money"),
    Column(_("Currency")),
    Column(_("IT")),
    Column(_("Bought for")),
    Column(_("Counted")),
    Column(_("File")),
    Column(_("Place")),
    Column(_("Paid with VAT"), "money"),
    Column(_("Category")),
    Column(_("Department")),
    Column(_("Run or change")),
    Column(_("Investment")),
    Column(_("Pays for days from"), "date"),
    Column(_("to"), "date"),
)


def exported(found: QuerySet[SpendLine]) -> Iterator[tuple[Any, ...]]:
    """Lines as rows of an export."""
    for line in found.select_related("paper__source").iterator(2000):
        yield (
            line.date, line.vendor_name, line.description, line.cost, line.currency, line.it,
            purpose_name(line.purpose), line.counting, line.paper.source.name, line.place, line.paid,
            line.category, line.department, line.run_or_change, _("yes") if line.capital else "", line.service_from,
            line.service_to,
        )  # fmt: skip


@require_safe
@company_page()
def export(request: CompanyRequest, company: Company, form: str) -> HttpResponseBase:
    """The chosen lines as CSV (streamed) or XLSX."""
    _form, found = _chosen(request, company)
    name = f"pilothouse-{company.slug}-lines"
    if form == "csv":
        answer: HttpResponse | StreamingHttpResponse = StreamingHttpResponse(
            csv_rows(EXPORTED, exported(found)), content_type="text/csv; charset=utf-8"
        )
    else:
        answer = HttpResponse(
            xlsx(EXPORTED, exported(found), sheet=_("Lines")),
            content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


@require_safe
@company_page()
def line(request: CompanyRequest, company: Company, line_key: str) -> HttpResponse:
    """One line with its proof: where it stands, why it counts, why it is IT; and the way to say otherwise.

    Template spend/line.html: line, excerpt (services.spend.Excerpt: numbered lines of the file, or None), form,
    departments (those in use),
    settled_by (payments of the invoice), decision (the one that holds, or None), may_change.
    """
    found = get_object_or_404(
        chosen.current_lines(company).select_related("paper__source", "settles"),
        key=SpendLine.key_of(line_key),
    )
    decision = decisions.decision_on(found)
    context = {
        "line": found,
        "excerpt": excerpt(found),
        "form": _decision_form(found, decision, of_line=True),
        "departments": decisions.departments_in_use(company),
        "settled_by": paying.settling(company, found.paper) if found.kind == "invoice" else [],
        "seen": paying.last_word(company),
        "decision": decision,
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "spend/line.html", context)


def _decision_form(line: SpendLine, decision: SpendDecision | None, *, of_line: bool) -> DecisionForm:
    """What was said last, else what the machine would say of a line."""
    initial = {
        "vendor": line.vendor_key,
        "line_print": line.line_print if of_line else "",
        "is_it": "yes" if line.would_say else "no",
        "purpose": line.purpose,
        "department": line.department,
    }
    if decision is not None:
        initial |= {
            "is_it": "yes" if decision.is_it else "no",
            "purpose": decision.purpose,
            "department": decision.department,
            "run_or_change": decision.run_or_change,
            "capital": "" if decision.capital is None else "yes" if decision.capital else "no",
        }
    return DecisionForm(initial=initial)


@require_safe
@company_page()
def proof(request: CompanyRequest, company: Company) -> HttpResponse:
    """What a figure is made of: the conditions in the address, their sum and first lines; a side panel by htmx.

    Template spend/proof.html, part spend/_proof.html: lines (the first), counted, sums, query,
    said (conditions in words).
    """
    form, found = _chosen(request, company)
    given = form.cleaned_data
    with_vat = given.get("vat") == "with"
    first, last = given.get("served_from"), given.get("served_to")
    spread = bool(first and last)
    between = (first or date.min, last or date.max)
    counted = chosen.count_up_to(found)
    shown = found.select_related("paper__source")[:PROOF_LINES]
    context = {
        "form": form,
        "lines": [
            (line, chosen.part_in(line, *between, with_vat=with_vat) if spread else None) for line in shown
        ],
        "counted": counted,
        "sums": chosen.sums_of(found, with_vat=with_vat),
        "with_vat": with_vat,
        "spread": spread,
        "query": request.GET.urlencode(),
        "said": _said(form),
    }
    if spread and counted.number <= MOST_PARTS and not counted.more:
        context["sums"] = _sums_of_parts(found, *between, with_vat=with_vat)
    template = "spend/_proof.html" if getattr(request, "htmx", False) else "spend/proof.html"
    return render(request, template, context)


def _sums_of_parts(
    found: QuerySet[SpendLine], first: date, last: date, *, with_vat: bool
) -> list[tuple[str, int, Decimal]]:
    """Currency, number of lines, and the sum of their parts that fall in these months."""
    sums: dict[str, list[Decimal]] = defaultdict(list)
    for line in found.filter(counting="counts").iterator(2000):
        sums[line.currency].append(chosen.part_in(line, first, last, with_vat=with_vat))
    return [(currency, len(parts), sum(parts, Decimal(0))) for currency, parts in sorted(sums.items())]


def _said(form: LinesForm) -> list[tuple[str, str]]:
    """The conditions in words: label and value."""
    told = []
    for name, value in form.conditions().items() if form.is_valid() else ():
        field = form.fields[name]
        choices = dict(getattr(field, "choices", ()))
        told.append((str(field.label or name), str(choices.get(value, value))))
    return told


@require_safe
@company_page()
def vendors(request: CompanyRequest, company: Company) -> HttpResponse:
    """Everybody who was paid in the period, most money first.

    Template spend/vendors.html: page (of services.spend.VendorRow: key, name, cost, lines, it), overview.
    """
    found = spend.overview(company, today=timezone.localdate())
    rows = vendor_rows(company, found)
    page: Page[Any] = Paginator(rows, VENDORS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "overview": found, "alike": len(look_alikes(company))}
    return render(request, "spend/vendors.html", context)


@require_safe
@company_page()
def vendor(request: CompanyRequest, company: Company, vendor_key: str) -> HttpResponse:
    """One vendor: what it costs by month, what for, its lines, what was decided.

    Template spend/vendor.html: vendor (services.spend.VendorPage: key, name, it, totals, months, purposes),
    page (of SpendLine), counted, form (DecisionForm), decisions (history), may_change.
    """
    found = chosen.lines_where(Review.objects.current(company), {"vendor": vendor_key})
    first = found.first()
    if first is None:
        raise Http404
    paginator = CountedPaginator(found, LINES_A_PAGE)
    history = (
        SpendDecision.objects.of(company).filter(vendor_key=vendor_key).select_related("by").order_by("-pk")
    )
    context = {
        "vendor": vendor_page(company, vendor_key),
        "page": paginator.get_page(request.GET.get("page")),
        "counted": paginator.counted,
        "form": _decision_form(
            found.filter(counting="counts").first() or first,  # what does not count, nobody has recognised
            decisions.latest_on_vendor(company, vendor_key),
            of_line=False,
        ),
        "departments": decisions.departments_in_use(company),
        "decisions": history,
        "may_change": request.membership.may(Role.EDITOR),
        "words": words_on(company, vendor_key),
        "names": dearest_names(company, vendor_key) if request.membership.may(Role.EDITOR) else (),
    }
    return render(request, "spend/vendor.html", context)


@require_POST
@company_page()
def decide(request: CompanyRequest, company: Company) -> HttpResponse:
    """Keep what a person says of a vendor or line; figures follow at once."""
    form = DecisionForm(request.POST)
    if form.is_valid():
        decided = decisions.decide(company, form.said(), by=request.user)
        if decided.kept is None and decided.against is None:
            raise Http404
        tell(request, decided)
    else:
        messages.error(request, _("That could not be kept: choose yes or no, and a purpose from the list."))
    return redirect(back_to(request, company))


def tell(request: CompanyRequest, decided: decisions.Decided) -> None:
    """Say what came of a decision: also what it contradicts."""
    against, before = decided.against, decided.instead_of
    if against is not None:
        messages.warning(
            request,
            _(
                "Not kept: meanwhile %(who)s said “%(what)s”. Look at it, and say it again if you see it otherwise."
            )
            % {"who": against.by or _("somebody"), "what": said_in_words(against)},
        )
    elif before is not None:
        messages.success(
            request,
            _("Noted. It holds instead of “%(what)s”, which %(who)s said on %(day)s.")
            % {
                "what": said_in_words(before),
                "who": before.by or _("somebody"),
                "day": date_format(timezone.localdate(before.created_at)),
            },
        )
    else:
        messages.success(request, _("Noted. It holds for all such lines, and for those to come."))


@require_POST
@company_page()
def withdraw(request: CompanyRequest, company: Company, decision_id: int) -> HttpResponse:
    """Take a decision back; the machine's proposal holds again."""
    decision = get_object_or_404(SpendDecision.objects.of(company), pk=decision_id)
    if decisions.withdraw(decision, by=request.user):
        messages.success(request, _("Taken back. What the machine proposes holds again."))
    else:
        messages.info(request, _("It was taken back already."))
    return redirect(back_to(request, company))


def back_to(request: CompanyRequest, company: Company) -> str:
    """Where the person came from, if that is here; else the overview."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        return back
    return reverse("spend:overview", args=[company.slug])
