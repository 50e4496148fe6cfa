"""Does the invoice keep the rules of EN 16931? The published business rules, asked of its own words.

The rules are those of the European artefacts (CEN/TC 434) under their published names, with their
tolerances; `docs/methods/intake.md` says how many of the published unit tests come out as they should.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Group
from pilothouse.intake.rules.presence import check_presence
from pilothouse.intake.rules.totals import check_due, check_totals
from pilothouse.intake.rules.ubl_form import check_ubl_form
from pilothouse.intake.rules.values import check_values
from pilothouse.intake.rules.vat import check_vat

_MOST_OF_A_RULE = 100


def check(document: Group, *, syntax: Literal["ubl", "cii"], is_credit_note: bool) -> tuple[Problem, ...]:
    """What breaks a rule, in the order of the file. `is_credit_note`: the form itself is a credit note.

    Of each rule the first hundred faults are told; the last of them says how many more there are.
    """
    told: dict[str, dict[Problem, None]] = defaultdict(dict)
    more: Counter[str] = Counter()
    for problem in _found(document, syntax=syntax, is_credit_note=is_credit_note):
        if len(told[problem.rule]) < _MOST_OF_A_RULE:
            told[problem.rule][problem] = None
        else:
            more[problem.rule] += 1
    for rule, count in more.items():
        last, _ = told[rule].popitem()
        told[rule][replace(last, message=f"{last.message} And {count} more like this.")] = None
    return tuple(sorted((problem for faults in told.values() for problem in faults), key=_line))


def _found(document: Group, *, syntax: str, is_credit_note: bool) -> Iterator[Problem]:
    yield from check_presence(document)
    yield from check_totals(document)
    if not is_credit_note:
        yield from check_due(document)
    yield from check_vat(document)
    yield from check_values(document, is_credit_note=is_credit_note)
    if syntax == "ubl":
        yield from check_ubl_form(document, is_credit_note=is_credit_note)


def _line(problem: Problem) -> int:
    return int((problem.place or "line 0").removeprefix("line "))
