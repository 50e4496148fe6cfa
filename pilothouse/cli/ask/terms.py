"""The words between the command and the questions: what is asked with, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question is asked with: the files in the order given ("-" is stdin), today's date, the seed.

    `text_only`: the text of the file is wanted, not what is read in it.
    """

    files: tuple[str, ...]
    today: date
    seed: int
    text_only: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What to print, what to say on stderr, and whether the question was answered at all.

    `lines`, where there are any, are printed instead of `shape`: JSON Lines, each one already written out.
    """

    shape: dict[str, Any] | list[dict[str, Any]]
    messages: tuple[str, ...] = ()
    answered: bool = True
    lines: Iterable[str] | None = None
