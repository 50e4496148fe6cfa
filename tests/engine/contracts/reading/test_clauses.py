"""What a linear model makes of sentences: one score each, one judgement a contract, silence below the threshold."""

from __future__ import annotations

from zlib import crc32

import numpy as np
import pytest

from pilothouse.engine.contracts.reading.clauses import (
    BEST,
    NOTHING,
    ClauseModel,
    ClauseWeights,
    Judge,
    best_of,
    features_of,
    log_odds,
)
from pilothouse.engine.contracts.reading.sentences import sentences_of
from pilothouse.engine.contracts.reading.words import ContractText

DRAWERS = 1 << 12
INSURED = "The provider keeps an insurance of one million euros at all times during the term of it."
OTHER = "The customer pays each invoice of the provider within thirty days of its date by bank."


def model(there_from: float = 0.0) -> ClauseModel:
    """A model that looks for the word insurance."""
    weights = np.zeros((DRAWERS, 1), dtype=np.float32)
    weights[crc32(b"insurance") % DRAWERS] = 20
    judge = Judge("insurance", (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.0, there_from, 0.5)
    rareness = np.ones(DRAWERS, dtype=np.float32)
    return ClauseModel(ClauseWeights(weights, np.array([-0.5], dtype=np.float32), rareness, (judge,)))


def named(text: str, language: str = "en", there_from: float = 0.0) -> list[str]:
    contract = ContractText(text, language=language)
    return [
        text[clause.start : clause.end] for clause in model(there_from).clauses(contract, sentences_of(text))
    ]


def test_the_sentence_with_the_clause_is_named() -> None:
    assert named(f"{OTHER}\n\n{INSURED}\n\n{OTHER}") == [INSURED]


def test_sentences_that_follow_each_other_are_one_clause() -> None:
    text = f"{INSURED}\n\n{INSURED}\n\n{OTHER}\n\n{INSURED}"
    assert named(text) == [f"{INSURED}\n\n{INSURED}", INSURED]


def test_below_the_threshold_it_is_silent() -> None:
    assert named(OTHER) == []
    assert named(f"{OTHER}\n\n{INSURED}", there_from=50.0) == []


def test_of_a_contract_that_has_it_the_best_sentence_is_named_whatever_its_score() -> None:
    assert named(f"{OTHER}\n\n{OTHER}", there_from=-1.0) == [OTHER]


def test_other_languages_and_nothing_have_no_clause() -> None:
    assert named(INSURED, language="fr") == []
    assert named("") == []
    assert model().scores("", []).shape == (0, 1)


def test_confidence_grows_with_the_score_and_never_leaves_its_bounds() -> None:
    contract = ContractText(INSURED, language="en")
    (clause,) = model().clauses(contract, sentences_of(INSURED))
    assert 0.5 < clause.confidence <= 1
    assert clause.score > 0.5


def test_a_sentence_scores_the_same_alone_and_among_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join([OTHER, INSURED] * 20)
    sentences = sentences_of(text)
    whole = model().scores(text, sentences)
    monkeypatch.setattr("pilothouse.engine.contracts.reading.clauses.AT_ONCE", 3)
    assert np.allclose(whole, model().scores(text, sentences))
    assert np.allclose(whole[0], whole[2])


def test_a_sentence_shows_its_words_cues_and_heading() -> None:
    seen = features_of("Either party may terminate this Agreement at any time upon 30 days' notice.", "term")
    for feature in (
        "terminate",
        "at any",
        "at any time",
        "h:term",
        "c:ends",
        "c:any time",
        "c:days of notice",
    ):
        assert crc32(feature.encode()) in seen
    assert crc32(b"c:ends+any time") in seen
    assert crc32(b"c:ends-for a reason") in seen
    assert features_of("", "") == set()


def test_a_judge_looks_at_the_best_and_at_how_many_there_are() -> None:
    best = best_of(np.array([0.1, 3.0, -1.0], dtype=np.float32))
    assert best[:BEST].tolist() == pytest.approx([3.0, 0.1, -1.0, NOTHING, NOTHING])
    judge = Judge("insurance", (1.0, 0.0, 0.0, 0.0, 0.0, 0.0), 0.5, 0.0, 0.0)
    assert log_odds(judge, np.array([2.0], dtype=np.float32)) == pytest.approx(2.5)
