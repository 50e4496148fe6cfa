"""What happens to the sample company in its two years: all bills and all bookings, for an end and a seed.

The same end and seed give the same story. The numbers, names and prices of vendors do not depend on the seed;
quantities, days and what customers pay do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from pilothouse.sample.bank import MonthOfAccount, statements
from pilothouse.sample.bills import Bill
from pilothouse.sample.books import Booked as Row
from pilothouse.sample.books import booked
from pilothouse.sample.card import Charged, charged, debits
from pilothouse.sample.contracts import ContractTruth, contracts
from pilothouse.sample.dues import payments_to_the_state, payments_without_paper
from pilothouse.sample.exports import Seat, seats
from pilothouse.sample.firm import SampleFirm, sample_firm
from pilothouse.sample.months import Months
from pilothouse.sample.others import all_bills
from pilothouse.sample.payments import Payment, payments_of
from pilothouse.sample.purchases import purchases
from pilothouse.sample.sales import payments_of_consumers, payments_of_customers, sales
from pilothouse.sample.staff import payments_to_people


@dataclass(frozen=True, slots=True)
class Story:
    """`bills` holds those of the month before the first and the missing one too; `Bill.on_paper` tells them.
    `others` are bills that came otherwise than as a file of UBL."""

    months: Months
    firm: SampleFirm
    bills: tuple[Bill, ...]
    statements: tuple[MonthOfAccount, ...]
    card: tuple[Charged, ...]
    ledger: tuple[Row, ...]
    others: tuple[Bill, ...]
    contracts: tuple[ContractTruth, ...]
    seats: tuple[Seat, ...]


def tell(until: date, seed: int) -> Story:
    """The two years that end with the month before `until`."""
    return _tell(until.replace(day=1), seed)


@lru_cache(maxsize=4)
def _tell(until: date, seed: int) -> Story:
    months, firm = Months(until), sample_firm()
    bought = list(purchases(months, seed))
    sold = list(sales(months, seed))
    bills = [purchase.bill for vendor in bought for purchase in vendor] + [sale.bill for sale in sold]
    payments: list[Payment] = [payment for vendor in bought for payment in payments_of(vendor, seed)]
    payments += payments_of_customers(sold)
    payments += payments_of_consumers(months, seed)
    payments += payments_to_people(months, seed)
    payments += payments_to_the_state(months, seed, bills)
    payments += payments_without_paper(months, seed)
    card = charged(months, seed)
    payments += debits(months, card)
    inside = [payment for payment in payments if months.holds(payment.day)]
    bills.sort(key=lambda bill: (bill.issued, bill.seller.key, bill.number))
    return Story(
        months,
        firm,
        tuple(bills),
        tuple(statements(months, firm, inside)),
        card,
        booked(months, tuple(bills)),
        all_bills(months),
        contracts(months),
        seats(months, seed),
    )
