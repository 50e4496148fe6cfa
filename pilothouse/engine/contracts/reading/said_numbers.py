"""Which number do words say, in English, French or Dutch? "vingt-quatre", "achttien", "one hundred twenty".

Whole numbers from one to 199, as contracts write lengths and shares in words; greater ones stand in figures. The words
are lower-case. Both spellings of French are known ("quatre-vingt-dix" and "nonante", "vingt et un" and "vingt-et-un").
"""

from __future__ import annotations

from collections.abc import Mapping

_EN = """one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_FR = """un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit
dix-neuf"""
_NL = """een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
achttien negentien"""
_EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NL_TENS = "twintig dertig veertig vijftig zestig zeventig tachtig negentig"
_FR_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_FR_TENS |= {"septante": 70, "quatre-vingt": 80, "octante": 80, "nonante": 90}


def _counted(words: str) -> dict[str, int]:
    return {word: number for number, word in enumerate(words.split(), 1)}


def _tens(words: str) -> dict[str, int]:
    return {word: 10 * number for number, word in enumerate(words.split(), 2)}


def _english() -> dict[str, int]:
    small, tens = _counted(_EN), _tens(_EN_TENS)
    ones = list(small.items())[:9]
    joined = {f"{ten}-{one}": value + number for ten, value in tens.items() for one, number in ones}
    below = {**small, **tens, **joined}
    above = {
        f"{hundred} {word}": 100 + number
        for hundred in ("one hundred", "one hundred and", "a hundred and")
        for word, number in below.items()
    }
    return {**below, **above, "one hundred": 100, "a hundred": 100}


def _french() -> dict[str, int]:
    small = _counted(_FR)
    below = {**small, **_FR_TENS, "une": 1, "quatre-vingts": 80}
    for ten, value in _FR_TENS.items():
        most = 19 if ten in ("soixante", "quatre-vingt") else 9
        below |= {f"{ten}-{one}": value + number for one, number in small.items() if number <= most}
        below |= {f"{ten} et {one}": value + 1 for one in ("un", "une")}
    below |= {"soixante et onze": 71}
    below |= {word.replace(" ", "-"): number for word, number in below.items()}
    return {**below, **{f"cent {word}": 100 + number for word, number in below.items()}, "cent": 100}


def _dutch() -> dict[str, int]:
    small, tens = _counted(_NL), _tens(_NL_TENS)
    ones = list(small.items())[:9]
    joined = {
        f"{one}{'ën' if one.endswith('e') else 'en'}{ten}": value + number
        for ten, value in tens.items()
        for one, number in ones
    }
    below = {**small, **tens, **joined, "één": 1}
    return {**below, **{f"honderd{word}": 100 + number for word, number in below.items()}, "honderd": 100}


_NUMBERS: Mapping[str, Mapping[str, int]] = {"en": _english(), "fr": _french(), "nl": _dutch()}
MOST_WORDS = 4


def number_said(words: str, language: str) -> int | None:
    """The number that `words` are; None where they are none.

    >>> number_said("vingt-quatre", "fr"), number_said("negentig", "nl"), number_said("one hundred twenty", "en")
    (24, 90, 120)
    """
    return _NUMBERS[language].get(words)


def number_at_end(words: str, language: str) -> int | None:
    """The number that the last words say, the longest that is one; None where the last word is none.

    >>> number_at_end("pour une durée de soixante et onze", "fr"), number_at_end("of the last", "en")
    (71, None)
    """
    last = words.replace("'", " ").split()[-MOST_WORDS:]
    for first in range(len(last)):
        number = number_said(" ".join(last[first:]), language)
        if number is not None:
            return number
    return None
