"""Forms of people: the first person, joining, inviting, one's own settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import Role, User


class NewPersonForm(forms.Form):
    """Name and password of a person who comes in for the first time."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        help_text=_("At least eight characters; a short sentence is easy to keep."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class StartForm(NewPersonForm):
    """The first person and the first company of an installation."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    company = forms.CharField(
        label=_("Name of your company"),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "organization"}),
    )
    sample = forms.BooleanField(
        label=_("Also put in a made-up sample company, to look around"), required=False, initial=True
    )
    field_order = ["name", "email", "password", "company", "sample"]


class InviteForm(forms.Form):
    """Whom to ask in, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput({"autocomplete": "off"})
    )
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices, initial=Role.READER)


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)


class OwnSettingsForm(forms.ModelForm[User]):
    """What a person may change about themselves."""

    language = forms.ChoiceField(
        choices=settings.LANGUAGES,
        required=False,
        label=_("Language of your mails and your calendar"),
        help_text=_("The pages are English."),
    )

    class Meta:
        model = User
        fields = ["name", "language", "mails_on_contracts"]
        help_texts = {
            "mails_on_contracts": _(
                "One mail a week at most, when something is new, and one when a day comes close. Only about what you "
                "decide or deputise for."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
