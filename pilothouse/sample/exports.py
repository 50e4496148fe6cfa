"""What the sample company exports from its Microsoft 365: who has an account, and how many licences there are.

Headers as Microsoft documents them. As many licences as the reseller bills. Traps: two people who left (they get no
wages any more) still have one, some have not signed in for half a year or ever, and more are paid than given out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pilothouse.sample.bills import Bill
from pilothouse.sample.firm import MADE_UP, OFFICE_STAFF, staff
from pilothouse.sample.months import Months

USERS_FILE, LICENCES_FILE = "exports/m365-active-users.csv", "exports/m365-licences.csv"
DOMAIN = "verzonnen-zonwering.example"
STANDARD, BASIC, BI = "MICROSOFT 365 BUSINESS STANDARD", "MICROSOFT 365 BUSINESS BASIC", "POWER BI PRO"
_USER_HEADERS = (
    "Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Has Exchange License,"
    "Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,"
    "Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,"
    "Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,"
    "Exchange License Assign Date,OneDrive License Assign Date,SharePoint License Assign Date,"
    "Skype For Business License Assign Date,Yammer License Assign Date,Teams License Assign Date,Assigned Products"
)
_LICENCE_HEADERS = "Product Title,Total Licenses,Expired Licenses,Assigned Licenses,Status Message"
_LEAVERS = ("Gilbert Vertrokken", "Ilse Weggegaan")
_IDLE_DAYS, _HALF_YEAR = 190, 180
_ASSIGNED = "2023-02-06"
_DESK = f"Toonzaal Balie ({MADE_UP})"  # an account of no person, which nobody ever used
_FITTERS, _WORKSHOP = 13, 5  # people beside the office who have an account, the latter of the basic kind
_WITH_REPORTS = (0, 3)
_IDLE = (OFFICE_STAFF - 1, OFFICE_STAFF + 3)


@dataclass(frozen=True, slots=True)
class Seat:
    """One account: its licences, the day it was last used (None: never), whether its person has left."""

    account: str
    name: str
    products: tuple[str, ...]
    last_used: date | None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Licence:
    """How many of a product are paid and given out; `price` is for one and a month."""

    product: str
    paid: int
    given: int
    price: Decimal

    @property
    def spare_a_year(self) -> Decimal:
        """What those that nobody has cost in a year."""
        return (self.paid - self.given) * self.price * 12


def seats(months: Months, seed: int) -> tuple[Seat, ...]:
    """Everybody with an account on the last day of the sample."""
    rng = Random(f"{seed}:seats")
    found = []
    for number, name in enumerate(staff()[: OFFICE_STAFF + _FITTERS + _WORKSHOP]):
        used = months.last - timedelta(days=_IDLE_DAYS + number if number in _IDLE else rng.randint(0, 6))
        kind = STANDARD if number < OFFICE_STAFF + _FITTERS else BASIC
        found.append(Seat(_account(name), name, (kind, BI) if number in _WITH_REPORTS else (kind,), used))
    found.append(Seat(f"balie@{DOMAIN}", _DESK, (BASIC,), None))
    for number, name in enumerate(_LEAVERS):
        left = months.last - timedelta(days=75 + 40 * number)
        found.append(Seat(_account(name), name, (STANDARD,), left, has_left=True))
    return tuple(found)


def licences(found: tuple[Seat, ...], bills: Iterable[Bill]) -> tuple[Licence, ...]:
    """The licences of the reseller's last bill, and how many of each are given out."""
    *_, last = (bill for bill in bills if bill.seller.key == "reseller" and bill.on_paper)
    return tuple(
        Licence(
            line.name,
            int(line.quantity),
            sum(line.name.upper() in seat.products for seat in found),
            line.price,
        )
        for line in last.lines
    )


def is_idle(seat: Seat, months: Months) -> bool:
    """Whether it was not used in the last half year of the sample."""
    return seat.last_used is None or (months.last - seat.last_used).days > _HALF_YEAR


def _account(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{first}.{last.replace(' ', '')}@{DOMAIN}".lower()


def export_files(
    months: Months, found: tuple[Seat, ...], given: tuple[Licence, ...]
) -> list[tuple[str, bytes]]:
    """The two exports: their names and bytes."""
    users = [_USER_HEADERS, *(_user(seat, months.last) for seat in found)]
    counts = [_LICENCE_HEADERS, *(f"{one.product},{one.paid},0,{one.given},{MADE_UP}" for one in given)]
    return [
        (USERS_FILE, _written(users)),
        (LICENCES_FILE, _written(counts)),
    ]


def _user(seat: Seat, taken: date) -> str:
    used = seat.last_used.isoformat() if seat.last_used else ""
    has = ("True", "True", "True", "False", "False", "True")  # no Skype and no Yammer
    days_of = [day if one == "True" else "" for day in (used, _ASSIGNED) for one in has]
    told = (taken.isoformat(), seat.account, seat.name, "False", "", *has, *days_of, "+".join(seat.products))
    return ",".join(told)


def _written(lines: list[str]) -> bytes:
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()
