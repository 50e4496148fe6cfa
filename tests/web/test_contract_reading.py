"""A paper beside what was read in it: right, wrong, or otherwise, in the words people use."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractTerm
from tests.conftest import Person
from tests.factories import AGREED, bring_in


@pytest.fixture
def contract(company: Company, editor: Person) -> Contract:
    bring_in(company, [("agreement.txt", AGREED.format(number=1, slug="x").encode())], by=editor.user)
    found: Contract = Contract.objects.of(company).get()
    return found


def parsed(content: bytes) -> Any:
    return html.fromstring(content)


def term(contract: Contract, name: str) -> ContractTerm:
    found: ContractTerm = ContractTerm.objects.of(contract.company).filter(contract=contract, term=name)[0]
    return found


def address(contract: Contract) -> str:
    return f"/c/{contract.company.slug}/contracts/{contract.pk}/reading/{contract.documents.get().pk}/"


def say(contract: Contract, row: ContractTerm, person: Person, says: str, value: str = "") -> Any:
    path = f"/c/{contract.company.slug}/contracts/{contract.pk}/terms/{row.pk}/"
    return person.client.post(path, {"says": says, "value": value})


def test_what_is_read_is_marked_in_the_text_and_the_value_stands_in_words(
    contract: Contract, editor: Person
) -> None:
    row = term(contract, "renewal_notice")
    page = parsed(editor.client.get(f"{address(contract)}?term={row.pk}").content)
    assert page.xpath("//mark[@id='now']")[0].text_content() == row.quote
    assert page.xpath("//input[@name='value']")[0].get("value") == "3 months"
    assert [button.get("data-key") for button in page.xpath("//button[@data-key]")] == ["y", "n"]


@pytest.mark.parametrize("words", ["6 months", "zes maanden", "six mois", "P6M"])
def test_a_correction_is_understood_as_people_write_it(
    contract: Contract, editor: Person, words: str
) -> None:
    assert say(contract, term(contract, "renewal_notice"), editor, "corrected", words).status_code == 302
    contract.refresh_from_db()
    assert (contract.notice_length, contract.is_proposed("notice_length")) == ("P6M", False)


@pytest.mark.parametrize(
    ("name", "words", "column"),
    [
        ("effective_date", "next spring", "start"),
        ("effective_date", "05/06/2027", "start"),
        ("initial_term", "long & <b>wide</b>", "initial_term"),
        ("renewal_notice", "20 werkdagen", "notice_length"),
        ("renewal_notice", "", "notice_length"),
    ],
)
def test_what_cannot_be_counted_with_is_said_in_place_and_nothing_typed_is_lost(
    contract: Contract, editor: Person, name: str, words: str, column: str
) -> None:
    row, before = term(contract, name), getattr(contract, column)
    answer = say(contract, row, editor, "corrected", words)
    assert answer.status_code == 422
    page = parsed(answer.content)
    assert page.xpath("//ul[@class='errors']/li")
    assert page.xpath("//input[@name='value']")[0].get("value") == words
    assert page.xpath("//mark[@id='now']")[0].text_content() == row.quote
    contract.refresh_from_db()
    row.refresh_from_db()
    assert (getattr(contract, column), row.state) == (before, "proposed")


def test_the_value_as_it_was_read_is_a_confirmation(contract: Contract, editor: Person) -> None:
    row = term(contract, "renewal_notice")
    say(contract, row, editor, "corrected", "3 months")
    row.refresh_from_db()
    assert (row.state, row.corrected_value) == ("confirmed", "")


def test_it_is_rejected_and_that_is_taken_back(contract: Contract, editor: Person) -> None:
    row = term(contract, "renewal_notice")
    say(contract, row, editor, "rejected", "no matter")
    contract.refresh_from_db()
    assert contract.notice_length == ""
    say(contract, row, editor, "undo")
    contract.refresh_from_db()
    assert (contract.notice_length, contract.is_proposed("notice_length")) == ("P3M", True)
    assert say(contract, row, editor, "burn it").status_code == 422


def test_what_was_confirmed_is_told_as_such_and_not_as_a_change(contract: Contract, editor: Person) -> None:
    say(contract, term(contract, "renewal_notice"), editor, "confirmed")
    page = editor.client.get(f"/c/{contract.company.slug}/contracts/{contract.pk}/")
    told = [
        " ".join(one.text_content().split()) for one in parsed(page.content).xpath("//dl[@class='facts']/dd")
    ]
    assert "3 months · confirmed" in told
    assert "3 months → 3 months" not in told
