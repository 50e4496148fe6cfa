"""Which payment settles which invoice, so that what is bought is counted once?

In this order, each on what the ones before it left open:
1. the structured communication, or else an invoice number, that the payer wrote, where the party or the
   amount agrees;
2. the same party and the same amount, invoices and payments of equal amounts being laid side by side in order
   of time;
3. the same account and the same amount, where several parties share an account (a factoring firm);
4. one payment that is the sum of several open papers of one party, where only one choice of papers gives it.
Partial payments, several invoices in one payment and credit notes set off against invoices are all amounts
with a sign: what is still to leave our account is positive.

Limits: rules 2 to 4 look 120 days ahead; a payment without communication that is only a part of an invoice is
not seen; amounts of two currencies are matched by rule 1 alone, and then settle the whole invoice.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import combinations

from pilothouse.engine.money import Money
from pilothouse.engine.spend.align import Dated, aligned
from pilothouse.engine.spend.terms import BankMovement, Identity, InvoicePaper, Reason, Settlement
from pilothouse.engine.spend.vendors import NATURAL_PERSON, Parties

# A difference up to this is rounding, not a part still to be paid.
ROUNDING = Decimal("0.02")
DAYS_AFTER = 120
DAYS_BEFORE = 15
SHORTEST_NUMBER = 4
SHORTEST_LONE_NUMBER = 6
SHORTEST_REFERENCE = 6
MOST_OPEN = 10
MOST_TOGETHER = 3
# A second payment of one invoice within so many days is taken for a mistake, later for something else.
DAYS_TWICE = 60
PAID_TWICE = "paid_twice"

_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_LETTERS_IN_FRONT = re.compile(r"^[A-Z]+")
_SPACE = re.compile(r"[\s,;:|]+")
_NOTHING = Decimal(0)


@dataclass(slots=True, eq=False)
class _Open:
    """An invoice and what of it is still to leave our account (negative: to come in)."""

    paper: InvoicePaper
    party: str
    ibans: tuple[str, ...]
    whole: Decimal
    left: Decimal
    paid_on: date | None = None

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.paper.issue_date, self.paper.id


@dataclass(slots=True, eq=False)
class _Payment:
    """A movement and what of it is not yet explained by an invoice (negative: received)."""

    movement: BankMovement
    party: str
    left: Decimal

    @property
    def iban(self) -> str:
        ibans = self.movement.counterparty.ibans
        return ibans[0] if ibans else ""


def settle(
    invoices: Iterable[InvoicePaper], movements: Iterable[BankMovement], parties: Parties, firm_key: str
) -> tuple[Settlement, ...]:
    """The settlements, by date of the payment. `invoices` are those to us and from us, each once."""
    return _Settling(invoices, movements, parties, firm_key).all()


def normal_reference(reference: str) -> str:
    """A reference as it is compared: letters and digits only, zeros in front of a plain number off.

    >>> normal_reference("+++090/9337/55493+++"), normal_reference("inv-2024/001"), normal_reference("000123")
    ('90933755493', 'INV2024001', '123')
    """
    text = _NOT_ALNUM.sub("", reference.upper())
    return text.lstrip("0") if text.isdigit() else text


class _Settling:
    """The books while they are being settled; every rule goes over them in order of date and id."""

    def __init__(
        self,
        invoices: Iterable[InvoicePaper],
        movements: Iterable[BankMovement],
        parties: Parties,
        firm_key: str,
    ) -> None:
        self._opens = sorted((_open(i, parties, firm_key) for i in invoices), key=lambda o: o.sort_key)
        self._payments = [
            _Payment(m, parties.vendor_of(m).key, -m.amount)
            for m in sorted(movements, key=lambda m: (m.date, m.id))
            if m.counterparty.name != NATURAL_PERSON and m.amount
        ]
        self._settlements: list[Settlement] = []
        self._references: dict[str, list[str]] = defaultdict(list)
        for o in self._opens:
            self._references[o.party].append(normal_reference(o.paper.reference))

    def all(self) -> tuple[Settlement, ...]:
        self._by_what_was_written()
        self._by_amount(
            lambda o: [o.party], lambda p: [p.party], Reason("amount", "the same vendor and amount")
        )
        self._by_amount(
            lambda o: o.ibans, lambda p: [p.iban], Reason("amount", "the same account and amount")
        )
        self._by_sum()
        return tuple(sorted(self._settlements, key=lambda s: (s.movement, s.invoice, s.amount.amount)))

    # --- 1: what the payer wrote ------------------------------------------------------------------

    def _by_what_was_written(self) -> None:
        of_reference: dict[str, list[_Open]] = defaultdict(list)
        of_number: dict[str, list[_Open]] = defaultdict(list)
        for o in self._opens:
            of_reference[normal_reference(o.paper.reference)].append(o)
            for number in _spellings(o.paper.number):
                of_number[number].append(o)
        for payment in self._payments:
            written = normal_reference(payment.movement.structured)
            by_reference = of_reference.get(written, []) if len(written) >= SHORTEST_REFERENCE else []
            if self._pay_reference(payment, by_reference):
                continue
            self._pay_numbers(payment, _named_in(payment.movement.communication, of_number, of_reference))

    def _pay_reference(self, payment: _Payment, found: Sequence[_Open]) -> bool:
        """A reference may stand on all invoices of a vendor (a customer number): one is chosen."""
        because = Reason(
            "structured_communication", f"structured communication {payment.movement.structured}"
        )
        fitting = [o for o in found if o.left and _agrees(payment, o)]
        exact = [o for o in fitting if abs(o.left - payment.left) <= ROUNDING]
        if exact:
            fitting = [min(exact, key=lambda o: (_days_apart(payment, o), o.sort_key))]
        elif fitting:
            fitting = [o for o in fitting if _in_reach(payment, o)][:1] if len(fitting) > 1 else fitting
        if fitting:
            self._pay(payment, fitting, because)
        elif len(found) == 1:
            self._pay_twice(payment, found[0])
        return bool(fitting)

    def _pay_numbers(self, payment: _Payment, named: dict[_Open, int]) -> None:
        """Two vendors may use one number: the one paid goes first; a short number needs its party."""
        found = sorted(named, key=lambda o: o.sort_key)
        fitting = [o for o in found if o.left and _same_party(payment, o)] or [
            o for o in found if o.left and named[o] >= SHORTEST_LONE_NUMBER and _agrees(payment, o)
        ]
        if fitting:
            numbers = ", ".join(o.paper.number for o in fitting)
            self._pay(payment, fitting, Reason("invoice_number", f"invoice number {numbers}"))
        elif len(found) == 1:
            self._pay_twice(payment, found[0])

    def _pay(self, payment: _Payment, papers: Sequence[_Open], because: Reason) -> None:
        """Set off what has the other sign first, then pay in order of date until the payment is used up."""
        sign = 1 if payment.left > 0 else -1
        if any(o.paper.currency != payment.movement.currency for o in papers):
            self._pay_abroad(payment, papers, because)
            return
        if abs(sum((o.left for o in papers), _NOTHING) - payment.left) <= ROUNDING:
            for o in papers:
                self._note(payment, o, o.left, because)
            payment.left = _NOTHING
            return
        for o in sorted(papers, key=lambda o: (o.left * sign > 0, o.sort_key)):
            against = o.left * sign < 0
            amount = o.left if against else sign * min(abs(o.left), abs(payment.left))
            if amount * sign <= 0 and not against:
                continue
            self._note(payment, o, amount, because)
            payment.left -= amount

    def _pay_abroad(self, payment: _Payment, papers: Sequence[_Open], because: Reason) -> None:
        """An invoice in another currency: its number proves it, its amount cannot."""
        first = papers[0]
        movement = payment.movement
        amount = Money(payment.left, movement.currency)
        self._settlements.append(Settlement(movement.id, first.paper.id, amount, because))
        first.left, first.paid_on, payment.left = _NOTHING, movement.date, _NOTHING

    def _pay_twice(self, payment: _Payment, paid: _Open) -> None:
        """The same invoice, the same amount, the same party again: money to ask back, not a second cost."""
        again = (
            abs(paid.whole - payment.left) <= ROUNDING and payment.party == paid.party and payment.left > 0
        )
        if paid.paid_on is None or paid.left or not again or not self._reference_is_its_own(paid):
            return
        if (payment.movement.date - paid.paid_on).days <= DAYS_TWICE:
            because = Reason(PAID_TWICE, f"invoice {paid.paper.number} was paid already")
            self._note(payment, paid, payment.left, because)
            paid.left = payment.left = _NOTHING

    def _reference_is_its_own(self, paid: _Open) -> bool:
        """Whether this vendor gives every invoice its own reference; only then does a reference name one
        invoice.
        """
        theirs = self._references[paid.party]
        return len(theirs) > 1 and len(set(theirs)) == len(theirs)

    # --- 2 and 3: the same amount -----------------------------------------------------------------

    def _by_amount(
        self,
        keys_of_open: Callable[[_Open], Iterable[str]],
        keys_of_payment: Callable[[_Payment], Iterable[str]],
        because: Reason,
    ) -> None:
        opens: dict[tuple[str, str, Decimal], list[_Open]] = defaultdict(list)
        for o in self._opens:
            for key in keys_of_open(o):
                opens[key, o.paper.currency, o.left].append(o)
        payments: dict[tuple[str, str, Decimal], list[_Payment]] = defaultdict(list)
        for payment in self._payments:
            for key in keys_of_payment(payment):
                payments[key, payment.movement.currency, payment.left].append(payment)
        for group, paid in payments.items():
            key, _, amount = group
            if key and amount and group in opens:
                free = [o for o in opens[group] if o.left == amount]
                for payment, o in _side_by_side(paid, free):
                    self._pay(payment, [o], because)

    # --- 4: several papers in one payment ---------------------------------------------------------

    def _by_sum(self) -> None:
        opens: dict[tuple[str, str], list[_Open]] = defaultdict(list)
        for o in self._opens:
            if o.left:
                opens[o.party, o.paper.currency].append(o)
        because = Reason("sum", "the sum of these papers of the vendor")
        for payment in self._payments:
            theirs = opens.get((payment.party, payment.movement.currency), [])
            if payment.left and len(theirs) > 1:
                chosen = _only_choice(payment, [o for o in theirs if o.left and _in_reach(payment, o)])
                if chosen:
                    self._pay(payment, chosen, because)

    def _note(self, payment: _Payment, o: _Open, amount: Decimal, because: Reason) -> None:
        money = Money(amount, payment.movement.currency)
        self._settlements.append(Settlement(payment.movement.id, o.paper.id, money, because))
        o.left -= amount
        if abs(o.left) <= ROUNDING:
            o.left = _NOTHING
        o.paid_on = payment.movement.date


def _open(invoice: InvoicePaper, parties: Parties, firm_key: str) -> _Open:
    sale = parties.key(invoice.seller) == firm_key
    other = invoice.buyer if sale else invoice.seller
    amount = -invoice.payable if invoice.is_credit != sale else invoice.payable
    return _Open(invoice, parties.key(other), _accounts(other), amount, amount)


def _accounts(party: Identity) -> tuple[str, ...]:
    return tuple(sorted(set(party.ibans)))


def _same_party(payment: _Payment, o: _Open) -> bool:
    return payment.party == o.party or payment.iban in o.ibans


def _agrees(payment: _Payment, o: _Open) -> bool:
    """The same party, or exactly the amount that is open."""
    same_currency = payment.movement.currency == o.paper.currency
    return _same_party(payment, o) or (same_currency and abs(payment.left - o.left) <= ROUNDING)


def _days_apart(payment: _Payment, o: _Open) -> int:
    return abs((payment.movement.date - (o.paper.due_date or o.paper.issue_date)).days)


def _in_reach(payment: _Payment, o: _Open) -> bool:
    return -DAYS_BEFORE <= (payment.movement.date - o.paper.issue_date).days <= DAYS_AFTER


def _named_in(text: str, *indexes: dict[str, list[_Open]]) -> dict[_Open, int]:
    """The invoices whose number or reference stands in the text, and how many signs of it do."""
    words = [word for word in (_NOT_ALNUM.sub("", part) for part in _SPACE.split(text.upper())) if word]
    named: dict[_Open, int] = {}
    for candidate in _candidates(words):
        for index in indexes:
            for o in index.get(candidate, ()):
                named[o] = max(len(candidate), named.get(o, 0))
    return named


def _candidates(words: Sequence[str]) -> Iterator[str]:
    """Words, and up to three in a row joined ("2024 001"), in each spelling."""
    for count in (1, 2, 3):
        for at in range(len(words) - count + 1):
            yield from _spellings("".join(words[at : at + count]))


def _spellings(number: str) -> list[str]:
    """A number as written and without the letters in front ("INV2024001", "2024001"), where long enough."""
    whole = normal_reference(number)
    bare = normal_reference(_LETTERS_IN_FRONT.sub("", whole))
    return [n for n in dict.fromkeys((whole, bare)) if len(n) >= SHORTEST_NUMBER and not n.isalpha()]


def _side_by_side(payments: Sequence[_Payment], opens: Sequence[_Open]) -> Iterator[tuple[_Payment, _Open]]:
    due = [Dated(o.paper.issue_date, o.paper.due_date or o.paper.issue_date) for o in opens]
    for p, o in aligned([p.movement.date for p in payments], due, before=DAYS_BEFORE, after=DAYS_AFTER):
        yield payments[p], opens[o]


def _only_choice(payment: _Payment, opens: Sequence[_Open]) -> Sequence[_Open]:
    """The one choice of two or three papers, or all of them, whose sum is the payment; empty where none or
    several.
    """
    if sum((o.left for o in opens), _NOTHING) == payment.left and len(opens) > 1:
        return opens
    if len(opens) > MOST_OPEN:
        return ()
    choices = [
        chosen
        for count in range(2, MOST_TOGETHER + 1)
        for chosen in combinations(opens, count)
        if sum((o.left for o in chosen), _NOTHING) == payment.left
    ]
    return choices[0] if len(choices) == 1 else ()
