"""The list of what went wrong: noted once, taken off, read by the sign on nights, and kind about what cannot be."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from pilothouse.accounts.models import Company, User
from pilothouse.records.models import Incident
from pilothouse.services import graduation
from tests.conftest import Person


def address(company: Company, rest: str = "incidents/") -> str:
    return f"/c/{company.slug}/sourcing/graduation/{rest}"


def given(**other: Any) -> dict[str, Any]:
    return {"happened_on": timezone.localdate().isoformat(), "what": "Mail was down", **other}


def noted(company: Company, count: int, *, by: User | None = None) -> None:
    today = timezone.localdate()
    Incident.objects.bulk_create(
        Incident(
            company=company, happened_on=today - timedelta(each), what="Mail down", outside_hours=True, by=by
        )
        for each in range(count)
    )


def state_of_nights(company: Company) -> str:
    found = graduation.path_of(company, today=timezone.localdate()).evaluated
    return next(each.state for each in found if each.trigger.key == "night_incidents")


def test_the_sign_on_nights_reads_the_list(company: Company, editor: Person) -> None:
    assert state_of_nights(company) == "unknown"
    editor.client.post(address(company), given(what="Printer", minutes="15"))
    assert state_of_nights(company) == "not_met"  # noted by day: somebody keeps the list
    for what in ("Mail", "Till"):
        editor.client.post(address(company), given(what=what, outside_hours="on"))
    assert state_of_nights(company) == "near"
    noted(company, 2)
    assert state_of_nights(company) == "met"
    shown = editor.client.get(address(company, "")).content.decode()
    assert "<strong>4</strong> of 5 in the last twelve months" in shown
    assert "15 minutes of work were lost." in shown
    assert "Incidents outside office hours in a year" in shown


def test_where_nothing_was_noted_the_page_says_so_and_where_to_note_it(
    company: Company, reader: Person, editor: Person
) -> None:
    for person in (reader, editor):
        shown = person.client.get(address(company, "")).content.decode()
        assert "nobody knows how the nights were" in shown
        assert "needs incidents to be noted" in shown
        assert ("Note what went wrong" in shown) == (person is editor)
    assert "Owners and editors note." in reader.client.get(address(company)).content.decode()


def test_the_same_words_on_the_same_day_are_noted_once(company: Company, editor: Person) -> None:
    editor.client.post(address(company), given(minutes="20"))
    answer = editor.client.post(address(company), given(minutes="40"), follow=True)
    assert "stands in the list already" in answer.content.decode()
    assert Incident.objects.of(company).get().minutes == 20


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"happened_on": "2099-01-01"}, "still to come"),
        ({"happened_on": "0026-11-03"}, "Is the year right?"),
        ({"happened_on": "yesterday"}, "Enter a valid date"),
        ({"what": "  "}, "This field is required"),
        ({"what": "x" * 201}, "at most 200 characters"),
        ({"what": "a\x00b"}, "Null characters"),
        ({"minutes": "-5"}, "greater than or equal to 0"),
        ({"minutes": "1000000"}, "more than a month"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(
    company: Company, editor: Person, wrong: dict[str, str], says: str
) -> None:
    answer = editor.client.post(address(company), given(**wrong))
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert says in shown
    assert wrong.get("what", "Mail was down").strip().replace("\x00", "") in shown.replace("\x00", "")
    assert not Incident.objects.of(company).exists()


def test_what_was_noted_by_mistake_is_taken_off(company: Company, editor: Person, reader: Person) -> None:
    noted(company, 1, by=editor.user)
    incident = Incident.objects.of(company).get()
    remove = address(company, f"incidents/{incident.pk}/remove/")
    assert reader.client.post(remove).status_code == 403
    assert reader.client.post(address(company), given()).status_code == 403
    answer = editor.client.post(remove, follow=True)
    assert "Taken off the list: Mail down" in answer.content.decode()
    assert not Incident.objects.of(company).exists()
    assert editor.client.post(remove).status_code == 404


def test_a_neighbour_takes_nothing_off_our_list(company: Company, neighbour: Person) -> None:
    noted(company, 1)
    incident = Incident.objects.of(company).get()
    own = neighbour.user.memberships.get().company
    assert neighbour.client.post(address(own, f"incidents/{incident.pk}/remove/")).status_code == 404
    assert Incident.objects.of(company).exists()


def test_a_long_list_has_pages(company: Company, reader: Person) -> None:
    noted(company, 120)
    first = reader.client.get(address(company)).content.decode()
    assert first.count("Mail down") == 50
    assert reader.client.get(address(company) + "?page=3").content.decode().count("Mail down") == 20
    assert reader.client.get(address(company) + "?page=moon").status_code == 200
    assert "All that was noted" in reader.client.get(address(company, "")).content.decode()


def test_words_of_others_are_shown_as_words(company: Company, editor: Person) -> None:
    editor.client.post(address(company), given(what="<script>alert(1)</script>"))
    for rest in ("", "incidents/"):
        assert "<script>alert" not in editor.client.get(address(company, rest)).content.decode()
