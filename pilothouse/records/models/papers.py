"""The bytes a company brought in, and what was read from them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import Company, User
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
        """The company's papers that pages show."""
        return self.of(company).brought_by(Import.objects.of(company).seen())

    def standing(self) -> Self:
        """Without those that were read again, by other columns or a later reader."""
        return self.filter(superseded_at__isnull=True)


class Paper(CompanyRecord):
    """What was read: `content` is the shape of `pilothouse ask read`, without the rows that stand in `PaperRows`.

    A file is read once, and its papers are seen while an import that brought the file is; where a person says what
    its columns mean it is read again, and the papers of the first reading are superseded.
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
    rows = models.PositiveIntegerField(default=0, help_text="How many rows stand in `PaperRows`.")
    superseded_at = models.DateTimeField(null=True, blank=True)

    objects = PaperQuerySet.as_manager()  # type: ignore[misc]  # answers more than its parent's

    class Meta:
        indexes = [
            models.Index(fields=["company", "source"]),
            models.Index(fields=["company", "date"]),
            models.Index(fields=["company", "fingerprint"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class PaperRows(CompanyRecord):
    """Rows of a paper that has many (ledger lines, movements, entries of a list), packed in order of the file.

    A row a record would make a ledger of a million lines a million records that nobody ever asks for one by one.
    """

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="packed_rows")
    first = models.PositiveIntegerField()
    packed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "paper", "first"], name="rows_once")]

    def __str__(self) -> str:
        return f"Rows of {self.paper} from {self.first}"


class Attachment(CompanyRecord):
    """A file that came inside an invoice: kept beside it as evidence."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="attachments")
    name = models.CharField(max_length=500)
    mime = models.CharField(max_length=100, blank=True)
    file = models.ForeignKey(SourceFile, models.PROTECT)

    class Meta:
        indexes = [models.Index(fields=["company", "paper"])]

    def __str__(self) -> str:
        return self.name


class HandReading(CompanyRecord):
    """What a person says of a document: the figures on it, which payment it belongs to, or that it is no cost.

    A later word on the same document supersedes an earlier one, which stays as history.
    """

    class Says(models.TextChoices):
        FIGURES = "figures", _("these are its figures")
        PAYMENT = "payment", _("it belongs to this payment")
        NO_COST = "no_cost", _("it is no invoice to us")

    file = models.ForeignKey(
        SourceFile, models.CASCADE, related_name="hand_readings", help_text="Survives reading the file again."
    )
    says = models.CharField(max_length=10, choices=Says)
    seller = models.CharField(max_length=300, blank=True)
    seller_id = models.CharField(max_length=30, blank=True)
    number = models.CharField(max_length=100, blank=True)
    issue_date = models.DateField(null=True, blank=True)
    net = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    vat = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    gross = models.DecimalField(max_digits=18, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    is_credit = models.BooleanField(default=False)
    reference = models.CharField(max_length=60, blank=True)
    what_for = models.CharField(max_length=300, blank=True)
    line_key = models.CharField(max_length=80, blank=True, help_text="The line of the payment it belongs to.")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "file", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.get_says_display()}: {self.seller} {self.number}"
