"""The words of what is dangerous in a contract: a check of the list, a rule of law, the flag that one of them raises.

The list and the law are data (`knowledge/red_flags.yaml`, `knowledge/law`), in the language they were loaded in; the
engine gets them as arguments. A check is an opinion with so many sources, a law an article with its date.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from pilothouse.engine.assumptions import Source
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.engine.evidence import NoGrounds
from pilothouse.engine.money import Money


class Severity(StrEnum):
    """How pressing a flag is: good to know, worth a look, act on it."""

    NOTE = "note"
    LOOK = "look"
    ACT = "act"


class When(StrEnum):
    """What makes a concern speak. All but the first two compare the value of a term with a limit."""

    MISSING = "missing"
    PRESENT = "present"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    OLDER_THAN = "older_than"


@dataclass(frozen=True, slots=True)
class Concern:
    """One thing that may be wrong. `limit` is a length ("P90D"), a share ("0.07") or "0.5 years" of the yearly cost.

    With `words`, one of them must stand in the quote; of `without` none may. All of `besides` must be in the contract,
    and none of `unless`. "{value}" in `says` becomes the value in words.
    """

    when: When
    severity: Severity
    says: str
    limit: str = ""
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    besides: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a check and a law have in common. Of `concerns` the first that holds speaks; empty `kinds` means every."""

    id: str
    terms: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    concerns: tuple[Concern, ...] = ()
    what_to_do: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check(Rule):
    """A check of published opinion: the question, what to ask for instead, how many sources and how good.

    `number` is its stable number in the list; one without terms is for a person to answer.
    """

    number: int
    theme: str
    question: str
    why: str
    threshold: str
    ask_for: str
    country: str = ""
    sources: int
    quality: str
    looked_up: date
    disagreement: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Law(Rule):
    """A rule of law in our words. `countries` are those it holds in (all of the Union for "EU").

    `between` is "firms", "consumers" or "all"; `until` is its last day. `instead_of` names the checks that are not said
    where this rule holds. One that was not `checked` raises no flag.
    """

    article: str
    country: str
    countries: frozenset[str]
    between: str
    holds_from: date
    until: date | None = None
    effect: str
    source: Source
    quality: str
    looked_up: date
    checked: bool
    instead_of: tuple[str, ...] = ()

    def holds(self, country: str, day: date) -> bool:
        """Does it hold between firms in a country on a day?"""
        in_time = self.holds_from <= day and (self.until is None or day <= self.until)
        return in_time and country in self.countries and self.between != "consumers"


@dataclass(frozen=True, slots=True)
class Checklist:
    """Checks and law in one language. `units` says "month": ("month", "months"); `names` what each term is called."""

    checks: tuple[Check, ...]
    laws: tuple[Law, ...] = ()
    units: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContractFacts:
    """What is known of a contract beside its words.

    `country` is the company's (ISO 3166), `law` that of the contract's law where somebody entered it; the law that was
    read in the contract comes first. `kind` is the contract's (`managed_services`, `cloud_service`, …). `not_there`:
    terms that a person looked for in vain.
    """

    country: str = ""
    kind: str = ""
    yearly_cost: Money | None = None
    not_there: frozenset[str] = frozenset()
    law: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """Something dangerous: `because` are the words it was read in, `missing` the terms that were not found.

    `confirmed` is true where a person has confirmed all of them; else it is to be shown as something we read.
    """

    id: str
    severity: Severity
    says: str
    what_to_do: str
    ask_for: str
    because: tuple[ReadTerm, ...]
    missing: tuple[str, ...] = ()
    law: Law | None = None
    confirmed: bool = False

    def __post_init__(self) -> None:
        if not (self.because or self.missing):
            raise NoGrounds(
                f"The flag “{self.id}” has no grounds. Name the terms that were read or not found."
            )
