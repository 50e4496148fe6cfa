"""What every record of a company has in common: its company, and the way to ask for it."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from pilothouse.accounts.models import Company


class CompanyQuerySet(models.QuerySet[Any]):
    """Records of companies; `.of(company)` is the only way a page asks for them."""

    def of(self, company: Company) -> Self:
        return self.filter(company=company)


class CompanyRecord(models.Model):
    """A record that belongs to exactly one company."""

    company = models.ForeignKey(Company, models.CASCADE, related_name="+")

    objects = CompanyQuerySet.as_manager()

    class Meta:
        abstract = True
