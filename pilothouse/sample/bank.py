"""The two accounts of the sample company: what is booked each month, and balances that join without a gap.

What is left on the current account goes to savings on the last working day, and comes back when there is too
little. Payments after the last month are not booked: their bills stay open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pilothouse.sample.bills import cents
from pilothouse.sample.firm import SampleFirm
from pilothouse.sample.months import COUNT, Months, workday, workday_before
from pilothouse.sample.payments import Kind, Payment, Way

CURRENT, SAVINGS = "current", "savings"
_OPENING = {CURRENT: Decimal("286314.27"), SAVINGS: Decimal("410000.00")}
_KEPT, _ROOM, _STEP = Decimal(260000), Decimal(80000), Decimal(5000)
_INTEREST = Decimal("0.0110")
_JANUARY = 1


@dataclass(frozen=True, slots=True)
class Booked:
    """A payment on an account, with the bank's own reference."""

    reference: str
    payment: Payment


@dataclass(frozen=True, slots=True)
class MonthOfAccount:
    """One statement: `account` is "current" or "savings", `number` counts within the year."""

    account: str
    iban: str
    month: str
    number: int
    opening_day: date
    opening: Decimal
    closing_day: date
    closing: Decimal
    booked: tuple[Booked, ...]


def statements(months: Months, firm: SampleFirm, payments: Iterable[Payment]) -> list[MonthOfAccount]:
    """48 statements: a month of the current account, then the same of the savings."""
    by_month: dict[str, list[Payment]] = {}
    for payment in payments:
        by_month.setdefault(f"{payment.day:%Y-%m}", []).append(payment)
    balances = dict(_OPENING)
    told = []
    for month in range(COUNT):
        current = by_month.get(months.name(month), [])
        left = balances[CURRENT] + sum((payment.amount for payment in current), Decimal(0))
        moved = _to_savings(left, balances[SAVINGS])
        ends = {CURRENT: [*current, *_transfer(months, month, firm, -moved, SAVINGS)]}
        ends[SAVINGS] = [
            *_interest(months, month, balances[SAVINGS]),
            *_transfer(months, month, firm, moved, CURRENT),
        ]
        for account, moving in ends.items():
            statement = _statement(months, month, firm, account, (balances[account], moving))
            balances[account] = statement.closing
            told.append(statement)
    return told


def _to_savings(left: Decimal, saved: Decimal) -> Decimal:
    """Whole steps of 5,000 euro; negative when savings must help out."""
    steps = ((left - _KEPT) / _STEP).to_integral_value(rounding="ROUND_FLOOR") * _STEP
    if abs(left - _KEPT) < _ROOM:
        return Decimal(0)
    return max(steps, -(saved // _STEP) * _STEP)


def _transfer(months: Months, month: int, firm: SampleFirm, amount: Decimal, other: str) -> list[Payment]:
    if not amount:
        return []
    return [
        Payment(
            day=workday_before(months.day(month, 31)),
            amount=amount,
            kind=Kind.OWN_TRANSFER,
            way=Way.IN if amount > 0 else Way.OUT,
            name=firm.name,
            iban=firm.savings_iban if other == SAVINGS else firm.party.iban,
            words="Overboeking eigen rekening",
        )
    ]


def _interest(months: Months, month: int, saved: Decimal) -> list[Payment]:
    day = workday(months.day(month, 2))
    if day.month != _JANUARY or saved <= 0:
        return []
    return [
        Payment(day, cents(saved * _INTEREST), Kind.INTEREST, Way.INTEREST, words="Creditrente spaarrekening")
    ]


def _statement(
    months: Months, month: int, firm: SampleFirm, account: str, moving: tuple[Decimal, list[Payment]]
) -> MonthOfAccount:
    opening, payments = moving
    first = months.day(month, 1)
    ordered = sorted(payments, key=lambda payment: payment.day)
    prefix = f"SAMP{account[0].upper()}{first:%y%m}"
    return MonthOfAccount(
        account=account,
        iban=firm.party.iban if account == CURRENT else firm.savings_iban,
        month=months.name(month),
        number=first.month,
        opening_day=first - timedelta(days=1),
        opening=opening,
        closing_day=months.day(month, 31),
        closing=opening + sum((payment.amount for payment in payments), Decimal(0)),
        booked=tuple(
            Booked(f"{prefix}{place:06d}", payment) for place, payment in enumerate(ordered, start=1)
        ),
    )
