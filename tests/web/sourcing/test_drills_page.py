"""A morning without the IT person: kept step by step, with its score; what did not go becomes tasks, once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company
from pilothouse.records.models import Drill, Transition
from tests.conftest import Person


def address(company: Company, rest: str = "") -> str:
    return f"/c/{company.slug}/sourcing/graduation/drills/{rest}"


def given(**other: str) -> dict[str, str]:
    """A morning on which a file was restored and the store of passwords stayed closed."""
    return {
        "held_on": timezone.localdate().isoformat(),
        "took_part": "Mia, Jef",
        "restore_a_file-went": "yes",
        "restore_a_file-minutes": "25",
        "open_the_store-went": "no",
        "open_the_store-wrong": "The key was on the person's phone",
        **other,
    }


def held(company: Company) -> Drill:
    found: Drill = Drill.objects.of(company).latest("pk")
    return found


def test_how_each_step_went_is_kept_and_counted(company: Company, editor: Person, reader: Person) -> None:
    assert "Open the store of passwords" in reader.client.get(address(company)).content.decode()
    assert reader.client.post(address(company), given()).status_code == 403
    answer = editor.client.post(address(company), given())
    assert answer["Location"] == address(company, f"{held(company).pk}/")
    assert held(company).score == pytest.approx(0.5)
    assert held(company).by == editor.user
    shown = reader.client.get(address(company, f"{held(company).pk}/")).content.decode()
    for words in ("Took part: Mia, Jef", "25 minutes", "The key was on the person", "not tried", "50%"):
        assert words in shown
    assert "Make tasks of it" not in shown
    assert "50%</td>" in reader.client.get(address(company)[: -len("drills/")]).content.decode()


def test_a_fault_without_a_choice_counts_as_not_gone(company: Company, editor: Person) -> None:
    editor.client.post(address(company), given(**{"line_is_down-wrong": "Nobody knew the number"}))
    assert held(company).steps.get(key="line_is_down").went == "no"
    assert held(company).steps.get(key="come_and_go").went == "unknown"


def test_what_did_not_go_becomes_tasks_once(company: Company, editor: Person, reader: Person) -> None:
    editor.client.post(address(company), given(**{"next_four_weeks-went": "partly"}))
    drill = held(company)
    mend = address(company, f"{drill.pk}/tasks/")
    assert reader.client.post(mend).status_code == 403
    for _again in range(2):
        assert editor.client.post(mend).status_code == 302
    way = Transition.objects.of(company).get()
    tasks = list(way.tasks.all())
    assert [(task.due - drill.held_on).days for task in tasks] == [7, 45]
    assert tasks[0].note == "The key was on the person's phone"
    shown = editor.client.get(f"/c/{company.slug}/sourcing/graduation/ways/{way.pk}/").content.decode()
    assert "After the try of" in shown
    assert "emergency access to the store" in shown
    assert "You are there" not in shown
    assert "The tasks that came of it" in editor.client.get(address(company, f"{drill.pk}/")).content.decode()


def test_where_all_went_there_is_nothing_to_mend(company: Company, editor: Person) -> None:
    editor.client.post(address(company), {"held_on": "2026-01-05", "restore_a_file-went": "yes"})
    answer = editor.client.post(address(company, f"{held(company).pk}/tasks/"), follow=True)
    assert "whatever was tried went" in answer.content.decode()
    assert not Transition.objects.of(company).exists()


def test_the_try_before_is_named(company: Company, editor: Person) -> None:
    today = timezone.localdate()
    editor.client.post(
        address(company),
        given(**{"held_on": (today - timedelta(400)).isoformat(), "restore_a_file-went": "no"}),
    )
    editor.client.post(address(company), given())
    shown = editor.client.get(address(company, f"{held(company).pk}/")).content.decode()
    assert "it was 0%" in shown


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"held_on": "2099-01-01"}, "still to come"),
        ({"held_on": "0026-01-01"}, "Is the year right?"),
        ({"minutes": "99999999"}, "more than a week"),
        ({"restore_a_file-went": "magic"}, "Select a valid choice"),
        ({"restore_a_file-minutes": "-1"}, "greater than or equal to 0"),
        ({"open_the_store-wrong": "x" * 301}, "at most 300 characters"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    company: Company, editor: Person, wrong: dict[str, str], says: str
) -> None:
    answer = editor.client.post(address(company), given(**{"failed": "The lock", **wrong}))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert "The lock" in shown
    assert "Mia, Jef" in shown
    assert not Drill.objects.of(company).exists()


def test_a_try_noted_by_mistake_is_taken_off_and_its_tasks_stay(company: Company, editor: Person) -> None:
    editor.client.post(address(company), given())
    drill = held(company)
    editor.client.post(address(company, f"{drill.pk}/tasks/"))
    editor.client.post(address(company, f"{drill.pk}/remove/"))
    assert not Drill.objects.of(company).exists()
    assert Transition.objects.of(company).exists()
    assert editor.client.get(address(company, f"{drill.pk}/")).status_code == 404


def test_a_neighbour_sees_and_changes_no_try_of_ours(
    company: Company, editor: Person, neighbour: Person
) -> None:
    editor.client.post(address(company), given())
    drill, own = held(company), neighbour.user.memberships.get().company
    assert neighbour.client.get(address(own, f"{drill.pk}/")).status_code == 404
    for rest in ("tasks/", "remove/"):
        assert neighbour.client.post(address(own, f"{drill.pk}/{rest}")).status_code == 404
    assert Drill.objects.of(company).exists()
