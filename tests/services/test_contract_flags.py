"""Flags of contracts that came in as papers, and what a newer paper changed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.accounts.models import Company
from pilothouse.engine.contracts.versions import Direction
from pilothouse.records.models import Contract, ContractTerm, FlagWord, SourceFile
from pilothouse.services import contract_flags, contract_papers
from pilothouse.services.contract_papers import Answer
from tests.conftest import Person
from tests.factories import AGREED, bring_in, make_profile

TODAY = date(2026, 1, 10)
WORDS = AGREED.format(number=1, slug="x")
AMENDED = WORDS.replace("opzegtermijn van 3 maanden", "opzegtermijn van 6 maanden")


@pytest.fixture
def brought(company: Company, editor: Person) -> Contract:
    """A contract that came in as a paper."""
    bring_in(company, [("agreement.txt", WORDS.encode())], by=editor.user)
    found: Contract = Contract.objects.of(company).get()
    return found


def brought_too(company: Company, editor: Person, contract: Contract, words: str) -> None:
    """One more paper of a contract."""
    bring_in(company, [("newer.txt", words.encode())], by=editor.user)
    source = SourceFile.objects.of(company).latest("pk")
    Contract.objects.of(company).exclude(pk=contract.pk).delete()
    contract_papers.add_version(contract, source, note="", by=editor.user, today=TODAY)
    contract.refresh_from_db()


def ids_of(contract: Contract) -> set[str]:
    return {flag.id for flag in contract_flags.flags_of(contract, today=TODAY)}


def test_what_it_is_for_is_proposed_by_its_first_words(brought: Contract) -> None:
    assert brought.kind == Contract.Kind.MANAGED_SERVICES
    assert "kind" in brought.proposed


def test_a_kind_that_somebody_entered_stays(company: Company, brought: Contract) -> None:
    Contract.objects.of(company).filter(pk=brought.pk).update(kind="telecom", proposed=[])
    brought.refresh_from_db()
    document = brought.documents.get()
    contract_papers.read(document, today=TODAY)
    document.contract.refresh_from_db()
    assert (document.contract.kind, "kind" in document.contract.proposed) == ("telecom", False)


def test_a_long_renewal_is_told_and_counts_as_read_until_confirmed(
    company: Company, brought: Contract, editor: Person
) -> None:
    flags = {flag.id: flag for flag in contract_flags.flags_of(brought, today=TODAY)}
    assert not flags["auto_renewal"].confirmed
    assert "exit_assistance" in flags
    row = ContractTerm.objects.of(company).get(contract=brought, term="renewal_term")
    contract_papers.say(row, Answer("confirmed"), by=editor.user, today=TODAY)
    flags = {flag.id: flag for flag in contract_flags.flags_of(brought, today=TODAY)}
    assert flags["auto_renewal"].confirmed


def test_a_rejected_term_raises_no_flag(company: Company, brought: Contract, editor: Person) -> None:
    row = ContractTerm.objects.of(company).get(contract=brought, term="renewal_term")
    contract_papers.say(row, Answer("rejected"), by=editor.user, today=TODAY)
    assert "auto_renewal" not in ids_of(brought)


def test_cost_and_country_count(company: Company, brought: Contract, editor: Person) -> None:
    make_profile(company, by=editor.user, headcount=10)
    Contract.objects.of(company).filter(pk=brought.pk).update(yearly_cost=Decimal(1200))
    row = ContractTerm.objects.of(company).get(contract=brought, term="renewal_term")
    row.pk, row.term, row.value, row.start = None, "early_termination_fee", "EUR 900.00", 1
    row.save()
    brought.refresh_from_db()
    flags = {flag.id: flag.severity.value for flag in contract_flags.flags_of(brought, today=TODAY)}
    assert flags["early_termination_fee"] == "act"


def test_of_a_contract_without_a_paper_nothing_is_said(company: Company) -> None:
    entered = Contract.objects.create(company=company, name="Telefonie")
    assert contract_flags.flags_of(entered, today=TODAY) == ()
    assert contract_flags.since_before(entered) is None


def test_a_newer_paper_tells_what_changed(company: Company, brought: Contract, editor: Person) -> None:
    assert contract_flags.since_before(brought) is None
    brought_too(company, editor, brought, AMENDED)
    since = contract_flags.since_before(brought)
    assert since is not None
    assert (since.before.number, since.after.number) == (1, 2)
    assert (
        Direction.WORSE,
        "Notice against renewal: was 3 months, is 6 months: worse for you.",
    ) in since.changes


def test_a_short_amendment_takes_nothing_away(company: Company, brought: Contract, editor: Person) -> None:
    brought_too(
        company,
        editor,
        brought,
        "AVENANT\n\nZonder opzegging wordt de overeenkomst telkens stilzwijgend verlengd met 24 maanden.\n",
    )
    since = contract_flags.since_before(brought)
    assert since is not None
    assert [sentence for _direction, sentence in since.changes] == [
        "Renewal: was 1 year, is 2 years: worse for you."
    ]


def test_what_somebody_lives_with_stands_apart_until_its_day(
    company: Company, brought: Contract, editor: Person, reader: Person
) -> None:
    address = f"/c/{company.slug}/contracts/{brought.pk}/"
    given = {"flag": "auto_renewal", "why": "The vendor is our neighbour", "until": "2026-06-01"}
    assert editor.client.post(f"{address}live-with/", {"flag": "auto_renewal", "why": ""}).status_code == 302
    assert not FlagWord.objects.of(company).exists()
    editor.client.post(f"{address}live-with/", given)
    word = FlagWord.objects.of(company).get()
    assert contract_flags.words_on(brought, today=TODAY) == {"auto_renewal": word}
    assert contract_flags.words_on(brought, today=date(2026, 6, 1)) == {}
    (of_standing,), _number = contract_flags.flags_of_standing(company, today=TODAY)
    assert "auto_renewal" not in {flag.id for flag in of_standing[1]}
    FlagWord.objects.of(company).update(until=None)
    said = reader.client.get(address).content.decode()
    assert "The vendor is our neighbour" in said
    assert "Look at it again" not in said
    back = f"/c/{company.slug}/contracts/flags/{word.pk}/look-again/"
    assert "among the dangers again" in editor.client.post(back, follow=True).content.decode()
    assert "taken back already" in editor.client.post(back, follow=True).content.decode()
    assert contract_flags.words_on(brought, today=TODAY) == {}
