"""Ledgers and lists of payments: what was charged or paid, when, by whom, on which account.

`read_ledger` reads a file: FEC, SIE and DATEV by their own rules, any other table by its headers and cells. `preview`
shows its columns with what they seem to mean, and the first lines, before anybody agreed. Both take a `mapping` (header
-> meaning, one of `MEANINGS`), as a person set it or as it is remembered for a source: `header_print` names a source by
its headers, `same_source` says whether what is remembered fits headers that drifted.

Limits: see the modules; each says its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from pilothouse.intake.ledgers.datev import looks_like_datev, read_datev
from pilothouse.intake.ledgers.fec import looks_like_fec, read_fec
from pilothouse.intake.ledgers.general import (
    SAMPLE_ROWS,
    ColumnSeen,
    Preview,
    preview_sheets,
    read_sheets_as_ledgers,
    sound_mapping,
)
from pilothouse.intake.ledgers.headers import header_print, same_source
from pilothouse.intake.ledgers.meanings import MEANINGS
from pilothouse.intake.ledgers.sie import looks_like_sie, read_sie
from pilothouse.intake.papers import Ledger, Paper, Problem, Reading
from pilothouse.intake.tables.rows import Sheet
from pilothouse.intake.tables.sheets import looks_like_table, read_sheets

__all__ = [
    "MEANINGS",
    "ColumnSeen",
    "Preview",
    "header_print",
    "looks_like_ledger",
    "own_format",
    "preview",
    "read_ledger",
    "read_ledger_sheets",
    "same_source",
]

HEAD = 65_536
_FORMATS: tuple[tuple[Callable[[bytes], bool], Callable[[bytes], Reading]], ...] = (
    (looks_like_fec, read_fec),
    (looks_like_sie, read_sie),
    (looks_like_datev, read_datev),
)


_EMPTY = Problem("table.empty", "error", "The table holds no cells. Export it again, or give the right one.")


def looks_like_ledger(head: bytes) -> bool:
    """Whether the first bytes are a table, or one of the formats that ledgers have of their own."""
    return looks_like_table(head) or looks_like_sie(head)


def read_ledger(data: bytes, mapping: Mapping[str, str] | None = None) -> Reading:
    """The ledgers in a file, one for each sheet that holds one, and what could not be used.

    `mapping` says what headers mean, as a person set it or as it is remembered; the other columns are guessed.
    """
    own = own_format(data)
    if own:
        return own(data)
    sheets, odd = read_sheets(data)
    return read_ledger_sheets(sheets, odd, mapping)


def own_format(data: bytes) -> Callable[[bytes], Reading] | None:
    """The reader of FEC, SIE or DATEV, where the bytes are one of those."""
    return next((read for recognises, read in _FORMATS if recognises(data[:HEAD])), None)


def read_ledger_sheets(
    sheets: Sequence[Sheet], odd: Sequence[Problem] = (), mapping: Mapping[str, str] | None = None
) -> Reading:
    """The ledgers in sheets that are read already; `odd` is what was strange in their file."""
    told, wrong = sound_mapping(mapping)
    papers, refused = read_sheets_as_ledgers(sheets, told)
    before = (*odd, *wrong)
    if not papers:
        return (), (*before, *refused) or (_EMPTY,)
    return tuple(_with(paper, before) for paper in papers), refused


def _with(paper: Paper, problems: Sequence[Problem]) -> Paper:
    return replace(paper, problems=(*problems, *paper.problems))


def preview(data: bytes, mapping: Mapping[str, str] | None = None, rows: int = 20) -> Preview:
    """How the file would be read: every column with its cells and what it seems to mean, and the first lines."""
    own = own_format(data)
    if not own:
        sheets, odd = read_sheets(data, limit_rows=SAMPLE_ROWS)
        return preview_sheets(sheets, odd, mapping, rows)
    papers, problems = own(data)
    ledger = next((paper for paper in papers if isinstance(paper, Ledger)), None)
    if ledger is None:
        return Preview((), (), (), problems)
    return Preview(
        tuple(column.header for column in ledger.columns),
        tuple(ColumnSeen(column, ()) for column in ledger.columns),
        tuple(ledger.lines[:rows]),
        (*problems, *ledger.problems),
        book=ledger.book,
        reason=ledger.reason,
    )
