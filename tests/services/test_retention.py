"""What is past its time goes for good: papers, lines, bytes, names; the rest stays as it was."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.records.models import (
    Contract,
    ContractDecision,
    HandlingOfPapers,
    Import,
    ImportFile,
    Paper,
    Report,
    SourceFile,
    SpendLine,
)
from pilothouse.services import companies, retention, spend
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring, undo

pytestmark = pytest.mark.django_db

LONG_AGO = date(2018, 3, 1)


@pytest.fixture
def papers(company: Company, settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    bring(company, old__xml=bill("Vroeger BV", issued=LONG_AGO), new__xml=bill("Nu BV"))
    return tmp_path


def keep(company: Company, years: int | None) -> None:
    HandlingOfPapers.objects.update_or_create(company=company, defaults={"keep_years": years})


def bytes_kept(folder: Path) -> int:
    return sum(path.is_file() for path in folder.rglob("*"))


def test_nothing_is_erased_without_a_rule(company: Company, papers: Path) -> None:
    assert retention.erase_past(company, today=TODAY) == 0
    keep(company, None)
    retention.erase_all_past(today=TODAY)
    assert Paper.objects.count() == 2


def test_an_old_paper_goes_with_its_lines_bytes_and_name(company: Company, papers: Path) -> None:
    keep(company, 5)
    assert bytes_kept(papers) == 2
    assert retention.erase_past(company, today=TODAY) == 1
    assert [paper.party for paper in Paper.objects.all()] == ["Nu BV"]
    assert [source.name for source in SourceFile.objects.all()] == ["new.xml"]
    assert set(SpendLine.objects.values_list("vendor_name", flat=True)) == {"Nu BV"}
    assert bytes_kept(papers) == 1
    file = ImportFile.objects.get(outcome=ImportFile.Outcome.ERASED)
    assert (file.name, file.source, file.papers) == (retention.ERASED, None, 0)


def test_erasing_twice_erases_nothing_more_and_the_figures_hold(company: Company, papers: Path) -> None:
    keep(company, 5)
    retention.erase_past(company, today=TODAY)
    before = spend.current(company)
    assert retention.erase_past(company, today=TODAY) == 0
    assert spend.current(company) == before
    assert before is not None
    assert SpendLine.objects.filter(review=before).count() == 1


def test_what_was_cut_off_in_the_middle_is_finished_by_the_next_run(
    company: Company, papers: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(company, 5)

    def killed(_files: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(retention, "_erase", killed)
        with pytest.raises(KeyboardInterrupt):
            retention.erase_past(company, today=TODAY)
    shown = SpendLine.objects.filter(review=spend.current(company))
    assert set(shown.values_list("vendor_name", flat=True)) == {"Nu BV"}, "no page counts it"
    assert retention.erase_past(company, today=TODAY) == 1
    assert Paper.objects.count() == 1


def test_erasure_outranks_undo(company: Company, papers: Path, owner: Person) -> None:
    keep(company, 5)
    batch = bring(company, again__xml=bill("Nu BV", number="F-2"))
    retention.erase_past(company, today=TODAY)
    first = company_imports(company)
    undo(first, owner.user)
    assert Paper.objects.count() == 2
    assert not Paper.objects.filter(party="Vroeger BV").exists()
    assert batch.pk != first.pk


def company_imports(company: Company) -> Import:
    found: Import = Import.objects.of(company).order_by("pk")[0]
    return found


def test_a_file_with_one_younger_paper_stays_whole(company: Company, papers: Path) -> None:
    source = SourceFile.objects.get(name="old.xml")
    Paper.objects.create(
        company=company,
        source=source,
        kind="invoice",
        date=TODAY,
        fingerprint="x",
        content={},
        superseded_at=None,
    )
    keep(company, 5)
    assert retention.erase_past(company, today=TODAY) == 0


def test_a_paper_without_a_day_counts_from_when_it_came(company: Company, papers: Path) -> None:
    Paper.objects.filter(source__name="old.xml").update(date=None)
    keep(company, 5)
    assert retention.erase_past(company, today=TODAY) == 0
    SourceFile.objects.filter(name="old.xml").update(created_at=datetime(2019, 1, 1, tzinfo=UTC))
    assert retention.erase_past(company, today=TODAY) == 1


def test_diagnoses_of_that_time_go_too(company: Company, papers: Path) -> None:
    for year in (2018, 2026):
        Report.objects.create(company=company, created_at=datetime(year, 3, 1, tzinfo=UTC), content={})
    keep(company, 5)
    retention.erase_past(company, today=TODAY)
    assert [report.created_at.year for report in Report.objects.all()] == [2026]


def test_another_company_keeps_its_papers(company: Company, other_company: Company, papers: Path) -> None:
    bring(other_company, old__xml=bill("Vroeger BV", issued=LONG_AGO))
    keep(company, 5)
    retention.erase_all_past(today=TODAY)
    assert [paper.company for paper in Paper.objects.filter(party="Vroeger BV")] == [other_company]


def test_a_company_ends_with_everything_of_it(company: Company, papers: Path) -> None:
    keep(company, 5)
    companies.end(company)
    assert not HandlingOfPapers.objects.exists()
    assert bytes_kept(papers) == 0


def test_a_file_that_proves_a_notice_stays_as_long_as_the_decision(
    company: Company, owner: Person, papers: Path
) -> None:
    contract = Contract.objects.create(company=company, name="Beheer")
    old = SourceFile.objects.get(name="old.xml")
    ContractDecision.objects.create(
        company=company, contract=contract, kind="cancel", exit_day=TODAY, by=owner.user, proof_file=old
    )
    keep(company, 5)
    assert retention.erase_past(company, today=TODAY) == 1
    assert SourceFile.objects.filter(pk=old.pk).exists()
    assert bytes_kept(papers) == 2
