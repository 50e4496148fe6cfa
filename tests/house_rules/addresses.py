"""Every address of the product, read from the URL conf, and how to fill in what stands between its slashes.

A new route is covered without a word here as long as its parameters are known: `RECORDS` names the model of each
id, `WORDS` gives the others. An unknown parameter fails the tests until it is added.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from pilothouse.accounts.models import Company, Invitation, Membership
from pilothouse.records.models import (
    Arrival,
    Attachment,
    Contract,
    ContractDecision,
    ContractDocument,
    ContractTerm,
    CostForecast,
    Drill,
    FlagWord,
    Import,
    Incident,
    Paper,
    PaymentWord,
    RegisterWord,
    Report,
    ResponsibilityMatrix,
    SavedView,
    SourceFile,
    SpendDecision,
    SpendLine,
    Transition,
    TransitionTask,
    VendorCard,
    VendorWord,
)
from pilothouse.records.models.owned import CompanyQuerySet
from tests.factories import shown_review


def _of(company: Company, model: Any) -> models.QuerySet[Any]:
    found = model.objects.all()
    return found.of(company) if isinstance(found, CompanyQuerySet) else found.filter(company=company)


def _first_line(company: Company) -> SpendLine:
    found: SpendLine = SpendLine.objects.of(company).filter(review=shown_review(company)).order_by("pk")[0]
    return found


# The id of a record of the company: which model it is of; the first row on the stage is tried.
RECORDS: dict[str, Callable[[Company], models.QuerySet[Any]]] = {
    "arrival_id": lambda company: _of(company, Arrival),
    "batch_id": lambda company: _of(company, Import),
    "document_id": lambda company: _of(company, Paper).filter(kind="document"),
    "attachment_id": lambda company: _of(company, Attachment),
    "paper_id": lambda company: _of(company, Paper),
    "source_id": lambda company: _of(company, SourceFile),
    "decision_id": lambda company: _of(company, SpendDecision),
    "word_id": lambda company: _of(company, VendorWord),
    "said_id": lambda company: _of(company, PaymentWord),
    "contract_id": lambda company: _of(company, Contract).filter(documents__isnull=False),
    "contract_document_id": lambda company: _of(company, ContractDocument),
    "contract_term_id": lambda company: _of(company, ContractTerm),
    "register_word_id": lambda company: _of(company, RegisterWord),
    "flag_word_id": lambda company: _of(company, FlagWord),
    "taken_id": lambda company: _of(company, ContractDecision),
    "forecast_id": lambda company: _of(company, CostForecast),
    "transition_id": lambda company: _of(company, Transition),
    "drill_id": lambda company: _of(company, Drill),
    "incident_id": lambda company: _of(company, Incident),
    "task_id": lambda company: _of(company, TransitionTask),
    "matrix_id": lambda company: _of(company, ResponsibilityMatrix),
    "report_id": lambda company: _of(company, Report),
    "view_id": lambda company: _of(company, SavedView),
    "membership_id": lambda company: _of(company, Membership),
    "invitation_id": lambda company: _of(company, Invitation),
}
# What belongs to a company without being an id.
WORDS_OF_A_COMPANY: dict[str, Callable[[Company], str]] = {
    "card_key": lambda company: str(VendorCard.objects.of(company)[0].vendor_key),
    "vendor_key": lambda company: str(_first_line(company).vendor_key),
    "line_key": lambda company: _first_line(company).address,
}
# Words that are the same for every company.
WORDS = {
    "form": "csv",
    "check_key": "auto_renewal",
    "key": "by-month",
    "assumption_key": "market.hour",
    "sign_key": "growing_fast",
    "picture_key": "bars",
    "number": "1",
}


@dataclass(frozen=True, slots=True)
class Address:
    """One route: its name, its text with parameters, their names, and the view behind it."""

    name: str
    route: str
    parameters: tuple[str, ...]
    view: Callable[..., Any]

    @property
    def is_of_a_company(self) -> bool:
        return self.route.startswith("c/<slug:company>/")

    @property
    def is_of_a_practice(self) -> bool:
        return self.route.startswith("p/<slug:practice>/")

    @property
    def names_a_record(self) -> bool:
        return any(name in RECORDS or name in WORDS_OF_A_COMPANY for name in self.parameters)

    def filled(self, slug: str, records_of: Company | None) -> str:
        """The address with `slug` for company or practice, and the records of one company."""
        text = "/" + self.route
        for parameter, converter in _parameters_in(self.route):
            text = text.replace(f"<{converter}:{parameter}>", _value(parameter, slug, records_of))
        return text


class UnknownParameter(AssertionError):
    """A route has a parameter that the tests cannot fill in."""


def _value(parameter: str, slug: str, records_of: Company | None) -> str:
    if parameter in ("company", "practice"):
        return slug
    if parameter in WORDS:
        return WORDS[parameter]
    if records_of is not None and parameter in RECORDS:
        row = RECORDS[parameter](records_of).order_by("pk").first()
        assert row is not None, f"nothing on the stage for {parameter}: let tests/factories.py make one"
        return str(row.pk)
    if records_of is not None and parameter in WORDS_OF_A_COMPANY:
        return WORDS_OF_A_COMPANY[parameter](records_of)
    raise UnknownParameter(f"<{parameter}> is new: say in tests/house_rules/addresses.py how it is filled in")


def _parameters_in(route: str) -> list[tuple[str, str]]:
    """Name and converter of each parameter of a route, in order."""
    inside = [part.partition(">")[0] for part in route.split("<")[1:]]
    return [(name, converter) for converter, _, name in (part.partition(":") for part in inside)]


def addresses_in(patterns: list[URLPattern | URLResolver] | None = None) -> list[Address]:
    """Every address of the URL conf (or of `patterns`), in its order."""
    return list(_walk(get_resolver().url_patterns if patterns is None else patterns, "", ""))


def _walk(patterns: list[URLPattern | URLResolver], before: str, space: str) -> Iterator[Address]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern.url_patterns, route, f"{space}{pattern.namespace}:" if pattern.namespace else space
            )
            continue
        typed = isinstance(pattern.pattern, RoutePattern)
        names = tuple(name for name, _ in _parameters_in(route)) if typed else ()
        yield Address(f"{space}{pattern.name or route}", route, names, pattern.callback)


def company_addresses() -> list[Address]:
    return [address for address in addresses_in() if address.is_of_a_company]


def practice_addresses() -> list[Address]:
    return [address for address in addresses_in() if address.is_of_a_practice]
