"""`python -m tools.train_clauses DATA --on DAY`: learn which sentences of a contract are which clause.

Two steps, both linear. A support vector machine a clause scores sentences; a logistic regression a clause judges a
contract by the scores of its best sentences, which come from machines that did not see the contract (five folds).
Thresholds are those with the best F1 on these. Written are `pilothouse/knowledge/models/clauses.npz` (weights in 8
bits, no words) and the card beside it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from pilothouse.engine.contracts.reading.clauses import BEST, ClauseWeights, Judge, best_of, log_odds
from tools.clause_labels import DRAWERS, TERMS, Contract, Rows, fold_of, read_contracts, rows_of

MODELS = Path("pilothouse/knowledge/models")
FOLDS = 5
FREEDOM, OF_CLAUSE = 0.3, 2  # of the machines; what a sentence of the clause weighs against another
JUDGE_FREEDOM = 0.3
EIGHT_BITS = 127
SMALLEST = 2  # steps of 8 bits below which a weight is left out, which halves the file

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Machine:
    """The weights of one clause's sentences."""

    weights: Floats
    bias: float

    def scores(self, features: Any) -> Floats:
        scored: Floats = (features @ self.weights + self.bias).astype(np.float32)
        return scored


def fit_machine(rows: Rows, column: int, chosen: NDArray[np.bool_]) -> Machine:
    """Learn one clause from the chosen sentences."""
    weighs = {False: 1, True: OF_CLAUSE}
    machine = LinearSVC(C=FREEDOM, class_weight=weighs, tol=1e-3, max_iter=300, random_state=0)  # type: ignore[no-untyped-call]
    machine.fit(rows.features[chosen], rows.truth[chosen, column])
    return Machine(as_shipped(machine.coef_[0].astype(np.float32)), float(machine.intercept_[0]))


def as_shipped(weights: Floats) -> Floats:
    """Weights as they are shipped, in 8 bits and without the smallest, so that these are judged and measured."""
    step = np.abs(weights).max() / EIGHT_BITS
    steps = np.round(weights / step)
    steps[np.abs(steps) < SMALLEST] = 0
    shipped: Floats = (steps * step).astype(np.float32)
    return shipped


def unseen_scores(rows: Rows, column: int, folds: NDArray[np.int64], chosen: NDArray[np.bool_]) -> Floats:
    """Scores of the chosen sentences, each by a machine that did not see its contract."""
    scores = np.zeros(len(rows.owner), dtype=np.float32)
    of = folds[rows.owner]
    for fold in np.unique(of[chosen]):
        machine = fit_machine(rows, column, chosen & (of != fold))
        wanted = chosen & (of == fold)
        scores[wanted] = machine.scores(rows.features[wanted])
    return scores


def fit_judge(term: str, rows: Rows, column: int, scores: Floats, has: dict[int, bool]) -> Judge:
    """Learn how the best sentences judge a contract, from contracts whose sentences have unseen scores."""
    numbers = sorted(has)
    best = np.stack([best_of(scores[rows.owner == number]) for number in numbers])
    truth = np.array([has[number] for number in numbers])
    middle, spread = best.mean(axis=0), best.std(axis=0) + 1e-6
    regression = LogisticRegression(C=JUDGE_FREEDOM, max_iter=2000)  # type: ignore[no-untyped-call]
    fitted = regression.fit((best - middle) / spread, truth)
    weights = fitted.coef_[0] / spread
    bias = float(fitted.intercept_[0] - (weights * middle).sum())
    judge = Judge(term, tuple(float(weight) for weight in weights), bias, 0.0, 0.0)
    odds = np.array([log_odds(judge, scores[rows.owner == number]) for number in numbers])
    inside = np.isin(rows.owner, numbers)
    return Judge(
        term,
        judge.weights,
        judge.bias,
        best_threshold(odds, truth),
        best_threshold(scores[inside], rows.truth[inside, column]),
    )


def best_threshold(scores: NDArray[Any], truth: NDArray[np.bool_]) -> float:
    """The score from which on saying yes has the best F1; half-way to the next one below."""
    order = np.argsort(-scores, kind="stable")
    right = np.cumsum(truth[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + max(int(truth.sum()), 1))
    at = int(f1.argmax())
    here = float(scores[order][at])
    return here if at + 1 == len(order) else (here + float(scores[order][at + 1])) / 2


def learn(contracts: Sequence[Contract], rows: Rows) -> ClauseWeights:
    """The model of all contracts."""
    folds = np.array([fold_of(contract.name, FOLDS) for contract in contracts])
    every = np.ones(len(rows.owner), dtype=bool)
    machines, judges = [], []
    for column, term in enumerate(TERMS):
        scores = unseen_scores(rows, column, folds, every)
        has = {number: contract.has[column] for number, contract in enumerate(contracts)}
        judges.append(fit_judge(term, rows, column, scores, has))
        machines.append(fit_machine(rows, column, every))
        print(f"{term}: learned", file=sys.stderr, flush=True)
    return ClauseWeights(
        np.stack([machine.weights for machine in machines], axis=1),
        np.array([machine.bias for machine in machines], dtype=np.float32),
        rows.rareness,
        tuple(judges),
    )


def write_model(learned: ClauseWeights, folder: Path, about: dict[str, Any]) -> None:
    """The weights in 8 bits, and their card."""
    steps = np.abs(learned.weights).max(axis=0) / EIGHT_BITS
    small = np.round(learned.weights / steps).astype(np.int8)
    path = folder / "clauses.npz"
    np.savez_compressed(
        path,
        weights=small,
        steps=steps.astype(np.float32),
        biases=learned.biases,
        rareness=learned.rareness.astype(np.float16),
    )
    card = {
        **about,
        "weights": {"file": path.name, "sha256": sha256(path.read_bytes()).hexdigest()},
        "judges": [
            {
                "term": judge.term,
                "weights": [round(weight, 5) for weight in judge.weights],
                "bias": round(judge.bias, 5),
                "there_from": round(judge.there_from, 5),
                "sentence_from": round(judge.sentence_from, 5),
            }
            for judge in learned.judges
        ],
    }
    head = (
        "# The card of the learned model clauses.npz: what it learned from, and how each clause is judged.\n"
        "# Written by `python -m tools.train_clauses`; its figures stand in docs/methods/contracts-reading.md.\n"
    )
    text = yaml.safe_dump(card, sort_keys=False, allow_unicode=True, width=110)
    (folder / "clauses.yaml").write_text(head + text, "utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m tools.train_clauses", description=__doc__)
    parser.add_argument("data", type=Path, help="folder with labels.jsonl and text/")
    parser.add_argument("--on", required=True, help="the day that stands on the card")
    asked = parser.parse_args(arguments)
    if not (asked.data / "labels.jsonl").is_file():
        parser.error(
            f"there is no labels.jsonl in {asked.data}. Say which folder holds the labelled contracts."
        )
    contracts = read_contracts(asked.data)
    rows = rows_of(contracts)
    learned = learn(contracts, rows)
    about = {
        "trained_on": asked.on,
        "data": {
            "source": "Contract Understanding Atticus Dataset (CUAD) v1, official training split",
            "licence": "CC BY 4.0",
            "sha256": sha256((asked.data / "labels.jsonl").read_bytes()).hexdigest(),
            "contracts": len(contracts),
            "sentences": len(rows.owner),
        },
        "split": f"judges: on contracts each machine did not see ({FOLDS} folds by hash of the name)",
        "drawers": DRAWERS,
        "best_sentences": BEST,
    }
    write_model(learned, MODELS, about)


if __name__ == "__main__":
    main()
