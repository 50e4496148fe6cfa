"""A practice's own checklist: changed on screen, checked as it is kept, used for the companies it serves."""

from __future__ import annotations

from typing import Any

import pytest

from pilothouse.accounts.models import Company, Membership, Practice, PracticeChecklist
from pilothouse.engine.contracts.checklist import Severity
from pilothouse.knowledge.red_flags import checklist
from pilothouse.records.models import Contract
from pilothouse.services import check_answers, contract_flags
from pilothouse.services import checklist as lists
from tests.conftest import TODAY, Person
from tests.factories import AGREED, bring_in

BASE = "/p/{}/checklist/"


def address(practice: Practice, more: str = "") -> str:
    return BASE.format(practice.slug) + more


def filled(adviser: Person, practice: Practice, check: str) -> dict[str, Any]:
    """What the form of a check holds, as a browser would send it."""
    form = adviser.client.get(address(practice, f"{check}/")).context["form"]
    sent = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    return {name: value for name, value in sent.items() if value not in (None, False)}


def send(adviser: Person, practice: Practice, check: str, **said: Any) -> str:
    given = {**filled(adviser, practice, check), **said}
    answer = adviser.client.post(address(practice, f"{check}/"), given, follow=True)
    return " ".join(answer.content.decode().split())


def flag_ids(company: Company) -> set[str]:
    contract = Contract.objects.of(company).get()
    return {flag.id for flag in contract_flags.flags_of(contract, today=TODAY)}


@pytest.fixture
def contract(company: Company, adviser: Person) -> Contract:
    bring_in(company, [("agreement.txt", AGREED.format(number=1, slug="x").encode())], by=adviser.user)
    found: Contract = Contract.objects.of(company).get()
    return found


def test_the_list_says_what_is_looked_for_and_what_is_ours(practice: Practice, adviser: Person) -> None:
    page = adviser.client.get(address(practice)).content.decode()
    assert "50 things." in page
    assert "as it comes with Pilothouse" in page
    assert "Must they try to restore the backups from time to time?" in page
    there = adviser.client.get(f"/p/{practice.slug}/").content.decode()
    assert address(practice) in there


def test_kept_without_a_change_nothing_is_changed(practice: Practice, adviser: Person) -> None:
    for check in checklist().checks:
        assert "Kept." in send(adviser, practice, check.id)
    assert lists.entries_of(practice) == {}
    assert lists.list_for(Company.objects.get(slug="bakkerij")) == checklist()


def test_own_words_and_grades_are_used_for_the_companies_served(
    company: Company, practice: Practice, adviser: Person, contract: Contract
) -> None:
    said = send(adviser, practice, "auto_renewal", what_to_do="Bel ons.", grade_0="note", grade_1="note")
    assert "You changed 1, added 0 and took out 0." in said
    entry = lists.entries_of(practice)["auto_renewal"]
    assert set(entry) == {"do", "concerns"}, "only what differs is kept"
    flag = next(f for f in contract_flags.flags_of(contract, today=TODAY) if f.id == "auto_renewal")
    assert (flag.what_to_do, flag.severity) == ("Bel ons.", Severity.NOTE)
    assert "auto_renewal" in flag_ids(company)


def test_the_gravest_is_kept_first_however_it_is_graded(practice: Practice, adviser: Person) -> None:
    send(adviser, practice, "price_rise", grade_0="note", grade_1="act", grade_2="look")
    concerns = lists.entries_of(practice)["price_rise"]["concerns"]
    assert [one["severity"] for one in concerns] == ["act", "look", "note"]


def test_what_is_taken_out_is_not_looked_for_until_it_is_put_back(
    company: Company, practice: Practice, adviser: Person, contract: Contract
) -> None:
    before = flag_ids(company)
    assert "auto_renewal" in before
    assert "taken out" in send(adviser, practice, "auto_renewal", is_out="on")
    assert flag_ids(company) == before - {"auto_renewal"}
    page = adviser.client.post(address(practice, "auto_renewal/as-it-comes/"), follow=True).content.decode()
    assert "It stands again as it comes with Pilothouse." in page
    assert flag_ids(company) == before


def test_a_question_of_their_own_is_asked_on_the_page_of_a_contract(
    practice: Practice, adviser: Person, contract: Contract
) -> None:
    own = {
        "question": "Betalen we per domiciliëring?",
        "why": "We zien eerst een factuur.",
        "threshold": "Elke domiciliëring.",
        "what_to_do": "Vraag facturen.",
        "ask_for": "Betaling op factuur.",
        "kinds": ["managed_services"],
        "grade": "note",
    }
    said = adviser.client.post(address(practice, "new/"), {**own, "term": ""}, follow=True).content.decode()
    assert "Betalen we per domiciliëring?" in said
    assert "practice_1000" in [one.check.id for one in check_answers.questions_on(contract)]
    page = adviser.client.get(f"/c/bakkerij/contracts/{contract.pk}/").content.decode()
    assert "Betalen we per domiciliëring?" in page

    adviser.client.post(address(practice, "new/"), {**own, "term": "insurance", "grade": "act"})
    flag = next(f for f in contract_flags.flags_of(contract, today=TODAY) if f.id == "practice_1001")
    assert (flag.severity, flag.missing) == (Severity.ACT, ("insurance",))

    send(adviser, practice, "practice_1000", question="Betalen we zelf?", is_out="on")
    row = lists.row_of(practice, "practice_1000")
    assert row is not None
    assert (row.is_own, row.is_out, row.check.question) == (True, True, "Betalen we zelf?")
    assert "practice_1000" not in [one.check.id for one in check_answers.questions_on(contract)]
    assert lists.next_own(practice)[0] == "practice_1002", "an id is never given again"
    assert adviser.client.post(address(practice, "practice_1000/as-it-comes/")).status_code == 404


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"question": ""}, "This field is required."),
        ({"limit_0": "much"}, "must be a length, a share"),
        ({"limit_0": ""}, "This field is required."),
        ({"grade_0": "terrible"}, "Select a valid choice."),
        ({"kinds": ["dogs"]}, "Select a valid choice."),
        ({"why": "x" * 601}, "at most 600 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_in_place_and_nothing_is_lost(
    practice: Practice, adviser: Person, said: dict[str, Any], error: str
) -> None:
    given = {**filled(adviser, practice, "price_rise"), "ask_for": "Iets anders", **said}
    answer = adviser.client.post(address(practice, "price_rise/"), given)
    assert answer.status_code == 422
    assert error in answer.content.decode()
    assert "Iets anders" in answer.content.decode()
    assert lists.entries_of(practice) == {}


def test_a_new_check_that_says_nothing_is_refused(practice: Practice, adviser: Person) -> None:
    answer = adviser.client.post(address(practice, "new/"), {"question": "Wat?"})
    assert answer.status_code == 422
    assert not PracticeChecklist.objects.exists()


def test_a_list_that_cannot_be_used_any_more_is_left_aside_and_said(
    company: Company, practice: Practice, adviser: Person, contract: Contract
) -> None:
    before = flag_ids(company)
    PracticeChecklist.objects.create(practice=practice, entries={"practice_1": {"question": "half"}})
    assert flag_ids(company) == before
    page = adviser.client.get(address(practice)).content.decode()
    assert "Your list cannot be used as it is, so ours is" in page
    assert "entry “practice_1”" in page


def test_an_entry_that_is_refused_says_why(practice: Practice, adviser: Person) -> None:
    wrong = lists.change(practice, "auto_renewal", {"number": 2}, by=adviser.user)
    assert "stands already" in wrong
    wrong = lists.change(practice, "practice_1000", {"looked_up": "tomorrow"}, by=adviser.user)
    assert "entry “practice_1000”" in wrong
    assert lists.entries_of(practice) == {}


def test_a_company_without_the_practice_is_checked_by_our_list(
    company: Company, other_company: Company, practice: Practice, adviser: Person
) -> None:
    send(adviser, practice, "auto_renewal", is_out="on")
    assert lists.list_for(other_company) == checklist()
    assert lists.list_for(company) != checklist()
    Membership.objects.filter(user=adviser.user).update(practice=None)
    assert lists.list_for(company) == checklist()


def test_unknown_checks_and_other_peoples_practices_are_not_there(
    practice: Practice, adviser: Person, owner: Person
) -> None:
    assert adviser.client.get(address(practice, "no-such-check/")).status_code == 404
    for person in (owner,):
        assert person.client.get(address(practice)).status_code == 404
        assert person.client.get(address(practice, "auto_renewal/")).status_code == 404
        assert person.client.post(address(practice, "new/"), {}).status_code == 404
