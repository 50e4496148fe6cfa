"""Who the sample company is. It does not exist: neither it, nor its people, towns, numbers and accounts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from pilothouse.sample import identifiers
from pilothouse.sample.bills import Party

MADE_UP = "Made up: sample company of Pilothouse"
_TOWNS = {"Voorbeeldegem": "9997", "Nergenshuizen": "9996", "Exempleville": "6999"}
_FOREIGN_TOWNS = {"NL": ("0000 AA", "Nergensdam"), "IE": ("X00 X000", "Nowhere Harbour")}
_LEGAL_SCHEMES = {"BE": "0208", "NL": "0106", "IE": ""}
_ENDPOINT_SCHEMES = {"BE": "0208", "NL": "9944", "IE": "9935"}

Fact = str | int | bool | Decimal


@dataclass(frozen=True, slots=True)
class SampleFirm:
    """Name, identity and what it says of itself (`profile`: the fields of a profile version)."""

    name: str
    party: Party
    savings_iban: str
    profile: dict[str, Fact]


def party(key: str, name: str, *, country: str = "BE", city: str = "Voorbeeldegem") -> Party:
    """A made-up firm; its numbers follow from its key, so that it keeps them under another name."""
    vat_id = identifiers.vat_number(country, key)
    legal = identifiers.enterprise_number(key)
    postcode, town = (_TOWNS[city], city) if country == "BE" else _FOREIGN_TOWNS[country]
    return Party(
        key=key,
        name=name,
        street=f"Verzonnenstraat {int(legal[4:6]) + 1}",
        postcode=postcode,
        city=town,
        country=country,
        vat_id=vat_id,
        legal_id=(legal if country == "BE" else f"00{legal[2:8]}", _LEGAL_SCHEMES[country]),
        endpoint=(legal if country == "BE" else vat_id, _ENDPOINT_SCHEMES[country]),
        iban=identifiers.iban(country, key),
    )


def sample_firm() -> SampleFirm:
    """The firm of 42 people whose papers `sample_papers` makes."""
    name = "De Verzonnen Zonwering NV"
    us = party("firm", name)
    return SampleFirm(
        name=name,
        party=us,
        savings_iban=identifiers.iban("BE", "firm savings"),
        profile={
            "legal_name": name,
            "vat_id": us.vat_id,
            "country": "BE",
            "recovers_vat": True,
            "headcount": 42,
            "sites": 2,
            "sector": "Sunblinds and awnings: made to measure and installed",
            "revenue": Decimal("4100000.00"),
            "internal_it_fte": Decimal("0.00"),
            "hidden_it_hours": Decimal("22.0"),  # the office manager is the accidental IT manager
            "it_is_core_product": False,
            "own_know_how": False,
            "own_ways_of_working": True,
            "needs_after_hours": False,
            "it_criticality": "medium",
            "compliance_pressure": "low",
            "budget_predictability": "high",
            "growth": "growing",
            "strategic_change": "some",
        },
    )


FIRST_NAMES = (
    "An", "Bart", "Karim", "Els", "Fatima", "Geert", "Hilde", "Ivan", "Joke", "Koen", "Lieve", "Marc", "Nadia", "Omar",
    "Petra", "Rik", "Sofie", "Tom", "Veerle", "Wim", "Yasmina",
)  # fmt: skip
FAMILY_NAMES = ("Luifelaar", "Van Verzinsel")
OFFICE_STAFF = 14


def staff() -> tuple[str, ...]:
    """42 names of nobody, the office first; the second is the office manager who also does IT."""
    return tuple(f"{first} {family}" for family in FAMILY_NAMES for first in FIRST_NAMES)


CONSUMER_NAMES = (
    "Markiezemans",
    "Schaduwaert",
    "De Rolgordijn",
    "Jaloeziers",
    "Van den Zonnewijzer",
    "Parasolle",
)
