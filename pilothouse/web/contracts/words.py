"""Contracts in words: columns by the labels of the form, values as people say them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from pilothouse.records.models import Contract
from pilothouse.reporting import formats
from pilothouse.web.contracts.lengths import in_words

_LENGTH = re.compile(r"P(\d+[YMWD])+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a contract says; `column` is confirmed on its own."""

    column: str
    label: str
    value: str
    is_proposed: bool


def label_of(column: str) -> str:
    """What a column of a contract is called."""
    if column not in {field.name for field in Contract._meta.get_fields()}:
        return column
    field = Contract._meta.get_field(column)
    return str(getattr(field, "verbose_name", column)).capitalize()


def shown_value(value: str) -> str:
    """A stored value as people say it: a length, a day, anything else as it is."""
    if _LENGTH.fullmatch(value):
        return in_words(value)
    if _DAY.fullmatch(value):
        return formats.day(date.fromisoformat(value), "en")
    return value


def facts_of(contract: Contract, columns: tuple[str, ...]) -> Iterator[Fact]:
    """What is known in these columns."""
    for column in columns:
        value = _said(contract, column)
        if value:
            yield Fact(column, label_of(column), value, contract.is_proposed(column))


def _said(contract: Contract, column: str) -> str:
    shown = getattr(contract, f"get_{column}_display", None)
    value: Any = shown() if shown else getattr(contract, column)
    if value is None or value == "" or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, date):
        return formats.day(value, "en")
    return shown_value(str(value))
