"""Which payment settles which invoice, so that what is bought is counted once?

What a person said of a payment and an invoice goes before every rule (`said.py`): the pair is settled as far as both
have anything open, or never. Then, each rule on what the ones before it left open:
1. the structured communication that the payer gave, where the party or the amount agrees;
2. an invoice number in the payer's words, where the party or the amount agrees; a short number only where the papers
   it names add up to the payment;
3. the same reference on several invoices (a customer number), the same party, or the same account where several
   parties share one (a factoring firm), and the same amount: laid side by side in order of time (`align.py`);
4. one payment that is the sum of several open papers of one party: papers that follow each other in time, or the
   only choice of two or three;
5. one paper that several payments of its party add up to: two to four equal parts, or the only two that do (an
   advance and the rest).
Partial payments, several invoices in one payment and credit notes set off against invoices are all amounts with a
sign: what is still to leave our account is positive.

Limits: rule 3 looks 120 days ahead, rules 4 and 5 200 days; a payment without a word that is only a part of an
invoice is not seen until the other parts are there; where a party bills one amount again and again, a payment that
names a paper we do not have settles none of those we have; amounts of two currencies are matched by rules 1 and 2
alone, and then settle the whole invoice.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import combinations
from types import MappingProxyType

from pilothouse.engine.money import Money
from pilothouse.engine.spend.align import Dated, Window, aligned
from pilothouse.engine.spend.said import SaidOfPayments
from pilothouse.engine.spend.terms import BankMovement, InvoicePaper, Reason, Settlement
from pilothouse.engine.spend.vendors import NATURAL_PERSON, Parties
from pilothouse.engine.spend.written import SHORTEST_REFERENCE, Numbers, normal_reference

# A difference up to this is rounding, not a part still to be paid.
ROUNDING = Decimal("0.02")
WINDOW = Window(before=15, after=120)
SUM_WINDOW = Window(before=15, after=200)
MOST_OPEN = 10
MOST_TOGETHER = 3
MOST_PARTS = 4
# A second payment of one invoice within so many days is taken for a mistake, later for something else.
DAYS_TWICE = 60
PAID_TWICE = "paid_twice"
SAID = "said"
NOTHING_SAID = SaidOfPayments()

_NOTHING = Decimal(0)
_SAID = Reason(SAID, "a person said so")


@dataclass(slots=True, eq=False)
class _Open:
    """An invoice and what of it is still to leave our account (negative: to come in)."""

    paper: InvoicePaper
    party: str
    ibans: frozenset[str]
    reference: str
    whole: Decimal
    left: Decimal
    dated: Dated
    paid_on: date | None = None

    @property
    def sort_key(self) -> tuple[date, str]:
        return self.dated.issued, self.paper.id


@dataclass(slots=True, eq=False)
class _Payment:
    """A movement and what of it is not yet explained by an invoice (negative: received)."""

    movement: BankMovement
    party: str
    reference: str
    left: Decimal

    @property
    def iban(self) -> str:
        ibans = self.movement.counterparty.ibans
        return ibans[0] if ibans else ""


def settle(
    invoices: Iterable[InvoicePaper],
    movements: Iterable[BankMovement],
    parties: Parties,
    firm_key: str,
    said: SaidOfPayments = NOTHING_SAID,
) -> tuple[Settlement, ...]:
    """The settlements, by movement and invoice. `invoices` are those to us and from us, each once."""
    opens = sorted((_open(i, parties, firm_key) for i in invoices), key=lambda o: o.sort_key)
    spoken_of = {movement for movement, _ in said.pays}
    payments = [
        _Payment(m, parties.vendor_of(m).key, normal_reference(m.structured), -m.amount)
        for m in sorted(movements, key=lambda m: (m.date, m.id))
        if m.amount and (m.counterparty.name != NATURAL_PERSON or m.id in spoken_of)
    ]
    books = _Books(opens, payments, said)
    books.settle_as_said()
    books.settle_by_reference()
    books.settle_by_number()
    books.claim_what_was_paid_twice()
    books.settle_by_amount(lambda o: [o.reference], lambda p: p.reference, "the same reference and amount")
    books.settle_by_amount(lambda o: [o.party], lambda p: p.party, "the same vendor and amount")
    books.settle_by_amount(lambda o: o.ibans, lambda p: p.iban, "the same account and amount")
    books.settle_by_sum()
    books.settle_in_parts()
    return books.settlements


class _Books:
    """The books while they are being settled; every rule goes over them in order of date and id."""

    def __init__(
        self, opens: Sequence[_Open], payments: Sequence[_Payment], said: SaidOfPayments = NOTHING_SAID
    ) -> None:
        self._said = said
        self._opens = opens
        self._payments = payments
        self._claims: list[_Open] = []
        self._noted: list[Settlement] = []
        self._of_reference: dict[str, list[_Open]] = defaultdict(list)
        for o in opens:
            if len(o.reference) >= SHORTEST_REFERENCE:
                self._of_reference[o.reference].append(o)
        self._numbers = Numbers(opens, lambda o: (o.party, o.paper.number, o.paper.reference))
        self._bills = Counter(o.party for o in opens)
        self._references = Counter(o.party for held in self._of_reference.values() for o in held[:1])
        self._same_bills = Counter((o.party, o.whole) for o in opens)

    @property
    def settlements(self) -> tuple[Settlement, ...]:
        return tuple(sorted(self._noted, key=lambda s: (s.movement, s.invoice, s.amount.amount)))

    # --- before all rules: what people said -------------------------------------------------------

    def settle_as_said(self) -> None:
        """Payment by payment, the latest said first, as far as both have anything open."""
        opens = {o.paper.id: o for o in self._opens}
        payments = {p.movement.id: p for p in self._payments}
        said: dict[str, list[_Open]] = defaultdict(list)
        for movement, invoice in self._said.pays:
            if movement in payments and invoice in opens:
                said[movement].append(opens[invoice])
        for movement, papers in said.items():
            self._pay_as_said(payments[movement], [o for o in papers if o.left])

    def _pay_as_said(self, payment: _Payment, papers: Sequence[_Open]) -> None:
        at_home = [o for o in papers if o.paper.currency == payment.movement.currency]
        said = {o.paper.id: self._said.pays[payment.movement.id, o.paper.id] for o in at_home}
        most = {key: abs(amount) for key, amount in said.items() if amount is not None}
        self._pay_in_part(payment, at_home, _SAID, most)
        abroad = [o for o in papers if o.paper.currency != payment.movement.currency]
        if abroad and payment.left:
            self._pay_abroad(payment, abroad[0], _SAID)

    def _not_said_apart(self, payment: _Payment, opens: Sequence[_Open]) -> Sequence[_Open]:
        apart = self._said.apart
        return [o for o in opens if (payment.movement.id, o.paper.id) not in apart] if apart else opens

    # --- 1 and 2: what the payer wrote ------------------------------------------------------------

    def settle_by_reference(self) -> None:
        for payment in self._payments:
            found = self._of_reference.get(payment.reference, ())
            if len(found) == 1:
                because = Reason("structured_communication", f"structured communication {payment.reference}")
                self._pay_named(payment, [o for o in found if _agrees(payment, o)], because)

    def claim_what_was_paid_twice(self) -> None:
        """What the vendor owes us is open from now on, so that its refund finds it."""
        self._opens = sorted([*self._opens, *self._claims], key=lambda o: o.sort_key)

    def settle_by_number(self) -> None:
        for payment in self._payments:
            if payment.left and payment.movement.communication:
                named = self._named_by(payment)
                numbers = ", ".join(o.paper.number for o in named)
                self._pay_named(payment, named, Reason("invoice_number", f"invoice number {numbers}"))

    def _named_by(self, payment: _Payment) -> list[_Open]:
        """The papers whose number is written: of the party that is paid, else of anybody whose amount agrees."""
        written = self._numbers.written_in(payment.movement.communication)
        theirs = written.of_party(payment.party)
        found = [o for o, tells in theirs if tells]
        if not found:
            # Short numbers prove nothing one by one; several that add up to the payment do.
            near = [o for o, _ in theirs if o.left and SUM_WINDOW.holds(payment.movement.date, o.dated)]
            added_up = len(near) > 1 and sum((o.left for o in near), _NOTHING) == payment.left
            found = near if added_up else []
        if not found:
            found = [o for o in written.of_anybody() if _agrees(payment, o)]
        return sorted(found, key=lambda o: o.sort_key)

    def _pay_named(self, payment: _Payment, named: Sequence[_Open], because: Reason) -> None:
        named = self._not_said_apart(payment, named)
        open_ = [o for o in named if o.left]
        if any((o.left > 0) == (payment.left > 0) for o in open_):
            self._pay(payment, open_, because)
        elif len(named) == 1 and not open_:
            self._pay_twice(payment, named[0])

    def _pay(self, payment: _Payment, papers: Sequence[_Open], because: Reason) -> None:
        if any(o.paper.currency != payment.movement.currency for o in papers):
            self._pay_abroad(payment, papers[0], because)
        elif abs(sum((o.left for o in papers), _NOTHING) - payment.left) <= ROUNDING:
            for o in papers:
                self._note(payment, o, o.left, because)
            payment.left = _NOTHING
        else:
            self._pay_in_part(payment, papers, because)

    def _pay_in_part(
        self,
        payment: _Payment,
        papers: Sequence[_Open],
        because: Reason,
        most: Mapping[str, Decimal] = MappingProxyType({}),
    ) -> None:
        """Set off what has the other sign, as far as there is anything to set it off against, then pay in the order
        given until the payment is used up; no paper more than is said to be the `most`.
        """
        sign = 1 if payment.left > 0 else -1
        caps = {o.paper.id: min(abs(o.left), most.get(o.paper.id, abs(o.left))) for o in papers}
        paid = [o for o in papers if o.left * sign > 0]
        room = sum((caps[o.paper.id] for o in paid), _NOTHING) - abs(payment.left)
        for o in [*(o for o in papers if o.left * sign < 0), *paid]:
            against = o.left * sign < 0
            amount = min(caps[o.paper.id], max(room, _NOTHING) if against else abs(payment.left))
            if amount:
                room -= amount if against else _NOTHING
                self._note(payment, o, amount * (-sign if against else sign), because)
                payment.left -= amount * (-sign if against else sign)

    def _pay_abroad(self, payment: _Payment, paper: _Open, because: Reason) -> None:
        """An invoice in another currency: its number proves it, its amount cannot."""
        self._note(payment, paper, payment.left, because)
        paper.left = payment.left = _NOTHING

    def _pay_twice(self, payment: _Payment, paid: _Open) -> None:
        """The same invoice, the same amount, the same party again: money to ask back, not a second cost."""
        same = abs(paid.whole - payment.left) <= ROUNDING and payment.party == paid.party and payment.left > 0
        soon = paid.paid_on is not None and (payment.movement.date - paid.paid_on).days <= DAYS_TWICE
        if same and soon and self._bills[paid.party] > 1:
            day = payment.movement.date
            claim = replace(paid, left=_NOTHING, dated=Dated(day, day))
            because = Reason(PAID_TWICE, f"{paid.paper.number} was paid already")
            self._note(payment, claim, payment.left, because)
            self._claims.append(claim)
            payment.left = _NOTHING

    # --- 3: the same amount -----------------------------------------------------------------------

    def settle_by_amount(
        self, keys_of: Callable[[_Open], Iterable[str]], key_of: Callable[[_Payment], str], says: str
    ) -> None:
        opens: dict[tuple[str, str, Decimal], list[_Open]] = defaultdict(list)
        for o in self._opens:
            for key in keys_of(o):
                opens[key, o.paper.currency, o.left].append(o)
        payments: dict[tuple[str, str, Decimal], list[_Payment]] = defaultdict(list)
        for payment in self._payments:
            group = key_of(payment), payment.movement.currency, payment.left
            if payment.left and group[0] and group in opens:
                payments[group].append(payment)
        for group, paid in payments.items():
            self._lay_side_by_side(paid, opens[group], Reason("amount", says))

    def _lay_side_by_side(self, paid: Sequence[_Payment], opens: Sequence[_Open], because: Reason) -> None:
        paid = [p for p in paid if not self._is_for_another(p)]
        apart = [p for p in paid if len(self._not_said_apart(p, opens)) < len(opens)]
        paid = [p for p in paid if p not in apart] if apart else paid
        if paid:
            days = [p.movement.date for p in paid]
            for p, o in aligned(days, [o.dated for o in opens], WINDOW):
                self._pay(paid[p], [opens[o]], because)
        for payment in apart:  # after the others, each with what it may pay of what they leave
            left = [o for o in self._not_said_apart(payment, opens) if o.left]
            for _, o in aligned([payment.movement.date], [o.dated for o in left], WINDOW):
                self._pay(payment, [left[o]], because)

    def _is_for_another(self, payment: _Payment) -> bool:
        """Whether the payer names a paper that is not here, of a party that bills one amount again and again."""
        if self._same_bills[payment.party, payment.left] < 2:
            return False
        if payment.reference and self._references[payment.party]:
            return payment.reference not in self._of_reference
        return self._numbers.written_in(payment.movement.communication).names_another(payment.party)

    # --- 4: several papers in one payment ---------------------------------------------------------

    def settle_by_sum(self) -> None:
        opens: dict[tuple[str, str], list[_Open]] = defaultdict(list)
        for o in self._opens:
            if o.left:
                opens[o.party, o.paper.currency].append(o)
        for payment in self._payments:
            theirs = opens.get((payment.party, payment.movement.currency), ())
            if payment.left and len(theirs) > 1:
                near = [o for o in theirs if o.left and SUM_WINDOW.holds(payment.movement.date, o.dated)]
                near = list(self._not_said_apart(payment, near))
                chosen = _only_choice(payment.left, payment.movement.date, near)
                if chosen:
                    self._pay(payment, chosen, Reason("sum", "the sum of these papers of the vendor"))

    # --- 5: several payments of one paper ---------------------------------------------------------

    def settle_in_parts(self) -> None:
        payments: dict[tuple[str, str], list[_Payment]] = defaultdict(list)
        for p in self._payments:
            if p.left == -p.movement.amount:
                payments[p.party, p.movement.currency].append(p)
        for o in self._opens:
            theirs = payments.get((o.party, o.paper.currency), ())
            if o.left and o.left == o.whole and len(theirs) > 1:
                for part in _only_parts(o, [p for p in theirs if self._may_be_part(p, o)]):
                    self._note(part, o, part.left, Reason("parts", "these payments add up to it"))
                    part.left = _NOTHING

    def _may_be_part(self, payment: _Payment, o: _Open) -> bool:
        """Whether it is less than the paper, of its time, and names no other."""
        less = _NOTHING < abs(payment.left) < abs(o.left) and (payment.left > 0) == (o.left > 0)
        if not less or not SUM_WINDOW.holds(payment.movement.date, o.dated):
            return False
        if payment.reference and payment.reference != o.reference:
            return False
        names_another = self._numbers.written_in(payment.movement.communication).names_another(o.party)
        return not names_another and bool(self._not_said_apart(payment, [o]))

    def _note(self, payment: _Payment, o: _Open, amount: Decimal, because: Reason) -> None:
        money = Money(amount, payment.movement.currency)
        self._noted.append(Settlement(payment.movement.id, o.paper.id, money, because))
        o.left -= amount
        if abs(o.left) <= ROUNDING:
            o.left = _NOTHING
        o.paid_on = payment.movement.date


def _open(invoice: InvoicePaper, parties: Parties, firm_key: str) -> _Open:
    sale = parties.key(invoice.seller) == firm_key
    other = invoice.buyer if sale else invoice.seller
    # Nothing left to pay: it was paid by card when it was made, and the card payment stands in the bank file.
    asked = invoice.payable or invoice.net + invoice.vat
    amount = -asked if invoice.is_credit != sale else asked
    reference = normal_reference(invoice.reference)
    dated = Dated(invoice.issue_date, invoice.due_date or invoice.issue_date)
    return _Open(invoice, parties.key(other), frozenset(other.ibans), reference, amount, amount, dated)


def _agrees(payment: _Payment, o: _Open) -> bool:
    """The same party, or exactly the amount that is open."""
    if payment.party == o.party or payment.iban in o.ibans:
        return True
    same_currency = payment.movement.currency == o.paper.currency
    return same_currency and abs(payment.left - o.left) <= ROUNDING


def _only_choice(amount: Decimal, day: date, opens: Sequence[_Open]) -> Sequence[_Open]:
    """The papers whose sum it is: the one run of papers in order of time (of equal amounts, the one due nearest to the
    day), else the one choice of two or three.
    """
    runs = list(_runs(amount, opens))
    if len(runs) == 1 or (runs and len({o.left for o in opens}) == 1):
        return min(runs, key=lambda run: abs((day - run[-1].dated.due).days))
    if runs or len(opens) > MOST_OPEN:
        return ()
    choices = [
        chosen
        for count in range(2, MOST_TOGETHER + 1)
        for chosen in combinations(opens, count)
        if sum((o.left for o in chosen), _NOTHING) == amount
    ]
    return choices[0] if len(choices) == 1 else ()


def _only_parts(o: _Open, payments: Sequence[_Payment]) -> Sequence[_Payment]:
    """The payments that add up to the paper: as many equal ones as there are, else the only two of a few."""
    for count in range(2, MOST_PARTS + 1):
        equal = [p for p in payments if abs(p.left * count - o.left) <= ROUNDING * count]
        if len(equal) == count and sum((p.left for p in equal), _NOTHING) == o.left:
            return equal
    if len(payments) > MOST_OPEN:
        return ()
    pairs = [pair for pair in combinations(payments, 2) if pair[0].left + pair[1].left == o.left]
    return pairs[0] if len(pairs) == 1 else ()


def _runs(amount: Decimal, opens: Sequence[_Open]) -> Iterator[Sequence[_Open]]:
    """Two or more papers that follow each other and sum to the amount, the oldest first."""
    total = _NOTHING
    starts: dict[Decimal, list[int]] = defaultdict(list)
    for end, o in enumerate(opens):
        starts[total].append(end)
        total += o.left
        for start in starts.get(total - amount, ()):
            if end > start:
                yield opens[start : end + 1]
