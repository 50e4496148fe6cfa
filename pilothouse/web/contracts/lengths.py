"""A length of time on a form: a number and its unit, stored as ISO 8601 ("P3M")."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from pilothouse.engine.dates import Duration

WORKING_DAYS = "B"
MOST = 9999
UNITS: list[tuple[str, str | Promise]] = [
    ("M", _("months")),
    ("Y", _("years")),
    ("W", _("weeks")),
    ("D", _("days")),
]
_ONE_UNIT = re.compile(r"P(\d+)([YMWD])")


class LengthInput(forms.MultiWidget):
    """A number beside its unit."""

    def __init__(self, units: list[tuple[str, str | Promise]], label: str | Promise) -> None:
        number = forms.NumberInput({"min": 1, "max": MOST, "inputmode": "numeric", "class": "counts"})
        unit = forms.Select({"aria-label": _("unit of: %(label)s") % {"label": label}}, choices=units)
        super().__init__({"": number, "unit": unit}, {"class": "length"})

    def decompress(self, value: str | None) -> list[str | None]:
        return split(value)

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_


def split(value: str | None) -> list[str | None]:
    """The number and unit of a stored length; one of several units is given in the smallest.

    >>> split("P3M"), split("P1Y6M"), split(""), split("20B")
    (['3', 'M'], ['18', 'M'], [None, 'M'], ['20', 'B'])
    """
    if not value:
        return [None, "M"]
    if value.endswith(WORKING_DAYS):
        return [value[:-1], WORKING_DAYS]
    simple = _ONE_UNIT.fullmatch(value)
    if simple:
        return [simple[1], simple[2]]
    length = Duration.parse(value)
    return [str(length.days), "D"] if not length.months else [str(length.months), "M"]


class LengthField(forms.MultiValueField):
    """A length of time; empty means not known. With `working_days` it may also be counted in those ("20B")."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "incomplete": _("A number and its unit, please. Example: 3 months.")
    }

    def __init__(self, *, label: Any, working_days: bool = False, **kwargs: Any) -> None:
        units = [*UNITS, (WORKING_DAYS, _("working days"))] if working_days else UNITS
        fields = (
            forms.IntegerField(min_value=1, max_value=MOST, required=False),
            forms.ChoiceField(choices=units, required=False),
        )
        super().__init__(
            fields,
            widget=LengthInput(units, label),
            label=label,
            required=False,
            require_all_fields=False,
            **kwargs,
        )

    def compress(self, data_list: list[Any]) -> str:
        if not data_list or data_list[0] is None:
            return ""
        number, unit = data_list
        return f"{number}{WORKING_DAYS}" if unit == WORKING_DAYS else f"P{number}{unit}"


_SAID = {
    "Y": ngettext_lazy("%(number)d year", "%(number)d years", "number"),
    "M": ngettext_lazy("%(number)d month", "%(number)d months", "number"),
    "W": ngettext_lazy("%(number)d week", "%(number)d weeks", "number"),
    "D": ngettext_lazy("%(number)d day", "%(number)d days", "number"),
}


def in_words(value: str) -> str:
    """A stored length as people say it: "3 months"."""
    parts = re.findall(r"(\d+)([YMWD])", value)
    return ", ".join(str(_SAID[unit] % {"number": int(number)}) for number, unit in parts) or value
