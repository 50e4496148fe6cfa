"""The diagnosis: on screen as it stands now, and as PDF that is kept as it was."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Report
from pilothouse.services import diagnosis


@require_safe
@company_page()
def page(request: CompanyRequest, company: Company) -> HttpResponse:
    """The diagnosis as it stands now.

    Template diagnosis/page.html: diagnosis (services.diagnosis.Outline, or None before the first papers),
    reports (kept ones, newest first), may_change.
    """
    context = {
        "diagnosis": diagnosis.outline_of(
            company, today=timezone.localdate(), language=request.LANGUAGE_CODE
        ),
        "reports": Report.objects.of(company)
        .select_related("by")
        .defer("content")
        .order_by("-created_at")[:50],
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "diagnosis/page.html", context)


@require_POST
@company_page()
def make(request: CompanyRequest, company: Company) -> HttpResponse:
    """Make the PDF of today and keep it."""
    report = diagnosis.keep(
        company, by=request.user, now=timezone.localtime(), language=request.LANGUAGE_CODE
    )
    if report is None:
        messages.error(request, _("There is nothing to report yet. Bring in some papers first."))
        return redirect("diagnosis:page", company.slug)
    return redirect("diagnosis:pdf", company.slug, report.pk)


@require_safe
@company_page()
def pdf(request: CompanyRequest, company: Company, report_id: int) -> FileResponse:
    """A kept diagnosis as PDF."""
    report = get_object_or_404(Report.objects.of(company), pk=report_id)
    try:
        content = report.pdf.open("rb")
    except OSError as error:
        raise Http404("The file of this report is gone from the disk") from error
    name = f"diagnosis-{company.slug}-{report.created_at:%Y-%m-%d}.pdf"
    return FileResponse(content, filename=name, content_type="application/pdf")


@require_safe
@company_page()
def as_json(request: CompanyRequest, company: Company, report_id: int) -> JsonResponse:
    """A kept diagnosis in the public JSON shape."""
    report = get_object_or_404(Report.objects.of(company), pk=report_id)
    return JsonResponse(report.content)
