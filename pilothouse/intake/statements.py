"""Is a bank statement whole? What the readers of CAMT, MT940 and OFX ask alike; CODA has proofs of its own.

The proof: opening balance + movements = closing balance, asked where the format carries both. A statement that
does not add up goes in with a problem, because the bank's figures are kept as they stand and one movement that is
missing does not make the others wrong.

Limits: sums the bank gives besides (of money in and out) are asked by the reader of the format that has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from pilothouse.intake.papers import Balance, Problem, Statement
from pilothouse.intake.shapes import amount_text

PROBLEMS_SHOWN = 100
MOST_STATEMENTS = 20_000  # in one file: many more are no bank's, and would fill the memory
LONGEST_TEXT = 10_000
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", re.ASCII)


@dataclass(slots=True)
class Faults:
    """What is wrong with a paper: the first hundred problems are kept, the others counted, as a damaged file has
    one in every line."""

    kind: str
    first: list[Problem] = field(default_factory=list)
    hidden: int = 0

    def say(self, rule: str, message: str, place: str | None = None, *, warning: bool = False) -> None:
        """A problem with the rule "<kind>.<rule>"."""
        self.add(Problem(f"{self.kind}.{rule}", "warning" if warning else "error", message, place))

    def add(self, *problems: Problem) -> None:
        room = max(0, PROBLEMS_SHOWN - len(self.first))
        self.first += problems[:room]
        self.hidden += len(problems[room:])

    def join(self, others: Faults) -> None:
        self.add(*others.first)
        self.hidden += others.hidden

    def all(self) -> tuple[Problem, ...]:
        """The problems kept, and one that says how many more there are."""
        if not self.hidden:
            return tuple(self.first)
        words = f"… and {self.hidden} more problems."
        return (*self.first, Problem(f"{self.kind}.more", "warning", words))


def check_balances(
    kind: str, opening: Balance | None, amounts: Iterable[Decimal], closing: Balance | None, place: str
) -> list[Problem]:
    """A problem "<kind>.balance" where both balances are there and the movements do not lead from one to the other."""
    if opening is None or closing is None:
        return []
    moved = sum(amounts, Decimal(0))
    difference = closing.amount - opening.amount - moved
    if not difference:
        return []
    words = (
        f"The balances do not hold: {amount_text(opening.amount)} before and {amount_text(moved)} of movements "
        f"give {amount_text(opening.amount + moved)}, and the bank says {amount_text(closing.amount)} "
        f"({amount_text(difference)} is not explained). Movements are missing or wrong: fetch the file again, or "
        "ask the bank."
    )
    return [Problem(f"{kind}.balance", "error", words, place)]


def check_order(kind: str, papers: Sequence[Statement]) -> list[Problem]:
    """A warning "<kind>.gap" where one statement of an account does not open with what the one before left on it.

    Banks write the newest statement first or last; both are taken as they come.
    """
    accounts: dict[str | None, list[Statement]] = {}
    for paper in papers:
        accounts.setdefault(paper.account, []).append(paper)
    return [problem for found in accounts.values() for problem in _gaps(kind, found)]


def _gaps(kind: str, papers: list[Statement]) -> Iterator[Problem]:
    days = [paper.closing.date for paper in papers if paper.closing and paper.closing.date]
    in_order = papers[::-1] if days and days[0] > days[-1] else papers
    for before, after in pairwise(in_order):
        if before.closing and after.opening and before.closing.amount != after.opening.amount:
            words = (
                f"Statement {before.number or '?'} of account {before.account or '?'} leaves "
                f"{amount_text(before.closing.amount)} and statement {after.number or '?'} opens with "
                f"{amount_text(after.opening.amount)}: one between them is missing, or one is here twice."
            )
            yield Problem(f"{kind}.gap", "warning", words)


def looks_like_iban(account: str) -> bool:
    """Two letters, two digits and 11 to 30 more, without spaces: banks blacken accounts in what they show, so the
    check digits are not asked."""
    return bool(_IBAN.fullmatch(account))


def without_spaces(text: str) -> str:
    return "".join(text[:LONGEST_TEXT].split())


def squeezed(text: str) -> str:
    """The words with one space between them; of a text beyond anything a payer writes, its beginning.

    >>> squeezed("  two \\n words ")
    'two words'
    """
    return " ".join(text[:LONGEST_TEXT].split())
