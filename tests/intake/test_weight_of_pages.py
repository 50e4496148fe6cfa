"""Pages that would fill the memory are neither read nor drawn, and the others of the same PDF are."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.intake.documents import page_picture, read_document, text_of
from pilothouse.intake.documents import pdf as pdf_words
from pilothouse.intake.documents import weight as pages
from pilothouse.intake.documents.weight import HEAVIEST, Weight, weights
from pilothouse.intake.papers import Document

WORDS = b"BT /F1 10 Tf 20 20 Td (Invoice number 12, amount due 100.00, thank you.) Tj ET\n"
Make = Callable[[pikepdf.Pdf, Any], None]


def pdf(*make: Make) -> bytes:
    """A PDF with a page for each of `make`, which is given the document and the page."""
    kept = io.BytesIO()
    with pikepdf.new() as document:
        for one in make:
            document.add_blank_page(page_size=(300, 300))
            page = document.pages[-1].obj
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=_font()))
            one(document, page)
        document.save(kept, compress_streams=True, recompress_flate=True)
    return kept.getvalue()


def _font() -> Any:
    return pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
    )


def light(document: pikepdf.Pdf, page: Any) -> None:
    page.Contents = pikepdf.Array([document.make_stream(WORDS), document.make_stream(b"n")])


def heavy(document: pikepdf.Pdf, page: Any) -> None:
    page.Contents = document.make_stream(WORDS + b"(a)Tj " * 400_000)


def form(document: pikepdf.Pdf, content: bytes, **puts: Any) -> Any:
    return document.make_stream(
        content,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=[0, 0, 300, 300],
        Resources=pikepdf.Dictionary(
            XObject=pikepdf.Dictionary({f"/{name}": one for name, one in puts.items()})
        ),
    )


def forms_in_forms(document: pikepdf.Pdf, page: Any, deep: int = 4, wide: int = 10) -> None:
    """A form that puts down another ten times, which puts down another ten times …"""
    last = form(document, WORDS)
    for _ in range(deep):
        last = form(document, b"/X Do " * wide, X=last)
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=last))
    page.Contents = document.make_stream(b"/X Do")


def tail_in_mouth(document: pikepdf.Pdf, page: Any) -> None:
    """A form that puts itself down."""
    round_and_round = form(document, b"/X Do /Y Do")
    round_and_round.Resources.XObject.X = round_and_round
    page.Resources.XObject = pikepdf.Dictionary(X=round_and_round)
    page.Contents = document.make_stream(WORDS + b"/X Do")


def pictured(wide: int) -> Make:
    def make(document: pikepdf.Pdf, page: Any) -> None:
        image = document.make_stream(b"", Subtype=pikepdf.Name.Image, Width=wide, Height=wide)
        page.Resources.XObject = pikepdf.Dictionary(I=image)
        page.Contents = document.make_stream(WORDS + b"/I Do /I Do /Gone Do")

    return make


def test_a_usual_page_weighs_what_draws_it() -> None:
    (found,) = weights(pdf(light), range(1))
    assert found == Weight(len(WORDS) + 3, 0)
    assert found.is_drawable


def test_a_page_that_is_too_heavy_is_left_and_the_others_are_read() -> None:
    data = pdf(heavy, light, forms_in_forms)
    assert [one.is_readable for one in weights(data, range(3))] == [False, True, False]
    (paper,), problems = read_document(data)
    assert isinstance(paper, Document)
    assert (paper.pages, problems, text_of(data).count("Invoice")) == (3, (), 1)
    assert [page_picture(data, page, width=50) is None for page in (1, 2, 3)] == [True, False, True]


def test_forms_weigh_as_often_as_they_are_put_down() -> None:
    (few,) = weights(pdf(lambda document, page: forms_in_forms(document, page, 2, 3)), range(1))
    assert few.drawing > 9 * len(WORDS)
    assert few.is_readable
    (deep,) = weights(pdf(lambda document, page: forms_in_forms(document, page, 40, 1)), range(1))
    assert not deep.is_readable
    (circle,) = weights(pdf(tail_in_mouth), range(1))
    assert circle.is_readable


def test_a_form_that_is_put_down_across_two_streams_weighs_too() -> None:
    def parted(document: pikepdf.Pdf, page: Any) -> None:
        page.Resources.XObject = pikepdf.Dictionary(X=form(document, WORDS * 10))
        page.Contents = pikepdf.Array([document.make_stream(b"/X"), document.make_stream(b"Do")])

    assert weights(pdf(parted), range(1))[0].drawing > 10 * len(WORDS)


def test_the_pixels_of_pictures_count_once_each_and_only_for_drawing() -> None:
    small, large = weights(pdf(pictured(100), pictured(20_000)), range(2))
    assert (small.pixels, small.is_drawable) == (10_000, True)
    assert (large.is_readable, large.is_drawable) == (True, False)


def test_notes_on_a_page_weigh_too() -> None:
    def noted(document: pikepdf.Pdf, page: Any) -> None:
        light(document, page)
        look = pikepdf.Dictionary(N=form(document, b"n " * 500))
        states = pikepdf.Dictionary(N=pikepdf.Dictionary(On=form(document, b"n")))
        page.Annots = pikepdf.Array(
            [pikepdf.Dictionary(AP=look), pikepdf.Dictionary(AP=states), pikepdf.Dictionary()]
        )

    (found,) = weights(pdf(noted), range(1))
    assert found.drawing == len(WORDS) + 3 + 1_001


def test_resources_may_stand_with_the_pages_above() -> None:
    def bare(document: pikepdf.Pdf, page: Any) -> None:
        pictured(30)(document, page)
        document.Root.Pages.Resources = page.Resources
        del page["/Resources"]

    def without(document: pikepdf.Pdf, page: Any) -> None:
        light(document, page)
        del page["/Resources"]

    assert weights(pdf(bare), range(1))[0].pixels == 900
    assert weights(pdf(without), range(1))[0].pixels == 0


def test_a_page_without_content_weighs_nothing() -> None:
    def empty(_document: pikepdf.Pdf, page: Any) -> None:
        del page["/Contents"]

    assert weights(pdf(empty), range(1)) == [Weight(0, 0)]


@pytest.mark.parametrize(
    ("filters", "raw", "weight"),
    [
        (["/ASCII85Decode"], base64.a85encode(WORDS) + b"~>", len(WORDS)),
        (["/ASCII85Decode"], b"no letters of this kind \xff", 25),
        (["/FlateDecode"], b"not packed at all", 17),
        (["/LZWDecode"], b"x" * 100, 400),
    ],
)
def test_other_ways_of_packing_are_weighed_as_well_as_can_be(
    filters: list[str], raw: bytes, weight: int
) -> None:
    with pikepdf.new() as document:
        stream = pikepdf.Stream(document, raw)
        stream.Filter = pikepdf.Array([pikepdf.Name(name) for name in filters])
        assert len(pages._unpacked(stream)) == weight


def test_what_cannot_be_weighed_is_as_heavy_as_can_be() -> None:
    def odd(_document: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Array([pikepdf.Dictionary()])

    assert weights(pdf(odd), range(1)) == [HEAVIEST]
    assert weights(b"no pdf", range(2)) == [HEAVIEST, HEAVIEST]
    assert weights(pdf(light), range(5)) == [HEAVIEST] * 5


def test_a_page_whose_signs_stand_for_very_many_letters_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_words, "MOST_ON_A_PAGE", 10)
    assert text_of(pdf(light)) == ""


def test_many_streams_of_one_page_weigh_together() -> None:
    def many(document: pikepdf.Pdf, page: Any) -> None:
        page.Contents = pikepdf.Array([document.make_stream(b"n " * 400_000) for _ in range(3)])

    assert not weights(pdf(many), range(1))[0].is_readable


def test_very_many_forms_are_too_heavy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MOST_PARTS", 2)
    (found,) = weights(pdf(forms_in_forms), range(1))
    assert not found.is_readable


@given(st.binary(max_size=60), st.integers(0, 900))
def test_spoiled_pages_are_weighed_without_a_crash(noise: bytes, at: int) -> None:
    whole = pdf(light)
    assert len(weights(whole[:at] + noise + whole[at + len(noise) :], range(1))) == 1
