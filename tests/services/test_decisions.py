"""What people decide is followed inside the review that is shown, and comes out as a review worked out anew would."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import Review, SetAside, SpendCell, SpendDecision, SpendLine
from pilothouse.services import decisions, spend
from tests.conftest import TODAY, Person
from tests.services.conftest import Sample
from tests.services.small_papers import bill, bring

pytestmark = pytest.mark.django_db

LINE = (
    "key", "vendor_key", "it", "would_say", "confidence", "purpose", "function", "confirmed", "because", "said_by",
    "department", "run_or_change", "capital", "cost", "counting",
)  # fmt: skip
CELL = (
    "basis", "month", "vendor_key", "vendor_name", "purpose", "category", "department", "run_or_change", "capital",
    "kind", "it", "currency", "estimated", "confirmed", "cost", "paid", "lines",
)  # fmt: skip


def shown(company: Company) -> Review:
    found = spend.current(company)
    assert found is not None
    return found


def said_by(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    return sorted(map(str, rows))


def lines_of(review: Review) -> list[str]:
    return said_by(SpendLine.objects.of(review.company).filter(review=review).values_list(*LINE))


def cells_of(review: Review) -> list[str]:
    return said_by(SpendCell.objects.of(review.company).filter(review=review).values_list(*CELL))


def check_against_a_new_review(company: Company) -> None:
    """What is shown is what the engine says of all papers and decisions together."""
    followed = shown(company)
    lines, cells = lines_of(followed), cells_of(followed)
    spend.look_again(company, today=followed.today)
    anew = shown(company)
    assert anew.number == followed.number + 1
    assert lines == lines_of(anew)
    assert cells == cells_of(anew)
    assert followed.answer == anew.answer
    assert followed.decisions == anew.decisions


def test_decisions_come_out_as_if_all_had_been_worked_out_anew(sampled: Sample) -> None:
    company, owner = sampled.company, sampled.owner
    line = SpendLine.objects.of(company).filter(review=shown(company), counting="counts", it="yes").first()
    assert line is not None
    first, second = (part["key"] for part in shown(company).answer["parts"]["unsure_vendors"][:2])
    assert decisions.decide(company, decisions.Said(first, "", True, "website_building"), by=owner).kept
    check_against_a_new_review(company)
    assert decisions.decide(company, decisions.Said(second, "", False), by=owner).kept
    of_line = decisions.decide(
        company, decisions.Said(line.vendor_key, line.line_print, False), by=owner
    ).kept
    assert of_line is not None
    check_against_a_new_review(company)
    booked = decisions.Said(
        second, "", True, department="Workshop", run_or_change="change", capital=True, in_full=True
    )
    assert decisions.decide(company, booked, by=owner).kept
    check_against_a_new_review(company)
    assert decisions.withdraw(of_line, by=owner)
    check_against_a_new_review(company)


def test_saying_the_same_again_keeps_what_was_said(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    said = decisions.Said(SpendLine.objects.of(company).get().vendor_key, "", True, "website_building")
    once = decisions.decide(company, said, by=owner.user)
    again = decisions.decide(company, said, by=owner.user)
    assert once.kept == again.kept
    assert SpendDecision.objects.of(company).count() == 1
    assert shown(company).revision == 1


def test_a_decision_on_what_somebody_decided_meanwhile_waits_until_it_is_seen(
    company: Company, owner: Person, editor: Person
) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    key = SpendLine.objects.of(company).get().vendor_key
    mine = decisions.decide(company, decisions.Said(key, "", True, "website_building", seen=0), by=owner.user)
    theirs = decisions.decide(company, decisions.Said(key, "", False, seen=0), by=editor.user)
    assert (theirs.kept, theirs.against) == (None, mine.kept)
    assert SpendLine.objects.of(company).get().it == "yes"
    assert mine.kept is not None
    seen = decisions.Said(key, "", False, seen=mine.kept.pk)
    knowing = decisions.decide(company, seen, by=editor.user)
    assert knowing.kept is not None
    assert knowing.instead_of == mine.kept
    assert SpendLine.objects.of(company).get().it == "no"
    assert SpendDecision.objects.of(company).count() == 2, "the earlier one stays as history"


def test_taking_back_twice_changes_nothing(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    key = SpendLine.objects.of(company).get().vendor_key
    kept = decisions.decide(company, decisions.Said(key, "", True), by=owner.user).kept
    assert kept is not None
    assert decisions.withdraw(kept, by=owner.user)
    assert not decisions.withdraw(kept, by=owner.user)
    assert shown(company).revision == 2
    kept.refresh_from_db()
    assert kept.withdrawn_by == owner.user


def test_what_is_decided_is_set_aside_no_more(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    line = SpendLine.objects.of(company).get()
    SetAside.objects.create(company=company, vendor_key=line.vendor_key, line_print=line.line_print)
    SetAside.objects.create(company=company, vendor_key="name:other", line_print="")
    decisions.decide(company, decisions.Said(line.vendor_key, "", False), by=owner.user)
    assert [aside.vendor_key for aside in SetAside.objects.of(company)] == ["name:other"]


def test_a_review_of_older_rules_is_worked_out_anew(company: Company) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    before = shown(company)
    spend.review_stale(today=TODAY)
    assert shown(company) == before
    Review.objects.filter(pk=before.pk).update(rule_set="spend@2025-01")
    SpendCell.objects.of(company).delete()
    spend.review_stale(today=TODAY)
    assert shown(company).number == before.number + 1
    assert SpendCell.objects.of(company).filter(review=shown(company)).exists()


def test_what_nobody_was_asked_about_goes_on_as_it_was_said(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Webhosting"))
    line = SpendLine.objects.of(company).get()
    key = line.vendor_key
    booked = decisions.Said(
        key,
        "",
        True,
        "web_hosting",
        department="Workshop",
        run_or_change="change",
        capital=True,
        in_full=True,
    )
    decisions.decide(company, booked, by=owner.user)
    assert decisions.departments_in_use(company) == ["Workshop"]
    decisions.decide(company, decisions.Said(key, "", True, "website_building"), by=owner.user)
    decisions.decide(company, decisions.Said(key, line.line_print, True, "domain_names"), by=owner.user)
    line.refresh_from_db()
    assert (line.purpose, line.department, line.run_or_change, line.capital) == (
        "domain_names", "Workshop", "change", True,
    )  # fmt: skip
    of_vendor = decisions.latest_on_vendor(company, key)
    assert of_vendor is not None
    assert (of_vendor.purpose, of_vendor.department) == ("website_building", "Workshop")
    cleared = decisions.Said(key, line.line_print, True, "domain_names", in_full=True)
    decisions.decide(company, cleared, by=owner.user)
    line.refresh_from_db()
    assert (line.department, line.run_or_change, line.capital) == ("", "run", False)
    assert decisions.departments_in_use(company) == []
