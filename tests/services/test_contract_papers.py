"""Papers become contracts, proposed; what a person says of them holds, and nothing entered by hand is overwritten."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractChange, ContractDocument, ContractTerm, Import
from pilothouse.services import contract_papers, contracts, intake
from pilothouse.services.contract_papers import Answer
from tests.conftest import Person
from tests.factories import AGREED, bring_in

TODAY = date(2026, 1, 10)
AMENDED = AGREED.replace("opzegtermijn van 3 maanden", "opzegtermijn van 6 maanden")


@pytest.fixture
def brought(company: Company, editor: Person) -> Contract:
    """A contract that came in as a paper."""
    bring_in(company, [("agreement.txt", AGREED.format(number=1, slug="x").encode())], by=editor.user)
    found: Contract = Contract.objects.of(company).get()
    return found


def term(contract: Contract, name: str) -> ContractTerm:
    found: ContractTerm = ContractTerm.objects.of(contract.company).filter(contract=contract, term=name)[0]
    return found


def test_a_paper_that_seems_a_contract_becomes_one_with_its_dates_proposed(brought: Contract) -> None:
    assert (brought.start, brought.renewal_term, brought.notice_length) == (
        date(2024, 1, 1),
        "P12M",
        "P3M",
    )
    assert brought.origin == Contract.Origin.PAPER
    assert {"start", "renewal_term", "notice_length"} <= set(brought.proposed)
    contracts.work_out(brought, today=TODAY)
    assert brought.exit_day == date(2026, 12, 31)
    quote = term(brought, "renewal_notice").quote
    assert "3 maanden" in quote


def test_the_same_paper_twice_is_one_contract(company: Company, brought: Contract, editor: Person) -> None:
    bring_in(company, [("again.txt", AGREED.format(number=1, slug="x").encode())], by=editor.user)
    assert Contract.objects.of(company).count() == 1
    assert contract_papers.read_new(company, today=TODAY) == 0


def test_confirming_a_term_confirms_the_columns_it_fills(brought: Contract, editor: Person) -> None:
    contract_papers.say(term(brought, "renewal_notice"), Answer("confirmed"), by=editor.user, today=TODAY)
    brought.refresh_from_db()
    assert "notice_length" not in brought.proposed
    assert brought.notice_length == "P3M"
    assert "start" in brought.proposed


def test_a_correction_moves_the_dates_and_is_kept_when_the_paper_is_read_again(
    brought: Contract, editor: Person
) -> None:
    row = term(brought, "renewal_notice")
    changed = contract_papers.say(row, Answer("corrected", "P4M"), by=editor.user, today=TODAY)
    assert "notice_length" in changed
    brought.refresh_from_db()
    assert brought.notice_length == "P4M"
    assert brought.last_day == date(2026, 8, 31)
    document = brought.documents.get()
    contract_papers.read(document, today=TODAY)
    brought.refresh_from_db()
    assert brought.notice_length == "P4M"
    assert term(brought, "renewal_notice").state == "corrected"
    assert ContractTerm.objects.filter(contract=brought, term="renewal_notice").count() == 1


def test_a_correction_kept_by_earlier_rules_that_cannot_be_counted_with_leaves_it_open(
    brought: Contract, editor: Person
) -> None:
    row = term(brought, "effective_date")
    contract_papers.say(row, Answer("corrected", "next spring"), by=editor.user, today=TODAY)
    brought.refresh_from_db()
    assert brought.start is None


def test_a_rejected_term_empties_what_rested_on_it_and_taking_it_back_fills_it(
    brought: Contract, editor: Person
) -> None:
    row = term(brought, "renewal_notice")
    contract_papers.say(row, Answer("rejected"), by=editor.user, today=TODAY)
    brought.refresh_from_db()
    assert brought.notice_length == ""
    contract_papers.unsay(row, by=editor.user, today=TODAY)
    brought.refresh_from_db()
    assert brought.notice_length == "P3M"
    assert "notice_length" in brought.proposed
    assert ContractChange.objects.filter(contract=brought).count() == 2


def test_what_was_entered_by_hand_is_not_overwritten_by_a_paper(brought: Contract, editor: Person) -> None:
    brought.notice_length = "P2M"
    contracts.save(brought, ["notice_length"], by=editor.user, today=TODAY)
    contract_papers.read(brought.documents.get(), today=TODAY)
    brought.refresh_from_db()
    assert brought.notice_length == "P2M"


def test_a_later_version_proposes_what_is_new(company: Company, brought: Contract, editor: Person) -> None:
    bring_in(company, [("amended.txt", AMENDED.format(number=2, slug="x").encode())], by=editor.user)
    other = Contract.objects.of(company).exclude(pk=brought.pk).get()
    source = other.documents.get().source
    document = contract_papers.add_version(brought, source, note="longer notice", by=editor.user, today=TODAY)
    again = contract_papers.add_version(brought, source, note="twice", by=editor.user, today=TODAY)
    assert (document.number, again.pk) == (2, document.pk)
    brought.refresh_from_db()
    assert brought.notice_length == "P6M"
    assert len({row.document_id for row in contract_papers.terms_that_hold(brought)}) == 1


def test_a_contract_nobody_touched_goes_when_its_import_is_undone(company: Company, editor: Person) -> None:
    batch = bring_in(company, [("agreement.txt", AGREED.format(number=1, slug="x").encode())], by=editor.user)
    undo(batch, editor)
    assert not Contract.objects.of(company).exists()


def test_a_contract_somebody_worked_on_stays_when_its_import_is_undone(
    company: Company, editor: Person
) -> None:
    batch = bring_in(company, [("agreement.txt", AGREED.format(number=1, slug="x").encode())], by=editor.user)
    contract = Contract.objects.of(company).get()
    contract_papers.say(term(contract, "renewal_notice"), Answer("confirmed"), by=editor.user, today=TODAY)
    undo(batch, editor)
    assert Contract.objects.of(company).get() == contract


def undo(batch: Import, editor: Person) -> None:
    intake.ask_undo(batch, by=editor.user)
    intake.take_in(batch.pk, today=TODAY)


def test_papers_read_by_earlier_rules_are_read_again(company: Company, brought: Contract) -> None:
    ContractDocument.objects.filter(contract=brought).update(rule_set="contracts@2020-01-01")
    ContractTerm.objects.filter(contract=brought).delete()
    contract_papers.follow_all(today=TODAY)
    assert term(brought, "renewal_notice").value == "P3M"
    assert brought.documents.get().rule_set == contracts.RULE_SET


def test_one_paper_that_cannot_be_taken_up_does_not_keep_the_others(
    company: Company, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_up = contract_papers.take_up

    def fails_once(*args: object, **kwargs: object) -> object:
        monkeypatch.setattr(contract_papers, "take_up", taken_up)
        raise OSError("gone")

    monkeypatch.setattr(contract_papers, "take_up", fails_once)
    files = [(f"{n}.txt", AGREED.format(number=n, slug="x").encode()) for n in (1, 2)]
    bring_in(company, files, by=editor.user)
    assert Contract.objects.of(company).count() == 1
    assert contract_papers.read_new(company, today=TODAY) == 1


def test_a_paper_whose_bytes_are_gone_says_so(brought: Contract) -> None:
    document = brought.documents.get()
    document.source.content.storage.delete(str(document.source.content.name))
    contract_papers._text_at.cache_clear()
    assert contract_papers.read(document, today=TODAY) is None
    assert "cannot be read" in document.problem
    assert term(brought, "renewal_notice").state == "proposed"


INDEXED = (
    AGREED
    + """
Artikel 4. Prijs
De vergoeding wordt elk jaar geïndexeerd volgens de gezondheidsindex, met een maximum van 2,5 %.
"""
)


def test_how_the_price_moves_fills_its_columns_and_waits_to_be_confirmed(
    company: Company, editor: Person
) -> None:
    bring_in(company, [("indexed.txt", INDEXED.format(number=1, slug="x").encode())], by=editor.user)
    contract = Contract.objects.of(company).get()
    said = contract.price_rule, contract.price_index, contract.price_cap
    assert said == ("indexed", "gezondheidsindex", Decimal("2.50"))
    assert {"price_rule", "price_index", "price_cap"} <= set(contract.proposed)
    contract_papers.say(term(contract, "price_indexation"), Answer("rejected"), by=editor.user, today=TODAY)
    contract.refresh_from_db()
    assert (contract.price_rule, contract.price_cap) == ("", None)


def test_a_price_by_the_month_says_what_it_costs_if_nobody_acts(company: Company, editor: Person) -> None:
    priced = AGREED + "\nArtikel 4. Prijs\nDe Klant betaalt 1450,00 euro per maand, exclusief btw.\n"
    bring_in(company, [("priced.txt", priced.format(number=1, slug="x").encode())], by=editor.user)
    contract = Contract.objects.of(company).get()
    assert (contract.yearly_cost, contract.currency) == (Decimal("17400.00"), "EUR")
    assert contract.is_proposed("yearly_cost")
    contracts.work_out(contract, today=TODAY)
    assert contract.answer["if_nobody_acts"] == {"renews_until": "2027-12-31", "commits": "17400.00"}


def test_a_paper_that_says_nothing_of_the_price_leaves_what_is_entered(
    brought: Contract, editor: Person
) -> None:
    brought.price_rule, brought.price_cap = "capped", Decimal(3)
    contracts.save(brought, ["price_rule", "price_cap"], by=editor.user, today=TODAY)
    contract_papers.read(brought.documents.get(), today=TODAY)
    brought.refresh_from_db()
    assert (brought.price_rule, brought.price_cap) == ("capped", Decimal(3))
