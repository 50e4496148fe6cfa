"""Questions that no clause answers: asked on the contract's page, and the answer is kept."""

from __future__ import annotations

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import CheckAnswer, Contract
from pilothouse.services import check_answers
from tests.conftest import Person


@pytest.fixture
def contract(company: Company) -> Contract:
    found: Contract = Contract.objects.create(company=company, name="Beheer", kind="managed_services")
    return found


def page(person: Person, contract: Contract) -> str:
    answer = person.client.get(f"/c/bakkerij/contracts/{contract.pk}/")
    return " ".join(answer.content.decode().split())


def say(person: Person, contract: Contract, **said: str) -> str:
    given = {"check_id": "restore_tests", "says": "worry", "words": "Nooit getest", **said}
    answer = person.client.post(f"/c/bakkerij/contracts/{contract.pk}/answer/", given, follow=True)
    return " ".join(answer.content.decode().split())


def test_what_no_clause_answers_is_asked(contract: Contract, editor: Person, reader: Person) -> None:
    shown = page(editor, contract)
    assert "No clause that we can read answers 13 questions on it." in shown
    assert "Must they try to restore the backups from time to time?" in shown
    looked = page(reader, contract)
    assert "Must they try to restore" in looked
    assert 'name="check_id"' not in looked, "a reader only looks"


def test_an_answer_is_kept_with_who_said_it_and_what_worries_stands_first(
    contract: Contract, editor: Person
) -> None:
    said = say(editor, contract)
    assert "Kept, with your name and the day." in said
    assert "No clause that we can read answers 12 questions on it." in said
    assert "It worries us: Nooit getest" in said
    assert said.index("Must they try to restore") < said.index("Are visits and travel included?")
    assert "Ask for the date and result of the last restore." in said


def test_a_later_answer_holds_and_the_earlier_stays_on_record(contract: Contract, editor: Person) -> None:
    say(editor, contract)
    said = say(editor, contract, says="good", words="Elk kwartaal")
    assert "It is as it should be: Elk kwartaal" in said
    assert "Nooit getest" not in said
    assert CheckAnswer.objects.filter(contract=contract).count() == 2


@pytest.mark.parametrize(
    "said", [{"says": ""}, {"says": "perhaps"}, {"check_id": "auto_renewal"}, {"check_id": ""}]
)
def test_what_is_no_answer_or_no_question_is_not_kept(
    contract: Contract, editor: Person, said: dict[str, str]
) -> None:
    assert "Choose one of the three answers first." in say(editor, contract, **said)
    assert not CheckAnswer.objects.exists()


def test_a_question_is_asked_of_the_contracts_it_is_for(company: Company, contract: Contract) -> None:
    licence = Contract.objects.create(company=company, name="Pakket", kind="licence")
    assert [one.check.id for one in check_answers.questions_on(licence)] == ["soundness"]
    assert len(check_answers.questions_on(contract)) == 13


def test_all_answered_says_so(contract: Contract, editor: Person) -> None:
    for one in check_answers.questions_on(contract):
        CheckAnswer.objects.create(
            company=contract.company, contract=contract, check_id=one.check.id, says="absent"
        )
    assert "Every question that no clause answers has an answer." in page(editor, contract)
    assert "somebody who has left" in page(editor, contract)
