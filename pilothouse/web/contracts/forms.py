"""What a contract is said to be, chosen from, and decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from pilothouse.accounts.models import Company, User
from pilothouse.engine.contracts.reading.corrected import DAYS, LENGTHS, as_understood
from pilothouse.records.models import (
    CheckAnswer,
    Contract,
    ContractDecision,
    ContractTerm,
    FlagWord,
    Paper,
    RegisterWord,
)
from pilothouse.services.contract_papers import Answer
from pilothouse.web.contracts.lengths import WORKING_DAYS, LengthField

DATE = {"type": "date"}
NOT_KNOWN = ("", _("I don't know"))
CONFIRMED = ContractTerm.State.CONFIRMED
TEXT_AREA = forms.Textarea({"rows": 3})

# The columns that each field of the form fills, where that is not the one of its name.
FILLS = {"notice": ("notice_length", "notice_business_days")}


class ContractForm(forms.ModelForm[Contract]):
    """One contract; everything but its name may stay empty, which means not known."""

    initial_term = LengthField(
        label=_("How long is the first term?"), help_text=_("Example: 36 months. Or give its last day below.")
    )
    renewal_term = LengthField(
        label=_("By how long does it renew each time?"),
        help_text=_("Empty: as long as the first term, which is the safe side."),
    )
    notice = LengthField(
        label=_("How long before must notice be given?"),
        help_text=_("Example: 3 months. Look for “notice”, “opzegtermijn”, “préavis” or “Kündigungsfrist”."),
        working_days=True,
    )
    notice_not_before = LengthField(
        label=_("Is there an earliest moment for it?"),
        help_text=_("Some contracts take notice only from so long before the end. Mostly empty."),
    )
    extension_length = LengthField(
        label=_("May it be extended if we ask?"),
        help_text=_("By how long each time. It does not renew by itself."),
    )
    all_compared = forms.BooleanField(
        label=_("I have compared all of this with the contract"),
        required=False,
        help_text=_("What was proposed is confirmed then, and may stand in a letter."),
    )

    class Meta:
        model = Contract
        fields: ClassVar[list[str]] = [
            "name", "vendor_name", "number", "kind", "scope", "department", "our_name",
            "start", "initial_term", "end", "renewal_mode", "renewal_term", "renewal_times",
            "notice_week", "notice_before", "notice_effective", "notice_break", "notice_must_be", "notice_by",
            "notice_not_before", "country", "region",
            "yearly_cost", "currency", "total_value", "price_rule", "price_index", "price_cap",
            "extension_length", "extension_times",
            "responsible", "deputy", "lead_days", "urgent_days",
        ]  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "start": forms.DateInput(DATE, format="%Y-%m-%d"),
            "end": forms.DateInput(DATE, format="%Y-%m-%d"),
            "scope": TEXT_AREA,
            "vendor_name": forms.TextInput({"list": "vendors"}),
        }
        labels: ClassVar[dict[str, Any]] = {
            "name": _("What is it called?"),
            "vendor_name": _("With whom is it?"),
            "start": _("When does it start?"),
            "end": _("Or: the last day of the first term"),
            "yearly_cost": _("What does it cost a year, without VAT?"),
            "responsible": _("Who decides?"),
            "deputy": _("Who deputises?"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As you would say it. Example: IT support with Noordzee IT."),
            "vendor_name": _("As on their invoices, so that what you pay is found. Example: Noordzee IT BV."),
            "our_name": _("Where you sign under several names. Mostly empty."),
            "scope": _("In a sentence or two."),
            "renewal_mode": _("Not known counts as yes, since that is the safe side."),
            "renewal_times": _("Empty: again and again."),
            "notice_effective": _("Only where it can be ended at any time."),
            "notice_must_be": _("Received is the safe side."),
            "country": _("Two letters. Example: BE. Its holidays and letters count."),
            "region": _("Only where holidays differ within the country. Example: BY for Bavaria."),
            "total_value": _("Only where the contract gives one sum for all years."),
            "lead_days": _("From then on it stands in the weekly mail. Example: 90."),
            "urgent_days": _("On that day those who decide get a mail. Example: 14."),
            "price_index": _("Example: Agoria, Syntec, consumer prices."),
        }

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = (
            User.objects.filter(memberships__company=company).exclude(memberships__role="guest").distinct()
        )
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.queryset, field.empty_label = people.order_by("name", "email"), str(_("Nobody yet"))
            elif isinstance(field, forms.TypedChoiceField):
                field.choices = [NOT_KNOWN, *field.widget.choices[1:]]
        if self.instance.notice_business_days:
            self.initial["notice"] = f"{self.instance.notice_business_days}{WORKING_DAYS}"
        else:
            self.initial["notice"] = self.instance.notice_length
        self.fields["currency"].required = False
        if not self.instance.proposed:
            del self.fields["all_compared"]

    def clean_country(self) -> str:
        given: str = self.cleaned_data["country"].strip().upper()
        if given and (len(given) != 2 or not (given.isascii() and given.isalpha())):
            raise forms.ValidationError(_("Two letters, please. Example: BE."))
        return given

    def clean_currency(self) -> str:
        given: str = self.cleaned_data["currency"].strip().upper() or "EUR"
        if len(given) != 3 or not (given.isascii() and given.isalpha()):
            raise forms.ValidationError(_("Three letters, please. Example: EUR."))
        return given

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = given.get("start"), given.get("end")
        if isinstance(start, date) and isinstance(end, date) and end < start:
            self.add_error("end", _("This is before the contract starts. Check both days."))
        if given.get("notice_effective") and given.get("notice_before") != Contract.Before.ANY_TIME:
            self.add_error(
                "notice_effective", _("This goes only with “at any time” above. Change one of the two.")
            )
        if given.get("responsible") and given.get("responsible") == given.get("deputy"):
            self.add_error("deputy", _("Somebody else, so that one of the two is there."))
        return given

    def save(self, commit: bool = True) -> Contract:  # noqa: FBT001  # Django's own signature
        notice = self.cleaned_data.get("notice") or ""
        in_working_days = notice.endswith(WORKING_DAYS)
        self.instance.notice_business_days = int(notice[:-1]) if in_working_days else None
        self.instance.notice_length = "" if in_working_days else notice
        return super().save(commit)

    def changed_columns(self) -> list[str]:
        """The columns that were changed; all, where everything was compared with the contract."""
        names: Iterable[str] = self.fields if self.cleaned_data.get("all_compared") else self.changed_data
        return [column for name in names for column in FILLS.get(name, (name,)) if name != "all_compared"]


ORDER = [
    ("", _("To be decided first")),
    ("name", _("By name")),
    ("vendor", _("By vendor")),
    ("cost", _("Most money first")),
]
SHOWN = [
    ("", _("All that run")),
    ("proposed", _("Not confirmed yet")),
    ("nobody", _("Nobody decides")),
    ("undated", _("Without a day")),
    ("away", _("Put away")),
]


class RegisterForm(forms.Form):
    """Which contracts; every field may stay empty, and stands in the address."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, widget=forms.TextInput({"type": "search"})
    )
    shown = forms.ChoiceField(label=_("Which"), choices=SHOWN, required=False)
    order = forms.ChoiceField(label=_("Order"), choices=ORDER, required=False)


class DecisionForm(forms.ModelForm[ContractDecision]):
    """Renew, renegotiate or end, with the reason."""

    exit_day = forms.DateField(widget=forms.HiddenInput)

    class Meta:
        model = ContractDecision
        fields: ClassVar[list[str]] = ["kind", "reason", "exit_day"]
        widgets: ClassVar[dict[str, Any]] = {"kind": forms.RadioSelect, "reason": TEXT_AREA}
        labels: ClassVar[dict[str, Any]] = {"kind": _("What do we do?"), "reason": _("Why?")}
        help_texts: ClassVar[dict[str, Any]] = {
            "reason": _("One sentence that you will understand in three years.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Without an empty choice: nothing is chosen until somebody does.
        self.fields["kind"].choices = ContractDecision.Kind.choices  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["reason"].required = True


class SentForm(forms.ModelForm[ContractDecision]):
    """That the notice went out, how, and what proves it."""

    proof = forms.FileField(
        label=_("The proof itself"),
        required=False,
        allow_empty_file=True,  # said in its own words
        help_text=_("The receipt, scanned or photographed, or the saved e-mail."),
    )

    class Meta:
        model = ContractDecision
        fields: ClassVar[list[str]] = ["sent_on", "sent_by", "sent_proof"]
        widgets: ClassVar[dict[str, Any]] = {"sent_on": forms.DateInput(DATE, format="%Y-%m-%d")}
        help_texts: ClassVar[dict[str, Any]] = {
            "sent_proof": _("Example: number of the registered letter, or “read receipt of 12 March”.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].required = self.fields["sent_by"].required = True


class FlagForm(forms.ModelForm[FlagWord]):
    """That somebody lives with a danger, and why."""

    class Meta:
        model = FlagWord
        fields: ClassVar[list[str]] = ["flag", "why", "until"]
        widgets: ClassVar[dict[str, Any]] = {
            "flag": forms.HiddenInput,
            "why": forms.TextInput,
            "until": forms.DateInput(DATE, format="%Y-%m-%d"),
        }


class RegisterWordForm(forms.ModelForm[RegisterWord]):
    """That somebody lives with an oddity of the register, and why."""

    class Meta:
        model = RegisterWord
        fields: ClassVar[list[str]] = ["finding", "why", "until"]
        widgets: ClassVar[dict[str, Any]] = {
            "finding": forms.HiddenInput,
            "why": forms.TextInput,
            "until": forms.DateInput(DATE, format="%Y-%m-%d"),
        }


class AnswerForm(forms.ModelForm[CheckAnswer]):
    """What a person answers to a question that no clause answers."""

    class Meta:
        model = CheckAnswer
        fields: ClassVar[list[str]] = ["check_id", "says", "words"]
        widgets: ClassVar[dict[str, Any]] = {"check_id": forms.HiddenInput, "words": forms.TextInput}


SAYS = [
    (ContractTerm.State.CONFIRMED, _("It is right")),
    (ContractTerm.State.CORRECTED, _("It is this")),
    (ContractTerm.State.REJECTED, _("It does not say that")),
]


# By whether a day, or a length, is asked for.
_NOT_UNDERSTOOD = {
    (True, False): _("The dates are counted from this, so one day is needed. Example: 31 May 2027, or 2027-05-31."),
    (False, True): _(
        "The dates are counted from this, so one length is needed. Example: 3 months, or P3M. Working days are entered "
        "on the page of the contract, under Change."
    ),
    (False, False): _("The dates are counted from this, so one day or one length is needed. Example: 31 May 2027."),
}  # fmt: skip


class TermForm(forms.Form):
    """What a person says of a term that was read: right, otherwise (with the value), or not there."""

    says = forms.ChoiceField(choices=SAYS)
    value = forms.CharField(label=_("What it says"), max_length=300, required=False)

    def __init__(self, *args: Any, row: ContractTerm | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if self.row is None or given.get("says") != ContractTerm.State.CORRECTED:
            return given
        if not given.get("value"):
            self.add_error("value", _("What does it say, then? Write it, or say that it does not say that."))
            return given
        given["understood"] = as_understood(self.row.term, given["value"])
        if given["understood"] is None:
            self.add_error("value", _NOT_UNDERSTOOD[self.row.term in DAYS, self.row.term in LENGTHS])
        return given

    def answer(self, row: ContractTerm) -> Answer:
        """What was said; a correction to what was read is a confirmation."""
        state, value = self.cleaned_data["says"], self.cleaned_data.get("understood")
        if state == ContractTerm.State.CORRECTED and value is not None and value != row.value:
            return Answer(state, value)
        return Answer(ContractTerm.State.REJECTED if state == ContractTerm.State.REJECTED else CONFIRMED)


class VersionForm(forms.Form):
    """Which paper, and what is different in it."""

    paper = forms.TypedChoiceField(label=_("Which paper is it?"), coerce=int)
    note = forms.CharField(
        label=_("What is different in it?"),
        max_length=300,
        required=False,
        help_text=_("Example: new prices from January. May stay empty."),
    )

    def __init__(self, *args: Any, papers: Iterable[Paper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Choose"))] + [(paper.pk, paper.source.name) for paper in papers]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField, as declared above
