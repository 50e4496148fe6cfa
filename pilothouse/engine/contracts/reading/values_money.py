"""Amounts of money in English words, and the value that a clause has: a cap, a fee, a minimum, a notice.

"$1,500,000" -> "USD 1500000.00", "two thousand euros (EUR 2,000)" -> "EUR 2000.00". A dollar sign alone is the
American one. Of a clause a value is given only where its words leave no choice: one amount, or one length of notice;
a cap that counts the fees of so many months is that length. What several amounts say is for a person to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.values_lengths import find_lengths

_CODES = "USD|EUR|GBP|CHF|CAD|AUD|JPY|SEK|NOK|DKK|PLN"
_SIGNS = {
    "$": "USD",
    "US$": "USD",
    "C$": "CAD",
    "CDN$": "CAD",
    "A$": "AUD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
}
_NAMES = {"dollar": "USD", "euro": "EUR", "pound": "GBP"}
_NUMBER = r"(?P<{}>\d{{1,3}}(?:,\d{{3}}){{1,4}}(?:\.\d{{1,2}})?|\d{{1,12}}(?:\.\d{{1,3}})?)(?![\d,]*\d)"
_TIMES = {"": 1, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_MORE = r"(?: *(?P<{}>thousand|million|billion)\b)?"
_AMOUNT = re.compile(
    rf"(?P<sign>US\$|CDN\$|C\$|A\$|\$|€|£|¥|\b(?:{_CODES})\b) *{_NUMBER.format('first')}{_MORE.format('times')}"
    rf"|\b{_NUMBER.format('second')}{_MORE.format('again')} *(?P<name>(?:{_CODES})\b"
    rf"|€|(?:U\.?S\.? +)?(?:dollar|euro|pound)s?\b)",
    re.IGNORECASE,
)
# Terms whose clause has an amount where it names one.
WITH_AMOUNT = frozenset(
    ("liability_cap", "minimum_commitment", "early_termination_fee", "insurance", "price")
)
_FEES = re.compile(
    r"\b(?:fees?|amounts?|sums?|charges|payments?|paid|payable|price|revenues?)\b", re.IGNORECASE
)
_PRECEDING = re.compile(
    r"\b(?:preceding|prior|previous|before|immediately|last|past|during)\b", re.IGNORECASE
)
_NOTICE = re.compile(r"\b(?:notice|notif\w+|advance)\b", re.IGNORECASE)
_NEAR = 60


def find_amounts(words: str) -> Iterator[str]:
    """Each amount of money that a text names, with its currency (ISO 4217).

    >>> list(find_amounts("$1,500,000, USD 2.5 million and 2,000 euros; 5 ships"))
    ['USD 1500000.00', 'USD 2500000.00', 'EUR 2000.00']
    """
    for found in _AMOUNT.finditer(words):
        number = Decimal((found["first"] or found["second"]).replace(",", ""))
        times = _TIMES[(found["times"] or found["again"] or "").lower()]
        yield f"{_currency(found['sign'] or found['name'])} {number * times:.2f}"


def _currency(said: str) -> str:
    name = next((code for word, code in _NAMES.items() if word in said.lower()), said.upper())
    return _SIGNS.get(name, name)


def value_of_clause(term: str, quote: str) -> str | None:
    """The one value a clause of this term names; None where it names none, or several."""
    words = flat(quote)
    if term == "termination_for_convenience":
        return _only(_notices(words))
    if term not in WITH_AMOUNT:
        return None
    amounts = list(find_amounts(words))
    if not amounts and term == "liability_cap":
        return _only(_months_of_fees(words))
    return _only(amounts)


def _only(values: Iterator[str] | list[str]) -> str | None:
    different = set(values)
    return different.pop() if len(different) == 1 else None


def _notices(words: str) -> Iterator[str]:
    for length in find_lengths(words):
        if _NOTICE.search(words, max(0, length.start - _NEAR), min(len(words), length.end + _NEAR)):
            yield length.value


def _months_of_fees(words: str) -> Iterator[str]:
    for length in find_lengths(words):
        before = words[max(0, length.start - 3 * _NEAR) : length.start]
        around = before + words[length.end : length.end + _NEAR]
        if not length.value.endswith("D") and _FEES.search(before) and _PRECEDING.search(around):
            yield length.value
