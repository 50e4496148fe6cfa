"""What the sample company exports from its Microsoft 365: who has an account, and how many licences there are.

Headers as Microsoft documents them. Traps: two people who left still have a licence, some have not signed in for
half a year, and more licences are paid than given out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pilothouse.sample.firm import OFFICE_STAFF, staff
from pilothouse.sample.months import Months

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
_IDLE_DAYS = 190
_WORKSHOP_ACCOUNTS = 9
_SPARE = {STANDARD: 3, BASIC: 0, BI: 1}


@dataclass(frozen=True, slots=True)
class Seat:
    """One account: its licences, the day it was last used (None: never), whether its person has left."""

    account: str
    name: str
    products: tuple[str, ...]
    last_used: date | None
    has_left: bool = False


def seats(months: Months, seed: int) -> tuple[Seat, ...]:
    """Everybody with an account on the last day of the sample."""
    rng = Random(f"{seed}:seats")
    found = []
    for number, name in enumerate(staff()[: OFFICE_STAFF + _WORKSHOP_ACCOUNTS]):
        office = number < OFFICE_STAFF
        idle = number in (OFFICE_STAFF - 1, OFFICE_STAFF + 3)
        used = months.last - timedelta(days=_IDLE_DAYS + number if idle else rng.randint(0, 6))
        products = (STANDARD, BI) if number in (0, 3) else (STANDARD,) if office else (BASIC,)
        found.append(Seat(_account(name), name, products, used))
    for number, name in enumerate(_LEAVERS):
        left = months.last - timedelta(days=75 + 40 * number)
        found.append(Seat(_account(name), name, (STANDARD,), left, has_left=True))
    return tuple(found)


def _account(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{first}.{last.replace(' ', '')}@{DOMAIN}".lower()


def export_files(months: Months, found: tuple[Seat, ...]) -> list[tuple[str, bytes]]:
    """The two exports: their names and bytes."""
    users = [_USER_HEADERS, *(_user(seat, months.last) for seat in found)]
    licences = [_LICENCE_HEADERS]
    for product, spare in _SPARE.items():
        assigned = sum(product in seat.products for seat in found)
        licences.append(f"{product.title()},{assigned + spare},0,{assigned},")
    return [
        ("exports/m365-active-users.csv", _written(users)),
        ("exports/m365-licences.csv", _written(licences)),
    ]


def _user(seat: Seat, taken: date) -> str:
    used = seat.last_used.isoformat() if seat.last_used else ""
    assigned = "2023-02-06"
    cells = [
        taken.isoformat(),
        seat.account,
        seat.name,
        "False",
        "",
        "True",
        "True",
        "True",
        "False",
        "False",
        "True",
    ]
    cells += [
        used,
        used,
        used,
        "",
        "",
        used,
        assigned,
        assigned,
        assigned,
        "",
        "",
        assigned,
        "+".join(seat.products),
    ]
    return ",".join(cells)


def _written(lines: list[str]) -> bytes:
    return ("\ufeff" + "".join(f"{line}\r\n" for line in lines)).encode()
