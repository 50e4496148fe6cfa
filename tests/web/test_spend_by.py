"""The page of consolidated spend: what it says, where its figures lead, what hostile addresses do, and kept views."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree

from pilothouse.accounts.models import Company
from pilothouse.records.models import ProfileVersion, SavedView, SpendCell, SpendLine
from pilothouse.services import decisions, saved_views
from tests.conftest import Person
from tests.factories import shown_review
from tests.services.small_papers import bill, bring

HOME = "/c/bakkerij/spend"
BY = f"{HOME}/by/"


@pytest.fixture
def papers(company: Company, editor: Person) -> Company:
    """Two years of hosting that grew by a third, chairs, and an office suite of a department."""
    bring(
        company,
        a__xml=bill("Wolkenrijk BV", "1", what="Webhosting", net="200", issued=date(2025, 5, 4)),
        b__xml=bill("Wolkenrijk BV", "2", what="Webhosting", net="400", issued=date(2026, 5, 4)),
        c__xml=bill("Zeeblik BV", what="Strandstoelen", net="5000"),
        d__xml=bill("Kantoorwolk BV", net="200", issued=date(2026, 2, 4)),
        e__xml=bill("Vroeger NV", what="Webhosting", net="100", issued=date(2024, 11, 4)),
    )
    key = SpendLine.objects.filter(vendor_name="Kantoorwolk BV")[0].vendor_key
    said = decisions.Said(key, "", True, "office_suite", department="Winkel", in_full=True)
    decisions.decide(company, said, by=editor.user)
    chairs = SpendLine.objects.filter(vendor_name="Zeeblik BV")[0].vendor_key
    decisions.decide(company, decisions.Said(chairs, "", False), by=editor.user)
    return company


def page_of(person: Person, query: str = "by=purpose", **headers: str) -> str:
    answer = person.client.get(f"{BY}?{query}", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(page: str) -> str:
    text = html.unescape(re.sub(r"<[^>]+>", " ", page)).replace("\u202f", "").replace("\xa0", " ")
    return re.sub(r"\s+", " ", text).replace(" .", ".")


def rows_of(person: Person, query: str) -> list[dict[str, str]]:
    answer: Any = person.client.get(f"{BY}table.csv?{query}")
    return list(csv.DictReader(io.StringIO(b"".join(answer).decode())))


# --- what it says -----------------------------------------------------------------------------------------------


def test_the_answer_is_a_sentence_with_its_figures(papers: Company, reader: Person) -> None:
    words = words_of(page_of(reader))
    assert "What do we pay for?" in words
    assert "Web and mail hosting is the largest: € 400 of € 600, a third more than the year before." in words
    assert "67% is Web and mail hosting, one of 2 purposes" in words
    assert "€ 300 more than the year before, most of it Office suite and mail" in words
    by_quarter = words_of(page_of(reader, "over=quarter&by=vendor"))
    assert "Whom do we pay, by quarter?" in by_quarter
    assert "Q2 2026 was the dearest, at € 400" in by_quarter
    assert "2 months" in by_quarter, "a quarter that is cut off says so"


def test_what_has_no_name_yet_is_not_called_the_largest(papers: Company, reader: Person) -> None:
    words = words_of(page_of(reader, "by=department"))
    assert "Of € 600, € 400 is “No department said”. Of the rest, Winkel is the largest: € 200" in words


def test_a_picture_compares_what_is_known_where_the_rest_outweighs_it(
    papers: Company, reader: Person
) -> None:
    page = words_of(page_of(reader, "by=purpose&it=all"))
    assert "Of what is known, 67% is Web and mail hosting, one of 2 purposes" in page
    assert "Not known yet: € 5000, not drawn." in page


def test_the_form_on_a_vendor_begins_with_what_was_said(papers: Company, editor: Person) -> None:
    line = SpendLine.objects.filter(vendor_name="Kantoorwolk BV")[0]
    newer = SpendLine.objects.get(pk=line.pk)
    newer.pk, newer.key, newer.counting, newer.department = None, "other", "duplicate", ""
    newer.date, newer.would_say, newer.purpose = date(2026, 9, 1), False, ""
    newer.save()
    page = editor.client.get(f"{HOME}/vendors/{line.vendor_key}/").content.decode()
    assert 'value="Winkel"' in page
    assert re.search(r'<option value="yes" selected', page)
    assert re.search(r'<option value="office_suite" selected', page)


def test_nothing_that_fits_is_said(papers: Company, reader: Person) -> None:
    words = words_of(page_of(reader, "period=between&first=2020-01&last=2020-03"))
    assert "Nothing of that kind was paid from 1 Jan 2020 to 31 Mar 2020." in words
    assert "Take a filter away" in words


def test_without_papers_the_page_says_what_to_bring(reader: Person) -> None:
    assert "No papers yet" in page_of(reader)
    assert reader.client.get(f"{BY}table.csv").status_code == 200
    assert reader.client.get(f"{BY}bars.svg").status_code == 404


def test_the_financial_year_is_that_of_the_profile(papers: Company, reader: Person) -> None:
    ProfileVersion.objects.create(company=papers, holds_from=date(2020, 1, 1), fiscal_year_starts=4)
    words = words_of(page_of(reader, "over=year&period=between&first=2025-01&last=2026-12"))
    for year in ("2024/25", "2025/26", "2026/27"):
        assert year in words


# --- where its figures lead -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query", ["by=vendor&over=month", "by=department&it=all", "by=tower", "by=it&vat=with"]
)
def test_every_figure_opens_lines_that_add_up_to_it(papers: Company, reader: Person, query: str) -> None:
    figures = re.findall(r'<a class="figure" href="([^"]+)" data-proof>([^<]+)</a>', page_of(reader, query))
    assert len(figures) > 4
    for address, said in figures:
        proof = reader.client.get(html.unescape(address)).content.decode()
        assert words_of(said).strip() in words_of(proof).replace(".00", ""), address


def test_a_row_leads_on_to_a_finer_question_and_a_filter_can_be_taken_away(
    papers: Company, reader: Person
) -> None:
    page = page_of(reader, "by=function&over=quarter")
    (finer,) = set(re.findall(r'<a href="([^"]+function=web_presence[^"]*)">', page))
    finer_page = reader.client.get(html.unescape(finer)).content.decode()
    assert "What do we pay for, by quarter?" in words_of(finer_page)
    assert "Office suite" not in words_of(finer_page.partition('id="by"')[2])
    chip = re.search(r'<a class="button slim" href="([^"]+)" aria-label="Take away', finer_page)
    assert chip
    assert "function" not in chip.group(1)
    vendor = re.search(rf'href="({HOME}/vendors/[^"]+)"', page_of(reader, "by=vendor"))
    assert vendor
    assert reader.client.get(vendor.group(1)).status_code == 200


def test_spread_amounts_open_the_lines_that_pay_for_their_months(papers: Company, reader: Person) -> None:
    line = SpendLine.objects.filter(vendor_name="Wolkenrijk BV", date=date(2026, 5, 4))[0]
    SpendLine.objects.filter(pk=line.pk).update(service_from=date(2026, 5, 1), service_to=date(2026, 8, 31))
    assert 'name="basis"' not in page_of(reader), "nothing is spread yet"
    for month, cost in ((5, -300), (6, 100), (7, 100), (8, 100)):
        SpendCell.objects.create(
            company=papers, review=shown_review(papers), basis="accrued", month=date(2026, month, 1),
            vendor_key=line.vendor_key, vendor_name=line.vendor_name, purpose=line.purpose, kind="invoice",
            it="yes", currency="EUR", cost=cost, paid=cost, lines=0,
        )  # fmt: skip
    assert 'name="basis"' in page_of(reader)
    assert "spread over what is paid for" in reader.client.get(f"{HOME}/").content.decode()
    page = page_of(reader, "by=vendor&over=month&basis=spread")
    address = re.search(r'href="([^"]+served_from=2026-07-01[^"]+)" data-proof>€[^1]*100<', page)
    assert address
    proof = words_of(reader.client.get(html.unescape(address.group(1))).content.decode())
    assert "with that part, its whole cost" in proof
    assert "of € 400.00" in proof
    assert "pays for 1 May 2026 to 31 Aug 2026" in proof


def test_part_and_pictures(papers: Company, reader: Person) -> None:
    part = page_of(reader, "by=vendor", **{"HX-Request": "true"})
    assert part.lstrip().startswith('<div class="parts')
    assert "hx-swap-oob" in part
    pictures = set(re.findall(rf"{BY}([a-z-]+)\.svg\?", page_of(reader) + page_of(reader, "over=month")))
    assert pictures == {"bars", "changes", "over-time"}
    for key, query in (("bars", ""), ("changes", ""), ("over-time", "over=month")):
        for more in ("mode=dark&size=narrow", "size=half", "size=x&mode=x"):
            answer = reader.client.get(f"{BY}{key}.svg?{query}&{more}")
            assert answer.status_code == 200
            etree.fromstring(answer.content)
    assert reader.client.get(f"{BY}over-time.svg").status_code == 404


# --- hostile addresses ------------------------------------------------------------------------------------------

NONSENSE = [
    "by=x", "over=x", "period=x", "it=x", "vat=x", "basis=x", "sort=x", "all=x", "purpose=x", "function=x", "tower=x",
    "category=x", "department=x", "run_or_change=x", "capital=x", "kind=x", "vendor=" + "x" * 200,
    "period=between&first=2026-01", "period=between&first=2026-13&last=2027-01",
    "period=between&first=2026-06&last=2026-01", "period=between&first=1900-01&last=2099-12",
    "period=between&first=0001-01&last=0001-02", "first=x", "by=%00", "department=%00", "capital=-", "kind=-",
]  # fmt: skip


@pytest.mark.parametrize("query", NONSENSE)
def test_what_makes_no_sense_is_said_and_shows_nothing(papers: Company, reader: Person, query: str) -> None:
    page = page_of(reader, query)
    assert "another look" in words_of(page) or "did not work yet" in words_of(page)
    assert "Wolkenrijk" not in page
    assert "€" not in words_of(page.partition("<main")[2])
    assert rows_of(reader, query) == []
    assert reader.client.get(f"{BY}bars.svg?{query}").status_code == 404
    book = zipfile.ZipFile(io.BytesIO(reader.client.get(f"{BY}table.xlsx?{query}").content))
    assert book.testzip() is None


@pytest.mark.parametrize(
    "query", ["vendor=niemand", "vendor=%25", "vendor='%22--", "period=between&first=1900-01&last=1900-02"]
)
def test_what_is_not_there_is_nothing(papers: Company, reader: Person, query: str) -> None:
    page = page_of(reader, query)
    assert "Nothing that counts is like that" in page
    assert "Wolkenrijk" not in page


# --- exports ----------------------------------------------------------------------------------------------------


def test_the_table_leaves_as_it_is_shown(papers: Company, reader: Person) -> None:
    rows = rows_of(reader, "by=vendor&over=quarter")
    told = [
        (row["Vendor"], *(Decimal(row[name]) for name in ("Total", "Q2 2026", "Year before"))) for row in rows
    ]
    assert told == [
        ("Wolkenrijk BV", 400, 400, 200),
        ("Kantoorwolk BV", 200, 0, 0),
        ("Vroeger NV", 0, 0, 100),
        ("Total", 600, 400, 300),
    ]
    book = zipfile.ZipFile(io.BytesIO(reader.client.get(f"{BY}table.xlsx?by=vendor").content))
    sheets = [etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")) for number in (1, 2)]
    words = "".join(str(text) for sheet in sheets for text in sheet.itertext())
    assert "Whom do we pay?" in words
    assert "Wolkenrijk BV" in words
    assert "Strandstoelen" not in words, "lines that are not behind the table stay out"
    numbers = [cell.findtext("{*}v") for cell in sheets[0].iter("{*}c") if cell.get("t") is None]
    assert 400 in [Decimal(number) for number in numbers if number]


def test_no_cell_of_the_table_is_a_formula(company: Company, reader: Person) -> None:
    bring(company, a__xml=bill('=cmd|"/C calc"!A0'))
    rows = list(rows_of(reader, "by=vendor&it=all"))
    assert rows[0]["Vendor"].startswith("'=")
    book = zipfile.ZipFile(io.BytesIO(reader.client.get(f"{BY}table.xlsx?by=vendor&it=all").content))
    for number in (1, 2):
        assert etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml")).findall(".//{*}f") == []


def test_lines_beyond_the_limit_are_said_to_be_left_out(
    papers: Company, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pilothouse.web.spend.by.LINES_BEHIND", 1)
    book = zipfile.ZipFile(io.BytesIO(reader.client.get(f"{BY}table.xlsx?basis=spread").content))
    words = "".join(str(text) for text in etree.fromstring(book.read("xl/worksheets/sheet2.xml")).itertext())
    assert "Only the first 1 lines are here" in words
    assert "only part of it falls in these months" in words


# --- views people keep ------------------------------------------------------------------------------------------


def keep(person: Person, name: str, query: str = "by=vendor", **more: str) -> str:
    given = {"name": name, "query": query, **more}
    return person.client.post(f"{BY}views/", given, follow=True).content.decode()


def change(person: Person, view: SavedView, does: str, **more: str) -> Any:
    return person.client.post(f"{BY}views/{view.pk}/", {"does": does, **more}, follow=True)


def test_a_view_is_kept_opened_first_renamed_and_deleted(papers: Company, reader: Person) -> None:
    assert "Kept as “Per leverancier”" in keep(reader, " Per   leverancier ")
    view = SavedView.objects.get()
    assert (view.name, view.shared, view.by) == ("Per leverancier", False, reader.user)
    change(reader, view, "first")
    opened = reader.client.get(BY)
    assert opened["Location"] == f"{BY}?by=vendor"
    assert "opens first" in page_of(reader)
    change(reader, view, "rename", name="Leveranciers")
    view.refresh_from_db()
    assert view.name == "Leveranciers"
    assert "A view needs a name" in change(reader, view, "rename", name=" ").content.decode()
    change(reader, view, "not_first")
    assert reader.client.get(BY).status_code == 200
    change(reader, view, "first")
    change(reader, view, "delete")
    assert not SavedView.objects.exists()
    assert reader.client.get(BY).status_code == 200


def test_a_view_that_cannot_be_kept_is_said_with_a_reason(
    papers: Company, reader: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(reader, "Een")
    keep(reader, "Twee")
    assert "of that name already" in keep(reader, "Een")
    second = SavedView.objects.get(name="Twee")
    assert "of that name already" in change(reader, second, "rename", name="Een").content.decode()
    assert "A view needs a name" in keep(reader, "x" * 81)
    assert "A view needs a name" in keep(reader, "\x00")
    assert "too many choices" in keep(reader, "Lang", "department=" + "x" * 1000)
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 2)
    assert "200 views already" in keep(reader, "Drie")
    assert SavedView.objects.count() == 2


def test_only_editors_share_and_change_what_is_shared(
    papers: Company, reader: Person, editor: Person, owner: Person, stranger: Person
) -> None:
    keep(reader, "Mijn", shared="yes")
    assert not SavedView.objects.get().shared, "a reader keeps views for themselves"
    assert "Mijn" not in page_of(editor)
    keep(editor, "Van ons", shared="yes")
    shared = SavedView.objects.get(name="Van ons")
    assert "Van ons" in page_of(reader)
    assert change(reader, shared, "delete").status_code == 404
    assert change(reader, shared, "rename", name="x").status_code == 404
    assert change(reader, shared, "first").status_code == 200
    assert stranger.client.post(f"{BY}views/", {"name": "x", "query": ""}).status_code == 404
    mine = SavedView.objects.get(name="Mijn")
    assert change(editor, mine, "delete").status_code == 404, "what is not shared is nobody else's"
    change(owner, shared, "delete")
    assert list(SavedView.objects.filter(page="spend_by").values_list("name", flat=True)) == ["Mijn"]
