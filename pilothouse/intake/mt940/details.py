"""Field 86: who stands on the other side, and what for? The standard leaves it to the banks; these are their ways.

- German and many others: three digits, then parts of two digits behind a mark ("166?00…?20…?32…"; the mark may be
  ?, >, <, ~ and others). 20 to 29 and 60 to 63 are the purpose, in which SEPA words stand (EREF+, SVWZ+ …), 30 the
  bank, 31 and 38 the account, 32 and 33 the name.
- Dutch and other international banks: words between slashes (/NAME/…/REMI/…), at ING /CNTP/account/bank/name/.
- ABN AMRO's older way: "IBAN: … BIC: … NAAM: … OMSCHRIJVING: …".
- mBank: "na rach.: …; dla: …; tyt.: …".
- ASN, SNS and Rabobank put the other account into field 61, or the name under it.
- Fields called :NS:, lines that start with two digits: 01 to 14 the purpose, 15 and 16 the name.

Text that follows none of these is kept whole. A line of 65 characters, the longest there is, goes on in the next one
without a space; one of 64 has lost the space at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pilothouse.intake.communications import find_structured, given_reference
from pilothouse.intake.papers import Counterparty
from pilothouse.intake.statements import LONGEST_TEXT, looks_like_iban, squeezed, without_spaces

_WIDTH = 65
_TRIODOS = ">"
_SHORTEST_ACCOUNT = 7
_NOTHING_SAID = {"", "NONREF", "NOTPROVIDED", "NOT PROVIDED", "NOTPROVIDED/"}
_KEYWORDS = {"EREF", "KREF", "MREF", "MARF", "PREF", "CREF", "IREF"}  # field 61 says: see field 86

_PARTS = re.compile(r"\s*(?P<code>\d{3})?(?P<mark>[?><~@^|!#*])(?=\d\d)", re.ASCII)
_SURE_MARKS = "?~"  # without the three digits, other marks may be words
_SEPA = re.compile(r"(EREF|KREF|MREF|CRED|DEBT|COAM|OAMT|SVWZ|ABWA|ABWE|IBAN|BIC|PURP|RREF|RCUR)[+:]")
_SLASHED = re.compile(r"\s*/[A-Z]{2,4}/")
_CODES = (
    "TRTP|IBAN|BIC|NAME|REMI|EREF|PREF|IREF|KREF|MARF|CSID|CDID|ISDT|BENM|ORDP|CNTP|ADDR|ID|INIT|PURP|RTRN|RTRN1|"
    "ULTC|ULTD|ULTB|SVCL|EXCH|CHGS|CHG1|OCMT|OAMT|COAM|TRCD|INFO|BKCD|CDTRREF|DBTR|CDTR|SUM"
)
_CODE = re.compile(rf"/({_CODES})/")
_KINDS_OF_REMITTANCE = re.compile(r"(?:USTD|STRD/(?:CUR|ISO|[A-Z]{3})?)/{1,2}|CD/")
_OF_OTHERS = {"ULTC", "ULTD", "ULTB", "INIT"}
_LABELS = (
    "IBAN|BIC|NAAM|NAME|OMSCHRIJVING|KENMERK|BETALINGSKENM\\.|MACHTIGING|INCASSANT|VOOR|EREF|TRANSACTIENR"
)
_LABEL = re.compile(rf"(?<!\w)({_LABELS})\s*:\s*")
_MBANK = re.compile(r"(na rach\.|z rach\.|dla|od|tyt\.|TNR)\s*:\s*")
_FILLER = re.compile(r"\s*[ÿ˙]\s*\Z")  # Polish banks fill an empty part with the byte FF
_ACCOUNT = re.compile(r"P?\d{9,10}", re.ASCII)
_BIC = re.compile(r"[A-Z]{6}[A-Z0-9]{2,5}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Details:
    counterparty: Counterparty
    structured: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one way of writing gives: everything as written, nothing proved."""

    name: str = ""
    account: str = ""
    bic: str = ""
    words: str = ""
    reference: str = ""  # the payer's own, said where there are no other words
    given: str | None = None  # a proved structured communication from a place made for one


def read_details(lines: list[str], reference: str, supplement: str, own_account: str) -> Details:
    """Fields 86 of a movement with what field 61 says besides: its reference, and the lines under it."""
    said = _said(_beginning(lines), own_account)
    account, name, words = said.account, said.name, said.words
    if _is_account(supplement):  # Rabobank: under the line
        account = account or supplement
    elif looks_like_iban(reference) or (_is_account(reference) and words.startswith(reference)):
        account, name = account or reference, name or supplement  # ASN, SNS: as the reference
        reference = ""
    else:
        words = words or supplement
    structured, words = (said.given, words) if said.given else find_structured(words)
    if not structured and not words:
        own = "" if reference in _NOTHING_SAID | _KEYWORDS else reference
        structured, words = find_structured(said.reference or own)
    counterparty = Counterparty(squeezed(name) or None, without_spaces(account) or None, said.bic or None)
    return Details(counterparty, structured, words)


def _beginning(lines: list[str]) -> list[str]:
    """The lines up to `LONGEST_TEXT` characters, of which a field 86 may have 390."""
    left, kept = LONGEST_TEXT, []
    for line in lines:
        if left <= 0:
            break
        kept.append(line[:left])
        left -= len(line) + 1
    return kept


def _is_account(text: str) -> bool:
    return looks_like_iban(text) or bool(_ACCOUNT.fullmatch(text))


def _said(lines: list[str], own_account: str) -> Said:
    joined = "".join(f"{line} " if len(line) == _WIDTH - 1 else line for line in lines)
    parts = _PARTS.match(joined)
    if parts and (parts["code"] or parts["mark"] in _SURE_MARKS):
        return _in_parts(joined, parts["mark"], own_account)
    if _SLASHED.match(joined):
        return _between_slashes(joined)
    text = unwrapped(lines)
    for labels, read in ((_LABEL, _labelled), (_MBANK, _of_mbank)):
        found = dict(_behind(labels, text))
        if len(found) > 1:
            return read(text, found)
    return Said(words=squeezed(text))


def unwrapped(lines: Iterable[str]) -> str:
    """One text: lines as long as can be go on in the next one, others end a word."""
    text, full = "", True
    for line in lines:
        text += line if full else f" {line}"
        full = len(line) == _WIDTH
    return text


def _in_parts(text: str, mark: str, own_account: str) -> Said:
    parts: dict[str, str] = {}
    for part in text.split(mark)[1:]:
        if part[:2].isdecimal():
            parts[part[:2]] = parts.get(part[:2], "") + _FILLER.sub("", part[2:])
        else:  # the mark itself was written in a purpose
            last = next(reversed(parts))
            parts[last] += mark + part
    purpose = "".join(text for key, text in parts.items() if "20" <= key <= "29")
    more = "".join(text for key, text in parts.items() if "60" <= key <= "63")
    sepa, words = _sepa_words(purpose)
    account = parts.get("31", "").strip()
    longer = parts.get("38", "").strip()
    account = longer if looks_like_iban(without_spaces(longer)) else account or longer
    if len(account) >= _SHORTEST_ACCOUNT and account in own_account:
        account = ""
    if mark == _TRIODOS:  # 31 is the account itself, and 10 is the other one, not the number of a voucher
        account = account or parts.get("10", "").strip()
    return Said(
        name=parts.get("32", "") + parts.get("33", ""),
        account=account or sepa.get("IBAN", ""),
        bic=without_spaces(parts.get("30", "")) or sepa.get("BIC", ""),
        words=squeezed(f"{words} {more}") or squeezed(parts.get("00", "")),
        reference=sepa.get("EREF") or sepa.get("KREF", ""),
    )


def _sepa_words(purpose: str) -> tuple[dict[str, str], str]:
    """The SEPA words of a purpose, and what the payer wrote: SVWZ, or what stands before the first of them."""
    found = _behind(_SEPA, purpose)
    sepa = {word: squeezed(text) for word, text in found}
    first = _SEPA.search(purpose)
    before = purpose[: first.start()] if first else purpose
    said = {word: text for word, text in sepa.items() if text.upper() not in _NOTHING_SAID}
    return said, sepa.get("SVWZ") or squeezed(before)


def _between_slashes(text: str) -> Said:
    values: dict[str, str] = {}
    before = ""
    for code, value in _behind(_CODE, text):
        if before not in _OF_OTHERS or code != "NAME":
            values.setdefault(code, squeezed(value.strip("/ ")))
        before = code
    account, bic, name = (*values.get("CNTP", "").split("/"), "", "", "")[:3]
    remittance = values.get("REMI", "")
    kind = _KINDS_OF_REMITTANCE.match(remittance)
    words = remittance[kind.end() :] if kind else remittance
    given = given_reference(words) if kind and kind.group().startswith("STRD") else None
    reference = values.get("EREF", "")
    known = {*values} & {"REMI", "EREF", "NAME", "CNTP", "IBAN"}
    return Said(
        name=values.get("NAME") or name,
        account=values.get("IBAN") or account,
        bic=values.get("BIC") or bic,
        words=("" if given else words) if known else squeezed(text),
        reference=reference if reference.upper() not in _NOTHING_SAID else values.get("TRTP", ""),
        given=given,
    )


def _behind(labels: re.Pattern[str], text: str) -> list[tuple[str, str]]:
    """Each label with what stands behind it, up to the next one."""
    found = list(labels.finditer(text))
    ends = [match.start() for match in found]
    return [
        (match.group(1), text[match.end() : end])
        for match, end in zip(found, [*ends[1:], len(text)], strict=False)
    ]


def _labelled(text: str, found: dict[str, str]) -> Said:
    """ABN AMRO; two spaces end a name."""
    bic = _BIC.match(found.get("BIC", ""))
    name = found.get("NAAM") or found.get("NAME", "")
    account = found.get("IBAN", "").split()
    return Said(
        name=re.split(r"\s{2,}", name.strip())[0],
        account=account[0] if account and looks_like_iban(account[0]) else "",
        bic=bic.group() if bic else "",
        words=squeezed(text),
    )


def _of_mbank(text: str, found: dict[str, str]) -> Said:
    account = found.get("na rach.") or found.get("z rach.", "")
    name = found.get("dla") or found.get("od", "")
    return Said(name=name.strip("; "), account=account.strip("; "), words=squeezed(text))


def read_ns(lines: list[str]) -> Details:
    """A field :NS: under a movement."""
    parts = [(line[:2], line[2:]) for line in lines]
    purpose = squeezed(" ".join(text for key, text in parts if "01" <= key <= "14"))
    name = squeezed(" ".join(text for key, text in parts if key in {"15", "16"}))
    structured, words = find_structured(purpose)
    return Details(Counterparty(name or None), structured, words)


def holder_of_ns(lines: list[str]) -> str:
    """A field :NS: at the head of a statement names the holder in line 22."""
    return next((squeezed(line[2:]) for line in lines if line.startswith("22")), "")
