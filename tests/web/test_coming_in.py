"""How people come in and go: the first start, invitations, roles, the last owner."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from pilothouse.accounts import people
from pilothouse.accounts.models import Company, Invitation, Membership, Role, User
from tests.conftest import Person

NEW = {"name": "Nieuw Iemand", "password": "een lange zin als wachtwoord"}
FIRST = NEW | {"email": "first@pilothouse.example", "company": "Eerste BV"}


# --- the first start --------------------------------------------------------------------------------------------


@pytest.fixture
def code(settings: Settings, tmp_path: Path) -> str:
    settings.HOME = tmp_path
    (tmp_path / "start_code").write_text("geheim")
    return "geheim"


def test_the_first_page_opens_with_the_code_only(db: None, anonymous: Client, code: str) -> None:
    for wrong in ("", "?code=", "?code=ander", "?code=%F0%9F%94%91", "?code=geheim2"):
        assert anonymous.get(f"/start/{wrong}").status_code == 404
    assert anonymous.post("/start/", FIRST | {"code": "ander"}).status_code == 404
    assert not User.objects.exists()
    assert anonymous.get(f"/start/?code={code}").status_code == 200


def test_without_a_code_file_there_is_no_first_page(
    db: None, anonymous: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.HOME = tmp_path
    assert anonymous.get("/start/?code=").status_code == 404


def test_the_first_person_owns_the_first_company_and_is_the_only_one_to_come_in_so(
    db: None, anonymous: Client, code: str
) -> None:
    answer = anonymous.post("/start/", FIRST | {"code": code})
    assert answer.status_code == 302
    assert answer["Location"] == "/c/eerste-bv/intake/"
    membership = Membership.objects.get()
    assert (membership.role, membership.user.email) == (Role.OWNER, FIRST["email"])
    assert anonymous.get("/c/eerste-bv/").status_code == 200, "and is signed in"
    other = Client()
    assert other.get(f"/start/?code={code}").status_code == 404
    assert (
        other.post("/start/", FIRST | {"code": code, "email": "second@pilothouse.example"}).status_code == 404
    )
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"password": "kort"}, {"email": "nergens"}, {"company": " "}, {"name": ""}]
)
def test_a_first_person_who_leaves_something_out_is_told_and_may_go_on(
    db: None, anonymous: Client, code: str, wrong: dict[str, str]
) -> None:
    answer = anonymous.post("/start/", FIRST | {"code": code} | wrong)
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode() or 'aria-invalid="true"' in answer.content.decode()
    assert not User.objects.exists()
    assert anonymous.post("/start/", FIRST | {"code": code}).status_code == 302


# --- invitations ------------------------------------------------------------------------------------------------


@pytest.fixture
def invitation(company: Company, owner: Person) -> Invitation:
    return people.invite(company, email="new@pilothouse.example", role=Role.EDITOR, by=owner.user)


def link(invitation: Invitation) -> str:
    return f"/join/{invitation.token}/"


def test_a_new_person_joins_as_invited_and_the_link_is_used_up(
    company: Company, invitation: Invitation, anonymous: Client
) -> None:
    assert anonymous.post(link(invitation), NEW).status_code == 302
    membership = Membership.objects.get(user__email="new@pilothouse.example")
    assert (membership.company, membership.role) == (company, Role.EDITOR)
    assert anonymous.get("/c/bakkerij/").status_code == 200
    assert Client().get(link(invitation)).status_code == 404
    assert Client().post(link(invitation), NEW).status_code == 404


@pytest.mark.parametrize("state", ["withdrawn", "old", "never was"])
def test_a_link_that_no_longer_works_says_so_and_lets_nobody_in(
    invitation: Invitation, anonymous: Client, state: str
) -> None:
    address = link(invitation)
    if state == "withdrawn":
        people.withdraw(invitation)
    elif state == "old":
        Invitation.objects.update(created_at=timezone.now() - timedelta(days=14, seconds=1))
    else:
        address = "/join/niets%00/"
    for answer in (anonymous.get(address), anonymous.post(address, NEW)):
        assert answer.status_code == 404
        assert "no longer works" in answer.content.decode()
    assert not User.objects.filter(email="new@pilothouse.example").exists()


def test_who_is_signed_in_with_another_address_is_told_so(invitation: Invitation, stranger: Person) -> None:
    for answer in (stranger.client.get(link(invitation)), stranger.client.post(link(invitation))):
        assert answer.status_code == 404
        assert "stranger@pilothouse.example" in answer.content.decode()
    assert not Membership.objects.filter(user=stranger.user).exists()


def test_who_has_an_account_signs_in_and_is_not_made_twice(
    company: Company, owner: Person, stranger: Person
) -> None:
    invited = people.invite(company, email="Stranger@Pilothouse.example", role=Role.READER, by=owner.user)
    page = Client().get(link(invited))
    assert page.status_code == 200
    assert 'name="password"' not in page.content.decode()
    assert Client().post(link(invited), NEW).status_code == 200
    assert User.objects.filter(email__iexact="stranger@pilothouse.example").count() == 1
    assert stranger.client.post(link(invited)).status_code == 302
    assert Membership.objects.get(user=stranger.user).role == Role.READER


def test_a_link_that_two_open_at_once_lets_one_in(invitation: Invitation) -> None:
    """Both saw the invitation open before either used it."""
    one, other = (people.find_invitation(invitation.token) for _ in range(2))
    assert one is not None
    assert other is not None
    people.join(one, User.objects.create_user("one@pilothouse.example"))
    with pytest.raises(PermissionError):
        people.join(other, User.objects.create_user("other@pilothouse.example"))
    assert not Membership.objects.filter(user__email="other@pilothouse.example").exists()


def test_a_page_whose_link_was_used_a_moment_ago_says_so(
    invitation: Invitation, anonymous: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = people.find_invitation(invitation.token)
    Invitation.objects.update(accepted_at=timezone.now())
    monkeypatch.setattr(people, "find_invitation", lambda _token: found)
    answer = anonymous.post(link(invitation), NEW)
    assert answer.status_code == 404
    assert "no longer works" in answer.content.decode()
    assert not User.objects.filter(email="new@pilothouse.example").exists(), "and nobody is half made"


def test_a_member_who_is_invited_again_keeps_the_role_they_have(
    company: Company, owner: Person, editor: Person
) -> None:
    invited = people.invite(company, email=editor.user.email, role=Role.READER, by=owner.user)
    assert editor.client.post(link(invited)).status_code == 302
    assert Membership.objects.get(user=editor.user).role == Role.EDITOR


def test_inviting_the_same_address_again_makes_the_earlier_link_useless(
    company: Company, owner: Person, invitation: Invitation
) -> None:
    page = owner.client.post("/c/bakkerij/people/", {"email": "NEW@pilothouse.example", "role": "reader"})
    newer = Invitation.objects.latest("pk")
    assert f"/join/{newer.token}/" in page.content.decode()
    assert people.find_invitation(invitation.token) is None
    assert people.find_invitation(newer.token) == newer


@pytest.mark.parametrize("wrong", [{"email": "x"}, {"role": "emperor"}, {"email": "a" * 300 + "@b.example"}])
def test_an_invitation_that_makes_no_sense_is_not_written(owner: Person, wrong: dict[str, str]) -> None:
    given = {"email": "a@b.example", "role": "reader"} | wrong
    assert owner.client.post("/c/bakkerij/people/", given).status_code == 200
    assert not Invitation.objects.exists()


# --- the last owner ---------------------------------------------------------------------------------------------


def test_the_last_owner_stays_and_is_an_owner(company: Company, owner: Person, editor: Person) -> None:
    mine = Membership.objects.get(user=owner.user)
    for address, given in ((f"{mine.pk}/role/", {"role": "reader"}), (f"{mine.pk}/remove/", {})):
        page = owner.client.post(f"/c/bakkerij/people/{address}", given, follow=True)
        assert "A company needs an owner" in page.content.decode()
    mine.refresh_from_db()
    assert mine.role == Role.OWNER
    people.change_role(Membership.objects.get(user=editor.user), Role.OWNER)
    owner.client.post(f"/c/bakkerij/people/{mine.pk}/role/", {"role": "reader"})
    mine.refresh_from_db()
    assert mine.role == Role.READER


def test_who_was_taken_out_is_out_at_once(company: Company, owner: Person, editor: Person) -> None:
    theirs = Membership.objects.get(user=editor.user)
    assert editor.client.get("/c/bakkerij/").status_code == 200
    owner.client.post(f"/c/bakkerij/people/{theirs.pk}/remove/")
    assert editor.client.get("/c/bakkerij/").status_code == 404


def test_an_owner_changes_nobody_of_another_company(owner: Person, neighbour: Person) -> None:
    theirs = Membership.objects.get(user=neighbour.user)
    for deed in ("role", "remove"):
        answer = owner.client.post(f"/c/bakkerij/people/{theirs.pk}/{deed}/", {"role": "reader"})
        assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.role == Role.EDITOR


def test_a_role_nobody_has_changes_nothing(company: Company, owner: Person, editor: Person) -> None:
    theirs = Membership.objects.get(user=editor.user)
    owner.client.post(f"/c/bakkerij/people/{theirs.pk}/role/", {"role": "emperor"})
    theirs.refresh_from_db()
    assert theirs.role == Role.EDITOR


# --- companies --------------------------------------------------------------------------------------------------


def test_companies_of_the_same_name_have_addresses_of_their_own(stranger: Person) -> None:
    for _ in range(2):
        stranger.client.post("/companies/new/", {"name": "Café ☕ Noord"})
    slugs = set(Company.objects.values_list("slug", flat=True))
    assert slugs == {"cafe-noord", "cafe-noord-2"}
    stranger.client.post("/companies/new/", {"name": "株式会社"})
    assert stranger.client.get("/c/company/").status_code == 200


def test_a_company_ends_only_when_its_name_is_typed(company: Company, owner: Person) -> None:
    for wrong in ("", "bakkerij", company.name.upper(), company.name[:-1]):
        page = owner.client.post("/c/bakkerij/settings/end/", {"end-name": wrong})
        assert page.status_code == 200
        assert Company.objects.filter(pk=company.pk).exists()
    assert (
        owner.client.post("/c/bakkerij/settings/end/", {"end-name": f" {company.name} "}).status_code == 302
    )
    assert not Company.objects.filter(pk=company.pk).exists()
    assert owner.client.get("/c/bakkerij/").status_code == 404
