"""The sample company: a made-up firm, two years of its papers, and the truth about them.

`sample_papers` makes the files, `sample_firm` says who the firm is, `truth` what is really in the papers, so that
answers can be checked. All follow from an end and a seed: no clock, no chance of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from pilothouse.sample.coda_writer import write_coda
from pilothouse.sample.firm import MADE_UP, SampleFirm, sample_firm
from pilothouse.sample.papers import paper_name, statement_name
from pilothouse.sample.story import tell
from pilothouse.sample.truth import Truth, truth
from pilothouse.sample.ubl_writer import write_ubl

__all__ = ["MADE_UP", "SampleFirm", "SamplePaper", "Truth", "sample_firm", "sample_papers", "truth"]


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """One file: its name with folders, and its bytes."""

    name: str
    data: bytes


def sample_papers(until: date, seed: int = 1) -> Iterator[SamplePaper]:
    """The e-invoices and bank files of the 24 months that end before the month of `until`."""
    story = tell(until, seed)
    for bill in story.bills:
        if bill.on_paper:
            yield SamplePaper(paper_name(bill), write_ubl(bill))
        if bill.sent_twice:
            yield SamplePaper(paper_name(bill, copy=True), write_ubl(bill, note="Kopie"))
    for statement in story.statements:
        yield SamplePaper(
            statement_name(statement.account, statement.month), write_coda(statement, story.firm)
        )
