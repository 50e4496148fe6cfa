"""What does a list of contracts say, and what is odd in it? Rows in, contracts and findings out.

A list often gives three ends: the last day of the first term, how often and by how long it may be extended, and the
day it ends on now. An extension that somebody has to take is no tacit renewal: the contract ends by itself, and by
its end it must be decided whether to extend. A yearly value that equals the value of all years is one of the two: with
a term of several years it is taken for the whole, and said. Limits: a list says nothing of notice most of the time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from pilothouse.engine.contracts.terms import ContractTerms, Notice, Renewal, Renews
from pilothouse.engine.dates import Duration, OutOfCalendar, after
from pilothouse.engine.evidence import Finding, RecordEvidence, Text
from pilothouse.engine.money import Money

DATED = "2026-11"
A_YEAR = 12
MOST_MONTHS = 600
LONGER_THAN_A_YEAR = 13  # months from which on a yearly value differs from the whole
NEAR = Decimal("0.05")  # values that differ by less are the same
MORE_THAN_AGREED = Decimal("1.10")
_DAY = timedelta(1)
A_MONTH = timedelta(31)
DAYS_A_MONTH = 30.4375
_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a list of contracts. `end` is that of the first term, `expires` the day it ends on as things stand.

    `extension_months` is the length of one extension. `odd`: cells that are no day or number, as they are written.
    """

    row: int
    reference: str = ""
    title: str = ""
    supplier: str = ""
    start: date | None = None
    end: date | None = None
    expires: date | None = None
    months: Decimal | None = None
    extension_months: int = 0
    extensions: int = 0
    taken: int = 0
    renewal_months: int = 0
    notice: Duration | None = None
    review: date | None = None
    annual: Decimal | None = None
    total: Decimal | None = None
    currency: str = "EUR"
    department: str = ""
    owner: str = ""
    description: str = ""
    odd: tuple[tuple[str, str], ...] = ()

    @property
    def name(self) -> str:
        return self.title or self.reference or self.supplier

    @property
    def last_day(self) -> date | None:
        """The day it ends on as things stand."""
        return self.expires or self.end


def entry_of(fields: Mapping[str, str], row: int, currency: str = "EUR") -> Entry:
    """A row by the fields of `intake/listings` (kind "contracts"); what is no day or number is kept as odd."""
    read = _Cells(fields)
    months, days = read.whole("notice_months"), read.whole("notice_days")
    return Entry(
        row,
        read.text("reference"),
        read.text("title"),
        read.text("supplier"),
        read.day("start"),
        read.day("end"),
        read.day("expires"),
        read.number("months"),
        read.whole("extension_months"),
        read.whole("extensions"),
        sum(fields.get(f"extension_{number}_taken") == "yes" for number in (1, 2)),
        read.whole("renewal_months"),
        Duration(months, days) if months or days else None,
        read.day("review"),
        read.number("annual"),
        read.number("total"),
        read.text("currency").upper()[:3] or currency,
        read.text("department"),
        read.text("owner"),
        read.text("description"),
        tuple(read.odd),
    )


# Dashes and quotes of lists that were stored in a wrong alphabet once, so that the first part of the sign is gone.
_LOST = {"\x80\x93": "–", "\x80\x94": "—", "\x80\x98": "‘", "\x80\x99": "’", "\x80\x9c": "“", "\x80\x9d": "”"}


class _Cells:
    """The cells of a row, read by what they must be; what is not that is odd."""

    def __init__(self, fields: Mapping[str, str]) -> None:
        self._fields = fields
        self.odd: list[tuple[str, str]] = []

    def text(self, name: str) -> str:
        text = self._fields.get(name, "").strip()
        for lost, sign in _LOST.items():
            text = text.replace(lost, sign)
        return text

    def day(self, name: str) -> date | None:
        text = self.text(name)
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            self._keep_odd(name, text)
            return None

    def number(self, name: str) -> Decimal | None:
        text = self.text(name)
        if not text or _NUMBER.fullmatch(text):
            return Decimal(text) if text else None
        self._keep_odd(name, text)
        return None

    def whole(self, name: str) -> int:
        """A whole number of months or the like; nothing, and what cannot be one, is none."""
        number = self.number(name)
        if number is None or number < 0 or number > MOST_MONTHS:
            return 0
        return int(number)

    def _keep_odd(self, name: str, text: str) -> None:
        if text.casefold() not in ("n/a", "na", "-", "none", "geen", "nvt", "n.v.t."):
            self.odd.append((name, text))


# --- as a contract -------------------------------------------------------------------------------------------


def terms_of_entry(entry: Entry, country: str = "") -> ContractTerms | None:
    """What the row says of the contract's length; None where it says no start or no end.

    It renews only where the row says by how long; an option to extend is none.
    """
    if entry.start is None:
        return None
    end, length = entry.last_day, _length(entry)
    if end is None and length is None:
        return None
    renewal = (
        Renewal(Renews.TACIT, Duration(entry.renewal_months))
        if entry.renewal_months
        else Renewal(Renews.NONE)
    )
    notice = Notice(entry.notice) if entry.notice is not None else None
    return ContractTerms(
        entry.start, None if end is not None else length, end, renewal, notice, yearly(entry), country
    )


def _length(entry: Entry) -> Duration | None:
    months = entry.months
    if months is None or not 0 < months <= MOST_MONTHS or months != months.to_integral_value():
        return None
    return Duration(int(months))


def yearly(entry: Entry) -> Money | None:
    """What the contract costs a year: the yearly value, but a share of the whole where both are the same."""
    months = _months_of(entry)
    if entry.annual is not None and not _equals_total(entry):
        return Money(entry.annual, entry.currency)
    if entry.total is None or not months:
        return None
    share = entry.total if months <= A_YEAR else entry.total * A_YEAR / months
    return Money(share.quantize(Decimal("0.01"), ROUND_HALF_UP), entry.currency)


def _months_of(entry: Entry) -> Decimal | None:
    """How many months the value of the whole is for: from start to end with the extensions, else the first term."""
    last = entry.last_day
    if entry.start is not None and last is not None and last > entry.start:
        return Decimal((last - entry.start).days + 1) / Decimal("30.436875")
    return entry.months if entry.months and entry.months > 0 else None


def _equals_total(entry: Entry) -> bool:
    """Whether the yearly value is that of all years."""
    months = _months_of(entry)
    same = entry.annual is not None and entry.annual > 0 and entry.annual == entry.total
    return same and months is not None and months > LONGER_THAN_A_YEAR


# --- what is odd -----------------------------------------------------------------------------------------------


def find_odd(entries: Sequence[Entry], source: str, *, today: date) -> list[Finding]:
    """What is odd in a list, row by row, then what rows say together; each with the row as its grounds."""
    found = [finding for entry in entries for finding in _of_row(entry, source, today)]
    return [*found, *_overlapping(entries, source)]


def _of_row(entry: Entry, source: str, today: date) -> Iterator[Finding]:
    for rule, values in (*_of_days(entry, today), *_of_values(entry)):
        yield _finding(rule, entry, source, values)


Odd = tuple[str, dict[str, str]]


def _of_days(entry: Entry, today: date) -> Iterator[Odd]:
    last, first_end = entry.last_day, entry.end
    if entry.start is not None and first_end is not None and first_end < entry.start:
        yield "end_before_start", {"start": str(entry.start), "end": str(first_end)}
        return
    if last is None:
        yield "no_end", {}
        return
    if last < today:
        if _could_be_extended(entry):
            yield "expired_extendable", {"end": str(last), "left": str(entry.extensions - entry.taken)}
        else:
            yield "expired", {"end": str(last)}
    elif _could_be_extended(entry):
        yield "extension_open", {"end": str(last), "left": str(entry.extensions - entry.taken)}
    if entry.review is not None and entry.review < today <= last:
        yield "review_past", {"day": str(entry.review)}
    yield from _of_extensions(entry, last)


def _could_be_extended(entry: Entry) -> bool:
    return entry.extensions > entry.taken


def _of_extensions(entry: Entry, last: date) -> Iterator[Odd]:
    """Extensions that the list says were taken and its days do not show, and the other way round."""
    first_end = _first_end(entry)
    if first_end is None or not entry.extension_months or not entry.extensions:
        return
    extended = first_end + timedelta(DAYS_A_MONTH * entry.extension_months * entry.taken)
    if entry.taken and last < extended - A_MONTH:
        yield "extension_not_in_end", {"taken": str(entry.taken), "end": str(last)}
    if not entry.taken and last > first_end + A_MONTH:
        yield "extended_untaken", {"first": str(first_end), "end": str(last)}


def _first_end(entry: Entry) -> date | None:
    """The last day of the first term: by its length where the row has one, else as it is written."""
    length = _length(entry)
    if entry.start is not None and length is not None:
        try:
            return after(entry.start, length) - _DAY
        except OutOfCalendar:
            return None
    return entry.end


def _of_values(entry: Entry) -> Iterator[Odd]:
    for name, text in entry.odd:
        yield "unreadable", {"field": name.replace("_", " "), "text": text[:40]}
    if _equals_total(entry):
        yield "annual_is_total", {"amount": str(entry.total), "currency": entry.currency}
        return
    months = _months_of(entry)
    if entry.annual is None or entry.total is None or not months or entry.annual <= 0 or entry.total <= 0:
        return
    lengths: set[Decimal] = {months, *_lengths_with_extensions(entry)}
    if entry.annual > entry.total * (1 + NEAR) and months >= A_YEAR:
        yield "annual_above_total", {"annual": str(entry.annual), "total": str(entry.total)}
    elif not any(
        _is_near(entry.annual * max(length, Decimal(A_YEAR)) / A_YEAR, entry.total) for length in lengths
    ):
        yield "values_differ", {"annual": str(entry.annual), "total": str(entry.total)}


def _lengths_with_extensions(entry: Entry) -> Iterator[Decimal]:
    """The lengths in months that the value of the whole may be meant for."""
    if entry.months is not None and entry.months > 0:
        for number in range(entry.extensions + 1):
            yield entry.months + number * entry.extension_months


def _is_near(one: Decimal, other: Decimal) -> bool:
    return abs(one - other) <= NEAR * max(one, other)


def _overlapping(entries: Sequence[Entry], source: str) -> Iterator[Finding]:
    """Rows of one supplier with the same name whose days overlap: one contract listed twice, or two at once."""
    alike: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.start is not None and entry.last_day is not None:
            alike[entry.supplier.casefold(), entry.title.casefold()].append(entry)
    for rows in alike.values():
        rows.sort(key=lambda one: (one.start or date.min, one.row))
        for one, following in pairwise(rows):
            if one.last_day is not None and following.start is not None and following.start <= one.last_day:
                values = {"other": str(one.row), "reference": one.reference}
                yield _finding("overlap", following, source, values)


def _finding(rule: str, entry: Entry, source: str, values: Mapping[str, str]) -> Finding:
    said = {"name": entry.name[:120], "supplier": entry.supplier[:80], "row": str(entry.row), **values}
    place = f"row {entry.row}"
    evidence = RecordEvidence(entry.reference or place, source, place, entry.title)
    return Finding(
        f"contracts.register.{rule}@{DATED}",
        Text(f"contracts.register.{rule}", tuple(said.items())),
        yearly(entry),
        (evidence,),
    )


# --- contracts and what is paid ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Agreed:
    """A contract as money knows it: its vendor, what it costs a year, whether it runs, what it is for.

    `is_listed`: it came of a row of a list, whose rows are compared with each other there.
    """

    contract: str
    name: str
    vendor_key: str
    vendor_name: str
    yearly: Money | None
    runs: bool
    kind: str = ""
    number: str = ""
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class PaidTo:
    """What a vendor was paid in twelve months, without VAT; `is_it` whether it counts as IT."""

    vendor_key: str
    vendor_name: str
    amount: Money
    is_it: bool


@dataclass(frozen=True, slots=True)
class Share:
    """What part of all that is agreed a year goes to one vendor, from 0 to 1."""

    vendor_name: str
    yearly: Money
    share: Decimal


def compare_with_spend(agreed: Iterable[Agreed], paid: Iterable[PaidTo], *, least: Decimal) -> list[Finding]:
    """Spend without contract, contract without spend, and what is paid above what was agreed; most money first.

    `least` is the yearly amount below which nobody asks for a contract.
    """
    by_vendor: dict[str, list[Agreed]] = defaultdict(list)
    for one in agreed:
        if one.runs and one.vendor_key:
            by_vendor[one.vendor_key].append(one)
    spent = {one.vendor_key: one for one in paid}
    found = [
        *(_without_contract(one) for one in spent.values() if _asks_for_one(one, by_vendor, least)),
        *(_without_spend(one) for key, rows in by_vendor.items() if key not in spent for one in rows),
        *(
            finding
            for key, rows in by_vendor.items()
            if key in spent
            for finding in _above_agreed(rows, spent[key])
        ),
    ]
    return sorted(found, key=lambda one: -(one.worth_a_year.amount if one.worth_a_year else Decimal(0)))


def _asks_for_one(paid: PaidTo, by_vendor: Mapping[str, object], least: Decimal) -> bool:
    return paid.is_it and paid.amount.amount >= least and paid.vendor_key not in by_vendor


def _without_contract(paid: PaidTo) -> Finding:
    values = {"vendor": paid.vendor_name, **_money(paid.amount)}
    return _on_vendor("spend_without_contract", paid.vendor_key, values, paid.amount)


def _without_spend(one: Agreed) -> Finding:
    values = {"name": one.name, "vendor": one.vendor_name}
    return _on_vendor("contract_without_spend", one.contract, values, one.yearly)


def _above_agreed(rows: Sequence[Agreed], paid: PaidTo) -> Iterator[Finding]:
    costs = [one.yearly for one in rows]
    if any(cost is None or cost.currency != paid.amount.currency for cost in costs):
        return
    together = sum((cost.amount for cost in costs if cost is not None), start=Decimal(0))
    if together > 0 and paid.amount.amount > together * MORE_THAN_AGREED:
        above = Money(paid.amount.amount - together, paid.amount.currency)
        values = {"vendor": paid.vendor_name, **_money(above), "agreed": str(together)}
        yield _on_vendor("paid_above_agreed", paid.vendor_key, values, above)


def _on_vendor(rule: str, record: str, values: Mapping[str, str], worth: Money | None) -> Finding:
    evidence = RecordEvidence(record, "", "")
    text = Text(f"contracts.register.{rule}", tuple(values.items()))
    return Finding(f"contracts.register.{rule}@{DATED}", text, worth, (evidence,))


def _money(amount: Money) -> dict[str, str]:
    return {"amount": str(amount.amount), "currency": amount.currency}


def find_twice(agreed: Iterable[Agreed]) -> list[Finding]:
    """Contracts that run at once with the same vendor for the same thing: entered twice, or paid twice.

    The same thing: the same number, kind or name. Of several, each is told of one before it; rows of a list that are
    alike are told of where the list is checked.
    """
    found: list[Finding] = []
    seen: dict[_Mark, Agreed] = {}
    for one in agreed:
        marks = list(_marks(one)) if one.runs else []
        other = next((seen[mark] for mark in marks if mark in seen), None)
        if other is not None:
            values = {"name": one.name, "other": other.name, "vendor": one.vendor_name}
            found.append(_on_vendor("running_twice", one.contract, values, one.yearly))
        for vendor, what, said, _beside in marks:
            seen.setdefault((vendor, what, said, "list" if one.is_listed else ""), one)
    return found


_Mark = tuple[str, str, str, str]


def _marks(one: Agreed) -> Iterator[_Mark]:
    """What another contract with the vendor would have to share; a row of a list is held beside no other row."""
    vendor = one.vendor_key or one.vendor_name.casefold().strip()
    for what, said in (("number", one.number), ("name", one.name), ("kind", one.kind)):
        for beside in ("",) if one.is_listed else ("", "list"):
            if vendor and said:
                yield vendor, what, said.casefold().strip(), beside


def concentration(agreed: Iterable[Agreed], currency: str) -> list[Share]:
    """How what is agreed a year is spread over vendors, the largest first; contracts without a price are left out."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    names: dict[str, str] = {}
    for one in agreed:
        if one.runs and one.yearly is not None and one.yearly.currency == currency and one.yearly.amount > 0:
            key = one.vendor_key or one.vendor_name.casefold()
            sums[key] += one.yearly.amount
            names.setdefault(key, one.vendor_name)
    whole = sum(sums.values(), start=Decimal(0))
    ordered = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return [Share(names[key], Money(amount, currency), amount / whole) for key, amount in ordered]


def ends_of_extensions(entry: Entry) -> list[date]:
    """The days it would end on with one more extension after the other that are left."""
    last = entry.last_day
    if last is None or not entry.extension_months:
        return []
    try:
        return [
            after(last + _DAY, Duration(entry.extension_months * number)) - _DAY
            for number in range(1, min(entry.extensions - entry.taken, A_YEAR) + 1)
        ]
    except OutOfCalendar:
        return []
