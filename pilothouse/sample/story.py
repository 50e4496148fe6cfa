"""What happens to the sample company in its two years: all bills and all bookings, for an end and a seed.

The same end and seed give the same story. The numbers, names and prices of vendors do not depend on the seed;
quantities, days and what customers pay do.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from pilothouse.sample.bank import MonthOfAccount, statements
from pilothouse.sample.bills import Bill
from pilothouse.sample.books import Booked as Row
from pilothouse.sample.books import bills_on_paper, booked
from pilothouse.sample.card import Charged, charged, debits
from pilothouse.sample.contracts import ContractTruth, contracts
from pilothouse.sample.dues import payments_to_the_state, payments_without_paper
from pilothouse.sample.exports import Licence, Seat, licences, seats
from pilothouse.sample.firm import SampleFirm, sample_firm
from pilothouse.sample.months import Months
from pilothouse.sample.others import all_bills
from pilothouse.sample.payments import Kind, Payment, payments_of
from pilothouse.sample.purchases import Purchase, purchases
from pilothouse.sample.sales import payments_of_consumers, payments_of_customers, sales
from pilothouse.sample.staff import payments_to_people

# What the ledger counts is no cost of the bank's own.
_OF_THE_LEDGER: dict[str, Any] = {"kind": Kind.PAYS_BOOKED_ONLY, "cost": None, "purpose": ""}


@dataclass(frozen=True, slots=True)
class Story:
    """`bills` holds those of the month before the first and the missing one too; `Bill.on_paper` tells them.
    `others` are bills that came otherwise than as a file of UBL, `only_booked` those of which only the ledger tells.
    """

    months: Months
    firm: SampleFirm
    bills: tuple[Bill, ...]
    statements: tuple[MonthOfAccount, ...]
    card: tuple[Charged, ...]
    ledger: tuple[Row, ...]
    others: tuple[Bill, ...]
    only_booked: tuple[Bill, ...]
    contracts: tuple[ContractTruth, ...]
    seats: tuple[Seat, ...]
    licences: tuple[Licence, ...]


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
    others = [Purchase(bill, "usual", "number", series) for series, bill in enumerate(all_bills(months))]
    on_paper = bills_on_paper(months)
    payments += payments_of(others, seed)
    payments += [replace(payment, **_OF_THE_LEDGER) for payment in payments_of(list(on_paper), seed)]
    card = charged(months, seed)
    payments += debits(months, card)
    inside = [payment for payment in payments if months.holds(payment.day)]
    bills.sort(key=lambda bill: (bill.issued, bill.seller.key, bill.number))
    came = [purchase.bill for purchase in others]
    only_booked = [purchase.bill for purchase in on_paper]
    paid = {payment.settles[0]: -payment.amount for payment in inside if len(payment.settles) == 1}
    accounts = seats(months, seed)
    return Story(
        months,
        firm,
        tuple(bills),
        tuple(statements(months, firm, inside)),
        card,
        booked(months, (*bills, *came, *only_booked), paid),
        tuple(came),
        tuple(only_booked),
        contracts(months, bills),
        accounts,
        licences(accounts, bills),
    )
