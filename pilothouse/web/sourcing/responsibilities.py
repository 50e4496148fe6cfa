"""Who does what, and who answers for it?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.engine.sourcing.responsibilities import COLUMNS
from pilothouse.knowledge.sourcing_words import sourcing_words
from pilothouse.records.models import MatrixSignature, ProfileVersion, ResponsibilityMatrix
from pilothouse.reporting.responsibilities import MatrixPaper, responsibilities_pdf
from pilothouse.services import responsibilities as duties_of
from pilothouse.services.responsibilities import CHOICES, FAULTS, Settled, ShownMatrix, SomebodyWasFaster

COLUMN_NAMES: dict[str, str | Promise] = {
    "owner": gettext_lazy("Owner"),
    "internal_it": gettext_lazy("Own IT"),
    "provider": gettext_lazy("Provider"),
    "adviser": gettext_lazy("Adviser"),
    "vendors": gettext_lazy("Other vendors"),
}
VERDICTS: dict[str, str | Promise] = {
    "keep": gettext_lazy("keep"),
    "share": gettext_lazy("share"),
    "outsource": gettext_lazy("outsource"),
}
VERSIONS_SHOWN = 20


class SignatureForm(forms.ModelForm[MatrixSignature]):
    """Who signed, for which side and when."""

    class Meta:
        model = MatrixSignature
        fields = ("side", "name", "role", "signed_on")
        widgets = {"signed_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d")}


@require_safe
@company_page()
def responsibilities(request: CompanyRequest, company: Company) -> HttpResponse:
    """Template sourcing/responsibilities.html: matrix (services.responsibilities.ShownMatrix), columns (key, name,
    who), faults (duty, words), versions, changes, form (to sign), model, may_change.
    """
    return _page(request, company, duties_of.newest(company))


@require_safe
@company_page()
def version(request: CompanyRequest, company: Company, matrix_id: int) -> HttpResponse:
    """One version, as it was kept; the same template."""
    return _page(request, company, _find(company, matrix_id))


def _find(company: Company, matrix_id: int) -> ResponsibilityMatrix:
    found: ResponsibilityMatrix = get_object_or_404(ResponsibilityMatrix.objects.of(company), pk=matrix_id)
    return found


def _page(
    request: CompanyRequest, company: Company, found: ResponsibilityMatrix | None, **more: Any
) -> HttpResponse:
    today = timezone.localdate()
    matrix = duties_of.show(company, found, today=today)
    listed = ResponsibilityMatrix.objects.of(company).select_related("by").order_by("-number")
    versions = list(listed.prefetch_related("signatures")[:VERSIONS_SHOWN])
    before = next((each for each in versions if found and each.number == found.number - 1), None)
    context = {
        "matrix": matrix,
        "columns": _columns(matrix),
        "faults": _faults(matrix),
        "verdicts": VERDICTS,
        "versions": versions,
        "newest": versions[0] if versions else None,
        "changes": [
            (duty, COLUMN_NAMES[column], was, is_now)
            for duty, column, was, is_now in (
                duties_of.differences(before, found) if before and found else []
            )
        ],
        "signatures": list(found.signatures.all()) if found else [],
        "form": SignatureForm(initial={"signed_on": today}),
        "model": sourcing_words().models[matrix.model],
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "sourcing/responsibilities.html", context | more)


def _columns(matrix: ShownMatrix) -> list[tuple[str, str | Promise, str]]:
    return [(column, COLUMN_NAMES[column], matrix.names.get(column, "")) for column in COLUMNS]


def _faults(matrix: ShownMatrix) -> list[tuple[str, str | Promise]]:
    return [(row.judged.duty.name, FAULTS[fault.rule]) for row in matrix.rows for fault in row.faults]


@company_page(needs=Role.EDITOR)
def edit(request: CompanyRequest, company: Company) -> HttpResponse:
    """Change the letters; saving keeps a new version.

    Template sourcing/responsibilities_edit.html: rows, columns, model, models, note, base, choices, newest,
    somebody_was_faster.
    """
    newest = duties_of.newest(company)
    matrix = duties_of.show(company, newest, today=timezone.localdate())
    typed = _typed(request, matrix) if request.method == "POST" else None
    if typed is not None:
        try:
            settled = Settled(typed["model"], typed["rows"], typed["names"], typed["note"])
            kept = duties_of.keep(company, settled, base=typed["base"], by=request.user)
        except SomebodyWasFaster:
            typed["somebody_was_faster"] = True
        else:
            messages.success(request, _("Kept as version %(number)s.") % {"number": kept.number})
            return redirect("sourcing:responsibilities", company.slug)
    return render(request, "sourcing/responsibilities_edit.html", _editing(matrix, newest, typed))


def _typed(request: CompanyRequest, matrix: ShownMatrix) -> dict[str, Any]:
    """What was typed, as far as it can be: a letter nobody knows counts as empty."""
    posted = request.POST
    rows = {}
    for row in matrix.rows:
        key = row.judged.duty.key
        given = {column: posted.get(f"{key}.{column}", "") for column in COLUMNS}
        rows[key] = {column: value if duties_of.are_letters(value) else "" for column, value in given.items()}
    models = ProfileVersion.DeliveryModel.values
    base = posted.get("base", "")
    return {
        "model": posted.get("model") if posted.get("model") in models else matrix.model,
        "rows": rows,
        "names": {column: posted.get(f"name.{column}", "").strip()[:200] for column in COLUMNS},
        "note": posted.get("note", "").strip()[:500],
        "base": int(base) if base.isdecimal() and len(base) < 9 else -1,
        "somebody_was_faster": False,
    }


def _editing(
    matrix: ShownMatrix, newest: ResponsibilityMatrix | None, typed: dict[str, Any] | None
) -> dict[str, Any]:
    rows = typed["rows"] if typed else {row.judged.duty.key: dict(row.letters) for row in matrix.rows}
    names = typed["names"] if typed else matrix.names
    words = sourcing_words().models
    return {
        "rows": [
            (
                row.judged,
                [
                    (
                        column,
                        f"{row.judged.duty.key}.{column}",
                        COLUMN_NAMES[column],
                        rows[row.judged.duty.key].get(column, ""),
                    )
                    for column in COLUMNS
                ],
            )
            for row in matrix.rows
        ],
        "columns": [(column, COLUMN_NAMES[column], names.get(column, "")) for column in COLUMNS],
        "verdicts": VERDICTS,
        "choices": CHOICES,
        "model": typed["model"] if typed else matrix.model,
        "models": list(words.items()),
        "note": typed["note"] if typed else "",
        "base": newest.number if newest else 0,
        "newest": newest,
        "somebody_was_faster": bool(typed and typed["somebody_was_faster"]),
    }


@require_POST
@company_page(needs=Role.EDITOR)
def take(request: CompanyRequest, company: Company) -> HttpResponse:
    """Take the draft over as a new version, for the model that was chosen."""
    chosen = request.POST.get("model", "")
    newest = duties_of.newest(company)
    if chosen not in ProfileVersion.DeliveryModel.values:
        messages.error(request, _("Choose one of the seven models first."))
        return redirect("sourcing:responsibilities", company.slug)
    try:
        rows = duties_of.drafted_for(company, chosen)
        names = newest.names if newest else {}
        base = newest.number if newest else 0
        settled = Settled(chosen, rows, names, _("Drafted"))
        kept = duties_of.keep(company, settled, base=base, by=request.user)
    except SomebodyWasFaster:
        messages.error(request, _("Somebody kept a version at the same moment. Look at it first."))
    else:
        messages.success(
            request,
            _("Kept as version %(number)s. Change what is different with you.") % {"number": kept.number},
        )
    return redirect("sourcing:responsibilities", company.slug)


@require_POST
@company_page(needs=Role.EDITOR)
def sign(request: CompanyRequest, company: Company, matrix_id: int) -> HttpResponse:
    """Note a signature under a version."""
    found = _find(company, matrix_id)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        return _page(request, company, found, form=form)
    given = form.cleaned_data
    signed = duties_of.sign(
        found, given["side"], given["name"], given["role"], given["signed_on"], by=request.user
    )
    if signed is None:
        messages.error(request, _("That side has signed this version already."))
    else:
        messages.success(request, _("Noted. A signed version stays as it is; a change makes a new one."))
    return redirect("sourcing:responsibilities_version", company.slug, matrix_id)


@require_safe
@company_page()
def paper(request: CompanyRequest, company: Company, matrix_id: int) -> HttpResponse:
    """A version as PDF, to sign."""
    found = _find(company, matrix_id)
    today = timezone.localdate()
    matrix = duties_of.show(company, found, today=today)
    shown = [(column, name, who) for column, name, who in _columns(matrix) if column in matrix.columns]
    signed = {signature.side: signature for signature in found.signatures.all()}
    sides = [
        side
        for side in ("owner", "provider", "adviser", "internal_it")
        if side in matrix.columns or side in signed
    ]
    names = dict(MatrixSignature.Side.choices)
    made = responsibilities_pdf(
        MatrixPaper(
            company.name,
            _("Who does what, and who answers for it"),
            sourcing_words().models[matrix.model],
            _("Version %(number)s") % {"number": found.number},
            tuple((str(name), who) for _column, name, who in shown),
            tuple(
                (row.judged.duty.name, tuple(dict(row.letters)[column] for column, _name, _who in shown))
                for row in matrix.rows
            ),
            tuple(
                (
                    str(names[side]),
                    signed[side].name if side in signed else "",
                    signed[side].role if side in signed else "",
                    signed[side].signed_on if side in signed else None,
                )
                for side in sides
            ),
            found.digest,
        ),
        today,
    )
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="who-does-what-{found.number}.pdf"'
    return answer
