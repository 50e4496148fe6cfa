"""What is found the quick way is what the plain way finds: on words made up, on our own lines, on real suppliers.

The plain ways stand here, word by word as the method says them; no answer may differ in a single bit.
"""

from __future__ import annotations

import csv
import gzip
import math
import re
from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilothouse.engine.spend import recognise as recognising
from pilothouse.engine.spend.learned import LinearModel, Weights, features_of, parts_of, words_of
from pilothouse.engine.spend.names import plain, telling
from pilothouse.engine.spend.periods import service_in
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.recognise import Recogniser
from pilothouse.engine.spend.terms import Recognition
from pilothouse.engine.spend.vendors import Vendor, known_vendors
from pilothouse.knowledge import spend_knowledge
from tests.engine.spend.spend_papers import unhurried

OWN = Path(__file__).parents[2] / "data" / "spend-own" / "lines.csv"
EVERY = 40
DRAWERS = 1 << 10
WEIGHTS = Weights(
    (np.arange(DRAWERS, dtype=np.float32) * 0.37) % 3 - 1.5,
    -1.5,
    np.zeros((DRAWERS, 1), np.float32),
    np.zeros(1, np.float32),
    ("it_general",),
    np.zeros((2, 1, 1), np.float32),
)
PHRASES = ("web host", "host*", "hosting*", "*ware", "*software", "cloud", "a*", "*t", "ab*", "*tic")


def own_lines() -> list[tuple[str, str]]:
    with OWN.open(encoding="utf-8", newline="") as file:
        return [(row["vendor"], row["description"]) for row in csv.DictReader(file)]


def real_suppliers(folder: Path) -> list[tuple[str, str]]:
    with gzip.open(folder / "spend-labelled.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return [
            (row["supplier"], row["account_label"]) for row in islice(csv.DictReader(file), 0, None, EVERY)
        ]


def plain_log_odds(name: str, text: str) -> float:
    words = words_of(name, text)
    if not words:
        return WEIGHTS.it_bias
    table = WEIGHTS.it.tolist()
    parts = [sum(table[d % DRAWERS] * value for d, value in features_of(part)) for part in parts_of(words)]
    return float(WEIGHTS.it_bias + sum(parts) / math.sqrt(len(words)))


def plain_telling(text: str) -> str:
    return " ".join(word for word in plain(text).split() if not re.search(r"\d{4}", word))


def plain_part_of(word: str) -> str:
    """The longest stem of three letters or more that a word begins with, else the longest it ends with."""
    starts = [p[:-1] for p in PHRASES if p.endswith("*") and len(p) > 3 and word.startswith(p[:-1])]
    ends = [p[1:] for p in PHRASES if p.startswith("*") and len(p) > 3 and word.endswith(p[1:])]
    return max(starts, key=len, default="") or max(ends, key=len, default="")


def answers(lines: list[tuple[str, str]]) -> Iterator[tuple[Recognition, str]]:
    """Each line by one recogniser, twice, so that the second time everything that is kept has been met."""
    knowledge = spend_knowledge()
    known = known_vendors(knowledge.vendors)
    recogniser = Recogniser(knowledge)
    for name, text in (*lines, *lines):
        entry, by = known.by_name(name)
        yield recogniser.recognise(Vendor(f"name:{plain(name)}", name, known=entry, known_by=by), text)


@unhurried
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_name_and_words_weigh_the_same(name: str, text: str) -> None:
    learned = LinearModel(WEIGHTS)
    assert learned.log_odds(name, text) == learned.log_odds(name, text) == plain_log_odds(name, text)


@unhurried
@given(st.text(alphabet="abt 0123456789.-éß", max_size=30))
def test_the_telling_words_of_any_text_are_the_same(text: str) -> None:
    assert telling(text) == plain_telling(text)


@unhurried
@given(
    st.text(alphabet="abhostingwrec", min_size=1, max_size=12)
    | st.sampled_from(["hostware", "plastic", "hostic"])
)
def test_the_same_part_of_any_word_is_found(word: str) -> None:
    found = Phrases((phrase, phrase) for phrase in PHRASES).afresh().first(word)
    assert found == (word if word == "cloud" else plain_part_of(word))


def test_lines_of_our_own_weigh_the_same() -> None:
    learned = LinearModel(WEIGHTS)
    for name, text in own_lines():
        assert learned.log_odds(name, text) == plain_log_odds(name, text)
        assert telling(text) == plain_telling(text)


def test_lines_of_our_own_are_answered_the_same_however_little_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = list(answers(own_lines()))
    monkeypatch.setattr(recognising, "MOST_KEPT", 1)
    assert list(answers(own_lines())) == kept


def test_real_suppliers_weigh_and_are_answered_the_same(
    shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = real_suppliers(shared_data)
    learned = LinearModel(WEIGHTS)
    assert [learned.log_odds(*line) for line in lines] == [plain_log_odds(*line) for line in lines]
    kept = list(answers(lines))
    monkeypatch.setattr(recognising, "MOST_KEPT", 1)
    assert list(answers(lines)) == kept


def test_equal_answers_on_different_words_are_one() -> None:
    recogniser = Recogniser(spend_knowledge())
    vendor = Vendor("name:zon", "Zon")
    one, _ = recogniser.recognise(vendor, "webhosting basis")
    other, _ = recogniser.recognise(vendor, "webhosting groot")
    assert one is other


def test_the_same_words_on_a_paper_of_another_time_are_read_anew() -> None:
    words = "Onderhoud van 01/01/2026 tot 31/12/2026"
    near, far = date(2026, 1, 5), date(2021, 1, 5)
    found = service_in(words, near)
    assert found is not None
    assert (found.first, found.last) == (date(2026, 1, 1), date(2026, 12, 31))
    assert service_in(words, far) is None
    assert service_in(words, near) == found
