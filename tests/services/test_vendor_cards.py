"""The vendor register: who stands in it, in which order, and what is missing on a card."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, VendorCard
from pilothouse.services import contracts, vendor_cards
from tests.conftest import Person
from tests.factories import bring_invoices

TODAY = date(2026, 11, 23)


def agreed(company: Company, person: Person, vendor: str, cost: int, **more: object) -> Contract:
    contract = Contract(
        company=company, name=f"Met {vendor}", vendor_name=vendor, yearly_cost=Decimal(cost), **more
    )
    return contracts.save(contract, [], by=person.user, today=TODAY)


def test_vendors_of_contracts_and_of_papers_stand_in_it_the_weightiest_first(
    company: Company, editor: Person
) -> None:
    agreed(company, editor, "Klein BV", 100)
    agreed(company, editor, "Groot BV", 9000)
    agreed(company, editor, "Groot BV", 500)
    agreed(company, editor, "", 500)
    VendorCard.objects.create(
        company=company, vendor_key="name:klein bv", vendor_name="Klein BV", criticality="high"
    )
    found = vendor_cards.register(company, today=TODAY)
    assert [(one.name, one.contracts, one.agreed and int(one.agreed.amount)) for one in found] == [
        ("Klein BV", 1, 100),
        ("Groot BV", 2, 9500),
    ]
    assert not found[0].on_papers


def test_a_vendor_on_papers_goes_by_its_key_and_shows_what_it_is_paid(
    company: Company, editor: Person
) -> None:
    bring_invoices(company, 1, by=editor.user)
    bring_invoices(company, 5, by=editor.user)
    agreed(
        company,
        editor,
        "Leverancier 0000 BV",
        100,
        vendor_key=contracts.vendor_key_of(company, "Leverancier 0000 BV"),
    )
    (vendor,) = [one for one in vendor_cards.register(company, today=TODAY) if one.contracts]
    assert vendor.on_papers
    assert vendor.paid is not None


def test_the_heavier_a_vendor_the_more_its_card_must_say() -> None:
    full = {
        "accountable_id": 1,
        "substitutability": "easy",
        "data_held": "Mail",
        "contacts": "Ann",
        "exit_plan": "Move it",
    }
    assert vendor_cards.lacks(None, today=TODAY) == ["criticality"]
    assert vendor_cards.lacks(VendorCard(criticality=""), today=TODAY) == ["criticality"]
    assert "exit_plan" in vendor_cards.lacks(VendorCard(criticality="high"), today=TODAY)
    card = VendorCard(criticality="high", **{k: v for k, v in full.items() if k != "accountable_id"})
    assert vendor_cards.lacks(card, today=TODAY) == ["accountable", "exit_tested_on"]
    card.exit_tested_on = date(2026, 1, 1)
    assert vendor_cards.lacks(card, today=TODAY) == ["accountable"]
    card.exit_tested_on = date(2023, 1, 1)
    assert "exit_tested_on" in vendor_cards.lacks(card, today=TODAY)
    assert vendor_cards.lacks(VendorCard(criticality="low"), today=TODAY) == ["accountable"]


def test_a_card_is_filled_on_its_page_and_kept_once(company: Company, editor: Person, reader: Person) -> None:
    agreed(company, editor, "Groot BV", 9000)
    address = f"/c/{company.slug}/contracts/vendors/name:groot bv/"
    given = {
        "criticality": "high", "substitutability": "hard", "accountable": str(editor.user.pk), "exit_plan": "Move",
        "personal_data": "true",
    }  # fmt: skip
    assert editor.client.post(address, given).status_code == 302
    assert editor.client.post(address, {**given, "exit_plan": "Move on"}).status_code == 302
    card = VendorCard.objects.of(company).get()
    assert (card.accountable, card.exit_plan, card.vendor_name, card.personal_data) == (
        editor.user,
        "Move on",
        "Groot BV",
        True,
    )
    said = reader.client.get(f"/c/{company.slug}/contracts/vendors/").content.decode()
    assert "Work stops without one vendor" in said
    assert reader.client.post(address, given).status_code == 403


def test_a_day_to_come_is_no_day_something_was_tried(company: Company, editor: Person) -> None:
    agreed(company, editor, "Groot BV", 9000)
    address = f"/c/{company.slug}/contracts/vendors/name:groot bv/"
    answer = editor.client.post(address, {"exit_tested_on": "2999-01-01", "scope": "Typed with care"})
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()
    assert "Typed with care" in answer.content.decode()


def test_a_vendor_nobody_knows_has_no_card(company: Company, editor: Person) -> None:
    assert editor.client.get(f"/c/{company.slug}/contracts/vendors/name:nobody/").status_code == 404
    assert editor.client.get(f"/c/{company.slug}/contracts/vendors/BE000/").status_code == 404


def test_an_empty_register_says_what_to_bring(company: Company, reader: Person) -> None:
    said = reader.client.get(f"/c/{company.slug}/contracts/vendors/").content.decode()
    assert "bring in invoices or contracts" in said
