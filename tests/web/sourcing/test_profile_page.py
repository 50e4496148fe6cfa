"""The profile asks what the advice rests on, keeps what was said, and says what does not fit together."""

from __future__ import annotations

from datetime import date

from pilothouse.accounts.models import Company
from pilothouse.records.models import ProfileVersion
from tests.conftest import Person

SAID = {
    "holds_from": "2026-11-01", "headcount": "42", "current_model": "co_managed", "arrangement_since": "2022-05-01",
    "internal_it_fte": "0", "has_it_leader": "false", "events": ["merger", "incident"],
    "event_words": "Onze ICT'er is weg", "hurts": "Nobody answers", "growth": "fast",
}  # fmt: skip


def test_what_is_happening_is_asked_kept_and_shown(company: Company, editor: Person, reader: Person) -> None:
    path = f"/c/{company.slug}/profile/"
    assert editor.client.post(path, SAID).status_code == 302
    version = ProfileVersion.objects.of(company).get()
    assert (version.current_model, version.events) == ("co_managed", ["merger", "incident"])
    assert version.arrangement_since == date(2022, 5, 1)
    shown = reader.client.get(path).content.decode()
    assert "a merger or takeover, an attack, a breakdown or a loss of data" in shown.replace("&#x27;", "'")
    assert "Onze ICT" in shown
    second = editor.client.get(path).content.decode()
    assert "your IT person has left, or is leaving" in second
    assert second.count("checked") == 2


def test_nothing_typed_is_lost_when_something_is_wrong(company: Company, editor: Person) -> None:
    answer = editor.client.post(f"/c/{company.slug}/profile/", SAID | {"headcount": "-3"})
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "Nobody answers" in shown
    assert not ProfileVersion.objects.of(company).exists()


def test_an_event_nobody_knows_is_refused(company: Company, editor: Person) -> None:
    answer = editor.client.post(f"/c/{company.slug}/profile/", SAID | {"events": ["wedding"]})
    assert answer.status_code == 200
    assert not ProfileVersion.objects.of(company).exists()


def test_answers_that_contradict_each_other_are_said_on_the_page(company: Company, editor: Person) -> None:
    editor.client.post(
        f"/c/{company.slug}/profile/", SAID | {"has_it_leader": "true", "event_words": "", "events": []}
    )
    assert "The leader is taken" in editor.client.get(f"/c/{company.slug}/profile/").content.decode()
