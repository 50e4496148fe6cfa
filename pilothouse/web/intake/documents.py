"""Documents that wait for a person: the list of them, the picture of a page, and what the person says."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Attachment, HandReading, Paper, SpendLine
from pilothouse.services import documents, intake, spend
from pilothouse.web.intake.forms import FiguresForm

DOCUMENTS_A_PAGE = 50
PICTURE_WIDTH = 1100  # pixels: sharp on a laptop, light on a phone


@require_safe
@company_page()
def waiting(request: CompanyRequest, company: Company) -> HttpResponse:
    """Documents nobody has said anything of yet. Template intake/waiting.html: page (of Paper), may_change."""
    found = Paginator(documents.waiting(company), DOCUMENTS_A_PAGE)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "intake/waiting.html", context)


def document(
    request: CompanyRequest, company: Company, paper: Paper, form: FiguresForm | None = None
) -> HttpResponse:
    """One document beside what is to be said of it.

    Template intake/document.html: paper, form, read (which fields were proposed), reading (what holds), page_number,
    others (papers that prove the same), candidates (payments), may_change.
    """
    proposed = proposal_of(paper)
    context: dict[str, Any] = {
        "paper": paper,
        "form": form or FiguresForm(initial=proposed),
        "read": [name for name, value in proposed.items() if value and name != "currency"],
        "reading": documents.reading_of(paper),
        "page_number": _page_number(request, paper),
        "others": documents.others_of(paper),
        "candidates": documents.payments_for(paper),
        "line": _line_said(company, paper),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "intake/document.html", context, status=422 if form is not None else 200)


def proposal_of(paper: Paper) -> dict[str, Any]:
    """What was read from the words of the document, as a start for the form."""
    read = paper.content["reads"]
    return {
        "seller": read["seller"] or "",
        "seller_id": read["seller_id"] or "",
        "number": read["number"] or "",
        "issue_date": read["issue_date"],
        "net": read["net"],
        "vat": read["vat"],
        "gross": read["gross"],
        "currency": read["currency"] or paper.company.currency,
    }


def _page_number(request: CompanyRequest, paper: Paper) -> int:
    asked = request.GET.get("page", "1")
    last = paper.content["pages"] or 1
    return min(max(int(asked), 1), last) if asked.isascii() and asked.isdigit() else 1


def _line_said(company: Company, paper: Paper) -> SpendLine | None:
    reading = documents.reading_of(paper)
    if reading is None or not reading.line_key:
        return None
    lines = SpendLine.objects.of(company).filter(review=spend.current(company), key=reading.line_key)
    found: SpendLine | None = lines.first()
    return found


def _find(company: Company, document_id: int) -> Paper:
    found: Paper = get_object_or_404(documents.documents(company), pk=document_id)
    return found


@require_POST
@company_page()
def say(request: CompanyRequest, company: Company, document_id: int) -> HttpResponse:
    """Keep the figures, the payment or the word that it is no cost. The document's page again where it cannot be."""
    paper = _find(company, document_id)
    says = request.POST.get("says", "")
    if says == HandReading.Says.FIGURES:
        form = FiguresForm(request.POST, instance=HandReading(company=company, file=paper.source, says=says))
        if not form.is_valid():
            return document(request, company, paper, form)
        reading = form.save(commit=False)
    elif says == HandReading.Says.PAYMENT:
        wanted = SpendLine.key_of(request.POST.get("line", ""))
        line = (
            SpendLine.objects.of(company)
            .filter(review=spend.current(company), kind="bank", key=wanted)
            .first()
        )
        if line is None:
            raise Http404
        reading = HandReading(says=says, line_key=line.key, seller=line.vendor_name)
    elif says == HandReading.Says.NO_COST:
        reading = HandReading(says=says)
    else:
        messages.error(request, _("Say what the document is: its figures, its payment, or no cost."))
        return redirect("intake:paper", company.slug, paper.pk)
    documents.say(paper, reading, by=request.user, today=timezone.localdate())
    messages.success(request, _("Noted. The figures follow."))
    return redirect("intake:paper", company.slug, paper.pk)


@require_POST
@company_page()
def unsay(request: CompanyRequest, company: Company, document_id: int) -> HttpResponse:
    """Take back what was said of a document; it waits again."""
    paper = _find(company, document_id)
    if documents.take_back(paper, today=timezone.localdate()):
        messages.success(request, _("Taken back. The document waits for its figures again."))
    return redirect("intake:paper", company.slug, paper.pk)


@require_safe
@company_page(needs=Role.EDITOR)
def picture(request: CompanyRequest, company: Company, document_id: int, number: int) -> HttpResponse:
    """One page as a picture; as on the paper, so natural persons are not masked on it."""
    paper = _find(company, document_id)
    if paper.content["mime"] != "application/pdf" or not 1 <= number <= (paper.content["pages"] or 0):
        raise Http404
    from pilothouse.intake.documents import page_picture  # loads the PDF library, which no other page needs

    try:
        with paper.source.content.open("rb") as content:
            drawn = page_picture(content.read(), number, width=PICTURE_WIDTH)
    except OSError as error:
        raise Http404("The bytes of this file are gone from the disk") from error
    if drawn is None:
        raise Http404
    answer = HttpResponse(drawn, content_type="image/png")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_safe
@company_page(needs=Role.EDITOR)
def attachment(request: CompanyRequest, company: Company, attachment_id: int) -> FileResponse:
    """A file that came inside an invoice, to save."""
    found = get_object_or_404(Attachment.objects.of(company).select_related("file"), pk=attachment_id)
    try:
        content = found.file.content.open("rb")
    except OSError as error:
        raise Http404("The bytes of this file are gone from the disk") from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=intake.safe_name(found.name),
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
