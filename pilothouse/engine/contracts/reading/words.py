"""The words of reading contracts: the text with its pages, a sentence of it, a term that was read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

TERMS = (
    "parties",
    "agreement_date",
    "effective_date",
    "initial_term",
    "expiration",
    "renewal_term",
    "renewal_notice",
    "termination_for_convenience",
    "termination_for_cause",
    "early_termination_fee",
    "price",
    "price_indexation",
    "minimum_commitment",
    "unlimited_with_cap",
    "scope",
    "exclusions",
    "bundled_projects",
    "response_time",
    "resolution_time",
    "availability",
    "service_credits",
    "sole_remedy",
    "liability_cap",
    "liability_uncapped",
    "data_ownership",
    "data_return",
    "exit_assistance",
    "sub_processors",
    "audit_rights",
    "security_duties",
    "incident_notice",
    "anti_assignment",
    "change_of_control",
    "insurance",
    "ip_ownership",
    "credentials_ownership",
    "domain_ownership",
    "licence_ownership",
    "documentation_ownership",
    "exclusivity",
    "governing_law",
)


@dataclass(frozen=True, slots=True)
class ContractText:
    """The words of a contract. `pages`: the offset each page begins at; empty where the paper has none.

    `language` is "en", "fr", "nl", or "" where it is not known.
    """

    text: str
    pages: tuple[int, ...] = ()
    language: str = ""

    def page_of(self, offset: int) -> int | None:
        """The page, counted from 1, that the character at `offset` stands on."""
        return bisect_right(self.pages, offset) or 1 if self.pages else None


@dataclass(frozen=True, slots=True)
class Sentence:
    """The characters from `start` to `end` (not inside) of a contract; `heading` of the section it stands in."""

    start: int
    end: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class ReadTerm:
    """A term that was read. `term` is one of TERMS; `value` is normalised where the term has one, else None.

    `start` and `end` are offsets into the text, `quote` what stands there; `confidence` is from 0 to 1.
    """

    term: str
    value: str | None
    page: int | None
    start: int
    end: int
    quote: str
    confidence: float
