"""One entry (Ntry) of a CAMT statement: is it booked, and which movements is it?

The sign is that of CdtDbtInd alone: a reversal (RvslInd) already says there which way the money went this time. Who
stands on the other side is another matter: debtor and creditor keep the parts they had in the payment that is
reversed.

An amount, direction or day that cannot be read makes the entry `Unreadable`: nobody guesses an amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from lxml import etree

from pilothouse.intake.communications import find_structured, given_reference
from pilothouse.intake.papers import Counterparty, Movement
from pilothouse.intake.shapes import amount_text
from pilothouse.intake.statements import squeezed, without_spaces
from pilothouse.intake.xml import line_of

DETAILS_SHOWN = 25

_NOT_BOOKED = {"PDNG", "INFO", "FUTR"}
_NOTHING_SAID = {"", "NOTPROVIDED", "NOT PROVIDED", "NONREF"}
_NUMBER = re.compile(r"\d{1,18}(?:\.\d{0,17})?|\.\d{1,17}", re.ASCII)

Element = etree._Element
Parts = dict[str, Element]


class Unreadable(ValueError):
    """An entry cannot be read; the words say what is missing."""


@dataclass(frozen=True, slots=True)
class Money:
    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Side:
    """Debtor or creditor with account and bank."""

    name: str | None
    account: str | None
    bic: str | None


@dataclass(frozen=True, slots=True)
class Detail:
    """A transaction of an entry (TxDtls). `amounts` are those it may be booked with, the likeliest first."""

    amounts: tuple[Money, ...]
    money_in: bool | None
    debtor: Side
    creditor: Side
    reference: str
    own_reference: str
    structured: str | None
    words: str
    note: str
    code: str | None
    return_reason: str | None
    place: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A booked entry without its details; `amount` has its sign."""

    amount: Decimal
    currency: str
    money_in: bool
    reversal: bool
    day: date
    day_said: bool
    value_day: date | None
    reference: str
    number: str
    note: str
    code: str | None
    place: str


def parts_of(element: Element | None) -> Parts:
    """The first of each of an element's parts by local name: cheaper than looking for one after the other."""
    parts: Parts = {}
    for part in element if element is not None else ():
        parts.setdefault(part.tag.rpartition("}")[2], part)
    return parts


def inside(element: Element | None, *names: str) -> Element | None:
    """The first element along a path of local names, in whatever namespace."""
    for name in names:
        if element is None:
            return None
        element = next(element.iterchildren(f"{{*}}{name}"), None)
    return element


def words_of(element: Element | None, *names: str) -> str:
    """The text at the end of a path, with one space between words; "" where there is none."""
    found = inside(element, *names) if names else element
    return squeezed(found.text or "") if found is not None else ""


def read_money(element: Element | None) -> Money | None:
    """An amount without sign."""
    written = words_of(element)
    if element is None or not _NUMBER.fullmatch(written):
        return None
    return Money(Decimal(written), str(element.get("Ccy", "")))


def read_day(element: Element | None) -> date | None:
    """The day of a Dt or DtTm, as the bank writes it in its own time zone."""
    written = words_of(element, "Dt") or words_of(element, "DtTm")
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def read_direction(parts: Parts) -> bool | None:
    """True for money in."""
    return {"CRDT": True, "DBIT": False}.get(words_of(parts.get("CdtDbtInd")))


def read_account(account: Element | None) -> str | None:
    """IBAN where there is one, else the number as written; version 1 has elements of its own."""
    identity = parts_of(inside(account, "Id"))
    written = (
        words_of(identity.get("IBAN"))
        or words_of(identity.get("Othr"), "Id")
        or words_of(identity.get("PrtryAcct"), "Id")
        or words_of(identity.get("BBAN"))
    )
    return without_spaces(written) or None


def is_booked(entry: Parts) -> bool:
    status = entry.get("Sts")
    return (words_of(status) or words_of(status, "Cd")) not in _NOT_BOOKED


def read_amount(entry: Parts) -> tuple[Money, bool]:
    """The amount of an entry without its sign, and whether the money came in."""
    money = read_money(entry.get("Amt"))
    if money is None:
        raise Unreadable(f"its amount “{words_of(entry.get('Amt'))[:40]}” is no number")
    money_in = read_direction(entry)
    if money_in is None:
        raise Unreadable("it does not say whether money came in or went out (CdtDbtInd)")
    return money, money_in


def read_entry(entry: Parts, amount: tuple[Money, bool], *, otherwise: date | None, place: str) -> Entry:
    """The entry without its details; `otherwise` is its day where it says none."""
    money, money_in = amount
    booked, value = read_day(entry.get("BookgDt")), read_day(entry.get("ValDt"))
    day = booked or value or otherwise
    if day is None:
        raise Unreadable("it has no day that can be read")
    return Entry(
        amount=money.amount if money_in else -money.amount,
        currency=money.currency,
        money_in=money_in,
        reversal=words_of(entry.get("RvslInd")) in {"true", "1"},
        day=day,
        day_said=bool(booked or value),
        value_day=value,
        reference=words_of(entry.get("AcctSvcrRef")),
        number=words_of(entry.get("NtryRef")),
        note=words_of(entry.get("AddtlNtryInf")),
        code=_code(entry.get("BkTxCd")),
        place=place,
    )


def _code(code: Element | None) -> str | None:
    """Domain, family and sub-family ("PMNT-RCDT-ESCT"), or the bank's own code."""
    if code is None:
        return None
    family = inside(code, "Domn", "Fmly")
    standard = (words_of(code, "Domn", "Cd"), words_of(family, "Cd"), words_of(family, "SubFmlyCd"))
    return "-".join(filter(None, standard)) or words_of(code, "Prtry", "Cd") or None


def read_detail(detail: Element) -> Detail:
    """A transaction (TxDtls) of an entry."""
    parts = parts_of(detail)
    references = parts_of(parts.get("Refs"))
    parties, agents = parts_of(parts.get("RltdPties")), parts_of(parts.get("RltdAgts"))
    structured, words = _remittance(parts.get("RmtInf"))
    return Detail(
        amounts=tuple(_amounts(parts)),
        money_in=read_direction(parts),
        debtor=_side(parties, agents, "Dbtr"),
        creditor=_side(parties, agents, "Cdtr"),
        reference=words_of(references.get("AcctSvcrRef")),
        own_reference=words_of(references.get("EndToEndId")),
        structured=structured,
        words=words,
        note=words_of(parts.get("AddtlTxInf")),
        code=_code(parts.get("BkTxCd")),
        return_reason=_return_reason(parts.get("RtrInf")),
        place=f"line {line_of(detail)}",
    )


def _return_reason(returned: Element | None) -> str | None:
    """Why a payment was sent back: the code of the standard or the bank's own; version 1 calls it otherwise."""
    parts = parts_of(returned)
    reason = parts.get("Rsn", parts.get("RtrRsn"))
    return words_of(reason, "Cd") or words_of(reason, "Prtry") or None


def _amounts(detail: Parts) -> Iterator[Money]:
    amounts = parts_of(detail.get("AmtDtls"))
    written = [inside(amounts.get(kind), "Amt") for kind in ("TxAmt", "CntrValAmt", "InstdAmt")]
    for element in (detail.get("Amt"), *written):
        money = read_money(element)
        if money:
            yield money


def _side(parties: Parts, agents: Parts, part: str) -> Side:
    bank = inside(agents.get(f"{part}Agt"), "FinInstnId")
    return Side(
        name=_party_name(parties.get(part)) or _party_name(parties.get(f"Ultmt{part}")),
        account=read_account(parties.get(f"{part}Acct")),
        bic=words_of(bank, "BICFI") or words_of(bank, "BIC") or None,
    )


def _party_name(party: Element | None) -> str | None:
    """The name of a person or firm, from version 8 one step further inside, or of a bank."""
    if party is None:
        return None
    names = (words_of(party, *path) for path in (("Nm",), ("Pty", "Nm"), ("Agt", "FinInstnId", "Nm")))
    return next((name for name in names if name.upper() not in _NOTHING_SAID), None)


def _remittance(remittance: Element | None) -> tuple[str | None, str]:
    """The proved structured communication and everything else that was written."""
    if remittance is None:
        return None, ""
    blocks = list(remittance.iterchildren("{*}Strd"))
    given = [
        words_of(block, "CdtrRefInf", "Ref") or words_of(block, "CdtrRefInf", "CdtrRef") for block in blocks
    ]
    proved = next((found for found in map(given_reference, given) if found), None)
    words = " ".join(words_of(line) for line in remittance.iterchildren("{*}Ustrd"))
    if proved is None:
        proved, words = find_structured(words)
    rest = [reference for reference in given if given_reference(reference) is None]
    for block in blocks:
        rest += [words_of(document, "Nb") for document in block.iterchildren("{*}RfrdDocInf")]
        rest += [words_of(line) for line in block.iterchildren("{*}AddtlRmtInf")]
    return proved, squeezed(" ".join([words, *rest]))


def movements_of(entry: Entry, details: list[Detail], own_account: str | None) -> list[Movement]:
    """One movement for each detail where their amounts add up to the entry, else one for the entry."""
    if len(details) == 1:
        (detail,) = details
        reference = entry.reference or detail.reference or entry.number
        return [_movement(entry, detail, entry.amount, reference, own_account)]
    amounts = _split(entry, details)
    if not amounts:
        return [_whole(entry, details, own_account)]
    return [
        replace(
            _movement(
                entry, detail, amount, detail.reference or entry.reference or entry.number, own_account
            ),
            place=detail.place,
        )
        for detail, amount in zip(details, amounts, strict=True)
    ]


def _split(entry: Entry, details: list[Detail]) -> list[Decimal]:
    """The amounts of several details with their signs; [] where they do not add up to the entry."""
    if len(details) < 2:
        return []
    unsigned = [_booked_amount(entry, detail) for detail in details]
    amounts = [amount for amount in unsigned if amount is not None]
    if len(amounts) < len(details):
        return []
    ways = [entry.money_in if detail.money_in is None else detail.money_in for detail in details]
    signed = [amount if way else -amount for amount, way in zip(amounts, ways, strict=True)]
    # Some banks write the direction of the first payment under each part of what they reverse.
    all_alike = [amount if entry.money_in else -amount for amount in amounts]
    return next((found for found in (signed, all_alike) if sum(found, Decimal(0)) == entry.amount), [])


def _booked_amount(entry: Entry, detail: Detail) -> Decimal | None:
    return next((money.amount for money in detail.amounts if money.currency == entry.currency), None)


def _movement(
    entry: Entry, detail: Detail, amount: Decimal, reference: str, own_account: str | None
) -> Movement:
    structured, words = _said(detail, entry.note)
    return Movement(
        date=entry.day,
        value_date=entry.value_day,
        amount=amount,
        counterparty=_counterparty(entry, detail, own_account),
        communication=words,
        structured=structured,
        bank_reference=reference or None,
        place=entry.place,
        code=entry.code or detail.code,
        return_reason=detail.return_reason,
    )


def _whole(entry: Entry, details: list[Detail], own_account: str | None) -> Movement:
    """An entry without details, or with some that do not add up: they are words, and the money is the entry's."""
    shown = [_in_brackets(entry, detail, own_account) for detail in details[:DETAILS_SHOWN]]
    if len(details) > DETAILS_SHOWN:
        shown.append(f"[and {len(details) - DETAILS_SHOWN} more details]")
    structured, words = find_structured(entry.note)
    return Movement(
        date=entry.day,
        value_date=entry.value_day,
        amount=entry.amount,
        counterparty=_shared_counterparty(entry, details, own_account),
        communication=squeezed(" ".join([words, *shown])),
        structured=structured,
        bank_reference=entry.reference or entry.number or None,
        place=entry.place,
        code=entry.code,
    )


def _in_brackets(entry: Entry, detail: Detail, own_account: str | None) -> str:
    structured, words = _said(detail, "")
    amount = detail.amounts[0] if detail.amounts else None
    money = f"{amount_text(amount.amount)} {amount.currency}" if amount else None
    parts = (money, _counterparty(entry, detail, own_account).name, structured, words)
    return f"[{' '.join(part for part in parts if part)}]"


def _shared_counterparty(entry: Entry, details: list[Detail], own_account: str | None) -> Counterparty:
    found = {_counterparty(entry, detail, own_account) for detail in details}
    return found.pop() if len(found) == 1 else Counterparty()


def _said(detail: Detail, entry_note: str) -> tuple[str | None, str]:
    """What the payer wrote; the bank's words and the payer's own reference where the payer wrote nothing."""
    if detail.structured or detail.words:
        return detail.structured, detail.words
    own = "" if detail.own_reference.upper() in _NOTHING_SAID else detail.own_reference
    return find_structured(detail.note or entry_note or own)


def _counterparty(entry: Entry, detail: Detail, own_account: str | None) -> Counterparty:
    """The side that is not ours. Where only one side is named, it is the other one if its account is not ours."""
    sides = [detail.debtor, detail.creditor]
    if entry.money_in == entry.reversal:
        sides.reverse()
    theirs, ours = sides
    if (theirs.name or theirs.account) and (theirs.account is None or theirs.account != own_account):
        return Counterparty(theirs.name, theirs.account, theirs.bic)
    if ours.account and ours.account != own_account:
        return Counterparty(ours.name, ours.account, ours.bic)
    return Counterparty(None, None, theirs.bic)
