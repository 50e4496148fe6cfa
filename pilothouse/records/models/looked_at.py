"""What people answered and looked at in contracts: questions that no clause answers, and oddities they live with."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.contracts import Contract
from pilothouse.records.models.owned import CompanyRecord


class CheckAnswer(CompanyRecord):
    """What a person answered to a check of the list that no clause answers; the latest on a check holds."""

    class Says(models.TextChoices):
        GOOD = "good", _("It is as it should be")
        WORRY = "worry", _("It worries us")
        ABSENT = "absent", _("Nothing is written about it")

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="check_answers")
    check_id = models.CharField(max_length=60)
    says = models.CharField(_("your answer"), max_length=6, choices=Says)
    words = models.TextField(_("what is written, or what they say"), blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["company", "contract", "check_id"], name="answer_by_contract")]

    def __str__(self) -> str:
        return f"{self.check_id}: {self.says}"


class RegisterWord(CompanyRecord):
    """An oddity of the register that somebody has looked at and lives with, and why; until a day, or for good.

    `finding` is the rule with what it is of (a row by its words, a vendor, a contract), not with its amounts, so that
    the word holds when the list is brought again.
    """

    finding = models.CharField(max_length=120)
    sentence = models.CharField(max_length=500, help_text="What the finding said then.")
    why = models.TextField(_("why we live with it"))
    until = models.DateField(_("look again on"), null=True, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["company", "finding"], name="register_word_by_finding")]

    def __str__(self) -> str:
        return self.finding
