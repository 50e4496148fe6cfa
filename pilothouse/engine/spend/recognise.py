"""Is this line IT, and what is it for? From the strongest evidence to the weakest, each saying its reason.

1. A number (enterprise, VAT) says who the vendor is, whatever it is called.
2. What a person decided for this company: for this kind of line of the vendor, else for the vendor.
3. What is publicly known of the vendor. One that sells both is left to account and words, and so is one whose account
   or words speak strongly against what is known.
4. The account a ledger has it on, where that says something (`accounts.py`); words as sure of the opposite leave it
   open.
5. Words: the strongest word for IT weighed against the strongest word against it, those of an unknown vendor's name
   among them. The purpose is that of the first strong word of the line, else of the name.
6. A model learned from labelled lines (`learned.py`), where nothing else is known of name and words; beside the
   words of a name it moves the balance, beside words of the line it is not asked.
What stays below `Certainty.ask_below` is asked, with the answer that would be given (`would_say`). Limits: the
certainties were measured on payments of British public bodies, or are set by hand where those are silent.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256

from pilothouse.engine.spend.accounts import Accounts, AccountSays
from pilothouse.engine.spend.dealings import Dealings
from pilothouse.engine.spend.names import clean_name, plain, telling, word_set
from pilothouse.engine.spend.phrases import Phrases
from pilothouse.engine.spend.terms import (
    Account,
    Certainty,
    Decision,
    KnownVendor,
    KnownWord,
    Reason,
    Recognition,
    SpendKnowledge,
)
from pilothouse.engine.spend.vendors import Vendor

_MONTHS = word_set(
    "january february march april may june july august september october november december januari "
    "februari maart mei juni juli augustus oktober janvier fevrier mars avril mai juin juillet aout "
    "septembre octobre novembre decembre januar februar marz juli dezember jan feb mar apr jun jul aug "
    "sep sept oct okt nov dec dez"
)
_NOWHERE = Account()
SHORTEST_IN_NAME = 8
JUST_BELOW = 0.01  # the confidence from which nobody is asked
ABOUT_AS_STRONG = Decimal("0.1")
MOST_KEPT = 200_000


def line_print(vendor_key: str, text: str) -> str:
    """A fingerprint of vendor and words that next month's line has as well: without numbers, dates and
    months.

    >>> line_print("v", "Hosting March 2026, 31 days") == line_print("v", "Hosting April 2026, 30 days")
    True
    >>> line_print("v", "Microsoft 365") == line_print("v", "Microsoft 360")
    False
    """
    words = " ".join([w for w in telling(text).split() if w not in _MONTHS and not _is_short_number(w)])
    return sha256(f"{vendor_key}\n{words}".encode()).hexdigest()[:32]


def _is_short_number(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal()


class Recogniser:
    """Recognises lines by knowledge and decisions; built once. What was recognised last is kept, `MOST_KEPT` lines of
    it, since the words of a vendor return; answers that are equal are one.
    """

    def __init__(
        self,
        knowledge: SpendKnowledge,
        decisions: Sequence[Decision] = (),
        canonical: Callable[[str], str] = str,
        certainty: Certainty | None = None,
    ) -> None:
        """`canonical` gives today's key of a vendor for the key a decision was made on; `certainty` is that of the
        knowledge, where nothing else is said.
        """
        self._certainty = certainty or knowledge.certainty
        self._learned = knowledge.learned
        self._purposes = {purpose.key: purpose for purpose in knowledge.purposes}
        self._words = _words_of(knowledge.words).afresh()
        self._named = _names_of(knowledge.vendors).afresh()
        self._of_vendor: dict[str, Decision] = {}
        self._of_line: dict[tuple[str, str], Decision] = {}
        self._old_keys: dict[str, set[str]] = {}
        for decision in sorted(decisions, key=lambda d: d.on):
            self._keep(decision, canonical(decision.vendor_key))
        self._accounts = Accounts(knowledge.ledgers)
        self._seen: dict[tuple[str, str, str, Account], tuple[Recognition, str]] = {}
        self._alike: dict[Recognition, Recognition] = {}
        self._words_of_name: dict[str, tuple[KnownWord, ...]] = {}

    def recognise(self, vendor: Vendor, text: str, account: Account = _NOWHERE) -> tuple[Recognition, str]:
        """What a line of this vendor with these words is, booked on this account, and the line's print."""
        line = vendor.key, vendor.name, telling(text), account
        found = self._seen.get(line)
        if found is None:
            if len(self._seen) >= MOST_KEPT:
                self._seen.clear()
                self._alike.clear()
            recognition, print_ = self._recognise(vendor, line[2], account)
            found = self._seen[line] = self._alike.setdefault(recognition, recognition), print_
        return found

    def as_booked(
        self, vendor: Vendor, found: Recognition, amount: Decimal, dealings: Dealings
    ) -> Recognition:
        """A payment without words and account of its own, in the category that clerks book such payments in. What it is
        for (its purpose) stays: that is known of its vendor, and how it is booked is not.
        """
        if self._learned is None or not found.would_say or found.confirmed:
            return found
        known = found.category if found.purpose else ""
        category = self._learned.booked_as(vendor.name, known, amount, dealings)
        if category == found.category:
            return found
        because = Reason("payments", f"payments like these are most likely booked as {category}")
        return replace(found, category=category, because=(*found.because, because))

    def _keep(self, decision: Decision, key: str) -> None:
        if decision.line_print:
            self._of_line[key, decision.line_print] = decision
            self._old_keys.setdefault(key, set()).add(decision.vendor_key)
        else:
            self._of_vendor[key] = decision

    def _recognise(self, vendor: Vendor, text: str, account: Account) -> tuple[Recognition, str]:
        print_ = line_print(vendor.key, text)
        decision = self._decision(vendor, text, print_)
        found = _decided(decision) if decision else self._by_evidence(vendor, text, account)
        if vendor.known and vendor.known_by == "identifier":
            who = Reason("identifier", f"{vendor.key} is {vendor.known.name}")
            found = replace(found, because=(who, *found.because))
        if found.would_say:
            found = self._with_purpose(vendor, text, found)
        left_open = decision is None or decision.capital is None
        if left_open and account.code and self._accounts.is_asset(account):
            found = replace(found, capital=True)
        return found, print_

    def _with_purpose(self, vendor: Vendor, text: str, found: Recognition) -> Recognition:
        """What its purpose says of it; where none is known, the category such names and words are most often of."""
        purpose = self._purposes.get(found.purpose)
        if purpose is not None:
            usual = found.run_or_change or purpose.run_or_change
            return replace(found, function=purpose.function, category=purpose.category, run_or_change=usual)
        guess = self._learned.guess(vendor.name, text) if self._learned else None
        return replace(found, category=guess.category) if guess else found

    def _decision(self, vendor: Vendor, text: str, print_: str) -> Decision | None:
        """The decision on this kind of line, also where it was made under an older key; else the vendor's."""
        prints = [line_print(key, text) for key in sorted(self._old_keys.get(vendor.key, ()))]
        for known_print in (print_, *prints):
            decision = self._of_line.get((vendor.key, known_print))
            if decision is not None:
                return decision
        return self._of_vendor.get(vendor.key)

    def _by_evidence(self, vendor: Vendor, text: str, account: Account) -> Recognition:
        if self._is_another(vendor):
            vendor = replace(vendor, known=None, known_by="")
        words = self._weigh(text, "" if vendor.known else vendor.name)
        booked = self._accounts.says(account)
        if vendor.known is not None and vendor.known.is_it is not None:
            return self._by_vendor(vendor, vendor.known, words, booked, text)
        if booked is not None:
            return self._by_account(booked, words)
        return self._by_words(vendor, words, text)

    def _is_another(self, vendor: Vendor) -> bool:
        """Whether a name only begins like a known vendor's, and its words say that it does something else."""
        if vendor.known is None or vendor.known_by != "start" or vendor.known.is_it is None:
            return False
        words = self._weigh("", vendor.name)
        other = words.against if vendor.known.is_it else words.in_favour
        return other is not None and float(other.weight) >= self._certainty.another_from

    def _by_account(self, booked: AccountSays, words: _Weighed) -> Recognition:
        """What the account says; words beside it make it surer, or leave it open."""
        sure = booked.weight
        because: tuple[Reason, ...] = (_as_booked(booked),)
        against = words.against if booked.is_it else words.in_favour
        along = words.in_favour if booked.is_it else words.against
        if against is not None and float(against.weight) >= sure:
            sure, because = sure / 2 + 0.25, (*because, _as_reason(against))
        elif along is not None:
            sure, because = max(sure, float(along.weight)), (*because, _as_reason(along))
        said = words.telling.purpose if words.telling is not None else ""
        purpose = (said or booked.purpose) if booked.is_it else ""
        sure = min(sure, self._certainty.words_at_most)
        return self._answer(sure, purpose, because, is_it=booked.is_it, of_line=True)

    def _by_vendor(
        self, vendor: Vendor, known: KnownVendor, words: _Weighed, booked: AccountSays | None, text: str
    ) -> Recognition:
        sure = {
            "identifier": self._certainty.known_by_number,
            "name": self._certainty.known_by_name,
        }.get(vendor.known_by, self._certainty.known_by_start)
        is_it = bool(known.is_it)
        because: tuple[Reason, ...] = (Reason("vendor", f"{known.name} is known"),)
        against = words.against if is_it else words.in_favour
        # Words as sure as the vendor leave it open: half of it is taken off the certainty.
        if against is not None and float(against.weight) >= sure:
            because = (*because, _as_reason(against))
            sure = sure / 2 + 0.25
        elif booked is not None and booked.is_it != is_it and booked.weight >= sure:
            because = (*because, _as_booked(booked))
            sure = sure / 2 + 0.25
        elif booked is not None and booked.is_it == is_it:
            because = (*because, _as_booked(booked))
        purpose = _purpose_of(known, words) if is_it else ""
        maker = self._maker(known, text) if is_it and known.resells else None
        if maker is not None:
            purpose, because = (
                maker.purposes[0],
                (*because, Reason("named", f"it sells what {maker.name} makes")),
            )
        if is_it and words.telling is not None and purpose == words.telling.purpose:
            because = (*because, _as_reason(words.telling))
        if known.only_proposes and not self._says_so_itself(words, booked):
            sure = min(sure, self._certainty.known_proposing, self._certainty.ask_below - JUST_BELOW)
        return self._answer(sure, purpose, because, is_it=is_it)

    def _says_so_itself(self, words: _Weighed, booked: AccountSays | None) -> bool:
        """Whether the line's own words or its account would settle that it is IT, whoever is paid."""
        by_words = words.share if words.of_line else 0.0
        by_account = booked.weight if booked is not None and booked.is_it else 0.0
        return max(by_words, by_account) >= self._certainty.ask_lines_below

    def _maker(self, known: KnownVendor, text: str) -> KnownVendor | None:
        """Whose product a reseller's line names."""
        named = (maker for _, maker in self._named.found(text) if maker is not known and not maker.resells)
        return next((maker for maker in named if maker.is_it and maker.purposes), None)

    def _by_words(self, vendor: Vendor, words: _Weighed, text: str) -> Recognition:
        said = dict.fromkeys((words.in_favour, words.against, words.telling))
        because = tuple(_as_reason(word) for word in said if word is not None)
        if not because:
            return self._by_name_in_text(vendor, text)
        most = self._certainty.words_at_most
        share = min(max(words.share, 1 - most), most)
        if self._learned is not None and not words.of_line:
            odds = self._learned.log_odds(vendor.name, text)
            share = min(max(self._with_words(share, odds), 1 - most), most)
            because = (*because, _as_guessed(self._alone(odds)))
        is_it = share >= self._certainty.say_from
        purpose = words.telling.purpose if is_it and words.telling is not None else ""
        sure = share if is_it else 1 - share
        return self._answer(sure, purpose, because, is_it=is_it, of_line=words.of_line)

    def _by_name_in_text(self, vendor: Vendor, text: str) -> Recognition:
        """A reseller's line, or a card payment, names the product's maker."""
        for name, known in self._named.found(text):
            reason = Reason("named", f"“{name}” in the text")
            purpose = known.purposes[0] if known.is_it and known.purposes else ""
            return self._answer(self._certainty.named_in_text, purpose, (reason,), is_it=bool(known.is_it))
        if self._learned is not None and (vendor.name or text):
            return self._by_model(self._learned.log_odds(vendor.name, text))
        said = f"nothing is known of {vendor.name}" if vendor.name else "nothing is known"
        return self._answer(self._certainty.nothing_known, "", (Reason("nothing", said),), is_it=False)

    def _by_model(self, log_odds: float) -> Recognition:
        share = self._alone(log_odds)
        is_it = share >= self._certainty.say_from
        sure = min(share if is_it else 1 - share, self._certainty.learned_at_most)
        return self._answer(sure, "", (_as_guessed(share),), is_it=is_it)

    def _alone(self, log_odds: float) -> float:
        """The share of IT among names without a known word of which the model thinks so."""
        return _share(self._certainty.learned_bias + self._certainty.learned_slope * log_odds)

    def _with_words(self, share: float, log_odds: float) -> float:
        """The share of IT among names with such words of which the model thinks so."""
        c = self._certainty
        words = math.log(share / (1 - share))
        return _share(c.words_bias + c.words_slope * words + c.words_learned_slope * log_odds)

    def _answer(
        self, sure: float, purpose: str, because: tuple[Reason, ...], *, is_it: bool, of_line: bool = False
    ) -> Recognition:
        """What a line says of itself (its words, its account) is believed sooner than the name of who sent it."""
        below = self._certainty.ask_lines_below if of_line else self._certainty.ask_below
        said = is_it if sure >= below else None
        return Recognition(said, is_it, round(sure, 4), purpose, because)

    def _weigh(self, text: str, name: str) -> _Weighed:
        """The words of a line, and of the name of a vendor of whom nothing else is known."""
        said = [word for _, word in self._words.found(text)]
        named = self._words_of_name.get(name)
        if named is None:
            named = self._words_of_name[name] = tuple(self._in_name(name))
        in_favour = max((w for w in (*said, *named) if w.is_it), key=_weight, default=None)
        against = max((w for w in (*said, *named) if not w.is_it), key=_weight, default=None)
        return _Weighed(in_favour, against, _most_telling(said) or _most_telling(named), bool(said))

    def _in_name(self, name: str) -> Iterator[KnownWord]:
        """The words of a name; part of a word says little there: Broodkruimel sells no bread."""
        whole = set(plain(name).split())
        for found, word in self._words.found(name):
            if found in whole or len(found) >= SHORTEST_IN_NAME:
                yield word


@lru_cache(maxsize=4)
def _words_of(words: tuple[KnownWord, ...]) -> Phrases[KnownWord]:
    """The words as phrases; made once, since all reviews of a process rest on the same."""
    return Phrases((word.word, word) for word in _strongest_first(words))


@lru_cache(maxsize=4)
def _names_of(vendors: tuple[KnownVendor, ...]) -> Phrases[KnownVendor]:
    """The names that tell in a sentence, likewise."""
    return Phrases((name, vendor) for vendor in vendors for name in _telling_names(vendor))


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The strongest word on either side, the one that tells what it is for, and whether any is the line's own."""

    in_favour: KnownWord | None
    against: KnownWord | None
    telling: KnownWord | None
    of_line: bool

    @property
    def share(self) -> float:
        """The share of such lines that are IT: the odds of both sides multiplied."""
        odds = 0.0
        if self.in_favour is not None:
            odds += _log_odds(self.in_favour)
        if self.against is not None:
            odds -= _log_odds(self.against)
        return 1 / (1 + math.exp(-odds))


def _most_telling(said: Sequence[KnownWord]) -> KnownWord | None:
    """The first word with a purpose, of those about as strong as the strongest: the thing stands before its detail
    ("backup of Microsoft 365").
    """
    purposes = [word for word in said if word.is_it and word.purpose]
    strongest = max((word.weight for word in purposes), default=Decimal(0))
    return next((word for word in purposes if word.weight >= strongest - ABOUT_AS_STRONG), None)


def _log_odds(word: KnownWord) -> float:
    share = min(max(float(word.weight), 0.01), 0.99)
    return math.log(share / (1 - share))


def _weight(word: KnownWord) -> tuple[float, str]:
    return float(word.weight), word.word


def _strongest_first(words: Iterable[KnownWord]) -> list[KnownWord]:
    """One word may stand in several languages; the strongest stands for all."""
    return sorted(words, key=lambda w: (-w.weight, w.word, w.language, w.purpose))


def _telling_names(vendor: KnownVendor) -> list[str]:
    """Names that can hardly be anything else inside a sentence: one sort of seller, long enough."""
    if vendor.is_it is None:
        return []
    names = (clean_name(name) for name in (vendor.name, *vendor.aliases) if name not in vendor.whole_names)
    return [name for name in names if len(name) > 4]


def _purpose_of(known: KnownVendor, words: _Weighed) -> str:
    """The purpose the words name, where the vendor sells that or nothing particular; else its first."""
    said = words.telling.purpose if words.telling is not None else ""
    if said and (said in known.purposes or not known.purposes):
        return said
    return known.purposes[0] if known.purposes else ""


def _as_reason(word: KnownWord) -> Reason:
    return _speaks(word.word, "for" if word.is_it else "against")


@lru_cache(maxsize=16384)
def _speaks(word: str, side: str) -> Reason:
    return Reason("word", f"“{word}” speaks {side} IT")


def _as_guessed(share: float) -> Reason:
    like = share >= 0.5
    return _looks(f"{share if like else 1 - share:.2f}", "look" if like else "do not look")


@lru_cache(maxsize=256)
def _looks(share: str, look: str) -> Reason:
    return Reason("model", f"name and words {look} like those of IT vendors ({share})")


def _share(log_odds: float) -> float:
    """Log-odds as a share; beyond 30 nothing changes any more."""
    return 1 / (1 + math.exp(-min(max(log_odds, -30.0), 30.0)))


def _as_booked(booked: AccountSays) -> Reason:
    return Reason("account", f"{booked.says}, which speaks {'for' if booked.is_it else 'against'} IT")


def _decided(decision: Decision) -> Recognition:
    of = "this kind of line" if decision.line_print else "this vendor"
    reason = Reason("decision", f"{decision.by} decided on {of} on {decision.on.isoformat()}")
    purpose = decision.purpose if decision.is_it else ""
    return Recognition(
        decision.is_it,
        decision.is_it,
        1.0,
        purpose,
        (reason,),
        confirmed=True,
        department=decision.department,
        run_or_change=decision.run_or_change,
        capital=decision.capital is True,
    )
