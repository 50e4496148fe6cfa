"""The pages of papers, spend, profile and diagnosis: what people send, and what hostile people send."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from lxml import etree
from pytest_django import Settings

from pilothouse.accounts.models import Company
from pilothouse.jobs import tasks
from pilothouse.records.models import (
    Import,
    ImportFile,
    ProfileVersion,
    Report,
    SourceFile,
    SpendDecision,
    SpendLine,
    VendorWord,
)
from pilothouse.services import companies as ends
from pilothouse.services import spend
from tests.conftest import Person
from tests.services.small_papers import bill, bring

HOME = "/c/bakkerij"


def bytes_of(answer: Any) -> bytes:
    """What an answer says, streamed or not."""
    return b"".join(answer) if answer.streaming else answer.content


def text_of(answer: Any) -> str:
    return bytes_of(answer).decode()


def upload(person: Person, *files: tuple[str, bytes], **headers: str) -> Any:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    return person.client.post(f"{HOME}/intake/", {"files": sent}, headers=headers)


# --- bringing in ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_several_files_at_once_are_taken_in_and_seen(editor: Person) -> None:
    answer = upload(
        editor, ("a.xml", bill("Wolkenrijk BV")), ("b.xml", bill("Zeeblik BV")), ("c.txt", b"Geachte")
    )
    batch = Import.objects.get()
    assert answer["Location"] == f"{HOME}/intake/{batch.pk}/"
    assert (batch.by, batch.files_total, batch.state) == (editor.user, 3, Import.State.DONE)
    page = text_of(editor.client.get(f"{HOME}/intake/{batch.pk}/"))
    assert "2 files were taken in." in page
    assert "One file could not be used" in page
    assert "Wolkenrijk BV" in text_of(editor.client.get(f"{HOME}/spend/vendors/"))


def test_the_page_that_shows_progress_is_told_where_to_go_and_is_given_the_part_alone(editor: Person) -> None:
    answer = upload(editor, ("a.xml", bill("Wolkenrijk BV")), accept="application/json")
    to = answer.json()["to"]
    part = text_of(editor.client.get(to, headers={"hx-request": "true"}))
    whole = text_of(editor.client.get(to))
    assert "<html" not in part
    assert 'id="import"' in part
    assert "<html" in whole


def test_no_file_at_all_is_said(editor: Person) -> None:
    page = editor.client.post(f"{HOME}/intake/", {})
    assert page.status_code == 200
    assert "No file came along" in text_of(page)
    assert not Import.objects.exists()


def test_hostile_file_names_are_words_on_the_page(editor: Person) -> None:
    upload(
        editor,
        ("../../x.xml", bill("A BV")),
        ("<script>alert(1)</script>.xml", bill("B BV")),
        ("x" * 600, b"niets"),
    )
    page = text_of(editor.client.get(f"{HOME}/intake/{Import.objects.get().pk}/"))
    assert "<script>alert" not in page
    assert ImportFile.objects.count() == 3
    for source in SourceFile.objects.all():
        saved = editor.client.get(f"{HOME}/intake/files/{source.pk}/")
        assert saved.status_code == 200
        assert saved["Content-Disposition"].startswith("attachment")
        assert bytes_of(saved) == Path(source.content.path).read_bytes()


def test_an_import_is_undone_once_and_a_failed_one_tried_again(company: Company, editor: Person) -> None:
    batch = bring(company, a__xml=bill("Wolkenrijk BV"))
    page = text_of(editor.client.get(f"{HOME}/intake/{batch.pk}/undo/"))
    assert "100" in page
    assert ImportFile.objects.count() == 1, "looking changes nothing"
    assert editor.client.post(f"{HOME}/intake/{batch.pk}/undo/").status_code == 302
    Import.objects.filter(pk=batch.pk).update(undone_in=spend.current(company))
    assert editor.client.get(f"{HOME}/intake/{batch.pk}/undo/").status_code == 404
    again = editor.client.post(f"{HOME}/intake/{batch.pk}/undo/", follow=True)
    assert "running or undone already" in text_of(again)
    failed = Import.objects.create(company=company, state=Import.State.FAILED, failure="unexpected")
    assert "Try again" in text_of(editor.client.get(f"{HOME}/intake/{failed.pk}/"))
    editor.client.post(f"{HOME}/intake/{failed.pk}/again/")
    failed.refresh_from_db()
    assert failed.state == Import.State.WAITING


@pytest.mark.parametrize("page", ["0", "-1", "9999999999999999999999", "x", ""])
def test_a_page_number_that_makes_no_sense_shows_a_page(company: Company, reader: Person, page: str) -> None:
    batch = bring(company, a__xml=bill("Wolkenrijk BV"))
    for address in ("intake/", f"intake/{batch.pk}/", "spend/lines/", "spend/vendors/"):
        assert reader.client.get(f"{HOME}/{address}?page={page}").status_code == 200


def test_what_is_not_there_is_not_found(company: Company, editor: Person) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    for address in (
        "intake/999/", "intake/999/undo/", "intake/papers/999/", "intake/files/999/", "spend/lines/999/",
        "spend/lines/1:1/", "spend/vendors/niemand/", "spend/charts/geen.svg", "diagnosis/999.pdf",
        "diagnosis/999.json", "intake/99999999999999999999999/", "niets/",
    ):  # fmt: skip
        assert editor.client.get(f"{HOME}/{address}").status_code == 404, address
    for address in ("intake/999/again/", "spend/decisions/999/withdraw/"):
        assert editor.client.post(f"{HOME}/{address}").status_code == 404, address


# --- choosing lines ---------------------------------------------------------------------------------------------

NONSENSE = [
    "month=2026-13", "month=x", "from=gisteren", "to=2026-02-30", "it=misschien", "purpose=geen", "kind=x",
    "order=zo", "paper=x", "paper=99999999999999999999", "source=-1", "counting=nee", "currency=EUROS",
    "vendor=" + "x" * 500, "q=" + "x" * 500, "from=0000-00-00", "month=0000-01",
    "quarter=2026-Q5", "quarter=2026", "tower=geen", "category=geen", "run_or_change=x", "capital=x",
    "department=" + "y" * 100, "month=٢٠٢٦-01", "paper=٣", "place=" + "y" * 100,
]  # fmt: skip


@pytest.mark.parametrize("asked", NONSENSE)
def test_a_choice_that_makes_no_sense_is_said_and_chooses_nothing(
    company: Company, reader: Person, asked: str
) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    for address in ("lines/", "proof/", "lines.csv", "lines.xlsx"):
        answer = reader.client.get(f"{HOME}/spend/{address}?{asked}")
        assert answer.status_code == 200, address
    assert len(text_of(reader.client.get(f"{HOME}/spend/lines.csv?{asked}")).splitlines()) == 1
    page = text_of(reader.client.get(f"{HOME}/spend/lines/?{asked}"))
    assert "Wolkenrijk BV" not in page


@pytest.mark.parametrize(
    "asked", ["q=%00", "vendor=%00", "place=%00", "q=%25", "q='%22--", "q=_", "month=9999-12"]
)
def test_words_that_mean_something_to_a_database_are_only_words(
    company: Company, reader: Person, asked: str
) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"))
    for address in ("lines/", "proof/", "lines.csv"):
        answer = reader.client.get(f"{HOME}/spend/{address}?{asked}")
        assert answer.status_code == 200
        assert "Wolkenrijk" not in text_of(answer)


def test_a_choice_that_makes_sense_chooses(company: Company, reader: Person) -> None:
    bring(company, a__xml=bill("Wolkenrijk BV"), b__xml=bill("Zeeblik BV", what="Strandstoelen"))
    for asked, vendors in (
        ("q=strand", {"Zeeblik BV"}),
        ("it=yes", {"Wolkenrijk BV"}),
        ("month=2026-05", {"Zeeblik BV", "Wolkenrijk BV"}),
        ("month=2026-06", set()),
    ):
        rows = list(
            csv.DictReader(io.StringIO(text_of(reader.client.get(f"{HOME}/spend/lines.csv?{asked}"))))
        )
        assert {row["Vendor"] for row in rows} == vendors, asked


# --- exports ----------------------------------------------------------------------------------------------------

FORMULA = '=cmd|"/C calc"!A0'


def test_no_export_runs_anything(company: Company, reader: Person) -> None:
    bring(company, a__xml=bill("@SUM(1+1)*cmd BV", what=FORMULA))
    rows = list(csv.reader(io.StringIO(text_of(reader.client.get(f"{HOME}/spend/lines.csv")))))
    assert any(FORMULA in cell for cell in rows[1])
    assert [cell for cell in rows[1] if cell[:1] in "=+@\t\r" and cell] == []
    book = zipfile.ZipFile(io.BytesIO(reader.client.get(f"{HOME}/spend/lines.xlsx").content))
    assert book.testzip() is None
    sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert sheet.findall(".//{*}f") == [], "no cell is a formula"
    assert FORMULA in "".join(str(words) for words in sheet.itertext())


def test_an_export_of_nothing_has_its_head(reader: Person) -> None:
    assert text_of(reader.client.get(f"{HOME}/spend/lines.csv")).startswith("Date,")
    assert (
        zipfile.ZipFile(io.BytesIO(reader.client.get(f"{HOME}/spend/lines.xlsx").content)).testzip() is None
    )


# --- vendors by any name ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    [
        "Naam/met/schuine/streep",
        "50% korting?",
        "A & B #1; <b>",
        "株式会社ソラ",
        "..",
        "V" * 300,
        'Punt. en, komma\'s "BV"',
    ],
    ids=ascii,
)
def test_every_vendor_is_reached_by_the_link_the_list_shows(
    company: Company, editor: Person, name: str
) -> None:
    bring(company, a__xml=bill(name, what="Strandstoelen"))
    listed = text_of(editor.client.get(f"{HOME}/spend/vendors/"))
    (link,) = set(re.findall(rf'href="({HOME}/spend/vendors/[^"]+/)"', listed))
    page = editor.client.get(html.unescape(link))
    assert page.status_code == 200
    assert text_of(editor.client.get(f"{HOME}/")), "the question about it is on the first page"
    for address in ("", "spend/", "spend/lines/", "diagnosis/"):
        assert editor.client.get(f"{HOME}/{address}").status_code == 200, address
    key = SpendLine.objects.get().vendor_key
    given = {"vendor": key, "is_it": "yes", "purpose": "website_building", "back": html.unescape(link)}
    editor.client.post(f"{HOME}/spend/decide/", given)
    assert SpendDecision.objects.get().vendor_key == key
    proofs = re.findall(rf'href="({HOME}/spend/proof/\?[^"]+)"', text_of(editor.client.get(f"{HOME}/spend/")))
    of_vendor = {proof for proof in proofs if "vendor=" in proof}
    assert of_vendor
    for proof in of_vendor:
        assert "100" in text_of(editor.client.get(html.unescape(proof))), proof


# --- deciding ---------------------------------------------------------------------------------------------------


def test_a_decision_and_its_withdrawal_lead_back_to_where_one_was(company: Company, editor: Person) -> None:
    bring(company, a__xml=bill("Zeeblik BV", what="Strandstoelen"))
    line = SpendLine.objects.get()
    back = f"{HOME}/spend/vendors/{quote(line.vendor_key)}/"
    given = {"vendor": line.vendor_key, "is_it": "yes", "purpose": "", "back": back}
    assert editor.client.post(f"{HOME}/spend/decide/", given)["Location"] == back
    decision = SpendDecision.objects.get()
    assert (decision.by, decision.is_it) == (editor.user, True)
    answer = editor.client.post(
        f"{HOME}/spend/decisions/{decision.pk}/withdraw/", {"back": "https://elders.example/"}
    )
    assert answer["Location"] == f"{HOME}/spend/", "nobody is led away from here"
    decision.refresh_from_db()
    assert decision.withdrawn_at is not None


def test_a_decision_says_for_whom_and_how_it_is_booked(company: Company, editor: Person) -> None:
    bring(company, a__xml=bill("Zeeblik BV", what="Webhosting"))
    line = SpendLine.objects.get()
    given = {
        "vendor": line.vendor_key, "is_it": "yes", "purpose": "web_hosting",
        "department": "  Winkel \t en web ", "run_or_change": "change", "capital": "yes",
    }  # fmt: skip
    editor.client.post(f"{HOME}/spend/decide/", given)
    line.refresh_from_db()
    assert (line.department, line.run_or_change, line.capital) == ("Winkel en web", "change", True)
    for address in (f"vendors/{quote(line.vendor_key)}/", f"lines/{line.address}/"):
        page = text_of(editor.client.get(f"{HOME}/spend/{address}"))
        assert "IT, Web and mail hosting, for Winkel en web, change, investment" in page
        assert 'value="Winkel en web"' in page, "what was said is there to be changed"
    for asked, number in (
        ("department=Winkel+en+web", 1), ("department=-", 0), ("run_or_change=change", 1), ("capital=no", 0),
        ("quarter=2026-Q2", 1), ("quarter=2026-Q3", 0), ("tower=Compute", 1), ("tower=-", 0), ("category=-", 0),
        ("category=cloud_hosting", 1),
    ):  # fmt: skip
        rows = text_of(editor.client.get(f"{HOME}/spend/lines.csv?{asked}")).splitlines()[1:]
        assert len(rows) == number, asked
    editor.client.post(f"{HOME}/spend/decide/", given | {"is_it": "no", "run_or_change": "", "capital": "no"})
    page = text_of(editor.client.get(f"{HOME}/spend/vendors/{quote(line.vendor_key)}/"))
    assert "not IT, for Winkel en web, running cost" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"is_it": "misschien"},
        {"purpose": "geen"},
        {"vendor": ""},
        {"line_print": "x" * 65},
        {"department": "x" * 81},
        {"run_or_change": "stilstaan"},
        {"capital": "misschien"},
    ],
)
def test_a_decision_that_makes_no_sense_is_said_and_not_kept(
    company: Company, editor: Person, wrong: dict[str, str]
) -> None:
    bring(company, a__xml=bill("Zeeblik BV", what="Strandstoelen"))
    given = {"vendor": SpendLine.objects.get().vendor_key, "is_it": "yes", "purpose": ""} | wrong
    assert "could not be kept" in text_of(editor.client.post(f"{HOME}/spend/decide/", given, follow=True))
    assert not SpendDecision.objects.exists()


# --- profile, diagnosis, end ------------------------------------------------------------------------------------


def test_each_save_of_the_profile_adds_a_version_and_the_history_says_what_changed(editor: Person) -> None:
    for headcount in ("40", "42"):
        given = {
            "holds_from": "2026-01-01",
            "legal_name": "Bakkerij",
            "headcount": headcount,
            "recovers_vat": "",
            "fiscal_year_starts": "7",
        }
        assert editor.client.post(f"{HOME}/profile/", given).status_code == 302
    assert list(ProfileVersion.objects.order_by("pk").values_list("headcount", "by")) == [
        (40, editor.user.pk),
        (42, editor.user.pk),
    ]
    page = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text_of(editor.client.get(f"{HOME}/profile/"))))
    assert re.search(r"40\W+(\w+\W+){0,3}42", page), "before and after"
    assert re.search(r"financial year start\W+(not known\W+)?July", page), "months have names"


@pytest.mark.parametrize(
    "wrong",
    [
        {"vat_id": "BE0123456740"}, {"country": "Belgium"}, {"country": "1"}, {"headcount": "0"}, {"headcount": "veel"},
        {"holds_from": ""}, {"holds_from": "31/12"}, {"revenue": "-1"}, {"revenue": "1e30"}, {"growth": "x"},
        {"headcount": "99999999999999999999"}, {"recovers_vat": "misschien"},
    ],
)  # fmt: skip
def test_a_profile_that_makes_no_sense_is_said_and_not_kept(editor: Person, wrong: dict[str, str]) -> None:
    answer = editor.client.post(f"{HOME}/profile/", {"holds_from": "2026-01-01"} | wrong)
    assert answer.status_code == 200
    assert "aria-invalid" in text_of(answer)
    assert not ProfileVersion.objects.exists()


def test_a_report_is_made_kept_and_shown_as_it_was(company: Company, editor: Person) -> None:
    page = editor.client.post(f"{HOME}/diagnosis/make/", follow=True)
    assert "nothing to report yet" in text_of(page)
    bring(company, a__xml=bill("Wolkenrijk BV"))
    made = editor.client.post(f"{HOME}/diagnosis/make/")
    report = Report.objects.get()
    assert made["Location"] == f"{HOME}/diagnosis/{report.pk}.pdf"
    pdf = editor.client.get(made["Location"])
    assert pdf["Content-Type"] == "application/pdf"
    assert bytes_of(pdf).startswith(b"%PDF-")
    assert editor.client.get(f"{HOME}/diagnosis/{report.pk}.json").json() == report.content


def test_the_end_of_a_company_leaves_no_row_and_no_byte_and_its_neighbour_everything(
    company: Company, other_company: Company, editor: Person, neighbour: Person, settings: Settings
) -> None:
    for whose, person in ((company, editor), (other_company, neighbour)):
        bring(whose, a__xml=bill("Wolkenrijk BV"))
        person.client.post(f"/c/{whose.slug}/diagnosis/make/")
    root = Path(settings.MEDIA_ROOT)
    kept = {path for path in root.rglob("*") if path.is_file()}
    number = company.pk
    ends.end(company)
    left = {path for path in root.rglob("*") if path.is_file()}
    assert left == {path for path in kept if path.is_relative_to(root / str(other_company.pk))}
    assert len(left) == 2
    for model in ends.IN_ORDER:
        assert not model.objects.filter(company_id=number).exists(), model
    assert neighbour.client.get("/c/garage/spend/").status_code == 200


# --- who is who -------------------------------------------------------------------------------------------------


def test_two_vendors_are_said_to_be_one_and_taken_apart_again(
    company: Company, editor: Person, reader: Person
) -> None:
    bring(company, a__xml=bill("Strandwinkel Noord BV"), b__xml=bill("Strandwinkel Nord BV", "2", net="60"))
    first, second = (SpendLine.objects.get(cost=cost).vendor_key for cost in (100, 60))
    assert "looks like one" in text_of(editor.client.get(f"{HOME}/spend/vendors/"))
    page = text_of(editor.client.get(f"{HOME}/spend/vendors/alike/"))
    assert "Strandwinkel Nord BV" in page
    assert "They are one" not in text_of(reader.client.get(f"{HOME}/spend/vendors/alike/"))
    said = {"says": "same", "vendor": second, "other_name": "strandwinkel noord bv"}
    assert reader.client.post(f"{HOME}/spend/vendors/say/", said).status_code == 403
    answer = editor.client.post(f"{HOME}/spend/vendors/say/", said)
    assert answer["Location"] == f"{HOME}/spend/vendors/{quote(first)}/"
    page = text_of(editor.client.get(answer["Location"]))
    assert "Strandwinkel Nord BV is Strandwinkel Noord BV" in page
    assert "On your papers it stands as" in page
    word = VendorWord.objects.get()
    back = {"back": f"{HOME}/spend/vendors/"}
    assert (
        editor.client.post(f"{HOME}/spend/vendors/words/{word.pk}/take-back/", back)["Location"]
        == back["back"]
    )
    assert "taken back" in text_of(editor.client.get(f"{HOME}/spend/vendors/{quote(second)}/"))
    page = text_of(editor.client.post(f"{HOME}/spend/vendors/words/{word.pk}/take-back/", back, follow=True))
    assert "taken back already" in page


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"says": "same"}, "Which vendor is meant?"),
        ({"says": "part_of", "other_name": "Niemand"}, "No vendor is called"),
        ({"says": "same", "other_name": "Strandwinkel"}, "Several vendors are called so"),
        ({"says": "called"}, "How is it called?"),
        ({"says": "apart"}, "Which name is another"),
        ({"says": "enemy"}, "enemy"),
    ],
)
def test_what_cannot_be_a_word_is_answered_in_words(
    company: Company, editor: Person, said: dict[str, str], words: str
) -> None:
    bring(company, a__xml=bill("Strandwinkel Noord BV"), b__xml=bill("Strandwinkel Zuid BV", "2", net="60"))
    given = {"vendor": SpendLine.objects.get(cost=100).vendor_key, "back": f"{HOME}/spend/vendors/", **said}
    page = text_of(editor.client.post(f"{HOME}/spend/vendors/say/", given, follow=True))
    assert words in page
    assert not VendorWord.objects.exists()
    nobody = given | {"says": "called", "name": "X", "vendor": "name:nobody", "other_name": ""}
    assert editor.client.post(f"{HOME}/spend/vendors/say/", nobody).status_code == 404


def test_of_a_large_company_a_worker_lets_the_figures_follow(
    company: Company, editor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(company, a__xml=bill("Strandwinkel Noord BV"))
    monkeypatch.setattr("pilothouse.web.spend.who.AT_ONCE", 0)
    given = {"says": "called", "name": "De Winkel", "vendor": SpendLine.objects.get().vendor_key}
    page = text_of(editor.client.post(f"{HOME}/spend/vendors/say/", given, follow=True))
    assert "in a few minutes" in page
    tasks.look_again(company.pk)
    tasks.look_again(0)
    assert "De Winkel" in text_of(editor.client.get(f"{HOME}/spend/vendors/"))
