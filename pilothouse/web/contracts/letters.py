"""The draft of a letter to a vendor: read on a page, taken along as a paper."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import Contract
from pilothouse.reporting.letters import Letter, Purpose, docx, pdf, write_letter
from pilothouse.services import contracts, letters
from pilothouse.web.contracts.views import find
from pilothouse.web.contracts.words import label_of

PURPOSES = [
    (Purpose.CANCEL.value, _("end the contract")),
    (Purpose.RENEGOTIATE.value, _("ask for new terms")),
    (Purpose.RENEW.value, _("go on with it")),
]
SPOKEN = [("en", "English"), ("fr", "Français"), ("nl", "Nederlands")]
PAPERS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


class LetterForm(forms.Form):
    """What the letter is for, and in which language; both stand in the address."""

    purpose = forms.ChoiceField(label=_("A letter to"), choices=PURPOSES)
    language = forms.ChoiceField(label=_("Language"), choices=SPOKEN)


@require_safe
@company_page()
def letter(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """A draft to read, or as a file where `file` names one.

    Template contracts/letter.html: contract, form, letter (None where there can be none), unconfirmed and left_blank
    (labels), may_change.
    """
    today = timezone.localdate()
    found = find(company, contract_id)
    if found.worked_out_on != today or found.rule_set != contracts.RULE_SET:
        contracts.work_out(found, today=today)
    usual = {"purpose": Purpose.CANCEL.value, "language": letters.language_of(found, request.user)}
    form = LetterForm({**usual, **request.GET.dict()})
    chosen = form.cleaned_data if form.is_valid() else usual
    drafted = letters.draft(
        found, Purpose(chosen["purpose"]), chosen["language"], by=request.user, today=today
    )
    written = write_letter(drafted.facts) if drafted.facts is not None else None
    kind = request.GET.get("file", "")
    if written is not None and kind in PAPERS and form.is_valid():
        return _as_file(written, kind, found, chosen["purpose"])
    context = {
        "contract": found,
        "form": form,
        "letter": written,
        "unconfirmed": [label_of(column) for column in drafted.unconfirmed],
        "left_blank": [label_of(column) for column in drafted.left_blank],
        "may_change": request.membership.may(Role.EDITOR),
    }
    return render(request, "contracts/letter.html", context, status=200 if form.is_valid() else 422)


def _as_file(written: Letter, kind: str, contract: Contract, purpose: str) -> HttpResponse:
    write, content_type = PAPERS[kind]
    answer = HttpResponse(write(written), content_type=content_type)
    name = f"{slugify(contract.name)[:60] or 'contract'}-{purpose}-{written.language}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
