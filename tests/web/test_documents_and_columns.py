"""The pages of documents, columns and the handling of papers: what people send, and what hostile people send."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from pilothouse.accounts.models import Company
from pilothouse.records.models import (
    ColumnMap,
    HandlingOfPapers,
    HandReading,
    Import,
    Paper,
    SourceFile,
    SpendLine,
)
from pilothouse.services import documents, spend
from tests.conftest import Person
from tests.factories import make_attachment, make_document
from tests.services.small_papers import bill, bring, payments
from tests.web.test_papers_and_spend import HOME, bytes_of, text_of

pytestmark = pytest.mark.django_db

LEDGER = b"""Datum;Leverancier;Boekstuk;Bedrag A;Bedrag B
03/01/2026;Wolkenrijk BV;A1;121,00;100,00
04/02/2026;Zeeblik BV;A2;242,00;200,00
05/03/2026;Wolkenrijk BV;A3;363,00;300,00
"""
FIGURES = {
    "says": "figures", "seller": "Wolkenrijk BV", "number": "F-7", "issue_date": "2026-01-09", "net": "100,00",
    "vat": "21,00", "gross": "", "currency": "eur", "what_for": "Hosting",
}  # fmt: skip


@pytest.fixture
def paper(company: Company, editor: Person, settings: Any, tmp_path: Any) -> Paper:
    settings.MEDIA_ROOT = tmp_path
    bring(company, a__xml=bill("Ander BV"))
    return make_document(company, 7, by=editor.user)


def lose(source: SourceFile) -> None:
    """Let the bytes be gone from the disk."""
    Path(source.content.path).unlink()


def say(person: Person, paper: Paper, **given: str) -> Any:
    return person.client.post(f"{HOME}/intake/papers/{paper.pk}/say/", {**FIGURES, **given})


# --- documents --------------------------------------------------------------------------------------------------


def test_a_document_waits_on_the_page_of_papers_and_shows_what_was_read(paper: Paper, editor: Person) -> None:
    assert "One document waits for you" in text_of(editor.client.get(f"{HOME}/intake/"))
    assert "One document waits for its figures" in text_of(editor.client.get(f"{HOME}/"))
    assert f"/papers/{paper.pk}/" in text_of(editor.client.get(f"{HOME}/intake/waiting/"))
    page = text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    assert 'value="D7"' in page
    assert "was read from the words of the document" in page
    assert f'src="{HOME}/intake/papers/{paper.pk}/page/1/"' in page


def test_figures_that_are_entered_count_and_can_be_taken_back(paper: Paper, editor: Person) -> None:
    assert say(editor, paper).status_code == 302
    reading = HandReading.objects.get()
    assert (str(reading.gross), reading.currency, reading.by) == ("121.00", "EUR", editor.user)
    assert SpendLine.objects.filter(review=spend.current(paper.company), paper=paper).count() == 1
    page = text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    assert "It counts with the figures that were entered." in page
    editor.client.post(f"{HOME}/intake/papers/{paper.pk}/unsay/")
    assert documents.waiting(paper.company).count() == 1


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"net": "", "gross": ""}, "Two of the three amounts are needed"),
        ({"net": "100", "vat": "", "gross": ""}, "Two of the three amounts are needed"),
        ({"net": "100", "vat": "21", "gross": "120"}, "make 121.00, not 120.00"),
        ({"net": "1.234"}, "Is that thousands or cents?"),
        ({"net": "honderd"}, "This is no amount"),
        ({"net": "NaN"}, "This is no amount|too large"),
        ({"net": "1e30"}, "This is no amount|too large"),
        ({"net": "-100", "vat": "-21"}, "without a minus"),
        ({"currency": "€"}, "Three letters"),
        ({"seller": ""}, "This field is required"),
        ({"issue_date": "31/02/2026"}, "Enter a valid date"),
    ],
)
def test_figures_that_cannot_be_are_said_in_place_and_nothing_typed_is_lost(
    paper: Paper, editor: Person, given: dict[str, str], words: str
) -> None:
    answer = say(editor, paper, **{"what_for": "Hosting & <mail>", **given})
    assert answer.status_code == 422
    page = text_of(answer)
    assert re.search(words, page)
    assert "Hosting &amp; &lt;mail&gt;" in page
    assert not HandReading.objects.exists()


@pytest.mark.parametrize(
    ("given", "net", "vat", "gross"),
    [
        ({"net": "1 234,50", "vat": "0"}, "1234.50", "0.00", "1234.50"),
        ({"net": "1.234,50", "vat": "", "gross": "1.493,75"}, "1234.50", "259.25", "1493.75"),
        ({"net": "", "vat": "21.00", "gross": "€ 121.00"}, "100.00", "21.00", "121.00"),
    ],
)
def test_two_amounts_give_the_third_however_they_are_written(
    paper: Paper, editor: Person, given: dict[str, str], net: str, vat: str, gross: str
) -> None:
    assert say(editor, paper, **given).status_code == 302
    reading = HandReading.objects.get()
    assert (str(reading.net), str(reading.vat), str(reading.gross)) == (net, vat, gross)


def test_a_payment_of_the_same_amount_is_offered_and_chosen(paper: Paper, editor: Person) -> None:
    bring(paper.company, bank__xml=payments((paper.date, "121.00", "WOLKENRIJK BV", "x")))  # type: ignore[arg-type]  # it has a day
    page = text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    found = re.search(r'name="line" value="([^"]+)"', page)
    assert found is not None
    address = f"{HOME}/intake/papers/{paper.pk}/say/"
    assert editor.client.post(address, {"says": "payment", "line": found[1]}).status_code == 302
    page = text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    assert "It belongs to the payment of" in page
    assert editor.client.post(address, {"says": "payment", "line": "1:999"}).status_code == 404


def test_no_cost_and_nonsense(paper: Paper, editor: Person) -> None:
    address = f"{HOME}/intake/papers/{paper.pk}/say/"
    assert editor.client.post(address, {"says": "hello"}).status_code == 302
    assert not HandReading.objects.exists()
    editor.client.post(address, {"says": "no_cost"})
    assert "no invoice to us" in text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))


def test_the_picture_of_a_page_is_for_editors_and_of_pages_that_are_there(
    paper: Paper, editor: Person, reader: Person
) -> None:
    address = f"{HOME}/intake/papers/{paper.pk}/page"
    drawn = editor.client.get(f"{address}/1/")
    assert drawn["Content-Type"] == "image/png"
    assert bytes_of(drawn).startswith(b"\x89PNG")
    assert editor.client.get(f"{address}/2/").status_code == 404
    assert editor.client.get(f"{address}/0/").status_code == 404
    assert reader.client.get(f"{address}/1/").status_code == 403
    page = text_of(reader.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    assert "Owners and editors see the page itself" in page
    lose(SourceFile.objects.get(pk=paper.source_id))
    assert editor.client.get(f"{address}/1/").status_code == 404


def test_a_page_number_of_any_kind_is_a_page(paper: Paper, editor: Person) -> None:
    for number in ("0", "99", "-1", "²", "x", ""):
        assert editor.client.get(f"{HOME}/intake/papers/{paper.pk}/?page={number}").status_code == 200


def test_a_file_that_came_inside_is_saved(paper: Paper, editor: Person) -> None:
    attached = make_attachment(paper)
    answer = editor.client.get(f"{HOME}/intake/attachments/{attached.pk}/")
    assert bytes_of(answer) == b"pdf"
    assert "time-sheet.pdf" in answer["Content-Disposition"]
    lose(attached.file)
    assert editor.client.get(f"{HOME}/intake/attachments/{attached.pk}/").status_code == 404


# --- columns ----------------------------------------------------------------------------------------------------


@pytest.fixture
def ledger(company: Company, settings: Any, tmp_path: Any) -> SourceFile:
    settings.MEDIA_ROOT = tmp_path
    bring(company, ledger__csv=LEDGER)
    found: SourceFile = SourceFile.objects.get()
    return found


def fields(page: str) -> dict[str, str]:
    """The selects of the page with what is chosen in each."""
    chosen = {}
    for name, body in re.findall(r'<select id="[^"]+" name="([^"]+)">(.*?)</select>', page, re.DOTALL):
        found = re.search(r'<option value="([^"]*)" selected>', body)
        chosen[name] = found[1] if found else ""
    return chosen


def test_columns_are_shown_with_cells_reasons_and_lines(
    ledger: SourceFile, editor: Person, reader: Person
) -> None:
    for person in (editor, reader):
        page = text_of(person.client.get(f"{HOME}/intake/files/{ledger.pk}/columns/"))
        assert "Bedrag B" in page
        assert "Zeeblik BV" in page
        assert fields(page)["column-0"] == "date"


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_shown_first_and_then_kept(ledger: SourceFile, editor: Person) -> None:
    address = f"{HOME}/intake/files/{ledger.pk}/columns/"
    given = fields(text_of(editor.client.get(address))) | {"table-before": "ledger"}
    given |= {"column-3": "", "column-4": "net"}
    shown = text_of(editor.client.post(address, given | {"do": "show"}))
    assert "100" in shown
    assert not ColumnMap.objects.exists()
    kept = editor.client.post(address, given | {"do": "keep"})
    assert kept.status_code == 302
    assert ColumnMap.objects.get().columns["Bedrag B"] == "net"
    assert Import.objects.filter(origin="columns", state="done").count() == 1
    assert "read as" in text_of(editor.client.get(address))


def test_another_kind_of_table_and_meanings_that_give_nothing(ledger: SourceFile, editor: Person) -> None:
    address = f"{HOME}/intake/files/{ledger.pk}/columns/"
    given = fields(text_of(editor.client.get(address)))
    other = text_of(
        editor.client.post(address, given | {"table-before": "ledger", "table": "users", "do": "keep"})
    )
    assert "the name somebody signs in with" in other
    assert not ColumnMap.objects.exists()
    none = {name: "" for name in given if name.startswith("column")}
    answer = editor.client.post(address, {**none, "table": "ledger", "table-before": "ledger", "do": "keep"})
    assert "Nothing was kept" in text_of(answer)
    assert not ColumnMap.objects.exists()
    odd = editor.client.post(address, {"table": "x", "table-before": "x", "column-0": "<b>", "do": "keep"})
    assert odd.status_code in (200, 302)


def test_a_file_without_columns_and_one_without_bytes(
    ledger: SourceFile, editor: Person, company: Company
) -> None:
    bring(company, a__xml=bill("Ander BV"))
    invoice = SourceFile.objects.get(name="a.xml")
    assert editor.client.get(f"{HOME}/intake/files/{invoice.pk}/columns/").status_code == 200
    lose(ledger)
    assert editor.client.get(f"{HOME}/intake/files/{ledger.pk}/columns/").status_code == 404


def test_the_import_says_what_each_file_became_and_what_comes_next(
    ledger: SourceFile, editor: Person
) -> None:
    batch = Import.objects.get()
    page = text_of(editor.client.get(f"{HOME}/intake/{batch.pk}/"))
    assert "Check its columns" in page
    paper = Paper.objects.get()
    page = text_of(editor.client.get(f"{HOME}/intake/papers/{paper.pk}/"))
    assert "Kind of book" in page
    assert "Zeeblik BV" in page


# --- handling ---------------------------------------------------------------------------------------------------


def test_a_shorter_time_shows_what_would_go_before_it_is_kept(company: Company, owner: Person) -> None:
    from datetime import date

    bring(company, old__xml=bill("Vroeger BV", issued=date(2015, 1, 1)), new__xml=bill("Nu BV"))
    address = f"{HOME}/intake/handling/"
    assert "Papers are kept until somebody deletes them." in text_of(owner.client.get(address))
    asked = text_of(owner.client.post(address, {"mask_people": "on", "keep_years": "7"}))
    assert "One paper would be erased" in asked
    assert not HandlingOfPapers.objects.exists()
    assert owner.client.post(address, {"keep_years": "7", "agreed": "1"}).status_code == 302
    rules = HandlingOfPapers.objects.get()
    assert (rules.keep_years, rules.mask_people, rules.by) == (7, False, owner.user)
    assert "Natural persons are not masked." in text_of(owner.client.get(address))


@pytest.mark.parametrize("years", ["0", "-1", "31", "x", "1.5"])
def test_years_that_cannot_be_are_refused_in_place(owner: Person, years: str) -> None:
    page = owner.client.post(f"{HOME}/intake/handling/", {"keep_years": years, "agreed": "0"})
    assert page.status_code == 200
    assert not HandlingOfPapers.objects.exists()


def test_editors_do_not_change_how_papers_are_handled(editor: Person) -> None:
    assert editor.client.post(f"{HOME}/intake/handling/", {"mask_people": ""}).status_code == 403
