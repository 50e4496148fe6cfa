"""How soon must somebody answer, and how soon must it work again? Response and resolution times, each by its own words.

One sentence often says both ("answers within one hour and mends it within eight"), the length in front of the word or
behind it. So the sentence is parted at commas and "and", and each part gives its length to the term its words name; a
part with a length alone goes on with the term of the part before. Times that the customer must keep are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilothouse.engine.contracts.reading.values_fr_nl import find_lengths

RESPONSE, RESOLUTION = "response_time", "resolution_time"
_RESPONSE = {
    "fr": re.compile(
        r"\bréponse|\brépond|\bgti\b|(?:temps|délai)\w* (?:maxim\w+ )?d'intervention|intervien|pris\w*"
        r" en charge|prise en charge"
        r"|prend en charge|réagi|réaction"
    ),
    "nl": re.compile(
        r"respons(?:e|tijd)|reactietijd|reageert|gereageerd|antwoord|interventietijd|behandeling|beginnen?\b"
        r"|begint|tussenkomst"
        r"|in behandeling"
    ),
    "en": re.compile(r"\brespon(?:se|d|ds)\b|answers?\b|acknowledg|first response"),
}
_RESOLUTION = {
    "fr": re.compile(
        r"résolu|résoudre|résolution d|rétabli|\bgtr\b|répar(?:é|er\b|ation d)|dépann|remise en"
        r" service|remet en"
    ),
    "nl": re.compile(r"oplos|opgelost|hersteltijd|herstel[dt]?\b|herstelt|hersteld|verholpen|weer werk"),
    "en": re.compile(r"\bresol(?:ve|ved|ution)|\brestor|\bfix(?:es|ed)?\b|work-?around|\bmends?\b|repair"),
}
_SILENT = {
    "fr": re.compile(
        r"\bclient (?:répond|fournit|transmet|communique|doit|informe|reçoit les|s'engage)|indicatif"
        r"|mise en demeure|manquement"
        r"|réclamation|résiliation|résilié|résolution de plein|audit|violation|désigne|factur|calculée?"
        r" à partir|contest|non réparé"
        r"|données"
    ),
    "nl": re.compile(
        r"\bklant (?:antwoordt|bezorgt|meldt|bevestigt|deelt|reageert)|gemeten|ingebrekestelling"
        r"|tekort|\bfout\b|klacht|inbreuk"
        r"|persoonsgegevens|betwist|opzeg|factu|verstaan onder|niet binnen"
    ),
    "en": re.compile(
        r"\b(?:customer|client) (?:shall|will|must) (?:respond|answer|provide)|breach|cure|notice"
        r" of|claim|objection|data subject"
        r"|invoices? (?:is|are|must|shall|within)|payable|terminat|arbitrat|dispute|change request"
        r"|proposal|means\b|deliverable|acceptance|measured"
    ),
}
_AND = {"fr": "et", "nl": "en", "en": "and"}
_PART = {language: re.compile(rf",(?!\d)|;|\b{word}\b") for language, word in _AND.items()}
# When somebody is there: "entre neuf et seize heures", "van 8 tot 17 uur", "24h/24 et 7j/7".
_OPEN_FROM_TO = re.compile(
    r"\b\w{1,6} (?:days|jours|dagen) (?:a|per|par|sur|op) (?:week|semaine|7|sept|zeven)\b|"
    r"\b24 ?(?:h|heures|u|uur)? ?(?:/|x|sur|op) ?(?:24|7)\b|\b7 ?(?:j|jours|d|dagen)? ?(?:/|sur|op) ?7\b|"
    r"\b(?:entre|de|tussen|van|between|from) [\w:]{1,12}(?: heures?| uur| ?h)? (?:et|à|en|tot|and"
    r"|to) [\w:]{1,12}"
    r"(?: heures?\b| uur\b| ?h\b| hours?\b)"
)
_NEXT_DAY = re.compile(
    r"(?:jour ouvr(?:é|able) suivant|(?:eerst)?volgende werkdag|next (?:business|working) day)"
)
_IT = {
    "fr": re.compile(
        r"incident|demande|question|panne|priorité|dysfonction|anomalie|assistance|support|\bgt[ir]\b"
        r"|intervention"
        r"|prise? en charge|rétabli"
    ),
    "nl": re.compile(
        r"storing|melding|vraag|vragen|incident|prioriteit|respons|oplos|dienst|defect|toestel|helpdesk"
        r"|reactie|herstel"
    ),
    "en": re.compile(
        r"\bincident|outage|\bticket|support request|service request|help ?desk|\bpriority\b|\bseverity\b"
        r"|\bfaults?\b"
        r"|downtime|malfunction|technical support|\bquestions\b"
    ),
}
# A service is answered in minutes, hours or days; what counts weeks and more is a term of another kind.
_MOST_DAYS = 10
_DAYS = re.compile(r"P(\d{1,4})D")


def find_times(words: str, language: str) -> Iterator[tuple[str, str]]:
    """Each response and resolution time of a sentence, as term and length; none where it is no promise."""
    if language not in _RESPONSE or _SILENT[language].search(words) or not _IT[language].search(words):
        return
    term = ""
    for part in _parts(_OPEN_FROM_TO.sub(" ", words), language):
        term = _term(part, language) or term
        value = _length(part, language)
        if term and value:
            yield term, value


def _parts(words: str, language: str) -> Iterator[str]:
    """A sentence parted so that no part lacks both the word and the length of its neighbour."""
    last = 0
    for mark in _PART[language].finditer(words):
        yield words[last : mark.start()]
        last = mark.end()
    yield words[last:]


def _term(part: str, language: str) -> str | None:
    if _RESOLUTION[language].search(part):
        return RESOLUTION
    return RESPONSE if _RESPONSE[language].search(part) else None


def _length(part: str, language: str) -> str | None:
    if _NEXT_DAY.search(part):
        return "P1D"
    return next((said.value for said in find_lengths(part, language) if _is_soon(said.value)), None)


def _is_soon(value: str) -> bool:
    days = _DAYS.fullmatch(value)
    return value.startswith("PT") or (days is not None and int(days[1]) <= _MOST_DAYS)
