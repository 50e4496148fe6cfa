"""What changed in meaning between two versions of a contract?

The terms read in one are matched with those of the other: equal values first, then by how alike their quotes are.
What has no partner is gone or new; of a pair either the value changed or only the wording. Whether a change is for the
better is said where it is known: a longer notice is worse, a higher limit of liability better. All else that changed
stands in the sentences (`changed_sentences`). Both read the same backwards: new is gone, better is worse. Limits: a
term that was not read in one version counts as new or gone; sentences that only moved are not named; with more than
`MOST_PAIRS` pairs of changed sentences each stands for itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

from pilothouse.engine.contracts.checklist import Checklist
from pilothouse.engine.contracts.measures import amount_in, in_days, in_words, same_meaning, share_in
from pilothouse.engine.contracts.reading.words import TERMS, ReadTerm
from pilothouse.engine.evidence import Text

_Thing = TypeVar("_Thing")
MOST_PAIRS = 1_000_000
ALIKE = 60.0  # per cent, from which on two sentences count as one that was changed
_WORSE_IF_MORE = frozenset(
    (
        "initial_term",
        "renewal_term",
        "renewal_notice",
        "termination_for_convenience",
        "early_termination_fee",
        "price",
        "price_indexation",
        "minimum_commitment",
        "response_time",
        "resolution_time",
        "incident_notice",
    )
)
_BETTER_IF_MORE = frozenset(
    ("availability", "service_credits", "liability_cap", "insurance", "data_return", "exit_assistance")
)
_BURDENS = frozenset(
    (
        "early_termination_fee",
        "minimum_commitment",
        "unlimited_with_cap",
        "sole_remedy",
        "liability_cap",
        "exclusivity",
        "exclusions",
        "price_indexation",
        "renewal_term",
    )
)
_PROTECTIONS = frozenset(
    (
        "termination_for_convenience",
        "termination_for_cause",
        "response_time",
        "resolution_time",
        "availability",
        "service_credits",
        "liability_uncapped",
        "data_ownership",
        "data_return",
        "exit_assistance",
        "sub_processors",
        "audit_rights",
        "security_duties",
        "incident_notice",
        "insurance",
        "change_of_control",
    )
)
_SENTENCES: dict[tuple[str, str], Text] = {
    ("value", "worse"): Text("contracts.version_value_worse"),
    ("value", "better"): Text("contracts.version_value_better"),
    ("value", ""): Text("contracts.version_value"),
    ("gone", "worse"): Text("contracts.version_gone_worse"),
    ("gone", "better"): Text("contracts.version_gone_better"),
    ("gone", ""): Text("contracts.version_gone"),
    ("new", "worse"): Text("contracts.version_new_worse"),
    ("new", "better"): Text("contracts.version_new_better"),
    ("new", ""): Text("contracts.version_new"),
    ("wording", ""): Text("contracts.version_wording"),
}


class Change(StrEnum):
    VALUE = "value"
    GONE = "gone"
    NEW = "new"
    WORDING = "wording"


class Direction(StrEnum):
    """For the company; UNKNOWN where it depends."""

    BETTER = "better"
    WORSE = "worse"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that is not what it was; `before` is None for a new one, `after` for one that is gone."""

    term: str
    change: Change
    direction: Direction
    before: ReadTerm | None
    after: ReadTerm | None


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence that is not what it was; `before` or `after` is empty where it is new or gone."""

    before: str
    after: str


def changed_terms(before: Iterable[ReadTerm], after: Iterable[ReadTerm]) -> tuple[TermChange, ...]:
    """What changed from one list of terms to another, in the order of `TERMS`; equal terms are not named."""
    old, new = _by_term(before), _by_term(after)
    return tuple(
        change for term in TERMS for change in _changes(term, old.get(term, []), new.get(term, [])) if change
    )


def said(change: TermChange, words: Checklist) -> Text:
    """A change as a sentence, with term and values in the words of the list's language."""
    values = (
        ("term", words.names.get(change.term, change.term)),
        ("before", _value(change.before, words)),
        ("after", _value(change.after, words)),
    )
    return replace(_SENTENCES[change.change.value, change.direction.value], values=values)


def changed_sentences(before: Iterable[str], after: Iterable[str]) -> tuple[SentenceChange, ...]:
    """The sentences that are gone, new or changed; first those of before in their order, then the new ones.

    Spaces, line breaks and capitals do not count.
    """
    old, new = _only_in(before, after), _only_in(after, before)
    partner = _pairs(old, new, _likeness) if len(old) * len(new) <= MOST_PAIRS else {}
    taken = set(partner.values())
    return (
        *(SentenceChange(each, new[partner[i]] if i in partner else "") for i, each in enumerate(old)),
        *(SentenceChange("", each) for j, each in enumerate(new) if j not in taken),
    )


def changed_words(before: str, after: str) -> Iterator[tuple[Change | None, str]]:
    """The words of both sentences in order, each run marked as gone, new or (None) the same.

    >>> before, after = "notice of one month", "notice of two months"
    >>> [(change and change.value, words) for change, words in changed_words(before, after)]
    [(None, 'notice of'), ('gone', 'one month'), ('new', 'two months')]
    """
    old, new = before.split(), after.split()
    for what, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield None, " ".join(old[i:i_end])
            continue
        if i < i_end:
            yield Change.GONE, " ".join(old[i:i_end])
        if j < j_end:
            yield Change.NEW, " ".join(new[j:j_end])


def _by_term(terms: Iterable[ReadTerm]) -> dict[str, list[ReadTerm]]:
    found: dict[str, list[ReadTerm]] = {}
    for term in terms:
        found.setdefault(term.term, []).append(term)
    return found


def _changes(term: str, old: list[ReadTerm], new: list[ReadTerm]) -> Iterator[TermChange | None]:
    partner = _pairs(old, new, _kinship)
    taken = set(partner.values())
    for i, each in enumerate(old):
        if i in partner:
            yield _of_pair(term, each, new[partner[i]])
        else:
            yield TermChange(term, Change.GONE, _of_presence(term, gone=True), each, None)
    for j, each in enumerate(new):
        if j not in taken:
            yield TermChange(term, Change.NEW, _of_presence(term, gone=False), None, each)


def _of_pair(term: str, old: ReadTerm, new: ReadTerm) -> TermChange | None:
    if old.value is not None and new.value is not None and not same_meaning(old.value, new.value):
        return TermChange(term, Change.VALUE, _of_values(term, old.value, new.value), old, new)
    if _plain(old.quote) == _plain(new.quote):
        return None
    return TermChange(term, Change.WORDING, Direction.UNKNOWN, old, new)


def _of_values(term: str, old: str, new: str) -> Direction:
    grown = _grown(old, new)
    if grown is None or term not in _WORSE_IF_MORE | _BETTER_IF_MORE:
        return Direction.UNKNOWN
    return Direction.WORSE if grown is (term in _WORSE_IF_MORE) else Direction.BETTER


def _grown(old: str, new: str) -> bool | None:
    """Is the new value more? None where they have no measure in common or are equally much."""
    for measure in (in_days, share_in):
        before, after = measure(old), measure(new)
        if before is not None and after is not None:
            return None if before == after else after > before
    before_paid, after_paid = amount_in(old), amount_in(new)
    if before_paid is None or after_paid is None or before_paid.currency != after_paid.currency:
        return None
    return before_paid < after_paid


def _of_presence(term: str, *, gone: bool) -> Direction:
    if term in _PROTECTIONS:
        return Direction.WORSE if gone else Direction.BETTER
    if term in _BURDENS:
        return Direction.BETTER if gone else Direction.WORSE
    return Direction.UNKNOWN


def _value(term: ReadTerm | None, words: Checklist) -> str:
    return in_words(term.value, words.units) if term else ""


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _only_in(sentences: Iterable[str], others: Iterable[str]) -> list[str]:
    there = Counter(map(_plain, others))
    found = []
    for sentence in sentences:
        plain = _plain(sentence)
        if there[plain]:
            there[plain] -= 1
        elif plain:
            found.append(sentence)
    return found


def _kinship(old: ReadTerm, new: ReadTerm) -> float:
    """How much two terms of one name belong together: equal value before equal words, never nothing."""
    from rapidfuzz.fuzz import ratio  # here: most answers compare nothing

    same = same_meaning(old.value, new.value)
    return 1 + ratio(_plain(old.quote), _plain(new.quote)) + (200 if same else 0)


def _likeness(old: str, new: str) -> float:
    from rapidfuzz.fuzz import ratio

    return ratio(_plain(old), _plain(new), score_cutoff=ALIKE)


def _pairs(
    old: Sequence[_Thing], new: Sequence[_Thing], likeness: Callable[[_Thing, _Thing], float]
) -> dict[int, int]:
    """Partners by place, the most alike first; ties go to those nearest in order, so that backwards is the same."""
    found = [
        (-score, abs(i - j), i + j, i, j)
        for i, left in enumerate(old)
        for j, right in enumerate(new)
        if (score := likeness(left, right))
    ]
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(found):
        if i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner
