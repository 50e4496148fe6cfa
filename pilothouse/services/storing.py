"""Keep what was read: a paper's head as one record, its many rows packed, what came inside it beside it.

`prepared` does the slow part and touches no database; `store` writes it, inside the caller's short transaction.
`rows_of` gives the rows back one by one.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from pilothouse.accounts.models import Company
from pilothouse.intake.papers import Document, Invoice, Ledger, Listing, Rates, Statement
from pilothouse.intake.papers import Paper as ReadPaper
from pilothouse.intake.shapes import as_json, ledger_head_json, ledger_line_json
from pilothouse.records.models import Paper, PaperRows, SourceFile

Day = date  # a field called `date` would hide the type from its class
Row = dict[str, Any]

ROWS = {"statement": "movements", "ledger": "lines", "listing": "entries", "rates": "days"}
MOST_UNPACKED = 500
A_BLOCK = 2000


@dataclass(frozen=True, slots=True)
class Prepared:
    """A paper ready to be written, and the blocks of its rows: the number of the first, and the bytes."""

    paper: Paper
    blocks: tuple[tuple[int, bytes], ...]


def prepared(company: Company, source: SourceFile | None, paper: ReadPaper) -> Prepared:
    """The record of a paper as read; where its rows are many they are packed beside it."""
    head, rows = _head_and_rows(paper)
    problems = head.pop("problems")
    told = hashlib.sha256(_said(_without_places(head)))
    blocks, count, few = [], 0, None
    for first, places, said in _blocks(rows):
        told.update(_said(said))
        count = first + len(said)
        if few is None and count <= MOST_UNPACKED:
            few = [{**row, "place": place} for row, place in zip(said, places, strict=True)]
        blocks.append((first, zlib.compress(_said({"places": places, "rows": said}), 1)))
    packed = count > MOST_UNPACKED
    if paper.kind in ROWS and not packed:
        head[ROWS[paper.kind]] = few or []
    face = _face(paper)
    record = Paper(
        company=company,
        source=source,
        kind=paper.kind,
        number=(face.number or "")[:200],
        date=face.date,
        party=(face.party or "")[:300],
        total=face.total if face.total is not None and abs(face.total) < Decimal("1e15") else None,
        currency=(face.currency or "")[:3],
        fingerprint=told.hexdigest(),
        content=head,
        problems=problems,
        rows=count,
    )
    return Prepared(record, tuple(blocks) if packed else ())


def store(papers: Iterable[Prepared]) -> None:
    """Write papers with their rows; to be called within a transaction."""
    for one in papers:
        one.paper.save()
        PaperRows.objects.bulk_create(
            PaperRows(company_id=one.paper.company_id, paper=one.paper, first=first, packed=packed)
            for first, packed in one.blocks
        )


def rows_of(paper: Paper) -> Iterator[Row]:
    """The rows of a paper in the order of the file: movements, ledger lines or entries of a list."""
    unpacked = paper.content.get(ROWS.get(paper.kind, ""))
    if unpacked is not None:
        yield from unpacked
        return
    for block in PaperRows.objects.of(paper.company).filter(paper=paper).order_by("first").iterator(20):
        content = json.loads(zlib.decompress(block.packed))
        for row, place in zip(content["rows"], content["places"], strict=True):
            row["place"] = place
            yield row


def first_rows(paper: Paper, start: int, count: int) -> list[Row]:
    """Rows `start` to `start + count` of a paper, for a page of them."""
    if ROWS.get(paper.kind, "") in paper.content:
        return list(islice(rows_of(paper), start, start + count))
    wanted = PaperRows.objects.of(paper.company).filter(paper=paper, first__lt=start + count)
    found: list[Row] = []
    for block in wanted.filter(first__gt=start - A_BLOCK).order_by("first"):
        content = json.loads(zlib.decompress(block.packed))
        rows = (
            {**row, "place": place} for row, place in zip(content["rows"], content["places"], strict=True)
        )
        found.extend(islice(rows, max(0, start - block.first), start + count - block.first))
    return found


def _head_and_rows(paper: ReadPaper) -> tuple[Row, Iterable[Row]]:
    if isinstance(paper, Ledger):
        return ledger_head_json(paper), (ledger_line_json(line) for line in paper.lines)
    head = as_json(paper)
    return head, head.pop(ROWS.get(paper.kind, ""), ())


def _blocks(rows: Iterable[Row]) -> Iterator[tuple[int, list[str], list[Row]]]:
    """Rows in lots, each with the number of its first; where they stand is told apart from what they say."""
    waiting, first = iter(rows), 0
    while lot := list(islice(waiting, A_BLOCK)):
        yield first, [row.pop("place", "") for row in lot], lot
        first += len(lot)


def _said(content: Any) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _without_places(content: Any) -> Any:
    if isinstance(content, Mapping):
        return {name: _without_places(value) for name, value in content.items() if name != "place"}
    if isinstance(content, list):
        return [_without_places(item) for item in content]
    return content


@dataclass(frozen=True, slots=True)
class _Face:
    """What a list of papers shows of one."""

    number: str | None = None
    date: Day | None = None
    party: str | None = None
    total: Decimal | None = None
    currency: str | None = None


def _face(paper: ReadPaper) -> _Face:
    match paper:
        case Invoice():
            return _Face(
                paper.number, paper.issue_date, paper.seller.name, paper.totals.payable, paper.currency
            )
        case Statement():
            closing = paper.closing
            day, total = (closing.date, closing.amount) if closing else (None, None)
            return _Face(paper.number, day, paper.account, total, paper.currency)
        case Ledger():
            until = paper.period.end if paper.period else None
            return _Face(paper.sheet, until, paper.holder, None, paper.currency)
    return _face_of_others(paper)


def _face_of_others(paper: Listing | Rates | Document) -> _Face:
    """Of papers that are neither bills nor bookings."""
    if isinstance(paper, Listing):
        return _Face(paper.sheet, paper.taken_on)
    if isinstance(paper, Rates):
        return _Face("", paper.days[-1].day, "", None, "EUR")
    return _Face(paper.reads.number, paper.reads.issue_date, paper.reads.seller, paper.reads.gross)
