"""Two papers of a contract beside each other, sentence by sentence."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import html

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractDocument
from pilothouse.services import contract_papers, contract_versions
from tests.conftest import TODAY, Person
from tests.factories import AGREED, bring_in

OLD = AGREED.format(number=1, slug="x")
NEWER = OLD.replace("opzegtermijn van 3 maanden", "opzegtermijn van 6 maanden").replace(
    "Op deze overeenkomst is het Belgische recht van toepassing.",
    "Op deze overeenkomst is het Belgische recht van toepassing.\n\nArtikel 4. Prijs\n"
    "De prijs bedraagt 900 euro per maand.",
)


@pytest.fixture
def contract(company: Company, editor: Person) -> Contract:
    """A contract with two papers."""
    bring_in(company, [("old.txt", OLD.encode())], by=editor.user)
    first: Contract = Contract.objects.of(company).get()
    add(first, "newer.txt", NEWER, editor)
    return first


def add(contract: Contract, name: str, words: str, editor: Person) -> None:
    bring_in(contract.company, [(name, words.encode())], by=editor.user)
    other = Contract.objects.of(contract.company).exclude(pk=contract.pk).get()
    source = other.documents.get().source
    other.delete()
    contract_papers.add_version(contract, source, note="", by=editor.user, today=TODAY)


def shown(person: Person, contract: Contract, query: str = "") -> Any:
    answer = person.client.get(f"/c/bakkerij/contracts/{contract.pk}/compare/{query}")
    assert answer.status_code == 200
    return html.fromstring(answer.content)


def words_in(page: Any, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in page.xpath(path)]


def test_every_sentence_that_changed_stands_beside_what_it_was(contract: Contract, editor: Person) -> None:
    page = shown(editor, contract)
    said = " ".join(page.text_content().split())
    assert "One sentence says something else; gone: 0, new: 1." in said
    assert words_in(page, "//table[contains(@class,'compared')]//td[1]/del") == ["3"]
    assert "6" in words_in(page, "//table[contains(@class,'compared')]//td[2]/ins")
    assert "De prijs bedraagt 900 euro per maand." in said
    assert "Belgische recht" not in said, "what stayed is not named"


def test_read_the_other_way_round_new_is_gone(contract: Contract, editor: Person) -> None:
    page = shown(editor, contract, "?before=2&after=1")
    assert words_in(page, "//table[contains(@class,'compared')]//td[2]/ins") == ["3"]
    assert "6" in words_in(page, "//table[contains(@class,'compared')]//td[1]/del")


@pytest.mark.parametrize("query", ["?before=9&after=x", "?before=2&after=2", "?before=1"])
def test_what_cannot_be_chosen_is_the_two_newest(contract: Contract, editor: Person, query: str) -> None:
    page = shown(editor, contract, query)
    assert words_in(page, "//table[contains(@class,'compared')]//td[1]/del") == ["3"]


def test_two_that_say_the_same_say_so(contract: Contract, editor: Person) -> None:
    add(contract, "again.txt", NEWER.replace("\n\n", "\n\n\n"), editor)
    assert "Not a sentence: both say the same." in shown(editor, contract).text_content()


def test_with_one_paper_there_is_nothing_to_compare(company: Company, editor: Person) -> None:
    bring_in(company, [("old.txt", OLD.encode())], by=editor.user)
    page = shown(editor, Contract.objects.of(company).get())
    assert "There is one paper only" in page.text_content()


def test_a_paper_without_words_is_named(contract: Contract, editor: Person) -> None:
    newest = contract_versions.versions_of(contract)[0]
    newest.source.content.delete()
    contract_papers._text_at.cache_clear()
    page = shown(editor, contract)
    assert "One of the two has no words that we can read." in page.text_content()
    assert "newer.txt: " in page.text_content()


def test_many_changes_are_cut_and_counted(
    contract: Contract, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contract_versions, "MOST_SHOWN", 1)
    newest, before = contract_versions.versions_of(contract)
    compared = contract_versions.compare(before, newest)
    assert len(compared.rows) == 1
    assert compared.more == sum(compared.numbers.values()) - 1 > 0
    assert "not shown." in shown(editor, contract).text_content()


def test_the_words_of_papers_are_for_editors(contract: Contract, reader: Person, editor: Person) -> None:
    assert reader.client.get(f"/c/bakkerij/contracts/{contract.pk}/compare/").status_code == 403
    assert (
        "Compare two versions" in editor.client.get(f"/c/bakkerij/contracts/{contract.pk}/").content.decode()
    )
    assert ContractDocument.objects.filter(contract=contract).count() == 2
