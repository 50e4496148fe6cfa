"""A person's calendar at its secret address: who sees what, for how long, and with how many questions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from pilothouse.accounts.models import CalendarAddress, Company, Membership, Role, User
from pilothouse.records.models import Contract, ContractDecision
from pilothouse.services import calendars, contracts
from tests.conftest import Person
from tests.house_rules.queries import assert_same_queries


def kept(company: Company, by: User, name: str = "IT-beheer", **columns: object) -> Contract:
    """A yearly contract that began three months ago, so it is open, with a letter as its form."""
    today = timezone.localdate()
    agreed: dict[str, object] = {
        "name": name,
        "vendor_name": "Elders NV",
        "start": today - timedelta(days=90),
        "initial_term": "P1Y",
        "notice_length": "P1M",
        "notice_by": "registered_letter",
        "yearly_cost": Decimal(1_200),
        "responsible": by,
    }
    return contracts.save(Contract(company=company, **{**agreed, **columns}), [], by=by, today=today)


def address(user: User) -> str:
    return f"/calendar/{calendars.renew(user).token}.ics"


def events(client: Client, page: str) -> dict[str, dict[str, str]]:
    """What the calendar says, by title."""
    answer = client.get(page)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {
        str(event["SUMMARY"]): {
            "day": str(event.decoded("DTSTART")),
            "says": str(event["DESCRIPTION"]),
            "uid": str(event["UID"]),
            "sequence": str(event["SEQUENCE"]),
            "rings": str(len(event.walk("VALARM"))),
        }
        for event in found
    }


def test_the_days_of_a_contract_stand_in_the_calendar(
    company: Company, owner: Person, anonymous: Client
) -> None:
    contract = kept(company, owner.user)
    found = events(anonymous, address(owner.user))
    assert found.keys() == {"Decide by today: IT-beheer", "Last day: notice on IT-beheer must be there"}
    first = found["Decide by today: IT-beheer"]
    assert first["day"] == str(contract.send_by)
    assert found["Last day: notice on IT-beheer must be there"]["day"] == str(contract.last_day)
    assert "and commits € 1 200.00." in first["says"]
    assert f"/c/bakkerij/contracts/{contract.pk}/" in first["says"]
    assert "Owner decides." in first["says"]
    assert first["rings"] == "2"


def test_an_event_keeps_its_name_and_goes_up_when_something_changes(
    company: Company, owner: Person, anonymous: Client
) -> None:
    contract = kept(company, owner.user)
    page, title = address(owner.user), "Decide by today: IT-beheer"
    before = events(anonymous, page)[title]
    Contract.objects.update(created_at=timezone.now() - timedelta(days=3))
    contract.refresh_from_db()
    contract.scope = "Alles"
    contracts.save(contract, ["scope"], by=owner.user, today=timezone.localdate())
    after = events(anonymous, page)[title]
    assert after["uid"] == before["uid"]
    assert int(after["sequence"]) > int(before["sequence"])


def test_what_is_decided_leaves_and_what_is_to_be_sent_stays_until_it_is(
    company: Company, owner: Person, anonymous: Client
) -> None:
    contract, today = kept(company, owner.user), timezone.localdate()
    page = address(owner.user)
    first = contract.exit_day
    assert first is not None
    decision = ContractDecision(kind="cancel", reason="Te duur", exit_day=first)
    contracts.decide(contract, decision, by=owner.user, today=today)
    found = events(anonymous, page)
    assert "Send the notice: IT-beheer" in found
    assert found["IT-beheer ends"]["day"] == str(first)
    contracts.say_sent(decision, sent_on=today, sent_by="letter", proof="")
    assert events(anonymous, page).keys() == {"IT-beheer ends"}


def test_new_terms_stay_in_the_calendar_until_they_are_agreed(
    company: Company, owner: Person, anonymous: Client
) -> None:
    contract, today = kept(company, owner.user), timezone.localdate()
    first = contract.exit_day
    assert first is not None
    decision = ContractDecision(kind="renegotiate", reason="Te duur", exit_day=first)
    contracts.decide(contract, decision, by=owner.user, today=today)
    page = address(owner.user)
    assert "Agreed by today? IT-beheer" in events(anonymous, page)
    contracts.withdraw(decision, by=owner.user, today=today)
    contract.refresh_from_db()
    agreed = ContractDecision(kind="renew", reason="Nieuwe prijs", exit_day=first)
    contracts.decide(contract, agreed, by=owner.user, today=today)
    assert not any("Agreed" in title for title in events(anonymous, page))


def test_a_missed_day_stands_in_no_calendar(company: Company, owner: Person, anonymous: Client) -> None:
    contract = kept(company, owner.user, start=timezone.localdate() - timedelta(days=350))
    assert contract.answer["missed"]
    [send_by, last_day] = sorted(event["day"] for event in events(anonymous, address(owner.user)).values())
    assert date.fromisoformat(send_by) > timezone.localdate()
    assert date.fromisoformat(last_day) > timezone.localdate()


def test_a_contract_that_ends_by_itself_says_when(company: Company, owner: Person, anonymous: Client) -> None:
    kept(company, owner.user, renewal_mode="none", notice_length="")
    [(title, event)] = events(anonymous, address(owner.user)).items()
    assert title == "IT-beheer ends"
    assert event["rings"] == "0"


def test_an_alarm_rings_for_who_decides_or_deputises_only(
    company: Company, owner: Person, editor: Person, reader: Person, anonymous: Client
) -> None:
    kept(company, owner.user, deputy=editor.user)
    rings = {
        person.user.name: events(anonymous, address(person.user))["Decide by today: IT-beheer"]["rings"]
        for person in (owner, editor, reader)
    }
    assert rings == {"Owner": "2", "Editor": "2", "Reader": "0"}


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_only_companies_of_the_person_stand_in_it_and_only_while_they_belong(
    company: Company, other_company: Company, owner: Person, neighbour: Person, anonymous: Client
) -> None:
    kept(company, owner.user)
    kept(other_company, neighbour.user, "Garagesoftware")
    page = address(owner.user)
    assert not any("Garage" in title for title in events(anonymous, page))
    joined = Membership.objects.create(company=other_company, user=owner.user, role=Role.READER)
    assert any("Garage" in title for title in events(anonymous, page))
    joined.delete()
    assert not any("Garage" in title for title in events(anonymous, page))
    Membership.objects.filter(user=owner.user).update(role=Role.GUEST)
    assert events(anonymous, page) == {}


def test_a_stranger_has_an_empty_calendar(stranger: Person, company: Company, anonymous: Client) -> None:
    kept(company, stranger.user)
    assert events(anonymous, address(stranger.user)) == {}


@pytest.mark.parametrize("wrong", ["x", "a" * 43, "%00", "..", "é", "x" * 500])
def test_a_wrong_address_is_not_found(owner: Person, anonymous: Client, wrong: str) -> None:
    calendars.renew(owner.user)
    assert anonymous.get(f"/calendar/{wrong}.ics").status_code == 404


def test_an_address_that_was_renewed_or_revoked_or_whose_person_is_gone_is_not_found(
    owner: Person, anonymous: Client
) -> None:
    first, second = address(owner.user), address(owner.user)
    assert first != second
    assert [anonymous.get(page).status_code for page in (first, second)] == [404, 200]
    assert calendars.revoke(owner.user)
    assert not calendars.revoke(owner.user)
    assert anonymous.get(second).status_code == 404
    third = address(owner.user)
    User.objects.update(is_active=False)
    assert anonymous.get(third).status_code == 404


def test_nothing_can_be_changed_through_it(owner: Person, anonymous: Client) -> None:
    page = address(owner.user)
    assert [anonymous.generic(method, page).status_code for method in ("POST", "PUT", "DELETE")] == [405] * 3


# --- a person's own settings -----------------------------------------------------------------------------------------


def test_people_make_renew_and_revoke_their_address_themselves(owner: Person, editor: Person) -> None:
    def shown() -> str:
        return owner.client.get("/me/").content.decode()

    assert "Make an address" in shown()
    owner.client.post("/me/calendar/", {"what": "make"})
    [made] = CalendarAddress.objects.filter(user=owner.user, revoked_at=None)
    assert f"http://testserver/calendar/{made.token}.ics" in shown()
    assert made.token not in editor.client.get("/me/").content.decode()
    owner.client.post("/me/calendar/", {"what": "renew"})
    assert made.token not in shown()
    editor.client.post("/me/calendar/", {"what": "revoke"})
    assert "Let it work no more" in shown()
    owner.client.post("/me/calendar/", {"what": "revoke"})
    assert "Make an address" in shown()


def test_the_page_says_when_a_program_asked_last(owner: Person, anonymous: Client) -> None:
    page = address(owner.user)
    assert "No calendar program has asked" in owner.client.get("/me/").content.decode()
    anonymous.get(page)
    asked = CalendarAddress.objects.get(user=owner.user).last_asked_at
    anonymous.get(page)
    assert asked == CalendarAddress.objects.get(user=owner.user).last_asked_at
    assert "A calendar program asked for it last on" in owner.client.get("/me/").content.decode()


def test_many_contracts_and_companies_ask_no_more_questions(
    company: Company, owner: Person, anonymous: Client
) -> None:
    kept(company, owner.user)

    def more() -> None:
        for number in range(20):
            other = Company.objects.create(name=f"Klant {number}", slug=f"klant-{number}")
            Membership.objects.create(company=other, user=owner.user, role=Role.READER)
            kept(other, owner.user, f"Contract {number}")

    assert_same_queries(anonymous, address(owner.user), more)
