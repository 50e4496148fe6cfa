"""That a notice was sent, and the file that proves it: put beside the decision, and saved again by members."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company
from pilothouse.services import contracts, intake, proofs
from pilothouse.web.contracts.forms import SentForm
from pilothouse.web.contracts.views import find_decision


@require_POST
@company_page()
def sent(request: CompanyRequest, company: Company, taken_id: int) -> HttpResponse:
    """Note that the notice went out, and what proves it."""
    decision = find_decision(company, taken_id)
    form = SentForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        contracts.say_sent(
            decision, sent_on=said["sent_on"], sent_by=said["sent_by"], proof=said["sent_proof"]
        )
        messages.success(request, _("Noted."))
        if said["proof"]:
            tell(request, proofs.add(decision, said["proof"].name or "", said["proof"]))
    else:
        messages.error(request, _("On which day was it sent, and how? Both are needed as proof."))
    return redirect("contracts:contract", company.slug, decision.contract_id)


@require_safe
@company_page()
def proof(request: CompanyRequest, company: Company, taken_id: int) -> FileResponse:
    """The file as it was put here, to save."""
    file = find_decision(company, taken_id).proof_file
    if file is None:
        raise Http404("No file proves this decision")
    try:
        content = file.content.open("rb")
    except OSError as error:
        raise Http404("The bytes of this file are gone from the disk") from error
    return FileResponse(
        content,
        as_attachment=True,
        filename=intake.safe_name(file.name),
        content_type="application/octet-stream",
        headers={"X-Content-Type-Options": "nosniff"},
    )


@require_POST
@company_page()
def add_proof(request: CompanyRequest, company: Company, taken_id: int) -> HttpResponse:
    """Put a file beside a decision, in place of an earlier one."""
    decision = find_decision(company, taken_id)
    file = request.FILES.get("proof")
    if file is None:
        messages.error(request, _("Choose the file first."))
    else:
        tell(request, proofs.add(decision, file.name or "", file))
    return redirect("contracts:contract", company.slug, decision.contract_id)


def tell(request: CompanyRequest, came: proofs.Proof) -> None:
    """Say what came of a file."""
    words = {
        "empty": _("This file is empty. Save it anew and choose it again."),
        "kind": _(
            "This kind of file proves little. Choose a PDF, a picture (PNG or JPEG) or a saved e-mail (EML or MSG)."
        ),
    }
    if came.is_kept:
        messages.success(request, _("The proof is kept with the decision."))
    else:
        messages.error(request, words.get(came.refused, came.refused))
