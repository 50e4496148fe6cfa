"""Who does what, by version, and who signed it. A version is never changed, one is added."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord
from pilothouse.records.models.profile import ProfileVersion


class ResponsibilityMatrix(CompanyRecord):
    """One version. `rows` has the letters of each column by duty, `names` who stands in a column."""

    number = models.PositiveIntegerField()
    model = models.CharField(_("for which model"), max_length=40, choices=ProfileVersion.DeliveryModel)
    rows = models.JSONField(default=dict)
    names = models.JSONField(default=dict)
    note = models.CharField(_("why this version"), max_length=500, blank=True)
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="one_matrix_a_number"),
        ]

    def __str__(self) -> str:
        return f"{self.company}, who does what, version {self.number}"


class MatrixSignature(CompanyRecord):
    """Somebody who signed a version for one side; `digest` is that of what was signed."""

    class Side(models.TextChoices):
        OWNER = "owner", _("the firm")
        PROVIDER = "provider", _("the provider")
        ADVISER = "adviser", _("the adviser")
        INTERNAL_IT = "internal_it", _("own IT people")

    matrix = models.ForeignKey(ResponsibilityMatrix, models.CASCADE, related_name="signatures")
    side = models.CharField(_("for"), max_length=20, choices=Side)
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("as"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"))
    digest = models.CharField(max_length=64)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matrix", "side"], name="one_signature_a_side"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.signed_on}"
