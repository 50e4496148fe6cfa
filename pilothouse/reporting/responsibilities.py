"""Who does what, as a paper to sign: one table, who stands in each column, a line for each signature."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from pilothouse.reporting import formats
from pilothouse.reporting.binding import bind


@dataclass(frozen=True, slots=True)
class MatrixPaper:
    """What the paper says. `columns` are (heading, who stands in it), a row is (duty, letters of each column).

    `signatures` are (side, name, role, day), the last three empty where that side has not signed.
    """

    company: str
    title: str
    model: str
    version: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    signatures: tuple[tuple[str, str, str, date | None], ...]
    digest: str
    language: str = "en"


def responsibilities_pdf(paper: MatrixPaper, made: date) -> bytes:
    """The paper as PDF, readable in black and white."""
    return bind("responsibilities.typ", _words(paper, made), made)


def _words(paper: MatrixPaper, made: date) -> dict[str, Any]:
    return {
        "language": paper.language,
        "region": "GB",
        "company": paper.company,
        "title": paper.title,
        "model": paper.model,
        "version": paper.version,
        "date": formats.day(made, paper.language),
        "columns": [list(column) for column in paper.columns],
        "rows": [[duty, *letters] for duty, letters in paper.rows],
        "signatures": [
            [side, name, role, formats.day(day, paper.language) if day else ""]
            for side, name, role, day in paper.signatures
        ],
        "digest": paper.digest,
    }
