"""Two papers of a contract beside each other, sentence by sentence."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilothouse.accounts.access import CompanyRequest, company_page
from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import ContractDocument
from pilothouse.services import contract_versions
from pilothouse.web.contracts.views import find


@require_safe
@company_page(needs=Role.EDITOR)
def compare(request: CompanyRequest, company: Company, contract_id: int) -> HttpResponse:
    """What changed from one paper to another; the two newest where nothing is chosen.

    Template contracts/compare.html: contract, versions (ContractDocument, the newest first), before, after (None with
    fewer than two), compared (services.contract_versions.Compared or None).
    """
    contract = find(company, contract_id)
    versions = contract_versions.versions_of(contract)
    before, after = _chosen(versions, request.GET.get("before", ""), request.GET.get("after", ""))
    context = {
        "contract": contract,
        "versions": versions,
        "before": before,
        "after": after,
        "compared": contract_versions.compare(before, after) if before and after else None,
    }
    return render(request, "contracts/compare.html", context)


def _chosen(
    versions: Sequence[ContractDocument], before: str, after: str
) -> tuple[ContractDocument | None, ContractDocument | None]:
    """The two that are asked for, else the newest and the one before it."""
    if len(versions) < 2:
        return None, None
    by_number = {str(one.number): one for one in versions}
    newest = by_number.get(after, versions[0])
    others = [one for one in versions if one != newest]
    older = by_number.get(before, next((one for one in others if one.number < newest.number), others[0]))
    return (others[0] if older == newest else older), newest
