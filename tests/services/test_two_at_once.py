"""Two imports, two people, one company, at the same moment: nothing is lost and nothing counts twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.intake.recognise import read_paper
from pilothouse.records.models import Import, Paper, Review, SourceFile, SpendLine
from pilothouse.services import decisions, intake, spend
from tests.conftest import TODAY, Person
from tests.services.installations import installation
from tests.services.small_papers import bill, bring, receive


def spent(company: Company) -> Decimal:
    found = spend.overview(company, today=TODAY)
    assert found is not None
    return found.all_spend.value.amount


def in_between(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], Any]) -> list[int]:
    """Do something right after the next review is worked out and before it is published; the numbers worked out."""
    work_out, numbers = spend.work_out, list[int]()

    def and_then(*given: Any, **more: Any) -> Review:
        review = work_out(*given, **more)
        numbers.append(review.number)
        if len(numbers) == 1:
            deed()
        return review

    monkeypatch.setattr(spend, "work_out", and_then)
    return numbers


def test_of_two_reviews_on_top_of_the_same_one_only_the_first_is_published(company: Company) -> None:
    first = bring(company, a__xml=bill("Wolkenrijk BV"))
    one, other = (spend.work_out(company, imports={first.pk}, today=TODAY) for _ in range(2))
    assert one.number == other.number == 2
    assert spend.publish(one)
    assert not spend.publish(other)
    assert spend.current(company) == one
    assert not Review.objects.filter(pk=other.pk).exists()
    assert not SpendLine.objects.filter(review_id=other.pk).exists()
    assert not spend.publish(one), "publishing once more changes nothing"


def test_an_import_published_while_another_is_worked_out_is_counted_with_it(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    slow = receive(company, b__xml=bill("Zeeblik BV", net="20"))
    quick = receive(company, c__xml=bill("Duinroos BV", net="3"))
    numbers = in_between(monkeypatch, lambda: intake.take_in(quick.pk, today=TODAY))
    intake.take_in(slow.pk, today=TODAY)
    assert numbers == [2, 2, 3], "the slow one is worked out again on top of the quick one"
    assert spent(company) == Decimal("123.00")
    assert Import.objects.of(company).seen().count() == 3
    assert Review.objects.of(company).filter(published_at__isnull=True).count() == 0


def test_an_import_undone_while_another_is_worked_out_stays_undone(
    company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    unwanted = bring(company, a__xml=bill("Wolkenrijk BV"))
    batch = receive(company, b__xml=bill("Zeeblik BV", net="20"))

    def undo() -> None:
        assert intake.ask_undo(unwanted, by=owner.user)
        intake.take_in(unwanted.pk, today=TODAY)

    in_between(monkeypatch, undo)
    intake.take_in(batch.pk, today=TODAY)
    assert spent(company) == Decimal("20.00")


def test_a_decision_made_while_an_import_is_worked_out_holds_in_what_is_published(
    company: Company, owner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(company, a__xml=bill("Strandwinkel BV", what="Strandstoelen"))
    line = SpendLine.objects.of(company).get()
    batch = receive(company, b__xml=bill("Zeeblik BV", what="Strandstoelen", net="20"))
    said = decisions.Said(line.vendor_key, "", True, "website_building")
    in_between(monkeypatch, lambda: decisions.decide(company, said, by=owner.user))
    intake.take_in(batch.pk, today=TODAY)
    found = spend.overview(company, today=TODAY)
    assert found is not None
    assert found.it_total.value.amount == Decimal("100.00")
    assert found.all_spend.value.amount == Decimal("120.00")


def test_two_workers_that_read_the_same_bytes_at_once_store_one_paper(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = receive(company, a__xml=bill("Wolkenrijk BV"))
    yours = receive(company, b__xml=bill("Wolkenrijk BV"))
    others = [yours]

    def while_another_reads(data: bytes, name: str) -> Any:
        while others:
            intake.take_in(others.pop().pk, today=TODAY)
        return read_paper(data, name)

    monkeypatch.setattr("pilothouse.services.reading.read_paper", while_another_reads)
    intake.take_in(mine.pk, today=TODAY)
    assert Paper.objects.of(company).count() == SourceFile.objects.of(company).count() == 1
    assert Import.objects.of(company).seen().count() == 2
    assert spent(company) == Decimal("100.00")


def test_two_people_upload_the_same_files_at_once_and_two_workers_take_them_in_at_once(
    tmp_path: Path,
) -> None:
    with installation(tmp_path) as both, ThreadPoolExecutor(2) as two:
        both.do("prepare")
        list(two.map(both.do, ("bring", "bring")))
        with installation(tmp_path, both) as alone:
            alone.do("take_in", 2)
            expected = alone.do("look")["said"]["seen"]
        worked = list(two.map(lambda batch: both.do("take_in", batch)["said"], (2, 3)))
        found = both.do("look")["said"]
    assert worked == [True, True]
    for name in ("lines", "papers"):
        assert found["seen"][name] == expected[name]
    assert found["seen"]["answer"]["figures"] == expected["answer"]["figures"]
    assert len(set(found["kept"]["papers"])) == len(found["kept"]["papers"])
    assert [state for state, *_ in found["kept"]["imports"]] == ["done"] * 3
    assert found["kept"]["half worked out"] == found["kept"]["lines nobody sees"] == 0
    assert found["seen"]["number"] == 3
