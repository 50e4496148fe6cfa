"""Reminders against a real mail server: what is sent, once, and what becomes of it when the server refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from pilothouse.accounts.models import Company, Membership, Role, User
from pilothouse.jobs import tasks
from pilothouse.records.models import Contract, ContractDecision, ReminderSent
from pilothouse.services import contracts, reminders
from tests.conftest import Person
from tests.house_rules.queries import queries_in
from tests.services.smtp_server import Letters, smtp_server, words_of

# The worked example: three years from 1 June 2023, tacit by a year, three months' notice by e-mail.
EARLY = datetime(2026, 1, 10, 9, tzinfo=UTC)  # a Saturday; send by 27 February
MONDAY = datetime(2026, 1, 12, 9, tzinfo=UTC)
URGENT = datetime(2026, 2, 13, 9, tzinfo=UTC)  # a Friday, fourteen days before
PAST = datetime(2026, 3, 3, 9, tzinfo=UTC)


@pytest.fixture
def letters(settings: Settings) -> Iterator[Letters]:
    with smtp_server() as server:
        use(settings, server)
        yield server


def use(settings: Any, server: Letters) -> None:
    settings.EMAIL_CONFIG = "smtp://127.0.0.1"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    settings.ADDRESS = "https://it.example.com"
    settings.DEFAULT_FROM_EMAIL = "pilothouse@it.example.com"


def kept(company: Company, by: User, **columns: object) -> Contract:
    agreed: dict[str, object] = {
        "name": "IT-beheer",
        "vendor_name": "Elders NV",
        "start": date(2023, 6, 1),
        "initial_term": "P36M",
        "renewal_mode": "tacit",
        "renewal_term": "P12M",
        "notice_length": "P3M",
        "yearly_cost": Decimal(12_000),
        "responsible": by,
    }
    return contracts.save(Contract(company=company, **{**agreed, **columns}), [], by=by, today=EARLY.date())


def member(company: Company, name: str, role: Role = Role.EDITOR, **columns: Any) -> User:
    user = User.objects.create_user(f"{name}@pilothouse.example", name=name.title(), **columns)
    Membership.objects.create(company=company, user=user, role=role)
    return user


def decide(contract: Contract, kind: str, by: User, when: datetime) -> ContractDecision:
    contract.refresh_from_db()
    assert contract.exit_day is not None
    made = ContractDecision(kind=kind, reason="So be it", exit_day=contract.exit_day)
    return contracts.decide(contract, made, by=by, today=when.date()).decision


def subjects(letters: Letters) -> list[str]:
    return [str(letter["Subject"]) for letter in letters.taken]


# --- what is sent --------------------------------------------------------------------------------------------------


def test_a_year_of_runs_sends_three_mails_and_the_word_on_the_missed_day(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, owner.user)
    sent = {}
    for day in range(200):
        now = datetime(2025, 11, 1, 9, tzinfo=UTC) + timedelta(days=day)
        before = len(letters.taken)
        reminders.send_due(now)
        if len(letters.taken) > before:
            sent[now.date()] = subjects(letters)[before:]
    assert sent == {
        date(2025, 12, 1): ["Decide by 27 Feb 2026: IT-beheer"],
        date(2026, 2, 2): ["Decide by 27 Feb 2026: IT-beheer"],
        date(2026, 2, 13): ["Decide by 27 Feb 2026: IT-beheer"],
        date(2026, 3, 1): ["IT-beheer: nobody decided in time"],
    }


def test_an_urgent_mail_says_in_plain_words_what_to_do_and_what_it_costs_not_to(
    letters: Letters, company: Company, owner: Person
) -> None:
    contract = kept(company, owner.user, proposed=["notice_length"])
    assert reminders.send_due(URGENT) == 1
    [letter] = letters.taken
    page = f"https://it.example.com/c/bakkerij/contracts/{contract.pk}/"
    assert letters.to == [["owner@pilothouse.example"]]
    assert letter["From"] == "pilothouse@it.example.com"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["List-Unsubscribe"] == "<https://it.example.com/me/>"
    for kind in ("plain", "html"):
        said = " ".join(words_of(letter, kind).split())
        assert "One thing has to be decided now." in said
        assert "Decide by 27 Feb 2026: until then a notice is in time to end it on 31 May 2026." in said
        assert "14 days are left. The last day for it to be there is 28 Feb 2026." in said
        assert "If nobody acts, it goes on until 31 May 2027 and commits € 12 000." in said
        assert "We read these dates, please confirm them." in said
        assert said.count(page) >= 2
        assert "https://it.example.com/me/" in said
    assert f'<a href="{page}">' in words_of(letter, "html")


def test_who_decides_and_who_deputises_are_told_as_such(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, member(company, "ann"), deputy=member(company, "bob"))
    assert reminders.send_due(URGENT) == 2
    said = {to: words_of(letter) for letter, [to] in zip(letters.taken, letters.to, strict=True)}
    assert said.keys() == {"ann@pilothouse.example", "bob@pilothouse.example"}
    assert "you deputise" not in said["ann@pilothouse.example"]
    assert "Ann decides; you deputise." in said["bob@pilothouse.example"]


@pytest.mark.parametrize(
    ("who", "says"),
    [("nobody", "Nobody is named who decides"), ("left", "Ann decides, and gets no such mails: pass it on.")],
)
def test_where_nobody_can_be_told_the_owner_is(
    letters: Letters, company: Company, owner: Person, editor: Person, who: str, says: str
) -> None:
    ann = member(company, "ann")
    kept(company, owner.user, responsible=None if who == "nobody" else ann)
    Membership.objects.filter(user=ann).delete()
    assert reminders.send_due(URGENT) == 1
    assert letters.to == [["owner@pilothouse.example"]]
    assert says in words_of(letters.taken[0])


def test_several_contracts_are_one_mail_and_several_companies_one_digest(
    letters: Letters, company: Company, other_company: Company, owner: Person
) -> None:
    Membership.objects.create(company=other_company, user=owner.user, role=Role.READER)
    kept(company, owner.user)
    kept(company, owner.user, name="Telefonie")
    kept(other_company, owner.user, name="Hosting")
    assert reminders.send_due(MONDAY) == 1
    said = words_of(letters.taken[0])
    assert subjects(letters) == ["3 contracts to look at, first IT-beheer"]
    assert "* Hosting (Elders NV), Garage Elders NV" in said
    assert "* Telefonie (Elders NV), Bakkerij Voorbeeld BV" in said
    assert "\nhttps://it.example.com/\n" in said
    assert reminders.send_due(URGENT) == 1
    assert subjects(letters)[1] == "3 contracts need you, the first by 27 Feb 2026"
    assert ReminderSent.objects.of(company).filter(key__startswith="urgent").count() == 2
    assert ReminderSent.objects.of(other_company).filter(key__startswith="urgent").count() == 1


def test_two_contracts_of_one_company_lead_to_its_calendar(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, owner.user)
    kept(company, owner.user, name="Telefonie")
    reminders.send_due(URGENT)
    assert "\nhttps://it.example.com/c/bakkerij/contracts/\n" in words_of(letters.taken[0])


def test_what_can_still_be_done_comes_before_what_was_missed(
    letters: Letters, company: Company, owner: Person
) -> None:
    for name in ("IT-beheer", "Telefonie"):
        kept(company, owner.user, name=name, start=date(2023, 2, 1))
    kept(company, owner.user, name="Hosting")
    assert reminders.send_due(MONDAY) == 1
    assert subjects(letters) == ["3 contracts to look at, first Hosting"]
    said = words_of(letters.taken[0])
    assert (
        said.index("* Hosting") < said.index("Of 2 contracts nobody decided in time:") < said.index("* IT-")
    )
    assert "open this page and say what you decide" in said


def test_names_are_words_and_never_headers_or_markup(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, owner.user, name="<b>Beheer</b>\nBcc: all@example.com & zo")
    reminders.send_due(URGENT)
    [letter] = letters.taken
    assert letter["Bcc"] is None
    assert str(letter["Subject"]).endswith("<b>Beheer</b> Bcc: all@example.com & zo")
    assert "<b>Beheer</b>" in words_of(letter)
    assert "<b>Beheer" not in words_of(letter, "html")


# --- what is not sent ------------------------------------------------------------------------------------------------


def test_who_renegotiates_is_told_once_that_the_day_still_stands(
    letters: Letters, company: Company, owner: Person
) -> None:
    decide(kept(company, owner.user), "renegotiate", owner.user, EARLY)
    sent = [day for day in range(90) if reminders.send_due(EARLY + timedelta(days=day))]
    assert [EARLY + timedelta(days=day) for day in sent] == [URGENT]
    assert subjects(letters) == ["Agreed by 27 Feb 2026? IT-beheer"]
    assert (
        "You wanted new terms. If nothing is agreed in writing by 27 Feb 2026, that is the day to send a notice, "
        "so that it ends on 31 May 2026."
    ) in words_of(letters.taken[0])


def test_new_terms_for_a_contract_nobody_can_count_are_nobodys_day(
    letters: Letters, company: Company, owner: Person
) -> None:
    decide(kept(company, owner.user, notice_length=""), "renegotiate", owner.user, EARLY)
    assert reminders.send_due(URGENT) == 0


def test_what_was_decided_comes_up_no_more(letters: Letters, company: Company, owner: Person) -> None:
    decide(kept(company, owner.user), "renew", owner.user, EARLY)
    for day in range(60):
        assert reminders.send_due(EARLY + timedelta(days=day)) == 0


def test_a_notice_that_was_decided_comes_up_until_it_is_sent(
    letters: Letters, company: Company, owner: Person
) -> None:
    decision = decide(kept(company, owner.user), "cancel", owner.user, EARLY)
    assert reminders.send_due(URGENT) == 1
    assert subjects(letters) == ["Send the notice by 27 Feb 2026: IT-beheer"]
    assert "It is decided to end it on 31 May 2026. Send the notice by 27 Feb 2026" in words_of(
        letters.taken[0]
    )
    contracts.say_sent(decision, sent_on=date(2026, 2, 13), sent_by="email", proof="read receipt")
    for day in range(120):
        assert reminders.send_due(URGENT + timedelta(days=day)) == 0


def test_a_notice_that_was_never_sent_is_a_missed_day(
    letters: Letters, company: Company, owner: Person
) -> None:
    decide(kept(company, owner.user), "cancel", owner.user, EARLY)
    assert reminders.send_due(PAST) == 1
    assert subjects(letters) == ["IT-beheer: nobody decided in time"]
    said = words_of(letters.taken[0])
    assert (
        "IT-beheer: the last day for notice, 28 February 2026, went by and nobody decided, so it goes on until "
        "31 May 2027 and commits EUR 12 000.00. Ask Elders NV anyway to let you go or for a better price."
    ) in said
    assert "ask them this week" in said
    for day in range(1, 120):
        assert reminders.send_due(PAST + timedelta(days=day)) == 0


def test_a_notice_for_a_contract_nobody_can_count_is_urgent_until_it_is_sent(
    letters: Letters, company: Company, owner: Person
) -> None:
    contract = kept(company, owner.user, notice_length="")
    decide(contract, "cancel", owner.user, EARLY)
    ContractDecision.objects.update(created_at=EARLY)
    assert reminders.send_due(URGENT) == 1
    assert subjects(letters) == ["Send the notice by 10 Jan 2026: IT-beheer"]


@pytest.mark.parametrize("why", ["switched off", "gone", "guest", "put away", "made up", "unknown", "other"])
def test_nobody_is_told_who_should_not_be(
    letters: Letters, company: Company, owner: Person, other_company: Company, why: str
) -> None:
    contract = kept(company, owner.user)
    change: dict[str, Callable[[], object]] = {
        "switched off": lambda: User.objects.update(mails_on_contracts=False),
        "gone": lambda: User.objects.update(is_active=False),
        "guest": lambda: Membership.objects.update(role=Role.GUEST),
        "put away": lambda: contracts.put_away(contract, by=owner.user, away=True),
        "made up": lambda: Company.objects.update(is_sample=True),
        "unknown": lambda: Contract.objects.update(start=None, worked_out_on=None),
        "other": lambda: Membership.objects.update(company=other_company),
    }
    change[why]()
    assert reminders.send_due(URGENT) == 0
    assert letters.taken == []


def test_the_night_is_quiet_and_so_is_an_installation_without_a_mail_server(
    letters: Letters, company: Company, owner: Person, settings: Settings
) -> None:
    kept(company, owner.user)
    assert reminders.send_due(URGENT.replace(hour=4)) == 0
    settings.EMAIL_CONFIG = ""
    assert reminders.send_due(URGENT) == 0
    assert not ReminderSent.objects.of(company).exists()


# --- once ---------------------------------------------------------------------------------------------------------


def test_a_mail_is_noted_before_and_after_it_is_sent(
    letters: Letters, company: Company, owner: Person
) -> None:
    contract = kept(company, owner.user)
    assert [reminders.send_due(URGENT) for _ in range(3)] == [1, 0, 0]
    [row] = ReminderSent.objects.of(company)
    assert row.key == "urgent/decide/" + f"{contract.pk}/2026-05-31/2026-02-27"
    assert row.contract == contract
    assert row.sent_at is not None


def test_what_the_server_refuses_is_sent_with_the_next_run(
    letters: Letters, company: Company, owner: Person
) -> None:
    kept(company, owner.user)
    kept(company, member(company, "ann"), name="Telefonie")
    letters.answer = "451 come back later"
    assert reminders.send_due(URGENT) == 0
    assert [row.content["state"] for row in ReminderSent.objects.of(company)] == ["refused"]
    letters.answer = "250 OK"
    assert reminders.send_due(URGENT + timedelta(hours=1)) == 2
    assert reminders.send_due(URGENT + timedelta(hours=2)) == 0
    assert len(letters.taken) == 2


def test_a_server_that_is_not_there_costs_no_mail(
    letters: Letters, company: Company, owner: Person, settings: Settings
) -> None:
    kept(company, owner.user)
    settings.EMAIL_PORT = 1
    assert reminders.send_due(MONDAY) == 0
    settings.EMAIL_PORT = letters.port
    assert reminders.send_due(MONDAY + timedelta(hours=1)) == 1


def test_a_job_killed_while_a_mail_is_under_way_sends_it_once(
    letters: Letters, company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(company, owner.user)

    def killed(*_given: object, **_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMultiAlternatives.send", killed)
        with pytest.raises(KeyboardInterrupt):
            reminders.send_due(URGENT)
    for minutes in (1, 5, 60, 600):
        assert reminders.send_due(URGENT + timedelta(minutes=minutes)) == (1 if minutes == 60 else 0)
    assert subjects(letters) == ["Decide by 27 Feb 2026: IT-beheer"], "the digest makes it good"
    assert "comes nearer" in words_of(letters.taken[0])


def test_of_two_jobs_that_saw_the_same_only_one_sends(
    letters: Letters, company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(company, owner.user)
    seen = reminders.due(URGENT)
    monkeypatch.setattr(reminders, "due", lambda now: seen)
    assert [reminders.send_due(URGENT), reminders.send_due(URGENT)] == [1, 0]


def test_of_two_jobs_that_saw_the_same_refusal_only_one_sends_again(
    letters: Letters, company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(company, owner.user)
    letters.answer = "451 come back later"
    reminders.send_due(MONDAY)
    letters.answer = "250 OK"
    seen = reminders.due(MONDAY)
    monkeypatch.setattr(reminders, "due", lambda now: seen)
    assert [reminders.send_due(MONDAY), reminders.send_due(MONDAY)] == [1, 0]


# --- the job ---------------------------------------------------------------------------------------------------------


def test_the_worker_sends_what_is_due(
    letters: Letters, company: Company, owner: Person, settings: Settings
) -> None:
    settings.REMINDER_HOUR = 0
    today = datetime.now(UTC).date()
    contract = kept(
        company, owner.user, start=today - timedelta(days=360), initial_term="P1Y", notice_length="P1D"
    )
    contracts.work_out(contract, today=today)
    tasks.remind()
    assert len(letters.taken) == 1


def test_many_contracts_ask_no_more_questions(company: Company, owner: Person) -> None:
    kept(company, owner.user)
    reminders.due(URGENT)
    one = queries_in(lambda: reminders.due(URGENT))
    for number in range(20):
        kept(company, owner.user, name=f"Contract {number}")
    contracts.bring_up_to_date(company, today=URGENT.date())
    assert queries_in(lambda: reminders.due(URGENT)) == one


@pytest.mark.parametrize(
    ("language", "subject", "greets", "follows"),
    [
        ("fr", "À décider au plus tard le 27 févr. 2026", "Bonjour Owner,", "vous engage pour"),
        ("nl", "Beslis uiterlijk op 27 feb 2026", "Dag Owner,", "Als niemand iets doet"),
        ("en-gb", "Decide by 27 Feb 2026", "Hello Owner,", "If nobody acts"),
        ("xx", "Decide by 27 Feb 2026", "Hello Owner,", "If nobody acts"),
    ],
)
def test_a_mail_speaks_the_language_of_who_gets_it(
    letters: Letters,
    company: Company,
    owner: Person,
    language: str,
    subject: str,
    greets: str,
    follows: str,
) -> None:
    User.objects.filter(pk=owner.user.pk).update(language=language, name="Owner")
    kept(company, owner.user)
    assert reminders.send_due(URGENT) == 1
    [letter] = letters.taken
    assert " ".join(str(letter["Subject"]).replace("\N{NO-BREAK SPACE}", " ").split()).startswith(subject)
    for said in (words_of(letter), words_of(letter, "html")):
        assert greets in said
        assert follows in said


@pytest.mark.parametrize(
    ("language", "day", "sum_"),
    [("fr", "1er mars 2026", "12 000,00 EUR"), ("nl", "1 maart 2026", "EUR 12.000,00")],
)
def test_a_missed_day_is_said_in_the_same_language(
    letters: Letters, company: Company, owner: Person, language: str, day: str, sum_: str
) -> None:
    User.objects.filter(pk=owner.user.pk).update(language=language)
    kept(company, owner.user, start=date(2023, 6, 2))
    reminders.send_due(datetime(2026, 3, 9, 9, tzinfo=UTC))
    [letter] = letters.taken
    for said in (words_of(letter), words_of(letter, "html")):
        assert day in said
        assert sum_ in said


def test_the_language_is_chosen_on_ones_own_page(owner: Person) -> None:
    page = reverse("own_settings")
    assert owner.client.post(page, {"name": "Owner", "language": "nl"}).status_code == 302
    owner.user.refresh_from_db()
    assert owner.user.language == "nl"
    assert owner.client.post(page, {"name": "Owner", "language": "tlh"}).status_code == 200
    owner.user.refresh_from_db()
    assert owner.user.language == "nl"


def test_who_wants_no_mails_says_so_on_their_own_page(owner: Person, anonymous: Client) -> None:
    page = reverse("own_settings")
    assert owner.client.post(page, {"name": "Owner"}).status_code == 302
    owner.user.refresh_from_db()
    assert not owner.user.mails_on_contracts
    owner.client.post(page, {"name": "Owner", "mails_on_contracts": "on"})
    owner.user.refresh_from_db()
    assert owner.user.mails_on_contracts
