"""What are the accounts of a ledger for, and which of them speak for IT? Reads `accounts.yaml`.

Ranges are checked: both ends are digits, equally long, and in order; of a chart with codes of fixed length none is
shorter. Two entries of one chart may not claim the same range for different things. Limits: whether a code means what
the file says no loader can tell; each chart names its source, and the day on which it was last compared.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal
from importlib.resources.abc import Traversable

from pilothouse.engine.spend.terms import KnownAccount, KnownChart, LedgerKnowledge, Role
from pilothouse.knowledge.entries import Entry, country_of, read_yaml, source_of, unique
from pilothouse.knowledge.words import words_in

QUALITIES = ("A", "B", "C", "D")
_ROLES = tuple(role.value for role in Role)


def read_accounts(file: Traversable, purposes: Collection[str]) -> LedgerKnowledge:
    """The charts of accounts, the words of their names, and the names of journals and collective accounts."""
    head = Entry(file.name, read_yaml(file))
    charts = tuple(_chart(entry, purposes) for entry in head.each("charts"))
    unique(((file.name, chart.key) for chart in charts), "the chart")
    words = words_in(head.each("words"), purposes)
    knowledge = LedgerKnowledge(charts, words, head.texts("year_journals"), head.texts("collective_names"))
    head.finished()
    return knowledge


def _chart(entry: Entry, purposes: Collection[str]) -> KnownChart:
    key, country, fixed = entry.text("key"), country_of(entry), int(entry.number("fixed"))
    entry.text("name")
    source_of(entry.within("source"), entry.choice("quality", QUALITIES, "A to D"))
    entry.day("checked_on")
    assets = tuple(_range(entry, code, fixed) for code in entry.texts("assets"))
    accounts: list[KnownAccount] = []
    places: list[tuple[str, str]] = []
    for account in entry.each("accounts"):
        found = tuple(_accounts(account, fixed, purposes))
        accounts += found
        # A range may stand twice: once for what it is for, once for what it says of IT.
        places += [(account.place, f"{a.first}-{a.last} {a.is_it is None}") for a in found]
    unique(places, "the range")
    entry.finished()
    roles: dict[tuple[str, str], set[Role]] = {}
    for known in accounts:
        roles.setdefault((known.first, known.last), set()).add(known.role)
    for (first, last), several in roles.items():
        if len(several) > 1:
            raise entry.wrong(f"{first}-{last} has two roles. Keep one of them.")
    return KnownChart(key, country, tuple(sorted(accounts, key=lambda a: a.is_it is None)), fixed, assets)


def _accounts(entry: Entry, fixed: int, purposes: Collection[str]) -> Iterator[KnownAccount]:
    role = Role(entry.choice("role", _ROLES, "the roles at the head of the file"))
    codes = entry.texts("codes")
    speaks = "is_it" in entry.fields()
    is_it = entry.flag("is_it") if speaks else None
    weight = entry.number("weight") if speaks else Decimal(0)
    purpose = entry.text("purpose", "")
    entry.finished()
    if speaks and not Decimal("0.5") <= weight < 1:
        raise entry.wrong(f"the weight {weight} must lie between 0.5 and 1.")
    if purpose and (purpose not in purposes or not is_it):
        raise entry.wrong(f"the purpose “{purpose}” is not in purposes.yaml, or the accounts are not IT.")
    for code in codes:
        yield KnownAccount(*_range(entry, code, fixed), role, is_it, weight, purpose)


def _range(entry: Entry, code: str, fixed: int) -> tuple[str, str]:
    first, _, last = code.partition("-")
    last = last or first
    if not (first + last).isdigit() or len(first) != len(last) or first > last or len(first) < fixed:
        raise entry.wrong(f"“{code}” is no range of codes. Write it as 4920 or 4200-4299.")
    return first, last
