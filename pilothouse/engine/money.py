"""Money: an exact amount with its currency.

Sums of money are `Decimal` from the paper to the page, so that a total is the total of what is shown.
Amounts of two currencies are never added; who wants that converts one side first, with a dated rate.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


class CurrencyMismatch(ValueError):
    """Two amounts of different currencies were to be added or compared."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in one currency (ISO 4217 code)."""

    amount: Decimal
    currency: str = "EUR"

    def __add__(self, other: Money) -> Money:
        self._same_currency(other, "add", "to")
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same_currency(other, "subtract", "from")
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        self._same_currency(other, "compare", "with")
        return self.amount < other.amount

    def rounded(self) -> Money:
        """To the cent, halves away from zero, as invoices round."""
        return Money(self.amount.quantize(CENT, ROUND_HALF_UP), self.currency)

    def _same_currency(self, other: Money, verb: str, preposition: str) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(
                f"Cannot {verb} {other.currency} {preposition} {self.currency}. "
                "Convert one side first, with a dated exchange rate."
            )


def total(amounts: Iterable[Money], currency: str = "EUR") -> Money:
    """The sum of `amounts`; of none, zero in `currency`.

    >>> total([Money(Decimal("1.10")), Money(Decimal("2.20"))])
    Money(amount=Decimal('3.30'), currency='EUR')
    """
    result: Money | None = None
    for amount in amounts:
        result = amount if result is None else result + amount
    return Money(Decimal(0), currency) if result is None else result
