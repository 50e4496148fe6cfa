"""PDFs made to fill the memory are refused, whatever is packed in them and however often; ordinary ones are not."""

from __future__ import annotations

import io
import zlib

import pikepdf
import pytest

from pilothouse.intake import pdf_guard
from pilothouse.intake.attachments import attachments
from pilothouse.intake.hybrid import read_pdf
from pilothouse.intake.papers import Document
from pilothouse.intake.pdf_guard import MB, Bomb, refuse_too_many_objects

FLATE = pikepdf.Name.FlateDecode


def packed(size: int) -> bytes:
    """Blanks of `size` MB, packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * MB) for _ in range(size)) + packer.flush()


def pdf_of(content: bytes, *filters: pikepdf.Name, **said: pikepdf.Object) -> bytes:
    """A PDF whose page shows `content`, packed by `filters`."""
    document = pikepdf.new()
    document.add_blank_page()
    stream = document.make_stream(b"")
    stream.write(content, filter=filters[0] if len(filters) == 1 else list(filters) or None)
    for key, value in said.items():
        stream[f"/{key}"] = value
    document.pages[0].obj.Contents = stream
    written = io.BytesIO()
    document.save(written, recompress_flate=False, compress_streams=False)
    return written.getvalue()


def is_refused(data: bytes) -> bool:
    papers, problems = read_pdf(data)
    if papers:
        assert [type(paper) for paper in papers] == [Document]
        assert problems == ()
        return False
    assert [(problem.rule, problem.level) for problem in problems] == [("pdf.bomb", "error")]
    assert list(attachments(data)) == []
    return True


def test_a_page_that_unpacks_to_much_too_much_is_refused() -> None:
    assert is_refused(pdf_of(packed(80), FLATE))


def test_a_page_packed_twice_is_asked_too() -> None:
    assert is_refused(pdf_of(zlib.compress(packed(80)), FLATE, FLATE))
    assert not is_refused(pdf_of(zlib.compress(zlib.compress(b"0 0 m")), FLATE, FLATE))


def test_a_page_written_in_letters_is_asked_too() -> None:
    letters = pikepdf.Name.ASCIIHexDecode
    assert is_refused(pdf_of(packed(80).hex().encode() + b">", letters, FLATE))
    assert not is_refused(pdf_of(zlib.compress(b"0 0 m").hex().encode() + b">", letters, FLATE))


def test_ordinary_and_damaged_pages_are_not_refused() -> None:
    assert not is_refused(pdf_of(b"0 0 m"))
    assert not is_refused(pdf_of(b"0 0 m " * 50_000))
    assert not is_refused(pdf_of(zlib.compress(bytes(range(256)) * 4_000, 0), FLATE))
    assert not is_refused(pdf_of(b"never packed " * 20_000, FLATE))
    assert not is_refused(pdf_of(b"0 0 m", FLATE, Filter=pikepdf.Array([pikepdf.Name.Unknown])))
    assert not is_refused(pdf_of(b"0 0 m", FLATE, Filter=pikepdf.Dictionary()))


def test_a_picture_may_be_large() -> None:
    assert not is_refused(pdf_of(packed(80), FLATE, Subtype=pikepdf.Name.Image))


def test_a_stream_that_cannot_be_asked_is_left_to_those_who_read_it() -> None:
    class Damaged:
        def get(self, key: str, default: object = None) -> object:
            raise RuntimeError(key)

    pdf_guard.refuse_bombs([Damaged()], (RuntimeError,))


def test_millions_of_objects_in_few_bytes_are_refused() -> None:
    refuse_too_many_objects(b"<</Type/ObjStm/N 100/First 20>>" * 1000)
    with pytest.raises(Bomb):
        refuse_too_many_objects(b"<</Type/ObjStm/N 3000000/First 20>>")
    assert is_refused(b"%PDF-1.7\n<</Type/ObjStm/N  1999999 >>")
