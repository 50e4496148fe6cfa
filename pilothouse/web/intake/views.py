"""Bringing papers in, and what became of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Exists, OuterRef, Subquery, When
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.jobs import queue
from pilothouse.records.models import Import, ImportFile, Paper, SourceFile, SpendLine
from pilothouse.services import documents, intake, spend, storing
from pilothouse.services import payments as paying
from pilothouse.web.intake import documents as document_pages

FILES_A_PAGE = 100
IMPORTS_A_PAGE = 50
Outcome = ImportFile.Outcome
ROWS_SHOWN = 20


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(forms.Form):
    """Only draws the field; files are taken from the request as they come, each with its own problem."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Named here and not in the class, where `files` is what the form was sent.
        self.fields["files"] = forms.FileField(widget=ManyFiles({"multiple": True}), required=False)


@company_page()
def imports(request: CompanyRequest, company: Company) -> HttpResponse:
    """What was brought in so far, and where to bring more. POST takes the files.

    Template intake/list.html: page (of Import, with by, review, undone_in), form, may_change.
    """
    form = UploadForm()
    if request.method == "POST":
        brought = [
            intake.Brought(file.name or "", file.file) for file in request.FILES.getlist("files") if file.file
        ]
        if brought:
            batch = intake.receive(company, brought, by=request.user)
            queue.take_in(batch.pk)
            return _to_import(request, company, batch)
        messages.error(
            request, _("No file came along. Choose at least one file, or drag some onto the page.")
        )
    found = Import.objects.of(company).select_related("by", "review", "undone_in").order_by("-pk")
    context = {
        "page": Paginator(found, IMPORTS_A_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "waiting": documents.waiting(company).count(),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "intake/list.html", context)


def _to_import(request: CompanyRequest, company: Company, batch: Import) -> HttpResponse:
    address = reverse("intake:import", args=[company.slug, batch.pk])
    if request.headers.get("Accept") == "application/json":  # the page's own script, which shows progress
        return JsonResponse({"to": address})
    return redirect(address)


@require_safe
@company_page()
def one_import(request: CompanyRequest, company: Company, batch_id: int) -> HttpResponse:
    """What became of each file of one import; progress while it runs (htmx polls the part).

    What could not be used stands first, then what is doubtful; `show` in the address leaves one outcome.
    Template intake/import.html, part intake/_import.html: batch, page (of ImportFile), counts (outcome -> number),
    doubtful, show, may_change.
    """
    batch = _find(company, batch_id)
    files = batch.files.order_by("pk")
    standing = Paper.objects.of(company).standing().filter(source=OuterRef("source")).order_by("pk")
    listed = files.annotate(
        first_paper=Subquery(standing.values("pk")[:1]),
        waits=Exists(documents.waiting(company).filter(source=OuterRef("source"))),
        rank=Case(When(outcome=Outcome.REFUSED, then=0), When(doubts__gt=0, then=1), default=2),
    )
    show = request.GET.get("show", "")
    if show in Outcome.values:
        listed = listed.filter(outcome=show)
    elif show == "doubtful":
        listed = listed.filter(doubts__gt=0)
    context = {
        "batch": batch,
        "page": Paginator(listed.order_by("rank", "pk"), FILES_A_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "doubtful": files.filter(doubts__gt=0).count(),
        "counts": {name: files.filter(outcome=name).count() for name in ImportFile.Outcome.values},
        "papers": sum(files.values_list("papers", flat=True)),
        "may_change": request.membership.may(Role.EDITOR),
    }
    template = "intake/_import.html" if getattr(request, "htmx", False) else "intake/import.html"
    return render(request, template, context)


def _find(company: Company, batch_id: int) -> Import:
    batch: Import = get_object_or_404(
        Import.objects.of(company).select_related("company", "by", "review", "undone_in", "undone_by"),
        pk=batch_id,
    )
    return batch


@company_page(needs=Role.EDITOR)
def undo(request: CompanyRequest, company: Company, batch_id: int) -> HttpResponse:
    """Show what goes; POST undoes it. Template intake/undo.html: batch, goes (services.intake.WhatGoes)."""
    batch = _find(company, batch_id)
    if request.method == "POST":
        if intake.ask_undo(batch, by=request.user):
            queue.take_in(batch.pk)
        else:
            messages.error(request, _("This import is running or undone already. Nothing was changed."))
        return redirect("intake:import", company.slug, batch.pk)
    if not batch.is_seen:
        raise Http404
    return render(request, "intake/undo.html", {"batch": batch, "goes": intake.what_goes(batch)})


@require_POST
@company_page()
def again(request: CompanyRequest, company: Company, batch_id: int) -> HttpResponse:
    """Try a failed import once more."""
    batch = _find(company, batch_id)
    intake.try_again(batch)
    queue.take_in(batch.pk)
    return redirect("intake:import", company.slug, batch.pk)


@require_safe
@company_page()
def paper(request: CompanyRequest, company: Company, paper_id: int) -> HttpResponse:
    """One invoice or statement as read, with its problems and where each line stands.

    Template intake/paper.html: paper, content (the shape of `ask read`), lines (SpendLine of the current review),
    others (papers that prove the same), rows (the first of a ledger or list). A document has a page of its own.
    """
    found = get_object_or_404(Paper.objects.seen(company).select_related("source"), pk=paper_id)
    if found.kind == "document":
        return document_pages.document(request, company, found)
    lines = SpendLine.objects.of(company).filter(review=spend.current(company), paper=found).order_by("pk")
    context = {
        "paper": found,
        "content": found.content,
        "others": documents.others_of(found),
        "rows": storing.first_rows(found, 0, ROWS_SHOWN) if found.kind in ("ledger", "listing") else [],
        "attachments": found.attachments.select_related("file"),
        "page": Paginator(lines, FILES_A_PAGE).get_page(request.GET.get("page")),
        "settled_by": paying.settling(company, found) if found.kind in spend.INVOICES else [],
        "left_open": paying.left_open(company, found),
        "seen": paying.last_word(company),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "intake/paper.html", context)


@require_safe
@company_page(needs=Role.EDITOR)
def original(request: CompanyRequest, company: Company, source_id: int) -> FileResponse:
    """The bytes as they were brought, to save; unmasked, so not for readers and guests."""
    source = get_object_or_404(SourceFile.objects.of(company), pk=source_id)
    try:
        content = source.content.open("rb")
    except OSError as error:
        raise Http404("The bytes of this file are gone from the disk") from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=intake.safe_name(source.name),
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )
