"""How long does a contract run? Its initial term and the day it expires.

A sentence on the term says it in one of four ways: until a day; until an anniversary; for a length, from a day it
names or means; or without an end ("until terminated", "perpetual"). Of all sentences the one that speaks most surely of
the contract itself is taken. A length from the effective date gives the same day so many months or years later, as
lawyers write it. Where it runs from an event whose day is not known, there is an initial term and no expiration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from pilothouse.engine.contracts.reading.flat import sentences_of
from pilothouse.engine.contracts.reading.found import Found, Places, points_of_place
from pilothouse.engine.contracts.reading.values_dates import Day
from pilothouse.engine.contracts.reading.values_lengths import (
    IN_WORDS,
    Length,
    find_lengths,
    iso_length,
    number_in,
    ordinal_in,
)
from pilothouse.engine.contracts.reading.values_start import Start
from pilothouse.engine.dates import after

PERPETUAL = "perpetual"
_NAMES = (
    "agreement|contract|addendum|lease|franchise|order|licen[cs]e|appointment|engagement|arrangement|jsma|venture"
    "|amendment|maintenance"
)
_THING = rf"(?:this|the|such|said) +(?:[\w-]+ +){{0,4}}?(?:{_NAMES}|term)"
_RUNS = (
    r"(?:commence|begin|start|continue|remain|be +(?:effective|in +(?:full +)?(?:force"
    r"|effect)|valid|binding|for)|become +effective|run|last|expire|end\b"
    r"|terminate +(?:automatically +)?(?:on|at|upon +the +(?:expir|anniv))"
    r"|have +(?:an? +)?(?:[\w()-]+ +){0,5}?(?:term|duration)|extend +(?:for|until"
    r"|through))"
)
_ABOUT = (
    (
        re.compile(
            r"\"(?:the +)?(?:initial +|original +|first +|basic +)?(?:term"
            r"|period|initial +period|contract +period)\"",
            re.I,
        ),
        3.0,
    ),
    (
        re.compile(
            r"\b(?:initial|original|primary|first|base|fixed) +(?:[\w-]+ +){0,2}?(?:term"
            r"|period)\b(?! +of +the +(?:lease|patent))",
            re.I,
        ),
        2.0,
    ),
    (
        re.compile(
            rf"\b(?:term|duration|validity) +of +(?:the +validity +of +)?(?:this"
            rf"|the) +(?:[\w-]+ +){{0,4}}?(?:{_NAMES}|cooperation|employment)",
            re.I,
        ),
        3.0,
    ),
    (
        re.compile(
            r"\b(?:the|this|effective|contract) +term +(?:hereof +|hereunder +)?(?:shall"
            r"|will|is|of|commences|begins)|\bterm\"? +(?:shall +)?means?\b"
            r"|^[\d. ]*term[ :.]",
            re.I,
        ),
        2.0,
    ),
    (
        re.compile(
            rf"\b(?:{_THING}|obligations +hereunder)\b[^.]{{0,160}}?\b(?:shall"
            rf"|will|is|to|and|,|may|hereby|does)[^.]{{0,80}}?\b{_RUNS}",
            re.I,
        ),
        2.0,
    ),
    (
        re.compile(rf"\b{_THING} +(?:commences|begins|starts|continues|remains|expires|ends|runs)\b", re.I),
        2.0,
    ),
    (
        re.compile(
            r"\b(?:unless|until|except|if|subject +to)\b[^.;]{0,60}\b(?:earlier|sooner|terminat\w+)", re.I
        ),
        1.0,
    ),
    (
        re.compile(
            r"\b(?:commence|begin|start|continue|remain|expire|in +(?:full +)?(?:force"
            r"|effect)|effective)\w*\b",
            re.I,
        ),
        0.75,
    ),
    (
        re.compile(
            r"\b(?:effective +date|date +hereof|date +of +this|commencement +date|date +first)\b", re.I
        ),
        0.5,
    ),
    (re.compile(r"\b(?:has|have) +an? +(?:[\w-]+ +)?(?:duration|term) +of\b", re.I), 2.0),
    (
        re.compile(
            r"^[^a-z]{0,20}(?:section +|article +)?[\d. ]*(?:term|duration|term and termination|initial term)\b",
            re.I,
        ),
        1.0,
    ),
    (re.compile(r"\b(?:expiration|expiry|end|termination) +date\b[ \":]", re.I), 1.0),
    (
        re.compile(r"\b(?:expiration|expiry|end|termination) +date\"? *(?::|means|shall +mean|is\b)", re.I),
        2.5,
    ),
)
_NOT_ABOUT = (
    (
        re.compile(
            r"\bconfidential|\bsurviv|\bnon-?compet|\bwarrant(?:y|ies)\b|\binsurance\b"
            r"|\binvoice|\bindemnif|\baudit|\brecords\b"
            r"|\bescrow|\bsell-?off|\bholdback|\boption +period|\bdefault\b"
            r"|\bcure\b|\bsolicit|\bmaterial +breach|\bpersonnel\b|\bbudget"
            r"|\bplan\b|\bsettlement|\bseveran|\bforecast|\btransition|\bwind-?down"
            r"|\btermination +notice|\breports?\b|\bexclusiv",
            re.I,
        ),
        1.5,
    ),
    (
        re.compile(
            r"\b(?:during|throughout|after|within) +(?:the|any) +(?:[\w-]+ +){0,3}?(?:term"
            r"|period|year)\b",
            re.I,
        ),
        1.5,
    ),
    (
        re.compile(
            r"\b(?:may|right +to|entitled +to|wish(?:es)? +to|elects? +to) +(?:be +)?(?:terminate"
            r"|cancel)",
            re.I,
        ),
        1.5,
    ),
    (re.compile(r"\b(?:pay(?:ment|able|s)?|fees?|royalt(?:y|ies)|purchase|price)\b", re.I), 1.0),
    (
        re.compile(
            r"\b(?:statement +of +work|work +order|purchase +order|task +order"
            r"|sublicen[cs]e|patent|warranty +period)\b",
            re.I,
        ),
        1.0,
    ),
)
_BESIDE = re.compile(
    r"(?:;|,|\)) *(?:provided|except|unless|subject)\b", re.I
)  # what follows is said beside the term
_FEWEST_POINTS = 1.5
_SURE_POINTS = 3.0
_WORTH_READING = re.compile(r"\d{4}|year|month|week|\bdays?\b|perpetu|indefinit|until|anniversary", re.I)
_UNTIL = re.compile(
    r"\b(?:until|through|thru|to|till|expir\w+(?: +(?:on|at|date|automatically))*|end(?:s|ing)?(?: +(?:on|at))?"
    r"|terminat\w+(?: +automatically| +without +notice)*(?: +(?:on|at))|no(?:t| +event)? +later +than"
    r"|conclud\w+(?: +on)?|\d{4} *-)(?: +(?:[a-z:.,]+|\d{1,2}:\d\d|\([ai1]\)|midnight|[ap]\.?m\.?)){0,6}[ :,(\"]*$",
    re.I,
)
_NOT_UNTIL = re.compile(
    r"\b(?:prior|pursuant|amend\w*|dated|according|reference|respect|refer\w*"
    r"|between|due|as +of|effective +(?:as|on))\b[^,;]{0,30}$",
    re.I,
)
_ANNIVERSARY = re.compile(
    r"\b(?P<nth>\d{1,2} ?(?:st|nd|rd|t ?h)|[a-z]+(?:-[a-z]+)?) *(?:\( *\d{1,2} *(?:st|nd|rd|t ?h)? *\))? *"
    r"(?:[ -]+year +|annual +)?(?:\( *(?P<figures>\d{1,2})[^)]{0,4}\) *)?(?:[ -]*year +)?anniversary",
    re.I,
)
_NAMED, _NEAR = re.compile("anniversary", re.I), 60
_YEAR_NUMBER = re.compile(rf"\bend +of +(?:contract +)?year +(?P<number>\d{{1,2}}|{IN_WORDS})\b", re.I)
_WITHOUT_END = re.compile(
    r"\bperpetual(?:ly)?\b|\bin +perpetuity\b|\bindefinite(?:ly)?\b|\bevergreen\b|\bno +(?:fixed|set) +(?:term|end)"
    r"|\b(?:until|unless +and +until) +(?:(?:it|this|the|such|[\w-]+|agreement"
    r"|is|are|earlier|sooner|otherwise|time|as|date|so) +){0,6}?"
    r"(?:terminat(?:ed|es)|cancel(?:s|l?ed)|(?:either|one|any|a) +party|the +parties|notice)\b"
    r"|\b(?:continue|remain)[^.;,]{0,60},? +unless +terminated\b",
    re.I,
)
_GOES_ON = re.compile(
    r"\b(?:continue|remain|in +(?:full +)?(?:force|effect)|effective|perpetual|perpetuity|indefinite)", re.I
)
_OF_TERM = re.compile(
    r"(?:\b(?:term|period|duration|effect|force|continue|continuing|continues|remain|expires?|end|ends|ending|last"
    r"|run|is|be|of|for|extend|agreement|terminate|automatically|date|means?)"
    r"(?: +(?:of|for|is|be|shall|will|a|an|the|in|full|and|effect|force|period|initial|term|at|least|up|to"
    r"|approximately|from|first|thereafter|effective|hereunder|hereof|on|date"
    r"|continue|remain|run|until|that|which|fixed|earlier|later|\(?[ai1]\)))*"
    r"[ ,:\"()]*)$",
    re.I,
)
_TERM_BEHIND = re.compile(r"^[')]* *(?:initial +|fixed +)?(?:term|period)\b", re.I)
_HAS_BEFORE = re.compile(r"\b(?:an?|the|entire|initial|this|its|full|fixed|whole)[ (]*$", re.I)
_NOT_OF_TERM = re.compile(
    r"\b(?:upon|within|least|than|prior|advance|notice|every|each|by +giving|giving)(?: +[a-z]+){0,3} *$",
    re.I,
)
_AT_LEAST_FOR = re.compile(r"\b(?:for|of) +(?:a +period +of +)?at +least *$", re.I)
_LONGER = re.compile(
    r"\b(?:renew\w*|extends?(?! +(?:for|until|through)\b)|extended|extension"
    r"|additional|(?<!continue )(?<!continuing )(?<!effect )thereafter|subsequent)\b(?![^.]{0,40}\b(?:unless"
    r"|subject)\b)[^.]{0,160}$",
    re.I,
)
_UNLESS = re.compile(
    r"\b(?:unless|subject +to|except|or +until)\b[^.;]{0,80}\b(?:renew\w*"
    r"|extend\w*|extension)\b",
    re.I,
)
_NOT_BEHIND = re.compile(
    r"^[')]* *(?:[\w-]+ +){0,3}?(?:notice|prior|before|in +advance|after +(?:receipt"
    r"|written|notice)|(?:after|following|from|of) +(?:the +|any +|such +"
    r"|its +)*(?:effective +date +of +)?(?:(?:earlier +|early +)?(?:expir"
    r"|terminat|complet|delivery|receipt|end\b|payment)))",
    re.I,
)
_THEREAFTER = re.compile(r"^[')]* *(?:period +)?(?:thereafter|immediately +(?:after|following))", re.I)
_DURING = re.compile(r"\bduring\b", re.I)
_EVENT = re.compile(
    r"\b(?:from|after|following|upon|on|of|with)\b +(?:and +after +)?(?:the +)?(?P<event>[^,;.()]{0,80}?"
    r"\b(?:launch|delivery|acceptance|service|closing|operations?|completion|approval|live|opening|installation"
    r"|distribution|release|shipment|first +(?!above|written|set)|ipo|sale"
    r"|funding|transfer|rollout|availability|ready|publication|accessible"
    r"|uploaded)\b[^,;.()]{0,40})",
    re.I,
)
_SAME_AS_START = re.compile(
    r"effective|commencement|date +hereof|date +of +(?:this|the +agreement|execution|signing)"
    r"|first +(?:above +)?(?:written|stated|set)|agreement +date|execution|there(?:of|after|from)|signature|start",
    re.I,
)
_FROM_MADE = re.compile(
    r"\bdate +hereof\b|\bdate +of +(?:this|the) +(?:agreement|contract)|\bdate +(?:first )?(?:above"
    r"|written)|\bexecution\b|\bagreement +date\b|\bsign(?:ing|ature|ed)\b",
    re.I,
)
_FROM_EFFECTIVE = re.compile(
    r"\beffective +date\b|\bcommencement +date\b|\bdate +hereof\b|\bdate +of +this\b"
    r"|\bexecution\b",
    re.I,
)
_BEHIND = 130
_BEFORE = 110


@dataclass(frozen=True, slots=True)
class Running:
    """What a sentence says of how long the contract runs. `points`: how surely it speaks of the contract itself."""

    start: int
    end: int
    points: float
    length: Length | None = None
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """The flat text, the days in it, and when the contract was made and begins."""

    words: str
    days: Sequence[Day]
    start: Start
    likely: Places


def find_term(words: str, days: Sequence[Day], start: Start, likely: Places = ()) -> Iterator[Found]:
    """The initial term and the expiration, from the sentence that says most of them."""
    read = [
        running for running in _runnings(_Asked(words, days, start, likely)) if running.points >= _SURE_POINTS
    ]
    best = max(read, key=lambda running: (running.points, -running.start), default=None)
    if best is None:
        return
    sure = round(min(0.95, 0.4 + 0.08 * best.points), 2)
    if best.length:
        yield Found("initial_term", best.length.value, best.start, best.end, sure)
    if best.expires:
        yield Found("expiration", best.expires.isoformat(), best.start, best.end, sure)
    elif best.length is None:
        yield Found("expiration", PERPETUAL, best.start, best.end, sure)


def _runnings(asked: _Asked) -> Iterator[Running]:
    for first, last in sentences_of(asked.words):
        sentence = asked.words[first:last]
        if not _WORTH_READING.search(sentence):
            continue
        points = points_of_place(asked.likely, first, last)
        points += sum(weight for sign, weight in _ABOUT if sign.search(sentence))
        if points < _FEWEST_POINTS:
            continue
        main = _BESIDE.split(sentence, maxsplit=1)[0]
        points -= sum(weight for sign, weight in _NOT_ABOUT if sign.search(main))
        said = _until_a_day(asked, first, last) or _for_a_length(asked, first, last) or _without_end(sentence)
        if said is not None:
            length, expires, more = said
            yield Running(first, last, points + more, length, expires)


Said = tuple[Length | None, date | None, float]


def _until_a_day(asked: _Asked, first: int, last: int) -> Said | None:
    for day in asked.days:
        if first <= day.start < last:
            before = asked.words[max(first, day.start - _BEFORE) : day.start]
            if _UNTIL.search(before) and not _NOT_UNTIL.search(before):
                return None, day.day, 2.0
    return None


def _for_a_length(asked: _Asked, first: int, last: int) -> Said | None:
    length = _anniversary(asked.words, first, last) or _length_of_term(asked.words, first, last)
    if length is None:
        return None
    base, sure = _begins(asked, first, last, length)
    expires = after(base, length.duration) if base else None
    return length, expires, (2.0 if sure else 1.0) if expires else 0.5


def _anniversary(words: str, first: int, last: int) -> Length | None:
    named = _NAMED.search(
        words, first, last
    )  # near that word only: a long gap on the line would cost much time
    found = _ANNIVERSARY.search(words, max(first, named.start() - _NEAR), named.end()) if named else None
    if found:
        nth = ordinal_in(found["nth"])
        number = Fraction(nth) if nth else number_in(found["figures"] or found["nth"])
    else:
        found = _YEAR_NUMBER.search(words, first, last)
        number = number_in(found["number"]) if found else None
    value = iso_length(number, "year") if number else None
    return Length(value, found.start(), found.end()) if found and value else None


def _length_of_term(words: str, first: int, last: int) -> Length | None:
    for length in find_lengths(words, first, last):
        whole = words[first : length.start]
        before, behind = whole[-_BEFORE:], words[length.end : min(last, length.end + 90)]
        if _NOT_BEHIND.search(behind) or (_THEREAFTER.search(behind) and _DURING.search(whole)):
            continue
        if _LONGER.search(whole) and not _UNLESS.search(whole):
            continue
        if _NOT_OF_TERM.search(before) and not _AT_LEAST_FOR.search(before):
            continue
        if _OF_TERM.search(before) or (_TERM_BEHIND.search(behind) and _HAS_BEFORE.search(before)):
            return length
    return None


def _begins(asked: _Asked, first: int, last: int, length: Length) -> tuple[date | None, bool]:
    """The day a length is counted from (None where that hangs on something else), and whether that is said."""
    behind = asked.words[length.end : min(last, length.end + _BEHIND)]
    near = [day for day in asked.days if first <= day.start < last and abs(day.start - length.end) < _BEHIND]
    if near:
        return near[0].day, True
    event = _EVENT.search(behind)
    if event and not _SAME_AS_START.search(event["event"]):
        return None, False
    sentence = asked.words[first:last]
    start = asked.start
    if _FROM_MADE.search(behind[:60]) and start.made_on:
        return start.made_on.day, True
    said = bool(_FROM_EFFECTIVE.search(sentence))
    return (start.effective_on.day if start.effective_on else None), said


def _without_end(sentence: str) -> Said | None:
    if _WITHOUT_END.search(sentence) and _GOES_ON.search(sentence):
        return None, None, 0.0
    return None
