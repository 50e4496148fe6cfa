"""The chapter on what is dangerous in contracts: what to act on, look at, and what was not found in them."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.records.models import CheckAnswer, Contract, ContractTerm
from pilothouse.reporting.diagnosis import Chapter
from pilothouse.services import check_answers, contract_papers, diagnosis
from pilothouse.services.contract_papers import Answer
from tests.conftest import TODAY, Person
from tests.factories import AGREED, bring_in
from tests.services.small_papers import bill, bring

GRAVE = AGREED.format(number=1, slug="x").replace("verlengd met 12 maanden", "verlengd met 36 maanden")
WORRIES = "What somebody said of them that worries"
MILD = AGREED.format(number=2, slug="y")


@pytest.fixture
def with_papers(company: Company) -> Company:
    """A company that has a diagnosis."""
    bring(company, a__xml=bill("Wolkenrijk BV"))
    return company


def chapter(company: Company) -> Chapter:
    found = diagnosis.of(company, today=TODAY)
    assert found is not None
    [one] = [chapter for chapter in found.chapters if chapter.key == "dangers"]
    return one


def cells(found: Chapter, title: str) -> list[tuple[object, ...]]:
    [table] = [table for table in found.tables if table.title == title]
    return [row.cells for row in table.rows]


def cells_or_none(found: Chapter, title: str) -> list[tuple[object, ...]] | None:
    return cells(found, title) if title in {table.title for table in found.tables} else None


def test_without_a_contract_it_says_what_to_bring_in(with_papers: Company) -> None:
    found = chapter(with_papers)
    assert found.answer == "No contract was read yet, so nobody knows what is dangerous in them."
    assert found.next_step == "Bring in the contracts themselves, the dearest first."
    assert found.tables == ()


def test_a_contract_without_a_paper_is_not_one_that_was_read(with_papers: Company) -> None:
    Contract.objects.create(company=with_papers, name="Telefonie")
    assert chapter(with_papers).answer.startswith("No contract was read yet")


def test_grave_things_come_first_with_their_words(with_papers: Company, editor: Person) -> None:
    bring_in(with_papers, [("b.txt", GRAVE.encode()), ("a.txt", MILD.encode())], by=editor.user)
    Contract.objects.create(company=with_papers, name="Telefonie")
    found = chapter(with_papers)
    assert found.answer == (
        "2 of 3 contracts were read. Grave things stand in one contract, such as in b: "
        "it renews by itself, 3 years at a time."
    )
    assert found.next_step == "b: put the last day for notice in the calendar and decide before it."
    [grave] = cells(found, "What to act on")
    assert grave[:2] == ("b", "It renews by itself, 3 years at a time. We read this, please confirm.")
    assert "stilzwijgend verlengd met 36 maanden" in str(grave[2])
    assert ("a", "It renews by itself, 1 year at a time. We read this, please confirm.") in [
        row[:2] for row in cells(found, "What to look at")
    ]
    assert {row[0] for row in cells(found, "Clauses that were not found")} == {"a", "b"}


def test_what_is_confirmed_asks_for_nothing(with_papers: Company, editor: Person) -> None:
    bring_in(with_papers, [("b.txt", GRAVE.encode())], by=editor.user)
    row = ContractTerm.objects.of(with_papers).get(term="renewal_term")
    contract_papers.say(row, Answer("confirmed"), by=editor.user, today=TODAY)
    ContractTerm.objects.of(with_papers).filter(pk=row.pk).update(page=4)
    [grave] = cells(chapter(with_papers), "What to act on")
    assert grave[1] == "It renews by itself, 3 years at a time."
    assert str(grave[2]).endswith("(page 4)")


def test_nothing_grave_is_said_too(with_papers: Company, editor: Person) -> None:
    bring_in(with_papers, [("a.txt", MILD.encode())], by=editor.user)
    found = chapter(with_papers)
    assert found.answer == "One of one contract was read. Nothing grave was found in what they say."
    assert found.next_step.startswith("a: ")


def test_with_nothing_to_look_at_more_contracts_are_asked_for(with_papers: Company, editor: Person) -> None:
    bring_in(with_papers, [("a.txt", MILD.encode())], by=editor.user)
    ContractTerm.objects.of(with_papers).exclude(term="governing_law").delete()
    assert chapter(with_papers).next_step.startswith("Bring in the contracts that were not read yet")


def test_a_long_list_says_how_many_more(
    with_papers: Company, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilothouse.services.chapter_on_dangers.LONGEST_LIST", 1)
    bring_in(with_papers, [("a.txt", MILD.encode()), ("c.txt", GRAVE.encode())], by=editor.user)
    Contract.objects.of(with_papers).update(name="x" * 200)
    looked = cells(chapter(with_papers), "What to look at")
    assert len(looked) == 2
    assert str(looked[0][0]) == "x" * 79 + "…"
    assert str(looked[1][0]).endswith("more, on the pages of the contracts")


def answered(contract: Contract, says: str, words: str = "", check_id: str = "restore_tests") -> None:
    CheckAnswer.objects.create(
        company=contract.company, contract=contract, check_id=check_id, says=says, words=words
    )


def test_what_somebody_answered_that_worries_stands_with_who_and_when(
    with_papers: Company, editor: Person, django_assert_max_num_queries: Any
) -> None:
    contract = Contract.objects.create(company=with_papers, name="Beheer", kind="managed_services")
    answered(contract, "good")
    assert cells_or_none(chapter(with_papers), WORRIES) is None
    answered(contract, "worry", "Nooit getest")
    answered(contract, "absent", check_id="travel")
    answered(contract, "worry", check_id="gone_from_the_list")
    found = chapter(with_papers)
    rows = {row[1]: row for row in cells(found, WORRIES)}
    assert len(rows) == 2
    tested = rows["Must they try to restore the backups from time to time?"]
    assert tested[0] == "Beheer"
    assert str(tested[2]).startswith("It worries us: Nooit getest (somebody, ")
    assert tested[3] == "Ask for the date and result of the last restore."
    assert "2 answers on them are a worry." in found.answer
    assert found.next_step.startswith("Beheer: ")
    with django_assert_max_num_queries(6):
        check_answers.worries_of_standing(with_papers)
    answered(contract, "good", "Elk kwartaal")
    assert len(cells(chapter(with_papers), WORRIES)) == 1


def test_an_answer_on_another_kind_of_contract_or_one_that_was_put_away_is_left_out(
    with_papers: Company,
) -> None:
    contract = Contract.objects.create(company=with_papers, name="Beheer", kind="managed_services")
    answered(contract, "worry")
    assert cells_or_none(chapter(with_papers), WORRIES) is not None
    Contract.objects.of(with_papers).update(kind="licence")
    asked = {one.check.id for one in check_answers.questions_on(Contract.objects.of(with_papers).get())}
    assert ("restore_tests" in asked) is (cells_or_none(chapter(with_papers), WORRIES) is not None)
    Contract.objects.of(with_papers).update(kind="managed_services", archived_at=timezone.now())
    assert cells_or_none(chapter(with_papers), WORRIES) is None


def test_what_worries_in_many_contracts_says_how_many_more(
    with_papers: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilothouse.services.chapter_on_dangers.LONGEST_LIST", 1)
    for name in ("A", "B", "C"):
        answered(Contract.objects.create(company=with_papers, name=name, kind="managed_services"), "worry")
    assert [row[0] for row in cells(chapter(with_papers), WORRIES)] == [
        "A",
        "2 more, on the pages of the contracts",
    ]


def test_a_contract_of_which_a_part_was_not_read_says_so(with_papers: Company, editor: Person) -> None:
    bring_in(with_papers, [("b.txt", GRAVE.encode()), ("a.txt", MILD.encode())], by=editor.user)
    first = Contract.objects.of(with_papers).order_by("pk")[0]
    first.documents.update(problem="Nothing could be read on page 7.")
    told = [str(row[2]) for row in cells(chapter(with_papers), "Clauses that were not found")]
    assert len(told) == 2
    assert sum(one.startswith("Not all of its paper could be read.") for one in told) == 1
