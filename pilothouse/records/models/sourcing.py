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


class TriggerState(CompanyRecord):
    """Since when something says that the way of running IT is outgrown; one row a trigger, kept when it is gone."""

    key = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    measured = models.FloatField(null=True, blank=True)
    first_met = models.DateField(null=True, blank=True)
    last_seen = models.DateField()
    aside_why = models.CharField(max_length=300, blank=True, help_text="Empty: it is not set aside.")
    aside_on = models.DateField(null=True, blank=True)
    aside_until = models.DateField(null=True, blank=True)
    aside_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    aside_measured = models.FloatField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["company", "key"], name="one_state_a_trigger")]

    def __str__(self) -> str:
        return f"{self.key}: {self.state}"


class ReadinessAnswers(CompanyRecord):
    """What was answered to "our IT person leaves tomorrow"; the newest holds."""

    answers = models.JSONField(default=dict)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        get_latest_by = ("created_at", "id")

    def __str__(self) -> str:
        return f"{self.company}, {self.created_at}"


class Drill(CompanyRecord):
    """A day on which it was tried whether work goes on without the IT person."""

    held_on = models.DateField(_("held on"))
    took_part = models.CharField(_("who took part"), max_length=300, blank=True)
    score = models.FloatField(null=True, blank=True, help_text="As it was counted when it was noted.")
    way = models.ForeignKey(
        "Transition",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="What it found, as tasks.",
    )
    minutes = models.PositiveIntegerField(_("minutes until work went on"), null=True, blank=True)
    failed = models.TextField(_("what failed"), max_length=2000, blank=True)
    lessons = models.TextField(_("what we change"), max_length=2000, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.company}, {self.held_on}"


class DrillStep(CompanyRecord):
    """How one step of a drill went; its words are copied, so that a later edition changes nothing in it."""

    class Went(models.TextChoices):
        UNKNOWN = "unknown", _("not tried")
        YES = "yes", _("it went")
        PARTLY = "partly", _("with help, or too slowly")
        NO = "no", _("it did not go")

    drill = models.ForeignKey(Drill, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    key = models.CharField(max_length=60)
    what = models.CharField(max_length=500)
    went = models.CharField(_("how it went"), max_length=10, choices=Went, default=Went.UNKNOWN)
    minutes = models.PositiveIntegerField(_("minutes"), null=True, blank=True)
    wrong = models.CharField(_("what went wrong"), max_length=300, blank=True)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return f"{self.what}: {self.went}"


class Transition(CompanyRecord):
    """A playbook under way: its tasks are copied, so that a later edition of the playbook changes nothing in it."""

    playbook = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    to = models.CharField(max_length=40, blank=True, help_text="The model it leads to; empty where it stays.")
    started_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    # What it was thought to cost once when it was begun (P10 and P90), and what it did cost.
    planned_low = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    planned_high = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    cost = models.DecimalField(_("what it cost"), max_digits=14, decimal_places=2, null=True, blank=True)
    cost_note = models.CharField(_("what is in it"), max_length=300, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-started_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.name}, {self.started_on}"


class TransitionTask(CompanyRecord):
    """One thing to do on the way, by whom and until when; done once somebody says so."""

    transition = models.ForeignKey(Transition, models.CASCADE, related_name="tasks")
    position = models.PositiveIntegerField()
    what = models.CharField(max_length=500)
    owner = models.CharField(max_length=20)
    who = models.CharField(_("who does it"), max_length=120, blank=True)
    due = models.DateField(_("until"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    skipped_why = models.CharField(max_length=300, blank=True, help_text="Empty: it is not left out.")
    revision = models.PositiveIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.what


class AssumptionOverride(CompanyRecord):
    """A company's own value in the place of one of ours; the newest of a key holds until it is withdrawn."""

    key = models.CharField(max_length=60)
    low = models.DecimalField(_("low"), max_digits=14, decimal_places=4)
    mode = models.DecimalField(_("usual"), max_digits=14, decimal_places=4)
    high = models.DecimalField(_("high"), max_digits=14, decimal_places=4)
    note = models.CharField(_("where it comes from"), max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.key}: {self.low} to {self.high}"


class CostForecast(CompanyRecord):
    """What a model was thought to cost on a day, with all it rested on, to be held against what came."""

    made_on = models.DateField()
    model = models.CharField(_("model"), max_length=40, choices=ProfileVersion.DeliveryModel)
    answer = models.JSONField(help_text="As `ask costs` prints it.")
    headcount = models.PositiveIntegerField(null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-made_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.company}, {self.model}, {self.made_on}"
