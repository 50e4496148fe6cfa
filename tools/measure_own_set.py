"""How well lines of made-up firms are recognised, beside the labels their author gave before any rule ran.

`python -m tools.measure_own_set` prints precision, recall and F1 by line and amount, with every line answered
(forced) and with only those answered without a person (sure), by country and by paper; then every mistake. Accounts
are given as they stand. Lines of one pair of vendor and words are repeats: `by pair` counts each pair once.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilothouse.cli.ask.classify import recogniser

LINES = Path(__file__).parents[1] / "tests" / "data" / "spend-own" / "lines.csv"


@dataclass(frozen=True)
class Judged:
    """A labelled line and what was answered."""

    line: dict[str, str]
    answer: dict[str, Any]

    @property
    def is_it(self) -> bool:
        return self.line["is_it"] == "yes"

    @property
    def said(self) -> bool:
        return bool(self.answer["would_say"])

    @property
    def sure(self) -> bool:
        return self.answer["is_it"] is not None

    @property
    def pair(self) -> tuple[str, str]:
        return self.line["vendor"], self.line["description"]


def judged(lines: Iterable[dict[str, str]]) -> list[Judged]:
    recognise = recogniser()
    return [Judged(line, recognise((line["vendor"], line["description"], _account(line)))) for line in lines]


def _account(line: dict[str, str]) -> str:
    return f"{line['account']} {line['account_name']}".strip()


def one(_: Judged) -> float:
    return 1.0


def amount(each: Judged) -> float:
    return abs(float(each.line["amount"]))


def figures(lines: Sequence[Judged], weight: Callable[[Judged], float]) -> tuple[float, float, float]:
    """Precision, recall and F1 of IT; 0 where there is nothing to divide by.

    >>> figures([], one)
    (0.0, 0.0, 0.0)
    """
    right = sum(weight(each) for each in lines if each.said and each.is_it)
    said = sum(weight(each) for each in lines if each.said)
    true = sum(weight(each) for each in lines if each.is_it)
    return _share(right, said), _share(right, true), _share(2 * right, said + true)


def category_f1(lines: Sequence[Judged]) -> float:
    """The mean of F1 over the categories that are labelled, every line answered."""
    labels = {each.line["category"] for each in lines if each.is_it}
    said, true, right = Counter[str](), Counter[str](), Counter[str]()
    for each in lines:
        answered = (each.answer["category"] or "") if each.said else ""
        said[answered] += 1
        true[each.line["category"]] += 1
        right[answered] += answered == each.line["category"]
    return _share(sum(_share(2 * right[key], said[key] + true[key]) for key in labels), len(labels))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def told(name: str, lines: Sequence[Judged]) -> str:
    """One row: forced by line and amount, then sure by line and amount with its coverage."""
    sure = [each for each in lines if each.sure]
    cells = [f"{name:18}{len(lines):5}"]
    for weight in (one, amount):
        cells.append(" ".join(f"{value:.3f}" for value in figures(lines, weight)))
    for weight in (one, amount):
        covered = _share(sum(map(weight, sure)), sum(map(weight, lines)))
        cells.append(" ".join(f"{value:.3f}" for value in figures(sure, weight)) + f" of {covered:.3f}")
    return " | ".join(cells)


def report(lines: Sequence[Judged]) -> Iterable[str]:
    yield "precision recall F1: forced by line | forced by amount | sure by line, covered | sure by amount, covered"
    yield told("all", lines)
    pairs = {each.pair: each for each in lines}
    yield told("by pair", list(pairs.values()))
    for column in ("country", "how"):
        groups = defaultdict(list)
        for each in lines:
            groups[each.line[column]].append(each)
        for name in sorted(groups):
            yield told(name, groups[name])
    yield f"category macro-F1 {category_f1(lines):.3f}, by pair {category_f1(list(pairs.values())):.3f}"
    times = Counter(each.pair for each in lines)
    for each in sorted(pairs.values(), key=lambda each: (not each.sure, each.is_it, each.pair)):
        if each.said != each.is_it or (each.is_it and each.answer["category"] != each.line["category"]):
            yield _mistake(each, times[each.pair])


def _mistake(each: Judged, times: int) -> str:
    truth = each.line["purpose"] or "not IT"
    answered = each.answer["purpose"] or "IT, no purpose" if each.said else "not IT"
    how = "sure" if each.sure else "asked"
    return (
        f"{how} {times}x {each.line['vendor']} | {each.line['description']} | {truth} | "
        f"said {answered} {each.answer['confidence']:.2f}"
    )


def main() -> int:
    with LINES.open(encoding="utf-8", newline="") as source:
        for line in report(judged(csv.DictReader(source))):
            sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
