"""Lines to natural persons are masked before they are stored; firms are left as they are."""

from __future__ import annotations

import pytest

from pilothouse.engine.spend.persons import People, Sellers
from pilothouse.engine.spend.terms import Identity
from pilothouse.engine.spend.vendors import NATURAL_PERSON
from tests.engine.spend.spend_papers import CLOUD, KNOWLEDGE, a_movement

PEOPLE = People(KNOWLEDGE)
IBAN = "BE10000000000101"


@pytest.mark.parametrize(
    ("name", "iban", "text"),
    [
        ("PEETERS JAN", IBAN, ""),
        ("Mobile Claude", IBAN, ""),
        ("An De Smet", IBAN, "terugbetaling"),
        ("Fatima El Amrani", IBAN, ""),
        ("Jean-Pierre Dupont", IBAN, ""),
        ("Mevr. J. Janssens", "", ""),
        ("Peeters Jan Dhr", "", ""),
        ("Peeters", IBAN, "Loon maart 2026"),
        ("", "", "LOON FEBRUARI"),
        ("Ziekenfonds Zuid vzw", IBAN, ""),
        ("Vakbond der Bedienden", "", "bijdrage"),
        (NATURAL_PERSON, "", ""),
    ],
)
def test_a_person(name: str, iban: str, text: str) -> None:
    assert PEOPLE.person(name, iban, text) is not None


@pytest.mark.parametrize(
    ("name", "iban", "text"),
    [
        ("Cloudhuis BV", IBAN, "loon"),
        ("Van Loon NV", IBAN, ""),
        ("Sociaal Secretariaat Group", IBAN, ""),
        ("Garage Peeters", IBAN, ""),
        ("Proximus", IBAN, "loon"),
        ("Colruyt Halle", IBAN, ""),
        ("Studio 54", IBAN, ""),
        ("Hostingshop Vlaanderen", IBAN, ""),
        ("Www.Zonnewijzer.Be Bestelling", IBAN, ""),
        ("Zonnebloem", IBAN, ""),
        ("Jan Peeters", "", "kaartbetaling"),
        ("Mr Wash 24", IBAN, ""),
        ("Midland HR", "", ""),
        ("Huis van de Mens en Zorg", IBAN, ""),
        ("", IBAN, "factuur 12"),
    ],
)
def test_no_person(name: str, iban: str, text: str) -> None:
    assert PEOPLE.person(name, iban, text) is None


def test_who_sends_invoices_is_no_person() -> None:
    sellers = Sellers.of([Identity("Jan Peeters", ibans=(IBAN,)), Identity()])
    people = People(KNOWLEDGE, sellers)
    assert people.person("PEETERS JAN", IBAN, "") is None
    assert people.person("Jan Peeters", "BE99", "loon") is None
    assert people.person("An De Smet", "BE99", "") is not None


def test_a_masked_movement_keeps_day_and_amount_and_nothing_of_the_person() -> None:
    movement = a_movement(to=Identity("Jan Peeters", ibans=(IBAN,), country="BE"), text="loon maart")
    masked = PEOPLE.mask(movement)
    assert masked is not None
    shown, because = masked
    assert shown == a_movement(to=Identity(NATURAL_PERSON))
    assert because.says == "“loon” in the communication"
    assert "Peeters" not in repr(masked)
    assert PEOPLE.mask(shown) is not None


def test_a_firm_is_not_masked() -> None:
    assert PEOPLE.mask(a_movement(to=CLOUD)) is None
