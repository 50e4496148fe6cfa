"""What went wrong with IT, as the firm itself noted it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord


class Incident(CompanyRecord):
    """Something went wrong on a day; the same words on the same day are one."""

    happened_on = models.DateField(_("on which day"))
    what = models.CharField(_("what happened"), max_length=200)
    outside_hours = models.BooleanField(_("outside office hours"), default=False)
    minutes = models.PositiveIntegerField(_("minutes work stood still"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-happened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "happened_on", "what"], name="one_incident_once"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_on}: {self.what}"
