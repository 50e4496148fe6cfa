"""The chapter on contracts: what must be decided, what was missed, of what no day is known, and what to do next."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.records.models import Contract, ContractDecision
from pilothouse.reporting.diagnosis import Chapter
from pilothouse.services import contracts, diagnosis
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring

DAY = timedelta(1)


@pytest.fixture
def with_papers(company: Company) -> Company:
    """A company that has a diagnosis."""
    bring(company, a__xml=bill("Wolkenrijk BV"))
    return company


def kept(company: Company, by: User, name: str = "IT-beheer", **columns: object) -> Contract:
    agreed: dict[str, object] = {
        "name": name,
        "vendor_name": "Elders NV",
        "start": date(2026, 3, 1),
        "initial_term": "P1Y",
        "notice_length": "P1M",
        "yearly_cost": Decimal(1_200),
    }
    return contracts.save(Contract(company=company, **{**agreed, **columns}), [], by=by, today=TODAY)


def chapter(company: Company, language: str = "en") -> Chapter:
    found = diagnosis.of(company, today=TODAY, language=language)
    assert found is not None
    [one] = [chapter for chapter in found.chapters if chapter.key == "contracts"]
    return one


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ").replace("\u202f", " ")


def cells(found: Chapter, title: str) -> list[list[str]]:
    [table] = [table for table in found.tables if table.title == title]
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def test_who_has_entered_no_contract_is_told_what_that_means(with_papers: Company) -> None:
    found = chapter(with_papers)
    assert found.answer == "No contract is known yet, so nobody can be warned before one renews."
    assert found.tables == ()
    assert found.next_step == "Bring in your contracts, or enter the dearest one by hand."


def test_the_nearest_day_comes_first_with_what_happens_if_nobody_acts(
    with_papers: Company, owner: Person
) -> None:
    kept(with_papers, owner.user, "Telefonie", start=date(2026, 4, 1), proposed=["notice_length"])
    kept(with_papers, owner.user)
    found = chapter(with_papers)
    assert plain(found.answer) == (
        "2 of 2 contracts must be decided within a year, IT-beheer first: by 28 Jan 2027."
    )
    assert cells(found, "What must be decided within a year") == [
        [
            "IT-beheer", "Elders NV", "2027-01-28", "2027-02-28",
            "It goes on until 29 Feb 2028 and commits € 1 200.",
        ],
        [
            "Telefonie", "Elders NV", "2027-02-26", "2027-03-31",
            "It goes on until 31 Mar 2028 and commits € 1 200. Not confirmed yet.",
        ],
    ]  # fmt: skip
    assert plain(found.next_step) == "Decide on IT-beheer by 28 Jan 2027."


def test_a_notice_that_was_not_sent_is_the_next_thing_to_do(with_papers: Company, owner: Person) -> None:
    contract = kept(with_papers, owner.user, yearly_cost=None)
    assert contract.exit_day is not None
    decided = ContractDecision(kind="cancel", reason="Te duur", exit_day=contract.exit_day)
    contracts.decide(contract, decided, by=owner.user, today=TODAY)
    found = chapter(with_papers)
    assert plain(found.next_step) == (
        "Send the notice on IT-beheer by 28 Jan 2027, and note that it is sent."
    )
    [[*_, said]] = cells(found, "What must be decided within a year")
    assert said == "It is decided to end it, but the notice is not sent: it goes on until 29 Feb 2028."


def test_new_terms_are_to_be_agreed_before_the_day(with_papers: Company, owner: Person) -> None:
    contract = kept(with_papers, owner.user)
    assert contract.exit_day is not None
    decided = ContractDecision(kind="renegotiate", reason="Te duur", exit_day=contract.exit_day)
    contracts.decide(contract, decided, by=owner.user, today=TODAY)
    found = chapter(with_papers)
    assert plain(found.next_step) == "Agree on IT-beheer in writing by 28 Jan 2027, or send the notice then."
    [[*_, said]] = cells(found, "What must be decided within a year")
    assert (
        said == "New terms are being agreed; without them it goes on until 29 Feb 2028 and commits € 1 200."
    )


def test_a_missed_day_is_told_with_its_price(with_papers: Company, owner: Person) -> None:
    kept(with_papers, owner.user, start=date(2025, 12, 1))
    found = chapter(with_papers)
    assert "Of one contract nobody decided in time." in found.answer
    [[said]] = cells(found, "Nobody decided in time")
    assert said.startswith("IT-beheer: the last day for notice, 31 October 2026, went by")
    assert "commits EUR 1 200.00" in said


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"start": None}, "When does it start? Without that day nothing can be counted."),
        ({"initial_term": ""}, "Neither an end nor a length is known. Look for the term in the contract."),
        ({"notice_length": ""}, "Nobody knows how it can be ended. Look for the notice in it."),
    ],
)
def test_a_contract_without_a_day_says_what_to_look_for(
    with_papers: Company, owner: Person, columns: dict[str, object], why: str
) -> None:
    kept(with_papers, owner.user, "Hosting " * 20, **columns)
    found = chapter(with_papers)
    assert "Of one contract no day is known." in found.answer
    [[name, vendor, said]] = cells(found, "Contracts without a day")
    assert (len(name), vendor, said) == (80, "Elders NV", why)
    assert found.next_step.endswith("starts, how long it runs and how it can be ended.")


def test_what_lies_further_ahead_is_not_urgent(with_papers: Company, owner: Person) -> None:
    kept(with_papers, owner.user, initial_term="P60M")
    found = chapter(with_papers)
    assert found.answer == "Of one contract none has to be decided within a year."
    assert found.next_step.startswith("Look here again when the next mail")


def test_what_is_urgent_stands_first_on_page_one(with_papers: Company, owner: Person) -> None:
    kept(with_papers, owner.user)
    urgent = kept(with_papers, owner.user, "Telefonie", start=date(2026, 1, 3))
    found = diagnosis.of(with_papers, today=TODAY)
    assert found is not None
    assert urgent.send_by == date(2026, 12, 2)
    assert plain(found.summary.next_steps[0]) == "Decide on Telefonie by 2 Dec 2026."
    assert not any("IT-beheer" in step for step in found.summary.next_steps)
    assert len(found.summary.next_steps) > 1


def test_many_contracts_are_shown_up_to_a_length(with_papers: Company, owner: Person) -> None:
    for number in range(30):
        kept(with_papers, owner.user, f"Contract {number:02}")
    shown = cells(chapter(with_papers), "What must be decided within a year")
    assert len(shown) == 26
    assert shown[-1][0] == "5 more, on the page of contracts"


def test_the_pdf_and_the_page_have_the_chapter(with_papers: Company, owner: Person) -> None:
    today = timezone.localdate()
    kept(with_papers, owner.user, start=today - 90 * DAY)
    page = owner.client.get("/c/bakkerij/diagnosis/").content.decode()
    assert "What must be decided by when?" in page
    assert "It goes on until" in page
