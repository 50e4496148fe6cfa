"""Diagnoses that were made: kept as they were, with the figures of that day."""

from __future__ import annotations

from django.db import models

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord


def report_stored_at(report: Report, _name: str) -> str:
    return f"{report.company_id}/reports/{report.created_at:%Y%m%d%H%M%S%f}.pdf"


class Report(CompanyRecord):
    """A diagnosis as PDF and as JSON."""

    review = models.ForeignKey("records.Review", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    content = models.JSONField()
    pdf = models.FileField(upload_to=report_stored_at, max_length=200)

    class Meta:
        indexes = [models.Index(fields=["company", "-created_at"])]

    def __str__(self) -> str:
        return f"Diagnosis of {self.company}, {self.created_at:%Y-%m-%d}"
