"""What a review said: the lines of all sources in one model, their sums, and people's words on them.

A `Review` is worked out whole, beside the one that pages show, and published by one UPDATE; its lines are never
changed into another review's. `number` counts a company's reviews: only one review with a number can be published,
so of two worked out at once the second is worked out again on top of the first. A person's decision changes what its
lines are said to be inside the review that is shown, and `revision` counts those.
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
    revision = models.PositiveIntegerField(default=0, help_text="How often decisions changed it since.")
    decisions = models.JSONField(
        default=list, blank=True, help_text="Ids of the decisions that its lines follow."
    )
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
    said_by = models.CharField(max_length=15, blank=True, help_text="The kind of the strongest reason.")
    category = models.CharField(max_length=40, blank=True)
    run_or_change = models.CharField(max_length=6, blank=True)
    capital = models.BooleanField(default=False)
    department = models.CharField(max_length=80, blank=True)
    paper_department = models.CharField(max_length=80, blank=True, help_text="As the books or the paper say.")
    account_chart = models.CharField(max_length=10, blank=True)
    account_code = models.CharField(max_length=40, blank=True)
    account_name = models.CharField(max_length=200, blank=True)
    service_from = models.DateField(null=True, blank=True, help_text="First day of what is paid for.")
    service_to = models.DateField(null=True, blank=True)
    paid_currency = models.CharField(max_length=3, blank=True, help_text="Where `paid` is in another.")
    rate = models.DecimalField(max_digits=20, decimal_places=8, null=True, blank=True)
    rate_day = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["company", "review", "-date", "-id"], name="line_by_date"),
            models.Index(fields=["company", "review", "vendor_key", "-date", "-id"], name="line_by_vendor"),
            models.Index(fields=["company", "review", "purpose", "-date", "-id"], name="line_by_purpose"),
            models.Index(fields=["company", "review", "it", "counting", "-date", "-id"], name="line_by_it"),
            models.Index(fields=["company", "review", "-cost", "-id"], name="line_by_cost"),
            models.Index(fields=["company", "review", "key"], name="line_by_key"),
            models.Index(
                fields=["company", "review", "kind", "counting", "-paid", "-id"], name="line_by_paid"
            ),
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


class SpendCell(CompanyRecord):
    """The sum of a review's counting lines that are alike in all that figures tell apart.

    `basis` "booked": by the day of the paper; "accrued": spread over the months that are paid for.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="cells")
    basis = models.CharField(max_length=8)
    month = models.DateField(help_text="Its first day.")
    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300)
    purpose = models.CharField(max_length=60, blank=True)
    category = models.CharField(max_length=40, blank=True)
    department = models.CharField(max_length=80, blank=True)
    run_or_change = models.CharField(max_length=6, blank=True)
    capital = models.BooleanField(default=False)
    kind = models.CharField(max_length=10)
    it = models.CharField(max_length=5)
    currency = models.CharField(max_length=3)
    estimated = models.BooleanField(default=False)
    confirmed = models.BooleanField(default=False)
    cost = models.DecimalField(max_digits=20, decimal_places=4)
    paid = models.DecimalField(max_digits=20, decimal_places=4)
    lines = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["company", "review", "basis", "month"], name="cell_by_month"),
            models.Index(fields=["company", "review", "vendor_key"], name="cell_by_vendor"),
            # Holds all that a table by vendor asks for, in its order: thousands of vendors are added up without a sort.
            models.Index(
                fields=[
                    "company",
                    "review",
                    "basis",
                    "vendor_key",
                    "currency",
                    "it",
                    "month",
                    "cost",
                    "paid",
                ],
                name="cell_sums_by_vendor",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month} {self.vendor_name}"


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
    department = models.CharField(max_length=80, blank=True)
    run_or_change = models.CharField(max_length=6, blank=True)
    capital = models.BooleanField(null=True, blank=True)
    note = models.TextField(blank=True)
    lines = models.PositiveIntegerField(default=0, help_text="How many lines it settled when it was said.")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["company", "vendor_key", "-created_at"])]

    def __str__(self) -> str:
        return f"{self.vendor_name}: {'IT' if self.is_it else 'not IT'}"


class SetAside(CompanyRecord):
    """What somebody did not know when asked: it is asked again only when they come back to it."""

    vendor_key = models.CharField(max_length=120)
    line_print = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["company", "vendor_key", "line_print"], name="set_aside_once")
        ]

    def __str__(self) -> str:
        return self.vendor_key


class VendorWord(CompanyRecord):
    """What a person said of who vendors are. It hangs on stable keys, as a decision does.

    same: `vendor_key` is `other_key`. apart: lines of `vendor_key` whose name is `name` are a vendor of their own.
    part_of: `vendor_key` belongs to the group of `other_key`. called: `vendor_key` goes by `name`.
    """

    class Says(models.TextChoices):
        SAME = "same"
        APART = "apart"
        PART_OF = "part_of"
        CALLED = "called"

    says = models.CharField(max_length=10, choices=Says)
    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300, blank=True)
    other_key = models.CharField(max_length=120, blank=True)
    other_name = models.CharField(max_length=300, blank=True)
    name = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["company", "vendor_key", "-created_at"], name="word_by_vendor")]

    def __str__(self) -> str:
        return f"{self.vendor_name} {self.says} {self.other_name or self.name}"


class PaymentWord(CompanyRecord):
    """What a person said of a payment and an invoice: it pays it, or it does not.

    Both are known by prints of what stands on them, so that the word finds them again when they are brought anew.
    """

    class Says(models.TextChoices):
        PAYS = "pays"
        DOES_NOT_PAY = "does_not_pay"

    says = models.CharField(max_length=15, choices=Says)
    movement_print = models.CharField(max_length=64)
    invoice_print = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=20, decimal_places=4, null=True, blank=True)
    movement_text = models.CharField(max_length=300, blank=True)
    invoice_text = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["company", "movement_print"], name="word_by_movement")]

    def __str__(self) -> str:
        return f"{self.movement_text} {self.says} {self.invoice_text}"


class OpenInvoice(CompanyRecord):
    """An invoice to us that the payments of a review do not pay whole (the engine's `OpenInvoice`, stored).

    Amounts are signed: what is still to leave our account is positive.
    """

    review = models.ForeignKey(Review, models.CASCADE, related_name="open_invoices")
    paper = models.ForeignKey("records.Paper", models.CASCADE, related_name="left_open")
    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300)
    number = models.CharField(max_length=200, blank=True)
    issued = models.DateField()
    due = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)
    whole = models.DecimalField(max_digits=20, decimal_places=4)
    left = models.DecimalField(max_digits=20, decimal_places=4)
    reference = models.CharField(max_length=140, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["company", "review", "-left", "-id"], name="open_by_left"),
            models.Index(fields=["company", "review", "vendor_key"], name="open_by_vendor"),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_name} {self.number}"


class SavedView(CompanyRecord):
    """A choice of figures somebody wants to see again; `query` is what stands in its address."""

    name = models.CharField(max_length=80)
    page = models.CharField(max_length=20)
    query = models.CharField(max_length=1000, blank=True)
    shared = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "by", "page", "name"], name="one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name
