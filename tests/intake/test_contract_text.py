"""The words of a contract with its pages: every form it comes in, and what cannot be read says why."""

from __future__ import annotations

import io
import zipfile
from functools import cache
from time import process_time

import pikepdf
import pytest
import typst
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.contracts.reading.words import ContractText
from pilothouse.intake.documents import pdf as pdf_words
from pilothouse.intake.documents import weight as pages_weight
from pilothouse.intake.documents import whole
from pilothouse.intake.documents.web_page import words_of_web_page
from pilothouse.intake.documents.whole import clean, contract_text

FIRST = "This agreement is between the parties and shall begin on the first of May."
SECOND = "It may be terminated by each of the parties at the end of any month."


@cache
def paper(*pages: str) -> bytes:
    made: bytes = typst.compile("#pagebreak(weak: false)\n".join(f"{page}\n" for page in pages).encode())
    return made


def text_in(data: bytes) -> ContractText:
    found = contract_text(data)
    assert found.text is not None, found.problems
    return found.text


def rules(data: bytes) -> list[str]:
    return [problem.rule for problem in contract_text(data).problems]


def word(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
        )
    return kept.getvalue()


def paragraph(words: str) -> str:
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


# --- forms ------------------------------------------------------------------------------------------------------


def test_a_pdf_gives_its_words_and_where_each_page_begins() -> None:
    found = text_in(paper(FIRST, SECOND))
    assert (found.language, len(found.pages)) == ("en", 2)
    assert found.text[found.pages[1] :].strip() == SECOND
    assert found.page_of(found.text.index("terminated")) == 2
    assert found.page_of(0) == 1


def test_word_text_markdown_and_web_page_give_the_same_words_without_pages() -> None:
    cell = f"<w:tbl><w:tr><w:tc>{paragraph(SECOND)}</w:tc></w:tr></w:tbl>"
    web = f"<!doctype html><html><head><title>x</title></head><body><p>{FIRST}</p><div>{SECOND}</div></body></html>"
    for data in (word(paragraph(FIRST) + cell), f"{FIRST}\r\n{SECOND}".encode(), web.encode()):
        found = text_in(data)
        assert found.text.split("\n") == [FIRST, *[""] * ("\n\n" in found.text), SECOND]
        assert (found.pages, found.page_of(3), found.language) == ((), None, "en")


def test_a_text_with_form_feeds_has_pages() -> None:
    found = text_in(f"{FIRST}\n\f{SECOND}".encode("utf-16"))
    assert found.pages == (0, len(FIRST) + 2)


def test_what_is_hidden_on_a_web_page_is_not_read() -> None:
    page = """<?xml version="1.0" encoding="utf-8"?><html><body><script>steal()</script><style>p{}</style>
    <p>Article  1<br>Term &amp; end</p><!-- secret --><noscript>no</noscript> tail <table><tr><td>a</td><td>b</td></tr>
    </table></body></html>"""
    assert words_of_web_page(page) == "Article 1\nTerm & end\ntail\n\na\n\nb"
    assert words_of_web_page("") == ""
    deep = "<div>" * 5_000 + "deep" + "</div>" * 5_000
    assert "deep" in words_of_web_page(deep) or words_of_web_page(deep) == ""


def test_signs_that_get_lost_are_gone_and_parted_words_are_whole() -> None:
    assert clean("a\r\nb\rc\x00d\u2028e\ud800f\u00adg") == "a\nb\nc d e fg"
    assert clean("termi\x02\nnation non\x02exclusive \x02x twenty\ufffe\nfour") == (
        "termination non-exclusive -x twenty-four"
    )


def test_a_text_of_one_endless_word_takes_no_longer_than_another() -> None:
    begun = process_time()
    assert len(clean("a" * 1_000_000)) == 1_000_000
    assert process_time() - begun < 2  # it took hours once: each letter was looked at from each before it


@given(st.text(st.characters(), max_size=200))
def test_the_text_is_the_same_when_it_is_printed_and_read_again(words: str) -> None:
    text = clean(words)
    assert clean(text) == text
    assert io.TextIOWrapper(io.BytesIO(text.encode()), encoding="utf-8").read() == text


# --- what cannot be read ----------------------------------------------------------------------------------------


def locked() -> bytes:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper(FIRST))) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))
    return kept.getvalue()


@pytest.mark.parametrize(
    ("data", "rule"),
    [
        (b"", "file.empty"),
        (b" \n ", "file.empty"),
        (b"%PDF-1.7 and then nothing of it", "document.broken"),
        (word("")[:-30], "document.broken"),
        (word(paragraph(" ")), "document.no_words"),
        (b"<html><body><script>x</script></body></html>", "document.no_words"),
        (b"\x89PNG\r\n\x1a\n", "file.image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old one", "file.office"),
        (b"PK\x03\x04 xl/workbook", "file.excel"),
        (bytes(range(256)) * 9, "file.unknown"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(data: bytes, rule: str) -> None:
    found = contract_text(data)
    assert found.text is None
    assert [problem.rule for problem in found.problems] == [rule]
    assert found.problems[0].level == "error"


def test_a_locked_pdf_and_a_scan_of_any_length_are_named() -> None:
    assert rules(locked()) == ["pdf.locked"]
    many = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper("#rect(width: 5cm, height: 5cm)"))) as one, pikepdf.new() as document:
        for _ in range(3_000):
            document.pages.extend(one.pages)
        document.save(many)
    found = contract_text(many.getvalue())
    assert found.text is None
    assert [problem.rule for problem in found.problems] == ["pdf.scan"]


def test_pages_that_say_nothing_are_told_beside_what_was_read(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = "#rect(width: 5cm, height: 5cm)"
    found = contract_text(paper(FIRST, empty, SECOND))
    assert found.text is not None
    assert [(problem.rule, problem.level) for problem in found.problems] == [
        ("pdf.pages_without_words", "warning")
    ]
    assert "page 2:" in found.problems[0].message
    many = contract_text(paper(FIRST * 20, *[empty] * 14))
    assert "13 and more" in many.problems[0].message
    monkeypatch.setattr(pages_weight, "MOST_UNPACKED", 1)
    assert rules(paper(FIRST)) == ["pdf.scan"], "a page too heavy to be read is none that was read"


def test_too_many_words_on_a_page_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_words, "MOST_ON_A_PAGE", 20)
    assert rules(paper(FIRST)) == ["pdf.scan"]


def test_what_is_beyond_the_limit_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "MOST_TEXT", 60)
    assert rules(paper(FIRST, SECOND, SECOND)) == ["document.too_long", "document.too_long"]
    assert text_in(FIRST.encode()).text == FIRST[:60]


def test_scripts_are_not_run_and_are_told() -> None:
    opening, named, other = io.BytesIO(), io.BytesIO(), io.BytesIO()
    script = pikepdf.Dictionary(S=pikepdf.Name("/JavaScript"), JS=pikepdf.String("app.alert(1)"))
    with pikepdf.open(io.BytesIO(paper(FIRST))) as document:
        document.Root.OpenAction = script
        document.save(opening)
        document.Root.OpenAction = pikepdf.Array([])
        document.save(other)
        document.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([pikepdf.String("a"), script]))
        )
        document.save(named)
    for data in (opening, named):
        found = contract_text(data.getvalue())
        assert found.text is not None
        assert [problem.rule for problem in found.problems] == ["pdf.scripts"]
    assert rules(other.getvalue()) == []
    assert not pages_weight.holds_scripts(b"%PDF-1.7 and then nothing of it")


def test_another_language_is_said() -> None:
    german = "Dieser Vertrag wird auf unbestimmte Zeit geschlossen und kann von jeder Partei beendet werden."
    found = contract_text(german.encode())
    assert found.text is not None
    assert found.text.language == ""
    assert [problem.rule for problem in found.problems] == ["contract.language"]


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_spoiled_papers_never_crash(noise: bytes, at: int) -> None:
    for sound in (paper(FIRST), word(paragraph(FIRST)), f"<html><body><p>{FIRST}".encode(), FIRST.encode()):
        found = contract_text(sound[:at] + noise + sound[at + len(noise) :])
        assert found.text is not None or found.problems
