"""The bytes a company brought in, and what was read from them."""

from __future__ import annotations

from django.db import models

from pilothouse.records.models.imports import Import
from pilothouse.records.models.owned import CompanyRecord


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


class Paper(CompanyRecord):
    """An invoice, credit note or statement as read: `content` is the shape of `pilothouse ask read`.

    Names and communications of natural persons are masked in `content` before it is stored.
    `fingerprint` is the same for the same paper in another file.
    """

    batch = models.ForeignKey(Import, models.CASCADE, related_name="papers")
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

    class Meta:
        indexes = [
            models.Index(fields=["company", "batch"]),
            models.Index(fields=["company", "date"]),
            models.Index(fields=["company", "fingerprint"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"
