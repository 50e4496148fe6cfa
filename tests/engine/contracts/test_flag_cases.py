"""The cases of `tests/cases/contract_flags`: what was read in a contract, and which flags follow, with the reasoning.

An expert writes them; this runs them against the list and the law as they come with Pilothouse. A term has its name
and perhaps `value`, `quote`, `confirmed: true`; `facts` may hold `country`, `law`, `kind`, `yearly_cost` (euros),
`not_there`.
`expect` names flags with their severity and may leave out others; `expect_not` those that must not be said; with
`only: true` `expect` names all; `missing` those that say a clause was not found; `confirmed` those that count as
confirmed; `says` words that must stand in a flag.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from pilothouse.engine.contracts.checklist import ContractFacts, Flag
from pilothouse.engine.contracts.flags import find_flags
from pilothouse.engine.contracts.reading.words import TERMS, ReadTerm
from pilothouse.engine.money import Money
from pilothouse.knowledge.red_flags import checklist

FOLDER = Path(__file__).parents[2] / "cases" / "contract_flags"
LEAST = 40
TODAY = "2026-11-23"
Said = Mapping[str, Any]


def cases() -> Iterator[tuple[str, Said]]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
            yield f"{path.stem}: {case['case']}", case


CASES = dict(cases())


def term_of(number: int, said: Said) -> ReadTerm:
    assert said["term"] in TERMS, said
    value = said.get("value")
    quote = said.get("quote", "")
    start = 1000 * number
    return ReadTerm(
        said["term"], None if value is None else str(value), 1, start, start + len(quote), quote, 0.9
    )


def facts_of(said: Said) -> ContractFacts:
    cost = said.get("yearly_cost")
    return ContractFacts(
        said.get("country", ""),
        said.get("kind", ""),
        None if cost is None else Money(Decimal(cost)),
        frozenset(said.get("not_there", ())),
        said.get("law", ""),
    )


def flags_of(case: Said) -> dict[str, Flag]:
    terms = [term_of(number, said) for number, said in enumerate(case["terms"])]
    confirmed = {
        term for term, said in zip(terms, case["terms"], strict=True) if said.get("confirmed", False)
    }
    today = date.fromisoformat(str(case.get("today", TODAY)))
    found = find_flags(terms, facts_of(case.get("facts", {})), checklist(), today=today, confirmed=confirmed)
    return {flag.id: flag for flag in found}


@pytest.mark.parametrize("name", CASES)
def test_what_is_dangerous(name: str) -> None:
    case = CASES[name]
    found = flags_of(case)
    severities = {flag.id: flag.severity.value for flag in found.values()}
    expected = case.get("expect", {})
    assert severities.items() >= expected.items()
    assert not severities.keys() & set(case.get("expect_not", ()))
    assert not case.get("only", False) or severities.keys() == expected.keys()
    assert all(not found[each].because for each in case.get("missing", ()))
    assert all(found[each].confirmed for each in case.get("confirmed", ()))
    assert all(words in found[each].says for each, words in case.get("says", {}).items())


def test_there_are_cases_enough_and_each_says_why() -> None:
    assert len(CASES) >= LEAST
    assert all(case["why"] and ("expect" in case or "expect_not" in case) for case in CASES.values())


def test_every_flag_that_a_case_names_exists() -> None:
    known = {rule.id for rule in (*checklist().checks, *checklist().laws)}
    named = {
        flag for case in CASES.values() for flag in (*case.get("expect", ()), *case.get("expect_not", ()))
    }
    assert named <= known
