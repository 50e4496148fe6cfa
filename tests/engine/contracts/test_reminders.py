"""Reminders: the cases of `tests/cases/reminders`, and what must hold however seldom the job runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reminders import (
    MISSED_RULE,
    Kind,
    Mail,
    Matter,
    MissedDay,
    Need,
    Sign,
    Told,
    due_mails,
    find_missed,
    urgent_key,
)
from pilothouse.engine.money import Money
from pilothouse.knowledge.saying import say

FOLDER = Path(__file__).parents[2] / "cases" / "reminders"
DAY = timedelta(1)
Said = Mapping[str, Any]


def cases() -> Iterator[tuple[str, Said]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
            yield case["case"], case


CASES = dict(cases())


def run(
    matters: Iterable[Matter], days: Iterable[date], told: Mapping[str, Told], weekday: int = 0
) -> list[tuple[date, Mail]]:
    """The mails of these days, each run knowing what those before told."""
    found, kept, matters = [], dict(told), list(matters)
    for day in days:
        for mail in due_mails(matters, kept, today=day, weekday=weekday):
            before = kept.get(mail.person, Told())
            kept[mail.person] = replace(before, sent=before.sent | set(mail.tells))
            found.append((day, mail))
    return found


def days_of(span: Said) -> list[date]:
    return [span["from"] + DAY * n for n in range((span["to"] - span["from"]).days + 1)]


@pytest.mark.parametrize("name", CASES)
def test_who_is_told_of_what_on_which_day(name: str) -> None:
    case = CASES[name]
    given_ = [
        said | {"need": Need(said.get("need", "decide")), "people": tuple(said["people"])}
        for said in case["matters"]
    ]
    matters = [Matter(**said) for said in given_]
    unsure = {who: Told(unsure=frozenset(keys)) for who, keys in case.get("unsure", {}).items()}
    sent = run(matters, days_of(case["runs"]), unsure, case.get("weekday", 0))
    assert [
        {
            "day": day,
            "person": mail.person,
            "kind": str(mail.kind),
            "contracts": [one.contract for one in mail.matters],
        }
        for day, mail in sent
    ] == case["expect"]


def test_each_case_gives_its_reason() -> None:
    assert len(CASES) >= 15
    assert [name for name, case in CASES.items() if len(case["why"]) < 12] == []


# --- however seldom the job runs -------------------------------------------------------------------------------

FIRST = date(2026, 1, 1)
spans = st.integers(0, 40)
matters_of = st.lists(
    st.builds(
        lambda number, need, send, last, exit_, people, lead, urgent: Matter(
            f"c{number}", need, FIRST + DAY * (send + last + exit_), FIRST + DAY * (send + last), FIRST + DAY * send,
            people, lead, urgent,
        ),
        st.integers(0, 3), st.sampled_from(Need), st.integers(0, 250), st.integers(0, 10), st.integers(0, 90),
        st.lists(st.sampled_from(["ann", "bob"]), max_size=3).map(tuple), st.integers(1, 120), st.integers(1, 40),
    ),
    max_size=6,
    unique_by=lambda one: one.key,
)  # fmt: skip
running = st.lists(st.integers(0, 300), max_size=60, unique=True).map(
    lambda numbers: [FIRST + DAY * number for number in sorted(numbers)]
)


@given(matters_of, running, st.integers(0, 6))
def test_nothing_is_told_twice_however_the_job_runs(
    matters: list[Matter], days: list[date], weekday: int
) -> None:
    sent = run(matters, days, {}, weekday)
    for kind in Kind:
        own = [
            (mail.person, key)
            for _, mail in sent
            if mail.kind is kind
            for key in (mail.tells if kind is Kind.URGENT else mail.tells[:1])
        ]
        assert len(own) == len(set(own))
    for person in ("ann", "bob"):
        digests = [day for day, mail in sent if mail.person == person and mail.kind is Kind.DIGEST]
        weeks = [(day - FIRST + DAY * FIRST.weekday() - DAY * weekday).days // 7 for day in digests]
        assert len(weeks) == len(set(weeks))


@given(matters_of, running)
def test_who_runs_twice_a_day_sends_nothing_more(matters: list[Matter], days: list[date]) -> None:
    twice = [day for day in days for _ in range(2)]
    assert run(matters, twice, {}) == run(matters, days, {})


@given(matters_of, running)
def test_no_urgent_matter_that_is_open_goes_untold(matters: list[Matter], days: list[date]) -> None:
    sent = run(matters, days, {})
    for matter in matters:
        seen = [day for day in days if matter.is_urgent(day) and matter.is_open(day)]
        for person in set(matter.people):
            told = [
                day
                for day, mail in sent
                if mail.person == person and mail.kind is Kind.URGENT and matter in mail.matters
            ]
            assert told == seen[:1]


@given(matters_of, running)
def test_each_matter_within_its_lead_time_has_stood_in_a_mail(
    matters: list[Matter], days: list[date]
) -> None:
    for number, today in enumerate(days):
        monday = today - DAY * today.weekday()
        sent = run(matters, days[: number + 1], {})
        for matter in matters:
            if matter.is_open(today) and matter.step(monday) is not None:
                told = {mail.person for _, mail in sent if matter in mail.matters}
                assert told == set(matter.people)


@given(matters_of, running)
def test_what_is_past_is_in_no_mail_and_no_mail_is_empty(matters: list[Matter], days: list[date]) -> None:
    for day, mail in run(matters, days, {}):
        assert mail.matters
        assert all(matter.is_open(day) and mail.person in matter.people for matter in mail.matters)


def test_a_day_that_was_corrected_is_told_anew() -> None:
    wrong = Matter("c1", Need.DECIDE, date(2026, 12, 31), date(2026, 11, 30), date(2026, 11, 30), ("ann",))
    right = replace(wrong, last_day=date(2026, 11, 20), send_by=date(2026, 11, 20))
    told = {"ann": Told(frozenset({urgent_key(wrong)}))}
    assert due_mails([wrong], told, today=date(2026, 11, 17)) == ()
    [mail] = due_mails([right], told, today=date(2026, 11, 17))
    assert mail.kind is Kind.URGENT


# --- what a missed day costs -------------------------------------------------------------------------------------

MISSED = MissedDay(
    "7", "Hosting", "Elders NV", date(2026, 9, 30), date(2029, 12, 31),
    Money(Decimal("36000.00")), Money(Decimal("12000.00")), "contract.pdf", "page 3",
)  # fmt: skip


def test_a_missed_day_is_a_finding_with_its_price() -> None:
    [finding] = find_missed([MISSED])
    assert finding.rule == MISSED_RULE
    assert finding.worth_a_year == Money(Decimal("12000.00"))
    assert say(finding.title).replace("\N{NO-BREAK SPACE}", " ") == (
        "Hosting: the last day for notice, 30 September 2026, went by and nobody decided, so it goes on until "
        "31 December 2029 and commits EUR 36 000.00. Ask Elders NV anyway to let you go or for a better price."
    )
    [because] = finding.because
    assert getattr(because, "place", "") == "page 3"


@pytest.mark.parametrize(
    ("change", "says", "worth"),
    [
        ({"commits": None}, "so it goes on until 31 December 2029. Ask", None),
        ({"renews_until": None, "commits": None}, "nobody decided. Ask", None),
        ({"yearly_cost": None}, "commits EUR", "36000.00"),
        ({"commits": Money(Decimal("300.00"))}, "commits EUR 300.00", "300.00"),
    ],
)
def test_what_is_not_known_is_not_said(change: dict[str, Any], says: str, worth: str | None) -> None:
    [finding] = find_missed([replace(MISSED, **change)])
    assert says in say(finding.title)
    assert finding.worth_a_year == (None if worth is None else Money(Decimal(worth)))


def test_a_missed_day_without_a_paper_rests_on_the_record() -> None:
    [finding] = find_missed([replace(MISSED, source="", place="")])
    assert getattr(finding.because[0], "source", "") == "Hosting"


# --- signs ----------------------------------------------------------------------------------------------------------


def test_a_sign_is_told_once_to_each_and_with_the_weeks_digest() -> None:
    sign, monday = Sign("sign/1", ("ann", "bob", "ann")), date(2026, 1, 12)
    first = due_mails([], {}, today=monday, signs=[sign])
    assert [(mail.person, mail.kind, mail.signs) for mail in first] == [
        ("ann", Kind.DIGEST, (sign,)),
        ("bob", Kind.DIGEST, (sign,)),
    ]
    told = {mail.person: Told(frozenset(mail.tells)) for mail in first}
    assert due_mails([], told, today=monday + 7 * DAY, signs=[sign]) == ()
    other = Sign("sign/2", ("ann",))
    assert due_mails([], told, today=monday + 2 * DAY, signs=[sign, other]) == ()  # the week's mail went out
    [next_week] = due_mails([], told, today=monday + 7 * DAY, signs=[sign, other])
    assert next_week.signs == (other,)


def test_a_sign_of_a_mail_that_may_be_lost_is_told_again() -> None:
    monday = date(2026, 1, 12)
    told = {"ann": Told(unsure=frozenset({f"digest/{monday}"}))}
    sign = Sign("sign/1", ("ann",))
    assert due_mails([], told, today=monday, signs=[sign]) == ()
    assert due_mails([], told, today=monday + 7 * DAY, signs=[sign])
