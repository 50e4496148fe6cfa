"""Which clauses does an English contract have, and where? What a linear model makes of its sentences.

A sentence gives its words, each two and three that stand together, the words of its heading, and cues: signs of a
clause that a lawyer would look for, written as patterns. Each falls by a fixed checksum into one of 2^n numbered
drawers, which holds how rare it is and one weight for each clause. No word is stored, so no name can be read back.
Whether the contract has the clause is judged by its best sentences together (`Judge`). What is below the threshold of
its clause is not given: silence beats a wrong answer. The weights are learned by `tools/train_clauses.py`; they are
handed in.

Limits: it has learned from commercial agreements filed with the American stock exchange supervisor; other languages
are left to the patterns.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pilothouse.engine.contracts.reading.words import ContractText, Sentence

Floats: TypeAlias = NDArray[np.float32]
Whole: TypeAlias = NDArray[np.int64]

BEST = 5  # sentences of a contract that are judged together
NOTHING = -2.0  # the score of a sentence that is not there
AT_ONCE = 2_000  # sentences scored at a time
_WORD = re.compile(r"[a-z]+|0+")
_DIGITS = re.compile(r"\d")

_CUES: dict[str, tuple[str, ...]] = {
    "control": (
        r"chang\w+ (?:of|in) (?:the )?(?:\w+ )?(?:control|ownership)",
        r"controlling interest",
        r"voting (?:securities|stock|shares|power)",
        r"(?:direct|indirect)\w* control",
    ),
    "merged": (
        r"\bmerg\w+",
        r"consolidat\w+ (?:with|into)",
        r"\bacqui(?:re|red|res|sition)\b",
        r"substantially all",
        r"sale of (?:the|its)",
    ),
    "ends": (
        r"terminat\w+",
        r"\bcancel\w*",
        r"withdraw\w*",
    ),
    "no reason": (
        r"for any reason",
        r"without (?:any )?cause",
        r"for convenience",
        r"no reason",
        r"without reason",
        r"with or without",
        r"at (?:its|their|any party's|the option)",
        r"in its sole discretion",
        r"at will",
    ),
    "any time": (
        r"at any time",
        r"any time (?:upon|on|by|after)",
    ),
    "for a reason": (
        r"breach",
        r"default",
        r"fail\w*",
        r"insolven\w*",
        r"bankrupt\w*",
        r"violat\w+",
        r"following events?",
        r"any of the following",
        r"event of",
        r"cure[ds]?\b",
        r"for cause",
        r"in the event",
        r"force majeure",
    ),
    "days of notice": (
        r"(?:0+|\)|thirty|sixty|ninety|twenty|ten|six|three|one) ?(?:calendar |business |working )?"
        r"(?:day|month|year|week)s?['’]? ?(?:prior |advance |advanced |written |of )*notice",
    ),
    "unless notice": (r"unless .{0,160}(?:notice|notif|terminat)",),
    "not renewed": (
        r"not to (?:renew|extend)",
        r"non-?renew\w*",
        r"not (?:be )?(?:renewed|extended)",
        r"intent\w* (?:not )?to (?:renew|terminate)",
    ),
    "before the end": (r"(?:prior to|before|preceding) .{0,60}(?:expir|\bend\b|anniversary|renewal)",),
    "renews": (
        r"automatic\w* (?:renew|extend)",
        r"successive",
        r"(?:shall|will|may) be (?:automatically )?(?:renewed|extended)",
        r"renew\w* (?:for|this)",
        r"additional (?:\w+ ){0,3}(?:term|period|year)",
        r"option to (?:renew|extend)",
        r"renewal term",
    ),
    "after the end": (
        r"(?:after|following|upon|on|from) (?:the |such |any |its )?(?:effective date of )?(?:the |such )?"
        r"(?:expiration|termination|expiry|cancellation)",
    ),
    "still to do": (
        r"wind(?:ing)?[ -]?(?:down|up)",
        r"transition",
        r"sell[ -]?off",
        r"remaining (?:stock|inventory)",
        r"on hand",
        r"cooperat\w+",
        r"assist\w*",
        r"continue to (?:provide|sell|use|support|supply)",
        r"return or destroy",
        r"surviv\w+",
        r"repurchase",
        r"buy back",
    ),
    "at least": (
        r"minimum",
        r"at least",
        r"no(?:t)? (?:less|fewer) than",
        r"guarantee[sd]?",
        r"shortfall",
    ),
    "buys": (
        r"purchas\w+",
        r"order\w*",
        r"\bbuy\b",
        r"commit\w*",
        r"volume",
        r"quantit\w+",
        r"royalt\w+",
        r"sales",
    ),
    "audit": (
        r"\baudit\w*",
        r"inspect\w*",
        r"examin\w+ .{0,40}(?:books|records)",
        r"books (?:and|of) (?:records|account)",
    ),
    "limit": (
        r"exceed\w*",
        r"limited to",
        r"aggregate",
        r"maximum",
    ),
    "liable": (
        r"liab\w+",
        r"damages",
    ),
    "no indirect": (
        r"consequential",
        r"incidental",
        r"punitive",
        r"exemplary",
        r"loss of profits?",
        r"lost profits",
    ),
    "insured": (
        r"insur(?:ance|ed|er)",
        r"coverage",
        r"policy",
    ),
    "law": (
        r"governed by",
        r"construed",
        r"laws? of",
    ),
    "handed on": (
        r"assign\w*",
        r"transfer\w*",
        r"delegat\w*",
    ),
    "agrees first": (
        r"without .{0,40}(?:consent|approval)",
        r"prior written (?:consent|approval)",
    ),
    "owns": (
        r"(?:shall|will) (?:be )?own\w*",
        r"sole (?:and exclusive )?property",
        r"right, title",
        r"work(?:s)? (?:made )?for hire",
    ),
    "alone": (
        r"exclusiv\w+",
        r"solely from",
    ),
    "a heading": (
        r"^.{0,60}\.{4,}",
        r"\btable of contents\b",
    ),
    "redacted": (r"\[?\*{3,}",),
}
CUES = {name: re.compile("|".join(signs), re.IGNORECASE) for name, signs in _CUES.items()}


@dataclass(frozen=True, slots=True)
class Judge:
    """For one clause: what its best sentences say together, and from where on it is said to be there.

    `weights` for the scores of the `BEST` sentences, then for the logarithm of their number. `there_from` is a log-odds
    for the contract, `sentence_from` a score for a sentence.
    """

    term: str
    weights: tuple[float, ...]
    bias: float
    there_from: float
    sentence_from: float


@dataclass(frozen=True, slots=True)
class ClauseWeights:
    """What was learned: one row for each drawer (2^n of them), one column for each of `judges`."""

    weights: Floats
    biases: Floats
    rareness: Floats
    judges: tuple[Judge, ...]


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that is there: the characters it stands at, how sure that is (0 to 1), and its sentence's score."""

    term: str
    start: int
    end: int
    confidence: float
    score: float


def features_of(sentence: str, heading: str) -> set[int]:
    """The checksums of what is seen in a sentence."""
    lowered = _DIGITS.sub("0", sentence.lower())
    words = _WORD.findall(lowered)
    seen = set(words)
    seen.update(f"{one} {two}" for one, two in pairwise(words))
    seen.update(f"{one} {two} {three}" for one, two, three in zip(words, words[1:], words[2:], strict=False))
    seen.update(f"h:{word}" for word in _WORD.findall(heading))
    cues = [name for name, pattern in CUES.items() if pattern.search(lowered)]
    seen.update(f"c:{name}" for name in cues)
    seen.update(f"c:{one}+{two}" for one, two in combinations(cues, 2))
    seen.update(
        f"c:{one}-{two}" for one in cues for two in ("for a reason", "agrees first") if two not in cues
    )
    return {crc32(one.encode()) for one in seen}


class ClauseModel:
    """Scores sentences and judges contracts; built once."""

    def __init__(self, learned: ClauseWeights) -> None:
        self._learned = learned
        self._drawers = len(learned.rareness)

    def scores(self, text: str, sentences: Sequence[Sentence]) -> Floats:
        """One row for each sentence, one column for each clause."""
        parts = [self._scored(text, sentences[at : at + AT_ONCE]) for at in range(0, len(sentences), AT_ONCE)]
        empty = np.zeros((0, len(self._learned.judges)), dtype=np.float32)
        return np.concatenate(parts) if parts else empty

    def _scored(self, text: str, sentences: Sequence[Sentence]) -> Floats:
        found = [features_of(text[one.start : one.end], one.heading) for one in sentences]
        lengths = np.array([len(one) for one in found])
        drawers = np.fromiter((one % self._drawers for row in found for one in row), dtype=np.int64)
        owner = np.repeat(np.arange(len(found)), lengths)
        # Two checksums of a sentence may share a drawer: it counts once, as it was learned.
        pairs = np.unique(owner * self._drawers + drawers)
        owner, drawers = pairs // self._drawers, pairs % self._drawers
        values = self._learned.rareness[drawers]
        norms = np.sqrt(np.bincount(owner, weights=values * values, minlength=len(found)))
        table = self._learned.weights
        sums = np.stack(
            [
                np.bincount(owner, weights=values * table[drawers, column], minlength=len(found))
                for column in range(table.shape[1])
            ],
            axis=1,
        )
        scored: Floats = (sums / np.maximum(norms, 1e-9)[:, None] + self._learned.biases).astype(np.float32)
        return scored

    def clauses(self, contract: ContractText, sentences: Sequence[Sentence]) -> list[Clause]:
        """The clauses that are there, in the order of the text within each; none of a contract in another language."""
        if contract.language != "en" or not sentences:
            return []
        scores = self.scores(contract.text, sentences)
        return [
            clause
            for column, judge in enumerate(self._learned.judges)
            for clause in _judged(judge, scores[:, column], sentences)
        ]


def best_of(scores: Floats) -> Floats:
    """What a judge looks at: the best scores, the highest first, and the logarithm of how many there are."""
    best = np.full(BEST + 1, NOTHING, dtype=np.float32)
    top = np.sort(scores)[::-1][:BEST]
    best[: len(top)] = top
    best[BEST] = math.log(len(scores) + 1)
    return best


def log_odds(judge: Judge, scores: Floats) -> float:
    """The log-odds that a contract with sentences of these scores has the clause."""
    return float(np.dot(best_of(scores), np.array(judge.weights, dtype=np.float32))) + judge.bias


def _judged(judge: Judge, scores: Floats, sentences: Sequence[Sentence]) -> Iterator[Clause]:
    odds = log_odds(judge, scores)
    if odds < judge.there_from:
        return
    confidence = round(1 / (1 + math.exp(-min(max(odds, -30.0), 30.0))), 3)
    highest = int(scores.argmax())
    named = {*np.flatnonzero(scores >= judge.sentence_from).tolist(), highest}
    for first, last in _runs(sorted(named)):
        yield Clause(
            judge.term,
            sentences[first].start,
            sentences[last].end,
            confidence,
            float(scores[first : last + 1].max()),
        )


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow each other, as their first and last.

    >>> list(_runs([1, 2, 5]))
    [(1, 2), (5, 5)]
    """
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last
