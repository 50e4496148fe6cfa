"""The lines of the original file that a figure rests on: the last step of every proof."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pilothouse.records.models import SpendLine

AROUND = 2
LONGEST = 40
WIDEST = 240


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some lines of a file: number, text, and whether the place that is meant begins there."""

    lines: tuple[tuple[int, str, bool], ...]
    after: int


def excerpt(line: SpendLine) -> Excerpt | None:
    """The lines of the file around the place of a spend line; None where the place is no line, where it concerns a
    natural person, or where the bytes are gone."""
    found = re.fullmatch(r"line (\d+)", line.place)
    if found is None or line.counting == "natural_person":
        return None
    wanted = int(found.group(1))
    try:
        with line.paper.source.content.open("rb") as content:
            text = content.read().decode("utf-8", errors="replace")
    except OSError:
        return None
    lines = text.splitlines()
    last = _last_line(lines, wanted, line.kind)
    first = max(1, wanted - (AROUND if line.kind == "invoice" else 0))
    shown = range(first, min(last, first + LONGEST - 1, len(lines)) + 1)
    return Excerpt(
        tuple((number, lines[number - 1][:WIDEST], number == wanted) for number in shown),
        after=max(0, last - shown.stop + 1),
    )


def _last_line(lines: list[str], wanted: int, kind: str) -> int:
    """Where the place ends: with its element in an invoice, with the records of the movement in a bank file."""
    if kind == "invoice":
        end = re.compile(r"</\w*:?(InvoiceLine|CreditNoteLine)>")
        return next((n for n in range(wanted, len(lines) + 1) if end.search(lines[n - 1])), wanted + AROUND)
    own = lines[wanted - 1][2:6] if wanted <= len(lines) else ""
    last = wanted
    while last < len(lines) and lines[last][:1] in "23" and lines[last][2:6] == own:
        last += 1
    return last
