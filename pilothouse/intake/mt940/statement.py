"""Fields to statements: which field belongs to which statement, and is each whole?

A message starts at field 20; where a bank leaves it out, at an opening balance or a movement behind the closing
balance. Pages of one statement end and start with a balance between (62M, 60M): where these agree they are put
together; where they do not, a page is missing, and it is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal

from pilothouse.intake.mt940.details import Details, holder_of_ns, read_details, read_ns
from pilothouse.intake.mt940.fields import END, Field
from pilothouse.intake.mt940.values import (
    StatementLine,
    Total,
    Unreadable,
    read_account,
    read_balance,
    read_currency,
    read_line,
    read_number,
    read_total,
)
from pilothouse.intake.papers import Balance, Movement, Statement
from pilothouse.intake.shapes import amount_text
from pilothouse.intake.statements import MOST_STATEMENTS, Faults, check_balances, check_order

_DETAILS_IN_25 = re.compile(r"\d{3}[?>~<]\d\d")


@dataclass(slots=True)
class Booking:
    """A field 61 with the fields behind it that belong to it."""

    line: StatementLine
    place: str
    details: list[str] = field(default_factory=list)
    ns: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Draft:
    """A message, or several pages of one, while its fields are read."""

    place: str
    account: str = ""
    currency: str = ""
    holder: str = ""
    number: str = ""
    opening: Balance | None = None
    closing: Balance | None = None
    starts_between: bool = False
    ends_between: bool = False
    of_the_day: bool = False  # a 942 has no balances
    out_total: Total | None = None
    in_total: Total | None = None
    ended: bool = False
    bookings: list[Booking] = field(default_factory=list)
    several_currencies: bool = False
    faults: Faults = field(default_factory=lambda: Faults("mt940"))

    @property
    def says_something(self) -> bool:
        return bool(self.account or self.opening or self.closing or self.bookings)


class Drafts:
    """Takes the fields of a file in their order."""

    def __init__(self) -> None:
        self._drafts: list[Draft] = []
        self._readers: dict[str, Callable[[Draft, Field], None]] = {
            "25": _read_account,
            "25P": _read_account,
            "28": _read_number,
            "28C": _read_number,
            "60": _read_opening,
            "60F": _read_opening,
            "60M": _read_opening,
            "61": _read_movement,
            "86": _read_details,
            "NS": _read_ns,
            "62": _read_closing,
            "62F": _read_closing,
            "62M": _read_closing,
            "34F": _read_floor,
            "13": _read_hour,
            "13D": _read_hour,
            "90D": _read_total,
            "90C": _read_total,
        }

    @property
    def too_many(self) -> bool:
        return len(self._drafts) > MOST_STATEMENTS

    def read(self, field: Field) -> None:
        if field.tag == END:
            if self._drafts:
                self._drafts[-1].ended = True
            return
        if (
            field.tag == "25"
            and self._drafts
            and self._drafts[-1].bookings
            and _DETAILS_IN_25.match(field.first)
        ):
            field.tag = "86"  # a program wrote the wrong tag: an account does not look like this
        draft = self._draft_for(field)
        read = self._readers.get(field.tag)
        if read is None:
            return
        try:
            read(draft, field)
        except Unreadable as reason:
            words = f"Field {field.tag} cannot be read: {reason}. It is left out."
            draft.faults.say("line", words, field.place)

    def _draft_for(self, field: Field) -> Draft:
        """The statement a field belongs to: the one before, or a new one that it starts."""
        last = self._drafts[-1] if self._drafts else None
        if last is None or field.tag == "20":
            self._drafts.append(Draft(field.place))
        elif _starts_another(last, field.tag):
            self._drafts.append(
                Draft(field.place, account=last.account, currency=last.currency, holder=last.holder)
            )
        return self._drafts[-1]

    def statements(self) -> tuple[list[Statement], Faults]:
        """The statements that say anything, and the problems of those that do not."""
        papers: list[Statement] = []
        faults = Faults("mt940")
        for draft in _pages_together(self._drafts):
            if draft.says_something:
                papers.append(_statement(draft))
            else:
                faults.join(draft.faults)
        faults.add(*check_order("mt940", papers))
        return papers, faults


def _starts_another(last: Draft, tag: str) -> bool:
    """Without a field 20: an opening balance or account behind movements, or a movement behind the end."""
    if tag[:2] in {"60", "25"}:
        return bool(last.bookings or last.closing)
    return tag == "61" and bool(last.closing or (last.ended and last.bookings))


def _read_account(draft: Draft, field: Field) -> None:
    draft.account = field.first


def _read_number(draft: Draft, field: Field) -> None:
    draft.number = read_number(field.first)


def _read_opening(draft: Draft, field: Field) -> None:
    draft.opening, currency = read_balance(field.first)
    draft.currency = currency or draft.currency
    draft.starts_between = field.tag == "60M"


def _read_closing(draft: Draft, field: Field) -> None:
    draft.closing, currency = read_balance(field.first)
    draft.ends_between = field.tag == "62M"
    if currency and draft.currency and currency != draft.currency:
        words = (
            f"The statement opens in {draft.currency} and closes in {currency}, while an account has one currency. "
            "Amounts are kept as written."
        )
        draft.faults.say("currency", words, field.place)
        draft.several_currencies = True
    draft.currency = draft.currency or currency


def _read_movement(draft: Draft, field: Field) -> None:
    draft.bookings.append(Booking(read_line(field.lines), field.place))


def _read_details(draft: Draft, field: Field) -> None:
    """Behind the closing balance, or before any movement, a field 86 speaks of the statement."""
    if draft.bookings and not draft.closing:
        draft.bookings[-1].details += field.lines


def _read_ns(draft: Draft, field: Field) -> None:
    if draft.bookings:
        draft.bookings[-1].ns += field.lines
    else:
        draft.holder = holder_of_ns(field.lines) or draft.holder


def _read_floor(draft: Draft, field: Field) -> None:
    draft.of_the_day = True
    draft.currency = draft.currency or read_currency(field.first)


def _read_hour(draft: Draft, field: Field) -> None:
    draft.of_the_day = True


def _read_total(draft: Draft, field: Field) -> None:
    total = read_total(field.first, field.place)
    draft.of_the_day = True
    draft.currency = draft.currency or total.currency
    if field.tag == "90D":
        draft.out_total = total
    else:
        draft.in_total = total


def _pages_together(drafts: list[Draft]) -> list[Draft]:
    whole: list[Draft] = []
    for draft in drafts:
        before = whole[-1] if whole else None
        if before is None or not (
            before.ends_between and draft.starts_between and before.account == draft.account
        ):
            whole.append(draft)
        elif before.closing and draft.opening and before.closing.amount != draft.opening.amount:
            words = (
                f"The page before ends with {amount_text(before.closing.amount)} and this one starts with "
                f"{amount_text(draft.opening.amount)}: a page is missing. Fetch the file again from the bank."
            )
            draft.faults.say("page", words, draft.place)
            whole.append(draft)
        else:
            _join(before, draft)
    return whole


def _join(before: Draft, page: Draft) -> None:
    before.bookings += page.bookings
    before.faults.join(page.faults)
    before.several_currencies = before.several_currencies or page.several_currencies
    before.closing, before.ends_between = page.closing, page.ends_between
    before.currency = before.currency or page.currency


def _statement(draft: Draft) -> Statement:
    # Whether it adds up is said even when its fields have more faults than are shown.
    of_fields, draft.faults = draft.faults, Faults("mt940")
    account = read_account(draft.account, draft.currency)
    booked = [booking for booking in draft.bookings if not booking.line.expected]
    movements = tuple(_movement(booking, account) for booking in booked)
    amounts = [movement.amount for movement in movements]
    _check_named(draft)
    if not draft.several_currencies:
        draft.faults.add(*check_balances("mt940", draft.opening, amounts, draft.closing, draft.place))
    _check_complete(draft)
    if len(booked) == len(
        draft.bookings
    ):  # the bank does not say whether its sums hold what is only expected
        _check_total(draft, draft.in_total, [amount for amount in amounts if amount > 0], "in")
        _check_total(draft, draft.out_total, [-amount for amount in amounts if amount < 0], "out")
    return Statement(
        account=account or None,
        currency=draft.currency,
        number=draft.number or None,
        opening=draft.opening,
        closing=draft.closing,
        movements=movements,
        holder=draft.holder or None,
        problems=(*of_fields.all(), *draft.faults.all()),
    )


def _movement(booking: Booking, own_account: str) -> Movement:
    line = booking.line
    if booking.ns and not booking.details:
        details: Details = read_ns(booking.ns)
    else:
        details = read_details(booking.details, line.reference, line.supplement, own_account)
    return Movement(
        date=line.entry_day or line.value_day,
        value_date=line.value_day,
        amount=line.amount,
        counterparty=details.counterparty,
        communication=details.words,
        structured=details.structured,
        bank_reference=line.bank_reference or None,
        place=booking.place,
        code=line.kind or None,
    )


def _check_named(draft: Draft) -> None:
    if not draft.account:
        words = "The statement names no account (field 25), so it is not known whose it is."
        draft.faults.say("account", words, draft.place)
    if not draft.currency:
        words = "The statement names no currency, so its amounts cannot be counted with others."
        draft.faults.say("currency", words, draft.place)


def _check_complete(draft: Draft) -> None:
    if draft.of_the_day or (draft.opening and draft.closing):
        return
    missing = "opening" if draft.closing else "closing" if draft.opening else "opening and closing"
    words = (
        f"The statement has no {missing} balance, so it cannot be proved whole: it may be cut off. Compare it with "
        "what the bank shows."
    )
    draft.faults.say("incomplete", words, draft.place, warning=True)


def _check_total(draft: Draft, total: Total | None, amounts: list[Decimal], way: str) -> None:
    if total is None:
        return
    found = sum(amounts, Decimal(0))
    if total.amount != found:
        words = (
            f"The bank's sum does not hold: it says {amount_text(total.amount)} {way}, and the movements give "
            f"{amount_text(found)}. Movements are missing or wrong: fetch the file again, or ask the bank."
        )
        draft.faults.say("control", words, total.place)
    elif total.count not in {None, len(amounts)}:
        words = f"The bank counts {total.count} movements {way}; the file holds {len(amounts)}."
        draft.faults.say("count", words, total.place, warning=True)
