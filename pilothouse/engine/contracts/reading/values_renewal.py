"""Does a contract renew, for how long, and by when must one say no? The renewal term and the notice against it.

A renewal is a length in a sentence that renews, extends or goes on, behind the word that does so. The notice is a
length before the end ("at least sixty days prior to the end of the term") in that sentence, in the next, or in one
that speaks of not renewing. "Successive terms of the same length" are as long as the initial term. Where the parties
must agree anew there is no tacit renewal, but a term is still given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pilothouse.engine.contracts.reading.flat import sentences_of
from pilothouse.engine.contracts.reading.found import NOWHERE, Found, Likely, points_of_place
from pilothouse.engine.contracts.reading.values_lengths import Length, find_lengths, find_loose_lengths

PERPETUAL = "perpetual"
_AGREEMENT = (
    r"(?:agreement|contract|terms?|addendum|licen[cs]e|appointment|franchise"
    r"|arrangement|engagement|lease|jsma|it)"
)
_RENEW = (
    r"(?:renew(?:s|ed|able|al|als|ing)?|extend(?:s|ed|ing)?|extensions?|roll(?:s|ed)? +over|prolong(?:ed|s)?)"
)
_GOES_ON = (
    r"(?:continue[sd]?|continuing|remain|be +(?:effective|in +(?:full +)?(?:force|effect)))\b[^.;]{0,80}?"
    r"\b(?P<on>successive|year[ -]+(?:to|by)[ -]+year|month[ -]+(?:to|by)[ -]+month"
    r"|annual(?:ly)? +periods?|additional +(?:\w+ +){0,3}(?:terms?|periods?))"
)
_RENEWS = re.compile(
    rf"\b{_AGREEMENT}\b[^.;]{{0,120}}?\b{_RENEW}\b|\b{_RENEW}\b[^.;]{{0,100}}?\b{_AGREEMENT}\b|\b{_GOES_ON}",
    re.I,
)
_RENEW_WORD = re.compile(rf"\b{_RENEW}\b", re.I)
_BY_ITSELF = re.compile(
    r"\bautomatic(?:ally)?\b|\b(?:shall|will) +(?:\w+ +)?(?:be +)?(?:renewed"
    r"|extended|renew|extend|continue)|\btacit|\bsuccessive"
    r"|\bdeemed +(?:to +be +)?(?:renewed|extended)|\b(?:from +)?(?:year|month)[ -]+to[ -]+(?:year"
    r"|month)|\bevery +year",
    re.I,
)
_THEREAFTER = re.compile(
    r"\bthereafter\b[^.;]{0,100}\b(?:continue|remain|in +(?:full +)?(?:force"
    r"|effect))\b|\b(?:continue|remain)\b[^.;]{0,80}\bthereafter\b",
    re.I,
)
_UNTIL_NOTICE = re.compile(r"\b(?:until|unless)\b[^.;]{0,60}(?:terminat|cancel|either +party|notice)", re.I)
_NOT_ABOUT = re.compile(
    r"\b(?:payment|invoice|cure|insurance|policy|patent|warranty|delivery +date"
    r"|visa|refusal|evaluation|deadline|closing +date"
    r"|confidential\w*|cancellation +fee|purchase +order|force +majeure|statement +of +work|survive)\b",
    re.I,
)
_MUTUAL = re.compile(
    r"\b(?:mutual(?:ly)?|by +agreement|agree(?:s)? +in +writing|upon +agreement"
    r"|option|discretion|negotiat\w+|may +(?:be +)?(?:renew|extend))",
    re.I,
)
_TERM_BEFORE = re.compile(
    r"\b(?:for|of|by|each|additional|successive|consecutive|further|renewal|one|period|periods|terms?|on|to|a|an|up"
    r"|subsequent|another|basis|automatic|renews?|renewed|extended|extend"
    r"|automatically|every|from)\b[ ,(\"]*(?:[\w-]+ +){0,2}$",
    re.I,
)
_WITHIN = re.compile(r"\b(?:within|after|following|prior|least)(?: +\w+)? *$", re.I)
_SAME_LENGTH = re.compile(
    r"\b(?:same|equal|identical|like) +(?:duration|length|term|period)|\b(?:duration"
    r"|length|term|period)s? +(?:equal|identical) +(?:to|in)"
    r"|\bfor +(?:an? +)?(?:like|equivalent) +(?:term|period)",
    re.I,
)
_EVERY = re.compile(
    r"\b(?:(?P<year>every +year|each +year|yearly|annually)|(?P<month>monthly|every +month))\b", re.I
)
_NOTICE_BEHIND = re.compile(
    r"^[')]* *(?:\( *[^)]{0,20}\) *)?(?:(?:of|advanced?|prior|written|calendar|notice|in|to|before|preceding|from|or"
    r"|more|and|the|days'?|previous|by|such|its|registered|letter|sent|but|not|than|less|express) *[ ,] *){0,7}?"
    r"(?:notice|notification|prior|before|in +advance|advance|preceding|previous(?:ly)?"
    r"|written|from +the +(?:end|expir))\b",
    re.I,
)
_NOTICE_BEFORE = re.compile(
    r"\b(?:notice|notification|notif\w+|writing)\b[^.;]{0,70}?\b(?:of|least"
    r"|than|within|with)(?: +(?:at +least|a +(?:minimum +)?period +of))? *\(?$",
    re.I,
)
_NO_MORE = re.compile(
    r"non-?renew|not +(?:to +)?(?:be +)?(?:renew|extend|continue)|intent\w*"
    r"|terminat|cancel|renew|extend|expir|elect|desire|wish|otherwise"
    r"|objects?|contrary",
    re.I,
)
_END_OF = re.compile(
    r"\b(?:end|expir\w+|terminat\w+|conclusion|completion|anniversary|commencement"
    r"|beginning|start)(?: +date)?(?: +(?:date|of|and|on))*"
    r"[^.;]{0,80}?(?:term|period|agreement|year|anniversary|date|thereof|hereof"
    r"|renewal|contract|then|such)|renewal|scheduled|anniversary",
    re.I,
)
_AT_THE_END = re.compile(
    r"\b(?:terminat\w+|cancel\w*|non-?renew\w*|not +(?:be +)?renew\w*)\b[^.;]{0,120}\b(?:end"
    r"|expir\w+|anniversary|conclusion)\b[^.;]{0,60}"
    r"\b(?:term|period|year|agreement|contract|renewals?|thereof)\b|\b(?:after"
    r"|following) +the +initial +term\b[^.;]{0,80}\bterminat",
    re.I,
)
_OTHER_END = re.compile(
    r"\b(?:breach|default|cure|insolven\w*|bankrupt\w*|force +majeure|any +time"
    r"|convenience|audit|renegotiat\w*|exclusiv\w*|meet|price)\b",
    re.I,
)
_WANTS_MORE = re.compile(
    r"(?<!not )\b(?:wish|elect|desire|right|option|intent|seek)\w*(?: +(?:in"
    r"|by|which|its|so|also|then|whether|not +less|of) +[^.;]{0,40}?)? +to +(?:so +)?(?:extend"
    r"|renew)"
    r"|\bnotice,? +[^.;]{0,80}?,? +(?:extend|renew) +the|\bto +exercise\b",
    re.I,
)
_SUCH_NOTICE = re.compile(
    r"\b(?:such|said|the|written|any) +(?:[\w-]+ +){0,3}?(?:notice|notification)\b"
    r"|\bnotif\w+\b|\bnotice\b",
    re.I,
)
_FEWEST_POINTS = {"renewal_term": 1.0, "renewal_notice": 2.5}
_SHORTEST_DAYS = 28  # of a renewal; shorter ones are extensions of something else


@dataclass(frozen=True, slots=True)
class _Said:
    """A length in a sentence, and how surely it is what is looked for."""

    value: str
    points: float
    start: int
    end: int


def find_renewal(words: str, initial_term: str | None, likely: Likely = NOWHERE) -> Iterator[Found]:
    """The renewal term and the notice against renewal, each from the sentence that says it most surely."""
    renewals, against = likely.get("renewal_term", ()), likely.get("renewal_notice", ())
    terms, notices = [], []
    behind = 0.0  # how surely the sentence before renewed the contract
    for first, last in sentences_of(words):
        sentence = words[first:last]
        renews = _RENEWS.search(sentence)
        points = _points(sentence) if renews else 0.0
        more = points_of_place(against, first, last)
        notice, notice_points = _notice(words, first, last, points + more, behind)
        if renews:
            value = _term(words, first, last, first + _from(sentence, renews), notice, initial_term)
            if value:
                more = points_of_place(renewals, first, last) + bool(notice)
                terms.append(_Said(value, points + more, first, last))
        elif _THEREAFTER.search(sentence) and _UNTIL_NOTICE.search(sentence):
            terms.append(_Said(PERPETUAL, 2.0, first, last))
        if notice:
            notices.append(_Said(notice.value, notice_points, first, last))
        behind = points
    yield from _best("renewal_term", terms)
    yield from _best("renewal_notice", notices)


def _best(term: str, said: list[_Said]) -> Iterator[Found]:
    sure = [one for one in said if one.points >= _FEWEST_POINTS[term]]
    if sure:
        best = max(sure, key=lambda one: (one.points, -one.start))
        yield Found(term, best.value, best.start, best.end, round(min(0.95, 0.45 + 0.08 * best.points), 2))


def _points(sentence: str) -> float:
    """How surely a sentence with a word of renewing renews the contract itself."""
    points = 2.0 + 2.0 * bool(_BY_ITSELF.search(sentence)) - bool(_MUTUAL.search(sentence))
    return points - 1.5 * bool(_NOT_ABOUT.search(sentence))


def _from(sentence: str, renews: re.Match[str]) -> int:
    """Where the words on renewing begin: what stands before them is the initial term."""
    if renews["on"]:
        return renews.start("on")
    word = _RENEW_WORD.search(sentence, renews.start())
    return word.start() if word else renews.start()


def _term(
    words: str, first: int, last: int, renews: int, notice: Length | None, initial_term: str | None
) -> str | None:
    lengths = [*find_lengths(words, renews, last), *find_loose_lengths(words, renews, last)]
    for length in sorted(lengths, key=lambda length: length.start):
        if (notice and notice.start == length.start) or _NOTICE_BEHIND.search(
            words[length.end : length.end + 90]
        ):
            continue
        if length.value.endswith("D") and length.duration.days < _SHORTEST_DAYS:
            continue
        before = words[max(first, length.start - 60) : length.start]
        if _TERM_BEFORE.search(before) and not _WITHIN.search(before):
            return length.value
    sentence = words[first:last]
    if _SAME_LENGTH.search(sentence):
        return initial_term
    every = _EVERY.search(sentence) if _BY_ITSELF.search(sentence) else None
    return ("P1Y" if every["year"] else "P1M") if every else None


def _notice(words: str, first: int, last: int, renewing: float, behind: float) -> tuple[Length | None, float]:
    """The length of a notice in a sentence, and how surely it is the one against renewal."""
    sentence = words[first:last]
    if not _NO_MORE.search(sentence):
        return None, 0.0
    points = renewing - 1.0 * bool(_OTHER_END.search(sentence)) - 2.0 * bool(_WANTS_MORE.search(sentence))
    if _AT_THE_END.search(sentence):
        points += 2.0
    if _THEREAFTER.search(sentence) and _UNTIL_NOTICE.search(sentence):
        points += 2.5
    for length in find_lengths(words, first, last):
        after = words[length.end : min(last, length.end + 220)]
        given = _NOTICE_BEHIND.search(after) or _NOTICE_BEFORE.search(
            words[max(first, length.start - 110) : length.start]
        )
        if not given:
            continue
        if _END_OF.search(after):
            return length, points + 1.5 + (behind / 2 if _SUCH_NOTICE.search(sentence) else 0.0)
        if points >= 2.0:
            return length, points
    return None, 0.0
