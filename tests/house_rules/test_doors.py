"""One door: whoever does not belong to a company finds nothing there, on every address the URL conf has.

Addresses are read from the URL conf, so a new page is tried from its first day. Each is asked for with each method;
404, or 405 where the view knows no such method whoever asks. What is not below a company or practice stands in one
of two lists, with its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from pilothouse.accounts.models import Company, Invitation, Membership, Role, User
from pilothouse.records.models.owned import CompanyRecord
from tests.conftest import Person
from tests.house_rules.addresses import (
    RECORDS,
    Address,
    UnknownParameter,
    addresses_in,
    company_addresses,
    practice_addresses,
)
from tests.house_rules.answers import let_go
from tests.house_rules.conftest import Stage

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")

# Anybody may open these, signed in or not.
OPEN_TO_ALL = {
    "health": "a load balancer asks whether the server answers; it says nothing else",
    "icon": "where the icon is; browsers ask for it beside a PDF, which cannot name it",
    "start": "the first person has no account yet; needs the code that `pilothouse run` prints, then closes for good",
    "join": "an invited person has no account yet; needs the secret of the link",
    "calendar_feed": "calendar programs cannot sign in; needs the secret of the address, which its person can revoke",
    "account_login": "to sign in",
    "account_logout": "to sign out",
    "account_signup": "says that accounts come by invitation",
    "account_inactive": "says that an account is switched off",
    "account_reset_password": "for who forgot their password; sends a letter to the address, says no more",
    "account_reset_password_done": "says that the letter is on its way",
    "account_reset_password_from_key": "the link of that letter; needs its secret",
    "account_reset_password_from_key_done": "says that the password is changed",
    "account_email_verification_sent": "words only",
    "account_confirm_email": "the link of a letter; needs its secret",
    "account_confirm_login_code": "needs a sign-in that was begun in the same session",
}
# A person's own pages: they show and change nothing but what is the person's.
SIGNED_IN = {
    "home": "the person's own companies",
    "own_settings": "the person's own name, mails and calendar address",
    "calendar_address": "the person's own calendar address",
    "new_company": "whoever has an account may found a company and owns it",
    "account_reauthenticate": "the person's own password, asked again",
    "account_email": "leads to the person's own settings",
    "account_change_password": "the person's own password",
    "account_set_password": "the person's own password",
}


def answers(client: Client, address: str) -> dict[str, int]:
    """The status for each method."""
    return {method: _status(client, method, address) for method in METHODS}


def _status(client: Client, method: str, address: str) -> int:
    answer = client.generic(method, address)
    let_go(answer)  # files that are sent are left open otherwise
    status: int = answer.status_code
    return status


def let_in(client: Client, pages: Iterable[str]) -> list[str]:
    """The pages that gave away more than that nothing is there."""
    told = []
    for page in pages:
        found = answers(client, page)
        if 404 not in found.values() or set(found.values()) - {404, 405}:
            told.append(f"{page}: {found}")
    return told


def everything() -> dict[str, list[Any]]:
    """All rows of all records, to see whether anything changed."""
    records: list[type[Model]] = [Company, Membership, Invitation]
    records += [model for model in apps.get_models() if issubclass(model, CompanyRecord)]
    return {model.__name__: list(model._default_manager.order_by("pk").values_list()) for model in records}


def our_pages(stage: Stage) -> list[str]:
    return [address.filled(stage.company.slug, stage.company) for address in company_addresses()]


# --- who does not belong ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["stranger", "neighbour", "guest"])
def test_nothing_is_there_for(who: str, stage: Stage, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    before = everything()
    assert let_in(person.client, our_pages(stage)) == []
    assert everything() == before


@pytest.mark.parametrize("role", [Role.EDITOR, Role.OWNER])
def test_neighbour_cannot_reach_our_records_through_its_own_company(
    role: Role, stage: Stage, neighbour: Person
) -> None:
    Membership.objects.filter(user=neighbour.user).update(role=role)
    before = everything()
    tried = [
        address.filled(stage.other_company.slug, stage.company)
        for address in company_addresses()
        if address.names_a_record
    ]
    let = [page for page in let_in(neighbour.client, tried) if role is Role.OWNER or "403" not in page]
    assert let == []
    assert len(tried) >= len(RECORDS)
    assert everything() == before


def test_colleague_in_the_practice_sees_no_company_without_a_membership(stage: Stage) -> None:
    colleague = User.objects.create_user("colleague@pilothouse.example")
    stage.practice.people.add(colleague)
    client = Client()
    client.force_login(colleague, "django.contrib.auth.backends.ModelBackend")
    assert let_in(client, our_pages(stage)) == []
    for address in practice_addresses():
        answer = client.get(address.filled(stage.practice.slug, None))
        assert answer.status_code in (200, 405)
        assert stage.company.name not in answer.content.decode()


def test_anonymous_is_sent_to_sign_in(stage: Stage, anonymous: Client) -> None:
    pages = our_pages(stage) + [address.filled(stage.practice.slug, None) for address in practice_addresses()]
    pages += [address.filled("", None) for address in addresses_in() if address.name in SIGNED_IN]
    before = everything()
    for page in pages:
        for method in ("GET", "POST"):
            answer = anonymous.generic(method, page)
            assert answer.status_code == 302, (method, page)
            assert answer.headers["Location"].startswith("/account/login/?next="), (method, page)
    assert everything() == before


@pytest.mark.parametrize("who", ["stranger", "neighbour", "guest", "owner"])
def test_a_practice_is_there_for_its_own_people_only(
    who: str, stage: Stage, request: pytest.FixtureRequest
) -> None:
    person: Person = request.getfixturevalue(who)
    pages = [address.filled(stage.practice.slug, None) for address in practice_addresses()]
    assert pages
    assert let_in(person.client, pages) == []


# --- who belongs ------------------------------------------------------------------------------------------------


def test_owner_finds_every_page(stage: Stage, owner: Person) -> None:
    """Without this, the tests above would pass on a stage where nothing is there for anybody."""
    for page in our_pages(stage):
        with transaction.atomic():
            found = answers(owner.client, page)
            transaction.set_rollback(True)
        assert {200, 302, 422} & set(found.values()), (page, found)
        assert found["GET"] in (200, 405), (page, found)


def test_adviser_finds_the_practice_and_the_company(stage: Stage, adviser: Person) -> None:
    for address in practice_addresses():
        answer = adviser.client.get(address.filled(stage.practice.slug, None))
        assert answer.status_code in (200, 405)
        assert stage.other_company.name not in answer.content.decode()
    assert stage.company.name in adviser.client.get(f"/p/{stage.practice.slug}/").content.decode()
    assert adviser.client.get(f"/c/{stage.company.slug}/").status_code == 200


# What readers may send, since it is about views of figures that are theirs alone; an empty form changes nothing.
READERS_OWN = "/spend/by/views/"


def test_reader_changes_nothing(stage: Stage, reader: Person) -> None:
    before = everything()
    for page in our_pages(stage):
        refused = (302, 405) if READERS_OWN in page else (403, 405)
        for method in ("POST", "PUT", "DELETE"):
            assert reader.client.generic(method, page).status_code in refused, (method, page)
    assert everything() == before


def test_what_is_shown_to_owners_alone_is_refused_to_editors_with_words(stage: Stage, editor: Person) -> None:
    answer = editor.client.post(f"/c/{stage.company.slug}/settings/end/")
    assert answer.status_code == 403
    assert "owner" in answer.content.decode()


# --- every view and address -------------------------------------------------------------------------------------


def without_door(found: Iterable[Address]) -> list[str]:
    """Addresses below a company whose view has not its company from the door."""
    return [
        address.name
        for address in found
        if address.is_of_a_company and getattr(address.view, "door", "") != "company"
    ]


def unlisted(found: Iterable[Address]) -> list[str]:
    """Addresses outside companies and practices that stand in neither list."""
    elsewhere = [a for a in found if not a.is_of_a_company and not a.is_of_a_practice]
    return [address.name for address in elsewhere if address.name not in OPEN_TO_ALL | SIGNED_IN]


def test_every_view_of_a_company_goes_through_the_door() -> None:
    assert company_addresses()
    assert without_door(addresses_in()) == []


def test_every_other_address_stands_in_a_list_with_its_reason() -> None:
    assert unlisted(addresses_in()) == []
    assert not OPEN_TO_ALL.keys() & SIGNED_IN.keys()
    gone = (OPEN_TO_ALL | SIGNED_IN).keys() - {address.name for address in addresses_in()}
    assert not gone, "these addresses are no more: take them off the list"


def test_what_is_open_to_all_says_nothing_of_a_company(stage: Stage, anonymous: Client) -> None:
    for address in addresses_in():
        if address.name in OPEN_TO_ALL and not address.parameters and "(?P" not in address.route:
            answer = anonymous.get("/" + address.route)
            assert stage.company.name not in answer.content.decode(), address.name


# --- the rules can fail -----------------------------------------------------------------------------------------


def _bare(request: HttpRequest, **given: Any) -> HttpResponse:
    return HttpResponse("all of it")


def _patterns(route: str, view: Callable[..., HttpResponse] = _bare) -> list[Address]:
    return addresses_in([path("c/<slug:company>/", include([path(route, view, name="new")]))])


def test_a_view_without_the_door_is_found() -> None:
    assert without_door(_patterns("secrets/")) == ["new"]


def test_a_view_that_lets_everybody_in_is_found(stage: Stage, stranger: Person) -> None:
    assert let_in(stranger.client, ["/health/"]) == [
        "/health/: {'GET': 200, 'HEAD': 200, 'POST': 405, 'PUT': 405, 'DELETE': 405}"
    ]


def test_an_address_in_no_list_is_found() -> None:
    (address,) = addresses_in([path("everything/", _bare, name="everything")])
    assert unlisted([address]) == ["everything"]
    (renamed,) = addresses_in([path("c/<slug:firm>/", _bare, name="round the door")])
    assert unlisted([renamed]) == ["round the door"]


def test_an_unknown_parameter_is_found(stage: Stage) -> None:
    (address,) = _patterns("things/<int:thing_id>/")
    with pytest.raises(UnknownParameter, match="thing_id"):
        address.filled(stage.company.slug, stage.company)


def test_a_change_is_seen(stage: Stage) -> None:
    before = everything()
    Membership.objects.filter(company=stage.company).update(role=Role.OWNER)
    assert everything() != before
