"""A list of contracts becomes contracts, once; what somebody worked on is kept; what is odd is told with its row."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.records.models import Contract, ContractDecision, Import, RegisterWord
from pilothouse.services import contract_register, contracts, intake
from tests.conftest import Person
from tests.factories import bring_in, bring_invoices

HEAD = (
    "Contract reference,Contract title,Supplier,Start date,End date,Contract duration (months),Annual value,"
    "Total value"
)
ROWS = (
    "C1,Hosting,Alfa BV,2026-01-01,2027-12-31,24,1200.00,2400.00",
    "C2,Portal,Beta BV,2024-01-01,2027-12-31,48,28000.00,28000.00",
    "C3,Backup,Leverancier 0000 BV,2024-01-01,2025-12-31,24,100.00,200.00",
)


def the_list(*rows: str) -> bytes:
    return "\n".join((HEAD, *rows)).encode()


@pytest.fixture
def listed(company: Company, editor: Person) -> Company:
    bring_in(company, [("contracts.csv", the_list(*ROWS))], by=editor.user)
    return company


def test_each_row_becomes_a_contract_that_waits_for_a_word(listed: Company) -> None:
    rows = {one.number: one for one in Contract.objects.of(listed)}
    assert set(rows) == {"C1", "C2", "C3"}
    hosting = rows["C1"]
    assert (hosting.start, hosting.end, hosting.yearly_cost) == (
        date(2026, 1, 1),
        date(2027, 12, 31),
        Decimal(1200),
    )
    assert hosting.renewal_mode == "none"
    assert {"start", "end", "yearly_cost"} <= set(hosting.proposed)
    assert rows["C2"].yearly_cost == Decimal("6999.86")
    assert hosting.place == "row 2"


def test_the_same_list_twice_changes_nothing(listed: Company, editor: Person) -> None:
    bring_in(listed, [("again.csv", the_list(*ROWS))], by=editor.user)
    bring_in(listed, [("more.csv", the_list(*ROWS, ROWS[0]))], by=editor.user)
    assert Contract.objects.of(listed).count() == 3
    assert contract_register.follow(listed, today=timezone.localdate()) == 0


def test_a_later_list_changes_what_nobody_confirmed(listed: Company, editor: Person) -> None:
    hosting = Contract.objects.of(listed).get(number="C1")
    contracts.confirm(hosting, ["yearly_cost"], by=editor.user)
    first = listed_import(listed)
    later = ROWS[0].replace("2027-12-31", "2028-12-31").replace("1200.00", "1500.00")
    bring_in(listed, [("later.csv", the_list(later))], by=editor.user)
    intake.ask_undo(first, by=editor.user)
    intake.take_in(first.pk, today=timezone.localdate())
    hosting.refresh_from_db()
    assert hosting.end == date(2028, 12, 31)
    assert hosting.yearly_cost == Decimal(1200)


def listed_import(company: Company) -> Import:
    found: Import = Import.objects.of(company).earliest("pk")
    return found


def test_contracts_nobody_touched_go_with_their_list(listed: Company, editor: Person) -> None:
    portal = Contract.objects.of(listed).get(number="C2")
    decision = ContractDecision(kind="renew", reason="It works", exit_day=date(2027, 12, 31))
    contracts.decide(portal, decision, by=editor.user, today=timezone.localdate())
    batch = listed_import(listed)
    intake.ask_undo(batch, by=editor.user)
    intake.take_in(batch.pk, today=timezone.localdate())
    assert [one.number for one in Contract.objects.of(listed)] == ["C2"]


def test_what_is_odd_is_told_with_its_row_and_contract(listed: Company, editor: Person) -> None:
    found = contract_register.check(listed, today=date(2026, 11, 23))
    told = {one.rule: one for one in found.lists}
    assert set(told) == {"annual_is_total", "expired"}
    assert told["expired"].place == "row 4"
    assert told["expired"].contract == Contract.objects.of(listed).get(number="C3").pk
    assert "Backup" in told["expired"].sentence
    assert found.entries == 3
    assert found.shares[0].vendor_name == "Beta BV"
    said = editor.client.get(f"/c/{listed.slug}/contracts/checks/").content.decode()
    assert "Ended and still listed" in said
    assert "On whom do we depend?" in said


def test_contracts_are_held_against_what_is_paid(company: Company, editor: Person) -> None:
    bring_invoices(company, 2, by=editor.user)
    bring_in(company, [("contracts.csv", the_list(ROWS[2].replace("2025", "2029")))], by=editor.user)
    contract = Contract.objects.of(company).get()
    assert contract.vendor_key
    found = contract_register.check(company, today=timezone.localdate())
    assert {one.rule for one in found.money} <= {"paid_above_agreed", "contract_without_spend"}
    Contract.objects.of(company).update(vendor_key="somebody-else")
    told = contract_register.check(company, today=timezone.localdate()).money
    assert [one.contract for one in told if one.rule == "contract_without_spend"] == [contract.pk]


def test_a_contract_of_a_list_that_was_entered_as_well_is_told(listed: Company, editor: Person) -> None:
    row = Contract.objects.of(listed).filter(answer__term__isnull=False).order_by("pk")[0]
    twin = Contract(
        company=listed, name=row.name, vendor_name=row.vendor_name, start=row.start,
        end=row.end, renewal_mode="tacit",
    )  # fmt: skip
    contracts.save(twin, [], by=editor.user, today=timezone.localdate())
    told = contract_register.check(listed, today=timezone.localdate()).money
    assert [(one.rule, one.contract) for one in told if one.rule == "running_twice"] == [
        ("running_twice", twin.pk)
    ]
    said = editor.client.get(f"/c/{listed.slug}/contracts/checks/").content.decode()
    assert "Two at once with one vendor" in said


def test_without_lists_and_papers_nothing_is_checked(company: Company, reader: Person) -> None:
    found = contract_register.check(company, today=timezone.localdate())
    assert (found.lists, found.money, found.shares, found.entries) == ((), (), (), 0)
    said = reader.client.get(f"/c/{company.slug}/contracts/checks/").content.decode()
    assert "No contracts yet" in said


def live_with(person: Person, company: Company, finding: str, **said: str) -> str:
    given = {"finding": finding, "why": "Loopt bewust uit", "until": "", **said}
    answer = person.client.post(f"/c/{company.slug}/contracts/checks/live-with/", given, follow=True)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def expired(company: Company, today: date) -> str:
    return next(
        one.key for one in contract_register.check(company, today=today).lists if one.rule == "expired"
    )


def test_an_oddity_that_somebody_lives_with_stands_apart_also_when_the_list_comes_again(
    listed: Company, editor: Person
) -> None:
    today = timezone.localdate()
    said = live_with(editor, listed, expired(listed, today))
    assert "Noted. It stands below the others" in said
    assert "Looked at, and lived with" in said
    assert "Loopt bewust uit" in said
    bring_in(listed, [("again.csv", the_list(*reversed(ROWS)))], by=editor.user)
    found = contract_register.check(listed, today=today)
    assert "expired" not in {one.rule for one in found.lists}
    assert {told.rule for told, _word in found.accepted} == {"expired"}
    (_told, word) = found.accepted[0]
    assert "Backup" in word.sentence


def test_what_is_lived_with_comes_back_on_its_day_or_when_it_is_taken_back(
    listed: Company, editor: Person
) -> None:
    today = timezone.localdate()
    live_with(editor, listed, expired(listed, today), until=str(today + timedelta(days=30)))
    assert contract_register.check(listed, today=today).accepted
    assert not contract_register.check(listed, today=today + timedelta(days=30)).accepted
    again = f"/c/{listed.slug}/contracts/checks/{RegisterWord.objects.get().pk}/look-again/"
    assert "among the others again" in editor.client.post(again, follow=True).content.decode()
    assert expired(listed, today)
    assert "taken back already" in editor.client.post(again, follow=True).content.decode()


def test_nothing_is_lived_with_without_a_reason_or_a_finding(listed: Company, editor: Person) -> None:
    key = expired(listed, timezone.localdate())
    assert "One sentence is needed" in live_with(editor, listed, key, why="")
    assert live_with(editor, listed, "expired:nothing") == "404"
    assert not RegisterWord.objects.exists()
