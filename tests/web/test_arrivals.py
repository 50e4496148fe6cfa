"""The pages about papers that arrive by themselves: what is said, what is kept, and what is never shown."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.records.models import Arrival, ArrivedFile, Import, Paper
from pilothouse.services.sealing import seal, unseal
from tests.conftest import Person
from tests.services.mail_server import PASSWORD, USER, free_port, mail, mail_server
from tests.services.small_papers import bill

pytestmark = pytest.mark.django_db

MAILBOX = {
    "host": "imap.firm.example",
    "port": "993",
    "security": "tls",
    "user": "papers@firm.example",
    "password": "geheim",
    "mail_folder": "INBOX",
    "since": "",
}


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A folder below a place where folders may be watched."""
    folder = tmp_path_factory.mktemp("allowed") / "scans"
    folder.mkdir()
    settings.WATCH_ROOTS = [str(folder.parent)]
    return folder


def address(company: Company, *parts: object) -> str:
    return "/".join(["/c", company.slug, "arrivals", *(str(part) for part in parts), ""])


def mailbox_of(company: Company, **more: Any) -> Arrival:
    given: dict[str, Any] = {
        name: MAILBOX[name] for name in ("host", "port", "security", "user", "mail_folder")
    }
    made: Arrival = Arrival.objects.create(
        company=company, kind="imap", **{**given, "sealed_password": seal("geheim"), **more}
    )
    return made


def words(person: Person, page: str, data: dict[str, str] | None = None, *, status: int = 200) -> str:
    """What a page says, spaces made single; posted to where there is something to say to it."""
    answer = person.client.get(page) if data is None else person.client.post(page, data)
    assert answer.status_code == status, answer.content.decode()
    return " ".join(answer.content.decode().split())


def posted(person: Person, page: str) -> None:
    assert person.client.post(page).status_code == 302


# --- a mailbox --------------------------------------------------------------------------------------------------


def test_a_mailbox_is_entered_and_its_password_never_shown_again(company: Company, editor: Person) -> None:
    assert editor.client.post(address(company, "add-mailbox"), MAILBOX).status_code == 302
    made = Arrival.objects.of(company).get()
    assert (made.kind, made.host, made.user, made.by) == (
        "imap",
        MAILBOX["host"],
        MAILBOX["user"],
        editor.user,
    )
    assert "geheim" not in made.sealed_password
    assert unseal(made.sealed_password) == "geheim"
    for page in (address(company), address(company, made.pk), address(company, made.pk, "change")):
        shown = words(editor, page)
        assert "geheim" not in shown
        assert made.sealed_password not in shown


def test_a_password_stays_when_its_field_is_left_empty(company: Company, editor: Person) -> None:
    made = mailbox_of(company, last_uid=7, uid_validity=3)
    page = address(company, made.pk, "change")
    assert editor.client.post(page, MAILBOX | {"password": ""}).status_code == 302
    made.refresh_from_db()
    assert (unseal(made.sealed_password), made.last_uid) == ("geheim", 7)
    assert editor.client.post(page, MAILBOX | {"password": "anders"}).status_code == 302
    made.refresh_from_db()
    assert unseal(made.sealed_password) == "anders"


@pytest.mark.parametrize(
    "changed",
    [
        {"host": "imap.attacker.example"},
        {"port": "1993"},
        {"security": "none"},
        {"user": "other@firm.example"},
    ],
)
def test_a_password_is_asked_again_when_it_would_go_elsewhere(
    company: Company, editor: Person, changed: dict[str, str]
) -> None:
    made = mailbox_of(company)
    page = address(company, made.pk, "change")
    shown = words(editor, page, MAILBOX | {"password": ""} | changed, status=422)
    assert "Type the password once more" in shown
    made.refresh_from_db()
    assert (made.host, made.port, made.security) == ("imap.firm.example", 993, "tls")


def test_another_folder_of_the_mailbox_is_read_from_its_first_mail(company: Company, editor: Person) -> None:
    made = mailbox_of(
        company, last_uid=7, uid_validity=3, failures=4, not_before=timezone.now() + timedelta(days=1)
    )
    page = address(company, made.pk, "change")
    assert editor.client.post(page, MAILBOX | {"password": "", "mail_folder": "Facturen"}).status_code == 302
    made.refresh_from_db()
    assert (made.mail_folder, made.last_uid, made.uid_validity) == ("Facturen", 0, 0)
    assert (made.failures, made.not_before) == (0, None)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"host": "https://imap.firm.example/"}, "The name alone"),
        ({"host": "a b"}, "The name alone"),
        ({"port": "70000"}, "65535"),
        ({"password": ""}, "Without a password"),
        ({"user": "x\nA1 NOOP"}, "cannot be typed"),
        ({"password": "a\r\nb"}, "cannot be typed"),
        ({"mail_folder": ""}, "required"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_kept(
    company: Company, editor: Person, given: dict[str, str], said: str
) -> None:
    assert said in words(editor, address(company, "add-mailbox"), MAILBOX | given, status=422)
    assert not Arrival.objects.of(company).exists()


def test_trying_says_what_is_wrong_and_bringing_says_it_on_the_page(company: Company, editor: Person) -> None:
    made = mailbox_of(company, host="127.0.0.1", port=free_port(), security="none")
    assert "does not take calls" in words(editor, address(company, made.pk, "try"), {})
    made.refresh_from_db()
    assert made.last_problem == ""  # trying is no run


def test_mails_come_in_at_the_push_of_a_button(
    company: Company, editor: Person, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with mail_server(tmp_path) as server:
        server.put("Papers", mail("Invoice <b>1</b>", ("F-1.xml", bill("Wolkenrijk BV"))))
        made = mailbox_of(
            company,
            host="127.0.0.1",
            port=server.port,
            security="none",
            user=USER,
            sealed_password=seal(PASSWORD),
            mail_folder="Papers",
        )
        tried = words(editor, address(company, made.pk, "try"), {})
        assert "one mail is new" in tried
        assert "Invoice &lt;b&gt;1&lt;-b&gt;.eml" in tried
        assert not Import.objects.of(company).exists()
        with django_capture_on_commit_callbacks(execute=True):
            posted(editor, address(company, made.pk, "fetch"))
    assert Paper.objects.of(company).count() == 1
    shown = words(editor, address(company, made.pk))
    assert f"/c/{company.slug}/intake/{Import.objects.of(company).get().pk}/" in shown
    assert "works" in words(editor, address(company))
    assert "from a mailbox" in words(editor, f"/c/{company.slug}/intake/")


# --- a folder ---------------------------------------------------------------------------------------------------


def test_a_folder_is_entered_tried_and_brought(
    company: Company, editor: Person, place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    assert str(place.parent) in words(editor, address(company, "add-folder"))
    (place / "a.xml").write_bytes(bill("Wolkenrijk BV"))
    then = time.time() - 60
    os.utime(place / "a.xml", (then, then))
    assert editor.client.post(address(company, "add-folder"), {"folder": str(place)}).status_code == 302
    made = Arrival.objects.of(company).get()
    assert "a.xml" in words(editor, address(company, made.pk, "try"), {})
    with django_capture_on_commit_callbacks(execute=True):
        posted(editor, address(company, made.pk, "fetch"))
    assert Paper.objects.of(company).count() == 1
    assert "nothing new is there" in words(editor, address(company, made.pk, "try"), {})
    (place / "b").mkdir()
    page = address(company, made.pk, "change")
    assert editor.client.post(page, {"folder": str(place / "b")}).status_code == 302
    assert not ArrivedFile.objects.of(company).exists()


def test_a_folder_elsewhere_is_refused_with_the_places_that_do(
    company: Company, editor: Person, place: Path
) -> None:
    shown = words(editor, address(company, "add-folder"), {"folder": "/etc"}, status=422)
    assert "not below a place that may be watched" in shown
    assert str(place.parent) in shown
    assert not Arrival.objects.of(company).exists()


def test_where_no_place_is_allowed_the_page_says_who_can_allow_it(
    company: Company, editor: Person, settings: Settings
) -> None:
    settings.WATCH_ROOTS = []
    shown = words(editor, address(company, "add-folder"))
    assert "PILOTHOUSE_WATCH_ROOTS" in shown
    assert 'name="folder"' not in shown


# --- on, off, gone ----------------------------------------------------------------------------------------------


def test_it_is_switched_off_and_on_again(company: Company, editor: Person) -> None:
    made = mailbox_of(company, failures=3, not_before=timezone.now() + timedelta(days=1), last_problem="no")
    posted(editor, address(company, made.pk, "switch"))
    made.refresh_from_db()
    assert (made.enabled, made.failures) == (False, 3)
    assert "switched off" in words(editor, address(company))
    posted(editor, address(company, made.pk, "switch"))
    made.refresh_from_db()
    assert (made.enabled, made.failures, made.not_before, made.last_problem) == (True, 0, None, "")


def test_removing_it_leaves_the_papers(company: Company, editor: Person) -> None:
    batch = Import.objects.create(company=company, origin="mailbox")
    made = mailbox_of(company, last_import=batch)
    posted(editor, address(company, made.pk, "remove"))
    assert not Arrival.objects.of(company).exists()
    assert Import.objects.of(company).get() == batch


def test_the_last_problem_stands_on_the_list_and_its_page(company: Company, reader: Person) -> None:
    later = timezone.now() + timedelta(hours=3)
    made = mailbox_of(company, last_problem="There is no mail server.", failures=2, not_before=later)
    assert "There is no mail server." in words(reader, address(company))
    shown = words(reader, address(company, made.pk))
    assert "There is no mail server." in shown
    assert "asked again on" in shown


def test_an_empty_page_says_what_to_put_in(company: Company, reader: Person) -> None:
    shown = words(reader, address(company))
    assert "None yet" in shown
    assert "Owners and editors" in shown


def test_the_way_there_stands_on_the_page_of_papers(company: Company, editor: Person) -> None:
    assert address(company) in words(editor, f"/c/{company.slug}/intake/")
