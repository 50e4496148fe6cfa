"""Is this movement to or from a natural person, so that name and words must go before anything is stored?

Said to be one, in this order: a sickness fund, union or wage word in the counterparty's name; a wage word in
the communication where the counterparty is no firm; a title before a name; a bare name: an account, two to
four words of letters, and nothing that speaks for a firm. For a firm speak a trading legal form, a word of
firms, a long word of IT, an internet address, a publicly known vendor, a digit, and a seller on an invoice
(which comes before all else).

The choice is careful with people: a firm of two plain words without legal form, paid from account to account
and without an invoice here, is taken for a person and its payment leaves the figures (measured in
docs/methods/spend.md). A card payment names no account, so no shop is lost this way.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from pilothouse.engine.spend.names import clean_name, has_trading_form, plain, word_set
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import BankMovement, Identity, Reason, SpendKnowledge
from pilothouse.engine.spend.vendors import NATURAL_PERSON, known_vendors

TITLES = word_set("mr mrs ms miss mister m mme mlle madame monsieur dhr heer mevr mevrouw mw hr herr fr frau")
# Behind a name some of them mean something else ("Midland HR").
TITLES_BEHIND = TITLES - word_set("hr m ms fr")
SHORTEST_THING = 8
_FEWEST, _MOST = 2, 4
_ADDRESS = re.compile(r"\bwww\b|\w\.(?:com|net|org|eu|be|nl|fr|de|lu|uk|io)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sellers:
    """Who is seller on an invoice: cleaned names and accounts. They are firms, whatever they are called."""

    names: Collection[str] = field(default_factory=frozenset)
    ibans: Collection[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, identities: Iterable[Identity]) -> Sellers:
        parties = tuple(identities)
        names = frozenset(clean_name(p.name) for p in parties) - {""}
        return cls(names, frozenset(iban for p in parties for iban in p.ibans))


class People:
    """Tells natural persons from firms; built once from what is known of words and vendors."""

    def __init__(self, knowledge: SpendKnowledge, sellers: Sellers = Sellers()) -> None:
        self._person = Phrases((word, word) for word in knowledge.person_words)
        self._company = Phrases((word, word) for word in knowledge.company_words)
        # A short word of IT may be somebody's name ("Claude"); a long one or a phrase is none.
        things = (
            w.word for w in knowledge.words if w.is_it and (len(w.word) >= SHORTEST_THING or " " in w.word)
        )
        self._things = Phrases((word, word) for word in things)
        self._known = known_vendors(knowledge.vendors)
        self._sellers = sellers
        self._names: dict[str, tuple[Reason | None, bool]] = {}

    def person(self, name: str, iban: str, communication: str) -> Reason | None:
        """Why this is a natural person; None where it is not one."""
        if iban in self._sellers.ibans or clean_name(name) in self._sellers.names:
            return None
        if name == NATURAL_PERSON:
            return Reason("person", "masked when it was taken in")
        in_name, is_firm = self._said_by(name)
        if in_name is not None or is_firm:
            return in_name
        return self._unlike_a_firm(name, iban, communication)

    def mask(self, movement: BankMovement) -> tuple[BankMovement, Reason] | None:
        """The movement with name, account and words taken off, and why; None where it stays as it is."""
        party = movement.counterparty
        iban = party.ibans[0] if party.ibans else ""
        because = self.person(party.name, iban, movement.communication)
        if because is None:
            return None
        nobody = Identity(name=NATURAL_PERSON)
        return replace(movement, counterparty=nobody, communication="", structured=""), because

    def _said_by(self, name: str) -> tuple[Reason | None, bool]:
        """Whether a name alone says a person, and whether it says a firm; each name is looked at once."""
        if name not in self._names:
            traded = has_trading_form(name) or self._known.by_name(name)[0] is not None
            said = "" if traded else self._person.first(name)
            because = Reason("person", f"“{said}” in the name") if said else None
            named = self._company.first(name) or self._things.first(name) or _ADDRESS.search(name)
            self._names[name] = because, traded or bool(named)
        return self._names[name]

    def _unlike_a_firm(self, name: str, iban: str, communication: str) -> Reason | None:
        words = plain(name).split()
        said = self._person.first(communication)
        if said:
            return Reason("person", f"“{said}” in the communication")
        titled = len(words) >= _FEWEST and (words[0] in TITLES or words[-1] in TITLES_BEHIND)
        if titled and _all_letters(words):
            return Reason("person", "a title beside the name")
        if iban and _FEWEST <= len(words) <= _MOST and _all_letters(words):
            return Reason("person", "a bare name with an account")
        return None


def _all_letters(words: Sequence[str]) -> bool:
    return all(word.isalpha() for word in words)
