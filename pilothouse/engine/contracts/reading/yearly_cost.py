"""What does a contract cost a year, as its sentence on the price says? Only where one price says how often it is paid.

"116 euro per month, invoiced each quarter" is a price by the month: what stands beside the amount goes before what
follows. A price for each user, hour or piece is none: how many there are does not stand in the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilothouse.engine.contracts.measures import amount_in
from pilothouse.engine.contracts.reading.words import ReadTerm

_TIMES_A_YEAR = (
    (
        12,
        re.compile(
            r"\b(?:per|a|each|every|/) ?(?:calendar )?(?:month|maand)\b|\bmonthly\b|\bmaandelijks\w*|\bpar mois\b"
            r"|\bmensuel\w*|\b(?:elke|iedere) maand\b|\bchaque mois\b|\bmaand(?:bedrag|prijs|vergoeding)\b",
            re.IGNORECASE,
        ),
    ),
    (
        4,
        re.compile(
            r"\b(?:per|a|each|every|/) ?(?:calendar )?quarter\b|\bquarterly\b|\b(?:per|elk) kwartaal\b"
            r"|\bpar trimestre\b|\btrimestriel\w*|\bdriemaandelijks\w*",
            re.IGNORECASE,
        ),
    ),
    (
        1,
        re.compile(
            r"\b(?:per|a|each|every|/) ?(?:contract )?(?:year|jaar|annum)\b|\b(?:yearly|annual(?:ly)?)\b|\bjaarlijks\w*"
            r"|\b(?:par an|par année)\b|\bannuel\w*|\bjaar(?:bedrag|prijs|vergoeding)\b",
            re.IGNORECASE,
        ),
    ),
)
_AMOUNT_BEFORE = re.compile(r"\d ?(?:€|EUR|USD|GBP|CHF|euros?|dollars?|pounds?)?,? ?$", re.IGNORECASE)
_BY_PIECE = re.compile(
    r"\b(?:per|par|for each|/) ?(?:named |concurrent )?(?:user|licen[cs]e|seat|hour|day|device|page|call|piece|"
    r"gebruiker|licentie|uur|dag|toestel|pagina|stuk|utilisateur|heure|jour|appareil|poste)\w*|\buurtarief\b",
    re.IGNORECASE,
)


def yearly_cost(terms: Sequence[ReadTerm]) -> tuple[str, str] | None:
    """Amount and currency of what is paid a year; None where no price, or more than one, says so.

    >>> said = "The Customer pays 1450.00 euro per month."
    >>> yearly_cost([ReadTerm("price", "EUR 1450.00", None, 0, len(said), said, 0.9)])
    ('17400.00', 'EUR')
    """
    found = {cost for term in terms if term.term == "price" and (cost := _of(term)) is not None}
    return found.pop() if len(found) == 1 else None


def _of(term: ReadTerm) -> tuple[str, str] | None:
    price = amount_in(term.value or "")
    if price is None or _BY_PIECE.search(term.quote):
        return None
    times = _times_a_year(term.quote)
    if len(times) != 1:
        return None
    return f"{price.amount * times.pop():.2f}", price.currency


def _times_a_year(quote: str) -> set[int]:
    """How many times a year the price is due: all that its sentence says, up to what stands beside the amount."""
    signs = sorted(
        (found.start(), number) for number, sign in _TIMES_A_YEAR for found in sign.finditer(quote)
    )
    beside = next((start for start, _number in signs if _AMOUNT_BEFORE.search(quote[:start])), len(quote))
    return {number for start, number in signs if start <= beside}
