"""What is dangerous in a contract? Its terms against a checklist of published opinion, the law first.

Each check looks at some terms; its concerns are tried from the gravest on, and the first that holds raises one flag
with the words it was read in. A clause that is expected and was not found is a flag too, for a person to look. Where a
rule of law holds, the opinions it replaces are not said. Limits: a flag is as good as what was read; a clause that is
there and was not recognised counts as not found; of a contract in which nothing was read nothing is said. A renewal
that must be chosen or agreed raises no flag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Set
from datetime import date
from decimal import Decimal
from operator import ge, gt, lt

from pilothouse.engine.contracts.checklist import (
    Check,
    Checklist,
    Concern,
    ContractFacts,
    Flag,
    Law,
    Rule,
    Severity,
    When,
)
from pilothouse.engine.contracts.measures import in_words, is_older, measured
from pilothouse.engine.contracts.reading.places import country_of
from pilothouse.engine.contracts.reading.words import ReadTerm

_COMPARE: dict[When, Callable[[Decimal, Decimal], bool]] = {
    When.AT_LEAST: ge,
    When.MORE_THAN: gt,
    When.LESS_THAN: lt,
}
RULE_SET = "contracts.flags@2026-11"
_GRAVEST_FIRST = (Severity.ACT, Severity.LOOK, Severity.NOTE)
# A renewal that somebody must choose is none by itself, unless its words say so after all.
_BY_CHOICE = re.compile(
    r"\boption|\belects?\b|\belection\b|\bmutual|\bmay (?:be )?(?:renew|extend)|\bagree in writing|written agreement of"
    r"|\brights? to (?:renew|extend)"
    r"|\b(?:renew|extend|continu)[^.]{0,80}\b(?:if|as long as|provided)\b[^.]{0,60}\bapprov"
    r"|accord (?:mutuel|écrit|exprès)|commun accord|onderling|schriftelijk akkoord"
    r"|droit de (?:renouveler|prolonger|proroger)|\brecht om\b[^.]{0,60}\bte (?:verlengen|hernieuwen)"
)
_BY_ITSELF = re.compile(
    r"automatic|tacit|stilzwijgend|\bunless\b[^.]{0,80}\bnotice|\bsauf\b[^.]{0,60}(?:préavis|dénonc)"
    r"|\btenzij\b[^.]{0,60}(?:opge?zeg|opzeg)"
)
_NO_TERMS: frozenset[ReadTerm] = frozenset()


def find_flags(
    terms: Iterable[ReadTerm],
    facts: ContractFacts,
    checklist: Checklist,
    *,
    today: date,
    confirmed: Set[ReadTerm] = _NO_TERMS,
) -> tuple[Flag, ...]:
    """The flags of a contract, the gravest first; those without `because` are clauses that were not found.

    `confirmed` are the terms that a person has confirmed. A contract without any term gives no flag.
    """
    read = tuple(terms)
    if not read:
        return ()
    seen = _Seen(read, facts, confirmed, today)
    laws = [law for law in checklist.laws if _holds(law, seen)]
    replaced = {check for law in laws for check in law.instead_of}
    checks = [
        check
        for check in checklist.checks
        if check.id not in replaced and check.country in ("", seen.country)
    ]
    flags = [flag for rule in (*laws, *checks) if (flag := _flag(rule, seen, checklist))]
    return tuple(sorted(flags, key=lambda flag: _GRAVEST_FIRST.index(flag.severity)))


def left_to_ask(checklist: Checklist, facts: ContractFacts) -> Iterator[Check]:
    """The checks that no term can answer: questions for a person who reads this kind of contract."""
    return (check for check in checklist.checks if not check.terms and _of_kind(check, facts.kind))


class _Seen:
    """What is known of one contract, by term."""

    def __init__(
        self, read: tuple[ReadTerm, ...], facts: ContractFacts, confirmed: Set[ReadTerm], today: date
    ) -> None:
        self.facts, self.confirmed, self.today = facts, confirmed, today
        self.by_term: dict[str, list[ReadTerm]] = {}
        for term in read:
            if term.term != "renewal_term" or _renews_by_itself(term.quote):
                self.by_term.setdefault(term.term, []).append(term)
        self.country = self._country()

    def has_all(self, terms: tuple[str, ...]) -> bool:
        return all(term in self.by_term for term in terms)

    def has_any(self, terms: tuple[str, ...]) -> bool:
        return any(term in self.by_term for term in terms)

    def of(self, terms: tuple[str, ...]) -> list[ReadTerm]:
        return [read for term in terms for read in self.by_term.get(term, [])]

    def _country(self) -> str:
        """The country whose law the contract names, "" where that is not known; else what was entered, else ours."""
        named = [read.value for read in self.by_term.get("governing_law", []) if read.value]
        return (country_of(named[0]) or "") if named else self.facts.law or self.facts.country


def _renews_by_itself(quote: str) -> bool:
    said = " ".join(quote.casefold().split())
    return not _BY_CHOICE.search(said) or bool(_BY_ITSELF.search(said))


def _holds(law: Law, seen: _Seen) -> bool:
    """Law of the Union holds where the company is, or where its contract has its law; a country's by the latter."""
    if not (law.checked and _of_kind(law, seen.facts.kind)):
        return False
    if law.country == "EU" and law.holds(seen.facts.country, seen.today):
        return True
    return law.holds(seen.country, seen.today)


def _of_kind(rule: Rule, kind: str) -> bool:
    return not rule.kinds or kind in rule.kinds


def _flag(rule: Rule, seen: _Seen, checklist: Checklist) -> Flag | None:
    for concern in rule.concerns:
        if not _applies(rule, concern, seen):
            continue
        if concern.when is When.MISSING:
            return _raised(rule, concern, (), seen, checklist)
        if met := [term for term in seen.of(rule.terms) if _meets(term, concern, seen)]:
            return _raised(rule, concern, tuple(met), seen, checklist)
    return None


def _applies(rule: Rule, concern: Concern, seen: _Seen) -> bool:
    """Of a contract whose kind is not known, no clause of a kind is missed."""
    if not _of_kind(rule, seen.facts.kind) and (seen.facts.kind or concern.when is When.MISSING):
        return False
    if concern.when is When.MISSING and seen.has_any(rule.terms):
        return False
    return seen.has_all(concern.besides) and not seen.has_any(concern.unless)


def _meets(term: ReadTerm, concern: Concern, seen: _Seen) -> bool:
    quote = " ".join(term.quote.casefold().split())
    if concern.words and not _says_one_of(concern.words, quote):
        return False
    if _says_one_of(concern.without, quote):
        return False
    if concern.when is When.PRESENT:
        return True
    if concern.when is When.OLDER_THAN:
        return is_older(term.value, concern.limit, seen.today)
    found = measured(term.value, concern.limit, seen.facts.yearly_cost)
    return found is not None and _COMPARE[concern.when](*found)


def _says_one_of(words: Iterable[str], quote: str) -> bool:
    return any(word.casefold() in quote for word in words)


def _raised(
    rule: Rule, concern: Concern, because: tuple[ReadTerm, ...], seen: _Seen, checklist: Checklist
) -> Flag:
    missing = () if because else rule.terms
    value = in_words(because[0].value, checklist.units) if because else ""
    return Flag(
        rule.id,
        concern.severity,
        concern.says.replace("{value}", value),
        rule.what_to_do,
        rule.ask_for if isinstance(rule, Check) else "",
        because,
        missing,
        rule if isinstance(rule, Law) else None,
        set(because) <= seen.confirmed if because else set(missing) <= seen.facts.not_there,
    )
