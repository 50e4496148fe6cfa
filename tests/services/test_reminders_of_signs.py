"""Signs that a way of running IT is outgrown, in the week's mail: once, to the owners; again when they come back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company, Role
from pilothouse.records.models import ProfileVersion, TriggerState
from pilothouse.services import graduation, reminders
from tests.conftest import Person
from tests.house_rules.queries import queries_in
from tests.services.smtp_server import Letters, smtp_server, words_of
from tests.services.test_reminders import kept, member, subjects, use

MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
PAGE = "https://it.example.com/c/bakkerij/sourcing/graduation/"


@pytest.fixture
def letters(settings: Settings) -> Iterator[Letters]:
    with smtp_server() as server:
        use(settings, server)
        yield server


def outgrown(company: Company, *, people: int = 24, on: datetime = MONDAY) -> None:
    ProfileVersion.objects.create(
        company=company, holds_from=date(2025, 1, 1), headcount=people, current_model="break_fix"
    )
    graduation.watch(company, today=on.date())


def test_a_sign_is_told_once_with_its_first_step(letters: Letters, company: Company, owner: Person) -> None:
    outgrown(company)
    assert reminders.send_due(MONDAY) == 1
    [letter] = letters.taken
    assert letters.to == [["owner@pilothouse.example"]]
    assert letter["Subject"] == "You may be outgrowing how IT is run: Too many people for help by the call"
    for kind in ("plain", "html"):
        said = " ".join(words_of(letter, kind).split())
        assert "One sign says that you may be outgrowing how IT is run:" in said
        assert "Ask two providers for a fixed monthly fee" in said
        assert "it names the first step, and the way there" in said
        assert said.count(PAGE) >= 2
    for later in range(1, 60):
        assert reminders.send_due(MONDAY + timedelta(days=later)) == 0


def test_a_sign_stands_in_the_mail_on_contracts_where_there_is_one(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, owner.user)
    outgrown(company)
    assert reminders.send_due(MONDAY) == 1
    [letter] = letters.taken
    said = words_of(letter)
    assert "IT-beheer" in said
    assert "Too many people for help by the call" in said
    assert "IT-beheer" in letter["Subject"]


def test_only_owners_who_want_mails_are_told(letters: Letters, company: Company, owner: Person) -> None:
    member(company, "ann")
    member(company, "bob", Role.OWNER, mails_on_contracts=False)
    outgrown(company)
    reminders.send_due(MONDAY)
    assert letters.to == [["owner@pilothouse.example"]]


def test_what_is_set_aside_is_not_told_until_it_comes_back(
    letters: Letters, company: Company, owner: Person
) -> None:
    outgrown(company)
    back = MONDAY.date() + 2 * WEEK
    graduation.set_aside(company, "too_large_for_calls", "We move", back, today=MONDAY.date(), by=owner.user)
    assert reminders.send_due(MONDAY) == 0
    assert reminders.send_due(MONDAY + WEEK) == 0
    assert reminders.send_due(MONDAY + 2 * WEEK) == 1
    assert reminders.send_due(MONDAY + 3 * WEEK) == 0


def test_a_sign_that_was_told_and_comes_back_is_told_again(
    letters: Letters, company: Company, owner: Person
) -> None:
    outgrown(company)
    assert reminders.send_due(MONDAY) == 1
    outgrown(company, people=8, on=MONDAY + WEEK)
    outgrown(company, people=30, on=MONDAY + 2 * WEEK)
    assert reminders.send_due(MONDAY + 2 * WEEK) == 1


def test_made_up_companies_and_signs_we_know_no_more_are_told_to_nobody(
    letters: Letters, company: Company, owner: Person
) -> None:
    TriggerState.objects.create(
        company=company, key="of_an_older_edition", state="met", first_met=MONDAY, last_seen=MONDAY
    )
    assert reminders.send_due(MONDAY) == 0
    outgrown(company)
    Company.objects.filter(pk=company.pk).update(is_sample=True)
    assert reminders.send_due(MONDAY) == 0


def test_signs_of_two_companies_are_one_mail_that_names_them(
    letters: Letters, company: Company, other_company: Company, owner: Person
) -> None:
    other_company.memberships.create(user=owner.user, role=Role.OWNER)
    for each in (company, other_company):
        outgrown(each)
    reminders.send_due(MONDAY)
    [said] = [
        words_of(letter)
        for letter, [to] in zip(letters.taken, letters.to, strict=True)
        if to == owner.user.email
    ]
    assert company.name in said
    assert other_company.name in said
    assert "2 signs" in str(subjects(letters))


def test_more_companies_ask_no_more(company: Company, owner: Person) -> None:
    outgrown(company)
    one = queries_in(lambda: reminders.due(MONDAY))
    for number in range(5):
        more = Company.objects.create(name=f"Firm {number}", slug=f"firm-{number}")
        more.memberships.create(user=owner.user, role=Role.OWNER)
        outgrown(more)
    assert queries_in(lambda: reminders.due(MONDAY)) == one
    assert sum(len(letter.signs) for letter in reminders.due(MONDAY)) == 6
