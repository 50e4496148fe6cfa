"""What was learned from labelled lines, and how sure each kind of evidence makes us: `models/spend.npz` and its card.

The weights are checked against the checksum on the card. Limits: see the card and `docs/methods/spend-recognition.md`.
"""

from __future__ import annotations

import io
from dataclasses import fields
from hashlib import sha256
from importlib.resources.abc import Traversable

from pilothouse.engine.spend.learned import LinearModel, Weights
from pilothouse.engine.spend.terms import Certainty
from pilothouse.knowledge.entries import Entry, read_yaml


def read_model(folder: Traversable) -> tuple[LinearModel, Certainty]:
    """The model in a folder and what was measured with it."""
    card = Entry("spend.yaml", read_yaml(folder / "spend.yaml"))
    named = card.within("weights")
    data = (folder / named.text("file")).read_bytes()
    if sha256(data).hexdigest() != named.text("sha256"):
        raise card.wrong("the weights are not those the card was written for. Run “make train” again.")
    return LinearModel(_weights(data, card.texts("categories"))), _certainty(card.within("certainty"))


def _weights(data: bytes, categories: tuple[str, ...]) -> Weights:
    import numpy as np

    with np.load(io.BytesIO(data), allow_pickle=False) as kept:
        return Weights(
            it=kept["it"].astype(np.float32) * np.float32(kept["it_step"]),
            it_bias=float(kept["it_bias"]),
            kinds=kept["kinds"].astype(np.float32) * np.float32(kept["kinds_step"]),
            kinds_bias=kept["kinds_bias"],
            categories=categories,
            booked=kept["booked"],
        )


def _certainty(entry: Entry) -> Certainty:
    measured = {field.name: float(entry.number(field.name)) for field in fields(Certainty)}
    entry.finished()
    return Certainty(**measured)
