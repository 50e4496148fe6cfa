"""A bill of the sample: its lines, and totals that are exact by EN 16931 (BR-CO-10 to BR-CO-17).

Line net = quantity x price - allowance, to the cent; VAT per category and rate on the sum of its lines, charges and
allowances, to the cent. Amounts are positive on a credit note too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
_STANDARD = "S"
_RATES = {"21": Decimal(21), "12": Decimal(12), "6": Decimal(6)}


def cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Party:
    """Who sells or buys. `legal_id` and `endpoint` carry their scheme; `bic` is invented."""

    key: str
    name: str
    street: str
    postcode: str
    city: str
    country: str
    vat_id: str
    legal_id: tuple[str, str]
    endpoint: tuple[str, str]
    iban: str
    bic: str = "SAMPBEBB"


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `vat` is "21", "12", "6", or the category E (exempt), AE (reverse charge), K (within the Union).

    `purpose` is the truth that no paper says: a key of `knowledge/purposes.yaml`, "" when it is not IT.
    """

    name: str
    quantity: Decimal
    price: Decimal
    unit: str = "C62"
    vat: str = "21"
    purpose: str = ""
    description: str = ""
    discount_percent: Decimal = ZERO

    @property
    def before_discount(self) -> Decimal:
        return cents(self.quantity * self.price)

    @property
    def discount(self) -> Decimal:
        return cents(self.before_discount * self.discount_percent / 100)

    @property
    def net(self) -> Decimal:
        return self.before_discount - self.discount


@dataclass(frozen=True, slots=True)
class Extra:
    """A charge or allowance of the whole document."""

    amount: Decimal
    reason: str
    vat: str


@dataclass(frozen=True, slots=True)
class VatGroup:
    category: str
    rate: Decimal
    base: Decimal
    amount: Decimal


def category_and_rate(vat: str) -> tuple[str, Decimal]:
    """
    >>> category_and_rate("6"), category_and_rate("AE")
    (('S', Decimal('6')), ('AE', Decimal('0')))
    """
    rate = _RATES.get(vat)
    return (_STANDARD, rate) if rate is not None else (vat, Decimal(0))


@dataclass(frozen=True)
class Bill:
    """An invoice or a credit note. `month` is the number of its month; `on_paper` False: its file is not there."""

    number: str
    seller: Party
    buyer: Party
    month: int
    issued: date
    due: date
    lines: tuple[Line, ...]
    reference: str = ""
    currency: str = "EUR"
    credit: bool = False
    charges: tuple[Extra, ...] = ()
    allowances: tuple[Extra, ...] = ()
    preceding: str = ""
    prepaid_in_full: bool = False
    direct_debit: bool = False
    on_paper: bool = True
    sent_twice: bool = False
    own_sale: bool = False
    ours: bool = True
    file: str = ""  # where it is, when it is no e-invoice of its own in the folder

    @property
    def lines_total(self) -> Decimal:
        return sum((line.net for line in self.lines), ZERO)

    @property
    def charges_total(self) -> Decimal:
        return sum((charge.amount for charge in self.charges), ZERO)

    @property
    def allowances_total(self) -> Decimal:
        return sum((allowance.amount for allowance in self.allowances), ZERO)

    @property
    def net(self) -> Decimal:
        return self.lines_total + self.charges_total - self.allowances_total

    @property
    def vat_groups(self) -> tuple[VatGroup, ...]:
        bases: dict[str, Decimal] = {}
        for line in self.lines:
            bases[line.vat] = bases.get(line.vat, ZERO) + line.net
        for charge in self.charges:
            bases[charge.vat] = bases.get(charge.vat, ZERO) + charge.amount
        for allowance in self.allowances:
            bases[allowance.vat] = bases.get(allowance.vat, ZERO) - allowance.amount
        groups = []
        for vat, base in bases.items():
            category, rate = category_and_rate(vat)
            groups.append(VatGroup(category, rate, base, cents(base * rate / 100)))
        return tuple(groups)

    @property
    def vat(self) -> Decimal:
        return sum((group.amount for group in self.vat_groups), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat

    @property
    def payable(self) -> Decimal:
        return ZERO if self.prepaid_in_full else self.gross

    @property
    def signed_gross(self) -> Decimal:
        return -self.gross if self.credit else self.gross

    @property
    def main_purpose(self) -> str:
        """What the dearest line is for; charges and allowances of the document go with it."""
        return max(self.lines, key=lambda line: line.net).purpose
