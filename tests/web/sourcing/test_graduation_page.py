"""When to change: signs from profile and records, the way there, readiness, drills, and the nightly look."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.jobs import tasks
from pilothouse.knowledge.sourcing_graduation import playbooks
from pilothouse.records.models import (
    Contract,
    ContractTerm,
    Drill,
    ProfileVersion,
    ReadinessAnswers,
    SpendCell,
    Transition,
    TransitionTask,
    TriggerState,
)
from pilothouse.services import graduation
from pilothouse.services.costs import Range
from pilothouse.web.sourcing.cost_sentences import way_sentence
from tests.conftest import TODAY, Person
from tests.factories import agreement_file, bring_in, make_contract, shown_review
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
    assert measured["months_above_fee"] is None  # nothing was billed by that name
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
    assert "45 minutes" in shown
    assert "a try is due" not in shown
    assert Drill.objects.of(company).get().score is None  # no step was noted


def test_every_night_the_state_of_each_sign_is_kept(company: Company) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    assert "too_large_for_calls" in graduation.watch(company, today=TODAY)
    assert graduation.watch(company, today=TODAY + timedelta(days=1)) == ()
    state = TriggerState.objects.of(company).get(key="too_large_for_calls")
    assert (state.first_met, state.last_seen) == (TODAY, TODAY + timedelta(days=1))
    assert [each.key for each in graduation.newly_met(company)] == ["too_large_for_calls"]
    assert graduation.signs_of(company, today=TODAY) == ["Too many people for help by the call"]
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


# --- what a way costs, signs that are set aside, tasks that change hands --------------------------------------------


def started(company: Company, person: Person, key: str = "calls_to_outsourced") -> Transition:
    person.client.post(address(company, "start/"), {"playbook": key})
    way: Transition = Transition.objects.of(company).get(playbook=key)
    return way


def test_a_way_says_what_it_costs_and_which_clauses_it_needs(company: Company, editor: Person) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0, country="BE")
    path = graduation.path_of(company, today=timezone.localdate())
    assert path.playbook is not None
    cost = graduation.cost_of(company, path.playbook, today=timezone.localdate())
    assert cost is not None
    assert 0 < cost.once.low < cost.once.high
    shown = page(editor, company)
    assert way_sentence(cost) in shown
    assert "Clauses it needs in the contract" in shown
    way = started(company, editor, path.playbook.key)
    assert (way.planned_low, way.planned_high, way.currency) == (cost.once.low, cost.once.high, "EUR")
    assert way.to == path.playbook.to
    assert "it was thought to cost" in page(editor, company, f"ways/{way.pk}/")


def test_a_way_in_a_country_without_figures_has_no_cost(company: Company, editor: Person) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0, country="ES")
    assert "Going there costs" not in page(editor, company)
    way = started(company, editor)
    assert way.planned_high is None
    assert "it was thought to cost" not in page(editor, company, f"ways/{way.pk}/")


def test_the_sentence_says_more_less_or_either() -> None:
    def said_of(low: int, high: int) -> str:
        ends = Range(Decimal(low), Decimal(0), Decimal(high))
        return way_sentence(graduation.ShownWayCost(Range(Decimal(1), Decimal(2), Decimal(3)), ends, "EUR"))

    assert "more then than today" in said_of(10, 20)
    assert "less then than today" in said_of(-20, -10)
    assert "between" in said_of(-20, 10)
    only = graduation.ShownWayCost(Range(Decimal(1), Decimal(2), Decimal(3)), None, "EUR")
    assert way_sentence(only).endswith("once.")


def test_what_a_way_did_cost_is_kept_beside_what_was_thought(
    company: Company, editor: Person, reader: Person
) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0, country="BE")
    way = started(company, editor)
    there = address(company, f"ways/{way.pk}/cost/")
    assert reader.client.post(there, {"cost": "1"}).status_code == 403
    wrong = editor.client.post(there, {"cost": "-5", "cost_note": "the start"})
    assert "less than nothing" in wrong.content.decode()
    assert "the start" in wrong.content.decode()
    for cost, word in (
        ("9999999", "more than thought"),
        ("1", "less than thought"),
        (str(way.planned_low), "as thought"),
    ):
        assert editor.client.post(there, {"cost": cost, "cost_note": "the start"}).status_code == 302
        assert word in page(reader, company, f"ways/{way.pk}/")


def test_a_task_goes_to_somebody_else_and_later_ones_move_along(
    company: Company, editor: Person, reader: Person
) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0)
    way = started(company, editor)
    first, second, *_rest = list(way.tasks.all())
    there = address(company, f"tasks/{first.pk}/plan/")
    given = {
        f"task-{first.pk}-who": "Ann", f"task-{first.pk}-due": (first.due + timedelta(9)).isoformat(),
        f"task-{first.pk}-note": "after the holidays", f"task-{first.pk}-moving": "on",
        f"task-{first.pk}-revision": "0",
    }  # fmt: skip
    assert reader.client.post(there, given).status_code == 403
    assert editor.client.post(there, given).status_code == 302
    shown = page(reader, company, f"ways/{way.pk}/")
    assert "Ann" in shown
    assert "after the holidays" in shown
    moved = TransitionTask.objects.of(company).get(pk=second.pk)
    assert moved.due == second.due + timedelta(9)
    # somebody who opened it before is told, and loses nothing
    late = given | {f"task-{first.pk}-who": "Bert"}
    answer = editor.client.post(there, late)
    assert answer.status_code == 200
    assert "Somebody changed this task meanwhile" in answer.content.decode()
    assert 'value="Bert"' in answer.content.decode()
    assert TransitionTask.objects.of(company).get(pk=first.pk).who == "Ann"
    again = late | {f"task-{first.pk}-revision": "1"}
    del again[f"task-{first.pk}-moving"]
    assert editor.client.post(there, again).status_code == 302
    assert TransitionTask.objects.of(company).get(pk=first.pk).who == "Bert"
    wrong = editor.client.post(there, late | {f"task-{first.pk}-due": "soon"})
    assert wrong.status_code == 200
    assert "soon" in wrong.content.decode()


def test_a_task_that_is_not_needed_is_left_out_with_why_and_the_way_ends_without_it(
    company: Company, editor: Person
) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0)
    way = started(company, editor)
    *others, last = list(way.tasks.all())
    for task in others:
        editor.client.post(address(company, f"tasks/{task.pk}/"), {"done": "1"})
    there = address(company, f"tasks/{last.pk}/skip/")
    assert "This field is required" in editor.client.post(there, {}).content.decode()
    assert editor.client.post(there, {f"skip-{last.pk}-why": "We have one already"}).status_code == 302
    way.refresh_from_db()
    assert way.ended_on == timezone.localdate()
    assert "We have one already" in page(editor, company, f"ways/{way.pk}/")
    assert editor.client.post(there, {"again": "1"}).status_code == 302
    way.refresh_from_db()
    assert way.ended_on is None


def test_who_is_there_has_the_profile_say_so(company: Company, editor: Person, reader: Person) -> None:
    said(company, headcount=40, current_model="break_fix", internal_it_fte=0)
    way = started(company, editor)
    for task in way.tasks.all():
        editor.client.post(address(company, f"tasks/{task.pk}/"), {"done": "1"})
    assert "You are there" in page(editor, company, f"ways/{way.pk}/")
    assert "You are there" not in page(reader, company, f"ways/{way.pk}/")
    for _twice in range(2):
        assert editor.client.post(address(company, f"ways/{way.pk}/arrived/")).status_code == 302
    versions = list(ProfileVersion.objects.of(company).order_by("pk"))
    assert [version.current_model for version in versions] == ["break_fix", "fully_outsourced"]
    assert versions[1].arrangement_since == timezone.localdate()
    assert versions[1].headcount == 40
    assert "You are there" not in page(editor, company, f"ways/{way.pk}/")


def test_a_sign_is_set_aside_with_a_reason_and_comes_back(
    company: Company, editor: Person, reader: Person
) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    graduation.watch(company, today=timezone.localdate())
    key, name = "too_large_for_calls", "Too many people for help by the call"
    there = address(company, f"signs/{key}/aside/")
    given = {f"aside-{key}-why": "Half of us have no computer"}
    assert reader.client.post(there, given).status_code == 403
    assert editor.client.post(address(company, "signs/magic/aside/"), given).status_code == 404
    past = editor.client.post(there, given | {f"aside-{key}-until": "2020-01-01"})
    assert "This day is past" in past.content.decode()
    assert "Half of us have no computer" in past.content.decode()
    until = timezone.localdate() + timedelta(30)
    assert editor.client.post(there, given | {f"aside-{key}-until": until.isoformat()}).status_code == 302

    def names(day: date) -> set[str]:
        return {each.trigger.name for each in graduation.path_of(company, today=day).met}

    today = timezone.localdate()
    assert name not in names(today)
    assert name in names(until)
    assert name not in graduation.signs_of(company, today=today)
    shown = page(reader, company)
    assert "Half of us have no computer" in shown
    assert "Let it count again" not in shown
    graduation.watch(company, today=today)  # the night changes nothing of it
    assert name not in names(today)
    said(company, headcount=60, current_model="break_fix", internal_it_fte=0)
    assert name in names(today)  # clearly worse than it was
    assert editor.client.post(address(company, f"signs/{key}/take-up/")).status_code == 302
    assert not TriggerState.objects.of(company).get(key=key).aside_why


def test_a_sign_nobody_looked_at_yet_is_set_aside_too_and_the_night_still_looks(
    company: Company, editor: Person
) -> None:
    said(company, headcount=24, current_model="break_fix", internal_it_fte=0)
    given = {"aside-too_large_for_calls-why": "Half of us have no computer"}
    assert editor.client.post(address(company, "signs/too_large_for_calls/aside/"), given).status_code == 302
    assert graduation.watch_all([company], today=timezone.localdate()) == 1


def test_what_nobody_can_see_says_where_to_say_it(company: Company, reader: Person) -> None:
    said(company, headcount=24, current_model="co_managed")
    shown = page(reader, company)
    assert "signs that nobody can see yet" in shown
    assert "needs the contract with the provider" in shown
    assert "needs papers of the last twelve months" in shown
    assert "stands open in the profile" in shown


def fee_of(company: Company, yearly_costs: list[str], kinds: list[str], by: User) -> float | None:
    """Months above the fee of a vendor that billed a thousand in each of six months, with these contracts."""
    review = shown_review(company)
    month = TODAY.replace(day=1)
    for _month in range(6):
        SpendCell.objects.create(
            company=company, review=review, basis="booked", month=month, vendor_key="V1", vendor_name="V1",
            kind="service", it="yes", currency="EUR", cost=1000, paid=1000, lines=1,
        )  # fmt: skip
        month = (month - timedelta(days=1)).replace(day=1)
    for number, (cost, kind) in enumerate(zip(yearly_costs, kinds, strict=True)):
        contract = make_contract(company, number, by=by)
        Contract.objects.filter(pk=contract.pk).update(
            kind=kind, vendor_key="V1", currency="EUR", yearly_cost=Decimal(cost) if cost else None
        )
    return graduation.measured(company, today=TODAY)["months_above_fee"]


@pytest.mark.parametrize(
    ("yearly_costs", "kinds", "expected"),
    [
        (["12000"], [Contract.Kind.MANAGED_SERVICES], 0),
        (["9000"], [Contract.Kind.MANAGED_SERVICES], 6),
        (["9000", "3000"], [Contract.Kind.MANAGED_SERVICES, Contract.Kind.LICENCE], 0),
        (["9000", ""], [Contract.Kind.MANAGED_SERVICES, Contract.Kind.LICENCE], None),
        (["9000"], [Contract.Kind.LICENCE], None),
    ],
    ids=["as agreed", "above", "two contracts", "one of unknown cost", "no provider"],
)
def test_bills_of_a_provider_are_held_against_all_its_contracts(
    company: Company, editor: Person, yearly_costs: list[str], kinds: list[str], expected: float | None
) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    assert fee_of(company, yearly_costs, kinds, editor.user) == expected


def test_a_task_in_a_year_that_cannot_be_is_asked_about(company: Company, editor: Person) -> None:
    editor.client.post(address(company, "start/"), {"playbook": playbooks()[0].key})
    task = TransitionTask.objects.of(company).first()
    assert task is not None
    given = {
        f"task-{task.pk}-due": "9999-12-31",
        f"task-{task.pk}-moving": "on",
        f"task-{task.pk}-revision": "0",
    }
    answer = editor.client.post(address(company, f"tasks/{task.pk}/plan/"), given)
    assert "Is the year right?" in answer.content.decode()
    task.refresh_from_db()
    assert task.due.year < 9999


def test_who_has_a_task_open_that_moved_along_is_told(company: Company, editor: Person) -> None:
    editor.client.post(address(company, "start/"), {"playbook": playbooks()[0].key})
    first, second = TransitionTask.objects.of(company).order_by("position")[:2]
    due = first.due + timedelta(days=10)
    moved = {
        f"task-{first.pk}-due": due.isoformat(),
        f"task-{first.pk}-moving": "on",
        f"task-{first.pk}-revision": "0",
    }
    assert editor.client.post(address(company, f"tasks/{first.pk}/plan/"), moved).status_code == 302
    late = {
        f"task-{second.pk}-due": second.due.isoformat(),
        f"task-{second.pk}-revision": str(second.revision),
    }
    answer = editor.client.post(address(company, f"tasks/{second.pk}/plan/"), late)
    assert "Somebody changed this task meanwhile" in answer.content.decode()


def test_a_way_under_way_says_how_far_it_is_and_is_not_begun_again(company: Company, editor: Person) -> None:
    said(company, headcount=30, current_model="break_fix", internal_it_fte=0, growth="stable")
    playbook = graduation.path_of(company, today=TODAY).playbook
    assert playbook is not None
    assert "Start it, with days" in page(editor, company)
    way = graduation.start(company, playbook, today=timezone.localdate() - timedelta(days=30), by=editor.user)
    graduation.tick(way.tasks.all()[0], done=True, today=TODAY, by=editor.user)
    late = way.tasks.filter(due__lt=timezone.localdate(), done_on__isnull=True).count()
    shown = page(editor, company)
    assert "Start it, with days" not in shown
    assert "It is under way: go on" in shown
    assert f"1 of {len(playbook.tasks)} done" in shown
    assert ("one is late" if late == 1 else f"{late} are late") in shown
