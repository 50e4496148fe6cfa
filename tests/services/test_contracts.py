"""Contracts as records: what follows from them for a day, and who of two decides first."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from pilothouse.accounts.models import Company, User
from pilothouse.engine.money import Money
from pilothouse.records.models import Contract, ContractChange, ContractDecision
from pilothouse.services import contracts
from tests.conftest import Person

TODAY = date(2026, 1, 10)


def kept(company: Company, by: User, **columns: object) -> Contract:
    """The contract of the worked example: three years, tacit by one, three months' notice."""
    agreed: dict[str, object] = {
        "name": "IT-beheer",
        "start": date(2023, 6, 1),
        "initial_term": "P36M",
        "renewal_mode": "tacit",
        "renewal_term": "P12M",
        "notice_length": "P3M",
        "yearly_cost": Decimal(12_000),
    }
    contract = Contract(company=company, **{**agreed, **columns})
    return contracts.save(contract, [], by=by, today=TODAY)


def test_the_worked_example_is_kept_beside_the_contract(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    assert (contract.send_by, contract.last_day, contract.exit_day) == (
        date(2026, 2, 27),
        date(2026, 2, 28),
        date(2026, 5, 31),
    )
    assert contract.answer["if_nobody_acts"] == {"renews_until": "2027-05-31", "commits": "12000.00"}


def test_a_new_day_is_worked_out_once(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    assert contracts.bring_up_to_date(company, today=TODAY) == 0
    assert contracts.bring_up_to_date(company, today=date(2026, 3, 1)) == 1
    assert contracts.bring_up_to_date(company, today=date(2026, 3, 1)) == 0
    contract.refresh_from_db()
    assert (contract.exit_day, contract.send_by) == (date(2027, 5, 31), date(2027, 2, 26))


def test_a_missed_decision_has_its_price(company: Company, owner: Person) -> None:
    kept(company, owner.user)
    (missed,) = contracts.calendar(company, today=date(2026, 3, 1)).missed
    assert missed.last_day == date(2026, 2, 28)
    assert missed.renews_until == date(2027, 5, 31)
    assert missed.commits == Money(Decimal(12_000), "EUR")


def test_a_decision_to_renew_opens_the_next_date(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    decision = ContractDecision(kind="renew", reason="Goed", exit_day=date(2026, 5, 31))
    assert contracts.decide(contract, decision, by=owner.user, today=TODAY).is_first
    assert contract.exit_day == date(2027, 5, 31)
    assert decision.known["answer"]["exit"] == "2026-05-31"
    assert contracts.calendar(company, today=date(2026, 3, 1)).missed == ()


def test_of_two_who_decide_at_once_the_second_is_told(
    company: Company, owner: Person, editor: Person
) -> None:
    contract = kept(company, owner.user)
    first = ContractDecision(kind="renew", reason="Goed", exit_day=date(2026, 5, 31))
    second = ContractDecision(kind="cancel", reason="Duur", exit_day=date(2026, 5, 31))
    contracts.decide(contract, first, by=owner.user, today=TODAY)
    taken = contracts.decide(contract, second, by=editor.user, today=TODAY)
    assert not taken.is_first
    assert taken.decision == first
    contract.refresh_from_db()
    assert contract.ends_on is None


def test_notice_given_ends_it_and_taken_back_does_not(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    decision = ContractDecision(kind="cancel", reason="Duur", exit_day=date(2026, 5, 31))
    contracts.decide(contract, decision, by=owner.user, today=TODAY)
    contract.refresh_from_db()
    assert contract.ends_on == date(2026, 5, 31)
    assert contract.send_by is None
    shown = contracts.calendar(company, today=TODAY)
    assert shown.ending.contracts == (contract,)
    assert contracts.withdraw(decision, by=owner.user, today=TODAY)
    assert not contracts.withdraw(decision, by=owner.user, today=TODAY)
    again = Contract.objects.of(company).get()
    assert (again.ends_on, again.send_by) == (None, date(2026, 2, 27))


def test_the_calendar_sorts_by_how_near_it_is(company: Company, owner: Person) -> None:
    near = kept(company, owner.user, name="near", urgent_days=60)
    soon = kept(company, owner.user, name="soon")
    later = kept(company, owner.user, name="later", start=date(2023, 10, 1))
    far = kept(company, owner.user, name="far", start=date(2025, 6, 1))
    unknown = kept(company, owner.user, name="unknown", notice_length="")
    no_start = kept(company, owner.user, name="no start", start=None)
    ending = kept(company, owner.user, name="ending", renewal_mode="none", renewal_term="", notice_length="")
    shown = contracts.calendar(company, today=TODAY)
    assert shown.first == near
    assert shown.urgent.contracts == (near,)
    assert shown.soon.contracts == (soon,)
    assert shown.later.contracts == (later,)
    assert far not in shown.later.contracts
    assert set(shown.unknown.contracts) == {unknown, no_start}
    assert shown.ending.contracts == (ending,)


def test_of_many_contracts_the_nearest_are_looked_up_and_all_are_counted(
    company: Company, owner: Person
) -> None:
    first, _, _ = (kept(company, owner.user, name=name) for name in ("a", "b", "c"))
    lost = [kept(company, owner.user, name=name, start=date(2022, 2, 1)) for name in ("x", "y")]
    shown = contracts.calendar(company, today=TODAY, most=1)
    assert (shown.soon.contracts, shown.soon.number, shown.soon.more) == ((first,), 3, 2)
    assert [one.contract for one in shown.missed] == lost[:1]
    assert shown.missed_number == 2
    assert shown.running == 5


def test_notice_at_any_time_has_no_deadline_and_is_not_unknown(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user, notice_before="any_time", notice_break=True)
    assert contract.answer["earliest_end"] == "2026-04-10"
    assert contracts.calendar(company, today=TODAY).unknown.number == 0


def test_what_was_changed_is_kept_with_what_stood_there(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user, proposed=["notice_length", "start"])
    contract.notice_length = "P6M"
    contracts.save(contract, ["notice_length"], by=owner.user, today=TODAY)
    assert contract.proposed == ["start"]
    (change,) = ContractChange.objects.of(company)
    assert change.changes == [["notice_length", "P3M", "P6M"]]
    assert contracts.confirm(contract, ["start"], by=owner.user) == 1
    assert contracts.confirm(contract, ["start"], by=owner.user) == 0
    assert contract.proposed == []


def test_working_days_reach_the_engine(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user, notice_length="", notice_business_days=20, country="BE")
    assert contract.last_day is not None
    assert date(2026, 4, 20) < contract.last_day < date(2026, 5, 10)


def test_what_is_put_away_is_not_in_the_calendar(company: Company, owner: Person) -> None:
    contract = kept(company, owner.user)
    contracts.put_away(contract, by=owner.user, away=True)
    assert contracts.calendar(company, today=TODAY).first is None
    contracts.put_away(contract, by=owner.user, away=False)
    assert contracts.calendar(company, today=TODAY).first == contract


def test_the_neighbours_contracts_are_not_ours(
    company: Company, other_company: Company, owner: Person
) -> None:
    kept(other_company, owner.user)
    assert contracts.calendar(company, today=TODAY).first is None
    assert contracts.calendar(company, today=TODAY).committed == {}
    assert contracts.calendar(other_company, today=TODAY).committed == {"EUR": Decimal(12_000)}


@pytest.mark.parametrize("days", [0, 1, 400])
def test_a_contract_is_never_asked_of_for_a_day_gone_by(company: Company, owner: Person, days: int) -> None:
    kept(company, owner.user)
    today = TODAY + timedelta(days)
    first = contracts.calendar(company, today=today).first or kept(company, owner.user)
    assert first.send_by is None or first.send_by >= today - timedelta(3)


def test_what_is_near_is_said_on_the_first_page(company: Company, owner: Person) -> None:
    assert contracts.first_due(company, today=TODAY) is None
    contract = kept(company, owner.user)
    assert contracts.first_due(company, today=TODAY) == contract
    assert contracts.first_due(company, today=date(2025, 6, 1)) is None


def test_what_has_ended_commits_nothing_and_is_not_unknown(company: Company, owner: Person) -> None:
    kept(company, owner.user, renewal_mode="none", renewal_term="", notice_length="", start=date(2020, 1, 1))
    given_up = kept(company, owner.user, start=date(2020, 1, 1))
    given_up.ends_on = date(2025, 12, 31)
    given_up.worked_out_on = None
    given_up.save()
    assert contracts.calendar(company, today=TODAY).committed == {}
    assert contracts.calendar(company, today=TODAY).unknown.number == 0
    assert contracts.calendar(company, today=TODAY).running == 0
