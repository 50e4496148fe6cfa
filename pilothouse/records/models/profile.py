"""What the company says of itself, with history: a new version is added, none is overwritten."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord


class ProfileVersion(CompanyRecord):
    """The firm as it describes itself from one day on. Empty means "I don't know", which is an answer."""

    class Level(models.TextChoices):
        LOW = "low", _("low")
        MEDIUM = "medium", _("medium")
        HIGH = "high", _("high")

    class Growth(models.TextChoices):
        SHRINKING = "shrinking", _("shrinking")
        STABLE = "stable", _("stable")
        GROWING = "growing", _("growing")
        FAST = "fast", _("growing fast")

    class DeliveryModel(models.TextChoices):
        BREAK_FIX = "break_fix", _("when something breaks, we call somebody")
        PROJECT_BASED = "project_based", _("project by project, nobody in between")
        CO_MANAGED = "co_managed", _("our own people together with a provider")
        FULLY_OUTSOURCED = "fully_outsourced", _("a provider does it all for a fixed fee")
        FULLY_OUTSOURCED_PLUS_ADVISER = (
            "fully_outsourced_plus_adviser",
            _("a provider does it all, and an independent adviser watches"),
        )
        ADVISORY_ONLY = "advisory_only", _("our own people run it, and an adviser (vCIO) steers")
        IN_HOUSE = "in_house", _("our own people lead and run it all")

    class Change(models.TextChoices):
        NONE = "none", _("none")
        SOME = "some", _("some")
        MAJOR = "major", _("major")

    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    holds_from = models.DateField(_("holds from"))
    legal_name = models.CharField(_("name on invoices"), max_length=200, blank=True)
    vat_id = models.CharField(_("VAT number"), max_length=20, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    recovers_vat = models.BooleanField(_("recovers VAT"), null=True, blank=True)
    fiscal_year_starts = models.PositiveSmallIntegerField(
        _("month in which the financial year starts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(12)],
    )
    headcount = models.PositiveIntegerField(
        _("people"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    sites = models.PositiveIntegerField(_("sites"), null=True, blank=True)
    sector = models.CharField(_("sector"), max_length=100, blank=True)
    revenue = models.DecimalField(
        _("yearly revenue"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    internal_it_fte = models.DecimalField(
        _("own IT people, in full-time equivalents"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    support_fte = models.DecimalField(
        _("of these, helping colleagues"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    engineering_fte = models.DecimalField(
        _("of these, building and running systems"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    lead_fte = models.DecimalField(
        _("of these, leading IT"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=[MinValueValidator(0)],
    )  # fmt: skip
    has_it_leader = models.BooleanField(_("somebody inside leads IT"), null=True, blank=True)
    current_model = models.CharField(
        _("how IT is run today"), max_length=40, choices=DeliveryModel, blank=True
    )
    arrangement_since = models.DateField(_("run like that since"), null=True, blank=True)
    # Keys of engine.costs.profile.EVENTS that were ticked, and what was said in own words beside them.
    events = models.JSONField(_("what is happening"), default=list, blank=True)
    event_words = models.TextField(_("what is happening, in your own words"), max_length=2000, blank=True)
    hurts = models.TextField(_("what hurts"), max_length=2000, blank=True)
    hidden_it_hours = models.DecimalField(
        _("hours a month that other staff spend on IT"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    it_is_core_product = models.BooleanField(_("IT is what we sell"), null=True, blank=True)
    own_know_how = models.BooleanField(_("own technology sets us apart"), null=True, blank=True)
    own_ways_of_working = models.BooleanField(
        _("ways of working that are not up for change"), null=True, blank=True
    )
    needs_after_hours = models.BooleanField(_("IT must work outside office hours"), null=True, blank=True)
    it_criticality = models.CharField(
        _("how much stops when IT stops"), max_length=10, choices=Level, blank=True
    )
    compliance_pressure = models.CharField(
        _("pressure from rules and customers"), max_length=10, choices=Level, blank=True
    )
    budget_predictability = models.CharField(
        _("how much a predictable bill matters"), max_length=10, choices=Level, blank=True
    )
    growth = models.CharField(_("growth"), max_length=10, choices=Growth, blank=True)
    strategic_change = models.CharField(
        _("large IT changes this year"), max_length=10, choices=Change, blank=True
    )

    class Meta:
        get_latest_by = ("holds_from", "id")
        indexes = [models.Index(fields=["company", "-holds_from", "-id"])]

    def __str__(self) -> str:
        return f"{self.company} from {self.holds_from}"
