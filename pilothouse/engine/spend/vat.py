"""What does a payment cost us once recoverable VAT is taken off, when no invoice says how much VAT it holds?

The payment is taken as gross of the standard rate of the vendor's country on that day and the result is
marked estimated. Nothing is taken off where the firm recovers no VAT, where the words name what bears none
(bank costs, interest, insurance, taxes, social security), or where no rate is known of the country (outside
Europe).
Limits: purchases under reverse charge, at a lower rate or from sellers who charge no VAT come out too low.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pilothouse.engine.assumptions import Assumption, AssumptionBook
from pilothouse.engine.money import Money
from pilothouse.engine.spend.names import telling
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import SpendLine
from pilothouse.engine.spend.vendors import Vendor

STANDARD_RATE = "vat.standard_rate"
# In the words of a payment or in the name of who is paid: bank costs, interest, insurance.
_NO_VAT_WORDS = (
    "bankkosten, maandelijkse kosten, rekeningkosten, beheerskosten, beheerskost, transactiekosten, "
    "kosten kredietkaart, debetrente, intresten, intrest, frais bancaires, frais mensuels, frais de tenue "
    "de compte, frais de gestion de compte, commission bancaire, interets, agios, bank charges, bank "
    "fees, account fee, interest charged, kontofuhrung, kontofuhrungsgebuhr, bankgebuhren, zinsen, "
    "verzekering, verzekeringen, verzekeringspremie, assurance, assurances, insurance, versicherung, "
    "versicherungsbeitrag"
)
# Only in the name: an invoice's words may well say "incl. VAT".
_NO_VAT_NAMES = (
    "btw, tva, vat, belasting, belastingen, belastingdienst, fod financien, spf finances, "
    "bedrijfsvoorheffing, precompte, impots, dgfip, urssaf, rsz, onss, finanzamt, hmrc, hm revenue"
)


@dataclass(frozen=True, slots=True)
class NetOfVat:
    """The cost that is left, the rate that was taken off (percent; None where none was), and why."""

    cost: Money
    rate: Decimal | None
    rate_used: Assumption | None = None
    rate_missing: str = ""


class VatRates:
    """Takes VAT off payments, by country and day; remembers the rates that lines rest on (`used`), and the lines that
    had none (`missing`).
    """

    def __init__(self, book: AssumptionBook, *, home: str, recovers_vat: bool) -> None:
        self._book = book
        self._home = home
        self._recovers = recovers_vat
        self._words = Phrases((word, word) for word in _NO_VAT_WORDS.split(", "))
        self._names = Phrases((word, word) for word in _NO_VAT_NAMES.split(", "))
        self._named: dict[str, bool] = {}
        self._said: dict[str, bool] = {}
        self._rates: dict[tuple[str, date], Assumption | None] = {}
        self.used: dict[Assumption, None] = {}
        self.missing: list[tuple[str, SpendLine]] = []

    def take_off(self, gross: Money, day: date, vendor: Vendor, words: str) -> NetOfVat:
        """`gross` net of the rate of the vendor's country; where that is unknown, of ours."""
        if not self._recovers or self._bears_none(vendor.name, words):
            return NetOfVat(gross, None)
        where = vendor.country or self._home
        rate = self._rate(where, day)
        if rate is None:
            return NetOfVat(gross, None, rate_missing=where or "?")
        net = gross.amount / (1 + rate.mode / 100)
        return NetOfVat(Money(net, gross.currency).rounded(), rate.mode, rate)

    def put_on(self, net: Money, day: date, vendor: Vendor, words: str) -> Money:
        """`net` with the rate of the vendor's country: what will have been paid."""
        where = vendor.country or self._home
        rate = None if self._bears_none(vendor.name, words) else self._rate(where, day)
        return net if rate is None else Money(net.amount * (1 + rate.mode / 100), net.currency).rounded()

    def note(self, net: NetOfVat, line: SpendLine) -> None:
        """Remember the rate a line rests on, or that there was none."""
        if net.rate_used is not None:
            self.used[net.rate_used] = None
        if net.rate_missing:
            self.missing.append((net.rate_missing, line))

    def _bears_none(self, name: str, words: str) -> bool:
        if name not in self._named:
            self._named[name] = bool(self._words.first(name) or self._names.first(name))
        words = telling(words)
        if words not in self._said:
            self._said[words] = bool(self._words.first(words))
        return self._named[name] or self._said[words]

    def _rate(self, country: str, day: date) -> Assumption | None:
        if (country, day) not in self._rates:
            knows = self._book.knows(STANDARD_RATE, day, country)
            self._rates[country, day] = self._book.at(STANDARD_RATE, day, country) if knows else None
        return self._rates[country, day]
