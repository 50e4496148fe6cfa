"""What does a person mean who corrects what was read? Their words, as the value that is counted with.

"3 months", "drie maanden" and "P3M" are one length, "31/12/2026" and "1er mars 2024" are days. Days and lengths that
the dates of a contract are counted from have to be understood: where they are not, or leave a choice (05/06/2027, two
lengths, working days), there is no value, and who wrote it is asked again. Other values are made uniform where that is
certain, else kept as they were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from pilothouse.engine.contracts.reading import values_dates, values_fr_nl
from pilothouse.engine.contracts.reading.pattern import plain
from pilothouse.engine.dates import Duration, NotADuration

PERPETUAL = "perpetual"
DAYS = frozenset(("agreement_date", "effective_date"))
LENGTHS = frozenset(("initial_term", "renewal_term", "renewal_notice"))
DAYS_OR_LENGTHS = frozenset(("expiration",))
_WITHOUT_END = frozenset(("expiration", "renewal_term"))
_OTHER_LENGTHS = frozenset(
    ("termination_for_convenience", "termination_for_cause", "response_time", "resolution_time", "incident_notice")
)  # fmt: skip
_AMOUNTS = frozenset(
    ("price", "minimum_commitment", "early_termination_fee", "insurance", "liability_cap")
)  # fmt: skip
_SHARES = frozenset(("price_indexation", "availability", "service_credits"))
_WORKING_DAYS = re.compile(r"\b(?:business|working)\b|\bwerkdag|\bouvr(?:é|able)", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")
_ONE_AMOUNT = re.compile(r"(?:eur|euros?|usd|gbp|[€$£ ])*\d[\d .,']*(?:eur|euros?|usd|gbp|[€$£ ])*")
_ONE_SHARE = re.compile(r"\d{1,3}(?:[.,]\d{1,4})? ?%")


def as_understood(term: str, words: str) -> str | None:
    """The value of a term that these words give; None where its dates would be counted from a guess.

    >>> as_understood("renewal_notice", "drie maanden"), as_understood("effective_date", "1er mars 2024")
    ('P3M', '2024-03-01')
    >>> as_understood("effective_date", "05/06/2027"), as_understood("renewal_notice", "soon")
    (None, None)
    >>> as_understood("price", "1.450,00 euro"), as_understood("scope", "two sites")
    ('EUR 1450.00', 'two sites')
    """
    words = words.strip()
    if term in _WITHOUT_END and words.lower() == PERPETUAL:
        return PERPETUAL
    if term in DAYS:
        return _day(words)
    if term in DAYS_OR_LENGTHS:
        return _day(words) or _length(words)
    if term in LENGTHS:
        return _length(words)
    return _made_uniform(term, plain(words)) or words


def _made_uniform(term: str, words: str) -> str | None:
    """The value as readings write it, where the words are nothing but that value."""
    if term in _OTHER_LENGTHS:
        return _length(words)
    if term in _AMOUNTS and _ONE_AMOUNT.fullmatch(words):
        return _only(said.value for said in values_fr_nl.find_amounts(words))
    if term in _SHARES and _ONE_SHARE.fullmatch(words):
        return _only(said.value for said in values_fr_nl.find_shares(words, "en"))
    return None


def _day(words: str) -> str | None:
    """The one day that is named; in figures alone only where day and month cannot be mistaken."""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError:
        pass
    found = [day.value for day in values_dates.find_days(words)]
    if _LETTERS.search(words):
        found += [said.value for said in values_fr_nl.find_days(plain(words))]
    return _only(found)


def _length(words: str) -> str | None:
    """The one length that is named, in any of the languages that are read; none in working days."""
    try:
        Duration.parse(words.upper())
    except NotADuration:
        pass
    else:
        return words.upper()
    if _WORKING_DAYS.search(words):
        return None
    return _only(
        said.value
        for language in ("en", "fr", "nl")
        for said in values_fr_nl.find_lengths(plain(words), language)
    )


def _only(values: Iterable[str]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None
