"""Who are we: whose papers are these?

In a firm's own folder the firm stands on every invoice: as buyer on what it buys, as seller on what it sells.
So the firm is who stands on most of them; where several stand on equally many (a folder of one vendor's
invoices), the one who is buyer on most. Before that come what is known already, who was named, and the seller
whose account is one of the accounts of the bank statements. Limits: a folder with the papers of two firms in
equal parts is undecidable, and said so; a folder of sales to one customer looks like that customer's
purchases unless a bank file is with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from pilothouse.engine.spend.names import clean_name
from pilothouse.engine.spend.terms import Firm, Identity, InvoicePaper
from pilothouse.engine.spend.vendors import KnownVendors, Parties, identifier_of

# A party that stands on less than this share of the invoices is not the one whose folder it is.
LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class WhoWeAre:
    """The firm, or None where the papers do not decide it; `because` says why in either case."""

    firm: Firm | None
    because: str


def find_firm(
    invoices: Iterable[InvoicePaper],
    *,
    named: str | None = None,
    known: Firm | None = None,
    accounts: Collection[str] = (),
) -> WhoWeAre:
    """Find whose papers these are. `named` is a name or a VAT number; `accounts` are those of bank
    statements.
    """
    if known is not None:
        because = known.because or "It is known already."
        return _found(replace(known, because=because), accounts)
    papers = sorted(invoices, key=lambda i: (i.issue_date, i.id))
    stands = _Standing(papers)
    if named and named.strip():
        party, because = _find_named(named.strip(), stands)
        if party is not None:
            return _found(Firm(party, because=because), accounts)
    else:
        because = ""
    party, why = _find_by_papers(stands, set(accounts))
    because = f"{because} {why}".strip()
    return WhoWeAre(None, because) if party is None else _found(Firm(party, because=because), accounts)


class _Standing:
    """On which invoices each party stands, and in which role."""

    def __init__(self, papers: Sequence[InvoicePaper]) -> None:
        self.papers = papers
        parties = Parties(papers, KnownVendors(()))
        self.sides = [(parties.key(p.seller), parties.key(p.buyer)) for p in papers]
        self.bought = Counter(buyer for _, buyer in self.sides)
        self.on = Counter(key for sides in self.sides for key in set(sides))
        self.identities: dict[str, Identity] = {}
        for paper, (seller, buyer) in zip(papers, self.sides, strict=True):
            self._keep(buyer, paper.buyer)
            self._keep(seller, paper.seller)

    def _keep(self, key: str, identity: Identity) -> None:
        """The fullest way a party is named; the first where several are equally full."""
        kept = self.identities.get(key)
        if kept is None or _fullness(identity) > _fullness(kept):
            self.identities[key] = identity

    def without(self, key: str) -> Counter[str]:
        """On how many invoices each of the others stands where this one does not."""
        return Counter(side for sides in self.sides if key not in sides for side in set(sides))


def _fullness(identity: Identity) -> int:
    return sum(map(bool, (identity.vat_id, identity.legal_id, identity.name, identity.country)))


def _find_named(named: str, stands: _Standing) -> tuple[Identity | None, str]:
    number = _as_number(named)
    if number:
        for key, identity in stands.identities.items():
            if number in (key, identifier_of(identity)):
                return identity, f"“{named}” was named as the company."
        return Identity(vat_id=named), f"“{named}” was named as the company; it stands on no invoice."
    words = clean_name(named)
    whole = [key for key, party in stands.identities.items() if clean_name(party.name) == words]
    starts = [
        key for key, party in stands.identities.items() if clean_name(party.name).startswith(words + " ")
    ]
    for keys in (whole, starts):
        if keys and (len(keys) == 1 or keys is whole):
            found = stands.identities[max(keys, key=lambda key: (stands.on[key], key))]
            return found, f"“{named}” was named as the company."
    return None, f"“{named}” stands on no invoice."


def _as_number(named: str) -> str:
    """A VAT or enterprise number; a name with a number in it is a name."""
    digits = sum(c.isdigit() for c in named)
    letters = sum(c.isalpha() for c in named)
    return (
        identifier_of(Identity(vat_id=named)) or identifier_of(Identity(legal_id=named))
        if digits > letters
        else ""
    )


def _find_by_papers(stands: _Standing, accounts: set[str]) -> tuple[Identity | None, str]:
    if not stands.papers:
        return None, "There is no invoice to see it from."
    holders = {
        seller
        for paper, (seller, _) in zip(stands.papers, stands.sides, strict=True)
        if accounts.intersection(paper.seller.ibans)
    }
    if len(holders) == 1:
        return stands.identities[holders.pop()], "Its account is the one of the bank statements."
    return _find_on_most(stands)


def _find_on_most(stands: _Standing) -> tuple[Identity | None, str]:
    ranked = sorted(stands.on, key=lambda key: (-stands.on[key], -stands.bought[key], key))
    best, total = ranked[0], len(stands.papers)
    count, others = stands.on[best], stands.without(best)
    rival = max(others, key=lambda key: (others[key], key), default="")
    if not clean_name(stands.identities[best].name) and not identifier_of(stands.identities[best]):
        return None, "The invoices do not name their buyer. Name the company."
    if count < total * LEAST_SHARE or (rival and others[rival] >= count):
        return None, f"Nobody stands on most of the {total} invoices. Name the company."
    role = "buyer" if stands.bought[best] * 2 >= count else "seller"
    return stands.identities[best], f"It stands on {count} of {total} invoices, as {role} on most of them."


def _found(firm: Firm, accounts: Collection[str]) -> WhoWeAre:
    """The firm with the accounts of its statements."""
    ibans = tuple(sorted({*firm.identity.ibans, *accounts} - {""}))
    return WhoWeAre(replace(firm, identity=replace(firm.identity, ibans=ibans)), firm.because)
