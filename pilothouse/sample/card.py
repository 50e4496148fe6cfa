"""The business card of the sample company: its statement as CSV, and the debit by which the bank account pays it.

Subscriptions that somebody took with the card, two of them billed in dollars, and what travelling costs. The whole
month is debited on the 20th of the next one. One subscription does what another of the firm does already; one rises.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from random import Random

from pilothouse.sample.bills import ZERO, cents
from pilothouse.sample.firm import MADE_UP
from pilothouse.sample.months import COUNT, Months, workday
from pilothouse.sample.payments import Kind, Payment, Way

CARD = "5127 88XX XXXX 4417"
ISSUER = "Kaartdienst Verzinsel"
HEADERS = "Datum;Handelaar;Plaats;Bedrag;Munt;Oorspronkelijk bedrag;Oorspronkelijke munt;Kaartnummer"
_STANDARD_RATE = Decimal("1.21")
_DEBIT_DAY = 20


@dataclass(frozen=True, slots=True)
class Charged:
    """One line of the card: what was paid in euro, and in dollars where it was billed so; `purpose` is the truth."""

    day: date
    merchant: str
    place: str
    amount: Decimal
    dollars: Decimal | None
    purpose: str

    @property
    def debited_as(self) -> str:
        """What the bank says when it debits the month of this line."""
        return f"KAARTAFREKENING {self.day:%Y-%m} {CARD}"

    @property
    def cost(self) -> Decimal:
        """Net of VAT at 21 percent, as the truth counts payments without a paper."""
        return cents(self.amount / _STANDARD_RATE)


@dataclass(frozen=True, slots=True)
class _Subscription:
    day: int
    merchant: str
    place: str
    purpose: str
    euro: Decimal | None = None
    dollars: Decimal | None = None
    first: int = 0
    last: int = COUNT - 1
    rises: tuple[int, Decimal] | None = None  # from which month on, to what


_SUBSCRIPTIONS = (
    _Subscription(
        3,
        "TEKENWERF ONLINE LICENTIE",
        "NERGENSDAM",
        "design_media",
        euro=Decimal(29),
        rises=(15, Decimal(39)),
    ),
    # The firm pays for another one that does the same.
    _Subscription(6, "CHATKAMER TEAMS LICENTIE", "EXEMPLE", "chat_meetings", dollars=Decimal(48)),
    _Subscription(11, "VERTAALWOLK SOFTWARE", "NOWHERE", "ai_assistants", dollars=Decimal("19.99"), first=9),
    _Subscription(18, "FORMULIERENBOUWER SAAS", "NERGENSDAM", "marketing_tools", euro=Decimal(15), last=19),
)
_TRAVEL = (
    ("TREINEN VAN NERGENS", "VOORBEELDEGEM"),
    ("HOTEL DE VERZONNEN GAST", "EXEMPLEVILLE"),
    ("BRASSERIE LEPELTJE", "NERGENSHUIZEN"),
)


def charged(months: Months, seed: int) -> tuple[Charged, ...]:
    """Every line of the card in the two years, by day."""
    lines = [line for month in range(COUNT) for line in _month(months, month, Random(f"{seed}:card:{month}"))]
    return tuple(sorted(lines, key=lambda line: (line.day, line.merchant)))


def _month(months: Months, month: int, rng: Random) -> list[Charged]:
    rate = Decimal(rng.randrange(880, 960)) / 1000
    lines = []
    for one in _SUBSCRIPTIONS:
        if one.first <= month <= one.last:
            euro = one.rises[1] if one.rises and month >= one.rises[0] else one.euro
            amount = euro if euro is not None else cents((one.dollars or ZERO) * rate)
            lines.append(
                Charged(months.day(month, one.day), one.merchant, one.place, amount, one.dollars, one.purpose)
            )
    for merchant, place in rng.sample(_TRAVEL, rng.randint(1, 3)):
        day = months.day(month, rng.randint(2, 27))
        lines.append(Charged(day, merchant, place, Decimal(rng.randrange(1800, 21000)) / 100, None, ""))
    return lines


def debits(months: Months, lines: tuple[Charged, ...]) -> list[Payment]:
    """What the bank account pays for the card: each month on the 20th of the next."""
    due: dict[str, Decimal] = {}
    for line in lines:
        due[line.debited_as] = due.get(line.debited_as, ZERO) + line.amount
    return [
        Payment(
            day=workday(months.day(month, _DEBIT_DAY)),
            amount=-amount,
            kind=Kind.CARD_DEBIT,
            way=Way.DIRECT_DEBIT,
            name=ISSUER,
            words=words,
            mandate="MNDKAART4417",
        )
        for month, (words, amount) in enumerate(due.items(), start=1)
    ]


def card_files(lines: tuple[Charged, ...]) -> Iterator[tuple[str, bytes]]:
    """The statement of each calendar year: its name and bytes."""
    for name, its_lines in _files(lines):
        rows = [f"Bedrijfskaart;{MADE_UP}", HEADERS, *map(_row, its_lines)]
        yield name, "".join(f"{row}\r\n" for row in rows).encode()


def card_places(lines: tuple[Charged, ...]) -> list[tuple[Charged, str, int]]:
    """Each line with the file it stands in and its number there, after title and headers."""
    return [
        (line, name, number)
        for name, its_lines in _files(lines)
        for number, line in enumerate(its_lines, start=3)
    ]


def _files(lines: tuple[Charged, ...]) -> Iterator[tuple[str, list[Charged]]]:
    for year in sorted({line.day.year for line in lines}):
        yield f"cards/bedrijfskaart-{year}.csv", [line for line in lines if line.day.year == year]


def _row(line: Charged) -> str:
    other = (_amount(line.dollars), "USD") if line.dollars is not None else ("", "")
    told = (f"{line.day:%d/%m/%Y}", line.merchant, line.place, _amount(-line.amount), "EUR", *other, CARD)
    return ";".join(told)


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
