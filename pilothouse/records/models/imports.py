"""An import: what one person brought in at once, what became of each file, and whether it is seen yet.

The states and who may move them stand in docs/architecture.md. An import is *seen* when the review that first
counted it is published and no published review has undone it; publishing is one UPDATE of one row.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyQuerySet, CompanyRecord


class ImportQuerySet(CompanyQuerySet):
    def seen(self) -> ImportQuerySet:
        """Imports whose papers count on every page."""
        return self.filter(review__published_at__isnull=False).exclude(undone_in__published_at__isnull=False)


class Import(CompanyRecord):
    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its turn")
        READING = "reading", _("reading the files")
        REVIEWING = "reviewing", _("working out the figures")
        DONE = "done", _("taken in")
        FAILED = "failed", _("could not be finished")

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    origin = models.CharField(max_length=20, default="upload")
    created_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    claimed_until = models.DateTimeField(null=True, blank=True)
    files_total = models.PositiveIntegerField(default=0)
    files_done = models.PositiveIntegerField(default=0)
    failure = models.TextField(blank=True)
    review = models.ForeignKey(
        "records.Review",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="brought_by",
        help_text="The review that first counts it; seen once that is published.",
    )
    undone_in = models.ForeignKey(
        "records.Review",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="undoes",
        help_text="The review that no longer counts it; undone once that is published.",
    )
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = ImportQuerySet.as_manager()  # type: ignore[misc]  # answers more than its parent's

    class Meta:
        indexes = [
            models.Index(fields=["company", "-created_at"]),
            models.Index(fields=["state", "claimed_until"]),
        ]

    def __str__(self) -> str:
        return f"Import {self.pk} of {self.company}"

    @property
    def is_running(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.REVIEWING)

    @property
    def is_undone(self) -> bool:
        return self.undone_in is not None and self.undone_in.published_at is not None

    @property
    def is_seen(self) -> bool:
        return self.review is not None and self.review.published_at is not None and not self.is_undone


class ImportFile(CompanyRecord):
    """One file of an import and what became of it; the files of an archive or mail name it as `inside`."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN_IN = "taken_in", _("taken in")
        ALREADY_HERE = "already_here", _("was here already")
        OPENED = "opened", _("opened")
        ERASED = "erased", _("erased, past its time")
        REFUSED = "refused", _("refused")

    BROUGHT = (Outcome.TAKEN_IN, Outcome.ALREADY_HERE)
    COLUMN_RULES = ("table.columns", "ledger.columns", "ledger.no_table")

    batch = models.ForeignKey(Import, models.CASCADE, related_name="files")
    source = models.ForeignKey(
        "records.SourceFile", models.PROTECT, null=True, blank=True, related_name="brought"
    )
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField(default=0)
    outcome = models.CharField(max_length=15, choices=Outcome, default=Outcome.WAITING)
    inside = models.ForeignKey(
        "self",
        models.CASCADE,
        null=True,
        blank=True,
        related_name="members",
        help_text="What it was packed in.",
    )
    papers = models.PositiveIntegerField(default=0)
    became = models.CharField(max_length=15, blank=True, help_text="The kind of its papers.")
    doubts = models.PositiveIntegerField(default=0, help_text="How much is wrong on its papers themselves.")
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "batch", "outcome"])]

    def __str__(self) -> str:
        return self.name

    @property
    def asks_for_columns(self) -> bool:
        """Whether it was refused only because nobody has said what its columns mean."""
        return self.source_id is not None and any(p["rule"] in self.COLUMN_RULES for p in self.problems)

    @property
    def counts_in_lines(self) -> bool:
        """Whether its papers have lines of spend."""
        return bool(self.papers) and self.became in ("invoice", "credit_note", "statement", "ledger")
