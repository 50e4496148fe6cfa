"""People say who is who: lines and figures follow, it is remembered, and it can be taken back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import SpendLine, VendorWord
from pilothouse.services import spend, vendors
from pilothouse.services.vendors import Word
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring, payments

pytestmark = pytest.mark.django_db
ONE, OTHER = "Strandwinkel Noord BV", "Strandwinkel Nord BV"


def keys(company: Company) -> dict[str, Decimal]:
    return {
        row.vendor_key: row.cost
        for row in SpendLine.objects.of(company).filter(review=spend.current(company), counting="counts")
    }


def told(company: Company, word: Word, person: Person) -> VendorWord:
    kept = vendors.say(company, word, by=person.user)
    assert kept is not None
    spend.look_again(company, today=TODAY)
    return kept


def test_two_vendors_become_one_and_two_again(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill(ONE, net="100"), b__xml=bill(OTHER, "2", net="60"))
    first, second = (SpendLine.objects.of(company).get(cost=cost).vendor_key for cost in (100, 60))
    kept = told(company, Word("same", second, first), owner)
    assert set(keys(company)) == {first}
    page = vendors.vendor_page(company, first)
    assert page.total.amount == Decimal(160)
    assert {alias["name"] for alias in page.aliases} == {ONE, OTHER}
    bring(company, c__xml=bill(OTHER, "3", net="7"))
    assert set(keys(company)) == {first}, "it is remembered for papers to come"
    assert vendors.take_back(kept, by=owner.user)
    assert not vendors.take_back(kept, by=owner.user)
    spend.look_again(company, today=TODAY)
    assert set(keys(company)) == {first, second}


def test_a_name_that_was_joined_by_its_account_can_be_split_off(company: Company, owner: Person) -> None:
    paid = payments((date(2026, 5, 2), "40.00", "Strandwinkel Noord Kade", "ijs"))
    bring(company, a__xml=bill(ONE, net="100"), b__xml=paid)
    number = SpendLine.objects.of(company).get(cost=100).vendor_key
    assert set(keys(company)) == {number}, "a card terminal writes the place behind the name"
    told(company, Word("apart", number, name="Strandwinkel Noord Kade"), owner)
    assert set(keys(company)) == {number, "apart:strandwinkel noord kade"}


def test_groups_and_names_are_as_people_say(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill(ONE, net="100"), b__xml=bill("Zeeblik NV", "2", net="60"))
    first, second = (SpendLine.objects.of(company).get(cost=cost).vendor_key for cost in (100, 60))
    told(company, Word("part_of", second, first), owner)
    told(company, Word("called", first, name="De Winkel"), owner)
    head, part = vendors.vendor_page(company, first), vendors.vendor_page(company, second)
    assert [(key, cost.amount) for key, _name, cost in head.members] == [(second, Decimal(60))]
    assert (head.name, part.group) == ("De Winkel", (first, "De Winkel"))
    assert [word.says for word in vendors.words_on(company, first)] == ["called", "part_of"]


def test_pairs_that_look_alike_are_asked_until_they_are_answered(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill(ONE, net="100"), b__xml=bill(OTHER, "2", net="60"))
    (pair,) = vendors.look_alikes(company)
    assert (pair.name, pair.other_name, pair.cost.amount) == (ONE, OTHER, Decimal(100))
    told(company, Word("apart", pair.other_key, pair.key), owner)
    assert vendors.look_alikes(company) == ()
    assert len(keys(company)) == 2


def test_nothing_is_kept_of_vendors_nobody_sees_or_of_one_and_itself(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill(ONE))
    (key,) = keys(company)
    for word in (
        Word("same", key, "name:nobody"),
        Word("same", "name:nobody", key),
        Word("same", key, key),
        Word("same", key),
    ):
        assert vendors.say(company, word, by=owner.user) is None
    once = vendors.say(company, Word("called", key, name="X"), by=owner.user)
    assert vendors.say(company, Word("called", key, name="X"), by=owner.user) == once


def test_a_vendor_is_found_by_its_name_or_how_it_begins(company: Company) -> None:
    bring(company, a__xml=bill(ONE, net="100"), b__xml=bill("Zeeblik NV", "2", net="60"))
    assert [name for _key, name in vendors.vendors_called(company, ONE.upper())] == [ONE]
    assert [name for _key, name in vendors.vendors_called(company, "zee")] == ["Zeeblik NV"]
    assert vendors.vendors_called(company, "niemand") == []
    assert vendors.dearest_names(company, "") == [ONE, "Zeeblik NV"]
