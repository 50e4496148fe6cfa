"""What the columns of a table mean: shown with reasons and the first lines, corrected by a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.intake.ledgers import ColumnSeen
from pilothouse.jobs import queue
from pilothouse.records.models import SourceFile
from pilothouse.services import columns

KEEP = "keep"


@dataclass(frozen=True, slots=True)
class Asked:
    """One column on the page: what it seems to mean, and the name of its field."""

    name: str
    seen: ColumnSeen


@company_page()
def mapping(request: CompanyRequest, company: Company, source_id: int) -> HttpResponse:
    """How the columns of a table are understood. POST shows it with other meanings, or keeps them.

    Template intake/columns.html: source, tables (kind of table -> words), understood (services.columns.Understood),
    asked (of Asked), choices (meaning -> words), told (what is remembered), may_change.
    """
    source = get_object_or_404(SourceFile.objects.of(company), pk=source_id)
    data = _bytes_of(source)
    table = _table(request, source)
    said = _said(request, columns.understood(data, table)) if request.method == "POST" else None
    found = columns.understood(data, table, said)
    if request.method == "POST" and request.POST.get("do") == KEEP and said is not None:
        if found.rows:
            told = columns.Told(found.headers, table, said)
            batch = columns.remember(source, told, by=request.user)
            queue.take_in(batch.pk)
            messages.success(request, _("Kept. Files with these columns are read so from now on."))
            return redirect("intake:import", company.slug, batch.pk)
        messages.error(request, _("Nothing was kept: with these meanings no line could be read. See below."))
    context: dict[str, Any] = {
        "source": source,
        "tables": _tables(),
        "understood": found,
        "asked": [Asked(f"column-{number}", seen) for number, seen in enumerate(found.columns)],
        "choices": columns.meanings_of(table),
        "told": columns.remembered(company, found.headers),
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "intake/columns.html", context)


def _bytes_of(source: SourceFile) -> bytes:
    try:
        with source.content.open("rb") as content:
            found: bytes = content.read()
    except OSError as error:
        raise Http404("The bytes of this file are gone from the disk") from error
    return found


def _tables() -> dict[str, str]:
    return {
        "ledger": _("a ledger, or a list of what was paid"),
        "card": _("a card statement"),
        "users": _("a list of people with an account"),
        "licences": _("a list of licences"),
        "devices": _("a list of devices"),
        "mfa": _("a list of how people sign in"),
        "contracts": _("a list of contracts"),
    }


def _table(request: CompanyRequest, source: SourceFile) -> str:
    asked = request.POST.get("table", "")
    return asked if asked in columns.TABLES else columns.table_of(source)


def _said(request: CompanyRequest, seen: columns.Understood) -> Mapping[str, str] | None:
    """What the person says each column means; None where they only chose another kind of table."""
    if request.POST.get("table") != request.POST.get("table-before"):
        return None
    known = columns.meanings_of(seen.table)
    given = {one.column.header: request.POST.get(f"column-{n}", "") for n, one in enumerate(seen.columns)}
    return {header: meaning for header, meaning in given.items() if header and meaning in known}
