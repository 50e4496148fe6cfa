"""What is this firm called, once everything is taken off that is not its name?

Case, accents and punctuation go, legal forms at either end ("NV", "S.A.R.L.", "GmbH & Co. KG"), what payment
services put in front ("PAYPAL *", "SumUp *"), what a card terminal or bank adds ("AANKOOP BANCONTACT", "PRLV SEPA"),
and order codes.
Limits: a city behind a shop's name stays, and two spellings of one name stay two.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


def word_set(words: str) -> frozenset[str]:
    """A set of words written in one string."""
    return frozenset(words.split())


# What stands behind a name in Belgium, France, the Netherlands, Luxembourg, Germany, Austria, Switzerland,
# Britain, Ireland, and of neighbours whose firms send invoices there.
LEGAL_FORMS = word_set(
    "nv sa bv bvba sprl srl sprlu vzw asbl ivzw aisbl cv cvba cvoa scrl sc scri scs gcv commv commva vof "
    "snc sca sas sasu sarl sarls eurl eirl sci scop gie gmbh gesmbh ag kg kgaa ohg ug mbh ev eg se gbr "
    "ltd limited plc llp lp llc inc incorporated corp corporation dac uc ulc pty pte ab aps oy spa sl slu "
    "lda sro kft doo co cie rl"
)
# Only these are also written in front of a name; "AG Insurance" must keep its first word.
FORMS_IN_FRONT = word_set("nv sa bv bvba sprl srl vzw asbl cvba scrl sarl sas eurl")
# Forms a sickness fund or a union may have as well: they do not prove a trading firm.
ASSOCIATIONS = frozenset(["vzw", "asbl", "ivzw", "aisbl", "ev"])
_CONNECTORS = frozenset(["et", "en", "und", "and"])
_PUBLIC_LAW = (" van publiek recht", " de droit public")
_SERVICES = re.compile(
    r"^\s*(?:paypal|pp|sumup|sq|i?zettle|iz|stripe|sp|mollie|adyen|klarna|ccv|worldline|payconiq|payplug|nexi)"
    r"\s*[*_]+\s*",
    re.IGNORECASE,
)
# What banks write in front of a name, and the words that follow it there.
_BANK_VERBS = word_set(
    "aankoop achat betaling paiement kaartbetaling kartenzahlung kartenkauf "
    "prlv prelevement vir virement overschrijving domiciliering domiciliation incasso lastschrift uberweisung"
)
_BANK_WORDS = word_set(
    "met par kaart carte card debit debet bancontact maestro visa mastercard contactloos contactless sans "
    "contact payconiq terminal via cb sepa europeen europese inst instantane core b2b recurrent doorlopende emis"
)
_IDEAL = re.compile(r"^\s*iDEAL\s+(?=\S)")  # so written it is the Dutch way of paying, and no firm's name
_BETWEEN_LETTERS = re.compile(r"\b([^\W\d_])\.(?=[^\W\d_]\b)")
_LONG_NUMBER = re.compile(r"\d{4}")
_NOT_WORD = re.compile(r"[\W_]+")
_LONGEST_NAME = 100


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Lower case words with single spaces: no accents, no punctuation; "S.A." is one word.

    >>> plain("Hébergement – S.A. Dupont & Fils")
    'hebergement sa dupont fils'
    """
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    text = text.casefold()
    if "." in text:
        text = _BETWEEN_LETTERS.sub(r"\1", text)
    return _NOT_WORD.sub(" ", text).strip()


@lru_cache(maxsize=65536)
def telling(text: str) -> str:
    """The plain words that say what a thing is: without words that hold a long number.

    >>> telling("Factuur 2026-00123: Office 365, Windows 11")
    'factuur office 365 windows 11'
    """
    words = plain(text)
    if not _LONG_NUMBER.search(words):
        return words
    return " ".join(word for word in words.split() if not _LONG_NUMBER.search(word))


@lru_cache(maxsize=65536)
def clean_name(name: str) -> str:
    """The name by which a firm is found again; empty only where there is no letter and no digit.

    >>> clean_name("PAYPAL *SPOTIFY"), clean_name("Müller & Söhne GmbH & Co. KG"), clean_name("B.V. Jansen")
    ('spotify', 'muller sohne', 'jansen')
    >>> clean_name("AANKOOP BANCONTACT COLRUYT 3150"), clean_name("MSFT * E0600KXYZ1"), clean_name("PRLV SEPA EDF")
    ('colruyt', 'msft', 'edf')
    """
    words: list[str] = []
    cleaned = _within_length(plain(_SERVICES.sub("", _IDEAL.sub("", name))).split())
    while cleaned != words:
        words = cleaned
        cleaned = _without_forms(_without_codes(_without_bank(_joined_letters(words))))
    return " ".join(cleaned)


def has_trading_form(name: str) -> bool:
    """Whether a legal form of a trading firm stands at either end of the name.

    >>> [has_trading_form(name) for name in ("Van Loon BV", "Ziekenfonds Zuid vzw", "Jan Peeters")]
    [True, False, False]
    """
    words = _joined_letters(plain(name).split())
    if len(words) < 2:
        return False
    return words[-1] in LEGAL_FORMS - ASSOCIATIONS or words[0] in FORMS_IN_FRONT - ASSOCIATIONS


def _within_length(words: list[str]) -> list[str]:
    return " ".join(words)[:_LONGEST_NAME].split()


def _joined_letters(words: list[str]) -> list[str]:
    """ "s a" at the end is "sa" where that is a legal form."""
    for count in (4, 3, 2):
        last = words[-count:]
        if len(words) > count and all(len(w) == 1 for w in last) and "".join(last) in LEGAL_FORMS:
            return [*words[:-count], "".join(last)]
    return words


def _without_bank(words: list[str]) -> list[str]:
    if not words or words[0] not in _BANK_VERBS:
        return words
    kept = 1
    while kept < len(words) and words[kept] in _BANK_WORDS:
        kept += 1
    return words[kept:] or words


def _without_codes(words: list[str]) -> list[str]:
    return [w for w in words if not _is_code(w)] or words


def _is_code(word: str) -> bool:
    """Terminal, order and post code numbers; "365", "3cx" and "1und1" belong to names."""
    digits = sum(c.isdigit() for c in word)
    return digits >= 4 or (digits >= 3 and len(word) >= 6)


def _without_forms(words: list[str]) -> list[str]:
    kept = " ".join(words)
    for phrase in _PUBLIC_LAW:
        kept = kept.removesuffix(phrase)
    words = kept.split()
    while len(words) > 1 and (words[-1] in LEGAL_FORMS or words[-1] in _CONNECTORS):
        words.pop()
    while len(words) > 1 and words[0] in FORMS_IN_FRONT:
        words.pop(0)
    return words
