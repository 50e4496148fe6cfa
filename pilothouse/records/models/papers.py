"""The bytes a company brought in, and what was read from them."""

from __future__ import annotations

from typing import Self

from django.db import models

from pilothouse.accounts.models import Company
from pilothouse.records.models.imports import Import, ImportFile
from pilothouse.records.models.owned import CompanyQuerySet, CompanyRecord


def stored_at(source: SourceFile, _name: str) -> str:
    """Where the bytes lie: by company and content, so that two same files are one and no name reaches the disk."""
    return f"{source.company_id}/{source.sha256[:2]}/{source.sha256}"


class SourceFile(CompanyRecord):
    """The bytes of one file, kept once per company however often they are brought."""

    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    content = models.FileField(upload_to=stored_at, max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "sha256"], name="same_bytes_once")]

    def __str__(self) -> str:
        return self.name


class PaperQuerySet(CompanyQuerySet):
    def brought_by(self, imports: models.QuerySet[Import] | set[int]) -> Self:
        """Papers of every file that one of these imports brought, whoever read it first."""
        files = ImportFile.objects.filter(batch__in=imports, outcome__in=ImportFile.BROUGHT)
        return self.filter(source__in=files.values("source"))

    def seen(self, company: Company) -> Self:
        """The company's papers that count on every page."""
        return self.of(company).brought_by(Import.objects.of(company).seen())


class Paper(CompanyRecord):
    """An invoice, credit note or statement as read: `content` is the shape of `pilothouse ask read`.

    A file is read once; its papers are seen while an import that brought the file is.
    Names and communications of natural persons are masked in `content` before it is stored.
    `fingerprint` is the same for the same paper in another file.
    """

    source = models.ForeignKey(SourceFile, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=15)
    number = models.CharField(max_length=200, blank=True)
    date = models.DateField(null=True, blank=True)
    party = models.CharField(max_length=300, blank=True)
    total = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    problems = models.JSONField(default=list, blank=True)

    objects = PaperQuerySet.as_manager()  # type: ignore[misc]  # answers more than its parent's

    class Meta:
        indexes = [
            models.Index(fields=["company", "source"]),
            models.Index(fields=["company", "date"]),
            models.Index(fields=["company", "fingerprint"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
