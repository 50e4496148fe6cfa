"""Structured communications: the reference a payer copies from an invoice, proved by its check digits.

Two kinds are known: the Belgian OGM/VCS of 12 digits, whose last two are the first ten modulo 97 (97 for 0),
and the ISO 11649 creditor reference "RF…". Limits: a reference with wrong check digits is text, never
corrected; in free text a Belgian one is only seen when written as one (+++123/4567/89012+++, ***…***, or with
the slashes), because one in a hundred numbers of 12 digits has right check digits by chance.
"""

from __future__ import annotations

import re

from stdnum import iso11649

LONGEST = 20_000  # beyond this a text is no communication, and looking for one in it would take long
_BELGIAN = re.compile(r"(?<![\d/])(?:[+*]{3}\s*)?(\d{3})/(\d{4})/(\d{5})(?:\s*[+*]{3})?(?![\d/])", re.ASCII)
_PRINTED = re.compile(r"[+*]{0,3}\s*(\d{3})[/ ]?(\d{4})[/ ]?(\d{5})\s*[+*]{0,3}", re.ASCII)
_MARKED = re.compile(r"([+*])\1\1\s*(\d{12})\s*\1\1\1", re.ASCII)
_CREDITOR = re.compile(r"\bRF\d{2}[0-9A-Z]{1,21}\b", re.ASCII)
_CREDITOR_PRINTED = re.compile(r"\bRF\d{2}(?: [0-9A-Z]{4}){1,5}(?: [0-9A-Z]{1,3})?\b", re.ASCII)
_CREDITOR_IN_BLOCKS = re.compile(r"RF\d{2}(?: ?[0-9A-Z]){1,21}", re.ASCII)


def belgian_reference(digits: str) -> str | None:
    """The 12 digits of an OGM/VCS when the check digits are right, else None.

    >>> belgian_reference("090933755493"), belgian_reference("090933755494")
    ('090933755493', None)
    """
    if len(digits) != 12 or not (digits.isascii() and digits.isdigit()):
        return None
    return digits if int(digits[10:]) == (int(digits[:10]) % 97 or 97) else None


def creditor_reference(text: str) -> str | None:
    """The ISO 11649 reference without its spaces when the check digits are right, else None.

    >>> creditor_reference("RF18 5390 0754 7034"), creditor_reference("RF17 5390 0754 7034")
    ('RF18539007547034', None)
    """
    if not _CREDITOR_IN_BLOCKS.fullmatch(text):
        return None
    compact = text.replace(" ", "")
    return compact if iso11649.is_valid(compact) else None


def given_reference(text: str) -> str | None:
    """The structured communication of a place made for one, printed or bare; None when it is not proved.

    >>> given_reference("+++090/9337/55493+++"), given_reference("090933755493"), given_reference("INV 7")
    ('090933755493', '090933755493', None)
    """
    belgian = _PRINTED.fullmatch(text.strip())
    return belgian_reference("".join(belgian.groups())) if belgian else creditor_reference(text.strip())


def find_structured(text: str) -> tuple[str | None, str]:
    """The first structured communication in free text and the words around it.

    >>> find_structured("+++090/9337/55493+++ thank you")
    ('090933755493', 'thank you')
    >>> find_structured("+++090/9337/55494+++")
    (None, '+++090/9337/55494+++')
    """
    if len(text) > LONGEST:
        return None, text
    whole = creditor_reference(text.strip())
    if whole:
        return whole, ""
    for pattern in (_BELGIAN, _MARKED, _CREDITOR):
        for match in pattern.finditer(text):
            found = _proved(match)
            if found:
                return found, _around(text, match.start(), match.end())
    return _printed_in_blocks(text) or (None, text)


def _printed_in_blocks(text: str) -> tuple[str, str] | None:
    """An ISO 11649 reference in blocks of four; words in capitals behind it may look like blocks of it."""
    for match in _CREDITOR_PRINTED.finditer(text):
        blocks = match.group().split(" ")
        for last in range(len(blocks), 1, -1):
            printed = " ".join(blocks[:last])
            found = creditor_reference(printed)
            if found:
                return found, _around(text, match.start(), match.start() + len(printed))
    return None


def _around(text: str, start: int, end: int) -> str:
    return " ".join(f"{text[:start]} {text[end:]}".split())


def _proved(match: re.Match[str]) -> str | None:
    if match.re is _CREDITOR:
        return creditor_reference(match.group())
    return belgian_reference("".join(match.groups()) if match.re is _BELGIAN else match.group(2))
