"""Contracts in words: columns by the labels of the form, values as people say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from pilothouse.engine.contracts.measures import amount_in
from pilothouse.records.models import Contract, ContractTerm
from pilothouse.reporting import formats
from pilothouse.web.contracts.lengths import in_words

# What each term is called; in the order of the parts they are shown in.
TERM_PARTS: list[tuple[str | Promise, dict[str, str | Promise]]] = [
    (
        _lazy("How long it runs, and how it ends"),
        {
            "parties": _lazy("Parties"),
            "agreement_date": _lazy("Made on"),
            "effective_date": _lazy("In force from"),
            "initial_term": _lazy("First term"),
            "expiration": _lazy("Ends"),
            "renewal_term": _lazy("Renews by"),
            "renewal_notice": _lazy("Notice against renewal"),
            "termination_for_convenience": _lazy("Ending without a reason"),
            "termination_for_cause": _lazy("Ending for a reason"),
            "early_termination_fee": _lazy("Fee for ending early"),
        },
    ),
    (
        _lazy("Money"),
        {
            "price": _lazy("Price"),
            "price_indexation": _lazy("How the price moves"),
            "minimum_commitment": _lazy("Least that must be bought"),
            "unlimited_with_cap": _lazy("“Unlimited”, and its limit"),
        },
    ),
    (
        _lazy("What is done, and how well"),
        {
            "scope": _lazy("What is covered"),
            "exclusions": _lazy("What is not covered"),
            "bundled_projects": _lazy("Projects bundled with it"),
            "response_time": _lazy("Time to answer"),
            "resolution_time": _lazy("Time to solve"),
            "availability": _lazy("Availability"),
            "service_credits": _lazy("Money back for bad service"),
            "sole_remedy": _lazy("Nothing but that money back"),
        },
    ),
    (
        _lazy("Damage"),
        {
            "liability_cap": _lazy("Limit of what they pay"),
            "liability_uncapped": _lazy("Without limit"),
            "insurance": _lazy("Insurance"),
        },
    ),
    (
        _lazy("Data and security"),
        {
            "data_ownership": _lazy("Whose the data is"),
            "data_return": _lazy("Getting the data back"),
            "sub_processors": _lazy("Others who work on the data"),
            "audit_rights": _lazy("Right to look into the books"),
            "security_duties": _lazy("Duties of security"),
            "incident_notice": _lazy("Telling of an incident"),
        },
    ),
    (
        _lazy("Leaving, and who owns what"),
        {
            "exit_assistance": _lazy("Help when leaving"),
            "anti_assignment": _lazy("Handing the contract on"),
            "change_of_control": _lazy("If the owner changes"),
            "ip_ownership": _lazy("Whose the work is"),
            "credentials_ownership": _lazy("Whose the passwords are"),
            "domain_ownership": _lazy("Whose the domain names are"),
            "licence_ownership": _lazy("Whose the licences are"),
            "documentation_ownership": _lazy("Whose the documentation is"),
            "exclusivity": _lazy("Nobody else may be asked"),
            "governing_law": _lazy("Law that holds"),
        },
    ),
]
TERM_NAMES: dict[str, str | Promise] = {
    key: name for _part, names in TERM_PARTS for key, name in names.items()
}


def parts_of(rows: Iterable[ContractTerm]) -> Iterator[tuple[str, list[tuple[str, ContractTerm]]]]:
    """Terms under the titles of their parts, by the order of their names."""
    by_term: dict[str, list[ContractTerm]] = {}
    for row in rows:
        by_term.setdefault(row.term, []).append(row)
    for title, names in TERM_PARTS:
        found = [(str(name), row) for key, name in names.items() for row in by_term.get(key, ())]
        if found:
            yield str(title), found


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing a contract says; `column` is confirmed on its own."""

    column: str
    label: str
    value: str
    is_proposed: bool


def label_of(column: str) -> str:
    """What a column of a contract is called."""
    if column.startswith("term:"):
        return str(TERM_NAMES.get(column.removeprefix("term:"), column))
    if column not in {field.name for field in Contract._meta.get_fields()}:
        return column
    field = Contract._meta.get_field(column)
    return str(getattr(field, "verbose_name", column)).capitalize()


def shown_value(value: str) -> str:
    """A stored value as people say it: a length, a day, a share, an amount, a country; anything else as it is."""
    said = next((say(found) for form, say in _SAID_AS if (found := form.fullmatch(value))), None)
    return value if said is None else said


def _day_in_words(found: re.Match[str]) -> str:
    return formats.day(date.fromisoformat(found[0]), "en")


def _hours_in_words(found: re.Match[str]) -> str:
    number = int(found["number"])
    words = {
        "H": ngettext("%(number)d hour", "%(number)d hours", number),
        "M": ngettext("%(number)d minute", "%(number)d minutes", number),
    }
    return words[found["unit"]] % {"number": number}


def _share_in_words(found: re.Match[str]) -> str:
    return f"{(Decimal(found[0]) * 100).normalize():f} %"


def _amount_in_words(found: re.Match[str]) -> str:
    amount = amount_in(found[0])
    return formats.money(amount, "en", cents=True) if amount is not None else found[0]


_SAID_AS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"P(\d+[YMWD])+"), lambda found: in_words(found[0])),
    (re.compile(r"PT(?P<number>\d{1,6})(?P<unit>[HM])"), _hours_in_words),
    (re.compile(r"\d{4}-\d{2}-\d{2}"), _day_in_words),
    (re.compile(r"0\.\d{1,6}"), _share_in_words),
    (re.compile(r"[A-Z]{3} \d{1,12}(\.\d{1,4})?|\d{1,12}(\.\d{1,4})? [A-Z]{3}"), _amount_in_words),
)


# What is wrong with the terms of a contract, by the rule that says so.
_WRONG: dict[str, str | Promise] = {
    "contract.start": _lazy("its start is not known"),
    "terms.no_end": _lazy("its end is not known"),
    "terms.end_before_start": _lazy("it ends before it starts"),
    "terms.no_length": _lazy("its first term has no length"),
    "renewal.no_length": _lazy("its renewal has no length"),
}


def gap_of(contract: Contract) -> str:
    """What keeps the day for a decision from being counted; empty where nothing does."""
    answer: dict[str, Any] = contract.answer
    if answer.get("last_day") or answer.get("earliest_end") or contract.ends_on is not None:
        return ""
    if answer.get("term") is not None:
        known = (answer.get("if_nobody_acts") or {}).get("ends")
        return "" if known else _("how long before notice must be given is not known")
    rules = [problem["rule"] for problem in answer.get("problems", ())]
    return next((str(_WRONG.get(rule, _("its dates and lengths do not fit"))) for rule in rules), "")


def instead_of_a_day(contract: Contract) -> str:
    """What stands in a list where a contract has no day to send a notice by."""
    answer: dict[str, Any] = contract.answer
    ends = (answer.get("if_nobody_acts") or {}).get("ends")
    if ends:
        return _("ends on %(day)s") % {"day": formats.day(date.fromisoformat(ends), "en")}
    if answer.get("earliest_end"):
        return _("can be ended on any day")
    if answer.get("term") is None and not answer.get("problems"):
        return _("has ended")
    return gap_of(contract) or _("none")


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
