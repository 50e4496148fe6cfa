"""A check as a practice wants it: its words, for which contracts, and how grave what it finds is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pilothouse.engine.contracts.checklist import Check, Concern, Severity, When
from pilothouse.knowledge.red_flags import checklist
from pilothouse.records.models import Contract
from pilothouse.services.checklist import Row

GRADES = [
    (Severity.ACT.value, _("Act on it")),
    (Severity.LOOK.value, _("Worth a look")),
    (Severity.NOTE.value, _("Good to know")),
]
_GRAVEST_FIRST = [Severity.ACT.value, Severity.LOOK.value, Severity.NOTE.value]
LONGEST = 600
# Fields of the form, with what the list calls them.
WORDS = {
    "question": "question", "why": "why", "threshold": "threshold", "what_to_do": "do", "ask_for": "ask_for",
}  # fmt: skip


def _words(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=LONGEST, widget=forms.Textarea({"rows": 2})
    )


class WordsForm(forms.Form):
    """What every check says, in the practice's own words."""

    question = _words(_("The question"), _("As you would ask a client."))
    why = _words(_("Why it matters"))
    threshold = _words(_("From where on it worries you"))
    what_to_do = _words(_("What to do about it"))
    ask_for = _words(_("What to ask for instead"))
    kinds = forms.MultipleChoiceField(
        label=_("For these contracts"),
        help_text=_("None chosen: for all."),
        choices=Contract.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def words(self) -> dict[str, Any]:
        """The words as the list keeps them; only of a valid form."""
        given = self.cleaned_data
        return {kept: given[name].strip() for name, kept in WORDS.items()} | {
            "kinds": _in_order(given["kinds"])
        }


class CheckForm(WordsForm):
    """A check that is there already: also how grave each thing it can find is, and from where on."""

    is_out = forms.BooleanField(
        label=_("We do not look for this"),
        required=False,
        help_text=_("It stays on this page, so that you can put it back."),
    )

    def __init__(self, data: Any = None, *, row: Row) -> None:
        self._row = row
        check = row.check
        first = {name: getattr(check, name) for name in WORDS} | {"kinds": check.kinds, "is_out": row.is_out}
        super().__init__(data, initial=first)
        for number, concern in enumerate(check.concerns):
            self.fields[f"grade_{number}"] = forms.ChoiceField(
                label=concern.says.replace("{value}", "…"), choices=GRADES, initial=concern.severity.value
            )
            if concern.limit:
                self.fields[f"limit_{number}"] = forms.CharField(
                    label=gettext("From where on"),
                    initial=concern.limit,
                    max_length=20,
                    help_text=gettext("A length as P90D or P6M, or a share as 0.07 (seven per cent)."),
                )
        self.order_fields([name for name in self.fields if name != "is_out"])  # it comes last

    def entry(self) -> dict[str, Any]:
        """What the list keeps: of one of ours only what differs from how it comes."""
        said = self.words() | {"concerns": self._concerns()}
        if not self._row.check.concerns:
            del said["concerns"]
        if self._row.is_own:
            said = {**_as_kept(self._row.check), **said}
        else:
            comes = _as_kept(next(one for one in checklist().checks if one.id == self._row.check.id))
            said = {name: value for name, value in said.items() if value != comes.get(name)}
        return {**said, "drop": True} if self.cleaned_data["is_out"] else said

    def _concerns(self) -> list[dict[str, Any]]:
        """Its concerns as graded, the gravest first, since the first that holds is said."""
        given = self.cleaned_data
        found = [
            _concern_as_kept(concern)
            | {"severity": given[f"grade_{number}"]}
            | ({"limit": given[f"limit_{number}"].strip()} if concern.limit else {})
            for number, concern in enumerate(self._row.check.concerns)
        ]
        return sorted(found, key=lambda one: _GRAVEST_FIRST.index(one["severity"]))


class OwnCheckForm(WordsForm):
    """A check of the practice's own: a question for whoever reads, or a clause that has to be there."""

    term = forms.ChoiceField(
        label=_("Which clause has to be there"),
        required=False,
        help_text=_("None: it is asked on the page of the contract, and a person answers."),
    )
    grade = forms.ChoiceField(label=_("If it was not found"), choices=GRADES, initial=Severity.NOTE.value)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = sorted(checklist().names.items(), key=lambda pair: pair[1])
        self.fields["term"].choices = [("", gettext("None")), *names]  # type: ignore[attr-defined]  # a ChoiceField

    def entry(self, number: int, today: date) -> dict[str, Any]:
        """A whole new entry."""
        said = self.words() | {
            "number": number,
            "theme": "your own",
            "sources": 0,
            "quality": "D",
            "looked_up": today.isoformat(),
        }
        term = self.cleaned_data["term"]
        if term:
            says = f"{checklist().names[term]}: not found."
            concern = {"when": When.MISSING.value, "severity": self.cleaned_data["grade"], "says": says}
            said |= {"terms": [term], "concerns": [concern]}
        return said


def _in_order(kinds: Sequence[str]) -> list[str]:
    """Kinds of contracts always in one order, so that what is the same looks the same."""
    return sorted(kinds, key=Contract.Kind.values.index)


def _as_kept(check: Check) -> dict[str, Any]:
    """The fields of a check as an entry has them."""
    kept: dict[str, Any] = {kept: getattr(check, name) for name, kept in WORDS.items()}
    kept |= {
        "kinds": _in_order(check.kinds),
        "number": check.number,
        "theme": check.theme,
        "sources": check.sources,
    }
    kept |= {"quality": check.quality, "looked_up": check.looked_up.isoformat()}
    if check.terms:
        kept |= {"terms": list(check.terms), "concerns": [_concern_as_kept(one) for one in check.concerns]}
    return kept


def _concern_as_kept(concern: Concern) -> dict[str, Any]:
    kept: dict[str, Any] = {
        "when": concern.when.value,
        "severity": concern.severity.value,
        "says": concern.says,
    }
    several: Iterator[tuple[str, Sequence[str]]] = iter(
        (
            ("words", concern.words),
            ("without", concern.without),
            ("besides", concern.besides),
            ("unless", concern.unless),
        )
    )
    kept |= {name: list(value) for name, value in several if value}
    return kept | ({"limit": concern.limit} if concern.limit else {})
