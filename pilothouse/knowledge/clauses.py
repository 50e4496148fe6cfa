"""What was learned from labelled contracts: `models/clauses.npz` and its card, with a judge for each clause.

The weights are checked against the checksum on the card. Limits: see the card and `docs/methods/contracts-reading.md`.
"""

from __future__ import annotations

import io
from functools import lru_cache
from hashlib import sha256

from pilothouse.engine.contracts.reading.clauses import ClauseModel, ClauseWeights, Judge
from pilothouse.knowledge.entries import Entry, folder, read_yaml


@lru_cache(maxsize=1)
def clause_model() -> ClauseModel:
    """The model that names the clauses of English contracts."""
    import numpy as np

    place = folder("models")
    card = Entry("clauses.yaml", read_yaml(place / "clauses.yaml"))
    named = card.within("weights")
    data = (place / named.text("file")).read_bytes()
    if sha256(data).hexdigest() != named.text("sha256"):
        raise card.wrong("the weights are not those the card was written for. Train the clauses again.")
    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        return ClauseModel(
            ClauseWeights(
                kept["weights"].astype(np.float32) * kept["steps"],
                kept["biases"],
                kept["rareness"].astype(np.float32),
                tuple(_judge(entry) for entry in card.each("judges")),
            )
        )


def _judge(entry: Entry) -> Judge:
    judge = Judge(
        entry.text("term"),
        tuple(float(weight) for weight in entry.numbers("weights")),
        float(entry.number("bias")),
        float(entry.number("there_from")),
        float(entry.number("sentence_from")),
    )
    entry.finished()
    return judge
