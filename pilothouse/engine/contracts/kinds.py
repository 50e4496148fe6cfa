"""What kind of contract is this? By the words of its beginning, in English, French and Dutch; "" where it is not clear.

The title counts most: its words stand within the first few hundred letters. A kind is given only where it leads
clearly, since clauses are missed and law is said by kind; a person can set it right.
"""

from __future__ import annotations

import re
from collections import Counter

_TITLE, _BEGINNING = 600, 12_000
_TITLE_WEIGHT = 5
_LEAST, _LEAD = 5, 1.5  # so many points at least, and so many times those of the next kind

_WORDS = {
    "cloud_service": r"software[ -]as[ -]a[ -]service|\bsaas\b|cloud (?:services?|agreement|terms)"
    r"|(?:platform|infrastructure)[ -]as[ -]a|\bpaas\b|\biaas\b|services? cloud|clouddienst(?:en)?"
    r"|subscription services?|hosted services?|informatique en nuage|logiciel en tant que service",
    "managed_services": r"managed (?:it )?services?|it (?:support|outsourcing)|outsourcing (?:agreement|services)"
    r"|infogérance|services? managés|maintenance informatique|beheerde diensten|ict[ -](?:beheer|diensten|onderhoud)"
    r"|it[ -](?:beheer|diensten)|helpdesk|support (?:and|&) maintenance"
    r"|maintenance (?:and|&) support|remote monitoring",
    "hosting": r"web[ -]?(?:site )?hosting|hosting (?:agreement|services?)|hébergement|co-?location"
    r"|hostingovereenkomst|hostingdiensten",
    "licence": r"software licen[cs]e|licen[cs]e agreement|end[ -]user licen[cs]e|\beula\b|contrat de licence"
    r"|licence (?:d'utilisation|de logiciel)|licentieovereenkomst|softwarelicentie|gebruikslicentie",
    "telecom": r"telecommunications?|télécommunications?|telecommunicatie|\bvoip\b|mobile (?:plan|subscription)"
    r"|internet access|accès (?:à )?internet|téléphonie|telefonie|internettoegang|leased lines?",
    "hardware": r"equipment (?:lease|rental|purchase)|lease of equipment|lessor|\blessee\b|contrat de location"
    r"|bailleur|crédit[ -]bail|huurovereenkomst|leasingovereenkomst|verhuurder|photocop\w+|printers?\b",
    "project": r"development agreement|software development|statement of work|website development|développement (?:de"
    r"|d'un|spécifique)|maatwerk(?:software)?|ontwikkelingsovereenkomst|projectovereenkomst|implementation project",
    "advice": r"consult(?:ing|ancy) (?:agreement|services)|advisory (?:agreement|services)|contrat de conseil"
    r"|mission de conseil|adviesovereenkomst|advies(?:opdracht|diensten)",
}
_PATTERNS = {kind: re.compile(words) for kind, words in _WORDS.items()}


def kind_of(text: str) -> str:
    """One of the kinds of contracts, or "".

    >>> kind_of("SOFTWARE AS A SERVICE AGREEMENT. The SaaS is provided from the cloud."), kind_of("Lettre d'amour")
    ('cloud_service', '')
    """
    beginning = " ".join(text[:_BEGINNING].lower().split())
    points = Counter(
        {
            kind: sum(_TITLE_WEIGHT if found.start() < _TITLE else 1 for found in words.finditer(beginning))
            for kind, words in _PATTERNS.items()
        }
    )
    (first, most), (_, next_most) = points.most_common(2)
    return first if most >= _LEAST and most >= _LEAD * next_most else ""
