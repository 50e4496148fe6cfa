"""Numbers that look right and belong to nobody: their check digits hold, their ranges are not given out.

Belgian enterprise numbers start with 1, or with 0 and a digit from 2 on: ours start with 01. Belgian accounts of
the banks 990 to 999 are reserved and held by nobody. Foreign numbers start with zeros or name the bank “SAMP”,
which does not exist. All are derived from a word, so the same vendor has the same numbers in every run.
"""

from __future__ import annotations

from zlib import crc32

_ALPHABET = {letter: str(number) for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ", start=10)}


def enterprise_number(word: str) -> str:
    """Ten digits, the last two 97 minus the first eight modulo 97.

    >>> enterprise_number("firm")[:2]
    '01'
    """
    first = f"01{_digits(word, 6)}"
    return f"{first}{97 - int(first) % 97:02d}"


def vat_number(country: str, word: str) -> str:
    """A VAT number of Belgium, the Netherlands or Ireland."""
    return {"BE": _belgian_vat, "NL": _dutch_vat, "IE": _irish_vat}[country](word)


def iban(country: str, word: str) -> str:
    """An account in Belgium, the Netherlands or Ireland."""
    if country == "BE":
        first = f"99{_digits(word, 8)}"
        number = f"{first}{int(first) % 97 or 97:02d}"
    elif country == "NL":
        number = f"SAMP{_digits(word, 10)}"
    else:
        number = f"SAMP99{_digits(word, 12)}"
    return f"{country}{98 - _as_number(number + country + '00') % 97:02d}{number}"


def structured_communication(first: str) -> str:
    """A Belgian structured communication as it is written on an invoice, from its first ten digits.

    >>> structured_communication("0909337554")
    '+++090/9337/55493+++'
    """
    digits = f"{first}{int(first) % 97 or 97:02d}"
    return f"+++{digits[:3]}/{digits[3:7]}/{digits[7:]}+++"


def reference_base(word: str, year: int, number: int) -> str:
    """The first ten digits of a vendor's structured communications."""
    return f"{_digits(word, 4)}{year % 100:02d}{number:04d}"


def _digits(word: str, count: int) -> str:
    return f"{crc32(word.encode()) * 7919 % 10**count:0{count}d}"


def _as_number(text: str) -> int:
    return int("".join(_ALPHABET.get(sign, sign) for sign in text))


def _belgian_vat(word: str) -> str:
    return "BE" + enterprise_number(word)


def _dutch_vat(word: str) -> str:
    first = f"NL000{_digits(word, 6)}B"
    check = next(n for n in range(2, 99) if _as_number(f"{first}{n:02d}") % 97 == 1)
    return f"{first}{check:02d}"


def _irish_vat(word: str) -> str:
    digits = f"000{_digits(word, 4)}"
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, range(8, 1, -1), strict=True))
    return f"IE{digits}{'WABCDEFGHIJKLMNOPQRSTUV'[weighted % 23]}"
