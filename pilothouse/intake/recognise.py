"""What is this file, and who reads it? Decided by what is in it, never by its name.

`READERS` is the table of formats we read; a later format adds its line. A file that none of them takes gives
no paper and one problem that says what it seems to be and what to do (`unread`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pilothouse.intake.papers import Problem, Reading
from pilothouse.intake.unread import describe, looks_like_xml

MB = 1024 * 1024
LARGEST_FILE = 256 * MB
HEAD = 65_536  # bytes in which a file must show what it is


@dataclass(frozen=True, slots=True)
class Reader:
    """A format we read: `recognises` is given the first bytes, `read` all of them."""

    name: str
    recognises: Callable[[bytes], bool]
    read: Callable[[bytes], Reading]


def _looks_like_coda(head: bytes) -> bool:
    from pilothouse.intake.coda import looks_like_coda

    return looks_like_coda(head)


def _read_coda(data: bytes) -> Reading:
    from pilothouse.intake.coda import read_coda

    return read_coda(data)


def _looks_like_ubl(head: bytes) -> bool:
    if not looks_like_xml(head):
        return False
    # Here and not above: a bank statement is read without loading the XML library.
    from pilothouse.intake.ubl import looks_like_ubl

    return looks_like_ubl(head)


def _read_ubl(data: bytes) -> Reading:
    from pilothouse.intake.ubl import read_ubl

    return read_ubl(data)


def _looks_like_cii(head: bytes) -> bool:
    if not looks_like_xml(head):
        return False
    from pilothouse.intake.cii import looks_like_cii

    return looks_like_cii(head)


def _read_cii(data: bytes) -> Reading:
    from pilothouse.intake.cii import read_cii

    return read_cii(data)


def _looks_like_camt(head: bytes) -> bool:
    from pilothouse.intake.camt import looks_like_camt

    return looks_like_camt(head)


def _read_camt(data: bytes) -> Reading:
    from pilothouse.intake.camt import read_camt

    return read_camt(data)


def _looks_like_mt940(head: bytes) -> bool:
    from pilothouse.intake.mt940 import looks_like_mt940

    return looks_like_mt940(head)


def _read_mt940(data: bytes) -> Reading:
    from pilothouse.intake.mt940 import read_mt940

    return read_mt940(data)


def _looks_like_ofx(head: bytes) -> bool:
    from pilothouse.intake.ofx import looks_like_ofx

    return looks_like_ofx(head)


def _read_ofx(data: bytes) -> Reading:
    from pilothouse.intake.ofx import read_ofx

    return read_ofx(data)


def _looks_like_json_listing(head: bytes) -> bool:
    from pilothouse.intake.listings.graph import looks_like_json_listing

    return looks_like_json_listing(head)


def _read_json_listing(data: bytes) -> Reading:
    from pilothouse.intake.listings.graph import read_json_listing

    return read_json_listing(data)


def _looks_like_ledger(head: bytes) -> bool:
    from pilothouse.intake.ledgers import looks_like_ledger

    return looks_like_ledger(head)


def _read_table(data: bytes) -> Reading:
    from pilothouse.intake.which_table import read_table

    return read_table(data)


def _looks_like_bank_list(head: bytes) -> bool:
    from pilothouse.intake.bank_csv import looks_like_bank_list

    return looks_like_bank_list(head)


def _looks_like_pdf(head: bytes) -> bool:
    return b"%PDF-" in head[:1024]


def _read_pdf(data: bytes) -> Reading:
    from pilothouse.intake.hybrid import read_pdf

    return read_pdf(data)


def _looks_like_document(head: bytes) -> bool:
    from pilothouse.intake.documents import looks_like_document

    return looks_like_document(head)


def _read_document(data: bytes) -> Reading:
    from pilothouse.intake.documents import read_document

    return read_document(data)


def _looks_like_rates(head: bytes) -> bool:
    from pilothouse.intake.rates import looks_like_rates

    return looks_like_rates(head)


def _read_rates(data: bytes) -> Reading:
    from pilothouse.intake.rates import read_rates

    return read_rates(data)


READERS: tuple[Reader, ...] = (
    Reader("CODA", _looks_like_coda, _read_coda),
    Reader("PDF", _looks_like_pdf, _read_pdf),
    Reader("CAMT", _looks_like_camt, _read_camt),
    Reader("UBL", _looks_like_ubl, _read_ubl),
    Reader("CII", _looks_like_cii, _read_cii),
    Reader("MT940", _looks_like_mt940, _read_mt940),
    Reader("OFX", _looks_like_ofx, _read_ofx),
    Reader("rates", _looks_like_rates, _read_rates),
    Reader("JSON list", _looks_like_json_listing, _read_json_listing),
    Reader("table", _looks_like_ledger, _read_table),
    Reader("bank list", _looks_like_bank_list, _read_table),
    Reader("document", _looks_like_document, _read_document),
)


def read_paper(data: bytes, name: str) -> Reading:
    """The papers in a file. `name` is only used to say that it does not fit what is in the file."""
    if len(data) > LARGEST_FILE:
        return (), (too_large(len(data)),)
    head = data[:HEAD]
    for reader in READERS:
        if reader.recognises(head):
            return reader.read(data)
    return (), (describe(data, name),)


def too_large(size: int) -> Problem:
    """A file above the limit is not looked into; its size in bytes is enough to say so."""
    words = (
        f"The file has {size // MB} MB; files up to {LARGEST_FILE // MB} MB are read. An invoice or bank "
        "statement of this size is unusual: export a shorter period, or take out the attachments."
    )
    return Problem("file.too_big", "error", words)
