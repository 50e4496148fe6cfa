"""The paper: tagged, searchable, and its figures lead to their lines."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pikepdf
import pytest

from pilothouse.engine.money import Money, total
from pilothouse.reporting.diagnosis import (
    Chapter,
    Column,
    Diagnosis,
    FigureRow,
    FindingRow,
    Marker,
    Proof,
    ProofLine,
    Row,
    SourceRow,
    Summary,
    Table,
)
from pilothouse.reporting.paper import FIRST_PAGE_SENTENCES, PROOF_LINES
from pilothouse.reporting.pdf import pdf
from pilothouse.reporting.typeface import plainly, showable

Pages = Callable[[bytes], list[str]]
ONE = Money(Decimal("1.10"))


def parts(paper: bytes) -> Iterator[tuple[str, Any]]:
    """Each (tag, element) of the structure tree, in order."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        waiting: list[Any] = [document.Root.StructTreeRoot.K]
        while waiting:
            one = waiting.pop()
            if isinstance(one, pikepdf.Array):
                waiting.extend(reversed(list(one)))
            elif isinstance(one, pikepdf.Dictionary) and "/S" in one:
                yield str(one.S), one
                waiting.append(one.get("/K", pikepdf.Array()))


def proof_of(lines: tuple[ProofLine, ...], **change: Any) -> Proof:
    whole: dict[str, Any] = {
        "says": "says",
        "total": total(line.amount for line in lines),
        "count": len(lines),
    }
    return Proof(id="all", lines=lines, **(whole | change))


def with_one_proof(ordinary: Diagnosis, proof: Proof, *chapters: Chapter) -> Diagnosis:
    summary = Summary((FigureRow("IT", proof.total, "all"),))
    return replace(ordinary, summary=summary, chapters=chapters, proofs=(proof,))


# --- page one ---------------------------------------------------------------------------------------------


def test_page_one_says_what_it_costs_what_is_unsure_and_what_to_do(ordinary: Diagnosis, pages: Pages) -> None:
    first = pages(pdf(ordinary))[0]
    assert ordinary.headline in first
    assert "IT in twelve months € 1 554 [P1] net of VAT estimated" in first
    assert "Licences are a twentieth" in first
    assert "Three lines are unsure (worth € 7) [P3]" in first
    assert "Confirm the three lines." in first
    assert "In this report" not in first


def test_a_full_summary_still_is_one_page(ordinary: Diagnosis, pages: Pages) -> None:
    long = "Nobody has said whether this is IT. " * 9
    summary = Summary(
        tuple(FigureRow(f"Figure {n}", ONE, "all", "a note", Marker.PROPOSED) for n in range(6)),
        ordinary.summary.chart,
        (FindingRow(long, ("all",)),) * 7,
        (long,) * 7,
    )
    first, second, *_ = pages(pdf(replace(ordinary, summary=summary)))
    assert first.count("and 2 more in the chapters") == 2
    assert first.count("Nobody has said") >= 2 * FIRST_PAGE_SENTENCES
    assert "In this report" in second


def test_a_diagnosis_without_any_it_says_so(nothing: Diagnosis, pages: Pages) -> None:
    first, second = pages(pdf(nothing))
    assert "In deze stukken staat geen IT." in first
    assert "Niets dat deze cijfers zou veranderen." in first
    assert "Niets te tonen." in second
    assert "Geen enkel bestand was bruikbaar." in second


# --- every page -------------------------------------------------------------------------------------------


def test_each_page_names_company_date_and_number(ordinary: Diagnosis, pages: Pages) -> None:
    read = pages(pdf(ordinary))
    for number, page in enumerate(read, start=1):
        assert f"Brouwerij De Zwaan NV IT diagnosis · 28 Feb 2026 · Page {number} of {len(read)}" in page
        assert "Made up" not in page


def test_a_sample_is_marked_on_each_page(ordinary: Diagnosis, pages: Pages) -> None:
    read = pages(pdf(replace(ordinary, sample=True)))
    assert "Made up: this is a sample company." in read[0]
    assert all("28 Feb 2026 · Made up · Page" in page for page in read)


def test_a_table_over_pages_repeats_its_head(ordinary: Diagnosis, pages: Pages) -> None:
    table = Table("Vendors", (Column("Vendor name"),), tuple(Row((f"Vendor {n}.",)) for n in range(100)))
    read = pages(pdf(with_one_proof(ordinary, proof_of(()), Chapter("v", "Whom?", "Many.", tables=(table,)))))
    holding = [page for page in read if "Vendor 5" in page or "Vendor 99." in page]
    assert len(holding) > 1
    assert all("Vendor name" in page for page in holding)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("What to do next", "€ 1 554", "28 Feb 2026")),
        ("fr-BE", ("Que faire ensuite", "1 554 €", "28 févr. 2026")),
        ("nl-BE", ("Wat nu te doen", "€ 1.554", "28 feb 2026")),
        ("de", ("What to do next", "1.554 €", "28 Feb. 2026")),
    ],
)
def test_paper_speaks_the_readers_language(
    ordinary: Diagnosis, pages: Pages, language: str, words: tuple[str, ...]
) -> None:
    first = pages(pdf(ordinary, language=language))[0]
    assert all(word in first for word in words)


# --- proofs -----------------------------------------------------------------------------------------------


def test_each_figure_can_be_followed_to_its_lines(ordinary: Diagnosis, pages: Pages) -> None:
    text = " ".join(pages(pdf(ordinary)))
    assert "P3 · Lines of unsure 3 lines, together € 6.75 · used on page 1" in text
    assert "2 line 11 2 Sep 2025 Proximus Internet € 1.25" in text
    assert "2 2025.cod bank statement 28 movements cdcdcdcdcdcd" in text


def test_a_mark_leads_to_its_proof_and_the_proof_back(ordinary: Diagnosis) -> None:
    with pikepdf.open(io.BytesIO(pdf(ordinary))) as document:
        pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        leads = {
            (number, pages[target(document, link)])
            for number, page in enumerate(document.pages, start=1)
            for link in page.get("/Annots", [])
        }
        last = len(document.pages)
    assert any(source == 1 and to > 2 for source, to in leads)
    assert any(source > 2 and to == 1 for source, to in leads)
    assert any(to == last for _, to in leads)


def target(document: pikepdf.Pdf, link: Any) -> Any:
    place = link.get("/Dest") or link.A.D
    if isinstance(place, pikepdf.String | pikepdf.Name):
        place = pikepdf.NameTree(document.Root.Names.Dests)[str(place)]
    if isinstance(place, pikepdf.Dictionary):
        place = place.D
    return place[0].objgen


def test_a_long_proof_ends_in_how_many_more_and_what_they_sum_to(ordinary: Diagnosis, pages: Pages) -> None:
    line = ProofLine(1, "line 1", date(2026, 1, 5), "OVH", "Hosting", ONE)
    proof = proof_of((line,) * 50, total=Money(Decimal("110.00")), count=100, truncated=True)
    text = " ".join(pages(pdf(with_one_proof(ordinary, proof))))
    assert text.count("OVH Hosting") == PROOF_LINES
    assert "… and 60 more, together € 66.00: on screen this figure opens all of them € 66.00" in text
    assert "Total € 110.00" in text


def test_a_short_proof_stays_together_unless_its_names_are_endless(ordinary: Diagnosis, pages: Pages) -> None:
    def proof(count: int, name: str) -> Proof:
        return proof_of(tuple(ProofLine(1, f"line {n}", None, name, name, ONE) for n in range(count)))

    for count in range(12, 24):  # so that the next proof begins near the end of a page
        table = Table("T", (Column("x"),), (Row(("x",)),) * count)
        about = with_one_proof(ordinary, proof(6, "OVH"), Chapter("c", "?", "!", tables=(table,)))
        assert sum("line 0" in page and "Total" in page for page in pages(pdf(about))) == 1
    text = " ".join(pages(pdf(with_one_proof(ordinary, proof(6, "endless " * 400)))))
    assert text.count("endless") == 2 * 6 * 400


def test_the_numbers_of_a_chart_stand_in_a_table_or_behind_it(ordinary: Diagnosis, pages: Pages) -> None:
    text = " ".join(pages(pdf(ordinary)))
    behind = text[text.rindex("The numbers behind the charts") :]
    assert "By month Month This year Last paid Sep 2025 € 1 554 [P1] 30 Sep 2025" in behind
    assert "By purpose" not in behind


# --- everyone can read it -----------------------------------------------------------------------------------


def test_the_file_says_what_it_is_in_which_language_and_by_which_standards(ordinary: Diagnosis) -> None:
    with pikepdf.open(io.BytesIO(pdf(ordinary, language="nl-BE"))) as document:
        about = document.open_metadata()
        assert about["dc:title"] == "IT-diagnose van Brouwerij De Zwaan NV"
        assert about["pdfuaid:part"] == "1"
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert str(document.Root.Lang) == "nl-BE"
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert all(font_is_inside(font) for page in document.pages for font in fonts_of(page))


def fonts_of(page: Any) -> list[Any]:
    return list(page.Resources.get("/Font", {}).values())


def font_is_inside(font: Any) -> bool:
    described = font.DescendantFonts[0].FontDescriptor
    return "/FontFile2" in described or "/FontFile3" in described


def test_who_does_not_see_a_chart_is_told_what_it_shows(ordinary: Diagnosis) -> None:
    said = [str(part.Alt) for tag, part in parts(pdf(ordinary)) if tag == "/Figure"]
    assert len(said) == 3
    assert said[0] == said[2]
    assert (
        " ".join(said[0].split())
        == "Licences are a twentieth. Licences, € 81, 5%, 12; All IT, € 1 554, 100%, 55"
    )


def test_headings_lists_and_tables_are_tagged_as_such(ordinary: Diagnosis) -> None:
    tags = [tag for tag, _ in parts(pdf(ordinary))]
    headings = [tag for tag in tags if tag in {"/H1", "/H2", "/H3"}]
    assert headings[0] == "/H1"
    assert "/H3" not in headings
    assert {"/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/Link", "/TOC"} <= set(tags)


def test_the_same_diagnosis_gives_the_same_paper(ordinary: Diagnosis) -> None:
    assert pdf(ordinary) == pdf(ordinary)


# --- what people put into names -----------------------------------------------------------------------------

MARKUP = "#set page(fill: red) $x$ *b* _i_ \\ `r` <l> @ref [x] {y} // c /* d */"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (MARKUP, MARKUP),
        ("Müller & Søn – Łódź, Ελλάς, Київ", "Müller & Søn – Łódź, Ελλάς, Київ"),
        ("🎉 Party", "[party popper] Party"),
        ("evil \u202edesrever\u202c", "evil desrever"),
        ("nul\x00 bell\x07\ttab\nline", "nul bell tab line"),
        ("lone \ud800surrogate", "lone surrogate"),
        ("soft\u00adhyphen\u200bspace", "softhyphenspace"),
        ("A" * 500, "A" * 500),
        ("]\u0332\u034c marks", "] marks"),
    ],
)
def test_a_name_is_shown_as_text_wherever_it_stands(
    ordinary: Diagnosis, pages: Pages, name: str, shown: str
) -> None:
    proof = proof_of((ProofLine(1, name, None, name, name, ONE),), says=name)
    chapter = Chapter(
        "x",
        name,
        name,
        (FigureRow(name, ONE, "all", name),),
        ordinary.chapters[0].charts[:1],
        (Table(name, (Column(name),), (Row((name,), ("all",)),)),),
        (FindingRow(name, ("all",)),),
        name,
    )
    about = replace(
        with_one_proof(ordinary, proof_of(proof.lines, says=name), chapter), company=name, headline=name
    )
    text = "".join(
        "".join(pages(pdf(replace(about, sources=(SourceRow(1, name, name, "", name),)))))
    ).replace(" ", "")
    assert text.count(shown.replace(" ", "")) >= 10


def test_arabic_and_hebrew_keep_their_letters(ordinary: Diagnosis, pages: Pages) -> None:
    text = " ".join(pages(pdf(replace(ordinary, headline="שלום"))))
    assert set("שלום") <= set(text)


def test_what_no_font_has_is_named_and_nothing_else_changes() -> None:
    given = {"a": ["Acme €", 3, None, {"b": "𓀀 x"}], "c": True}
    assert showable(given) == {"a": ["Acme €", 3, None, {"b": "[egyptian hieroglyph a001] x"}], "c": True}


def test_plain_words_keep_accents_that_are_one_character() -> None:
    assert plainly(["é e\u0332 ˴ ⨈"]) == [
        "é e [modifier letter middle grave accent] [two logical or operator]"
    ]
