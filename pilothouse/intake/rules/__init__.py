"""Does the invoice keep the rules of EN 16931? The published business rules, asked of its own words.

The rules are those of the European artefacts (CEN/TC 434) under their published names, with their
tolerances; `docs/methods/intake.md` says how many of the published unit tests come out as they should.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from pilothouse.intake.papers import Problem
from pilothouse.intake.rules.document import Group, Syntax
from pilothouse.intake.rules.presence import check_presence
from pilothouse.intake.rules.profiles import named_as_in_profile, rules_asked, tolerance
from pilothouse.intake.rules.totals import check_due, check_totals
from pilothouse.intake.rules.ubl_form import check_ubl_form
from pilothouse.intake.rules.values import check_values
from pilothouse.intake.rules.vat import check_vat

_MOST_OF_A_RULE = 100


def check(
    document: Group,
    *,
    syntax: Syntax,
    is_credit_note: bool,
    is_zugferd_1: bool = False,
    form: Iterable[Problem] = (),
) -> tuple[Problem, ...]:
    """What breaks a rule, in the order of the file. `is_credit_note`: the form itself is a credit note.

    `form` is what was found while the file was read. Of each rule the first hundred faults are told; the last of
    them says how many more there are. What the profile of the invoice cannot say it is not asked for.
    """
    asked = rules_asked(document, is_zugferd_1=is_zugferd_1)
    told: dict[str, dict[Problem, None]] = defaultdict(dict)
    more: Counter[str] = Counter()
    for problem in (*_found(document, syntax=syntax, is_credit_note=is_credit_note), *form):
        if not asked(problem.rule):
            continue
        if len(told[problem.rule]) < _MOST_OF_A_RULE:
            told[problem.rule][problem] = None
        else:
            more[problem.rule] += 1
    for rule, count in more.items():
        last, _ = told[rule].popitem()
        told[rule][replace(last, message=f"{last.message} And {count} more like this.")] = None
    kept = (named_as_in_profile(problem, document) for faults in told.values() for problem in faults)
    return tuple(sorted(kept, key=_line))


def _found(document: Group, *, syntax: Syntax, is_credit_note: bool) -> Iterator[Problem]:
    off = tolerance(document)
    yield from check_presence(document, syntax=syntax)
    yield from check_totals(document, syntax=syntax, tolerance=off)
    if not is_credit_note:
        yield from check_due(document)
    yield from check_vat(document, syntax=syntax, tolerance=off)
    yield from check_values(document, syntax=syntax, is_credit_note=is_credit_note)
    if syntax == "ubl":
        yield from check_ubl_form(document, is_credit_note=is_credit_note)


def _line(problem: Problem) -> int:
    return int((problem.place or "line 0").removeprefix("line "))
