"""The pages on contracts, as an owner meets them: the calendar, a form, a decision, what was changed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from lxml import html

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractChange, ContractDecision
from pilothouse.services import contracts
from pilothouse.web.contracts.lengths import LengthField, in_words, split
from pilothouse.web.contracts.words import shown_value
from tests.conftest import Person

FILLED = {
    "name": "Telefonie",
    "vendor_name": "Noordzee IT BV",
    "start": "2024-01-01",
    "initial_term_0": "1",
    "initial_term_unit": "Y",
    "renewal_mode": "tacit",
    "notice_0": "3",
    "notice_unit": "M",
    "country": "be",
    "yearly_cost": "1200",
    "lead_days": "90",
    "urgent_days": "14",
}


def read(content: bytes) -> Any:
    return html.fromstring(content)


def names_of(form: Any) -> set[str]:
    return {field.get("name") for field in form.iter("input", "select", "textarea") if field.get("name")}


def page(person: Person, path: str) -> Any:
    return read(person.client.get(path).content)


def filled(company: Company, person: Person, **more: str) -> dict[str, str]:
    """The form's own names for what is filled in."""
    names = names_of(page(person, f"/c/{company.slug}/contracts/new/"))
    given = {**FILLED, **more}
    found = {name: value for name, value in given.items() if name in names}
    for name in ("initial_term", "notice"):
        found |= {one: given[f"{name}_0"] for one in names if one in (name, f"{name}_") and one not in found}
    return found


def entered(company: Company, person: Person, **more: str) -> Contract:
    answer = person.client.post(f"/c/{company.slug}/contracts/new/", filled(company, person, **more))
    assert answer.status_code == 302, read(answer.content).text_content()
    found: Contract = Contract.objects.of(company).latest("pk")
    return found


def test_a_contract_entered_by_hand_has_its_dates_at_once(company: Company, editor: Person) -> None:
    contract = entered(company, editor)
    assert (contract.initial_term, contract.notice_length, contract.country) == ("P1Y", "P3M", "BE")
    assert contract.send_by is not None
    assert contract.proposed == []
    shown = page(editor, f"/c/{company.slug}/contracts/{contract.pk}/").text_content()
    assert "send notice by" in " ".join(shown.split())
    assert "3 months" in shown


def test_working_days_are_entered_as_such(company: Company, editor: Person) -> None:
    contract = entered(company, editor, notice_0="20", notice_unit="B")
    assert (contract.notice_length, contract.notice_business_days) == ("", 20)
    shown = page(editor, f"/c/{company.slug}/contracts/{contract.pk}/change/")
    (unit,) = shown.xpath("//select[@name='notice_unit']/option[@selected]")
    assert unit.get("value") == "B"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"end": "2023-01-01"}, "before the contract starts"),
        ({"notice_effective": "month_end"}, "goes only with"),
        ({"country": "Belgium"}, "at most 2 characters"),
        ({"country": "B3"}, "Two letters"),
        ({"currency": "E?R"}, "Three letters"),
        ({"name": ""}, "required"),
        ({"notice_0": "-3"}, "greater than or equal to 1"),
        ({"notice_0": "3,5"}, "whole number"),
        ({"yearly_cost": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_cannot_be_is_said_in_place_and_nothing_typed_is_lost(
    company: Company, editor: Person, wrong: dict[str, str], said: str
) -> None:
    given = filled(company, editor, **wrong)
    answer = editor.client.post(f"/c/{company.slug}/contracts/new/", given)
    assert answer.status_code == 422
    shown = read(answer.content)
    assert said in shown.text_content()
    assert shown.xpath("//input[@name='vendor_name']")[0].get("value") == "Noordzee IT BV"
    assert not Contract.objects.of(company).exists()


def test_a_decision_needs_its_reason_and_is_kept_with_what_was_known(
    company: Company, editor: Person
) -> None:
    contract = entered(company, editor)
    address = f"/c/{company.slug}/contracts/{contract.pk}/"
    decided = {"kind": "cancel", "reason": "", "exit_day": str(contract.exit_day)}
    assert editor.client.post(f"{address}decide/", decided).status_code == 422
    assert editor.client.post(f"{address}decide/", {**decided, "reason": "Too dear"}).status_code == 302
    decision = ContractDecision.objects.of(company).get()
    assert decision.known["yearly_cost"] == "1200.00"
    said = " ".join(page(editor, address).text_content().split())
    assert "It is decided to end it on" in said
    assert "the notice is not sent yet: send it by" in said
    on_calendar = page(editor, f"/c/{company.slug}/contracts/").text_content()
    assert "Decided, and the notice is not sent" in on_calendar
    assert "Too dear" in said

    sent = f"/c/{company.slug}/contracts/decisions/{decision.pk}/sent/"
    editor.client.post(sent, {"sent_on": ""})
    decision.refresh_from_db()
    assert decision.sent_on is None
    editor.client.post(
        sent, {"sent_on": "2026-11-01", "sent_by": "registered_letter", "sent_proof": "RR 123"}
    )
    decision.refresh_from_db()
    assert decision.sent_proof == "RR 123"
    assert "Notice was given: it ends on" in page(editor, address).text_content()
    on_calendar = page(editor, f"/c/{company.slug}/contracts/").text_content()
    assert "Decided, and the notice is not sent" not in on_calendar

    editor.client.post(f"/c/{company.slug}/contracts/decisions/{decision.pk}/withdraw/")
    assert "Notice was given" not in page(editor, address).text_content()


def test_a_notice_that_nobody_sent_in_time_is_said_to_be_so(company: Company, editor: Person) -> None:
    contract = entered(company, editor)
    assert contract.exit_day is not None
    decided = ContractDecision(kind="cancel", reason="Too dear", exit_day=contract.exit_day)
    contracts.decide(contract, decided, by=editor.user, today=timezone.localdate())
    with time_machine.travel(datetime.combine(contract.exit_day, time(12), UTC), tick=False):
        editor.client.force_login(editor.user, "django.contrib.auth.backends.ModelBackend")
        for address in ("", f"{contract.pk}/"):
            said = page(editor, f"/c/{company.slug}/contracts/{address}").text_content()
            assert "is past. If it went out, note it" in said


def test_the_second_of_two_who_decide_is_told_who_was_quicker(
    company: Company, editor: Person, owner: Person
) -> None:
    contract = entered(company, editor)
    address = f"/c/{company.slug}/contracts/{contract.pk}/"
    decided = {"kind": "renew", "reason": "It works", "exit_day": str(contract.exit_day)}
    editor.client.post(f"{address}decide/", decided)
    answer = owner.client.post(f"{address}decide/", {**decided, "kind": "cancel"}, follow=True)
    assert "Editor was quicker and decided: let it renew" in answer.content.decode()


def test_what_was_proposed_is_confirmed_by_saying_so(company: Company, editor: Person) -> None:
    contract = entered(company, editor)
    contract.proposed = ["notice_length", "start"]
    contract.save()
    address = f"/c/{company.slug}/contracts/{contract.pk}/"
    assert "please confirm" in page(editor, address).text_content()
    editor.client.post(f"{address}confirm/", {"column": "start"})
    contract.refresh_from_db()
    assert contract.proposed == ["notice_length"]
    given = filled(company, editor, all_compared="on") | {"all_compared": "on"}
    assert editor.client.post(f"{address}change/", given).status_code == 302
    contract.refresh_from_db()
    assert contract.proposed == []


def test_a_change_is_told_in_words(company: Company, editor: Person) -> None:
    contract = entered(company, editor)
    address = f"/c/{company.slug}/contracts/{contract.pk}/"
    editor.client.post(f"{address}change/", filled(company, editor, notice_0="6"))
    assert ContractChange.objects.of(company).get().changes == [["notice_length", "P3M", "P6M"]]
    said = " ".join(page(editor, address).text_content().split())
    assert "3 months → 6 months" in said


def test_the_register_is_searched_and_sorted(company: Company, editor: Person) -> None:
    for name, cost in (("Alfa", "100"), ("Beta", "900"), ("Gamma", "500")):
        entered(company, editor, name=name, yearly_cost=cost)
    address = f"/c/{company.slug}/contracts/register/"

    def names(query: str) -> list[str]:
        return [link.text for link in page(editor, address + query).xpath("//tbody//th/a")]

    assert names("?order=cost") == ["Beta", "Gamma", "Alfa"]
    assert names("?q=gam") == ["Gamma"]
    assert names("?shown=nobody&order=name") == ["Alfa", "Beta", "Gamma"]
    assert names("?shown=proposed") == []
    assert names("?shown=undated") == []
    assert names("?order=nonsense") == names("")
    contracts.put_away(Contract.objects.of(company).get(name="Beta"), by=editor.user, away=True)
    assert names("?shown=away") == ["Beta"]
    assert names("?order=vendor") == ["Alfa", "Gamma"]


def test_a_contract_put_away_comes_back(company: Company, editor: Person) -> None:
    contract = entered(company, editor)
    address = f"/c/{company.slug}/contracts/{contract.pk}/put-away/"
    for away in (True, False):
        editor.client.post(address)
        contract.refresh_from_db()
        assert (contract.archived_at is not None) is away


def test_the_calendar_says_what_is_first_and_what_was_missed(company: Company, editor: Person) -> None:
    today = timezone.localdate()
    begun = today - timedelta(days=365 - 40)
    missed = Contract(
        company=company, name="Verpasst", start=begun, initial_term="P1Y", notice_length="P3M",
        yearly_cost=Decimal(900),
    )  # fmt: skip
    contracts.save(missed, [], by=editor.user, today=today)
    said = " ".join(page(editor, f"/c/{company.slug}/contracts/").text_content().split())
    assert "Nobody decided in time" in said
    assert "Verpasst" in said


def test_what_can_still_be_decided_stays_in_sight_below_many_missed_days(
    company: Company, editor: Person
) -> None:
    today = timezone.localdate()
    for number in range(8):
        late = Contract(
            company=company, name=f"Verpasst {number}", start=today - timedelta(days=365 - 40),
            initial_term="P1Y", notice_length="P3M",
        )  # fmt: skip
        contracts.save(late, [], by=editor.user, today=today)
    calendar = page(editor, f"/c/{company.slug}/contracts/")
    assert "Nobody decided in time (8)" in " ".join(calendar.text_content().split())
    lists = calendar.xpath("//ul[contains(@class, 'findings')]")
    assert [len(each.xpath("./li")) for each in lists] == [5, 3]
    assert lists[1].getparent().tag == "details"


@pytest.mark.parametrize("address", ["", "register/", "checks/"])
def test_a_company_without_contracts_is_told_what_to_bring(
    company: Company, reader: Person, address: str
) -> None:
    said = page(reader, f"/c/{company.slug}/contracts/{address}").text_content()
    assert "No contracts yet" in said
    assert "Nothing odd" not in said
    assert "0 contracts" not in said


def test_contracts_without_a_price_are_contracts_too(company: Company, editor: Person) -> None:
    contracts.save(Contract(company=company, name="Eins"), [], by=editor.user, today=timezone.localdate())
    said = page(editor, f"/c/{company.slug}/contracts/checks/").text_content()
    assert "No contracts yet" not in said


@pytest.mark.parametrize(
    ("stored", "said"),
    [("P3M", "3 months"), ("P1Y", "1 year"), ("P1Y6M", "1 year, 6 months"), ("P60D", "60 days")],
)
def test_lengths_are_said_as_people_do(stored: str, said: str) -> None:
    assert in_words(stored) == said


@pytest.mark.parametrize(
    ("stored", "said"),
    [
        ("2027-05-31", "31 May 2027"),
        ("PT2H", "2 hours"),
        ("PT30M", "30 minutes"),
        ("0.04", "4 %"),
        ("0.999", "99.9 %"),
        ("1450.00 EUR", "€\u00a01\u202f450.00"),
        ("EUR 1450.00", "€\u00a01\u202f450.00"),
        ("P3M", "3 months"),
        ("New York", "New York"),
        ("", ""),
    ],
)
def test_values_that_were_read_are_said_as_people_do(stored: str, said: str) -> None:
    assert shown_value(stored).replace("\u00a0", " ") == said.replace("\u00a0", " ")


def test_a_length_of_several_units_is_shown_in_the_smallest() -> None:
    assert split("P1Y6M") == ["18", "M"]
    assert split("P2W") == ["2", "W"]
    assert LengthField(label="x").clean(["18", "M"]) == "P18M"
    assert LengthField(label="x").clean(["", "M"]) == ""


@pytest.mark.parametrize(
    ("known", "gap", "row"),
    [
        ({}, "its start is not known", "its start is not known"),
        ({"start": 0}, "its end is not known", "its end is not known"),
        ({"start": 0, "end": -10}, "it ends before it starts", "it ends before it starts"),
        (
            {"start": -100, "initial_term": "P1Y", "renewal_mode": "tacit"},
            "how long before notice must be given is not known",
            "how long before notice must be given is not known",
        ),
        ({"start": -100, "end": 30, "renewal_mode": "none"}, "", "ends on "),
        ({"start": -100, "end": -30, "renewal_mode": "none"}, "", "has ended"),
        (
            {
                "start": -100,
                "renewal_mode": "open_ended",
                "notice_length": "P1M",
                "notice_before": "any_time",
            },
            "",
            "can be ended on any day",
        ),
    ],
)
def test_a_contract_without_a_day_says_why(
    company: Company, editor: Person, known: dict[str, Any], gap: str, row: str
) -> None:
    today = timezone.localdate()
    dated = {
        name: today + timedelta(days=value) if isinstance(value, int) else value
        for name, value in known.items()
    }
    about = Contract(company=company, name="Offen", **dated)
    contracts.save(about, [], by=editor.user, today=today)
    listed = page(editor, f"/c/{company.slug}/contracts/register/?shown=all")
    cell = listed.xpath("//td[contains(@class, 'day')]")[0].text_content()
    assert row in cell
    said = " ".join(page(editor, f"/c/{company.slug}/contracts/{about.pk}/").text_content().split())
    assert (f"Nobody can say by when it must be decided: {gap}." in said) == bool(gap)
    assert ("It has ended." in said) == (row == "has ended")
    assert "Nothing is to be decided here any more" not in said


def test_after_a_missed_day_the_page_says_what_the_next_one_commits_to(
    company: Company, editor: Person
) -> None:
    today = date(2026, 11, 23)
    about = Contract(
        company=company, name="Back-up", start=date(2025, 3, 1), initial_term="P1Y", renewal_mode="tacit",
        notice_length="P6M", yearly_cost=Decimal(12000),
    )  # fmt: skip
    with time_machine.travel(datetime.combine(today, time(12), UTC), tick=False):
        contracts.save(about, [], by=editor.user, today=today)
        said = " ".join(page(editor, f"/c/{company.slug}/contracts/{about.pk}/").text_content().split())
    assert "To end it on 29 Feb 2028, send notice by Fri 27 Aug 2027" in said
    assert "If nobody acts it goes on until 28 Feb 2029 and commits" in said
    assert "It goes on until 29 Feb 2028, which commits" in said


def test_what_ends_by_itself_soon_stands_above_what_is_later(company: Company, editor: Person) -> None:
    today = timezone.localdate()
    for name, left in (("Fern", 300), ("Nah", 60), ("Gleich", 5)):
        about = Contract(
            company=company, name=name, start=today - timedelta(days=100), end=today + timedelta(days=left),
            renewal_mode="none",
        )  # fmt: skip
        contracts.save(about, [], by=editor.user, today=today)
    calendar = page(editor, f"/c/{company.slug}/contracts/")
    told = [
        [
            " ".join(part.text_content().split()).split(" ends on ")[0].split()[-1]
            for part in body.xpath("./tr")
        ]
        for body in calendar.xpath("//tbody")
    ]
    assert [names[1:] for names in told] == [["Gleich", "Nah"], ["Fern"]]
    assert (
        "Ending by themselves soon: extend, replace, or let go" in calendar.xpath("//tbody")[0].text_content()
    )
