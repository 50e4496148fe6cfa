"""The chapter on what is dangerous in contracts: what to act on, look at, and what was not found in them."""

from __future__ import annotations

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractTerm
from pilothouse.reporting.diagnosis import Chapter
from pilothouse.services import contract_papers, diagnosis
from pilothouse.services.contract_papers import Answer
from tests.conftest import TODAY, Person
from tests.factories import AGREED, bring_in
from tests.services.small_papers import bill, bring

GRAVE = AGREED.format(number=1, slug="x").replace("verlengd met 12 maanden", "verlengd met 36 maanden")
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
