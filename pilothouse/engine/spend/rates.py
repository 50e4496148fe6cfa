"""What is an amount in one currency worth in another, on a day?

Rates are those of the European Central Bank as the user brought them: so many units of a currency for one euro. A
conversion goes by the last rate on or before the day, not older than `OLDEST` days (weekends and holidays have none),
from euro, to euro, or through euro where neither is it. The result is rounded to the cent, halves to the even one; the
rate used, its day and where it stands come along. Without such a rate there is no answer: nothing is guessed.
Limits: both sides of a conversion through euro go by the same day, the last on which both have a rate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal, localcontext

from pilothouse.engine.money import CENT, Money
from pilothouse.engine.spend.terms import Exchange

EURO = "EUR"
OLDEST = 7
DIGITS = 40
SHOWN = Decimal("0.0000000001")


@dataclass(frozen=True, slots=True)
class DatedRate:
    """So many units of `currency` for one euro on `day`; `source` is the paper it stands in."""

    day: date
    currency: str
    per_euro: Decimal
    source: str = ""


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, and by which rate."""

    money: Money
    by: Exchange


class ExchangeRates:
    """All rates somebody brought. Of two for one currency and day the one in the paper that comes last holds."""

    def __init__(self, rates: Iterable[DatedRate] = ()) -> None:
        self._of: dict[str, dict[date, DatedRate]] = defaultdict(dict)
        for rate in rates:
            if rate.per_euro > 0 and rate.currency != EURO:
                self._of[rate.currency][rate.day] = rate
        self._days = {currency: sorted(of_day) for currency, of_day in self._of.items()}

    def __bool__(self) -> bool:
        return bool(self._of)

    def convert(self, money: Money, to: str, on: date) -> Converted | None:
        """`money` in `to`, by the rate of the day `on`; None where there is no rate of that day or shortly before."""
        by = self.rate(money.currency, to, on)
        if by is None:
            return None
        with localcontext() as exact:
            exact.prec = DIGITS
            amount = money.amount * self._per_euro(to, by.day) / self._per_euro(money.currency, by.day)
            return Converted(Money(amount.quantize(CENT, ROUND_HALF_EVEN), to), by)

    def rate(self, of: str, to: str, on: date) -> Exchange | None:
        """How many units of `to` one of `of` is, on that day or shortly before."""
        foreign = [currency for currency in (of, to) if currency != EURO]
        if of == to or any(currency not in self._of for currency in foreign):
            return None
        day = self._last_day(foreign, on)
        if day is None:
            return None
        with localcontext() as exact:
            exact.prec = DIGITS
            rate = (self._per_euro(to, day) / self._per_euro(of, day)).quantize(SHOWN, ROUND_HALF_EVEN)
        return Exchange(rate, day, self._of[foreign[0]][day].source)

    def _per_euro(self, currency: str, day: date) -> Decimal:
        return Decimal(1) if currency == EURO else self._of[currency][day].per_euro

    def _last_day(self, foreign: list[str], on: date) -> date | None:
        """The last day on or before `on` of which all these currencies have a rate."""
        days = self._days[foreign[0]]
        for day in reversed(days[: bisect_right(days, on)]):
            if (on - day).days > OLDEST:
                return None
            if all(day in self._of[currency] for currency in foreign):
                return day
        return None


NO_RATES = ExchangeRates()
