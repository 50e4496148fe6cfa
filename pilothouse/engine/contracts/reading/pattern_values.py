"""How a value is read from the sentence that agrees its term: the length behind its words, the share, the amount."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pilothouse.engine.contracts.reading.pattern import Match, Reader
from pilothouse.engine.contracts.reading.values_fr_nl import (
    Said,
    find_amounts,
    find_days,
    find_laws,
    find_lengths,
    find_shares,
)

NEAR = 60  # letters between the words of a term and its value
Values = Sequence[str | None]
_BEFORE_END = re.compile(
    r"^(?: ouvr(?:és?|ables?)| calendaires?| au moins| minimum)? ?\(?(?:au moins |minimum |minstens"
    r" |ten minste )?"
    r"(?:avant|vóór|voor|voorafgaand aan|précédant|before|prior to)\b"
)
_NOTICE = re.compile(r"préavis|met een termijn|opzeg\w*termijn|opzegperiode|opzegging van|notice")
_UNTIL_CURE = re.compile(
    r"mise en demeure|mis en demeure|notification|ingebreke|aanmaning|kennisgeving|notice|non réparé"
    r"|remédi|herstel|cure|remed"
)
_RHYTHMS = (
    (
        "P1Y",
        re.compile(
            r"d'année en année|annuellement|chaque année|jaarlijks|elk jaar|van jaar tot jaar|per jaar"
        ),
    ),
    (
        "P1M",
        re.compile(r"de mois en mois|mensuellement|maandelijks|elke maand|van maand tot maand|per maand"),
    ),
)
_ALL = re.compile(
    r"(?:l'intégralité|la totalité|toutes|l'ensemble|des sommes restantes dues pour l'intégralité)\b[^;]{0,60}"
    r"(?:redevances?|loyers?|mensualités|sommes|durée|contrat|montants?)"
    r"|\balle\b[^;]{0,60}(?:vergoeding|huur|bedragen|maanden|termijn)|(?:het"
    r" )?volledige?\b[^;]{0,30}(?:vergoeding|bedrag)"
    r"|\ball\b[^;]{0,60}(?:fees|charges|amounts|payments)"
)
_LESS = re.compile(r"verminderd|diminué|déduction|réduit|less|reduced")
_FEES_OF = re.compile(
    r"^[^;]{0,40}(?:préc|derniers|avant|voorafg|vóór|voor de|laatste|qui ont|bedrag|vergoeding|redevance"
    r"|mensualité|honorar"
    r"|facturé|payé|versé|betaald|gefactureerd)"
)
_FEES_BEFORE = re.compile(
    r"(?:payé|versé|facturé|redevance|honorair|sommes|betaald|vergoed|gefactureerd)[^;]{0,80}$"
)
_MONTHS_OF_FEES = re.compile(
    r"(?:maandbedrag|maandvergoeding|maandtermijn|mensualit|mois de redevance|maanden vergoeding)"
)
_ONE_SIDE = 140
_IS_NOTICE = re.compile(r" (?:de préavis|d'avance|à l'avance|opzeg\w*termijn|vooraf|notice)")
# Without a word of money "limited to direct damage" is no cap.
_MONEY = re.compile(
    r"montant|somme|redevance|prix|factur|honoraire|prime|bedrag|bedragen|vergoedingen|factuur|prijs"
    r"|uitgekeerd|waarde|maandelijks"
)
_WITHIN = re.compile(
    r"\b(?:dans|sous|endéans|délai|pendant|durant|durée de|dispose de|blijft|restent?|jusqu'à|binnen"
    r"|gedurende|uiterlijk"
    r"|within|during|for|no later than|not later than|period of|periode van|termijn van)\b[^;:]{0,45}$"
)
_LASTS = re.compile(r"\b(?:pendant|durant|durée|gedurende|maximaal|during|for)\b[^;:,]{0,45}$")
_OTHER_TIME = re.compile(r"préavis|avis formel|opzegtermijn|\bnotice\b")


def _near(said: Sequence[Said], match: Match, most: int = NEAR) -> str | None:
    """The first value behind the words that agree the term; it may begin within them."""
    return next((one.value for one in said if match.start <= one.start <= match.end + most), None)


def length_behind(match: Match) -> Values:
    """The length that follows; without one the sentence does not say the term."""
    value = _near(list(find_lengths(match.words, match.language)), match)
    return (value,) if value else ()


def calendar_length_behind(match: Match) -> Values:
    """The length that follows, where it is of days or longer: a term is no matter of hours."""
    return tuple(value for value in length_behind(match) if value and "T" not in value)


def length_or_none(match: Match) -> Values:
    """The length of "within", "for" or "during" so long, or the term without a value."""
    lengths = find_lengths(match.words, match.language)
    return (next((one.value for one in lengths if _is_within(match.words, one)), None),)


def length_of_help(match: Match) -> Values:
    """How long help is given ("pendant trois mois"), or the term without a value: within how many days is no length."""
    lengths = find_lengths(match.words, match.language)
    return (next((one.value for one in lengths if _LASTS.search(match.words[: one.start][-60:])), None),)


def _is_within(words: str, length: Said) -> bool:
    before = words[max(0, length.start - _ONE_SIDE) : length.start]
    return _WITHIN.search(before) is not None and _OTHER_TIME.search(before[-60:]) is None


def any_length(match: Match) -> Values:
    """The first length of the sentence, or the term without a value."""
    return (next((one.value for one in find_lengths(match.words, match.language)), None),)


def renewal_length(match: Match) -> Values:
    """By how much a contract is renewed, or the term without a value: not the length of the notice that prevents it."""
    lengths = [one for one in find_lengths(match.words, match.language) if not _is_notice(match.words, one)]
    behind = [one.value for one in lengths if one.start >= match.start]
    rhythm = [value for value, says in _RHYTHMS if says.search(match.words)]
    return (next(iter(behind + rhythm), None),)


def _is_notice(words: str, length: Said) -> bool:
    ahead, behind = words[max(0, length.start - 40) : length.start], words[length.end : length.end + 40]
    return bool(_BEFORE_END.search(behind) or _NOTICE.search(ahead) or _IS_NOTICE.match(behind))


def notice_before_end(match: Match) -> Values:
    """The length that stands before "before the end", else the one behind "notice"."""
    lengths = list(find_lengths(match.words, match.language))
    before = [one for one in lengths if _BEFORE_END.search(match.words[one.end : one.end + 40])]
    if before:
        return (before[0].value,)
    notice = _NOTICE.search(match.words)
    behind = [one for one in lengths if notice and notice.start() <= one.start <= notice.end() + NEAR]
    behind += [one for one in lengths if notice and 0 < notice.start() - one.end < 24]
    return (behind[0].value,) if behind else ()


def notice_length(match: Match) -> Values:
    """The length of the notice by which a contract may be ended, or none said."""
    lengths = list(find_lengths(match.words, match.language))
    notice = _NOTICE.search(match.words)
    behind = [one.value for one in lengths if notice and notice.start() <= one.start <= notice.end() + NEAR]
    ahead = [one.value for one in lengths if notice and 0 < notice.start() - one.end < 24]
    return (next(iter(behind + ahead), None),)


def cure_length(match: Match) -> Values:
    """The time to mend a failure, where the sentence gives one with the notice of default."""
    if _UNTIL_CURE.search(match.words) is None:
        return (None,)
    return any_length(match)


def day_behind(match: Match) -> Values:
    value = _near(list(find_days(match.words)), match, 40)
    return (value,) if value else ()


def share_behind(match: Match) -> Values:
    """The share that follows the words, or the term without a value."""
    return (_near(list(find_shares(match.words, match.language)), match, _ONE_SIDE),)


def a_share(match: Match) -> Values:
    """The share that follows the words; without one the sentence does not say the term."""
    return tuple(value for value in share_behind(match) if value)


def high_shares(match: Match) -> Values:
    """Each share from ninety per cent on: what a service is available for; the rest are penalties."""
    low, high = match.start - NEAR, match.end + _ONE_SIDE
    shares = dict.fromkeys(
        one.value for one in find_shares(match.words, match.language) if low <= one.start <= high
    )
    return tuple(value for value in shares if 0.9 <= float(value) <= 1)


def credit(match: Match) -> Values:
    """The share of the fee that is given back: not the availability that was missed."""
    shares = [one for one in find_shares(match.words, match.language) if float(one.value) < 0.9]
    behind = [one.value for one in shares if one.start >= match.start]
    return (next(iter(behind + [one.value for one in shares]), None),)


def an_amount(match: Match) -> Values:
    """The amount nearest behind the words, else the one in front; without one the sentence does not say the term."""
    amounts = list(find_amounts(match.words))
    behind = [one.value for one in amounts if match.start <= one.start <= match.end + NEAR]
    return tuple((behind + [one.value for one in amounts if one.start < match.start][-1:])[:1])


def the_one_amount(match: Match) -> Values:
    """The amount of a sentence that names one alone: of a list of prices none is the price."""
    amounts = {one.value for one in find_amounts(match.words)}
    return tuple(amounts) if len(amounts) == 1 else ()


def amount_or_none(match: Match) -> Values:
    return (next((one.value for one in find_amounts(match.words)), None),)


def fee_for_leaving(match: Match) -> Values:
    """What it costs to leave early: a share of what remains, months of fees, an amount; all that remains is 1."""
    share = next((one.value for one in find_shares(match.words, match.language)), None)
    months = [one for one in find_lengths(match.words, match.language) if _is_fees(match.words, one)]
    amount = next((one.value for one in find_amounts(match.words)), None)
    everything = "1" if _ALL.search(match.words) and not _LESS.search(match.words) else None
    return (share or (months[0].value if months else None) or amount or everything,)


def _is_fees(words: str, length: Said) -> bool:
    return _MONTHS_OF_FEES.search(words[length.start : length.end + 25]) is not None


def cap(match: Match) -> Values:
    """The most that is owed for damage: an amount, the fees of so many months, a share of the fees, or no figure."""
    amounts = [one.value for one in find_amounts(match.words)]
    if amounts:
        return (amounts[0],)
    lengths = [one for one in find_lengths(match.words, match.language) if one.start >= match.start]
    fees = [one.value for one in lengths if _is_time_of_fees(match.words, one)]
    fees += [one.value for one in lengths if _is_fees(match.words, one)]
    value = next(iter(fees), None) or next(iter(_all_shares(match)), None)
    return (value,) if value or _MONEY.search(match.words) else ()


def _is_time_of_fees(words: str, length: Said) -> bool:
    before, behind = words[max(0, length.start - 120) : length.start], words[length.end : length.end + 60]
    return _FEES_OF.search(behind) is not None or _FEES_BEFORE.search(before) is not None


def _all_shares(match: Match) -> list[str]:
    return [one.value for one in find_shares(match.words, match.language)]


def law(match: Match) -> Values:
    """The one law that is named; two are for a person to read."""
    laws = {one.value for one in find_laws(match.words)}
    return tuple(laws) if len(laws) == 1 else ()


def always(value: str) -> Reader:
    def read(_: Match) -> Values:
        return (value,)

    return read
