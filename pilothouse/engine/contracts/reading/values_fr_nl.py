"""Lengths, days, amounts, shares and laws in French and Dutch words; lengths and shares in English as well.

Each reader takes plain words (`pattern.plain`: lower-case, one kind of space, quote and dash) and gives each value
with its place in them, normalised: "trois (3) mois" is P3M, "8 werkuren" PT8H, "1er mars 2024" 2024-03-01, "€ 2.340,50"
EUR 2340.50, "99,9 %" 0.999, "droit belge" BE. Where words and figures differ ("trente (60) jours") there is no value.
The unit stays as said: 36 months are P36M, three years P3Y. Limits: working hours and days count as hours and days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.engine.contracts.reading.said_numbers import number_at_end, number_said

MOST = 9_999  # of any unit; a greater number is a price or a reference
_UNITS = {
    "en": {
        "H": "(?:business |working )?h(?:(?:ou)?rs?)?",
        "I": "min(?:ute)?s?",
        "D": "(?:business |working |calendar |consecutive )?days?",
        "W": "weeks?",
        "M": "(?:calendar |consecutive )?months?",
        "Y": "years?",
    },
    "fr": {
        "H": "heures?|hrs?|h",
        "I": "minutes?|mins?|mn",
        "D": "jours?|jrs?|j",
        "W": "semaines?",
        "M": "mois|mensualités?",
        "Q": "trimestres?",
        "Y": "ans?|années?|annuités?",
    },
    "nl": {
        "H": "(?:werk|kantoor|klok)?u(?:ur|ren)|u",
        "I": "minu(?:ut|ten)|min",
        "D": "(?:werk|kalender)?dag(?:en)?",
        "W": "we(?:ek|ken)",
        "M": "(?:kalender)?maand(?:en|bedrag(?:en)?|vergoeding(?:en)?|termijn(?:en)?)?",
        "Q": "kwarta(?:al|len)",
        "Y": "(?:kalender|contract)?ja(?:ar|ren)",
    },
}
_UNIT = {
    language: re.compile(
        r"(?<![a-zà-ÿ])(?:"
        + "|".join(f"(?P<{unit}>{words})" for unit, words in units.items())
        + r")(?![a-zà-ÿ'])"
    )
    for language, units in _UNITS.items()
}
_IN_ISO = {"H": "PT{}H", "I": "PT{}M", "D": "P{}D", "W": "P{}W", "M": "P{}M", "Y": "P{}Y"}
# Words that stand between the number and its unit.
_BETWEEN = re.compile(
    r"[ -]*(?:(?:derniers?|dernières?|premiers?|premières?|prochaine?s?|pleins?|entiers?|volle|laatste|eerste|volgende"
    r"|opeenvolgende|voorafgaande|full|successive|last|preceding|additional) ?)?$"
)
_FIGURES = re.compile(r"(?<![\d.,/])(\d{1,4})$")
_IN_BRACKETS = re.compile(r"([^()]{0,40})\( ?([^()]{1,30}?) ?\)$")
_LOOK_BACK = 70
_HALF = re.compile(r"anderhal(?:f|ve)$")


@dataclass(frozen=True, slots=True)
class Said:
    """A value, normalised, and the place in the words that said it."""

    value: str
    start: int
    end: int


def find_lengths(words: str, language: str) -> Iterator[Said]:
    """Each length of time that is named with a number, in the order of the words.

    >>> [said.value for said in find_lengths("un préavis de trois (3) mois, ou 48h", "fr")]
    ['P3M', 'PT48H']
    """
    for unit in _UNIT[language].finditer(words):
        before = words[max(0, unit.start() - _LOOK_BACK) : unit.start()]
        number = _number_before(_BETWEEN.sub("", before), language)
        letter = str(unit.lastgroup)
        if letter == "Y" and _HALF.search(before.rstrip()):
            yield Said("P18M", unit.start(), unit.end())
        elif number is not None and 0 < number <= MOST:
            letter, number = ("M", 3 * number) if letter == "Q" else (letter, number)
            yield Said(_IN_ISO[letter].format(number), unit.start(), unit.end())


def _number_before(words: str, language: str) -> int | None:
    """The number that ends the words: in figures, in words, or both ways where they agree."""
    both = _IN_BRACKETS.search(words)
    if both is None:
        return _one_number(words, language)
    inside = number_said(both[2].strip(), language) if not both[2].isdecimal() else int(both[2][:5])
    outside = _one_number(both[1].rstrip(), language)
    if inside is None:
        return None
    return inside if outside in (None, inside) else None


def _one_number(words: str, language: str) -> int | None:
    figures = _FIGURES.search(words)
    return int(figures[1]) if figures else number_at_end(words, language)


_MONTHS = (
    "janvier|januari",
    "février|fevrier|februari",
    "mars|maart",
    "avril|april",
    "mai|mei",
    "juin|juni",
    "juillet|juli",
    "août|aout|augustus",
    "septembre|september",
    "octobre|oktober",
    "novembre|november",
    "décembre|decembre|december",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split("|")}
_DAY = re.compile(
    r"(?<![\d/.-])(?:(?P<year>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)"
    r"|(?P<day>\d{1,2})(?:er|ste|e)?(?:(?: | ?de )(?P<name>" + "|".join(_MONTH) + r") (?P<y>\d{4})"
    r"|(?P<sep>[/.-])(?P<month>\d{1,2})(?P=sep)(?P<long>\d{4})))(?![\d/-])"
)


def find_days(words: str) -> Iterator[Said]:
    """Each day that is named in full; figures are day, month, year, as French and Dutch papers write them.

    >>> [said.value for said in find_days("du 1er mars 2024 au 28/02/2027, of op 30 juni 2027")]
    ['2024-03-01', '2027-02-28', '2027-06-30']
    """
    for found in _DAY.finditer(words):
        day = found["d"] or found["day"]
        month = found["m"] or found["month"] or _MONTH[found["name"]]
        year = found["year"] or found["y"] or found["long"]
        try:
            yield Said(date(int(year), int(month), int(day)).isoformat(), found.start(), found.end())
        except ValueError:
            continue  # the 31st of June: a slip of the pen, no day


_CURRENCY = {**dict.fromkeys(("€", "eur", "euro", "euros"), "EUR"), "$": "USD", "usd": "USD"}
_CURRENCY |= {"£": "GBP", "gbp": "GBP", "chf": "CHF"}
_SIGN = r"€|euros?|eur|usd|gbp|chf|\$|£"
_SUM = r"\d{1,3}(?:[. ,]\d{3}){1,4}(?:[.,]\d{1,2})?|\d{1,12}(?:[.,]\d{1,2})?"
_AMOUNT = re.compile(
    rf"(?<![\d.,a-z])(?:(?P<before>{_SIGN}) ?(?P<sum>{_SUM})(?![\d.,]?\d)"
    rf"|(?P<number>{_SUM}) ?(?P<behind>{_SIGN})(?![a-z]))"
)


def find_amounts(words: str) -> Iterator[Said]:
    """Each amount of money with its currency.

    >>> [said.value for said in find_amounts("1.850,00 eur of € 45, 25 000 euros, 1,234.50 usd")]
    ['EUR 1850.00', 'EUR 45.00', 'EUR 25000.00', 'USD 1234.50']
    """
    for found in _AMOUNT.finditer(words):
        currency = _CURRENCY[found["before"] or found["behind"]]
        amount = _decimal(found["sum"] or found["number"])
        yield Said(f"{currency} {amount:.2f}", found.start(), found.end())


def _decimal(figures: str) -> Decimal:
    """One or two digits behind the last sign are cents; three are thousands."""
    whole, sign, cents = figures[:-3], figures[-3:-2], figures[-2:]
    if sign not in (".", ","):
        whole, sign, cents = figures[:-2], figures[-2:-1], figures[-1:]
    if sign not in (".", ","):
        whole, cents = figures, "0"
    return Decimal(f"{re.sub('[^0-9]', '', whole) or '0'}.{cents}")


_SHARE = re.compile(
    r"(?<![\d.,])(?P<figures>\d{1,3}(?:[.,]\d{1,9})?) ?(?:\([^()]{1,40}\) ?)?"
    r"(?:%|p\.c\.|pour ?cents?|per ?cent|procent)"
    r"|(?P<words>[a-zà-ÿ-]{2,30}(?: [a-zà-ÿ-]{2,30})?) (?:pour ?cents?|per ?cent|procent)(?![a-zà-ÿ])"
)


def find_shares(words: str, language: str) -> Iterator[Said]:
    """Each percentage, as a share of one.

    >>> [said.value for said in find_shares("99,95 % of vier percent", "nl")]
    ['0.9995', '0.04']
    """
    for found in _SHARE.finditer(words):
        if found["figures"]:
            yield Said(_share(Decimal(found["figures"].replace(",", "."))), found.start(), found.end())
        else:
            number = number_at_end(found["words"], language)
            if number is not None:
                yield Said(_share(Decimal(number)), found.start(), found.end())


def _share(percent: Decimal) -> str:
    return f"{(percent / 100).normalize():f}"


_LAWS = {
    "belge": "BE",
    "français": "FR",
    "luxembourgeois": "LU",
    "néerlandais": "NL",
    "allemand": "DE",
    "suisse": "CH",
    "anglais": "GB",
    "irlandais": "IE",
    "belgisch": "BE",
    "frans": "FR",
    "luxemburgs": "LU",
    "nederlands": "NL",
    "duits": "DE",
    "zwitsers": "CH",
    "engels": "GB",
    "iers": "IE",
}
_LAW = re.compile(
    r"\bdroit (?:commun )?(?P<fr>belge|français|luxembourgeois|néerlandais|allemand|suisse|anglais|irlandais)\b"
    r"|\b(?P<nl>belgisch|frans|luxemburgs|nederlands|duits|zwitsers|engels|iers)e? recht\b"
    r"|\brecht van (?P<of>belgië|nederland|frankrijk|luxemburg|duitsland)\b|\blois? (?P<loi>belge|française)s?\b"
)
_OF = {
    "belgië": "BE",
    "nederland": "NL",
    "frankrijk": "FR",
    "luxemburg": "LU",
    "duitsland": "DE",
    "française": "FR",
}


def find_laws(words: str) -> Iterator[Said]:
    """Each national law that is named, as the code of its country.

    >>> [said.value for said in find_laws("het belgische recht, non le droit français")]
    ['BE', 'FR']
    """
    for found in _LAW.finditer(words):
        name = str(found[str(found.lastgroup)])
        yield Said(_LAWS.get(name) or _OF[name], found.start(), found.end())
