"""Statements (Stmt), reports of the day (Rpt) and notices (Ntfctn), put together while the file streams by.

Balances: the opening one is OPBD (the earliest of several), or PRCD, the closing one of the day before; the closing
one is CLBD (the latest of several). A camt.053 of several pages has ITBD between them, which opens and closes a
page. What is available (OPAV, CLAV, FWAV) or expected is no balance of the account. Reports of the day and notices
usually have no balances: then there is none, and nothing is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pilothouse.intake.camt.entries import (
    Detail,
    Element,
    Money,
    Unreadable,
    inside,
    is_booked,
    movements_of,
    parts_of,
    read_account,
    read_amount,
    read_day,
    read_detail,
    read_direction,
    read_entry,
    read_money,
    words_of,
)
from pilothouse.intake.papers import Balance, Movement, Problem, Statement
from pilothouse.intake.shapes import amount_text
from pilothouse.intake.statements import MOST_STATEMENTS, Faults, check_balances, check_order
from pilothouse.intake.xml import Refused, Take, line_of

MOST_DETAILS = 200_000
MOST_GAPS = 10_000

_STATEMENT = "Stmt"
_KINDS = (_STATEMENT, "Rpt", "Ntfctn")


class NamedBalance(NamedTuple):
    """A balance with the code of its kind (OPBD, CLBD, …)."""

    kind: str
    day: date | None
    amount: Decimal
    currency: str


@dataclass(slots=True)
class Sums:
    """What entries add up to: booked ones, and all."""

    booked: Decimal = Decimal(0)
    booked_count: int = 0
    all: Decimal = Decimal(0)
    all_count: int = 0

    def add(self, money: Money, *, booked: bool) -> None:
        self.all += money.amount
        self.all_count += 1
        if booked:
            self.booked += money.amount
            self.booked_count += 1


@dataclass(slots=True)
class Draft:
    """A statement while its entries are read."""

    own_account: str | None = None
    made_on: date | None = None
    movements: list[Movement] = field(default_factory=list)
    currencies: set[str] = field(default_factory=set)
    money_in: Sums = field(default_factory=Sums)
    money_out: Sums = field(default_factory=Sums)
    gaps: int = 0
    faults: Faults = field(default_factory=lambda: Faults("camt"))


class Statements:
    """Takes the elements of a CAMT file as they end, in the order of the file."""

    def __init__(self) -> None:
        self._papers: list[Statement] = []
        self._faults = Faults("camt")
        self._draft: Draft | None = None
        self._seen = 0
        self._details: list[Detail] = []
        self.take: Mapping[str, Take] = {
            "TxDtls": self._take_detail,
            "Ntry": self._take_entry,
            **dict.fromkeys(_KINDS, self._take_statement),
        }

    def read(self) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
        self._faults.add(*check_order("camt", self._papers))
        return tuple(self._papers), self._faults.all()

    def _take_detail(self, detail: Element) -> None:
        if len(self._details) == MOST_DETAILS:
            raise _too_much(f"an entry of more than {MOST_DETAILS:,} transactions")
        self._details.append(read_detail(detail))

    def _take_entry(self, entry: Element) -> None:
        details, self._details = self._details, []
        around = entry.getparent()
        if around is None or _local(around) not in _KINDS:
            return
        if self._draft is None:
            self._draft = Draft(own_account=read_account(inside(around, "Acct")), made_on=_created(around))
        try:
            _book(self._draft, entry, details)
        except Unreadable as reason:
            place = f"line {line_of(entry)}"
            self._draft.gaps += 1
            if self._draft.gaps > MOST_GAPS:
                raise _too_much(f"more than {MOST_GAPS:,} entries that cannot be read") from reason
            self._draft.faults.say("entry", f"The entry cannot be read: {reason}. It is left out.", place)

    def _take_statement(self, element: Element) -> None:
        self._seen += 1
        if self._seen > MOST_STATEMENTS:
            raise _too_much(f"more than {MOST_STATEMENTS:,} statements")
        draft, self._draft = self._draft or Draft(made_on=_created(element)), None
        self._details.clear()
        of_entries = draft.faults
        paper = _read_statement(draft, element)
        if paper.account or paper.movements or paper.opening or paper.closing:
            self._papers.append(paper)
            return
        words = (
            "A statement of the file names no account, no balance and no booked entry, so nothing can be taken from "
            "it. Fetch it again from the bank."
        )
        self._faults.say("empty", words, f"line {line_of(element)}")
        self._faults.join(of_entries)


def _too_much(what: str) -> Refused:
    words = f"The file has {what}; that is no bank's, and is not read. Export a shorter period."
    return Refused("camt.size", words)


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _created(element: Element) -> date | None:
    """The day a statement was made."""
    try:
        return date.fromisoformat(words_of(element, "CreDtTm")[:10])
    except ValueError:
        return None


def _book(draft: Draft, element: Element, details: list[Detail]) -> None:
    parts, place = parts_of(element), f"line {line_of(element)}"
    money, money_in = amount = read_amount(parts)
    booked = is_booked(parts)
    (draft.money_in if money_in else draft.money_out).add(money, booked=booked)
    if not booked:
        return
    entry = read_entry(parts, amount, otherwise=draft.made_on, place=place)
    if not entry.day_said:
        words = "The entry has no day; it is given the day on which the bank made the statement."
        draft.faults.say("day", words, entry.place, warning=True)
    draft.currencies.add(entry.currency)
    draft.movements += movements_of(entry, details, draft.own_account)


def _read_statement(draft: Draft, element: Element) -> Statement:
    # Whether it adds up is said even when its entries have more faults than are shown.
    of_entries, draft.faults = draft.faults, Faults("camt")
    place = f"line {line_of(element)}"
    balances = [balance for one in element.iterchildren("{*}Bal") if (balance := _read_balance(one, draft))]
    opening, closing = _opening(element, balances), _closing(element, balances)
    currencies = [
        words_of(element, "Acct", "Ccy"),
        *(balance.currency for balance in (opening, closing, *balances) if balance),
        *sorted(draft.currencies),
    ]
    currency = next(filter(None, currencies), "")
    account = read_account(inside(element, "Acct"))
    first, last = _balance(opening), _balance(closing)
    if not account:
        draft.faults.say("account", "The statement names no account, so it is not known whose it is.", place)
    used = {*draft.currencies, *(balance.currency for balance in (opening, closing) if balance)}
    if used - {currency, ""}:
        _several_currencies(draft, used | {currency}, place)
    else:
        amounts = (movement.amount for movement in draft.movements)
        draft.faults.add(*check_balances("camt", first, amounts, last, place))
    _check_complete(draft, element, opening, closing)
    _check_sums(draft, element)
    owner = inside(element, "Acct", "Ownr")
    return Statement(
        account=account,
        currency=currency,
        number=next(filter(None, (words_of(element, name) for name in _NUMBERS)), None),
        opening=first,
        closing=last,
        movements=tuple(draft.movements),
        holder=words_of(owner, "Nm") or words_of(owner, "Pty", "Nm") or None,
        problems=(*of_entries.all(), *draft.faults.all()),
    )


_NUMBERS = ("LglSeqNb", "ElctrncSeqNb", "Id")  # that of the paper, that of the file, any


def _several_currencies(draft: Draft, used: set[str], place: str) -> None:
    words = (
        f"The statement speaks of several currencies ({', '.join(sorted(filter(None, used)))}), while an account has "
        "one. Amounts are kept as written, and whether the balances hold cannot be said."
    )
    draft.faults.say("currency", words, place)


def _read_balance(element: Element, draft: Draft) -> NamedBalance | None:
    kind = inside(element, "Tp")
    code = words_of(kind, "CdOrPrtry", "Cd") or words_of(kind, "Cd")
    if code not in _BALANCES:
        return None
    parts = parts_of(element)
    money, money_in = read_money(parts.get("Amt")), read_direction(parts)
    if money is None or money_in is None:
        words = f"The balance {code} cannot be read: its amount or its direction is missing. It is left out."
        draft.faults.say("balance_unreadable", words, f"line {line_of(element)}")
        return None
    amount = money.amount if money_in else -money.amount
    return NamedBalance(code, read_day(inside(element, "Dt")), amount, money.currency)


_BALANCES = ("OPBD", "PRCD", "CLBD", "ITBD")


def _of_kind(balances: list[NamedBalance], kind: str) -> list[NamedBalance]:
    """Those of a kind, the earliest first; those without a day stay where they stand."""
    found = [balance for balance in balances if balance.kind == kind]
    return sorted(found, key=lambda balance: balance.day or date.min) if all(b.day for b in found) else found


def _opening(element: Element, balances: list[NamedBalance]) -> NamedBalance | None:
    found = _of_kind(balances, "OPBD") or _of_kind(balances, "PRCD")
    between = _of_kind(balances, "ITBD") if _local(element) == _STATEMENT else []
    if not found and (len(between) > 1 or _of_kind(balances, "CLBD")):
        found = between
    return found[0] if found else None


def _closing(element: Element, balances: list[NamedBalance]) -> NamedBalance | None:
    found = _of_kind(balances, "CLBD")
    between = _of_kind(balances, "ITBD") if _local(element) == _STATEMENT else []
    if not found and (len(between) > 1 or _of_kind(balances, "OPBD") or _of_kind(balances, "PRCD")):
        found = between
    return found[-1] if found else None


def _balance(balance: NamedBalance | None) -> Balance | None:
    return Balance(balance.day, balance.amount) if balance else None


def _check_complete(
    draft: Draft, element: Element, opening: NamedBalance | None, closing: NamedBalance | None
) -> None:
    """A camt.053 has both balances, unless it is one page of several."""
    one_page = inside(element, "StmtPgntn") is None
    if _local(element) == _STATEMENT and one_page and not (opening and closing):
        missing = "opening" if closing else "closing" if opening else "opening and closing"
        words = (
            f"The statement has no {missing} balance, so it cannot be proved whole. Compare it with what the bank "
            "shows."
        )
        draft.faults.say("incomplete", words, f"line {line_of(element)}", warning=True)


def _check_sums(draft: Draft, element: Element) -> None:
    """The sums the bank gives are of booked entries or of all, which it does not say."""
    summary = inside(element, "TxsSummry")
    for name, way, sums in (("TtlCdtNtries", "in", draft.money_in), ("TtlDbtNtries", "out", draft.money_out)):
        total = inside(summary, name)
        if total is None:
            continue
        said, count = read_money(inside(total, "Sum")), words_of(total, "NbOfNtries")
        place = f"line {line_of(total)}"
        if said and said.amount not in {sums.booked, sums.all}:
            words = (
                f"The bank's sum does not hold: it says {amount_text(said.amount)} {way}, and the booked entries give "
                f"{amount_text(sums.booked)}. Entries are missing or wrong: fetch the file again, or ask the bank."
            )
            draft.faults.say("control", words, place)
        if count.isdecimal() and int(count) not in {sums.booked_count, sums.all_count}:
            words = f"The bank counts {count} entries {way}; the file holds {sums.booked_count} booked ones."
            draft.faults.say("count", words, place, warning=True)
