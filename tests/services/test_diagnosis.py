"""The diagnosis: every figure has a proof, every proof adds up, its JSON keeps its shape, and what is kept stays."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.engine.money import Money
from pilothouse.intake.containers import INTO
from pilothouse.records.models import ProfileVersion, Report
from pilothouse.reporting.diagnosis import Diagnosis, as_json
from pilothouse.sample import sample_papers
from pilothouse.services import decisions, diagnosis, intake, spend
from pilothouse.services.case import PROOF_LINES
from tests.conftest import TODAY, Person
from tests.reporting.test_diagnosis import faults, schema
from tests.services.conftest import Sample
from tests.services.small_papers import bill, bring, payments, undo

pytestmark = pytest.mark.django_db

NOON = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=ZoneInfo("Europe/Brussels"))


def made(company: Company, language: str = "en") -> Diagnosis:
    found = diagnosis.of(company, today=TODAY, language=language)
    assert found is not None
    return found


def shape_faults(found: Diagnosis) -> list[str]:
    return faults(json.loads(json.dumps(as_json(found))), schema())


def cited(content: Any) -> Iterator[str]:
    """Every proof that anything in the written diagnosis names; words and counts have none."""
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "proof":
                yield from filter(None, [value])
            elif name == "proofs" and value and isinstance(value[0], str):
                yield from filter(None, value)
            else:
                yield from cited(value)
    elif isinstance(content, list):
        for value in content:
            yield from cited(value)


def amounts(content: dict[str, Any]) -> Decimal:
    return sum((Decimal(line["amount"]["amount"]) for line in content["lines"]), Decimal(0))


def test_every_figure_has_a_proof_and_every_proof_adds_up(sampled: Sample) -> None:
    content = json.loads(json.dumps(as_json(made(sampled.company))))
    proofs = {proof["id"]: proof for proof in content["proofs"]}
    named = set(cited(content))
    assert len(named) > 50
    assert named == set(proofs)
    whole = [proof for proof in proofs.values() if not proof["truncated"]]
    assert len(whole) > 30
    for proof in whole:
        assert amounts(proof) == Decimal(proof["total"]["amount"]), proof["id"]
        assert len(proof["lines"]) == proof["count"], proof["id"]
    for proof in proofs.values():
        assert len(proof["lines"]) == min(proof["count"], PROOF_LINES), proof["id"]
    figures = content["summary"]["figures"]
    assert [figure["label"] for figure in figures if figure["proof"] not in proofs] == []


def shown_amounts(content: Any) -> Iterator[tuple[dict[str, str], str]]:
    """Every amount in a table or figure of the written diagnosis, with the proof it names."""
    if isinstance(content, dict) and "cells" in content:
        pairs = zip(content["cells"], content["proofs"], strict=True)
        yield from ((cell, proof) for cell, proof in pairs if isinstance(cell, dict))
    elif isinstance(content, dict) and "label" in content:
        yield content["value"], content["proof"]
    elif isinstance(content, dict | list):
        for value in content.values() if isinstance(content, dict) else content:
            yield from shown_amounts(value)


def test_each_amount_in_each_table_is_the_total_of_its_own_proof(sampled: Sample) -> None:
    content = json.loads(json.dumps(as_json(made(sampled.company))))
    proofs = {proof["id"]: proof for proof in content["proofs"]}
    shown = list(shown_amounts({name: content[name] for name in ("summary", "chapters")}))
    assert len(shown) > 100
    assert [(amount, proof) for amount, proof in shown if proofs[proof]["total"] != amount] == []
    this_year = content["period"]["from"]
    years_before = {proof for _, proof in shown if f"from={this_year}" not in proof and "month=" not in proof}
    assert len(years_before) > 20


def test_every_line_of_a_proof_names_a_file_that_is_listed(sampled: Sample) -> None:
    found = made(sampled.company)
    listed = {source.number: source for source in found.sources}
    assert sorted(listed) == list(range(1, len(listed) + 1))
    assert {line.source for proof in found.proofs for line in proof.lines} == set(listed)
    brought = {paper.name for paper in sample_papers(TODAY)}
    assert {source.name.partition(INTO)[0] for source in found.sources} <= brought


@pytest.mark.parametrize("language", ["en", "nl-BE", "fr-BE"])
def test_the_json_has_the_published_shape_in_each_language(sampled: Sample, language: str) -> None:
    found = made(sampled.company, language)
    assert shape_faults(found) == []
    assert found.sample


def test_no_natural_person_is_named(sampled: Sample) -> None:
    from pilothouse.sample.firm import staff

    said = json.dumps(as_json(made(sampled.company)), ensure_ascii=False).upper()
    assert [name for name in staff() if name.upper() in said] == []


def test_a_kept_report_stays_as_it_was_after_a_decision(sampled: Sample, settings: Settings) -> None:
    company = sampled.company
    report = diagnosis.keep(company, by=sampled.owner, now=NOON)
    assert report is not None
    content, pdf = json.loads(json.dumps(report.content)), Path(report.pdf.path).read_bytes()
    assert pdf.startswith(b"%PDF-")
    found = spend.overview(company, today=TODAY)
    assert found is not None
    said = decisions.Said(found.unsure_vendors[0].key, "", True, "website_building")
    decisions.decide(company, said, by=sampled.owner)
    undo(sampled.batch, sampled.owner)
    kept = Report.objects.of(company).get()
    assert kept.content == content
    assert Path(kept.pdf.path).read_bytes() == pdf
    assert diagnosis.of(company, today=TODAY) is None, "nothing is left to diagnose"


# --- companies that are unlike the sample -----------------------------------------------------------------------


def test_a_company_without_papers_has_no_diagnosis(company: Company, owner: Person) -> None:
    assert diagnosis.of(company, today=TODAY) is None
    assert diagnosis.keep(company, by=owner.user, now=NOON) is None
    bring(company, a__txt=b"Geachte, hierbij")
    assert diagnosis.of(company, today=TODAY) is None


def test_a_company_without_any_it_is_told_so(company: Company) -> None:
    for number in range(3):
        bring(company, **{f"a{number}__xml": bill("Meelfabriek BV", f"F-{number}", what="Bloem, 25 kg")})
    found = made(company)
    assert shape_faults(found) == []
    spending = found.chapters[0]
    assert spending.charts == ()
    assert "No IT was found" in found.headline


def test_a_company_that_brings_only_what_it_sold_has_no_cost(company: Company, owner: Person) -> None:
    ProfileVersion.objects.create(company=company, holds_from=TODAY, legal_name="Wij Zelf NV")
    papers = {
        f"a{n}__xml": bill("Wij Zelf NV", f"V-{n}", what="Microsoft 365", buyer=f"Klant {n} BV")
        for n in range(4)
    }
    bring(company, **papers)
    found = made(company)
    assert shape_faults(found) == []
    shown = spend.overview(company, today=TODAY)
    assert shown is not None
    assert shown.firm == "Wij Zelf NV"
    assert shown.all_spend.count == 0
    assert "No IT was found" in found.headline


def test_everything_mixed_gives_a_diagnosis_that_names_what_was_not_read(company: Company) -> None:
    bank = next(paper for paper in sample_papers(TODAY) if paper.name.startswith("bank/"))
    bring(
        company,
        a__xml=bill("Microsoft Ireland", net="250"),
        statement__cod=bank.data,
        photo__jpeg=b"\xff\xd8\xff\xe0" + bytes(900),
        letter__docx=b"PK\x03\x04" + bytes(400),
        empty__xml=b"",
        cut__xml=bill("Zeeblik BV")[:700],
        offer__txt=b"Geachte,\nonze prijzen stijgen.\n",
    )
    found = made(company)
    assert shape_faults(found) == []
    reading = found.chapters[-1]
    refused = next(table for table in reading.tables if table.title == "What could not be read")
    assert [row.cells[0] for row in refused.rows] == [
        "cut.xml", "empty.xml", "letter.docx", "offer.txt", "photo.jpeg",
    ]  # fmt: skip
    assert all(len(str(row.cells[1])) > 40 for row in refused.rows)
    assert "5 files could not be" in reading.answer


def test_a_hundred_thousand_letters_in_a_name_do_not_break_it(company: Company) -> None:
    bring(company, a__xml=bill("Microsoft " + "x" * 100_000, what="Microsoft 365 " + "y" * 100_000))
    found = made(company)
    assert shape_faults(found) == []
    assert diagnosis.of(company, today=TODAY) is not None


# --- by which name ----------------------------------------------------------------------------------------------


def test_a_company_is_found_by_its_name_or_vat_number_and_made_once(db: None) -> None:
    before = Company.objects.count()
    first = diagnosis.company_named("BE 0123.456.749")
    assert diagnosis.company_named("BE0123456749") == first
    profile = spend.latest_profile(first)
    assert profile is not None
    assert profile.vat_id == "BE0123456749"
    named = diagnosis.company_named("Bakkerij De Zon")
    assert named != first
    assert diagnosis.company_named("Bakkerij De Zon") == named
    assert spend.latest_profile(named) is None
    assert Company.objects.count() == before + 2


def test_what_was_brought_by_nobody_can_be_diagnosed_too(db: None, tmp_path: Path) -> None:
    company = Company.objects.create(name="", slug="folder")
    (tmp_path / "code.py").write_text("print(1)\n", encoding="utf-8")
    batch = intake.receive(company, intake.files_of(tmp_path), by=None)
    intake.take_in(batch.pk, today=TODAY)
    assert diagnosis.of(company, today=TODAY) is None
    bring(company, a__xml=bill("Wolkenrijk BV", buyer="Bakkerij De Zon BV"))
    assert made(company).company in ("Bakkerij De Zon BV", "Your company")


def test_what_was_read_says_how_sure_and_what_is_missing(company: Company) -> None:
    def statement(first: date, opening: str, closing: str) -> bytes:
        balances = "".join(
            f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{amount}</Amt>"
            f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
            for code, amount, day in (("OPBD", opening, first), ("CLBD", closing, first + timedelta(days=9)))
        )
        return payments().replace(b"</Acct>", b"</Acct>" + balances.encode())

    bring(
        company,
        a__xml=bill("Microsoft Ireland", net="250"),
        b__xml=bill("Morgen BV", issued=date(2087, 5, 3)),
        one__xml=statement(date(2026, 1, 1), "100.00", "100.00"),
        three__xml=statement(date(2026, 3, 1), "175.00", "175.00"),
    )
    reading = made(company).chapters[-1]
    tables = {table.title: [row.cells for row in table.rows] for table in reading.tables}
    ((proved, _, amount, lines),) = tables["How sure the figures are"]
    assert (proved, lines) == ("An invoice", 1)
    assert amount == Money(Decimal(250), "EUR")
    ((account, start, end, words),) = tables["Where bank statements are missing or overlap"]
    assert (account, start, end) == ("BE68539007547034", date(2026, 1, 10), date(2026, 3, 1))
    assert "differ by € 75.00" in str(words).replace("\u00a0", " ")
    doubtful = tables["Read, though something is doubtful"]
    assert ("date.future", True) in [(row[1], "2087" in str(row[2])) for row in doubtful]
    assert "100" in reading.answer
