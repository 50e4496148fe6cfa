"""`ask read`: what do these invoices and bank statements say?

Every paper of every file in the order given, each with its `file`; what could not be used is in `problems`,
with its `file` too. Answered when at least one paper was read.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pilothouse.cli.ask.terms import Answer, Asked
from pilothouse.intake.papers import Problem, Reading
from pilothouse.intake.recognise import LARGEST_FILE, read_paper, too_large
from pilothouse.intake.shapes import as_json, problems_json

STANDARD_INPUT = "-"

_REASONS = {
    errno.ENOENT: ("file.missing", "There is no such file. Check the name and the folder."),
    errno.EISDIR: (
        "file.folder",
        "This is a folder. Give the files in it (FOLDER/*), or use “pilothouse diagnose FOLDER”.",
    ),
    errno.EACCES: (
        "file.permission",
        "You may not read this file. Change its rights, or copy it to your own folder.",
    ),
}


def answer(asked: Asked) -> Answer:
    documents: list[dict[str, Any]] = []
    problems: list[dict[str, Any]] = []
    messages: list[str] = []
    for file, (papers, found) in _readings(asked.files):
        documents.extend({"file": file, **as_json(paper)} for paper in papers)
        problems.extend({"file": file, **problem} for problem in problems_json(found))
        broken = [problem for paper in papers for problem in paper.problems if problem.level == "error"]
        messages.extend(_message(file, problem) for problem in (*found, *broken))
    return Answer({"documents": documents, "problems": problems}, tuple(messages), answered=bool(documents))


def _readings(files: Sequence[str]) -> Iterator[tuple[str, Reading]]:
    """Each file with what it says; an archive or mail gives the files that are packed in it."""
    for file in files:
        data, problem = content_of(file)
        if problem is not None:
            yield file, ((), (problem,))
        else:
            yield from _unpacked(data, file, 0)


def _unpacked(data: bytes, name: str, depth: int) -> Iterator[tuple[str, Reading]]:
    from pilothouse.intake.containers import (
        open_container,
    )  # what is asked of one contract needs no mail or archive

    opened = open_container(data, name, depth)
    if opened is None:
        yield name, read_paper(data, name)
        return
    for member, content in opened.members:
        yield from _unpacked(content, member, depth + 1)
    if opened.problems:
        yield name, ((), tuple(opened.problems))


def content_of(file: str) -> tuple[bytes, Problem | None]:
    """The bytes of a file, or why they cannot be had."""
    try:
        data = _bytes(file)
    except OSError as error:
        other = (
            "file.unreadable",
            f"The file cannot be read ({error.strerror}). Copy it elsewhere and try again.",
        )
        rule, words = _REASONS.get(error.errno or 0, other)
        return b"", Problem(rule, "error", words)
    except ValueError:  # a NUL in the name
        return b"", Problem("file.missing", "error", "This is not the name of a file. Check it.")
    return (b"", too_large(data)) if isinstance(data, int) else (data, None)


def _bytes(file: str) -> bytes | int:
    """The content, or the size of what is too large to take into memory."""
    if file == STANDARD_INPUT:
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
        return data if len(data) <= LARGEST_FILE else len(data)
    with Path(file).open("rb") as stream:
        size = os.fstat(stream.fileno()).st_size
        return size if size > LARGEST_FILE else stream.read(LARGEST_FILE)


def _message(file: str, problem: Problem) -> str:
    place = f", {problem.place}" if problem.place else ""
    return f"{file}{place}: {problem.message} [{problem.rule}]"
