"""Lists of contracts that were brought in: their rows become contracts, and what is odd in them is said.

A row is known by its reference, name, supplier and start, so the same list twice changes nothing. A later list changes
what nobody confirmed; a contract that somebody worked on keeps what they said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.db.models import Sum

from pilothouse.accounts.models import Company
from pilothouse.engine.contracts.register import (
    Agreed,
    Entry,
    PaidTo,
    Share,
    compare_with_spend,
    concentration,
    entry_of,
    find_odd,
    find_twice,
    yearly,
)
from pilothouse.engine.contracts.terms import Renews
from pilothouse.engine.evidence import Finding, RecordEvidence
from pilothouse.engine.money import Money
from pilothouse.engine.spend.cells import Basis
from pilothouse.knowledge import say
from pilothouse.records.models import Contract, ContractChange, Paper, RegisterWord, Review, SpendCell
from pilothouse.services import contracts, register_words
from pilothouse.services.storing import rows_of
from pilothouse.services.vendors import vendors_called

FIRST_ROW = 2  # below the headings
LONGEST_KEY = 120
LEAST_A_YEAR = Decimal(1000)  # what is paid to a vendor below this asks for no contract
FILLED = (
    "name", "number", "vendor_name", "scope", "department", "start", "end", "renewal_mode", "renewal_term",
    "notice_length", "yearly_cost", "total_value", "currency", "extension_length", "extension_times",
    "responsible_name",
)  # fmt: skip


def lists(company: Company) -> Iterable[Paper]:
    """The lists of contracts that are seen, the oldest first."""
    rows: Iterable[Paper] = (
        Paper.objects.seen(company)
        .standing()
        .filter(kind="listing", content__of="contracts")
        .select_related("source")
        .order_by("pk")
    )
    return rows


def entries_in(paper: Paper, currency: str) -> list[Entry]:
    """The rows of a list."""
    return [entry_of(fields, row, currency) for row, fields in enumerate(rows_of(paper), FIRST_ROW)]


def follow(company: Company, *, today: date) -> int:
    """Let the register follow the lists that are seen; how many contracts were made or changed."""
    done = 0
    keys: set[str] = set()
    known = _known(company)
    for paper in lists(company):
        for entry in entries_in(paper, company.currency):
            key = key_of(entry)
            if key in keys:
                continue  # the same row twice
            keys.add(key)
            done += _keep(company, paper, entry, known.get(key))
    _forget(company, keys)
    if done:
        _link(company)
        contracts.bring_up_to_date(company, today=today)
    return done


def key_of(entry: Entry) -> str:
    """By what a row is known in the next list."""
    said = "|".join((entry.reference, entry.title, entry.supplier, str(entry.start or "")))
    return sha256(said.casefold().encode()).hexdigest()[:40]


def _known(company: Company) -> Mapping[str, Contract]:
    rows = Contract.objects.of(company).exclude(register_key="")
    return {contract.register_key: contract for contract in rows}


def _keep(company: Company, paper: Paper, entry: Entry, there: Contract | None) -> int:
    """Make the contract of a row, or change what nobody confirmed; 1 where something changed."""
    values = dict(_values(entry))
    if there is None:
        made = Contract(
            company=company,
            origin=Contract.Origin.REGISTER,
            source=paper.source,
            place=f"row {entry.row}",
            register_key=key_of(entry),
            proposed=[column for column in FILLED if values[column] not in (None, "")],
            **values,
        )
        made.save()
        return 1
    changed = [
        column for column in FILLED if column in there.proposed and getattr(there, column) != values[column]
    ]
    for column in changed:
        setattr(there, column, values[column])
    if changed:
        there.worked_out_on = None
        there.save(update_fields=[*changed, "worked_out_on", "changed_at"])
    return int(bool(changed))


def _values(entry: Entry) -> Iterator[tuple[str, Any]]:
    cost = yearly(entry)
    yield "name", (entry.name or f"Row {entry.row}")[:300]
    yield "number", entry.reference[:120]
    yield "vendor_name", entry.supplier[:300]
    yield "scope", entry.description if entry.description != entry.title else ""
    yield "department", entry.department[:120]
    is_impossible = entry.start is not None and entry.last_day is not None and entry.last_day < entry.start
    yield "start", entry.start
    yield "end", None if is_impossible else entry.last_day
    yield "renewal_mode", Renews.TACIT if entry.renewal_months else Renews.NONE
    yield "renewal_term", f"P{entry.renewal_months}M" if entry.renewal_months else ""
    yield "notice_length", "" if entry.notice is None else str(entry.notice)
    yield "yearly_cost", None if cost is None or cost.amount < 0 else cost.amount
    yield "total_value", entry.total if entry.total is not None and entry.total >= 0 else None
    yield "currency", entry.currency
    yield "extension_length", f"P{entry.extension_months}M" if entry.extension_months else ""
    yield "extension_times", max(entry.extensions - entry.taken, 0) if entry.extension_months else None
    yield "responsible_name", entry.owner[:200]


def _forget(company: Company, keys: set[str]) -> None:
    """Take away contracts nobody touched whose list is no more seen."""
    touched = ContractChange.objects.of(company).values("contract")
    gone = (
        Contract.objects.of(company)
        .filter(origin=Contract.Origin.REGISTER, decisions__isnull=True, documents__isnull=True)
        .exclude(register_key__in=keys)
        .exclude(pk__in=touched)
    )
    Contract.objects.filter(pk__in=list(gone.values_list("pk", flat=True))).delete()


def _link(company: Company) -> None:
    """Find the vendors on the papers that contracts without one are with."""
    names = set(Contract.objects.of(company).filter(vendor_key="").values_list("vendor_name", flat=True))
    for name in names - {""}:
        found = vendors_called(company, name)
        if len(found) == 1:
            Contract.objects.of(company).filter(vendor_key="", vendor_name=name).update(
                vendor_key=found[0][0]
            )


# --- what is odd -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """A finding as a page shows it; `contract` is the id of the contract it is of, `vendor` the key of a vendor.

    `key` says what is odd of what, and stays the same when the list is brought again.
    """

    rule: str
    sentence: str
    worth: Money | None
    place: str
    contract: int | None = None
    vendor: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Checks:
    """What is odd in the lists, what does not agree with what is paid, and how the money is spread.

    `accepted` is what somebody has looked at and lives with; it stands in neither of the first two.
    """

    lists: tuple[Told, ...]
    money: tuple[Told, ...]
    shares: tuple[Share, ...]
    entries: int
    accepted: tuple[tuple[Told, RegisterWord], ...] = ()


def check(company: Company, *, today: date, language: str = "en") -> Checks:
    """Everything the register is checked for, most money first."""
    contracts.bring_up_to_date(company, today=today)
    odd: list[Told] = []
    number = 0
    by_key = dict(Contract.objects.of(company).exclude(register_key="").values_list("register_key", "pk"))
    for paper in lists(company):
        entries = entries_in(paper, company.currency)
        number += len(entries)
        at_row = {f"row {entry.row}": key_of(entry) for entry in entries}
        for finding in find_odd(entries, paper.source.name, today=today):
            odd.append(_told(finding, language, at_row, by_key))
    agreed = list(_agreed(company, today))
    paid = list(_paid(company))
    money = [
        _told(finding, language, {}, {})
        for finding in compare_with_spend(agreed, paid, least=LEAST_A_YEAR)
        if paid or "without_spend" not in finding.rule
    ]
    money += [_told(finding, language, {}, {}) for finding in find_twice(agreed)]
    odd.sort(key=lambda one: -(one.worth.amount if one.worth else Decimal(0)))
    words = register_words.holding(company, today=today)
    return Checks(
        tuple(one for one in odd if one.key not in words),
        tuple(one for one in money if one.key not in words),
        tuple(concentration(agreed, company.currency)),
        number,
        tuple((one, words[one.key]) for one in (*money, *odd) if one.key in words),
    )


def _told(finding: Finding, language: str, at_row: Mapping[str, str], by_key: Mapping[str, int]) -> Told:
    """A finding in words; `at_row` says by what each row is known, `by_key` which contract came of it."""
    (evidence,) = (one for one in finding.because if isinstance(one, RecordEvidence))
    rule = finding.rule.partition("@")[0].removeprefix("contracts.register.")
    row = at_row.get(evidence.place, "")
    contract = by_key.get(row)
    vendor = ""
    if rule in ("contract_without_spend", "running_twice"):
        contract = int(evidence.record)
    elif not evidence.place:
        vendor = evidence.record
    key = f"{rule}:{row or vendor or contract or evidence.place}"[:LONGEST_KEY]
    return Told(
        rule, say(finding.title, language), finding.worth_a_year, evidence.place, contract, vendor, key
    )


def _agreed(company: Company, today: date) -> Iterator[Agreed]:
    for one in contracts.standing(company).order_by("pk"):
        runs = not contracts.has_ended(one) and (one.start is None or one.start <= today)
        cost = None if one.yearly_cost is None else Money(one.yearly_cost, one.currency)
        yield Agreed(
            str(one.pk),
            one.name,
            one.vendor_key,
            one.vendor_name,
            cost,
            runs,
            one.kind,
            one.number,
            one.origin == Contract.Origin.REGISTER,
        )


def _paid(company: Company) -> Iterator[PaidTo]:
    """What each vendor was paid in the twelve months that are shown."""
    review = Review.objects.current(company)
    if review is None:
        return
    first, last = (date.fromisoformat(day) for day in review.answer["period"])
    rows = (
        SpendCell.objects.of(company)
        .filter(review=review, basis=Basis.BOOKED, month__range=(first, last))
        .exclude(vendor_key="")
        .order_by()
        .values("vendor_key", "vendor_name", "it")
        .annotate(cost=Sum("cost"))
    )
    sums: dict[str, tuple[str, Decimal, Decimal]] = {}
    for row in rows:
        name, all_of_it, it = sums.get(row["vendor_key"], (row["vendor_name"], Decimal(0), Decimal(0)))
        is_it = row["cost"] if row["it"] == "yes" else Decimal(0)
        sums[row["vendor_key"]] = (name, all_of_it + row["cost"], it + is_it)
    currency = review.answer["currency"]
    for key, (name, whole, it) in sums.items():
        yield PaidTo(key, name, Money(whole, currency), is_it=it > 0 and it * 2 >= whole)
