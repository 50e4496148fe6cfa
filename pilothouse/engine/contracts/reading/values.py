"""From the English text of a contract to its values: days, lengths, amounts, places, each with its sentence.

Every topic has a module of its own (`values_start`, `values_law`); here they are asked one after the other.
"""

from __future__ import annotations

from pilothouse.engine.contracts.reading.english_parties import find_parties
from pilothouse.engine.contracts.reading.flat import flat
from pilothouse.engine.contracts.reading.found import NOWHERE, Found, Likely
from pilothouse.engine.contracts.reading.values_dates import find_days
from pilothouse.engine.contracts.reading.values_law import find_law
from pilothouse.engine.contracts.reading.values_renewal import find_renewal
from pilothouse.engine.contracts.reading.values_start import find_start
from pilothouse.engine.contracts.reading.values_term import find_term


def find_values(text: str, likely: Likely = NOWHERE) -> list[Found]:
    """What the patterns find in an English text, in no order.

    `likely`: the places where a model names the clause of a term; of two sentences the one that stands there wins.
    """
    words = flat(text)
    days = find_days(words)
    start = find_start(words, days)
    opening = [found for found in (start.made, start.effective) if found]
    term = list(find_term(words, days, start, likely.get("expiration", ())))
    length = next((found.value for found in term if found.term == "initial_term"), None)
    parties = find_parties(text)
    return [*parties, *opening, *term, *find_renewal(words, length, likely), *find_law(words)]
