"""When to change: signs from profile and records, the way there, readiness, drills, and the nightly look."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.jobs import tasks
from pilothouse.knowledge.sourcing_graduation import playbooks
from pilothouse.records.models import (
    Contract,
    ContractTerm,
    Drill,
    ProfileVersion,
    ReadinessAnswers,
    Transition,
    TransitionTask,
    TriggerState,
)
from pilothouse.services import graduation
from tests.conftest import TODAY, Person
from tests.factories import agreement_file, bring_in, make_contract
from tests.services.small_papers import bill, bring


def address(company: Company, rest: str = "") -> str:
    return f"/c/{company.slug}/sourcing/graduation/{rest}"


def page(person: Person, company: Company, rest: str = "") -> str:
    answer = person.client.get(address(company, rest))
    assert answer.status_code == 200
    return answer.content.decode()


def said(company: Company, **facts: Any) -> None:
    ProfileVersion.objects.create(company=company, holds_from=date(2026, 1, 1), **facts)


def states(company: Company, today: date = TODAY) -> dict[str, str]:
    return {each.trigger.key: each.state for each in graduation.path_of(company, today=today).evaluated}


def test_of_a_firm_that_said_nothing_nobody_knows(company: Company, reader: Person) -> None:
    assert set(states(company).values()) == {"unknown"}
    assert "Nothing says so today" in page(reader, company)


def test_the_signs_come_from_the_profile_and_name_the_first_step(company: Company, reader: Person) -> None:
    said(
        company, headcount=24, current_model="break_fix", internal_it_fte=0, growth="fast",
        arrangement_since=TODAY - timedelta(days=1200),
    )  # fmt: skip
    found = states(company)
    assert found["too_large_for_calls"] == found["growing_fast"] == found["older_than_three_years"] == "met"
    shown = page(reader, company)
    assert "Too many people for help by the call" in shown
    assert "First step:" in shown
    assert "Start it, with days" not in shown  # a reader starts nothing


def test_the_signs_come_from_contracts_and_spend(company: Company, editor: Person) -> None:
    said(company, headcount=40, current_model="fully_outsourced")
    bring(company, a__xml=bill("Wolkenrijk BV"))
    contract = make_contract(company, 0, by=editor.user)
    contract.kind, contract.send_by = Contract.Kind.MANAGED_SERVICES, TODAY + timedelta(days=60)
    contract.vendor_key, contract.yearly_cost, contract.currency = "nobody", Decimal("1200"), "EUR"
    contract.save()
    measured = graduation.measured(company, today=TODAY)
    assert measured["days_to_decision"] == 60
    assert measured["months_above_fee"] == 0
    assert measured["providers"] is not None
    assert states(company)["contract_soon"] == "met"


def test_clauses_from_day_one_are_looked_for_in_contracts(company: Company, editor: Person) -> None:
    said(company, current_model="co_managed", internal_it_fte=1)
    bring_in(company, [agreement_file(company, 1)], by=editor.user)
    contract = Contract.objects.of(company).get()
    document = contract.documents.get()
    ContractTerm.objects.create(
        company=company,
        contract=contract,
        document=document,
        term="exit_assistance",
        start=0,
        end=5,
        quote="We help",
    )
    found = {clause.term: clause.found for clause in graduation.clauses_of(company)}
    assert found["exit_assistance"][-1][1] == "We help"
    assert "found in no contract that was read" in page(editor, company)


def test_a_way_is_started_once_and_ends_with_its_last_task(
    company: Company, editor: Person, reader: Person
) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    playbook = playbooks()[0]
    given = {"playbook": playbook.key}
    assert reader.client.post(address(company, "start/"), given).status_code == 403
    assert editor.client.post(address(company, "start/"), {"playbook": "magic"}).status_code == 302
    assert not Transition.objects.of(company).exists()
    for _again in range(2):
        assert editor.client.post(address(company, "start/"), given).status_code == 302
    way = Transition.objects.of(company).get()
    assert way.tasks.count() == len(playbook.tasks)
    assert playbook.tasks[0].what.split(";")[0] in page(editor, company, f"ways/{way.pk}/").replace(
        "&#x27;", "'"
    )
    for task in way.tasks.all():
        editor.client.post(address(company, f"tasks/{task.pk}/"), {"done": "1"})
    way.refresh_from_db()
    assert way.ended_on == timezone.localdate()
    assert "All is done." in page(reader, company, f"ways/{way.pk}/")
    editor.client.post(address(company, f"tasks/{TransitionTask.objects.of(company)[0].pk}/"))
    way.refresh_from_db()
    assert way.ended_on is None
    assert "Under way" in page(reader, company)


def test_readiness_counts_what_is_answered_and_keeps_it(
    company: Company, editor: Person, reader: Person
) -> None:
    shown = page(reader, company, "readiness/")
    assert "0%" in shown
    assert reader.client.post(address(company, "readiness/"), {}).status_code == 403
    assert editor.client.post(address(company, "readiness/"), {"second_admin": "yes"}).status_code == 302
    assert editor.client.post(address(company, "readiness/"), {"second_admin": "maybe"}).status_code == 200
    kept = ReadinessAnswers.objects.of(company).get()
    assert kept.answers["second_admin"] == "yes"
    assert kept.answers["where_things_run"] == "unknown"
    assert graduation.readiness_now(company).score > 0


def test_a_drill_is_noted_and_holds_for_a_year(company: Company, editor: Person) -> None:
    assert "It was never tried." in page(editor, company)
    wrong = editor.client.post(address(company, "drills/"), {"held_on": "soon", "failed": "The lock"})
    assert wrong.status_code == 200
    assert "The lock" in wrong.content.decode()
    held = {
        "held_on": timezone.localdate().isoformat(),
        "minutes": "45",
        "failed": "The lock",
        "lessons": "A key",
    }
    assert editor.client.post(address(company, "drills/"), held).status_code == 302
    assert Drill.objects.of(company).get().minutes == 45
    shown = page(editor, company)
    assert "45 minutes until work went on" in shown
    assert "a try is due" not in shown


def test_every_night_the_state_of_each_sign_is_kept(company: Company) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    assert "too_large_for_calls" in graduation.watch(company, today=TODAY)
    assert graduation.watch(company, today=TODAY + timedelta(days=1)) == ()
    state = TriggerState.objects.of(company).get(key="too_large_for_calls")
    assert (state.first_met, state.last_seen) == (TODAY, TODAY + timedelta(days=1))
    assert [each.key for each in graduation.newly_met(company)] == ["too_large_for_calls"]
    assert graduation.signs_of(company) == ["Too many people for help by the call"]
    said(company, headcount=8, current_model="break_fix", internal_it_fte=0)
    graduation.watch(company, today=TODAY + timedelta(days=2))
    assert graduation.newly_met(company) == []


def test_a_sign_that_does_not_speak_of_todays_model_any_more_is_not_met(company: Company) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    graduation.watch(company, today=TODAY)
    said(company, headcount=24, current_model="fully_outsourced", internal_it_fte=0)
    graduation.watch(company, today=TODAY)
    assert TriggerState.objects.of(company).get(key="too_large_for_calls").state == "not_met"


def test_a_drill_still_to_come_is_not_noted(company: Company, editor: Person) -> None:
    answer = editor.client.post(address(company, "drills/"), {"held_on": "2099-01-01"})
    assert "still to come" in answer.content.decode()
    assert not Drill.objects.of(company).exists()


def test_a_decision_that_was_missed_counts_as_soon(company: Company, editor: Person) -> None:
    contract = make_contract(company, 0, by=editor.user)
    Contract.objects.of(company).filter(pk=contract.pk).update(
        kind=Contract.Kind.MANAGED_SERVICES, send_by=TODAY - timedelta(days=5)
    )
    assert graduation.measured(company, today=TODAY)["days_to_decision"] == -5


def test_one_company_that_fails_never_stops_the_others(
    company: Company, other_company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    for each in (company, other_company):
        said(each, headcount=24, current_model="break_fix", internal_it_fte=0)
    real = graduation.watch

    def fails_once(looked_at: Company, *, today: date) -> tuple[str, ...]:
        if looked_at == company:
            raise RuntimeError("broken")
        return real(looked_at, today=today)

    monkeypatch.setattr(graduation, "watch", fails_once)
    assert graduation.watch_all(Company.objects.order_by("pk"), today=TODAY) == 1
    assert TriggerState.objects.of(other_company).exists()


def test_a_company_is_looked_at_once_a_day(company: Company) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    tasks.watch_triggers()
    assert TriggerState.objects.of(company).exists()
    assert graduation.watch_all([company], today=timezone.localdate()) == 0


def test_a_sign_stands_on_the_page_of_the_day(company: Company, editor: Person) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    graduation.watch(company, today=TODAY)
    shown = editor.client.get(f"/c/{company.slug}/").content.decode()
    assert "You may be outgrowing how IT is run: Too many people for help by the call." in shown
