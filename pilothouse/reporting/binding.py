"""How do words become a PDF that everyone can read, also with a screen reader, also in ten years?

Typst sets a template of `templates/`; the words come as JSON and are never joined into markup. The file is tagged and
declares PDF/UA-1 and PDF/A-2a, with title and language. The clock is not asked: the file carries the day it is given.
Limits: typst checks what the standards ask of it; no validator reads the file.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time
from importlib.resources import as_file, files
from typing import Any

from pilothouse.reporting.typeface import STANDARDS, fonts, is_refusal, plainly, showable


def bind(template: str, words: dict[str, Any], made: date) -> bytes:
    """The PDF of a template and its words; letters that no font has are spelled out."""
    import typst

    shown = showable(words)
    try:
        return _bound(template, shown, made)
    except typst.TypstError as error:
        if not is_refusal(error):
            raise
        return _bound(template, plainly(shown), made)


def _bound(template: str, words: dict[str, Any], made: date) -> bytes:
    import typst

    with as_file(files("pilothouse.reporting") / "templates" / template) as file:
        return typst.compile(
            str(file),
            font_paths=fonts(),
            sys_inputs={"paper": json.dumps(words)},
            pdf_standards=STANDARDS,
            timestamp=datetime.combine(made, time(), UTC),
        )
