"""Labelled contracts (CUAD): their text, the clauses lawyers marked, and their sentences as the engine sees them.

A folder holds `labels.jsonl`, a contract a line, and `text/`. A clause may be marked without a place; it then counts
for the contract alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags

from pilothouse.engine.contracts.reading.clauses import features_of
from pilothouse.engine.contracts.reading.sentences import sentences_of
from pilothouse.engine.contracts.reading.words import Sentence

# The term each marked clause is, by the name it has in the labels.
TERM_OF = {
    "Expiration Date": "expiration",
    "Renewal Term": "renewal_term",
    "Notice Period To Terminate Renewal": "renewal_notice",
    "Governing Law": "governing_law",
    "Exclusivity": "exclusivity",
    "Change Of Control": "change_of_control",
    "Anti-Assignment": "anti_assignment",
    "Minimum Commitment": "minimum_commitment",
    "Ip Ownership Assignment": "ip_ownership",
    "Post-Termination Services": "exit_assistance",
    "Audit Rights": "audit_rights",
    "Uncapped Liability": "liability_uncapped",
    "Cap On Liability": "liability_cap",
    "Insurance": "insurance",
    "Termination For Convenience": "termination_for_convenience",
}
TERMS = tuple(TERM_OF.values())
DRAWERS = 1 << 18
OF_SPAN, OF_SENTENCE = 0.5, 0.4  # so much of a mark, or of a sentence, makes the sentence one of the clause

Truths = NDArray[np.bool_]
Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Contract:
    """A labelled contract. `spans`: for each of TERMS the places of its marks; `has`: whether it has any."""

    name: str
    text: str
    sentences: tuple[Sentence, ...]
    spans: tuple[tuple[tuple[int, int], ...], ...]
    has: tuple[bool, ...]


def read_contracts(folder: Path) -> list[Contract]:
    """The labelled contracts of a folder."""
    lines = (folder / "labels.jsonl").read_text("utf-8").splitlines()
    return [_contract(folder, json.loads(line)) for line in lines]


def _contract(folder: Path, entry: dict[str, Any]) -> Contract:
    text = (folder / "text" / entry["text_file"]).read_text("utf-8")
    marks = [entry["labels"][name]["spans"] for name in TERM_OF]
    spans = tuple(
        tuple((mark["start"], mark["end"]) for mark in found if mark["start"] is not None) for found in marks
    )
    return Contract(entry["title"], text, tuple(sentences_of(text)), spans, tuple(bool(m) for m in marks))


def fold_of(name: str, folds: int) -> int:
    """In which fold a contract lies: by its name alone, so it stays there."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], "big") % folds


@dataclass(frozen=True, slots=True)
class Rows:
    """All sentences: `features` a row each (sparse, of length one), `owner` their contract, `truth` a column a term."""

    features: Any
    owner: Whole
    truth: Truths
    rareness: NDArray[np.float32]


def rows_of(contracts: Sequence[Contract]) -> Rows:
    """The sentences of contracts as the model sees them."""
    places: list[int] = []
    ends = [0]
    for contract in contracts:
        for one in contract.sentences:
            seen = {found % DRAWERS for found in features_of(contract.text[one.start : one.end], one.heading)}
            places += sorted(seen)
            ends.append(len(places))
    ones = np.ones(len(places), dtype=np.float32)
    shape = (len(ends) - 1, DRAWERS)
    table = csr_matrix((ones, np.array(places), np.array(ends)), shape=shape)  # type: ignore[no-untyped-call]
    rare = np.log((1 + table.shape[0]) / (1 + np.bincount(table.indices, minlength=DRAWERS))) + 1
    rareness = rare.astype(np.float16).astype(np.float32)
    weighed = table.multiply(rareness).tocsr()  # type: ignore[no-untyped-call]  # the library has no types
    norms = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    of_length_one = diags(1 / np.maximum(norms, 1e-9))  # type: ignore[no-untyped-call]  # the same
    features = (of_length_one @ weighed).tocsr().astype(np.float32)
    owner = np.repeat(np.arange(len(contracts)), [len(contract.sentences) for contract in contracts])
    truth = np.array([row for contract in contracts for row in _marked(contract)], dtype=bool)
    return Rows(features, owner, truth, rareness)


def _marked(contract: Contract) -> Iterator[list[bool]]:
    """For each sentence, of which terms it is."""
    for one in contract.sentences:
        yield [any(_is_of(one, *span) for span in spans) for spans in contract.spans]


def _is_of(sentence: Sentence, start: int, end: int) -> bool:
    shared = min(sentence.end, end) - max(sentence.start, start)
    length = sentence.end - sentence.start
    return shared > 0 and (shared >= OF_SPAN * (end - start) or shared >= OF_SENTENCE * length)
