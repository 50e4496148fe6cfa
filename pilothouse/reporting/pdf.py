"""How does a diagnosis become a paper that everyone can read, also with a screen reader, also in ten years?

Its words and pictures are set by `templates/diagnosis.typ` and bound by `binding`. The clock is not asked: the paper
carries the day of the diagnosis.
"""

from __future__ import annotations

from collections.abc import Iterator

from pilothouse.reporting.binding import bind
from pilothouse.reporting.charts import svg
from pilothouse.reporting.diagnosis import Diagnosis
from pilothouse.reporting.paper import Setting, set_on_paper


def pdf(diagnosis: Diagnosis, *, language: str | None = None) -> bytes:
    """The diagnosis as PDF, its own words, amounts and dates in `language` (None: the diagnosis's own)."""
    written = language or diagnosis.language
    paper = _with_pictures(set_on_paper(diagnosis, written), written)
    return bind("diagnosis.typ", paper, diagnosis.today)


def _with_pictures(paper: Setting, language: str) -> Setting:
    """Draw each chart once, though it may stand on page one and in its chapter."""
    drawn: dict[str, str] = {}
    for chart in _charts(paper):
        key = chart["key"]
        if key not in drawn:
            drawn[key] = svg(chart["spec"], locale=language, mode="paper")
        chart["svg"] = drawn[key]
        del chart["spec"]
    return paper


def _charts(paper: Setting) -> Iterator[Setting]:
    if paper["summary"]["chart"]:
        yield paper["summary"]["chart"]
    for chapter in paper["chapters"]:
        yield from chapter["charts"]
