"""What a company said of its sources: what the columns of a table mean, and how its papers are handled."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord


class ColumnMap(CompanyRecord):
    """What the columns of one source mean, as a person said: asked once, then remembered for its next files.

    `columns` is header -> meaning ("" for a column that is not used); `headers_print` is the same for the same
    headers however they are written.
    """

    headers_print = models.CharField(max_length=64)
    headers = models.JSONField()
    table = models.CharField(max_length=20)
    columns = models.JSONField()
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "headers_print"], name="one_map_per_source")
        ]

    def __str__(self) -> str:
        return ", ".join(self.headers)


class HandlingOfPapers(CompanyRecord):
    """How a company wants its papers handled; one row, the defaults hold without it."""

    mask_people = models.BooleanField(
        _("Mask natural persons"),
        default=True,
        help_text=_(
            "Names, accounts and messages of natural persons (wages, expenses) are taken off before anything is kept. "
            "Switching it off concerns what is brought in from then on."
        ),
    )
    keep_years = models.PositiveSmallIntegerField(
        _("Keep papers for so many years"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(30)],
        help_text=_(
            "Papers whose day is longer ago are erased for good within the day, with the files they came in. "
            "Empty: nothing is erased by itself. Before you fill it in, ask your accountant how long invoices must be "
            "kept."
        ),
    )
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company"], name="one_handling_per_company")]

    def __str__(self) -> str:
        return f"Handling of papers of {self.company}"
