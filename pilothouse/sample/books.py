"""The purchase ledger of the sample company, as its accountant exports it: a file for each calendar year.

Every purchase stands in it, also those whose invoice was never brought, and some that came on paper only. Each
page ends with a total and begins with what is carried over. Windows-1252, semicolons, decimal commas.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from pilothouse.sample.bills import ZERO, Bill, Line, category_and_rate, cents
from pilothouse.sample.firm import MADE_UP, party, sample_firm
from pilothouse.sample.months import Months
from pilothouse.sample.papers import paper_name
from pilothouse.sample.purchases import Purchase

HEADERS = "Boekstuk;Datum;Leverancier;BTW-nummer;Factuurnummer;Rekening;Omschrijving;Netto;BTW;Totaal"
ROWS_A_PAGE = 45
# As an accountant divides: what IT is for shares its accounts with other costs, so that none of them says IT.
_ACCOUNTS_OF_IT = {
    "240000": ("computers", "mobile_phones", "network_equipment", "server_hardware"),
    "611000": ("print_contract",),
    "611500": ("fleet_tracking",),
    "612100": ("internet_access", "cloud_telephony", "fixed_telephony", "mobile_subscriptions"),
    "613200": ("it_interventions", "it_projects", "managed_it", "website_building", "security_audit"),
    "616000": ("it_training", "security_awareness"),
}
_ACCOUNTS_OF_SELLERS = {
    "600000": ("fabrics", "slats", "motors"),
    "601000": ("hardware_store",),
    "611000": ("rent", "cleaning", "alarm", "paper garden"),
    "611500": ("fuel", "lease"),
    "612000": ("energy", "water"),
    "613200": ("accountant", "payroll_office", "web_agency"),
    "614000": ("insurance",),
    "616000": ("catering",),
    "240000": ("paper chairs",),
}
_OFFICE = "612300"  # all else: office supplies, print, software, licences, hosting


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


OfBill = tuple[str, str]  # VAT number of the seller and number of the bill
_Written = tuple[str, Booked | None]
_CABLES = "network_equipment"
_CASH, _BANK = "cash", "words"
_ON_PAPER = (  # month, key and name of the seller, number, what for, net, purpose, how it was paid
    (2, "cabling", "Kabelgoten Verzinsel BV", "{:%y}0119", "Bekabeling netwerk showroom", 1480, _CABLES, _BANK),
    (7, "chairs", "Meubelhuis Nergens NV", "M{:%Y}-88", "Vier bureaustoelen", 1136, "", _BANK),
    (14, "repair", "Schermdokter Exempel BV", "{:%Y}/417", "Herstelling laptop scherm", 245, "computers", _CASH),
    (16, "garden", "Tuinwerken De Denkbeeldige", "T{:%m%y}", "Onderhoud voortuin", 390, "", _CASH),
    (20, "cabling", "Kabelgoten Verzinsel BV", "{:%y}0166", "Bekabeling netwerk magazijn", 960, _CABLES, _BANK),
)  # fmt: skip


def bills_on_paper(months: Months) -> tuple[Purchase, ...]:
    """What came on paper, so that it stands in the ledger and nowhere else; some of it was paid in cash."""
    return tuple(_on_paper(months, series) for series in range(len(_ON_PAPER)))


def _on_paper(months: Months, series: int) -> Purchase:
    month, key, name, number, words, net, purpose, how = _ON_PAPER[series]
    issued = months.day(month, 17)
    bill = Bill(
        number=number.format(issued),
        seller=party(f"paper {key}", name),
        buyer=sample_firm().party,
        month=month,
        issued=issued,
        due=issued + timedelta(days=21),
        lines=(Line(words, Decimal(1), Decimal(net).quantize(ZERO), purpose=purpose),),
        on_paper=False,
    )
    return Purchase(bill, how, "number", series)


def booked(months: Months, bills: Iterable[Bill], paid: Mapping[OfBill, Decimal]) -> tuple[Booked, ...]:
    """Every row of the ledger of the two years, in the order in which they are booked. What is billed in dollars is
    booked at the euro that were `paid` for it, and not before."""
    rows: list[Booked] = []
    for bill in bills:
        euro = bill.gross if bill.currency == "EUR" else paid.get((bill.seller.vat_id, bill.number))
        if bill.ours and not bill.own_sale and months.holds(bill.issued) and euro is not None:
            rows += _rows_of(bill, euro)
    return tuple(sorted(rows, key=lambda row: (row.day, row.supplier, row.number)))


def _rows_of(bill: Bill, euro: Decimal) -> Iterator[Booked]:
    """A row for each line of a bill; what is charged or allowed on the whole goes with the last, as does the cent.

    Bills in dollars have one line and bear no VAT: what was paid in `euro` is its net.
    """
    sign = -1 if bill.credit else 1
    left_net, left_vat = euro - bill.vat, bill.vat
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
            account=_account(bill.seller.key, line.purpose),
            words=line.name,
            net=sign * net,
            vat=sign * vat,
            purpose=line.purpose,
            paper=paper_name(bill) if bill.on_paper else "",
        )


def _account(seller: str, purpose: str) -> str:
    accounts, key = (_ACCOUNTS_OF_IT, purpose) if purpose else (_ACCOUNTS_OF_SELLERS, seller)
    return next((account for account, keys in accounts.items() if key in keys), _OFFICE)


def ledger_files(rows: Iterable[Booked]) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of the ledger of each calendar year."""
    for name, lines in _files(rows):
        yield name, "".join(f"{line}\r\n" for line, _ in lines).encode("cp1252")


def ledger_places(rows: Iterable[Booked]) -> list[tuple[Booked, str, int]]:
    """Each row with the file it stands in and the number of its line there."""
    return [
        (row, name, number)
        for name, lines in _files(rows)
        for number, (_, row) in enumerate(lines, start=1)
        if row
    ]


def _files(rows: Iterable[Booked]) -> Iterator[tuple[str, list[_Written]]]:
    of_year: dict[int, list[Booked]] = {}
    for row in rows:
        of_year.setdefault(row.day.year, []).append(row)
    for year, its_rows in sorted(of_year.items()):
        yield f"books/aankoopdagboek-{year}.csv", _lines(its_rows)


def _lines(rows: list[Booked]) -> list[_Written]:
    """The lines of a ledger, each with its row; titles, headers and sums have none."""
    lines: list[_Written] = [(f"Aankoopdagboek;{MADE_UP}", None), (HEADERS, None)]
    piece, before, carried = 0, ("", ""), (ZERO, ZERO)
    for number, row in enumerate(rows, start=1):
        if (row.supplier, row.number) != before:
            before, piece = (row.supplier, row.number), piece + 1
        lines.append((_row(f"AK{row.day.year}/{piece:04}", row), row))
        carried = carried[0] + row.net, carried[1] + row.vat
        if number % ROWS_A_PAGE == 0 and number < len(rows):
            lines += [(_sum("Over te dragen", carried), None), (_sum("Overdracht", carried), None)]
    return [*lines, (_sum("Totaal", carried), None)]


def _row(piece: str, row: Booked) -> str:
    told = (piece, f"{row.day:%d/%m/%Y}", row.supplier, row.vat_id, row.number, row.account, row.words)
    return ";".join(
        [*(text.replace(";", ",") for text in told), *map(_amount, (row.net, row.vat, row.gross))]
    )


def _sum(words: str, carried: tuple[Decimal, Decimal]) -> str:
    return f"{words};;;;;;;{_amount(carried[0])};{_amount(carried[1])};{_amount(carried[0] + carried[1])}"


def _amount(amount: Decimal) -> str:
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
