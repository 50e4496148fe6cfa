"""What is dangerous in a contract, on its page."""

from __future__ import annotations

from typing import Any

from lxml import html

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, SourceFile
from tests.conftest import Person
from tests.factories import AGREED, bring_in

WORDS = AGREED.format(number=1, slug="x").replace("verlengd met 12 maanden", "verlengd met 36 maanden")


def shown(company: Company, person: Person, contract: Contract) -> str:
    answer = person.client.get(f"/c/{company.slug}/contracts/{contract.pk}/")
    assert answer.status_code == 200
    page: Any = html.fromstring(answer.content)
    found = page.xpath('//section[@id="dangers"]')
    return " ".join(found[0].text_content().split()) if found else ""


def test_flags_stand_with_their_words_and_what_to_do(
    company: Company, editor: Person, reader: Person
) -> None:
    bring_in(company, [("agreement.txt", WORDS.encode())], by=editor.user)
    contract: Contract = Contract.objects.of(company).get()
    for person in (editor, reader):
        said = shown(company, person, contract)
        assert "act now It renews by itself, 3 years at a time. we read this, please confirm" in said
        assert "stilzwijgend verlengd met 36 maanden" in said
        assert "Put the last day for notice in the calendar" in said
        assert "Not found in it: look yourself" in said
        assert "Duties of security were not found" not in said or "NIS2" in said
        assert "What changed since" not in said


def test_what_was_not_read_is_told_from_what_was_not_found(company: Company, editor: Person) -> None:
    bring_in(company, [("agreement.txt", WORDS.encode())], by=editor.user)
    contract: Contract = Contract.objects.of(company).get()
    contract.documents.update(problem="Nothing could be read on page 7.")
    said = shown(company, editor, contract)
    assert "Not found in what was read of it: look yourself" in said
    assert "What was not read cannot have been found: Nothing could be read on page 7." in said


def test_what_a_newer_paper_changed_stands_there_too(company: Company, editor: Person) -> None:
    bring_in(company, [("agreement.txt", WORDS.encode())], by=editor.user)
    contract: Contract = Contract.objects.of(company).get()
    newer = WORDS.replace("opzegtermijn van 3 maanden", "opzegtermijn van 1 maand")
    bring_in(company, [("newer.txt", newer.encode())], by=editor.user)
    paper = SourceFile.objects.of(company).latest("pk").papers.get()
    Contract.objects.of(company).exclude(pk=contract.pk).delete()
    address = f"/c/{company.slug}/contracts/{contract.pk}/versions/"
    assert editor.client.post(address, {"paper": paper.pk, "note": ""}).status_code == 302
    said = shown(company, editor, contract)
    assert "What changed since version 1 (1)" in said
    assert "better Notice against renewal: was 3 months, is 1 month: better for you." in said


def test_without_a_paper_nothing_is_said(company: Company, editor: Person) -> None:
    contract = Contract.objects.create(company=company, name="Telefonie")
    assert shown(company, editor, contract) == ""
