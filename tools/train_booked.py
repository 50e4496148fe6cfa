"""As what do clerks book a payment of which only the vendor and the amount are known? Fits that table of the model.

Rows are the lines labelled IT, each weighing less the more lines its supplier has (one by their root), so that no big
supplier drowns the others. What is known of the vendor is the category of its purpose, without the learned model.
One logistic regression is fitted: a weight for every mark, and one more for every mark with every known category.
Those of both are added up to one table for each known category, so that the engine looks up one.

What a purpose means counts as well, a tenth of a clerk (`MEANT`): each line whose vendor's purpose is known is a row
once more, in the category of that purpose.

Categories differ in number by a thousand; the mean of their F1 counts each the same. So part of how frequent a
category is (`EVENED`) is taken off its bias. That part, `MEANT` and how freely the weights move were chosen by the mean
over several splits of the suppliers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack, vstack
from sklearn.linear_model import LogisticRegression

from pilothouse.engine.spend.dealings import (
    ALIKE_OF_PAYMENT,
    ALIKE_OF_VENDOR,
    OF_PAYMENT,
    OF_VENDOR,
    payment_marks,
    vendor_marks,
)
from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import HAND_SET, SpendKnowledge
from pilothouse.engine.spend.vendors import KnownVendors
from tools.spend_labels import LabelledLine, dealings_of, vendor_of

FREEDOM = 0.3
EVENED = 0.65
MEANT = 0.1
ROUNDS = 100
NEVER = -20.0
MARKS = 1 + OF_PAYMENT + OF_VENDOR  # the bias first
ALIKE = (*range(1 + OF_PAYMENT - ALIKE_OF_PAYMENT, 1 + OF_PAYMENT), *range(MARKS - ALIKE_OF_VENDOR, MARKS))

Floats: TypeAlias = NDArray[np.float64]


def fit_booked(lines: Sequence[LabelledLine], knowledge: SpendKnowledge, keys: Sequence[str]) -> Floats:
    """One table for each of `keys` as what is known of a vendor, and a last one for "nothing"."""
    booked = [line for line in lines if line.is_it and line.category in keys]
    tables = np.zeros((len(keys) + 1, MARKS, len(keys)))
    tables[:, 0] = NEVER
    said = np.array([keys.index(line.category) for line in booked])
    if len(set(said)) < 2:
        return tables
    count = Counter(clean_name(line.supplier) for line in booked)
    weight = np.array([1 / np.sqrt(count[clean_name(line.supplier)]) for line in booked])
    frequent = np.bincount(said, weight, len(keys)) / weight.sum()
    known = np.array(_known(booked, knowledge, keys))
    rows, meant = _rows(_marks(booked, lines), known, len(tables)), known < len(keys)
    model = LogisticRegression(C=FREEDOM, max_iter=ROUNDS)
    model.fit(
        vstack([rows, rows[meant]]), np.append(said, known[meant]), np.append(weight, MEANT * weight[meant])
    )
    learned, bias = _of_each_category(model)
    # A category nobody labelled is as rare as the rarest.
    rare = np.maximum(frequent, frequent[frequent > 0].min())[model.classes_]
    of_all, *of_known = np.split(learned.T, len(tables) + 1)
    for table, of_one in zip(tables, of_known, strict=True):
        table[:, model.classes_] = of_all + of_one
        table[0, model.classes_] += bias - EVENED * np.log(rare)
    return tables


def _of_each_category(model: LogisticRegression) -> tuple[Floats, Floats]:
    """Weights and bias of each category, also where there are two, of which the model keeps the second alone."""
    if len(model.classes_) > 2:
        return model.coef_, model.intercept_
    return np.vstack([-model.coef_, model.coef_]) / 2, np.append(-model.intercept_, model.intercept_) / 2


def _marks(booked: Sequence[LabelledLine], lines: Sequence[LabelledLine]) -> Floats:
    """The bias and the marks of each line and its vendor; those count all payments, whatever they were for."""
    of_vendor = {key: vendor_marks(each) for key, each in dealings_of(lines).items()}
    return np.array([[1.0, *payment_marks(b.amount), *of_vendor[clean_name(b.supplier)]] for b in booked])


def _known(booked: Sequence[LabelledLine], knowledge: SpendKnowledge, keys: Sequence[str]) -> list[int]:
    """The place in `keys` of what is known of each line's vendor; the one after the last where nothing is."""
    vendors = KnownVendors(knowledge.vendors)
    recogniser = Recogniser(replace(knowledge, learned=None, certainty=HAND_SET))
    found: dict[str, int] = {}
    for line in booked:
        if line.supplier not in found:
            category = recogniser.recognise(vendor_of(line.supplier, vendors), "")[0].category
            found[line.supplier] = keys.index(category) if category in keys else len(keys)
    return [found[line.supplier] for line in booked]


def _rows(marks: Floats, known: NDArray[np.int64], tables: int) -> Any:
    """The marks once for all, and once more in the columns of what is known, but for those that mean the same whatever
    was bought.
    """
    own = marks.copy()
    own[:, ALIKE] = 0
    each = [csr_matrix(own * (known == place)[:, None]) for place in range(tables)]
    return hstack([csr_matrix(marks), *each]).tocsr()
