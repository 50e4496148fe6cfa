"""More rows never mean more queries: every page is asked with one of everything, and with twenty."""

from __future__ import annotations

from collections import Counter

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from pilothouse.accounts.models import Company, Membership
from tests.conftest import Person
from tests.factories import make_everything, make_member
from tests.house_rules.addresses import Address, company_addresses
from tests.house_rules.answers import let_go
from tests.house_rules.conftest import Stage
from tests.house_rules.queries import assert_same_queries, queries_of, repeated

ROWS = 20


def pages_of(stage: Stage, client: Client) -> list[Address]:
    """Every address of the company that can be looked at."""
    found = []
    for address in company_addresses():
        answer = client.get(address.filled(stage.company.slug, stage.company))
        let_go(answer)
        if answer.status_code == 200:
            found.append(address)
    return found


def asked_by(stage: Stage, client: Client, pages: list[Address]) -> dict[str, Counter[str]]:
    return {page.name: queries_of(client, page.filled(stage.company.slug, stage.company)) for page in pages}


def test_twenty_rows_ask_what_one_asks(stage: Stage, owner: Person) -> None:
    pages = pages_of(stage, owner.client)  # once, so that what is kept between requests is there
    assert len(pages) > 10
    one = asked_by(stage, owner.client, pages)
    make_everything(stage.company, ROWS - 1, by=owner.user, practice=stage.practice)
    twenty = asked_by(stage, owner.client, pages)
    more = {name: repeated(one[name], twenty[name]) for name in one if grown(one[name], twenty[name])}
    assert more == {}


def grown(before: Counter[str], after: Counter[str]) -> bool:
    return after.total() > before.total()


def test_a_person_of_twenty_companies_asks_what_one_of_one_asks(adviser: Person) -> None:
    def more_companies() -> None:
        practice = adviser.user.practices.get()
        for number in range(ROWS):
            company = Company.objects.create(name=f"Klant {number}", slug=f"klant-{number}")
            Membership.objects.create(company=company, user=adviser.user, role="reader", practice=practice)

    Company.objects.create(name="Tweede", slug="tweede").memberships.create(user=adviser.user, role="reader")
    more_companies_for = [("/", more_companies), (f"/p/{adviser.user.practices.get().slug}/", lambda: None)]
    for address, make_rows in more_companies_for:
        assert_same_queries(adviser.client, address, make_rows)


# --- the rule can fail ------------------------------------------------------------------------------------------


@login_not_required
def forgetful(request: HttpRequest) -> HttpResponse:
    """A list that asks for the person of each row."""
    return HttpResponse(", ".join(str(membership.user) for membership in Membership.objects.all()))


urlpatterns = [path("forgetful/", forgetful)]


@pytest.mark.urls(__name__)
def test_a_page_that_asks_for_each_row_is_found(company: Company, anonymous: Client) -> None:
    def one_more() -> None:
        make_member(company, "second")

    make_member(company, "first")
    with pytest.raises(AssertionError, match="1 more: SELECT"):
        assert_same_queries(anonymous, "/forgetful/", one_more)
