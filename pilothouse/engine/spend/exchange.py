"""What did things billed in another currency cost in ours?

Best known is what our bank paid for them: an invoice that payments in our currency settle cost what was paid, each
line its share. Else the rate of the line's day converts it (`rates.py`). A payment counts where it settles nothing else
and is within a tenth of that rate: one farther off is a part. Without a rate a line stays in its own currency, apart.
`paid` of a line stays as the paper has it; `exchange` says what came of it and how.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Decimal

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.rates import SHOWN, ExchangeRates
from pilothouse.engine.spend.terms import (
    BankMovement,
    Counting,
    Exchange,
    InvoicePaper,
    Reason,
    Settlement,
    SpendLine,
)

PLAUSIBLE = Decimal("0.1")


def paid_in(
    currency: str,
    invoices: Iterable[InvoicePaper],
    settlements: Sequence[Settlement],
    movements: Iterable[BankMovement],
) -> Mapping[str, Exchange]:
    """By invoice in another currency: how much of ours its payments came to for one unit of its own."""
    of_invoice: dict[str, list[Settlement]] = defaultdict(list)
    for settlement in settlements:
        of_invoice[settlement.invoice].append(settlement)
    settles = Counter(settlement.movement for settlement in settlements)
    by_id = {movement.id: movement for movement in movements}
    found = {}
    for invoice in invoices:
        paid = of_invoice.get(invoice.id, [])
        if invoice.currency == currency or not paid or not invoice.payable:
            continue
        if any(s.amount.currency != currency or settles[s.movement] > 1 for s in paid):
            continue
        whole = abs(sum((s.amount.amount for s in paid), Decimal(0)))
        last = max((by_id[s.movement] for s in paid), key=lambda movement: (movement.date, movement.id))
        rate = (whole / abs(invoice.payable)).quantize(SHOWN, ROUND_HALF_EVEN)
        found[invoice.id] = Exchange(rate, last.date, last.paper or last.source)
    return {key: by for key, by in found.items() if by.rate}


@dataclass(frozen=True, slots=True)
class Exchanges:
    """Brings lines into `currency`: by what was `paid` for their invoices, else by the `rates` of their days."""

    currency: str
    rates: ExchangeRates
    paid: Mapping[str, Exchange]

    def of(self, lines: Iterable[SpendLine]) -> Iterator[SpendLine]:
        for line in lines:
            foreign = line.counting is Counting.COUNTS and line.cost.currency != self.currency
            yield self._converted(line) if foreign else line

    def _converted(self, line: SpendLine) -> SpendLine:
        converted = self.rates.convert(line.cost, self.currency, line.date)
        if converted is None:
            return line
        by = converted.by
        paid = self.paid.get(line.paper) if line.kind == "invoice" else None
        if paid is not None and abs(paid.rate - by.rate) <= by.rate * PLAUSIBLE:
            says = f"what our bank paid for it on {paid.day.isoformat()}, {paid.rate.normalize():f} for one"
            return self._with(line, paid, _times(line.cost, paid, self.currency), says)
        says = f"the rate of {by.day.isoformat()}, {by.rate.normalize():f} for one"
        return self._with(line, by, converted.money, says)

    def _with(self, line: SpendLine, by: Exchange, cost: Money, says: str) -> SpendLine:
        reason = Reason("exchange", f"{line.cost.currency} to {self.currency} by {says}")
        said = replace(line.recognition, because=(*line.recognition.because, reason))
        return replace(line, cost=cost, exchange=by, recognition=said)


def paid_at_home(line: SpendLine) -> Money:
    """What was paid, in the currency of the line's cost."""
    return line.paid if line.exchange is None else _times(line.paid, line.exchange, line.cost.currency)


def _times(money: Money, by: Exchange, currency: str) -> Money:
    return Money((money.amount * by.rate).quantize(CENT, ROUND_HALF_EVEN), currency)
