"""What of a reading can be given to `ask decision`? The fields that are sure, named as that question names them.

The start is the effective date (else the day it was made). A length goes as `initial_term` where the contract counts it
from that day, a last day as `end`. How notice is given, and against what, is told by the words of the sentence it
stands in, English, French or Dutch. What is not said is left out: the question then assumes the safe side, and says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.places import country_of
from pilothouse.engine.contracts.reading.values_lengths import find_lengths
from pilothouse.engine.contracts.reading.words import ReadTerm
from pilothouse.engine.contracts.reading.yearly_cost import yearly_cost
from pilothouse.engine.dates import Duration

PERPETUAL = "perpetual"
BESIDE = 400  # letters: the same sentence or one near it
_TACIT = re.compile(
    r"\bautomatic|\btacit|\bdeemed\b|\bshall (?:be )?(?:renew|extend|continue)"
    r"|\breconduit|\brenouvel\w+ de plein droit"
    r"|\bstilzwijgend|\bautomatisch|\bunless\b|\bsauf\b|\btenzij\b",
    re.IGNORECASE,
)
_FORMS = (
    (
        "registered_letter",
        re.compile(r"\bregistered\b|\bcertified mail|\brecommandée?\b|\baangetekend", re.IGNORECASE),
    ),
    ("email", re.compile(r"\be-?mail|\bcourriel|\bélectronique", re.IGNORECASE)),
    (
        "letter",
        re.compile(
            r"\bby (?:letter|post|mail)\b|\bpar (?:lettre|courrier)\b|\bper (?:brief|post)\b", re.IGNORECASE
        ),
    ),
)
_RECEIVED = re.compile(
    r"\breceiv(?:e|ed|es|ing)\b|\breceipt\b|\breçue?\b|\bréception\b|\bontvang", re.IGNORECASE
)
_SENT = re.compile(
    r"\bsen[dt]\b|\bsending\b|\bmailed\b|\bposted\b|\benvoi|\bexpédi|\bverzend|\bverzonden", re.IGNORECASE
)
_WORKING_DAYS = re.compile(r"\bjours? ouvr(?:é|able)|\bwerkdag", re.IGNORECASE)
_ANNIVERSARY = re.compile(
    r"\banniversary\b|\banniversaire\b|\bverjaardag|\beach contract year", re.IGNORECASE
)
_ANY_TIME = re.compile(
    r"\bat any time\b|\bà tout moment\b|\bte allen tijde\b|\bop elk (?:ogenblik|moment)\b", re.IGNORECASE
)
# "Not before the first term is over", however it is said: then nobody gets out within it.
_FIRST = (
    r"(?:initial|first|fixed|minimum|initiale|minimale|ferme|première|premier|fixe|initiële|eerste|vaste|minimum"
    r"|oorspronkelijke)"
)
_AFTER_THE_FIRST_TERM = re.compile(
    r"\b(?:after|following|upon|beyond|from|once|until|before|except)\b(?: \w+){0,6}? "
    rf"{_FIRST}\b(?: [\w-]+){{0,2}}? (?:terms?|periods?|years?|months?|durations?)\b"
    r"|\b(?:thereafter|afterwards|par la suite|ensuite|daarna|nadien|vervolgens)\b"
    r"|\b(?:après|avant|jusqu'|dès|expiration|issue|terme|échéance|fin|au-delà|passée?)\b(?:[ '’]\w+){0,5}?[ '’]"
    rf"(?:(?:durée|période|terme|engagement)(?: \w+)? {_FIRST}"
    rf"|{_FIRST}s? (?:\w+ )?(?:années?|an|périodes?|mois|terme))\b"
    r"|\b(?:na|vanaf|vóór|voor|tot|zodra|behoudens)\b(?: \w+){0,5}? "
    rf"{_FIRST}\b(?: \w+){{0,2}}? (?:termijn|looptijd|duur|periode|contractperiode|contractduur|jaar|jaren|maanden)\b",
    re.IGNORECASE,
)
_EFFECTIVE = (
    (
        "month_end",
        re.compile(
            r"\bend of (?:a|any|the|each) (?:calendar )?month|\bfin (?:du"
            r"|d'un) mois|\beinde van (?:de|een) (?:kalender)?maand",
            re.IGNORECASE,
        ),
    ),
    (
        "quarter_end",
        re.compile(
            r"\bend of (?:a|any|the|each) (?:calendar )?quarter|\bfin (?:du"
            r"|d'un) trimestre|\beinde van (?:het|een) kwartaal",
            re.IGNORECASE,
        ),
    ),
    (
        "year_end",
        re.compile(
            r"\bend of (?:a|any|the|each) calendar year|\bfin (?:de l'|d'une )année civile"
            r"|\beinde van (?:het|een) kalenderjaar",
            re.IGNORECASE,
        ),
    ),
)


def decision_input(terms: Sequence[ReadTerm]) -> dict[str, Any]:
    """The fields of `ask decision` that a reading is sure of; none where the contract says nothing of its length."""
    first: dict[str, ReadTerm] = {}
    for term in terms:
        if term.value is not None or term.term == "termination_for_convenience":
            first.setdefault(term.term, term)
    fields = {
        "start": _value(first, "effective_date") or _value(first, "agreement_date"),
        **_length(first),
        "renewal": _renewal(first),
        "notice": _notice(first),
        "country": country_of(_value(first, "governing_law") or ""),
    }
    cost = yearly_cost(terms)
    if cost is not None:
        fields["yearly_cost"], fields["currency"] = cost
    return {name: value for name, value in fields.items() if value is not None}


def _value(first: Mapping[str, ReadTerm], term: str) -> str | None:
    return first[term].value if term in first else None


def _length(first: Mapping[str, ReadTerm]) -> dict[str, str | None]:
    expires = _value(first, "expiration")
    if expires == PERPETUAL or (expires is None and not _counts_from_start(first)):
        return {}
    if expires is not None and expires.startswith("P"):
        return {"initial_term": expires}
    length = _value(first, "initial_term")
    return {"initial_term": length} if length else {"end": expires}


def _counts_from_start(first: Mapping[str, ReadTerm]) -> bool:
    """Whether the length stands beside the day the contract starts on, so that it is counted from it."""
    length, start = first.get("initial_term"), first.get("effective_date")
    return length is not None and start is not None and abs(length.start - start.start) <= BESIDE


def _renewal(first: Mapping[str, ReadTerm]) -> dict[str, str] | None:
    renewal = first.get("renewal_term")
    if _value(first, "expiration") == PERPETUAL or (renewal and renewal.value == PERPETUAL):
        return {"mode": "open_ended"}
    if renewal is None or renewal.value is None:
        return None
    return {"mode": "tacit", "term": renewal.value} if _TACIT.search(flat(renewal.quote)) else None


def _notice(first: Mapping[str, ReadTerm]) -> dict[str, Any] | None:
    term = first.get("renewal_notice")
    if term is not None:
        words = flat(term.quote)
        before: dict[str, Any] = {"before": "anniversary" if _ANNIVERSARY.search(words) else "term_end"}
        return {"length": _notice_length(term), **before, **_manner(words)}
    term = first.get("termination_for_convenience")
    if term is None or term.value is None or not _ANY_TIME.search(flat(term.quote)):
        return None
    words = flat(term.quote)
    effective = next((name for name, sign in _EFFECTIVE if sign.search(words)), "on_expiry")
    # At any time: within the initial term as well, unless its words say otherwise.
    return {
        "length": _notice_length(term),
        "before": "any_time",
        "effective": effective,
        "break": not _AFTER_THE_FIRST_TERM.search(words),
        **_manner(words),
    }


def _notice_length(term: ReadTerm) -> str | dict[str, Any] | None:
    """The length of the notice, in business days where its sentence counts them so."""
    words = flat(term.quote)
    if term.value and term.value.endswith("D") and _WORKING_DAYS.search(words):
        return {"business_days": Duration.parse(term.value).days}
    for length in find_lengths(words):
        if length.business and length.value == term.value and length.value.endswith("D"):
            return {"business_days": length.duration.days}
    return term.value


def _manner(words: str) -> dict[str, str]:
    """How the notice is given, and whether it counts once it was sent or once it was received."""
    form = next((name for name, sign in _FORMS if sign.search(words)), None)
    said = {"by": form} if form else {}
    if _RECEIVED.search(words):
        return {**said, "must_be": "received"}
    return {**said, "must_be": "sent"} if _SENT.search(words) else said
