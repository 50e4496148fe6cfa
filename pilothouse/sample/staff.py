"""What is paid to people: wages, expenses, and what the firm passes on to a sickness fund and a union.

All of it is about natural persons: it is to be masked, and none of it is a cost of IT.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from random import Random

from pilothouse.sample.bills import cents
from pilothouse.sample.firm import OFFICE_STAFF, staff
from pilothouse.sample.identifiers import iban
from pilothouse.sample.months import COUNT, Months, workday_before
from pilothouse.sample.payments import Detail, Kind, Payment, Way

_MAY, _DECEMBER = 5, 12
_HOLIDAY_PAY, _YEAR_END = Decimal("0.85"), Decimal("0.75")
_RISE = Decimal("1.0225")  # wages follow the index each January
_QUARTER = 3


def wages_of(months: Months, month: int, seed: int) -> list[Detail]:
    """What each person gets in that month, the office first."""
    day = months.day(month, 31)
    rises = day.year - months.first.year
    extra = {_MAY: _HOLIDAY_PAY, _DECEMBER: _YEAR_END}.get(day.month, Decimal(0))
    rng = Random(f"{seed}:wages")
    details = []
    for name in staff():
        base = Decimal(rng.randint(190000, 265000)) / 100
        amount = cents(base * _RISE**rises * (1 + extra))
        details.append(Detail(name, iban("BE", f"staff {name}"), amount))
    return details


def payments_to_people(months: Months, seed: int) -> Iterator[Payment]:
    """Wages of the office one by one, those of the workshop and the fitters in one total, and the rest."""
    for month in range(COUNT):
        day = workday_before(months.day(month, 30))
        words = f"Loon {day:%m/%Y}"
        wages = wages_of(months, month, seed)
        for detail in wages[:OFFICE_STAFF]:
            yield Payment(day, -detail.amount, Kind.WAGES, Way.WAGE, detail.name, detail.iban, words)
        others = tuple(wages[OFFICE_STAFF:])
        total = sum((detail.amount for detail in others), Decimal(0))
        yield Payment(day, -total, Kind.WAGES, Way.WAGE, words=f"Lonen {day:%m/%Y}", details=others)
        yield from _now_and_then(months, month, Random(f"{seed}:people:{month}"))


def _now_and_then(months: Months, month: int, rng: Random) -> Iterator[Payment]:
    """Expenses of the accidental IT manager, who also buys a cable now and then, and quarterly premiums."""
    manager = staff()[1]
    yield Payment(
        day=workday_before(months.day(month, 14)),
        amount=-Decimal(rng.randint(1800, 9400)) / 100,
        kind=Kind.EXPENSES,
        way=Way.OUT,
        name=manager,
        iban=iban("BE", f"staff {manager}"),
        words=f"Onkostennota {manager}",
    )
    if month % _QUARTER:
        return
    ill = staff()[rng.randrange(OFFICE_STAFF, len(staff()))]
    for kind, fund, words, amount in (
        (Kind.SICKNESS_FUND, "Ziekenfonds De Zachte Hand", f"Hospitalisatie {ill}", "86.40"),
        (Kind.UNION, "Vakbond De Verzonnen Eendracht", f"Syndicale bijdrage {ill}", "57.00"),
    ):
        yield Payment(
            day=workday_before(months.day(month, 22)),
            amount=-Decimal(amount),
            kind=kind,
            way=Way.OUT,
            name=fund,
            iban=iban("BE", fund),
            words=words,
        )
