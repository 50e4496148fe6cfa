"""`python -m tools.measure_clauses DATA`: how well clauses are found in contracts the model did not see.

Five folds over contracts, by hash of their names. For each fold the machines, judges and thresholds are learned from
the other four alone: scores for the judges come from machines that saw three of them. Printed as Markdown, and written
between the marks of `docs/methods/contracts-reading.md` with a reliability plot beside it. Average precision and
precision at 80 % recall are over marks: a sentence (or sentences in a row) finds a mark where they share half of the
characters of both together (Jaccard 0.5), the best scores first.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.contracts.reading.clauses import log_odds
from tools.clause_labels import TERMS, Contract, Rows, Whole, fold_of, read_contracts, rows_of
from tools.measure_recognition import plot
from tools.train_clauses import FOLDS, Floats, Machine, fit_judge, fit_machine

PAGE = Path("docs/methods/contracts-reading.md")
MARKS = ("<!-- clauses: begin -->", "<!-- clauses: end -->")
SHARED = 0.5
RECALL = 0.8
BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """One clause: F1 over all contracts and in each fold, over marks, and (said, true) pairs for the reliability."""

    term: str
    contracts: int
    precision: float
    recall: float
    f1: float
    spread: float
    average_precision: float
    precision_at_recall: float
    told: tuple[tuple[float, bool], ...]


def measure(contracts: Sequence[Contract], rows: Rows, column: int) -> Measured:
    """One clause, each contract judged by what was learned without its fold."""
    folds = np.array([fold_of(contract.name, FOLDS) for contract in contracts])
    of = folds[rows.owner]
    machines = machines_of(rows, column, of)
    scores = np.zeros(len(rows.owner), dtype=np.float32)
    said = np.zeros(len(contracts), dtype=bool)
    told: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        seen = np.zeros(len(rows.owner), dtype=np.float32)
        for other in range(FOLDS):
            inside = of == other
            seen[inside] = machines[frozenset({fold, other})].scores(rows.features[inside])
        has = {n: one.has[column] for n, one in enumerate(contracts) if folds[n] != fold}
        judge = fit_judge(TERMS[column], rows, column, seen, has)
        scores[of == fold] = seen[of == fold]
        for number in np.flatnonzero(folds == fold).tolist():
            odds = log_odds(judge, scores[rows.owner == number])
            said[number] = odds >= judge.there_from
            told.append((float(1 / (1 + np.exp(-odds))), contracts[number].has[column]))
    truth = np.array([contract.has[column] for contract in contracts])
    by_fold = [f1_of(said[folds == fold], truth[folds == fold]) for fold in range(FOLDS)]
    ap, at_recall = over_marks(contracts, rows, column, scores)
    right = int((said & truth).sum())
    return Measured(
        TERMS[column],
        int(truth.sum()),
        right / max(int(said.sum()), 1),
        right / max(int(truth.sum()), 1),
        f1_of(said, truth),
        float(np.std(by_fold)),
        ap,
        at_recall,
        tuple(told),
    )


def machines_of(rows: Rows, column: int, of: Whole) -> dict[frozenset[int], Machine]:
    """Machines that did not see one fold, and those that did not see two: each pair is learned once for both."""
    left_out = [frozenset({one, other}) for one in range(FOLDS) for other in range(one, FOLDS)]
    return {gone: fit_machine(rows, column, ~np.isin(of, list(gone))) for gone in left_out}


def f1_of(said: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    both = int((said & truth).sum())
    return 2 * both / max(int(said.sum()) + int(truth.sum()), 1)


def over_marks(contracts: Sequence[Contract], rows: Rows, column: int, scores: Floats) -> tuple[float, float]:
    """Average precision, and precision where 80 % of the marks are found, over all marks of a clause."""
    found: list[tuple[float, bool]] = []
    marks = 0
    for number, contract in enumerate(contracts):
        left = set(contract.spans[column])
        marks += len(left)
        own = scores[rows.owner == number]
        for score, start, end in sorted(_candidates(contract, own), reverse=True):
            hit = next((mark for mark in left if _jaccard(mark, (start, end)) >= SHARED), None)
            if hit is not None:
                left.discard(hit)
            found.append((score, hit is not None))
    found.sort(key=lambda pair: -pair[0])
    hits = np.array([hit for _score, hit in found], dtype=float)
    right = np.cumsum(hits)
    precision = right / np.arange(1, len(hits) + 1)
    best_from_here = np.maximum.accumulate(precision[::-1])[::-1]
    average = float((best_from_here * hits).sum() / max(marks, 1))
    enough = np.flatnonzero(right >= RECALL * marks)
    return average, float(best_from_here[enough[0]]) if len(enough) else 0.0


def _candidates(contract: Contract, scores: Floats) -> Iterator[tuple[float, int, int]]:
    """Each sentence, and each two in a row that both have something of the clause, with the score of the weaker."""
    sentences = contract.sentences
    for number, one in enumerate(sentences):
        yield float(scores[number]), one.start, one.end
        if number and min(scores[number - 1], scores[number]) > 0:
            yield float(min(scores[number - 1], scores[number])), sentences[number - 1].start, one.end


def _jaccard(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return max(shared, 0) / (max(one[1], other[1]) - min(one[0], other[0]))


def report(measured: Sequence[Measured]) -> str:
    """The figures as a table."""
    lines = [
        "| clause | contracts with it | precision | recall | F1 | spread of five folds | average precision "
        "over marks | precision at 80 % recall |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {one.term} | {one.contracts} | {one.precision:.3f} | {one.recall:.3f} | {one.f1:.3f} | "
            f"± {one.spread:.3f} | {one.average_precision:.3f} | {one.precision_at_recall:.3f} |"
            for one in measured
        ),
    ]
    mean = sum(one.f1 for one in measured) / len(measured)
    return "\n".join([*lines, "", f"Mean F1 of these {len(measured)}: {mean:.3f}."])


def points_of(measured: Sequence[Measured]) -> list[tuple[float, float, int]]:
    """Mean confidence, share that is true, and number of judgements, of judgements alike in confidence."""
    told = np.array([pair for one in measured for pair in one.told])
    bins = np.minimum((told[:, 0] * BINS).astype(int), BINS - 1)
    inside = [told[bins == number] for number in range(BINS)]
    return [(float(of[:, 0].mean()), float(of[:, 1].mean()), len(of)) for of in inside if len(of)]


def write_page(path: Path, words: str, figure: str) -> None:
    """The figures between the marks of the page, the plot beside it."""
    text = path.read_text("utf-8")
    before, after = text.partition(MARKS[0])[0], text.partition(MARKS[1])[2]
    path.write_text(f"{before}{MARKS[0]}\n{words}\n{MARKS[1]}{after}", "utf-8")
    path.with_name("contracts-reliability.svg").write_text(figure, "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.measure_clauses", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with labels.jsonl and text/")
    asked = parser.parse_args(arguments)
    if not (asked.data / "labels.jsonl").is_file():
        parser.error(
            f"there is no labels.jsonl in {asked.data}. Say which folder holds the labelled contracts."
        )
    contracts = read_contracts(asked.data)
    rows = rows_of(contracts)
    measured = []
    for column, term in enumerate(TERMS):
        measured.append(measure(contracts, rows, column))
        print(f"{term}: F1 {measured[-1].f1:.3f}", file=sys.stderr, flush=True)
    words = report(measured)
    print(words)
    write_page(PAGE, words, plot(points_of(measured)))


if __name__ == "__main__":
    main()
