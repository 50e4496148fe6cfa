"""One key per party over all papers, whatever it is called and whichever number it gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pilothouse.engine.spend.terms import Identity, InvoicePaper, KnownVendor
from pilothouse.engine.spend.vendors import NATURAL_PERSON, KnownVendors, Parties, identifier_of
from tests.engine.spend.spend_papers import CLOUD, KNOWLEDGE, US, a_movement, an_invoice

KNOWN = KnownVendors(KNOWLEDGE.vendors)


def parties(*sellers: Identity) -> Parties:
    return Parties([an_invoice(f"i{n}", seller=seller) for n, seller in enumerate(sellers)], KNOWN)


def key_of(movement_of: Identity, *sellers: Identity, text: str = "") -> str:
    return parties(*sellers).vendor_of(a_movement(to=movement_of, text=text)).key


@pytest.mark.parametrize(
    ("identity", "key"),
    [
        (Identity(vat_id="BE0123456749"), "BE0123456749"),
        (Identity(vat_id="be 0123.456.749"), "BE0123456749"),
        (Identity(vat_id="BE 123.456.749"), "BE0123456749"),
        (Identity(vat_id="0123456749", country="BE"), "BE0123456749"),
        (Identity(legal_id="0123.456.749"), "BE0123456749"),
        (Identity(legal_id="BE0123456749", country="BE"), "BE0123456749"),
        (Identity(legal_id="0123456748", country="BE"), "BE#0123456748"),
        (Identity(vat_id="FR 83 404833048"), "FR404833048"),
        (Identity(legal_id="404 833 048", country="FR"), "FR404833048"),
        (Identity(legal_id="404 833 048 00022", country="fr"), "FR404833048"),
        (Identity(legal_id="RCS 404 833 048", country="FR"), "FR#RCS404833048"),
        (Identity(vat_id="NL810433941B01"), "NL810433941B01"),
        (Identity(legal_id="HRB 123456", country="DE"), "DE#HRB123456"),
        (Identity(vat_id="BE0000000000"), ""),
        (Identity(vat_id="123456"), ""),
        (Identity(vat_id="n/a", legal_id="000000"), ""),
        (Identity(legal_id="1234"), ""),
        (Identity("Only a name"), ""),
    ],
)
def test_numbers_in_one_spelling(identity: Identity, key: str) -> None:
    assert identifier_of(identity) == key


def test_a_legal_number_leads_to_the_vat_number_that_stands_beside_it_elsewhere() -> None:
    both = Identity("Werk GmbH", "DE136695976", "HRB 86891", country="DE")
    alone = Identity("Werk", "", "HRB 86891", country="DE")
    known = parties(both, alone)
    assert known.key(both) == known.key(alone) == "DE136695976"
    assert known.canonical("DE#HRB86891") == "DE136695976"
    assert known.key(Identity("", "", "HRB 86891", country="DE")) == "DE136695976"


def test_a_payment_finds_its_vendor_by_account_then_by_name() -> None:
    assert key_of(Identity("whatever", ibans=CLOUD.ibans), CLOUD) == "BE0867686774"
    assert key_of(Identity("CLOUDHUIS B.V."), CLOUD) == "BE0867686774"
    assert key_of(Identity("Cloudhuis", ibans=("BE99",)), CLOUD) == "BE0867686774"
    assert key_of(Identity("Regenboog BV", ibans=("BE99",)), CLOUD) == "name:regenboog"


def test_an_account_or_a_name_of_two_parties_proves_nothing() -> None:
    other = Identity("Andere BV", "BE0473416418", ibans=CLOUD.ibans)
    assert key_of(Identity("Factor", ibans=CLOUD.ibans), CLOUD, other) == "name:factor"
    namesake = Identity("Cloudhuis NV", "BE0473416418")
    assert key_of(Identity("Cloudhuis"), CLOUD, namesake) == "name:cloudhuis"


def test_a_movement_without_a_name_is_found_by_its_account_or_its_words() -> None:
    assert key_of(Identity(ibans=("BE99",))) == "iban:BE99"
    assert key_of(Identity(), text="AANKOOP BANCONTACT COLRUYT 3150 HALLE") == "name:colruyt"
    assert key_of(Identity(), text="Bakker Piet 12/03 14:22 betaald") == "name:bakker piet 12"
    assert key_of(Identity()) == "unnamed"
    assert key_of(Identity(NATURAL_PERSON)) == "person"


def test_a_vendor_shows_the_name_most_invoices_use() -> None:
    capitals = replace(CLOUD, name="CLOUDHUIS")
    known = parties(CLOUD, capitals, capitals)
    assert known.vendor(CLOUD).name == "CLOUDHUIS"
    assert known.vendor_of(a_movement(to=Identity("cloudhuis"))).name == "CLOUDHUIS"
    assert known.vendor_of(a_movement(to=Identity(ibans=("DE99",)))).name == "DE99"


@pytest.mark.parametrize(
    ("identity", "country"),
    [
        (Identity("A", "LU20260743", country="BE"), "LU"),
        (Identity("A", "EL123456789"), "GR"),
        (Identity("A", country="fr"), "FR"),
        (Identity("A", ibans=("DE12",)), "DE"),
        (Identity("A", ibans=("12345678",)), ""),
        (Identity("Microsoft Ireland"), "IE"),
        (Identity("A"), ""),
    ],
)
def test_the_country_of_a_vendor(identity: Identity, country: str) -> None:
    assert parties().vendor_of(a_movement(to=identity)).country == country


def test_a_vendor_is_known_by_its_number_its_whole_name_or_the_start_of_it() -> None:
    known = parties()
    by_number = known.vendor(Identity("PXS Billing", "BE0202239951"))
    assert (by_number.known_by, by_number.known and by_number.known.name) == ("identifier", "Proximus")
    assert known.vendor(Identity("Belgacom NV")).known_by == "name"
    assert known.vendor(Identity("Proximus Pickx")).known_by == "start"
    assert known.vendor(Identity("Base")).known_by == "name"
    assert known.vendor(Identity("Base Camp Outdoor")).known is None
    named_here = parties(Identity("Zaak 12", "BE0473416418", ibans=("BE77",)))
    assert named_here.vendor_of(a_movement(to=Identity("Belgacom", ibans=("BE77",)))).known_by == "name"


def test_names_of_a_known_vendor_are_one_key_and_lead_to_its_number_on_an_invoice() -> None:
    assert key_of(Identity("MSFT * E0600KXYZ1")) == "name:microsoft"
    assert key_of(Identity("Belgacom")) == "name:proximus"
    assert key_of(Identity("Belgacom"), Identity("Proximus NV", "BE0202239951")) == "BE0202239951"


def test_a_key_given_before_the_number_was_known_finds_its_vendor() -> None:
    assert parties(CLOUD).canonical("name:cloudhuis") == "BE0867686774"
    assert parties(CLOUD).canonical("BE0867686774") == "BE0867686774"
    assert parties().canonical("name:belgacom") == "name:proximus"


def test_knowledge_without_a_name_or_number_knows_nobody() -> None:
    empty = KnownVendors([KnownVendor("", ("***",), "BE", True, vat_ids=("",))])
    assert empty.by_name("") == (None, "")
    assert empty.by_number("") is None


def test_buyers_have_keys_as_well() -> None:
    paper: InvoicePaper = an_invoice()
    assert Parties([paper], KNOWN).key(US) == "BE0403170701"
