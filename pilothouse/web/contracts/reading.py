"""Papers of a contract beside what was read in them: one key to confirm, correct or reject."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.contracts.reading.corrected import as_understood
from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.records.models import ContractDocument, ContractTerm
from pilothouse.services import contract_papers
from pilothouse.services.documents import documents
from pilothouse.web.contracts.forms import TermForm, VersionForm
from pilothouse.web.contracts.views import find
from pilothouse.web.contracts.words import TERM_NAMES, parts_of, shown_value

AROUND = 3000  # letters before and after a term that are shown of a paper without pages
PAPERS_TO_CHOOSE = 200


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the text; `term` is the one it belongs to, `is_now` that the person is asked of it."""

    text: str
    term: ContractTerm | None = None
    is_now: bool = False


@require_safe
@company_page(needs=Role.EDITOR)
def reading(
    request: CompanyRequest, company: Company, contract_id: int, contract_document_id: int
) -> HttpResponse:
    """A paper of a contract, marked, beside what was read."""
    document = _find_document(company, contract_id, contract_document_id)
    return _show(request, company, document, request.GET.get("term", ""))


def _show(
    request: CompanyRequest,
    company: Company,
    document: ContractDocument,
    asked: str,
    form: TermForm | None = None,
) -> HttpResponse:
    """The page of a paper, at the term that is asked for; with `form`, what is wrong in it.

    Template contracts/reading.html: contract, document, parts (title, terms), now (ContractTerm or None), form, pieces,
    page, pages, left (number of unconfirmed), problem.
    """
    contract = find(company, document.contract_id)
    rows = list(ContractTerm.objects.of(company).filter(document=document).select_related("by"))
    now = _now(rows, asked)
    text, problem = contract_papers.text_of(document.source)
    page = _page(text, now, request.GET.get("page", ""))
    context: dict[str, Any] = {
        "contract": contract,
        "document": document,
        "parts": list(parts_of(rows)),
        "now": now,
        "name": TERM_NAMES.get(now.term, now.term) if now else "",
        "form": form or TermForm(initial={"value": _as_people_write(now) if now else ""}),
        "pieces": list(_pieces(text, rows, now, page)) if text is not None else [],
        "page": page,
        "pages": len(text.pages) if text is not None else 0,
        "left": sum(row.said_at is None for row in rows),
        "problem": problem,
        "may_change": True,
    }
    return render(request, "contracts/reading.html", context, status=200 if form is None else 422)


def _find_document(company: Company, contract_id: int, document_id: int) -> ContractDocument:
    found: ContractDocument = get_object_or_404(
        ContractDocument.objects.of(company).select_related("source", "contract", "contract__company"),
        pk=document_id,
        contract_id=contract_id,
    )
    return found


def _now(rows: list[ContractTerm], asked: str) -> ContractTerm | None:
    """The term that is asked for, else the first that nobody spoke of, in the order of the parts."""
    if asked.isascii() and asked.isdigit():
        return next((row for row in rows if row.pk == int(asked)), None)
    ordered = [row for _title, found in parts_of(rows) for _name, row in found]
    return next((row for row in ordered if row.said_at is None), None)


def _as_people_write(row: ContractTerm) -> str:
    """What holds, in words where those are understood as the same."""
    words = shown_value(row.holds)
    return words if as_understood(row.term, words) == row.holds else str(row.holds)


def _page(text: ContractText | None, now: ContractTerm | None, asked: str) -> int:
    """The page that is shown, counted from 1."""
    last = len(text.pages) if text is not None else 0
    if asked.isascii() and asked.isdigit():
        return min(max(int(asked), 1), max(last, 1))
    return (now.page if now is not None else None) or 1


def _pieces(
    text: ContractText, rows: list[ContractTerm], now: ContractTerm | None, page: int
) -> Iterator[Piece]:
    """The shown part of the text, cut where terms begin and end."""
    first, last = _window(text, now, page)
    at = first
    inside = sorted((row for row in rows if row.start < last and row.end > first), key=lambda row: row.start)
    if now is not None and now in inside:  # what is asked of is marked whole, others around it
        inside = [row for row in inside if row == now or row.end <= now.start or row.start >= now.end]
    for row in inside:
        begin, end = max(row.start, at), min(row.end, last)
        if begin >= end:
            continue
        yield Piece(text.text[at:begin])
        yield Piece(text.text[begin:end], row, is_now=row == now)
        at = end
    yield Piece(text.text[at:last])


def _window(text: ContractText, now: ContractTerm | None, page: int) -> tuple[int, int]:
    if text.pages:
        ends = (*text.pages[1:], len(text.text))
        shown = min(page, len(text.pages)) - 1
        return text.pages[shown], ends[shown]
    middle = now.start if now is not None else 0
    return max(0, middle - AROUND), min(len(text.text), middle + 2 * AROUND)


@require_POST
@company_page()
def say_term(
    request: CompanyRequest, company: Company, contract_id: int, contract_term_id: int
) -> HttpResponse:
    """Confirm, correct or reject a term, or take that back; on to the next. The page again where it cannot be kept."""
    row: ContractTerm = get_object_or_404(
        ContractTerm.objects.of(company).select_related("contract", "contract__company", "document__source"),
        pk=contract_term_id,
        contract_id=contract_id,
    )
    today = timezone.localdate()
    form = TermForm(request.POST, row=row)
    says = request.POST.get("says", "")
    if says == "undo":
        contract_papers.unsay(row, by=request.user, today=today)
        return redirect(f"{_address(company, row)}?term={row.pk}")
    if not form.is_valid():
        return _show(request, company, row.document, str(row.pk), form)
    contract_papers.say(row, form.answer(row), by=request.user, today=today)
    return redirect(_address(company, row) + "#now")


def _address(company: Company, row: ContractTerm) -> str:
    return reverse("contracts:reading", args=[company.slug, row.contract_id, row.document_id])


@company_page(needs=Role.EDITOR)
def add_version(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """Put one more paper to a contract. Template contracts/version.html: contract, form, papers."""
    contract = find(company, contract_id)
    papers = documents(company).order_by("-pk")
    form = VersionForm(request.POST or None, papers=papers[:PAPERS_TO_CHOOSE])
    if request.method == "POST" and form.is_valid():
        document = contract_papers.add_version(
            contract,
            papers.get(pk=form.cleaned_data["paper"]).source,
            note=form.cleaned_data["note"],
            by=request.user,
            today=timezone.localdate(),
        )
        messages.success(request, _("It is read. Compare what it says with what you know."))
        return redirect("contracts:reading", company.slug, contract.pk, document.pk)
    context = {"contract": contract, "form": form}
    return render(request, "contracts/version.html", context, status=422 if form.is_bound else 200)


@require_POST
@company_page()
def take_up(request: CompanyRequest, company: Company, document_id: int) -> HttpResponse:
    """Make a contract of a paper that did not seem to be one."""
    paper = get_object_or_404(documents(company), pk=document_id)
    known = ContractDocument.objects.of(company).filter(source=paper.source).first()
    document = known or contract_papers.take_up(
        company, paper.source, title=paper.source.name[:300], by=request.user, today=timezone.localdate()
    )
    return redirect("contracts:contract", company.slug, document.contract_id)
