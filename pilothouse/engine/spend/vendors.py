"""Who is this vendor: one stable key per party over all papers.

An enterprise or VAT number is the strongest: "BE0123456789", "0123.456.789" and "BE 0123 456 789" are one
key. Who is named without a number is found through an IBAN that stands on an invoice of one party only, then
through a cleaned name that belongs to one number only; else the cleaned name itself is the key
("name:proximus"; for a vendor that is publicly known, the name it is known by). A decision made on a name key
finds its vendor when an invoice brings the number later (`Parties.canonical`).

What people said of who is who goes before all of it (`who.py`).

Limits: a vendor with two VAT numbers is two until somebody says so; two firms of one name and no number are one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from stdnum.be import vat as belgian_number

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.terms import BankMovement, Identity, InvoicePaper, KnownVendor
from pilothouse.engine.spend.who import NO_WORDS, VendorWords

NATURAL_PERSON = "Natural person"
NATURAL_PERSON_KEY = "person"
UNNAMED_KEY = "unnamed"
_NOT_ALNUM = re.compile(r"[^0-9A-Z]")
_NOT_DIGIT = re.compile(r"\D", re.ASCII)
_LONGEST_KEY = 110
SHORTEST_START = 6


@dataclass(frozen=True, slots=True)
class Vendor:
    """One party under its key. `known_by` says what found it in the public knowledge: "identifier", "name",
    "start".
    """

    key: str
    name: str
    country: str = ""
    known: KnownVendor | None = None
    known_by: str = ""


def identifier_of(identity: Identity) -> str:
    """The number that makes a party itself, in one spelling; "" without one.

    >>> identifier_of(Identity(vat_id="BE 0123.456.749")), identifier_of(Identity(legal_id="0123.456.749"))
    ('BE0123456749', 'BE0123456749')
    >>> identifier_of(Identity(vat_id="FR 83 404 833 048"))
    'FR404833048'
    >>> identifier_of(Identity(legal_id="40483304800022", country="FR"))
    'FR404833048'
    """
    return _vat_key(identity.vat_id, identity.country) or _legal_key(identity.legal_id, identity.country)


def _vat_key(number: str, country: str) -> str:
    text = _NOT_ALNUM.sub("", number.upper())
    if not text[:2].isalpha():
        text = country.upper() + text
    prefix, rest = text[:2], text[2:]
    digits = _NOT_DIGIT.sub("", rest)
    if len(prefix) < 2 or not prefix.isalpha() or len(digits) < 5 or len(set(digits)) == 1:
        return ""
    if prefix == "BE":
        return "BE" + digits.zfill(10)
    if prefix == "FR":
        return "FR" + digits[-9:]
    return (prefix + rest)[:_LONGEST_KEY]


def _legal_key(number: str, country: str) -> str:
    text = _NOT_ALNUM.sub("", number.upper())
    digits = _NOT_DIGIT.sub("", text)
    if len(digits) < 5 or len(set(digits)) == 1:
        return ""
    if country.upper() in ("", "BE") and belgian_number.is_valid(text.removeprefix("BE")):
        return "BE" + belgian_number.compact(text.removeprefix("BE"))
    if country.upper() == "FR" and text == digits and len(digits) in (9, 14):
        return "FR" + digits[:9]
    return f"{country.upper()}#{text}"[:_LONGEST_KEY]


class KnownVendors:
    """What is publicly known of vendors, found by number, by whole name, or by how a name starts."""

    def __init__(self, vendors: Iterable[KnownVendor]) -> None:
        self._by_number: dict[str, KnownVendor] = {}
        self._by_words: dict[tuple[str, ...], KnownVendor] = {}
        self._by_start: dict[tuple[str, ...], KnownVendor] = {}
        self._longest = 0
        for vendor in sorted(vendors, key=lambda v: v.name):
            for vat_id in vendor.vat_ids:
                self._by_number.setdefault(
                    identifier_of(Identity(vat_id=vat_id, country=vendor.country)), vendor
                )
            for name in (vendor.name, *vendor.aliases, *vendor.whole_names):
                self._by_words.setdefault(tuple(clean_name(name).split()), vendor)
            for name in {vendor.name, *vendor.aliases} - set(vendor.whole_names):
                words = tuple(clean_name(name).split())
                self._by_start.setdefault(words, vendor)
                self._longest = max(self._longest, len(words))
        self._by_number.pop("", None)
        self._by_words.pop((), None)

    def by_number(self, number: str) -> KnownVendor | None:
        return self._by_number.get(number)

    def find(self, key: str, name: str) -> tuple[KnownVendor | None, str]:
        """The vendor of a number, else of a name, and what found it: "identifier", "name" or "start"."""
        known = self.by_number(key)
        return (known, "identifier") if known else self.by_name(name)

    def by_name(self, name: str) -> tuple[KnownVendor | None, str]:
        """The vendor of a name, and whether the whole "name" said so or only its "start"."""
        words = tuple(clean_name(name).split())
        whole = self._by_words.get(words)
        if whole is not None:
            return whole, "name"
        for count in range(min(self._longest, len(words) - 1), 0, -1):
            start = self._by_start.get(words[:count])
            if start is not None:
                return start, "start"
        return None, ""


@lru_cache(maxsize=4)
def known_vendors(vendors: tuple[KnownVendor, ...]) -> KnownVendors:
    """The same list is looked through once: all reviews of a process rest on it."""
    return KnownVendors(vendors)


class Parties:
    """Everybody who stands on the papers, each under one key.

    What invoices say of a party goes before what ledgers say (`booked`): those help only where invoices are silent.
    """

    def __init__(
        self,
        invoices: Iterable[InvoicePaper],
        known: KnownVendors,
        booked: Iterable[Identity] = (),
        words: VendorWords = NO_WORDS,
    ) -> None:
        self._known = known
        self._words = words
        self._aliases: dict[str, dict[Identity, str]] = defaultdict(dict)
        self._booked = tuple(dict.fromkeys(booked))
        identities = Counter(party for i in invoices for party in (i.seller, i.buyer))
        self._vat_of_legal = _unique(
            (_legal_key(p.legal_id, p.country), _vat_key(p.vat_id, p.country))
            for p in identities
            if p.legal_id
        )
        self._number_of_name = self._learn(identities, lambda p: (clean_name(p.name), self._number(p)))
        self._number_of_known = self._learn(identities, lambda p: (self._known_name(p), self._number(p)))
        self._keys = {
            party: self._said_key(self._key(party), party) for party in (*identities, *self._booked)
        }
        self._key_of_name = self._learn(identities, lambda p: (clean_name(p.name), self._keys[p]))
        self._key_of_iban = _unique((iban, self._keys[p]) for p in identities for iban in p.ibans)
        self._names, self._countries = self._said_of(identities)
        self._vendors: dict[Identity, Vendor] = {}

    def key(self, identity: Identity) -> str:
        """The key of a party named on an invoice."""
        return self._keys.get(identity) or self._said_key(self._key(identity), identity)

    def vendor(self, identity: Identity) -> Vendor:
        """The party named on an invoice."""
        if identity not in self._vendors:
            key = self.key(identity)
            self._vendors[identity] = self._as_vendor(key, identity)
            self._aliases[key][identity] = "number" if identifier_of(identity) else "name"
        return self._vendors[identity]

    def vendor_of(self, movement: BankMovement) -> Vendor:
        """The party a movement goes to or comes from: by IBAN, then by name, then by the words of a card
        payment.
        """
        said = movement.counterparty
        if said.name == NATURAL_PERSON:
            return Vendor(NATURAL_PERSON_KEY, NATURAL_PERSON)
        if not said.name and not said.ibans:
            said = Identity(name=self._named_in(movement.communication))
        if said not in self._vendors:
            by, key = self._found(said)
            key = self._said_key(key, said)
            self._vendors[said] = self._as_vendor(key, said)
            self._aliases[key][said] = by
        return self._vendors[said]

    def _found(self, said: Identity) -> tuple[str, str]:
        """What finds a party on a bank's line, and its key."""
        for by, key in (("account", self._key_by_iban(said)), ("start", self._key_by_start(said))):
            if key:
                return by, key
        return "name", self._key(said)

    @property
    def aliases(self) -> Mapping[str, Mapping[Identity, str]]:
        """Of each vendor that was asked for: as whom it stands on papers, and what found it each time ("number",
        "account", "start" of a name, "name").
        """
        return self._aliases

    def _said_key(self, key: str, identity: Identity) -> str:
        """The key, once people's words are followed."""
        return self._words.key_of(key, identity.name)

    def canonical(self, key: str) -> str:
        """The key by which today's papers know what was once called `key`."""
        if not key.startswith("name:"):
            return self._words.key_of(self._vat_of_legal.get(key, key), "")
        identity = Identity(name=key.removeprefix("name:"))
        return self._said_key(self._key(identity), identity)

    def _learn(
        self, invoiced: Iterable[Identity], said_of: Callable[[Identity], tuple[str, str]]
    ) -> dict[str, str]:
        """What names point to one thing only: on invoices, or else in ledgers."""
        named = list(invoiced)
        known = {name for party in named for name, found in [said_of(party)] if found}
        learnt = _unique(pair for pair in map(said_of, self._booked) if pair[0] not in known)
        return learnt | _unique(map(said_of, named))

    def _number(self, identity: Identity) -> str:
        number = identifier_of(identity)
        return self._vat_of_legal.get(number, number)

    def _key(self, identity: Identity) -> str:
        if identity.name == NATURAL_PERSON:
            return NATURAL_PERSON_KEY
        number = self._number(identity)
        if number:
            return number
        name = clean_name(identity.name)
        if not name:
            return f"iban:{identity.ibans[0]}" if identity.ibans else UNNAMED_KEY
        known, _ = self._known.by_name(identity.name)
        found = self._number_of_name.get(name)
        if known and not found:
            found = self._number_of_known.get(clean_name(known.name))
        return found or f"name:{clean_name(known.name) if known else name}"

    def _key_by_iban(self, identity: Identity) -> str:
        return next((self._key_of_iban[iban] for iban in identity.ibans if iban in self._key_of_iban), "")

    def _key_by_start(self, identity: Identity) -> str:
        """A card terminal puts a place or a product behind the name; a transfer names its party."""
        if identity.ibans:
            return ""
        words = clean_name(identity.name).split()
        starts = (" ".join(words[:count]) for count in range(len(words), 0, -1))
        return next(
            (self._key_of_name[s] for s in starts if len(s) >= SHORTEST_START and s in self._key_of_name), ""
        )

    def _known_name(self, identity: Identity) -> str:
        known, _ = self._known.find(self._number(identity), identity.name)
        return clean_name(known.name) if known else ""

    def _as_vendor(self, key: str, said: Identity) -> Vendor:
        name = self._words.name_of(key) or self._names.get(key, said.name)
        known, by = self._known.find(key, name)
        if known is None:
            known, by = self._known.by_name(said.name)
        country = self._countries.get(key) or _country(said) or (known.country if known else "")
        shown = name or (said.ibans[0] if said.ibans else "")
        return Vendor(key, shown, country, known, by)

    def _said_of(self, identities: Counter[Identity]) -> tuple[dict[str, str], dict[str, str]]:
        """The name most invoices use for each key, and the country they give it."""
        names: dict[str, Counter[str]] = {}
        countries: dict[str, str] = {}
        for party, count in identities.items():
            key = self._keys[party]
            if party.name:
                names.setdefault(key, Counter())[party.name] += count
            country = _country(party)
            if country:
                countries[key] = min(country, countries.get(key, country))
        for party in self._booked:
            if self._keys[party] not in names and party.name:
                names[self._keys[party]] = Counter([party.name])
        return {key: min(said, key=lambda n: (-said[n], n)) for key, said in names.items()}, countries

    def _named_in(self, communication: str) -> str:
        """The first words of a card payment's text, which name the shop."""
        return " ".join(clean_name(communication).split()[:3])


def _country(identity: Identity) -> str:
    """Where a party is established, by its VAT number, its account, or its address."""
    vat = _vat_key(identity.vat_id, identity.country)[:2].replace("EL", "GR")
    account = identity.ibans[0][:2] if identity.ibans else ""
    return vat or identity.country.upper() or (account if account.isalpha() else "")


def _unique(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Only what points to one thing: `pairs` of name and number, empty ones left out."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for name, number in pairs:
        if name and number and found.setdefault(name, number) != number:
            several.add(name)
    return {name: number for name, number in found.items() if name not in several}
