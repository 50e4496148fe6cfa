"""What the company has agreed with whom: contracts, what was read in their papers, what was decided, whom it reminds.

What a contract says of its length stands in columns of the names `ask decision` takes. `proposed` names those that
nobody confirmed yet; they count in the calendar and in reminders, marked, and enter no letter. The dates that follow
(`send_by` and its like) are worked out anew for each day and rule set, never typed.
"""

from __future__ import annotations

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord

LENGTH = RegexValidator(
    r"^P(?=\d)(\d{1,3}Y)?(\d{1,4}M)?(\d{1,4}W)?(\d{1,5}D)?$",
    _("A length such as P3M (three months), P1Y (a year) or P60D (sixty days)."),
)


class Contract(CompanyRecord):
    """An agreement with a vendor. Empty means "not known"; what follows from that is computed on the safe side."""

    class Kind(models.TextChoices):
        MANAGED_SERVICES = "managed_services", _("IT support and management")
        CLOUD_SERVICE = "cloud_service", _("cloud service or software by subscription")
        LICENCE = "licence", _("software licence")
        HOSTING = "hosting", _("hosting and domains")
        TELECOM = "telecom", _("telephone and internet")
        HARDWARE = "hardware", _("devices: lease, rent, maintenance")
        PROJECT = "project", _("project or development")
        ADVICE = "advice", _("advice")
        OTHER = "other", _("something else")

    class Origin(models.TextChoices):
        HAND = "hand", _("entered by hand")
        PAPER = "paper", _("read from a paper")
        REGISTER = "register", _("from a list that was brought in")

    class Renews(models.TextChoices):
        NONE = "none", _("no: it ends by itself")
        TACIT = "tacit", _("yes, by another term, unless somebody gives notice")
        OPEN_ENDED = "open_ended", _("it runs on until somebody gives notice")

    class Before(models.TextChoices):
        TERM_END = "term_end", _("with the end of a term")
        ANNIVERSARY = "anniversary", _("with each yearly return of its start")
        ANY_TIME = "any_time", _("at any time")

    class Effective(models.TextChoices):
        ON_EXPIRY = "on_expiry", _("once the notice has passed")
        MONTH_END = "month_end", _("with the end of a month")
        QUARTER_END = "quarter_end", _("with the end of a quarter")
        YEAR_END = "year_end", _("with the end of a year")

    class Week(models.TextChoices):
        MON_FRI = "mon_fri", _("Monday to Friday")
        MON_SAT = "mon_sat", _("Monday to Saturday")

    class MustBe(models.TextChoices):
        SENT = "sent", _("sent")
        RECEIVED = "received", _("received")

    class Form(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("letter")
        REGISTERED_LETTER = "registered_letter", _("registered letter")

    class PriceRule(models.TextChoices):
        FIXED = "fixed", _("the price stays")
        INDEXED = "indexed", _("the price follows an index")
        CAPPED = "capped", _("the price may rise up to a limit")
        FREE = "free", _("the vendor may change the price")

    # --- what it is --------------------------------------------------------------------------------------
    name = models.CharField(_("what it is called"), max_length=300)
    number = models.CharField(_("its number or reference"), max_length=120, blank=True)
    kind = models.CharField(_("what it is for"), max_length=20, choices=Kind, blank=True)
    vendor_key = models.CharField(max_length=120, blank=True)
    vendor_name = models.CharField(_("with whom"), max_length=300, blank=True)
    our_name = models.CharField(_("our party"), max_length=300, blank=True)
    scope = models.TextField(_("what it covers"), blank=True)
    department = models.CharField(_("department"), max_length=120, blank=True)

    # --- its length, by the names of `ask decision` --------------------------------------------------------
    start = models.DateField(_("starts on"), null=True, blank=True)
    initial_term = models.CharField(_("first term"), max_length=16, blank=True, validators=[LENGTH])
    end = models.DateField(_("first term ends on"), null=True, blank=True)
    renewal_mode = models.CharField(_("does it renew?"), max_length=10, choices=Renews, blank=True)
    renewal_term = models.CharField(_("renews by"), max_length=16, blank=True, validators=[LENGTH])
    renewal_times = models.PositiveSmallIntegerField(_("how many times at most"), null=True, blank=True)
    notice_length = models.CharField(_("notice"), max_length=16, blank=True, validators=[LENGTH])
    notice_business_days = models.PositiveSmallIntegerField(
        _("notice in working days"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    notice_week = models.CharField(_("working days are"), max_length=7, choices=Week, blank=True)
    notice_before = models.CharField(_("it can be ended"), max_length=11, choices=Before, blank=True)
    notice_effective = models.CharField(
        _("notice takes effect"), max_length=11, choices=Effective, blank=True
    )
    notice_break = models.BooleanField(_("also before the first term ends"), default=False)
    notice_must_be = models.CharField(_("in time means"), max_length=8, choices=MustBe, blank=True)
    notice_by = models.CharField(_("notice by"), max_length=17, choices=Form, blank=True)
    notice_not_before = models.CharField(
        _("not earlier than, before the end"), max_length=16, blank=True, validators=[LENGTH]
    )
    country = models.CharField(_("country of its law"), max_length=2, blank=True)
    region = models.CharField(_("region"), max_length=10, blank=True)

    # --- its money -----------------------------------------------------------------------------------------
    yearly_cost = models.DecimalField(
        _("cost a year, without VAT"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    total_value = models.DecimalField(
        _("value of the whole term"),
        max_digits=15,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    price_rule = models.CharField(_("how the price moves"), max_length=8, choices=PriceRule, blank=True)
    price_index = models.CharField(_("index"), max_length=80, blank=True)
    price_cap = models.DecimalField(
        _("highest rise a year, in per cent"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    extension_length = models.CharField(
        _("may be extended by"), max_length=16, blank=True, validators=[LENGTH]
    )
    extension_times = models.PositiveSmallIntegerField(_("how many times"), null=True, blank=True)

    # --- who minds it ----------------------------------------------------------------------------------------
    responsible = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who decides")
    )
    deputy = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who deputises")
    )
    responsible_name = models.CharField(_("who decides, by name"), max_length=200, blank=True)
    lead_days = models.PositiveSmallIntegerField(
        _("remind from so many days before"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
    )
    urgent_days = models.PositiveSmallIntegerField(
        _("urgent from so many days before"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )

    # --- where it comes from and how sure it is --------------------------------------------------------------
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.HAND)
    source = models.ForeignKey(
        "records.SourceFile", models.SET_NULL, null=True, blank=True, related_name="contracts"
    )
    place = models.CharField(max_length=80, blank=True, help_text="The row of a list it was read from.")
    register_key = models.CharField(max_length=120, blank=True, help_text="How a list calls it.")
    proposed = models.JSONField(default=list, blank=True, help_text="Columns nobody confirmed yet.")
    ends_on = models.DateField(_("given notice: ends on"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    # --- what follows, worked out ---------------------------------------------------------------------------
    worked_out_on = models.DateField(null=True, blank=True)
    rule_set = models.CharField(max_length=40, blank=True)
    answer = models.JSONField(default=dict, blank=True, help_text="The shape `ask decision` gives.")
    send_by = models.DateField(null=True, blank=True, help_text="The next day a notice can be sent until.")
    last_day = models.DateField(null=True, blank=True)
    exit_day = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["company", "send_by", "id"], name="contract_by_send_by"),
            models.Index(fields=["company", "vendor_key"], name="contract_by_vendor"),
            models.Index(fields=["company", "worked_out_on"], name="contract_worked_out"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "register_key"],
                condition=~models.Q(register_key=""),
                name="one_contract_per_register_key",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_proposed(self, *columns: str) -> bool:
        """Whether one of the columns holds what nobody confirmed."""
        proposed: list[str] = self.proposed
        return any(column in proposed for column in columns)


class ContractDocument(CompanyRecord):
    """A paper of a contract. `number` counts its versions; the highest is the one that holds."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="documents")
    source = models.ForeignKey("records.SourceFile", models.CASCADE, related_name="contract_documents")
    number = models.PositiveIntegerField(default=1)
    title = models.CharField(_("title"), max_length=300, blank=True)
    note = models.CharField(_("what is different in it"), max_length=300, blank=True)
    language = models.CharField(max_length=2, blank=True)
    rule_set = models.CharField(
        max_length=40, blank=True, help_text="By which rules it was read; empty: not yet."
    )
    problem = models.CharField(max_length=300, blank=True, help_text="Why it could not be read.")
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["company", "contract", "source"], name="a_paper_once_a_contract")
        ]

    def __str__(self) -> str:
        return self.title or f"Version {self.number}"


class ContractTerm(CompanyRecord):
    """What was read in a paper of a contract, with the place; a person confirms, corrects or rejects it.

    What a person said is kept when the paper is read again by later rules.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("we read this, please confirm")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        REJECTED = "rejected", _("rejected")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="terms")
    document = models.ForeignKey(ContractDocument, models.CASCADE, related_name="terms")
    term = models.CharField(max_length=40)
    value = models.CharField(max_length=300, blank=True)
    page = models.PositiveIntegerField(null=True, blank=True)
    start = models.PositiveIntegerField(help_text="Offsets into the words of the paper.")
    end = models.PositiveIntegerField()
    quote = models.TextField(blank=True)
    confidence = models.FloatField(default=0)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    corrected_value = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["start", "pk"]
        indexes = [models.Index(fields=["company", "contract", "state"], name="term_by_contract")]

    def __str__(self) -> str:
        return f"{self.term}: {self.holds}"

    @property
    def holds(self) -> str:
        """The value that counts: the person's, else the one that was read."""
        return self.corrected_value if self.state == self.State.CORRECTED else self.value


class ContractDecision(CompanyRecord):
    """What was decided for one exit day of a contract: once, by one person, with why and the proof of sending."""

    class Kind(models.TextChoices):
        RENEW = "renew", _("let it renew")
        RENEGOTIATE = "renegotiate", _("renegotiate it")
        CANCEL = "cancel", _("end it")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="decisions")
    kind = models.CharField(_("decision"), max_length=11, choices=Kind)
    exit_day = models.DateField(help_text="The day the contract could end on.")
    reason = models.TextField(_("why"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    known = models.JSONField(
        default=dict, blank=True, help_text="What was known then: dates, cost, what is open."
    )
    sent_on = models.DateField(_("notice sent on"), null=True, blank=True)
    sent_by = models.CharField(_("sent by"), max_length=17, choices=Contract.Form, blank=True)
    sent_proof = models.CharField(_("proof of sending"), max_length=300, blank=True)
    proof_file = models.ForeignKey(
        "records.SourceFile", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "contract", "exit_day"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="one_decision_per_exit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contract}: {self.kind}"


class ContractChange(CompanyRecord):
    """What somebody changed in a contract: columns with what stood there and what stands there now."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="changes")
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    changes = models.JSONField(default=list, help_text="[[column, was, is], …]")

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.contract} changed"


class FlagWord(CompanyRecord):
    """A danger in a contract that somebody has looked at and lives with, and why; until a day, or for good."""

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="flag_words")
    flag = models.CharField(max_length=60)
    why = models.TextField(_("why we live with it"))
    until = models.DateField(_("look again on"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "contract"], name="flag_word_by_contract")]

    def __str__(self) -> str:
        return self.flag


class VendorCard(CompanyRecord):
    """What the company says of a vendor that it depends on; one card a vendor."""

    class Level(models.TextChoices):
        LOW = "low", _("low: a week without it hardly hurts")
        MEDIUM = "medium", _("medium: within days it hurts")
        HIGH = "high", _("high: work stops the same day")

    class Substitute(models.TextChoices):
        EASY = "easy", _("within weeks")
        MONTHS = "months", _("within months")
        HARD = "hard", _("hardly, or at great cost")

    vendor_key = models.CharField(max_length=120)
    vendor_name = models.CharField(max_length=300, blank=True)
    accountable = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    scope = models.TextField(_("what it does for us"), blank=True)
    criticality = models.CharField(_("how much stops without it"), max_length=6, choices=Level, blank=True)
    substitutability = models.CharField(
        _("how soon another could take over"), max_length=6, choices=Substitute, blank=True
    )
    data_held = models.TextField(_("what data of ours it holds"), blank=True)
    data_where = models.CharField(_("where that data is"), max_length=200, blank=True)
    personal_data = models.BooleanField(_("personal data among it"), null=True, blank=True)
    sub_processors = models.TextField(_("who works for it on our data"), blank=True)
    contacts = models.TextField(_("whom to call"), blank=True)
    exit_plan = models.TextField(_("how we would leave"), blank=True)
    exit_tested_on = models.DateField(_("last tried on"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "vendor_key"], name="one_card_a_vendor")]

    def __str__(self) -> str:
        return self.vendor_name or self.vendor_key


class ReminderSent(CompanyRecord):
    """A mail on contracts that went out, or is about to: the row is written first, and only once for each key."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    contract = models.ForeignKey(Contract, models.CASCADE, null=True, blank=True, related_name="reminders")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text="Empty: the mail server has not taken it yet."
    )
    content: Any = models.JSONField(default=dict, blank=True, help_text="What the mail said of.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "user", "key"], name="a_reminder_once")]

    def __str__(self) -> str:
        return self.key
