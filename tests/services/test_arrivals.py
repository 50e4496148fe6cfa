"""Papers that arrive by themselves: each once, whatever breaks off, and what goes wrong is said in words."""

from __future__ import annotations

import imaplib
import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.records.models import Arrival, Import, ImportFile, Paper, SourceFile
from pilothouse.services import arrivals, intake, mailbox, watched_folder
from pilothouse.services.arrivals import Fetched, Preview
from pilothouse.services.sealing import SealBroken, seal, unseal
from tests.conftest import TODAY
from tests.services.mail_server import (
    PASSWORD,
    USER,
    Line,
    MailServer,
    Talker,
    free_port,
    mail,
    mail_server,
    make_certificate,
)
from tests.services.small_papers import bill

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
_numbers = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailServer]:
    with mail_server(tmp_path_factory.mktemp("mail")) as running:
        yield running


@pytest.fixture
def folder_name() -> str:
    """A folder of the mailbox that no other test uses."""
    return f"Papers-{next(_numbers)}"


def mailbox_of(company: Company, server: MailServer, folder: str, **more: Any) -> Arrival:
    given: dict[str, Any] = {
        "host": "127.0.0.1",
        "port": server.port,
        "security": "none",
        "user": USER,
        "sealed_password": seal(PASSWORD),
        "mail_folder": folder,
    }
    made: Arrival = Arrival.objects.create(company=company, kind="imap", **given | more)
    return made


def run(arrival: Arrival, now: datetime = NOW) -> Fetched:
    """One run, and its imports taken in as a worker would."""
    fetched = arrivals.fetch(arrival.pk, now=now, asked_for=True)
    assert fetched is not None
    for batch in fetched.imports:
        intake.take_in(batch, today=TODAY)
    arrival.refresh_from_db()
    return fetched


def invoice_mail(number: int, **more: int) -> bytes:
    return mail(f"Invoice {number}", (f"F-{number}.xml", bill("Wolkenrijk BV", f"F-{number}")), **more)


def numbers_of(company: Company) -> set[str]:
    return set(Paper.objects.of(company).standing().values_list("number", flat=True))


# --- a mailbox --------------------------------------------------------------------------------------------------


def test_new_mails_come_in_and_their_invoices_count(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1), invoice_mail(2))
    arrival = mailbox_of(company, server, folder_name)
    fetched = run(arrival)
    assert (fetched.came, fetched.problem) == (2, "")
    assert numbers_of(company) == {"F-1", "F-2"}
    (batch,) = Import.objects.of(company)
    assert (batch.origin, batch.by, batch.is_seen) == ("mailbox", None, True)
    assert "2026-05-04 Invoice 1.eml" in set(batch.files.values_list("name", flat=True))
    assert (arrival.last_run_at, arrival.last_came, arrival.last_came_at) == (NOW, 2, NOW)
    assert arrival.last_import == batch
    assert arrival.claimed_until is None


def test_nothing_in_the_mailbox_is_changed(company: Company, server: MailServer, folder_name: str) -> None:
    server.put(folder_name, invoice_mail(1), invoice_mail(2))
    before = server.flags(folder_name)
    run(mailbox_of(company, server, folder_name))
    assert server.flags(folder_name) == before
    assert len(before) == 2
    assert not any(b"Seen" in mark for mark in before)


def test_a_second_run_brings_only_what_is_newer(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1))
    arrival = mailbox_of(company, server, folder_name)
    run(arrival)
    assert run(arrival) == Fetched()
    server.put(folder_name, invoice_mail(2))
    assert run(arrival).came == 1
    assert numbers_of(company) == {"F-1", "F-2"}
    assert Import.objects.of(company).count() == 2


def test_the_same_mail_twice_is_one(company: Company, server: MailServer, folder_name: str) -> None:
    same = invoice_mail(1)
    server.put(folder_name, same, same)
    arrival = mailbox_of(company, server, folder_name)
    assert run(arrival).came == 1
    server.put(folder_name, same)
    assert run(arrival).came == 0
    assert SourceFile.objects.of(company).filter(name__endswith=".eml").count() == 1


def test_a_mailbox_that_is_numbered_anew_brings_nothing_twice(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1), invoice_mail(2))
    arrival = mailbox_of(company, server, folder_name)
    run(arrival)
    before = arrival.uid_validity
    server.empty(folder_name)
    server.put(folder_name, invoice_mail(1), invoice_mail(2), invoice_mail(3))
    assert run(arrival).came == 1
    assert arrival.uid_validity != before
    assert numbers_of(company) == {"F-1", "F-2", "F-3"}


def test_what_was_taken_back_does_not_come_again_by_itself(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1))
    arrival = mailbox_of(company, server, folder_name)
    (batch,) = run(arrival).imports
    Import.objects.filter(pk=batch).update(undone_in_id=Import.objects.get(pk=batch).review_id)
    Arrival.objects.filter(pk=arrival.pk).update(last_uid=0)
    assert run(arrival).came == 0


def test_a_mail_with_nothing_attached_is_passed_over_and_not_kept(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, mail("Lunch?"), invoice_mail(1), mail("Your parcel"))
    arrival = mailbox_of(company, server, folder_name)
    assert run(arrival).came == 1
    assert arrival.last_note == "2 mails have nothing attached and did not come in."
    assert not SourceFile.objects.of(company).filter(name__contains="Lunch").exists()
    assert run(arrival).came == 0


def test_only_mails_from_a_day_on(company: Company, server: MailServer, folder_name: str) -> None:
    server.put(folder_name, invoice_mail(1))
    tomorrow = datetime.now(UTC).date() + timedelta(days=2)
    later = mailbox_of(company, server, folder_name, since=tomorrow)
    assert run(later).came == 0
    long_ago = mailbox_of(company, server, folder_name, since=date(2020, 3, 1))
    assert run(long_ago).came == 1


def test_a_run_takes_so_many_and_the_next_goes_on(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_A_RUN", 3)
    monkeypatch.setattr(arrivals, "BATCH", 2)
    server.put(folder_name, *(invoice_mail(n) for n in range(1, 6)))
    arrival = mailbox_of(company, server, folder_name)
    first = run(arrival)
    assert (first.came, len(first.imports)) == (3, 2)
    assert "follows in the next run" in arrival.last_note
    second = run(arrival)
    assert (second.came, arrival.last_note) == (2, "")
    assert numbers_of(company) == {f"F-{n}" for n in range(1, 6)}


def test_a_large_mailbox_is_looked_through_window_by_window(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "WINDOW", 40)
    monkeypatch.setattr(mailbox, "MOST_WINDOWS", 2)
    server.put(folder_name, invoice_mail(1))
    arrival = mailbox_of(company, server, folder_name)
    assert [run(arrival).came for _run in range(3)] == [0, 1, 0]  # its first number is 101


def test_a_mail_that_is_too_large_is_named_and_left_out(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LARGEST_MAIL", 5_000)
    monkeypatch.setattr(mailbox, "MB", 1_000)
    server.put(
        folder_name, mail("The whole year", ("year.xml", b"<x/>" * 5_000)), mail("Small", ("a.xml", b"<x/>"))
    )
    run(mailbox_of(company, server, folder_name))
    refused = ImportFile.objects.of(company).get(name="2026-05-04 The whole year.eml")
    assert refused.outcome == ImportFile.Outcome.REFUSED
    assert "larger than 5 MB" in refused.problems[0]["message"]
    assert ImportFile.objects.of(company).filter(name="2026-05-04 Small.eml").exists()


def test_an_answer_beyond_all_bounds_is_not_taken(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "LARGEST_ANSWER", 2_000)
    server.put(folder_name, mail("Swollen", ("a.xml", b"<x/>" * 5_000)))
    arrival = mailbox_of(company, server, folder_name)
    assert "broke off" in run(arrival).problem
    assert arrival.last_uid == 0


# --- a connection that breaks off -------------------------------------------------------------------------------


def test_after_a_cut_in_the_middle_of_a_mail_it_goes_on_where_it_was(
    company: Company, server: MailServer, folder_name: str
) -> None:
    mails = [invoice_mail(n) for n in range(1, 7)]
    server.put(folder_name, *mails)
    with Line(server.port, cut_after=3 * len(mails[0]) + 2_000) as line:
        arrival = mailbox_of(company, server, folder_name, port=line.port)
        first = run(arrival)
        assert 0 < first.came < 6
        assert "broke off" in first.problem
        assert arrival.last_problem == first.problem
        assert (arrival.failures, arrival.not_before) == (0, NOW + arrivals.PAUSE)
        second = run(arrival)
    assert (second.problem, first.came + second.came) == ("", 6)
    assert numbers_of(company) == {f"F-{n}" for n in range(1, 7)}


@pytest.mark.parametrize("cut_after", [0, 10, 150, 400, 700, 1_000])
def test_a_cut_at_any_moment_brings_nothing_twice_and_loses_nothing(
    company: Company, server: MailServer, folder_name: str, cut_after: int
) -> None:
    server.put(folder_name, invoice_mail(1), invoice_mail(2))
    with Line(server.port, cut_after=cut_after) as line:
        arrival = mailbox_of(company, server, folder_name, port=line.port)
        fetched = [run(arrival, NOW + timedelta(hours=hours)) for hours in range(2)]
    assert fetched[0].problem
    assert sum(one.came for one in fetched) == 2


def test_a_stop_after_keeping_and_before_remembering_brings_nothing_twice(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder_name, invoice_mail(1))
    arrival = mailbox_of(company, server, folder_name)
    with monkeypatch.context() as patched:
        patched.setattr(arrivals, "_remember", _killed)
        with pytest.raises(KeyboardInterrupt):
            arrivals.fetch(arrival.pk, now=NOW)
    Arrival.objects.filter(pk=arrival.pk).update(claimed_until=NOW - timedelta(seconds=1))
    assert run(arrival).came == 0
    assert Import.objects.of(company).count() == 1


def _killed(*_given: object) -> None:
    raise KeyboardInterrupt


def test_a_run_that_takes_too_long_ends_and_says_so(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.put(folder_name, invoice_mail(1))
    monkeypatch.setattr(arrivals, "RUN_SECONDS", 0.4)
    monkeypatch.setattr(mailbox.Mailbox, "sizes", _slow_sizes)
    assert "longer than one run" in run(mailbox_of(company, server, folder_name)).problem


def _slow_sizes(box: mailbox.Mailbox, uids: list[int]) -> dict[int, int]:
    import time

    time.sleep(0.8)
    return {uid: len(box.mail(uid) or b"") for uid in uids}


# --- encryption -------------------------------------------------------------------------------------------------


def test_tls_and_starttls_with_a_certificate_that_is_trusted(
    company: Company, server: MailServer, folder_name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate.cert))
    server.put(folder_name, invoice_mail(1))
    assert run(mailbox_of(company, server, folder_name, security="starttls")).came == 1
    server.put(folder_name, invoice_mail(2))
    with Line(server.port, tls=server.certificate.context()) as line:
        fetched = run(mailbox_of(company, server, folder_name, security="tls", port=line.port))
    assert (fetched.problem, fetched.came) == ("", 1)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused_before_the_password(
    company: Company, server: MailServer, security: str
) -> None:
    with Line(server.port, tls=server.certificate.context()) as line:
        port = line.port if security == "tls" else server.port
        fetched = run(mailbox_of(company, server, "INBOX", security=security, port=port))
    assert "no password was sent" in fetched.problem
    assert "vouches" in fetched.problem


@pytest.mark.parametrize(
    ("name", "days", "words"), [("mail.example", 30, "another name"), ("127.0.0.1", -1, "run out")]
)
def test_a_certificate_for_another_name_or_time_is_said(
    company: Company,
    server: MailServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    days: int,
    words: str,
) -> None:
    made = make_certificate(tmp_path, name, days=days)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.cert))
    with Line(server.port, tls=made.context()) as line:
        fetched = run(mailbox_of(company, server, "INBOX", security="tls", port=line.port))
    assert words in fetched.problem


# --- what goes wrong is said ------------------------------------------------------------------------------------


def test_a_wrong_password_is_said_and_not_tried_again_at_once(company: Company, server: MailServer) -> None:
    arrival = mailbox_of(company, server, "INBOX", sealed_password=seal("wrong"))
    assert "refuses the password of papers" in run(arrival).problem
    assert arrivals.due(NOW + timedelta(hours=12)) == []
    assert arrivals.due(NOW + timedelta(hours=25)) == [arrival.pk]
    arrivals.start_anew(arrival)
    assert arrivals.due(NOW) == [arrival.pk]


def test_a_password_in_other_letters_is_sent_too(company: Company, server: MailServer) -> None:
    arrival = mailbox_of(company, server, "INBOX", sealed_password=seal("wachtwoord-é"))
    assert "refuses the password" in run(arrival).problem


def test_a_password_sealed_under_another_key_asks_to_be_typed_again(
    company: Company, server: MailServer, settings: Settings
) -> None:
    arrival = mailbox_of(company, server, "INBOX")
    settings.SECRET_KEY = "another one"
    assert "Type the password again" in run(arrival).problem


def test_a_folder_that_is_not_there_is_said_with_those_that_are(
    company: Company, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "MOST_FOLDERS_NAMED", 1_000)
    server.put("B&APw-ro")
    problem = run(mailbox_of(company, server, "Bürro")).problem
    assert "no folder named Bürro" in problem
    assert "INBOX" in problem
    assert "Büro" in problem


def test_a_folder_with_accents_is_found(company: Company, server: MailServer) -> None:
    server.put("Entr&AOk-es", invoice_mail(1))
    assert run(mailbox_of(company, server, "Entrées")).came == 1


def test_no_second_command_is_smuggled_in(company: Company, server: MailServer) -> None:
    for name, value in (
        ("user", "x\r\nA1 NOOP"),
        ("sealed_password", seal("a\nb")),
        ("mail_folder", "a\r\nb"),
    ):
        arrival = mailbox_of(company, server, "INBOX")
        Arrival.objects.filter(pk=arrival.pk).update(**{name: value})
        assert "line break" in run(arrival).problem


def test_an_unknown_host_is_said(company: Company, server: MailServer) -> None:
    problem = run(mailbox_of(company, server, "INBOX", host="nowhere.invalid")).problem
    assert "no mail server named nowhere.invalid" in problem
    assert (
        "no mail server named"
        in run(mailbox_of(company, server, "INBOX", host="a" * 80 + ".example")).problem
    )


def test_a_port_nobody_listens_on_is_said(company: Company, server: MailServer) -> None:
    assert "does not take calls" in run(mailbox_of(company, server, "INBOX", port=free_port())).problem


def test_tls_where_none_is_spoken_is_said(company: Company, server: MailServer) -> None:
    assert "does not speak TLS" in run(mailbox_of(company, server, "INBOX", security="tls")).problem


def test_a_server_of_another_kind_is_said(company: Company, server: MailServer) -> None:
    with Talker(b"220 smtp.example ESMTP\r\n") as other:
        assert "is no IMAP server" in run(mailbox_of(company, server, "INBOX", port=other.port)).problem


def test_a_server_that_says_nothing_is_given_up(
    company: Company, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "ANSWER_SECONDS", 0.3)
    with Talker(b"") as silent:
        assert "did not answer" in run(mailbox_of(company, server, "INBOX", port=silent.port)).problem


def test_no_password_is_sent_where_encryption_was_asked_for_and_none_is_offered(
    company: Company, server: MailServer
) -> None:
    with Talker(b"* OK hello\r\n", "IMAP4rev1") as bare:
        problem = run(mailbox_of(company, server, "INBOX", port=bare.port, security="starttls")).problem
    assert "offers no STARTTLS" in problem
    with Talker(b"* OK hello\r\n", "IMAP4rev1 LOGINDISABLED") as strict:
        problem = run(mailbox_of(company, server, "INBOX", port=strict.port)).problem
    assert "only over an encrypted connection" in problem
    assert not any(b"LOGIN" in said for said in [*bare.heard, *strict.heard])


def test_a_server_that_lets_nobody_in_for_the_moment_is_asked_again_soon(
    company: Company, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_given: object) -> None:
        raise imaplib.IMAP4.error(b"[UNAVAILABLE] Temporary authentication failure")

    monkeypatch.setattr(imaplib.IMAP4, "login", busy)
    fetched = run(mailbox_of(company, server, "INBOX"))
    assert "for the moment" in fetched.problem
    assert not fetched.refused


class FewWords:
    """A server that does not say how far its numbers go, and answers a search with the last mail at least."""

    taken = 0

    def __init__(self, *uids: int) -> None:
        self.uids = uids

    def response(self, name: str) -> tuple[str, list[bytes | None]]:
        return name, [b"7" if name == "UIDVALIDITY" else None]

    def uid(self, command: str, *words: str) -> tuple[str, list[Any]]:
        if command == "FETCH":
            return "NO", [b"not today"]
        low = int(words[0].removeprefix("UID ").partition(":")[0])
        found = [uid for uid in self.uids if uid >= low] or self.uids[-1:]
        return "OK", [b" ".join(str(uid).encode() for uid in found)]


def test_a_server_that_does_not_say_how_far_its_numbers_go_is_asked_all_the_same() -> None:
    access = mailbox.Access("h", 993, "tls", "u", "p")
    box = mailbox.Mailbox(FewWords(4, 6, 9), access)  # type: ignore[arg-type]  # stands for a connection
    assert box.validity == 7
    assert box.new(0, None, 10) == mailbox.NewMails([4, 6, 9], 9)
    assert box.new(0, None, 2) == mailbox.NewMails([4, 6], 6)
    assert box.new(9, None, 10) == mailbox.NewMails([], 9)
    with pytest.raises(mailbox.MailboxClosed, match="did not hand out"):
        box.sizes([4])


def test_only_servers_that_the_installation_allows_are_called(
    company: Company, server: MailServer, settings: Settings
) -> None:
    settings.MAIL_HOSTS = ["imap.firm.example"]
    problem = run(mailbox_of(company, server, "INBOX")).problem
    assert "PILOTHOUSE_MAIL_HOSTS" in problem


def test_the_clock_asks_less_often_after_failures_and_as_before_once_it_works(
    company: Company, server: MailServer
) -> None:
    arrival = mailbox_of(company, server, "INBOX", port=free_port())
    waits = []
    for _failure in range(9):
        run(arrival)
        assert arrival.not_before is not None
        waits.append((arrival.not_before - NOW).total_seconds() / 60)
    assert waits == [5, 10, 20, 40, 80, 160, 320, 360, 360]
    Arrival.objects.filter(pk=arrival.pk).update(port=server.port)
    run(arrival)
    assert (arrival.failures, arrival.not_before, arrival.last_problem) == (0, NOW + arrivals.PAUSE, "")


def test_a_fault_of_ours_is_said_and_the_claim_given_back(
    company: Company, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "_fetch_mails", lambda *_given: 1 / 0)
    arrival = mailbox_of(company, server, "INBOX")
    with pytest.raises(ZeroDivisionError):
        arrivals.fetch(arrival.pk, now=NOW)
    arrival.refresh_from_db()
    assert "fault of Pilothouse" in arrival.last_problem
    assert arrival.claimed_until is None


# --- passwords --------------------------------------------------------------------------------------------------


def test_a_sealed_password_is_readable_only_with_its_key(settings: Settings) -> None:
    sealed = seal("geheim é")
    assert "geheim" not in sealed
    assert unseal(sealed) == "geheim é"
    assert seal("geheim é") != sealed
    settings.SECRET_KEY = "another one"
    with pytest.raises(SealBroken):
        unseal(sealed)
    with pytest.raises(SealBroken):
        unseal("not sealed at all")


def test_no_password_is_shown_where_an_access_is_printed() -> None:
    assert "geheim" not in repr(mailbox.Access("h", 993, "tls", "u", "geheim"))


# --- whose turn it is -------------------------------------------------------------------------------------------


def test_what_is_asked_by_somebody_or_switched_off_is_left(company: Company, server: MailServer) -> None:
    busy = mailbox_of(company, server, "INBOX", claimed_until=NOW + timedelta(minutes=1))
    off = mailbox_of(company, server, "INBOX", enabled=False)
    assert arrivals.due(NOW) == []
    assert arrivals.fetch(busy.pk, now=NOW) is None
    assert arrivals.fetch(off.pk, now=NOW) is None
    assert arrivals.fetch(0, now=NOW) is None
    assert arrivals.due(NOW + timedelta(minutes=2)) == [busy.pk]  # its worker is gone


def test_what_the_clock_handed_out_twice_is_asked_once(company: Company, server: MailServer) -> None:
    arrival = mailbox_of(company, server, "INBOX")
    assert arrivals.fetch(arrival.pk, now=NOW) is not None
    assert arrivals.fetch(arrival.pk, now=NOW + timedelta(seconds=1)) is None
    assert arrivals.fetch(arrival.pk, now=NOW + timedelta(seconds=1), asked_for=True) is not None
    assert arrivals.due(NOW + timedelta(minutes=5)) == [arrival.pk]


def test_two_companies_have_their_own_memory(
    company: Company, other_company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1))
    for one in (company, other_company):
        assert run(mailbox_of(one, server, folder_name)).came == 1


# --- a watched folder -------------------------------------------------------------------------------------------


@pytest.fixture
def place(tmp_path_factory: pytest.TempPathFactory, settings: Settings) -> Path:
    """A folder below a place where folders may be watched."""
    outside = tmp_path_factory.mktemp("outside")
    settings.WATCH_ROOTS = [str(outside / "allowed")]
    folder = outside / "allowed" / "scans"
    folder.mkdir(parents=True)
    return folder


def folder_of(company: Company, folder: Path | str) -> Arrival:
    made: Arrival = Arrival.objects.create(company=company, kind="folder", folder=str(folder))
    return made


def put(path: Path, content: bytes, *, seconds_ago: float = 60) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    then = NOW.timestamp() - seconds_ago
    os.utime(path, (then, then))
    return path


def test_new_files_come_in_once(company: Company, place: Path) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV", "F-1"))
    put(place / "may" / "b.xml", bill("Wolkenrijk BV", "F-2"))
    arrival = folder_of(company, place)
    assert run(arrival).came == 2
    assert run(arrival) == Fetched()
    (batch,) = Import.objects.of(company)
    assert (batch.origin, set(batch.files.values_list("name", flat=True))) == (
        "folder",
        {"a.xml", "may/b.xml"},
    )
    put(place / "c.xml", bill("Wolkenrijk BV", "F-3"))
    assert run(arrival).came == 1
    assert numbers_of(company) == {"F-1", "F-2", "F-3"}


def test_a_file_that_was_renamed_or_taken_back_does_not_come_again(company: Company, place: Path) -> None:
    path = put(place / "a.xml", bill("Wolkenrijk BV"))
    arrival = folder_of(company, place)
    (batch,) = run(arrival).imports
    path.rename(place / "b.xml")
    Import.objects.filter(pk=batch).update(undone_in_id=Import.objects.get(pk=batch).review_id)
    assert run(arrival).came == 0


def test_a_file_that_changed_comes_in_as_it_is_now(company: Company, place: Path) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV", "F-1"))
    arrival = folder_of(company, place)
    run(arrival)
    put(place / "a.xml", bill("Wolkenrijk BV", "F-22"), seconds_ago=30)
    assert run(arrival).came == 1
    assert numbers_of(company) == {"F-1", "F-22"}


def test_a_file_that_is_still_written_waits_for_the_next_run(company: Company, place: Path) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV"), seconds_ago=3)
    put(place / "b.xml", bill("Zeeblik BV"), seconds_ago=-600)  # the clock of a network drive is ahead
    arrival = folder_of(company, place)
    assert run(arrival).came == 0
    assert arrival.last_note.startswith("2 files still being written")
    assert run(arrival, NOW + timedelta(minutes=5)).came == 1
    assert run(arrival, NOW + timedelta(minutes=15)).came == 1


def test_a_file_from_the_far_future_does_not_wait_for_ever(company: Company, place: Path) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV"), seconds_ago=-90_000)
    assert run(folder_of(company, place)).came == 1


def test_drafts_and_hidden_files_are_left(company: Company, place: Path) -> None:
    for name in (".hidden.xml", "~$ledger.xlsx", "a.xml.part", "b.tmp", ".git/c.xml"):
        put(place / name, b"x")
    os.mkfifo(place / "pipe")
    assert run(folder_of(company, place)) == Fetched()


def test_links_within_are_followed_and_links_that_lead_out_are_not(company: Company, place: Path) -> None:
    put(place.parent / "b" / "inside.xml", bill("Wolkenrijk BV"))
    outside = put(place.parents[1] / "secret.xml", bill("Geheim BV", "GEHEIM"))
    put(place / "real.xml", bill("Zeeblik BV", "F-9"))
    (place / "again.xml").symlink_to(place / "real.xml")
    (place / "out.xml").symlink_to(outside)
    (place / "up").symlink_to(place.parents[1], target_is_directory=True)
    (place / "gone.xml").symlink_to(place / "nothing")
    (place / "round.xml").symlink_to(place / "round.xml")
    arrival = folder_of(company, place)
    run(arrival)
    assert numbers_of(company) == {"F-9"}
    assert "2 files links that lead out" in arrival.last_note.replace("of the folder", "")


def test_a_folder_that_is_itself_a_link_out_of_the_place_is_refused(company: Company, place: Path) -> None:
    elsewhere = place.parents[1] / "elsewhere"
    put(elsewhere / "a.xml", bill("Geheim BV"))
    (place.parent / "link").symlink_to(elsewhere, target_is_directory=True)
    for folder in (place.parent / "link", place / ".." / ".." / "elsewhere", elsewhere):
        assert "not below a place" in run(folder_of(company, folder)).problem
    assert not Import.objects.of(company).exists()


def test_a_file_that_became_a_link_since_it_was_seen_is_not_opened(company: Company, place: Path) -> None:
    outside = put(place.parents[1] / "secret.xml", b"x")
    path = put(place / "a.xml", b"y")
    (seen,) = watched_folder.look(place, now=NOW).files
    path.unlink()
    path.symlink_to(outside)
    with pytest.raises(PermissionError):
        watched_folder.open_file(seen, place)
    path.unlink()
    os.mkfifo(path)
    with pytest.raises(PermissionError):
        watched_folder.open_file(seen, place)


def test_without_an_allowed_place_no_folder_is_watched(
    company: Company, place: Path, settings: Settings
) -> None:
    settings.WATCH_ROOTS = []
    assert "PILOTHOUSE_WATCH_ROOTS" in run(folder_of(company, place)).problem


def test_a_place_of_another_company_is_not_ours(
    company: Company, other_company: Company, place: Path, settings: Settings
) -> None:
    settings.WATCH_ROOTS = [f"{company.slug}={place.parent}"]
    put(place / "a.xml", bill("Wolkenrijk BV"))
    assert run(folder_of(company, place)).came == 1
    assert run(folder_of(other_company, place)).problem


def test_the_data_of_pilothouse_itself_is_never_watched(company: Company, settings: Settings) -> None:
    home = Path(settings.HOME).resolve()
    settings.WATCH_ROOTS = ["/"]
    for folder in (home, home / "papers", home.parent):
        assert "data of Pilothouse itself" in run(folder_of(company, folder)).problem


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("gone", "is not there"),
        ("a.xml", "is not there"),
        ("\0", "cannot be a folder"),
        ("x" * 5000, "is not there"),
    ],
)
def test_a_folder_that_is_missing_is_said(company: Company, place: Path, folder: str, words: str) -> None:
    put(place / "a.xml", b"x")
    with pytest.raises(watched_folder.FolderClosed) as told:
        arrivals.check_folder(f"{place}/{folder}", company)
    assert words in told.value.words


def test_a_path_without_its_beginning_is_refused(company: Company, place: Path) -> None:
    with pytest.raises(watched_folder.FolderClosed, match="whole path"):
        arrivals.check_folder("scans", company)


def test_files_that_may_not_be_read_are_said_and_the_others_come_in(
    company: Company, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV", "F-1"))
    put(place / "b.xml", bill("Wolkenrijk BV", "F-2"))
    opened = watched_folder.open_file

    def refusing(found: watched_folder.Found, folder: Path) -> Any:
        if found.name == "a.xml":
            raise PermissionError(13, "Permission denied")
        return opened(found, folder)

    arrival = folder_of(company, place)
    with monkeypatch.context() as patched:
        patched.setattr(watched_folder, "open_file", refusing)
        assert run(arrival).came == 1
    assert arrival.last_note == "1 file not readable for Pilothouse: allow it to read them."
    assert run(arrival).came == 1
    assert numbers_of(company) == {"F-1", "F-2"}


def test_a_folder_run_takes_so_many_and_the_next_goes_on(
    company: Company, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_A_RUN", 3)
    monkeypatch.setattr(arrivals, "BATCH", 2)
    for number in range(5):
        put(place / f"{number}.xml", bill("Wolkenrijk BV", f"F-{number}"))
    arrival = folder_of(company, place)
    assert (run(arrival).came, len(run(arrival).imports)) == (3, 1)
    assert run(arrival).came == 0
    assert len(numbers_of(company)) == 5


def test_a_folder_run_takes_so_many_bytes_but_one_file_at_least(
    company: Company, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_BYTES_A_RUN", 10)
    for number in range(3):
        put(place / f"{number}.xml", bill("Wolkenrijk BV", f"F-{number}"))
    arrival = folder_of(company, place)
    assert [run(arrival).came for _run in range(4)] == [1, 1, 1, 0]


def test_only_so_many_files_are_looked_at(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watched_folder, "MOST_FILES", 2)
    for number in range(4):
        put(place / f"{number}.xml", b"x")
    seen = watched_folder.look(place, now=NOW)
    assert len(seen.files) == 2
    assert "Only the first 2" in seen.words


def test_a_name_in_no_alphabet_is_brought_too(company: Company, place: Path) -> None:
    put(Path(os.fsdecode(os.fsencode(place) + b"/caf\xe9.xml")), bill("Wolkenrijk BV"))
    put(place / ("x" * 200) / ("y" * 200) / ("z" * 200), b"too long a way")
    arrival = folder_of(company, place)
    assert run(arrival).came == 1
    assert arrival.last_note.startswith("1 file not readable")
    assert run(arrival).came == 0


# --- looking before ---------------------------------------------------------------------------------------------


def test_looking_into_a_mailbox_says_what_would_come_and_brings_nothing(
    company: Company, server: MailServer, folder_name: str
) -> None:
    server.put(folder_name, invoice_mail(1), invoice_mail(2))
    arrival = mailbox_of(company, server, folder_name)
    seen = arrivals.look(arrival, now=NOW)
    assert [item.name for item in seen.items] == ["2026-05-04 Invoice 1.eml", "2026-05-04 Invoice 2.eml"]
    assert (seen.number, seen.more, seen.problem) == (2, False, "")
    assert not Import.objects.of(company).exists()
    arrival.refresh_from_db()
    assert (arrival.last_uid, arrival.last_run_at) == (0, None)
    run(arrival)
    assert arrivals.look(arrival, now=NOW) == Preview([], 0)


def test_looking_into_a_folder_says_what_would_come_and_brings_nothing(company: Company, place: Path) -> None:
    put(place / "a.xml", bill("Wolkenrijk BV"))
    put(place / "b.xml", b"x", seconds_ago=1)
    arrival = folder_of(company, place)
    seen = arrivals.look(arrival, now=NOW)
    assert ([item.name for item in seen.items], seen.number) == (["a.xml"], 1)
    assert seen.note
    assert not Import.objects.of(company).exists()
    assert "not below" in arrivals.look(folder_of(company, "/etc"), now=NOW).problem


# --- odd mails --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"Subject: =?utf-8?q?Factuur_n=C2=B0_7/8?=\r\n", "Factuur n° 7-8.eml"),
        (b"Date: no day\r\nSubject: a\tb\x00c\r\n", "a b c.eml"),
        (b"Date: Mon, 04 May 2026 23:30:00 -0500\r\n", "2026-05-04.eml"),
        (b"\xff\xfe", "mail.eml"),
        (b"", "mail.eml"),
    ],
)
def test_a_mail_is_named_by_its_day_and_subject(head: bytes, name: str) -> None:
    assert arrivals._name_of(head + b"\r\n") == name
