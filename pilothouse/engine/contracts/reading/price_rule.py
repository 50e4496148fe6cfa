"""How may the price move, by the words it was read in: by an index, up to a limit, or as the vendor likes?

A sentence that names an index follows it, with a share as its ceiling; one with a share alone may rise so much; one in
which the vendor may change the price and that names neither leaves it free. Where the words say none of the three,
nothing is said. Limits: a price that stays is not recognised, since its sentences agree no rise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.words import ReadTerm

TERM = "price_indexation"
HIGHEST = Decimal(100)
# What an index is called, in the words of whoever looks at the contract; the narrower stand first.
_INDICES = (
    ("gezondheidsindex", re.compile(r"gezondheidsindex|indice santé|health index", re.IGNORECASE)),
    ("Agoria", re.compile(r"\bagoria\b", re.IGNORECASE)),
    ("Syntec", re.compile(r"\bsyntec\b", re.IGNORECASE)),
    ("CPI", re.compile(
        r"consumer price|\bcpi\b|consumptieprij|consumentenprij|prix à la consommation|retail price index|\brpi\b",
        re.IGNORECASE,
    )),
    ("inflation", re.compile(r"\binflation\b|\binflatie\b", re.IGNORECASE)),
    ("wages", re.compile(r"loonkost|coûts? salaria|labou?r cost|wage index", re.IGNORECASE)),
)  # fmt: skip
_ANY_INDEX = re.compile(r"\bindex|\bindice|geïndexeerd|indexer", re.IGNORECASE)
_FREE = re.compile(
    r"\b(?:may|reserves? the right|entitled|discretion)\b|\b(?:peut|pourra|se réserve|est autorisé|discrétion)"
    r"|\b(?:mag|kan|behoudt zich|gerechtigd|goeddunken|eenzijdig)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PriceRule:
    """`rule` is indexed, capped or free; `cap` the highest rise a year in per cent, where one is said."""

    rule: str
    index: str = ""
    cap: Decimal | None = None


def price_rule(terms: Iterable[ReadTerm]) -> PriceRule | None:
    """What the first sentence says that says how the price moves; a ceiling may stand in a later one."""
    rules = [rule for term in terms if term.term == TERM if (rule := _read(term)) is not None]
    if not rules:
        return None
    index = next((rule for rule in rules if rule.rule == "indexed"), rules[0])
    cap = next((rule.cap for rule in rules if rule.cap is not None), None)
    if index.rule == "free" and cap is not None:
        return PriceRule("capped", "", cap)
    return PriceRule(index.rule, index.index, cap)


def _read(term: ReadTerm) -> PriceRule | None:
    words, cap = flat(term.quote), _per_cent(term.value)
    index = next((name for name, sign in _INDICES if sign.search(words)), "")
    if index or _ANY_INDEX.search(words):
        return PriceRule("indexed", index, cap)
    if cap is not None:
        return PriceRule("capped", "", cap)
    return PriceRule("free") if _FREE.search(words) else None


def _per_cent(value: str | None) -> Decimal | None:
    """A share as per cent; nothing where it is none, or so high that it was misread."""
    try:
        share = Decimal(value or "")
    except InvalidOperation:
        return None
    cap = share * 100
    return cap.quantize(Decimal("0.01")) if share.is_finite() and 0 < cap <= HIGHEST else None
