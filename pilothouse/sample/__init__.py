"""The sample company: a made-up firm, two years of its papers, and the truth about them.

`sample_papers` makes the files, `sample_firm` says who the firm is, `truth` what is really in the papers, so that
answers can be checked. All follow from an end and a seed: no clock, no chance of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pilothouse.sample.books import ledger_files
from pilothouse.sample.card import card_files
from pilothouse.sample.coda_writer import write_coda
from pilothouse.sample.contracts import contract_files
from pilothouse.sample.exports import export_files
from pilothouse.sample.firm import MADE_UP, SampleFirm, sample_firm
from pilothouse.sample.others import other_files
from pilothouse.sample.papers import paper_name, statement_name
from pilothouse.sample.story import Story, tell
from pilothouse.sample.truth import Truth, truth
from pilothouse.sample.ubl_writer import write_ubl

__all__ = ["MADE_UP", "SampleFirm", "SamplePaper", "Truth", "sample_firm", "sample_papers", "truth"]


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """One file: its name with folders, and its bytes."""

    name: str
    data: bytes


def sample_papers(until: date, seed: int = 1) -> Iterator[SamplePaper]:
    """The papers of the 24 months that end before the month of `until`: e-invoices and bank files, then the rest."""
    story = tell(until, seed)
    yield from _invoices_and_bank(story)
    rest = (
        *ledger_files(story.ledger),
        *card_files(story.card),
        *export_files(story.months, story.seats, story.licences),
        *contract_files(story.months, story.contracts),
        *other_files(story.months, story.bills),
    )
    for name, data in rest:
        yield SamplePaper(name, data)


def _invoices_and_bank(story: Story) -> Iterator[SamplePaper]:
    for bill in story.bills:
        if bill.on_paper:
            yield SamplePaper(paper_name(bill), write_ubl(bill))
        if bill.sent_twice:
            yield SamplePaper(paper_name(bill, copy=True), write_ubl(bill, note="Kopie"))
    for statement in story.statements:
        yield SamplePaper(
            statement_name(statement.account, statement.month), write_coda(statement, story.firm)
        )
