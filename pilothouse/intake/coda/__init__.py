"""CODA: the bank statement of the Belgian banks. What was paid, to whom, and does it add up?

`read_coda` gives one `Statement` for each file of records 0 to 9 in the bytes, and what is wrong. The steps:
`lines` (bytes to numbered lines), `statement` (lines to movements), `proofs` (is it whole; refused or taken),
`movements` (who and what for). `layout` is the table of positions.

What counts: a record 2.1 with detail number 0000 is a movement; the bank sums exactly those in record 9.
Details of a total have another detail number; they are words of their total, not money.

Limits: the purpose codes and the addresses of counterparties are not read; a file of more than 50 MB is
refused (a day of a busy account is below one).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from pilothouse.intake.coda.lines import Line, decode, number_lines
from pilothouse.intake.coda.proofs import judge
from pilothouse.intake.coda.statement import PROBLEMS_SHOWN, Draft, start_draft
from pilothouse.intake.papers import Problem, Reading, Statement

MB = 1024 * 1024
LARGEST = 50 * MB
# Lines of 128 characters make 400,000 of them; many more, and shorter, are no CODA and would fill the memory.
MOST_LINE_ENDS = 1_000_000

_HEADER = re.compile(r"^0{5}\d{9}05", re.MULTILINE | re.ASCII)


def looks_like_coda(head: bytes) -> bool:
    """Whether a line among the first bytes of a file is a CODA header."""
    return bool(_HEADER.search(decode(head)[0]))


def read_coda(data: bytes) -> Reading:
    """All statements in the bytes, and the problems of what is not in a statement."""
    if len(data) > LARGEST or data.count(b"\n") + data.count(b"\r") > MOST_LINE_ENDS:
        return (), (_too_large(len(data)),)
    text, reason = decode(data)
    drafts, outside = _drafts(number_lines(text))
    if not drafts:
        words = "The file has no CODA header (a line that starts with 00000, a day and a bank, then 05)."
        return (), (Problem("coda.header", "error", words),)
    papers, problems = _judge_all(drafts)
    problems += [*_outside_problems(outside), *_encoding_problem(reason)]
    _limit(problems)
    return tuple(papers), tuple(problems)


def _too_large(size: int) -> Problem:
    words = (
        f"The file has {size // MB} MB; a bank statement of more than {LARGEST // MB} MB or half a million "
        "lines is not read. Export a shorter period."
    )
    return Problem("coda.size", "error", words)


def _judge_all(drafts: list[Draft]) -> tuple[list[Statement], list[Problem]]:
    papers: list[Statement] = []
    problems: list[Problem] = []
    for draft in drafts:
        statement, reasons = judge(draft)
        problems.extend(reasons)
        if statement:
            papers.append(statement)
    return papers, problems


def _drafts(lines: Iterable[Line]) -> tuple[list[Draft], list[Line]]:
    """One draft for each header, and the lines that stand before a header or after a trailer."""
    drafts: list[Draft] = []
    outside: list[Line] = []
    for line in lines:
        if _HEADER.match(line.text):
            drafts.append(start_draft(line))
        elif not drafts or drafts[-1].control:
            outside.append(line)
        else:
            drafts[-1].read(line)
    return drafts, outside


def _outside_problems(outside: list[Line]) -> list[Problem]:
    """One problem for each run of lines that belong to no statement."""
    runs: list[list[Line]] = []
    for line in outside:
        if runs and line.number == runs[-1][-1].number + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return [_outside_problem(run) for run in runs]


def _outside_problem(run: list[Line]) -> Problem:
    first, last = run[0], run[-1]
    where = first.place if first is last else f"lines {first.number} to {last.number}"
    words = (
        f"What stands in {where} is no part of a statement (“{first.text.strip()[:40]}”): a header (record "
        "0) is missing or damaged, or something was added. It is left out."
    )
    return Problem("coda.outside", "error", words, first.place)


def _encoding_problem(reason: str | None) -> list[Problem]:
    if reason is None:
        return []
    return [
        Problem("coda.encoding", "warning", f"The file is in an unusual encoding: {reason}. Check the names.")
    ]


def _limit(problems: list[Problem]) -> None:
    """Of a file in pieces, the first hundred problems and how many more there are."""
    hidden = len(problems) - PROBLEMS_SHOWN
    if hidden > 0:
        words = f"… and {hidden} more problems in this file."
        problems[PROBLEMS_SHOWN:] = [Problem("coda.more", "warning", words)]
