"""What did people say of who vendors are, and which vendors look like one?

Words are followed in the order they were said, so that the later one holds: that a vendor is the same as another (also
through a third), that lines under one of its names are a vendor of their own, how it is called, and to which group it
belongs. `look_alike` proposes pairs that a person may know to be one; nothing is joined by likeness alone.
Limits: two firms that differ in a single short word ("Noord", "Zuid") are not proposed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from pilothouse.engine.spend.names import clean_name

APART = "apart:"
ALIKE = 90.0
SHORTEST_ALIKE = 6
SHORTEST_CUT = 10
LARGEST_BLOCK = 60
_LETTERS = 4


class Says(StrEnum):
    """What a word says of a vendor."""

    SAME = "same"  # it is `other`
    APART = "apart"  # under `name` it is a vendor of its own; with `other`, it is not that one
    PART_OF = "part_of"  # it belongs to the group of `other`
    CALLED = "called"  # it goes by `name`


@dataclass(frozen=True, slots=True)
class VendorWord:
    """What a person said of the vendor with this key."""

    says: Says
    key: str
    other: str = ""
    name: str = ""


class VendorWords:
    """All that was said, the earliest first."""

    def __init__(self, words: Iterable[VendorWord] = ()) -> None:
        self._same: dict[str, str] = {}
        self._apart: dict[tuple[str, str], str] = {}
        self._called: dict[str, str] = {}
        self._group: dict[str, str] = {}
        for word in words:
            self._hear(word)

    def key_of(self, key: str, name: str) -> str:
        """The key of a party that is known as `key` and is called `name` on its paper."""
        if self._apart:
            key = self._apart.get((self._followed(key), clean_name(name)), key)
        return self._followed(key) if self._same else key

    def name_of(self, key: str) -> str:
        """How a person calls a vendor; "" where nobody said."""
        return self._called.get(key, "")

    def group_of(self, key: str) -> str:
        """The vendor at the head of the group that a vendor belongs to; itself where it belongs to none."""
        seen = {key}
        while (head := self._group.get(key, key)) not in seen:
            seen.add(head)
            key = head
        return key

    def _hear(self, word: VendorWord) -> None:
        if word.says is Says.SAME and word.key != word.other:
            if self._followed(word.other) == self._followed(word.key):
                self._same.pop(word.other, None)  # it was said the other way round: the later word holds
            self._same[word.key] = word.other
        elif word.says is Says.APART and word.name:
            name = clean_name(word.name)
            self._apart[word.key, name] = f"{APART}{name}"[:110]
        elif word.says is Says.CALLED:
            self._called[word.key] = word.name
        elif word.says is Says.PART_OF:
            self._group[word.key] = word.other

    def _followed(self, key: str) -> str:
        seen = {key}
        while (other := self._same.get(key, key)) not in seen:
            seen.add(other)
            key = other
        return key


NO_WORDS = VendorWords()


# --- likeness -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pair:
    """Two vendors that look like one, how much (0 to 100), and why we say so."""

    one: str
    other: str
    likeness: float
    because: str


def look_alike(names: Mapping[str, str]) -> tuple[Pair, ...]:
    """Pairs of vendors (key and name) that look like one, the most alike first.

    Names are compared only within blocks of equal first letters or words, so that a hundred thousand take seconds.
    """
    cleaned = {key: clean_name(name) for key, name in names.items()}
    found: dict[tuple[str, str], Pair] = {}
    for block in _blocks(cleaned):
        for one, other in combinations(block, 2):
            pair = _compared(one, other, cleaned)
            if pair is not None:
                found.setdefault((pair.one, pair.other), pair)
    return tuple(sorted(found.values(), key=lambda pair: (-pair.likeness, pair.one, pair.other)))


def _blocks(cleaned: Mapping[str, str]) -> Iterator[Sequence[str]]:
    """Keys whose names may be alike; a block that is too large says nothing (“bakkerij”)."""
    blocks: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, name in sorted(cleaned.items()):
        if len(name) < SHORTEST_ALIKE:
            continue
        joined = name.replace(" ", "")
        for by, part in (("starts", joined[:_LETTERS]), ("sorted", " ".join(sorted(name.split()))[:8])):
            blocks[by, part].append(key)
    for keys in blocks.values():
        if len(keys) <= LARGEST_BLOCK:
            yield keys
        else:
            yield from _finer(keys, lambda key: cleaned[key].replace(" ", "")[: _LETTERS * 3])


def _finer(keys: Iterable[str], by: Callable[[str], str]) -> Iterator[Sequence[str]]:
    parts: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        parts[by(key)].append(key)
    yield from (part[:LARGEST_BLOCK] for part in parts.values() if len(part) > 1)


def _compared(one: str, other: str, cleaned: Mapping[str, str]) -> Pair | None:
    from rapidfuzz.fuzz import ratio, token_sort_ratio  # here: most reviews compare nothing

    one, other = sorted((one, other))
    first, second = cleaned[one], cleaned[other]
    if first == second:
        return Pair(one, other, 100.0, "the same name with another number or account")
    short, long_ = sorted((first, second), key=len)
    if len(short) >= SHORTEST_CUT and long_.startswith(short):
        return Pair(one, other, 96.0, "one name begins like the other")
    likeness = max(ratio(first.replace(" ", ""), second.replace(" ", "")), token_sort_ratio(first, second))
    if likeness < ALIKE or _differ_in_a_word(first, second):
        return None
    return Pair(one, other, round(likeness, 1), "the names are spelled nearly alike")


def _differ_in_a_word(first: str, second: str) -> bool:
    """Whether one whole word makes the difference, which is how sister firms and places are told apart."""
    ours, theirs = set(first.split()), set(second.split())
    more, less = ours - theirs, theirs - ours
    if len(ours) < 2 or len(theirs) < 2 or not (more and less):
        return False
    from rapidfuzz.fuzz import ratio

    return max(ratio(a, b) for a in more for b in less) < 75
