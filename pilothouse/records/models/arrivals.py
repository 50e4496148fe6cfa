"""A place from which papers arrive by themselves: a watched folder, or a mailbox that is asked by IMAP.

Beside where it is stands how far it has been read, so that nothing is brought twice: of a mailbox the last UID with
the validity of its numbers (RFC 3501, 2.3.1.1), of a folder each file that was brought.
"""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import User
from pilothouse.records.models.owned import CompanyRecord


class Arrival(CompanyRecord):
    class Kind(models.TextChoices):
        FOLDER = "folder", _("a watched folder")
        IMAP = "imap", _("a mailbox")

    class Security(models.TextChoices):
        TLS = "tls", _("TLS (the usual one, port 993)")
        STARTTLS = "starttls", _("STARTTLS (port 143)")
        NONE = "none", _("None, within your own network")

    kind = models.CharField(max_length=10, choices=Kind)
    enabled = models.BooleanField(default=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    folder = models.CharField(_("Folder"), max_length=1000, blank=True)

    host = models.CharField(_("Mail server"), max_length=255, blank=True)
    port = models.PositiveIntegerField(
        _("Port"), default=993, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    security = models.CharField(_("Encryption"), max_length=10, choices=Security, default=Security.TLS)
    user = models.CharField(_("User name"), max_length=255, blank=True)
    sealed_password = models.TextField(blank=True, help_text="Encrypted; see services/sealing.py.")
    mail_folder = models.CharField(_("Folder of the mailbox"), max_length=255, blank=True, default="INBOX")
    since = models.DateField(_("Only mails from this day on"), null=True, blank=True)
    uid_validity = models.PositiveBigIntegerField(default=0)
    last_uid = models.PositiveBigIntegerField(default=0)

    claimed_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(
        null=True, blank=True, help_text="After failures it waits longer until the next run by the clock."
    )
    failures = models.PositiveIntegerField(default=0, help_text="Runs that failed, one after the other.")
    last_run_at = models.DateTimeField(null=True, blank=True)
    last_problem = models.TextField(blank=True)
    last_note = models.TextField(blank=True, help_text="What waits or was passed over; nothing is wrong.")
    last_came_at = models.DateTimeField(null=True, blank=True)
    last_came = models.PositiveIntegerField(
        default=0, help_text="Files or mails of the run that last brought any."
    )
    last_import = models.ForeignKey(
        "records.Import", models.SET_NULL, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return self.folder if self.kind == self.Kind.FOLDER else f"{self.user} · {self.mail_folder}"


class ArrivedFile(CompanyRecord):
    """A file of a watched folder that was brought, as it was then; it is looked at again only once it has changed."""

    arrival = models.ForeignKey(Arrival, models.CASCADE, related_name="files")
    path = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    changed_ns = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["arrival", "path"], name="one_memory_per_arrived_file")
        ]

    def __str__(self) -> str:
        return self.path
