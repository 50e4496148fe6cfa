"""What the sample company is billed: every bill of `vendors.yaml`, with how it is to be paid.

How a bill is paid, where it is not the usual way:
`in_two` (60 and 40 percent), `with_next` (one transfer for this bill and the next), `twice` (by mistake; the vendor
gives the second one back), `wrong_digits` (a structured communication with a slip), `words` (no reference at all),
`at_order` (by card before the bill came, which says that nothing is due), `netting` and `refund` (credit notes).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from pilothouse.sample.amounts import BEFORE, Entry, amount_at, entries, months_of, quantity_at
from pilothouse.sample.bills import ZERO, Bill, Extra, Line, Party
from pilothouse.sample.firm import party, sample_firm
from pilothouse.sample.identifiers import reference_base, structured_communication
from pilothouse.sample.months import COUNT, Months, workday

_DUE_DAYS = 30
_SMALL_NUMBERS = ("{n:02}", "{n:03}")  # a vendor that counts so has few bills


@dataclass(frozen=True, slots=True)
class Purchase:
    """A bill and how it is paid; `series` is the entry it comes from."""

    bill: Bill
    how: str
    says: str
    series: int


@dataclass(slots=True)
class _Vendor:
    """A vendor while its bills are written."""

    entry: Entry
    seed: int
    months: Months
    counted: Counter[int]
    last_number: str = ""

    def purchase(self, series: int, month: int) -> Purchase:
        spec = self.entry["bills"][series]
        rng = Random(f"{self.seed}:{self.entry['key']}:{series}:{month}")
        how = spec.get("payments", {}).get(month, spec.get("credit", "usual"))
        preceding = self.last_number if "credit" in spec else ""
        bill = self._bill(spec, month, rng, how, preceding)
        self.last_number = bill.number
        return Purchase(bill, how, self.entry.get("says", "structured"), series)

    def _bill(self, spec: Entry, month: int, rng: Random, how: str, preceding: str) -> Bill:
        issued = self.months.day(month, spec["day"])
        stray = spec.get("buyer") == "stranger"
        number, reference = self._number_and_reference(issued)
        paper = spec.get("papers", {}).get(month, "")
        return Bill(
            number=number,
            seller=self._seller(month),
            buyer=party("stranger", "Verdicht Rolluiken BV", city="Exempleville")
            if stray
            else sample_firm().party,
            month=month,
            issued=issued,
            due=issued + timedelta(days=self.entry.get("due_days", _DUE_DAYS)),
            lines=tuple(_lines(spec, month, rng)),
            reference=reference,
            currency=self.entry.get("currency", "EUR"),
            credit="credit" in spec,
            charges=_extras(spec, "charge"),
            allowances=_extras(spec, "allowance"),
            preceding=preceding,
            prepaid_in_full=how == "at_order",
            direct_debit=self.entry.get("pays") == "direct_debit",
            on_paper=month > BEFORE and paper != "missing",
            sent_twice=paper == "sent_twice",
            ours=not stray,
        )

    def _seller(self, month: int) -> Party:
        name = self.entry["name"]
        for start, new_name in self.entry.get("renamed", {}).items():
            name = new_name if month >= start else name
        return party(
            self.entry["key"],
            name,
            country=self.entry.get("country", "BE"),
            city=self.entry.get("city", "Voorbeeldegem"),
        )

    def _number_and_reference(self, issued: date) -> tuple[str, str]:
        self.counted[issued.year] += 1
        pattern: str = self.entry["number"]
        stride = 1 if any(small in pattern for small in _SMALL_NUMBERS) else 13 + len(self.entry["key"])
        count = self.counted[issued.year] * stride
        number = pattern.format(year=issued.year, yy=f"{issued:%y}", n=count)
        if self.entry.get("says", "structured") != "structured":
            return number, ""
        return number, structured_communication(reference_base(self.entry["key"], issued.year, count))


def _lines(spec: Entry, month: int, rng: Random) -> Iterator[Line]:
    for item in spec["items"]:
        quantity = quantity_at(item["quantity"], month, rng)
        price = amount_at(item["price"], month, rng)
        if quantity and month >= item.get("from", BEFORE):
            yield line_of(item, quantity, price)


def line_of(item: Entry, quantity: Decimal, price: Decimal) -> Line:
    return Line(
        name=item["name"],
        quantity=quantity,
        price=price,
        unit=item.get("unit", "C62"),
        vat=str(item.get("vat", "21")),
        purpose=item.get("purpose", ""),
        description=item.get("description", ""),
        discount_percent=Decimal(str(item.get("discount", ZERO))),
    )


def _extras(spec: Entry, name: str) -> tuple[Extra, ...]:
    if name not in spec:
        return ()
    amount, reason, vat = spec[name]
    return (Extra(Decimal(str(amount)).quantize(ZERO), reason, vat),)


def purchases(months: Months, seed: int) -> Iterator[list[Purchase]]:
    """The bills of each vendor, in the order of their days, those of the month before the first included."""
    for entry in entries("vendors.yaml"):
        due = sorted(
            (month, spec["day"], series)
            for series, spec in enumerate(entry["bills"])
            for month in months_of(spec)
            if BEFORE <= month < COUNT
        )
        vendor = _Vendor(entry, seed, months, Counter())
        yield [vendor.purchase(series, month) for month, _, series in due]


def booking_day(bill: Bill, rng: Random) -> date:
    """Direct debits come on the due day; people pay up to three days before it."""
    return workday(bill.due if bill.direct_debit else bill.due - timedelta(days=rng.randint(0, 3)))
