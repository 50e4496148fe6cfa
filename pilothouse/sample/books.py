"""The purchase ledger of the sample company, as its accountant exports it: a file for each calendar year.

Every purchase in euro stands in it, also those whose invoice was never brought, and some that came on paper only. Each
page ends with a total and begins with what is carried over. Windows-1252, semicolons, decimal commas.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.sample.bills import ZERO, Bill, category_and_rate, cents
from pilothouse.sample.firm import MADE_UP, party
from pilothouse.sample.months import COUNT, Months
from pilothouse.sample.papers import paper_name

HEADERS = "Boekstuk;Datum;Leverancier;BTW-nummer;Factuurnummer;Rekening;Omschrijving;Netto;BTW;Totaal"
ROWS_A_PAGE = 45
ONLY_BOOKED = "PAPIER-"  # how the numbers begin of bills that came on paper and are nowhere else
_ACCOUNTS = {  # by the beginning of the purpose; "" is what is not IT
    "": "610000",
    "computers": "241000",
    "network": "241000",
    "server": "241000",
    "monitors": "241000",
    "mobile": "616100",
    "internet": "616200",
    "fixed_telephony": "616200",
    "cloud_telephony": "616200",
}
_IT_ACCOUNT = "616500"


@dataclass(frozen=True, slots=True)
class Booked:
    """One row of the ledger: net and VAT signed as cost. `paper` is the file of the bill, "" where there is none."""

    day: date
    supplier: str
    vat_id: str
    number: str
    account: str
    words: str
    net: Decimal
    vat: Decimal
    purpose: str
    paper: str

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class _OnPaper:
    """A purchase that came on paper and stands only in the ledger: month, net and what it was for."""

    month: int
    key: str
    supplier: str
    words: str
    net: Decimal
    purpose: str


_CABLES = "network_equipment"
_ON_PAPER = (
    _OnPaper(2, "cabling", "Kabelgoten Verzinsel BV", "Bekabeling netwerk showroom", Decimal(1480), _CABLES),
    _OnPaper(7, "chairs", "Meubelhuis Nergens NV", "Vier bureaustoelen", Decimal(1136), ""),
    _OnPaper(14, "repair", "Schermdokter Exempel BV", "Herstelling laptop scherm", Decimal(245), "computers"),
    _OnPaper(16, "garden", "Tuinwerken De Denkbeeldige", "Onderhoud voortuin", Decimal(390), ""),
    _OnPaper(20, "cabling", "Kabelgoten Verzinsel BV", "Bekabeling netwerk magazijn", Decimal(960), _CABLES),
)  # fmt: skip


def booked(months: Months, bills: tuple[Bill, ...]) -> tuple[Booked, ...]:
    """Every row of the ledger of the two years, in the order in which they are booked."""
    bought = [bill for bill in bills if bill.ours and not bill.own_sale and bill.currency == "EUR"]
    rows = [row for bill in bought if months.holds(bill.issued) for row in _rows_of(bill)]
    rows += [_on_paper(one, months) for one in _ON_PAPER if 0 <= one.month < COUNT]
    return tuple(sorted(rows, key=lambda row: (row.day, row.supplier, row.number)))


def _rows_of(bill: Bill) -> Iterator[Booked]:
    """A row for each line of a bill; what is charged or allowed on the whole goes with the last, as does the cent."""
    sign = -1 if bill.credit else 1
    left_net, left_vat = bill.net, bill.vat
    for number, line in enumerate(bill.lines, start=1):
        last = number == len(bill.lines)
        _, rate = category_and_rate(line.vat)
        net = left_net if last else line.net
        vat = left_vat if last else cents(line.net * rate / 100)
        left_net, left_vat = left_net - net, left_vat - vat
        yield Booked(
            day=bill.issued,
            supplier=bill.seller.name,
            vat_id=bill.seller.vat_id,
            number=bill.number,
            account=_account(line.purpose),
            words=line.name,
            net=sign * net,
            vat=sign * vat,
            purpose=line.purpose,
            paper=paper_name(bill) if bill.on_paper else "",
        )


def _on_paper(one: _OnPaper, months: Months) -> Booked:
    seller = party(f"paper {one.key}", one.supplier)
    return Booked(
        day=months.day(one.month, 17),
        supplier=seller.name,
        vat_id=seller.vat_id,
        number=f"{ONLY_BOOKED}{one.month:02}-{int(one.net)}",
        account=_account(one.purpose),
        words=one.words,
        net=cents(one.net),
        vat=cents(one.net * 21 / 100),
        purpose=one.purpose,
        paper="",
    )


def _account(purpose: str) -> str:
    known = next(
        (account for start, account in _ACCOUNTS.items() if start and purpose.startswith(start)), None
    )
    return known or (_IT_ACCOUNT if purpose else _ACCOUNTS[""])


def ledger_files(rows: tuple[Booked, ...]) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of the ledger of each calendar year."""
    for year in sorted({row.day.year for row in rows}):
        yield f"books/aankoopdagboek-{year}.csv", _written([row for row in rows if row.day.year == year])


def _written(rows: list[Booked]) -> bytes:
    lines = [f"Aankoopdagboek;{MADE_UP}", HEADERS]
    piece, before, carried, number = 0, ("", ""), (ZERO, ZERO), 0
    for number, row in enumerate(rows, start=1):
        if (row.supplier, row.number) != before:
            before, piece = (row.supplier, row.number), piece + 1
        lines.append(_row(f"AK{row.day.year}/{piece:04}", row))
        carried = carried[0] + row.net, carried[1] + row.vat
        if number % ROWS_A_PAGE == 0 and number < len(rows):
            lines += [_sum("Over te dragen", carried), _sum("Overdracht", carried)]
    lines.append(_sum("Totaal", carried))
    return "".join(f"{line}\r\n" for line in lines).encode("cp1252")


def _row(piece: str, row: Booked) -> str:
    told = (piece, f"{row.day:%d/%m/%Y}", row.supplier, row.vat_id, row.number, row.account, row.words)
    return ";".join(
        [*(text.replace(";", ",") for text in told), *map(_amount, (row.net, row.vat, row.gross))]
    )


def _sum(words: str, carried: tuple[Decimal, Decimal]) -> str:
    return f"{words};;;;;;;{_amount(carried[0])};{_amount(carried[1])};{_amount(carried[0] + carried[1])}"


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
