"""Which vendors, words, purposes, functions and numbers are known? The one loader of `knowledge/`.

Each function reads its YAML files once per process (all of them in about a tenth of a second) and checks them:
keys are unique, what points elsewhere points to something, a number has a source, and no two vendors answer to
one name. Limits: whether a statement is true no loader can tell; `sells` and `pricing_unit` are general knowledge.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import TypeVar

from pilothouse.engine.assumptions import LOGNORMAL, PERT, Alternative, Assumption, AssumptionBook
from pilothouse.engine.spend.names import clean_name, plain
from pilothouse.engine.spend.terms import KnownVendor, LedgerKnowledge, Purpose, SpendKnowledge
from pilothouse.knowledge.charts import read_accounts
from pilothouse.knowledge.entries import (
    Entry,
    country_of,
    folder,
    read_entries,
    read_yaml,
    source_of,
    unique,
    yaml_files,
)
from pilothouse.knowledge.learned import read_model
from pilothouse.knowledge.words import read_words

Thing = TypeVar("Thing")

SHORTEST_START = 3
RESELLING = "licences_reseller"
QUALITIES = ("A", "B", "C", "D")
RUN_OR_CHANGE = ("run", "change")
SHAPES = (PERT, LOGNORMAL)
PRICING_UNITS = frozenset(
    (
        *("user", "employee", "pupil", "contact", "payslip"),
        *("device", "sensor", "vehicle", "room", "line", "site", "system", "core"),
        *("domain", "certificate", "file", "document", "page", "item", "transaction", "usage", "course"),
        *("hour", "day", "month", "year", "contract"),
    )
)


@dataclass(frozen=True, slots=True)
class Category:
    """One of the eleven kinds of IT cost that `ask classify` names."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Tower:
    """A sub-tower of the TBM taxonomy 4.0 (`name`) and the tower it belongs to."""

    key: str
    name: str
    tower: str


@dataclass(frozen=True, slots=True)
class ItFunction:
    """Something somebody must do in a firm's IT. `unbought` says why no purpose names it."""

    key: str
    name: str
    description: str
    unbought: str = ""


@dataclass(frozen=True, slots=True)
class PurposeEntry:
    """What a thing is bought for, with all that is known of it; `run_or_change` is "run" or "change"."""

    key: str
    name: str
    description: str
    function: str
    category: str
    tower: str
    run_or_change: str


@dataclass(frozen=True, slots=True)
class VendorEntry:
    """A vendor as the engine knows it, and what a person wants to read: what it sells, and charged by what."""

    known: KnownVendor
    sells: str
    pricing_unit: str


@lru_cache
def categories() -> dict[str, Category]:
    """The categories by key, in the order of the file."""
    return read_categories(folder("categories.yaml"))


@lru_cache
def towers() -> dict[str, Tower]:
    """The TBM sub-towers by key."""
    return read_towers(folder("towers.yaml"))


@lru_cache
def functions() -> dict[str, ItFunction]:
    """The IT functions by key, from the helpdesk to the ownership of data."""
    return read_functions(folder("functions.yaml"))


@lru_cache
def purposes() -> tuple[PurposeEntry, ...]:
    """All purposes, in the order in which they are shown."""
    return read_purposes(folder("purposes.yaml"), functions(), categories(), towers())


@lru_cache
def vendors() -> tuple[VendorEntry, ...]:
    """All vendors that are publicly known, IT and not."""
    return read_vendors(yaml_files(folder("vendors")), _purpose_keys())


@lru_cache
def spend_knowledge() -> SpendKnowledge:
    """All that the engine needs to say who a vendor is, whether a line is IT, and what it is for."""
    persons, companies = read_persons(folder("persons.yaml"))
    learned, certainty = read_model(folder("models"))
    return SpendKnowledge(
        purposes=tuple(
            Purpose(p.key, p.name, p.function, p.tower, p.category, p.run_or_change) for p in purposes()
        ),
        vendors=tuple(vendor.known for vendor in vendors()),
        words=read_words(folder("words.yaml"), _purpose_keys()),
        person_words=persons,
        company_words=companies,
        ledgers=ledger_knowledge(),
        learned=learned,
        certainty=certainty,
    )


@lru_cache
def ledger_knowledge() -> LedgerKnowledge:
    """What accounts are for, and what their names say."""
    return read_accounts(folder("accounts.yaml"), _purpose_keys())


@lru_cache
def assumption_book() -> AssumptionBook:
    """All numbers we merely believe, each with its source."""
    return AssumptionBook(read_assumptions(yaml_files(folder("assumptions"))))


# --- reading one kind of file each; the tests call these with files of their own ----------------------------


def read_categories(file: Traversable) -> dict[str, Category]:
    return _by_key(file, lambda e, key: Category(key, e.text("name")))


def read_towers(file: Traversable) -> dict[str, Tower]:
    return _by_key(file, lambda e, key: Tower(key, e.text("name"), e.text("tower")))


def read_functions(file: Traversable) -> dict[str, ItFunction]:
    return _by_key(
        file, lambda e, key: ItFunction(key, e.text("name"), e.text("description"), e.text("unbought", ""))
    )


def read_purposes(
    file: Traversable,
    functions: Collection[str],
    categories: Collection[str],
    towers: Collection[str],
) -> tuple[PurposeEntry, ...]:
    def purpose(entry: Entry, key: str) -> PurposeEntry:
        return PurposeEntry(
            key=key,
            name=entry.text("name"),
            description=entry.text("description"),
            function=entry.choice("function", functions, "functions.yaml"),
            category=entry.choice("category", categories, "categories.yaml"),
            tower=entry.choice("tower", towers, "towers.yaml"),
            run_or_change=entry.choice("run_or_change", RUN_OR_CHANGE, "“run” and “change”"),
        )

    return tuple(_by_key(file, purpose).values())


def read_vendors(files: Iterable[Traversable], purposes: Collection[str]) -> tuple[VendorEntry, ...]:
    """The vendors of several files. No two may answer to one cleaned name or one VAT number."""
    found: list[VendorEntry] = []
    names: list[tuple[str, str]] = []
    numbers: list[tuple[str, str]] = []
    for file in files:
        for entry in read_entries(file):
            vendor = _vendor(entry, purposes)
            found.append(vendor)
            names += [(entry.place, name) for name in _cleaned_names(entry, vendor.known)]
            numbers += [(entry.place, number) for number in vendor.known.vat_ids]
    unique(names, "the name")
    unique(numbers, "the VAT number")
    return tuple(found)


def read_persons(file: Traversable) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of natural persons and those of firms, each from groups with a name."""
    entry = Entry(file.name, read_yaml(file))
    persons = _groups(
        entry.within("person_words"),
        ("wages_en", "wages_fr", "wages_nl", "wages_de", "unions", "sickness_funds"),
    )
    companies = _groups(entry.within("company_words"), ("forms", "trade", "places", "offices"))
    entry.finished()
    both = set(persons) & set(companies)
    if both:
        raise entry.wrong(f"“{min(both)}” is both a person word and a company word. Keep one of them.")
    return persons, companies


def read_assumptions(files: Iterable[Traversable]) -> tuple[Assumption, ...]:
    """The numbers of several files, each with its source."""
    found: list[Assumption] = []
    places: list[tuple[str, str]] = []
    for file in files:
        head = Entry(file.name, read_yaml(file))
        for source in head.within("sources").entries():
            source_of(source, "A")
        for entry in head.each("assumptions"):
            values = tuple(_assumptions(entry))
            found += values
            places += [(entry.place, f"{a.key} {a.country} {a.holds_from}") for a in values]
        head.finished()
    unique(places, "the value of")
    return tuple(found)


# --- one entry --------------------------------------------------------------------------------------------


def _by_key(file: Traversable, read: Callable[[Entry, str], Thing]) -> dict[str, Thing]:
    """A list file as a mapping, its entries read by `read` with their key."""
    found: dict[str, Thing] = {}
    places: list[tuple[str, str]] = []
    for entry in read_entries(file):
        key = entry.text("key")
        found[key] = read(entry, key)
        places.append((entry.place, key))
        entry.finished()
    unique(places, "the key")
    return found


def _vendor(entry: Entry, purposes: Collection[str]) -> VendorEntry:
    bought = _purposes(entry, purposes)
    known = KnownVendor(
        name=entry.text("name"),
        aliases=entry.texts("aliases"),
        country=country_of(entry),
        is_it=entry.flag("is_it", unknown=True),
        purposes=bought,
        resells=RESELLING in bought,
        vat_ids=entry.texts("vat_ids"),
        whole_names=entry.texts("whole_names"),
        only_proposes="only_proposes" in entry.fields() and bool(entry.flag("only_proposes")),
    )
    vendor = VendorEntry(
        known,
        sells=entry.text("sells"),
        pricing_unit=entry.choice("pricing_unit", PRICING_UNITS, "the pricing units of book.py"),
    )
    entry.finished()
    if known.is_it and not known.purposes:
        raise entry.wrong("an IT vendor needs “purposes”: what is bought there, the commonest first.")
    if known.is_it is False and known.purposes:
        raise entry.wrong(
            "“purposes” are those of IT, and this vendor is not. Take them out or say “is_it: null”."
        )
    if known.only_proposes and not known.is_it:
        raise entry.wrong("“only_proposes” is of vendors of IT. Take it out or say “is_it: true”.")
    return vendor


def _purposes(entry: Entry, known: Collection[str]) -> tuple[str, ...]:
    said = entry.texts("purposes")
    for key in said:
        if key not in known:
            raise entry.wrong(
                f"the purpose “{key}” is not in purposes.yaml. Use one of its keys, or add it there."
            )
    return said


def _cleaned_names(entry: Entry, vendor: KnownVendor) -> Iterator[str]:
    """The names as the engine will look for them; a name too short to begin a longer one is refused."""
    for name in {vendor.name, *vendor.aliases, *vendor.whole_names}:
        cleaned = clean_name(name)
        if not cleaned:
            raise entry.wrong(f"nothing is left of the name “{name}” once it is cleaned.")
        if len(cleaned) < SHORTEST_START and name not in vendor.whole_names:
            raise entry.wrong(f"“{name}” is too short to begin a longer name. Put it under “whole_names”.")
        yield cleaned


def _groups(entry: Entry, names: tuple[str, ...]) -> tuple[str, ...]:
    words = tuple(word for name in names for word in entry.texts(name))
    entry.finished()
    unique(((entry.place, plain(word)) for word in words), "the word")
    return words


def _assumptions(entry: Entry) -> Iterator[Assumption]:
    key, unit, country = entry.text("key"), entry.text("unit"), country_of(entry)
    values = entry.each("values")
    entry.finished()
    for value in values:
        low, mode, high = value.number("low"), value.number("mode"), value.number("high")
        if not low <= mode <= high:
            raise value.wrong(f"low {low}, mode {mode} and high {high} must rise.")
        quality = value.choice("quality", QUALITIES, "A to D")
        source = source_of(value.within("source"), quality)
        holds_from = value.day("holds_from")
        shape = value.choice("shape", SHAPES, "“pert” and “lognormal”") if "shape" in value.fields() else PERT
        others = value.each("others") if "others" in value.fields() else []
        value.finished()
        if shape == LOGNORMAL and low <= 0:
            raise value.wrong("a lognormal value must be above nothing.")
        also = tuple(_alternative(other) for other in others)
        yield Assumption(key, unit, country, holds_from, low, mode, high, source, shape, also)


def _alternative(entry: Entry) -> Alternative:
    """A published number that stands beside ours; it may be far from it, and may have been read second-hand."""
    found = Alternative(
        entry.text("says"),
        entry.number("low"),
        entry.number("high"),
        source_of(entry.within("source"), "C"),
    )
    entry.finished()
    return found


@lru_cache
def _purpose_keys() -> frozenset[str]:
    return frozenset(purpose.key for purpose in purposes())
