"""How does a diagnosis become a paper that everyone can read, also with a screen reader, also in ten years?

Typst sets `templates/diagnosis.typ`; the words come as JSON and are never joined into markup. The file is
tagged and declares PDF/UA-1 and PDF/A-2a, with title and language. The clock is not asked: the paper carries
the day of the diagnosis. Limits: typst checks what the standards ask of it; no validator reads the file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, time
from importlib.resources import as_file, files

from pilothouse.reporting.charts import svg
from pilothouse.reporting.diagnosis import Diagnosis
from pilothouse.reporting.paper import Setting, set_on_paper
from pilothouse.reporting.typeface import STANDARDS, fonts, is_refusal, plainly, showable


def pdf(diagnosis: Diagnosis, *, language: str | None = None) -> bytes:
    """The diagnosis as PDF, its own words, amounts and dates in `language` (None: the diagnosis's own)."""
    import typst

    written = language or diagnosis.language
    paper = _with_pictures(showable(set_on_paper(diagnosis, written)), written)
    made = datetime.combine(diagnosis.today, time(), UTC)
    try:
        return _bound(paper, made)
    except typst.TypstError as error:
        if not is_refusal(error):
            raise
        return _bound(plainly(paper), made)


def _bound(paper: Setting, made: datetime) -> bytes:
    import typst

    with as_file(files("pilothouse.reporting") / "templates" / "diagnosis.typ") as template:
        return typst.compile(
            str(template),
            font_paths=fonts(),
            sys_inputs={"paper": json.dumps(paper)},
            pdf_standards=STANDARDS,
            timestamp=made,
        )


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
