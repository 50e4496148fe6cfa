"""How many of the published unit tests of EN 16931 come out as they should? Prints a table by family of rules.

`python -m tests.intake.en16931_units` reads them from PILOTHOUSE_SHARED. Each test is a fragment of an invoice and
the name of one rule with its outcome: "success", and the rule is not among the problems, or "error" or "warning",
and it is, at that level. A rule that is not implemented fails every test that expects it to speak.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from pilothouse.intake.cii import read_cii
from pilothouse.intake.papers import Invoice
from pilothouse.intake.ubl import read_ubl

_TESTS = "{http://difi.no/xsd/vefa/validator/1.0}"


def shared_data() -> Path:
    root = os.environ.get("PILOTHOUSE_SHARED") or Path(__file__).resolve().parents[3] / "shared"
    return Path(root) / "data"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One expectation: what the test says of the rule, and what our problems say."""

    file: str
    number: int
    rule: str
    expected: str
    said: str

    @property
    def holds(self) -> bool:
        return self.expected == self.said

    @property
    def family(self) -> str:
        return re.sub(r"-?\d+$", "", self.rule)


def outcomes(folder: Path) -> Iterator[Outcome]:
    """Every expectation of every test below `folder` (…/en16931/test)."""
    for file in sorted((*folder.glob("*-unit-UBL/*.xml"), *folder.glob("cii/*.xml"))):
        for number, test in enumerate(etree.parse(file).iter(_TESTS + "test"), start=1):
            yield from _outcomes_of(f"{file.parent.name}/{file.name}", number, test)


def _outcomes_of(file: str, number: int, test: etree._Element) -> Iterator[Outcome]:
    fragment = next(child for child in test if child.tag != _TESTS + "assert")
    read = read_cii if etree.QName(fragment).localname == "CrossIndustryInvoice" else read_ubl
    papers, problems = read(etree.tostring(fragment, with_tail=False))
    found = {problem.rule: problem.level for problem in problems}
    for paper in papers:
        assert isinstance(paper, Invoice)
        found |= {problem.rule: problem.level for problem in paper.problems}
    for expectation in test.iterfind(f"{_TESTS}assert/*"):
        expected = etree.QName(expectation).localname
        if expected in {"success", "error", "warning"}:
            rule = (expectation.text or "").strip()
            yield Outcome(file, number, rule, expected, found.get(rule, "success"))


def table(results: list[Outcome]) -> str:
    families: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in results:
        families[outcome.family].append(outcome)
    rows = [f"{'family':10} {'tests':>6} {'right':>6} {'share':>7}"]
    for family, tests in [*sorted(families.items()), ("all", results)]:
        right = sum(outcome.holds for outcome in tests)
        rows.append(f"{family:10} {len(tests):6} {right:6} {right / len(tests):7.1%}")
    return "\n".join(rows)


def main() -> None:
    results = list(outcomes(shared_data() / "einvoices" / "en16931" / "test"))
    missed = [
        f"{outcome.file} {outcome.number}: {outcome.rule} {outcome.expected}, we say {outcome.said}"
        for outcome in results
        if not outcome.holds
    ]
    sys.stdout.write("\n".join((table(results), *missed, "")))


if __name__ == "__main__":
    main()
