"""`make train DATA=file`: learn the model that says whether a name sounds like IT, and measure how sure it makes us.

Two tables of weights are fitted (logistic regression): is it IT, and what for; a third, of lines, in
`tools/train_booked.py`. Rows are suppliers, not lines: each
with its share of IT lines, weighing the root of its number of lines, so that no big supplier drowns the others and a
clerk's slip is a small share. Our own vendors and words (four languages) are rows as well, with a smaller weight.
How sure each kind of evidence makes us is fitted on guesses of models that did not see the supplier (three folds).

Written are `pilothouse/knowledge/models/spend.npz` (weights in 8 bits, no words) and the card beside it, `spend.yaml`.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.linear_model import LogisticRegression

from pilothouse.engine.spend.learned import LinearModel, Weights, features_of, parts_of, words_of
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import HAND_SET, Certainty, Recognition, SpendKnowledge
from pilothouse.engine.spend.vendors import KnownVendors
from pilothouse.knowledge import categories, spend_knowledge
from tools.spend_labels import (
    MOST_LINES,
    LabelledLine,
    Supplier,
    fold_of,
    halves,
    read_labels,
    suppliers_of,
    vendor_of,
)
from tools.train_booked import fit_booked

MODELS = Path("pilothouse/knowledge/models")
IT_DRAWERS, KIND_DRAWERS = 1 << 15, 1 << 12
KNOWLEDGE_WEIGHT = 0.4
IT_FREEDOM, KIND_FREEDOM = 6.0, 3.0
ROUNDS = 200
FOLDS = 3
JUDGED_AS_LINES = 20  # what was set by hand counts as this many lines
# Fitted, it moved between 0.8 and 0.9 with the half of the suppliers: what is sure on one is not on the other.
ASK_BELOW = 0.9
LEARNED_AT_MOST = 0.89  # the model alone is asked about
PROPOSED = "proposed"  # evidence of a vendor of whom a person is asked

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A name or word with the share of it that is IT, and how much it weighs."""

    words: tuple[str, ...]
    share: float
    weight: float


def examples_of(suppliers: Iterable[Supplier]) -> list[Example]:
    return [Example(tuple(words_of(s.name, "")), s.share, math.sqrt(s.lines)) for s in suppliers]


def known_examples(knowledge: SpendKnowledge) -> list[Example]:
    """Our own vendors and words, which speak French, Dutch and German too."""
    names = ((name, v.is_it) for v in knowledge.vendors for name in (v.name, *v.aliases))
    words = ((word.word.strip("*"), word.is_it) for word in knowledge.words)
    return [
        Example(tuple(words_of(name, "")), float(bool(is_it)), KNOWLEDGE_WEIGHT)
        for name, is_it in (*names, *words)
        if is_it is not None
    ]


def matrix(rows: Sequence[Sequence[str]], drawers: int) -> Any:
    """One sparse row for each list of words, as the engine weighs them."""
    places: list[int] = []
    values: list[float] = []
    ends = [0]
    for words in rows:
        share = 1 / math.sqrt(max(1, len(words)))
        for part in parts_of(words):
            for drawer, value in features_of(part):
                places.append(drawer % drawers)
                values.append(value * share)
        ends.append(len(places))
    return csr_matrix((values, places, ends), shape=(len(rows), drawers))


def fit_it(examples: Sequence[Example]) -> tuple[Floats, float]:
    """Weights and bias of “is it IT”; an example with a share counts on both sides."""
    table = matrix([example.words for example in examples], IT_DRAWERS)
    share, weight = (np.array([getattr(e, name) for e in examples]) for name in ("share", "weight"))
    both = np.concatenate([weight * share, weight * (1 - share)])
    said = np.concatenate([np.ones(len(examples)), np.zeros(len(examples))])
    model = LogisticRegression(C=IT_FREEDOM, max_iter=ROUNDS)
    model.fit(vstack([table, table])[both > 0], said[both > 0], both[both > 0])
    return model.coef_[0], float(model.intercept_[0])


def fit_kinds(
    suppliers: Iterable[Supplier], knowledge: SpendKnowledge, keys: Sequence[str]
) -> tuple[Floats, Floats]:
    """Weights and biases of “what for”, rare categories raised by the root of how rare they are."""
    rows: list[tuple[list[str], str, float]] = [
        (words_of(s.name, ""), kind, count / math.sqrt(s.it_lines))
        for s in suppliers
        for kind, count in sorted(s.categories.items())
        if kind in keys and count
    ]
    rows += _known_kinds(knowledge)
    total: Counter[str] = Counter()
    for _, kind, weight in rows:
        total[kind] += weight  # type: ignore[assignment]  # a counter of weights
    raised = np.array([weight / math.sqrt(total[kind]) for _, kind, weight in rows])
    model = LogisticRegression(C=KIND_FREEDOM, max_iter=ROUNDS)
    model.fit(
        matrix([words for words, _, _ in rows], KIND_DRAWERS), [r[1] for r in rows], raised / raised.mean()
    )
    weights, bias = np.zeros((KIND_DRAWERS, len(keys))), np.full(len(keys), -20.0)
    for place, kind in enumerate(model.classes_):
        weights[:, keys.index(kind)], bias[keys.index(kind)] = model.coef_[place], model.intercept_[place]
    return weights, bias


def _known_kinds(knowledge: SpendKnowledge) -> list[tuple[list[str], str, float]]:
    category = {purpose.key: purpose.category for purpose in knowledge.purposes}
    names = (
        (n, v.purposes[0]) for v in knowledge.vendors if v.is_it and v.purposes for n in (v.name, *v.aliases)
    )
    words = ((word.word.strip("*"), word.purpose) for word in knowledge.words if word.purpose)
    return [(words_of(name, ""), category[purpose], KNOWLEDGE_WEIGHT) for name, purpose in (*names, *words)]


# --- how sure it makes us ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is said of a supplier without the model, and the log-odds of a model that did not see it."""

    supplier: Supplier
    kind: str
    found: Recognition
    log_odds: float

    @property
    def weight(self) -> float:
        return min(self.supplier.lines, MOST_LINES)


def gather(suppliers: Sequence[Supplier], knowledge: SpendKnowledge, log_odds: Floats) -> list[Evidence]:
    known = KnownVendors(knowledge.vendors)
    recogniser = Recogniser(replace(knowledge, learned=None, certainty=HAND_SET))
    evidence = []
    for supplier, odds in zip(suppliers, log_odds, strict=True):
        vendor = vendor_of(supplier.name, known)
        found, _ = recogniser.recognise(vendor, "")
        kind = found.because[0].kind
        if kind == "vendor":
            only = vendor.known is not None and vendor.known.only_proposes
            kind = PROPOSED if only else vendor.known_by
        evidence.append(Evidence(supplier, kind, found, float(odds)))
    return evidence


def unseen_log_odds(suppliers: Sequence[Supplier], known: Sequence[Example]) -> Floats:
    """What models that did not see a supplier make of it."""
    examples = examples_of(suppliers)
    fold = np.array([fold_of(supplier.key, FOLDS, "fold ") for supplier in suppliers])
    found = np.zeros(len(examples))
    for left_out in range(FOLDS):
        weights, bias = fit_it(
            [e for e, f in zip(examples, fold, strict=True) if f != left_out] + list(known)
        )
        rows = matrix([e.words for e, f in zip(examples, fold, strict=True) if f == left_out], IT_DRAWERS)
        found[fold == left_out] = rows @ weights + bias
    return found


def measure(evidence: Sequence[Evidence]) -> Certainty:
    """How sure each kind of evidence makes us, by the labels; what was judged by hand counts as a few lines more."""
    alone = _slopes([e for e in evidence if e.kind == "nothing"], lambda e: [e.log_odds])
    words = _slopes([e for e in evidence if e.kind == "word"], lambda e: [_said(e), e.log_odds])
    fitted = replace(
        HAND_SET,
        known_by_name=_right([e for e in evidence if e.kind == "name"], HAND_SET.known_by_name),
        known_by_start=_right([e for e in evidence if e.kind == "start"], HAND_SET.known_by_start),
        known_proposing=_right([e for e in evidence if e.kind == PROPOSED], HAND_SET.known_proposing),
        learned_slope=alone[0],
        learned_bias=alone[1],
        words_slope=words[0],
        words_learned_slope=words[1],
        words_bias=words[2],
    )
    said = np.array([_share_by(e, fitted) for e in evidence])
    fitted = replace(fitted, say_from=_best_said_from(said, evidence))
    # The labels are British, the firms we serve are not: the model alone proposes, and a person is asked.
    return replace(fitted, ask_below=ASK_BELOW, learned_at_most=LEARNED_AT_MOST)


def _share_by(evidence: Evidence, certainty: Certainty) -> float:
    """The share of IT that the recogniser will see."""
    if evidence.kind in ("name", "start"):
        sure = certainty.known_by_name if evidence.kind == "name" else certainty.known_by_start
        return sure if evidence.found.would_say else 1 - sure
    if evidence.kind == PROPOSED:
        return certainty.known_proposing
    if evidence.kind == "word":
        odds = certainty.words_bias + certainty.words_slope * _said(evidence)
        return _share(odds + certainty.words_learned_slope * evidence.log_odds)
    return _share(certainty.learned_bias + certainty.learned_slope * evidence.log_odds)


def _share(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _best_said_from(said: Floats, evidence: Sequence[Evidence]) -> float:
    """From which share on lines are best said to be IT: half of the best F1 by line, which is where the expected F1
    of calibrated shares is highest (Lipton, Elkan and Narayanaswamy, 2014), and steadier than where it was highest.
    """
    lines, it = (np.array([getattr(e.supplier, name) for e in evidence]) for name in ("lines", "it_lines"))

    def f1(start: float) -> float:
        chosen = said >= start
        return float(2 * it[chosen].sum() / max(1, lines[chosen].sum() + it.sum()))

    return round(max(f1(float(start)) for start in np.arange(0.1, 0.9, 0.02)) / 2, 2)


def _said(evidence: Evidence) -> float:
    """The log-odds of IT by the words of a name."""
    sure = min(max(evidence.found.confidence, 0.03), 0.97)
    return math.log(sure / (1 - sure)) * (1 if evidence.found.would_say else -1)


def _right(evidence: Sequence[Evidence], judged: float) -> float:
    """The share of lines that the labels agree on."""
    lines = sum(e.supplier.lines for e in evidence)
    it = sum(e.supplier.it_lines for e in evidence if e.found.would_say)
    other = sum(e.supplier.lines - e.supplier.it_lines for e in evidence if not e.found.would_say)
    return round((it + other + judged * JUDGED_AS_LINES) / (lines + JUDGED_AS_LINES), 4)


def _slopes(evidence: Sequence[Evidence], of: Callable[[Evidence], list[float]]) -> list[float]:
    """Slopes and bias that turn log-odds into those of the labels."""
    rows = np.array([of(e) for e in evidence])
    share, weight = (
        np.array([v(e) for e in evidence]) for v in (lambda e: e.supplier.share, lambda e: e.weight)
    )
    both = np.concatenate([weight * share, weight * (1 - share)])
    said = np.concatenate([np.ones(len(rows)), np.zeros(len(rows))])
    model = LogisticRegression(C=100.0).fit(
        np.concatenate([rows, rows])[both > 0], said[both > 0], both[both > 0]
    )
    return [round(float(value), 4) for value in (*model.coef_[0], model.intercept_[0])]


# --- the whole --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trained:
    weights: Weights
    certainty: Certainty

    def taught(self, knowledge: SpendKnowledge) -> SpendKnowledge:
        """The knowledge with this model in it."""
        return replace(knowledge, learned=LinearModel(self.weights), certainty=self.certainty)


def train(lines: Sequence[LabelledLine], knowledge: SpendKnowledge) -> Trained:
    """Learn from labelled lines and from what is known."""
    suppliers = suppliers_of(lines)
    known = known_examples(knowledge)
    keys = tuple(categories())
    certainty = measure(gather(suppliers, knowledge, unseen_log_odds(suppliers, known)))
    it, bias = fit_it([*examples_of(suppliers), *known])
    kinds, biases = fit_kinds(suppliers, knowledge, keys)
    booked = fit_booked(lines, knowledge, keys)
    weights = Weights(
        in_8_bits(it), bias, in_8_bits(kinds), biases.astype(np.float32), keys, in_8_bits(booked)
    )
    return Trained(weights, certainty)


def in_8_bits(weights: Floats) -> NDArray[np.float32]:
    """Weights as they are after 8 bits each, so that what is measured is what is shipped."""
    step = float(np.abs(weights).max()) / 127 or 1.0
    return (np.round(weights / step) * step).astype(np.float32)


def write(trained: Trained, folder: Path, card: dict[str, object]) -> None:
    """The weights as `spend.npz`, and the card beside it."""
    w = trained.weights
    steps = {name: float(np.abs(getattr(w, name)).max()) / 127 or 1.0 for name in ("it", "kinds")}
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "spend.npz"
    np.savez_compressed(
        file,
        it=np.round(w.it / steps["it"]).astype(np.int8),
        it_step=steps["it"],
        it_bias=w.it_bias,
        kinds=np.round(w.kinds / steps["kinds"]).astype(np.int8),
        kinds_step=steps["kinds"],
        kinds_bias=w.kinds_bias,
        booked=w.booked,
    )
    content = {
        **card,
        "weights": {"file": file.name, "sha256": sha256(file.read_bytes()).hexdigest()},
        "categories": list(w.categories),
        "certainty": {name: float(value) for name, value in asdict(trained.certainty).items()},
    }
    text = yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110)
    (folder / "spend.yaml").write_text(HEAD + text, "utf-8")


HEAD = """# The card of the learned model spend.npz: what it learned from, and how sure each kind of evidence makes us.
# Written by `make train`; the figures it reaches stand in docs/methods/spend-recognition.md.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description="Learn from labelled payment lines what an IT vendor's name looks like."
    )
    parser.add_argument(
        "data", type=Path, help="CSV, gzipped or not: org,date,supplier,account_label,amount,is_it,category"
    )
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--on", type=date.fromisoformat, required=True, help="the day that goes on the card")
    parser.add_argument(
        "--source", default="Payments of British public bodies, via odileeds/council-spending-data"
    )
    parser.add_argument("--licence", default="Open Government Licence v3.0")
    parser.add_argument(
        "--half",
        action="store_true",
        help="learn from the first half of the suppliers, to measure on the other",
    )
    args = parser.parse_args(arguments)
    if not args.data.is_file():
        print(f"There is no file {args.data}. Say which: make train DATA=file", file=sys.stderr)
        return 2
    lines = halves(read_labels(args.data))[0] if args.half else read_labels(args.data)
    trained = train(lines, spend_knowledge())
    suppliers = suppliers_of(lines)
    card: dict[str, object] = {
        "trained_on": args.on,
        "data": {
            "source": args.source,
            "licence": args.licence,
            "sha256": sha256(args.data.read_bytes()).hexdigest(),
            "lines": len(lines),
            "it_lines": sum(line.is_it for line in lines),
            "suppliers": len(suppliers),
            "bodies": len({line.body for line in lines}),
        },
        "also_learned_from": "the vendors and words of knowledge/ (English, French, Dutch, German)",
        "split": f"certainty: on suppliers each model did not see ({FOLDS} folds by hash of the cleaned name)",
    }
    write(trained, args.out, card)
    print(f"{args.out / 'spend.npz'}: learned from {len(lines):,} lines of {len(suppliers):,} suppliers")
    return 0


if __name__ == "__main__":
    sys.exit(main())
