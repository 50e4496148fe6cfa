"""What does an invoice cost of which a discount for paying soon was taken?

The cost of its lines falls by the discount, each by its share to the cent (`shares.py`); `paid` stays as the paper has
it. A discount on the sum with VAT holds VAT, which falls with it and is recovered no more: of 2.42 off 121.00 a firm
that recovers VAT saves 2.00, one that does not 2.42. One on the sum without VAT (Belgian invoices bear VAT as if it
were taken) is saved whole.
Source: VAT Directive 2006/112/EC, articles 79 (a) and 90; Belgian VAT code, article 28.
Limits: it is taken off in the month of the invoice, not of the payment; that the VAT was corrected is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import ROUND_HALF_EVEN, Decimal

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.differences import Difference, Why
from pilothouse.engine.spend.settle import ROUNDING
from pilothouse.engine.spend.shares import spread
from pilothouse.engine.spend.terms import InvoicePaper, Reason, SpendLine

_NOTHING = Decimal(0)


def discounts_of(differences: Iterable[Difference]) -> Mapping[str, Difference]:
    """The discounts that were taken, by the invoice they are on."""
    return {one.invoice: one for one in differences if one.why is Why.DISCOUNT}


def with_discount(
    lines: Iterable[SpendLine], invoice: InvoicePaper, taken: Difference
) -> Iterator[SpendLine]:
    """The lines of an invoice with what the discount saved taken off their cost."""
    billed = list(lines)
    saved = _saved(sum((line.cost.amount for line in billed), _NOTHING), invoice, taken)
    shares = spread(saved, [line.cost.amount for line in billed])
    says = f"{(taken.share or _NOTHING).normalize():f} % less, taken by paying on {taken.day.isoformat()}"
    for line, share in zip(billed, shares, strict=True):
        because = (*line.recognition.because, Reason("discount", says))
        cost = line.cost - Money(share, line.cost.currency)
        yield replace(line, cost=cost, recognition=replace(line.recognition, because=because))


def _saved(cost: Decimal, invoice: InvoicePaper, taken: Difference) -> Decimal:
    """What the discount takes off the cost: of one on the sum with VAT, as much of it as of that sum was cost."""
    off, billed = -taken.amount.amount, taken.billed.amount
    on_the_whole = abs((taken.share or _NOTHING) / 100 * billed - off) <= ROUNDING
    if not on_the_whole:
        return off
    gross = invoice.net + invoice.vat
    return (off * cost / gross).quantize(CENT, ROUND_HALF_EVEN) if gross else _NOTHING
