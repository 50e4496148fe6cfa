"""The sample company: made up, to look around in before one's own papers are at hand."""

from __future__ import annotations

import io
from datetime import date

from django.utils import timezone

from pilothouse.accounts import people
from pilothouse.accounts.models import User
from pilothouse.records.models import Import, ProfileVersion
from pilothouse.sample import sample_firm, sample_papers
from pilothouse.services import intake


def make(*, owner: User, until: date | None = None) -> Import:
    """Make the sample company with its profile and two years of papers; its import waits for a worker."""
    today = until or timezone.localdate()
    firm = sample_firm()
    company = people.found_company(firm.name, owner=owner, is_sample=True)
    known = {field.name for field in ProfileVersion._meta.get_fields()}
    facts = {name: value for name, value in firm.profile.items() if name in known}
    ProfileVersion.objects.create(company=company, by=owner, holds_from=today.replace(day=1), **facts)
    papers = (intake.Brought(paper.name, io.BytesIO(paper.data)) for paper in sample_papers(today))
    return intake.receive(company, papers, by=owner, origin="sample")
