"""What people enter about a mailbox or a watched folder.

A password is typed and never shown again. Where the mailbox is asked at another server, or another way, it must be
typed again: else whoever may change the address could have the password sent to a server of their own.
"""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilothouse.records.models import Arrival
from pilothouse.services import arrivals
from pilothouse.services.sealing import seal
from pilothouse.services.watched_folder import FolderClosed


class FolderForm(forms.ModelForm[Arrival]):
    """A folder below a place that may be watched."""

    class Meta:
        model = Arrival
        fields: ClassVar[list[str]] = ["folder"]
        help_texts: ClassVar[dict[str, Any]] = {
            "folder": gettext_lazy(
                "The whole path on the machine that runs Pilothouse; all folders in it are watched too."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["folder"].required = True

    def clean_folder(self) -> str:
        given: str = self.cleaned_data["folder"]
        try:
            arrivals.check_folder(given, self.instance.company)
        except FolderClosed as closed:
            raise forms.ValidationError(closed.words) from closed
        return given


class MailboxForm(forms.ModelForm[Arrival]):
    """A mailbox and the way in."""

    password = forms.CharField(
        label=gettext_lazy("Password"),
        required=False,
        strip=False,
        max_length=500,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    class Meta:
        model = Arrival
        fields: ClassVar[list[str]] = [
            "host", "security", "port", "user", "password", "mail_folder", "since",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "host": forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
            "user": forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
            "since": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "host": gettext_lazy("The name your mail provider gives for IMAP. Example: imap.example.be."),
            "security": gettext_lazy("Without encryption whoever listens on the network reads the password."),
            "port": gettext_lazy("993 with TLS, 143 with STARTTLS."),
            "user": gettext_lazy("Often the whole address. Example: invoices@example.be."),
            "mail_folder": gettext_lazy("INBOX, or the folder that invoices are moved into."),
            "since": gettext_lazy("Empty: everything that is there. Of many mails that takes some runs."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        for name in ("host", "port", "user", "mail_folder"):
            self.fields[name].required = True
        self.fields["password"].required = self.is_new
        self.fields["password"].error_messages["required"] = _(
            "Without a password the mailbox cannot be asked."
        )
        self.fields["password"].help_text = (
            _("Kept encrypted and never shown again. Google wants an app password here.")
            if self.is_new
            else _("Leave it empty to keep the one that was typed. It is never shown.")
        )

    def clean_host(self) -> str:
        given: str = self.cleaned_data["host"].strip().rstrip(".").lower()
        if not re.fullmatch(r"[\w.:-]+", given) or "://" in given:
            raise forms.ValidationError(_("The name alone, please, such as imap.example.be."))
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        for name in ("user", "password", "mail_folder"):
            if not str(given.get(name) or "").isprintable():
                self.add_error(name, _("There is a sign in it that cannot be typed. Enter it again."))
        elsewhere = {"host", "port", "security", "user"} & set(self.changed_data)
        if elsewhere and not given.get("password") and not self.is_new:
            self.add_error(
                "password",
                _("Type the password once more: server, encryption or user name changed, and it goes there."),
            )
        return given

    def save(self, commit: bool = True) -> Arrival:  # noqa: FBT001  # Django's own signature
        if given := self.cleaned_data["password"]:
            self.instance.sealed_password = seal(given)
        if {"host", "port", "user", "mail_folder", "since"} & set(self.changed_data):
            self.instance.uid_validity = self.instance.last_uid = 0  # what was here does not come in again
        return super().save(commit)
