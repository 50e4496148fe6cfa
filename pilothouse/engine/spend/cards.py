"""Which debit on a bank account pays which card, so that a purchase by card counts once?

An account whose number is masked ("5412 75** **** 1234") is a card: its lines count as those of a bank account do. The
debit that pays it is money between our own accounts when it is, to the cent,
1. what the card's own list says came in within `DAYS_OF_A_PAYMENT` days, or
2. the sum of the lines of one statement, of a calendar month or of a month that begins on another day, of one card or
   of all together, at most `DAYS_TO_PAY` days after the last of them.
What could be chance (less than `FEW` lines, or a month that begins on any day) needs more: a word of cards, the last
digits of the card, a debit that names nobody, or two months that begin on the same day and are paid to one party.

Limits: a card that is paid in parts or by a round sum is not recognised: its debit counts beside its purchases.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.engine.spend.names import plain
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import BankMovement, Reason

DAYS_TO_PAY = 45
DAYS_OF_A_PAYMENT = 7
FEW = 3
_CUT_OFFS = 28
_NOTHING = Decimal(0)
_MASKED = re.compile(r"(?=.*\d{2})[\d\s.-]*[*•Xx#]{2}[\d*•Xx#\s.-]*")
_NOT_DIGIT = re.compile(r"\D", re.ASCII)
_WORDS = (
    "kredietkaart*, visa, mastercard, amex, american express, creditcard*, credit card, carte de credit, "
    "carte bancaire, carte visa, kreditkarte*, kreditkort*, bankkaart, kaartafrekening*, uitgavenstaat, eurocard, "
    "card services, business card, card payment, worldline"
)
_PAYING_WORDS = (
    "payment, betaling, paiement, zahlung, domiciliering, domiciliation, lastschrift*, settlement, afrekening, "
    "vereffening, aanzuivering, autopay, inbetalning, reglement, prelevement, incasso, apurement, einzahlung"
)
_OF_CARDS = Phrases((word, word) for word in _WORDS.split(", "))
_OF_PAYING = Phrases((word, word) for word in _PAYING_WORDS.split(", "))


def is_card(account: str) -> bool:
    """Whether an account number is that of a card, masked.

    >>> [is_card(account) for account in ("**** 1234", "5412-75XX-XXXX-1234", "BE68539007547034", "XX", "")]
    [True, True, False, False, False]
    """
    return bool(_MASKED.fullmatch(account))


def find_card_payments(movements: Sequence[BankMovement]) -> Mapping[str, Reason]:
    """The movements, on bank accounts and on cards, that only pay cards, each with why."""
    cards = [m for m in movements if is_card(m.account)]
    debits = [m for m in movements if m.amount < 0 and not is_card(m.account)]
    if not cards or not debits:
        return {}
    found = dict(_received(cards, debits))
    bills = _bills([m for m in cards if m.id not in found])
    sums = [
        (debit, bill)
        for debit in debits
        if debit.id not in found
        for bill in bills.get((debit.currency, -debit.amount), ())
        if 0 <= (debit.date - bill.last).days <= DAYS_TO_PAY
    ]
    months = Counter(
        party for party, _ in {((b.cut_off, b.cards, debit.counterparty), debit.id) for debit, b in sums}
    )
    for debit, bill in sums:
        comes_back = bill.count >= FEW and months[bill.cut_off, bill.cards, debit.counterparty] > 1
        is_whole = bill.count >= FEW and bill.cut_off <= 1
        if is_whole or comes_back or any(_says_card(debit, card) for card in bill.cards):
            found.setdefault(debit.id, Reason("card", bill.says))
    return found


def _received(cards: Iterable[BankMovement], debits: Iterable[BankMovement]) -> Iterator[tuple[str, Reason]]:
    """What came in on a card and left a bank account: the debit nearest in time, each once."""
    by_amount: dict[tuple[str, Decimal], list[BankMovement]] = defaultdict(list)
    for debit in debits:
        by_amount[debit.currency, -debit.amount].append(debit)
    taken: set[str] = set()
    for card in cards:
        near = [
            debit
            for debit in by_amount.get((card.currency, card.amount), ())
            if abs((debit.date - card.date).days) <= DAYS_OF_A_PAYMENT
            and debit.id not in taken
            and (_says_card(debit, card.account) or _says_payment(card))
        ]
        if near:
            debit = min(near, key=lambda d: (abs((d.date - card.date).days), d.id))
            taken.add(debit.id)
            reason = Reason("card", f"pays the card {_ending(card.account)}, whose list has it too")
            yield debit.id, reason
            yield card.id, reason


@dataclass(frozen=True, slots=True)
class _Bill:
    """What a card, or all of them, cost in some time: of a statement (`cut_off` 0), of a calendar month (1), or of a
    month that begins on another day.
    """

    cards: tuple[str, ...]
    cut_off: int
    first: date
    last: date
    count: int

    @property
    def says(self) -> str:
        whose = ", ".join(map(_ending, self.cards))
        return f"pays the {self.count} lines of the card {whose} from {self.first} to {self.last}"


def _bills(cards: Sequence[BankMovement]) -> Mapping[tuple[str, Decimal], list[_Bill]]:
    """Sums of the lines of cards, by currency and amount."""
    found: dict[tuple[str, Decimal], list[_Bill]] = defaultdict(list)
    for cut_off, lines in _statements(cards):
        total = -sum((line.amount for line in lines), _NOTHING)
        days = [line.date for line in lines]
        accounts = tuple(sorted({line.account for line in lines}))
        found[lines[0].currency, total].append(_Bill(accounts, cut_off, min(days), max(days), len(lines)))
    return found


def _statements(cards: Sequence[BankMovement]) -> Iterator[tuple[int, Sequence[BankMovement]]]:
    """The lines of each card, and of all together, by statement and by month."""
    for together in (False, True):
        groups: dict[tuple[object, ...], list[BankMovement]] = defaultdict(list)
        for line in cards:
            whose = ("" if together else line.account, line.currency)
            groups[0, *whose, line.source, line.paper].append(line)
            for cut_off in range(1, _CUT_OFFS + 1):
                groups[cut_off, *whose, *_month(line.date, cut_off)].append(line)
        yield from ((int(str(key[0])), lines) for key, lines in groups.items())


def _month(day: date, cut_off: int) -> tuple[int, int]:
    """The month, beginning on the day `cut_off`, that holds a day."""
    months = day.year * 12 + day.month - (day.day < cut_off)
    return divmod(months, 12)


def _says_card(debit: BankMovement, card: str) -> bool:
    """Whether a debit names cards, this card, or nobody at all."""
    text = f"{debit.counterparty.name} {debit.communication}"
    numbers = _NOT_DIGIT.sub(" ", text).split()
    return not plain(text) or bool(_OF_CARDS.first(text)) or _ending(card) in numbers


def _says_payment(card: BankMovement) -> bool:
    return bool(_OF_PAYING.first(f"{card.counterparty.name} {card.communication}"))


def _ending(account: str) -> str:
    """The last digits of a card."""
    return _NOT_DIGIT.sub("", account)[-4:]
