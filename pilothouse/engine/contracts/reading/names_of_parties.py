"""Between whom is a contract made? The names of the firms, as its opening writes them, in French and in Dutch.

A name is what stands before the words that only a party's description has ("dont le siège est", "met zetel te",
"ci-après", "hierna"): up to the comma in front of them, from the "entre", "et", "tussen", "en" or the line before. Only
names with a capital are one, and only the sentence that opens a contract or names the party is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pilothouse.engine.contracts.reading.pattern import LONGEST, readable

_OPENS = re.compile(
    r"\b(?:ci-après|hierna|hereinafter|entre les soussign|d'une part|d'autre part|tussen|entre|enerzijds"
    r"|anderzijds|ondernemingsnummer|numéro d'entreprise|kbo|bce|rcs)\b"
    r"|(?:ver)?huurder ?:|^(?:le |la |de |het )?(?:client|klant|prestataire|fournisseur|leverancier"
    r"|dienstverlener) ?:",
    re.IGNORECASE,
)
_DESCRIBED = re.compile(
    r",? (?:dont le siège|ayant son siège|établie? à|sise? à|inscrite? |immatriculée? |(?:une )?société (?:par"
    r"|anonyme|à)|met (?:maatschappelijke )?zetel|gevestigd te|ingeschreven |kantoorhoudende|numéro"
    r" d'entreprise"
    r"|ondernemingsnummer|avec siège|représentée? par|vertegenwoordigd door|\(?(?:ci-après|hierna"
    r"|hereinafter)\b)",
    re.IGNORECASE,
)
_LED_BY = re.compile(
    r"(?:^|[:;]|\b(?i:entre|et|tussen|en|par|aan|door|between|and|by)\b) *"
    r"(?:(?:(?i:les soussignés ?:|la société|société|de vennootschap|la firme)|la|le|de|het) +)*"
    r"(?P<name>(?!(?:Entre|Et|Tussen|En|ENTRE|TUSSEN) )[A-ZÀ-Ý0-9][\w'.&-]*(?: (?:[A-ZÀ-Ý0-9&(][\w'.&)-]*"
    r"|de|du|van|la|le|et|en)){0,6})$"
)
_ROLE_LINE = re.compile(
    r"^(?:le |la |de |het )?(?:client|prestataire|fournisseur|bailleur|preneur|locataire|klant|leverancier"
    r"|verhuurder"
    r"|huurder|dienstverlener|opdrachtgever|opdrachtnemer) ?: ?(?P<name>[A-ZÀ-Ý][^,;:(]{1,80})[,;(]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:(?:le|la|de|het) )?(?:client|klant|prestataire|fournisseur|leverancier|parti|dienstverlener"
    r"|société|contrat"
    r"|article|annex)\w*$",
    re.IGNORECASE,
)
LONGEST_NAME = 90


def find_names(sentence: str) -> Iterator[str]:
    """The names of parties that one sentence of an opening gives, as written.

    >>> list(find_names("Entre la SRL Exemple, dont le siège est à Ici, et Voorbeeld NV, établie à Là, ci-après"))
    ['SRL Exemple', 'Voorbeeld NV']
    """
    words = readable(sentence[:LONGEST])
    line = _ROLE_LINE.search(words)
    if line is not None:
        yield line["name"].strip()
    elif _OPENS.search(words):
        for described in _DESCRIBED.finditer(words):
            name = _name(words[max(0, described.start() - LONGEST_NAME) : described.start()])
            if name:
                yield name


def _name(before: str) -> str | None:
    """The name that ends the words in front of a description, behind the word or sign that leads it in."""
    found = _LED_BY.search(before)
    return found["name"] if found and not _NO_NAME.match(found["name"]) else None
