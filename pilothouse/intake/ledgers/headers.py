"""Which column does a header name, and are these the headers of a source we know?

How: headers are compared in a plain form (small letters, no accents, no signs, camel case cut into words). A header
that is one of the words of `meanings` says its meaning; one that is nearly such a word (a slip of the pen) or holds
one among other words says it less surely. Values have a say after that (`columns`).

Limits: nearness is that of letters, not of sense; "Contract value" is kept away by the list of headers not used.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pilothouse.intake.ledgers.meanings import NOT_USED, WORDS
from pilothouse.intake.tables.values import CURRENCY_SIGNS

NEAR = 86  # similarity in percent from which a header is a slip of the pen
SAME = 88  # similarity in percent from which a header is a remembered one
_SHARE_OF_A_SOURCE = 0.7
_LONGEST_HEADER = 80

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")
_FILLERS = frozenset(
    {
        "the",
        "of",
        "in",
        "de",
        "du",
        "la",
        "le",
        "les",
        "het",
        "een",
        "der",
        "die",
        "das",
        "van",
        "und",
        "et",
        "en",
        "or",
        "ou",
        "and",
    }
)
_CURRENCY_WORDS = frozenset(["gbp", "eur", "euro", "euros", "usd", "chf", "pounds", "sterling"])
_CURRENCIES = _CURRENCY_WORDS | {"s", "ps"}  # "Amount £s", and "£" as some programs mangle it


def plain(header: str) -> str:
    """The header as words to compare.

    >>> plain("NetAmount (£)"), plain("Bénéficiaire :"), plain("supplier_name")
    ('net amount', 'beneficiaire', 'supplier name')
    """
    return _plain(header[:_LONGEST_HEADER].strip())


@lru_cache(maxsize=4096)
def _plain(header: str) -> str:
    text = _CAMEL.sub(" ", header)
    text = unicodedata.normalize("NFKD", text.casefold().replace("n°", "no ").replace("ß", "ss"))
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    return " ".join(_NOT_A_WORD.sub(" ", text).split())


@dataclass(frozen=True, slots=True)
class Said:
    """What a header says: the meaning ("" where it is one we do not use), how surely (0 to 1), by which word."""

    meaning: str
    surely: float
    word: str


_SURE, _SLIP, _PART = 1.0, 0.8, 0.7
_SIGN = Said("amount", 0.9, "the currency alone")
_RANK = 0.004  # a meaning's later words say it a little less surely


def _known() -> dict[str, Said]:
    known: dict[str, Said] = {}
    for meaning, words in WORDS.items():
        for rank, word in enumerate(words):
            known.setdefault(word, Said(meaning, _SURE - rank * _RANK / 2, word))
    for word in NOT_USED:
        known[word] = Said("", _SURE, word)
    return known


_KNOWN = _known()
# "Date of invoice" says what "invoice date" says.
_BY_WORDS = {frozenset(word.split()): said for word, said in reversed(_KNOWN.items()) if " " in word}


def what_header_says(header: str) -> Said | None:
    """The meaning that the words of a header name, or None."""
    text = plain(header)
    if text in _CURRENCY_WORDS or (not text and set(header) & set(CURRENCY_SIGNS)):
        return _SIGN
    return _what_words_say(text)


@lru_cache(maxsize=4096)
def _what_words_say(text: str) -> Said | None:
    for form in (
        text,
        _without(text, _CURRENCIES),
        _without(text, _CURRENCIES | _FILLERS),
        text.replace(" ", ""),
    ):
        if form in _KNOWN:
            return _KNOWN[form]
    bare = _without(text, _CURRENCIES)
    turned = _BY_WORDS.get(frozenset(_without(bare, _FILLERS).split()))
    return turned or _slip(text) or _part(bare)


def _without(text: str, words: frozenset[str]) -> str:
    return " ".join(word for word in text.split() if word not in words)


def _slip(text: str) -> Said | None:
    from rapidfuzz import fuzz, process

    if len(text) < 5:
        return None
    found = process.extractOne(text, _KNOWN.keys(), scorer=fuzz.ratio, score_cutoff=NEAR)
    if not found:
        return None
    said = _KNOWN[found[0]]
    if ("incl" in text or "inc " in text) != ("incl" in said.word or "inc " in said.word):
        return None  # near in letters, the opposite in sense
    return Said(said.meaning, said.surely * _SLIP, said.word)


def _part(text: str) -> Said | None:
    """The longest known word inside the header; of equal ones the last, where most languages have their noun."""
    words = text.split()
    best: Said | None = None
    for length in range(min(4, len(words) - 1), 0, -1):
        found = (
            _KNOWN.get(" ".join(words[start : start + length])) for start in range(len(words) - length + 1)
        )
        for said in found:
            if said and len(said.word) > 2:
                best = Said(said.meaning, said.surely * _PART, said.word)
        if best:
            break
    return best


def match_headers(headers: Sequence[str], known: Iterable[str]) -> dict[int, str]:
    """For each header that is one of the known ones, however it is written now: its position and the known one."""
    from rapidfuzz import fuzz, process

    left = {name: plain(name) for name in known}
    found: dict[int, str] = {}
    for surely in (100, SAME):
        for position, header in enumerate(headers):
            if position in found or not header:
                continue
            best = process.extractOne(
                _key(header), {n: _key(n) for n in left}, scorer=fuzz.ratio, score_cutoff=surely
            )
            if best:
                found[position] = best[2]
                del left[best[2]]
    return found


def _key(header: str) -> str:
    return _without(plain(header), _CURRENCIES).replace(" ", "") or header


def header_print(headers: Sequence[str]) -> str:
    """The same for the same headers in any order, case, spacing and currency sign."""
    keys = "|".join(sorted(_key(header) for header in headers if header))
    return hashlib.blake2s(keys.encode(), digest_size=16).hexdigest()


def same_source(headers: Sequence[str], known: Sequence[str] | Mapping[str, str]) -> bool:
    """Whether what was remembered for the known headers fits these: most of each are found in the other."""
    now = [header for header in headers if header]
    before = [header for header in known if header]
    matched = len(match_headers(now, before))
    return bool(matched) and matched >= _SHARE_OF_A_SOURCE * max(len(now), len(before))
