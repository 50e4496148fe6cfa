"""What a review said: the lines of all sources in one model, and people's decisions on them.

A `Review` is worked out whole, beside the one that pages show, and published by one UPDATE; its lines are never
changed into another review's. `number` counts a company's reviews: only one review with a number can be published,
so of two worked out at once the second is worked out again on top of the first.
"""

from __future__ import annotations

from django.db import models

from pilothouse.accounts.models import Company, User
from pilothouse.records.models.owned import CompanyQuerySet, CompanyRecord


class ReviewQuerySet(CompanyQuerySet):
    def current(self, company: Company) -> Review | None:
        """The review every page shows, or None before the first import."""
        review: Review | None = (
            self.of(company).filter(published_at__isnull=False).order_by("-number").first()
        )
        return review


class Review(CompanyRecord):
    number = models.PositiveIntegerField()
    rule_set = models.CharField(max_length=40)
    today = models.DateField()
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(default=dict)

    objects = ReviewQuerySet.as_manager()  # type: ignore[misc]  # answers more than its parent's

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["company", "number"],
                condition=models.Q(published_at__isnull=False),
                name="one_published_review_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"Review {self.number} of {self.company}"


class SpendLine(CompanyRecord):
    """One line of spend in one review (the engine's `SpendLine`, stored)."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="lines")
    paper = models.ForeignKey("records.Paper", models.CASCADE, related_name="lines")
    settles = models.ForeignKey(
        "records.Paper", models.SET_NULL, null=True, blank=True, related_name="settled_by"
    )
    key = models.CharField(max_length=80)
    kind = models.CharField(max_length=10)
    place = models.CharField(max_length=80)
    date = models.DateField()
    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300)
    description = models.TextField(blank=True)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    paid = models.DecimalField(max_digits=20, decimal_places=4)
    currency = models.CharField(max_length=3)
    vat_rate = models.DecimalField(max_digits=7, decimal_places=3, null=True, blank=True)
    estimated = models.BooleanField(default=False)
    counting = models.CharField(max_length=20)
    it = models.CharField(max_length=5)
    would_say = models.BooleanField(default=False)
    confidence = models.FloatField(default=0)
    purpose = models.CharField(max_length=60, blank=True)
    function = models.CharField(max_length=60, blank=True)
    confirmed = models.BooleanField(default=False)
    because = models.JSONField(default=list)
    line_print = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["company", "review", "-date", "-id"], name="line_by_date"),
            models.Index(fields=["company", "review", "vendor_key", "-date", "-id"], name="line_by_vendor"),
            models.Index(fields=["company", "review", "purpose", "-date", "-id"], name="line_by_purpose"),
            models.Index(fields=["company", "review", "it", "counting", "-date", "-id"], name="line_by_it"),
            models.Index(fields=["company", "review", "-cost", "-id"], name="line_by_cost"),
            models.Index(fields=["company", "review", "key"], name="line_by_key"),
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.vendor_name}"

    @property
    def address(self) -> str:
        """How a line is called in an address: by its paper and place there, so the next review does not change it."""
        return self.key.replace("/", "~")

    @staticmethod
    def key_of(address: str) -> str:
        """The key of the line at that address."""
        return address.replace("~", "/")


class SpendDecision(CompanyRecord):
    """What a person said of a vendor, or of one kind of line of it (`line_print`).

    It hangs on stable keys, not on rows: when its papers are undone it waits, and holds again when they return.
    A later decision on the same keys supersedes an earlier one, which stays as history.
    """

    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300)
    line_print = models.CharField(max_length=64, blank=True)
    is_it = models.BooleanField()
    purpose = models.CharField(max_length=60, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "vendor_key", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.vendor_name}: {'IT' if self.is_it else 'not IT'}"
