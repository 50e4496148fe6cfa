"""Bringing papers in and taking them back: what counts, what is said, and what nobody must lose or see."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.intake.recognise import read_paper
from pilothouse.records.models import (
    Attachment,
    Import,
    ImportFile,
    Paper,
    SourceFile,
    SpendDecision,
    SpendLine,
)
from pilothouse.sample import SamplePaper, sample_papers
from pilothouse.sample.firm import staff
from pilothouse.services import decisions, intake, reading, spend
from pilothouse.services.answers import Overview
from tests.conftest import TODAY, Person
from tests.services.small_papers import bill, bring, in_other_bytes, payments, receive, undo

Outcome = ImportFile.Outcome


def shown(company: Company) -> Overview:
    found = spend.overview(company, today=TODAY)
    assert found is not None
    return found


def spent(company: Company) -> Decimal:
    return shown(company).all_spend.value.amount


def outcomes(batch: Import) -> dict[str, str]:
    return dict(batch.files.order_by("pk").values_list("name", "outcome"))


# --- the same thing twice ---------------------------------------------------------------------------------------


def test_the_same_file_again_changes_no_figure_and_says_so(company: Company) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    before = shown(company)
    again = bring(company, b__xml=bill("Wolkenrijk BV"))
    assert outcomes(again) == {"b.xml": Outcome.ALREADY_HERE}
    assert shown(company).all_spend == before.all_spend
    assert shown(company).counts == before.counts
    assert SourceFile.objects.of(company).count() == Paper.objects.of(company).count() == 1


def test_the_same_file_twice_in_one_import_counts_once(company: Company) -> None:
    batch = bring(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Wolkenrijk BV"))
    assert sorted(outcomes(batch).values()) == [Outcome.ALREADY_HERE, Outcome.TAKEN_IN]
    assert spent(company) == Decimal("100.00")


def test_the_same_paper_in_another_file_counts_once(company: Company) -> None:
    paper = bill("Wolkenrijk BV")
    batch = bring(company, a__xml=paper, b__xml=in_other_bytes(paper))
    assert set(outcomes(batch).values()) == {Outcome.TAKEN_IN}
    assert shown(company).counts["twins"] == 1
    assert spent(company) == Decimal("100.00")


def test_the_other_file_counts_once_the_first_is_undone(company: Company, owner: Person) -> None:
    paper = bill("Wolkenrijk BV")
    first = bring(company, a__xml=paper)
    bring(company, b__xml=in_other_bytes(paper))
    undo(first, owner.user)
    assert spent(company) == Decimal("100.00")
    assert set(Paper.objects.seen(company).values_list("source__name", flat=True)) == {"b.xml"}


def test_a_folder_brought_again_brings_only_what_is_new(company: Company, owner: Person) -> None:
    def folder(*names: str) -> list[intake.Brought]:
        return [intake.Brought(name, io.BytesIO(bill(f"{name} BV"))) for name in names]

    first = intake.receive_new(company, folder("a", "b"), by=owner.user)
    assert first is not None
    intake.take_in(first.pk, today=TODAY)
    assert intake.receive_new(company, folder("a", "b"), by=owner.user) is None
    assert Import.objects.of(company).count() == 1
    more = intake.receive_new(company, folder("a", "b", "c"), by=owner.user)
    assert more is not None
    intake.take_in(more.pk, today=TODAY)
    assert spent(company) == Decimal("300.00")


# --- undoing ----------------------------------------------------------------------------------------------------


def test_undo_takes_away_exactly_what_it_said_it_would(company: Company, owner: Person) -> None:
    bring(company, a__xml=bill("Blijver BV", net="70"))
    before = spent(company)
    second = bring(company, b__xml=bill("Wolkenrijk BV"), c__xml=bill("Zeeblik BV", net="20"))
    decisions.decide(
        company,
        decisions.Said(_key(company, "Zeeblik"), "", True, "website_building"),
        by=owner.user,
    )
    goes = intake.what_goes(second)
    lines = SpendLine.objects.of(company).filter(review=spend.current(company)).count()
    assert (goes.papers, goes.lines, goes.cost, goes.decisions_waiting) == (2, 2, {"EUR": Decimal(120)}, 1)
    undo(second, owner.user)
    assert spent(company) == before == Decimal("70.00")
    assert SpendLine.objects.of(company).filter(review=spend.current(company)).count() == lines - goes.lines
    second.refresh_from_db()
    assert second.is_undone
    assert not second.is_seen


def test_a_decision_waits_for_its_paper_and_holds_again(company: Company, owner: Person) -> None:
    paper = bill("Zeeblik BV", what="Strandstoelen", net="20")
    batch = bring(company, a__xml=paper)
    assert shown(company).it_total.value.amount == 0
    decisions.decide(
        company,
        decisions.Said(_key(company, "Zeeblik"), "", True, "website_building"),
        by=owner.user,
    )
    assert shown(company).it_total.value.amount == Decimal("20.00")
    undo(batch, owner.user)
    assert shown(company).all_spend.count == 0
    assert SpendDecision.objects.of(company).filter(withdrawn_at__isnull=True).count() == 1
    again = bring(company, a__xml=paper)
    assert outcomes(again) == {"a.xml": Outcome.TAKEN_IN}
    assert shown(company).it_total.value.amount == Decimal("20.00")
    assert [part.key for part in shown(company).by_purpose] == ["website_building"]


def _key(company: Company, name: str) -> str:
    line = (
        SpendLine.objects.of(company)
        .filter(review=spend.current(company), vendor_name__startswith=name)
        .first()
    )
    assert line is not None
    return str(line.vendor_key)


def test_a_file_that_another_import_brought_as_well_stays(company: Company, owner: Person) -> None:
    first = bring(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Zeeblik BV", net="20"))
    bring(company, again__xml=bill("Wolkenrijk BV"))
    assert intake.what_goes(first).papers == 1
    undo(first, owner.user)
    assert spent(company) == Decimal("100.00")


def test_an_import_is_undone_once(company: Company, owner: Person) -> None:
    batch = bring(company, a__xml=bill("Wolkenrijk BV"))
    undo(batch, owner.user)
    number = shown(company).review.number
    assert not intake.ask_undo(batch, by=owner.user)
    assert intake.take_in(batch.pk, today=TODAY) is None
    assert shown(company).review.number == number


def test_an_import_that_is_running_is_not_undone(company: Company, owner: Person) -> None:
    assert not intake.ask_undo(receive(company, a__xml=bill("Wolkenrijk BV")), by=owner.user)


# --- what cannot be used ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file.empty"),
        (b"Geachte,\n\nhierbij onze prijslijst.", "file.text"),
        (b"%PDF-1.7\n%%EOF\n", "pdf.broken"),
        (b"<Invoice><cut off", "file.xml"),
        (b"\x00\xff" * 500, "file.unknown"),
    ],
)
def test_a_file_that_cannot_be_used_says_what_to_do_and_leaves_the_others_alone(
    company: Company, data: bytes, rule: str
) -> None:
    batch = bring(company, good__xml=bill("Wolkenrijk BV"), bad__xml=data)
    assert outcomes(batch) == {"good.xml": Outcome.TAKEN_IN, "bad.xml": Outcome.REFUSED}
    (problem,) = batch.files.get(name="bad.xml").problems
    assert problem["rule"] == rule
    assert problem["level"] == "error"
    assert len(problem["message"].split(". ")) > 1, "one sentence says what is wrong, another what to do"
    assert spent(company) == Decimal("100.00")


def test_a_paper_is_known_by_what_is_in_it_whatever_its_file_is_called(company: Company) -> None:
    batch = bring(company, holiday__jpeg=bill("Wolkenrijk BV"))
    assert outcomes(batch) == {"holiday.jpeg": Outcome.TAKEN_IN}
    assert spent(company) == Decimal("100.00")


def test_a_file_over_the_limit_is_refused_with_the_limit_and_its_bytes_are_not_kept(
    company: Company, settings: Settings
) -> None:
    settings.LARGEST_FILE = 2 * 1024 * 1024
    batch = bring(company, huge__xml=b"<" * (settings.LARGEST_FILE + 1), good__xml=bill("Wolkenrijk BV"))
    assert outcomes(batch)["huge.xml"] == Outcome.REFUSED
    (problem,) = batch.files.get(name="huge.xml").problems
    assert "larger than 2 MB" in problem["message"]
    assert SourceFile.objects.of(company).count() == 1
    kept = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    assert len(kept) == 1


class Broken(io.BytesIO):
    def read(self, _size: int | None = -1, /) -> bytes:
        raise OSError(5, "Input/output error")


def test_bytes_that_cannot_be_read_are_said_and_the_others_come_in(company: Company) -> None:
    brought = [
        intake.Brought("disk.xml", Broken()),
        intake.Brought("locked.xml", None, "Permission denied"),
        intake.Brought("good.xml", io.BytesIO(bill("Wolkenrijk BV"))),
    ]
    batch = intake.receive(company, brought, by=None)
    assert batch.files_done == 2
    intake.take_in(batch.pk, today=TODAY)
    batch.refresh_from_db()
    assert batch.files_done == batch.files_total == 3
    assert outcomes(batch) == {
        "disk.xml": Outcome.REFUSED, "locked.xml": Outcome.REFUSED, "good.xml": Outcome.TAKEN_IN,
    }  # fmt: skip
    reasons = [
        file.problems[0]["message"] for file in batch.files.filter(outcome=Outcome.REFUSED).order_by("pk")
    ]
    assert "Input/output error" in reasons[0]
    assert "Permission denied" in reasons[1]


def test_a_file_whose_bytes_are_gone_from_the_disk_is_refused_with_the_reason(company: Company) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Zeeblik BV"))
    gone = batch.files.get(name="a.xml").source
    assert gone is not None
    Path(gone.content.path).unlink()
    intake.take_in(batch.pk, today=TODAY)
    assert outcomes(batch) == {"a.xml": Outcome.REFUSED, "b.xml": Outcome.TAKEN_IN}
    assert spent(company) == Decimal("100.00")


HOSTILE = [
    "../../etc/passwd", "/etc/passwd", "..\\..\\x.xml", "x" * 600 + ".xml", "a\x00b.xml", "con\n<script>.xml",
    "\udce9t\udce9.xml", "", ".", "../", "=cmd|' /C calc'!A0.xml", "\u202exml.exe",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_no_name_reaches_the_disk_or_breaks_an_import(
    company: Company, settings: Settings, tmp_path: Path, name: str
) -> None:
    before = {path for path in tmp_path.rglob("*") if path.is_file()}
    batch = intake.receive(company, [intake.Brought(name, io.BytesIO(bill("Wolkenrijk BV")))], by=None)
    intake.take_in(batch.pk, today=TODAY)
    file = batch.files.get()
    assert file.outcome == Outcome.TAKEN_IN
    assert len(file.name) <= 500
    (kept,) = {path for path in tmp_path.rglob("*") if path.is_file()} - before
    assert kept.is_relative_to(Path(settings.MEDIA_ROOT) / str(company.pk))
    assert kept.name == SourceFile.objects.of(company).get().sha256
    assert "/" not in intake.safe_name(file.name)
    assert intake.safe_name(file.name).strip(".")


def test_a_folder_is_read_with_its_hidden_files_left_out_and_dead_links_named(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "2026" / ".git").mkdir(parents=True)
    (folder / "2026" / "a.xml").write_bytes(b"a")
    (folder / "2026" / ".git" / "config").write_bytes(b"b")
    (folder / ".DS_Store").write_bytes(b"c")
    (folder / "dead.xml").symlink_to(folder / "nowhere")
    (folder / "round").symlink_to(folder)
    told = {brought.name: brought.content is not None for brought in intake.files_of(folder)}
    assert told == {"2026/a.xml": True, "dead.xml": False, "round": False}


# --- breaking off -----------------------------------------------------------------------------------------------


def test_an_import_that_breaks_off_changes_nothing_and_can_be_tried_again(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    batch = receive(company, b__xml=bill("Zeeblik BV"), c__xml=bill("Duinroos BV"))

    def out_of_memory(*_: object, **__: object) -> None:
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(spend, "work_out", out_of_memory)
        with pytest.raises(MemoryError):
            intake.take_in(batch.pk, today=TODAY)
    batch.refresh_from_db()
    assert (batch.state, batch.claimed_until, batch.is_seen) == (Import.State.FAILED, None, False)
    assert spent(company) == Decimal("100.00")
    assert intake.take_in(batch.pk, today=TODAY) is None, "a failed import waits for a person"
    intake.try_again(batch)
    intake.take_in(batch.pk, today=TODAY)
    batch.refresh_from_db()
    assert batch.is_seen
    assert (batch.files_done, batch.failure) == (2, "")
    assert spent(company) == Decimal("300.00")


def test_one_file_that_breaks_the_reader_does_not_stop_the_others(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = receive(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Zeeblik BV"))

    def fails_on_the_first(data: bytes, name: str) -> object:
        if name == "a.xml":
            raise RecursionError("a fault of ours")
        return read_paper(data, name)

    monkeypatch.setattr("pilothouse.services.reading.read_paper", fails_on_the_first)
    intake.take_in(batch.pk, today=TODAY)
    assert outcomes(batch) == {"a.xml": Outcome.REFUSED, "b.xml": Outcome.TAKEN_IN}
    assert batch.files.get(name="a.xml").problems[0]["rule"] == "intake.our_fault"
    assert spent(company) == Decimal("100.00")
    monkeypatch.undo()
    again = bring(company, a__xml=bill("Wolkenrijk BV"))
    assert outcomes(again) == {"a.xml": Outcome.TAKEN_IN}, "after the update it is read"


# --- careful with people ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def months() -> tuple[list[SamplePaper], list[SamplePaper]]:
    """Three months of the sample's bank files, the first of each account, and its invoices of that time."""
    papers = list(sample_papers(TODAY))
    bank = [paper for paper in papers if not paper.data.lstrip().startswith(b"<")]
    invoices = [paper for paper in papers if paper.data.lstrip().startswith(b"<")]
    return bank[:6], invoices[:80]


def test_no_natural_person_is_kept_and_every_supplier_is(
    company: Company, months: tuple[list[SamplePaper], list[SamplePaper]]
) -> None:
    bank, invoices = months
    brought = [intake.Brought(paper.name, io.BytesIO(paper.data)) for paper in (*bank, *invoices)]
    written = b"".join(paper.data for paper in bank).decode("latin-1").upper()
    people = [name for name in staff() if name.upper() in written]
    assert len(people) > 10, "the bank files name the staff, also within the totals of wages"
    batch = intake.receive(company, brought, by=None)
    intake.take_in(batch.pk, today=TODAY)
    said = "\n".join(_kept_of(company)).upper()
    assert [name for name in people if name.upper() in said] == []
    assert [words for words in ("ONKOSTENNOTA", "LOON 1", "HOSPITALISATIE") if words in said] == []
    sellers = set(
        Paper.objects.of(company).exclude(kind="statement").values_list("content__seller__name", flat=True)
    )
    assert len(sellers) > 10
    assert [name for name in sellers if name.upper() not in said] == []


def _kept_of(company: Company) -> Iterator[str]:
    """Every word that is stored of the papers and the lines, outside the original bytes."""
    for paper in Paper.objects.of(company):
        yield json.dumps([paper.content, paper.problems, paper.party, paper.number], ensure_ascii=False)
    for line in SpendLine.objects.of(company):
        yield f"{line.vendor_name} {line.vendor_key} {line.description} {line.because}"
    review = spend.current(company)
    assert review is not None
    yield json.dumps(review.answer, ensure_ascii=False)


# --- what is packed, attached and booked ------------------------------------------------------------------------


def zipped(**files: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "."), data)
    return content.getvalue()


def mailed(name: str, data: bytes) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "a@leverancier.example", "Factuur"
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return bytes(message)


def test_a_mixed_archive_with_a_mail_becomes_its_papers(company: Company) -> None:
    inner = zipped(b__xml=bill("Zeeblik BV", number="Z1"))
    whole = zipped(
        a__xml=bill("Wolkenrijk BV"), post__eml=mailed("f.xml", bill("Mailer BV")), more__zip=inner
    )
    batch = bring(company, all__zip=whole)
    told = {file.name: file.outcome for file in batch.files.all()}
    assert told == {
        "all.zip": "opened",
        "all.zip › a.xml": "taken_in",
        "all.zip › post.eml": "opened",
        "all.zip › post.eml › f.xml": "taken_in",
        "all.zip › more.zip": "opened",
        "all.zip › more.zip › b.xml": "taken_in",
    }
    batch.refresh_from_db()
    assert (batch.files_total, batch.files_done) == (6, 6)
    assert SpendLine.objects.filter(review=spend.current(company), counting="counts").count() == 3


def test_the_same_invoice_by_mail_and_by_upload_is_one(company: Company) -> None:
    bring(company, f__xml=bill("Wolkenrijk BV"))
    batch = bring(company, post__eml=mailed("factuur.xml", bill("Wolkenrijk BV")))
    assert [file.outcome for file in batch.files.order_by("pk")] == ["opened", "already_here"]
    assert Paper.objects.count() == 1


def test_archives_that_go_ever_deeper_end(company: Company) -> None:
    data = zipped(a__xml=bill("Wolkenrijk BV"))
    for _ in range(5):
        data = zipped(deeper__zip=data)
    batch = bring(company, x__zip=data)
    last = batch.files.order_by("-pk")[0]
    assert [problem["rule"] for problem in last.problems] == ["container.too_deep"]
    assert batch.state == Import.State.DONE


def test_an_import_takes_so_many_files_and_says_what_it_left(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_FILES", 3)
    files = {f"f{n}__xml": bill("Wolkenrijk BV", number=f"{n}") for n in range(5)}
    batch = bring(company, x__zip=zipped(**files))
    assert batch.files.count() == 3
    assert "intake.too_many_files" in [p["rule"] for p in batch.files.get(name="x.zip").problems]


def with_attachment(invoice: bytes, content: bytes) -> bytes:
    """The invoice with a file embedded in it."""
    packed = base64.b64encode(content).decode()
    document = (
        "<cac:AdditionalDocumentReference><cbc:ID>T1</cbc:ID><cac:Attachment>"
        f'<cbc:EmbeddedDocumentBinaryObject mimeCode="application/pdf" filename="uren.pdf">{packed}'
        "</cbc:EmbeddedDocumentBinaryObject></cac:Attachment></cac:AdditionalDocumentReference>"
    )
    return invoice.replace(
        b"<cac:AccountingSupplierParty>", f"{document}<cac:AccountingSupplierParty>".encode(), 1
    )


def test_a_file_inside_an_invoice_is_kept_beside_it(company: Company) -> None:
    bring(company, f__xml=with_attachment(bill("Wolkenrijk BV"), b"%PDF uren"))
    attached = Attachment.objects.get()
    assert (attached.name, attached.mime, attached.paper.kind) == ("uren.pdf", "application/pdf", "invoice")
    with attached.file.content.open("rb") as content:
        assert content.read() == b"%PDF uren"


BOOKS = """Boekstuk;Datum;Leverancier;BTW-nummer;Rekening;Omschrijving;Netto;BTW;Totaal
F-1;04/05/2026;Wolkenrijk BV;;612300;Licenties;100,00;21,00;121,00
P-9;06/05/2026;Papier NV;;612300;Onderhoud server;200,00;42,00;242,00
"""


def test_a_ledger_counts_what_no_invoice_proves_and_nothing_twice(company: Company) -> None:
    bring(company, f__xml=bill("Wolkenrijk BV"), books__csv=BOOKS.encode())
    shown = SpendLine.objects.filter(review=spend.current(company))
    told = {(line.kind, line.vendor_name): (line.counting, line.cost) for line in shown}
    assert told[("invoice", "Wolkenrijk BV")] == ("counts", Decimal(100))
    assert told[("ledger", "Wolkenrijk BV")] == ("booked_too", Decimal(0))
    assert told[("ledger", "Papier NV")] == ("counts", Decimal(200))
    booked = shown.get(kind="ledger", vendor_name="Wolkenrijk BV")
    assert booked.settles == Paper.objects.get(kind="invoice")


def test_a_payment_of_what_only_the_ledger_has_settles_it(company: Company) -> None:
    paid = payments((date(2026, 5, 20), "242.00", "PAPIER NV", "P-9"))
    bring(company, books__csv=BOOKS.encode(), bank__xml=paid)
    line = SpendLine.objects.get(review=spend.current(company), kind="bank")
    assert line.counting == "settles_invoice"
    assert line.settles == Paper.objects.get(kind="ledger")
